"""The iterations of the present run as one bar with a knob: the timeline where a step is an iteration."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.picture.palette import blend
from nnviz.session.commands import GoToIteration
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.guard import guarded
from nnviz.ui.quiet import quiet
from nnviz.ui.scrubber import BAR, KNOB, NAME, PALE, Scrubber
from nnviz.ui.theme import theme_of

ROLE = "accent"


class Iterations(Scrubber):
    """The run to scrub in."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Iterations", parent)
        session.listen(self._changed)

    def iteration(self, x: float) -> int:
        """The iteration at *x*."""
        margin = self.margin()
        share = (x - margin) / max(1, self.width() - 2 * margin)
        return round(min(max(share, 0.0), 1.0) * self._session.state.training.reached)

    def scrub(self, x: float) -> None:
        self._session.attempt(GoToIteration(self.iteration(x), near=True))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:  # the place where it is let go counts exactly
            self._session.attempt(GoToIteration(self.iteration(event.position().x())))

    def turn(self, notches: int) -> None:
        self._session.attempt(GoToIteration(self._session.state.moment.iteration + notches))

    def step(self, forward: bool) -> None:
        self.turn(1 if forward else -1)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = self._session.state
        reached, iteration = state.training.reached, state.moment.iteration
        margin, height, middle = self.margin(), self._theme.px(BAR), self.middle()
        width = self.width() - 2 * margin
        x = margin + width * (iteration / reached if reached else 0.0)
        colour = self._theme.roles[ROLE]
        painter.setPen(Qt.PenStyle.NoPen)
        for shade, right in ((blend(colour, self._theme.palette.panel, PALE), margin + width), (colour, x)):
            painter.setBrush(QColor(shade))
            painter.drawRoundedRect(QRectF(margin, middle - height / 2, right - margin, height), height / 4, height / 4)
        self._paint_words(painter, middle, reached)
        self.paint_knob(painter, x, colour if iteration else self._theme.palette.muted)

    def _paint_words(self, painter: QPainter, middle: float, reached: int) -> None:
        font = self._theme.font(NAME)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        top, margin = middle + self._theme.px(KNOB + 4), self.margin()
        area = QRectF(margin, top, self.width() - 2 * margin, QFontMetricsF(font).height())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft, "Start" if reached else "Not trained yet: press T")
        if reached:
            painter.drawText(area, Qt.AlignmentFlag.AlignRight, f"iteration {reached:,}")

    def _changed(self, old: State | None, new: State) -> None:
        if old is not None and new.view is not old.view:
            self._theme = theme_of(new.view)
            self.updateGeometry()
            self.update()
        if old is None or new.moment.iteration != old.moment.iteration or new.training is not old.training:
            with quiet(self):
                self.setRange(0, new.training.reached)
                self.setValue(new.moment.iteration)
            self.setAccessibleDescription(f"Iteration {new.moment.iteration} of {new.training.reached}")
            self.update()
