"""What lies over the curves of the plot: the line of the moment, dots, names at the ends, the values at the pointer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnviz.picture.curves import first_free
from nnviz.ui.theme import Theme

PAST = "the past"
LETTERS = 11
BAR, THINNEST = 7, 1.6
"""The height of the bars where a check failed, and their least width."""
CROSS = 7
HALO = tuple((1.5 * x, 1.5 * y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x, y) != (0, 0))


class Dot(NamedTuple):
    """A point of a curve that stands out; a *stopped* one is where a run ended by itself."""

    at: QPointF
    colour: QColor
    stopped: bool = False


class Name(NamedTuple):
    """A curve's name, wanted near its end."""

    at: QPointF
    text: str
    colour: QColor


class Value(NamedTuple):
    """A row of the readout: whose value, what it is; with the *colour* of its line, or as a *heading*."""

    name: str
    text: str = ""
    colour: QColor | None = None
    heading: bool = False


@dataclass(frozen=True)
class Marks:
    """All of it, in pixels. ``line`` and ``pointer`` are where the moment and the pointed iteration stand.

    ``failures`` are the first and the last pixel, from the left of the curves, of where the check failed.
    """

    line: float | None = None
    label: str = ""
    past: bool = False
    dots: tuple[Dot, ...] = ()
    names: tuple[Name, ...] = ()
    pointer: float | None = None
    values: tuple[Value, ...] = ()
    failures: tuple[tuple[int, int], ...] = ()


def paint(painter: QPainter, marks: Marks, room: QRectF, theme: Theme) -> None:
    """Paint the marks over curves that fill *room*."""
    if marks.failures:
        _paint_failures(painter, marks.failures, room, theme)
    taken: list[QRectF] = []
    if marks.line is not None and room.left() - 1 <= marks.line <= room.right() + 1:
        taken = [_paint_line(painter, marks, room, theme), QRectF(marks.line - 2, room.top(), 4, room.height())]
    _paint_names(painter, marks.names, taken, room, theme)
    painter.save()
    painter.setClipRect(room.adjusted(-theme.px(6), -theme.px(6), theme.px(6), theme.px(6)))
    if marks.pointer is not None:
        painter.setPen(QPen(theme.colour("muted"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(marks.pointer, room.top()), QPointF(marks.pointer, room.bottom()))
    for dot in marks.dots:
        _paint_dot(painter, dot, theme)
    painter.restore()
    if marks.pointer is not None and marks.values:
        _paint_values(painter, marks, room, theme)


def _paint_failures(painter: QPainter, failures: Sequence[tuple[int, int]], room: QRectF, theme: Theme) -> None:
    """Bars along the lower edge, and a cross over the first."""
    colour, height, least = theme.colour("differ"), theme.px(BAR), max(1.0, theme.zoom * THINNEST)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    bars = [(room.left() + first, max(least, last - first + 1.0)) for first, last in failures]
    painter.drawRects([QRectF(left, room.bottom() - height, width, height) for left, width in bars])
    painter.restore()
    paint_cross(painter, QPointF(bars[0][0] + least / 2, room.bottom() - 2 * height), colour, theme)


def paint_cross(painter: QPainter, centre: QPointF, colour: QColor, theme: Theme) -> None:
    """A small cross: something failed."""
    arm = theme.px(CROSS) / 2
    painter.setPen(QPen(colour, theme.px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm))
    painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm))


