"""What stands in the slots of the whole function with a planted mistake; ✕ marks the lines that are wrong."""

from nnviz.engine import mistakes
from nnviz.engine.steps import MistakenStep
from nnviz.picture.programs.slots import Texts, both

WEIGHT = Texts("Theta[l][k, j + 1]", "Theta{l}(k, j + 1)", "Theta[l][:, 1:].T", "Theta{l}(:, 2:end)'")
SLOPE = Texts(" * g_prime(z[l][j])", " * g_prime(z{l}(j))", " * g_prime(z[l])", " .* g_prime(z{l})")


def _hidden(weight: Texts = WEIGHT, slope: Texts = SLOPE, *, apart: bool = False) -> dict[str, Texts]:
    """δ of a hidden unit through these weights, times this slope; *apart*, since one line of NumPy were too long."""
    blame = "blame" if weight is WEIGHT else "✕ blame"
    error = "error" if slope is SLOPE else "✕ error"
    product = f"{weight.vectorised_numpy} @ delta[l + 1]"
    if apart:
        numpy = f"delta[l] = {product} «{blame}»\ndelta[l] *={slope.vectorised_numpy.removeprefix(' *')} «{error}»"
    elif slope.vectorised_numpy:
        numpy = f"delta[l] = ({product}){slope.vectorised_numpy} «✕ blame|error»"
    else:
        numpy = f"delta[l] = {product} «✕ blame|error»"
    texts = Texts(
        f"total = 0\nfor k in range(s[l + 1]):\n    total += {weight.loop_numpy} * delta[l + 1][k] «{blame}»\n"
        f"delta[l][j] = total{slope.loop_numpy} «{error}»",
        f"total = 0;\nfor k = 1:s(l + 1)\n  total += {weight.loop_octave} * delta{{l + 1}}(k); «{blame}»\nend\n"
        f"delta{{l}}(j) = total{slope.loop_octave}; «{error}»",
        numpy,
        f"delta{{l}} = {weight.vectorised_octave} * delta{{l + 1}}{slope.vectorised_octave}; «✕ blame|error»",
    )
    return {"hidden error": texts}


_UNTRANSPOSED = Texts(
    "total = 0\n"
    "for k in range(s[l + 1]):\n"
    "    if s[l] == s[l + 1]:  # elsewhere it would not fit\n"
    "        total += Theta[l][j, k + 1] * delta[l + 1][k] «✕ blame untransposed»\n"
    "    else:\n"
    "        total += Theta[l][k, j + 1] * delta[l + 1][k] «blame»\n"
    "delta[l][j] = total * g_prime(z[l][j]) «error»",
    "total = 0;\n"
    "for k = 1:s(l + 1)\n"
    "  if s(l) == s(l + 1)  % elsewhere it would not fit\n"
    "    total += Theta{l}(j, k + 1) * delta{l + 1}(k); «✕ blame untransposed»\n"
    "  else\n"
    "    total += Theta{l}(k, j + 1) * delta{l + 1}(k); «blame»\n"
    "  end\n"
    "end\n"
    "delta{l}(j) = total * g_prime(z{l}(j)); «error»",
    "W = Theta[l][:, 1:]  # 1: no bias column «✕»\n"
    "if s[l] != s[l + 1]:  # it would not fit\n"
    "    W = W.T\n"
    "delta[l] = (W @ delta[l + 1]) * g_prime(z[l]) «blame|error»",
    "W = Theta{l}(:, 2:end);  % 2: no bias column «✕»\n"
    "if s(l) ~= s(l + 1)  % it would not fit\n"
    "  W = W';\n"
    "end\n"
    "delta{l} = W * delta{l + 1} .* g_prime(z{l}); «blame|error»",
)


def _output(numpy: str, octave: str, whole_numpy: str, whole_octave: str) -> dict[str, Texts]:
    """δ of the output."""
    starts = "delta[L][j] = ", "delta{L}(j) = ", "delta[L] = ", "delta{L} = "
    lines = (numpy, f"{octave};", whole_numpy, f"{whole_octave};")
    return {"output error": Texts(*(f"{start}{line} «✕ output error»" for start, line in zip(starts, lines)))}


