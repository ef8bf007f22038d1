"""The whole function runs as it stands, and gives the J, D and new Θ of the engine, with a mistake or without."""

import re
import shutil
import subprocess
import sys

import numpy as np
import pytest

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.faults import FAULTS, fault
from nnviz.engine.propagation import cost
from nnviz.picture.mistaken.programs import MISTAKEN_SLOTS
from nnviz.picture.programs.program import Kind, program
from nnviz.picture.programs.slots import SLOTS
from nnviz.picture.programs.texts import TEXTS
from nnviz.picture.programs.usage import whole
from tests.picture.programs.passes import NETWORKS, Pass, all_passes, made
from tests.picture.stories import CASES, mistaken, story

VERSIONS = ["loop", "vectorised"]
OCTAVE = shutil.which("octave-cli") or shutil.which("octave")
KINDS = [Kind(row.name) for row in ACTIVATIONS] + [Kind(mistake=row.step) for row in FAULTS] + [Kind(descends=False)]


def engine(case: Pass):
    """J without a mistake, for D alone is wrong; D and the new Θ with it."""
    passed = case.epoch
    total = cost(passed.network, passed.X, passed.Y, passed.lambda_)
    return [np.array([getattr(total, "total", total)]), *passed.D, *passed.updated.thetas]


def run_numpy(case: Pass, version: str):
    names = {"__name__": "program"}
    exec(program(case.kind, version, "numpy").text, names)
    passed = case.epoch
    arguments = list(passed.network.thetas), passed.X, passed.Y, passed.lambda_, passed.learning_rate
    if case.kind.mistake is fault("accumulator-not-reset").step:
        names["backprop"](*arguments)  # the pass before
    J, D, thetas = names["backprop"](*arguments)
    return [np.array([J]), *D, *thetas]


def compare(found, expected):
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("row", NETWORKS, ids=str)
def test_numpy_gives_what_the_engine_gives(row, version):
    case = made(*row)
    compare(run_numpy(case, version), engine(case))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", [row.name for row in FAULTS])
@pytest.mark.parametrize(("sizes", "activation"), [((3, 5, 5, 4), "sigmoid"), ((3, 2, 4, 2), "tanh")])
def test_with_a_mistake_numpy_gives_the_wrong_gradient_of_the_engine(sizes, activation, name, version):
    case = made(sizes, activation, name=name)
    found = run_numpy(case, version)
    compare(found, engine(case))
    right = engine(made(sizes, activation))
    same = all(np.allclose(one, other) for one, other in zip(found, right, strict=True))
    harmless = name == "theta-not-transposed" and sizes == (3, 2, 4, 2)  # no two layers of one size beside each other
    assert same == harmless


def test_what_it_is_given_stays_as_it_is():
    for version in VERSIONS:
        case = made()
        before = [theta.copy() for theta in case.epoch.network.thetas]
        run_numpy(case, version)
        for one, other in zip(case.epoch.network.thetas, before, strict=True):
            np.testing.assert_array_equal(one, other)


@pytest.mark.skipif(OCTAVE is None, reason="Octave is not installed")
@pytest.mark.parametrize("version", VERSIONS)
def test_octave_gives_what_the_engine_gives(version, tmp_path):
    """All programs one after the other in one process: starting Octave takes longer than running it."""
    cases = all_passes()
    file = tmp_path / "all.m"
    file.write_text("".join(octave_script(case, version) for case in cases), encoding="ascii")
    done = subprocess.run([OCTAVE, "--norc", "-q", file], capture_output=True, encoding="utf-8", check=False)
    parts = done.stdout.split("next\n")[:-1]
    assert len(parts) == len(cases), done.stderr
    for case, part in zip(cases, parts, strict=True):
        found = np.array(part.split(), dtype=float)
        expected = np.concatenate([matrix.ravel(order="F") for matrix in engine(case)])
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


def octave_script(case: Pass, version: str) -> str:
    passed = case.epoch
    lines = [program(case.kind, version, "octave").text, "clear Theta;"]
    lines += [f"Theta{{{layer}}} = {matrix(theta)};" for layer, theta in enumerate(passed.network.thetas, 1)]
    lines += [f"X = {matrix(passed.X)};", f"Y = {matrix(passed.Y)};"]
    call = f"[J, D, newTheta] = backprop(Theta, X, Y, {passed.lambda_!r}, {passed.learning_rate!r});\n"
    lines.append(call * (2 if case.kind.mistake is fault("accumulator-not-reset").step else 1))
    lines.append("printf('%.17g\\n', J);")
    lines += [f"cellfun(@(M) printf('%.17g\\n', M), {name});" for name in ("D", "newTheta")]
    return "\n".join(lines) + "\nprintf('next\\n');\n"


