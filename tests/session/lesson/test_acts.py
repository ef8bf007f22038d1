"""What a link can do is what a user could do, and nothing else."""

import pytest

from nnviz.files.datasets import load
from nnviz.session.command import Command
from nnviz.session.lesson.acts import VERBS, act
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial

RIGHT = [
    *("step", "back", "play", "reset", "hide", "both"),
    *("go start", "go end", "go 12", "go delta 3 1", "example 7", "level unit", "tool train", "show theta 2 1 0"),
    *("train", "train 100", "iteration 50", "seed 5", "lambda 1", "lambda 0.5", "alpha 0.3", "method adam"),
    *("initial zeros", "plant no-slope", "plant none", "guess no-slope", "seed next", "layers 4", "layers 5 5"),
    *("layers none", "way one-sided", "epsilon 1e-6", "choose 2 1 0", "evaluate"),
]
WRONG = {
    "": "is nothing that a link can do",
    "explode": "is nothing that a link can do; expected one of step, ",
    "step 3": "step stands alone; '3' is too much",
    "example": "example needs its number",
    "example x": "'x' is no whole number",
    "example 99999999999": "is no whole number up to",
    "go nowhere": "'nowhere'; expected a number such as delta 3 1",
    "show theta": "'theta'; expected a number such as delta 3 1",
    "go delta 3": "'delta 3'; expected a number such as delta 3 1",
    "go a 3 2 1": "'a 3 2 1'; expected a number such as delta 3 1",
    "level deep": "level is 'deep'; expected one of term",
    "tool hammer": "tool is 'hammer'; expected one of step",
    "lambda much": "'much' is no number",
    "alpha 1e99": "is too large",
    "method magic": "method is 'magic'; expected one of",
    "plant tree": "fault is 'tree'; expected one of",
    "initial nothing": "initialiser is 'nothing'; expected one of",
    "guess tree": "fault is 'tree'; expected one of",
    "seed": "seed needs its number, or next",
    "seed previous": "'previous' is no whole number",
    "layers 4 0": "a layer has one unit at least",
    "layers many": "'many' is no whole number",
    "way best": "method is 'best'; expected one of one-sided",
    "epsilon 2": "epsilon is 2; expected 1e-16 to 1",
    "epsilon 0": "epsilon is 0; expected",
    "choose 2 1": "expected layer, row, column of an entry",
    "evaluate 3": "evaluate stands alone",
    "import os": "is nothing that a link can do",
}


@pytest.mark.parametrize("text", RIGHT)
def test_a_link_makes_a_command_that_a_session_takes(text):
    session = Session(initial(model_for(load("vehicles"))))
    command = act(text)
    assert isinstance(command, Command)
    session.attempt(command)
    assert session.state is not None


def test_the_next_seed_is_one_more():
    session = Session(initial(model_for(load("vehicles"), seed=8)))
    session.do(act("seed next"))
    assert session.state.model.seed == 9
    assert session.undo_title == "New start"


def test_hidden_layers_are_chosen():
    session = Session(initial(model_for(load("vehicles"))))
    session.do(act("layers 6 2"))
    assert session.state.model.network.sizes == (3, 6, 2, 4)
    session.do(act("layers none"))
    assert session.state.model.network.sizes == (3, 4)


def test_every_verb_is_tried():
    assert {text.split()[0] for text in RIGHT} == set(VERBS)


@pytest.mark.parametrize("text", WRONG)
def test_what_makes_no_sense_is_refused_in_words(text):
    with pytest.raises(ValueError, match=WRONG[text].replace("(", r"\(")):
        act(text)
