"""A film as a list of shots: what is seen, how far its movement has come, and for how long."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from nnviz.picture.motion import MOVEMENT, SHARE

HELD = 3000
"""Milliseconds for which the end is seen: time to say something about it."""
OPENING = 1000
"""And the start of a training, before it moves."""
LONGEST = 600_000


class Shot(NamedTuple):
    """*at* is a place in the story or an iteration; *t* (0 … 1) says how far the movement to it has come."""

    at: int
    t: float
    milliseconds: int


def story_shots(places: Sequence[int], pace: float, frame: int) -> tuple[Shot, ...]:
    """The story from the first of *places* to the last, *pace* steps a second, in frames of *frame* milliseconds.

    Each step moves as in the window, then rests. Raises ValueError if that takes longer than LONGEST.
    """
    step = _whole(1000.0 / pace, frame)
    _check(len(places) * step + HELD)
    moving = min(MOVEMENT, SHARE * step)
    count = int(moving // frame)
    made = [Shot(places[0], 1.0, step)]
    for _, place in pairwise(places):
        made += [Shot(place, index * frame / moving, frame) for index in range(count)]
        made.append(Shot(place, 1.0, step - count * frame))
    return _held(made, frame)


def training_shots(iterations: int, pace: float, frame: int) -> tuple[Shot, ...]:
    """Iterations 0 … *iterations*, *pace* a second; not every one is seen, if frames last longer. Raises as above."""
    duration = 1000.0 * iterations / pace
    _check(duration + OPENING + HELD)
    each = max(frame, _whole(1000.0 / pace, frame))
    frames = range(1, max(1, round(duration / each)) + 1)
    seen = [round(iterations * index / len(frames)) for index in frames]
    return _held([Shot(0, 1.0, _whole(OPENING, frame)), *(Shot(at, 1.0, each) for at in seen)], frame)


def length(shots: Sequence[Shot]) -> int:
    """How long they take together, in milliseconds."""
    return sum(shot.milliseconds for shot in shots)


def samples(shots: Sequence[Shot], most: int) -> tuple[Shot, ...]:
    """At most so many, spread over all, the last among them: in them every colour is to be found."""
    still = [shot for shot in shots if shot.t == 1.0]
    step = -(-len(still) // most)
    return tuple(still[::-1][::step])


def _held(shots: Sequence[Shot], frame: int) -> tuple[Shot, ...]:
    *others, last = shots
    return (*others, last._replace(milliseconds=last.milliseconds + _whole(HELD, frame)))


def _whole(milliseconds: float, frame: int) -> int:
    """The nearest whole number of frames, at least one."""
    return max(1, round(milliseconds / frame)) * frame


def _check(milliseconds: float) -> None:
    if milliseconds > LONGEST:
        raise ValueError(
            f"The animation would last {milliseconds / 60_000:,.0f} minutes; expected {LONGEST // 60_000} at the most. "
            "Choose a faster pace, a higher level or a shorter stretch."
        )
