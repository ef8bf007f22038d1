"""Formulas as pictures that are remembered and can be made ahead of time, so that a step only has to show them."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from nnviz.picture.markup import Formula
from nnviz.picture.typeset import Typeset, Typesetter
from nnviz.ui.formula import FormulaView
from nnviz.ui.theme import Theme

MOST_PAGES = 256
"""Of formulas, and of their pictures: each holds on to its formula, which as text is larger than a small picture."""
MOST_ASKED = 24
"""Formulas that wait at the same time; one step has a dozen."""
MOST_DOTS = 8_000_000
"""Of all pictures together; a dot takes four bytes. At zoom 1 they last for some fifty steps."""


class Job(NamedTuple):
    """A formula at *size* pixels at zoom 1, bare parts in the colour of *role*, in lines of at most *width* pixels."""

    formula: Formula
    theme: Theme
    size: float
    role: str = "text"
    width: float | None = None


class Pictures(QObject):
    """Sets formulas and draws them; the last ones are remembered.

    A formula takes several milliseconds. What is asked for with ``ready`` and is not at hand is made when nothing else
    is to be done, then ``made`` is sent; so is what is planned with ``prepare``, after it. Each turn of the event loop
    does one piece of this work.
    """

    made = Signal()
    """A picture that was asked for is at hand."""

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typesetter = typesetter
        self._pages: OrderedDict[Job, Typeset] = OrderedDict()
        self._pixmaps: OrderedDict[tuple[Typeset, float, float], QPixmap] = OrderedDict()
        self._dots = 0
        self._asked: list[Job] = []
        self._planned: list[Job] = []
        self._plans: list[Callable[[], Iterable[Job]]] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._work)

    @property
    def idle(self) -> bool:
        """Whether all that was asked for and planned has been made."""
        return not self._timer.isActive()

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
            while len(self._pixmaps) > 1 and (self._dots > MOST_DOTS or len(self._pixmaps) > MOST_PAGES):
                self._dots -= _dots(self._pixmaps.popitem(last=False)[1])
        self._pixmaps.move_to_end(key)
        return self._pixmaps[key]

    def make(self, job: Job, ratio: float) -> None:
        """Have the picture at hand for later."""
        while not self._make_some(job, ratio):
            pass

    def ready(self, job: Job, ratio: float) -> Typeset | None:
        """The formula, if it is set and drawn; None: it soon will be."""
        page = self._pages.get(job)
        if page is not None and (page, ratio, _scale(job, page)) in self._pixmaps:
            return page
        if job in self._asked:
            self._asked.remove(job)
        self._asked = [*self._asked[1 - MOST_ASKED :], job]
        self._timer.start(0)
        return None

    def prepare(self, *plans: Callable[[], Iterable[Job]]) -> None:
        """Make what *plans* name, one after the other, in place of all that was planned before.

        What has been asked for stays asked for: a view that is not painted again would not ask a second time.
        """
        self._planned, self._plans = [], list(plans)
        self._timer.start(0)

    def _work(self) -> None:
        parent = self.parent()
        ratio = parent.devicePixelRatioF() if isinstance(parent, QWidget) else 1.0
        if self._asked:
            if self._make_some(self._asked[-1], ratio):  # the latest first: it belongs to the step that is shown
                self._asked.pop()
                self.made.emit()
        elif self._planned:
            if self._make_some(self._planned[0], ratio):
                self._planned.pop(0)
        elif self._plans:
            self._planned = list(self._plans.pop(0)())
        if self._asked or self._planned or self._plans:
            self._timer.start(0)

    def _make_some(self, job: Job, ratio: float) -> bool:
        """One piece of the work: the formula on one line, wrapped, or drawn. Says whether that was the last one."""
        line = job._replace(width=None)
        if line not in self._pages:
            self.page(line)
        elif job not in self._pages:
            self.page(job)
        else:
            page = self.page(job)
            self.pixmap(page, ratio, _scale(job, page))
            return True
        return False


class PicturedFormula(FormulaView):
    """A formula that takes page and picture from the remembered ones; as long as there are none, its place is empty.

    Nothing but the pointer waits for them: a step is painted without the formula sooner than late.
    """

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(pictures.typesetter, parent)
        self._pictures = pictures
        self._job: Job | None = None
        self._reserved = 0
        self._lacks = False
        pictures.made.connect(self._made)

    def show_job(self, job: Job) -> None:
        """Show the formula of *job*, at the widget's own width."""
        self._job = job
        self.show_formula(job.formula, job.theme.roles, job.size * job.theme.zoom)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), self._reserved or self._height(None, 1.0))

    def heightForWidth(self, width: int) -> int:
        """The height of the formula before, until that of this one is known."""
        if self._at_hand(width) is not None or not self._reserved:
            self._reserved = super().heightForWidth(width)
        return self._reserved

    def _page(self, width: float | None) -> Typeset | None:
        if self._job is None:
            return None
        if width not in self._pages:
            self._pages[width] = self._pictures.page(self._job._replace(width=width))
        return self._pages[width]

    def _at_hand(self, width: float) -> Typeset | None:
        if self._job is None or width < 1:  # a widget in a panel that is being shown may have no width for a moment
            return None
        if width not in self._pages:
            page = self._pictures.ready(self._job._replace(width=width), self.devicePixelRatioF())
            if page is None:
                self._lacks = True
                return None
            self._pages[width] = page
        return self._pages[width]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _made(self) -> None:
        if self._lacks and self._at_hand(self.width()) is not None:
            self._lacks = False
            self.update()
        self._fit()

    def _fit(self) -> None:
        """Ask for the height of the formula at the present width; layouts remember those of other widths."""
        width = self.width()
        if self._job is not None and self._at_hand(width) is not None and self.heightForWidth(width) != self.height():
            self.updateGeometry()

    def _picture(self, page: Typeset, ratio: float) -> QPixmap:
        return self._pictures.pixmap(page, ratio, self._scale(page))


def _scale(job: Job, page: Typeset) -> float:
    return 1.0 if job.width is None else min(1.0, job.width / page.width)


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
