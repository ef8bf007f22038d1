"""A row in the list of lessons: its number and title, and below what it is about and how far one has come."""

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnviz.ui.theme import Theme

ABOUT = Qt.ItemDataRole.UserRole
MARGIN, NUMBER, GAP = 8, 30, 2
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_WRAPPED = int(_LEFT | Qt.TextFlag.TextWordWrap)


class RowPainter(QStyledItemDelegate):
    """``text`` of an item is "5. What δ is", its ``ABOUT`` the words below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bold, self._plain = theme.font(13.5, bold=True), theme.font(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        px = self._theme.px
        width = max(self.parent().viewport().width(), px(200))
        below = self._below(index, width)
        return QSize(px(120), self._title_height() + below.height() + px(2 * MARGIN + GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        px, area = self._theme.px, option.rect
        selected = bool(option.state & option.state.State_Selected)
        if selected:
            painter.fillRect(area, self._theme.colour("accent"))
        number, _, title = index.data().partition(". ")
        left, top = area.left() + px(MARGIN), area.top() + px(MARGIN)
        painter.setPen(self._theme.colour("on_colour" if selected else "muted"))
        painter.setFont(self._bold)
        painter.drawText(QRect(left, top, px(NUMBER), self._title_height()), _LEFT, number)
        painter.setPen(self._theme.colour("on_colour" if selected else "text"))
        room = area.width() - px(2 * MARGIN + NUMBER)
        painter.drawText(QRect(left + px(NUMBER), top, room, self._title_height()), _LEFT, title)
        painter.setFont(self._plain)
        painter.setPen(self._theme.colour("on_colour" if selected else "muted"))
        below = QRect(left + px(NUMBER), top + self._title_height() + px(GAP), room, area.height())
        painter.drawText(below, _WRAPPED, index.data(ABOUT))

    def _title_height(self) -> int:
        return QFontMetrics(self._bold).height()

    def _below(self, index: QModelIndex, width: int) -> QRect:
        room = QRect(0, 0, width - self._theme.px(2 * MARGIN + NUMBER), 10_000)
        return QFontMetrics(self._plain).boundingRect(room, _WRAPPED, index.data(ABOUT))