def _gradient(loop_numpy: str, loop_octave: str, whole_numpy: str, whole_octave: str) -> dict[str, Texts]:
    """D of an entry in the loops, and of a layer."""
    return {"gradient": Texts(loop_numpy, loop_octave, whole_numpy, whole_octave)}


MISTAKEN_SLOTS: dict[type[MistakenStep], dict[str, Texts]] = {
    mistakes.FlippedError: _output("Y[i, j] - h[j]", "Y(i, j) - h(j)", "y - h", "y - h"),
    mistakes.ShiftedError: _output(
        "h[j] - Y[i, j - 1]", "h(j) - Y(i, mod(j - 2, s(L)) + 1)", "h - np.roll(y, 1)", "h - circshift(y, 1)"
    ),
    mistakes.SlopedError: _output(
        "(h[j] - Y[i, j]) * h[j] * (1 - h[j])",
        "(h(j) - Y(i, j)) * h(j) * (1 - h(j))",
        "(h - y) * h * (1 - h)",
        "(h - y) .* h .* (1 - h)",
    ),
    mistakes.FlatError: _hidden(slope=both("", "")),
    mistakes.SlopeOfAError: _hidden(
        slope=Texts(
            " * g_prime(a[l][j + 1])", " * g_prime(a{l}(j + 1))", " * g_prime(a[l][1:])", " .* g_prime(a{l}(2:end))"
        ),
        apart=True,
    ),
    mistakes.NeighbourError: _hidden(
        Texts("Theta[l][k, j]", "Theta{l}(k, j)", "Theta[l][:, :-1].T", "Theta{l}(:, 1:end-1)'")
    ),
    mistakes.UntransposedError: {"hidden error": _UNTRANSPOSED},
    mistakes.EarlyError: _hidden(
        Texts("newTheta[l][k, j + 1]", "newTheta{l}(k, j + 1)", "newTheta[l][:, 1:].T", "newTheta{l}(:, 2:end)'"),
        apart=True,
    ),
    mistakes.LeftOutAccumulate: {
        "counted": both(
            "if i == m - 1:\n    continue  # one example too early «✕ left out»",
            "if i == m\n  continue;  % one example too early «✕ left out»\nend",
        )
    },
    mistakes.CarriedAccumulate: {
        "kept": both("kept = {}  # what Delta holds between two calls\n\n\n", "persistent Delta = {};"),
        "reset": both(
            "Delta[l] = kept.setdefault(l, np.zeros(Theta[l].shape)) «✕»",
            "if numel(Delta) < l  % 0 in the first call only «✕»\n  Delta{l} = zeros(size(Theta{l}));\nend",
        ),
    },
    mistakes.UndividedDecay: _gradient(
        "D[l][j, k] = Delta[l][j, k] / m «divide»\n"
        "if k > 0:  # not the bias column\n"
        "    D[l][j, k] += lambda_ * Theta[l][j, k] «✕ decay»",
        "D{l}(j, k) = Delta{l}(j, k) / m; «divide»\n"
        "if k > 1  % not the bias column\n"
        "  D{l}(j, k) += lambda * Theta{l}(j, k); «✕ decay»\n"
        "end",
        "D[l] = Delta[l] / m «divide»\nD[l][:, 1:] += lambda_ * Theta[l][:, 1:]  # 1: not the bias «✕ decay»",
        "D{l} = Delta{l} / m; «divide»\nD{l}(:, 2:end) += lambda * Theta{l}(:, 2:end);  % 2: not the bias «✕ decay»",
    ),
    mistakes.DecayedBias: _gradient(
        "D[l][j, k] = Delta[l][j, k] / m «divide»\nD[l][j, k] += lambda_ / m * Theta[l][j, k] «✕ decay»",
        "D{l}(j, k) = Delta{l}(j, k) / m; «divide»\nD{l}(j, k) += lambda / m * Theta{l}(j, k); «✕ decay»",
        "D[l] = Delta[l] / m «divide»\nD[l] += lambda_ / m * Theta[l] «✕ decay»",
        "D{l} = Delta{l} / m; «divide»\nD{l} += lambda / m * Theta{l}; «✕ decay»",
    ),
    mistakes.NoDecay: _gradient(
        "D[l][j, k] = Delta[l][j, k] / m  # no weight decay «✕ divide»",
        "D{l}(j, k) = Delta{l}(j, k) / m;  % no weight decay «✕ divide»",
        "D[l] = Delta[l] / m  # no weight decay «✕ divide»",
        "D{l} = Delta{l} / m;  % no weight decay «✕ divide»",
    ),
    mistakes.UndividedSum: _gradient(
        "D[l][j, k] = Delta[l][j, k] «✕ divide»\n"
        "if k > 0:  # not the bias column\n"
        "    D[l][j, k] += lambda_ / m * Theta[l][j, k] «decay»",
        "D{l}(j, k) = Delta{l}(j, k); «✕ divide»\n"
        "if k > 1  % not the bias column\n"
        "  D{l}(j, k) += lambda / m * Theta{l}(j, k); «decay»\n"
        "end",
        "D[l] = Delta[l].copy() «✕ divide»\nD[l][:, 1:] += lambda_ / m * Theta[l][:, 1:]  # 1: not the bias «decay»",
        "D{l} = Delta{l}; «✕ divide»\nD{l}(:, 2:end) += lambda / m * Theta{l}(:, 2:end);  % 2: not the bias «decay»",
    ),
    mistakes.NoBiasGradient: _gradient(
        "D[l][j, k] = Delta[l][j, k] / m «divide»\n"
        "if k == 0:  # the bias column\n"
        "    D[l][j, k] = 0 «✕ no bias»\n"
        "else:\n"
        "    D[l][j, k] += lambda_ / m * Theta[l][j, k] «decay»",
        "D{l}(j, k) = Delta{l}(j, k) / m; «divide»\n"
        "if k == 1  % the bias column\n"
        "  D{l}(j, k) = 0; «✕ no bias»\n"
        "else\n"
        "  D{l}(j, k) += lambda / m * Theta{l}(j, k); «decay»\n"
        "end",
        "D[l] = Delta[l] / m «divide»\n"
        "D[l][:, 0] = 0  # 0: the bias «✕ no bias»\n"
        "D[l][:, 1:] += lambda_ / m * Theta[l][:, 1:]  # 1: not the bias «decay»",
        "D{l} = Delta{l} / m; «divide»\n"
        "D{l}(:, 1) = 0;  % 1: the bias «✕ no bias»\n"
        "D{l}(:, 2:end) += lambda / m * Theta{l}(:, 2:end);  % 2: not the bias «decay»",
    ),
    mistakes.BiasManyTimes: {
        "update": Texts(
            "if k > 0:  # the bias, too, once for each input\n"
            "    newTheta[l][j, 0] -= alpha * D[l][j, 0] «✕ bias update»\n"
            "    newTheta[l][j, k] -= alpha * D[l][j, k] «update»",
            "if k > 1  % the bias, too, once for each input\n"
            "  newTheta{l}(j, 1) -= alpha * D{l}(j, 1); «✕ bias update»\n"
            "  newTheta{l}(j, k) -= alpha * D{l}(j, k); «update»\n"
            "end",
            "newTheta[l] = Theta[l].copy()\n"
            "for k in range(1, s[l] + 1):  # the bias, too, once for each input\n"
            "    newTheta[l][:, [0, k]] -= alpha * D[l][:, [0, k]] «✕ update»",
            "newTheta{l} = Theta{l};\n"
            "for k = 2:s(l) + 1  % the bias, too, once for each input\n"
            "  newTheta{l}(:, [1 k]) -= alpha * D{l}(:, [1 k]); «✕ update»\n"
            "end",
        )
    },
}
