"""The commands of training: how Θ is to be learnt, beginning and pausing a run, and walking in its history."""

from dataclasses import replace
from typing import TYPE_CHECKING

from nnviz.engine.propagation import checked_rate
from nnviz.engine.stops import Stops, checks
from nnviz.session.command import Command
from nnviz.session.edits import chosen, learning_from, trained_by
from nnviz.session.examples import LARGEST_TEST_SHARE
from nnviz.session.live import refusal
from nnviz.session.model import Model
from nnviz.session.moment import Training
from nnviz.session.recipe import Recipe
from nnviz.session.run import Run, new_run, stops
from nnviz.session.state import State

if TYPE_CHECKING:  # see ``run``
    from nnviz.engine.progress import Progress
    from nnviz.session.scores import Scores

MOST_ITERATIONS = 10_000_000
MOST_RUNS = 8
KEPT = 2**25
"""Bytes of Θ, 32 MiB, that a run keeps once another has begun; what is left out is worked out again when looked at."""


# The recipe


class SetMethod(Command):
    """How D becomes an update: a row of the table of methods. α becomes the one that suits it."""

    name: str
    title = "Change of method"

    def do(self, state: State) -> State:
        from nnviz.engine.methods import method

        row = method(self.name)
        if row.name == state.model.recipe.method:
            return state
        rate = state.model.recipe.learning_rate if row.learning_rate is None else row.learning_rate
        batch = state.model.recipe.batch if row.batches else None
        return trained_by(state, method=row.name, learning_rate=rate, batch=batch)


class SetBatch(Command):
    """How many examples make an update; None, or as many as there are: all of the training part."""

    size: int | None
    title = "Change of batch"

    def do(self, state: State) -> State:
        if self.size is None:
            return trained_by(state, batch=None)
        from nnviz.engine.methods import method

        row, most = method(state.model.recipe.method), len(state.model.examples.training_rows)
        if not row.batches:
            raise ValueError(f"{row.title} learns from all examples at once; choose another method for batches.")
        size = chosen("batch", self.size, 1, most)
        return trained_by(state, batch=None if size == most else size)


class SetIterations(Command):
    """After how many updates a run pauses."""

    count: int
    title = "Change of iterations"

    def do(self, state: State) -> State:
        return trained_by(state, iterations=chosen("iterations", self.count, 1, MOST_ITERATIONS))


class SetStops(Command):
    """What else ends a run; of an example, that it is right."""

    stops: Stops
    title = "Change of stops"

    def do(self, state: State) -> State:
        example = self.stops.example
        if example is not None and example in state.model.examples.test_rows:
            raise ValueError(f"Example {example + 1} is in the test part; choose one that is learnt from.")
        stopped = trained_by(state, stops=self.stops)
        checks(stops(stopped.model), None, *state.model.examples.training)
        return stopped


class SetTestShare(Command):
    """Which share of the examples, 0 … 0.9, is kept for the test."""

    share: float
    title = "Change of the test part"

    def do(self, state: State) -> State:
        share = checked_rate("test share", self.share)
        if share > LARGEST_TEST_SHARE:
            raise ValueError(f"test share is {share:g}; expected 0 to {LARGEST_TEST_SHARE:g}.")
        return learning_from(state, test_share=share)


class SetSplitSeed(Command):
    """Draw the test part anew from another seed."""

    seed: int
    title = "Change of the split"

    def do(self, state: State) -> State:
        return learning_from(state, split_seed=chosen("seed of the split", self.seed, 0, 2**32 - 1))


# Running


class Train(Command):
    """Train on, or begin a new run if there is none or the recipe is another one, and show it.

    A new run starts where the last one did, so that the two can be compared; ``ContinueFromHere`` starts elsewhere.
    """

    title = "Training"

    def do(self, state: State) -> State:
        return replace(trained_on(state), tool="train")


class TrainOnce(Command):
    """One iteration: the next one that is recorded, or one more update."""

    title = "Training"

    def do(self, state: State) -> State:
        training = state.training
        if training.run is not None and state.moment.iteration < training.reached:
            return GoToIteration(state.moment.iteration + 1).do(state)
        on = trained_on(state)
        return replace(on, training=replace(on.training, goal=on.training.reached + 1))


class TrainOnwards(Command):
    """So many more iterations of the present run, or the first of a new one, and show it."""

    count: int
    title = "Training"

    def do(self, state: State) -> State:
        on = trained_on(state)
        count = chosen("iterations", self.count, 1, MOST_ITERATIONS)
        return replace(on, tool="train", training=replace(on.training, goal=on.training.reached + count))


def trained_on(state: State) -> State:
    """The state in which the present run goes on, or a new one begins."""
    training, recipe = state.training, state.model.recipe
    run = training.run
    if run is None:
        return begun(state, state.model)
    if not run.recipe.same_way(recipe):
        return begun(state, run.at(0, recipe))
    ahead = [goal for goal in (recipe.iterations, training.goal) if goal > training.reached]
    goal = ahead[0] if ahead else training.reached + recipe.iterations
    latest = state.at(state.moment._replace(iteration=training.reached))
    return replace(latest, training=replace(training, goal=goal, active=True, ending=""), playing=False)


class ContinueFromHere(Command):
    """Begin a new run from Θ as it is at the moment."""

    title = "Training from here"

    def do(self, state: State) -> State:
        return begun(state, replace(state.model, iteration=0))


