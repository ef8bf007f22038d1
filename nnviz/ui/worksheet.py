"""The dialog for worksheets: which network, how many, and the file that they are written to."""

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QSize, QStandardPaths, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.network import parse_sizes
from nnviz.files.atomic import written
from nnviz.files.endings import by_ending
from nnviz.files.errors import FileProblem
from nnviz.picture.worksheet.exercise import LARGEST_LAMBDA, MOST_DIGITS, MOST_EXAMPLES, fitting
from nnviz.picture.worksheet.formats import FORMATS, MOST_VARIANTS, Order, worksheet
from nnviz.session.state import State
from nnviz.ui.dialog import Dialog
from nnviz.ui.fields import Choice, Label, SpinField
from nnviz.ui.number_field import NumberField
from nnviz.ui.quiet import quiet
from nnviz.ui.seed import LARGEST
from nnviz.ui.style import dress, within
from nnviz.ui.theme import Theme
from nnviz.ui.worker import Watch

NAME, USUAL = "worksheet", ".pdf"
WORDS = (
    "An exercise with friendly numbers, and its solution with every number on the way. Printed on both sides, each "
    "solution is on the back of its exercise."
)


def ask(window: QWidget) -> None:
    """Open the dialog over *window*."""
    WorksheetDialog(window).open()


class Count(Watch):
    """How many variants are made, and whether they are still wanted: all that the dialog and its worker share."""

    def __init__(self, variants: int) -> None:
        super().__init__()
        self.variants, self.made = variants, 0

    def count(self, made: int) -> None:
        """Go on, with so many made; Cancelled if they are wanted no longer."""
        self()
        self.made = made


@dataclass(frozen=True)
class Wanted:
    """What the fields say: the order, and where it is written to."""

    order: Order
    path: Path

    def write(self, watch: Count) -> Path:
        """Make the worksheet and write it. Raises Cancelled if it is wanted no longer before it is complete."""
        content = worksheet(self.order, by_ending(self.path, FORMATS), watch.count)
        watch()
        with written(self.path) as file:
            file.write(content)
        return self.path


