"""What lies around the drawing: panels from a table, each beside or above the board in the tool that it belongs to."""

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State, Tool
from nnviz.ui.action import Action
from nnviz.ui.board import BoardView
from nnviz.ui.card import Card
from nnviz.ui.settings import Settings
from nnviz.ui.theme import Theme, theme_of
from nnviz.ui.transport import Transport

if TYPE_CHECKING:  # what the first picture does without is imported when it is made
    from nnviz.picture.typeset import Typesetter

GAP = 12
MOST = 0.42
"""The share of the width that a panel may take by growing with the zoom."""
TAKEN = 300
"""Pixels of width that a lesson takes from what else there is room for."""
ABOVE = 0.46
"""The share of the height that the panel above the board takes at first."""


class Panel(NamedTuple):
    """A panel of a tool: *width* pixels wide at first, and shown by itself in windows from *roomy* on.

    One of no tool is that of a lesson, which is shown while there is one, in place of the others on its side.
    """

    name: str
    title: str
    help: str
    make: "Callable[[Session, Typesetter], QWidget]"
    width: int
    roomy: int
    side: Literal["left", "above", "right"]
    tool: Tool | None


# The panels are imported when they are made: the first picture need not wait for them.
def _setup(session: Session, typesetter: "Typesetter") -> QWidget:
    from nnviz.ui.panels.setup import SetupPanel

    return SetupPanel(session)


def _inspector(session: Session, typesetter: "Typesetter") -> QWidget:
    from nnviz.ui.panels.inspector import Inspector

    return Inspector(session, typesetter)


def _training(session: Session, typesetter: "Typesetter") -> QWidget:
    from nnviz.ui.panels.training import TrainingPanel

    return TrainingPanel(session)


def _curves(session: Session, typesetter: "Typesetter") -> QWidget:
    from nnviz.ui.panels.curves import CurvesPanel

    return CurvesPanel(session)


def _results(session: Session, typesetter: "Typesetter") -> QWidget:
    from nnviz.ui.panels.results import ResultsPanel

    return ResultsPanel(session)


def _bugs(session: Session, typesetter: "Typesetter") -> QWidget:
    from nnviz.ui.panels.bugs import BugsPanel

    return BugsPanel(session)


def _check(session: Session, typesetter: "Typesetter") -> QWidget:
    from nnviz.ui.panels.check import CheckPanel

    return CheckPanel(session)


def _lesson(session: Session, typesetter: "Typesetter") -> QWidget:
    from nnviz.ui.lessons.panel import LessonPanel

    return LessonPanel(session, typesetter)


PANELS = (
    Panel("lesson", "Lesso&n", "The lesson that is being gone through", _lesson, 320, 0, "left", None),
    Panel("setup", "Set-&up", "The example, the layers, λ and α, the data", _setup, 270, 1220, "left", "step"),
    Panel(
        "inspector",
        "&Inspector",
        "The present step: formula, table, matrices, code",
        _inspector,
        330,
        760,
        "right",
        "step",
    ),
    Panel(
        "training", "Trainin&g", "How the network learns, and what has come of it", _training, 270, 760, "left", "train"
    ),
    Panel("curves", "&Curves", "J(Θ) against the iteration, run by run", _curves, 0, 0, "above", "train"),
    Panel("results", "&Results", "What the network gets right and wrong", _results, 330, 1220, "right", "train"),
    Panel("bugs", "&Bug lab", "Mistakes to plant in backpropagation", _bugs, 250, 760, "left", "check"),
    Panel("check", "&Verdict", "Whether D is the slope of J, entry by entry", _check, 320, 760, "right", "check"),
)
PANEL_ACTIONS = tuple(
    Action(f"show-{panel.name}", panel.title, "View", panel.help, starts_group=panel is PANELS[0]) for panel in PANELS
)


