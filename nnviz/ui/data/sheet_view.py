"""The table that is typed into, with the keys of a spreadsheet."""

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from nnviz.files.sheet import MOST_ROWS, copied, pasted
from nnviz.ui.data.sheet_model import SheetModel
from nnviz.ui.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class NameField(QLineEdit):
    """A column's name while it is typed; Escape leaves it as it was."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent, accessibleName="Name of the column")
        self._before = name
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._before)
            self.editingFinished.emit()
        else:
            super().keyPressEvent(event)
            event.accept()  # Enter is not for the table below it


class SheetView(QTableView):
    """Typing edits, Enter goes down, Tab to the right, Delete empties, Ctrl+C and Ctrl+V speak with spreadsheets.

    Escape leaves the table, and so does Tab in its last cell.
    """

    told = Signal(str)
    """What was left out of what was pasted."""

    def __init__(self, model: SheetModel) -> None:
        super().__init__()
        self.setAccessibleName("Examples, one in each row; the last column is the class")
        self.setModel(model)
        self._sheet_model = model
        self._name: NameField | None = None
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.setWordWrap(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().sectionDoubleClicked.connect(self.rename)
        model.modelReset.connect(self._stay)
        self._place = (0, 0)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self.setFont(theme.font())
        self.verticalHeader().setDefaultSectionSize(theme.px(25))
        self.horizontalHeader().setDefaultSectionSize(theme.px(96))

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the present one, as far as there is one."""
        model = self._sheet_model
        row, column = min(row, model.rowCount() - 1), min(column, model.columnCount() - 1)
        self.setCurrentIndex(model.index(max(row, 0), max(column, 0)))

    def chosen_rows(self) -> list[int]:
        """The rows in which a cell is selected."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def chosen_columns(self) -> list[int]:
        """The columns in which a cell is selected."""
        return sorted({index.column() for index in self.selectedIndexes()})

    def rename(self, column: int) -> None:
        """Let a name be typed where it stands."""
        header = self.horizontalHeader()
        field = NameField(self._sheet_model.sheet.names[column], header.viewport())
        field.setGeometry(QRect(header.sectionViewportPosition(column), 0, header.sectionSize(column), header.height()))
        self._name = field
        field.editingFinished.connect(lambda: self._renamed(column))
        field.show()
        field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # the cell that is typed into lets some keys through
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in _ERASE:
            self.clear()
        elif event.key() in _ENTER:
            self._down()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        model, index = self._sheet_model, self.currentIndex()
        end = (model.rowCount() - 1, model.columnCount() - 1) if forward else (0, 0)
        self.setTabKeyNavigation((index.row(), index.column()) != end)
        return super().focusNextPrevChild(forward)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:  # Enter
            self._down()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self._place = (current.row(), current.column())

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        rows, columns = self.chosen_rows(), self.chosen_columns()
        texts = ([self._sheet_model.text(row, column) for column in columns] for row in rows)
        QGuiApplication.clipboard().setText(copied(texts))

    def paste(self) -> None:
        """Put what is on the clipboard from the first selected cell on; one text into all that are selected."""
        cells = pasted(QGuiApplication.clipboard().text())
        rows, columns = self.chosen_rows(), self.chosen_columns()
        if not rows:
            return
        if len(cells) == len(cells[0]) == 1:
            cells = [cells[0] * len(columns)] * len(rows)
        sheet = self._sheet_model.sheet.with_pasted(rows[0], columns[0], cells)
        self._sheet_model.change(sheet)
        self.go_to(rows[0], columns[0])
        if len(cells) > MOST_ROWS - rows[0]:
            self.told.emit(f"A table here has at most {MOST_ROWS:,} rows; the rest was left out. A file may have more.")
        elif max(map(len, cells)) > sheet.width - columns[0]:
            self.told.emit("What did not fit beside the last column was left out.")

    def clear(self) -> None:
        """Empty the selected cells."""
        model = self._sheet_model
        places = [(index.row(), index.column()) for index in self.selectedIndexes()]
        if any(model.text(*place) for place in places):
            model.change(model.sheet.cleared(places))

    def _down(self) -> None:
        self.go_to(self.currentIndex().row() + 1, self.currentIndex().column())

    def _leave(self) -> None:
        self.setTabKeyNavigation(False)
        super().focusNextPrevChild(True)  # our own would go to the next cell

    def _stay(self) -> None:
        """Where one was, when the shape has changed."""
        self.go_to(*self._place)

    def _renamed(self, column: int) -> None:
        """Once: leaving the field ends its editing too."""
        field, self._name = self._name, None
        if field is not None:
            field.deleteLater()
            self._sheet_model.change(self._sheet_model.sheet.renamed(column, field.text()))
            self.setFocus()
