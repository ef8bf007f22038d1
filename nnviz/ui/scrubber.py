"""A line with a knob: press anywhere to go there, drag to scrub, turn the wheel or press the arrows to step."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from nnviz.session.session import Session
from nnviz.ui.nudge import NOTCH
from nnviz.ui.theme import theme_of

BAR, KNOB, NAME = 8, 7, 11  # the bar's height, the knob's radius, the letters below
PALE = 0.25
"""The share of its colour that shows where the bar has not been told yet."""


class Scrubber(QAbstractSlider):
    """What has been said of the mouse and the keys; where that leads, ``scrub``, ``turn`` and ``step`` know."""

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme_of(session.state.view)
        self._turned = 0
        self.setObjectName(name.lower())
        self.setAccessibleName(name)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def scrub(self, x: float) -> None:
        """Go to what stands at *x*."""
        raise NotImplementedError

    def turn(self, notches: int) -> None:
        """Go so many steps on, or back."""
        raise NotImplementedError

    def step(self, forward: bool) -> None:
        """Go one step on, or back."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(360), self._theme.px(BAR + 2 * KNOB + NAME + 11))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.scrub(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.scrub(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        if notches:
            self.turn(-notches)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self.step(True)
            case Qt.Key.Key_Down:
                self.step(False)
            case _:
                event.ignore()  # the window's actions have the others

    def margin(self) -> int:
        """Room for the knob at both ends."""
        return self._theme.px(KNOB + 2)

    def middle(self) -> float:
        """Where the line runs."""
        return self._theme.px(KNOB + 3) + self._theme.px(BAR) / 2

    def paint_knob(self, painter: QPainter, x: float, colour: str) -> None:
        """The knob at *x*, with a ring if the line has the focus."""
        radius, at = self._theme.px(KNOB), QPointF(x, self.middle())
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), self._theme.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, radius + 2, radius + 2)
        painter.setPen(QPen(QColor(colour), self._theme.px(3)))
        painter.setBrush(self._theme.colour("panel"))
        painter.drawEllipse(at, radius - 1, radius - 1)
