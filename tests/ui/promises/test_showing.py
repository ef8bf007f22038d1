"""What the real window shows: light on what is pointed at, themes, zoom, what is not computed yet, large networks."""

import re
from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.story import Level
from nnviz.picture.palette import PALETTES
from nnviz.session.state import View
from tests.ui.windows import click, in_cells, link, on_board, picture_of, press, sentence, turn

CONTROL = Qt.KeyboardModifier.ControlModifier


def pointed(window):
    return window.session.state.pointed


def views(window):
    inspector = window.panels["inspector"]
    return {
        "board": window.board,
        "table": inspector.table,
        "matrices": inspector.matrices,
        "formula": inspector.numbers,
    }


@pytest.mark.parametrize("where", ["board", "table", "matrices", "formula"])
def test_pointing_at_one_lights_all(window, where):
    press(window, Qt.Key.Key_Right, times=2)  # unit 2 of layer 2
    wanted, shown = link(1, 2, 3), views(window)
    before = {name: picture_of(view) for name, view in shown.items()}
    if where == "board":
        at = on_board(window.board, wanted)
    elif where == "formula":
        at = shown[where].boxes("THETA/1/2/3")[0].center().toPoint()
    else:
        at = in_cells(shown[where], wanted)
    QTest.mouseMove(shown[where], at)
    assert pointed(window) == wanted
    for name, view in shown.items():
        assert picture_of(view) != before[name], name
    QTest.mouseMove(window.header, QPoint(3, 3))
    QApplication.processEvents()
    assert pointed(window) is None
    for name, view in shown.items():
        assert picture_of(view) == before[name], name


def test_pointing_reads_the_index_aloud_and_says_where_the_number_comes_from(window):
    press(window, Qt.Key.Key_Right, times=2)
    hint = window.board.hint(QPointF(on_board(window.board, link(2, 2, 1))))
    assert "to unit 2 of layer 3" in hint
    assert "from unit 1 of layer 2" in hint
    assert "a weight of the network" in hint
    matrices = window.panels["inspector"].matrices
    at = in_cells(matrices, link(1, 2, 1))
    assert "Θ of layer 1: to unit 2 of layer 2, from input speed" in matrices.hint(matrices.spot_at(QPointF(at)))


def colours(image):
    """How many pixels each colour has, of every fourth."""
    return Counter(
        image.pixelColor(x, y).name() for y in range(0, image.height(), 4) for x in range(0, image.width(), 4)
    )


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_themes_switch_live_and_paint_with_their_own_palette(window, theme):
    press(window, Qt.Key.Key_Right, times=2)
    window.table["theme-dark" if theme == "light" else "theme-light"].trigger()
    picture_of(window)
    window.table[f"theme-{theme}"].trigger()
    counted = colours(picture_of(window))
    palette = PALETTES[theme]
    most = [name for name, _ in counted.most_common(3)]
    assert set(most) <= {palette.window, palette.panel, palette.board, palette.sunken, palette.line}
    for role in ("text", "positive", "forward", "line"):
        assert counted[getattr(palette, role)] > 0, role
    others = {getattr(PALETTES[name], role) for name in PALETTES for role in ("window", "panel", "board", "sunken")}
    own = {getattr(palette, role) for role in ("window", "panel", "board", "sunken", "line", "on_colour")}
    strange = {name: counted[name] for name in others - own if counted[name] > 0.002 * counted.total()}
    assert not strange


