"""Everything a run has been: J of all its iterations, and Θ of any of them, recorded or worked out again exactly."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nnviz.engine.arrays import Array, sealed
from nnviz.engine.cost import Cost
from nnviz.engine.network import Network, rolled
from nnviz.engine.progress import Ending, Progress

BOUND = 256 * 2**20  # bytes of Θ that a history may keep
_BLOCK = 2**18  # bytes that are set aside at a time, roughly

Rerun = Callable[[Progress | None], Generator[Progress, None, Ending]]


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some iterations in a row as plain arrays, a row each, to be sent from one process to another.

    ``first`` is the number of the first. ``curves`` has shape (5, count): J, its data part, its decay part, ‖D‖ and
    evaluations so far. ``thetas`` has shape (count, n): Θ⁽¹⁾, Θ⁽²⁾, … row by row, then what the method carries.
    """

    first: int
    curves: Array
    thetas: Array


class Costs(NamedTuple):
    """J of every iteration and its two parts, each of shape (iterations,), read-only."""

    total: Array
    data: Array
    decay: Array


def packed(items: Sequence[Progress]) -> Chunk:
    """At least one item, in a row, as a chunk."""
    curves = np.array([(*item.cost, item.norm, item.evaluations) for item in items]).T
    numbers = np.concatenate([array.ravel() for item in items for array in (*item.network.thetas, *item.memory)])
    return Chunk(items[0].iteration, np.ascontiguousarray(curves), numbers.reshape(len(items), -1))


class _Records(NamedTuple):
    """The rows that are kept: those of iterations 0, *stride*, 2·*stride*, …, in blocks of equal length."""

    stride: int
    blocks: tuple[Array, ...]


