"""What every command that prints has to do first, and how it says that something is wrong."""

import sys
from typing import TextIO


def utf8(out: TextIO) -> None:
    """Make a pipe carry UTF-8 everywhere; on Windows it takes only the letters of one country."""
    if not out.isatty() and hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8")


def complain(problem: str) -> None:
    """Say what is wrong, in one line."""
    print("nnviz:", " ".join(problem.split()), file=sys.stderr)
