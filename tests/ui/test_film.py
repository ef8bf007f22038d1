"""Films: the program's own pictures, from the start of a stretch to its end."""

from dataclasses import replace
from types import SimpleNamespace
from unittest.mock import MagicMock

import numpy as np
import pytest
from PySide6.QtGui import QColor

from nnviz.engine.history import packed
from nnviz.engine.story import Level
from nnviz.engine.training import train
from nnviz.files.datasets import load
from nnviz.picture.shots import Shot
from nnviz.session.commands import ShowLevel
from nnviz.session.model import model_for
from nnviz.session.run import new_run, settings
from nnviz.session.state import Training, initial
from nnviz.ui.animation import pixels
from nnviz.ui.film import StoryFilm, TrainingFilm
from nnviz.ui.theme import load_fonts

SIZE = (480, 270)


@pytest.fixture(autouse=True)
def fonts(qapp):
    load_fonts()


@pytest.fixture(scope="module")
def state():
    return initial(model_for(load("vehicles")), 6)


@pytest.fixture(scope="module")
def trained():
    model = model_for(load("xnor"), sizes=(2, 4, 1))
    model = replace(model, recipe=replace(model.recipe, learning_rate=3.0))
    run = new_run(1, model)
    for progress in train(model.network, *model.examples.training, **settings(model), iterations=40):
        run.history.append(packed([progress]))
    return replace(initial(model), training=Training(run=run, runs=(run,), reached=40))


def frame(film, at, t=1.0):
    return pixels(film.image(Shot(at, t, 40)))


def test_each_step_looks_different_and_the_same_again(state):
    film = StoryFilm(state, SIZE)
    frames = [frame(film, place) for place in state.story.stops(Level.LAYER)]
    assert all(one.shape == (270, 480, 3) for one in frames)
    assert all((one != other).any() for one, other in zip(frames, frames[1:]))
    assert np.array_equal(frame(film, 0), frames[0])


def test_between_two_steps_something_moves(state):
    film = StoryFilm(state, SIZE)
    stills = [frame(film, 5, t) for t in (0.0, 0.2, 0.4, 0.6, 1.0)]
    assert all((one != other).any() for one, other in zip(stills, stills[1:]))


def test_the_level_of_the_state_is_told(state):
    place = state.story.stops(Level.LAYER)[1]
    by_layer = StoryFilm(ShowLevel(Level.LAYER).do(state), SIZE)
    assert (frame(StoryFilm(state, SIZE), place) != frame(by_layer, place)).any()


@pytest.mark.parametrize("dress", ["light", "dark", "projector"])
def test_every_dress_and_an_image_network(dress):
    digits = initial(model_for(load("digits")), 7)
    film = StoryFilm(digits, SIZE, dress)
    assert tuple(frame(film, digits.story.forwarded)[0, 0]) == film.theme.colour("board").toTuple()[:3]


def test_links_grow_and_the_curve_with_them(trained):
    film = TrainingFilm(trained, SIZE)
    start, end = frame(film, 0), frame(film, 40)
    plot = slice(195, 254), slice(172, 464)
    red = [one[plot][..., 0].astype(int) - one[plot][..., 1] > 40 for one in (start, end)]
    assert red[0].any(axis=0).mean() < 0.05  # a dot where it begins
    assert red[1].any(axis=0).mean() > 0.95  # and in the end a curve from side to side
    assert (start[:190] != end[:190]).any()


@pytest.mark.parametrize(
    ("recipe", "words"),
    [
        ({}, ["Gradient descent", "α = 3 · λ = 0"]),
        ({"method": "bfgs", "lambda_": 0.5}, ["BFGS", "λ = 0.5"]),
        ({"fault": "no-slope"}, ["Gradient descent", "α = 3 · λ = 0", "planted: g′ left out"]),
        ({"fault": "no-slope", "hidden": True}, ["Gradient descent", "α = 3 · λ = 0", "planted: the hidden mistake"]),
    ],
)
def test_a_film_of_a_training_says_how_it_has_learnt(trained, recipe, words):
    """That of its run, whatever is set since then."""
    run = trained.training.run
    run = replace(run, model=replace(run.model, recipe=replace(run.model.recipe, **recipe)))
    film = TrainingFilm(replace(trained, training=Training(run=run, runs=(run,), reached=40)), SIZE)
    told = []
    film.tell(SimpleNamespace(label=lambda label: told.append(label.text.words), painter=MagicMock(), colour=QColor), 0)
    assert told[2 : 2 + len(words)] == words


def test_one_scale_for_the_whole_training(trained):
    film = TrainingFilm(trained, SIZE)
    assert {film._weights(at).scale for at in (0, 20, 40)} == {film.scale}
    largest = max(
        np.abs(theta).max() for theta in trained.at(trained.moment._replace(iteration=40)).model.network.thetas
    )
    assert film.scale >= largest


def test_a_formula_too_tall_for_its_numbers_is_shown_in_symbols():
    iris = initial(model_for(load("iris")), 149)
    film = StoryFilm(iris, SIZE)
    for place in iris.story.stops(iris.level):
        below = frame(film, place)[int(270 * (1 - 110 / 630)) :, :]
        assert (below != below[-1, -1]).any(), place
