"""How a network is trained: the settings, as one value."""

from dataclasses import dataclass, field

from nnviz.engine.stops import Stops

METHOD = "gradient-descent"
LEARNING_RATE = 1.0
ITERATIONS = 2_000


@dataclass(frozen=True)
class Recipe:
    """``batch`` examples make an update (None: all of the training part); a run ends after ``iterations``.

    ``learning_rate`` α and ``lambda_`` λ are ≥ 0; methods that choose their own steps do without α.
    """

    method: str = METHOD
    learning_rate: float = LEARNING_RATE
    lambda_: float = 0.0
    batch: int | None = None
    iterations: int = ITERATIONS
    stops: Stops = field(default_factory=Stops)

    @property
    def descends(self) -> bool:
        """Whether an update is Θ := Θ − αD; other methods make a step of their own out of D."""
        return self.method == METHOD
