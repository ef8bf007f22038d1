"""The dialog that saves the story of the example as a document."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from nnviz.documents import pages, story
from nnviz.documents.told import count
from nnviz.engine.story import STORY_LEVELS, Level
from nnviz.files.endings import by_ending
from nnviz.files.words import counted
from nnviz.ui.export import drawing_of
from nnviz.ui.exporting.dialog import ExportDialog, Shares
from nnviz.ui.fields import Choice
from nnviz.ui.worker import Background


class StoryDialog(ExportDialog):
    """Level and format."""

    def __init__(self, window: QWidget, background: Background) -> None:
        kinds = {suffix: kind.words for suffix, kind in story.KINDS.items()}
        super().__init__(window, "Export story", kinds, background)
        self.level = Choice("How far a step goes")
        self.level.offer({f"By {level.value}": level for level in STORY_LEVELS})
        present = self.state.level
        self.level.choose(present if present in STORY_LEVELS else Level.UNIT)
        self.add("Steps", self.level)
        self.fill()

    def told(self) -> str:
        example, steps = self.state.moment.example + 1, count(self.state, self._level) - 1
        words = f"The story of example {example} in {counted(steps, 'step')}"
        if not story.KINDS[self.suffix].drawn:
            return f"{words}."
        pages.check_length(self.state, self._level)
        return f"{words}, with {counted(len(pages.drawn_places(self.state, self._level)), 'picture')}."

    def first_name(self) -> str:
        return f"story-{Path(self.state.model.dataset.name).stem}-{self.state.moment.example + 1}"

    def work(self, path: Path) -> Callable[[], Shares]:
        state, level, drawn = self.state, self._level, by_ending(path, story.KINDS).drawn
        return lambda: story.saving(state, level, path, drawing_of() if drawn else None)

    @property
    def _level(self) -> Level:
        return Level(self.level.currentData())
