"""Figures to take away: the picture of a moment as SVG, PDF or PNG, sized for a slide or a page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from nnviz.files.atomic import check_writable, written
from nnviz.files.endings import by_ending
from nnviz.picture.captions import Caption, caption
from nnviz.picture.layout import layout
from nnviz.picture.palette import Dress
from nnviz.picture.parts import Box, Label, Text
from nnviz.picture.typeset import Typesetter
from nnviz.session.state import State
from nnviz.ui.drawn import picture_of, wiring_of
from nnviz.ui.paint import Brush, font
from nnviz.ui.theme import PROJECTOR_ZOOM, Theme, load_fonts, theme_of

BOARD = QSizeF(1040.0, 700.0)
"""The size of the drawing in logical pixels; the caption comes below it. Figures are scaled as a whole."""
MARGIN = 34.0
ROW, HEAD = 88.0, 150.0
"""What a unit needs of the height of a low drawing, and what the headings and the legend do."""
WIDTH = 1600
NARROWEST, WIDEST = 200, 10_000
SMALLEST_FORMULA = 0.5
"""A formula that would have to shrink below this share of its size is left out."""


def save_picture(
    state: State,
    path: Path | str,
    *,
    theme: Dress | None = None,
    width: int = WIDTH,
    captioned: bool = True,
    typesetter: Typesetter | None = None,
) -> None:
    """Draw the state's moment to *path*, whose suffix says how: .svg, .pdf or .png.

    *width* is in pixels (200 … 10,000; in SVG and PDF, which have none of their own, of 1/96 inch). *captioned* adds
    the sentence and the formula of the step below. *theme* is the view's unless given. The file is complete or not
    there. Raises ValueError for another suffix or width, FileProblem if it cannot be written.
    """
    path = Path(path)
    write = by_ending(path, WRITERS)
    if not NARROWEST <= width <= WIDEST:
        raise ValueError(f"width is {width}; expected {NARROWEST} to {WIDEST} pixels.")
    check_writable(path)
    figure = Figure(state, _theme(state, theme), typesetter or Typesetter(), captioned)
    content = write(figure, width)
    with written(path) as file:
        file.write(content)


def drawing_of(dress: Dress = "light") -> Callable[[State], bytes]:
    """A function that draws a state's moment, without words, as SVG; it may run beside the window, in one thread."""
    theme, typesetter = Theme(dress, 1.0), Typesetter()

    def draw(state: State) -> bytes:
        figure = Figure(state, theme, typesetter, captioned=False, height=_low(state.model.network.sizes))
        return _svg(figure, round(BOARD.width()))

    return draw


def _low(sizes: tuple[int, ...]) -> float:
    """A height without spare room above and below few units."""
    return min(BOARD.height(), HEAD + ROW * (max(sizes) + 1))


def wrapped(sentence: str, size: float, width: float) -> list[str]:
    """The sentence in lines of letters *size* pixels high, broken at spaces to *width* pixels."""
    metrics = QFontMetricsF(font(size, False))
    lines = [""]
    for word in sentence.replace(" = ", "\u00a0=\u00a0").split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def application() -> QGuiApplication:
    """The application that fonts need, made here if there is none yet; it must be kept while pictures are drawn."""
    running = QGuiApplication.instance()
    if running is not None:
        return running
    made = QGuiApplication([])
    load_fonts()
    return made


def _theme(state: State, dress: Dress | None) -> Theme:
    """Without the zoom of the window: a figure's size is its own."""
    dress = theme_of(state.view).dress if dress is None else dress
    return Theme(dress, PROJECTOR_ZOOM if dress == "projector" else 1.0)


