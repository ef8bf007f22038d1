"""The methods of training: one row of a table each."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial

from nnviz.engine import rules
from nnviz.engine.descent import descend
from nnviz.engine.minimise import Minimiser, minimise
from nnviz.engine.progress import Ending, Progress
from nnviz.engine.run import Run


@dataclass(frozen=True)
class Method:
    """One way to come from Θ to a better Θ.

    ``words`` say it in a sentence, ``source`` where it comes from. ``learning_rate`` is the default, None where the
    method has no such number. ``batches`` says whether it can use some examples at a time. ``how`` gives the iterations
    of a run from its start.
    """

    name: str
    title: str
    words: str
    source: str
    learning_rate: float | None
    batches: bool
    how: Callable[[Run], Generator[Progress, None, Ending]]

    @property
    def resumes(self) -> bool:
        """Whether a run can go on from any Progress of it; SciPy's methods must be run again from the start."""
        return self.batches


DESCENT = "gradient-descent"
"""The row whose update is Θ := Θ − αD; the others make a step of their own out of D."""

METHODS: tuple[Method, ...] = (
    Method(
        DESCENT,
        "Gradient descent",
        "Each update goes straight down the slope: Θ := Θ − αD.",
        "A. Cauchy, Comptes Rendus 25, 1847, p. 536",
        1.0,
        True,
        partial(descend, rules.GRADIENT_DESCENT),
    ),
    Method(
        "momentum",
        "Momentum",
        "Θ rolls like a ball: nine tenths of its speed stay from one update to the next.",
        "B. T. Polyak, USSR Comp. Math. and Math. Phys. 4(5), 1964, equation 9; in the form of I. Sutskever et al., "
        "ICML 2013, equations 1 and 2, with α applied to the speed",
        0.1,
        True,
        partial(descend, rules.HEAVY_BALL),
    ),
    Method(
        "nesterov",
        "Nesterov momentum",
        "Momentum that looks ahead: the slope counts where the speed will have taken Θ.",
        "Y. Nesterov, Soviet Math. Doklady 27, 1983; in the form of Y. Bengio et al., ICASSP 2013, equation 7",
        0.1,
        True,
        partial(descend, rules.NESTEROV),
    ),
    Method(
        "rmsprop",
        "RMSprop",
        "Each entry of D is divided by its own recent size, so that all entries of Θ move at a similar pace.",
        "T. Tieleman and G. Hinton, Neural Networks for Machine Learning, lecture 6.5, 2012. α = 0.01 is ours: "
        "with the 0.001 of S. Ruder, arXiv:1609.04747, section 4.5, J hardly falls in 1,000 updates from all examples",
        0.01,
        True,
        partial(descend, rules.RMSPROP),
    ),
    Method(
        "adam",
        "Adam",
        "Momentum and RMSprop together, corrected for having started from nothing.",
        "D. P. Kingma and J. Ba, ICLR 2015, algorithm 1, with its β₁ = 0.9, β₂ = 0.999, ε = 1e-8. α = 0.01 is ours: "
        "with their 0.001 J hardly falls in 1,000 updates from all examples",
        0.01,
        True,
        partial(descend, rules.ADAM),
    ),
    Method(
        "cg",
        "Conjugate gradient",
        "Each direction is chosen so as not to undo what the ones before it gained, with a search along it.",
        "J. Nocedal and S. J. Wright, Numerical Optimization, 2006, equation 5.44 (Polak and Ribière); SciPy's CG",
        None,
        False,
        partial(minimise, Minimiser("CG")),
    ),
    Method(
        "bfgs",
        "BFGS",
        "It learns how J curves from the changes of D, and keeps that as a whole matrix.",
        "J. Nocedal and S. J. Wright, Numerical Optimization, 2006, algorithm 6.1; SciPy's BFGS",
        None,
        False,
        partial(minimise, Minimiser("BFGS")),
    ),
    Method(
        "l-bfgs",
        "L-BFGS",
        "BFGS that remembers only the last ten changes, so that large networks fit.",
        "C. Zhu, R. H. Byrd, P. Lu and J. Nocedal, ACM Trans. Math. Software 23(4), 1997, algorithm 778; L-BFGS-B",
        None,
        False,
        partial(minimise, Minimiser("L-BFGS-B", ("maxiter", "maxfun"))),
    ),
    Method(
        "tnc",
        "Truncated Newton",
        "It solves for Newton's step by conjugate gradients and stops solving when that is good enough.",
        "S. G. Nash, SIAM J. Numer. Anal. 21(4), 1984, p. 770; SciPy's TNC",
        None,
        False,
        partial(minimise, Minimiser("TNC", ("maxfun",))),
    ),
    Method(
        "newton-cg",
        "Newton-CG",
        "Newton's step by conjugate gradients, then a search along it.",
        "J. Nocedal and S. J. Wright, Numerical Optimization, 2006, algorithm 7.1; SciPy's Newton-CG, with central "
        "differences of D",
        None,
        False,
        partial(minimise, Minimiser("Newton-CG", hessian_product=True)),
    ),
    Method(
        "trust-region",
        "Trust region",
        "It trusts a parabola of J only within a radius, which grows while the parabola tells the truth.",
        "T. Steihaug, SIAM J. Numer. Anal. 20(3), 1983, p. 626; SciPy's trust-ncg, with central differences of D",
        None,
        False,
        partial(minimise, Minimiser("trust-ncg", hessian_product=True)),
    ),
)


def method(name: str) -> Method:
    """The row called *name*. Raises ValueError naming those there are."""
    for row in METHODS:
        if row.name == name:
            return row
    known = ", ".join(row.name for row in METHODS)
    raise ValueError(f"method is {name!r}; expected one of {known}.")
