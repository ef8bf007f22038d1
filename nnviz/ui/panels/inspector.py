"""The right panel: the step in words, in symbols, in numbers, term for term; the whole layer at once; the code."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from nnviz.engine.quantities import Address
from nnviz.engine.story import Level, Story
from nnviz.engine.theirs import Theirs
from nnviz.picture.captions import Caption, address_of, caption, key, provenance, spoken
from nnviz.picture.markup import Formula
from nnviz.picture.matrices import matrices
from nnviz.picture.typeset import Typesetter
from nnviz.session.commands import GoToSource, PointAt
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.attention import listen_in
from nnviz.ui.fields import Heading, Label, Line, dress_children, steady
from nnviz.ui.guard import guarded
from nnviz.ui.panels.code_section import CodeSection
from nnviz.ui.panels.matrix import MatrixView
from nnviz.ui.panels.pictures import Job, PicturedFormula, Pictures
from nnviz.ui.panels.terms import TermTable
from nnviz.ui.panels.verdict import Verdict
from nnviz.ui.style import PHASE_ROLES, palette
from nnviz.ui.theme import Theme, theme_of

SYMBOLS, NUMBERS, VECTORISED = 16.0, 13.0, 14.0
"""Sizes of the formulas, in pixels at zoom 1."""
MOST_CAPTIONS = 16
LEAST_WIDTH = 290
"""Pixels at zoom 1 that a row of numbers takes when Δ is added to."""
INVITATION = "Press → for the first step, or Space to play."

_BELOW_SENTENCE = 4
"""The place in the column behind the heading, the sentence, the invitation and the mistake."""

SMALL = 10.4
"""The size of code in a line of which much is to fit."""


class Inspector(QScrollArea):
    """Everything about the step at the present place, in one column that scrolls when it must."""

    def __init__(self, session: Session, typesetter: Typesetter | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName("This step")
        self._session = session
        self._pictures = Pictures(typesetter or Typesetter(), self)
        self._theme = theme_of(session.state.view)
        self._said_of: tuple[Story, Theirs | None] | None = None
        self._said: dict[tuple[int, Level, int], Caption] = {}
        self.sentence = Label()
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sentence.setAccessibleName("What happens in this step")
        self.invitation = Label(INVITATION, "accent", 12)
        self.invitation.setWordWrap(True)
        self.mistake = Verdict()
        self.symbols, self.numbers, self.vectorised = (
            self._formula_view(name) for name in ("in symbols", "in numbers", "for the whole layer")
        )
        self.table = TermTable(session, self._pictures)
        self.matrices = MatrixView(session)
        self.dimensions = Label("", "muted", 11)
        self.dimensions.setWordWrap(True)
        self.code = CodeBox()
        self.source = CodeSection(session, self.code)
        self.language, self.copy = self.source.language, self.source.copy
        self._build()
        listen_in(session, "step", self._changed)

    def _build(self) -> None:
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._gaps = QWidget(), QWidget()
        parts = (
            Heading("This step"),
            self.sentence,
            self.invitation,
            self.mistake,
            self.symbols,
            self.numbers,
            self.table,
            self._gaps[0],
            Line(),
            Heading("The whole layer at once"),
            self.vectorised,
            self.matrices,
            self.dimensions,
            self._gaps[1],
            Line(),
        )
        for part in parts:
            self._column.addWidget(part)
        self._column.addWidget(self.source)
        self._column.addStretch(1)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        steady(self)

    def _formula_view(self, name: str) -> PicturedFormula:
        view = PicturedFormula(self._pictures)
        view.setObjectName(name)
        view.pointed.connect(self._point)
        view.chosen.connect(lambda label: self._session.attempt(GoToSource(address_of(label))))
        view.explain(self._explain)
        return view

    @property
    def _formula_views(self) -> tuple[tuple[PicturedFormula, float], ...]:
        return (
            (self.symbols, SYMBOLS),
            (self.numbers, NUMBERS),
            (self.vectorised, VECTORISED),
        )

    def _changed(self, old: State | None, new: State) -> None:
        theme = theme_of(new.view)
        dressed = old is not None and theme is self._theme
        if not dressed:
            self._dress(theme)
        moved = old is None or not _same_place(old, new)
        if moved or not dressed:
            self._tell(new)
        turned = old is not None and old.view.whole_code != new.view.whole_code
        if turned or old is None:
            self._place_code(new.view.whole_code)
        if moved or _code_view(old) != _code_view(new):
            self.source.show_state(new)
        if turned:
            self._order_focus()
        if moved or old.pointed != new.pointed:
            self._light(new.pointed)

    def _place_code(self, whole: bool) -> None:
        """The whole function comes right below the sentence, where it stays when what else is told grows or shrinks."""
        self._column.removeWidget(self.source)
        self._column.insertWidget(_BELOW_SENTENCE if whole else self._column.count() - 1, self.source)

    @property
    def in_reading_order(self) -> list[QWidget]:
        """All that is in the panel, as one reads it: the code is not always at the same place."""
        parts = [self._column.itemAt(index).widget() for index in range(self._column.count())]
        return [one for part in parts if part is not None for one in (part, *part.findChildren(QWidget))]

    def _order_focus(self) -> None:
        """Let Tab walk in reading order."""
        stops = [self, *(one for one in self.in_reading_order if one.focusPolicy() & Qt.FocusPolicy.TabFocus)]
        for before, after in pairwise(one for one in stops if one.window() is self.window()):
            QWidget.setTabOrder(before, after)

    def _tell(self, state: State) -> None:
        story, place = state.story, state.moment.place
        said, telling = self._caption(state, place), story.telling(place)
        role = "accent" if telling is None else PHASE_ROLES[telling.step.phase]
        self.sentence.setText(said.sentence)
        self.invitation.setVisible(place == 0)
        self.mistake.setVisible(said.mistake is not None)
        if said.mistake is not None:
            self.mistake.show_verdict(f"✕ {said.mistake}", "differ")
        for (view, size), formula in zip(self._formula_views, _formulas(said), strict=True):
            view.show_job(Job(formula, self._theme, size))
        self.table.setVisible(said.table is not None)
        self.table.show_table(said.table, role)
        self.matrices.show_parts(matrices(story, place, state.theirs), state.view.digits, role)
        self.dimensions.setText(said.dimensions)
        self._pictures.prepare(
            lambda: self._wanted(state, story.after(place, state.level)),
            lambda: self._wanted(state, story.before(place, state.level)),
        )

    def _wanted(self, state: State, place: int | None) -> Iterator[Job]:
        """The pictures that showing *place* will take; numbers that are worked out when first asked for, now."""
        if place is None:
            return
        matrices(state.story, place)
        said = self._caption(state, place)
        for (view, size), formula in zip(self._formula_views, _formulas(said), strict=True):
            yield Job(formula, self._theme, size, width=view.width())
        yield from self.table.pictures_of(said.table)

    def _caption(self, state: State, place: int) -> Caption:
        """What is said at *place*; that of the next place has been put together before one gets there."""
        asked, digits = (place, state.level, state.view.digits), state.view.digits
        told_of = state.story, state.theirs
        if self._said_of != told_of or len(self._said) > MOST_CAPTIONS:
            self._said_of = told_of
            self._said.clear()
        if asked not in self._said:
            self._said[asked] = caption(state.story, place, state.model.dataset, digits, state.level, state.theirs)
        return self._said[asked]

    def _dress(self, theme: Theme) -> None:
        self._theme = theme
        self.setFont(theme.font())
        self._content.setPalette(palette(theme))  # opaque, for the window's sheet makes scroll areas transparent
        dress_children(self._content, theme)
        self.sentence.setMinimumHeight(3 * self.sentence.fontMetrics().lineSpacing())
        margin = theme.px(15)
        self._column.setContentsMargins(margin, margin, theme.px(6), margin)
        self._column.setSpacing(theme.px(6))
        for gap in self._gaps:
            gap.setFixedHeight(theme.px(4))
        self.setMinimumWidth(theme.px(LEAST_WIDTH))

    def _light(self, address: Address | None) -> None:
        label = None if address is None else key(address)
        for view, _ in self._formula_views:
            view.light(label)
        self.table.light(address)
        self.matrices.light(address)

    def _point(self, label: str | None) -> None:
        self._session.do(PointAt(None if label is None else address_of(label)))

    def _explain(self, label: str) -> str:
        state, address = self._session.state, address_of(label)
        aloud = spoken(address, state.model.dataset, state.story.trace.network.sizes)
        if not state.story.known(address, state.moment.place):
            return f"{aloud}\nNot computed yet."
        return f"{aloud}\n{provenance(state.story, address, state.view.digits)}"


class CodeBox(Label):
    """Code to be read and taken along, on a sunken ground."""

    def __init__(self, size: float = 11.5) -> None:
        super().__init__("", "text", size, mono=True)
        self._ground, self._edge = QColor(), QColor()
        self.setObjectName("code")
        self.setAccessibleName("The step as code")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._ground, self._edge = theme.colour("sunken"), theme.colour("line")
        self.setMargin(theme.px(9))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._ground)
        painter.setPen(QPen(self._edge, 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()
        super().paintEvent(event)


def _code_view(state: State) -> tuple[object, ...]:
    """What the code hangs on beside the place."""
    view, recipe = state.view, state.model.recipe
    return view.language, view.whole_code, view.code_version, recipe.fault, recipe.hidden, recipe.descends


def _same_place(old: State, new: State) -> bool:
    """Whether nothing has changed of what the step that is shown hangs on."""
    return (
        old.story is new.story
        and old.theirs is new.theirs
        and (old.moment.place, old.level, old.view.digits)
        == (
            new.moment.place,
            new.level,
            new.view.digits,
        )
    )


def _formulas(said: Caption) -> tuple[Formula, ...]:
    """In the order of the views."""
    return said.symbols, said.numbers, said.vectorised
