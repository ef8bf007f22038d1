"""The heat maps of Θ: they follow the network, and point at links."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from nnviz.engine.network import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.session.commands import ChooseData, PointAt, SetTheta, ShowTool, Zoom
from nnviz.ui.panels.results import ResultsPanel

# The offscreen platform says so of every tooltip and every change of a window's smallest size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")


def theta(layer, row, column):
    return Address(Symbol.THETA, layer, row, column)


@pytest.fixture
def view(session, show):
    session.do(ShowTool("train"))
    panel = show(ResultsPanel(session), height=1200)
    panel.weights.view.grab()
    return panel.weights.view


def middle(view, address):
    return view.area(address).center().toPoint()


def test_pointing_lights_a_link_and_leaving_puts_it_out(view, session, qtbot):
    qtbot.mouseMove(view, middle(view, theta(2, 3, 4)))
    assert session.state.pointed == theta(2, 3, 4)
    qtbot.mouseMove(view, QPoint(view.width() - 2, view.height() - 2))
    assert session.state.pointed is None


def test_a_click_keeps_it_lit(view, session, qtbot):
    at = middle(view, theta(3, 4, 0))
    qtbot.mouseMove(view, at)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(view, QPoint(view.width() - 2, view.height() - 2))
    assert session.state.pointed == theta(3, 4, 0)


def test_arrows_walk_over_the_entries(view, session, qtbot):
    view.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    assert session.state.pointed == theta(1, 2, 1)
    assert view.accessibleDescription() == view.hint(theta(1, 2, 1))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert session.state.pointed is None


def test_an_entry_is_named_with_its_value(view, session):
    value = session.state.model.network.theta(1)[1, 2]
    name, number = view.hint(theta(1, 2, 2)).split("\n")
    assert name == "Θ of layer 1: to unit 2 of layer 2, from input mass"
    assert float(number.replace("−", "-")) == value


def test_it_follows_the_network_and_what_is_pointed_at(view, session):
    before = view.grab().toImage()
    session.do(PointAt(Address(Symbol.D, 1, 2, 3)))  # the same place in another matrix
    lit = view.grab().toImage()
    assert lit != before
    session.do(PointAt(None))
    assert view.grab().toImage() == before
    session.do(SetTheta(1, 2, 3, 0.999))
    assert view.grab().toImage() != before


def test_nothing_is_painted_anew_when_neither_changes(view, session):
    picture = view._picture
    session.do(PointAt(theta(1, 1, 1)))
    view.grab()
    assert view._picture is picture


def test_images_and_large_matrices_fit_at_every_zoom(view, session, make, qtbot):
    session.do(ChooseData(make("digits").state.model.dataset))
    for zoom in (0.6, 2.0, 1.0):
        session.do(Zoom(zoom))
        qtbot.wait(20)
        view.grab()
        assert view.height() >= view.heightForWidth(view.width())
        area = view.area(theta(2, 10, 5))
        assert area.right() <= view.width()
        assert area.bottom() <= view.height()
    assert view.spot_at(view.area(theta(1, 25, 64)).center()) == theta(1, 25, 64)


def test_a_start_from_zeros_is_shown(view):
    view.show_network(Network.zeros((3, 5, 5, 4)), None)
    assert not view.grab().isNull()
    view.show_network(Network.from_thetas([np.full((300, 1001), 0.1), np.full((1, 301), -0.1)]), None)
    assert not view.grab().isNull()
