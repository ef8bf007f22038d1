"""Opening files: from the menu to the network that learns from them, and every way in which that ends in words."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from nnviz.files import datasets, reading
from nnviz.session.commands import ShowTheme
from nnviz.ui.data import opening
from tests.ui.windows import click

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROLE = Qt.ItemDataRole


@pytest.fixture
def flowers(tmp_path):
    """Iris as a German spreadsheet saves it, with three values missing and a column of <b>remarks</b>."""
    data = datasets.load("iris")
    lines = ["sepal length;sepal width;petal length;petal width;remark;species"]
    for example, row in enumerate(data.X):
        cells = [str(value).replace(".", ",") for value in row]
        cells[2] = {3: "?", 77: "", 120: "NA"}.get(example, cells[2])
        lines.append(";".join([*cells, f"<b>no. {example}</b>", data.class_name(example)]))
    path = tmp_path / "flowers.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def gates(tmp_path):
    """Two features and the class, without names."""
    path = tmp_path / "gates.csv"
    path.write_text("0,0,no\n0,1,yes\n1,0,yes\n1,1,no\n")
    return path


def test_the_menu_asks_for_a_file(window, ready, gates, qtbot):
    window.table["open-data"].trigger()
    asked = window.findChild(QFileDialog)
    asked.setDirectory(str(gates.parent))
    asked.findChild(QLineEdit).setText(str(gates))
    asked.accept()
    assert "Open data: gates.csv" in ready().windowTitle()
    assert window.settings.data_folder == str(gates.parent)


def test_it_says_what_it_understood_and_takes_it_at_a_word(window, ready, flowers):
    before = window.session.state.model.dataset
    window.desk.open([flowers])
    dialog = ready()
    assert dialog.format.text().startswith("UTF-8, cells separated by semicolon, decimal comma, names in the first row")
    assert "row 5, column “petal length” (“?”)" in dialog.problem.text()
    assert not dialog.take.isEnabled()
    assert "cannot be used" in dialog.take.toolTip()
    assert dialog.drop.text() == "Leave out rows with missing values (3)"

    QTest.keyClick(dialog.drop, Qt.Key.Key_Space)
    dialog = ready()
    assert dialog.problem.text() == ""
    assert dialog.meaning.text().startswith(
        "147 examples, 4 features, 3 classes: setosa 49, versicolor 49, virginica 49; suggested network 4-"
    )
    assert window.session.state.model.dataset is before
    click(dialog.take)
    data = window.session.state.model.dataset
    assert (len(data), data.name, data.source) == (147, "flowers.csv", "your file flowers.csv")
    window.session.undo()
    assert window.session.state.model.dataset is before


def test_the_preview_shows_the_file_as_plain_text(window, ready, flowers):
    window.desk.open([flowers])
    rows = ready().rows.model()
    assert rows.rowCount() == 150
    assert rows.headerData(5, Qt.Orientation.Horizontal) == "species · class"
    assert rows.headerData(3, Qt.Orientation.Vertical) == 5
    assert rows.index(0, 4).data() == "<b>no. 0</b>"
    wrong = rows.index(3, 2)
    assert wrong.data(ROLE.BackgroundRole) is not None
    assert wrong.data(ROLE.ToolTipRole) == "This cell cannot be used."
    assert rows.index(2, 2).data(ROLE.BackgroundRole) is None


def test_features_are_marked_one_by_one(window, ready, flowers):
    window.desk.open([flowers])
    dialog = ready()
    columns = dialog.features.model()
    assert [columns.index(row).data(ROLE.CheckStateRole) is None for row in range(6)] == [False] * 4 + [True] * 2
    assert "numbers" in columns.index(4).data(ROLE.ToolTipRole)
    columns.setData(columns.index(2), Qt.CheckState.Unchecked, ROLE.CheckStateRole)
    dialog = ready()
    assert dialog.data.feature_names == ("sepal length", "sepal width", "petal width")
    click(dialog.none)
    assert ready().data.feature_names == ("sepal length",)
    click(dialog.all)
    assert not ready().take.isEnabled()


def test_space_marks_the_feature_with_the_focus(window, ready, gates, qtbot):
    window.desk.open([gates])
    dialog = ready()
    dialog.features.setFocus()
    dialog.features.setCurrentIndex(dialog.features.model().index(1))
    qtbot.keyClick(dialog.features, Qt.Key.Key_Space)
    assert ready().data.feature_names == ("column 1",)


def test_another_column_is_the_class(window, ready, gates):
    window.desk.open([gates])
    dialog = ready()
    assert dialog.label.currentText() == "column 3"
    dialog.label.setCurrentIndex(0)
    dialog.label.activated.emit(0)
    dialog = ready()
    assert (dialog.data.feature_names, dialog.data.class_names) == (("column 2",), ("0", "1"))


def test_scaling_is_chosen(window, ready, gates):
    window.desk.open([gates])
    dialog = ready()
    assert dialog.scaling.currentData() == "none"
    dialog.scaling.setCurrentIndex(dialog.scaling.findData("range"))
    dialog.scaling.activated.emit(1)
    assert ready().data.scaling == "range"


def test_the_first_row_is_names_or_an_example(window, ready, gates):
    window.desk.open([gates])
    dialog = ready()
    assert not dialog.header.isChecked()
    QTest.keyClick(dialog.header, Qt.Key.Key_Space)
    dialog = ready()
    assert len(dialog.data) == 3
    assert dialog.header.isChecked()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty."),
        ("a,b\n1,2\n3\n", "another length"),
        ("size,price\n" + "".join(f"{i},{i * 1.37}\n" for i in range(60)), "Predicting a quantity is regression"),
        ("x,kind\n1,a\n2,a\n", "All examples are of one class"),
    ],
)
def test_what_is_wrong_is_said_in_place_and_the_data_stay(window, ready, tmp_path, text, words):
    before = window.session.state.model.dataset
    path = tmp_path / "odd.csv"
    path.write_text(text)
    window.desk.open([path])
    dialog = ready()
    assert words in dialog.problem.text()
    assert dialog.problem.text() in dialog.take.toolTip()
    dialog.accept()
    assert dialog.isVisible()
    click(dialog.cancel)
    assert window.session.state.model.dataset is before


def test_a_folder_is_refused_in_words(window, ready, tmp_path):
    window.desk.open([tmp_path])
    dialog = ready()
    assert "This is a folder." in dialog.problem.text()
    assert not dialog.label.isEnabled()


def test_another_file_can_be_asked_for_at_once(window, ready, tmp_path, qtbot):
    window.desk.open([tmp_path])
    click(ready().another)
    qtbot.waitUntil(lambda: window.findChild(QFileDialog) is not None)
    window.findChild(QFileDialog).reject()


def test_a_pair_is_opened_together(window, ready, tmp_path):
    np.save(tmp_path / "X.npy", np.arange(20.0).reshape(10, 2))
    np.save(tmp_path / "y.npy", np.arange(10) % 2)
    window.desk.open([tmp_path / "X.npy", tmp_path / "y.npy"])
    assert (ready().data.features, len(ready().data)) == (2, 10)
    assert not ready().header.isEnabled()


def test_three_files_are_too_many(window, tmp_path):
    window.desk.open([tmp_path] * 3)
    assert "3 files" in window._messages.text()


def test_nothing_comes_after_cancel(window, dialog, gates, qtbot, monkeypatch):
    before, gate = window.session.state.model.dataset, threading.Event()

    def slow(*paths, header):
        assert gate.wait(10)
        return reading.read(*paths, header=header)

    monkeypatch.setattr(opening, "read", slow)
    window.desk.open([gates])
    shown = dialog()
    assert not shown.take.isEnabled()
    assert "is being read" in shown.meaning.text()
    qtbot.waitUntil(shown.progress.isVisible)
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    gate.set()
    qtbot.wait(50)
    assert window.session.state.model.dataset is before


def test_closing_the_window_while_it_reads_leaves_nothing(window, gates):
    window.desk.open([gates])
    window.close()


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_it_fits_the_smallest_screens(window, ready, flowers, theme):
    window.resize(1024, 700)
    window.session.do(ShowTheme(theme))
    window.desk.open([flowers])
    dialog = ready()
    assert dialog.width() <= 1024
    assert dialog.height() <= 700


def test_tab_walks_as_one_reads(window, ready, flowers, qtbot):
    window.desk.open([flowers])
    dialog = ready()
    seen = []
    dialog.label.setFocus()
    for _ in range(10):
        seen.append(dialog.focusWidget())
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [
        dialog.label,
        dialog.features,
        dialog.all,
        dialog.none,
        dialog.scaling,
        dialog.header,
        dialog.drop,
        dialog.rows,
        dialog.another,
        dialog.cancel,
    ]
    assert all(widget.accessibleName() or widget.text() for widget in seen)


def test_large_data_are_prepared_beside_the_window(window, dialog, tmp_path, qtbot):
    X = np.arange(1_200_000.0).reshape(6000, 200) % 97
    np.savez(tmp_path / "large.npz", X=X, y=np.arange(6000) % 3)
    window.desk.open([tmp_path / "large.npz"])
    shown = dialog()
    qtbot.waitUntil(lambda: shown.data is not None)
    click(shown.take)
    assert "being prepared" in shown.meaning.text()
    qtbot.waitUntil(lambda: len(window.session.state.model.dataset) == 6000)


def test_an_open_dialog_follows_the_desktop_into_the_dark(window, ready, flowers):
    window.desk.open([flowers])
    dialog = ready()
    light = dialog.grab().toImage().pixelColor(3, 3).lightness()
    window.session.do(ShowTheme("dark"))
    assert dialog.grab().toImage().pixelColor(3, 3).lightness() < light
