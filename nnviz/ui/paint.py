"""Paints a Picture with a QPainter: the same for the screen, SVG, PDF and PNG."""

import math
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.layout import Layout
from nnviz.picture.palette import blend
from nnviz.picture.parts import Box, Image, Label, Link, Picture, Point, Tag, Text, Unit, text_width
from nnviz.picture.wiring import Wiring
from nnviz.ui.theme import FAMILY, Theme

if TYPE_CHECKING:  # Typst is not imported before there is something to set
    from nnviz.picture.markup import Formula
    from nnviz.picture.typeset import Typeset, Typesetter

FILL, DIM_FILL, DIM_OUTLINE = 0.32, 0.09, 0.45
SOFT = 0.1
HALO = 0.2
MARGIN = 13.0
"""Room round a circle for its halo, in pixels of the design."""
EDGE = 2.0
"""Room round a tag for its outline."""
SMALLEST_CELL = 9.0
"""Cells of an image from this size on, in pixels, are told apart by lines."""

_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
# Put together once: with Python's enums that takes as long as drawing a word.
_FLAGS = {side: int(flag | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip) for side, flag in _SIDES.items()}


class Brush:
    """A QPainter that knows the theme.

    ``outlines`` draws letters as curves, for programs without our fonts. ``stamps`` keeps circles and tags as pixmaps,
    which are many times as quick to paint; only for the screen.
    """

    def __init__(
        self, painter: QPainter, theme: Theme, *, outlines: bool = False, stamps: "Stamps | None" = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.painter, self.theme, self.outlines, self.stamps = painter, theme, outlines, stamps

    def paint(self, seen: Picture, plan: Layout) -> None:
        """What moves and changes: over ``rest``, or by itself on a transparent ground."""
        for link in seen.links:
            self._link(link)
        for image in seen.images:
            self._image(image)
        for unit in seen.units:
            if unit.halo is not None:
                self._stamped(self.halo, unit, plan)
        for unit in seen.units:
            self._stamped(self.circle, unit, plan)
        for label in seen.labels:
            self.label(label)
        for tag in seen.tags:
            self._stamped_tag(tag, plan)

    def rest(self, plan: Layout, weights: Wiring, typesetter: "Typesetter | None") -> None:
        """What stays: the links at rest, headings, the sizes of Θ, the legend. Without *typesetter* in plain text."""
        for link in weights.links:
            self._link(link)
        for image in weights.portraits:
            self._image(image)
        for label in plan.labels:
            if label.address is None or typesetter is None:
                self.label(label)
            else:
                self._heading(label, plan, typesetter)
        self._legend(plan, weights)

    def colour(self, role: str, share: float = 1.0) -> QColor:
        """The colour of a role, blended into the board so that it stays opaque."""
        return _colour(self.theme, role, share)

    def _link(self, link: Link) -> None:
        pen = QPen(self.colour(link.role, link.share), link.width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if link.dashed:
            pen.setDashPattern([max(1.6, 8.0 / link.width), max(1.0, 5.0 / link.width)])
        self.painter.setPen(pen)
        self.painter.drawLine(QLineF(*link.start, *link.end))

    def _stamped(self, draw: Callable[[Unit, Layout], None], unit: Unit, plan: Layout) -> None:
        if self.stamps is None:
            draw(unit, plan)
            return
        half = unit.radius + MARGIN * plan.unit
        fill = _coarse(unit.fill)
        look = (draw.__name__, unit.radius, unit.text, fill, unit.halo, unit.bright, unit.pointed, unit.bias)
        box = Box.around(unit.centre, 2 * half, 2 * half)
        self._stamp(look, box, lambda brush, at: getattr(brush, draw.__name__)(unit._replace(centre=at), plan))

    def _stamped_tag(self, tag: Tag, plan: Layout) -> None:
        if self.stamps is None:
            self._tag(tag, plan)
            return
        box, size = tag.box, (round(tag.box.width, 2), round(tag.box.height, 2), plan.tag_size)
        look = (tag.text, tag.role, tag.loud, tag.struck, tag.pointed, size)
        around = Box.around(box.centre, box.width + 2 * EDGE, box.height + 2 * EDGE)
        self._stamp(
            look, around, lambda brush, at: brush._tag(tag._replace(box=Box.around(at, box.width, box.height)), plan)
        )

    def _stamp(self, look: tuple[object, ...], box: Box, draw: "Callable[[Brush, Point], None]") -> None:
        """Put a pixmap of *look*, a dot at least, at *box*; at first it is made by *draw*, given its middle."""
        assert self.stamps is not None
        scale = self.painter.deviceTransform().m11()
        key = (self.theme, scale, *look)
        stamp = self.stamps.get(key)
        if stamp is None:
            stamp = QPixmap(max(1, math.ceil(box.width * scale)), max(1, math.ceil(box.height * scale)))
            stamp.setDevicePixelRatio(scale)
            stamp.fill(Qt.GlobalColor.transparent)
            painter = QPainter(stamp)
            draw(Brush(painter, self.theme), Point(box.width / 2, box.height / 2))
            painter.end()
            self.stamps.keep(key, stamp)
        self.painter.drawPixmap(QPointF(box.x, box.y), stamp)

    def halo(self, unit: Unit, plan: Layout) -> None:
        """The ring round a unit at work."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.colour(unit.halo or "accent", HALO))
        radius = unit.radius + 10.0 * plan.unit
        self.painter.drawEllipse(QPointF(*unit.centre), radius, radius)

    def circle(self, unit: Unit, plan: Layout) -> None:
        """A unit with its number."""
        self.disc(unit, plan)
        if unit.text:
            self._number(unit, plan)

    def disc(self, unit: Unit, plan: Layout) -> None:
        """A unit without its number."""
        painter = self.painter
        painter.setPen(self._outline(unit, plan))
        painter.setBrush(self.colour("panel"))
        if unit.bias:
            painter.drawRoundedRect(_rect(_square(unit)), 4.0 * plan.unit, 4.0 * plan.unit)
        elif unit.fill is None:
            painter.drawEllipse(QPointF(*unit.centre), unit.radius, unit.radius)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(*unit.centre), unit.radius, unit.radius)
            self._filling(unit)
            painter.setPen(self._outline(unit, plan))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(*unit.centre), unit.radius, unit.radius)

    def _outline(self, unit: Unit, plan: Layout) -> QPen:
        if unit.halo is not None:
            pen = QPen(self.colour(unit.halo), 2.4 * plan.unit)
        elif unit.bias or unit.fill is None:
            pen = QPen(self.colour("muted", 0.9 if unit.bright else DIM_OUTLINE), 1.2 * plan.unit)
        else:
            pen = QPen(self.colour("forward", 1.0 if unit.bright else DIM_OUTLINE), 1.5 * plan.unit)
        if unit.pointed:
            pen = QPen(self.colour("text"), 2.6 * plan.unit)
        if not unit.bias and unit.fill is None:
            pen.setDashPattern([3.2, 2.6])
        return pen

    def _filling(self, unit: Unit) -> None:
        if unit.fill is None or unit.fill[0] == unit.fill[1]:
            return
        low, high = (math.degrees(math.asin(min(1.0, max(-1.0, 2.0 * share - 1.0)))) for share in unit.fill)
        circle = QRectF(unit.centre.x - unit.radius, unit.centre.y - unit.radius, 2 * unit.radius, 2 * unit.radius)
        path = QPainterPath()
        path.arcMoveTo(circle, low)
        path.arcTo(circle, low, high - low)
        path.arcTo(circle, 180.0 - high, high - low)
        path.closeSubpath()
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.colour("forward", FILL if unit.bright else DIM_FILL))
        self.painter.drawPath(path)

    def _number(self, unit: Unit, plan: Layout) -> None:
        """The number, as large as fits; one with an exponent may take two lines."""
        role = "muted" if unit.bias or not unit.bright else "text"
        room, wanted = 1.74 * unit.radius, (11.5 if unit.bias else 13.0) * plan.unit
        size = min(wanted, room / text_width(unit.text, 1.0, bold=not unit.bias))
        lines = [unit.text]
        if size < 9.4 * plan.unit and "e" in unit.text:
            mantissa, exponent = unit.text.split("e")
            lines = [mantissa, f"e{exponent}"]
            size = min(10.5 * plan.unit, 0.8 * room / max(text_width(line, 1.0, bold=True) for line in lines))
        top = unit.centre.y - len(lines) * 0.58 * size
        for index, line in enumerate(lines):
            box = Box(unit.centre.x - 2 * unit.radius, top + index * 1.16 * size, 4 * unit.radius, 1.16 * size)
            self._text(box, Text(line, size, role, bold=not unit.bias), "centre")

    def label(self, label: Label) -> None:
        """Words in their box."""
        self._text(label.box, label.text, label.side)

    def _tag(self, tag: Tag, plan: Layout) -> None:
        painter, box = self.painter, tag.box
        ground = self.colour(tag.role, 1.0 if tag.loud else SOFT) if tag.text else self.colour("board")
        painter.setBrush(ground)
        painter.setPen(Qt.PenStyle.NoPen)
        if not tag.text:
            pen = QPen(self.colour(tag.role, 0.45), 1.0 * plan.unit)
            pen.setDashPattern([3.0, 2.5])
            painter.setPen(pen)
        if tag.pointed:
            painter.setPen(QPen(self.colour("text"), 1.8 * plan.unit))
        painter.drawRoundedRect(_rect(box), box.height / 2, box.height / 2)
        if tag.text:
            role = "on_colour" if tag.loud else tag.role
            size = min(plan.tag_size, (box.width - 0.5 * plan.tag_size) / text_width(tag.text, 1.0, bold=True))
            self._text(box, Text(tag.text, size, role, bold=True), "centre")
            if tag.struck:
                painter.setPen(QPen(self.colour(role), 1.4 * plan.unit))
                rise, inset = 0.3 * box.height, 6.0 * plan.unit
                start, stop = box.x + inset, box.x + box.width - inset
                painter.drawLine(QLineF(start, box.centre.y + rise, stop, box.centre.y - rise))

    def _image(self, image: Image) -> None:
        painter = self.painter
        grid = _shades(image.levels, image.rows, image.columns, image.positive, image.negative, self.theme)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if self.outlines or painter.device().metric(painter.device().PaintDeviceMetric.PdmDepth) == 1:
            grid = grid.scaled(image.columns * 8, image.rows * 8)
        painter.drawImage(_rect(image.box), grid)
        if image.cell(0).width >= SMALLEST_CELL:
            self._lattice(image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.colour(image.frame), 1.0 if image.frame == "line" else 2.2))
        painter.drawRoundedRect(_rect(image.box).adjusted(-1, -1, 1, 1), 2.5, 2.5)
        for index, role in ((image.marked, "forward"), (image.pointed, "text")):
            if index is not None:
                painter.setPen(QPen(self.colour(role), 2.0))
                painter.drawRect(_rect(image.cell(index)).adjusted(-1, -1, 1, 1))

    def _lattice(self, image: Image) -> None:
        box, cell = image.box, image.cell(0)
        self.painter.setPen(QPen(self.colour("board"), 1.0))
        self.painter.drawLines(
            [
                QLineF(box.x + i * cell.width, box.y, box.x + i * cell.width, box.y + box.height)
                for i in range(1, image.columns)
            ]
            + [
                QLineF(box.x, box.y + i * cell.height, box.x + box.width, box.y + i * cell.height)
                for i in range(1, image.rows)
            ]
        )

    def _text(self, box: Box, text: Text, side: str) -> None:
        letters = font(text.size, text.bold)
        words = _elided(text.words, text.size, text.bold, round(box.width, 1))
        self.painter.setFont(letters)
        if not self.outlines:
            self.painter.setPen(self.colour(text.role))
            self.painter.drawText(_rect(box), _FLAGS[side], words)
            return
        metrics = QFontMetricsF(letters)
        spare = box.width - metrics.horizontalAdvance(words)
        x = box.x + {"left": 0.0, "centre": 0.5, "right": 1.0}[side] * spare
        y = box.y + (box.height + metrics.ascent() - metrics.descent()) / 2
        path = QPainterPath()
        path.addText(QPointF(x, y), letters, words)
        self.painter.fillPath(path, self.colour(text.role))

    def _heading(self, label: Label, plan: Layout, typesetter: "Typesetter") -> None:
        """A formula set by Typst, on its baseline in the middle of the box; smaller if the box is too narrow."""
        from nnviz.picture.headings import heading  # as Typst

        page = typesetter.render(heading(label, plan), self.theme.roles, label.text.size)
        scale = min(1.0, label.box.width / page.width)
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[label.side]
        x = label.box.x + share * (label.box.width - page.width * scale)
        at = Point(x, label.box.y + 0.72 * label.box.height - page.baseline * scale)
        if self.stamps is None:
            self._page(page, at, scale)
        else:  # of a drawing that is made anew in every frame
            box = Box(round(at.x), round(at.y), page.width * scale, page.height * scale)
            self._stamp((page.svg, scale), box, lambda brush, _: brush._page(page, Point(0, 0), scale))

    def formula(self, formula: "Formula", box: Box, size: float, typesetter: "Typesetter") -> None:
        """A formula at the left of the top of *box*, its letters *size* pixels high or less, to fit the width."""
        page = typesetter.render(formula, self.theme.roles, size)
        self._page(page, Point(box.x, box.y), min(1.0, box.width / page.width))

    def _page(self, page: "Typeset", at: Point, scale: float) -> None:
        area = QRectF(at.x, at.y, page.width * scale, page.height * scale)
        QSvgRenderer(QByteArray(page.svg)).render(self.painter, area)

    def _legend(self, plan: Layout, weights: Wiring) -> None:
        """How to read a link: its colour, its width, and how many are too weak to be drawn."""
        unit, box, size = plan.unit, plan.legend, 10.5 * plan.unit
        x, y = box.x, box.centre.y
        for role, dashed, width, words in weights.samples:
            self._sample(Point(x, y), 27.0 * unit, role, width * unit, dashed)
            x = self._words(x + 32.0 * unit, box, words, size) + 16.0 * unit
        if weights.by_width:
            for thin, width in enumerate((0.6, 1.8, 3.0, 4.2)):
                self._sample(Point(x + thin * 11.0 * unit, y), 10.0 * unit, "muted", width * unit, False)
            x = self._words(x + 50.0 * unit, box, f"|Θ|  0 … {weights.scale:.3g}", size) + 16.0 * unit
        if weights.left_out:
            self._words(x, box, f"{weights.left_out:,} weaker links not drawn", size)

    def _sample(self, start: Point, length: float, role: str, width: float, dashed: bool) -> None:
        nowhere = Address(Symbol.THETA, 0)
        self._link(Link(nowhere, start, start.moved(length, 0.0), width, role, dashed, share=0.7))

    def _words(self, x: float, box: Box, words: str, size: float) -> float:
        """Draw *words* at *x*; return where they end."""
        width = QFontMetricsF(font(size, False)).horizontalAdvance(words) + 2.0
        self._text(Box(x, box.y, width, box.height), Text(words, size, "muted"), "left")
        return x + width


class Stamps:
    """Pixmaps of circles and tags, by how they look; the latest *most* are kept."""

    def __init__(self, most: int = 600) -> None:
        self._most = most
        self._pixmaps: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()

    def get(self, key: tuple[object, ...]) -> QPixmap | None:
        """The pixmap of that look, if it was drawn before."""
        found = self._pixmaps.get(key)
        if found is not None:
            self._pixmaps.move_to_end(key)
        return found

    def keep(self, key: tuple[object, ...], pixmap: QPixmap) -> None:
        """Remember *pixmap*."""
        self._pixmaps[key] = pixmap
        if len(self._pixmaps) > self._most:
            self._pixmaps.popitem(last=False)


def _coarse(fill: tuple[float, float] | None) -> tuple[float, float] | None:
    """A filling to a hundredth of the height, less than can be seen."""
    return None if fill is None else (round(fill[0], 2), round(fill[1], 2))


def _square(unit: Unit) -> Box:
    return Box.around(unit.centre, 2 * unit.radius, 2 * unit.radius)


def _rect(box: Box) -> QRectF:
    return QRectF(*box)


@lru_cache(maxsize=512)
def _colour(theme: Theme, role: str, share: float) -> QColor:
    roles = theme.roles
    return QColor(roles[role] if share >= 1.0 else blend(roles[role], roles["board"], share))


@lru_cache(maxsize=128)
def font(size: float, bold: bool) -> QFont:
    """Unhinted, so that letters stand at the same places at every zoom and in every format."""
    letters = QFont(FAMILY)
    letters.setPixelSize(max(5, round(size)))
    letters.setBold(bold)
    letters.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return letters


@lru_cache(maxsize=1024)
def _elided(words: str, size: float, bold: bool, width: float) -> str:
    if text_width(words, size, bold=bold) < 0.7 * width:
        return words
    return QFontMetricsF(font(size, bold)).elidedText(words, Qt.TextElideMode.ElideRight, width + 1.0)


@lru_cache(maxsize=64)
def _shades(levels: bytes, rows: int, columns: int, positive: str, negative: str, theme: Theme) -> QImage:
    """The numbers as colours: the board's for 0, towards a role's on either side."""
    image = QImage(levels, columns, rows, columns, QImage.Format.Format_Indexed8)
    image.setColorTable(shades_of_levels(theme, positive, negative))
    return image.convertToFormat(QImage.Format.Format_RGB32)


@lru_cache(maxsize=16)
def shades_of_levels(theme: Theme, positive: str, negative: str) -> tuple[int, ...]:
    """The colour of each of the 256 levels of an image, as Qt's 32 bits."""
    return tuple(
        _colour(theme, negative if level < 128 else positive, round(abs(level - 128) / 127, 2)).rgb()
        for level in range(256)
    )
