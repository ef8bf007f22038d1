"""A worksheet as Markdown: formulas in Unicode, one below the other, and the network as a Mermaid diagram."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from nnviz.picture.markup import plain
from nnviz.picture.narrator import setting
from nnviz.picture.worksheet.blocks import Beside, Cells, Drawing, Heading, Page, Row, Sentence, Table, Working


def markdown(pages: Iterable[Page]) -> str:
    """The pages one after the other, with a line between them."""
    return "\n\n---\n\n".join("\n\n".join(_page(page)) for page in pages) + "\n"


def _page(page: Page) -> Iterator[str]:
    yield f"# {page.title}"
    yield page.subtitle
    if not page.is_solution:
        yield "Name: ____________________ Date: ____________"
    for block in page.blocks:
        if text := _WRITERS[type(block)](block):
            yield text


def _sentence(sentence: Sentence) -> str:
    return "".join(part if isinstance(part, str) else plain(part) for part in sentence.parts)


def _row(row: Row) -> str:
    return "\n".join(f"- {plain(formula)}" for formula in row.formulas)


def _table(table: Table) -> str:
    return _ruled([plain(cell) for cell in table.head], [[plain(cell) for cell in row] for row in table.rows])


def _beside(beside: Beside) -> str:
    return "\n\n".join([*map(_cells, beside.groups), _row(Row((beside.formula,)))])


def _cells(cells: Cells) -> str:
    tables = [_ruled([plain(name) for name in row], [[" " * 6] * len(row)]) for row in cells.rows]
    return "\n\n".join(([f"**{cells.title}**"] if cells.title else []) + tables)


def _ruled(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _drawing(drawing: Drawing) -> str:
    """The exercise has it, the solution would only repeat it."""
    if drawing.solved:
        return ""
    thetas = drawing.exercise.given.thetas
    lines = ["```mermaid", "flowchart LR"]
    for node in drawing.plan.nodes:
        name = f"l{node.layer}u{node.unit}"
        lines.append(f'  {name}["+1"]' if node.unit == 0 else f'  {name}(("{node.layer}.{node.unit}"))')
    for wire in drawing.plan.wires:
        value = setting(thetas[wire.layer - 1][wire.to - 1][wire.source])
        lines.append(f'  l{wire.layer}u{wire.source} -- "{value}" --> l{wire.layer + 1}u{wire.to}')
    return "\n".join([*lines, "```"])


_WRITERS: dict[type, Callable[[Any], str]] = {
    Heading: lambda heading: f"## {heading.words}",
    Sentence: _sentence,
    Row: _row,
    Table: _table,
    Beside: _beside,
    Drawing: _drawing,
    Working: lambda working: "",
}