class History:
    """Grows by ``append`` in one thread while any other reads; a reader sees all of the iterations up to ``length``.

    What is published is never changed: longer or thinner arrays replace it, and ``length`` comes last. When the rows of
    Θ would take more than *bound* bytes, every second one goes; those of iteration 0 and of the newest always stay.
    """

    def __init__(self, network: Network, rerun: Rerun, bound: int = BOUND) -> None:
        """*network* has the run's sizes and activation; ``rerun(start)`` is the run again, from a Progress of it.

        That is ``lambda start: train(network, X, Y, …, start=start)`` with the arguments of the run, without its stops.
        """
        self._network, self._rerun, self._bound = network, rerun, bound
        self._numbers = sum(theta.size for theta in network.thetas)
        self._curves = np.empty((5, 64))
        self._records = _Records(1, ())
        self._rows_in_block = 2
        self._newest: tuple[int, Array] = (-1, np.empty(0))
        self._length = 0

    @property
    def length(self) -> int:
        """How many iterations are known: 0 … length − 1."""
        return self._length

    @property
    def nbytes(self) -> int:
        """Bytes that the rows of Θ take."""
        return sum(block.nbytes for block in self._records.blocks) + self._newest[1].nbytes

    @property
    def costs(self) -> Costs:
        """J of every iteration; views, so they cost nothing."""
        return Costs(*(self._curve(row) for row in range(3)))

    @property
    def norms(self) -> Array:
        """‖D‖ of every iteration."""
        return self._curve(3)

    @property
    def evaluations(self) -> Array:
        """Evaluations up to every iteration."""
        return self._curve(4)

    def cost_at(self, iteration: int) -> Cost:
        """J at one iteration. Raises IndexError outside."""
        self._check(iteration)
        return Cost(*self._curves[:3, iteration].tolist())

    def append(self, chunk: Chunk) -> None:
        """The iterations that follow. Raises ValueError if *chunk* does not begin at ``length``."""
        if chunk.first != self._length:
            raise ValueError(f"chunk begins at iteration {chunk.first}; expected {self._length}.")
        stop = chunk.first + chunk.curves.shape[1]
        self._record(chunk)
        if stop > self._curves.shape[1]:
            longer = np.empty((5, max(stop, 2 * self._curves.shape[1])))
            longer[:, : self._length] = self._curves[:, : self._length]
            self._curves = longer
        self._curves[:, self._length : stop] = chunk.curves
        self._length = stop

    def nearest(self, iteration: int) -> int:
        """The newest iteration up to this one whose Θ is recorded: nothing has to be worked out for it."""
        self._check(iteration)
        return self._nearest(iteration)[0]

    def progress(self, iteration: int, watch: Callable[[], None] = lambda: None) -> Progress:
        """The run's Progress at *iteration*, exactly. Raises IndexError outside.

        Raises ValueError if the run, run again, does not come as far: it had other arguments then. *watch* is called
        after each iteration that is worked out again; what it raises ends the work.
        """
        self._check(iteration)
        at, row = self._nearest(iteration)
        start = self._unpacked(at, row)
        if at == iteration:
            return start
        with closing(self._rerun(start)) as run:
            for ahead, found in enumerate(run):
                if ahead == iteration - at:
                    return found
                watch()
        raise ValueError(f"run again from iteration {at}, the run ends before iteration {iteration}.")

    def keep_within(self, bound: int) -> None:
        """Let the rows of Θ take no more than *bound* bytes from now on, as far as two blocks of them fit."""
        self._bound = bound
        while self.nbytes > bound and len(self._records.blocks) > 1:
            stride, blocks = self._records
            if len(blocks) % 2:
                blocks = (*blocks, np.empty_like(blocks[0]))
            self._records = _Records(2 * stride, _halved(blocks))

    def _check(self, iteration: int) -> None:
        if not 0 <= iteration < self._length:
            known = f"0 to {self._length - 1}" if self._length else "one of the 0 known"
            raise IndexError(f"iteration is {iteration}; expected {known}.")

    def _curve(self, row: int) -> Array:
        length = self._length  # before the curves, which may be replaced by longer ones meanwhile
        return sealed(self._curves[row, :length])

    def _nearest(self, iteration: int) -> tuple[int, Array]:
        """The newest recorded iteration up to *iteration*, and its row."""
        newest, row = self._newest
        if newest == iteration:
            return newest, row
        stride, blocks = self._records
        block, index = divmod(iteration // stride, self._rows_in_block)
        return iteration // stride * stride, blocks[block][index]

    def _unpacked(self, iteration: int, row: Array) -> Progress:
        like = self._network
        thetas = rolled(row[: self._numbers], like.sizes, "C")
        memory = tuple(sealed(part.copy()) for part in row[self._numbers :].reshape(-1, self._numbers))
        norm, evaluations = self._curves[3:, iteration].tolist()
        network = Network(thetas, like.activation_name)
        return Progress(iteration, network, self.cost_at(iteration), norm, int(evaluations), memory)

    def _record(self, chunk: Chunk) -> None:
        """Keeps those rows whose turn it is, and the last."""
        count, width = chunk.thetas.shape
        stop = chunk.first + count
        if not self._records.blocks:
            pair = 2 * 8 * width  # an even number of rows, of which thinning leaves half
            self._rows_in_block = 2 * max(1, min(_BLOCK, self._bound // 8) // pair)
        iteration = chunk.first
        while (iteration := self._turn(iteration)) < stop:
            stride, blocks = self._records
            block, index = divmod(iteration // stride, self._rows_in_block)
            if block == len(blocks):
                self._add_block(width)
                continue
            until = min(stop, iteration + (self._rows_in_block - index) * stride)
            rows = chunk.thetas[iteration - chunk.first : until - chunk.first : stride]
            blocks[block][index : index + len(rows)] = rows
            iteration += len(rows) * stride
        self._newest = (stop - 1, chunk.thetas[-1].copy())

    def _turn(self, iteration: int) -> int:
        """The first iteration from this one on whose row is kept."""
        return -(-iteration // self._records.stride) * self._records.stride

    def _add_block(self, width: int) -> None:
        """One more block; before that, if it would be too many, half as many rows in half as many blocks."""
        stride, blocks = self._records
        block_bytes = self._rows_in_block * width * 8
        most = max(2, self._bound * 2 // 3 // block_bytes)  # two thirds, for both are there while rows move
        if len(blocks) >= most // 2 * 2:
            blocks = _halved(blocks)
            stride *= 2
        else:
            blocks = (*blocks, np.empty((self._rows_in_block, width)))
        self._records = _Records(stride, blocks)


def _halved(blocks: tuple[Array, ...]) -> tuple[Array, ...]:
    """Every second row of an even number of blocks, in half as many."""
    return tuple(np.concatenate((one[::2], other[::2])) for one, other in zip(blocks[::2], blocks[1::2]))
