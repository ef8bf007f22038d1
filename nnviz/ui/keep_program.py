"""The whole function to a file: asks for it, and says what went wrong."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from nnviz.files.atomic import written
from nnviz.files.errors import FileProblem
from nnviz.picture.programs.program import Program
from nnviz.ui.place import ask_place

KINDS = {"numpy": ("NumPy", ".py"), "octave": ("Octave", ".m")}


def ask_and_save(window: QWidget, program: Program) -> None:
    """Ask for a file, remembering the folder, and save *program* there."""
    words, suffix = KINDS[program.language]
    # Octave takes a file for the function that it is called after, so it is not called backprop.
    first = Path(window.settings.data_folder) / f"backprop_{program.version}{suffix}"
    path = ask_place(window, "Save the function", first, {suffix: words})
    if path is not None:
        save(window, path, program)


def save(window: QWidget, path: Path, program: Program) -> None:
    """Save *program* to *path* beside the window and say so, or why not."""
    window.settings.data_folder = str(path.parent)
    window.files.run(
        lambda: _write(path, program.text),
        lambda _: window.tell(f"Saved to {path}"),
        lambda problem: window.tell(f"The function could not be saved. {_words(problem)}"),
    )


def _write(path: Path, text: str) -> None:
    with written(path) as file:
        file.write(text.encode("utf-8"))


def _words(problem: Exception) -> str:
    if not isinstance(problem, FileProblem | OSError):
        raise problem  # ours: it goes where all unexpected errors go
    return str(problem)
