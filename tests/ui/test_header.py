"""The bar at the top: what the chips show and do."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nnviz.engine.generators import GENERATORS
from nnviz.files import datasets
from nnviz.files.errors import FileProblem
from nnviz.session.commands import ChooseData, GoToExample, SetHidden, SetInput
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from nnviz.ui.actions import ACTIONS
from nnviz.ui.examples import ExamplePopup
from nnviz.ui.header import Header
from nnviz.ui.menus import Actions
from nnviz.ui.seed import SeedPopup

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def session():
    return Session(initial(model_for(datasets.load("vehicles")), 6))


@pytest.fixture
def host(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1400, 50)
    return host


@pytest.fixture
def actions(session, host):
    return Actions(session, dict.fromkeys((row.name for row in ACTIONS), lambda: None), print, host)


@pytest.fixture
def header(session, actions, host, qtbot):
    header = Header(session, actions, host)
    header.resize(1400, 50)
    host.show()
    qtbot.waitExposed(host)
    yield header
    header.close_work()


def test_thousands_are_set_apart(header, session):
    session.do(ChooseData(datasets.load("digits")))
    session.do(GoToExample(1199))
    assert header.data.value == "Digits · 1,797 ▾"
    assert header.example.value.startswith("1,200 of 1,797 · ")


def test_it_shows_what_is_studied(header, session):
    assert header.data.value == "Vehicles · 150 ▾"
    assert header.network.value == "3-5-5-4"
    assert header.example.value == "7 of 150 · car ▾"
    assert header.seed.text() == "seed 4"
    session.do(SetHidden((2,)))
    session.do(SetInput(1, 50.0))
    session.do(GoToExample(6))
    assert header.network.value == "3-2-4"
    assert "(changed)" in header.example.value
    assert "(changed)" in header.example.accessibleName()


def test_labels_give_way_where_it_is_narrow(header, qtbot):
    wide = header.data.width()
    header.resize(700, 50)
    qtbot.waitUntil(lambda: header.data.width() < wide)
    assert header.data.value == "Vehicles · 150 ▾"


def test_an_iteration_is_never_a_bare_number(header):
    for chip, kept in ((header.iteration, True), (header.network, False)):
        chip.show_value("150")
        chip.show_compact(True)
        assert (chip.sizeHint().width() == chip.full_width()) is kept


def test_a_click_on_the_seed_takes_the_next(header, session, qtbot):
    before = session.state.model.network
    header.seed.click()
    assert session.state.model.seed == 5
    assert session.state.model.network is not before
    session.undo()
    assert session.state.model.network is before


def test_data_are_chosen_beside_the_window(header, session, qtbot):
    header._list_data()
    titles = [action.text() for action in header.data.menu().actions()]
    generated = [row.title for row in GENERATORS]
    assert titles == [*datasets.titles().values(), "", *generated, "", "&Open data…", "E&nter data…", "&Generate data…"]
    header.data.menu().actions()[5].trigger()
    assert header.loading
    assert not header.data.isEnabled()
    assert header.data.toolTip()
    qtbot.waitUntil(lambda: not header.loading)
    assert session.state.model.dataset is datasets.load("iris")
    assert header.data.isEnabled()


def marked(header):
    header._list_data()
    return [action.text() for action in header.data.menu().actions() if action.isChecked()]


def test_points_are_made_by_a_rule(header, session, qtbot):
    header._list_data()
    next(action for action in header.data.menu().actions() if action.data() == "moons").trigger()
    qtbot.waitUntil(lambda: not header.loading)
    assert session.state.model.dataset.title == "Two moons"
    assert marked(header) == ["Two moons"]


def test_a_mark_is_for_the_very_data_and_not_for_their_name(header, session):
    assert marked(header) == ["Vehicles"]
    for name in ("iris", "moons"):
        session.do(ChooseData(replace(datasets.load("xor"), name=name)))
        assert marked(header) == []
    session.do(ChooseData(datasets.load("iris")))
    assert marked(header) == ["Iris"]


def test_only_the_newest_choice_counts(header, session, qtbot):
    header.choose_data("digits-28")
    header.choose_data("xor")
    qtbot.waitUntil(lambda: not header.loading)
    qtbot.wait(300)
    assert session.state.model.dataset.name == "xor"


def test_damaged_data_are_a_message(header, session, qtbot, monkeypatch):
    def load(name):
        raise FileProblem("The file is damaged.", name, "Install nnviz again.")

    monkeypatch.setattr(datasets, "load", load)
    with qtbot.waitSignal(header.problem) as problem:
        header.choose_data("iris")
    assert "Install nnviz again." in problem.args[0]
    assert header.data.isEnabled()


def test_closing_while_data_are_read_leaves_nothing(header, session):
    header.choose_data("digits")
    header.close_work()
    assert session.state.model.dataset.name == "vehicles"


@pytest.fixture
def popup(session, actions, header, qtbot):
    popup = ExamplePopup(session, actions, header)
    popup.open_below(header.example)
    return popup


def test_the_list_opens_at_the_present_example(popup):
    assert popup.examples.rowCount() == 150
    assert popup.list.currentIndex().row() == 6


def test_a_number_goes_to_that_example(popup, session, qtbot):
    qtbot.keyClicks(popup.field, "42")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert session.state.moment.example == 41
    assert not popup.isVisible()


def test_words_filter_by_class(popup, session, qtbot):
    qtbot.keyClicks(popup.field, "truck")
    assert 0 < popup.examples.rowCount() < 150
    qtbot.keyClick(popup.field, Qt.Key.Key_Down)
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert session.state.model.class_name(session.state.moment.example) == "truck"


def test_nothing_found_chooses_nothing(popup, session, qtbot):
    qtbot.keyClicks(popup.field, "bicycle")
    assert popup.examples.rowCount() == 0
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert session.state.moment.example == 6
    popup.close()


def test_what_opens_closes_what_was_open(popup, header, session):
    other = SeedPopup(4, session.state.view, header)
    other.open_below(header.seed)
    assert not popup.isVisible()
    assert other.isVisible()
    other.close()


def test_a_seed_is_typed(header, session, qtbot):
    popup = SeedPopup(4, session.state.view, header)
    popup.open_below(header.seed)
    with qtbot.waitSignal(popup.chosen) as chosen:
        qtbot.keyClicks(popup.field, "17")
        qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert chosen.args == [17]


def test_what_finds_no_room_gives_way_to_the_menus(header, host, qtbot):
    for width in (1400, 900, 760, 720):
        host.resize(width, 50)
        header.resize(width, 50)
        header.layout().activate()
        seen = [header.menus, header.data, header.network, header.example, header.seed]
        seen = [widget for widget in seen if not widget.isHidden()]
        assert header.data in seen
        for before, after in pairwise(seen):
            assert before.geometry().right() < after.x(), (width, after.objectName())


def test_what_fits_is_shown_though_something_wider_does_not(header, host, session):
    """The example goes before the network, which may have no room any more."""
    for width in range(720, 1400, 20):
        host.resize(width, 50)
        header.resize(width, 50)
        header.layout().activate()
        shown = [one for one in (header.data, header.example, header.network, header.seed) if not one.isHidden()]
        rightmost = max(one.geometry().right() for one in shown)
        spare = shown[0].x() - header.menus.geometry().right()
        hidden = [one for one in (header.example, header.network) if one.isHidden()]
        assert rightmost < width
        for one in hidden:
            assert one.sizeHint().width() + 2 * header.layout().spacing() > spare, (width, one.objectName())
