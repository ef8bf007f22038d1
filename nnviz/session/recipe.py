"""How a network is trained: the settings, as one value."""

from dataclasses import dataclass, field, replace

from nnviz.engine.stops import Stops

METHOD = "gradient-descent"
LEARNING_RATE = 1.0
ITERATIONS = 2_000


@dataclass(frozen=True)
class Recipe:
    """``batch`` examples make an update (None: all of the training part); a run ends after ``iterations``.

    ``learning_rate`` α and ``lambda_`` λ are ≥ 0; methods that choose their own steps do without α. ``stops`` says what
    else ends a run; its ``example`` is a row of the data. ``fault`` is the name of a mistake that is planted in
    backpropagation, which is ``hidden`` while the student is to find it.
    """

    method: str = METHOD
    learning_rate: float = LEARNING_RATE
    lambda_: float = 0.0
    batch: int | None = None
    iterations: int = ITERATIONS
    stops: Stops = field(default_factory=Stops)
    fault: str | None = None
    hidden: bool = False

    def same_way(self, other: "Recipe") -> bool:
        """Whether Θ takes the same way by *other*, however far: where a run pauses is no part of what it is."""
        return self == replace(other, iterations=self.iterations, stops=self.stops, hidden=self.hidden)

    @property
    def descends(self) -> bool:
        """Whether an update is Θ := Θ − αD; other methods make a step of their own out of D."""
        return self.method == METHOD

    @property
    def rate(self) -> float:
        """α of an update, 0 where the method chooses its own steps."""
        from nnviz.engine.methods import method  # not needed before something is checked or planted

        return 0.0 if method(self.method).learning_rate is None else self.learning_rate
