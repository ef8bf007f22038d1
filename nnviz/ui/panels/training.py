"""The left panel of training: the recipe, the buttons that run it, the numbers of the moment, the runs."""

from typing import NamedTuple

from PySide6.QtWidgets import QPushButton

from nnviz.engine.initialise import INITIALISERS, initialiser
from nnviz.engine.methods import METHODS, method
from nnviz.engine.stops import Stops
from nnviz.files.words import counted
from nnviz.session.commands import (
    Command,
    PauseTraining,
    Reset,
    SetBatch,
    SetInitialiser,
    SetIterations,
    SetLambda,
    SetLearningRate,
    SetMethod,
    SetPace,
    SetSeed,
    SetSplitSeed,
    SetStops,
    SetTestShare,
    Train,
    TrainOnce,
)
from nnviz.session.session import Session
from nnviz.session.state import PACES, State
from nnviz.ui.fields import Choice, Label, Section, beside
from nnviz.ui.number_field import NumberField, written
from nnviz.ui.panels.column import ColumnPanel
from nnviz.ui.panels.live import LiveSection
from nnviz.ui.panels.now import NowSection
from nnviz.ui.panels.runs import RunsSection
from nnviz.ui.theme import Theme

BLOWS_UP = 2.0
"""Gradient descent on the decay alone multiplies Θ by 1 − αλ/m each time: beyond 2 that grows."""
BATCHES = (1, 10, 32, 100)


class Stop(NamedTuple):
    """A row of the list: the field of ``Stops``, its words, and the bound to begin with; None: it has no bound."""

    name: str
    title: str
    words: str
    first: float | None


STOPS = (
    Stop("cost_below", "J is below", "J(Θ), weight decay included", 0.1),
    Stop("gradient_below", "‖D‖ is below", "The length of the gradient: how steep J still is", 0.01),
    Stop("patience", "J stops falling for", "Iterations in which J has not improved", 100.0),
    Stop("example", "this example is right", "The network says its class", None),
    Stop("", "after the iterations", "Only after so many iterations as are set above", None),
)
"""The last one holds where no other does."""
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)