def _paint_line(painter: QPainter, marks: Marks, room: QRectF, theme: Theme) -> QRectF:
    """Returns what the label covers."""
    assert marks.line is not None
    colour = theme.colour("accent" if marks.past else "text")
    pen = QPen(colour, max(1.0, theme.zoom * (2 if marks.past else 1.3)))
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.drawLine(QPointF(marks.line, room.top()), QPointF(marks.line, room.bottom()))
    font = theme.font(LETTERS)
    metrics, pad = QFontMetricsF(font), theme.px(5)
    width, height = metrics.horizontalAdvance(marks.label), metrics.height() + 2
    badge = metrics.horizontalAdvance(PAST) + 2 * pad if marks.past else 0.0
    whole = width + (pad + badge if badge else 0.0)
    left = marks.line + pad
    if left + whole > room.right():
        left = max(room.left(), marks.line - pad - whole)
    box = QRectF(left, room.top() + 1, whole, height)
    painter.setFont(font)
    painter.fillRect(box.adjusted(-2, 0, 2, 0), theme.colour("panel"))
    painter.setPen(colour)
    painter.drawText(QRectF(left, box.top(), width + 1, height), Qt.AlignmentFlag.AlignVCenter, marks.label)
    if badge:
        area = QRectF(left + width + pad, box.top(), badge, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(area, height / 2, height / 2)
        painter.setPen(theme.colour("on_colour"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, PAST)
    return box


def _paint_names(painter: QPainter, names: Sequence[Name], taken: Sequence[QRectF], room: QRectF, theme: Theme) -> None:
    """Each name right of its curve's end, or below or above it, where it hides nothing; else not at all."""
    font = theme.font(LETTERS)
    metrics, gap = QFontMetricsF(font), theme.px(5)
    height = metrics.height()
    used = [box.getCoords() for box in taken] + [_around(name.at, gap / 2) for name in names]
    painter.setFont(font)
    for name in names:
        width, (x, y) = metrics.horizontalAdvance(name.text) + 1, (name.at.x(), name.at.y())
        corners = [(x + gap, y - height / 2), (x - width - gap, y + gap), (x - width - gap, y - gap - height)]
        boxes = [(left, top, left + width, top + height) for left, top in corners]
        box = first_free(boxes, used, room.getCoords())
        if box is not None:
            used.append(box)
            at = QPointF(box[0], box[1] + metrics.ascent())
            painter.setPen(theme.colour("panel"))
            for x, y in HALO:  # curves may pass behind; stroking the letters would take ten times as long
                painter.drawText(at + QPointF(x, y) * theme.zoom, name.text)
            painter.setPen(name.colour)
            painter.drawText(at, name.text)


def _around(at: QPointF, radius: float) -> tuple[float, float, float, float]:
    return at.x() - radius, at.y() - radius, at.x() + radius, at.y() + radius


def _paint_dot(painter: QPainter, dot: Dot, theme: Theme) -> None:
    radius = theme.px(4)
    painter.setPen(QPen(theme.colour("panel"), theme.px(1)))
    painter.setBrush(dot.colour)
    if dot.stopped:
        painter.drawRect(QRectF(dot.at.x() - radius, dot.at.y() - radius, 2 * radius, 2 * radius))
    else:
        painter.drawEllipse(dot.at, radius, radius)


def _paint_values(painter: QPainter, marks: Marks, room: QRectF, theme: Theme) -> None:
    """The readout beside the pointer, on the side with more room."""
    assert marks.pointer is not None
    font, bold = theme.font(LETTERS), theme.font(LETTERS, bold=True)
    plain, strong = QFontMetricsF(font), QFontMetricsF(bold)
    pad, swatch = theme.px(8), theme.px(14)
    height = plain.height() + theme.px(3)
    rows = [value for value in marks.values if value.text]
    most = max((plain.horizontalAdvance(value.name) for value in rows), default=0.0) + swatch
    width = most + pad + max((plain.horizontalAdvance(value.text) for value in rows), default=0.0)
    width = max(width, *(strong.horizontalAdvance(value.name) for value in marks.values)) + 2 * pad
    right = marks.pointer < room.center().x()
    left = marks.pointer + 2 * pad if right else marks.pointer - 2 * pad - width
    left = min(max(left, room.left()), max(room.left(), room.right() - width))
    box = QRectF(left, room.top() + theme.px(24), width, height * len(marks.values) + 2 * pad - theme.px(4))
    if box.bottom() > room.bottom():
        box.moveTop(max(room.top(), room.bottom() - box.height()))
    painter.setPen(theme.colour("line"))
    painter.setBrush(theme.colour("panel"))
    painter.drawRoundedRect(box, theme.px(6), theme.px(6))
    for index, value in enumerate(marks.values):
        top = box.top() + pad - theme.px(2) + index * height
        x = box.left() + pad
        if value.colour is not None:
            painter.fillRect(QRectF(x, top + height / 2 - theme.px(2), theme.px(9), theme.px(3)), value.colour)
        x += swatch if value.text else 0
        painter.setPen(theme.colour("text"))
        painter.setFont(bold if value.heading else font)
        painter.drawText(QRectF(x, top, width, height), Qt.AlignmentFlag.AlignVCenter, value.name)
        painter.setFont(font)
        area = QRectF(box.left() + 2 * pad + most, top, width, height)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, value.text)
