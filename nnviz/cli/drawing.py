"""What a command does that draws: Qt is taken without a display, and what it lacks is said in one line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from nnviz.cli import display


@contextmanager
def without_a_screen() -> Iterator[None]:
    """An application to draw with while it lasts. ValueError says which of Qt's system libraries is missing."""
    # Nothing is shown, so no display is needed, even where there is one.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        # Qt is imported here and not above: its system libraries may be missing, which is to be said in one line.
        from nnviz.ui import export
    except ImportError as error:
        raise ValueError(display.import_problem(error) or str(error)) from error
    application = export.application()
    yield
    del application
