"""What tests of the real window share: opening one, finding numbers in it, real clicks, keys and turns of the wheel."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.story import Level
from nnviz.files.datasets import load
from nnviz.picture.parts import Point
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import View, initial
from nnviz.ui.app import application_for_window, build
from nnviz.ui.board import BoardView
from nnviz.ui.panels.cells import Cells
from nnviz.ui.panels.pictures import Pictures
from nnviz.ui.settings import Settings
from nnviz.ui.window import Window

SIZE = (1280, 820)
STILL = View(theme="light", reduced_motion=True)
"""A window in which nothing moves by itself."""
NOTCH = 120


@cache
def application() -> QApplication:
    """The application with our fonts and style, once for all tests."""
    return application_for_window()


def opened(
    folder: Path,
    data: str = "vehicles",
    *,
    example: int = 7,
    sizes: tuple[int, ...] | None = None,
    level: Level = Level.UNIT,
    view: View = STILL,
) -> Window:
    """A window on *example* (from 1) of *data*, shown, active; it remembers in *folder* and nowhere else."""
    application()
    state = initial(model_for(load(data), sizes=sizes), example - 1, view=view, level=level)
    return show(build(Session(state), Settings(folder / "nnviz.ini")))


def show(window: Window) -> Window:
    """Show *window*, with the focus on its board."""
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, 5000)
    window.board.setFocus()
    return window


def press(
    window: Window,
    key: Qt.Key | str,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    times: int = 1,
) -> None:
    """Press a key *times* times, at whatever has the focus."""
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def type_text(window: Window, text: str) -> None:
    """Type *text* and Return where the focus is."""
    widget = QApplication.focusWidget() or window
    for letter in text:
        if letter.isascii():
            QTest.keyClick(widget, letter)
        else:  # Qt's test aborts over these
            QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
    QTest.keyClick(widget, Qt.Key.Key_Return)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click the left button, in the middle if nothing else is said."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or widget.rect().center())


def choose(field: QComboBox, text: str) -> None:
    """Choose the row that begins with *text*, by the arrow keys."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Home)
    for _ in range(field.count()):
        if field.currentText().startswith(text):
            return
        QTest.keyClick(field, Qt.Key.Key_Down)
    raise LookupError(f"there is no row {text}")


def double_click(widget: QWidget, at: QPoint) -> None:
    """Click twice, as Qt tells of it: press, release, double-click, release."""
    click(widget, at)
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def turn(
    widget: QWidget, at: QPoint, notches: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Turn the wheel over *widget* by *notches*, away from the user if positive."""
    event = QWheelEvent(
        QPointF(at),
        QPointF(widget.mapToGlobal(at)),
        QPoint(),
        QPoint(0, NOTCH * notches),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def theta(window: Window, layer: int, row: int, column: int) -> float:
    """Θ⁽ˡ⁾ at *row*, *column*."""
    return float(window.session.state.model.network.theta(layer)[row - 1, column])


def link(layer: int, row: int, column: int) -> Address:
    """The address of Θ⁽ˡ⁾ at *row*, *column*."""
    return Address(Symbol.THETA, layer, row, column)


def on_board(board: BoardView, address: Address) -> QPoint:
    """A place at which the drawing says that *address* stands."""
    for point in _candidates(board, address):
        at = QPoint(round(point.x), round(point.y))
        if board.rect().contains(at) and board.address_at(QPointF(at)) == address:
            return at
    raise LookupError(f"{address} is not on the board")


def _candidates(board: BoardView, address: Address) -> Iterator[Point]:
    seen = board.seen
    yield from (unit.centre for unit in seen.units if unit.address == address)
    yield from (tag.box.centre for tag in seen.tags if tag.address == address)
    yield from (label.box.centre for label in seen.labels if label.address == address)
    for one in (*seen.links, *board.weights.links):
        if one.address == address:
            yield from (one.start.towards(one.end, share / 40) for share in range(4, 37))
    for image in (*seen.images, *board.weights.portraits):
        yield from (image.cell(index).centre for index in range(image.rows * image.columns))


def in_cells(cells: Cells, address: Address) -> QPoint:
    """A place in a table or a matrix at which *address* stands."""
    QApplication.processEvents()  # what is shown anew has yet to find its size
    for y in range(2, cells.height(), 5):
        for x in range(2, cells.width(), 5):
            spot = cells.spot_at(QPointF(x, y))
            if spot is not None and cells.address(spot) == address:
                area = cells.area(spot)
                return area.center().toPoint() if area is not None else QPoint(x, y)
    raise LookupError(f"{address} is not among the cells")


def picture_of(widget: QWidget) -> QImage:
    """What *widget* looks like once its layout has settled and every formula is set."""
    pictures = widget.window().findChildren(Pictures)
    still = 0
    for _ in range(1000):
        QApplication.processEvents()
        still = still + 1 if all(one.idle for one in pictures) else 0
        if still == 6:  # what has come changes the layout, and that asks for others
            break
    assert still == 6, "the formulas are never done"
    return widget.grab().toImage()


def sentence(window: Window) -> str:
    """What the inspector says of the step."""
    return str(window.panels["inspector"].sentence.text())
