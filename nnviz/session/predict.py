"""Predict mode as a value: what is asked before it is told, what came of it, and the tally."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from nnviz.engine.asking.judging import Judgement, Mark
from nnviz.engine.asking.question import Kind, Question


class Outcome(NamedTuple):
    """A question whose answer has just been told, and whether the student had found it."""

    question: Question
    found: bool


@dataclass(frozen=True, eq=False)
class Predict:
    """That predict mode is on. ``wish`` is the kind of question wanted; None: one after the other.

    ``question`` is the one that waits, ``said`` what was said of the latest answer to it, ``tried`` whether one of them
    could be judged. ``outcome`` belongs to the question before, as long as one stays where its answer was told; at most
    one of the two is there. The tally counts the questions that were ``answered``, and of these the ones for which the
    first answer was ``right``; a question that is skipped does not count.
    """

    wish: Kind | None = None
    question: Question | None = None
    said: Judgement | None = None
    tried: bool = False
    outcome: Outcome | None = None
    right: int = 0
    answered: int = 0

    @property
    def dropped(self) -> "Predict":
        """The same without a question and its outcome."""
        if self.question is None and self.outcome is None:
            return self
        return replace(self, question=None, said=None, tried=False, outcome=None)

    def after(self, judgement: Judgement) -> "Predict":
        """The tally with another answer."""
        marked = judgement.mark is not Mark.NONE
        right = marked and not self.tried and judgement.mark is Mark.RIGHT
        answered = self.answered + (marked and not self.tried)
        return replace(self, said=judgement, tried=self.tried or marked, right=self.right + right, answered=answered)
