"""The story as one bar: coloured phases, what has been told, and a knob to scrub with."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.engine.steps import MistakenStep, Phase
from nnviz.engine.story import Level, Span, Story
from nnviz.picture.palette import blend
from nnviz.session.commands import GoTo, Jump, StepBack, StepForward, step_number
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.guard import guarded
from nnviz.ui.quiet import quiet
from nnviz.ui.scrubber import BAR, KNOB, NAME, PALE, Scrubber
from nnviz.ui.style import PHASE_ROLES
from nnviz.ui.theme import theme_of

GAP = 2  # between phases
SHORT = {
    Phase.FORWARD: "Forward",
    Phase.COST: "Cost",
    Phase.BACKWARD: "Back",
    Phase.ACCUMULATE: "Δ",
    Phase.GRADIENT: "D",
    Phase.UPDATE: "Θ",
}
"""What the phases are called where their full names find no room."""


class Bar(NamedTuple):
    """A phase's part of the line, from *left* to *right*; ``first`` is the index of its first step."""

    span: Span
    left: float
    right: float
    first: int
    steps: int


class Scale:
    """Places of a story along a line from *left*, *width* long: every step as wide as every other of its phase.

    A phase is as wide as its number of steps, but where there is room at least *least* (one length for each phase).
    """

    def __init__(self, story: Story, left: float, width: float, least: Sequence[float], gap: float = GAP) -> None:
        self._story = story
        firsts = [bisect_left(story.ends, span.start + 1) for span in story.phases]
        counts = [after - first for first, after in zip(firsts, [*firsts[1:], len(story.steps)], strict=True)]
        widths = shares(counts, least, max(1.0, width - gap * (len(counts) - 1)))
        self.bars: list[Bar] = []
        for span, first, count, length in zip(story.phases, firsts, counts, widths, strict=True):
            self.bars.append(Bar(span, left, left + length, first, count))
            left += length + gap

    def x(self, place: int) -> float:
        """Where *place* stands."""
        telling = self._story.telling(place)
        if telling is None:
            return self.bars[0].left
        bar = next(bar for bar in self.bars if place <= bar.span.stop)
        told = telling.index - bar.first + telling.ticks / telling.step.ticks
        return bar.left + (bar.right - bar.left) * told / bar.steps

    def place(self, x: float, level: Level = Level.TERM) -> int:
        """The place nearest to *x* at which *level* stops; a level of whole examples stops at every unit."""
        bar = next((bar for bar in self.bars if x <= bar.right), self.bars[-1])
        share = min(max((x - bar.left) / (bar.right - bar.left), 0.0), 1.0)
        whole, part = divmod(share * bar.steps, 1.0)
        index = min(bar.first + int(whole), len(self._story.steps) - 1)
        place = self._story.start(index) + round(part * self._story.steps[index].ticks)
        place = min(place, bar.span.stop) if whole < bar.steps else bar.span.stop
        return place if level is Level.TERM else self._nearest(x, place, level)

    def struck(self, bar: Bar) -> Iterator[tuple[float, float]]:
        """From where to where the steps of a bar have a planted mistake in them."""
        steps = self._story.steps[bar.first : bar.first + bar.steps]
        for mistaken, group in groupby(range(bar.steps), key=lambda index: isinstance(steps[index], MistakenStep)):
            if mistaken:
                indices = list(group)
                width = (bar.right - bar.left) / bar.steps
                yield bar.left + indices[0] * width, bar.left + (indices[-1] + 1) * width

    def _nearest(self, x: float, place: int, level: Level) -> int:
        stops = self._story.stops(Level.UNIT if level.whole else level)
        index = bisect_left(stops, place)
        return min(stops[max(0, index - 1) : index + 1], key=lambda stop: abs(self.x(stop) - x))


def shares(counts: Sequence[int], least: Sequence[float], total: float) -> list[float]:
    """*total* divided as *counts* are, except that none is shorter than its *least* as far as there is room."""
    if sum(least) >= total:
        return [total * length / sum(least) for length in least]
    short: set[int] = set()
    while True:
        room = total - sum(least[index] for index in short)
        weight = sum(count for index, count in enumerate(counts) if index not in short)
        widths = [least[index] if index in short else room * count / weight for index, count in enumerate(counts)]
        more = {index for index, width in enumerate(widths) if width < least[index] - 1e-9}
        if not more:
            return widths
        short |= more


