"""The only home of colours: a role for every symbol, sign and direction, in light, dark, projector dress."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

Dress = Literal["light", "dark", "projector"]

Role = Literal[
    "text",
    "muted",
    "accent",
    "theta_positive",
    "theta_negative",
    "positive",
    "negative",
    "activation",
    "delta",
    "accumulator",
    "forward",
    "backward",
    "differ",
]
"""What a piece stands for; the palette gives each role its colour."""

ROLES: tuple[Role, ...] = get_args(Role)


class Palette(NamedTuple):
    """Colours as ``#rrggbb``; positive and negative are signs, forward and backward directions."""

    window: str
    panel: str
    sunken: str
    board: str
    line: str
    text: str
    muted: str
    positive: str
    negative: str
    forward: str
    backward: str
    accent: str
    agree: str
    differ: str
    cost: str
    on_colour: str


_LIGHT = Palette(
    window="#eef0f4",
    panel="#ffffff",
    sunken="#f6f7f9",
    board="#fbfcfe",
    line="#dfe3ea",
    text="#1b2230",
    muted="#5f6979",
    positive="#1d6abf",
    negative="#b04e09",
    forward="#087868",
    backward="#be327b",
    accent="#6d4fd8",
    agree="#187732",
    differ="#cf222e",
    cost="#5b6577",
    on_colour="#ffffff",
)

_DARK = Palette(
    window="#0f1217",
    panel="#161a21",
    sunken="#1d222b",
    board="#12161c",
    line="#2a303b",
    text="#e7eaf0",
    muted="#8b94a5",
    positive="#4c9be8",
    negative="#f0883e",
    forward="#2bb3a3",
    backward="#e0559d",
    accent="#a78bfa",
    agree="#3fb950",
    differ="#f85149",
    cost="#9aa3b2",
    on_colour="#0f1217",
)

_PROJECTOR = Palette(
    window="#ffffff",
    panel="#ffffff",
    sunken="#f1f3f6",
    board="#ffffff",
    line="#9aa3b2",
    text="#000000",
    muted="#3d4654",
    positive="#0b4f9e",
    negative="#a03f00",
    forward="#00594f",
    backward="#9c1460",
    accent="#4a2fb0",
    agree="#0d5c24",
    differ="#a40e1a",
    cost="#3d4654",
    on_colour="#ffffff",
)

PALETTES: Mapping[Dress, Palette] = {"light": _LIGHT, "dark": _DARK, "projector": _PROJECTOR}

RUNS: Mapping[Dress, tuple[str, ...]] = {
    "light": ("#087868", "#be327b", "#6d4fd8", "#b04e09", "#1d6abf", "#75650a", "#5b6577", "#a3262e"),
    "dark": ("#2bb3a3", "#e0559d", "#a78bfa", "#f0883e", "#4c9be8", "#d4b106", "#8b94a5", "#f85149"),
    "projector": ("#00594f", "#9c1460", "#4a2fb0", "#a03f00", "#0b4f9e", "#5a4d00", "#3d4654", "#a40e1a"),
}
"""The curves of runs, in the order of their numbers; after the last they come again."""


def roles(palette: Palette) -> dict[str, str]:
    """Every colour by its role in a formula or a picture; symbols take their direction's or sign's colour."""
    return palette._asdict() | {
        "theta_positive": palette.positive,
        "theta_negative": palette.negative,
        "activation": palette.forward,
        "delta": palette.backward,
        "accumulator": palette.accent,
    }


def blend(colour: str, background: str, share: float) -> str:
    """*share* (0 … 1) of *colour* over *background*, opaque: four times as quick to paint as a translucent one."""
    mixed = (round(share * a + (1 - share) * b) for a, b in zip(_channels(colour), _channels(background), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def contrast(one: str, other: str) -> float:
    """The contrast ratio, 1 … 21, of WCAG 2.2, section 1.4.3."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, from sRGB."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
