"""Films: the story of an example, or a training, drawn frame by frame for slides, without a screen."""

from abc import ABC, abstractmethod
from dataclasses import replace
from functools import cached_property, lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from nnviz.picture.captions import Caption, caption
from nnviz.picture.curves import cost_scale, iteration_scale
from nnviz.picture.layout import Layout, layout
from nnviz.picture.motion import moving
from nnviz.picture.numbers import shown
from nnviz.picture.palette import Dress
from nnviz.picture.parts import Box, Label, Picture, Text
from nnviz.picture.runs import learnt_by
from nnviz.picture.shots import Shot
from nnviz.picture.typeset import Typesetter
from nnviz.picture.wiring import LIVELY, Wiring, full_width, wiring
from nnviz.session.run import described
from nnviz.session.state import State
from nnviz.ui.drawn import picture_of
from nnviz.ui.export import MARGIN, SMALLEST_FORMULA, wrapped
from nnviz.ui.paint import Brush
from nnviz.ui.theme import Theme

WIDTH, HEIGHT = 1120.0, 630.0
DIGITS = 4
"""Of J, as the window shows it beside the curve."""
"""A frame in logical pixels, as wide as slides are; it is scaled as a whole."""
LETTERS = 16.0
LINE = 1.4 * LETTERS
MOST_LINES = 3
MOST_POINTS = 600
"""Points of a curve: more are not to be seen."""
LOOKS = 12
"""Iterations of a training that say how large Θ becomes."""


class Film(ABC):
    """Draws frames of one size: the drawing above, what is said of it below. Of one thread."""

    below: float
    """The height of what is said, in logical pixels."""

    def __init__(self, state: State, size: tuple[int, int], dress: Dress) -> None:
        """*size* is width and height in pixels, 16 : 9 as near as pixels go."""
        self.state, self.size = state, QSize(*size)
        self.theme = Theme(dress, 1.0)
        self.typesetter = Typesetter()

    def image(self, shot: Shot) -> QImage:
        """The frame of a shot."""
        image = self.rest(shot.at).copy()
        with QPainter(image) as painter:
            self._scale(painter)
            brush = Brush(painter, self.theme)
            brush.paint(moving(self.picture(shot.at), shot.t), self.plan)
            self.tell(brush, shot.at)
        return image

    @cached_property
    def plan(self) -> Layout:
        """Where units stand."""
        model = self.state.model
        return layout(model.network.sizes, model.dataset, WIDTH, HEIGHT - self.below, 1.0)

    def paint_rest(self, weights: Wiring) -> QImage:
        """A frame with what does not move."""
        image = QImage(self.size, QImage.Format.Format_RGB32)
        image.fill(self.theme.colour("board"))
        with QPainter(image) as painter:
            self._scale(painter)
            Brush(painter, self.theme).rest(self.plan, weights, self.typesetter)
        return image

    @abstractmethod
    def rest(self, at: int) -> QImage:
        """What does not move at a place or an iteration."""

    @abstractmethod
    def picture(self, at: int) -> Picture:
        """What is above the links."""

    @abstractmethod
    def tell(self, brush: Brush, at: int) -> None:
        """Paint what is said below the drawing."""

    def _scale(self, painter: QPainter) -> None:
        painter.scale(self.size.width() / WIDTH, self.size.height() / HEIGHT)


class StoryFilm(Film):
    """The story of the state's example at the state's level; *at* is a place."""

    below = 164.0

    def __init__(self, state: State, size: tuple[int, int], dress: Dress = "light") -> None:
        super().__init__(replace(state, tool="step", pointed=None), size, dress)
        # Of a step that moves, one picture makes all frames.
        self._picture_at = lru_cache(maxsize=1)(self._picture)
        self._caption_at = lru_cache(maxsize=1)(self._caption)

    @cached_property
    def weights(self) -> Wiring:
        """The links at rest."""
        return wiring(self.state.model.network, self.plan)

    def rest(self, at: int) -> QImage:
        return self._rest

    @cached_property
    def _rest(self) -> QImage:
        return self.paint_rest(self.weights)

    def picture(self, at: int) -> Picture:
        return self._picture_at(at)

    def _picture(self, at: int) -> Picture:
        return picture_of(self._state(at), self.plan, self.weights)

    def tell(self, brush: Brush, at: int) -> None:
        told, width, y = self._caption_at(at), WIDTH - 2 * MARGIN, HEIGHT - self.below
        for words in wrapped(told.sentence, LETTERS, width)[:MOST_LINES]:
            brush.label(Label(Box(MARGIN, y, width, LINE), Text(words, LETTERS)))
            y += LINE
        y += 0.3 * MARGIN
        for formula in (told.numbers, told.symbols):  # one of many lines would be too small to read: then in symbols
            page = self.typesetter.render(formula, self.theme.roles, 1.3 * LETTERS)
            scale = min(1.0, width / page.width, (HEIGHT - 0.3 * MARGIN - y) / page.height)
            if scale >= SMALLEST_FORMULA:
                brush.formula(formula, Box(MARGIN, y, page.width * scale, 0.0), 1.3 * LETTERS, self.typesetter)
                return

    def _caption(self, at: int) -> Caption:
        state = self.state
        return caption(state.story, at, state.model.dataset, state.view.digits, state.level, state.theirs)

    def _state(self, at: int) -> State:
        return replace(self.state, moment=self.state.moment._replace(place=at))


