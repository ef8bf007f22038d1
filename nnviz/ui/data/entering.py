"""Entering data by hand: a table, and beside it, for two features, the same examples as points."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from nnviz.engine.data import Dataset
from nnviz.files.sheet import MOST_FEATURES, MOST_ROWS, Sheet, can_be_edited, dataset, drawn, empty, sheet_of, typed
from nnviz.files.understanding import meaning
from nnviz.session.session import Session
from nnviz.ui.data.classes_bar import ClassesBar
from nnviz.ui.data.cloud import Points
from nnviz.ui.data.dialog import DataDialog
from nnviz.ui.data.drawing import Drawing
from nnviz.ui.data.sheet_model import SheetModel
from nnviz.ui.data.sheet_view import SheetView
from nnviz.ui.fields import Label
from nnviz.ui.theme import Theme
from nnviz.ui.worker import Background

FIRST_CLASSES = ("0", "1")
GIVE_UP = "Give up the changes"
HINT = "Type, or paste (Ctrl+V). Double-click a name to change it. Ctrl+Z undoes."
FULL = f"At most {MOST_ROWS:,} rows can be typed or drawn."
DRAWING_HINT = "Click adds, drag moves, right-click removes. Keys: arrows, Enter, Delete, 1–9."


class EnterDialog(DataDialog):
    """Begins with the data that are studied, if they are few, or with an empty table."""

    def __init__(self, session: Session, background: Background, parent: QWidget) -> None:
        super().__init__(session, background, "Enter data", "Use these data", parent)
        self.sheet = SheetModel(self)
        self.view = SheetView(self.sheet)
        self.drawing, self.classes = Drawing(), ClassesBar()
        self._names: tuple[str, ...] = FIRST_CLASSES
        self._asked: set[str] = set()  # classes that stay, with points or without
        self._class = FIRST_CLASSES[0]
        self._rows: list[int] = []
        self.add_row = _button("Add row", "An empty row above the present one")
        self.remove_rows = _button("Remove rows", "Take out the rows in which a cell is selected")
        self.add_feature = _button("Add feature", "One more column of numbers, before the class")
        self.remove_features = _button("Remove features", "Take out the columns in which a cell is selected")
        self.rename = _button("Rename", "Another name for the present column")
        self.clear_all = _button("Empty", "Begin with an empty table of two features")
        self._arrange()
        self._connect()
        self.follow()
        self._begin()

    def wanted_size(self, theme: Theme) -> QSize:
        return QSize(theme.px(980), theme.px(650))

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.sheet.dress(theme)
        self._sides.setHandleWidth(theme.px(12))
        half = self.width() // 2
        self._sides.setSizes([half, half])

    def reject(self) -> None:
        """What was typed is not given up at once."""
        if self.sheet.changed and self.cancel.text() != GIVE_UP:
            self.cancel.setText(GIVE_UP)
            self.cancel.setFocus()
        else:
            super().reject()

    def _begin(self) -> None:
        examples = self.session.state.model.examples
        self.wait("The table is being made.")
        if can_be_edited(examples.dataset):
            self.background.run(lambda: sheet_of(examples), self._start, lambda error: self.refuse(str(error)))
        else:
            self._start(empty())
        self.view.setFocus()

    def _start(self, sheet: Sheet) -> None:
        if sheet.like is not None:
            self._names, self._asked = sheet.like.class_names, set(sheet.like.class_names)
            self._class = self._names[0]
        self.sheet.begin(sheet)
        self.view.go_to(0, 0)

    # --- What is done ---

    def _connect(self) -> None:
        change = self.sheet.change
        self.sheet.edited.connect(self._edited)
        self.view.told.connect(self.hint.setText)
        self.view.selectionModel().currentChanged.connect(self._mark_point)
        self.add_row.clicked.connect(lambda: change(self.sheet.sheet.with_row(self.view.currentIndex().row())))
        self.remove_rows.clicked.connect(lambda: change(self.sheet.sheet.without_rows(self.view.chosen_rows())))
        self.add_feature.clicked.connect(lambda: change(self.sheet.sheet.with_feature()))
        self.remove_features.clicked.connect(
            lambda: change(self.sheet.sheet.without_columns(self.view.chosen_columns()))
        )
        self.rename.clicked.connect(lambda: self.view.rename(self.view.currentIndex().column()))
        self.clear_all.clicked.connect(self._empty)
        self.classes.chosen.connect(self._choose_class)
        self.classes.another_asked.connect(self._new_class)
        self.drawing.class_asked.connect(self._choose_class)
        self.drawing.added.connect(self._add_point)
        self.drawing.moved.connect(self._move_point)
        self.drawing.removed.connect(self._remove_point)
        for keys, deed in (("Ctrl+Z", self.sheet.undo), ("Ctrl+Shift+Z", self.sheet.redo), ("Ctrl+Y", self.sheet.redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(deed)

    def _empty(self) -> None:
        self._names, self._asked = FIRST_CLASSES, set()
        self._class = FIRST_CLASSES[0]
        self.sheet.change(empty())

    def _choose_class(self, label: int) -> None:
        if label < len(self._names):
            self._class = self._names[label]
            self.classes.show_classes(self._names, label)

    def _new_class(self) -> None:
        name = next(str(n) for n in range(len(self._names) + 1) if str(n) not in self._names)
        self._names, self._asked = (*self._names, name), self._asked | {*self._names, name}
        self._choose_class(len(self._names) - 1)
        self.drawing.setFocus()

    def _add_point(self, x: float, y: float) -> None:
        sheet = self.sheet.sheet
        row = sheet.filled[-1] + 1 if sheet.filled else 0
        if row == MOST_ROWS:
            self.hint.setText(FULL)
            return
        self.sheet.change(sheet.with_cells(row, 0, [[typed(x, sheet), typed(y, sheet), self._class]]))
        self.view.go_to(row, 0)

    def _move_point(self, point: int, x: float, y: float) -> None:
        sheet, row = self.sheet.sheet, self._rows[point]
        self.sheet.change(sheet.with_cells(row, 0, [[typed(x, sheet), typed(y, sheet)]]))
        self.view.go_to(row, 0)

    def _remove_point(self, point: int) -> None:
        self.sheet.change(self.sheet.sheet.without_rows([self._rows[point]]))

    # --- What is seen ---

    def _edited(self) -> None:
        """Show the points at once; whether the examples can be learned from is worked out beside the window."""
        sheet = self.sheet.sheet
        self.cancel.setText("Cancel")
        self.hint.setText(HINT)
        self._points.setVisible(sheet.width == 3)
        self._rows = []
        if sheet.width == 3:
            self._draw(sheet)
        self._enable(self.add_row, len(sheet.rows) < MOST_ROWS, FULL)
        self._enable(self.add_feature, sheet.width <= MOST_FEATURES, f"At most {MOST_FEATURES} features can be typed.")
        self._enable(self.remove_features, sheet.width > 2, "One feature must stay.")
        self.withhold("The examples are being looked through.")
        self.background.run(lambda: dataset(sheet), self._usable, lambda error: self.refuse(str(error)))

    def _draw(self, sheet: Sheet) -> None:
        found = drawn(sheet, self._offered(sheet))
        self._names, self._rows = found.classes, found.rows.tolist()
        points = Points(found.X, found.labels, found.classes, (sheet.names[0], sheet.names[1]))
        self.drawing.show_points(points, keep=len(self.drawing.points.X) > 0 or len(found.X) <= 1)
        self._choose_class(self._names.index(self._class) if self._class in self._names else 0)
        self._mark_point()

    def _mark_point(self) -> None:
        """The point of the present row."""
        row = self.view.currentIndex().row()
        self.drawing.mark_point(self._rows.index(row) if row in self._rows else None)

    def _offered(self, sheet: Sheet) -> tuple[str, ...]:
        """The classes shown before, without those that nothing belongs to and nobody asked for; two at the least."""
        present = self._asked | set(sheet.classes)
        return tuple(name for name in self._names if name in present) if len(present) > 1 else self._names

    def _usable(self, data: Dataset) -> None:
        self.offer(data, meaning(data))

    @staticmethod
    def _enable(button: QPushButton, on: bool, reason: str) -> None:
        button.setEnabled(on)
        button.setToolTip(button.statusTip() if on else f"Not now: {reason}")

    def _arrange(self) -> None:
        table, self._points = QWidget(), QWidget()
        left, right = QVBoxLayout(table), QVBoxLayout(self._points)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
        for row in (
            (self.add_row, self.remove_rows, self.clear_all),
            (self.add_feature, self.remove_features, self.rename),
        ):
            line = QHBoxLayout()
            for button in row:
                line.addWidget(button)
            line.addStretch(1)
            left.addLayout(line)
        left.addWidget(self.view, 1)
        right.addWidget(self.classes)
        right.addWidget(self.drawing, 1)
        self.hint = Label(HINT, "muted", 11)
        for column, hint in ((left, self.hint), (right, Label(DRAWING_HINT, "muted", 11))):
            hint.setWordWrap(True)
            column.addWidget(hint)
        self._sides = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._sides.addWidget(table)
        self._sides.addWidget(self._points)
        self.column.addWidget(self._sides, 1)


def _button(text: str, tip: str) -> QPushButton:
    """Its status tip keeps what it does while the tooltip says why not."""
    return QPushButton(text, autoDefault=False, toolTip=tip, statusTip=tip)