def matrix(values) -> str:
    return "[" + "; ".join(", ".join(repr(float(value)) for value in row) for row in values) + "]"


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_block_of_octave_has_its_end(kind, version):
    depth = 0
    for line in program(kind, version, "octave").lines:
        code = line.text.partition("%")[0]
        depth -= len(re.findall(r"^\s*end\s*$", code))
        indent = len(code) - len(code.lstrip())
        if code.strip():
            assert indent == 2 * depth - 2 * code.strip().startswith("else")
        depth += len(re.findall(r"^\s*(?:for|if|function)\b", code))
    assert depth == 0


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("language", ["numpy", "octave"])
def test_lines_are_short_and_plain(version, language):
    for kind in KINDS:
        for case in (CASES[0], ("digits", (64, 25, 10), "sigmoid", 3, 0.0)):
            for line in whole(story(*case).trace, kind, version, language).lines:
                assert len(line.text) <= 76
                assert line.text.isascii()  # what is pasted into an old editor stays what it is
                assert line.text == line.text.rstrip()
                assert not line.text.strip().startswith("@")
                assert "$" not in line.text


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("language", ["numpy", "octave"])
def test_a_mistake_changes_its_lines_and_marks_them(version, language):
    right = [line.text for line in program(Kind(), version, language).lines]
    for row in FAULTS:
        lines = program(Kind(mistake=row.step), version, language).lines
        wrong = [line.text for line in lines if line.wrong]
        assert wrong, row.name
        if row.name != "not-over-m":
            assert set(wrong) - set(right), row.name
    assert not any(line.wrong for line in program(Kind(), version, language).lines)


def test_every_mistake_has_its_lines_and_every_slot_is_one_of_the_texts():
    assert set(MISTAKEN_SLOTS) == {row.step for row in FAULTS}
    for slots in MISTAKEN_SLOTS.values():
        assert set(slots) <= set(SLOTS)
    for text in TEXTS.values():
        named = set(re.findall(r"^\s*@([a-z ]+)$", "".join(text), re.MULTILINE))
        assert named == set(SLOTS)


def test_without_gradient_descent_nothing_is_updated():
    for version in VERSIONS:
        for language in ("numpy", "octave"):
            text = program(Kind(descends=False), version, language).text
            assert "newTheta" not in text
            assert "alpha" not in text
    names = {"__name__": "program"}
    exec(program(Kind(descends=False), "loop", "numpy").text, names)
    passed = made().epoch
    J, D = names["backprop"](passed.network.thetas, passed.X, passed.Y, passed.lambda_)
    compare([np.array([J]), *D], engine(made())[: 1 + len(D)])


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "told", [story(*CASES[5]), mistaken("accumulator-not-reset", sizes=(3, 2, 4))], ids=["xnor", "Δ"]
)
def test_the_file_runs_as_it_stands(told, version, tmp_path):
    trace = told.trace
    file = tmp_path / "backprop.py"
    file.write_text(whole(trace, Kind(mistake=trace.mistake), version, "numpy").text, encoding="utf-8")
    done = subprocess.run([sys.executable, file], capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    epoch = trace.epoch
    weight_decay = epoch.lambda_ / 2 * sum(np.square(theta[:, 1:]).sum() for theta in epoch.network.thetas)
    assert float(done.stdout.split()[0]) == pytest.approx(trace.cost + weight_decay, rel=1e-12)


@pytest.mark.skipif(OCTAVE is None, reason="Octave is not installed")
@pytest.mark.parametrize("case", [CASES[0], ("digits", (64, 25, 10), "sigmoid", 3, 0.0)], ids=["vehicles", "digits"])
def test_the_octave_file_runs_as_it_stands(case, tmp_path):
    file = tmp_path / "backprop_script.m"
    file.write_text(whole(story(*case).trace, Kind(), "loop", "octave").text, encoding="utf-8")
    done = subprocess.run([OCTAVE, "--norc", "-q", file], capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.startswith("J = "), done.stderr