class TrainBoth(Command):
    """Train without the planted mistake, and then with it, from the same start, to see J of both side by side.

    A run without it that is kept and has come as far is not trained once more.
    """

    title = "Training"

    def do(self, state: State) -> State:
        recipe, run = state.model.recipe, state.training.run
        if recipe.fault is None:
            raise ValueError("No mistake is planted: choose one in the list first.")
        start = state.model if run is None else run.at(0, recipe)
        right = replace(start, recipe=replace(recipe, fault=None, hidden=False))
        state = replace(state, tool="train")
        if any(_has_trained(state.training, one, right) for one in state.training.runs):
            return begun(state, start)
        return begun(state, right, then=recipe)


def _has_trained(training: Training, run: Run, model: Model) -> bool:
    """Whether *run* began like this and is shown as far as its recipe says."""
    same = run.recipe.same_way(model.recipe) and run.model.network is model.network
    return same and training.reached_of(run) >= model.recipe.iterations


def begun(state: State, model: Model, then: Recipe | None = None) -> State:
    """The state in which a new run of *model* is under way; the oldest of too many runs is forgotten."""
    runs = state.training.runs
    for older in runs:
        older.history.keep_within(KEPT)
    run = new_run(max((one.number for one in runs), default=0) + 1, model)
    kept = (*runs[-(MOST_RUNS - 1) :], run)
    left = state.training.leaving()
    training = Training(run, kept, goal=model.recipe.iterations, active=True, left=left, then=then)
    return state.studying(replace(model, iteration=0), state.moment._replace(iteration=0), training)


class PauseTraining(Command):
    """Stop where the run has come to; ``Train`` goes on."""

    def do(self, state: State) -> State:
        return replace(state, training=replace(state.training, active=False)) if state.training.active else state


class CheckAlong(Command):
    """Check the gradient along with training from the next iteration on, or no longer; Θ goes the same way."""

    on: bool

    def do(self, state: State) -> State:
        if self.on and (reason := refusal(state.model)) is not None:
            raise ValueError(reason)
        return state if self.on == state.live else replace(state, live=self.on)


class ShowProgress(Command):
    """*run* has recorded its iterations up to *reached*; *ending* says why it can't go on, "" if it can.

    Who looks at the latest iteration is taken along; who looks at an earlier one stays there.
    """

    run: Run
    reached: int
    ending: str = ""

    def do(self, state: State) -> State:
        training = state.training
        if training.run is not self.run or not training.active:
            return state  # of a run that is looked at no more, or that was paused a moment ago
        reached = max(training.reached, min(self.reached, training.goal))
        following = state.moment.iteration == training.reached
        active = reached < training.goal and not self.ending
        new = replace(state, training=replace(training, reached=reached, active=active, ending=self.ending))
        if not active and training.then is not None:
            return begun(new, self.run.at(0, training.then))
        return new.at(new.moment._replace(iteration=reached)) if following else new


class ShowScores(Command):
    """Scores have been worked out; those of other examples than the present ones come too late."""

    scores: "Scores"

    def do(self, state: State) -> State:
        late = self.scores.model.examples is not state.model.examples
        return state if late else replace(state, scores=self.scores)


# History


class GoToIteration(Command):
    """Θ as it was after so many updates of the present run, clamped; the same example, told as far.

    If that Θ has to be worked out first, the moment stays until ``ShowRecalled`` brings it; *near*, for who drags over
    many of them, takes the nearest one before it that is recorded.
    """

    iteration: int
    near: bool = False

    def do(self, state: State) -> State:
        training = state.training
        iteration = max(0, min(self.iteration, training.reached))
        state = replace(state, playing=False)
        if training.run is not None and training.run.history.length:
            if self.near:
                iteration = training.run.history.nearest(iteration)
            if not training.run.ready(iteration):
                return replace(state, training=replace(training, wanted=iteration))
        if training.wanted is not None:
            state = replace(state, training=replace(training, wanted=None))
        return state.at(state.moment._replace(iteration=iteration))


class ShowRecalled(Command):
    """Θ of an iteration of *run* that was asked for has been worked out; too late if another is wanted by now."""

    run: Run
    progress: "Progress"

    def do(self, state: State) -> State:
        training, iteration = state.training, self.progress.iteration
        if training.run is not self.run or training.wanted != iteration:
            return state
        there = replace(state, training=replace(training, wanted=None))
        model = self.run.model.at(self.progress.network, iteration, state.model.recipe)
        return there.showing(model, state.moment._replace(iteration=iteration))


class ShowRun(Command):
    """Make a kept run the present one, at its latest iteration."""

    run: Run

    def do(self, state: State) -> State:
        reached = state.training.reached_of(self.run)
        there = state.of(self.run.model)
        shown = Training(self.run, state.training.runs, reached, goal=reached, left=there.training.left)
        there = replace(there, training=shown)
        return there.at(there.moment._replace(iteration=reached))


class ForgetRun(Command):
    """No longer keep a run to compare; the present one is only left."""

    run: Run

    def do(self, state: State) -> State:
        training = state.training
        runs = tuple(run for run in training.runs if run is not self.run)
        if self.run is training.run:
            there = state.of(self.run.at(0, state.model.recipe))
            return replace(there, training=Training(runs=runs, left=there.training.left))
        return replace(state, training=replace(training, runs=runs))
