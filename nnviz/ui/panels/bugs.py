"""The left panel of the check: the classic mistakes, each to be planted with one click, and how it looks in code."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QSizePolicy

from nnviz.engine.faults import FAULTS, Fault, fault
from nnviz.picture.listing import LISTING, ListedLine
from nnviz.session.checking import GuessFault, GuessLine, HideFault, PlantFault
from nnviz.session.commands import SetLambda, TrainBoth
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.click_label import ClickLabel
from nnviz.ui.fields import Label, Section, beside
from nnviz.ui.guard import guarded
from nnviz.ui.number_field import NumberField
from nnviz.ui.panels.column import ColumnPanel
from nnviz.ui.panels.inspector import CodeBox
from nnviz.ui.theme import Theme

NONE = "none (right)"
INDENT = "\N{NO-BREAK SPACE}" * 2
INTRODUCTION = "Plant a mistake in backprop. J may still fall; only the check tells."


class FaultButton(QAbstractButton):
    """A row of the list; the one that is planted is filled."""

    def __init__(self, row: Fault | None) -> None:
        super().__init__()
        self.row = row
        self._theme: Theme | None = None
        self.setText(NONE if row is None else row.title)
        self.setToolTip("Backpropagation as it should be" if row is None else row.sentence)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = theme
        self.setFont(theme.font(12.5))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = self._theme.px if self._theme else round
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + px(22), px(27))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme, area = self._theme, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
        role = "differ" if self.row is not None else "agree"
        ground = role if self.isChecked() else "sunken" if self.underMouse() else None
        painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, theme.px(6), theme.px(6))
        painter.setPen(theme.colour("on_colour" if self.isChecked() else "text" if self.isEnabled() else "muted"))
        words = area.adjusted(theme.px(10), 0, -theme.px(8), 0)
        elided = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)


class FaultsSection(Section):
    """The list."""

    def __init__(self, session: Session) -> None:
        super().__init__("Bug lab")
        self._session = session
        self._words = Label(INTRODUCTION, "muted", 12)
        self._words.setWordWrap(True)
        self.column.addWidget(self._words)
        self._group = QButtonGroup(self)
        self.buttons = {None if row is None else row.name: FaultButton(row) for row in (None, *FAULTS)}
        for name, button in self.buttons.items():
            self._group.addButton(button)
            self.column.addWidget(button)
            button.clicked.connect(lambda _=False, name=name: self._choose(name))
        self.told = Label("", "text", 12)
        self.told.setWordWrap(True)
        self.column.addWidget(self.told)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is not None and (old.fault, old.riddle) == (new.fault, new.riddle):
            return
        self.told.setText(_told(old, new))
        self.told.setVisible(bool(self.told.text()))
        named = new.riddle is not None and new.riddle.named
        self._group.setExclusive(False)  # of a hidden one none is marked
        for name, button in self.buttons.items():
            button.setVisible(name is None or not named)
            button.setChecked(new.riddle is None and name == new.fault)
            button.setEnabled(new.riddle is None or (name not in new.riddle.guesses))
        self._group.setExclusive(new.riddle is None)

    def _choose(self, name: str | None) -> None:
        guess = self._session.state.riddle is not None and name is not None
        self._session.do(GuessFault(name) if guess else PlantFault(name))

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.column.setSpacing(theme.px(1))
        self._words.setContentsMargins(0, theme.px(5), 0, theme.px(7))
        self.told.setContentsMargins(0, theme.px(5), 0, 0)


def _told(old: State | None, new: State) -> str:
    riddle = new.riddle
    if riddle is None:
        found = old is not None and old.riddle is not None and old.fault == new.fault
        return f"That is it: {fault(new.fault).title}." if found else ""
    if riddle.named:
        asked = f"Yes, it is {fault(new.fault).title}. In which line does it stand?"
        return f"Not in that line. {asked}" if riddle.lines else asked
    if not riddle.guesses:
        return "A mistake is planted. Look at the check and at the numbers of the story, then say which it is."
    guess = fault(riddle.guesses[-1]).title
    if riddle.alike:
        return f"Not {guess}, though D would be the same here. Look at the steps before and after it, and try again."
    return f"Not {guess}: it would give other numbers. Look where it is right, and try again."


class LinesSection(Section):
    """The lines of backpropagation, to click the one in which a mistake stands that has been named."""

    def __init__(self, session: Session) -> None:
        super().__init__("In which line?")
        self.lines = {line.text: self._line(session, line) for line in LISTING if not line.remark}
        for line in LISTING:
            shown = self._remark(line) if line.remark else self.lines[line.text]
            self.column.addWidget(shown)

    def _remark(self, line: ListedLine) -> Label:
        return Label(INDENT * line.depth + line.text, "muted", 11, mono=True)

    def _line(self, session: Session, line: ListedLine) -> ClickLabel:
        label = ClickLabel(INDENT * line.depth + line.text, size=11, mono=True)
        label.chosen.connect(lambda: session.attempt(GuessLine(line.text)))
        return label

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is not None and old.riddle == new.riddle:
            return
        named = new.riddle is not None and new.riddle.named
        self.setVisible(named)
        for text, label in self.lines.items():
            label.setEnabled(named and text not in new.riddle.lines)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.column.setSpacing(theme.px(3))


class FaultSection(Section):
    """What the planted one is: a sentence, the wrong line, the right one."""

    def __init__(self, session: Session) -> None:
        super().__init__("In the code")
        self.sentence = Label("", "text", 12)
        self.sentence.setWordWrap(True)
        self.wrong, self.right = CodeBox(), CodeBox()
        self._of_wrong, self._of_right = Label("wrong", "differ", 11, bold=True), Label("right", "agree", 11, bold=True)
        for part in (self.sentence, self._of_wrong, self.wrong, self._of_right, self.right):
            self.column.addWidget(part)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is not None and (old.fault, old.riddle) == (new.fault, new.riddle):
            return
        self.setVisible(new.fault is not None and new.riddle is None)
        if new.fault is not None:
            row = fault(new.fault)
            self.sentence.setText(row.sentence)
            self.wrong.setText(row.wrong)
            self.right.setText(row.right)


class DecaySection(Section):
    """λ, for mistakes in weight decay can't be seen without any."""

    def __init__(self, session: Session) -> None:
        super().__init__("")
        self._session = session
        self.decay = NumberField("Weight decay λ", "a number, 0 or larger, such as 1")
        self.decay.entered.connect(self._enter)
        self.note = Label("At λ = 0 a mistake in weight decay changes nothing.", "muted", 11)
        self.note.setWordWrap(True)
        self.column.addLayout(beside(Label("Weight decay λ"), self.decay, stretch=1))
        self.column.addWidget(self.note)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is None or old.model.lambda_ != new.model.lambda_:
            self.decay.show_value(new.model.lambda_, "How strongly large Θ are held back")
            self.note.setVisible(new.model.lambda_ == 0.0)

    def _enter(self, value: float) -> None:
        try:
            self._session.do(SetLambda(value))
        except ValueError as problem:
            self.decay.refuse(str(problem))


