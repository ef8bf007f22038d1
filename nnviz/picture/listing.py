"""Backpropagation as the course has it, line by line: where each of the classic mistakes stands."""

from typing import NamedTuple


class ListedLine(NamedTuple):
    """A line of NumPy; ``depth`` says how far it is indented, ``remark`` that it is only a comment."""

    text: str
    depth: int = 0
    remark: bool = False


LISTING: tuple[ListedLine, ...] = (
    ListedLine("# for every layer", remark=True),
    ListedLine("Delta = np.zeros_like(Theta)"),
    ListedLine("for i in range(m):"),
    ListedLine("a = X[i]", 1),
    ListedLine("y = np.eye(K)[label - 1]", 1),
    ListedLine("# forward, layer by layer", 1, remark=True),
    ListedLine("a = g(Theta @ np.append(1, a))", 1),
    ListedLine("h = a", 1),
    ListedLine("delta = h - y", 1),
    ListedLine("# back, layer by layer", 1, remark=True),
    ListedLine("Delta += np.outer(delta, np.append(1, a))", 1),
    ListedLine("delta = (Theta[:, 1:].T @ delta) * a * (1 - a)", 1),
    ListedLine("# for every layer", remark=True),
    ListedLine("D = Delta / m"),
    ListedLine("D[:, 1:] += lambda_ / m * Theta[:, 1:]"),
    ListedLine("Theta -= alpha * D"),
)
