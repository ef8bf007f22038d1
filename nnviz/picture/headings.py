"""The formulas above and below the columns, as Typst sets them; a layout has their words and their places.

Apart from the layout because the first picture is painted before there is a formula.
"""

from nnviz.engine.quantities import Symbol
from nnviz.picture import notation
from nnviz.picture.layout import Layout
from nnviz.picture.markup import Formula
from nnviz.picture.parts import Label


def heading(label: Label, plan: Layout) -> Formula:
    """The formula for *label*, one of the plan's that has an address; ``plain`` of it is what the label says."""
    assert label.address is not None
    layer = label.address.layer
    long = " " in label.text.words
    if label.address.symbol is Symbol.THETA:
        return _matrix(layer, plan.sizes) if long else notation.theta(layer, role="muted")
    return _holds(layer, plan.sizes) if long else notation.a(layer, role="muted")


def _matrix(layer: int, sizes: tuple[int, ...]) -> Formula:
    shape = f"{sizes[layer]} × {sizes[layer - 1] + 1}"
    return notation.row(notation.theta(layer, role="muted"), notation.words(shape, "muted"))


def _holds(layer: int, sizes: tuple[int, ...]) -> Formula:
    what: Formula = notation.g(notation.z(layer))
    if layer == 1:
        what = notation.x(role="muted")
    elif layer == len(sizes):
        what = notation.row(notation.symbol("h", sub="Θ"), notation.group(notation.symbol("x")))
    return notation.coloured("muted", notation.a(layer, role="muted"), notation.equals(), what)
