"""What every command that prints has to do first."""

from typing import TextIO


def utf8(out: TextIO) -> None:
    """Make a pipe carry UTF-8 everywhere; on Windows it takes only the letters of one country."""
    if not out.isatty() and hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8")
