"""The first rows of a table as Qt's views ask for them, cell by cell; nothing is copied."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from nnviz.files.table import Column, Table
from nnviz.ui.theme import Theme

FIRST_ROWS = 1000
Role = Qt.ItemDataRole
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Preview(QAbstractTableModel):
    """Rows of a table, with their numbers in the file; cells that cannot be used are marked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._used: frozenset[str] = frozenset()
        self._label = ""
        self._theme: Theme | None = None

    def show_table(self, table: Table | None) -> None:
        """Show *table*, or nothing."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def show_choice(self, label: str, features: tuple[str, ...]) -> None:
        """Tell the columns that are used from the others."""
        self._label, self._used = label, frozenset((*features, label))
        self._repaint()

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self._repaint()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self._table is None else min(len(self._table), FIRST_ROWS)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self._table is None else len(self._table.columns)

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> Any:
        if self._table is None or not index.isValid():
            return None
        column, row = self._table.columns[index.column()], index.row()
        if role == Role.DisplayRole:
            return column.text(row)
        if role == Role.TextAlignmentRole:
            return LEFT if row in column.others else RIGHT
        unusable = column.name in self._used and not column.is_usable(row)
        if role == Role.ToolTipRole and unusable:
            return "This cell cannot be used: it is empty." if not column.text(row) else "This cell cannot be used."
        if self._theme is None:
            return None
        if role == Role.BackgroundRole and unusable:
            return self._theme.wash("differ")
        if role == Role.ForegroundRole and column.name not in self._used:
            return self._theme.colour("muted")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if self._table is None or role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return int(self._table.rows[section])
        name = self._table.columns[section].name
        return f"{name} · class" if name == self._label else name

    def _repaint(self) -> None:
        if self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)


class Features(QAbstractListModel):
    """The columns, each with a mark if it is a feature; columns of words and the classes can't be."""

    chosen = Signal(tuple)
    """The names of the features that the user has marked, in the order of the file."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._label = ""
        self._marked: frozenset[str] = frozenset()
        self._theme: Theme | None = None

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme

    def show_table(self, table: Table | None) -> None:
        """Show the columns of *table*, or nothing."""
        self.beginResetModel()
        self._columns = () if table is None else table.columns
        self.endResetModel()

    def show_choice(self, label: str, features: tuple[str, ...]) -> None:
        """Mark *features*."""
        self._label, self._marked = label, frozenset(features)
        if self._columns:
            self.dataChanged.emit(self.index(0), self.index(len(self._columns) - 1))

    def mark_all(self, on: bool) -> None:
        """Mark all columns that can be features, or only the first of them."""
        possible = [column.name for column in self._columns if not self._refusal(column)]
        self.chosen.emit(tuple(possible if on else possible[:1]))

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if not index.isValid() or self._refusal(self._columns[index.row()]):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.row()]
        if role == Role.DisplayRole:
            return column.name
        if role == Role.ForegroundRole and self._theme is not None and self._refusal(column):
            return self._theme.colour("muted")
        if role == Role.CheckStateRole and not self._refusal(column):
            return Qt.CheckState.Checked if column.name in self._marked else Qt.CheckState.Unchecked
        if role == Role.ToolTipRole:
            return self._refusal(column) or f"{column.name}: {column.text(0)}, …"
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole or not index.isValid():
            return False
        name, on = self._columns[index.row()].name, Qt.CheckState(value) is Qt.CheckState.Checked
        marked = self._marked | {name} if on else self._marked - {name}
        self.chosen.emit(tuple(column.name for column in self._columns if column.name in marked))
        return True

    def _refusal(self, column: Column) -> str:
        """Why *column* can't be a feature; "" if it can."""
        if column.name == self._label:
            return "This column has the classes."
        return "" if column.kind == "numbers" else "A network's inputs are numbers; this column has none."