class WorksheetDialog(Dialog):
    """Fields, what is wrong with them, and two buttons. The file is made beside the window, which does not wait."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window.session, "Worksheet", window)
        self._window = window
        self._watch: Count | None = None  # while a worksheet is being made
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=200)
        self.network = QLineEdit(accessibleName="Network")
        self.activation, self.examples, self.kind = Choice("Activation"), Choice("Examples"), Choice("Format")
        self.digits, self.variants, self.seed = SpinField("Decimals"), SpinField("Variants"), SpinField("First seed")
        self.decay = NumberField("Weight decay λ", f"a number from 0 to {LARGEST_LAMBDA:g}")
        self.file = QLineEdit(accessibleName="File")
        self.browse = QPushButton("Browse …", autoDefault=False)
        self.save, self.cancel = QPushButton("Save", autoDefault=False), QPushButton("Cancel", autoDefault=False)
        self._lambda = 0.0
        self._begin(window.session.state)
        self._arrange()
        self._connect()
        self.follow()
        self._check()
        self.network.setFocus()
        self.network.selectAll()

    def wanted(self) -> Wanted:
        """What the fields ask for. Raises ValueError in words for the user."""
        if self.decay.problem:
            raise ValueError(f"Weight decay λ: {self.decay.problem}")
        examples = self.examples.currentData()
        name = self.file.text().strip()
        if not name:
            raise ValueError("Say which file it is to be written to.")
        by_ending(name, FORMATS)
        try:
            path = Path(name).expanduser()
        except RuntimeError:
            raise ValueError(
                f"Nobody here is called {Path(name).parts[0]}; write the whole name of the folder."
            ) from None
        order = Order(
            sizes=fitting(parse_sizes(self.network.text()), examples),
            seed=self.seed.value(),
            variants=self.variants.value(),
            digits=self.digits.value(),
            examples=examples,
            lambda_=self._lambda,
            activation=self.activation.currentData(),
        )
        return Wanted(order, path)

    def accept(self) -> None:
        try:
            wanted = self.wanted()
        except ValueError as problem:
            self._refuse(str(problem))
            return
        watch = self._watch = Count(wanted.order.variants)
        self.save.setEnabled(False)
        self._since.start()
        self._timer.start()
        self.say("The worksheet is being made …", "")
        self._window.files.run(lambda: wanted.write(watch), self._written, self._failed)

    def enter(self) -> None:
        """It saves."""
        if self.save.isEnabled():
            self.accept()

    def done(self, result: int) -> None:
        if self._watch is not None:
            self._watch.wanted = False
            self._window.files.forget()
        self._timer.stop()
        super().done(result)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        super().dress(theme)
        for field in (self.network, self.file):
            field.setFont(theme.font())
            field.setMinimumHeight(theme.px(26))
        self.resize(within(self._window, self.sizeHint()))

    def sizeHint(self) -> QSize:
        """Wide enough to read the name of a file, and as high as what is in it."""
        width = self.theme.px(520)
        return QSize(width, max(super().sizeHint().height(), self.layout().totalHeightForWidth(width)))

    def _begin(self, state: State) -> None:
        """The network of the window, where a page has room for it."""
        usual = Order()
        try:
            sizes = fitting(state.model.network.sizes)
        except ValueError:
            sizes = usual.sizes
        self.network.setText("-".join(map(str, sizes)))
        self.activation.offer({row.title: row.name for row in ACTIVATIONS})
        self.activation.choose(state.model.network.activation_name)
        self.examples.offer({str(count): count for count in range(1, MOST_EXAMPLES + 1)})
        self.kind.offer({row.words: ending for ending, row in FORMATS.items()})
        for field, least, most, value in (
            (self.digits, 1, MOST_DIGITS, state.view.digits),
            (self.variants, 1, MOST_VARIANTS, usual.variants),
            (self.seed, 0, LARGEST, usual.seed),
        ):
            field.setRange(least, most)
            field.setValue(value)
        self.decay.show_value(self._lambda)
        self.file.setText(str(_folder(self._window) / f"{NAME}{USUAL}"))

    def _arrange(self) -> None:
        fields = QGridLayout()
        for row, (name, field) in enumerate(
            (
                ("Network", self.network),
                ("Activation", self.activation),
                ("Examples", self.examples),
                ("Weight decay λ", self.decay),
                ("Decimals", self.digits),
                ("Variants", self.variants),
                ("First seed", self.seed),
                ("Format", self.kind),
            )
        ):
            label = Label(name)
            label.setBuddy(field)
            fields.addWidget(label, row, 0)
            fields.addWidget(field, row, 1, 1, 2)
        fields.addWidget(Label("File"), fields.rowCount(), 0)
        fields.addWidget(self.file, fields.rowCount() - 1, 1)
        fields.addWidget(self.browse, fields.rowCount() - 1, 2)
        fields.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        whole = QVBoxLayout(self)
        words = Label(WORDS, "muted", 12)
        words.setWordWrap(True)
        for label in (self.meaning, self.problem):  # the buttons stay where they are
            policy = label.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            label.setSizePolicy(policy)
        whole.addWidget(words)
        whole.addLayout(fields)
        whole.addWidget(self.meaning)
        whole.addWidget(self.problem)
        whole.addStretch(1)
        whole.addLayout(buttons)

    def _connect(self) -> None:
        for field in (self.network, self.file):
            field.textEdited.connect(self._check)
        for field in (self.digits, self.variants, self.seed):
            field.valueChanged.connect(self._check)
        self.file.textEdited.connect(self._follow_ending)
        self.examples.activated.connect(self._check)
        self.kind.activated.connect(self._change_ending)
        self.decay.entered.connect(self._enter_decay)
        self.browse.clicked.connect(self._browse)
        self.save.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._timer.timeout.connect(self._tell_progress)

    def _enter_decay(self, value: float) -> None:
        if 0.0 <= value <= LARGEST_LAMBDA:
            self._lambda = value
            self.decay.show_value(value)
        else:
            self.decay.refuse(f"Expected a number from 0 to {LARGEST_LAMBDA:g}.")
        self._check()

    def _follow_ending(self, name: str) -> None:
        with quiet(self.kind):
            self.kind.choose(Path(name).suffix.lower())

    def _change_ending(self) -> None:
        path = Path(self.file.text().strip())
        named = path if path.name else path / NAME
        self.file.setText(str(named.with_suffix(self.kind.currentData())))
        self._check()

    def _browse(self) -> None:
        dialog = QFileDialog(self, "Save worksheet", self.file.text())
        dress(dialog, self.theme)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self.kind.currentData() or USUAL)
        dialog.setNameFilters([f"{row.words} (*{ending})" for ending, row in FORMATS.items()])
        dialog.fileSelected.connect(self._choose_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_file(self, name: str) -> None:
        self.file.setText(name)
        self._follow_ending(name)
        self._check()

    def _check(self) -> None:
        """Say at once what is wrong, and whether a file will be replaced."""
        try:
            wanted = self.wanted()
        except ValueError as problem:
            self._refuse(str(problem))
        else:
            if self._watch is not None:
                return
            self.save.setEnabled(True)
            self.save.setToolTip("")
            self.say("This file exists; it will be replaced." if os.path.isfile(wanted.path) else "", "")

    def _refuse(self, problem: str) -> None:
        self.save.setEnabled(False)
        self.save.setToolTip(f"Not now: {problem}")
        self.say("", problem)

    def say(self, meaning: str, problem: str) -> None:
        """As every dialog; what the engine says of an argument becomes a sentence."""
        super().say(meaning, f"{problem[:1].upper()}{problem[1:]}")

    def _tell_progress(self) -> None:
        """How many are made, and how long the others will take."""
        if self._watch is None or not self._watch.made:
            return
        made, variants = self._watch.made, self._watch.variants
        if made < variants:
            left = self._since.elapsed() / 1000.0 / made * (variants - made)
            self.meaning.setText(f"{made} of {variants} variants are made; about {left:.0f} s for the others.")
        elif variants > 1:
            self.meaning.setText(f"All {variants} variants are made; the pages are being set …")

    def _written(self, path: Path) -> None:
        self._watch = None
        self._window.settings.export_folder = str(path.parent)
        self._window.tell(f"Saved to {path}")
        super().accept()

    def _failed(self, problem: Exception) -> None:
        self._watch = None
        self._timer.stop()
        if not isinstance(problem, FileProblem | OSError | ValueError):
            raise problem  # ours: it goes where all unexpected errors go
        self.save.setEnabled(True)
        self.say("", str(problem))


def _folder(window: QWidget) -> Path:
    """Where the last picture or worksheet was saved, or else where the user's documents are."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(window.settings.export_folder or documents)
    return folder if os.path.isdir(folder) else Path.home()