class TrainingFilm(Film):
    """The state's run from iteration 0 to the latest that is shown: the links as they grow, and J(Θ); *at* counts."""

    below = 190.0
    plot = QRectF(400.0, HEIGHT - 176.0, WIDTH - 400.0 - MARGIN, 138.0)
    """Where the curve is, without what stands at its axes."""

    def __init__(self, state: State, size: tuple[int, int], dress: Dress = "light") -> None:
        super().__init__(replace(state, tool="train", pointed=None), size, dress)
        assert state.training.run is not None
        self.run = state.training.run
        self.costs = self.run.history.costs.total[: state.training.reached + 1]
        self._at = lru_cache(maxsize=1)(self._moment)

    @cached_property
    def scale(self) -> float:
        """The |Θ| that has the full width: one for the whole film."""
        last = len(self.costs) - 1
        looks = {round(last * look / LOOKS) for look in range(LOOKS + 1)}
        return max(full_width(self._at(at).model.network) for at in looks)

    def rest(self, at: int) -> QImage:
        return self.paint_rest(self._weights(at))

    def picture(self, at: int) -> Picture:
        return picture_of(self._at(at), self.plan, self._weights(at))

    def tell(self, brush: Brush, at: int) -> None:
        y = HEIGHT - 172.0
        rows = (
            (f"iteration {at:,}", 26.0, "text", True),
            (f"J(Θ) = {shown(float(self.costs[at]), DIGITS)}", 26.0, "backward", True),
            *((words, 14.0, "muted", False) for words in learnt_by(described(self.run.model))),
        )
        for words, size, role, bold in rows:
            height = 1.5 * size
            brush.label(Label(Box(MARGIN, y, 280.0, height), Text(words, size, role, bold)))
            y += height
        self._axes(brush)
        self._curve(brush, at)

    def _axes(self, brush: Brush) -> None:
        area, painter = self.plot, brush.painter
        for tick in cost_scale(False).ticks(0.0, self._top, self._top / 5):
            y = self._y(tick.place)
            painter.setPen(QPen(brush.colour("line"), 1.0))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            brush.label(Label(Box(area.left() - 78, y - 9, 70, 18), Text(tick.text, 12.0, "muted"), "right"))
        last = max(1, len(self.costs) - 1)
        for tick in iteration_scale(False).ticks(0.0, last, last / 8):
            x = self._x(tick.place)
            brush.label(Label(Box(x - 50, area.bottom() + 4, 100, 18), Text(tick.text, 12.0, "muted"), "centre"))
        words = Text("iteration", 12.0, "muted")
        brush.label(Label(Box(area.right() - 200, area.bottom() + 19, 200, 18), words, "right"))

    def _curve(self, brush: Brush, at: int) -> None:
        painter = brush.painter
        thinned = sorted({round(at * index / MOST_POINTS) for index in range(MOST_POINTS + 1)})
        points = [QPointF(self._x(index), self._y(float(self.costs[index]))) for index in thinned]
        colour = QColor(self.theme.roles["backward"])
        painter.setPen(QPen(colour, 2.4))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(colour)
        painter.drawEllipse(points[-1], 4.5, 4.5)

    @cached_property
    def _top(self) -> float:
        return 1.06 * float(self.costs.max())

    def _x(self, iteration: float) -> float:
        return self.plot.left() + self.plot.width() * iteration / max(1, len(self.costs) - 1)

    def _y(self, cost: float) -> float:
        return self.plot.bottom() - self.plot.height() * cost / self._top

    def _weights(self, at: int) -> Wiring:
        return wiring(self._at(at).model.network, self.plan, scale=self.scale, share=LIVELY)

    def _moment(self, at: int) -> State:
        return self.state.at(self.state.moment._replace(iteration=at))
