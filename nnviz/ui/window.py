"""The window: a header above the workbench, and the keys. Nothing is decided here about the story."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from nnviz.session.commands import Pause, PauseTraining, ShowTool
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.board import BoardView
from nnviz.ui.checker import Checker
from nnviz.ui.guard import guarded
from nnviz.ui.header import Header
from nnviz.ui.menus import Actions
from nnviz.ui.messages import Messages
from nnviz.ui.player import Player
from nnviz.ui.quiet import quiet
from nnviz.ui.recaller import Recaller
from nnviz.ui.scorer import Scorer
from nnviz.ui.settings import Settings
from nnviz.ui.style import dress
from nnviz.ui.theme import theme_of
from nnviz.ui.trainer import Trainer
from nnviz.ui.transport import Transport
from nnviz.ui.workbench import PANEL_ACTIONS, PANELS, Workbench
from nnviz.ui.worker import Background

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent

    from nnviz.ui.data.desk import DataDesk
    from nnviz.ui.exporting.desk import ExportDesk
    from nnviz.ui.lessons.desk import LessonDesk
    from nnviz.ui.own import OwnDesk

FIRST_SIZE = (1440, 900)
FRAME = (4, 40)
"""Room for what the desktop draws around the window, which is not known before it is shown."""
SMALLEST = (720, 480)
LESSON = ".lesson"


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
        self.table = Actions(session, self._deeds(), self.tell, self, PANEL_ACTIONS)
        self.header = Header(session, self.table)
        self.board = BoardView(session)
        self.transport = Transport(session, self.table)
        self.workbench = Workbench(session, settings, self.header, self.board, self.transport, self._mark)
        self._messages = Messages(session, self.workbench.board_card)
        self._desk: DataDesk | None = None
        self._own: OwnDesk | None = None
        self._lessons: LessonDesk | None = None
        self._exports: ExportDesk | None = None
        self.setAcceptDrops(True)
        self.player = Player(session, self)
        self.trainer = Trainer(session, self)
        self.scorer = Scorer(session, self)
        self.recaller = Recaller(session, self)
        self.checker = Checker(session, self)
        self.files = Background(self)
        self.player.progress_changed.connect(self.board.set_progress)
        self.header.network_asked.connect(self._ask_network)
        self.header.problem.connect(self.tell)
        self._fill()
        session.listen(self._changed)
        self._restore()
        self.board.setFocus()

    def furnish(self) -> None:
        """Make what the panels hold, once; apart from the rest, so that the first picture need not wait for it."""
        self.workbench.furnish()

    @property
    def panels(self) -> Mapping[str, QWidget]:
        """What has been made of the panels, by name."""
        return self.workbench.panels

    @property
    def desk(self) -> "DataDesk":
        """Where data of the user's own come in; made when it is first asked for."""
        if self._desk is None:
            from nnviz.ui.data.desk import DataDesk  # the first picture does without

            self._desk = DataDesk(self)
        return self._desk

    @property
    def own(self) -> "OwnDesk":
        """Where the student's own code is watched; made when it is first asked for."""
        if self._own is None:
            from nnviz.ui.own import OwnDesk  # the first picture does without

            self._own = OwnDesk(self)
        return self._own

    @property
    def lessons(self) -> "LessonDesk":
        """Where lessons come in; made when it is first asked for."""
        if self._lessons is None:
            from nnviz.ui.lessons.desk import LessonDesk  # the first picture does without

            self._lessons = LessonDesk(self)
        return self._lessons

    @property
    def exports(self) -> "ExportDesk":
        """Where documents and animations are saved; made when it is first asked for."""
        if self._exports is None:
            from nnviz.ui.exporting.desk import ExportDesk  # the first picture does without

            self._exports = ExportDesk(self)
        return self._exports

    def tell(self, text: str) -> None:
        """Show a message."""
        self._messages.tell(text)

    def shown(self, panel: str) -> bool:
        """Whether the panel of that name is to be seen."""
        return self.workbench.shown(panel)

    def redress(self) -> None:
        """Take the theme's colours and sizes; when the view changes, and when the desktop turns dark or light."""
        theme = theme_of(self.session.state.view)
        dress(self, theme)
        self.workbench.dress(theme)

    def event(self, event: QEvent) -> bool:
        # Qt asks here, after the widget with the focus, whether a key is to be typed or is a shortcut.
        overrides = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride
        if overrides and keeps(self.focusWidget(), event):
            event.accept()
            return True
        return super().event(event)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._messages.put_away()
            self.board.setFocus()
        else:
            super().keyPressEvent(event)

    @guarded
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """On every view, where nothing else answers a right click: what one is looking at."""
        from nnviz.ui.help import show_help  # only when it is asked for
        from nnviz.ui.views import view_of

        view = view_of(self.childAt(event.pos()))
        if view is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("What am I looking at?", lambda: show_help(self, view))
        menu.popup(event.globalPos())

    @guarded
    def dragEnterEvent(self, event: "QDragEnterEvent") -> None:
        """Only the first time: from then on Drops gets the event before."""
        from nnviz.ui.drops import Drops  # the first picture does without

        Drops(self, self.tell, self._opened).greet(event)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.workbench.arrange()

    @guarded
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._mark("show-full-screen", self.isFullScreen())

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        self.session.do(Pause())
        self.session.do(PauseTraining())
        self._close_dialogs()
        self.player.close()
        self.trainer.close()
        self.scorer.close()
        self.recaller.close()
        self.checker.close()
        self.files.close()
        self.board.close()
        self.header.close_work()
        for desk in (self._desk, self._own, self._lessons, self._exports):
            if desk is not None:
                desk.close()
        self._messages.put_away()
        self.settings.remember(self.session.state)
        self.settings.remember_geometry(self.saveGeometry())
        self.workbench.remember(self.settings)
        self.settings.sync()
        super().closeEvent(event)

    def _close_dialogs(self) -> None:
        """All of them, without asking anything; what they have under way stops."""
        from PySide6.QtWidgets import QDialog  # the first picture does without

        for dialog in self.findChildren(QDialog):
            if dialog.isVisible():  # others have been closed, and only wait to be deleted
                dialog.done(QDialog.DialogCode.Rejected)

    def _fill(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.workbench, 1)

    def _restore(self) -> None:
        geometry = self.settings.geometry()
        if geometry is None or not self.restoreGeometry(geometry):
            available = self.screen().availableGeometry()
            room = (available.width() - FRAME[0], available.height() - FRAME[1])
            self.resize(min(FIRST_SIZE[0], room[0]), min(FIRST_SIZE[1], room[1]))
        self.workbench.restore(self.settings)

    def _changed(self, old: State | None, new: State) -> None:
        if new.tool == "train" and (old is None or old.tool != new.tool):
            self.trainer.warm_up()
        if old is None or theme_of(old.view) is not theme_of(new.view):
            self.redress()

    def _mark(self, name: str, on: bool) -> None:
        with quiet(self.table[name]):
            self.table[name].setChecked(on)

    def _deeds(self) -> dict[str, Callable[[], None]]:
        """What the actions do that send no command."""
        panels = {f"show-{panel.name}": lambda name=panel.name: self.workbench.toggle(name) for panel in PANELS}
        return panels | {
            "open-data": lambda: self.desk.ask(),
            "enter-data": lambda: self.desk.enter(),
            "generate-data": lambda: self.desk.generate(),
            "check-own": lambda: self.own.ask(),
            "lessons": lambda: self.lessons.show_list(),
            "open-lesson": lambda: self.lessons.ask(),
            "save-thetas": self._save_thetas,
            "load-thetas": self._load_thetas,
            "export": self._export,
            "export-story": lambda: self.exports.story(),
            "export-film": lambda: self.exports.film(),
            "worksheet": self._worksheet,
            "quit": self.close,
            "next-part": lambda: self.workbench.go_to_part(1),
            "previous-part": lambda: self.workbench.go_to_part(-1),
            "undo": self.session.undo,
            "redo": self.session.redo,
            "go-to-step": lambda: self.transport.go_to_step(),
            "show-full-screen": self._toggle_full_screen,
            "help": self._help,
        }

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _ask_network(self) -> None:
        self.session.do(ShowTool("step"))
        self.workbench.show_panel("setup").focus_layers()

    def _opened(self, paths: list[Path]) -> None:
        """Files that were dropped: a program of the student's, a lesson, or data."""
        ending = paths[0].suffix.lower() if len(paths) == 1 else ""
        if ending == ".py":
            self.own.open(paths[0])
        elif ending == LESSON:
            self.lessons.open(paths[0])
        else:
            self.desk.open(paths)

    def _save_thetas(self) -> None:
        from nnviz.ui.keep import ask_and_save  # only when it is asked for

        ask_and_save(self)

    def _load_thetas(self) -> None:
        from nnviz.ui.keep import ask_and_load  # only when it is asked for

        ask_and_load(self)

    def _export(self) -> None:
        from nnviz.ui.save import ask_and_save  # only when it is asked for

        ask_and_save(self)

    def _worksheet(self) -> None:
        from nnviz.ui.worksheet import ask  # only when it is asked for

        ask(self)

    def _help(self) -> None:
        from nnviz.ui.help import show_help  # only when it is asked for

        show_help(self)


_PRESS = {Qt.Key.Key_Space}
_PAGE = {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_WALK = _PAGE | {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}
# By name: importing what is only asked about would cost milliseconds at start.
_KEPT = (
    ("Timeline", set()),
    ("Iterations", set()),
    ("QAbstractButton", _PRESS),
    ("ClickLabel", _PRESS),
    ("QComboBox", _PRESS),
    ("QAbstractSpinBox", _PAGE),
    ("EntryList", _PRESS | _PAGE | {Qt.Key.Key_Home, Qt.Key.Key_End}),
    ("QAbstractItemView", _PRESS | _WALK),
    ("QAbstractSlider", _WALK),
)
"""What Qt's widgets do with keys that are shortcuts here; the first row that fits counts."""


def keeps(widget: QWidget | None, event: QKeyEvent) -> bool:
    """Whether a key belongs to the widget with the focus. Where text is typed, the field has already said so."""
    if widget is None or event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return False
    return event.key() in next((keys for kind, keys in _KEPT if widget.inherits(kind)), set())
