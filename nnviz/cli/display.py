"""What a window needs of the system: a display, and shared libraries that no Python package brings.

Only the standard library is used here and nothing of nnviz: `run.py` loads this file before anything is
installed.
"""

import ctypes
import os
import re
import sys
from collections.abc import Iterable, Mapping

# From library to the Debian package that holds it; read off the NEEDED entries of Qt's own files.
OFFSCREEN_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
}
X11_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
PACKAGES = OFFSCREEN_LIBRARIES | X11_LIBRARIES | WAYLAND_LIBRARIES
WINDOW_LIBRARIES = {"xcb": X11_LIBRARIES, "wayland": WAYLAND_LIBRARIES}

NO_DISPLAY = "no display: neither DISPLAY nor WAYLAND_DISPLAY is set (the command `nnviz step` needs none)"


def platforms(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Names of Qt's platforms that could open a window on Linux, any one of which is enough."""
    if chosen := environment.get("QT_QPA_PLATFORM"):
        return tuple(name.partition(":")[0] for name in chosen.split(";"))
    by_variable = {"WAYLAND_DISPLAY": "wayland", "DISPLAY": "xcb"}
    return tuple(platform for variable, platform in by_variable.items() if environment.get(variable))


def missing(libraries: Iterable[str]) -> tuple[str, ...]:
    """Those of *libraries* (file names) that the system's loader does not find."""
    return tuple(library for library in libraries if not _loads(library))


def packages(libraries: Iterable[str]) -> tuple[str, ...]:
    """The Debian packages that hold *libraries*, in order; a library that is not known stands for itself."""
    return tuple(dict.fromkeys(PACKAGES.get(library, library) for library in libraries))


def missing_for(names: Iterable[str]) -> tuple[str, ...]:
    """Libraries to add for the first platform of *names*; none if any of them has all it needs."""
    lacking = [missing(WINDOW_LIBRARIES.get(name, {})) for name in names]
    window = () if not all(lacking) else lacking[-1] if lacking else ()
    return missing(OFFSCREEN_LIBRARIES) + window


def problem(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why no window can be opened here, in one line; None if nothing is in the way."""
    if not sys.platform.startswith("linux"):
        return None
    names = platforms(environment)
    if not names:
        return NO_DISPLAY
    libraries = missing_for(names)
    return told(libraries) if libraries else None


def import_problem(error: ImportError) -> str | None:
    """The same for an import of Qt that failed; None if no shared library is the cause."""
    found = re.match(r"(\S+\.so[.\d]*): cannot open shared object file", str(error))
    return told(found.groups()) if found else None


def told(libraries: Iterable[str]) -> str:
    """One line that names *libraries* and the command that installs them on Debian and its like."""
    libraries = tuple(libraries)
    return f"missing {', '.join(libraries)}; on Debian: {command(packages(libraries))}"


def command(names: Iterable[str]) -> str:
    """The line to type that installs Debian packages *names*."""
    return f"sudo apt-get install {' '.join(names)}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
