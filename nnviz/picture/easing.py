"""Easing: how far a movement has come, as a function of the share of its time that has passed."""


def smooth(t: float) -> float:
    """0 … 1 to 0 … 1, slow at both ends: 3t² − 2t³; clamped outside."""
    t = min(max(t, 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)


def part(t: float, start: float, stop: float) -> float:
    """The eased share of the stretch from *start* to *stop* that has passed at *t*."""
    return smooth((t - start) / (stop - start))
