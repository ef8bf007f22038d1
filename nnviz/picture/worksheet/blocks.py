"""What a page of a worksheet is made of, whatever it is written as: headings, sentences, formulas, tables."""

from typing import NamedTuple

from nnviz.picture.markup import Formula
from nnviz.picture.worksheet.drawing import Plan
from nnviz.picture.worksheet.exercise import Exercise


class Heading(NamedTuple):
    """The name of a part."""

    words: str


class Sentence(NamedTuple):
    """Words with formulas among them."""

    parts: tuple[str | Formula, ...]


class Row(NamedTuple):
    """Formulas beside each other, as many as find room, in further lines where more are."""

    formulas: tuple[Formula, ...]


class Table(NamedTuple):
    """Rows of numbers below a head; the first cell of each names it."""

    head: tuple[Formula, ...]
    rows: tuple[tuple[Formula, ...], ...]


class Cells(NamedTuple):
    """Rows of cells to write in, each with the name of what belongs there; *title* says of what they all are, or ""."""

    title: str
    rows: tuple[tuple[Formula, ...], ...]


class Beside(NamedTuple):
    """Cells, and a formula after them, beside each other where there is room, else one below the other."""

    groups: tuple[Cells, ...]
    formula: Formula


class Drawing(NamedTuple):
    """The network; *solved*: with its numbers in it."""

    plan: Plan
    exercise: Exercise
    solved: bool


class Working(NamedTuple):
    """The rest of the page, to calculate on."""


Block = Heading | Sentence | Row | Table | Beside | Drawing | Working


class Page(NamedTuple):
    """An exercise, which is one page, or a solution; *subtitle* says which one."""

    title: str
    subtitle: str
    is_solution: bool
    blocks: tuple[Block, ...]
