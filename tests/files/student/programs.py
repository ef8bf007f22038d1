"""Programs as students write them: one that is right, what can be changed in it, and a file to put them in."""

from pathlib import Path

from nnviz.files.student.examination import Verdict, examine

RIGHT = """\
# Backpropagation, one example at a time
import numpy as np


def g(z):
    return 1 / (1 + np.exp(-z))


def rolled(theta, sizes):
    Theta, start = [], 0
    for n, k in zip(sizes, sizes[1:]):
        Theta.append(theta[start : start + k * (n + 1)].reshape(k, n + 1, order="F"))
        start += k * (n + 1)
    return Theta


def cost_function(theta, sizes, X, Y, lambda_):
    Theta = rolled(theta, sizes)
    m, J = len(X), 0.0
    Delta = [np.zeros_like(T) for T in Theta]
    for i in range(m):
        a = [np.append(1, X[i])]
        for T in Theta:
            a.append(np.append(1, g(T @ a[-1])))
        h, y = a[-1][1:], Y[i]
        J += np.sum(-y * np.log(h) - (1 - y) * np.log(1 - h))
    for i in range(m):
        a = [np.append(1, X[i])]
        for T in Theta:
            a.append(np.append(1, g(T @ a[-1])))
        h, y = a[-1][1:], Y[i]
        delta = h - y
        for l in range(len(Theta) - 1, -1, -1):
            Delta[l] += np.outer(delta, a[l])
            if l > 0:
                delta = (Theta[l].T @ delta)[1:] * a[l][1:] * (1 - a[l][1:])
    J /= m
    D = []
    for T, sums in zip(Theta, Delta):
        J += lambda_ / (2 * m) * np.sum(T[:, 1:] ** 2)
        matrix = sums / m
        matrix[:, 1:] += lambda_ / m * T[:, 1:]
        D.append(matrix)
    return J, np.concatenate([matrix.ravel(order="F") for matrix in D])
"""
FIRST_LINE = "    Theta = rolled(theta, sizes)"  # of cost_function, line 18
LAST_LINE = '    return J, np.concatenate([matrix.ravel(order="F") for matrix in D])'

COURSE = """\
import numpy as np


def nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, Lambda):
    split = hidden_layer_size * (input_layer_size + 1)
    Theta1 = nn_params[:split].reshape(hidden_layer_size, input_layer_size + 1, order="F")
    Theta2 = nn_params[split:].reshape(num_labels, hidden_layer_size + 1, order="F")
    m = X.shape[0]
    Y = np.eye(num_labels)[y - 1]
    A1 = np.hstack([np.ones((m, 1)), X])
    A2 = np.hstack([np.ones((m, 1)), 1 / (1 + np.exp(-A1 @ Theta1.T))])
    H = 1 / (1 + np.exp(-A2 @ Theta2.T))
    J = -np.sum(Y * np.log(H) + (1 - Y) * np.log(1 - H)) / m
    J += Lambda / (2 * m) * (np.sum(Theta1[:, 1:] ** 2) + np.sum(Theta2[:, 1:] ** 2))
    delta3 = H - Y
    delta2 = (delta3 @ Theta2)[:, 1:] * A2[:, 1:] * (1 - A2[:, 1:])
    Theta1_grad, Theta2_grad = delta2.T @ A1 / m, delta3.T @ A2 / m
    Theta1_grad[:, 1:] += Lambda / m * Theta1[:, 1:]
    Theta2_grad[:, 1:] += Lambda / m * Theta2[:, 1:]
    grad = np.concatenate([Theta1_grad.ravel(order="F"), Theta2_grad.ravel(order="F")])
    return J, grad
"""

BY_COLUMNS, BY_ROWS = 'ravel(order="F")', "ravel()"
MATRICES = (LAST_LINE, "    return J, D")


def changed(program: str, *changes: tuple[str, str]) -> str:
    """*program* with each first text, which must be there, replaced by the second."""
    for old, new in changes:
        assert old in program, old
        program = program.replace(old, new)
    return program


def opening(*lines: str) -> str:
    """RIGHT with these lines at the start of cost_function; the first of them is line 18."""
    return changed(RIGHT, (FIRST_LINE, "\n".join([*(f"    {line}" for line in lines), FIRST_LINE])))


def saved(folder: Path, program: str, name: str = "mine.py") -> Path:
    path = folder / name
    path.write_text(program, encoding="utf-8")
    return path


def judged(folder: Path, program: str, **arguments: float) -> Verdict:
    return examine(saved(folder, program), **arguments)


MISTAKES = {
    "lambda-not-over-m": [("+= lambda_ / m * T", "+= lambda_ * T")],
    "bias-regularised": [("matrix[:, 1:] += lambda_ / m * T[:, 1:]", "matrix += lambda_ / m * T")],
    "no-regularisation": [("        matrix[:, 1:] += lambda_ / m * T[:, 1:]\n", "")],
    "no-slope": [("(Theta[l].T @ delta)[1:] * a[l][1:] * (1 - a[l][1:])", "(Theta[l].T @ delta)[1:]")],
    "slope-of-a": [("* a[l][1:] * (1 - a[l][1:])", "* g(a[l][1:]) * (1 - g(a[l][1:]))")],
    "output-slope": [("delta = h - y", "delta = (h - y) * h * (1 - h)")],
    "sign-flipped": [("delta = h - y", "delta = y - h")],
    "bias-row-kept": [("(Theta[l].T @ delta)[1:]", "(Theta[l].T @ delta)[:-1]")],
    "theta-not-transposed": [("(Theta[l].T @ delta)[1:]", "(Theta[l][:, 1:] @ delta)")],
    "not-over-m": [("matrix = sums / m", "matrix = 1.0 * sums")],
    "last-example-left-out": [
        ("        delta = h - y", "        if i == m - 1:\n            break\n        delta = h - y")
    ],
    "accumulator-not-reset": [
        ("def cost_function", "Kept = {}\n\n\ndef cost_function"),
        (
            "Delta = [np.zeros_like(T) for T in Theta]",
            "Delta = Kept.setdefault(sizes, [np.zeros_like(T) for T in Theta])",
        ),
    ],
    "labels-shifted": [("        delta = h - y", "        delta = h - np.roll(y, 1)")],
    "no-bias-gradient": [("        D.append(matrix)", "        matrix[:, 0] = 0\n        D.append(matrix)")],
}
"""By the name of a row of FAULTS: what is to be changed in RIGHT to make it. Two rows are none of cost_function's."""
