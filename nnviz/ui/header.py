"""The bar at the top: name, tools, menus, and what is studied: data, network, example, seed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QMenuBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from nnviz.engine.data import Dataset
from nnviz.session.commands import ChooseData, SetSeed, ShowTool
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.guard import guarded
from nnviz.ui.icons import icon
from nnviz.ui.menus import Actions
from nnviz.ui.theme import Theme, theme_of
from nnviz.ui.worker import Background

MENU_PADDING = 26
DATA_TIP = "Choose the data to learn from, or bring your own"
TOOLS = ("tool-step", "tool-train", "tool-check")


class Chip(QToolButton):
    """A button with a quiet label before what it shows. A narrow bar leaves out the label, unless it is ``kept``."""

    def __init__(self, label: str, tip: str) -> None:
        super().__init__()
        self._label, self._value, self._role, self._compact = label, "", "text", False
        self.kept = False
        self._theme: Theme | None = None
        self.setObjectName(f"chip-{label.lower()}")
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str:
        """What it shows."""
        return self._value

    def show_value(self, value: str, role: str = "text") -> None:
        """Show *value* in the colour of *role*."""
        if (value, role) != (self._value, self._role):
            self._value, self._role = value, role
            self.setAccessibleName(f"{self._label}: {value}")
            self.updateGeometry()
            self.update()

    def show_compact(self, compact: bool) -> None:
        """With or without the label."""
        compact = compact and not self.kept
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = theme
        self.setFont(theme.font(12.5))
        self.updateGeometry()

    def full_width(self) -> int:
        """The width with the label."""
        return self._width(compact=False)

    def sizeHint(self) -> QSize:
        return QSize(self._width(self._compact), self._theme.px(30) if self._theme else 30)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # an empty button: the label and the value have two colours
        if self._theme is None:
            return
        painter = QPainter(self)
        area = self.rect().adjusted(self._theme.px(10), 0, -self._theme.px(10), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        if not self._compact:
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, self._label)
            area.setLeft(area.left() + self._label_width())
        painter.setPen(self._theme.colour(self._role if self.isEnabled() else "muted"))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, self._value)

    def _label_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self._label + "  ")

    def _width(self, compact: bool) -> int:
        padding = 2 * (self._theme.px(10) if self._theme else 10) + 2
        label = 0 if compact else self._label_width()
        return QFontMetrics(self.font()).horizontalAdvance(self._value) + label + padding


class Header(QWidget):
    """The bar. ``network_asked`` is for the window, which knows the panel where layers are set."""

    network_asked = Signal()
    problem = Signal(str)
    """What is wrong with data that were asked for, in words."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._actions = session, actions
        self.setObjectName("header")
        self._background = Background(self)
        self._chosen: Dataset | None = None
        self._name = QLabel("nnviz")
        self.tabs = tuple(self._tab(name) for name in TOOLS)
        self.menus = QMenuBar(accessibleName="Menus")
        actions.menus(self.menus)
        self.data = Chip("Data", DATA_TIP)
        self.network = Chip("Network", "Change the layers")
        self.iteration = Chip("Iteration", "Which Θ is looked at: go to the training")
        self.example = Chip("Example", "Choose an example")
        self.bug = Chip("Bug", "")
        self.seed = self._seed_button()
        self._fill()
        self._connect()
        session.listen(self._changed)

    @property
    def loading(self) -> bool:
        """Whether data are being read."""
        return self._background.busy

    def close_work(self) -> None:
        """Let go of data that are being read."""
        self._background.close()

    def choose_data(self, name: str) -> None:
        """Read the data of that name beside the window, then study them."""
        self.data.setEnabled(False)
        self.data.setToolTip("The data are being read.")
        from nnviz.ui import data_menu  # with the generators, which the start does without

        self._background.run(lambda: data_menu.made(name), self._loaded, self._not_loaded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme_of(self._session.state.view).colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)  # fillRect makes gradients' enums first

    def _tab(self, name: str) -> QToolButton:
        tab = QToolButton(objectName=name)
        tab.setProperty("tab", True)
        tab.setDefaultAction(self._actions[name])
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return tab

    def _seed_button(self) -> QToolButton:
        button = QToolButton(objectName="chip-seed")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip("Draw Θ anew from the next seed; the arrow lets you type one")
        menu = QMenu(button)
        menu.addAction(self._actions["next-seed"])
        menu.addAction("&Type a seed…", self._ask_seed)
        button.setMenu(menu)
        button.clicked.connect(self._actions["next-seed"].trigger)
        return button

    def _fill(self) -> None:
        row = QHBoxLayout(self)
        row.addWidget(self._name)
        for tab in self.tabs:
            row.addWidget(tab)
        row.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for chip in (self.bug, self.data, self.network, self.iteration, self.example, self.seed):
            row.addWidget(chip)

    def _connect(self) -> None:
        menu = QMenu(self.data)
        menu.aboutToShow.connect(self._list_data)
        self.data.setMenu(menu)
        self.data.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.network.clicked.connect(self.network_asked)
        self.iteration.clicked.connect(lambda: self._session.do(ShowTool("train")))
        self.example.clicked.connect(self._show_examples)
        self.bug.clicked.connect(lambda: self._session.do(ShowTool("check")))

    def _changed(self, old: State | None, new: State) -> None:
        if old is None or old.view is not new.view:
            self._dress(theme_of(new.view))
        if old is None or _seen(old) != _seen(new):
            self._show(new)
            self._fit()

    def _show(self, state: State) -> None:
        iteration, reached = state.moment.iteration, state.training.reached
        past = iteration < reached
        self.iteration.kept = not past  # a bare number says nothing
        self.iteration.show_value(
            f"{iteration:,} of {reached:,} · the past" if past else f"{iteration:,}", "accent" if past else "text"
        )
        model, count = state.model, len(state.model.dataset)
        self.data.show_value(f"{model.dataset.title} · {count:,} ▾")
        self.network.show_value("-".join(map(str, model.network.sizes)))
        example = state.moment.example
        changed = " (changed)" if example in model.changed else ""
        part = "" if state.story.trace.learnt else " (test)" if example in model.examples.test_rows else " (waits)"
        self.example.show_value(f"{example + 1:,} of {count:,} · {model.class_name(example)}{changed}{part} ▾")
        self._show_bug(state)
        self.seed.setText(f"seed {model.seed}")
        self.seed.setAccessibleName(f"Seed {model.seed}: draw Θ anew from the next one")

    def _show_bug(self, state: State) -> None:
        """Whoever walks or trains with a planted mistake is to know it."""
        if state.fault is None:
            return
        title = "one that is hidden"
        if not state.model.recipe.hidden:
            from nnviz.engine.faults import fault  # the start does without

            title = fault(state.fault).title
        self.bug.show_value("✕ planted", "differ")
        self.bug.setToolTip(f"A mistake is planted in backpropagation: {title}. To the bug lab")

    def _dress(self, theme: Theme) -> None:
        self._name.setFont(theme.font(15, bold=True))
        self.menus.setFont(theme.font(12.5))
        for tab in self.tabs:
            tab.setFont(theme.font(12.5))
            tab.setFixedHeight(theme.px(30))
        for chip in (self.bug, self.data, self.network, self.iteration, self.example):
            chip.dress(theme)
        self.seed.setFont(theme.font(12.5))
        self.seed.setFixedHeight(theme.px(30))
        self.seed.setIcon(icon("refresh", theme.palette.text, size=theme.px(14)))
        self.seed.setIconSize(QSize(theme.px(14), theme.px(14)))
        row = self.layout()
        row.setContentsMargins(theme.px(13), theme.px(9), theme.px(13), theme.px(9))
        row.setSpacing(theme.px(10))
        self._fit()

    def _fit(self) -> None:
        """Leave the chips' labels out where there is no room for them, then what is wanted least and does not fit."""
        trained = self._session.state.training.run is not None
        self.iteration.setVisible(trained)
        planted = self._session.state.fault is not None
        self.bug.setVisible(planted)
        trained_chips = (self.iteration,) if trained else ()
        chips = (*((self.bug,) if planted else ()), self.data, self.network, *trained_chips, self.example)
        row = self.layout()
        menus = self._menus_width()
        self.menus.setFixedWidth(menus)  # Qt's own hint lets it fold menus away
        margins = row.contentsMargins()
        fixed = (self._name, *self.tabs, self.seed)
        others = menus + sum(widget.sizeHint().width() for widget in fixed)
        gaps = margins.left() + margins.right() + (len(fixed) + 1 + len(chips)) * row.spacing()
        room = self.width() - others - gaps
        compact = sum(chip.full_width() for chip in chips) > room
        for chip in chips:
            chip.show_compact(compact)
        room += sum(one.sizeHint().width() + row.spacing() for one in (self._name, self.seed))
        room += len(chips) * row.spacing()
        firsts = (self.bug, self.data) if planted else (self.data,)
        for widget in (*firsts, *reversed(chips[len(firsts) :]), self.seed, self._name):
            needed = widget.sizeHint().width() + row.spacing()
            widget.setVisible(needed <= room)
            room -= needed if needed <= room else 0

    def _menus_width(self) -> int:
        metrics = QFontMetrics(self.menus.font())
        theme = theme_of(self._session.state.view)
        titles = (action.text().replace("&", "") for action in self.menus.actions())
        return sum(metrics.horizontalAdvance(title) + theme.px(MENU_PADDING) for title in titles)

    def _list_data(self) -> None:
        """Fill the menu when it is first opened: descriptions are files, which start-up need not read."""
        from nnviz.ui import data_menu

        menu = self.data.menu()
        if menu.isEmpty():
            data_menu.fill(menu, self._actions)
            menu.triggered.connect(self._data_chosen)
        present = self._session.state.model.dataset
        ours = present is self._chosen or data_menu.is_shipped(present)
        name = present.name if ours else None  # a file of the user's may be called as one of ours
        for action in menu.actions():
            if action.isCheckable():
                action.setChecked(action.data() == name)

    def _data_chosen(self, action: QAction) -> None:
        if action.isCheckable():
            self.choose_data(action.data())

    def _loaded(self, dataset: Dataset) -> None:
        self._ready_for_data()
        self._chosen = dataset
        if dataset is not self._session.state.model.dataset:
            self._session.attempt(ChooseData(dataset))

    def _not_loaded(self, error: Exception) -> None:
        self._ready_for_data()
        self.problem.emit(str(error))

    def _ready_for_data(self) -> None:
        self.data.setEnabled(True)
        self.data.setToolTip(DATA_TIP)

    def _show_examples(self) -> None:
        from nnviz.ui.examples import ExamplePopup  # only when it is first asked for

        popup = ExamplePopup(self._session, self._actions, self)
        popup.open_below(self.example)

    def _ask_seed(self) -> None:
        from nnviz.ui.seed import SeedPopup  # only when it is asked for

        popup = SeedPopup(self._session.state.model.seed, self._session.state.view, self)
        popup.chosen.connect(lambda seed: self._session.attempt(SetSeed(seed)))
        popup.open_below(self.seed)


def _seen(state: State) -> tuple[object, ...]:
    return id(state.model), state.moment.example, id(state.training.run), state.training.reached
