"""The right panel of the check: the verdict, the worst entries, where D is right, and what a mistake looks like."""

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QProgressBar, QPushButton, QWidget

from nnviz.engine.network import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.slopes import WAYS, way
from nnviz.picture import notation
from nnviz.picture.agreement import ROLES, as_signs
from nnviz.picture.captions import spoken
from nnviz.picture.costs import by_layer, compared, explained
from nnviz.picture.markup import plain
from nnviz.picture.numbers import full, shown
from nnviz.picture.sweep import power
from nnviz.session.check import Answer
from nnviz.session.checking import ChooseEntry, SetEpsilon, SetWay, chosen, present
from nnviz.session.commands import PointAt
from nnviz.session.estimate import Estimate
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.click_label import ClickLabel
from nnviz.ui.fields import Choice, Label, Section, beside
from nnviz.ui.panels.column import ColumnPanel
from nnviz.ui.panels.own import OwnSection
from nnviz.ui.panels.slice import SliceSection
from nnviz.ui.panels.sweep import SweepSection
from nnviz.ui.panels.vectors import VectorsSection
from nnviz.ui.panels.verdict import Verdict
from nnviz.ui.panels.weights import WeightsView
from nnviz.ui.theme import Theme

WORST = 5
DIGITS = 3
TITLE = "Gradient check"
HIDDEN, NAMED = "That is for you to say: choose it in the list.", "Now say in which line it stands: click that."
CHECKING, STOPPED = "checking …", "not checked"
AGREE, DIFFER, WRONG_UPDATE = "✓ gradient is right", "✕ gradients differ", "✕ update is wrong"


class VerdictSection(Section):
    """The verdict and the numbers behind it."""

    def __init__(self, session: Session) -> None:
        super().__init__(TITLE)
        self.verdict = Verdict()
        self.progress = QProgressBar(textVisible=False, maximum=100)
        self.stop = QPushButton("Stop")
        self.stop.setToolTip("Give up this check")
        self.stop.clicked.connect(lambda: self.window().checker.stop())
        self.again = QPushButton("Check again")
        self.again.clicked.connect(lambda: self.window().checker.again())
        self.relative, self.wrong = Label("–", size=19, bold=True), Label("–", size=19, bold=True)
        self.evaluations = Label("–", "text", 11)
        self.evaluations.setWordWrap(True)
        self.words = Label("", "muted", 12)
        self.words.setWordWrap(True)
        self.way, self.epsilon = Choice("How the slope is estimated"), Choice("ε")
        self.way.offer({row.title: row.name for row in WAYS})
        self.way.activated.connect(lambda: session.attempt(SetWay(self.way.currentData())))
        self.epsilon.offer({f"ε = {power(-number)}": float(f"1e-{number}") for number in range(1, 16)})
        self.epsilon.activated.connect(lambda: session.attempt(SetEpsilon(self.epsilon.currentData())))
        self.column.addWidget(self.verdict)
        self.column.addWidget(self.progress)
        self.column.addWidget(self.stop)
        self.column.addWidget(self.again)
        self._numbers = QGridLayout()
        for column, (number, words) in enumerate(
            ((self.relative, "relative difference"), (self.wrong, "entries differ"))
        ):
            self._numbers.addWidget(number, 0, column)
            self._numbers.addWidget(Label(words, "muted", 11), 1, column)
        self.column.addLayout(self._numbers)
        self.column.addWidget(self.evaluations)
        self.column.addLayout(beside(self.way, self.epsilon, stretch=0))
        self.column.addWidget(self.words)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        found = present(new)
        if old is None or old.estimate != new.estimate:
            self._show_estimate(new.estimate)
        share = None if found is not None else new.checked_share
        for part in (self.progress, self.stop):
            part.setVisible(bool(share))  # a check that is done at once shows neither
        self.again.setVisible(found is None and share is None)
        if share is not None:
            self.progress.setValue(round(100 * share))
        if old is not None and found is present(old) and (found or (old.checked_share is None) == (share is None)):
            return
        if found is None:
            self.verdict.show_verdict(STOPPED if share is None else CHECKING, "muted")
            for label in (self.relative, self.wrong, self.evaluations):
                label.setText("–")
            self.words.setText("")
            self.heading.setText(TITLE.upper())
        else:
            self._show(found)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.column.setSpacing(theme.px(8))
        self.progress.setFixedHeight(theme.px(6))
        self._numbers.setHorizontalSpacing(theme.px(12))
        self._numbers.setVerticalSpacing(0)

    def _show_estimate(self, estimate: Estimate) -> None:
        row = way(estimate.way)
        self.way.choose(row.name)
        self.way.setToolTip(row.formula)
        self.epsilon.choose(estimate.epsilon)
        self.epsilon.setEnabled(bool(row.steps))

    def _show(self, found: Answer) -> None:
        check = found.check
        self.heading.setText((TITLE if found.question.given is None else f"{TITLE} of your D").upper())
        if not check.passed:
            self.verdict.show_verdict(DIFFER, "differ")
        elif found.wrong:
            self.verdict.show_verdict(WRONG_UPDATE, "differ")
        else:
            self.verdict.show_verdict(AGREE, "agree")
        self.relative.setText(shown(check.relative_difference, DIGITS))
        self.relative.setToolTip("‖D − estimate‖ / ‖D + estimate‖ over all entries")
        self.wrong.setText(f"{found.wrong:,} / {check.entries:,}")
        count, took = check.method.all_evaluations(check.entries), found.costs or ()
        self.evaluations.setText(compared(count, *took))
        self.evaluations.setToolTip(explained(check.method.formula, count, *took))
        self.words.setText(_said(found))


