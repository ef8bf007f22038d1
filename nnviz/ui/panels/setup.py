"""The left panel: the example, the network, λ and α, the data. It shows the state and sends commands, no more."""

from PySide6.QtCore import Qt

from nnviz.engine.data import SCALINGS, scaling
from nnviz.files.words import counted
from nnviz.session.commands import Command, SetLambda, SetLearningRate, SetScaling
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Choice, Label, Section, SpinField, beside
from nnviz.ui.number_field import NumberField, written
from nnviz.ui.panels.column import ColumnPanel
from nnviz.ui.panels.example import ExampleSection
from nnviz.ui.panels.layers import NetworkSection

BLOWS_UP = 2.0
"""Gradient descent on the decay alone multiplies Θ by 1 − αλ/m each time: beyond 2 that grows."""


class LearningSection(Section):
    """λ and α."""

    def __init__(self, session: Session) -> None:
        super().__init__("Learning")
        self._session = session
        self.decay = NumberField("Weight decay λ", "a number, 0 or larger, such as 0.1")
        self.rate = NumberField("Learning rate α", "a number, 0 or larger, such as 1")
        self.decay.entered.connect(lambda value: self._enter(self.decay, SetLambda(value)))
        self.rate.entered.connect(lambda value: self._enter(self.rate, SetLearningRate(value)))
        self.note = Label("", "differ", 11)
        self.note.setWordWrap(True)
        self.column.addLayout(beside(Label("Weight decay λ"), self.decay, stretch=1))
        self.column.addLayout(beside(Label("Learning rate α"), self.rate, stretch=1))
        self.column.addWidget(self.note)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is not None and old.model is new.model:
            return
        model = new.model
        self.decay.show_value(model.lambda_, "How strongly large Θ are held back: λ/(2m) ΣΘ² is added to J")
        self.rate.show_value(model.learning_rate, "How far an update goes: Θ := Θ − αD")
        factor = model.learning_rate * model.lambda_ / len(model.dataset)
        self.note.setVisible(factor > BLOWS_UP)
        self.note.setText(
            f"αλ/m = {written(factor)} is above 2: each update turns Θ round and makes it larger, so J blows up. "
            "Take a smaller α or λ."
        )

    def _enter(self, field: NumberField, command: Command) -> None:
        if not self._session.attempt(command):
            field.refuse("Expected a number, 0 or larger.")


class DataSection(Section):
    """What the examples are, and how they are scaled."""

    def __init__(self, session: Session) -> None:
        super().__init__("Data")
        self._title = Label("", bold=True)
        self._size = Label("", "muted", 11)
        self.scaling = Choice("Scaling of the features")
        self.scaling.offer({row.title: row.name for row in SCALINGS})
        self.scaling.activated.connect(lambda: session.attempt(SetScaling(self.scaling.currentData())))
        self._words = Label("", "muted", 11)
        self._source = Label("", "muted", 10.5)
        for label in (self._title, self._size, self._words, self._source):
            label.setWordWrap(True)
        self.column.addWidget(self._title)
        self.column.addWidget(self._size)
        self.column.addLayout(beside(Label("Scaling"), self.scaling, stretch=1))
        self.column.addWidget(self._words)
        self.column.addWidget(self._source)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        model = new.model
        if old is None or old.model.dataset is not model.dataset:
            data = model.dataset
            self._title.setText(data.title)
            sizes = (
                counted(len(data), "example"),
                counted(data.features, "feature"),
                counted(len(data.class_names), "class", "classes"),
            )
            self._size.setText(" · ".join(sizes))
            parts = (data.source, f"Licence: {data.licence}" if data.licence else "")
            self._source.setText("\n".join(part for part in parts if part))
        if old is None or old.model.scaling != model.scaling:
            self.scaling.choose(model.scaling)
            self._words.setText(scaling(model.scaling).words)


class SetupPanel(ColumnPanel):
    """Everything that is set up."""

    def __init__(self, session: Session) -> None:
        self.example = ExampleSection(session)
        self.network = NetworkSection(session)
        self.learning = LearningSection(session)
        self.data = DataSection(session)
        super().__init__(session, "step", "setup", "Set-up", (self.example, self.network, self.learning, self.data))

    def focus_layers(self) -> None:
        """Give the focus to the first layer whose size can be changed, or to the button that adds one."""
        fields = self.network.findChildren(SpinField)
        field = next((field for field in fields if field.isEnabled()), self.network.add)
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
