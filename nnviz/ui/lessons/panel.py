"""The panel of a lesson: one scene at a time, and the way on, back and out."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from nnviz.picture.typeset import Typesetter
from nnviz.picture.written import formula
from nnviz.session.lesson.studying import GoToScene, LeaveLesson, Restage
from nnviz.session.lesson.values import Block, Formula, Paragraph, Question, Scene, Task, Words
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import IconButton, Label, Line, beside, dress_children, steady
from nnviz.ui.lessons.asked import QuestionSection, TaskSection
from nnviz.ui.lessons.label import LineLabel
from nnviz.ui.panels.pictures import Job, PicturedFormula, Pictures
from nnviz.ui.style import palette
from nnviz.ui.theme import Theme, theme_of

SIZE = 15.0
"""Of a formula that stands alone, in pixels at zoom 1."""
LEAST_WIDTH = 250
NEXT, LAST = "Next", "Done"


class LessonPanel(QScrollArea):
    """A scene in a column that scrolls when it must."""

    def __init__(self, session: Session, typesetter: Typesetter) -> None:
        super().__init__()
        self.setObjectName("lesson")
        self.setAccessibleName("Lesson")
        self._session = session
        self._pictures = Pictures(typesetter, self)
        self._scene: Scene | None = None
        self.blocks: list[QWidget] = []
        self.title, self.count = Label("", "muted", 11.5), Label("", "muted", 11.5)
        self.title.setWordWrap(True)
        self.heading = Label("", "text", 16, bold=True)
        self.heading.setWordWrap(True)
        self.controls = IconButton("adjustments", "Controls of this tool", "Show or hide the tool's own controls")
        self.again = IconButton("refresh", "Set the scene anew")
        self.leave = IconButton("x", "Leave the lesson", "Leave the lesson; your own work comes back")
        self.back, self.on = QPushButton("Back"), QPushButton(NEXT)
        self.controls.clicked.connect(lambda: self.window().workbench.toggle_beside())
        self.again.clicked.connect(lambda: session.do(Restage()))
        self.leave.clicked.connect(lambda: session.do(LeaveLesson()))
        self.back.clicked.connect(lambda: self._go(-1))
        self.on.clicked.connect(self._on)
        self._build()
        session.listen(self._changed)

    def _build(self) -> None:
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.addLayout(beside(self.title, self.controls, self.again, self.leave, stretch=0))
        self._column.addWidget(self.heading)
        self._middle = QVBoxLayout()
        self._column.addLayout(self._middle)
        self._column.addWidget(Line())
        self._column.addLayout(beside(self.back, self.count, self.on, stretch=1))
        self._column.addStretch(1)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        steady(self)

    def _go(self, by: int) -> None:
        studying = self._session.state.lesson
        if studying is not None:
            self._session.do(GoToScene(studying.number + by))

    def _on(self) -> None:
        studying = self._session.state.lesson
        if studying is not None and studying.number + 1 == len(studying.lesson.scenes):
            self._session.do(LeaveLesson())
        else:
            self._go(1)

    def _changed(self, old: State | None, new: State) -> None:
        if new.lesson is None:
            return
        fresh = new.lesson.scene is not self._scene
        if fresh:
            self._show(new)
        if fresh or old is None or old.view is not new.view:
            self._dress(theme_of(new.view))
        for block in self.blocks:
            _follow(block, old, new)

    def _show(self, state: State) -> None:
        studying = state.lesson
        assert studying is not None
        self._scene = studying.scene
        used = self.isAncestorOf(QApplication.focusWidget()) if QApplication.focusWidget() else False
        for block in self.blocks:
            self._middle.removeWidget(block)
            block.hide()
            block.deleteLater()
        self.blocks = [self._made(block) for block in studying.scene.blocks]
        for block in self.blocks:
            self._middle.addWidget(block)
            block.show()  # a layout would do so only later
        for below in (self.back, self.count, self.on):
            below.raise_()  # a screen reader reads in this order
        number, count = studying.number + 1, len(studying.lesson.scenes)
        self.title.setText(studying.lesson.title)
        self.heading.setText(studying.scene.title)
        self.count.setText(f"{number} of {count}")
        self.count.setAccessibleName(f"Scene {number} of {count}")
        self.back.setEnabled(number > 1)
        self.on.setText(LAST if number == count else NEXT)
        self.setAccessibleDescription(f"{studying.lesson.title}, scene {number} of {count}: {studying.scene.title}")
        self.verticalScrollBar().setValue(0)
        self._order_focus()
        if used:  # keys would go nowhere once what had them is gone
            self.on.setFocus()

    @property
    def in_reading_order(self) -> list[QWidget]:
        """What Tab walks through: the scene, then back and on."""
        inside = [one for block in self.blocks for one in (block, *block.findChildren(QWidget))]
        return [self.controls, self.again, self.leave, *inside, self.back, self.on]

    def _order_focus(self) -> None:
        chain = [one for one in self.in_reading_order if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _made(self, block: Block) -> QWidget:
        if isinstance(block, Formula):
            return PicturedFormula(self._pictures)
        if isinstance(block, Question | Task):
            made = (QuestionSection if isinstance(block, Question) else TaskSection)(self._session, block)
        else:
            assert isinstance(block, Paragraph)
            made = LineLabel(self._session)
            made.show_line((Words(f"{block.mark} "), *block.line) if block.mark else block.line)
        made.pointed.connect(lambda name: self.window().lessons.point(name))
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A scroll area is told by this filter what happens to its content."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._content:
            needed = self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
            self.setMinimumWidth(max(theme_of(self._session.state.view).px(LEAST_WIDTH), needed))
        return super().eventFilter(watched, event)

    def _dress(self, theme: Theme) -> None:
        self.setFont(theme.font())
        self._content.setPalette(palette(theme))  # opaque, for the window's sheet makes scroll areas transparent
        for block in self.blocks:
            if isinstance(block, QuestionSection | TaskSection):
                block.dress(theme)
        dress_children(self._content, theme)
        assert self._scene is not None
        for widget, block in zip(self.blocks, self._scene.blocks, strict=True):
            if isinstance(block, Formula):
                widget.show_job(Job(formula(block.source), theme, SIZE))
        margin = theme.px(16)
        self._column.setContentsMargins(margin, margin, theme.px(6), margin)
        self._column.setSpacing(theme.px(9))
        self._middle.setSpacing(theme.px(9))
        self.setMinimumWidth(theme.px(LEAST_WIDTH))


def _follow(block: QWidget, old: State | None, new: State) -> None:
    if isinstance(block, QuestionSection | TaskSection):
        block.follow(old, new)
    elif isinstance(block, LineLabel):
        block.follow(new)
