"""thetaVec and DVec in the window: the list, the drawing of the matrix, and how each lights the other."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.unrolling import Unrolling
from nnviz.files.datasets import load
from nnviz.session.check import Question, answer
from nnviz.session.checking import PlantFault, ShowAnswer, chosen, present
from nnviz.session.commands import PointAt, SetHidden, SetLambda, ShowLanguage
from nnviz.session.model import model_for
from nnviz.ui.panels.entries import EntryList, columns
from nnviz.ui.panels.unrolled import UnrolledView
from nnviz.ui.panels.vectors import VectorsSection
from nnviz.ui.theme import theme_of
from tests.engine.problems import drained
from tests.ui.windows import STILL, click, link, opened, press

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(tmp_path, qtbot):
    window = opened(tmp_path)
    qtbot.addWidget(window)
    window.session.do(SetLambda(1.0))
    press(window, Qt.Key.Key_G)
    wait(window, qtbot)
    return window


@pytest.fixture
def part(window, qtbot):
    panel = window.panels["check"]
    listed = panel.vectors.list

    def lies_still():
        panel.verticalScrollBar().setValue(panel.vectors.y())
        return listed.height() > 100 and listed.visibleRegion().boundingRect().height() == listed.height()

    qtbot.waitUntil(lies_still)
    return panel.vectors


def wait(window, qtbot):
    qtbot.waitUntil(lambda: present(window.session.state) is not None and not window.checker.busy, timeout=10_000)


def row_at(view, row):
    return view.visualRect(view.entries.index(row, 0)).center()


def is_seen(view, row):
    return view.viewport().rect().contains(view.visualRect(view.entries.index(row, 0)))


def test_every_entry_of_the_vectors_is_listed(window, part):
    network, D = window.session.state.model.network, present(window.session.state).check.D
    entries = part.list.entries
    assert entries.rowCount() == network.entries == 74
    for row, theta in enumerate(network.unroll()):
        address, shown, d, right = entries.entry(row)
        assert shown == theta
        assert d == D[address.layer - 1][address.row - 1, address.column]
        assert right
    said = entries.data(entries.index(6, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("thetaVec(7) = Θ₂₁⁽¹⁾ = ")
    assert "DVec(7) = D₂₁⁽¹⁾ = " in said


def test_wrong_entries_are_marked(window, part, qtbot):
    window.session.do(PlantFault("lambda-not-over-m"))
    wait(window, qtbot)
    assert [part.list.entries.entry(row)[3] for row in range(10)] == [True] * 5 + [False] * 5
    assert part.list.entries.data(part.list.entries.index(9, 0)).endswith(": wrong")


def test_pointing_at_a_row_lights_its_link_and_its_cell(window, part, qtbot):
    at = row_at(part.list, 2)
    QTest.mouseMove(part.list.viewport(), at + QPoint(0, 1))
    QTest.mouseMove(part.list.viewport(), at)
    qtbot.waitUntil(lambda: window.session.state.pointed is not None)
    assert window.session.state.pointed == Address(Symbol.THETA, 1, 3, 0)
    assert part.matrix.lit == link(1, 3, 0)
    assert part.list.lines.lit == 2
    assert window.panels["check"].agreement.view._lit == link(1, 3, 0)


def test_pointing_elsewhere_scrolls_to_the_row(window, part):
    assert not is_seen(part.list, 60)
    address = part.list.entries.order.address(61)
    window.session.do(PointAt(address))
    assert part.list.lines.lit == 60
    assert is_seen(part.list, 60)
    assert part.matrix.lit == address
    assert part.matrix.area(address) is not None
    window.session.do(PointAt(Address(Symbol.A, 2, 1)))
    assert part.list.lines.lit is None


def test_a_click_on_a_row_or_a_cell_chooses_its_entry(window, part):
    QTest.mouseClick(part.list.viewport(), Qt.MouseButton.LeftButton, pos=row_at(part.list, 1))
    assert chosen(window.session.state) == Address(Symbol.D, 1, 2, 0)
    assert part.list.lines.chosen == 1
    click(part.matrix, part.matrix.area(link(1, 4, 2)).center().toPoint())
    assert chosen(window.session.state) == Address(Symbol.D, 1, 4, 2)
    assert part.list.lines.chosen == 13
    assert is_seen(part.list, 13)


def test_pointing_at_a_cell_of_the_drawing_lights_the_row(window, part, qtbot):
    at = part.matrix.area(link(1, 5, 3)).center().toPoint()
    QTest.mouseMove(part.matrix, at + QPoint(1, 0))
    QTest.mouseMove(part.matrix, at)
    qtbot.waitUntil(lambda: window.session.state.pointed is not None)
    assert window.session.state.pointed == link(1, 5, 3)
    assert part.list.lines.lit == 19
    assert is_seen(part.list, 19)
    assert part.matrix.hint(link(1, 5, 3)) == "Θ₅₃⁽¹⁾ is thetaVec(20)\nD₅₃⁽¹⁾ is DVec(20)"


def test_the_keyboard_walks_over_the_list(window, part):
    part.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.session.state.pointed == link(1, 1, 0)
    press(window, Qt.Key.Key_Down, times=20)
    assert window.session.state.pointed == link(2, 1, 0)
    assert is_seen(part.list, 20)
    press(window, Qt.Key.Key_Up)
    assert window.session.state.pointed == link(1, 5, 3)
    press(window, Qt.Key.Key_Return)
    assert chosen(window.session.state) == Address(Symbol.D, 1, 5, 3)
    press(window, Qt.Key.Key_End)
    assert window.session.state.pointed == link(3, 4, 5)
    press(window, Qt.Key.Key_Right)
    assert window.session.state.stage == 1
    window.board.setFocus()
    assert window.session.state.pointed is None


def test_the_keyboard_walks_down_the_columns_of_the_drawing(window, part):
    part.matrix.setFocus(Qt.FocusReason.TabFocusReason)
    press(window, Qt.Key.Key_Down, times=5)
    assert window.session.state.pointed == link(1, 1, 1)
    press(window, Qt.Key.Key_Right)
    assert window.session.state.pointed == link(1, 1, 2)
    press(window, Qt.Key.Key_Return)
    assert chosen(window.session.state) == Address(Symbol.D, 1, 1, 2)


def test_the_code_follows_the_language(window, part):
    assert 'Theta1.ravel("F")' in part.code.text()
    part.language.setCurrentIndex(part.language.findData("octave"))
    part.language.activated.emit(part.language.currentIndex())
    assert window.session.state.view.language == "octave"
    assert "Theta1 = reshape(thetaVec(1:20), 5, 4);" in part.code.text()
    window.session.do(ShowLanguage("numpy"))
    assert part.language.currentData() == "numpy"


def test_other_layers_have_other_vectors(window, part, qtbot):
    window.session.do(SetHidden((2,)))
    wait(window, qtbot)
    assert part.list.entries.rowCount() == 2 * 4 + 4 * 3
    assert "thetaVec[8:20]" in part.code.text()
    window.session.do(PointAt(link(2, 4, 2)))
    assert part.list.lines.lit == 19


@pytest.mark.parametrize(("width", "beside"), [(290, False), (640, True)])
def test_where_there_is_room_the_list_stands_beside_the_matrix(window, qtbot, width, beside):
    alone = VectorsSection(window.session)
    qtbot.addWidget(alone)
    alone.follow(None, window.session.state)
    alone.dress(theme_of(STILL))
    alone.resize(width, 600)
    alone.show()
    qtbot.waitUntil(lambda: (alone.list.x() >= alone.matrix.geometry().right()) is beside)
    matrix, listed = alone.matrix.geometry(), alone.list.geometry()
    assert (listed.top() >= matrix.bottom()) is not beside
    assert alone.rect().contains(matrix)
    assert alone.rect().contains(listed)


@pytest.fixture(scope="module")
def large():
    """The check of 784-100-10, on its few examples."""
    model = model_for(load("digits-28"), sizes=(784, 100, 10))
    work = answer(Question(model))
    return drained(work)


@pytest.fixture
def views(qtbot, large):
    theme, made = theme_of(STILL), (EntryList(), UnrolledView())
    for view in made:
        qtbot.addWidget(view)
        view.dress(theme)
        view.resize(290, 180)
        view.show()
    made[0].show_answer(large)
    made[1].show_order(made[0].entries.order)
    return made


def test_of_79510_entries_only_those_that_are_seen_are_made(views, monkeypatch):
    listed, _ = views
    assert listed.entries.rowCount() == 79_510
    made = []
    entry = listed.entries.entry
    monkeypatch.setattr(listed.entries, "entry", lambda row: made.append(row) or entry(row))
    listed.light(listed.entries.order.address(79_510), None)
    listed.grab()
    assert is_seen(listed, 79_509)
    assert 79_509 in made
    assert len(set(made)) < 30


def test_a_large_matrix_is_folded_around_the_entry(views):
    _, matrix = views
    order = Unrolling((784, 100, 10))
    for n in (1, 40_000, 78_500, 78_501, 79_510):
        at = order.address(n)
        matrix.light(at)
        area = matrix.area(at)
        assert matrix.rect().contains(area.toAlignedRect())
        assert matrix.spot_at(area.center()) == at
        assert matrix._width >= matrix._metrics.horizontalAdvance(f"{n:,}")


@pytest.mark.parametrize("width", [230, 290, 640])
def test_nothing_of_a_large_matrix_is_drawn_beyond_the_edge(views, qtbot, width):
    _, matrix = views
    matrix.resize(width, 180)
    order = Unrolling((784, 100, 10))
    for n in (1, 40_000, 78_501, 79_510):
        matrix.light(order.address(n))
        assert matrix._cell(0, len(matrix._columns) - 1).right() <= width
        assert matrix._columns[-1] == order.shape(matrix.lit.layer)[1] - 1


def test_names_get_shorter_where_there_is_no_room(views):
    listed, _ = views
    theme, at = theme_of(STILL), Address(Symbol.THETA, 1, 100, 784)
    made = {width: columns(theme, listed.entries, QRect(0, 0, width, 20)) for width in (600, 280, 240, 200)}
    assert [(form.named(at), form.digits) for form, _ in made.values()] == [
        ("Θ₁₀₀,₇₈₄⁽¹⁾ D₁₀₀,₇₈₄⁽¹⁾", 3),
        ("Θ₁₀₀,₇₈₄⁽¹⁾", 3),
        ("Θ₁₀₀,₇₈₄⁽¹⁾", 2),
        ("Θ₁₀₀,₇₈₄", 2),
    ]
    for _, places in made.values():
        assert all(before.right() <= after.left() for before, after in zip(places, places[1:]))


def test_what_is_drawn_stays_while_the_pointer_is_over_it(views):
    _, matrix = views
    matrix.light(Unrolling((784, 100, 10)).address(40_000))
    before = matrix._rows, matrix._columns
    seen = [(row + 1, column) for row in before[0] for column in before[1] if None not in (row, column)]
    for row, column in seen:
        matrix.light(link(1, row, column))
        assert (matrix._rows, matrix._columns) == before


def test_an_answer_that_is_taken_shows_the_vectors(window, part):
    state = window.session.state
    window.session.do(ShowAnswer(drained(answer(Question(state.model, state.estimate)))))
    assert part.isVisible()
