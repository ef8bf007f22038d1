"""The table of actions as Qt has it: menus, keys, tooltips, kept up to date with the state."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.action import Action
from nnviz.ui.actions import ACTIONS

_SEEN = (
    *("model", "moment", "level", "view", "playing", "training", "tool"),
    *("answer", "estimate", "chosen", "stage", "lesson", "predict"),
)
"""The parts of the state that rows look at."""

_SUBMENUS = {"Level of a step": "Level &of a step", "Speed": "Spee&d", "Theme": "T&heme", "Code": "Cod&e"}
"""Submenus whose first letter another row of the menu has for its own."""


class Actions(QObject):
    """The table as Qt's actions, kept up to date with the state.

    ``deeds`` does what rows without a command name; ``tell`` shows a note. *more* are rows of the window's own.
    """

    def __init__(
        self,
        session: Session,
        deeds: Mapping[str, Callable[[], None]],
        tell: Callable[[str], None],
        window: QWidget,
        more: tuple[Action, ...] = (),
    ) -> None:
        super().__init__(window)
        self._session = session
        self._deeds = dict(deeds)
        self._tell = tell
        self.rows = ACTIONS + more
        self._menus: dict[str, QMenu] = {}  # by path; Qt alone does not keep them alive
        self._reasons: dict[str, str | None] = {}
        self._actions = {row.name: self._made(row, window) for row in self.rows}
        self._forget = session.listen(self._changed)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def close(self) -> None:
        """Listen no longer."""
        self._forget()
        self._forget = lambda: None

    def menus(self, bar: QMenuBar) -> None:
        """Fill *bar* with the menus, in the order in which the table names them."""
        for row in self.rows:
            self._put(row, _submenu(bar, row.menu, self._menus))

    def menu(self, path: str, parent: QWidget) -> QMenu:
        """A menu of its own that holds the rows of *path*."""
        made = QMenu(parent)
        for row in self.rows:
            if row.menu == path:
                self._put(row, made)
        return made

    def _put(self, row: Action, menu: QMenu) -> None:
        if row.starts_group and not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(self._actions[row.name])

    def _made(self, row: Action, window: QWidget) -> QAction:
        action = QAction(row.text, window, checkable=row.checkable, autoRepeat=row.repeats)
        action.setObjectName(row.name)
        action.setIconVisibleInMenu(False)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(_tooltip(row, None))
        action.setStatusTip(row.help)
        action.triggered.connect(lambda: self._do(row))
        window.addAction(action)
        return action

    def _do(self, row: Action) -> None:
        before = self._session.state
        if row.command is None:
            self._deeds[row.name]()
        else:
            self._session.attempt(row.command(before))
        self._update(row)  # Qt has already turned the mark over, whatever came of it
        if note := row.note(before, self._session.state):
            self._tell(note)

    def _changed(self, old: State | None, new: State) -> None:
        if old is not None and all(getattr(old, part) is getattr(new, part) for part in _SEEN):
            return
        for row in self.rows:
            self._update(row)

    def _update(self, row: Action) -> None:
        action = self._actions[row.name]
        reason = row.refusal(self._session)
        if action.isEnabled() is not (reason is None) or reason != self._reasons.get(row.name):
            self._reasons[row.name] = reason
            action.setEnabled(reason is None)
            action.setToolTip(_tooltip(row, reason))
        if row.checked is not None:
            action.setChecked(row.checked(self._session.state))
        if row.wording is not None:
            action.setText(row.wording(self._session))


def _submenu(bar: QMenuBar, path: str, made: dict[str, QMenu]) -> QMenu:
    """The menu at *path* ("View/Theme"), and those that it is in, taken from *made* or made."""
    if path not in made:
        above, _, title = path.rpartition("/")
        menu = QMenu(_SUBMENUS.get(title, f"&{title}"), bar)
        menu.setToolTipsVisible(True)
        (_submenu(bar, above, made) if above else bar).addMenu(menu)
        made[path] = menu
    return made[path]


def _tooltip(row: Action, reason: str | None) -> str:
    keys = f" ({key_text(row.keys[0])})" if row.keys else ""
    return f"{row.help}{keys}" + (f"\nNot now: {reason}" if reason else "")


def key_text(key: str) -> str:
    """A key as people call it."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("Right", "→").replace("Left", "←")
