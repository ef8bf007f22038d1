"""Θ to a file and Θ from a file: asks which, and says what went wrong."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from nnviz.engine.network import Network
from nnviz.files.errors import FileProblem
from nnviz.files.saved import load_thetas, save_thetas
from nnviz.session.account import account
from nnviz.session.commands import SetNetwork
from nnviz.ui.place import ask_place

KINDS = {".npz": "NumPy, with how it came about", ".mat": "MATLAB and Octave, as the course has it"}


def ask_and_save(window: QWidget) -> None:
    """Ask for a file and save Θ of this moment there."""
    first = Path(window.settings.data_folder) / f"{window.session.state.model.dataset.name}.npz"
    path = ask_place(window, "Save Θ", first, KINDS)
    if path is not None:
        save(window, path)


def save(window: QWidget, path: Path) -> None:
    """Save Θ to *path* beside the window and say so, or why not."""
    state = window.session.state
    how = account(state.model) | {"iterations": state.moment.iteration}
    window.files.run(
        lambda: save_thetas(path, state.model.network, how),
        lambda _: window.tell(f"Saved to {path}"),
        lambda problem: window.tell(f"Θ could not be saved. {_words(problem)}"),
    )


def ask_and_load(window: QWidget) -> None:
    """Ask for a file and take Θ from it."""
    kinds = f"Θ ({' '.join(f'*{suffix}' for suffix in KINDS)})"
    name, _ = QFileDialog.getOpenFileName(window, "Load Θ", window.settings.data_folder, kinds)
    if name:
        load(window, Path(name))


def load(window: QWidget, path: Path) -> None:
    """Take Θ from *path*, read beside the window, or say why not; undo brings the old one back."""

    def take(network: Network) -> None:
        if window.session.attempt(SetNetwork(network)):
            window.tell(f"Θ comes from {path.name}. Ctrl+Z brings the old one back.")

    window.files.run(lambda: load_thetas(path), take, lambda problem: window.tell(_words(problem)))


def _words(problem: Exception) -> str:
    if not isinstance(problem, FileProblem | OSError):
        raise problem  # ours: it goes where all unexpected errors go
    return str(problem)
