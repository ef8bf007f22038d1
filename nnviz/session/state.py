"""The state of the program as one immutable value, and what follows from a change of it."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from nnviz.engine.epoch import Epoch
from nnviz.engine.quantities import Address
from nnviz.engine.story import Level, Story
from nnviz.engine.theirs import Theirs
from nnviz.engine.trace import Trace, trace_in
from nnviz.session.estimate import Estimate
from nnviz.session.live import refusal
from nnviz.session.model import Model
from nnviz.session.moment import Moment, Tool, Training
from nnviz.session.recipe import Recipe

if TYPE_CHECKING:  # worked out when training is looked at: the window's start does without
    from nnviz.session.check import Answer
    from nnviz.session.lesson.values import Studying
    from nnviz.session.own import OwnCode
    from nnviz.session.predict import Predict
    from nnviz.session.scores import Scores

Theme = Literal["system", "light", "dark", "projector"]
Language = Literal["numpy", "octave"]
CodeVersion = Literal["loop", "vectorised"]

SLOWEST, FASTEST = 0.1, 20.0
SMALLEST_ZOOM, LARGEST_ZOOM = 0.6, 3.0
PACES = (1, 10, 50, 200, 1000, 0)
"""Iterations a second that a run may be shown with; 0: as fast as they come."""


class Riddle(NamedTuple):
    """A planted mistake that the student is to find.

    ``guesses`` are the names that were guessed, and were not it; once it is ``named``, its line is asked for, and
    ``lines`` are those that were not it. ``alike``: the latest guess gives the same D.
    """

    guesses: tuple[str, ...] = ()
    named: bool = False
    lines: tuple[str, ...] = ()
    alike: bool = False


class View(NamedTuple):
    """How things are shown; not part of undo, and remembered from one start to the next.

    ``speed`` is in steps a second, ``zoom`` a factor, ``digits`` the digits shown after the decimal point. ``pace`` is
    how many iterations of training are shown a second at the most; 0: as fast as they come. ``whole_code`` says whether
    the code is the whole function instead of the line of the step, ``code_version`` how that is written.
    """

    theme: Theme = "system"
    zoom: float = 1.0
    speed: float = 1.0
    language: Language = "numpy"
    digits: int = 2
    reduced_motion: bool = False
    pace: int = 200
    whole_code: bool = False
    code_version: CodeVersion = "loop"


@dataclass(frozen=True, eq=False)
class State:
    """Everything there is to show. Make one with ``initial``; change it with the commands.

    ``model`` has Θ as it is at the moment; ``story`` is derived from it and from the example, and stays the same
    object as long as both do. ``pointed`` is the number under the pointer, so that every view can light it.
    ``scores`` are the latest that were worked out: of this model, or of one of the moments just before.
    ``riddle`` is what has been guessed while a planted mistake is hidden; ``estimate`` how the check gets the slope of
    J; ``answer`` the latest check, perhaps of another model, see ``checking.present``; ``checked_share`` how much of
    one under way is done. ``chosen`` is the entry of D that is looked at alone, ``stage`` how many of its evaluations
    of J have been gone through, see ``session.evaluations``. ``own`` is what is known of the student's own code.
    ``live`` says whether the gradient is to be checked along with training, where that is offered. ``lesson`` is the
    lesson that is being gone through. ``predict`` is what is asked before it is told, None where nothing is, see
    ``session.predicting``.
    """

    model: Model
    moment: Moment
    story: Story
    level: Level = Level.UNIT
    view: View = field(default_factory=View)
    playing: bool = False
    pointed: Address | None = None
    training: Training = field(default_factory=Training)
    tool: Tool = "step"
    scores: "Scores | None" = None
    riddle: Riddle | None = None
    estimate: Estimate = field(default_factory=Estimate)
    answer: "Answer | None" = None
    checked_share: float | None = None
    chosen: Address | None = None
    stage: int = 0
    own: "OwnCode | None" = None
    live: bool = False
    lesson: "Studying | None" = None
    predict: "Predict | None" = None

    @property
    def fault(self) -> str | None:
        """The name of the mistake that is planted in backpropagation."""
        return self.model.recipe.fault

    @property
    def checks_along(self) -> bool:
        """Whether training is checked along the way: that is asked for, and offered for this model."""
        return self.live and refusal(self.model) is None

    @property
    def origin(self) -> Model:
        """The model before anything was learnt in the present run; the model itself if there is none."""
        return self.model if self.training.run is None else self.training.run.model

    @property
    def theirs(self) -> Theirs | None:
        """What the student's code gave for these very examples, Θ and λ; None where it was not asked for them."""
        case = self.own and self.own.case
        return case.theirs if case is not None and self.fault is None and case.is_in(self.model) else None

    @property
    def step_level(self) -> Level:
        """How far one step goes: while training is looked at, a whole iteration."""
        return Level.ITERATION if self.tool == "train" else self.level

    def at(self, moment: Moment) -> "State":
        """This state at another moment, clamped to what there is; the story is told anew if Θ or the example change."""
        iteration = max(0, min(moment.iteration, self.training.reached))
        example = max(0, min(moment.example, len(self.model.dataset) - 1))
        model = self.model
        if iteration != self.moment.iteration and self.training.run is not None:
            model = self.training.run.at(iteration, model.recipe)
        return self.showing(model, Moment(iteration, example, moment.place))

    def showing(self, model: Model, moment: Moment) -> "State":
        """This state with the Θ of another moment of the same run; *moment* exists, but for its place."""
        same = model is self.model and moment.example == self.moment.example
        story = self.story if same else told(model, moment.example)
        moment = moment._replace(place=story.clamped(moment.place))
        return replace(self, model=model, story=story, moment=moment, pointed=None, predict=self._not_asking)

    @property
    def _not_asking(self) -> "Predict | None":
        """The prediction without a question: whoever goes elsewhere is not held up by one."""
        return self.predict and self.predict.dropped

    def of(self, model: Model) -> "State":
        """This state with another model, trained no further: a new story, at the same place as far as that exists.

        Its Θ is where the next run starts. Runs on the same data are kept to compare.
        """
        runs = self.training.runs if model.dataset is self.model.dataset else ()
        moment = self.moment._replace(iteration=0)
        return self.studying(replace(model, iteration=0), moment, Training(runs=runs, left=self.training.leaving()))

    def trained_by(self, recipe: Recipe) -> "State":
        """This state with another recipe for what is trained from now on; Θ and the run so far stay."""
        model = replace(self.model, recipe=recipe)
        return self.studying(model, self.moment, replace(self.training, active=False, then=None))

    def restored(self, model: Model, training: Training, moment: Moment) -> "State":
        """This state with what undo has kept; nothing is trained on until the user says so."""
        return self.studying(model, moment, replace(training, active=False)).at(moment)

    def studying(self, model: Model, moment: Moment, training: Training) -> "State":
        """This state with another model and what is trained of it; the same example, at the same step."""
        example = min(moment.example, len(model.dataset) - 1)
        story = told(model, example)
        place = _kept(self.story, self.moment.place, story)
        moment = Moment(moment.iteration, example, place)
        hidden = model.recipe.hidden or (training.then is not None and training.then.hidden)
        riddle = (self.riddle or Riddle()) if hidden else None
        new = replace(
            self,
            model=model,
            story=story,
            moment=moment,
            training=training,
            riddle=riddle,
            pointed=None,
            playing=False,
            predict=self._not_asking,
        )
        return new if model.examples is self.model.examples else replace(new, scores=None)


