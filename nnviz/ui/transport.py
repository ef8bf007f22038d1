"""The story's controls: buttons, timeline, step number, level and speed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from nnviz.engine.story import Level
from nnviz.picture.palette import blend
from nnviz.session.commands import GoToStep, step_number
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.actions import ACTIONS
from nnviz.ui.icons import icon
from nnviz.ui.iterations import Iterations
from nnviz.ui.menus import Actions
from nnviz.ui.quiet import quiet
from nnviz.ui.story_actions import speed_text
from nnviz.ui.style import PHASE_ROLES
from nnviz.ui.theme import Theme, theme_of
from nnviz.ui.timeline import Timeline

FAINT = 0.5
NARROW = 690
"""Below this width, at zoom 1, the timeline has a line of its own."""
BUTTONS = ("first", "back", "play", "forward", "last")
ICONS = {row.name: row.icon for row in ACTIONS if row.name in BUTTONS}


class StepField(QSpinBox):
    """The number of the step; Return goes there, Escape takes the typing back, and both give up the focus."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("step-field")
        self.setAccessibleName("Number of the step")
        self.setToolTip("Type the number of a step and press Return (Ctrl+G)")
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.valueChanged.connect(lambda number: session.attempt(GoToStep(number)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            with quiet(self):
                self.setValue(self.value())
            self.show_state(self._session.state)
            self.clearFocus()
            event.ignore()  # the window gives the focus to the board
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clearFocus()

    def show_state(self, state: State) -> None:
        """Set from the state."""
        number, count = step_number(state)
        with quiet(self):
            if count != self.maximum():  # Qt lays out the whole window anew even for the same one
                self.setMaximum(count)
            self.setValue(number)
        digits = self.fontMetrics().horizontalAdvance("0" * max(2, len(str(count))))
        self.setFixedWidth(digits + theme_of(state.view).px(22))


class Transport(QWidget):
    """A line of controls; two lines where it is narrow."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._actions = session, actions
        self.setObjectName("transport")
        self.setAccessibleName("Transport")
        self.timeline = Timeline(session)
        self.iterations = Iterations(session)
        self._lines = QStackedWidget()
        self.field = StepField(session)
        self._buttons = {name: self._button(name) for name in BUTTONS}
        self._count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._level = self._chooser("level", "Story/Level of a step", "How far one step goes (1 … 5)")
        self._speed = self._chooser("speed", "Story/Speed", "Steps a second while playing (+ and −)")
        self._grid = QGridLayout(self)
        self._row = QHBoxLayout()
        self._numbers = QHBoxLayout()
        self._fill()
        self._narrow: bool | None = None
        session.listen(self._changed)

    @property
    def line(self) -> QAbstractSlider:
        """The one that is shown: of the story, or of the iterations."""
        return self.iterations if self._lines.currentWidget() is self.iterations else self.timeline

    def go_to_step(self) -> None:
        """Give the field of the step's number the focus."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """Both groups of controls side by side, the timeline above them."""
        margins = self._grid.contentsMargins()
        width = self._row.minimumSize().width() + self._numbers.minimumSize().width() + self._grid.horizontalSpacing()
        return QSize(width + margins.left() + margins.right(), super().minimumSizeHint().height())

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"button-{name}")
        button.setDefaultAction(self._actions[name])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        # A click leaves the focus where it is: Space goes on playing instead of pressing the button again.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoRepeat(name in ("back", "forward"))
        button.setAccessibleName(self._actions[name].text().replace("&", ""))
        return button

    def _chooser(self, name: str, path: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMenu(self._actions.menu(path, button))
        return button

    def _fill(self) -> None:
        for line in (self.timeline, self.iterations):
            self._lines.addWidget(line)
        self._lines.setSizePolicy(self.timeline.sizePolicy())
        for button in self._buttons.values():
            self._row.addWidget(button)
        self._numbers.addWidget(self.field)
        self._numbers.addWidget(self._count)
        self._numbers.addWidget(self._level)
        self._numbers.addWidget(self._speed)

    def _changed(self, old: State | None, new: State) -> None:
        if old is None or old.view is not new.view:
            self._dress(theme_of(new.view))
        if old is None or old.view.speed != new.view.speed:
            self._speed.setText(speed_text(new.view.speed))
            self._speed.setAccessibleName(
                f"Speed: {new.view.speed:g} step{'' if new.view.speed == 1 else 's'} a second"
            )
        if old is None or old.step_level is not new.step_level:
            self._lines.setCurrentWidget(self.iterations if new.step_level is Level.ITERATION else self.timeline)
        if old is None or old.level is not new.level:
            self._level.setText(f"{new.level.value} ▾")
            self._level.setAccessibleName(f"Level of a step: {new.level.value}")
        if old is None or _seen(old) != _seen(new):
            self._show_step(new)
        if (
            old is None
            or _phase_role(old) != _phase_role(new)
            or old.playing != new.playing
            or old.view is not new.view
        ):
            self._show_play(new)

    def _show_step(self, state: State) -> None:
        self.field.show_state(state)
        self._count.setText(f"/ {self.field.maximum()}")
        self._count.setAccessibleName(f"Step {self.field.value()} of {self.field.maximum()}")

    def _show_play(self, state: State) -> None:
        theme = theme_of(state.view)
        colour, text = theme.roles[_phase_role(state)], theme.palette.on_colour
        button = self._buttons["play"]
        self._actions["play"].setIcon(icon("player-pause" if state.playing else "player-play", text, size=theme.px(20)))
        button.setStyleSheet(f"QToolButton {{ background: {colour}; border: {theme.px(1)}px solid {colour}; }}")
        button.setAccessibleName("Pause" if state.playing else "Play")

    def _dress(self, theme: Theme) -> None:
        side = theme.px(34)
        for name, button in self._buttons.items():
            button.setIconSize(QSize(theme.px(18), theme.px(18)))
            button.setFixedSize(theme.px(42) if name == "play" else side, side)
        faint = blend(theme.palette.muted, theme.palette.panel, FAINT)
        for name in BUTTONS:
            if name != "play":
                self._actions[name].setIcon(icon(ICONS[name], theme.palette.text, faint, theme.px(18)))
        for widget in (self.field, self._count, self._level, self._speed):
            widget.setFont(theme.font(12))
            widget.setMinimumHeight(theme.px(30))
        self.field.show_state(self._session.state)
        self._row.setSpacing(theme.px(6))
        self._numbers.setSpacing(theme.px(6))
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(4))
        margin = theme.px(10)
        self._grid.setContentsMargins(theme.px(13), margin, theme.px(13), margin)
        self._narrow = None
        self._arrange()
        self._fold()
        self.updateGeometry()

    def _arrange(self) -> None:
        """Timeline between the buttons and the numbers, or above them."""
        narrow = self.width() < theme_of(self._session.state.view).px(NARROW)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for item in (self._row, self._numbers):
            self._grid.removeItem(item)
        self._grid.removeWidget(self._lines)
        if narrow:
            self._grid.addWidget(self._lines, 0, 0, 1, 3)
            self._grid.addLayout(self._row, 1, 0)
            self._grid.addLayout(self._numbers, 1, 2)
        else:
            self._grid.addLayout(self._row, 0, 0)
            self._grid.addWidget(self._lines, 0, 1)
            self._grid.addLayout(self._numbers, 0, 2)
        self._grid.setColumnStretch(1, 1)

    def _fold(self) -> None:
        """Leave out what has keys and menus, too, where there is no room for all, as beside a lesson in large type."""
        margins = self._grid.contentsMargins()
        shown = [*self._buttons.values(), self.field, self._count, self._level, self._speed]
        between = self._row.spacing() * (len(shown) - 2) + 2 * self._grid.horizontalSpacing()
        room = self.width() - margins.left() - margins.right() - between
        needed = sum(_width(one) for one in shown)
        for one in (self._speed, self._buttons["first"], self._buttons["last"], self._level):
            one.setVisible(needed <= room)
            needed -= 0 if needed <= room else _width(one) + self._row.spacing()


def _width(control: QWidget) -> int:
    """What it takes: as it was fixed, or as its words need."""
    return control.minimumWidth() if control.minimumWidth() == control.maximumWidth() else control.sizeHint().width()


def _seen(state: State) -> tuple[int, ...]:
    return state.moment.place, id(state.story), id(state.step_level), state.training.reached


def _phase_role(state: State) -> str:
    """The colour of what is being told; before anything is, that of the first phase."""
    telling = state.story.telling(state.moment.place)
    return PHASE_ROLES[(telling.step if telling else state.story.steps[0]).phase]
