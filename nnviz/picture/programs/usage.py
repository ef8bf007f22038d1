"""The lines below the function that call it, with the present Θ and example where they are short enough."""

from collections.abc import Iterator
from textwrap import wrap

from nnviz.engine.arrays import Array
from nnviz.engine.mistakes import CarriedAccumulate
from nnviz.engine.trace import Trace
from nnviz.picture.code import Language
from nnviz.picture.programs.program import Kind, Program, program
from nnviz.picture.programs.texts import Version

MOST = 100
"""A network with more numbers is called with random ones."""
WIDTH = 76


def whole(trace: Trace, kind: Kind, version: Version, language: Language) -> Program:
    """The function and its call, with the example of *trace* alone."""
    function = program(kind, version, language)
    lines = _numpy(trace, function, kind) if language == "numpy" else _octave(trace, function, kind)
    return function.with_lines(tuple(lines))


def _short(trace: Trace) -> bool:
    return trace.network.entries + trace.network.sizes[0] + trace.network.outputs <= MOST


def _rates(trace: Trace, function: Program) -> str:
    epoch = trace.epoch
    alpha = any("alpha)" in line.text for line in function.lines)
    return f"{epoch.lambda_!r}, {epoch.learning_rate!r}" if alpha else f"{epoch.lambda_!r}"


def _numpy(trace: Trace, function: Program, kind: Kind) -> Iterator[str]:
    yield from ("", "", 'if __name__ == "__main__":')
    call = f"backprop(Theta, X, Y, {_rates(trace, function)})"
    if _short(trace):
        yield f"    # example {trace.row + 1} alone"
        yield "    Theta = ["
        for theta in trace.network.thetas:
            yield "        np.array(["
            for row in theta:
                yield from _wrapped(f"[{_numbers(row)}],", 12)
            yield "        ]),"
        yield "    ]"
        yield from _wrapped(f"X = np.array([[{_numbers(trace.a[0])}]])", 4)
        yield from _wrapped(f"Y = np.array([[{_numbers(trace.y)}]])", 4)
    else:
        yield f"    s = [{', '.join(map(str, trace.network.sizes))}]"
        yield "    rng = np.random.default_rng(1)"
        yield "    Theta = [rng.uniform(-0.1, 0.1, (n, p + 1)) for p, n in zip(s, s[1:])]"
        yield "    X, Y = rng.random((1, s[0])), np.eye(1, s[-1])"
    if kind.mistake is CarriedAccumulate:
        yield f"    {call}  # the pass before"
    yield f'    print(*{call}, sep="\\n")'


def _octave(trace: Trace, function: Program, kind: Kind) -> Iterator[str]:
    yield ""
    call = f"backprop(Theta, X, Y, {_rates(trace, function)})"
    if _short(trace):
        yield f"% example {trace.row + 1} alone"
        for layer, theta in enumerate(trace.network.thetas, 1):
            yield f"Theta{{{layer}}} = ["
            for row in theta:
                yield from _continued(f"{_numbers(row)};", 2)
            yield "];"
        yield from _continued(f"X = [{_numbers(trace.a[0])}];", 0)
        yield from _continued(f"Y = [{_numbers(trace.y)}];", 0)
    else:
        yield f"s = [{', '.join(map(str, trace.network.sizes))}];"
        yield "for l = 1:numel(s) - 1"
        yield "  Theta{l} = 0.2 * rand(s(l + 1), s(l) + 1) - 0.1;"
        yield "end"
        yield "X = rand(1, s(1));"
        yield "Y = eye(1, s(end));"
    if kind.mistake is CarriedAccumulate:
        yield f"{call};  % the pass before"
    results = next(line.text for line in function.lines if "= backprop" in line.text)
    yield f"{results[len('function ') :].partition('=')[0]}= {call}"


def _numbers(values: Array) -> str:
    return ", ".join(repr(float(value)) for value in values)


def _wrapped(text: str, indent: int) -> list[str]:
    first, rest = " " * indent, " " * (indent + 4)
    return wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _continued(text: str, indent: int) -> list[str]:
    """Wrapped with the mark that goes on in the next line."""
    first, rest = " " * indent, " " * (indent + 2)
    width = WIDTH - 4
    lines = wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return [f"{line} ..." for line in lines[:-1]] + lines[-1:]
