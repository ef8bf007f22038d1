"""What a lesson asks and wants done: a question with its answers, a task with its mark."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from nnviz.session.lesson.studying import Answer
from nnviz.session.lesson.values import Line, Question, Reply, Task, Words
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.click_label import ClickLabel
from nnviz.ui.fields import Section, beside
from nnviz.ui.lessons.label import LineLabel
from nnviz.ui.lessons.words import text
from nnviz.ui.theme import Theme

OPEN, RIGHT, WRONG = "○", "✓", "✕"
TO_DO, DONE = "☐", "☑"
TIE = "\N{NO-BREAK SPACE}"


class QuestionSection(Section):
    """A question, its options or a field for the number, and what is said to the answer."""

    pointed = Signal(str)

    def __init__(self, session: Session, question: Question) -> None:
        super().__init__("Question")
        self._session, self.question = session, question
        self.asked = LineLabel(session, question.line)
        self.reply = LineLabel(session)
        self.options = [self._option(index) for index in range(1, len(question.options) + 1)]
        self.field = QLineEdit(placeholderText="your answer", accessibleName="Your answer")
        self.send = QPushButton("Answer")
        self.column.addWidget(self.asked)
        for option in self.options:
            self.column.addWidget(option)
        self._line = QWidget()
        self._line.setLayout(beside(self.field, self.send, stretch=0))
        self._line.layout().setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._line)
        self._line.setVisible(not question.options)  # once it has a parent: before, it would be a window of its own
        self.column.addWidget(self.reply)
        self.field.returnPressed.connect(lambda: self._answer(self.field.text()))
        self.send.clicked.connect(lambda: self._answer(self.field.text()))
        for label in (self.asked, self.reply):
            label.pointed.connect(self.pointed)

    def _option(self, index: int) -> ClickLabel:
        option = ClickLabel("", size=13)
        option.chosen.connect(lambda: self._answer(str(index)))
        return option

    def _answer(self, words: str) -> None:
        if words.strip():
            self._session.attempt(Answer(self.question.name, words))
            self.field.selectAll()  # who is wrong types anew

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if new.lesson is None:
            return
        self.asked.follow(new)
        self.field.setAccessibleDescription(self.asked.accessibleName())
        reply = new.lesson.replies.get(self.question.name)
        for index, (label, option) in enumerate(zip(self.options, self.question.options, strict=True), 1):
            chosen = reply is not None and reply.text == str(index)
            mark = OPEN if not chosen else RIGHT if reply.right else WRONG
            words = f"{mark}{TIE}{text(option.line, new)}"
            if label.text() != words:
                label.setText(words)
                label.setAccessibleName(f"Option {index}: {text(option.line, new)}{_verdict(chosen, reply)}")
        self.reply.setVisible(reply is not None)
        if reply is not None:
            self.reply.show_line(self._said(reply), "agree" if reply.right else "differ")

    def _said(self, reply: Reply) -> Line:
        """What is said to an answer; of a number with the mark that an option has beside it."""
        mark = "" if self.question.options else f"{RIGHT if reply.right else WRONG} "
        return (Words(mark), *(reply.line or (Words("Right." if reply.right else "Not yet."),)))

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.column.setSpacing(theme.px(6))
        self.field.setFont(theme.font())
        self.send.setFont(theme.font(12.5))


class TaskSection(Section):
    """Something to do, with a box that is ticked once it has been done."""

    pointed = Signal(str)

    def __init__(self, session: Session, task: Task) -> None:
        super().__init__("Your turn")
        self._session, self.task = session, task
        self.line = LineLabel(session)
        self.done = LineLabel(session, task.done, role="agree")
        self.column.addWidget(self.line)
        self.column.addWidget(self.done)
        self._ticked: bool | None = None
        for label in (self.line, self.done):
            label.pointed.connect(self.pointed)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if new.lesson is None:
            return
        ticked = self.task.name in new.lesson.done
        if ticked is not self._ticked:
            self._ticked = ticked
            mark = Words(f"{DONE if ticked else TO_DO} ")
            self.line.show_line((mark, *self.task.line), "muted" if ticked else "text")
            self.setAccessibleDescription("done" if ticked else "to do")
            self.done.setVisible(ticked and bool(self.task.done))
        self.line.follow(new)
        self.done.follow(new)


def _verdict(chosen: bool, reply: Reply | None) -> str:
    if not chosen or reply is None:
        return ""
    return ", right" if reply.right else ", wrong"
