"""The lines of NumPy and Octave that compute what a step tells, for its whole layer at once: a row for each kind.

``a1``, ``a2``, … leave the bias unit out; where it takes part, a 1 is put before them.
"""

from collections.abc import Callable
from typing import NamedTuple

from nnviz.engine.steps import (
    Accumulate,
    Activate,
    BiasError,
    ExampleCost,
    Gradient,
    HiddenError,
    OutputCost,
    OutputError,
    Step,
    Update,
)


class Lines(NamedTuple):
    """The same in both languages."""

    numpy: str
    octave: str


class ActivationCode(NamedTuple):
    """g of ``z`` and g′ by ``a``; {n} is the layer. A slope of "" is 1 and is left out."""

    value: Lines
    slope: Lines


ACTIVATION_CODE = {
    "sigmoid": ActivationCode(
        Lines("1 / (1 + np.exp(-z{n}))", "1 ./ (1 + exp(-z{n}))"),
        Lines("a{n} * (1 - a{n})", "a{n} .* (1 - a{n})"),
    ),
    "tanh": ActivationCode(Lines("np.tanh(z{n})", "tanh(z{n})"), Lines("(1 - a{n}**2)", "(1 - a{n}.^2)")),
    "relu": ActivationCode(Lines("np.maximum(0, z{n})", "max(0, z{n})"), Lines("(z{n} > 0)", "(z{n} > 0)")),
    "linear": ActivationCode(Lines("z{n}", "z{n}"), Lines("", "")),
}


START = Lines("a1 = x", "a1 = x;")


def _activate(step: Step) -> Lines:
    n, before = step.layer, step.layer - 1
    last = n == step.computed.network.layers
    row = ACTIVATION_CODE["sigmoid" if last else step.computed.network.activation_name]
    return Lines(
        f"z{n} = Theta{before} @ np.append(1, a{before})  # 1: the bias unit\na{n} = {row.value.numpy.format(n=n)}",
        f"z{n} = Theta{before} * [1; a{before}];  % 1: the bias unit\na{n} = {row.value.octave.format(n=n)};",
    )


def _output_cost(step: Step) -> Lines:
    a = f"a{step.layer}"
    return Lines(
        f"cost = -y * np.log({a}) - (1 - y) * np.log(1 - {a})",
        f"cost = -y .* log({a}) - (1 - y) .* log(1 - {a});",
    )


def _example_cost(step: Step) -> Lines:
    return Lines("total = np.sum(cost)  # of this example", "total = sum(cost);  % of this example")


def _output_error(step: Step) -> Lines:
    n = step.layer
    return Lines(f"d{n} = a{n} - y", f"d{n} = a{n} - y;")


def _hidden_error(step: Step) -> Lines:
    n = step.layer
    slope = ACTIVATION_CODE[step.computed.network.activation_name].slope
    numpy, octave = slope.numpy.format(n=n), slope.octave.format(n=n)
    product = f"Theta{n}[:, 1:].T @ d{n + 1}"
    return Lines(
        f"d{n} = ({product}) * {numpy}  # 1: no bias column" if numpy else f"d{n} = {product}  # 1: no bias column",
        f"d{n} = Theta{n}(:,2:end)' * d{n + 1}{f' .* {octave}' if octave else ''};  % 2: no bias column",
    )


def _accumulate(step: Step) -> Lines:
    n = step.layer
    return Lines(
        f"Delta{n} = Delta{n} + np.outer(d{n + 1}, np.append(1, a{n}))  # 1: the bias unit",
        f"Delta{n} = Delta{n} + d{n + 1} * [1; a{n}]';  % 1: the bias unit",
    )


def _gradient(step: Step) -> Lines:
    n = step.layer
    return Lines(
        f"D{n} = Delta{n} / m\nD{n}[:, 1:] += lambda_ / m * Theta{n}[:, 1:]  # 1: not the bias column",
        f"D{n} = Delta{n} / m;\nD{n}(:,2:end) += lambda / m * Theta{n}(:,2:end);  % 2: not the bias column",
    )


def _update(step: Step) -> Lines:
    n = step.layer
    return Lines(f"Theta{n} = Theta{n} - alpha * D{n}", f"Theta{n} = Theta{n} - alpha * D{n};")


STEP_CODE: dict[type[Step], Callable[[Step], Lines]] = {
    Activate: _activate,
    OutputCost: _output_cost,
    ExampleCost: _example_cost,
    OutputError: _output_error,
    HiddenError: _hidden_error,
    BiasError: _hidden_error,  # code leaves the bias unit out, and says where
    Accumulate: _accumulate,
    Gradient: _gradient,
    Update: _update,
}
