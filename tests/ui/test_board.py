"""The drawing as a widget, with real pointers, wheels and keys."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.story import Level
from nnviz.files.datasets import load
from nnviz.picture.typeset import Typesetter
from nnviz.session.commands import GoToSource, GoToStep, NextExample, PointAt, ShowTheme, StepBack, StepForward, Zoom
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from nnviz.ui.board import BoardView
from nnviz.ui.editor import Editor
from nnviz.ui.theme import load_fonts


@pytest.fixture(scope="module")
def typesetter():
    return Typesetter()


@pytest.fixture
def make(qtbot, typesetter):
    load_fonts()

    def make(data="vehicles", example=6):
        session = Session(initial(model_for(load(data)), example))
        board = BoardView(session, typesetter)
        qtbot.addWidget(board)
        board.resize(765, 760)
        board.show()
        qtbot.waitExposed(board)
        return session, board

    return make


def place(board, address):
    """Where *address* is drawn, in the widget."""
    for one in board.seen.tags:
        if one.address == address and one.text:
            return QPointF(*one.box.centre)
    for one in board.seen.units:
        if one.address == address:
            return QPointF(*one.centre)
    for link in (*board.seen.links, *board.weights.links):
        if link.address == address:
            for share in (part / 40 for part in range(8, 33)):
                point = QPointF(QPointF(*link.start.towards(link.end, share)).toPoint())
                if board.address_at(point) == address:
                    return point
    raise LookupError(address)


def wheel(board, position, notches, modifiers=Qt.KeyboardModifier.NoModifier):
    event = QWheelEvent(
        position,
        QPointF(board.mapToGlobal(position.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(board, event)
    return event


def theta(session, address):
    return session.state.model.network.theta(address.layer)[address.row - 1, address.column]


THETA = Address(Symbol.THETA, 2, 2, 4)


def test_forward_then_back_paints_the_same(make):
    session, board = make()
    session.do(GoToStep(20))
    before = board.grab().toImage()
    for _ in range(3):
        session.do(StepForward())
    assert board.grab().toImage() != before
    for _ in range(3):
        session.do(StepBack())
    assert board.grab().toImage() == before


@pytest.mark.parametrize("theme", ["dark", "projector"])
def test_themes_and_zoom_repaint_it(make, theme):
    session, board = make()
    before = board.grab().toImage()
    session.do(ShowTheme(theme))
    dressed = board.grab().toImage()
    assert dressed != before
    session.do(Zoom(1.4))
    assert board.grab().toImage() != dressed


def test_the_ground_is_painted_once_for_a_network(make):
    session, board = make()
    board.grab()
    ground = board._ground.cacheKey()
    for _ in range(30):
        session.do(StepForward())
        board.grab()
    session.do(NextExample())
    board.grab()
    assert board._ground.cacheKey() == ground


def test_a_movement_shows_its_way_and_ends_at_rest(make):
    session, board = make()
    session.do(GoToStep(8))
    rest = board.grab().toImage()
    board.set_progress(0.3)
    assert board.grab().toImage() != rest
    board.set_progress(1.0)
    assert board.grab().toImage() == rest


def test_pointing_lights_and_leaving_lets_go(make, qtbot):
    session, board = make()
    session.do(GoToStep(8))
    qtbot.mouseMove(board, place(board, THETA).toPoint())
    assert session.state.pointed == THETA
    qtbot.mouseMove(board, place(board, Address(Symbol.A, 2, 3)).toPoint())
    assert session.state.pointed == Address(Symbol.A, 2, 3)
    qtbot.mouseMove(board, QPoint(4, 4))
    assert session.state.pointed is None
    session.do(PointAt(THETA))
    QApplication.sendEvent(board, QEvent(QEvent.Type.Leave))
    assert session.state.pointed is None


def test_a_number_says_where_it_comes_from(make):
    session, board = make()
    session.do(GoToStep(8))
    hint = board.hint(place(board, THETA))
    assert "Θ of layer 2: to unit 2 of layer 3, from unit 4 of layer 2" in hint
    assert repr(float(theta(session, THETA))).replace("-", "−") in hint
    assert "Not computed yet" in board.hint(place(board, Address(Symbol.A, 4, 1)))
    assert "km/h" in board.hint(place(board, Address(Symbol.A, 1, 1)))
    point = place(board, THETA).toPoint()
    QApplication.sendEvent(board, QHelpEvent(QEvent.Type.ToolTip, point, board.mapToGlobal(point)))
    assert "layer" in QToolTip.text()
    QToolTip.hideText()


def test_the_struck_out_delta_says_why(make):
    session, board = make()
    address = Address(Symbol.DELTA, 3, 0)
    session.do(GoToSource(address))
    assert "no link leads into a bias unit" in board.hint(place(board, address))


def test_clicking_a_number_goes_where_it_is_computed(make, qtbot):
    session, board = make()
    session.do(GoToStep(20))
    address = Address(Symbol.A, 2, 3)
    qtbot.mouseClick(board, Qt.MouseButton.LeftButton, pos=place(board, address).toPoint())
    assert session.state.moment.place == session.state.story.first_place(address)


def test_the_wheel_turns_theta_and_undo_takes_all_of_it_back(make):
    session, board = make()
    before, point = theta(session, THETA), place(board, THETA)
    for _ in range(3):
        wheel(board, point, 1)
    assert theta(session, THETA) == pytest.approx(before + 0.15)
    wheel(board, point, -1, Qt.KeyboardModifier.ShiftModifier)
    assert theta(session, THETA) == pytest.approx(before + 0.14)
    session.undo()
    assert theta(session, THETA) == before


def test_the_wheel_turns_an_input_but_not_what_is_computed(make):
    session, board = make()
    session.do(GoToStep(49))
    before = session.state.story.trace.a[0][0]
    wheel(board, place(board, Address(Symbol.A, 1, 1)), 2)
    assert session.state.story.trace.a[0][0] == pytest.approx(before + 0.1)
    model = session.state.model
    assert not wheel(board, place(board, Address(Symbol.A, 2, 1)), 1).isAccepted()
    assert not wheel(board, QPointF(4.0, 4.0), 1).isAccepted()
    assert session.state.model is model


def test_a_pixel_stays_between_white_and_black(make):
    session, board = make("digits", 7)
    image = next(image for image in board.seen.images if image.cells.symbol is Symbol.A)
    for _ in range(30):
        wheel(board, QPointF(*image.cell(3).centre), 1)
    assert session.state.story.trace.a[0][3] == 1.0


def test_a_double_click_on_a_link_opens_a_field(make, qtbot):
    session, board = make()
    qtbot.mouseDClick(board, Qt.MouseButton.LeftButton, pos=place(board, THETA).toPoint())
    editor = board.findChild(Editor)
    assert editor is not None
    assert "Θ of layer 2" in editor.accessibleName()
    qtbot.keyClicks(editor, "-1,5")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert theta(session, THETA) == -1.5
    assert not editor.isVisible()


def test_a_field_refuses_what_is_no_number_and_escape_leaves_things(make, qtbot):
    session, board = make()
    before = session.state.model
    board.edit(THETA, place(board, THETA))
    editor = board.findChild(Editor)
    for words in ("one", "1e999", ""):
        editor.clear()
        qtbot.keyClicks(editor, words)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        assert editor.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert session.state.model is before


def test_a_field_left_as_it_was_keeps_every_digit(make, qtbot):
    session, board = make()
    before = session.state.model
    board.edit(THETA, place(board, THETA))
    qtbot.keyClick(board.findChild(Editor), Qt.Key.Key_Return)
    assert session.state.model is before


def test_a_value_out_of_range_is_told_and_the_field_stays(make, qtbot):
    session, board = make()
    problems = []
    session.listen_to_problems(problems.append)
    board.edit(THETA, place(board, THETA))
    editor = board.findChild(Editor)
    editor.clear()
    qtbot.keyClicks(editor, "1e9")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert len(problems) == 1
    assert editor.isVisible()


def test_an_input_is_edited_in_its_own_unit(make, qtbot):
    session, board = make()
    point = place(board, Address(Symbol.A, 1, 1)).toPoint()
    qtbot.mouseDClick(board, Qt.MouseButton.LeftButton, pos=point)
    editor = board.findChild(Editor)
    editor.clear()
    qtbot.keyClicks(editor, "55")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.state.model.raw(6)[0] == 55.0


def test_a_double_click_on_a_class_makes_it_the_truth(make, qtbot):
    session, board = make()
    label = next(one for one in board.seen.labels if one.address == Address(Symbol.Y, 4, 3))
    qtbot.mouseDClick(board, Qt.MouseButton.LeftButton, pos=QPointF(*label.box.centre).toPoint())
    assert list(session.state.story.trace.y) == [0, 0, 1, 0]


def test_magnifying_keeps_what_is_under_the_pointer(make, qtbot):
    _, board = make()
    address = Address(Symbol.A, 2, 2)
    point = place(board, address)
    wheel(board, point, 3, Qt.KeyboardModifier.ControlModifier)
    assert board._lens.transform.m11() > 1.3
    assert board.address_at(point) == address
    qtbot.mousePress(board, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    qtbot.mouseMove(board, QPoint(330, 320))
    qtbot.mouseRelease(board, Qt.MouseButton.LeftButton, pos=QPoint(330, 320))
    board.show_all()
    assert board._lens.transform.isIdentity()


def test_dragging_moves_the_drawing_and_chooses_nothing(make, qtbot):
    session, board = make()
    session.do(GoToStep(20))
    place_before = session.state.moment.place
    board.magnify(2.0, QPointF(380.0, 380.0))
    before = board._lens.transform.dx()
    start = board._lens.transform.map(place(board, Address(Symbol.A, 2, 3))).toPoint()
    qtbot.mousePress(board, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(board, start + QPoint(25, 0))
    qtbot.mouseRelease(board, Qt.MouseButton.LeftButton, pos=start + QPoint(25, 0))
    assert board._lens.transform.dx() == pytest.approx(before + 25)
    assert session.state.moment.place == place_before


def test_a_double_click_on_the_ground_shows_all(make, qtbot):
    _, board = make()
    board.magnify(1.05, QPointF(380.0, 380.0))
    qtbot.mouseDClick(board, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert board._lens.transform.isIdentity()


def test_everything_drawn_can_be_reached_by_key(make, qtbot):
    session, board = make()
    board.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(board, Qt.Key.Key_Down)
    first = session.state.pointed
    qtbot.keyClick(board, Qt.Key.Key_Down)
    assert first != session.state.pointed
    qtbot.keyClick(board, Qt.Key.Key_Up)
    assert session.state.pointed == first
    session.do(PointAt(THETA))
    qtbot.keyClick(board, Qt.Key.Key_Return)
    assert board.findChild(Editor) is not None
    qtbot.keyClick(board.findChild(Editor), Qt.Key.Key_Escape)
    qtbot.keyClick(board, Qt.Key.Key_Escape)
    assert session.state.pointed is None


def test_it_tells_a_screen_reader_the_sentence(make, qtbot):
    session, board = make()
    assert board.accessibleName() == "Network drawing"
    qtbot.waitUntil(lambda: "car" in board.accessibleDescription())
    session.do(StepForward())
    qtbot.waitUntil(lambda: "Unit 1 of layer 2" in board.accessibleDescription())


def test_a_name_from_data_is_never_taken_for_markup(make, monkeypatch):
    _, board = make()
    monkeypatch.setattr("nnviz.ui.explain.spoken", lambda *_: "<b>bold</b>")
    assert "&lt;b&gt;" in board.hint(place(board, THETA))


def test_after_closing_it_no_longer_listens(make):
    session, board = make()
    board.close()
    seen = board.seen
    session.do(StepForward(Level.LAYER))
    assert board.seen is seen
