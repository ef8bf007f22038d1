"""One quiet line for problems and notes: it floats above the transport, and goes away by itself."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.theme import theme_of

LEAST = 4000
FOR_A_LETTER = 55
"""A message stays LEAST milliseconds and this much for each letter: time to read it."""
MARGIN = 14


class Messages(QLabel):
    """Lies over the lower edge of *host*; a click puts it away."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("messages")
        self.setAccessibleName("Message")
        self.setTextFormat(Qt.TextFormat.PlainText)  # it may quote what the user or a file says
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.hide()
        self._going = QTimer(self, singleShot=True)
        self._going.timeout.connect(self.hide)
        self._session = session
        session.listen(self._changed)
        session.listen_to_problems(self.tell)
        host.installEventFilter(self)

    def tell(self, text: str) -> None:
        """Show *text* for as long as it takes to read, and say it to assistive technology."""
        self.setText(text)
        self.show()
        self.raise_()
        self._place()
        self._going.start(LEAST + FOR_A_LETTER * len(text))
        # Its many enumerations take milliseconds, which start-up need not pay.
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def put_away(self) -> None:
        """Put the message away."""
        self._going.stop()
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.put_away()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _changed(self, old: State | None, new: State) -> None:
        if old is None or old.view is not new.view:
            self.setFont(theme_of(new.view).font())
            if self.isVisible():
                self._place()

    def _place(self) -> None:
        host = self.parentWidget()
        margin = theme_of(self._session.state.view).px(MARGIN)
        widest = host.width() - 2 * margin
        self.setFixedWidth(min(widest, self._natural_width()))
        height = self.heightForWidth(self.width())
        self.setFixedHeight(height)
        self.move((host.width() - self.width()) // 2, host.height() - height - margin)

    def _natural_width(self) -> int:
        padding = 2 * theme_of(self._session.state.view).px(16)
        lines = self.text().splitlines() or [""]
        return max(self.fontMetrics().horizontalAdvance(line) for line in lines) + padding
