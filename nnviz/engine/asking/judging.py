"""How an answer is judged: right, not yet, or nothing that could be judged; and what is said of it."""

import math
from enum import Enum
from typing import NamedTuple

from nnviz.engine.asking.hand import by_hand
from nnviz.engine.asking.interval import Interval
from nnviz.engine.asking.question import Kind, Question
from nnviz.engine.asking.suspects import suspects
from nnviz.engine.asking.typed import Typed, sign, typed
from nnviz.engine.decimals import rounding
from nnviz.engine.quantities import Symbol

FACTOR = math.sqrt(10.0)
"""A size is right up to this factor too large or too small: half a power of ten, some 3."""


class Mark(Enum):
    """RIGHT and WRONG count, NONE does not: it was no number, or one with too few digits."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = "none"


class Judgement(NamedTuple):
    """The mark, and what is said of it; "" of what is right."""

    mark: Mark
    words: str = ""


RIGHT = Judgement(Mark.RIGHT)


def judge(question: Question, text: str, digits: int) -> Judgement:
    """What *text* is as an answer, where numbers are shown to *digits*.

    A number is right if a calculation by hand can give it (``by_hand``); a size, if it is at most ``FACTOR`` away from
    such a number, whatever its sign; a sign, if such a number has it. A number that is right as far as it goes, but
    was given with fewer digits, is not marked.
    """
    found = by_hand(question.step.computed, question.target, digits)
    try:
        match question.kind:
            case Kind.SIGN:
                return _judge_sign(question, text, found)
            case Kind.SIZE:
                return _judge_size(question, text, found)
            case Kind.NUMBER:
                return _judge_number(question, text, found, digits)
    except ValueError as problem:
        return Judgement(Mark.NONE, str(problem))


def _judge_sign(question: Question, text: str, found: Interval) -> Judgement:
    given = sign(text)
    possible = {-1: found.low < 0.0, 0: 0.0 in found, 1: found.high > 0.0}
    return RIGHT if possible[given] else Judgement(Mark.WRONG, f"Not yet. {_sign_hint(question)}")


def _sign_hint(question: Question) -> str:
    """What the sign hangs on; not what it is."""
    at, network = question.target, question.step.computed.network
    if at.symbol is Symbol.DELTA and at.layer < network.layers:
        if network.activation_name == "relu":
            return "g′(z) is never negative: 0, or the sign is that of the sum."
        return "g′(z) is never negative: the sign is that of the sum."
    return _SIGN_HINTS[at.symbol]


_SIGN_HINTS = {
    Symbol.Z: "Which products weigh most, and what are their signs?",
    Symbol.A: "What does g make of a negative z?",
    Symbol.DELTA: "It is a − y: which of the two is larger?",
    Symbol.ACCUMULATOR: "What is there before, and which sign has δ × a?",
    Symbol.D: "m is positive: the sign is that of what it divides.",
}


_ZERO_HINTS = {
    Symbol.Z: "Do the products cancel, or is a factor of each 0?",
    Symbol.A: "What does g make of this z?",
    Symbol.DELTA: "Look at each factor: is one of them 0?",
    Symbol.ACCUMULATOR: "Look at each factor of δ × a, and at what is there before.",
    Symbol.D: "What is it that is divided by m?",
}
"""What is said to a wrong number where the right one is exactly 0: a sum can be 0 without a factor that is."""


def _judge_size(question: Question, text: str, found: Interval) -> Judgement:
    given = abs(typed(text).value)
    low = 0.0 if found.low <= 0.0 <= found.high else min(abs(found.low), abs(found.high))
    if low / FACTOR <= given <= found.size * FACTOR and given:
        return RIGHT
    return Judgement(Mark.WRONG, f"Not yet: that is too {'small' if given < abs(question.value) else 'large'}.")


def _judge_number(question: Question, text: str, found: Interval, digits: int) -> Judgement:
    given = typed(text)
    if given.value in found:
        return RIGHT
    mistake = recognised(question, given, found, digits)
    if abs(given.value - question.value) <= given.half and (given.value or not mistake):  # 0 may be meant as it is
        return Judgement(Mark.NONE, "That is right as far as it goes. Give one more digit.")
    return Judgement(Mark.WRONG, mistake or _hint(question, given.value))


def recognised(question: Question, given: Typed, found: Interval, digits: int) -> str:
    """The sentence of the mistake that gives this number, "" if none does.

    *found* says how far from the right answer an answer may be. So far, or half a unit of its last digit where that is
    more, it may be from what a mistake gives, and no farther. If several fit, those come first that give every digit
    that was typed, then the more specific. A mistake that changes nothing here beyond that tolerance is never named.
    """
    below, above = found.low - question.value, found.high - question.value
    fitting = []
    for suspect in suspects(question):
        last, off = rounding(suspect.value, digits), given.value - suspect.value
        if suspect.value not in found and min(below, -last) <= off <= max(above, last):
            fitting.append(suspect)
    fitting.sort(key=lambda suspect: abs(given.value - suspect.value) > given.half)
    return fitting[0].words if fitting else ""


def _hint(question: Question, given: float) -> str:
    """Where to look, without the answer."""
    value = question.value
    if value == 0.0:
        return f"Not yet. {_ZERO_HINTS[question.target.symbol]}"
    if given * value <= 0.0:
        return "Not yet. Look at the sign first."
    ratio = given / value
    if not 1.0 / FACTOR <= ratio <= FACTOR:
        factor = "ten times or more" if not 0.1 < ratio < 10.0 else "more than three times"
        return f"Not yet. The sign is right; it is {factor} too {'small' if ratio < 1.0 else 'large'}."
    return "Not yet. Sign and size are right: go through the products once more."
