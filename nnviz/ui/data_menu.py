"""What the header offers to learn from: sets that travel with nnviz, generators, and the ways to data of one's own."""

from PySide6.QtWidgets import QMenu

from nnviz.engine.data import Dataset
from nnviz.engine.generators import GENERATORS, generate
from nnviz.files import datasets
from nnviz.ui.file_actions import DATA
from nnviz.ui.menus import Actions


def fill(menu: QMenu, actions: Actions) -> None:
    """Put everything into *menu*; the data of a row are its name, where it has one."""
    generated = {row.name: row.title for row in GENERATORS}
    for titles in (datasets.titles(), generated):
        for name, title in titles.items():
            action = menu.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(name)
        menu.addSeparator()
    for name in DATA:
        menu.addAction(actions[name])


def made(name: str) -> Dataset:
    """The data of a row, read or made."""
    return generate(name) if any(row.name == name for row in GENERATORS) else datasets.load(name)


def is_shipped(data: Dataset) -> bool:
    """Whether these very data travel with nnviz."""
    return data.name in datasets.names() and datasets.load(data.name) is data
