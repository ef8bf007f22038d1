"""The words for what a gradient check costs beside one backprop, and for how far each layer is off."""

from collections.abc import Sequence

from nnviz.picture import notation
from nnviz.picture.markup import plain
from nnviz.picture.numbers import measured, shown

DIGITS = 2
MILLI, MICRO = 1e-3, 1e-6


def compared(
    count: int, backprop: float = 0.0, vectorised: float = 0.0, loop: float | None = None, whole: bool = True
) -> str:
    """``loop: 148 J, 60 × backprop · vectorised: 7 ×``; seconds of each, *count* values of J.

    Without seconds only the count is told; a loop that was not run as a *whole* costs about so much.
    """
    if backprop <= 0.0:
        return f"{count:,} J worked out, to 1 × backprop"
    if loop is None:
        return f"{count:,} complex J · vectorised: {_times(vectorised, backprop)} × backprop"
    about = "" if whole else "about "
    return (
        f"loop: {count:,} J, {about}{_times(loop, backprop)} × backprop · vectorised: {_times(vectorised, backprop)} ×"
    )


def explained(
    formula: str,
    count: int,
    backprop: float = 0.0,
    vectorised: float = 0.0,
    loop: float | None = None,
    whole: bool = True,
) -> str:
    """The same at length, for a tooltip."""
    lines = [f"{formula} along every Θ takes {count:,} values of J; backprop passes once."]
    if backprop > 0.0:
        lines.append(f"Measured just now: one backprop {_duration(backprop)}.")
        if loop is not None:
            some = "" if whole else ", worked out from some entries"
            lines.append(
                f"The course's loop over thetaPlus and thetaMinus, all of J each time: {_duration(loop)}{some}."
            )
        lines.append(f"All Θ of a layer at once, only what each of them moves: {_duration(vectorised)}.")
    return "\n".join(lines)


TIE = "\N{NO-BREAK SPACE}"


def by_layer(relative: Sequence[float]) -> str:
    """``Relative difference: D⁽¹⁾ 1.2e−9 · D⁽²⁾ 3.4e−10``."""
    layers = (
        f"{plain(notation.gradient(layer))}{TIE}{shown(value, DIGITS)}" for layer, value in enumerate(relative, 1)
    )
    return f"Relative difference: {' · '.join(layers)}"


def _times(seconds: float, backprop: float) -> str:
    """To two digits: clocks are no better."""
    ratio = seconds / backprop
    return f"{float(f'{ratio:.2g}'):,.0f}" if ratio >= 10 else f"{ratio:.1f}"


def _duration(seconds: float) -> str:
    if seconds < MILLI:
        return f"{seconds / MICRO:.0f} µs"
    if seconds < 1.0:
        return f"{float(f'{seconds / MILLI:.2g}'):g} ms"
    return f"{measured(float(f'{seconds:.2g}'))} s"