def _estimated(estimate: Estimate) -> str:
    row = way(estimate.way)
    return f"{row.title}, {f'ε = {power(round(math.log10(estimate.epsilon)))}, ' if row.steps else ''}"


def _said(found: Answer) -> str:
    check, question = found.check, found.question
    whole = len(question.model.examples.training_rows)
    over = (
        f"over all {whole:,} examples that are learnt from" if whole > 1 else "over the one example that is learnt from"
    )
    if found.examples < whole:
        over = f"over {found.examples:,} of {whole:,} examples, so that it takes seconds"
    course = "the same" if check.course_agrees else "not the same"
    return (
        f"{_estimated(question.estimate)}λ = {shown(question.model.lambda_, 1)}, {over}. To four decimals, as the "
        f"course compares, they are {course}. The verdict rests on the complex step, which is right to rounding."
    )


class WorstSection(Section):
    """The entries of D that are farthest off: pointing at one lights its link, a click looks at it alone."""

    def __init__(self, session: Session) -> None:
        super().__init__("Worst entries")
        self._session = session
        self._addresses: tuple[Address, ...] = ()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        for column, title in enumerate(("", "backprop D", "estimate", "off by")):
            head = Label(title, "muted", 11)
            self._grid.addWidget(head, 0, column, _RIGHT if column else _LEFT)
        self.rows = [self._row(index) for index in range(WORST)]
        self.column.addLayout(self._grid)

    def _row(self, index: int) -> tuple[ClickLabel, ...]:
        """Name, D, estimate and difference; the name is what the keyboard comes to."""
        name, D, estimate = (ClickLabel("", size=12, bold=bold) for bold in (True, False, False))
        labels = name, D, estimate, ClickLabel("", "differ", size=12)
        for column, label in enumerate(labels):
            label.setWordWrap(False)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus if column else Qt.FocusPolicy.StrongFocus)
            label.chosen.connect(lambda: self._session.do(ChooseEntry(self._address(index))))
            label.pointed.connect(lambda at: self._session.do(PointAt(self._address(index) if at else None)))
            self._grid.addWidget(label, index + 1, column, _RIGHT if column else _LEFT)
        return labels

    def _address(self, index: int) -> Address | None:
        """None for a row that is empty: the focus may come to it for a moment while those above are put away."""
        return self._addresses[index] if index < len(self._addresses) else None

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        found = present(new)
        if old is not None and found is present(old):
            return
        self._addresses = found.check.worst(min(WORST, found.check.wrong)) if found is not None else ()
        self.setVisible(bool(self._addresses))
        for labels, address in zip(self.rows, self._addresses):
            self._fill(labels, address, found, new)
        for index, labels in enumerate(self.rows):
            for label in labels:
                label.setVisible(index < len(self._addresses))

    def _fill(self, labels: tuple[ClickLabel, ...], address: Address, found: Answer, state: State) -> None:
        at = address.layer - 1, (address.row - 1, address.column)
        D, estimate = (float(part[at[0]][at[1]]) for part in (found.check.D, found.check.estimate))
        labels[0].setText(plain(notation.gradient(address.layer, address.row, address.column)))
        labels[0].setToolTip(spoken(address, state.model.dataset, state.model.network.sizes))
        for label, value in zip(labels[1:], (D, estimate, abs(D - estimate)), strict=True):
            label.setText(shown(value, DIGITS))
            label.setToolTip(full(value))

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(3))


