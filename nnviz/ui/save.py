"""Saving the picture of this moment: asks where, and says what went wrong."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from nnviz.files.errors import FileProblem
from nnviz.ui import export
from nnviz.ui.place import ask_place

KINDS = {".svg": "SVG, for the web and for drawing programs", ".pdf": "PDF, for print", ".png": "PNG, for slides"}


def ask_and_save(window: QWidget) -> None:
    """Ask for a file, remembering the folder, and save the picture there."""
    path = ask_place(window, "Export picture", Path(_folder(window)) / "nnviz.svg", KINDS)
    if path is not None:
        save(window, path)


def save(window: QWidget, path: Path) -> None:
    """Save the picture to *path* and say so, or why not."""
    window.settings.export_folder = str(path.parent)
    try:
        export.save_picture(window.session.state, path)
    except (FileProblem, OSError, ValueError) as problem:
        window.tell(f"The picture could not be saved. {problem}")
    else:
        window.tell(f"Saved to {path}")


def _folder(window: QWidget) -> str:
    pictures = QStandardPaths.StandardLocation.PicturesLocation
    return window.settings.export_folder or QStandardPaths.writableLocation(pictures)
