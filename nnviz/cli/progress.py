"""What is seen of long work while it goes on: a bar on a terminal; else of training a line now and then."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from typing import TextIO

from nnviz.cli import report
from nnviz.cli.learning import Watcher
from nnviz.engine.progress import Progress
from nnviz.session.scores import Scores


@contextmanager
def shown(iterations: int, out: TextIO) -> Iterator[Watcher]:
    """Who shows on *out* how far a run of so many *iterations* is."""
    if out.isatty():
        with _bar(iterations, out) as watch:
            yield watch
    else:
        yield _lines(out)


def _lines(out: TextIO) -> Watcher:
    def watch(progress: Progress, known: Scores | None) -> None:
        if known is not None:
            print(report.line(progress, known), file=out, flush=True)

    return watch


@contextmanager
def counted(total: int, words: str, out: TextIO) -> Iterator[Callable[[int], None]]:
    """Who shows on *out*, if it is a terminal, how many of *total* are made; of a single one nothing."""
    if total == 1 or not out.isatty():
        yield lambda made: None
        return
    from tqdm import tqdm

    tqdm.monitor_interval = 0
    with tqdm(desc=words, total=total, file=out, leave=False, dynamic_ncols=True) as bar:

        def watch(made: int) -> None:
            if made > bar.n:
                bar.update(made - bar.n)

        yield watch


@contextmanager
def _bar(iterations: int, out: TextIO) -> Iterator[Watcher]:
    """A bar that is wiped away at the end, for the summary says more."""
    from tqdm import tqdm  # here, for only who sees a bar should wait for it

    tqdm.monitor_interval = 0  # no thread that watches the bar: iterations come, or the method is at work
    with tqdm(desc="Training", total=iterations, file=out, leave=False, dynamic_ncols=True) as bar:

        def watch(progress: Progress, known: Scores | None) -> None:
            if bar.update(progress.iteration - bar.n):  # it was drawn: from time to time, not each time
                bar.set_postfix_str(f"J {progress.cost.total:.4g}", refresh=False)

        yield watch


def with_bar(shares: Generator[float, None, None], title: str, out: TextIO) -> None:
    """Do work that yields the share of it that is done, 0 … 1, with a bar if *out* is a terminal."""
    with closing(shares):
        if not out.isatty():
            for _ in shares:
                pass
            return
        from tqdm import tqdm

        tqdm.monitor_interval = 0
        with tqdm(desc=title, total=100, file=out, leave=False, dynamic_ncols=True) as bar:
            for share in shares:
                bar.update(round(100 * share) - bar.n)
