"""The drawn network as Typst source, in the colours of the window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nnviz.engine.quantities import Address, Symbol
from nnviz.picture import notation as m
from nnviz.picture.markup import Formula
from nnviz.picture.narrator import setting
from nnviz.picture.palette import Palette, blend
from nnviz.picture.scripts import string
from nnviz.picture.worksheet.blocks import Drawing
from nnviz.picture.worksheet.drawing import RADIUS, WIDTH, Node, Wire

FOOT = 4.0  # mm below the drawing, for δ


def helpers(palette: Palette) -> str:
    """What the figure takes for known; all lengths are in mm."""
    faint = {name: blend(getattr(palette, name), palette.panel, 0.6) for name in ("positive", "negative")}
    return f"""\
#let centred(x, y, body) = place(top + left, dx: x * 1mm - 20mm, dy: y * 1mm - 5mm,
  block(width: 40mm, height: 10mm, align(center + horizon, body)))
#let wire(x, y, to-x, to-y, width, ..pen) = place(top + left, line(start: (x * 1mm, y * 1mm),
  end: (to-x * 1mm, to-y * 1mm), stroke: (thickness: width * 1pt, ..pen.named())))
#let positive = (paint: rgb("{faint["positive"]}"), dash: "solid")
#let negative = (paint: rgb("{faint["negative"]}"), dash: "dashed")
#let weight(x, y, ink, words) = centred(x, y,
  box(fill: white, inset: (x: 0.5mm, y: 0.3mm), text(8pt, fill: rgb(ink), words)))
#let disc(x, y, fill, ..pen) = centred(x, y, circle(radius: {RADIUS:g}mm, fill: rgb(fill), stroke: pen.named()))
#let known(x, y) = disc(x, y, "{blend(palette.forward, palette.panel, 0.12)}",
  paint: rgb("{palette.forward}"), thickness: 0.9pt)
#let asked(x, y) = disc(x, y, "{palette.panel}", paint: rgb("{palette.muted}"), thickness: 0.8pt, dash: "dashed")
#let bias(x, y) = centred(x, y, rect(width: {1.5 * RADIUS:g}mm, height: {1.5 * RADIUS:g}mm, radius: 1mm,
  inset: 0pt, fill: white, stroke: 0.8pt + rgb("{palette.muted}"), align(center + horizon, text(8.5pt)[+1])))
#let tag(x, y, words) = centred(x, y, box(fill: rgb("{blend(palette.backward, palette.panel, 0.1)}"),
  radius: 1.5mm, inset: (x: 1.2mm, y: 0.7mm), text(7.5pt, fill: rgb("{palette.backward}"), words)))
"""


@dataclass(frozen=True)
class Figure:
    """One drawing; *formula* writes a formula as Typst."""

    drawing: Drawing
    palette: Palette
    formula: Callable[[Formula], str]

    def source(self) -> str:
        """The figure, with a text for those who cannot see it."""
        plan = self.drawing.plan
        parts = [*self._headings(), *self._wires(), *(part for node in plan.nodes for part in self._node(node))]
        alt = string(f"The network {'-'.join(map(str, plan.sizes))}, with its Θ at the links.")
        height = plan.height + FOOT * self.drawing.solved
        body = "\n".join(parts)
        return f"#figure(alt: {alt}, block(width: {WIDTH:g}mm, height: {height:g}mm, {{\n{body}\n}}))"

    def _headings(self) -> Iterator[str]:
        last = len(self.drawing.plan.sizes)
        for layer, x in enumerate(self.drawing.plan.xs, 1):
            kind = "input" if layer == 1 else "output" if layer == last else "hidden"
            right = m.x() if layer == 1 else m.g(m.z(layer))
            holds = self.formula(m.row(m.a(layer), m.equals(), right))
            yield f"centred({x:g}, 3, text(9pt, strong[Layer {layer} · {kind}]))"
            yield f"centred({x:g}, 8, text(9pt, {holds}))"

    def _wires(self) -> Iterator[str]:
        """Lines, and then the numbers over them."""
        values = [(wire, self._theta(wire)) for wire in self.drawing.plan.wires]
        for wire, value in values:
            ends = f"{wire.start.x:.2f}, {wire.start.y:.2f}, {wire.end.x:.2f}, {wire.end.y:.2f}"
            yield f"wire({ends}, {0.5 + 0.6 * abs(value):g}, ..{'negative' if value < 0.0 else 'positive'})"
        for wire, value in values:
            ink = self.palette.negative if value < 0.0 else self.palette.positive
            yield f'weight({wire.label.x:.2f}, {wire.label.y:.2f}, "{ink}", {string(setting(value))})'

    def _theta(self, wire: Wire) -> float:
        return self.drawing.exercise.given.thetas[wire.layer - 1][wire.to - 1][wire.source]

    def _node(self, node: Node) -> Iterator[str]:
        at = f"{node.centre.x:g}, {node.centre.y:g}"
        if node.unit == 0:
            yield f"bias({at})"
            return
        known = self.drawing.solved or node.layer == 1
        yield f"{'known' if known else 'asked'}({at})"
        yield f"centred({at}, text(8.5pt, {self._inside(node, known)}))"
        if self.drawing.exercise.m == 1:
            yield from self._outside(node)

    def _inside(self, node: Node, known: bool) -> str:
        exercise = self.drawing.exercise
        if known and exercise.m == 1:
            return string(exercise.text(0, Address(Symbol.A, node.layer, node.unit)))
        return self.formula(m.x(node.unit) if node.layer == 1 else m.a(node.layer, node.unit))

    def _outside(self, node: Node) -> Iterator[str]:
        """x at the left, y at the right, and in the solution δ below."""
        (x, y), exercise = node.centre, self.drawing.exercise
        if node.layer == 1:
            yield f"centred({x - RADIUS - 6:g}, {y:g}, text(9pt, {self.formula(m.x(node.unit))}))"
        if node.layer == exercise.layers:
            target = m.row(m.y(node.unit), m.equals(), m.number(setting(exercise.given.Y[0][node.unit - 1])))
            yield f"centred({x + RADIUS + 11:g}, {y:g}, text(9pt, {self.formula(target)}))"
        if self.drawing.solved and node.layer > 1:
            delta = exercise.text(0, Address(Symbol.DELTA, node.layer, node.unit))
            yield f"tag({x:g}, {y + RADIUS + 1.2:g}, {string(f'δ {delta}')})"
