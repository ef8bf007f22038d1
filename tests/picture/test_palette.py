"""Colours: every role in every dress, readable on what it stands on."""

import itertools
import re

import pytest

from nnviz.picture.palette import PALETTES, ROLES, RUNS, blend, contrast, roles

GROUNDS = ("window", "panel", "sunken", "board")
INKS = ("text", "muted", "positive", "negative", "forward", "backward", "accent", "agree", "differ", "cost")
READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3


@pytest.mark.parametrize("dress", PALETTES)
def test_every_ink_is_readable_on_every_ground(dress):
    palette = PALETTES[dress]
    for ink, ground in itertools.product(INKS, GROUNDS):
        ratio = contrast(getattr(palette, ink), getattr(palette, ground))
        assert ratio >= READABLE, f"{ink} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("dress", PALETTES)
def test_text_on_a_filled_tag_is_readable(dress):
    palette = PALETTES[dress]
    for fill in ("positive", "negative", "forward", "backward", "accent", "agree", "differ", "cost"):
        ratio = contrast(palette.on_colour, getattr(palette, fill))
        assert ratio >= READABLE, f"on {fill}: {ratio:.2f}"


@pytest.mark.parametrize("dress", PALETTES)
def test_every_role_of_a_formula_has_a_colour(dress):
    colours = roles(PALETTES[dress])
    assert set(ROLES) <= set(colours)
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours.values())


@pytest.mark.parametrize("dress", PALETTES)
def test_the_curves_of_runs_differ_and_are_readable(dress):
    assert len(set(RUNS[dress])) == len(RUNS[dress])
    assert min(contrast(colour, PALETTES[dress].panel) for colour in RUNS[dress]) >= READABLE


@pytest.mark.parametrize("dress", PALETTES)
def test_signs_and_directions_differ(dress):
    palette = PALETTES[dress]
    systems = (palette.positive, palette.negative, palette.forward, palette.backward, palette.accent)
    assert len(set(systems)) == len(systems)


def test_contrast_runs_from_1_to_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == 1.0


def test_blend_goes_from_background_to_colour():
    assert blend("#ff0000", "#0000ff", 0.0) == "#0000ff"
    assert blend("#ff0000", "#0000ff", 1.0) == "#ff0000"
    assert blend("#ffffff", "#000000", 0.5) == "#808080"
