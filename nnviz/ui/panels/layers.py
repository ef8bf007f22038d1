"""The network: how many units each layer has, the activation, the seed that Θ is drawn from."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from nnviz.engine.activations import ACTIVATIONS, activation
from nnviz.engine.network import LARGEST_LAYER, MOST_LAYERS
from nnviz.files.words import counted
from nnviz.session.commands import SetActivation, SetHidden, SetSeed
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Choice, IconButton, Label, Section, SpinField, beside
from nnviz.ui.number_field import NumberField
from nnviz.ui.quiet import quiet
from nnviz.ui.theme import Theme

SIZE_WIDTH = 76
NEW_LAYER = 5
"""Units of a layer that is added to a network without hidden layers; otherwise as many as the last one has."""


class NetworkSection(Section):
    """Layers, activation and seed."""

    def __init__(self, session: Session) -> None:
        super().__init__("Network")
        self._session = session
        self._theme: Theme | None = None
        self.inputs, self.outputs = SpinField("Units of the input layer"), SpinField("Units of the output layer")
        self._input_name, self._output_name = Label(), Label()
        self.hidden: list[HiddenRow] = []
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.add = QPushButton("+ layer")
        self.add.setAccessibleName("Add a hidden layer")
        self.add.clicked.connect(self._add)
        self.activation = Choice("Activation of the hidden layers")
        self.activation.offer({row.title: row.name for row in ACTIVATIONS})
        self.activation.activated.connect(lambda: session.attempt(SetActivation(self.activation.currentData())))
        self._formula = Label("", "muted", 11)
        self.seed = NumberField("Seed of the random start", "a whole number from 0 to 4294967295", whole=True)
        self.seed.entered.connect(self._enter_seed)
        self.new_seed = IconButton("dice-5", "New seed")
        self.new_seed.clicked.connect(lambda: session.attempt(SetSeed(_following(session.state))))
        self.remark = Label("", "muted", 11)
        self.remark.setWordWrap(True)
        self._build()

    def _build(self) -> None:
        for field in (self.inputs, self.outputs):
            field.setRange(1, LARGEST_LAYER)
            field.setEnabled(False)
        self.column.addLayout(beside(self._input_name, self.inputs, _gap(), stretch=0))
        self.column.addLayout(self._rows)
        self.column.addLayout(beside(self._output_name, self.outputs, _gap(), stretch=0))
        self.column.addLayout(beside(self.add))
        self.column.addLayout(beside(Label("Activation"), self.activation, stretch=1))
        self.column.addWidget(self._formula)
        self.column.addLayout(beside(Label("Seed"), self.seed, self.new_seed, stretch=1))
        self.column.addWidget(self.remark)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is not None and old.model.network is new.model.network and old.model.seed == new.model.seed:
            return
        sizes, dataset = new.model.network.sizes, new.model.dataset
        for field, name, layer, size, reason in (
            (self.inputs, self._input_name, 1, sizes[0], f"The data have {counted(dataset.features, 'feature')}."),
            (self.outputs, self._output_name, len(sizes), sizes[-1], _reason(dataset.outputs)),
        ):
            name.setText(f"Layer {layer} · {'input' if layer == 1 else 'output'}")
            with quiet(field):
                field.setValue(size)
            field.setToolTip(f"Fixed: {reason}")
        self._show_hidden(sizes[1:-1])
        self.activation.choose(new.model.network.activation_name)
        self._formula.setText(f"g(z) = {activation(new.model.network.activation_name).formula}")
        self.seed.show_value(new.model.seed, "Θ is drawn from this seed: the same seed, the same start.")
        self.new_seed.setToolTip(f"Draw Θ anew from seed {_following(new)}")
        remark = new.model.network.remark()
        self.remark.setText(remark or "")
        self.remark.setVisible(remark is not None)

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        super().dress(theme)
        self._rows.setSpacing(theme.px(5))
        for field in (self.inputs, self.outputs):
            field.setFixedWidth(theme.px(SIZE_WIDTH))

    def _show_hidden(self, sizes: tuple[int, ...]) -> None:
        while len(self.hidden) < len(sizes):
            self._make_row()
        for index, row in enumerate(self.hidden):
            with quiet(row.size_field):  # what was typed and not finished belongs to a layer that is gone
                row.setVisible(index < len(sizes))
            if index < len(sizes):
                row.show_size(index + 2, sizes[index])
        possible = len(sizes) + 2 < MOST_LAYERS
        self.add.setEnabled(possible)
        self.add.setToolTip(
            "Add a hidden layer before the output; Θ is drawn anew"
            if possible
            else f"There can be at most {MOST_LAYERS} layers."
        )

    def _make_row(self) -> None:
        index = len(self.hidden)
        row = HiddenRow()
        row.resized.connect(lambda size: self._set(index, size))
        row.removed.connect(lambda: self._set(index, None))
        self.hidden.append(row)
        self._rows.addWidget(row)
        if self._theme is not None:
            row.dress(self._theme)

    def _set(self, index: int, size: int | None) -> None:
        """Give hidden layer *index* (from 0) another size, or, with None, take it out."""
        sizes = self._sizes()
        replacement = () if size is None else (size,)
        if not self._session.attempt(SetHidden((*sizes[:index], *replacement, *sizes[index + 1 :]))):
            self._show_hidden(sizes)  # the field shows what the network has, not what was refused

    def _add(self) -> None:
        sizes = self._sizes()
        self._session.attempt(SetHidden((*sizes, sizes[-1] if sizes else NEW_LAYER)))

    def _sizes(self) -> tuple[int, ...]:
        return self._session.state.model.network.sizes[1:-1]

    def _enter_seed(self, value: float) -> None:
        if not self._session.attempt(SetSeed(int(value))):
            self.seed.refuse("Expected a whole number from 0 to 4294967295.")


class HiddenRow(QWidget):
    """One hidden layer: its size, and a button that takes it out."""

    resized = Signal(int)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = Label()
        self.size_field = SpinField("")
        self.size_field.setRange(1, LARGEST_LAYER)
        self.size_field.valueChanged.connect(self.resized)
        self.remove = IconButton("x", "")
        self.remove.clicked.connect(self.removed)
        line = beside(self._name, self.size_field, self.remove, stretch=0)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)

    def show_size(self, layer: int, size: int) -> None:
        """Show that *layer* has *size* units."""
        self._name.setText(f"Layer {layer} · hidden")
        self.size_field.setAccessibleName(f"Units of hidden layer {layer}")
        self.size_field.setToolTip(f"1 to {LARGEST_LAYER:,} units; Θ is drawn anew")
        self.remove.setAccessibleName(f"Remove layer {layer}")
        self.remove.setToolTip(f"Remove layer {layer}")
        with quiet(self.size_field):
            self.size_field.setValue(size)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        for part in (self._name, self.size_field, self.remove):
            part.dress(theme)
        self.size_field.setFixedWidth(theme.px(SIZE_WIDTH))


class _Gap(QWidget):
    """As wide as the button that the hidden layers' rows have, so that the fields stand in a column."""

    def dress(self, theme: Theme) -> None:
        """Take the size from the theme."""
        self.setFixedSize(theme.px(26), 1)


def _gap() -> QWidget:
    return _Gap()


def _following(state: State) -> int:
    """The next seed: one can say over the table which one it is."""
    return (state.model.seed + 1) % 2**32


def _reason(outputs: int) -> str:
    return "two classes need one output." if outputs == 1 else f"the data have {outputs} classes."
