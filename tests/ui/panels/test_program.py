"""The whole function in the inspector: in step with the story, chosen, copied and saved with real clicks and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton

from nnviz.engine.story import Level
from nnviz.picture.palette import PALETTES, blend, contrast, roles
from nnviz.session.checking import HideFault, PlantFault
from nnviz.session.commands import GoTo, NextExample, ShowCodeVersion, ShowDigits, ShowLanguage, ShowWholeCode, Zoom
from nnviz.session.state import View
from nnviz.ui.panels.variables import LINE, LINES
from nnviz.ui.style import PHASE_ROLES
from nnviz.ui.theme import Theme
from tests.ui.windows import STILL, click, opened, picture_of, press

# The offscreen platform says so of every tooltip and every change of a window's smallest size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

WHOLE = STILL._replace(whole_code=True)


@pytest.fixture
def open_window(qtbot, tmp_path):
    def made(**how):
        window = opened(tmp_path, **how)
        qtbot.addWidget(window)
        return window

    return made


def section(window):
    return window.panels["inspector"].source


def program(window):
    return section(window).program


def lit_text(window):
    view = program(window)
    return view.program.lines[view.text.line].text.strip()


def tick(box):
    """Click the square of a box, wherever its words end."""
    click(box, QPoint(9, box.height() // 2))


def test_the_line_alone_is_shown_at_first_and_the_whole_costs_nothing(open_window):
    window = open_window()
    assert program(window) is None
    assert section(window).line.isVisible()
    press(window, Qt.Key.Key_Right, times=3)
    assert program(window) is None


def test_a_click_shows_the_whole_function_below_the_sentence_and_another_takes_it_away(open_window):
    window = open_window()
    press(window, Qt.Key.Key_Right)
    tick(section(window).whole)
    picture_of(window)
    assert window.session.state.view.whole_code
    assert not section(window).line.isVisible()
    assert "def backprop(" in program(window).text.toPlainText()
    assert lit_text(window) == "a[l][j + 1] = g(total)"
    inspector = window.panels["inspector"]
    assert inspector.sentence.geometry().bottom() < section(window).y() < inspector.symbols.y()
    tick(section(window).whole)
    picture_of(window)
    assert section(window).line.isVisible()
    assert not program(window).isVisible()
    assert inspector.matrices.y() < section(window).y()


def test_the_key_does_it_too_and_steps_go_on(open_window):
    window = open_window(level=Level.TERM)
    press(window, "w")
    press(window, Qt.Key.Key_Right)
    assert lit_text(window) == "total += Theta[l - 1][j, k] * a[l - 1][k]"
    names = {one.name: one.text for one in program(window).variables.variables}
    assert (names["l"], names["j"], names["k"]) == ("2", "0", "0")
    press(window, Qt.Key.Key_Right)
    assert {one.name: one.text for one in program(window).variables.variables}["k"] == "1"
    program(window).text.setFocus()
    press(window, Qt.Key.Key_Right)  # the text does not keep the key
    assert window.session.state.moment.place == 3


@pytest.mark.parametrize("version", ["loop", "vectorised"])
@pytest.mark.parametrize("language", ["numpy", "octave"])
def test_the_current_line_is_always_in_sight(open_window, version, language):
    window = open_window(level=Level.TERM, view=WHOLE._replace(code_version=version, language=language))
    text = program(window).text
    QApplication.processEvents()
    for place in window.session.state.story.stops(Level.UNIT)[::4]:
        window.session.do(GoTo(place))
        first = text.firstVisibleBlock().blockNumber()
        assert first <= text.line <= first + text._rows_seen - 1
        line = program(window).program.lines[text.line].text
        each = text.fontMetrics().horizontalAdvance(" ")
        begins = each * (len(line) - len(line.lstrip())) - text.horizontalScrollBar().value()
        assert 0 <= begins < text.viewport().width() / 2


def test_the_choices_change_the_text_and_what_is_copied(open_window):
    window = open_window(view=WHOLE)
    press(window, Qt.Key.Key_Right)
    program(window).version.setFocus()
    press(window, Qt.Key.Key_Down)
    assert window.session.state.view.code_version == "vectorised"
    assert lit_text(window).startswith("a[l] = np.append(1, g(z[l]))")
    section(window).language.setFocus()
    press(window, Qt.Key.Key_Down)
    assert lit_text(window).startswith("a{l} = [1; g(z{l})];")
    click(section(window).copy)
    copied = QGuiApplication.clipboard().text()
    assert copied == program(window).program.text
    assert copied.startswith("1;")
    tick(section(window).whole)
    click(section(window).copy)
    assert QGuiApplication.clipboard().text() == section(window).line.text() != copied


def test_what_is_saved_is_what_is_shown(open_window, monkeypatch, tmp_path, qtbot):
    window = open_window(view=WHOLE)
    asked = []

    def answer(parent, title, first, kinds):
        asked.append((first, kinds))
        return str(tmp_path / "mine"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    click(program(window).save)
    file = tmp_path / "mine.py"
    qtbot.waitUntil(lambda: not window.files.busy)
    assert file.read_text(encoding="utf-8") == program(window).program.text
    window.session.do(ShowLanguage("octave"))
    program(window).save.setFocus()
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.files.busy)
    assert (tmp_path / "mine.m").read_text(encoding="utf-8") == program(window).program.text
    assert [first.rpartition("/")[2] for first, _ in asked] == ["backprop_loop.py", "backprop_loop.m"]
    assert [kinds for _, kinds in asked] == ["NumPy (*.py)", "Octave (*.m)"]


def test_it_says_why_it_could_not_be_saved(open_window, monkeypatch, tmp_path, qtbot):
    window = open_window(view=WHOLE)
    told = []
    monkeypatch.setattr(window, "tell", told.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "mine.py"), ""))
    click(program(window).save)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("The function could not be saved. ")


def test_a_planted_mistake_is_in_the_text_and_a_hidden_one_is_not(open_window):
    window = open_window(view=WHOLE)
    before = program(window).text.toPlainText()
    window.session.do(PlantFault("sign-flipped"))
    assert "delta[L][j] = Y[i, j] - h[j]" in program(window).text.toPlainText()
    window.session.do(HideFault(1))
    assert window.session.state.fault is not None
    assert program(window).text.toPlainText() == before
    window.session.do(PlantFault(None))
    assert program(window).text.toPlainText() == before


def test_another_example_is_the_one_that_the_text_calls(open_window):
    window = open_window(view=WHOLE)
    assert "# example 7 alone" in program(window).text.toPlainText()
    window.session.do(NextExample())
    assert "# example 8 alone" in program(window).text.toPlainText()
    for command in (
        ShowCodeVersion("vectorised"),
        PlantFault("theta-changed-early"),
        NextExample(),
        ShowLanguage("octave"),
        PlantFault(None),
        ShowCodeVersion("loop"),
    ):
        window.session.do(command)  # whatever has been shown before, all of it is the new one
        assert program(window).text.toPlainText() + "\n" == program(window).program.text


def test_a_screen_reader_hears_the_line_and_the_values(open_window):
    window = open_window(view=WHOLE)
    press(window, Qt.Key.Key_Right)
    view = program(window)
    assert view.text.accessibleName() == "The whole function"
    assert f"Line {view.text.line + 1}: a[l][j + 1] = g(total)." in view.text.accessibleDescription()
    assert "l = 2, layer 2" in view.variables.accessibleDescription()
    for button in view.findChildren(QToolButton):
        assert button.accessibleName()


def test_numbers_have_the_digits_of_the_view(open_window):
    window = open_window(view=WHOLE)
    press(window, Qt.Key.Key_Right)
    before = {one.name: one.text for one in program(window).variables.variables}
    window.session.do(ShowDigits(5))
    after = {one.name: one.text for one in program(window).variables.variables}
    assert len(after["total"]) > len(before["total"])


@pytest.mark.parametrize("whole", [True, False])
def test_tab_walks_as_one_reads(open_window, whole):
    window = open_window(view=WHOLE if whole else STILL)
    picture_of(window)
    for _ in range(2):  # as opened, and after the box has been used
        inspector, box = window.panels["inspector"], section(window)
        order, widget = [], inspector
        for _ in range(60):
            widget = widget.nextInFocusChain()
            order.append(widget)
        now = window.session.state.view.whole_code
        code, table = order.index(box.language), order.index(inspector.table)
        assert (code < table) == now
        if now:
            stops = [box.language, box.copy, box.whole, box.program.version, box.program.save, box.program.text]
            places = [order.index(stop) for stop in stops]
            assert places == sorted(places)
        tick(box.whole)
        picture_of(window)


def test_it_is_remembered(open_window, tmp_path):
    window = open_window()
    press(window, "w")
    window.session.do(ShowCodeVersion("vectorised"))
    window.close()
    from nnviz.ui.settings import Settings

    view = Settings(tmp_path / "nnviz.ini").view()
    assert (view.whole_code, view.code_version) == (True, "vectorised")


@pytest.mark.parametrize("version", ["loop", "vectorised"])
@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_all_variables_find_room(open_window, version, zoom):
    window = open_window(view=WHOLE._replace(code_version=version), level=Level.TERM, example=150)
    window.session.do(Zoom(zoom))
    picture_of(window)
    variables = program(window).variables
    for place in window.session.state.story.stops(Level.TERM)[::3]:
        window.session.do(GoTo(place))
        placed = variables.placed()
        assert max(one.line + one.lines for one in placed) <= LINES
        spots = [(one.line + line, one.column) for one in placed for line in range(one.lines)]
        assert len(set(spots)) == len(spots)
        assert variables.height() == LINES * Theme("light", zoom).px(LINE)


def test_there_and_back_looks_the_same(open_window):
    window = open_window(view=WHOLE)
    window.session.do(GoTo(30))
    view = program(window)
    line, before, text = view.text.line, picture_of(view.variables), picture_of(view.text)
    window.session.do(GoTo(200))
    assert view.text.line > line
    assert picture_of(view.variables) != before
    assert picture_of(view.text) != text
    window.session.do(GoTo(30))
    assert view.text.line == line
    assert picture_of(view.variables) == before


@pytest.mark.parametrize("dress", PALETTES)
def test_the_text_can_be_read(dress):
    palette = PALETTES[dress]
    for role in ("text", "muted", "activation", "delta", "accumulator"):
        assert contrast(roles(palette)[role], palette.sunken) >= 4.5
    for role in {"accent", *PHASE_ROLES.values()}:
        assert contrast(palette.text, blend(roles(palette)[role], palette.panel, 0.16)) >= 4.5


def test_the_whole_is_shown_from_the_start(open_window):
    window = open_window(view=View(theme="dark", reduced_motion=True, whole_code=True, code_version="vectorised"))
    assert program(window).isVisible()
    assert lit_text(window).startswith("a[1] = np.append(1, X[i])")
    window.session.do(ShowWholeCode(False))
    assert not program(window).isVisible()
