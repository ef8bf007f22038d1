"""The window: a header, panels from a table, the board above its transport. Nothing is decided here about the story."""

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from nnviz.session.commands import Pause
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.actions import Action
from nnviz.ui.board import BoardView
from nnviz.ui.card import Card
from nnviz.ui.header import Header
from nnviz.ui.menus import Actions
from nnviz.ui.messages import Messages
from nnviz.ui.player import Player
from nnviz.ui.quiet import quiet
from nnviz.ui.settings import Settings
from nnviz.ui.style import dress
from nnviz.ui.theme import Theme, theme_of
from nnviz.ui.transport import Transport

if TYPE_CHECKING:  # what the first picture does without is imported when it is made
    from nnviz.picture.typeset import Typesetter

GAP = 12
FIRST_SIZE = (1440, 900)
SMALLEST = (640, 480)
MOST = 0.42
"""The share of the width that a panel may take by growing with the zoom."""


class Panel(NamedTuple):
    """A panel beside the board: *width* pixels wide at first, and shown by itself in windows from *roomy* on."""

    name: str
    title: str
    help: str
    make: "Callable[[Session, Typesetter], QWidget]"
    width: int
    roomy: int
    left: bool


# The panels are imported when they are made: the first picture need not wait for them.
def _setup(session: Session, typesetter: "Typesetter") -> QWidget:
    from nnviz.ui.panels.setup import SetupPanel

    return SetupPanel(session)


def _inspector(session: Session, typesetter: "Typesetter") -> QWidget:
    from nnviz.ui.panels.inspector import Inspector

    return Inspector(session, typesetter)


PANELS = (
    Panel("setup", "&Set-up", "The example, the layers, λ and α, the data", _setup, 270, 1220, True),
    Panel("inspector", "&Inspector", "The present step: formula, table, matrices, code", _inspector, 330, 760, False),
)
PANEL_ACTIONS = tuple(
    Action(f"show-{panel.name}", panel.title, "View", panel.help, starts_group=panel is PANELS[0]) for panel in PANELS
)


