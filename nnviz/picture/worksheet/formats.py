"""What a worksheet can be written as: a row for each ending of a file."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from nnviz.picture.worksheet.blocks import Page
from nnviz.picture.worksheet.exercise import exercise
from nnviz.picture.worksheet.solution import solution
from nnviz.picture.worksheet.task import task

MOST_VARIANTS = 100


class Order(NamedTuple):
    """What is wanted; see ``exercise``. Variant i has the seed ``seed`` + i."""

    sizes: tuple[int, ...] = (2, 2, 1)
    seed: int = 1
    variants: int = 1
    digits: int = 2
    examples: int = 1
    lambda_: float = 0.0
    activation: str = "sigmoid"


class Format(NamedTuple):
    """One row: words for a list, and what makes the bytes of a file."""

    words: str
    write: Callable[[Sequence[Page]], bytes]


def _pdf(pages: Sequence[Page]) -> bytes:
    from nnviz.picture.typeset import pdf  # Typst takes time to import, and only this needs it
    from nnviz.picture.worksheet.paper import source

    return pdf(source(pages), accessible=True)


def _tex(pages: Sequence[Page]) -> bytes:
    from nnviz.picture.worksheet.tex import tex

    return tex(pages).encode()


def _markdown(pages: Sequence[Page]) -> bytes:
    from nnviz.picture.worksheet.markdown import markdown

    return markdown(pages).encode()


# By the ending of the name.
FORMATS = {
    ".pdf": Format("PDF, to be printed on both sides", _pdf),
    ".tex": Format("LaTeX, to be changed", _tex),
    ".md": Format("Markdown", _markdown),
}


def pages(order: Order, watch: Callable[[int], None] = lambda made: None) -> list[Page]:
    """Exercise, solution, exercise, solution, …: printed on both sides, each solution is on the back of its exercise.

    The same order gives the same pages. *watch* is told, some times in each millisecond, how many variants are made;
    what it raises ends the work. Raises ValueError as ``exercise`` does.
    """
    if not 1 <= order.variants <= MOST_VARIANTS:
        raise ValueError(f"variants is {order.variants}; expected 1 to {MOST_VARIANTS}.")
    wanted = order._asdict()
    first, variants = wanted.pop("seed"), wanted.pop("variants")
    made: list[Page] = []
    for index in range(variants):
        one = exercise(seed=first + index, watch=partial(watch, index), **wanted)
        made += task(one), solution(one)
    watch(variants)
    return made


def worksheet(order: Order, form: Format, watch: Callable[[int], None] = lambda made: None) -> bytes:
    """The whole file, in one of FORMATS; *watch*: see ``pages``."""
    return form.write(pages(order, watch))
