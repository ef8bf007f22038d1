"""What the small plots of the check share: their size, their theme, and where a point of theirs stands."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.picture.parts import Point
from nnviz.ui.theme import Theme

WIDTH = 260


class Chart(QWidget):
    """A widget of a fixed *height*, in pixels at zoom 1, that takes the width it is given."""

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self._theme: Theme | None = None
        self._height = height
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = theme
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = self._theme.px if self._theme else round
        return QSize(px(WIDTH), px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() // 2, self.sizeHint().height())


def at(area: QRectF, point: Point) -> QPointF:
    """Where a point stands that goes from (0, 0) at the top left of *area* to (1, 1)."""
    return QPointF(area.left() + point.x * area.width(), area.top() + point.y * area.height())


LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
