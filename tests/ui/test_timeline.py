"""The timeline: the geometry of its scale, and scrubbing with real pointers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from nnviz.engine.steps import Phase
from nnviz.engine.story import STORY_LEVELS, Level
from nnviz.files import datasets
from nnviz.session.commands import GoTo, GoToStep, ShowLevel, ShowTheme, Zoom
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from nnviz.ui.timeline import Scale, Timeline, shares

STORY = initial(model_for(datasets.load("vehicles")), 149).story


@pytest.fixture
def session():
    return Session(initial(model_for(datasets.load("vehicles")), 6))


@pytest.fixture
def timeline(qtbot, session):
    timeline = Timeline(session)
    qtbot.addWidget(timeline)
    timeline.resize(400, 44)
    timeline.show()
    qtbot.waitExposed(timeline)
    return timeline


@given(width=st.floats(50, 3000), level=st.sampled_from(STORY_LEVELS))
def test_every_stop_is_found_where_it_stands(width, level):
    scale = Scale(STORY, 9.0, width, [40.0] * 6)
    stops = STORY.stops(Level.UNIT if level is Level.EXAMPLE else level)
    for place in stops[1 :: max(1, len(stops) // 20)]:
        assert scale.place(scale.x(place), level) == place


def test_names_are_short_where_they_find_no_room(qtbot):
    timeline = Timeline(Session(initial(model_for(datasets.load("vehicles")), 149)))
    qtbot.addWidget(timeline)
    timeline.resize(900, 44)
    timeline.show()
    qtbot.waitExposed(timeline)
    assert [bar.span.phase for bar in timeline.scale.bars] == list(timeline.names)
    assert timeline.names[Phase.ACCUMULATE] == "Accumulate Δ"
    timeline.resize(330, 44)
    assert len(timeline.scale.bars) == 6
    assert timeline.names[Phase.ACCUMULATE] == "Δ"
    metrics = QFontMetricsF(timeline.font())
    for bar in timeline.scale.bars:
        assert metrics.horizontalAdvance(timeline.names[bar.span.phase]) <= 1.3 * (bar.right - bar.left)


@given(x=st.floats(-100, 2000), level=st.sampled_from(STORY_LEVELS))
def test_every_point_is_a_stop(x, level):
    scale = Scale(STORY, 9.0, 700.0, [40.0] * 6)
    place = scale.place(x, level)
    assert place in STORY.stops(Level.UNIT if level is Level.EXAMPLE else level)


def test_places_run_from_left_to_right():
    scale = Scale(STORY, 9.0, 700.0, [40.0] * 6)
    xs = [scale.x(place) for place in range(STORY.length + 1)]
    assert xs == sorted(xs)
    assert xs[0] == 9.0
    assert xs[-1] == pytest.approx(709.0)


def test_steps_of_a_phase_are_equally_wide():
    scale = Scale(STORY, 0.0, 700.0, [1.0] * 6)
    ends = [scale.x(end) for end in STORY.ends[:14]]
    widths = [b - a for a, b in zip(ends, ends[1:], strict=False)]
    assert max(widths) == pytest.approx(min(widths))


@given(
    st.lists(st.tuples(st.integers(1, 500), st.floats(1, 90)), min_size=1, max_size=6),
    st.floats(10, 2000),
)
def test_shares_fill_the_whole_and_respect_the_least(rows, total):
    counts, least = zip(*rows, strict=True)
    widths = shares(counts, least, total)
    assert sum(widths) == pytest.approx(total)
    assert min(widths) > 0
    if sum(least) < total:
        assert all(width >= length - 1e-6 for width, length in zip(widths, least, strict=True))


def test_a_press_goes_there_and_a_drag_scrubs(timeline, session, qtbot):
    story = session.state.story
    middle = timeline.height() // 3
    last = QPoint(timeline.width() - 1, middle)
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=last)
    assert session.state.moment.place == story.length
    target = story.stops(Level.UNIT)[5]
    qtbot.mouseMove(timeline, QPoint(round(timeline.scale.x(target)), middle))
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(round(timeline.scale.x(target)), middle))
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(round(timeline.scale.x(target)), middle))
    assert session.state.moment.place == target


def turn(widget, delta):
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre,
        QPointF(widget.mapToGlobal(centre.toPoint())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(widget, event)


def test_the_wheel_steps_and_adds_up_small_turns(timeline, session):
    turn(timeline, -240)
    assert session.state.story.number(session.state.moment.place, Level.UNIT)[0] == 2
    for _ in range(4):
        turn(timeline, 30)
    assert session.state.story.number(session.state.moment.place, Level.UNIT)[0] == 1


def test_it_says_where_one_is(timeline, session):
    assert timeline.accessibleDescription() == "Step 0 of 49"
    session.do(GoToStep(27))
    assert timeline.accessibleDescription() == "Step 27 of 49, Backward"
    assert (timeline.value(), timeline.maximum()) == (27, 49)
    session.do(ShowLevel(Level.EXAMPLE))
    assert timeline.accessibleDescription() == "Step 1 of 1, Backward"


def test_up_and_down_step(timeline, session, qtbot):
    timeline.setFocus()
    qtbot.keyClick(timeline, Qt.Key.Key_Up)
    assert session.state.moment.place > 0
    qtbot.keyClick(timeline, Qt.Key.Key_Down)
    assert session.state.moment.place == 0


def test_hovering_tells_the_sentence(timeline, monkeypatch):
    shown = []  # Qt's offscreen platform warns when a real tooltip opens
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, widget: shown.append(text))
    place = QPoint(200, 12)
    QGuiApplication.sendEvent(timeline, QHelpEvent(QHelpEvent.Type.ToolTip, place, timeline.mapToGlobal(place)))
    assert shown[0].replace("\n", " ") == timeline.sentence(200)
    assert max(map(len, shown[0].splitlines())) <= 70


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_it_paints_in_every_theme_and_zoom(timeline, session, theme):
    session.do(ShowTheme(theme))
    session.do(Zoom(1.5))
    session.do(GoTo(30))
    before = timeline.grab().toImage()
    session.do(GoTo(200))
    assert timeline.grab().toImage() != before
