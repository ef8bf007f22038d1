"""The dialog that saves a stretch of the story, or the training, as an animation."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from nnviz.engine.story import STORY_LEVELS, Level
from nnviz.files.words import counted
from nnviz.picture.shots import Shot, length, story_shots, training_shots
from nnviz.ui import animation
from nnviz.ui.exporting.dialog import ExportDialog, Shares
from nnviz.ui.fields import Choice
from nnviz.ui.theme import theme_of
from nnviz.ui.worker import Background

WIDTHS = (800, 1280, 1920)
FIRST_WIDTH = 1280
PACES = (0.5, 1.0, 2.0, 5.0)
FIRST_PACE = 2.0
TRAINING_PACES = (5.0, 20.0, 100.0, 500.0)
FIRST_TRAINING_PACE = 20.0


class FilmDialog(ExportDialog):
    """Stretch, size, pace and format."""

    def __init__(self, window: QWidget, background: Background) -> None:
        kinds = {suffix: kind.words for suffix, kind in animation.KINDS.items()}
        super().__init__(window, "Export animation", kinds, background)
        if self.state.level not in STORY_LEVELS:
            self.state = replace(self.state, level=Level.UNIT)
        self.stretch, self.frame_size, self.pace = Choice("What is shown"), Choice("Size"), Choice("Pace")
        self._offer_stretches()
        self.frame_size.offer({"{} × {}".format(*animation.size_of(width)): width for width in WIDTHS})
        self.frame_size.choose(FIRST_WIDTH)
        self.stretch.currentIndexChanged.connect(self._offer_paces)
        for name, field in (("Stretch", self.stretch), ("Size", self.frame_size), ("Pace", self.pace)):
            self.add(name, field)
        self._offer_paces()
        self.fill()

    def told(self) -> str:
        seconds = length(self._shots()) / 1000
        what = counted(self.state.training.reached, "iteration") if self._trains else self._steps()
        return f"{what}, {counted(round(seconds), 'second')} in all."

    def first_name(self) -> str:
        name = Path(self.state.model.dataset.name).stem
        return f"training-{name}" if self._trains else f"story-{name}-{self.state.moment.example + 1}"

    def work(self, path: Path) -> Callable[[], Shares]:
        size, dress = animation.size_of(self.frame_size.currentData()), theme_of(self.state.view).dress
        film, shots = animation.film(self.state, size, dress, training=self._trains), self._shots()
        return lambda: animation.saving(film, shots, path)

    def _offer_stretches(self) -> None:
        rows = {"This example’s story": "story"}
        if self._rest_of(self.state.moment.place):
            rows["From here to the end"] = "rest"
        if self.state.training.reached:
            rows["The training"] = "training"
        self.stretch.offer(rows)
        self.stretch.choose("training" if self.state.tool == "train" and self.state.training.reached else "story")

    def _offer_paces(self) -> None:
        """Iterations are many, and are shown faster than steps."""
        paces, noun = (TRAINING_PACES, "iterations") if self._trains else (PACES, "steps")
        self.pace.offer({f"{pace:g} {noun} a second": pace for pace in paces})
        self.pace.choose(FIRST_TRAINING_PACE if self._trains else FIRST_PACE)

    @property
    def _trains(self) -> bool:
        return bool(self.stretch.currentData() == "training")

    def _steps(self) -> str:
        return f"{counted(len(self._places()) - 1, 'step')} by {self.state.level.value}"

    def _places(self) -> Sequence[int]:
        stops = self.state.story.stops(self.state.level)
        return stops if self.stretch.currentData() == "story" else self._rest_of(self.state.moment.place)

    def _rest_of(self, place: int) -> list[int]:
        """From a place in the middle of the story to its end; none at its start, where that is the whole story."""
        stops = self.state.story.stops(self.state.level)
        return [place, *(stop for stop in stops if stop > place)] if 0 < place < stops[-1] else []

    def _shots(self) -> Sequence[Shot]:
        pace, frame = float(self.pace.currentData()), animation.KINDS[self.suffix].frame
        if self._trains:
            return training_shots(self.state.training.reached, pace, frame)
        return story_shots(self._places(), pace, frame)
