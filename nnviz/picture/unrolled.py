"""What is shown of the unrolled vectors: names, the part of a matrix that is drawn, the code there and back."""

from collections.abc import Callable
from itertools import pairwise

from nnviz.engine.quantities import Address
from nnviz.engine.unrolling import Unrolling
from nnviz.picture import notation
from nnviz.picture.code_lines import Lines
from nnviz.picture.markup import Symbol, plain
from nnviz.picture.scripts import lowered, raised


def name(address: Address) -> str:
    """``Θ₂₁⁽¹⁾``; ``Θ₂₀,₁⁽¹⁾`` where an index has two digits."""
    return _named(notation.theta, address)


def gradient_name(address: Address) -> str:
    """``D₂₁⁽¹⁾``."""
    return _named(notation.gradient, address)


def both_names(address: Address) -> str:
    """``Θ₂₁⁽¹⁾ D₂₁⁽¹⁾``."""
    return f"{name(address)} {gradient_name(address)}"


def short_name(address: Address) -> str:
    """``Θ₂₁``, where there is no room to say the layer."""
    return "Θ" + _indices(address)


def _named(matrix: Callable[[int], Symbol], address: Address) -> str:
    return plain(matrix(address.layer))[:1] + _indices(address) + raised(f"({address.layer})")


def _indices(address: Address) -> str:
    indices = [lowered(str(index)) for index in (address.row, address.column)]
    return ("" if max(map(len, indices)) == 1 else ",").join(indices)


def title(order: Unrolling, layer: int) -> str:
    """``Θ⁽¹⁾ 5 × 4 → n = 1 … 20``."""
    (rows, columns), (first, last) = order.shape(layer), order.span(layer)
    return f"{plain(notation.theta(layer))}  {rows:,} × {columns:,}  →  n = {first:,} … {last:,}"


def around(count: int, most: int, kept: int) -> tuple[int | None, ...]:
    """0 … *count* − 1 if there are at most *most* (≥ 5); else the first, the last, and some near *kept*.

    None stands for a gap; there are one or two of them, and always *most* − 2 numbers.
    """
    if count <= most:
        return tuple(range(count))
    near, numbers = kept - (most - 4) // 2, most - 2
    shown_near = range(near, near + numbers - 2)
    if near <= 1:
        shown_near = range(numbers - 1)
    elif shown_near.stop >= count - 1:
        shown_near = range(count - numbers + 1, count)
    shown: list[int | None] = []
    for before, index in pairwise((-1, *sorted({0, count - 1, *shown_near}))):
        shown += [index] if index == before + 1 else [None, index]
    return tuple(shown)


def code(order: Unrolling) -> Lines:
    """The lines that unroll Θ and D into vectors, and those that cut Θ out of one again."""
    return Lines("\n".join(_numpy(order)), "\n".join(_octave(order)))


def _numpy(order: Unrolling) -> list[str]:
    lines = []
    for vector, letter in _VECTORS:
        columns = ",".join(f'\n    {letter}{layer}.ravel("F")' for layer in order.layers)
        lines.append(f"{vector} = np.concatenate([{columns}])")
    for layer in order.layers:
        shape, (first, last) = order.shape(layer), order.span(layer)
        part = f"Theta{layer} = thetaVec[{first - 1}:{last}]"
        lines.append(f'{part}.reshape(\n    ({shape[0]}, {shape[1]}), order="F")')
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
