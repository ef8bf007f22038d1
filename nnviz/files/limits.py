"""How much is read of a user's file, so that no file takes long or fills the memory."""

from nnviz.engine.network import LARGEST_LAYER
from nnviz.files.errors import FileProblem

MOST_COLUMNS = LARGEST_LAYER + 1  # as many features as a layer has units, and the class
MOST_ROWS = 1_000_000
MOST_CELLS = 50_000_000  # 400 MB as numbers; the training set of MNIST has 47 million
MOST_WORDS = 2_000_000  # cells that are no numbers: each takes a hundred bytes, not eight


def too_many(things: str, found: int | None, most: int, where: str) -> FileProblem:
    """The problem of a file with more *things* than *most*; *found* is None when nobody counted on."""
    count = f"{found:,}" if found is not None else f"more than {most:,}"
    return FileProblem(f"It has {count} {things}; at most {most:,} are read.", where, "Take a part of it.")
