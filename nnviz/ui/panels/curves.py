"""J(Θ) against the iteration: a curve for each run, the line of the moment, the values at the pointer."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from nnviz.picture.curves import Scale, cost_range, cost_scale, iteration_scale, last_iteration, sentence
from nnviz.picture.live import columns, summary
from nnviz.picture.runs import title
from nnviz.session.commands import GoToIteration, ShowRun
from nnviz.session.live import Numbers, failed
from nnviz.session.run import Run, differences
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.attention import listen_in
from nnviz.ui.fields import IconButton, Label, dress_children
from nnviz.ui.panels import marks
from nnviz.ui.panels.legend import FAILED, Entry, Legend
from nnviz.ui.panels.lines import KINDS, TRAINING, Lines
from nnviz.ui.panels.readout import values
from nnviz.ui.theme import theme_of
from nnviz.ui.worker import Background

if TYPE_CHECKING:  # importing pyqtgraph takes a while
    from nnviz.ui.plotting import Plot

EMPTY = "Press Train (T): J(Θ) will be drawn here."
PACE = 50
"""Milliseconds between two pictures of a run that grows."""
IDLE = 100
"""Milliseconds until the plot is imported."""
FRAME = 16
"""Milliseconds between two moments that the line is drawn to."""
NEAR = 6
"""Pixels at which the end of a run is pointed at."""
SIZE, LEAST_HEIGHT = (500, 370), 190
LOW = 240
"""Below this height there is room for the plot and its legend of runs, and no more."""
AXIS_WIDTH, AXIS_END = 52, 30


class CurvesPanel(QWidget):
    """Follows the state; what the mouse asks for goes out as commands. The plot comes once pyqtgraph is imported."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("curves")
        self.setAccessibleName("Curves of J(Θ)")
        self._session = session
        self._theme = theme_of(session.state.view)
        self.lines = Lines()
        self.plot: Plot | None = None
        self._zoomed = self._stale = False
        self._lit: Run | None = None
        self._pointed: int | None = None
        self._wanted: int | None = None
        self._names: dict[Run, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=PACE)
        self._pause.timeout.connect(self._resume)
        self._frame = QTimer(self, singleShot=True, interval=FRAME)
        self._frame.timeout.connect(self._go_on)
        self._fill()
        self._import = Background(self)
        # Once the other panels stand: the import would make them wait for the interpreter.
        QTimer.singleShot(IDLE, self, lambda: self._import.run(_plot, self._take, _give_up))
        listen_in(session, "train", self._changed)

    @property
    def scales(self) -> tuple[Scale, Scale]:
        """Of the iterations and of J."""
        return iteration_scale(self.log_iteration.isChecked()), cost_scale(self.log_cost.isChecked())

    def sizeHint(self) -> QSize:
        return QSize(*(self._theme.px(length) for length in SIZE))

    # What it is made of

    def _fill(self) -> None:
        self.heading = Label("Cost J(Θ)", size=14, bold=True)
        self.legend = Legend()
        self.legend.pointed.connect(self._light)
        self.legend.chosen.connect(lambda run: self._session.attempt(ShowRun(run)))
        self.kinds = Legend()
        self.log_cost = _toggle("log J", "J on a logarithmic axis: every decade is as high as every other", True)
        self.log_iteration = _toggle("log i", "Iterations on a logarithmic axis: the first ones have more room", True)
        self.parts = _toggle("parts", "The parts of J of the present run: data part and weight decay", False)
        self.all = IconButton("maximize", "Show all", "Show all of the curves again")
        self.all.setEnabled(False)
        self.all.clicked.connect(self._show_all)
        for axis in (self.log_cost, self.log_iteration):
            axis.toggled.connect(self._show_all)
        self.parts.toggled.connect(self._refresh)
        self._header = QHBoxLayout()
        for widget in (self.heading, self.legend, self.log_cost, self.log_iteration, self.parts, self.all):
            self._header.addWidget(widget, 1 if widget is self.legend else 0, Qt.AlignmentFlag.AlignTop)
        self._header.setAlignment(self.legend, Qt.AlignmentFlag(0))
        self.empty = Label(EMPTY, "muted", 13)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint = Label("", "muted", 11)
        self.hint.setMinimumWidth(1)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.hint)
        self._foot.addWidget(self.kinds, 1)
        self.kinds.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._header)
        self._column.addWidget(self._stack, 1)
        self._column.addLayout(self._foot)

    def _take(self, make: "Callable[..., Plot]") -> None:
        """The plot has been imported."""
        self.plot = make(self._paint_marks)
        self.plot.setAccessibleName("Plot of J(Θ)")
        self.plot.zoomed.connect(self._zoom_by_hand)
        self.plot.moved.connect(self._move)
        self.plot.pointed.connect(self._point)
        self.plot.resized.connect(self._draw)
        self._stack.addWidget(self.plot)
        QWidget.setTabOrder(self.all, self.plot)
        self._dress()
        self._refresh()

    def _dress(self) -> None:
        theme = self._theme
        dress_children(self, theme)
        self.empty.setStyleSheet(f"background: {theme.palette.sunken}; border-radius: {theme.px(6)}px;")
        self._column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(6))
        self._column.setSpacing(theme.px(4))
        self._header.setSpacing(theme.px(8))
        self._foot.setSpacing(theme.px(16))
        self._foot.setContentsMargins(theme.px(AXIS_WIDTH), 0, theme.px(AXIS_END), 0)
        self.heading.setFixedHeight(theme.px(24))
        self.setMinimumHeight(theme.px(LEAST_HEIGHT))
        self.updateGeometry()
        for button in (self.log_cost, self.log_iteration, self.parts):
            button.setFont(theme.font(11))
            button.setFixedHeight(theme.px(24))
            button.setStyleSheet(f"padding: {theme.px(2)}px {theme.px(7)}px; font-size: {theme.px(11)}px;")

    # Following the state

    def _changed(self, old: State | None, new: State) -> None:
        if old is None or theme_of(old.view) is not theme_of(new.view):
            self._theme = theme_of(new.view)
            self._dress()
            self._refresh()
        elif old.training is not new.training:
            self._follow(old, new)
        elif old.moment.iteration != new.moment.iteration:
            self._tell()

    def _follow(self, old: State, new: State) -> None:
        """Soon, while a run grows; at once if anything else has changed. A run that begins is to be seen."""
        if new.training.run is not None and new.training.run not in old.training.runs:
            self._zoomed = False
        growing = new.training.active and old.training.run is new.training.run and old.training.active
        if growing and self._pause.isActive():
            self._stale = True
            return
        if growing:
            self._pause.start()
        self._refresh()

    def _resume(self) -> None:
        if self._stale:
            self._pause.start()
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _refresh(self) -> None:
        """Show all that the state says of training."""
        self._stale = not self.isVisible()
        if self._stale or self.plot is None:
            return
        training = self._session.state.training
        self.lines.follow(training, self.parts.isChecked())
        self._stack.setCurrentWidget(self.plot if self.lines.longest >= 0 and training.runs else self.empty)
        self._show_legend()
        self._measure()
        self._draw()
        self._tell()

    def _show_legend(self) -> None:
        training = self._session.state.training
        self._names = dict(
            zip(training.runs, (title(settings) for settings in differences(training.runs)), strict=True)
        )
        kinds = {line.kind for line in self.lines.records}
        runs = (Entry(name, f"Run {run.number}: {name}", run) for run, name in self._names.items())
        self.legend.show_entries(tuple(runs), training.run)
        styles = [Entry(kind.name, kind.words, style=kind.style) for kind in KINDS if kind in kinds]
        wrong = [FAILED] if any(len(self._failed(run)) for run in training.runs) else []
        self.kinds.show_entries((*(styles if len(kinds) > 1 else ()), *wrong), None)

    def _measure(self) -> None:
        """Let the axes show everything, unless the user looks at a part."""
        assert self.plot is not None
        across, up = self.scales
        end = across.place(last_iteration(self.lines.longest))
        self.plot.measure_by(across, up)
        self.plot.frame((0.0, end), cost_range(*self.lines.bounds, up), show=not self._zoomed)
        axis = "iteration (log)" if across.logarithmic else "iteration"
        self.hint.setText(f"{axis} · drag the dashed line to go back in the run")
        self._fit()
        self.all.setEnabled(self._zoomed)

    def _fit(self) -> None:
        """What stands below the plot leaves where it would take the plot's own room."""
        room = self.height() >= self._theme.px(LOW)
        for widget in (self.hint, self.kinds):
            widget.setVisible(room and self._stack.currentWidget() is self.plot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _draw(self) -> None:
        if self.plot is not None and self.isVisible():
            self.lines.draw(self.plot, self.scales, self._theme, self._session.state.training.run, self._lit)
            self.plot.viewport().update()

    def _tell(self) -> None:
        """Where the moment is: the line, and words for those who do not see it."""
        if self.plot is None:
            return
        state, run = self._session.state, self._session.state.training.run
        iteration, reached = state.moment.iteration, state.training.reached
        self.plot.line = self.scales[0].place(iteration) if run is not None else None
        words = EMPTY
        if run is not None:
            name = f"Run {run.number}, {self._names.get(run, '')}"
            words = sentence(
                name,
                iteration,
                reached,
                self.lines.value(run, TRAINING, iteration),
                self.lines.tested(run, iteration),
                state.training.ending,
            )
            words = f"{words} {summary(run.checks.up_to(reached), reached, run.model.network.entries)}".strip()
        self.plot.setAccessibleDescription(words)
        self.plot.viewport().update()

    # What the user does

    def _show_all(self) -> None:
        self._zoomed = False
        self._refresh()

    def _zoom_by_hand(self) -> None:
        self._zoomed = True
        self.all.setEnabled(True)
        self._draw()

    def _light(self, run: Run | None) -> None:
        self._lit = run
        self._draw()

    def _move(self, place: float) -> None:
        """Go to the iteration there; at most once in a frame, and the last place counts."""
        self._wanted = round(self.scales[0].number(max(place, 0.0)))
        if not self._frame.isActive():
            self._go_on()

    def _go_on(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._frame.start()
            near = self.plot is not None and self.plot.dragging  # the place where it is let go counts exactly
            self._session.attempt(GoToIteration(wanted, near))

    def _point(self, place: float | None) -> None:
        assert self.plot is not None
        pointed = None
        if place is not None and self._session.state.training.runs:
            number = self.scales[0].number(max(place, 0.0))
            pointed = self._near_end(place, min(round(number), self.lines.longest))
        if pointed != self._pointed:
            self._pointed = pointed
            self.plot.viewport().update()

    def _near_end(self, place: float, iteration: int) -> int:
        """The end of the present run, if that is where one points; it has something to say."""
        run = self._session.state.training.run
        last = self.lines.last(run) if run is not None else -1
        near = last >= 0 and abs(self._x(last) - self.plot.pixel(place, 0.0).x()) <= NEAR
        return last if near else iteration

    # What lies over the curves

    def _paint_marks(self, painter: QPainter) -> None:
        assert self.plot is not None
        if self._session.state.training.runs:
            marks.paint(painter, self._marks(), self.plot.room, self._theme)
        if self.plot.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.plot.room)

    def _marks(self) -> marks.Marks:
        state, run = self._session.state, self._session.state.training.run
        iteration, pointed = state.moment.iteration, self._pointed
        return marks.Marks(
            line=self._x(iteration) if run is not None else None,
            label=f"iteration {iteration:,}",
            past=iteration < state.training.reached,
            dots=self._dots(state),
            names=self._end_names(),
            pointer=self._x(pointed) if pointed is not None else None,
            values=self._values(pointed) if pointed is not None else (),
            failures=self._failures(),
        )

    def _x(self, iteration: int) -> float:
        return self.plot.pixel(self.scales[0].place(iteration), 0.0).x()

    def _at(self, run: Run, iteration: int) -> QPointF | None:
        """Where J of a run stands, or at which edge it has left the picture; None if there is no J."""
        place = self.scales[1].place(self.lines.value(run, TRAINING, iteration))
        if not math.isfinite(place):
            return None
        bottom, top = self.plot.seen[1]
        return self.plot.pixel(self.scales[0].place(iteration), min(max(place, bottom), top))

    def _dots(self, state: State) -> tuple[marks.Dot, ...]:
        """Where the moment is, where a run has only begun, where the present one stopped, and what is pointed at."""
        training, wanted = state.training, []
        for run in training.runs:
            if self._pointed is not None or self.lines.last(run) == 0:
                wanted.append((run, self._pointed or 0, False))
        if training.run is not None:
            wanted.append((training.run, state.moment.iteration, False))
            if training.ending:
                wanted.append((training.run, self._last_finite(training.run), True))
        found = [(run, self._at(run, iteration), stopped) for run, iteration, stopped in wanted]
        return tuple(marks.Dot(at, self._theme.run_colour(run.number), end) for run, at, end in found if at is not None)

    def _last_finite(self, run: Run) -> int:
        """A run that blows up ends in what has no place."""
        last = self.lines.last(run)
        finite = (back for back in range(last, max(last - 3, -1), -1) if self._at(run, back) is not None)
        return next(finite, last)

    def _end_names(self) -> tuple[marks.Name, ...]:
        """The names of runs that there are more than one of; the present one's first."""
        if len(self._names) < 2:
            return ()
        present = self._session.state.training.run
        runs = sorted(self._names, key=lambda run: run is not present)
        ends = [(run, self._at(run, self._last_finite(run))) for run in runs]
        return tuple(
            marks.Name(at, self._names[run], self._theme.run_colour(run.number)) for run, at in ends if at is not None
        )

    def _values(self, iteration: int) -> tuple[marks.Value, ...]:
        return tuple(values(self.lines, self._names, self._session.state.training, iteration, self._theme))

    def _failures(self) -> tuple[tuple[int, int], ...]:
        """Where the check of the present run failed, or of one that is pointed at, from pixel to pixel of the axis."""
        run = self._lit or self._session.state.training.run
        if self.plot is None or run is None:
            return ()
        across, width = self.scales[0], round(self.plot.room.width())
        return tuple(columns(self._failed(run), across, self.plot.seen[0], width))

    def _failed(self, run: Run) -> Numbers:
        """The iterations of a run in which the check failed, as far as it is shown."""
        return failed(run.checks.up_to(self._session.state.training.reached_of(run)))


def _toggle(text: str, tip: str, on: bool) -> QToolButton:
    button = QToolButton(text=text, toolTip=tip, checkable=True, checked=on)
    button.setAccessibleName(tip.partition(":")[0])
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _plot() -> "type[Plot]":
    from nnviz.ui.plotting import Plot  # beside the window: it takes some tenths of a second

    return Plot


def _give_up(error: Exception) -> None:
    raise error
