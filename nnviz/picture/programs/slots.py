"""What stands in the slots of the texts when nothing is wrong, and where hidden units are no sigmoids."""

from typing import NamedTuple

from nnviz.picture.code import Language
from nnviz.picture.programs.texts import Version


class Texts(NamedTuple):
    """The lines of one slot in each form of the program."""

    loop_numpy: str
    loop_octave: str
    vectorised_numpy: str
    vectorised_octave: str

    def of(self, version: Version, language: Language) -> str:
        """Those of one form."""
        return str(getattr(self, f"{version}_{language}"))


def both(numpy: str, octave: str) -> Texts:
    """Lines that are the same in loops and a layer at a time."""
    return Texts(numpy, octave, numpy, octave)


NOTHING = both("", "")

OTHER_ACTIVATIONS = {
    "sigmoid": both(
        "def sigmoid(z):  # of the output units\n    return 1 / (1 + np.exp(-z))\n\n\n",
        "function a = sigmoid(z)  % of the output units\n  a = 1 ./ (1 + exp(-z));\nend\n\n",
    ),
    "activate": Texts(
        "if l < L:\n    a[l][j + 1] = g(total) «activate»\nelse:\n    a[l][j + 1] = sigmoid(total) «activate output»",
        "if l < L\n  a{l}(j + 1) = g(total); «activate»\nelse\n  a{l}(j + 1) = sigmoid(total); «activate output»\nend",
        "if l < L:\n    a[l] = np.append(1, g(z[l]))  # 1: the bias unit «activate»\n"
        "else:\n    a[l] = np.append(1, sigmoid(z[l])) «activate output»",
        "if l < L\n  a{l} = [1; g(z{l})];  % 1: the bias unit «activate»\n"
        "else\n  a{l} = [1; sigmoid(z{l})]; «activate output»\nend",
    ),
}
"""Instead of those of ``SLOTS``, where g is not the sigmoid that the output units always have."""

SLOTS: dict[str, Texts] = {
    "sigmoid": NOTHING,
    "kept": NOTHING,
    "reset": both("Delta[l] = np.zeros(Theta[l].shape)", "Delta{l} = zeros(size(Theta{l}));"),
    "activate": Texts(
        "a[l][j + 1] = g(total) «activate»",
        "a{l}(j + 1) = g(total); «activate»",
        "a[l] = np.append(1, g(z[l]))  # 1: the bias unit «activate»",
        "a{l} = [1; g(z{l})];  % 1: the bias unit «activate»",
    ),
    "output error": Texts(
        "delta[L][j] = h[j] - Y[i, j] «output error»",
        "delta{L}(j) = h(j) - Y(i, j); «output error»",
        "delta[L] = h - y «output error»",
        "delta{L} = h - y; «output error»",
    ),
    "hidden error": Texts(
        "total = 0\n"
        "for k in range(s[l + 1]):\n"
        "    total += Theta[l][k, j + 1] * delta[l + 1][k] «blame»\n"
        "delta[l][j] = total * g_prime(z[l][j]) «error»",
        "total = 0;\n"
        "for k = 1:s(l + 1)\n"
        "  total += Theta{l}(k, j + 1) * delta{l + 1}(k); «blame»\n"
        "end\n"
        "delta{l}(j) = total * g_prime(z{l}(j)); «error»",
        "# 1: no bias column\ndelta[l] = (Theta[l][:, 1:].T @ delta[l + 1]) * g_prime(z[l]) «blame|error»",
        "% 2: no bias column\ndelta{l} = Theta{l}(:, 2:end)' * delta{l + 1} .* g_prime(z{l}); «blame|error»",
    ),
    "counted": NOTHING,
    "gradient": Texts(
        "D[l][j, k] = Delta[l][j, k] / m «divide»\n"
        "if k > 0:  # not the bias column\n"
        "    D[l][j, k] += lambda_ / m * Theta[l][j, k] «decay»",
        "D{l}(j, k) = Delta{l}(j, k) / m; «divide»\n"
        "if k > 1  % not the bias column\n"
        "  D{l}(j, k) += lambda / m * Theta{l}(j, k); «decay»\n"
        "end",
        "D[l] = Delta[l] / m «divide»\nD[l][:, 1:] += lambda_ / m * Theta[l][:, 1:]  # 1: not the bias «decay»",
        "D{l} = Delta{l} / m; «divide»\nD{l}(:, 2:end) += lambda / m * Theta{l}(:, 2:end);  % 2: not the bias «decay»",
    ),
    "update": Texts(
        "newTheta[l][j, k] = Theta[l][j, k] - alpha * D[l][j, k] «update»",
        "newTheta{l}(j, k) = Theta{l}(j, k) - alpha * D{l}(j, k); «update»",
        "newTheta[l] = Theta[l] - alpha * D[l] «update»",
        "newTheta{l} = Theta{l} - alpha * D{l}; «update»",
    ),
}
