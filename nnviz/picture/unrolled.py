"""What is shown of the unrolled vectors: names, the part of a matrix that is drawn, the code there and back."""

from itertools import pairwise

from nnviz.engine.quantities import Address
from nnviz.engine.unrolling import Unrolling
from nnviz.picture import notation
from nnviz.picture.code import Lines
from nnviz.picture.markup import plain


def name(address: Address) -> str:
    """``Θ₂₁⁽¹⁾``."""
    return plain(notation.theta(address.layer, address.row, address.column))


def gradient_name(address: Address) -> str:
    """``D₂₁⁽¹⁾``."""
    return plain(notation.gradient(address.layer, address.row, address.column))


def title(order: Unrolling, layer: int) -> str:
    """``Θ⁽¹⁾ 5 × 4 → n = 1 … 20``."""
    (rows, columns), (first, last) = order.shape(layer), order.span(layer)
    return f"{plain(notation.theta(layer))}  {rows:,} × {columns:,}  →  n = {first:,} … {last:,}"


def around(count: int, most: int, kept: int) -> tuple[int | None, ...]:
    """At most *most* (≥ 5) of 0 … *count* − 1, with None for a gap: the first, the last, and those near *kept*."""
    if count <= most:
        return tuple(range(count))
    near = most - 4
    first = min(max(kept - near // 2, 0), count - near)
    shown: list[int | None] = []
    for before, index in pairwise((-1, *sorted({0, count - 1, *range(first, first + near)}))):
        shown += [index] if index == before + 1 else [None, index]
    return tuple(shown)


def code(order: Unrolling) -> Lines:
    """The lines that unroll Θ and D into vectors, and those that cut Θ out of one again."""
    return Lines("\n".join(_numpy(order)), "\n".join(_octave(order)))


def _numpy(order: Unrolling) -> list[str]:
    lines = []
    for vector, letter in _VECTORS:
        columns = ", ".join(f'{letter}{layer}.ravel("F")' for layer in order.layers)
        lines.append(f"{vector} = np.concatenate([{columns}])")
    for layer in order.layers:
        shape, (first, last) = order.shape(layer), order.span(layer)
        lines.append(f'Theta{layer} = thetaVec[{first - 1}:{last}].reshape({shape[0]}, {shape[1]}, order="F")')
    return lines


def _octave(order: Unrolling) -> list[str]:
    lines = [
        f"{vector} = [{'; '.join(f'{letter}{layer}(:)' for layer in order.layers)}];" for vector, letter in _VECTORS
    ]
    for layer in order.layers:
        (rows, columns), (first, last) = order.shape(layer), order.span(layer)
        lines.append(f"Theta{layer} = reshape(thetaVec({first}:{last}), {rows}, {columns});")
    return lines


_VECTORS = (("thetaVec", "Theta"), ("DVec", "D"))
