"""The wrong lines of NumPy and Octave, layer by layer, as the story has them."""

from collections.abc import Callable

from nnviz.engine import mistakes
from nnviz.engine.steps import Accumulate, Gradient, Step
from nnviz.picture.code_lines import ACTIVATION_CODE, STEP_CODE, Lines

CodeOf = Callable[[Step], Lines]


def _of_layer(numpy: str, octave: str) -> CodeOf:
    """Both with {n}, the layer, and {next}, the one after."""
    return lambda step: Lines(*(line.format(n=step.layer, next=step.layer + 1) for line in (numpy, octave)))


def _back(numpy: str, octave: str) -> CodeOf:
    """δ by these products, times g′(z)."""

    def lines(step: Step) -> Lines:
        n, slope = step.layer, ACTIVATION_CODE[step.computed.network.activation_name].slope
        parts = _of_layer(numpy, octave)(step)
        by_z = slope.numpy.format(n=n), slope.octave.format(n=n)
        return Lines(
            f"d{n} = ({parts.numpy}) * {by_z[0]}" if by_z[0] else f"d{n} = {parts.numpy}",
            f"d{n} = {parts.octave}{f' .* {by_z[1]}' if by_z[1] else ''};",
        )

    return lines


def _slope_of_a(step: Step) -> Lines:
    n, row = step.layer, ACTIVATION_CODE[step.computed.network.activation_name]
    value = [text.replace("z{n}", f"a{n}") for text in row.value]
    slope = [text.replace("a{n}", "g") for text in row.slope]
    numpy = f"d{n} = (Theta{n}[:, 1:].T @ d{n + 1}) * {slope[0]}  # 1: no bias column"
    octave = f"d{n} = Theta{n}(:,2:end)' * d{n + 1} .* {slope[1]};  % 2: no bias column"
    return Lines(f"g = {value[0]}  # of a, not of z\n{numpy}", f"g = {value[1]};  % of a, not of z\n{octave}")


def _carried(step: Step) -> Lines:
    n, right = step.layer, STEP_CODE[Accumulate](step)
    return Lines(
        f"# Delta{n} still holds the last pass\n{right.numpy}", f"% Delta{n} still holds the last pass\n{right.octave}"
    )


def _no_bias(step: Step) -> Lines:
    n, right = step.layer, STEP_CODE[Gradient](step)
    return Lines(f"{right.numpy}\nD{n}[:, 0] = 0", f"{right.octave}\nD{n}(:,1) = 0;")


def _many(step: Step) -> Lines:
    n, count = step.layer, step.count
    return Lines(
        f"for i in range(1, {count}):  # the bias once per input\n    Theta{n}[:, [0, i]] -= alpha * D{n}[:, [0, i]]",
        f"for i = 2:{count}  % the bias once per input\n  Theta{n}(:,[1 i]) -= alpha * D{n}(:,[1 i]);\nend",
    )


MISTAKEN_CODE: dict[type[Step], CodeOf] = {
    mistakes.FlippedError: _of_layer("d{n} = y - a{n}", "d{n} = y - a{n};"),
    mistakes.ShiftedError: _of_layer("d{n} = a{n} - np.roll(y, 1)", "d{n} = a{n} - circshift(y, 1);"),
    mistakes.SlopedError: _of_layer(
        "d{n} = (a{n} - y) * a{n} * (1 - a{n})", "d{n} = (a{n} - y) .* a{n} .* (1 - a{n});"
    ),
    mistakes.FlatError: _of_layer(
        "d{n} = Theta{n}[:, 1:].T @ d{next}  # 1: no bias column",
        "d{n} = Theta{n}(:,2:end)' * d{next};  % 2: no bias column",
    ),
    mistakes.SlopeOfAError: _slope_of_a,
    mistakes.NeighbourError: _back("Theta{n}[:, :-1].T @ d{next}", "Theta{n}(:,1:end-1)' * d{next}"),
    mistakes.UntransposedError: _back("Theta{n}[:, 1:] @ d{next}", "Theta{n}(:,2:end) * d{next}"),
    mistakes.EarlyError: _back("newTheta{n}[:, 1:].T @ d{next}", "newTheta{n}(:,2:end)' * d{next}"),
    mistakes.LeftOutAccumulate: _of_layer(
        "Delta{n} = Delta{n}  # the loop ended one example early",
        "Delta{n} = Delta{n};  % the loop ended one example early",
    ),
    mistakes.CarriedAccumulate: _carried,
    mistakes.UndividedDecay: _of_layer(
        "D{n} = Delta{n} / m\nD{n}[:, 1:] += lambda_ * Theta{n}[:, 1:]  # 1: not the bias column",
        "D{n} = Delta{n} / m;\nD{n}(:,2:end) += lambda * Theta{n}(:,2:end);  % 2: not the bias column",
    ),
    mistakes.DecayedBias: _of_layer(
        "D{n} = Delta{n} / m\nD{n} += lambda_ / m * Theta{n}",
        "D{n} = Delta{n} / m;\nD{n} += lambda / m * Theta{n};",
    ),
    mistakes.NoDecay: _of_layer("D{n} = Delta{n} / m", "D{n} = Delta{n} / m;"),
    mistakes.UndividedSum: _of_layer(
        "D{n} = Delta{n}.copy()\nD{n}[:, 1:] += lambda_ / m * Theta{n}[:, 1:]  # 1: not the bias column",
        "D{n} = Delta{n};\nD{n}(:,2:end) += lambda / m * Theta{n}(:,2:end);  % 2: not the bias column",
    ),
    mistakes.NoBiasGradient: _no_bias,
    mistakes.BiasManyTimes: _many,
}
