#!/usr/bin/env python3
"""Start nnviz from a checkout, with nothing installed but Python: `python3 run.py [arguments of nnviz]`.

The first run makes an environment in `.venv` and says which system libraries are missing, or installs them;
later runs hand over at once. `python3 run.py --test [arguments of pytest]` does the same for the tests.
Only the standard library, and a syntax that an old Python can read far enough to be told that it is too old.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)  # as in pyproject.toml
HERE = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = os.path.join(HERE, ".venv")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(ENVIRONMENT, "Scripts" if WINDOWS else "bin", "python.exe" if WINDOWS else "python")
REFUSED = 2
# A worker for each processor, and the one that is done first takes from the other; `-n 0` after it: all in one process.
WORKERS = ["-n", "logical", "--maxprocesses", "8", "--dist", "worksteal"]


class Problem(Exception):
    """Why nnviz cannot be started, in one line for the user."""


def main(arguments):
    """Prepare what is not ready, then become nnviz or pytest; returns an exit code only if it cannot."""
    if sys.version_info < OLDEST:
        return refuse(f"nnviz needs Python {OLDEST[0]}.{OLDEST[1]} or newer, and this is {sys.version.split()[0]}.")
    testing = arguments[:1] == ["--test"]
    try:
        prepare("test" if testing else "start")
    except Problem as problem:
        return refuse(str(problem))
    except KeyboardInterrupt:
        return refuse("stopped; the next run begins the set-up again.")
    return hand_over(["pytest", *WORKERS, *arguments[1:]] if testing else ["nnviz", *arguments])


def refuse(problem):
    """Print *problem* as the one line the user sees."""
    print("run.py:", " ".join(problem.split()), file=sys.stderr)
    return REFUSED


def hand_over(module_and_arguments):
    """Run `python -m` in the environment in place of this process (where the system can do that)."""
    command = [PYTHON, "-m", *module_and_arguments]
    if WINDOWS:
        return subprocess.call(command)
    return os.execv(PYTHON, command)


def prepare(purpose):
    """Make the environment fit for *purpose*, "start" or "test", unless it is."""
    wanted = fingerprint()
    if is_ready(purpose, wanted):
        return
    add_system_packages(purpose)
    if not (is_ready("start", wanted) or is_ready("test", wanted)):
        make_environment()
    install(".[test]" if purpose == "test" else ".")
    # Written last: an environment that was left half made is never trusted.
    with open(stamp(purpose), "w", encoding="utf-8") as file:
        file.write(wanted)


def fingerprint():
    """All that an environment depends on, as text: where it is, which Python, and what is installed."""
    parts = [HERE, sys.version]
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(HERE, name), encoding="utf-8") as file:
            parts.append(file.read())
    return "\n".join(parts)


def stamp(purpose):
    """The file that says what the environment was made for."""
    return os.path.join(ENVIRONMENT, f"ready-to-{purpose}")


def is_ready(purpose, wanted):
    """Whether the environment was made for *purpose* from the same *wanted* fingerprint."""
    try:
        with open(stamp(purpose), encoding="utf-8") as file:
            return file.read() == wanted and os.path.exists(PYTHON)
    except OSError:
        return False


def make_environment():
    """An empty environment in place of whatever is there."""
    say("Setting nnviz up in .venv, once. This downloads some 150 MB and takes a minute or two …")
    quietly("cannot make the environment", [sys.executable, "-m", "venv", "--clear", ENVIRONMENT])


def install(what):
    """Install *what* (nnviz, with or without what its tests need) in the versions that were tested."""
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    quietly("pip cannot install nnviz", [*pip, "-c", "constraints.txt", "-e", what])


def quietly(failure, command):
    """Run *command* and show nothing of it; if it fails, raise Problem with *failure* and its reason."""
    done = subprocess.run(
        command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    if done.returncode:
        raise Problem(f"{failure}: {reason(done.stdout)}")


def reason(output):
    """The line of *output* that says what went wrong."""
    if "NewConnectionError" in output or "NameResolutionError" in output:
        return "the package index cannot be reached. Is there a network? The next run tries again."
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR: ", "Error: ", "E: "))]
    return (errors or lines or ["no reason given"])[-1]


def add_system_packages(purpose):
    """On Linux, see to the system's packages that nothing from the package index brings."""
    if not sys.platform.startswith("linux"):
        return
    names = missing_packages(purpose)
    if not names:
        return
    get = apt_get(names)
    say("Installing", *names, "…")
    quietly("apt-get cannot update its lists", [*get, "update"])
    quietly("apt-get cannot install", [*get, "install", "--yes", "--no-install-recommends", *names])
    if missing_packages(purpose):
        raise Problem(f"still missing after the installation: {' '.join(missing_packages(purpose))}")


def missing_packages(purpose):
    """Names of Debian packages; a window's libraries count only when there is one to be opened."""
    # Here and not above: an older Python could not read it.
    from nnviz.cli import display

    libraries = display.missing_for(() if purpose == "test" else display.platforms(os.environ) or ("xcb",))
    return (() if can_make_environments() else (venv_package(),)) + display.packages(libraries)


def can_make_environments():
    """Whether this Python came whole; Debian's leaves out ensurepip."""
    try:
        import ensurepip
        import venv
    except ImportError:
        return False
    return bool(ensurepip and venv)


def venv_package():
    """Where Debian keeps the rest of Python."""
    return "python{}.{}-venv".format(*sys.version_info)


def apt_get(names):
    """The command that may install, once it is known that it may; Problem with what to type if not."""
    from nnviz.cli import display

    line = f"some system packages are missing; on Debian: {display.command(names)}"
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if not on_path("apt-get") or not all(on_path(name) for name in sudo):
        raise Problem(line)
    if sys.stdin and sys.stdin.isatty() and sys.stderr.isatty():  # there is none when it was closed
        say("nnviz needs these system packages:", *names)
        if not agrees("Install them now? [Y/n] "):
            raise Problem(line)
    elif sudo:  # there is nobody to ask, neither for leave nor for a password
        raise Problem(line)
    return [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]


def agrees(question):
    """Whether the user says yes, or just presses Enter."""
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().lower() in ("\n", "y\n", "yes\n")  # the end of input is no leave


def on_path(program):
    """Whether *program* can be run."""
    import shutil

    return shutil.which(program) is not None


def say(*words):
    """Tell what happens; on stderr, so that the output of commands stays clean."""
    print(*words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
