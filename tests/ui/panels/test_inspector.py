"""The inspector: what it tells of each step, and that its numbers can be pointed at, chosen, turned and edited."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Phase
from nnviz.engine.story import Level
from nnviz.picture.captions import caption
from nnviz.picture.code import code
from nnviz.picture.palette import PALETTES, contrast
from nnviz.session.commands import GoTo, PointAt, SetTheta, ShowLevel, StepForward, Zoom
from nnviz.ui.panels.inspector import Inspector
from nnviz.ui.panels.matrix import Spot as Entry
from nnviz.ui.panels.rows import fitted
from nnviz.ui.panels.shades import shades
from nnviz.ui.panels.terms import MOST_ROWS, Spot
from tests.ui.panels.events import wheel

# The offscreen platform says so of every tooltip and every change of a window's smallest size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

WEIGHT = Address(Symbol.THETA, 3, 1, 2)
"""Θ that leads from unit 2 of layer 3 to the first output."""


@pytest.fixture
def panel(session, show, qtbot):
    panel = show(Inspector(session))
    session.do(GoTo(end_of(session, Phase.BACKWARD, 3, 2)))
    settle(qtbot, panel)
    return panel


def settle(qtbot, panel):
    qtbot.waitUntil(lambda: panel._pictures.idle)


def end_of(session, phase, layer, unit):
    story = session.state.story
    for end, step in zip(story.ends, story.steps, strict=True):
        if (step.phase, step.layer, step.unit) == (phase, layer, unit):
            return end
    raise AssertionError


def centre(cells, spot):
    return cells.area(spot).center().toPoint()


def weight_in_table():
    return Spot(0, 1)


def weight_in_matrix():
    return Entry(0, 1, 0)


def test_it_tells_what_the_caption_tells(panel, session):
    said = caption(session.state.story, session.state.moment.place, session.state.model.dataset)
    assert panel.sentence.text() == said.sentence
    assert panel.dimensions.text() == said.dimensions
    assert panel.code.text() == code(session.state.story, session.state.moment.place, "numpy")
    assert "δ₂⁽³⁾" in panel.symbols.text()


@pytest.mark.parametrize("level", [Level.TERM, Level.UNIT, Level.LAYER])
def test_every_place_can_be_shown(session, show, qtbot, make, level):
    session = make("vehicles", 149)
    panel = show(Inspector(session))
    session.do(ShowLevel(level))
    for place in session.state.story.stops(level)[:: 3 if level is Level.TERM else 1]:
        session.do(GoTo(place))
        panel.grab()
    settle(qtbot, panel)


def test_there_and_back_looks_the_same(panel, session, qtbot):
    before = panel.grab().toImage()
    place = session.state.moment.place
    session.do(StepForward())
    assert panel.grab().toImage() != before
    session.do(GoTo(place))
    assert panel.grab().toImage() == before


def test_pointing_at_a_term_lights_it_everywhere(panel, session, qtbot):
    qtbot.mouseMove(panel.table, centre(panel.table, weight_in_table()))
    assert session.state.pointed == WEIGHT
    assert panel.matrices._pointed == WEIGHT
    qtbot.mouseMove(panel.table, QPoint(2, 2))
    assert session.state.pointed is None


def test_pointing_at_a_cell_of_the_matrix(panel, session, qtbot):
    qtbot.mouseMove(panel.matrices, centre(panel.matrices, weight_in_matrix()))
    assert session.state.pointed == WEIGHT
    assert panel.table._lit() == [weight_in_table()]


def test_what_others_point_at_is_lit(panel, session):
    before = panel.grab().toImage()
    session.do(PointAt(WEIGHT))
    assert panel.grab().toImage() != before
    session.do(PointAt(None))
    assert panel.grab().toImage() == before


def test_a_click_goes_to_where_a_number_comes_from(panel, session, qtbot):
    qtbot.mouseClick(panel.table, Qt.MouseButton.LeftButton, pos=centre(panel.table, Spot(1, 2)))
    assert session.state.moment.place == end_of(session, Phase.BACKWARD, 4, 2)


@pytest.mark.parametrize(("view", "spot"), [("table", weight_in_table()), ("matrices", weight_in_matrix())])
def test_a_weight_is_edited_by_double_click(panel, session, qtbot, view, spot):
    cells = getattr(panel, view)
    qtbot.mouseDClick(cells, Qt.MouseButton.LeftButton, pos=centre(cells, spot))
    assert cells._editor.isVisible()
    cells._editor.selectAll()
    qtbot.keyClicks(cells._editor, "0,5")
    qtbot.keyClick(cells._editor, Qt.Key.Key_Return)
    assert session.state.model.network.theta(3)[0, 2] == 0.5
    assert not cells._editor.isVisible()


def test_escape_leaves_the_editor_and_the_weight(panel, session, qtbot):
    before = session.state.model
    panel.table.edit(weight_in_table())
    qtbot.keyClicks(panel.table._editor, "7")
    qtbot.keyClick(panel.table._editor, Qt.Key.Key_Escape)
    assert session.state.model is before
    assert not panel.table._editor.isVisible()


def test_what_is_no_number_keeps_the_editor_open(panel, session, qtbot):
    before = session.state.model
    panel.table.edit(weight_in_table())
    qtbot.keyClicks(panel.table._editor, "x")
    qtbot.keyClick(panel.table._editor, Qt.Key.Key_Return)
    assert panel.table._editor.isVisible()
    assert panel.table._editor.problem
    assert session.state.model is before


def test_another_step_closes_the_editor_and_takes_the_mark_away(panel, session, qtbot):
    before = session.state.model
    panel.table.edit(weight_in_table())
    qtbot.keyClicks(panel.table._editor, "7")
    session.do(StepForward())
    assert not panel.table._editor.isVisible()
    assert panel.table._cursor is None
    assert session.state.model is before


def test_the_mark_stays_where_the_same_number_stays(panel, session, qtbot):
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    session.do(SetTheta(3, 1, 2, -5.0))
    assert panel.table.cursor_spot == weight_in_table()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
@pytest.mark.parametrize("view", ["table", "matrices"])
def test_the_keyboard_walks_and_edits(panel, session, qtbot, view, key):
    cells = getattr(panel, view)
    cells.setFocus()
    qtbot.keyClick(cells, Qt.Key.Key_Down)
    if view == "matrices":
        qtbot.keyClick(cells, Qt.Key.Key_Down)
    assert session.state.pointed == WEIGHT
    qtbot.keyClick(cells, key)
    assert cells._editor.isVisible()
    qtbot.keyClicks(cells._editor, "-1")
    qtbot.keyClick(cells._editor, Qt.Key.Key_Return)
    assert session.state.model.network.theta(3)[0, 2] == -1
    assert cells.hasFocus()


@pytest.mark.parametrize(("view", "spot"), [("table", weight_in_table()), ("matrices", weight_in_matrix())])
def test_the_wheel_turns_a_weight_and_one_undo_takes_it_back(panel, session, qtbot, view, spot):
    cells, before = getattr(panel, view), session.state.model.network.theta(3)[0, 2]
    qtbot.mouseMove(cells, centre(cells, spot))
    wheel(cells, 120, centre(cells, spot))
    wheel(cells, 120, centre(cells, spot))
    assert session.state.model.network.theta(3)[0, 2] > before
    session.undo()
    assert session.state.model.network.theta(3)[0, 2] == before


def test_scrolling_does_not_change_what_comes_below_the_pointer(panel, session, qtbot):
    before = session.state.model
    wheel(panel.table, -120, QPointF(4, panel.table.height() - 4))  # nothing there: the panel scrolls
    wheel(panel.table, -120, QPointF(4, panel.table.height() - 4))
    assert session.state.model is before


def test_tooltips_read_the_index_and_tell_every_digit(panel, session):
    hint = panel.table.hint(weight_in_table())
    assert "to the output for pedestrian, from unit 2 of layer 3" in hint
    assert repr(float(session.state.model.network.theta(3)[0, 2])).replace("-", "−") in hint
    unknown = panel.matrices.hint(Entry(6, 4, 0))
    assert "Not computed yet." in unknown


def test_an_edit_from_elsewhere_is_shown(panel, session):
    before = panel.grab().toImage()
    session.do(SetTheta(3, 1, 2, -5.0))
    assert panel.grab().toImage() != before


def test_at_term_level_the_row_being_told_is_lit_and_the_rest_is_empty(panel, session):
    session.do(ShowLevel(Level.TERM))
    session.do(GoTo(end_of(session, Phase.BACKWARD, 3, 1) + 2))
    assert panel.table._present == 1
    assert panel.table._table.told == 2
    assert panel.table._table.total is None


def test_long_tables_scroll_to_the_row_being_told(make, show, qtbot):
    session = make("digits", 3, Level.TERM)
    panel = show(Inspector(session))
    session.do(GoTo(40))
    assert panel.table._bar.isVisible()
    assert panel.table.area(Spot(39, 1)) is not None
    assert panel.table.area(Spot(0, 1)) is None
    assert panel.table.height() < (MOST_ROWS + 5) * panel.table._line
    panel.table.setFocus()
    for _ in range(30):
        qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    assert session.state.pointed == Address(Symbol.THETA, 1, 1, 29)
    settle(qtbot, panel)


def test_only_rows_to_be_seen_are_made(make, show, qtbot):
    session = make("digits-28", 0)
    panel = show(Inspector(session))
    session.do(GoTo(785 + 1))
    panel.grab()
    assert panel.table._table.count == 785
    assert len(panel.table._rows) <= 2 * MOST_ROWS
    settle(qtbot, panel)


def test_language_and_copy(panel, session, qtbot):
    panel.language.setFocus()
    qtbot.keyClick(panel.language, Qt.Key.Key_Down)
    assert session.state.view.language == "octave"
    assert panel.code.text().endswith((";", "column"))
    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == panel.code.text()


def test_the_next_step_is_made_ready(panel, session, qtbot):
    settle(qtbot, panel)
    drawn = set(panel._pictures._pixmaps)
    session.do(StepForward())
    panel.grab()
    assert set(panel._pictures._pixmaps) == drawn


def test_formulas_are_lit_and_explained_by_address(panel, session):
    address = Address(Symbol.DELTA, 4, 1)
    assert "δ₁⁽⁴⁾" in panel._explain("DELTA/4/1/")
    session.do(PointAt(address))
    assert panel.numbers._lit == "DELTA/4/1/"


@pytest.mark.parametrize("dress", PALETTES)
@pytest.mark.parametrize("scale", ["signed", "activation", "cost"])
def test_numbers_can_be_read_in_every_cell(dress, scale):
    palette = PALETTES[dress]
    for fill in sum(shades(palette, scale), ()):
        assert contrast(palette.text, fill.name()) >= 4.5


@pytest.mark.parametrize("width", [260, 318, 420])
def test_nothing_is_wider_than_the_panel(panel, session, width):
    panel.resize(width, 828)
    for place in session.state.story.ends[::4]:
        session.do(GoTo(place))
        panel.grab()
        assert panel._content.width() <= panel.viewport().width()
        right = max(placed.bounds.right() for placed in panel.matrices._placed)
        assert right <= panel.matrices.width()


def test_everything_grows_with_the_zoom(panel, session, qtbot):
    before = panel.table.height()
    session.do(Zoom(1.5))
    panel.grab()
    assert panel.table.height() == pytest.approx(1.5 * before, rel=0.05)
    settle(qtbot, panel)


def test_every_number_fits_its_cell(make, show, qtbot):
    session = make("xnor", 1)
    panel = show(Inspector(session))
    session.do(GoTo(end_of(session, Phase.COST, 3, 1)))
    panel.grab()
    cost = panel.matrices._placed[-1]
    assert not panel.matrices._tight
    assert QFontMetricsF(panel.matrices._theme.font(10)).horizontalAdvance("4.5e−5") < cost.rect(0, 0).width()


def test_the_first_step_is_invited(panel, session):
    assert not panel.invitation.isVisible()
    session.do(GoTo(0))
    assert panel.invitation.isVisible()


@pytest.mark.parametrize("width", [290, 318])
def test_no_formula_is_cut_off(session, show, qtbot, width):
    panel = show(Inspector(session), width=width, height=700)
    for place in session.state.story.ends[::5]:
        session.do(GoTo(place))
        settle(qtbot, panel)
        panel.grab()
        for view in (panel.symbols, panel.numbers, panel.vectorised):
            qtbot.waitUntil(lambda view=view: view.height() >= view.heightForWidth(view.width()))


@pytest.mark.parametrize(
    ("label", "room", "text"),
    [("2 · car", 100, "2 · car"), ("2 · car", 30, "2"), ("1 · sepal length", 75, "1"), ("0 · bias", 100, "0 · bias")],
)
def test_a_label_says_as_much_as_finds_room(panel, label, room, text):
    assert fitted(label, panel.table._metrics, room, 50) == text
