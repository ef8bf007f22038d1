"""The plot of J(Θ) with a real mouse: what it shows of the state, and the commands that it sends."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from nnviz.session.commands import ForgetRun, GoToIteration, ShowProgress, ShowTheme, ShowTool, Zoom
from nnviz.session.run import Run
from nnviz.session.state import Training
from nnviz.ui.panels.curves import EMPTY, CurvesPanel
from nnviz.ui.panels.lines import DATA, DECAY, TEST, TRAINING, Line
from tests.ui.panels.histories import Recorded, Set, falling
from tests.ui.windows import turn

# The offscreen platform says so of every tooltip and every change of a window's smallest size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")


@pytest.fixture
def run(session):
    def made(total, number=1, rate=1.0, tests=()):
        recipe = replace(session.state.model.recipe, learning_rate=rate)
        model = replace(session.state.model, recipe=recipe)
        made = Run(number, model, Recorded(model.network, total))
        made.tests.add(tests)
        return made

    return made


@pytest.fixture
def panel(session, show, qtbot):
    session.do(ShowTool("train"))
    panel = show(CurvesPanel(session), 792, 390)
    qtbot.waitUntil(lambda: panel.plot is not None, timeout=10_000)
    return panel


@pytest.fixture
def three(session, run, panel):
    """Three runs, the last of them the present one, at its end."""
    tests = [(0, 2.5, 0.3), (100, 1.5, 0.5), (200, 1.25, 0.7)]
    runs = (run(falling(300), 1, 1.0), run(falling(200, 0.9), 2, 0.5), run(falling(201, 0.7), 3, 2.0, tests))
    session.do(Set(Training(runs[-1], runs, reached=200, goal=200)))
    settle()
    return runs


def settle():
    for _ in range(3):
        QApplication.processEvents()


def at(panel, iteration, share=0.5):
    """The pixel of the plot at an iteration, at a share of the height."""
    place, room = panel.scales[0].place(iteration), panel.plot.room
    return QPointF(panel.plot.pixel(place, 0.0).x(), room.top() + share * room.height()).toPoint()


def drawn(panel, line):
    curve = panel.plot._curves[line]
    return curve.xData, curve.yData


def move(panel, to, buttons=Qt.MouseButton.NoButton):
    view = panel.plot.viewport()
    where = QPointF(to)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, where, view.mapToGlobal(where), none, buttons, no_modifier())
    QApplication.sendEvent(view, event)


def no_modifier():
    return Qt.KeyboardModifier.NoModifier


def drag(qtbot, panel, start, *stops):
    view, left = panel.plot.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, no_modifier(), start)
    for stop in stops:
        move(panel, stop, left)
    qtbot.mouseRelease(view, left, no_modifier(), stops[-1])


# What it shows


def test_the_window_does_not_wait_for_the_plot(session, show, qtbot):
    session.do(ShowTool("train"))
    panel = show(CurvesPanel(session), 792, 390)
    assert panel.plot is None
    assert panel.heading.isVisible()
    assert panel.empty.text() == EMPTY
    qtbot.waitUntil(lambda: panel.plot is not None, timeout=10_000)


def test_without_a_run_it_says_how_to_get_one(panel):
    assert panel.empty.isVisible()
    assert not panel.plot.isVisible()
    assert panel.plot.accessibleDescription() == EMPTY


def test_runs_are_drawn_and_named_by_what_differs(panel, three):
    assert set(panel.plot.names) == {*(Line(run, TRAINING) for run in three), Line(three[2], TEST)}
    assert [entry.name for entry in panel.legend.entries] == ["α = 1", "α = 0.5", "α = 2"]
    assert [entry.name for entry in panel.kinds.entries] == ["training", "test"]
    x, y = drawn(panel, Line(three[0], TRAINING))
    assert x[-1] == pytest.approx(np.log10(300))
    assert y[0] == pytest.approx(np.log10(2.0))
    pens = [panel.plot._curves[Line(run, TRAINING)].opts["pen"] for run in three]
    assert len({pen.color().name() for pen in pens}) == 3
    assert pens[2].widthF() > pens[0].widthF()


def test_the_test_curve_has_the_color_of_its_run_and_is_dashed(panel, three):
    solid, dashed = (panel.plot._curves[Line(three[2], kind)].opts["pen"] for kind in (TRAINING, TEST))
    assert dashed.color() == solid.color()
    assert dashed.style() is Qt.PenStyle.DashLine
    assert dashed.widthF() < solid.widthF()


def test_only_what_is_shown_of_the_present_run_is_drawn(panel, session, run):
    one = run(falling(500), tests=[(10, 1.0, 0.5), (400, 0.5, 0.9)])
    session.do(Set(Training(one, (one,), reached=100, goal=500)))
    assert drawn(panel, Line(one, TRAINING))[0][-1] == pytest.approx(np.log10(101))
    assert len(drawn(panel, Line(one, TEST))[0]) == 1


def test_parts_on_demand(panel, three, qtbot):
    qtbot.mouseClick(panel.parts, Qt.MouseButton.LeftButton)
    assert {Line(three[2], DATA), Line(three[2], DECAY)} < set(panel.plot.names)
    assert Line(three[0], DATA) not in panel.plot.names
    qtbot.mouseClick(panel.parts, Qt.MouseButton.LeftButton)
    assert Line(three[2], DATA) not in panel.plot.names


def test_axes_are_linear_on_demand(panel, three, qtbot):
    qtbot.mouseClick(panel.log_iteration, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.log_cost, Qt.MouseButton.LeftButton)
    x, y = drawn(panel, Line(three[0], TRAINING))
    assert (x[0], y[0], x[-1]) == (0.0, 2.0, 299.0)
    assert panel.plot.seen[0] == (0.0, 300.0)
    assert panel.plot.seen[1][0] == 0.0


def test_text_for_those_who_do_not_see_it(panel, three, session):
    assert panel.plot.accessibleDescription() == (
        "Run 3, α = 2: J is 0.2374 after 200 of 200 iterations, 1.2500 on the test part."
    )
    session.do(GoToIteration(150))
    assert "after 150 of 200 iterations, 1.5000 (iteration 100) on the test part" in panel.plot.accessibleDescription()


def test_one_iteration_is_a_dot(panel, session, run):
    one = run([2.0])
    session.do(Set(Training(one, (one,), goal=100)))
    settle()
    dots = panel._marks().dots
    assert dots
    assert panel.plot.room.contains(dots[0].at + QPointF(1, 0))


def test_a_run_without_any_iteration_yet(panel, session, run):
    one = run([])
    session.do(Set(Training(one, (one,), goal=100, active=True)))
    settle()
    assert panel.plot.grab().width() > 0


def test_a_run_that_blows_up_is_marked_where_it_ends(panel, session, run):
    words = "J grew without bound."
    one = run([2.0, 5.0, 1e6, 1e200, np.inf, np.nan])
    session.do(Set(Training(one, (one,), reached=5, goal=100, ending=words)))
    settle()
    assert np.isfinite(drawn(panel, Line(one, TRAINING))[1]).all()
    assert panel.plot.seen[1][1] < 2
    stopped = [dot for dot in panel._marks().dots if dot.stopped]
    assert stopped[0].at.y() == pytest.approx(panel.plot.room.top())
    assert words in panel.plot.accessibleDescription()
    move(panel, at(panel, 5))
    assert words in [value.name for value in panel._marks().values]


def test_forgotten_runs_leave(panel, session, three):
    session.do(ForgetRun(three[0]))
    assert Line(three[0], TRAINING) not in panel.plot.names
    assert len(panel.legend.entries) == 2


@pytest.mark.parametrize("theme", ["dark", "projector"])
def test_it_follows_the_theme(panel, session, three, theme):
    before = panel.plot._curves[Line(three[0], TRAINING)].opts["pen"].color()
    session.do(ShowTheme(theme))
    session.do(Zoom(1.5))
    settle()
    assert panel.plot._curves[Line(three[0], TRAINING)].opts["pen"].color() != before
    assert panel.plot.left.style["tickFont"].pixelSize() == panel._theme.font(11).pixelSize()


# While it learns


def test_a_growing_run_is_drawn_at_most_every_50_ms(panel, session, run, qtbot, monkeypatch):
    one = run(falling(2000))
    session.do(Set(Training(one, (one,), reached=0, goal=2000, active=True)))
    pictures, draw = [], panel.lines.draw
    monkeypatch.setattr(panel.lines, "draw", lambda *rest: (pictures.append(1), draw(*rest)))
    for reached in range(1, 400):
        session.do(ShowProgress(one, reached))
    assert len(pictures) < 20
    qtbot.waitUntil(lambda: drawn(panel, Line(one, TRAINING))[0][-1] == pytest.approx(np.log10(400)), timeout=2000)


def test_a_curve_is_made_once(panel, session, run, qtbot):
    one = run(falling(500))
    session.do(Set(Training(one, (one,), reached=10, goal=500, active=True)))
    before = panel.plot._curves[Line(one, TRAINING)]
    session.do(ShowProgress(one, 499))
    qtbot.waitUntil(lambda: drawn(panel, Line(one, TRAINING))[0][-1] > 2, timeout=2000)
    assert panel.plot._curves[Line(one, TRAINING)] is before


def test_undo_may_go_back_in_a_run(panel, session, run):
    one = run(falling(500))
    session.do(Set(Training(one, (one,), reached=400, goal=500)))
    session.do(Set(Training(one, (one,), reached=20, goal=500)))
    assert drawn(panel, Line(one, TRAINING))[0][-1] == pytest.approx(np.log10(21))


def test_hidden_it_does_nothing_and_shown_again_it_is_up_to_date(panel, session, run):
    panel.hide()
    one = run(falling(50))
    session.do(Set(Training(one, (one,), reached=49, goal=50)))
    assert not panel.plot.names
    panel.show()
    assert len(panel.plot.names) == 1


# What the mouse does


def test_a_click_goes_to_an_iteration(panel, session, three, qtbot):
    qtbot.mouseClick(panel.plot.viewport(), Qt.MouseButton.LeftButton, no_modifier(), at(panel, 60))
    assert abs(session.state.moment.iteration - 60) <= 1
    assert panel._marks().past
    assert panel._marks().label == f"iteration {session.state.moment.iteration}"


def test_the_line_is_dragged_through_the_run(panel, session, three, qtbot):
    seen = panel.plot.seen
    drag(qtbot, panel, at(panel, 200), at(panel, 100), at(panel, 50), at(panel, 20))
    qtbot.waitUntil(lambda: session.state.moment.iteration == 20, timeout=1000)
    assert panel.plot.seen == seen
    assert panel.plot.line == panel.scales[0].place(20)


def test_a_drag_sends_at_most_one_command_a_frame(panel, session, three, qtbot):
    moments = []
    session.listen(lambda old, new: old and moments.append(new.moment.iteration))
    drag(qtbot, panel, at(panel, 200), *(at(panel, 200 - step) for step in range(5, 146)))
    qtbot.waitUntil(lambda: session.state.moment.iteration in (54, 55, 56), timeout=1000)
    assert len(moments) < 40


def test_the_line_stops_at_the_ends_of_the_run(panel, session, three, qtbot):
    drag(qtbot, panel, at(panel, 200), QPoint(5, 100))
    qtbot.waitUntil(lambda: session.state.moment.iteration == 0, timeout=1000)
    qtbot.wait(20)
    drag(qtbot, panel, at(panel, 0) + QPoint(1, 0), at(panel, 290))
    qtbot.waitUntil(lambda: session.state.moment.iteration == 200, timeout=1000)


def test_the_wheel_enlarges_around_the_pointer(panel, three):
    spot = at(panel, 30)
    before, place = panel.plot.seen, panel.plot.place(QPointF(spot))
    turn(panel.plot.viewport(), spot, 3)
    (left, right), (bottom, top) = panel.plot.seen
    assert right - left < before[0][1] - before[0][0]
    assert top - bottom < before[1][1] - before[1][0]
    assert panel.plot.place(QPointF(spot)) == pytest.approx(place)


def test_over_an_axis_the_wheel_enlarges_along_it(panel, three):
    before = panel.plot.seen
    turn(panel.plot.viewport(), QPoint(10, 100), 2)
    assert panel.plot.seen[0] == before[0]
    assert panel.plot.seen[1] != before[1]


def test_a_drag_pans_and_no_iteration_is_gone_to(panel, session, three, qtbot):
    before = panel.plot.seen
    drag(qtbot, panel, at(panel, 30), at(panel, 30) + QPoint(20, 10), at(panel, 30) + QPoint(60, 30))
    assert panel.plot.seen[0][0] < before[0][0]
    assert panel.plot.seen[1][0] > before[1][0]
    assert session.state.moment.iteration == 200


def test_what_is_enlarged_stays_until_all_is_asked_for(panel, session, run, qtbot):
    one = run(falling(2000))
    session.do(Set(Training(one, (one,), reached=100, goal=2000)))
    assert not panel.all.isEnabled()
    turn(panel.plot.viewport(), at(panel, 30), 3)
    seen = panel.plot.seen
    session.do(Set(Training(one, (one,), reached=1900, goal=2000)))
    assert panel.plot.seen == seen
    qtbot.mouseClick(panel.all, Qt.MouseButton.LeftButton)
    assert panel.plot.seen[0] == (0.0, panel.scales[0].place(2000))
    assert not panel.all.isEnabled()


def test_a_run_that_begins_is_seen_whatever_was_enlarged_before(panel, session, run, qtbot):
    one, two = run(falling(200)), run(falling(50, 0.9), 2, 0.5)
    session.do(Set(Training(one, (one,), reached=199, goal=199)))
    turn(panel.plot.viewport(), at(panel, 30), 3)
    session.do(Set(Training(two, (one, two), reached=49, goal=2000, active=True)))
    assert panel.plot.seen[0] == (0.0, panel.scales[0].place(200))
    turn(panel.plot.viewport(), at(panel, 30), 3)
    seen = panel.plot.seen
    session.do(Set(Training(one, (one, two), reached=199, goal=199)))
    assert panel.plot.seen == seen  # one of those that are compared


def test_one_can_go_neither_lost_nor_too_near(panel, three):
    for notches in (-200, 400):
        turn(panel.plot.viewport(), at(panel, 30), notches)
        settle()
        (left, right), (bottom, top) = panel.plot.seen
        assert left < right < left + 30
        assert bottom < top
        assert panel.plot.grab().width() > 0


def test_up_and_down_zoom_and_other_keys_are_left_to_the_window(panel, three, session, qtbot):
    panel.plot.setFocus()
    before = panel.plot.seen
    qtbot.keyClick(panel.plot, Qt.Key.Key_Left)
    assert panel.plot.seen == before
    qtbot.keyClick(panel.plot, Qt.Key.Key_Up)
    assert panel.plot.seen != before


def test_a_click_leaves_the_focus_where_it_is(panel, three, qtbot):
    panel.parts.setFocus()
    qtbot.mouseClick(panel.plot.viewport(), Qt.MouseButton.LeftButton, no_modifier(), at(panel, 60))
    assert panel.parts.hasFocus()


def test_the_values_at_the_pointer(panel, three, qtbot):
    qtbot.mouseClick(panel.parts, Qt.MouseButton.LeftButton)
    move(panel, at(panel, 200))
    values = {value.name: value.text for value in panel._marks().values}
    assert values["iteration 200"] == ""
    assert values["α = 1"] == "0.4364"
    assert values["α = 0.5"] == "–"
    assert values["α = 2"] == "0.2374 · test 1.2500"
    assert values["data part"] == "0.1780"
    QApplication.sendEvent(panel.plot, QEvent(QEvent.Type.Leave))
    assert panel._marks().values == ()


def test_pointing_at_the_legend_lights_a_run_and_a_click_shows_it(panel, session, three, qtbot):
    first = panel.legend.entries[0]
    spot = panel.legend.area(first).center().toPoint()
    before = [panel.plot._curves[Line(run, TRAINING)].opts["pen"].color() for run in three]
    qtbot.mouseMove(panel.legend, spot)
    after = [panel.plot._curves[Line(run, TRAINING)].opts["pen"].color() for run in three]
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, False]
    qtbot.mouseClick(panel.legend, Qt.MouseButton.LeftButton, no_modifier(), spot)
    assert session.state.training.run is three[0]
    assert panel.plot.line == panel.scales[0].place(299)
    assert panel.plot.accessibleDescription().startswith("Run 1, α = 1")


def test_the_legend_takes_more_rows_when_it_must(panel, three):
    assert panel.legend.heightForWidth(150) > panel.legend.heightForWidth(600)
    for width in (150, 600):
        areas = [area for _, area in panel.legend._laid_out(width)]
        assert all(area.left() >= 0 and area.right() <= width for area in areas)