def test_a_theme_is_chosen_in_the_menu_by_mouse(window, qtbot):
    menus = window.header.menus
    view = next(action for action in menus.actions() if action.text().replace("&", "") == "View")
    click(menus, menus.actionGeometry(view).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    themes = next(action for action in menu.actions() if action.text().replace("&", "") == "Theme")
    click(menu, menu.actionGeometry(themes).center())
    below = themes.menu()
    qtbot.waitUntil(below.isVisible, timeout=2000)
    dark = next(action for action in below.actions() if action.objectName() == "theme-dark")
    click(below, below.actionGeometry(dark).center())
    assert window.session.state.view.theme == "dark"
    assert QApplication.activePopupWidget() is None


def test_everything_zooms_and_returns_to_the_same_picture(window):
    first, height = picture_of(window), window.transport.height()
    press(window, "=", CONTROL, times=3)
    assert window.session.state.view.zoom == pytest.approx(1.3)
    picture_of(window)
    assert window.transport.height() > height
    assert window.panels["inspector"].sentence.fontMetrics().height() > 18
    press(window, "0", CONTROL)
    assert window.session.state.view.zoom == 1.0
    again = picture_of(window.transport)
    assert again.height() == height
    assert picture_of(window).size() == first.size()


def test_control_and_the_wheel_magnify_the_drawing_and_a_double_click_shows_all(window):
    first = picture_of(window.board)
    turn(window.board, window.board.rect().center(), 4, CONTROL)
    assert picture_of(window.board) != first
    corners = (QPoint(x, y) for y in range(4, window.board.height(), 9) for x in range(4, window.board.width(), 9))
    ground = next(corner for corner in corners if window.board.address_at(QPointF(corner)) is None)
    QTest.mouseDClick(window.board, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, ground)
    assert picture_of(window.board) == first


def test_what_is_not_computed_yet_has_no_number(window):
    story = window.session.state.story
    press(window, "1")
    for _ in range(30):
        place, seen = window.session.state.moment.place, window.board.seen
        for unit in seen.units:
            if unit.address.row:
                assert bool(unit.text) == story.known(unit.address, place)
                assert (unit.fill is not None) == story.known(unit.address, place)
        for tag in seen.tags:
            if tag.address.symbol in (Symbol.DELTA, Symbol.COST, Symbol.EXAMPLE_COST) and not tag.loud:
                assert bool(tag.text) == story.known(tag.address, place)
        press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Home)
    for unit in (1, 5):
        address = Address(Symbol.A, 3, unit)
        at = on_board(window.board, address)
        hint = re.sub("<.*?>", " ", window.board.hint(QPointF(at)))
        assert "Not computed yet." in hint
        assert "=" not in hint
        image = picture_of(window.board)
        inside = {image.pixelColor(at.x() + dx, at.y() + dy).name() for dx in range(-8, 9) for dy in range(-8, 9)}
        assert len(inside) == 1  # nothing is drawn in the circle


def test_forward_and_back_show_the_same_picture(window):
    press(window, "1")
    wanted = {0, 1, 4, 5, 26, 60, 77, 80, 90, 110, 140}
    length = window.session.state.story.length
    wanted.add(length)
    pictures = {}
    for place in range(length + 1):
        if place in wanted:
            pictures[place] = picture_of(window.board), picture_of(window.panels["inspector"].viewport())
        if place < length:
            press(window, Qt.Key.Key_Right)
    for place in reversed(range(length + 1)):
        if place in wanted:
            assert picture_of(window.board) == pictures[place][0], place
            assert picture_of(window.panels["inspector"].viewport()) == pictures[place][1], place
        if place:
            press(window, Qt.Key.Key_Left)


@pytest.mark.parametrize(("data", "sizes"), [("digits", (64, 25, 10)), ("digits-28", (784, 100, 10))])
def test_large_networks_open_step_and_show_the_input_as_an_image(open_window, data, sizes):
    window = open_window(data)
    assert window.session.state.model.network.sizes == sizes
    for key, level in (("1", Level.TERM), ("2", Level.UNIT), ("3", Level.LAYER)):
        press(window, key)
        press(window, Qt.Key.Key_Home)
        press(window, Qt.Key.Key_Right, times=3)
        assert window.session.state.moment.place == window.session.state.story.stops(level)[3]
        assert sentence(window)
        picture_of(window)
    seen, weights = window.board.seen, window.board.weights
    assert any(image.rows * image.columns == sizes[0] for image in seen.images)
    assert weights.portraits  # what each hidden unit looks for
    assert len(seen.links) + len(weights.links) < 1000
    folded = [label.text.words for label in seen.labels if "more" in label.text.words]
    assert folded  # and how many units are hidden is said
    press(window, Qt.Key.Key_End)
    press(window, Qt.Key.Key_Home)


@pytest.mark.parametrize("data", ["and", "or", "xor", "xnor", "iris"])
def test_every_set_of_data_opens_and_tells_its_story(open_window, data):
    window = open_window(data, example=1)
    press(window, "3")
    while window.session.state.moment.place < window.session.state.story.length:
        press(window, Qt.Key.Key_Right)
        assert sentence(window)
    picture_of(window)


def test_system_theme_is_one_of_ours(open_window):
    window = open_window(view=View(theme="system", reduced_motion=True))
    most = colours(picture_of(window)).most_common(1)[0][0]
    assert most in {
        getattr(PALETTES[name], role) for name in ("light", "dark") for role in ("window", "panel", "board")
    }