class Window(QWidget):
    """All of it; ``furnish`` brings what the panels hold. Closing stops every timer and thread, and remembers how
    things were shown.
    """

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("nnviz")
        self.setMinimumSize(*SMALLEST)
        self.session, self.settings = session, settings
        self._zoom = theme_of(session.state.view).zoom
        self._wanted = {panel.name: settings.panel(panel.name) for panel in PANELS}
        self.table = Actions(session, self._deeds(), self.tell, self, PANEL_ACTIONS)
        self.header = Header(session, self.table)
        self.board = BoardView(session)
        self.transport = Transport(session, self.table)
        self.panels: dict[str, QWidget] = {}
        self._cards = {panel.name: Card() for panel in PANELS}
        self._board_card = Card(self.board, "board")
        self._transport_card = Card(self.transport, edge=0)
        self._messages = Messages(session, self._board_card)
        self.player = Player(session, self)
        self.player.progress_changed.connect(self.board.set_progress)
        self.header.network_asked.connect(self._ask_network)
        self.header.problem.connect(self.tell)
        self._fill()
        session.listen(self._changed)
        self._restore()
        self.board.setFocus()

    def furnish(self) -> None:
        """Make what the panels hold, once; apart from the rest, so that the first picture need not wait for it."""
        from nnviz.picture.typeset import Typesetter  # as the panels

        typesetter = Typesetter()
        self.board.typeset_with(typesetter)
        for panel in PANELS:
            if panel.name not in self.panels:
                self.panels[panel.name] = panel.make(self.session, typesetter)
                self._cards[panel.name].column.addWidget(self.panels[panel.name])
        self._order_focus()

    def tell(self, text: str) -> None:
        """Show a message."""
        self._messages.tell(text)

    def shown(self, panel: str) -> bool:
        """Whether the panel of that name is to be seen."""
        return not self._cards[panel].isHidden()

    def redress(self) -> None:
        """Take the theme's colours and sizes; when the view changes, and when the desktop turns dark or light."""
        theme = theme_of(self.session.state.view)
        dress(self, theme)
        for one in (*self._cards.values(), self._board_card, self._transport_card):
            one.dress(theme)
        gap = theme.px(GAP)
        self._content.setContentsMargins(gap, gap, gap, gap)
        self._middle.setSpacing(gap)
        self._splitter.setHandleWidth(gap)
        self._rescale(theme.zoom / self._zoom)
        self._zoom = theme.zoom
        self._arrange()

    def event(self, event: QEvent) -> bool:
        # Qt asks here, after the widget with the focus, whether a key is to be typed or is a shortcut.
        overrides = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride
        if overrides and keeps(self.focusWidget(), event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._messages.put_away()
            self.board.setFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._mark("show-full-screen", self.isFullScreen())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.session.do(Pause())
        self.player.close()
        self.board.close()
        self.header.close_work()
        self._messages.put_away()
        self.settings.remember(self.session.state)
        self.settings.remember_window(self.saveGeometry(), self._splitter.saveState())
        self.settings.remember_panels(self._wanted)
        self.settings.sync()
        super().closeEvent(event)

    def _fill(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        middle = QWidget()
        self._middle = QVBoxLayout(middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(self._board_card, 1)
        self._middle.addWidget(self._transport_card)
        for panel in PANELS:
            if panel.left:
                self._splitter.addWidget(self._cards[panel.name])
        self._splitter.addWidget(middle)
        for panel in PANELS:
            if not panel.left:
                self._splitter.addWidget(self._cards[panel.name])
        self._splitter.setStretchFactor(self._splitter.indexOf(middle), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self._content = QVBoxLayout()
        self._content.addWidget(self._splitter)
        column.addLayout(self._content, 1)

    def _order_focus(self) -> None:
        """Tab walks as one reads: header, left, board, transport, right."""
        order = [self.header, *(self.panels[one.name] for one in PANELS if one.left), self.board, self.transport]
        order += [self.panels[one.name] for one in PANELS if not one.left]
        chain = [widget for part in order for widget in (part, *part.findChildren(QWidget))]
        stops = [one for one in chain if one.window() is self and one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _restore(self) -> None:
        geometry, widths = self.settings.geometry(), self.settings.splitter()
        if geometry is None or not self.restoreGeometry(geometry):
            available = self.screen().availableGeometry()
            self.resize(min(FIRST_SIZE[0], available.width()), min(FIRST_SIZE[1], available.height()))
        if widths is None or not self._splitter.restoreState(QByteArray(widths)):
            self._set_widths(theme_of(self.session.state.view))
        self._splitter.setChildrenCollapsible(False)  # whatever an old state says

    def _set_widths(self, theme: Theme) -> None:
        left = [theme.px(panel.width) for panel in PANELS if panel.left]
        right = [theme.px(panel.width) for panel in PANELS if not panel.left]
        rest = self.width() - sum(left) - sum(right) - theme.px(GAP) * (len(PANELS) + 2)
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
        if old is None or theme_of(old.view) is not theme_of(new.view):
            self.redress()

    def _arrange(self) -> None:
        """Show the panels that were asked for, and those for which there is room and nobody said no."""
        theme = theme_of(self.session.state.view)
        for panel in PANELS:
            wanted = self._wanted[panel.name]
            visible = self.width() >= theme.px(panel.roomy) if wanted is None else wanted
            if visible is self._cards[panel.name].isHidden():
                self._cards[panel.name].setVisible(visible)
            self._mark(f"show-{panel.name}", visible)

    def _mark(self, name: str, on: bool) -> None:
        with quiet(self.table[name]):
            self.table[name].setChecked(on)

    def _deeds(self) -> dict[str, Callable[[], None]]:
        """What the actions do that send no command."""
        panels = {f"show-{panel.name}": lambda name=panel.name: self._toggle(name) for panel in PANELS}
        return panels | {
            "export": self._export,
            "quit": self.close,
            "undo": self.session.undo,
            "redo": self.session.redo,
            "go-to-step": lambda: self.transport.go_to_step(),
            "show-full-screen": self._toggle_full_screen,
            "help": self._help,
        }

    def _toggle(self, panel: str) -> None:
        self._wanted[panel] = not self.shown(panel)
        self._arrange()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _ask_network(self) -> None:
        if not self.shown("setup"):
            self._toggle("setup")
        self.panels["setup"].focus_layers()

    def _export(self) -> None:
        from nnviz.ui.save import ask_and_save  # only when it is asked for

        ask_and_save(self)

    def _help(self) -> None:
        from nnviz.ui.help import show_help  # only when it is asked for

        show_help(self)


_PRESS = {Qt.Key.Key_Space}
_PAGE = {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_WALK = _PAGE | {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}
# By name: importing what is only asked about would cost milliseconds at start.
_KEPT = (
    ("Timeline", set()),
    ("QAbstractButton", _PRESS),
    ("QComboBox", _PRESS),
    ("QAbstractSpinBox", _PAGE),
    ("QAbstractItemView", _PRESS | _WALK),
    ("QAbstractSlider", _WALK),
)
"""What Qt's widgets do with keys that are shortcuts here; the first row that fits counts."""


def keeps(widget: QWidget | None, event: QKeyEvent) -> bool:
    """Whether a key belongs to the widget with the focus. Where text is typed, the field has already said so."""
    if widget is None or event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return False
    return event.key() in next((keys for kind, keys in _KEPT if widget.inherits(kind)), set())
