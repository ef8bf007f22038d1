"""Asking where something is to be saved: the name gets its ending, and no file is replaced unasked."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from nnviz.ui.style import dress
from nnviz.ui.theme import theme_of


def ask_place(window: QWidget, title: str, first: Path, kinds: Mapping[str, str]) -> Path | None:
    """The file that the user chooses, None for none; *kinds* has words for each ending, the usual one first."""
    filters = [f"{words} (*{suffix})" for suffix, words in kinds.items()]
    name, chosen = QFileDialog.getSaveFileName(window, title, str(first), ";;".join(filters))
    if not name:
        return None
    suffix = list(kinds)[filters.index(chosen)] if chosen in filters else next(iter(kinds))
    return settled(window, Path(name), suffix, kinds)


def settled(window: QWidget, typed: Path, suffix: str, kinds: Collection[str]) -> Path | None:
    """*typed*, as a dialog gave it, ``with_ending``; None if there is such a file, and it is not to be replaced.

    The dialog has asked about the name as it was typed, and knows nothing of an ending that is added.
    """
    path = with_ending(typed, suffix, kinds)
    unasked = path != typed and os.path.exists(path)
    return None if unasked and not may_replace(window, path) else path


def with_ending(path: Path, suffix: str, kinds: Collection[str]) -> Path:
    """*path* as it is if its ending is one of *kinds*, otherwise with *suffix* added."""
    return path if path.suffix.lower() in kinds else path.with_name(path.name + suffix)


def may_replace(window: QWidget, path: Path) -> bool:
    """Whether the user wants what is at *path* replaced."""
    box = QMessageBox(window)
    box.setWindowTitle("Replace this file?")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{path.name} is there already.")
    box.setInformativeText("What is in it now would be lost.")
    replace = box.addButton("Replace it", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole))
    dress(box, theme_of(window.session.state.view))
    box.exec()
    box.deleteLater()
    return bool(box.clickedButton() is replace)
