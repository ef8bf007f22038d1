"""The scroll bar of a table that shows at most so many of its rows at once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QScrollBar, QWidget

MOST_ROWS = 12
"""Rows to be seen at once; the others are scrolled to."""
NOTCH, ROWS_A_NOTCH = 120, 3


class RowsBar(QScrollBar):
    """Stands at the right edge beside the rows, only where there are more than can be seen."""

    def __init__(self, table: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows, self._line = 0, 1

    def arrange(self, rows: int, line: int, top: int, width: int) -> None:
        """Stand beside so many *rows*, of *line* pixels each, from *top* on."""
        self._rows, self._line = rows, line
        self.setVisible(self.needed)
        if self.needed:
            self.setGeometry(self.parentWidget().width() - width, top, width, MOST_ROWS * line)
            self.setRange(0, (rows - MOST_ROWS) * line)
            self.setSingleStep(line)
            self.setPageStep(MOST_ROWS * line)

    @property
    def needed(self) -> bool:
        """Whether there are more rows than can be seen."""
        return self._rows > MOST_ROWS

    @property
    def offset(self) -> int:
        """How many pixels the rows are scrolled up."""
        return self.value() if self.isVisible() else 0

    def reveal(self, row: int) -> None:
        """Scroll until *row* can be seen."""
        if self.isVisible():
            top, room = row * self._line, (MOST_ROWS - 1) * self._line
            self.setValue(max(min(self.value(), top), top - room))

    def turn(self, event: QWheelEvent) -> None:
        """Scroll as the wheel says; where that moves nothing, the event is left to others."""
        before = self.value()
        if self.isVisible():
            self.setValue(before - round(event.angleDelta().y() / NOTCH * ROWS_A_NOTCH * self._line))
        event.setAccepted(self.isVisible() and self.value() != before)
