"""A small field over the drawing in which one number is set."""

import math

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from nnviz.ui.theme import Theme

WIDTH, HEIGHT = 110.0, 30.0
EXPECTED = "Expected a number, such as −0.5."


class Editor(QLineEdit):
    """Return sends ``accepted`` if the text is another number than before; Escape, or leaving it, ``dismissed``."""

    accepted = Signal(float)
    dismissed = Signal()

    def __init__(self, value: float, name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._before = f"{value:.6g}".replace("-", "−")
        self.setObjectName("board editor")
        self.setAccessibleName(name)
        self.setToolTip("A number; Return takes it, Escape leaves things as they are.")
        self.setFont(theme.font(12.5))
        self.setFixedSize(theme.px(WIDTH), theme.px(HEIGHT))
        self.setText(self._before)
        self.selectAll()
        self.textEdited.connect(self._show_validity)
        self._show_validity()

    def open_at(self, position: QPoint) -> None:
        """Show the field round *position*, inside the parent, ready to type."""
        area = self.parentWidget().rect()
        x = min(max(position.x() - self.width() // 2, 2), area.width() - self.width() - 2)
        y = min(max(position.y() - self.height() // 2, 2), area.height() - self.height() - 2)
        self.move(x, y)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def number(self) -> float | None:
        """What the text says, None if it is no finite number; a decimal comma is taken, too."""
        try:
            value = float(self.text().strip().replace("−", "-").replace(",", "."))
        except ValueError:
            return None
        return value if math.isfinite(value) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.dismissed.emit()

    def _finish(self) -> None:
        value = self.number()
        if self.text() == self._before:
            self.dismissed.emit()
        elif value is not None:
            self.accepted.emit(value)
        else:
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), EXPECTED, self)

    def _show_validity(self) -> None:
        roles, valid = self._theme.roles, self.number() is not None
        edge = roles["accent" if valid else "differ"]
        self.setAccessibleDescription("" if valid else EXPECTED)
        self.setStyleSheet(
            f"QLineEdit {{ background: {roles['panel']}; color: {roles['text']}; border: 2px solid {edge};"
            f" border-radius: 6px; padding: 2px 6px; }}"
        )
