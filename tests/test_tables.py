"""The tables in the notes for teachers are what the program measures."""

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"


@pytest.fixture(scope="module")
def made():
    return runpy.run_path(str(DOCS / "make_tables.py"))


def written(made, name):
    page = (DOCS / "model.md").read_text(encoding="utf-8")
    return page.partition(made["BEGIN"].format(name))[2].partition(made["END"])[0].strip()


def test_the_mistakes_are_found_and_named_as_the_notes_say(made):
    assert written(made, "faults") == made["faults"]()


def test_the_errors_by_epsilon_are_those_of_the_notes(made):
    """Truncation to the digit shown; what is rounding differs from machine to machine, but not by a power of ten."""
    found, noted = (text.splitlines() for text in (made["errors"](), written(made, "errors")))
    assert (found[:2], len(found)) == (noted[:2], len(noted))
    for one, other in zip(found[2:], noted[2:], strict=True):
        (epsilon, *errors), (same, *expected) = (
            [float(cell) for cell in line.strip("| ").split("|")] for line in (one, other)
        )
        assert epsilon == same
        for error, known in zip(errors, expected, strict=True):
            assert known / 10 < error < known * 10
        if epsilon >= 1e-2:
            assert errors[:2] == expected[:2]
