"""The present example: which one it is, its features raw and scaled, the class it belongs to."""

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolTip, QWidget

from nnviz.engine.arrays import Array
from nnviz.picture.markup import plain
from nnviz.picture.notation import x
from nnviz.picture.numbers import full, shown
from nnviz.picture.palette import Palette, blend
from nnviz.session.commands import NextExample, SetClass, SetInput
from nnviz.session.model import Model
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Choice, IconButton, Label, Section, SpinField, beside, dress_children, is_tip, takes_key
from nnviz.ui.guard import guarded
from nnviz.ui.number_field import NumberField, written
from nnviz.ui.quiet import quiet
from nnviz.ui.theme import Theme

FEW_DIGITS, ALL_DIGITS = 4, 17
"""Significant digits of a scaling's numbers: in the panel, and in its tooltip."""
MOST_ROWS = 24
"""Features beyond these are named, not listed: a column of a hundred fields helps nobody."""


class ExampleSection(Section):
    """Choose an example, and change its features and its class."""

    def __init__(self, session: Session) -> None:
        super().__init__("Example")
        self._session = session
        self._theme: Theme | None = None
        self.previous = IconButton("chevron-left", "Previous example", "Previous example (Ctrl+←)")
        self.number = SpinField("Number of the example")
        self.next = IconButton("chevron-right", "Next example", "Next example (Ctrl+→)")
        self.previous.clicked.connect(lambda: session.attempt(NextExample(-1)))
        self.next.clicked.connect(lambda: session.attempt(NextExample(1)))
        self.number.valueChanged.connect(self._go_to)
        self.features = FeatureRows(session)
        self.pixels = PixelField()
        self.pixels.painted.connect(lambda feature, value: session.attempt(SetInput(feature, value)))
        self.category = Choice("Class of the example, y")
        self.category.activated.connect(lambda: session.attempt(SetClass(self.category.currentData())))
        self.y = Label("", "muted", 11)
        self.note = Label("Changed by you; undo brings it back.", "accent", 11)
        self.note.setWordWrap(True)
        self.column.addLayout(beside(self.previous, self.number, self.next, stretch=1))
        self.column.addWidget(self.features)
        self.column.addWidget(self.pixels)
        self.column.addLayout(beside(Label("Class"), self.category, stretch=1))
        self.column.addWidget(self.y)
        self.column.addWidget(self.note)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is None or old.model.dataset is not new.model.dataset:
            self._offer(new.model)
        if old is None or old.story is not new.story or old.view.digits != new.view.digits:
            self._show(new)

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        super().dress(theme)

    def _offer(self, model: Model) -> None:
        data = model.dataset
        with quiet(self.number):
            self.number.setRange(1, len(data))
            self.number.setSuffix(f" of {len(data):,}")
        self.category.offer({name: index for index, name in enumerate(data.class_names)})
        self.features.setVisible(data.image_shape is None)
        self.pixels.setVisible(data.image_shape is not None)
        if data.image_shape is None:
            self.features.offer(model)
            if self._theme is not None:
                dress_children(self.features, self._theme)
        else:
            self.pixels.offer(data.image_shape, float(data.X.min()), float(data.X.max()))

    def _show(self, state: State) -> None:
        model, example = state.model, state.moment.example
        with quiet(self.number):
            self.number.setValue(example + 1)
        for button, possible, reason in (
            (self.previous, example > 0, "This is the first example."),
            (self.next, example + 1 < len(model.dataset), "This is the last example."),
        ):
            button.setEnabled(possible)
            button.setToolTip(
                f"{button.accessibleName()} ({'Ctrl+←' if button is self.previous else 'Ctrl+→'})"
                if possible
                else reason
            )
        self.category.choose(model.dataset.class_names.index(model.class_name(example)))
        target = model.target(example)
        self.y.setText(f"y = {target[0]:g}" if len(target) == 1 else f"y = [{'; '.join(f'{t:g}' for t in target)}]")
        self.note.setVisible(example in model.changed)
        if model.dataset.image_shape is None:
            self.features.show_state(state)
        else:
            self.pixels.show_pixels(model.raw(example))

    def _go_to(self, number: int) -> None:
        self._session.attempt(NextExample(number - 1 - self._session.state.moment.example))


