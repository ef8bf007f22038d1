"""A small window below a button, closed by Escape or a click beside it; one at a time."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from nnviz.session.state import View
from nnviz.ui.style import dress
from nnviz.ui.theme import theme_of


class Popup(QFrame):
    """Takes itself away for good when it is closed. ``column`` holds what is in it."""

    def __init__(self, view: View, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        self.theme = theme_of(view)
        dress(self, self.theme)
        self.column = QVBoxLayout(self)
        margin = self.theme.px(10)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(self.theme.px(8))

    def open_below(self, button: QWidget) -> None:
        """Show it below *button*, as far to the right as the screen allows; what was open goes."""
        while (open_one := QApplication.activePopupWidget()) is not None and open_one.close():
            pass
        size = self.sizeHint()
        corner = button.mapToGlobal(QPoint(0, button.height() + self.theme.px(4)))
        screen: QRect = button.screen().availableGeometry()
        x = max(screen.left(), min(corner.x(), screen.right() - size.width()))
        y = max(screen.top(), min(corner.y(), screen.bottom() - size.height()))
        self.setGeometry(QRect(QPoint(x, y), size))
        self.show()