class Timeline(Scrubber):
    """The story to scrub in. Hovering tells the step's sentence.

    To assistive technology it is a slider whose description says "Step 27 of 49, Backward".
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Timeline", parent)
        self._scale: Scale | None = None
        self._pictures: dict[tuple[int, bool, float], QPixmap] = {}
        self.names: Mapping[Phase, str] = SHORT  # set with the scale
        self.setMouseTracking(True)
        session.listen(self._changed)

    @property
    def scale(self) -> Scale:
        """The places along the present width."""
        if self._scale is None:
            metrics = QFontMetricsF(self._theme.font(NAME))
            story, margin = self._session.state.story, self.margin()
            gap, width = self._theme.px(GAP), self.width() - 2 * margin
            for names in ({span.phase: span.phase.value for span in story.phases}, SHORT):
                least = [metrics.horizontalAdvance(names[span.phase]) + self._theme.px(6) for span in story.phases]
                self.names = names
                if sum(least) + gap * (len(least) - 1) <= width:
                    break
            self._scale = Scale(story, margin, width, least, gap)
        return self._scale

    def sentence(self, x: float) -> str:
        """What the step at *x* says."""
        from nnviz.picture.captions import caption  # only when something is hovered

        state = self._session.state
        place, data, digits = self.scale.place(x, state.level), state.model.dataset, state.view.digits
        return caption(state.story, place, data, digits, theirs=state.theirs).sentence

    @guarded
    def resizeEvent(self, event: QEvent) -> None:
        self._forget()

    def scrub(self, x: float) -> None:
        self._session.attempt(GoTo(self.scale.place(x, self._session.state.level)))

    def turn(self, notches: int) -> None:
        self._session.attempt(Jump(notches))

    def step(self, forward: bool) -> None:
        self._session.attempt(StepForward() if forward else StepBack())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), _wrapped(self.sentence(event.pos().x())), self)
            return True
        return super().event(event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = self._session.state
        x, place = self.scale.x(state.moment.place), state.moment.place
        present = self._present(place)
        painter.drawPixmap(0, 0, self._picture(present, told=False))
        painter.setClipRect(QRectF(0, 0, x, self.height()))
        painter.drawPixmap(0, 0, self._picture(present, told=True))
        painter.setClipping(False)
        self.paint_knob(painter, x, self._theme.palette.muted if place == 0 else self._colour(present))

    def _changed(self, old: State | None, new: State) -> None:
        if old is not None and new.view is not old.view:
            self._theme = theme_of(new.view)
            self._forget()
            self.updateGeometry()
        if old is not None and new.story is not old.story:
            self._forget()
        if (
            old is None
            or new.moment is not old.moment
            or new.view is not old.view
            or new.step_level is not old.step_level
        ):
            self._tell(new)
            self.update()

    def _forget(self) -> None:
        self._scale = None
        self._pictures.clear()

    def _tell(self, state: State) -> None:
        number, count = step_number(state)
        with quiet(self):
            self.setRange(0, count)
            self.setValue(number)
        phase = f", {self._present(state.moment.place).span.phase.value}" if number else ""
        self.setAccessibleDescription(f"Step {number} of {count}{phase}")

    def _present(self, place: int) -> Bar:
        return next(bar for bar in self.scale.bars if place <= bar.span.stop)

    def _colour(self, bar: Bar) -> str:
        return self._theme.roles[PHASE_ROLES[bar.span.phase]]

    def _picture(self, present: Bar, told: bool) -> QPixmap:
        """The line as if all of it had been told, or nothing; drawn once for each phase that is *present*."""
        key = (present.first, told, self.devicePixelRatioF())
        if key not in self._pictures:
            picture = QPixmap(self.size() * self.devicePixelRatioF())
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for bar in self.scale.bars:
                self._paint_bar(painter, bar, told)
                if not told:
                    self._paint_name(painter, bar, bar is present)
            painter.end()
            self._pictures[key] = picture
        return self._pictures[key]

    def _paint_bar(self, painter: QPainter, bar: Bar, told: bool) -> None:
        height = self._theme.px(BAR)
        colour = self._colour(bar)
        area = QRectF(bar.left, self.middle() - height / 2, bar.right - bar.left, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour if told else blend(colour, self._theme.palette.panel, PALE)))
        painter.drawRoundedRect(area, height / 4, height / 4)
        painter.setBrush(self._theme.colour("differ"))
        for left, right in self.scale.struck(bar):
            painter.drawRect(QRectF(left, area.bottom() + 1, right - left, max(2.0, height / 4)))

    def _paint_name(self, painter: QPainter, bar: Bar, present: bool) -> None:
        font = self._theme.font(NAME)
        metrics = QFontMetricsF(font)
        room = bar.right - bar.left
        name = metrics.elidedText(self.names[bar.span.phase], Qt.TextElideMode.ElideRight, room)
        if name in ("", "…"):
            return
        painter.setFont(font)
        painter.setPen(self._theme.colour("text" if present else "muted"))
        top = self.middle() + self._theme.px(KNOB + 4)
        painter.drawText(QRectF(bar.left, top, room + 2, metrics.height()), Qt.AlignmentFlag.AlignLeft, name)


def _wrapped(sentence: str, width: int = 70) -> str:
    """Plain text in lines: a tooltip of rich text would take what comes from data for markup."""
    import textwrap  # only when something is hovered

    return "\n".join(textwrap.wrap(sentence, width))
