"""All that is told of a kind of step with a planted mistake, in one row."""

from collections.abc import Callable
from typing import NamedTuple

from nnviz.engine.faults import FAULTS, Fault
from nnviz.engine.steps import Step
from nnviz.picture.code_lines import Lines
from nnviz.picture.matrix import Part
from nnviz.picture.matrix_rows import Place
from nnviz.picture.mistaken.code import MISTAKEN_CODE
from nnviz.picture.mistaken.formulas import MISTAKEN_FORMULAS
from nnviz.picture.mistaken.matrices import MISTAKEN_PARTS
from nnviz.picture.mistaken.tables import MISTAKEN_TABLES
from nnviz.picture.mistaken.words import sentences
from nnviz.picture.pieces import Formulas
from nnviz.picture.sentences import Sentences
from nnviz.picture.tables import Kind


class Mistold(NamedTuple):
    """The mistake, and how a step with it is told, like a right one."""

    fault: Fault
    sentences: Sentences
    formulas: Formulas
    table: Kind
    parts: Callable[[Place, Step], tuple[Part, ...]]
    code: Callable[[Step], Lines]


MISTOLD: dict[type[Step], Mistold] = {
    row.step: Mistold(
        row,
        sentences(row),
        MISTAKEN_FORMULAS[row.step],
        MISTAKEN_TABLES[row.step],
        MISTAKEN_PARTS[row.step],
        MISTAKEN_CODE[row.step],
    )
    for row in FAULTS
}
