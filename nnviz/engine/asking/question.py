"""What is asked of the step that comes next: one number, and its sign, its size or the number itself."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from nnviz.engine.asking.hand import by_hand
from nnviz.engine.decimals import rounded
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Accumulate, Activate, BiasError, Gradient, HiddenError, OutputError, Step
from nnviz.engine.story import Level, Story

MOST_BY_HAND = 6
"""A sum of more terms is nothing to be worked out by hand, unless the student wants to."""
MOST_TERMS = 100
"""Of a longer sum nothing is asked: not even its sign can be seen, and what the digits leave open adds up."""

SMALL = 0.1
"""How large the a of a sigmoid is, is no question unless it is smaller: it lies between 0 and 1."""


class Kind(Enum):
    """What one wants to hear; the value is the word on the screen."""

    SIGN = "sign"
    SIZE = "size"
    NUMBER = "number"


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked at *place* of a story, before the number at *target* is told; *told* is the place where it is."""

    story: Story
    place: int
    step: Step
    target: Address
    kind: Kind
    told: int

    @property
    def value(self) -> float:
        """The right answer, with all its digits."""
        return self.step.computed.quantity(self.target).value


def question(story: Story, place: int, digits: int, wish: Kind | None = None) -> Question | None:
    """What is asked at *place* of what the next step by unit tells, with numbers shown to *digits*; None: nothing.

    Of a unit first z is asked, then a; of a row of Δ or D one entry. Costs, the δ of a bias unit, which nobody needs,
    and Θ after the update are not asked for, nor is anything where a mistake is planted, nor a number that is so near
    to 0 that the digits shown leave its sign open, nor a Δ that stays as it is shown. The kind is the one wished for,
    where that makes sense, or goes on from step to step in turn.
    """
    following = story.after(place, Level.UNIT)
    if following is None or story.trace.epoch.right is not story.trace.epoch:
        return None
    telling = story.telling(following)
    assert telling is not None
    step, told = telling.step, following
    target = _target(step)
    if target is None or step.count > MOST_TERMS:
        return None
    if target.symbol is Symbol.A and not story.known(target._replace(symbol=Symbol.Z), place):
        target, told = target._replace(symbol=Symbol.Z), following - 1
    if story.known(target, place) or not _can_be_told(step, target, digits):
        return None
    first = list(Kind).index(wish) if wish else (telling.index + (target.symbol is Symbol.A)) % len(Kind)
    kinds = (*Kind, *Kind)[first : first + len(Kind)]
    kind = next((kind for kind in kinds if _fits(kind, step, target, wish)), None)
    return kind and Question(story, place, step, target, kind, told)


def _can_be_told(step: Step, target: Address, digits: int) -> bool:
    """Whether the numbers shown tell at least the sign, and a Δ moves by as much as a digit of them."""
    computed = step.computed
    value = computed.quantity(target).value
    if target.symbol is Symbol.ACCUMULATOR:
        before = computed.quantity(target._replace(symbol=Symbol.ACCUMULATOR_BEFORE)).value
        if rounded(before, digits) == rounded(value, digits):
            return False
    return value == 0.0 or 0.0 not in by_hand(computed, target, digits)


def _target(step: Step) -> Address | None:
    """What is asked for of a step in the end."""
    if isinstance(step, BiasError):
        return None
    if isinstance(step, Activate | OutputError | HiddenError):
        return step.target
    if isinstance(step, Accumulate | Gradient):
        return step.target._replace(column=_column(step))
    return None


def _column(step: Accumulate | Gradient) -> int:
    """The entry that tells most: where most is added, or Θ weighs most; of every other row of a D with decay the bias.

    The bias column has no weight decay, which is easily forgotten.
    """
    if isinstance(step, Accumulate):
        return 1 + int(np.argmax(np.abs(step.products[1:])))
    if not step.computed.epoch.lambda_:
        return 1 + int(np.argmax(np.abs(step.row(step.computed.accumulator)[1:])))
    theta = step.computed.network.theta(step.layer)[step.unit - 1]
    return 0 if step.unit % 2 == 0 else 1 + int(np.argmax(np.abs(theta[1:])))


def _fits(kind: Kind, step: Step, target: Address, wish: Kind | None) -> bool:
    """Whether a kind of question has an answer here that is worth asking for."""
    network = step.computed.network
    is_sum = not step.fills_row and target.symbol is not Symbol.A
    if kind is Kind.NUMBER:
        return wish is kind or not is_sum or step.count <= MOST_BY_HAND
    squashed = target.layer == network.layers or network.activation_name == "sigmoid"
    value = step.computed.quantity(target).value
    if kind is Kind.SIZE:
        return value != 0.0 and (not squashed or target.symbol is not Symbol.A or value < SMALL)
    return not squashed or target.symbol is not Symbol.A  # which is always +
