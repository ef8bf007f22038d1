"""The law: who may import whom. docs/architecture.md explains it; this table is what counts."""

import ast
import graphlib
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "nnviz"
LONGEST = 400  # lines of a file

NO_CLOCK_OR_CHANCE = {"datetime", "importlib", "random", "secrets", "threading", "time"}
NO_OUTSIDE = NO_CLOCK_OR_CHANCE | {"io", "os", "pathlib", "shutil", "subprocess", "sys", "tempfile"}


class Rule(NamedTuple):
    """What the modules of one package may import; of the standard library, all but *banned*."""

    packages: set[str]
    libraries: set[str]
    banned: set[str]


LAW = {
    "engine": Rule(set(), {"numpy", "scipy"}, NO_OUTSIDE),
    "picture": Rule({"engine"}, {"numpy"}, NO_OUTSIDE),
    "session": Rule({"engine"}, {"numpy"}, NO_OUTSIDE),
    "files": Rule({"engine", "session"}, {"numpy", "msgspec"}, NO_CLOCK_OR_CHANCE),
    "documents": Rule({"engine", "picture", "session", "files"}, set(), NO_CLOCK_OR_CHANCE),
    "cli": Rule({"engine", "picture", "session", "files", "documents"}, {"numpy", "msgspec"}, NO_CLOCK_OR_CHANCE),
    "ui": Rule(
        {"engine", "picture", "session", "files", "documents", "cli"},
        {"numpy", "msgspec", "PySide6", "shiboken6"},
        NO_CLOCK_OR_CHANCE,
    ),
    "": Rule({"cli"}, set(), NO_OUTSIDE - {"sys"}),  # nnviz itself: __init__ and __main__
}

# What only one module may import, beyond what its package may: its one home.
HOMES = {
    # SciPy pushes, we pull; the clock says when to change sides: docs/decisions/0201-minimize-as-a-generator.md
    "nnviz.engine.pulled": {"threading", "time"},
    "nnviz.picture.typeset": {"typst"},
    "nnviz.cli.main": {"nnviz.ui.app"},
    "nnviz.cli.animate": {"nnviz.ui.animation"},
    "nnviz.cli.drawing": {"nnviz.ui.export"},
    "nnviz.cli.picture": {"nnviz.ui.export"},
    "nnviz.cli.step": {"nnviz.ui.export"},  # for the pictures in a PDF
    "nnviz.cli.display": {"ctypes"},
    "nnviz.cli.learning": {"time"},  # how many seconds training took; it decides nothing
    "nnviz.cli.progress": {"tqdm"},
    "nnviz.files.gif": {"PIL"},
    "nnviz.files.video": {"av"},
    "nnviz.files.matlab_child": {"scipy"},  # runs in a process of its own, which a hostile .mat file may crash
    "nnviz.files.student.examination": {"time"},  # how many seconds the student's code has left of those it may take
    "nnviz.ui.plotting": {"pyqtgraph"},
    "nnviz.ui.app": {"time"},  # when the first picture stood, when something failed; it decides nothing
    "nnviz.ui.checker": {"time"},  # what a check takes beside a backprop; it decides nothing
    "nnviz.ui.player": {"time"},
    "nnviz.ui.worker": {"threading", "time"},
    "nnviz.ui.child": {"threading"},  # a process beside the window is talked with by threads, so that nothing waits
    "nnviz.ui.apprentice": {"time"},  # in that process: how long to train before looking what the window wants
    "nnviz.ui.live": {"time"},  # there, too: how many checks the training has time for
}
ONE_HOME = {"PIL", "av", "ctypes", "pyqtgraph", "typst"}

PURE = ("engine", "picture", "session")  # neither print nor read: what they know is passed in
IMPURE_CALLS = {"print", "open", "input", "__import__", "eval", "exec"}


# --- What a file says ---


def imports(tree: ast.AST, module: str) -> Iterator[str]:
    """Full names of all that *module* imports, wherever in the file the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(module.split(".")[: -node.level]) if node.level else ""
            source = ".".join(part for part in (base, node.module) if part)
            yield from (f"{source}.{alias.name}" for alias in node.names)


def package_of(name: str) -> str:
    """The package below nnviz in which the module (or name in a module) is; "" is nnviz itself."""
    return next((part for part in name.split(".")[1:2] if part in LAW), "")


def is_or_is_in(name: str, outer: str) -> bool:
    return name == outer or name.startswith(outer + ".")


# --- What the law says of it ---


def offence(module: str, name: str) -> str | None:
    """Why *module* may not import *name*; None if it may."""
    own, rule = package_of(module), LAW[package_of(module)]
    top = name.split(".")[0]
    if any(is_or_is_in(name, home) for home in HOMES.get(module, ())):
        return None
    if top == "nnviz":
        target = package_of(name)
        allowed = target in rule.packages | {own, ""}
        return None if allowed else f"{module} imports {name}: {own or 'nnviz'} may not import {target}"
    if (top in sys.stdlib_module_names and top not in rule.banned | ONE_HOME) or top in rule.libraries:
        return None
    return f"{module} imports {name}: not for {own or 'nnviz'}"


def impure_calls(tree: ast.AST) -> Iterator[str]:
    """What a pure module may not call: output, files, and numpy's global randomness."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        chance = re.search(r"\brandom\.(?!default_rng$|Generator$)\w+$", called)
        if called in IMPURE_CALLS or (chance and called.startswith(("np.", "numpy."))):
            yield f"line {node.lineno}: {called}"


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a ring; empty if there is none."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def foreign_text(text: str) -> Iterator[str]:
    """Addresses of package registries, and paths that exist on one machine only."""
    hosts = r"(?:pypi|pythonhosted|npmjs|registry|deb\.debian|anaconda|crates)[\w.-]*\.(?:org|com|io|net)\b"
    paths = r"(?<![\w.<~/])/(?:home|Users|work|tmp|root|opt|mnt)/\w+"
    for number, line in enumerate(text.splitlines(), start=1):
        yield from (f"line {number}: {found}" for found in re.findall(f"{hosts}|{paths}", line))