class Workbench(QWidget):
    """The board with the panels of the present tool around it; ``furnish`` brings what they hold.

    *mark* is told of each panel whether it is shown.
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        header: QWidget,
        board: BoardView,
        transport: Transport,
        mark: Callable[[str, bool], None],
    ) -> None:
        super().__init__()
        self._session, self._header, self._mark = session, header, mark
        self._board, self._transport = board, transport
        self._zoom = theme_of(session.state.view).zoom
        self._wanted = {panel.name: settings.panel(panel.name) for panel in PANELS}
        self._beside = False
        self._typesetter: Typesetter | None = None
        self.panels: dict[str, QWidget] = {}
        self.question: QWidget | None = None
        self._cards = {panel.name: Card() for panel in PANELS}
        self.board_card = Card(board, "board")
        self._transport_card = Card(transport, edge=0)
        self._column = QVBoxLayout(self)
        self._fill()
        session.listen(self._changed)

    def furnish(self) -> None:
        """Make what the panels hold; apart from the rest, so that the first picture need not wait for it."""
        from nnviz.picture.typeset import Typesetter  # as the panels

        self._typesetter = Typesetter()
        self._board.typeset_with(self._typesetter)
        self._furnish_tool(self._session.state.tool)

    def shown(self, panel: str) -> bool:
        """Whether the panel of that name is to be seen."""
        return not self._cards[panel].isHidden()

    def toggle(self, panel: str) -> None:
        """Show the panel, or put it away, from now on."""
        self._wanted[panel] = not self.shown(panel)
        self.arrange()

    def show_panel(self, panel: str) -> QWidget:
        """The panel, shown if it was put away."""
        if not self.shown(panel):
            self.toggle(panel)
        return self.panels[panel]

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours and sizes."""
        for one in (*self._cards.values(), self.board_card, self._transport_card):
            one.dress(theme)
        gap = theme.px(GAP)
        self._column.setContentsMargins(gap, gap, gap, gap)
        self._middle.setSpacing(gap)
        self._splitter.setHandleWidth(gap)
        self._stack.setHandleWidth(gap)
        self._rescale(theme.zoom / self._zoom)
        self._zoom = theme.zoom
        self.arrange()

    def arrange(self) -> None:
        """Of the present tool, show the panels that were asked for, and those that have room and nobody said no to."""
        theme, tool = theme_of(self._session.state.view), self._session.state.tool
        for panel in PANELS:
            wanted = self._wanted[panel.name]
            if wanted is None:
                taken = TAKEN if self._session.state.lesson is not None and panel.side == "right" else 0
                wanted = self.window().width() >= theme.px(panel.roomy + taken)
            visible = wanted and panel.tool in (tool, None)
            if panel.side == "left":
                visible = self._on_the_left(panel, visible)
            if visible is self._cards[panel.name].isHidden():
                self._cards[panel.name].setVisible(visible)
            self._mark(f"show-{panel.name}", wanted)
        self._transport_card.setVisible(tool == "step")

    def _on_the_left(self, panel: Panel, visible: bool) -> bool:
        """A lesson takes the place of the controls, unless they are asked for beside it."""
        lesson = self._session.state.lesson is not None
        if panel.tool is None:
            return lesson and visible
        return (visible and not lesson) or (lesson and self._beside and panel.tool == self._session.state.tool)

    def toggle_beside(self) -> None:
        """Show the controls of the tool beside the lesson, or put them away."""
        self._beside = not self._beside
        self.arrange()

    def restore(self, settings: Settings) -> None:
        """The widths of the panels as they were left."""
        widths = settings.splitter()
        if widths is None or not self._splitter.restoreState(QByteArray(widths)):
            self._set_widths(theme_of(self._session.state.view))
        self._splitter.setChildrenCollapsible(False)  # whatever an old state says

    def remember(self, settings: Settings) -> None:
        """Keep the widths, and which panels were asked for."""
        settings.remember_splitter(self._splitter.saveState())
        settings.remember_panels(self._wanted)

    @property
    def _parts(self) -> list[QWidget]:
        """The parts of the window as one reads them: header, left, above, board, transport, right."""
        sides = {side: [one for one in PANELS if one.side == side] for side in ("left", "above", "right")}
        left, above, right = (
            [self.panels[one.name] for one in panels if one.name in self.panels] for panels in sides.values()
        )
        asking = [] if self.question is None else [self.question]
        return [self._header, *left, *above, self._board, self._transport, *asking, *right]

    def _order_focus(self) -> None:
        """Tab walks through one part after the other."""
        stops = [stop for part in self._parts for stop in _stops(part) if stop.window() is self.window()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def go_to_part(self, step: int) -> None:
        """Put the focus into the next part of the window (*step* 1), or the one before (−1)."""
        seen = [[stop for stop in _stops(part) if stop.isVisible() and stop.isEnabled()] for part in self._parts]
        parts = [stops for stops in seen if stops]
        focus = self.window().focusWidget()
        here = next((number for number, stops in enumerate(parts) if focus in stops), -1 if step > 0 else 0)
        parts[(here + step) % len(parts)][0].setFocus(Qt.FocusReason.TabFocusReason)

    def _furnish_tool(self, tool: Tool) -> bool:
        """Make what the panels of *tool* hold, once; whether that was now."""
        if self._typesetter is None:
            return False  # the first picture is still to come
        tools = (tool,) if self._session.state.lesson is None else (tool, None)
        missing = [panel for panel in PANELS if panel.tool in tools and panel.name not in self.panels]
        for panel in missing:
            self.panels[panel.name] = panel.make(self._session, self._typesetter)
            self._cards[panel.name].column.addWidget(self.panels[panel.name])
        self._make_question()
        self._order_focus()
        return bool(missing)

    def _make_question(self) -> None:
        """The card of predict mode, above what the inspector tells; made when the mode is first on."""
        wanted = self._session.state.predict is not None and "inspector" in self.panels
        if self.question is not None or not wanted or self._typesetter is None:
            return
        from nnviz.ui.panels.question import QuestionCard

        card = self._cards["inspector"]
        self.question = QuestionCard(self._session, self._typesetter, self._board.setFocus, card)
        card.column.insertWidget(0, self.question)

    def _fill(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._stack = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        middle = QWidget()
        self._middle = QVBoxLayout(middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(self._stack, 1)
        self._middle.addWidget(self._transport_card)
        self._add("left", self._splitter)
        self._splitter.addWidget(middle)
        self._add("right", self._splitter)
        self._splitter.setStretchFactor(self._splitter.indexOf(middle), 1)
        self._add("above", self._stack)
        self._stack.addWidget(self.board_card)
        self._column.addWidget(self._splitter)

    def _add(self, side: str, splitter: QSplitter) -> None:
        for panel in PANELS:
            if panel.side == side:
                splitter.addWidget(self._cards[panel.name])

    def _set_widths(self, theme: Theme) -> None:
        left = [theme.px(panel.width) for panel in PANELS if panel.side == "left"]
        right = [theme.px(panel.width) for panel in PANELS if panel.side == "right"]
        rest = self.window().width() - max(left) - max(right) - 4 * theme.px(GAP)
        self._splitter.setSizes([*left, max(rest, 1), *right])

    def _rescale(self, ratio: float) -> None:
        """Let the panels grow with what is in them, as far as the board keeps some room."""
        if ratio == 1.0:
            return
        sizes = self._splitter.sizes()
        most = int(sum(sizes) * MOST)
        sides = {self._splitter.indexOf(one) for one in self._cards.values()}
        widths = [min(round(size * ratio), most) if index in sides else size for index, size in enumerate(sizes)]
        middle = next(index for index in range(len(sizes)) if index not in sides)
        widths[middle] += sum(sizes) - sum(widths)
        self._splitter.setSizes(widths)

    def _changed(self, old: State | None, new: State) -> None:
        if old is not None and (old.tool != new.tool or (old.lesson is None) is not (new.lesson is None)):
            self._beside = self._beside and new.lesson is not None
            fresh = self._furnish_tool(new.tool)
            self.arrange()
            if fresh:
                self._share_height()
        if old is not None and old.predict is None and new.predict is not None:
            self._make_question()
            self._order_focus()
            self.show_panel("inspector")

    def _share_height(self) -> None:
        """What is above the board takes its share when it is first shown; the user may move the line between them."""
        above = round(ABOVE * self._stack.height())
        self._stack.setSizes([above, self._stack.height() - above])


def _stops(part: QWidget) -> list[QWidget]:
    """Where Tab stops in it, in the order in which it was made if it does not know better."""
    inside = getattr(part, "in_reading_order", None) or part.findChildren(QWidget)
    return [one for one in (part, *inside) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
