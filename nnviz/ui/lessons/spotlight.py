"""A frame around a control that a lesson speaks of, for a moment."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.ui.guard import guarded
from nnviz.ui.theme import theme_of

SECONDS = 2.5
ROOM = 5


class Spotlight(QWidget):
    """Lies over *window*, lets every click through, and takes itself away: after a while, or with its control."""

    def __init__(self, window: QWidget, target: QWidget) -> None:
        super().__init__(window)
        self._target = target
        self.setObjectName("spotlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        self._going = QTimer(self, singleShot=True, interval=round(1000 * SECONDS))
        self._going.timeout.connect(self.hide)
        self._going.start()
        target.installEventFilter(self)
        target.destroyed.connect(self.hide)  # before it is painted again: a control that is gone has no place
        self.show()
        self.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        """Of its own accord, or with the window."""
        self._going.stop()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go when the control is hidden, follow it when it is laid out anew."""
        if event.type() is QEvent.Type.Hide:
            self.hide()
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self.setGeometry(self.parentWidget().rect())
            self.update()
        return False

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.window().session.state.view)
        corner = self._target.mapTo(self.window(), self._target.rect().topLeft())
        area = QRectF(corner, self._target.size().toSizeF()).adjusted(-ROOM, -ROOM, ROOM, ROOM)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), theme.px(3)))
        painter.drawRoundedRect(area.intersected(QRectF(self.rect()).adjusted(2, 2, -2, -2)), theme.px(8), theme.px(8))
