"""The lines of code are true: NumPy's are carried out and compared with the trace, step by step."""

import re

import numpy as np
import pytest

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.story import Level
from nnviz.picture.code import code
from nnviz.picture.code_lines import ACTIVATION_CODE, STEP_CODE
from tests.picture.stories import CASES, story
from tests.picture.test_captions import kinds


def test_every_kind_of_step_and_every_activation_has_code():
    assert set(kinds()) == set(STEP_CODE)
    assert {row.name for row in ACTIVATIONS} == set(ACTIVATION_CODE)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_code_run_line_by_line_gives_the_trace(case):
    """Each layer's line is run once, in the order of the story, on nothing but x, y, Θ and Δ before."""
    told = story(*case)
    trace, epoch = told.trace, told.trace.epoch
    names = {
        "np": np,
        "x": trace.a[0],
        "y": trace.y,
        "m": epoch.m,
        "lambda_": epoch.lambda_,
        "alpha": epoch.learning_rate,
    }
    for n, theta in enumerate(trace.network.thetas, 1):
        names |= {f"Theta{n}": theta, f"Delta{n}": trace.accumulator_before[n - 1]}
    lines = dict.fromkeys(code(told, place, "numpy") for place in told.stops(Level.UNIT))
    for line in lines:
        exec(line, names)
    expected = {"cost": trace.costs, "total": trace.cost}
    for n in range(2, trace.network.layers + 1):
        expected |= {f"z{n}": trace.z[n - 1], f"a{n}": trace.a[n - 1], f"d{n}": trace.delta[n - 1]}
    for n in range(1, trace.network.layers):
        expected[f"Delta{n}"] = trace.accumulator[n - 1]
        if trace.final:
            expected |= {f"D{n}": epoch.D[n - 1], f"Theta{n}": epoch.updated.theta(n)}
    for name, value in expected.items():
        # log(1 − h) and h − y lose digits where h is nearly 1, as the course's own code does.
        np.testing.assert_allclose(names[name], value, rtol=1e-11, atol=1e-14, err_msg=name)


def test_octave_in_the_courses_spelling():
    told = story(*CASES[0])
    lines = {code(told, place, "octave") for place in told.stops(Level.UNIT)}
    assert "d3 = Theta3(:,2:end)' * d4 .* a3 .* (1 - a3);  % 2: no bias column" in lines
    assert "Delta3 = Delta3 + d4 * [1; a3]';  % 1: the bias unit" in lines
    assert "d4 = a4 - y;" in lines
    assert all(re.search(r";(  %.*)?$", part) for line in lines for part in line.splitlines())


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("language", ["numpy", "octave"])
def test_lines_are_short_enough_for_the_panel_and_say_where_the_bias_is(case, language):
    told = story(*case)
    for place in told.stops(Level.UNIT):
        text = code(told, place, language)
        assert all(len(line) <= 76 for line in text.splitlines())
        assert "bias" in text or not re.search(r"append|\[1;|1:\]|2:end", text)
