"""The part of the examples whose results are shown, and the choice between what is learnt from and the test part."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from nnviz.engine.propagation import predict
from nnviz.picture.confusion import Counts
from nnviz.session.model import Model
from nnviz.session.scores import Score, Scores
from nnviz.session.state import State
from nnviz.ui.theme import Theme

CHUNK = 64
"""The network is asked about so many examples at once: about as many as a list shows."""
TEST, LEARNT = "Test part", "Learnt from"


@dataclass(frozen=True, eq=False)
class Part:
    """Some examples with their score, and the model that it is the score of."""

    name: str
    model: Model
    score: Score

    @property
    def names(self) -> tuple[str, ...]:
        """What the classes are called."""
        return self.model.dataset.class_names

    @property
    def counts(self) -> Counts:
        """How many of each class are taken for which."""
        return self.score.confusion

    @cached_property
    def labels(self) -> NDArray[np.intp]:
        """The class (from 0) of each of the score's rows, as the user has it now."""
        Y = self.model.examples.Y[self.score.rows]
        return (Y[:, 0] >= 0.5).astype(np.intp) if Y.shape[1] == 1 else Y.argmax(axis=1)

    def cost(self, row: int) -> float:
        """The cost of an example of the data."""
        return float(self.score.costs[np.searchsorted(self.score.rows, row)])

    def label(self, row: int) -> int:
        """Its class, from 0."""
        return int(self.labels[np.searchsorted(self.score.rows, row)])

    def said(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """The class, from 0, that the network gives to examples of the data."""
        network = self.model.network
        return predict(network, self.model.examples.X[rows]) - (network.outputs > 1)

    def taken(self, true: int, said: int) -> NDArray[np.intp]:
        """The examples of class *true* that the network takes for *said*, the most costly first."""
        worst = self.score.worst
        mine = worst[self.labels[np.searchsorted(self.score.rows, worst)] == true]
        return mine[self.said(mine) == said] if len(mine) else mine


def parts(scores: Scores | None) -> dict[str, Part]:
    """By name, what there is to look at."""
    if scores is None:
        return {}
    found = {LEARNT: scores.training, TEST: scores.test}
    return {name: Part(name, scores.model, score) for name, score in found.items() if score is not None}


def is_stale(state: State) -> bool:
    """Whether the scores are those of another moment; while training they always are, a little."""
    return state.scores is not None and state.scores.model is not state.model and not state.training.active


class PartSwitch(QWidget):
    """Learnt from, or the test part; the latter at first, if there is one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wanted = TEST
        self.setAccessibleName("Which examples")
        self.buttons = {name: QPushButton(name, checkable=True, autoExclusive=True) for name in (LEARNT, TEST)}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        for name, button in self.buttons.items():
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _, name=name: self._choose(name))
            self._line.addWidget(button, 1)
        self.offer(0, 0)

    @property
    def name(self) -> str:
        """The part that is looked at."""
        return self._wanted if self.buttons[TEST].isEnabled() else LEARNT

    def offer(self, learnt: int, test: int) -> None:
        """Say how many examples each part has; a test part without any can't be chosen."""
        for name, count in ((LEARNT, learnt), (TEST, test)):
            self.buttons[name].setText(f"{name} · {count:,}")
        self.buttons[LEARNT].setToolTip("The examples that Θ is learnt from")
        self.buttons[TEST].setEnabled(test > 0)
        self.buttons[TEST].setToolTip(
            "The examples that training never sees" if test else "No examples are kept for the test."
        )
        self.buttons[self.name].setChecked(True)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._line.setSpacing(theme.px(6))
        for button in self.buttons.values():
            button.setFont(theme.font(11.5))

    def _choose(self, name: str) -> None:
        if name != self.name:
            self._wanted = name
            self.changed.emit()
