"""The iterations of the present run as one bar with a knob: the timeline where a step is an iteration."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from nnviz.picture.palette import blend
from nnviz.session.commands import GoToIteration
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.nudge import NOTCH
from nnviz.ui.quiet import quiet
from nnviz.ui.theme import theme_of
from nnviz.ui.timeline import BAR, KNOB, NAME, PALE

ROLE = "accent"


class Iterations(QAbstractSlider):
    """Press anywhere to go there, drag to scrub; the wheel and the arrows step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme_of(session.state.view)
        self._turned = 0
        self.setObjectName("iterations")
        self.setAccessibleName("Iterations")
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        session.listen(self._changed)

    def iteration(self, x: float) -> int:
        """The iteration at *x*."""
        margin = self._theme.px(KNOB + 2)
        share = (x - margin) / max(1, self.width() - 2 * margin)
        return round(min(max(share, 0.0), 1.0) * self._session.state.training.reached)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(360), self._theme.px(BAR + 2 * KNOB + NAME + 11))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._scrub(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        if notches:
            self._step(-notches)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self._step(1)
            case Qt.Key.Key_Down:
                self._step(-1)
            case _:
                event.ignore()  # the window's actions have the others

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = self._session.state
        reached, iteration = state.training.reached, state.moment.iteration
        margin, height = self._theme.px(KNOB + 2), self._theme.px(BAR)
        middle = self._theme.px(KNOB + 3) + height / 2
        width = self.width() - 2 * margin
        x = margin + width * (iteration / reached if reached else 0.0)
        colour = self._theme.roles[ROLE]
        painter.setPen(Qt.PenStyle.NoPen)
        for shade, right in ((blend(colour, self._theme.palette.panel, PALE), margin + width), (colour, x)):
            painter.setBrush(QColor(shade))
            painter.drawRoundedRect(QRectF(margin, middle - height / 2, right - margin, height), height / 4, height / 4)
        self._paint_words(painter, middle, reached)
        self._paint_knob(painter, QPointF(x, middle), colour if iteration else self._theme.palette.muted)

    def _paint_words(self, painter: QPainter, middle: float, reached: int) -> None:
        font = self._theme.font(NAME)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        top, margin = middle + self._theme.px(KNOB + 4), self._theme.px(KNOB + 2)
        area = QRectF(margin, top, self.width() - 2 * margin, QFontMetricsF(font).height())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft, "Start" if reached else "Not trained yet: press T")
        if reached:
            painter.drawText(area, Qt.AlignmentFlag.AlignRight, f"iteration {reached:,}")

    def _paint_knob(self, painter: QPainter, at: QPointF, colour: str) -> None:
        radius = self._theme.px(KNOB)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), self._theme.px(2)))
            painter.drawEllipse(at, radius + 2, radius + 2)
        painter.setPen(QPen(QColor(colour), self._theme.px(3)))
        painter.setBrush(self._theme.colour("panel"))
        painter.drawEllipse(at, radius - 1, radius - 1)

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

    def _step(self, by: int) -> None:
        self._session.attempt(GoToIteration(self._session.state.moment.iteration + by))

    def _scrub(self, x: float) -> None:
        self._session.attempt(GoToIteration(self.iteration(x)))
