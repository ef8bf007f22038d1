"""Choosing an example: all of them in a list that is made only as far as it is seen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QToolButton, QWidget

from nnviz.session.commands import GoToExample
from nnviz.session.model import Model
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.icons import icon
from nnviz.ui.menus import Actions
from nnviz.ui.popup import Popup

INDEX = Qt.ItemDataRole.UserRole


class Examples(QAbstractListModel):
    """The examples whose class name holds what was typed; all of them for an empty text."""

    def __init__(self, model: Model, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._rows: Sequence[int] = range(len(model.dataset))

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        example = self._rows[index.row()]
        if role == INDEX:
            return example
        if role == Qt.ItemDataRole.DisplayRole:
            changed = " (changed)" if example in self._model.changed else ""
            return f"{example + 1} · {self._model.class_name(example)}{changed}"
        return None

    def filter(self, words: str) -> None:
        """Keep the examples whose class name holds *words*."""
        self.beginResetModel()
        every = range(len(self._model.dataset))
        wanted = words.casefold()
        self._rows = [i for i in every if wanted in self._model.class_name(i).casefold()] if wanted else every
        self.endResetModel()

    def row(self, example: int) -> int | None:
        """Where *example* stands, None if it is filtered out."""
        return self._rows.index(example) if example in self._rows else None


class ExamplePopup(Popup):
    """A number goes to that example, words keep the classes that hold them, Return or a click chooses."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget) -> None:
        super().__init__(session.state.view, parent)
        self._session = session
        self.examples = Examples(session.state.model, self)
        self.field = QLineEdit(accessibleName="Number or class", placeholderText="number or class")
        self.list = QListView(uniformItemSizes=True, accessibleName="Examples")
        self.list.setModel(self.examples)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._fill(actions)
        self.field.textChanged.connect(self._typed)
        self.list.clicked.connect(self._choose)
        self.setFixedSize(self.theme.px(260), self.theme.px(340))
        self._forget = session.listen(self._changed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(260), self.theme.px(340))

    def closeEvent(self, event: Any) -> None:
        self._forget()
        self._forget = lambda: None
        super().closeEvent(event)

    def open_below(self, button: QWidget) -> None:
        super().open_below(button)
        self.field.setFocus()
        self._select(self._session.state.moment.example)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = max(0, min(self.list.currentIndex().row() + step, self.examples.rowCount() - 1))
            self.list.setCurrentIndex(self.examples.index(row))
        else:
            super().keyPressEvent(event)

    def _fill(self, actions: Actions) -> None:
        line = QHBoxLayout()
        line.setSpacing(self.theme.px(6))
        line.addWidget(self.field, 1)
        side = self.theme.px(28)
        for name in ("previous-example", "next-example"):
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            glyph = "chevron-left" if name.startswith("previous") else "chevron-right"
            button.setIcon(icon(glyph, self.theme.palette.text, self.theme.palette.line, self.theme.px(16)))
            button.setAccessibleName(actions[name].text().replace("&", ""))
            button.setFixedSize(side, side)
            line.addWidget(button)
        self.column.addLayout(line)
        self.column.addWidget(self.list, 1)

    def _changed(self, old: State | None, new: State) -> None:
        if old is not None and old.moment.example != new.moment.example:
            self._select(new.moment.example)

    def _typed(self, text: str) -> None:
        words = text.strip()
        if words.isdecimal():
            self.examples.filter("")
            self._select(min(max(int(words), 1), self.examples.rowCount()) - 1)
        else:
            self.examples.filter(words)
            self.list.setCurrentIndex(self.examples.index(0))

    def _select(self, example: int) -> None:
        row = self.examples.row(example)
        if row is not None:
            index = self.examples.index(row)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self._session.attempt(GoToExample(index.data(INDEX)))
            self.close()
