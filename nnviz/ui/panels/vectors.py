"""thetaVec and DVec: each matrix column by column, the list of all entries, and the code there and back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from nnviz.engine.quantities import MATRICES, Symbol
from nnviz.engine.unrolling import Unrolling
from nnviz.picture.unrolled import code
from nnviz.session.checking import ChooseEntry, chosen, present
from nnviz.session.commands import PointAt, ShowLanguage
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Choice, Label, Section, beside
from nnviz.ui.panels.entries import EntryHeads, EntryList
from nnviz.ui.panels.inspector import SMALL, CodeBox
from nnviz.ui.panels.unrolled import UnrolledView
from nnviz.ui.theme import Theme

WIDE = 520
"""From this width on the list stands beside the matrix."""


class VectorsSection(Section):
    """Pointing at a row, or at a cell, lights its link; a click looks at that Θ alone."""

    def __init__(self, session: Session) -> None:
        super().__init__("thetaVec and DVec")
        self._session = session
        self._theme: Theme | None = None
        self.matrix, self.list, self.code = UnrolledView(), EntryList(), CodeBox(SMALL)
        self.code.setAccessibleName("Unrolling and reshaping as code")
        self.heads = EntryHeads(self.list)
        self.language = Choice("Language of the code")
        self.language.offer({"NumPy": "numpy", "Octave": "octave"})
        self.language.activated.connect(lambda: session.attempt(ShowLanguage(self.language.currentData())))
        for view in (self.matrix, self.list):
            view.pointed.connect(lambda address: session.do(PointAt(address)))
            view.chosen.connect(lambda address: session.attempt(ChooseEntry(address)))
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.addWidget(self.matrix, 1)
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.heads)
        below.addWidget(self.list)
        self._both.addLayout(below, 1)
        self._both.setAlignment(below, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(self._both)
        self.column.addLayout(beside(Label("There and back", "muted", 11), self.language, stretch=0))
        self.column.addWidget(self.code)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        found = present(new)
        self.setVisible(found is not None)
        if old is None or old.view.language != new.view.language or _sizes(old) != _sizes(new):
            self.language.choose(new.view.language)
            self.code.setText(getattr(code(Unrolling(_sizes(new))), new.view.language))
        if found is None:
            return
        anew = old is None or found is not present(old)
        if anew:
            self.list.show_answer(found)
            self.matrix.show_order(self.list.entries.order)
        if anew or (old.pointed, chosen(old)) != (new.pointed, chosen(new)):
            self._light(new)

    def _light(self, state: State) -> None:
        """What is pointed at, else what is looked at alone, else the first entry."""
        order, at = self.list.entries.order, state.pointed
        lit = at if at is not None and at.symbol in MATRICES and order.place(at) is not None else None
        self.list.light(lit, chosen(state))
        self.matrix.light((lit or chosen(state) or order.address(1))._replace(symbol=Symbol.THETA))

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._theme = theme
        self._both.setSpacing(theme.px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self._theme is not None and self.width() >= self._theme.px(WIDE)
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


def _sizes(state: State) -> tuple[int, ...]:
    return state.model.network.sizes
