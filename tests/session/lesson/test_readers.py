"""What live values read is what the engine and the state say."""

import math
import re

import pytest

from nnviz.engine.propagation import cost
from nnviz.engine.unrolling import Unrolling
from nnviz.files.datasets import load
from nnviz.session.check import Question, answer
from nnviz.session.checking import ChooseEntry, GuessFault, HideFault, PlantFault, SetWay, ShowAnswer
from nnviz.session.commands import GoTo, GoToExample, SetLambda, SetTestShare, SetTheta, ShowTool
from nnviz.session.evaluations import StepEvaluation
from nnviz.session.lesson import around, readers
from nnviz.session.lesson.expression import parsed
from nnviz.session.lesson.readers import NAMES
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from tests.engine.problems import drained


@pytest.fixture
def session():
    session = Session(initial(model_for(load("vehicles"))))
    session.do(GoToExample(149))
    return session


def read(session, text):
    return parsed(text, NAMES).value(session.state)


def test_numbers_of_the_story_are_the_traces(session):
    trace = session.state.story.trace
    assert read(session, "a(3, 2)") == trace.a[2][1]
    assert read(session, "a(2, 0)") == 1.0
    assert read(session, "z(4, 1)") == trace.z[3][0]
    assert read(session, "delta(3, 5)") == trace.delta[2][4]
    assert read(session, "slope(2, 1)") == trace.slope[1][0]
    assert read(session, "sum(2, 1)") == trace.weighted[1][1]
    assert [read(session, f"h({k})") for k in (1, 2, 3, 4)] == list(trace.h)
    assert [read(session, f"y({k})") for k in (1, 2, 3, 4)] == list(trace.y)
    assert read(session, "x(1)") == trace.a[0][0]
    assert read(session, "cost(2)") == trace.costs[1]
    assert read(session, "examplecost") == trace.cost
    assert read(session, "theta(2, 1, 0)") == trace.network.theta(2)[0, 0]
    assert read(session, "Delta(1, 1, 3)") == trace.accumulator[0][0, 3]
    assert read(session, "D(1, 2, 3)") == trace.epoch.D[0][1, 3]
    assert read(session, "newtheta(1, 2, 3)") == trace.epoch.updated.theta(1)[1, 3]


def test_sizes_and_settings(session):
    assert [read(session, text) for text in ("L", "K", "s(1)", "s(4)", "weights")] == [4, 4, 3, 4, 74]
    assert (read(session, "m"), read(session, "examples"), read(session, "example")) == (120, 150, 150)
    session.do(SetLambda(0.25))
    assert (read(session, "lambda"), read(session, "alpha"), read(session, "seed")) == (0.25, 1.0, 4)
    assert (read(session, "data"), read(session, "method")) == ("vehicles", "gradient-descent")
    model = session.state.model
    assert read(session, "J") == cost(model.network, *model.examples.training, 0.25).total
    assert 0 <= read(session, "accuracy") <= 100


@pytest.mark.parametrize(
    "text", ["a(9, 1)", "a(2, 17)", "s(0)", "s(7)", "h(0)", "h(9)", "theta(4, 1, 0)", "J(3)", "differ"]
)
def test_what_is_not_there_is_missing_and_no_error(session, text):
    assert read(session, text) is None


def test_known_follows_the_story(session):
    assert not read(session, 'known("a", 2)')
    session.do(GoTo(session.state.story.forwarded))
    assert read(session, 'known("a", 4)')
    assert not read(session, 'known("delta", 4)')
    assert not read(session, 'known("D", 1)')
    session.do(GoTo(10**6))
    for text in ('known("delta", 2)', 'known("Delta", 3)', 'known("D", 3, 4, 5)', 'known("newtheta", 3)', "ended"):
        assert read(session, text) is True, text


def test_where_one_is(session):
    assert (read(session, "phase"), read(session, "step"), read(session, "tool")) == ("start", 0, "step")
    session.do(GoTo(session.state.story.ends[5]))
    assert (read(session, "phase"), read(session, "layer"), read(session, "unit")) == ("forward", 3, 1)
    session.do(ShowTool("check"))
    assert read(session, "tool") == "check"


def test_the_check_by_layer_and_by_column(session):
    session.do(SetLambda(1.0))
    session.do(PlantFault("bias-regularised"))
    state = session.state
    session.do(ShowAnswer(drained(answer(Question(state.model, state.estimate)))))
    assert read(session, "fault") == "bias-regularised"
    assert read(session, "differ") == 14
    assert read(session, "differ(1)") == 5
    assert read(session, 'differ(0, "bias")') == 14
    assert read(session, 'differ(0, "others")') == 0
    assert read(session, "relative") > 1e-6
    assert read(session, "checked") is True


def test_j_around_theta(session):
    before = session.state.model.network.theta(2)[0, 1]
    expected = read(session, "moved(2, 1, 1, 0.1)")
    assert read(session, "moved(2, 1, 1, 0)") == pytest.approx(read(session, "J"), rel=1e-12)
    session.do(SetTheta(2, 1, 1, before + 0.1))
    assert read(session, "J") == pytest.approx(expected, rel=1e-12)
    assert read(session, "moved(9, 1, 1, 0.1)") is None


