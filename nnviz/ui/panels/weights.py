"""Θ⁽¹⁾, Θ⁽²⁾, … as small heat maps that live while the network learns."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QResizeEvent

from nnviz.engine.network import Network
from nnviz.engine.quantities import MATRICES, Address, Symbol
from nnviz.picture import notation
from nnviz.picture.captions import spoken
from nnviz.picture.numbers import full
from nnviz.picture.parts import Box, Point
from nnviz.picture.weights import FRAME, GROUND, INK, NOTE, TITLE, TITLE_SIZE, Maps, weight_maps
from nnviz.picture.wiring import full_width
from nnviz.session.commands import PointAt
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Section
from nnviz.ui.guard import guarded
from nnviz.ui.number_field import written
from nnviz.ui.paint import shades_of_levels
from nnviz.ui.panels.grid import Grid
from nnviz.ui.theme import Theme

STRIP = 64
MANY, REST = 20_000, 250
"""Maps of more entries take some milliseconds: while they are trained they rest for so many between two pictures."""


class WeightsView(Grid[Address]):
    """All Θ on one scale, the bias column apart, positive and negative ones in the colours of ROLES."""

    ROLES = ("positive", "negative")
    LEGEND = 26.0
    NAME = staticmethod(notation.theta)

    def __init__(self, session: Session, name: str = "Heat maps of Θ") -> None:
        super().__init__(name)
        self._session = session
        self._network: Network | None = None
        self._image_shape: tuple[int, int] | None = None
        self._scale = 1.0
        self._lit: Address | None = None
        self._maps: Maps | None = None
        self._picture: QImage | None = None

    def show_network(self, network: Network, image_shape: tuple[int, int] | None) -> None:
        """Show this Θ; the rows of the first as images of that shape."""
        anew = self._network is None or self._network.sizes != network.sizes or self._image_shape != image_shape
        self._network, self._image_shape, self._picture = network, image_shape, None
        if anew:
            self._maps, self._mark = None, None
            self.updateGeometry()
            self.setAccessibleDescription(_told(network))
        self.update()

    def light(self, address: Address | None) -> None:
        """Frame the entry at *address*, be it of Θ, Δ or D."""
        if address != self._lit:
            self._lit = address
            self.update()

    def dress(self, theme: Theme) -> None:
        self._maps, self._picture = None, None
        super().dress(theme)

    # Where things stand: in dots of the screen, so that cells have sharp edges

    def heightForWidth(self, width: int) -> int:
        if self._network is None or self._theme is None:
            return 1
        ratio = self.devicePixelRatioF()
        return round(self._arranged(width).height / ratio) + self._theme.px(self.LEGEND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._maps, self._picture = None, None

    def _arranged(self, width: int) -> Maps:
        ratio = self.devicePixelRatioF()
        unit = self._theme.zoom * ratio
        return weight_maps(self._network.sizes, self._image_shape, round(width * ratio), unit, self.NAME)

    @property
    def _seen(self) -> Maps | None:
        if self._network is None or self._theme is None:
            return None
        if self._maps is None or self._maps.unit != self._theme.zoom * self.devicePixelRatioF():
            self._maps, self._picture = self._arranged(self.width()), None
        return self._maps

    def spot_at(self, position: QPointF) -> Address | None:
        ratio = self.devicePixelRatioF()
        return self._seen and self._seen.address_at(Point(position.x() * ratio, position.y() * ratio))

    def area(self, spot: Address) -> QRectF | None:
        box = self._seen and next(self._seen.areas(spot), None)
        return box and self._rect(box)

    def neighbour(self, spot: Address | None, down: int, right: int) -> Address | None:
        if self._seen is None:
            return None
        if spot is None or next(self._seen.areas(spot), None) is None:
            return Address(Symbol.THETA, 1, 1, 0)
        return self._seen.neighbour(spot, down, right)

    def hint(self, spot: Address) -> str:
        state = self._session.state
        words = spoken(spot, state.model.dataset, state.model.network.sizes)
        return f"{words}\n{full(self._network.theta(spot.layer)[spot.row - 1, spot.column])}"

    def _rect(self, box: Box) -> QRectF:
        ratio = self.devicePixelRatioF()
        return QRectF(box.x / ratio, box.y / ratio, box.width / ratio, box.height / ratio)

    # Painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        maps, theme = self._seen, self._theme
        if maps is None:
            return
        painter = QPainter(self)
        if self._picture is None:
            self._scale = full_width(self._network)
            self._picture = _picture(maps, self._network, self._scale, _colours(theme, self.ROLES))
            self._picture.setDevicePixelRatio(self.devicePixelRatioF())
        painter.drawImage(QPointF(0, 0), self._picture)
        self._paint_titles(painter, maps)
        self._paint_legend(painter)
        if self._lit is not None and self._lit.symbol in MATRICES:
            painter.setPen(QPen(theme.colour("text"), theme.zoom * 2))
            for box in maps.areas(self._lit):
                painter.drawRect(self._rect(box).adjusted(-1, -1, 0, 0))
        self._paint_mark(painter)

    def _paint_titles(self, painter: QPainter, maps: Maps) -> None:
        theme, ratio = self._theme, self.devicePixelRatioF()
        painter.setFont(theme.font(TITLE_SIZE))
        painter.setPen(theme.colour("muted"))
        for one in maps.maps:
            x, y = one.x / ratio, one.y / ratio
            painter.drawText(QRectF(x, y, self.width() - x, theme.px(TITLE - 3)), _LEFT, one.title)
            if one.note:
                line = QRectF(x, y + theme.px(TITLE - 3), self.width() - x, theme.px(NOTE))
                painter.drawText(line, _LEFT, one.note)

    def _paint_legend(self, painter: QPainter) -> None:
        """From the most negative colour to the most positive one, with the numbers that they stand for."""
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font(10.5))
        painter.setPen(theme.colour("muted"))
        scale = written(self._scale)
        left, line = f"Θ  {written(-self._scale)}", QRectF(0, self.height() - px(15), self.width(), px(15))
        painter.drawText(line, _LEFT, left)
        x = QFontMetricsF(painter.font()).horizontalAdvance(left) + px(6)
        strip = QRectF(x, line.top() + px(3), px(STRIP), px(9))
        painter.drawImage(strip, _strip(theme))
        painter.drawText(line.adjusted(strip.right() + px(6), 0, 0, 0), _LEFT, f"+{scale}")


def _picture(maps: Maps, network: Network, scale: float, colours: np.ndarray) -> QImage:
    return _image(colours[maps.mosaic(network, scale)])


def _strip(theme: Theme) -> QImage:
    return _image(_colours(theme, WeightsView.ROLES)[np.arange(1, GROUND)][None, :])


def _colours(theme: Theme, roles: tuple[str, str]) -> np.ndarray:
    """The colour of everything that a mosaic holds."""
    table = np.empty(FRAME + 1, np.uint32)
    table[:GROUND] = shades_of_levels(theme, *roles)
    table[GROUND] = QColor(theme.palette.panel).rgb()
    table[INK] = QColor(theme.palette.text).rgb()
    table[FRAME] = QColor(theme.palette.line).rgb()
    return table


def _image(pixels: np.ndarray) -> QImage:
    height, width = pixels.shape
    image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32)
    return image.copy()  # one that owns its bytes


def _told(network: Network) -> str:
    sizes = [f"{theta.shape[0]} × {theta.shape[1]}" for theta in network.thetas]
    return f"Θ of {len(sizes)} layers: {', '.join(sizes)}. Arrows walk over the entries."


class WeightsSection(Section):
    """Pointing at an entry lights its link; a click keeps it lit."""

    def __init__(self, session: Session) -> None:
        super().__init__("Weights")
        self._session = session
        self._kept = False
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(lambda: self._show(session.state))
        self.view = WeightsView(session)
        self.column.addWidget(self.view)
        self.view.pointed.connect(self._point)
        self.view.chosen.connect(self._keep)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        model = new.model
        other = old is None or old.model.dataset is not model.dataset
        if other or (old.model.network is not model.network and not self._rest.isActive()):
            self._show(new)
            if new.training.active and sum(theta.size for theta in model.network.thetas) > MANY:
                self._rest.start()
        self.view.light(new.pointed)

    def _show(self, state: State) -> None:
        self.view.show_network(state.model.network, state.model.dataset.image_shape)

    def _point(self, address: Address | None) -> None:
        if address is not None or not self._kept:
            self._session.do(PointAt(address))
        self._kept = False

    def _keep(self, address: Address) -> None:
        self._kept = True
        self._session.do(PointAt(address))


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
