"""Formulas as pictures that are remembered and can be made ahead of time, so that a step only has to show them."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from nnviz.picture.markup import Formula
from nnviz.picture.typeset import Typeset, Typesetter
from nnviz.ui.formula import FormulaView
from nnviz.ui.theme import Theme

MOST_PAGES = 256
MOST_DOTS = 8_000_000
"""Of all pictures together; a dot takes four bytes. At zoom 1 they last for some fifty steps."""


class Job(NamedTuple):
    """A formula at *size* pixels at zoom 1, bare parts in the colour of *role*, in lines of at most *width* pixels."""

    formula: Formula
    theme: Theme
    size: float
    role: str = "text"
    width: float | None = None


class Pictures:
    """Sets formulas and draws them; the last ones are remembered."""

    def __init__(self, typesetter: Typesetter) -> None:
        self.typesetter = typesetter
        self._pages: OrderedDict[Job, Typeset] = OrderedDict()
        self._pixmaps: OrderedDict[tuple[Typeset, float, float], QPixmap] = OrderedDict()
        self._dots = 0

    def page(self, job: Job) -> Typeset:
        """The formula, set."""
        if job not in self._pages:
            colours = dict(job.theme.roles) | {"text": job.theme.roles[job.role]}
            size = job.size * job.theme.zoom
            self._pages[job] = self.typesetter.render(job.formula, colours, size, job.width)
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(job)
        return self._pages[job]

    def pixmap(self, page: Typeset, ratio: float, scale: float = 1.0) -> QPixmap:
        """The page at *scale*, drawn for a screen of *ratio* dots for a logical pixel."""
        key = (page, ratio, scale)
        if key not in self._pixmaps:
            self._pixmaps[key] = _drawn(page, ratio, scale)
            self._dots += _dots(self._pixmaps[key])
            while self._dots > MOST_DOTS and len(self._pixmaps) > 1:
                self._dots -= _dots(self._pixmaps.popitem(last=False)[1])
        self._pixmaps.move_to_end(key)
        return self._pixmaps[key]

    def make(self, job: Job, ratio: float) -> None:
        """Have the picture at hand for later."""
        page = self.page(job)
        self.pixmap(page, ratio, 1.0 if job.width is None else min(1.0, job.width / page.width))


class PicturedFormula(FormulaView):
    """A formula that takes page and picture from the remembered ones."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(pictures.typesetter, parent)
        self._pictures = pictures
        self._job: Job | None = None

    def show_job(self, job: Job) -> None:
        """Show the formula of *job*, at the widget's own width."""
        self._job = job
        self.show_formula(job.formula, job.theme.roles, job.size * job.theme.zoom)

    def _page(self, width: float | None) -> Typeset | None:
        if self._job is None:
            return None
        if width not in self._pages:
            self._pages[width] = self._pictures.page(self._job._replace(width=width))
        return self._pages[width]

    def _picture(self, page: Typeset, ratio: float) -> QPixmap:
        return self._pictures.pixmap(page, ratio, self._scale(page))


class Ahead(QObject):
    """Makes the pictures that will be wanted next, one whenever nothing else is to be done."""

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._plans: list[Callable[[], Iterable[Job]]] = []
        self._jobs: list[Job] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._work)

    @property
    def idle(self) -> bool:
        """Whether all that was planned has been made."""
        return not self._timer.isActive()

    def prepare(self, *plans: Callable[[], Iterable[Job]]) -> None:
        """Make what *plans* name, one after the other, in place of what was planned before."""
        self._plans, self._jobs = list(plans), []
        self._timer.start(0)

    def _work(self) -> None:
        if self._jobs:
            parent = self.parent()
            assert isinstance(parent, QWidget)
            self._pictures.make(self._jobs.pop(0), parent.devicePixelRatioF())
        elif self._plans:
            self._jobs = list(self._plans.pop(0)())
        if self._jobs or self._plans:
            self._timer.start(0)


def _dots(picture: QPixmap) -> int:
    return picture.width() * picture.height()


def _drawn(page: Typeset, ratio: float, scale: float) -> QPixmap:
    area = QRectF(0.0, 0.0, page.width * scale * ratio, page.height * scale * ratio)
    picture = QPixmap(area.toAlignedRect().size())
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(page.svg)).render(painter, area)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
