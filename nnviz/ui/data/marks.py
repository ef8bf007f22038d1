"""The marks of classes: a colour and a shape each, so that they differ without colour too."""

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPixmap

from nnviz.ui.theme import Theme

SIDE = 13
"""Of a mark with its edge, in pixels at zoom 1."""
# Corners as shares of the radius; the circle has none.
_SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-0.82, -0.82), (0.82, -0.82), (0.82, 0.82), (-0.82, 0.82)),
    ((0.0, -1.1), (1.0, 0.75), (-1.0, 0.75)),
    ((0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)),
    ((0.0, 1.1), (1.0, -0.75), (-1.0, -0.75)),
)


def mark(theme: Theme, label: int, ratio: float) -> QPixmap:
    """The mark of class *label* (from 0), for a screen with *ratio* device pixels in a logical one."""
    return _mark(theme, label % (8 * len(_SHAPES)), ratio)


def mark_icon(theme: Theme, label: int, ratio: float) -> QIcon:
    """The same as an icon."""
    return QIcon(mark(theme, label, ratio))


@lru_cache(maxsize=256)
def _mark(theme: Theme, label: int, ratio: float) -> QPixmap:
    side = theme.px(SIDE)
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("panel"), 1))
    painter.setBrush(theme.run_colour(label + 1))
    painter.drawPath(_path(_SHAPES[label % len(_SHAPES)], side / 2))
    painter.end()
    return picture


def _path(corners: tuple[tuple[float, float], ...], half: float) -> QPainterPath:
    path, radius = QPainterPath(), half * 0.74
    if not corners:
        path.addEllipse(QPointF(half, half), radius, radius)
        return path
    path.moveTo(half + corners[0][0] * radius, half + corners[0][1] * radius)
    for x, y in corners[1:]:
        path.lineTo(half + x * radius, half + y * radius)
    path.closeSubpath()
    return path