class FeatureRows(QWidget):
    """A row for each feature: raw value with its unit, and below how it becomes x."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.fields: list[NumberField] = []
        self._scaled: list[Label] = []

    def offer(self, model: Model) -> None:
        """Make the rows for other data."""
        for index in reversed(range(self._grid.count())):
            widget = self._grid.itemAt(index).widget()
            self._grid.removeWidget(widget)
            with quiet(widget):  # what was typed and not finished belongs to data that are gone
                widget.hide()
            widget.deleteLater()
        self.fields, self._scaled = [], []
        names, units = model.dataset.feature_names, model.dataset.units
        for feature, (name, unit) in enumerate(zip(names[:MOST_ROWS], units, strict=False), 1):
            self._add(feature, name, unit)
        if len(names) > MOST_ROWS:
            more = Label(f"and {len(names) - MOST_ROWS:,} more features", "muted", 11)
            self._grid.addWidget(more, 2 * MOST_ROWS, 0, 1, 3)

    def _add(self, feature: int, name: str, unit: str) -> None:
        field = NumberField(f"{name}, in {unit}" if unit else name, f"a number for {name}, such as 12.5")
        field.entered.connect(lambda value: self._enter(feature, field, value))
        scaled = Label("", "muted", 11)
        scaled.setWordWrap(True)
        label = Label(name)
        label.setBuddy(field)
        line = 2 * (feature - 1)
        self._grid.addWidget(label, line, 0)
        self._grid.addWidget(field, line, 1)
        self._grid.addWidget(Label(unit, "muted", 11), line, 2)
        self._grid.addWidget(scaled, line + 1, 0, 1, 3)
        self.fields.append(field)
        self._scaled.append(scaled)

    def show_state(self, state: State) -> None:
        """Show the present example."""
        model, example = state.model, state.moment.example
        raw, inputs, names = model.raw(example), state.story.trace.a[0], model.dataset.feature_names
        for index, (field, scaled) in enumerate(zip(self.fields, self._scaled, strict=True)):
            field.show_value(float(raw[index]))
            value, name, symbol = float(inputs[index]), names[index], plain(x(index + 1))
            short, exact = (model.fitted.formula(index, name, digits) for digits in (FEW_DIGITS, ALL_DIGITS))
            done = () if short == name else (short,)  # what is taken as it is needs no formula
            scaled.setText(" = ".join((symbol, *done, shown(value, state.view.digits))))
            scaled.setToolTip(f"{symbol} = {exact} = {full(value)}")

    def _enter(self, feature: int, field: NumberField, value: float) -> None:
        if not self._session.attempt(SetInput(feature, value)):
            field.refuse("Expected a number between −10¹² and 10¹².")


class PixelField(QWidget):
    """An image whose pixels can be painted: click or drag, or the arrow keys with a digit 0 … 9 for how dark.

    The first pixel of a drag decides whether it paints or wipes.
    """

    painted = Signal(int, float)
    """The feature, from 1, and its new raw value."""

    def __init__(self) -> None:
        super().__init__()
        self._shape = (1, 1)
        self._range = (0.0, 1.0)
        self._values: Array | None = None
        self._mark = (0, 0)
        self._ink: float | None = None
        self._theme: Theme | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The image of the example; paint with the pointer, or with arrow keys and digits")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def offer(self, shape: tuple[int, int], lowest: float, highest: float) -> None:
        """Show images of (rows, columns) pixels with values in this range."""
        self._shape, self._range, self._mark = shape, (lowest, highest), (0, 0)
        self.updateGeometry()

    def show_pixels(self, values: Array) -> None:
        """Show raw values, row by row."""
        self._values = values
        self.update()

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows, columns = self._shape
        return round(min(width, self._widest()) * rows / columns)

    def sizeHint(self) -> QSize:
        return QSize(self._widest(), self.heightForWidth(self._widest()))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None or self._values is None:
            return
        painter, columns, palette = QPainter(self), self._shape[1], self._theme.palette
        low, high = self._range
        shares = np.clip((self._values - low) / ((high - low) or 1.0), 0.0, 1.0).round(3).tolist()
        gap = 1 if self._area().width() / columns > 10 else 0
        lefts, tops = self._edges()
        painter.fillRect(self._area(), QColor(palette.line) if gap else _shade(palette, 0.0))
        for index, share in enumerate(shares):
            if share or gap:  # without gaps the ground already is the colour of 0, and of most pixels
                row, column = divmod(index, columns)
                left, top = lefts[column], tops[row]
                width, height = lefts[column + 1] - left - gap, tops[row + 1] - top - gap
                painter.fillRect(left, top, width, height, _shade(palette, share))
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.drawRect(self._pixel(*self._mark).adjusted(1, 1, -1, -1))

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or at is None or self._values is None:
            return super().mousePressEvent(event)
        low, high = self._range
        dark = self._value(at) > (low + high) / 2
        self._ink = low if dark else high
        self._paint(at, self._ink)
        return None

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if self._ink is not None and at is not None and at != self._mark:
            self._paint(at, self._ink)

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._ink = None

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._wants(event):
            super().keyPressEvent(event)
        elif event.key() in _MOVES:
            down, right = _MOVES[event.key()]
            self._mark = (
                min(max(self._mark[0] + down, 0), self._shape[0] - 1),
                min(max(self._mark[1] + right, 0), self._shape[1] - 1),
            )
            self.update()
        else:
            low, high = self._range
            self._paint(self._mark, low + (high - low) * int(event.text()) / 9)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and is_tip(event):
            at = self._at(QPointF(event.pos()))
            text = "" if at is None else f"pixel {at[0] + 1},{at[1] + 1} = {written(self._value(at))}"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        # Arrows and digits are shortcuts elsewhere; here they paint.
        return takes_key(event, self._wants) or super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        return event.key() in _MOVES or (event.text() != "" and event.text() in "0123456789")

    def _paint(self, at: tuple[int, int], value: float) -> None:
        self._mark = at
        self.update()
        if value != self._value(at):
            self.painted.emit(at[0] * self._shape[1] + at[1] + 1, value)

    def _value(self, at: tuple[int, int]) -> float:
        return 0.0 if self._values is None else float(self._values[at[0] * self._shape[1] + at[1]])

    def _widest(self) -> int:
        return 216 if self._theme is None else self._theme.px(216)

    def _area(self) -> QRectF:
        width = min(self.width(), self._widest())
        return QRectF(0, 0, width, width * self._shape[0] / self._shape[1])

    def _edges(self) -> tuple[list[int], list[int]]:
        """Where columns and rows of pixels begin, and the last ones end: whole screen pixels, so that no seams show."""
        area, (rows, columns) = self._area(), self._shape
        lefts = [round(area.width() * edge / columns) for edge in range(columns + 1)]
        return lefts, [round(area.height() * edge / rows) for edge in range(rows + 1)]

    def _pixel(self, row: int, column: int) -> QRectF:
        """Where a pixel stands."""
        lefts, tops = self._edges()
        left, top = lefts[column], tops[row]
        return QRectF(left, top, lefts[column + 1] - left, tops[row + 1] - top)

    def _at(self, position: QPointF) -> tuple[int, int] | None:
        area, (rows, columns) = self._area(), self._shape
        if not area.contains(position):
            return None
        row, column = (
            int(position.y() * rows / area.height()),
            int(position.x() * columns / area.width()),
        )
        return min(row, rows - 1), min(column, columns - 1)


@lru_cache(maxsize=2048)
def _shade(palette: Palette, share: float) -> QColor:
    """How dark a pixel is drawn, *share* 0 … 1."""
    return QColor(blend(palette.forward, palette.sunken, share))


_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