class DeedsSection(Section):
    """What else can be done: to be asked, to see J of both, and the way to the student's own code."""

    def __init__(self, session: Session) -> None:
        super().__init__("")
        self._session, self._hidden = session, 0
        self.riddle = QPushButton("Hide one and let me find it")
        self.riddle.setToolTip("Plants a mistake without saying which; then the list is for guessing")
        self.riddle.clicked.connect(self._hide)
        self.both = QPushButton("J with it and without it")
        self.both.setToolTip("Trains without the planted mistake and then with it, from the same start")
        self.both.clicked.connect(lambda: session.attempt(TrainBoth()))
        self.own = QPushButton("Check my own backprop.py …")
        self.own.setToolTip("A file of yours, checked at every save (Ctrl+B)")
        self.own.clicked.connect(lambda: self.window().table["check-own"].trigger())
        for button in (self.riddle, self.both, self.own):
            self.column.addWidget(button)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        self.both.setEnabled(new.fault is not None)

    def _hide(self) -> None:
        self._hidden += 1
        self._session.do(HideFault(self._hidden))


class BugsPanel(ColumnPanel):
    """A list of mistakes, λ, and the planted one in code."""

    def __init__(self, session: Session) -> None:
        self.faults, self.decay, self.code = FaultsSection(session), DecaySection(session), FaultSection(session)
        self.lines, self.deeds = LinesSection(session), DeedsSection(session)
        sections = self.faults, self.lines, self.code, self.decay, self.deeds
        super().__init__(session, "check", "bugs", "Bug lab", sections)