def test_what_the_check_has_estimated(session):
    names = ("estimate(2, 1, 1)", 'error("two-sided", 1e-4)', 'best("one-sided")')
    assert [read(session, name) for name in names] == [None, None, None]
    found = drained(answer(Question(session.state.model, session.state.estimate)))
    session.do(ShowAnswer(found))
    assert read(session, "estimate(2, 1, 1)") == found.check.estimate[1][0, 1]
    assert read(session, 'error("two-sided", 1e-4)') == found.sweep.errors["two-sided"][3]
    assert read(session, 'best("one-sided")') == found.sweep.best("one-sided")
    assert read(session, 'error("two-sided", 0.3)') is read(session, "estimate(4, 1, 1)") is None


def test_how_often_the_check_works_out_j(session):
    assert (read(session, "way"), read(session, "evaluations")) == ("two-sided", 148)
    session.do(SetWay("one-sided"))
    assert (read(session, "way"), read(session, "evaluations")) == ("one-sided", 75)


def test_the_unrolled_vector(session):
    order, network = Unrolling((3, 5, 5, 4)), session.state.model.network
    assert read(session, "place(2, 1, 0)") == 21
    assert read(session, "place(1, 2, 0)") == 2
    assert [read(session, f"thetaVec({n})") for n in range(1, order.count + 1)] == list(network.unroll())
    assert read(session, "thetaVec(0)") is read(session, "thetaVec(75)") is read(session, "place(1, 9, 0)") is None
    assert read(session, "n") == 0
    session.do(ShowAnswer(drained(answer(Question(session.state.model, session.state.estimate)))))
    session.do(ChooseEntry(order.address(21)))
    assert (read(session, "n"), read(session, "evaluation")) == (21, 0)
    session.do(StepEvaluation(1))
    assert (read(session, "n"), read(session, "evaluation")) == (21, 1)


def test_a_hidden_mistake_is_named(session):
    assert read(session, "named") is False
    session.do(HideFault(1))
    assert (read(session, "hidden"), read(session, "named")) == (True, False)
    session.do(GuessFault(session.state.fault))
    assert read(session, "named") is True


def test_accuracy_of_either_part(session):
    test, training = read(session, "accuracy"), read(session, 'accuracy("training")')
    assert 100 * (30 * test + 120 * training) % 150 == pytest.approx(0, abs=1e-6)
    session.do(SetTestShare(0.0))
    assert read(session, "accuracy") == read(session, 'accuracy("training")')


def test_runs_above(session):
    assert read(session, "above(0)") == 0


def test_runs_have_their_lowest_and_highest(session):
    assert read(session, "lowest") is None
    assert read(session, "runs") == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_name_reads_something_sensible_of_a_fresh_state(session, name):
    signature = NAMES[name]
    words = {place: f'"{next(iter(known))}"' for place, known in signature.words.items()}
    numbers = ["2", "1", "1", "0.1"][: signature.least]
    indices = ", ".join(words.get(place, number) for place, number in enumerate(numbers))
    value = read(session, f"{name}({indices})" if indices else name)
    assert value is None or isinstance(value, bool | int | float | str)
    assert not isinstance(value, float) or math.isfinite(value)


@pytest.mark.parametrize("name", [name for name, signature in NAMES.items() if signature.says])
def test_what_a_name_says_is_among_its_words(session, name):
    assert read(session, name) in NAMES[name].says


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('known("typo", 2)', 'known has "typo" in brackets; expected one of "a", "z", "delta"'),
        ("known(3, 2)", 'known has 3 in brackets; expected one of "a"'),
        ("known(2)", "known has 1 numbers or words in brackets; expected 2 to 4"),
        ('differ(0, "biases") = 0', 'differ has "biases" in brackets; expected one of "bias", "others"'),
        ('accuracy("tset") > 90', 'expected one of "test", "training"'),
        ('error("twosided", 1e-4) < 1', 'expected one of "one-sided"'),
        ('a("x", 2) > 0', 'a has "x" in brackets where a number is expected'),
        ('tool = "trian"', 'tool is never "trian"; it is one of "step", "train"'),
        ('J < 1 and not ("noslope" = fault)', 'fault is never "noslope"; it is one of "none"'),
        ('phase ≠ "foward"', 'phase is never "foward"; it is one of "start", "forward"'),
        ("level = 2", "level is never 2; it is one of "),
    ],
)
def test_a_word_that_nothing_knows_is_told(text, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        parsed(text, NAMES)


@pytest.mark.parametrize(
    ("text", "module", "work"),
    [
        ("J + decay", readers, "cost"),
        ("accuracy", readers, "accuracy"),
        ("moved(2, 1, 1, 0.1)", around, "Surroundings"),
    ],
)
def test_what_takes_all_examples_is_worked_out_once_for_each_theta(session, monkeypatch, text, module, work):
    done, real = [], getattr(module, work)
    monkeypatch.setattr(module, work, lambda *arguments: done.append(1) or real(*arguments))
    first = read(session, text)
    session.do(GoTo(5))
    assert read(session, text) == first
    assert len(done) == 1
    session.do(SetTheta(2, 1, 1, 9.0))
    read(session, text)
    assert len(done) == 2
