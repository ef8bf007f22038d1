"""The marks on the plot of J(Θ) where the check along with training failed, and what is said of them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from nnviz.engine.live import Verdict
from nnviz.session.commands import ShowTool
from nnviz.session.run import Run
from nnviz.session.state import Training
from nnviz.ui.panels.curves import CurvesPanel
from nnviz.ui.panels.legend import FAILED
from nnviz.ui.theme import theme_of
from tests.ui.panels.histories import Recorded, Set, falling

# The offscreen platform says so of every tooltip and every change of a window's smallest size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")


@pytest.fixture
def panel(session, show, qtbot):
    """The plot of two runs, the second the present one, at its end, iteration 200."""
    session.do(ShowTool("train"))
    panel = show(CurvesPanel(session), 792, 390)
    qtbot.waitUntil(lambda: panel.plot is not None, timeout=10_000)
    model = session.state.model
    slower = replace(model, recipe=replace(model.recipe, learning_rate=0.5))
    runs = tuple(Run(number, one, Recorded(one.network, falling(201))) for number, one in ((1, model), (2, slower)))
    session.do(Set(Training(runs[1], runs, reached=200, goal=200)))
    for _ in range(3):
        QApplication.processEvents()
    return panel


@pytest.fixture
def runs(session, panel):
    return session.state.training.runs


def check(panel, run, *verdicts):
    run.checks.add(Verdict(*one) for one in verdicts)
    panel._refresh()


def marked(panel, session, iteration):
    """Whether the colour of what differs stands at the lower edge of the curves, at an iteration."""
    x = panel.plot.pixel(panel.scales[0].place(iteration), 0.0).x()
    image = panel.plot.viewport().grab().toImage()
    foot = QPoint(round(x), round(panel.plot.room.bottom()) - 3)
    return image.pixelColor(foot) == theme_of(session.state.view).colour("differ")


def told(panel, iteration):
    return [value.text for value in panel._values(iteration) if value.name == "check"]


def test_where_it_failed_there_is_a_mark(panel, runs, session):
    assert not marked(panel, session, 100)
    check(panel, runs[1], (0, 0, 0), (50, 0, 2), (100, 74, 0), (150, 0, 0))
    assert [marked(panel, session, at) for at in (0, 20, 50, 100, 150)] == [False, False, True, True, False]


def test_on_the_other_axis_too(panel, runs, session, qtbot):
    check(panel, runs[1], (100, 74, 0))
    qtbot.mouseClick(panel.log_iteration, Qt.MouseButton.LeftButton)
    assert [marked(panel, session, at) for at in (50, 100, 150)] == [False, True, False]


def test_marks_go_no_further_than_what_is_shown(panel, runs, session):
    check(panel, runs[1], (100, 74, 0), (180, 74, 0))
    session.do(Set(replace(session.state.training, reached=150)))
    assert marked(panel, session, 100)
    assert len(panel._failures()) == 1


def test_those_of_another_run_are_shown_while_it_is_pointed_at(panel, runs, session):
    check(panel, runs[0], (100, 3, 0))
    assert not marked(panel, session, 100)
    over = panel.legend.area(panel.legend.entries[0]).center()
    button = Qt.MouseButton.NoButton
    for kind, at in ((QEvent.Type.MouseMove, over), (QEvent.Type.Leave, None)):
        if at is None:
            QApplication.sendEvent(panel.legend, QEvent(kind))
        else:
            where = panel.legend.mapToGlobal(at)
            event = QMouseEvent(kind, at, where, button, button, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(panel.legend, event)
        assert marked(panel, session, 100) == (at is not None)


def test_the_legend_explains_them_once_there_are_any(panel, runs):
    check(panel, runs[1], (100, 0, 0))
    assert FAILED not in panel.kinds.entries
    check(panel, runs[1], (101, 1, 0))
    assert panel.kinds.entries == (FAILED,)
    assert "not the slope of J" in panel.kinds.accessibleDescription()


def test_who_does_not_see_them_is_told(panel, runs):
    check(panel, runs[1], (0, 0, 0), (100, 74, 0))
    assert "differs in up to 74 of 74 entries in iteration 100" in panel.plot.accessibleDescription()


def test_the_box_tells_what_was_found_there(panel, runs):
    assert told(panel, 100) == []
    check(panel, runs[1], (0, 0, 0), (100, 74, 0))
    assert told(panel, 0) == ["right"]
    assert told(panel, 100) == ["74 of 74 entries of D differ"]
    assert told(panel, 101) == ["not checked"]
    check(panel, runs[0], (100, 0, 14))
    assert told(panel, 100) == ["14 of 74 entries updated wrongly", "74 of 74 entries of D differ"]