# --- The whole project ---


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def resolved(name: str, modules: Iterable[str]) -> str | None:
    """The module of ours that is loaded when *name* is imported, be it a module or something in one."""
    return next((found for found in (name, name.rpartition(".")[0]) if found in modules), None)


FILES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {module: ast.parse(path.read_text(encoding="utf-8")) for module, path in FILES.items()}
# A relative import counts from the package a module is in; an __init__ is in itself.
ANCHORS = {module: f"{module}.__init__" if FILES[module].stem == "__init__" else module for module in FILES}
IMPORTS = {module: set(imports(tree, ANCHORS[module])) for module, tree in TREES.items()}


def tracked() -> list[Path]:
    """The files of the project, as git has them; all but generated ones where git is missing."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("module", FILES)
def test_imports_keep_the_law(module):
    assert [told for name in sorted(IMPORTS[module]) if (told := offence(module, name))] == []


def test_no_cycles():
    graph = {
        module: {target for name in names if (target := resolved(name, FILES)) and target != module}
        for module, names in IMPORTS.items()
    }
    assert cycle(graph) == []


@pytest.mark.parametrize("module", [module for module in FILES if package_of(module) in PURE])
def test_pure_packages_neither_print_nor_read_nor_throw_dice(module):
    assert list(impure_calls(TREES[module])) == []


def test_outside_ui_nothing_loads_qt():
    outside = [module for module in FILES if package_of(module) != "ui"]
    program = f"""
import importlib, sys
for module in {outside!r}:
    importlib.import_module(module)
print(*(name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph")))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("", "")


@pytest.mark.parametrize(
    "path", [str(path.relative_to(ROOT)) for folder in ("nnviz", "tests") for path in ROOT.glob(f"{folder}/**/*.py")]
)
def test_a_module_opens_with_a_sentence_and_is_not_too_long(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    first = (ast.get_docstring(ast.parse(text)) or "").partition("\n\n")[0]
    assert first.endswith((".", ":", "`")), "opens with no sentence"
    lines = len(text.splitlines())
    assert lines <= LONGEST


def test_nothing_in_the_project_belongs_to_one_machine():
    found = {}
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture or a font
            continue
        if path != Path(__file__) and (lines := list(foreign_text(text))):
            found[str(path.relative_to(ROOT))] = lines
    assert found == {}


# --- Planted violations: the functions above see what they should ---


def test_imports_are_found_everywhere():
    text = """
import os.path, numpy as np
from . import sibling
from ..engine.trace import Trace
if TYPE_CHECKING:
    from typing import Any
def late():
    import scipy.optimize
"""
    assert set(imports(ast.parse(text), "nnviz.picture.layout")) == {
        "os.path",
        "numpy",
        "nnviz.picture.sibling",
        "nnviz.engine.trace.Trace",
        "typing.Any",
        "scipy.optimize",
    }


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("nnviz.engine.trace", "PySide6.QtCore"),
        ("nnviz.engine.trace", "nnviz.picture.palette"),
        ("nnviz.engine.trace", "time"),
        ("nnviz.engine", "os.path"),
        ("nnviz.picture.layout", "typst"),
        ("nnviz.picture.layout", "nnviz.session.state.State"),
        ("nnviz.session.state", "nnviz.files.datasets"),
        ("nnviz.files.datasets", "nnviz.cli.main"),
        ("nnviz.cli.step", "nnviz.ui.app"),
        ("nnviz.cli.main", "nnviz.ui.window"),
        ("nnviz.cli.main", "importlib"),
        ("nnviz.ui.board", "pyqtgraph"),
        ("nnviz.ui.board", "time.monotonic"),
        ("nnviz.ui.board", "torch"),
        ("nnviz", "nnviz.engine"),
    ],
)
def test_what_is_forbidden_is_seen(module, name):
    assert offence(module, name)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("nnviz.engine.trace", "numpy.typing.NDArray"),
        ("nnviz.engine.trace", "nnviz.engine.steps.Step"),
        ("nnviz.picture.typeset", "typst"),
        ("nnviz.cli.main", "nnviz.ui.app"),
        ("nnviz.cli.main", "nnviz.__version__"),
        ("nnviz.ui.player", "time.monotonic"),
        ("nnviz.ui.board", "PySide6.QtGui.QPainter"),
        ("nnviz.__main__", "nnviz.cli.main.main"),
    ],
)
def test_what_is_allowed_is_let_through(module, name):
    assert offence(module, name) is None


def test_impure_calls_are_seen():
    text = "print(1)\nnp.random.rand(2)\nnp.random.default_rng(3)\nrandom.uniform()\nopen('x')\nself.open()"
    assert list(impure_calls(ast.parse(text))) == ["line 1: print", "line 2: np.random.rand", "line 5: open"]


def test_a_ring_of_modules_is_seen():
    assert set(cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == {"a", "b", "c"}
    assert cycle({"a": {"b", "c"}, "b": {"c"}}) == []


def test_text_of_one_machine_is_seen():
    text = "fine\nsee /home/ada/nnviz\nfrom registry.example.org\n.venv/bin/python, #!/usr/bin/env bash"
    assert list(foreign_text(text)) == ["line 2: /home/ada", "line 3: registry.example.org"]
