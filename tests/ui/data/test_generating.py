"""Making data by a rule."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnviz.engine.generators import GENERATORS, generate
from nnviz.session.commands import ChooseData
from tests.ui.windows import click

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def generating(window, ready):
    window.table["generate-data"].trigger()
    return ready()


def enter(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def choose(dialog, name):
    dialog.kind.setCurrentIndex(dialog.kind.findData(name))
    dialog.kind.activated.emit(0)


def test_it_opens_on_points(generating):
    assert generating.kind.currentText() == "Two moons"
    assert np.array_equal(generating.cloud.points.X, generate("moons").X)
    assert generating.meaning.text() == (
        "200 examples, 2 features, 2 classes: upper 100, lower 100; suggested network 2-4-1."
    )
    assert generating.cloud.accessibleDescription() == "200 points: 100 of class upper, 100 of class lower"


@pytest.mark.parametrize("row", GENERATORS, ids=lambda row: row.name)
def test_every_kind_is_painted_and_taken(window, generating, ready, row):
    choose(generating, row.name)
    dialog = ready()
    assert dialog.noise.text() == f"{row.noise:g}"
    assert not dialog.cloud.grab().isNull()
    click(dialog.take)
    assert window.session.state.model.dataset.name == row.name
    window.session.undo()
    assert window.session.state.model.dataset.name == "vehicles"


def test_number_noise_and_seed(generating, ready, qtbot):
    enter(qtbot, generating.count, "60")
    enter(qtbot, generating.noise, "0,25")
    enter(qtbot, generating.seed, "8")
    click(generating.next)
    dialog = ready()
    assert dialog.isVisible()
    assert np.array_equal(dialog.data.X, generate("moons", 60, 0.25, 9).X)


def test_too_much_noise_is_refused_in_place(generating, ready, qtbot):
    enter(qtbot, generating.noise, "7")
    assert "0 to 2" in generating.noise.problem
    assert ready().data.source.endswith("noise 0.1, seed 1")


def test_of_many_points_some_are_drawn(generating, ready, qtbot):
    enter(qtbot, generating.count, "100000")
    dialog = ready()
    assert len(dialog.data) == 100_000
    assert "4,000 of the 100,000" in dialog.note.text()


def test_it_opens_on_the_kind_that_is_studied(window, ready):
    window.session.do(ChooseData(generate("spirals")))
    window.table["generate-data"].trigger()
    assert ready().kind.currentText() == "Two spirals"