class AgreementView(WeightsView):
    """D⁽¹⁾, D⁽²⁾, … as maps: green where it is the slope of J, red with a dash where it is not."""

    ROLES = ROLES
    LEGEND = 4.0
    NAME = staticmethod(notation.gradient)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Maps of where D is right")
        self._found: Answer | None = None

    def show_answer(self, found: Answer, image_shape: tuple[int, int] | None) -> None:
        """Show where it is right."""
        self._found = found
        self.show_network(Network(as_signs(found.agrees)), image_shape)

    def hint(self, spot: Address) -> str:
        state, found = self._session.state, self._found
        address = spot._replace(symbol=Symbol.D)
        words = spoken(address, state.model.dataset, state.model.network.sizes)
        at = spot.layer - 1, (spot.row - 1, spot.column)
        D, slope = (float(part[at[0]][at[1]]) for part in (found.check.D, found.check.slope))
        verdict = "right" if found.agrees[at[0]][at[1]] else "wrong"
        return f"{words}: {verdict}\nD = {full(D)}\nslope of J = {full(slope)}"

    def _paint_legend(self, painter: QPainter) -> None:
        """The colours are those of the links, whose legend stands in the drawing."""


class AgreementSection(Section):
    """Pointing at an entry lights its link; a click looks at it alone, and marks it."""

    def __init__(self, session: Session) -> None:
        super().__init__("Entry by entry")
        self._session = session
        self.view = AgreementView(session)
        self.relative = Label("", "muted", 11)
        self.relative.setWordWrap(True)
        self.relative.setToolTip("‖D⁽ˡ⁾ − estimate‖ / ‖D⁽ˡ⁾ + estimate‖, layer by layer")
        self.column.addWidget(self.view)
        self.column.addWidget(self.relative)
        self.view.pointed.connect(lambda address: session.do(PointAt(address)))
        self.view.chosen.connect(lambda address: session.do(ChooseEntry(address)))

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        found = present(new)
        self.setVisible(found is not None)
        if found is not None and (old is None or found is not present(old)):
            self.view.show_answer(found, None)
            self.relative.setText(by_layer(found.check.layers))
        self.view.light(new.pointed or chosen(new))


class DiagnosisSection(Section):
    """What the numbers look like."""

    def __init__(self, session: Session) -> None:
        super().__init__("What it looks like")
        self.words = Label("", "text", 12.5)
        self.words.setWordWrap(True)
        self.column.addWidget(self.words)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        found = present(new)
        if old is not None and found is present(old) and old.riddle == new.riddle:
            return
        self.setVisible(found is not None)
        if found is not None:
            self.words.setText(_looks(found) if new.riddle is None else NAMED if new.riddle.named else HIDDEN)


def _looks(found: Answer) -> str:
    if not found.check.passed:
        return found.diagnosis.words
    if found.wrong:
        return "D is right, and Θ := Θ − αD is not done as it says: no check of the gradient can see that."
    if found.question.fault is not None:
        return "Here this mistake changes no number. Try another λ, other examples or other layers."
    return "Every entry of D is the slope of J, but for rounding, and the update follows it."


class CheckPanel(ColumnPanel):
    """Everything that the check says."""

    def __init__(self, session: Session) -> None:
        self.own = OwnSection(session)
        self.verdict, self.worst = VerdictSection(session), WorstSection(session)
        self.agreement, self.diagnosis = AgreementSection(session), DiagnosisSection(session)
        self.slice, self.sweep = SliceSection(session), SweepSection(session)
        self.vectors = VectorsSection(session)
        sections: tuple[QWidget, ...] = (
            self.own,
            self.verdict,
            self.diagnosis,
            self.agreement,
            self.slice,
            self.worst,
            self.sweep,
            self.vectors,
        )
        super().__init__(session, "check", "check", "Gradient check", sections)
        self.slice.walked.connect(lambda: self.bring(self.slice))


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
