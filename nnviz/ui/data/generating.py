"""Making points by a rule, with a picture of what comes of it."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.engine.data import Dataset
from nnviz.engine.generators import (
    DEFAULT_POINTS,
    GENERATORS,
    LARGEST_NOISE,
    LEAST_POINTS,
    MOST_POINTS,
    generate,
    generator,
)
from nnviz.files.understanding import meaning
from nnviz.session.session import Session
from nnviz.ui.data.cloud import MOST_DRAWN, Cloud, Points
from nnviz.ui.data.dialog import DataDialog
from nnviz.ui.data.marks import mark
from nnviz.ui.fields import Choice, Label, SpinField
from nnviz.ui.number_field import NumberField
from nnviz.ui.seed import LARGEST
from nnviz.ui.theme import Theme
from nnviz.ui.worker import Background

FIRST = "moons"
FIELDS_WIDTH = 270


class GenerateDialog(DataDialog):
    """Kind, number, noise and seed at the left, the points at the right."""

    def __init__(self, session: Session, background: Background, parent: QWidget) -> None:
        super().__init__(session, background, "Generate data", "Use these data", parent)
        self.kind = Choice("Kind")
        self.kind.offer({row.title: row.name for row in GENERATORS})
        self.words = Label("", "muted", 12)
        self.count = SpinField("Examples")
        self.noise = NumberField("Noise", f"a number from 0 to {LARGEST_NOISE:g}")
        self.seed = SpinField("Seed")
        self.next = QPushButton("Next seed", autoDefault=False)
        self.cloud = Cloud("The points")
        self.note = Label("", "muted", 12)
        self._legend = (_Entry(0), _Entry(1))
        self._noise = 0.0
        self._arrange()
        self._connect()
        self.follow()
        present = session.state.model.dataset.name
        self._choose_kind(present if any(row.name == present for row in GENERATORS) else FIRST)
        self.kind.setFocus()

    def wanted_size(self, theme: Theme) -> QSize:
        return QSize(theme.px(800), theme.px(590))

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._left.setFixedWidth(theme.px(FIELDS_WIDTH))
        self._left.layout().setSpacing(theme.px(10))

    def _arrange(self) -> None:
        self.count.setRange(LEAST_POINTS, MOST_POINTS)
        self.count.setSingleStep(50)
        self.count.setValue(DEFAULT_POINTS)
        self.seed.setRange(0, LARGEST)
        self.seed.setValue(1)
        fields = QGridLayout()
        for row, (name, field) in enumerate(
            (("Kind", self.kind), ("Examples", self.count), ("Noise", self.noise), ("Seed", self.seed))
        ):
            fields.addWidget(Label(name), row, 0)
            fields.addWidget(field, row, 1)
        fields.addWidget(self.next, len(GENERATORS), 1)
        fields.setColumnStretch(1, 1)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addLayout(fields)
        for label in (self.words, self.note):
            label.setWordWrap(True)
            left.addWidget(label)
        for entry in self._legend:
            left.addWidget(entry)
        left.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self._left)
        middle.addWidget(self.cloud, 1)
        self.column.addLayout(middle, 1)

    def _connect(self) -> None:
        self.kind.activated.connect(lambda: self._choose_kind(self.kind.currentData()))
        self.count.valueChanged.connect(self._make)
        self.seed.valueChanged.connect(self._make)
        self.next.clicked.connect(lambda: self.seed.setValue(self.seed.value() + 1))
        self.noise.entered.connect(self._enter_noise)

    def _choose_kind(self, name: str) -> None:
        """Each kind has a noise of its own that suits it."""
        row = generator(name)
        self.kind.choose(name)
        self.words.setText(f"{row.words[:1].upper()}{row.words[1:]}.")
        self._enter_noise(row.noise)

    def _enter_noise(self, noise: float) -> None:
        if 0.0 <= noise <= LARGEST_NOISE:
            self._noise = noise
            self.noise.show_value(noise, "The standard deviation of what is added to both features")
            self._make()
        else:
            self.noise.refuse(f"Expected a number from 0 to {LARGEST_NOISE:g}.")

    def _make(self) -> None:
        name, count, noise, seed = self.kind.currentData(), self.count.value(), self._noise, self.seed.value()
        self.withhold("The points are being made.")
        self.background.run(
            lambda: generate(name, count, noise, seed), self._made, lambda error: self.refuse(str(error))
        )

    def _made(self, data: Dataset) -> None:
        self.cloud.show_points(Points(data.X, data.labels, data.class_names, data.feature_names))
        few = len(data) <= MOST_DRAWN
        self.note.setText("" if few else f"The picture has {MOST_DRAWN:,} of the {len(data):,} points.")
        self.note.setVisible(not few)
        for entry, name in zip(self._legend, data.class_names, strict=True):
            entry.show_class(name)
        self.offer(data, meaning(data))


class _Entry(QWidget):
    """A line of the legend: the mark of a class, and its name."""

    def __init__(self, label: int) -> None:
        super().__init__()
        self._label = label
        self._mark, self._name = QLabel(), Label("")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._mark)
        line.addWidget(self._name, 1)

    def show_class(self, name: str) -> None:
        """Name the class."""
        self._name.setText(name)

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._mark.setPixmap(mark(theme, self._label, self.devicePixelRatioF()))
