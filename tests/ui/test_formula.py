"""The formula widget, with real pointers and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QImage, QPixmap
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from nnviz.picture import notation as m
from nnviz.picture.palette import ROLES
from nnviz.picture.typeset import Typesetter
from nnviz.ui.formula import FormulaView

COLOURS = dict.fromkeys(ROLES, "#102030") | {"accent": "#6d4fd8"}
FORMULA = m.row(
    m.labelled("d", m.delta(3, 2)),
    m.equals(),
    m.labelled("product", m.labelled("first", m.number("0.65")), m.operator("×"), m.number("0.35")),
)


@pytest.fixture(scope="module")
def typesetter():
    return Typesetter()


@pytest.fixture
def view(qtbot, typesetter):
    view = FormulaView(typesetter)
    qtbot.addWidget(view)
    view.resize(400, 60)
    view.show_formula(FORMULA, COLOURS)
    view.show()
    qtbot.waitExposed(view)
    return view


def centre(view, key):
    return view.boxes(key)[0].center().toPoint()


def ink(view):
    image = view.grab().toImage()
    background = image.pixelColor(image.width() - 1, image.height() - 1)
    return [(x, y) for y in range(image.height()) for x in range(image.width()) if image.pixelColor(x, y) != background]


def test_it_draws_the_formula(view):
    left, right = min(x for x, _ in ink(view)), max(x for x, _ in ink(view))
    assert left < 5
    assert right <= view.sizeHint().width()


def test_nothing_to_show(view):
    view.show_formula(None, COLOURS)
    assert ink(view) == []
    assert view.text() == view.accessibleName() == ""


def test_pointing_names_the_smallest_piece(view, qtbot):
    pointed = []
    view.pointed.connect(pointed.append)
    for key in ("d", "first", "product"):
        place = centre(view, key)
        if key == "product":
            place.setX(int(view.boxes(key)[0].right()) - 2)
        qtbot.mouseMove(view, place)
    qtbot.mouseMove(view, QPoint(390, 50))
    assert pointed == ["d", "first", "product", None]


def test_a_click_chooses(view, qtbot):
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=centre(view, "d"))
    assert chosen.args == ["d"]
    with qtbot.assertNotEmitted(view.chosen):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(390, 50))


def test_light_tints_the_piece_only(view):
    before = view.grab().toImage()
    view.light("d")
    after = view.grab().toImage()
    box = view.boxes("d")[0].adjusted(-4, -4, 4, 4)
    changed = [
        (x, y) for y in range(after.height()) for x in range(after.width()) if after.pixel(x, y) != before.pixel(x, y)
    ]
    assert changed
    assert all(box.contains(x, y) for x, y in changed)
    view.light("unknown")
    view.light(None)
    assert view.grab().toImage() == before


def test_keys_walk_and_choose(view, qtbot):
    pointed, chosen = [], []
    view.pointed.connect(pointed.append)
    view.chosen.connect(chosen.append)
    view.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(view, key)
    assert pointed == ["d", "product", "d"]
    assert chosen == ["d"]
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert pointed[-1] is None


def test_it_is_a_tab_stop_only_with_labels(view):
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus
    view.show_formula(m.cost(), COLOURS)
    assert view.focusPolicy() == Qt.FocusPolicy.ClickFocus


def test_copy_is_plain_text(view, qtbot):
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "δ₂⁽³⁾ = 0.65 × 0.35" == view.accessibleName()


def test_a_tooltip_per_piece(view, monkeypatch):
    shown = []  # Qt's offscreen platform warns when a real tooltip opens
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, widget: shown.append(text))
    view.explain(lambda key: f"where {key} comes from")
    place = centre(view, "d")
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, view.mapToGlobal(place))
    QGuiApplication.sendEvent(view, event)
    assert shown == ["where d comes from"]


def test_the_baseline_stays_while_formulas_follow_each_other(view):
    baseline = view.baseline()
    height = view.heightForWidth(400)
    for formula in (
        m.cost(),
        m.product(m.symbol("Θ", sub="11", sup="(3)"), m.symbol("δ", sub="1", sup="(4)")),
        m.row(m.equals(), m.number("-0.14")),
        None,
    ):
        view.show_formula(formula, COLOURS)
        assert view.baseline() == pytest.approx(baseline)
        assert view.heightForWidth(400) == height


def test_it_wraps_to_its_width_and_shrinks_a_matrix(view):
    long = m.added(*(m.labelled(str(k), m.product(m.number("0.65"), m.number("0.35"))) for k in range(20)))
    view.show_formula(long, COLOURS)
    assert view.heightForWidth(200) > view.heightForWidth(400) > view.sizeHint().height()
    wide = m.matrix([[m.labelled(f"{i},{j}", m.number("0.65")) for j in range(30)] for i in range(2)])
    view.show_formula(wide, COLOURS)
    assert view.sizeHint().width() > 400
    assert view.boxes("1,29")[0].right() <= 400


def test_it_is_drawn_at_the_resolution_of_what_it_is_drawn_on(view):
    sharp = QPixmap(view.size() * 3)
    sharp.setDevicePixelRatio(3)
    sharp.fill(Qt.GlobalColor.white)
    view.render(sharp)
    scaled = view.grab().scaled(view.size() * 3, mode=Qt.TransformationMode.SmoothTransformation)
    assert edges(sharp) > 1.5 * edges(scaled)


def edges(pixmap):
    """The sum of steps in lightness between neighbours, squared: larger where outlines are sharp."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return (np.diff(rows.astype(float)) ** 2).sum()


def test_a_layout_gives_it_the_height_of_all_its_lines(typesetter, qtbot):
    host, view = QWidget(), FormulaView(typesetter)
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # offscreen has no such hints
    long = m.added(*(m.labelled(str(k), m.product(m.number("0.65"), m.number("0.35"))) for k in range(20)))
    view.show_formula(long, COLOURS)
    column.addWidget(view)
    column.addStretch(1)
    host.resize(300, 600)
    host.show()
    qtbot.waitExposed(host)
    assert view.height() == view.heightForWidth(view.width())
    assert view.boxes("19")[0].bottom() < view.height()


def test_a_piece_that_is_gone_is_no_longer_pointed_at(view, qtbot):
    qtbot.mouseMove(view, centre(view, "d"))
    with qtbot.waitSignal(view.pointed) as pointed:
        view.show_formula(m.cost(), COLOURS)
    assert pointed.args == [None]
