"""The card of predict mode: the question, what it is worked out from, a field for the answer, and what came of it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nnviz.engine.asking.judging import Mark
from nnviz.engine.asking.question import Kind, Question
from nnviz.engine.story import Level
from nnviz.picture.questions import KINDS, RULES, asked, formula, given, numbers, outcome, settings, tally
from nnviz.picture.typeset import Typesetter
from nnviz.session.command import Command
from nnviz.session.predict import Outcome
from nnviz.session.predicting import AnswerQuestion, AskFor, SkipQuestion, TellAnswer, pending
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.answer_field import AnswerField
from nnviz.ui.attention import listen_in
from nnviz.ui.fields import Choice, Heading, Label, Line, beside, dress_children
from nnviz.ui.panels.matrix import MatrixView
from nnviz.ui.panels.pictures import Job, PicturedFormula, Pictures
from nnviz.ui.style import PHASE_ROLES
from nnviz.ui.theme import Theme, theme_of

FORMULA = 13.0
SIGNS = {"−": "negative", "0": "zero", "+": "positive"}
MARKS = {Mark.RIGHT: ("✓ ", "agree"), Mark.WRONG: ("✕ ", "differ"), Mark.NONE: ("", "text")}


class Said(Label):
    """A sentence in the colour of what it says."""

    def __init__(self) -> None:
        super().__init__("", "text", 12.5, bold=True)
        self.setWordWrap(True)
        self._theme: Theme | None = None

    def say(self, text: str, role: str) -> None:
        """Show *text* in the colour of *role*; nothing, if it is empty."""
        self._role = role
        self.setText(text)
        self.setVisible(bool(text))
        if self._theme is not None:
            self.dress(self._theme)

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        super().dress(theme)


class QuestionCard(QWidget):
    """Shown while predict mode is on. *leave* takes the focus when there is nothing to be typed any more."""

    def __init__(self, session: Session, typesetter: Typesetter, leave: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)  # at once: it shows itself, and without one it would be a window of its own
        self.setObjectName("question")
        self.setAccessibleName("Prediction")
        self._session, self._leave = session, leave
        self._pictures = Pictures(typesetter, self)
        self._shown: Question | None = None
        self._theme: Theme | None = None
        self.wish = Choice("What is asked for")
        self.wish.offer(dict(KINDS))
        self.wish.setMinimumContentsLength(9)
        self.wish.setToolTip("What is asked for")
        self.wish.closed.connect(self._take_focus)
        self.wish.activated.connect(lambda: self._do(AskFor(self.wish.currentData())))
        self.tally = Label("", "muted", 12)
        self.tally.setToolTip("Questions answered right at the first try, of those answered")
        self.question = Label("", "text", 13.5, bold=True)
        self.question.setWordWrap(True)
        self.formula = PicturedFormula(self._pictures)
        self.numbers = PicturedFormula(self._pictures)
        self.given = MatrixView(session)
        self.given.setAccessibleName("What it is worked out from")
        self.rule = Label("", "muted", 11.5)
        self.rule.setWordWrap(True)
        self.field = AnswerField()
        self.field.setObjectName("answer")
        self.field.answered.connect(lambda text: self._do(AnswerQuestion(text)))
        self.field.skipped.connect(lambda: self._do(SkipQuestion()))
        self.field.textEdited.connect(self._typed)
        self.signs = {sign: self._button(sign, name, AnswerQuestion(sign)) for sign, name in SIGNS.items()}
        self.show_answer = self._button("Show", "Show the answer", TellAnswer())
        self.skip = self._button("Skip", "Go on without an answer (→)", SkipQuestion())
        self.said = Said()
        self._build()
        listen_in(session, "step", self._changed)

    def _button(self, text: str, name: str, command: Command) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(name)
        button.setToolTip(name.capitalize())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the field
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self._do(command))
        return button

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.addLayout(beside(Heading("Predict"), self.tally, QWidget(), self.wish, stretch=2))
        for part in (self.question, self.formula, self.numbers, self.given, self.rule):
            self._column.addWidget(part)
        self._entry = QHBoxLayout()
        for widget in (self.field, *self.signs.values(), self.show_answer, self.skip):
            self._entry.addWidget(widget, 1 if widget is self.field else 0)
        self._column.addLayout(self._entry)
        self._column.addWidget(self.said)
        self._column.addWidget(Line())
        self._asking = (self.question, self.formula, self.field, self.show_answer, self.skip)

    def _do(self, command: Command) -> None:
        self._session.attempt(command)

    def _typed(self, text: str) -> None:
        """A sign is an answer without Return."""
        if self._shown is not None and self._shown.kind is Kind.SIGN and text.strip() in ("−", "-", "–", "0", "+"):
            self._do(AnswerQuestion(text))

    def _changed(self, old: State | None, new: State) -> None:
        theme = theme_of(new.view)
        dressed = self._theme is theme
        if not dressed:
            self._dress(theme)
        if old is None or not dressed or _seen(old) != _seen(new):
            self._show(new)

    def _dress(self, theme: Theme) -> None:
        self._theme = theme
        dress_children(self, theme)
        margin = theme.px(11)
        self._column.setContentsMargins(margin, theme.px(9), margin, 0)
        self._column.setSpacing(theme.px(6))
        self._entry.setSpacing(theme.px(5))
        for button in (*self.signs.values(), self.show_answer, self.skip):
            button.setMinimumHeight(theme.px(30))
            button.setFont(theme.font(13))
        for button in self.signs.values():
            button.setMinimumWidth(theme.px(40))

    def _show(self, state: State) -> None:
        predict = state.predict
        waits = pending(state)
        self._give_up_focus(waits is not None, predict is not None)
        self.setVisible(predict is not None)
        if predict is None:
            self._shown = None
            return
        self.wish.choose(predict.wish)
        self.tally.setText(tally(predict.right, predict.answered))
        for widget in self._asking:
            widget.setVisible(waits is not None)
        self.numbers.setVisible(False)
        self.given.setVisible(False)
        for button in self.signs.values():
            button.setVisible(waits is not None and waits.kind is Kind.SIGN)
        if waits is not None:
            self._ask(state, waits)
        else:
            self._shown = None
            self.rule.setText("" if predict.outcome else _quiet(state))
        self.rule.setVisible(bool(self.rule.text()))
        self.said.say(*_said(state, predict.outcome))
        self._describe()

    def _ask(self, state: State, waits: Question) -> None:
        before, dataset, digits = self._shown, state.model.dataset, state.view.digits
        self._shown = waits
        assert self._theme is not None
        self.question.setText(asked(waits, dataset))
        self.formula.show_job(Job(formula(waits, dataset, digits), self._theme, FORMULA))
        written = numbers(waits, dataset, digits)
        self.numbers.setVisible(written is not None)
        if written is not None:
            self.numbers.show_job(Job(written, self._theme, FORMULA))
        parts = () if waits.step.fills_row and written else given(waits)
        self.given.setVisible(bool(parts))
        self.given.show_parts(parts, digits, PHASE_ROLES[waits.step.phase])
        self.rule.setText(f"{settings(waits)} {RULES[waits.kind]}".strip())
        if waits is not before:
            self.field.clear()
            choosing = before is not None and self._focus is self.wish  # the arrows there may choose another kind yet
            if not choosing:
                self.field.setFocus()
        elif state.predict is not None and state.predict.said is not None:
            self.field.judged()

    def showEvent(self, event: QShowEvent) -> None:
        """Come back from another tool, a question that still waits is answered at once."""
        super().showEvent(event)
        if not event.spontaneous():  # as when the window comes back from the task bar
            self._take_focus()

    def _take_focus(self) -> None:
        """What is typed next is an answer, if a question waits."""
        if self._shown is not None:
            self.field.setFocus()

    def _give_up_focus(self, asking: bool, shown: bool) -> None:
        """Before what has it is hidden: Qt would hand it to whatever comes next."""
        at = self._focus
        if at is not None and not (asking or (shown and at is self.wish)):
            self._leave()

    @property
    def _focus(self) -> QWidget | None:
        """What in the card has the focus."""
        at = QApplication.focusWidget()
        return at if at is not None and self.isAncestorOf(at) else None

    def _describe(self) -> None:
        """What a screen reader says of the card, and of the field when it has the focus."""
        waits = not self.question.isHidden()
        count = f"Right at the first try: {self.tally.text()}." if self.tally.text() else ""
        parts = (self.question.text() if waits else "", self.rule.text(), self.said.text(), count)
        self.setAccessibleDescription(" ".join(part for part in parts if part))
        self.field.setAccessibleName(self.question.text())
        self.field.setAccessibleDescription(self.said.text() or self.rule.text())


def _seen(state: State) -> tuple[object, ...]:
    """What the card hangs on."""
    return state.predict, pending(state), state.level, state.playing, state.view.digits, state.fault


def _said(state: State, told: Outcome | None) -> tuple[str, str]:
    """The sentence below, and its colour."""
    assert state.predict is not None
    if told is not None:
        mark, role = MARKS[Mark.RIGHT] if told.found else ("", "text")
        return mark + outcome(told.question, told.found, state.view.digits), role
    said = state.predict.said
    if said is None or pending(state) is None:
        return "", "text"
    mark, role = MARKS[said.mark]
    return mark + said.words, role


def _quiet(state: State) -> str:
    """What is to be known while nothing is asked."""
    if state.fault is not None:
        return "A mistake is planted: the numbers are wrong on purpose, and nothing is asked."
    if state.level is not Level.UNIT:
        return "It is asked where a step is one unit (2)."
    return "→ asks before it shows."
