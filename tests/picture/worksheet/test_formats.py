"""Worksheets as files: the same for a seed, each exercise on a front, each solution on its back."""

import itertools
import re

import pytest
import typst

from nnviz.picture.markup import plain
from nnviz.picture.worksheet import exercise as exercises
from nnviz.picture.worksheet.blocks import Row
from nnviz.picture.worksheet.exercise import exercise, most_units
from nnviz.picture.worksheet.formats import FORMATS, Order, pages, worksheet
from nnviz.picture.worksheet.paper import source
from nnviz.picture.worksheet.task import task

COMPILER = typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False))


def printed(text: str) -> int:
    """How many pages it comes to."""
    made = COMPILER.compile(input=text.encode(), format="svg")
    return len(made) if isinstance(made, list) else 1


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_order_gives_the_same_bytes(ending):
    order = Order(seed=7, variants=2)
    assert worksheet(order, FORMATS[ending]) == worksheet(order, FORMATS[ending])
    assert worksheet(order, FORMATS[ending]) != worksheet(order._replace(seed=8), FORMATS[ending])


def test_variants_have_the_seeds_that_follow():
    assert [page.subtitle[-6:] for page in pages(Order(seed=7, variants=2))] == ["seed 7", "seed 7", "seed 8", "seed 8"]
    with pytest.raises(ValueError, match="variants is 101; expected 1 to 100"):
        pages(Order(variants=101))


def test_who_watches_is_told_and_can_end_it():
    told = []
    pages(Order(variants=2), told.append)
    assert told == sorted(told)
    assert set(told) == {0, 1, 2}

    def enough(made):
        if made == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        pages(Order(variants=100), enough)


def test_each_exercise_is_on_a_front_and_its_solution_begins_on_the_back():
    assert printed(source(pages(Order(variants=3)))) == 6
    long = Order((3, 3, 3), 7, 2, examples=2, lambda_=0.5)
    made = pages(long)
    assert printed(source(made[1:2])) == 2  # a solution that goes on overleaf
    assert printed(source(made)) == 4 + 3  # and then a page is left empty


def extremes() -> list[tuple[tuple[int, ...], int]]:
    """The smallest and the largest layers in every order."""
    return [
        (sizes, examples)
        for examples, layers in itertools.product((1, 2), (2, 3, 4))
        for sizes in itertools.product((1, most_units(layers, examples)), repeat=layers)
    ]


@pytest.mark.parametrize(("sizes", "examples"), extremes())
def test_every_exercise_that_is_allowed_fits_on_one_page(sizes, examples, monkeypatch):
    monkeypatch.setattr(exercises, "DRAWS", 1)
    monkeypatch.setattr(exercises, "_carried", lambda given, exact, digits, most: most)
    made = exercise(sizes, 1, examples=examples, lambda_=1.0, activation="tanh")
    assert printed(source([task(made)])) == 1


def test_the_pdf_says_every_formula_to_those_who_cannot_see_it():
    made = pages(Order(seed=7))
    assert worksheet(Order(seed=7), FORMATS[".pdf"]).startswith(b"%PDF-")
    text = source(made)
    formulas = [one for page in made for block in page.blocks if isinstance(block, Row) for one in block.formulas]
    assert len(formulas) > 30
    assert all(f'alt: "{plain(one)}"' in text for one in formulas)
    assert 'alt: "The network 2-2-1, with its Θ at the links."' in text


def test_the_latex_is_whole():
    text = worksheet(Order((3, 2, 2), 7, 2, examples=2, lambda_=0.5, activation="tanh"), FORMATS[".tex"]).decode()
    assert text.isascii()
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")
    opened, closed = (re.findall(rf"\\{word}{{(\w+)}}", text) for word in ("begin", "end"))
    assert sorted(opened) == sorted(closed)
    assert text.count("$") % 2 == 0
    assert text.count(r"\cleardoublepage") == 2
    wires = re.findall(r"\\draw\[.*\] \((\d-\d)\) -- \((\d-\d)\); \\node\[weight\] at .*", text)
    assert len(wires) == 2 * (4 * 2 + 3 * 2)
    nodes = set(re.findall(r"\\node\[(?:unit|known|bias)\] \((\d-\d)\)", text))
    assert {end for wire in wires for end in wire} <= nodes


def test_the_markdown_has_a_drawing_and_cells_to_write_in():
    text = worksheet(Order(seed=7), FORMATS[".md"]).decode()
    assert text.count('-- "') == 9
    assert "| z₁⁽²⁾ | z₂⁽²⁾ | z₁⁽³⁾ |\n| --- | --- | --- |\n|        |        |        |" in text
    assert "- Δ⁽¹⁾ = [____ ____ ____; ____ ____ ____]" in text
