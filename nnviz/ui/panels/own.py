"""What is said of the student's own code, above everything else that the check says."""

from PySide6.QtWidgets import QPushButton

from nnviz.engine.faults import fault
from nnviz.session.commands import LoadCase, StepToWrong
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Label, Section
from nnviz.ui.panels.inspector import CodeBox
from nnviz.ui.panels.verdict import Verdict

RUNNING, RIGHT, WRONG, STUCK = "running …", "✓ your gradient is right", "✕ your code is wrong", "it could not be judged"

WHERE = "The case is in the window: the Step tool tells your D beside ours, after the last example."
WHERE_COST = "The case is in the window: the Step tool tells your J beside ours, with the cost of the last example."


class OwnSection(Section):
    """The file, the verdict, and the wrong line beside the right one where the mistake is known."""

    def __init__(self, session: Session) -> None:
        super().__init__("Your code")
        self.verdict = Verdict()
        self.words = Label("", "text", 12)
        self.words.setWordWrap(True)
        self.recognised = Label("", "muted", 11)
        self.recognised.setWordWrap(True)
        self.right = CodeBox()
        self.load = QPushButton("The smallest wrong case")
        self.load.setToolTip("Its network, examples and λ come into the window, your J and D beside ours")
        self.load.clicked.connect(lambda: session.attempt(LoadCase()))
        self.where = Label(WHERE, "muted", 11)
        self.where.setWordWrap(True)
        self.step = QPushButton("Step to where it goes wrong")
        self.step.setToolTip("In the Step tool, in the last example: J, or the first row of D in which yours differs")
        self.step.clicked.connect(lambda: session.attempt(StepToWrong()))
        self.leave = QPushButton("Let go of this file")
        self.leave.clicked.connect(lambda: self.window().own.leave())
        words = self.verdict, self.words, self.right, self.recognised
        for part in (*words, self.load, self.step, self.where, self.leave):
            self.column.addWidget(part)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        self.where.setVisible(new.theirs is not None)
        if new.theirs is not None:
            self.where.setText(WHERE if new.theirs.differing() else WHERE_COST)
        if old is not None and old.own is new.own:
            return
        own = new.own
        self.setVisible(own is not None)
        if own is None:
            return
        words, role = RUNNING, "muted"
        if not own.running:
            verdicts = {True: (RIGHT, "agree"), False: (WRONG, "differ"), None: (STUCK, "differ")}
            words, role = verdicts[own.agrees]
        self.verdict.show_verdict(f"{own.file}: {words}", role)
        self.words.setText(own.message)
        self.words.setVisible(bool(own.message))
        self.recognised.setText(f"Recognised: {own.recognised}." if own.recognised else "")
        self.recognised.setVisible(bool(own.recognised))
        self.right.setText("\n".join(fault(name).right for name in own.faults))
        self.right.setVisible(bool(own.faults))
        for button in (self.load, self.step):
            button.setVisible(own.case is not None)
