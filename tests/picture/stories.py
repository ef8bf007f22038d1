"""Stories that the tests of the picture tell: every kind of step, of network and of activation."""

from dataclasses import replace
from functools import cache

from nnviz.engine.story import Story
from nnviz.files.datasets import load
from nnviz.session.model import model_for
from nnviz.session.recipe import Recipe
from nnviz.session.state import initial

# data, sizes, activation, example from 0, λ
CASES = [
    ("vehicles", (3, 5, 5, 4), "sigmoid", 149, 0.5),
    ("vehicles", (3, 4), "sigmoid", 149, 0.0),
    ("vehicles", (3, 7, 1, 4), "tanh", 6, 0.0),
    ("iris", (4, 5, 3), "relu", 149, 0.0),
    ("iris", (4, 2, 3), "linear", 0, 1.0),
    ("xnor", (2, 2, 1), "sigmoid", 3, 0.0),
    ("and", (2, 1), "sigmoid", 0, 0.0),
]


@cache
def story(data: str, sizes: tuple[int, ...], activation: str, example: int, lambda_: float) -> Story:
    model = model_for(load(data), sizes=sizes, activation=activation)
    everything = replace(model.examples, test_share=0.0)
    model = replace(model, examples=everything, recipe=Recipe(lambda_=lambda_))
    return initial(model, example).story


@cache
def mistaken(fault: str | None, *, hidden: bool = False, sizes=(3, 5, 5, 4), activation="sigmoid") -> Story:
    """The story of the example in which the mistake strikes: the last, or the first where Δ is carried over."""
    model = model_for(load("vehicles"), sizes=sizes, activation=activation)
    everything = replace(model.examples, test_share=0.0)
    recipe = Recipe(lambda_=0.5, learning_rate=0.7, fault=fault, hidden=hidden)
    example = 0 if fault == "accumulator-not-reset" else 149
    return initial(replace(model, examples=everything, recipe=recipe), example).story
