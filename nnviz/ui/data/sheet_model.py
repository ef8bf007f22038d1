"""A sheet as Qt's table asks for it, with an undo of its own."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from nnviz.files.sheet import MOST_ROWS, Sheet, empty
from nnviz.ui.theme import Theme

MOST_UNDO = 500
Role = Qt.ItemDataRole
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class SheetModel(QAbstractTableModel):
    """Holds the present sheet; below its last row stands an empty one to type into. ``edited`` tells of each change."""

    edited = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sheet = empty()
        self._undo: list[Sheet] = []
        self._redo: list[Sheet] = []
        self._theme: Theme | None = None

    @property
    def changed(self) -> bool:
        """Whether anything has been changed since the beginning."""
        return bool(self._undo)

    def begin(self, sheet: Sheet) -> None:
        """Begin with *sheet*; there is nothing to undo."""
        self._undo.clear()
        self._redo.clear()
        self._show(sheet)

    def change(self, sheet: Sheet) -> None:
        """Show *sheet* from now on; undo goes back."""
        if sheet is not self.sheet:
            self._undo.append(self.sheet)
            del self._undo[:-MOST_UNDO]
            self._redo.clear()
            self._show(sheet)

    def undo(self) -> None:
        """Take back the last change."""
        if self._undo:
            self._redo.append(self.sheet)
            self._show(self._undo.pop())

    def redo(self) -> None:
        """Bring back what undo took."""
        if self._redo:
            self._undo.append(self.sheet)
            self._show(self._redo.pop())

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self._repaint()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else _rows_shown(self.sheet)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self.sheet.width

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return self.sheet.rows[row][column] if row < len(self.sheet.rows) else ""

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Role.EditRole:
            return self.text(row, column)
        if role == Role.DisplayRole:
            return self.sheet.shown(row, column) if row < len(self.sheet.rows) else ""
        if role == Role.TextAlignmentRole:
            return LEFT if column == self.sheet.width - 1 else RIGHT
        if row >= len(self.sheet.rows) or role not in _OF_PROBLEMS:
            return None
        problem = self.sheet.problem(row, column)
        if not problem:
            return None
        if role == Role.BackgroundRole:
            return self._theme.wash("differ") if self._theme else None
        return f"{self.text(row, column)}: {problem}" if role == Role.AccessibleTextRole else problem

    def setData(self, index: QModelIndex, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or not index.isValid():
            return False
        text = str(value).strip()
        if text or index.row() < len(self.sheet.rows):
            self.change(self.sheet.with_cell(index.row(), index.column(), text))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        horizontal = orientation == Qt.Orientation.Horizontal
        if role == Role.DisplayRole:
            return self.sheet.names[section] if horizontal else section + 1
        if role == Role.ToolTipRole and horizontal:
            return f"{self.sheet.names[section]}\nDouble-click to rename"
        return None

    def _show(self, sheet: Sheet) -> None:
        """The selection stays where the shape does, or where rows are added at the end."""
        old, new = _rows_shown(self.sheet), _rows_shown(sheet)
        if self.sheet.names != sheet.names or new < old:
            self.beginResetModel()
            self.sheet = sheet
            self.endResetModel()
        elif new > old:
            self.beginInsertRows(QModelIndex(), old, new - 1)
            self.sheet = sheet
            self.endInsertRows()
            self._repaint()
        else:
            self.sheet = sheet
            self._repaint()
        self.edited.emit()

    def _repaint(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))


_OF_PROBLEMS = {Role.BackgroundRole, Role.ToolTipRole, Role.AccessibleTextRole, Role.AccessibleDescriptionRole}


def _rows_shown(sheet: Sheet) -> int:
    return min(len(sheet.rows) + 1, MOST_ROWS)