def _kept(old: Story, place: int, new: Story) -> int:
    """The same step, as far told; the start where the story has other steps, for another network is another story."""
    telling = old.telling(place)
    if telling is None or old.trace.network.sizes != new.trace.network.sizes:
        return 0
    if telling.index >= len(new.steps):
        return new.length
    told = new.steps[telling.index].ticks if telling.complete else telling.ticks
    return min(new.start(telling.index) + told, new.ends[telling.index])


def told(model: Model, example: int) -> Story:
    """The story of one example, from 0, as the pass over the model's examples has it; a test example's own."""
    position = model.position(example)
    if position is None:
        return Story(_unlearnt(model, example))
    return Story(trace_in(model.epoch, position, mistake=model.mistake))


def _unlearnt(model: Model, example: int) -> Trace:
    examples, only = model.examples, slice(example, example + 1)
    rates = model.lambda_, model.learning_rate
    alone = Epoch(model.network, examples.X[only], examples.Y[only], *rates, examples.rows[only])
    return trace_in(alone, 0, final=False, learnt=False)


def initial(model: Model, example: int = 0, *, view: View | None = None, level: Level = Level.UNIT) -> State:
    """The state in which the program opens: nothing told yet. Raises ValueError for an example there is not."""
    if not 0 <= example < len(model.dataset):
        raise ValueError(f"example is {example + 1}; expected 1 to {len(model.dataset)}.")
    return State(model, Moment(example=example), told(model, example), level, view or View())