@dataclass(frozen=True, eq=False)
class Figure:
    """The drawing with its caption below, in logical pixels."""

    state: State
    theme: Theme
    typesetter: Typesetter
    captioned: bool
    height: float = BOARD.height()

    @property
    def size(self) -> QSizeF:
        """Drawing and caption."""
        below = self._lines_height + self._formula_height + 0.8 * MARGIN if self.captioned else 0.0
        return QSizeF(BOARD.width(), self.height + below)

    @cached_property
    def caption(self) -> Caption:
        """What is said of the moment."""
        state = self.state
        place, data, digits = state.moment.place, state.model.dataset, state.view.digits
        return caption(state.story, place, data, digits, state.level, state.theirs)

    def paint(self, painter: QPainter, *, outlines: bool = False) -> None:
        """Paint it at the painter's origin."""
        state, theme = self.state, self.theme
        plan = layout(state.model.network.sizes, state.model.dataset, BOARD.width(), self.height, theme.zoom)
        weights = wiring_of(state, plan)
        seen = picture_of(replace(state, pointed=None), plan, weights)
        brush = Brush(painter, theme, outlines=outlines)
        painter.fillRect(QRectF(0.0, 0.0, self.size.width(), self.size.height()), theme.colour("board"))
        brush.rest(plan, weights, self.typesetter)
        brush.paint(seen, plan)
        if self.captioned:
            self._paint_caption(brush)

    def _paint_caption(self, brush: Brush) -> None:
        y = self.height
        width, line = BOARD.width() - 2 * MARGIN, self._line
        for words in self._lines:
            brush.label(Label(Box(MARGIN, y, width, line), Text(words, self._size)))
            y += line
        if self._formula_height:
            box = Box(MARGIN, y + 0.25 * MARGIN, width, self._formula_height)
            brush.formula(self.caption.numbers, box, self._formula_size, self.typesetter)

    @property
    def _size(self) -> float:
        return 15.0 * self.theme.zoom

    @property
    def _line(self) -> float:
        return 1.45 * self._size

    @property
    def _lines_height(self) -> float:
        return len(self._lines) * self._line

    @cached_property
    def _lines(self) -> list[str]:
        """The sentence, broken at spaces to the width of the drawing."""
        return wrapped(self.caption.sentence, self._size, BOARD.width() - 2 * MARGIN)

    @property
    def _formula_size(self) -> float:
        return 1.25 * self._size

    @cached_property
    def _formula_height(self) -> float:
        """The height of the formula with its numbers; 0 if it is left out because it is too long or too tall."""
        page = self.typesetter.render(self.caption.numbers, self.theme.roles, self._formula_size)
        scale = min(1.0, (BOARD.width() - 2 * MARGIN) / page.width)
        if scale < SMALLEST_FORMULA or page.height * scale > 0.3 * BOARD.height():
            return 0.0
        return page.height * scale + 0.25 * MARGIN


def _svg(figure: Figure, width: int) -> bytes:
    """Letters become curves, so that it looks the same in a program without our fonts."""
    buffer = _opened()
    generator = QSvgGenerator()
    size = _scaled(figure, width)
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(size)
    generator.setViewBox(QRectF(0.0, 0.0, size.width(), size.height()))
    generator.setTitle("nnviz")
    generator.setDescription(figure.caption.sentence)
    with QPainter(generator) as painter:
        painter.scale(width / BOARD.width(), width / BOARD.width())
        figure.paint(painter, outlines=True)
    return bytes(buffer.data())


def _pdf(figure: Figure, width: int) -> bytes:
    """One page as large as the figure, with fonts embedded."""
    buffer = _opened()
    writer = QPdfWriter(buffer)
    inches = QSizeF(_scaled(figure, width)) / 96.0
    writer.setResolution(1200)  # the grid that positions are rounded to
    page = QPageSize(inches, QPageSize.Unit.Inch, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(figure.caption.sentence)
    writer.setCreator("nnviz")
    with QPainter(writer) as painter:
        scale = inches.width() * 1200 / BOARD.width()
        painter.scale(scale, scale)
        figure.paint(painter)
    return bytes(buffer.data())


def _png(figure: Figure, width: int) -> bytes:
    image = QImage(_scaled(figure, width), QImage.Format.Format_RGB32)
    image.fill(figure.theme.colour("board"))
    image.setText("Description", figure.caption.sentence)
    with QPainter(image) as painter:
        painter.scale(width / BOARD.width(), width / BOARD.width())
        figure.paint(painter)
    buffer = _opened()
    image.save(buffer, "PNG")
    return bytes(buffer.data())


WRITERS: dict[str, Callable[[Figure, int], bytes]] = {".svg": _svg, ".pdf": _pdf, ".png": _png}


def _scaled(figure: Figure, width: int) -> QSize:
    return QSize(width, round(width * figure.size.height() / figure.size.width()))


def _opened() -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    return buffer