class RecipeSection(Section):
    """Method, α, λ, batch, the start of Θ, and when to pause."""

    def __init__(self, session: Session) -> None:
        super().__init__("Training")
        self._session = session
        self.method = Choice("Method")
        self.method.offer({row.title: row.name for row in METHODS})
        self.method.activated.connect(lambda: session.attempt(SetMethod(self.method.currentData())))
        self._words = Label("", "muted", 11)
        self._words.setWordWrap(True)
        self.rate = NumberField("Learning rate α", "a number, 0 or larger, such as 1")
        self.decay = NumberField("Weight decay λ", "a number, 0 or larger, such as 0.1")
        self.batch = Choice("Examples for an update")
        self.batch.activated.connect(lambda: session.attempt(SetBatch(self.batch.currentData())))
        self.initial = Choice("Initial Θ")
        self.initial.offer({row.title: row.name for row in INITIALISERS})
        self.initial.activated.connect(lambda: session.attempt(SetInitialiser(self.initial.currentData())))
        self.seed = NumberField("Seed of the start", "a whole number from 0 to 4294967295", whole=True)
        self.iterations = NumberField("Iterations of a run", "a whole number from 1 to 10000000", whole=True)
        self.pace = Choice("Iterations shown a second")
        self.pace.offer({f"{pace:,} /s" if pace else "full speed": pace for pace in PACES})
        self.pace.activated.connect(lambda: session.attempt(SetPace(self.pace.currentData())))
        self.note = Label("", "differ", 11)
        self.note.setWordWrap(True)
        self._connect()
        self._fill()

    def _connect(self) -> None:
        for field, command in (
            (self.rate, SetLearningRate),
            (self.decay, SetLambda),
            (self.seed, lambda value: SetSeed(int(value))),
            (self.iterations, lambda value: SetIterations(int(value))),
        ):
            field.entered.connect(lambda value, field=field, command=command: self._enter(field, command(value)))

    def _fill(self) -> None:
        self.column.addLayout(beside(Label("Method"), self.method, stretch=1))
        self.column.addWidget(self._words)
        for words, field in (
            ("Learning rate α", self.rate),
            ("Weight decay λ", self.decay),
            ("Batch", self.batch),
            ("Initial Θ", self.initial),
            ("Seed", self.seed),
            ("Iterations", self.iterations),
            ("Pace", self.pace),
        ):
            self.column.addLayout(beside(Label(words), field, stretch=1))
        self.column.addWidget(self.note)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is None or old.view.pace != new.view.pace:
            self.pace.choose(new.view.pace)
        if old is not None and old.model.recipe == new.model.recipe and old.origin is new.origin:
            return
        model, recipe = new.model, new.model.recipe
        row, examples = method(recipe.method), len(model.examples.training_rows)
        self.method.choose(row.name)
        self._words.setText(row.words)
        self.rate.setEnabled(row.learning_rate is not None)
        self.rate.show_value(recipe.learning_rate, "How far an update goes")
        if row.learning_rate is None:
            self.rate.setToolTip(f"{row.title} chooses its own steps.")
        self.decay.show_value(recipe.lambda_, "How strongly large Θ are held back: λ/(2m) ΣΘ² is added to J")
        sizes = {f"{size}": size for size in (*BATCHES, recipe.batch) if size is not None and size < examples}
        self.batch.offer({f"all {examples:,}": None, **sizes})
        self.batch.choose(recipe.batch)
        self.batch.setEnabled(row.batches)
        self.batch.setToolTip("" if row.batches else f"{row.title} learns from all examples at once.")
        self.initial.choose(model.initialiser)
        self.initial.setToolTip(initialiser(model.initialiser).words)
        self.seed.show_value(model.seed, "Θ is drawn from this seed, and so is the order of batches.")
        self.iterations.show_value(recipe.iterations, "A run pauses after so many; Train goes on.")
        self._warn(recipe.learning_rate * recipe.lambda_ / examples if row.learning_rate is not None else 0.0)

    def _warn(self, factor: float) -> None:
        self.note.setVisible(factor > BLOWS_UP)
        self.note.setText(
            f"αλ/m = {written(factor)} is above 2: each update turns Θ round and makes it larger, so J blows up. "
            "Take a smaller α or λ."
        )

    def _enter(self, field: NumberField, command: Command) -> None:
        try:
            self._session.do(command)
        except ValueError as problem:
            field.refuse(str(problem))


class StopsSection(Section):
    """When to pause, besides after so many iterations."""

    def __init__(self, session: Session) -> None:
        super().__init__("Stop when")
        self._session = session
        self.kind = Choice("Stop when")
        self.kind.offer({row.title: row.name for row in (STOPS[-1], *STOPS[:-1])})
        self.kind.activated.connect(lambda: self._set(self.kind.currentData()))
        self.bound = NumberField("Bound", "a number larger than 0, such as 0.1")
        self.bound.entered.connect(self._enter)
        self._words = Label("", "muted", 11)
        self._words.setWordWrap(True)
        self.column.addLayout(beside(self.kind, self.bound, stretch=0))
        self.column.addWidget(self._words)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is not None and old.model.recipe.stops == new.model.recipe.stops:
            return
        stops = new.model.recipe.stops
        row = next(row for row in STOPS if not row.name or getattr(stops, row.name) is not None)
        self.kind.choose(row.name)
        self.bound.setVisible(row.first is not None)
        if row.first is not None:
            self.bound.show_value(float(getattr(stops, row.name)), row.words)
        self._words.setText(row.words if stops.example is None else f"{row.words}: example {stops.example + 1}")

    def _set(self, name: str) -> None:
        row = next(row for row in STOPS if row.name == name)
        value = self._session.state.moment.example if row.first is None else row.first
        if not self._session.attempt(SetStops(Stops(**({name: value} if name else {})))):
            self.kind.choose("")

    def _enter(self, value: float) -> None:
        name = self.kind.currentData()
        try:
            self._session.do(SetStops(Stops(**{name: int(value) if name == "patience" else value})))
        except ValueError as problem:
            self.bound.refuse(str(problem))


class RunSection(Section):
    """Train, one iteration, reset."""

    def __init__(self, session: Session) -> None:
        super().__init__("")
        self.train = QPushButton("Train")
        self.once = QPushButton("One step")
        self.reset = QPushButton("Reset")
        self.train.clicked.connect(
            lambda: session.attempt(PauseTraining() if session.state.training.active else Train())
        )
        self.once.clicked.connect(lambda: session.attempt(TrainOnce()))
        self.reset.clicked.connect(lambda: session.attempt(Reset()))
        self.train.setToolTip("Train, or pause (T)")
        self.once.setToolTip("One iteration: one update of Θ (Shift+T)")
        self.reset.setToolTip("Back to the very same start (R)")
        self.ending = Label("", "text", 11)
        self.ending.setWordWrap(True)
        self._theme: Theme | None = None
        self._active = False
        self.column.addLayout(beside(self.train, self.once, self.reset, stretch=0))
        self.column.addWidget(self.ending)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        training = new.training
        if old is None or old.training is not training:
            self._active = training.active
            self.train.setText("Pause" if training.active else "Train")
            self.once.setEnabled(not training.active)
            self.ending.setText(training.ending)
            self.ending.setVisible(bool(training.ending))
            self._colour()

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        super().dress(theme)
        for button in (self.train, self.once, self.reset):
            button.setMinimumHeight(theme.px(30))
        self._colour()

    def _colour(self) -> None:
        if self._theme is None:
            return
        colour, text = self._theme.roles["forward"], self._theme.palette.on_colour
        line = self._theme.px(1)
        self.train.setStyleSheet(
            f"QPushButton {{ background: {colour}; color: {text}; border: {line}px solid {colour}; }}"
        )


class SplitSection(Section):
    """Which part of the examples is kept for the test."""

    def __init__(self, session: Session) -> None:
        super().__init__("Test part")
        self._session = session
        self.share = Choice("Share of the examples that is kept for the test")
        self.share.activated.connect(lambda: session.attempt(SetTestShare(self.share.currentData())))
        self.seed = NumberField("Seed of the split", "a whole number from 0 to 4294967295", whole=True)
        self.seed.entered.connect(self._enter)
        self._words = Label("", "muted", 11)
        self._words.setWordWrap(True)
        self.column.addLayout(beside(Label("Share"), self.share, stretch=1))
        self.column.addLayout(beside(Label("Seed of the split"), self.seed, stretch=1))
        self.column.addWidget(self._words)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        examples = new.model.examples
        if old is not None and old.model.examples is examples:
            return
        shares = sorted({*SHARES, examples.test_share})
        self.share.offer({f"{share:.0%}" if share else "none": share for share in shares})
        self.share.choose(examples.test_share)
        self.seed.show_value(examples.split_seed, "The same seed, the same test part")
        training, test = len(examples.training_rows), len(examples.test_rows)
        self._words.setText(
            f"{counted(training, 'example')} to learn from, {test:,} that training never sees, class by class."
            if test
            else "Every example is learnt from."
        )

    def _enter(self, value: float) -> None:
        try:
            self._session.do(SetSplitSeed(int(value)))
        except ValueError as problem:
            self.seed.refuse(str(problem))


class TrainingPanel(ColumnPanel):
    """Everything about training."""

    def __init__(self, session: Session) -> None:
        self.recipe = RecipeSection(session)
        self.run = RunSection(session)
        self.live = LiveSection(session)
        self.now = NowSection(session)
        self.runs = RunsSection(session)
        self.split = SplitSection(session)
        self.stops = StopsSection(session)
        sections = (self.recipe, self.run, self.live, self.now, self.runs, self.stops, self.split)
        super().__init__(session, "train", "training", "Training", sections)
