"""Predict mode through the whole window, with keys and clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from nnviz.engine.asking.question import Kind
from nnviz.engine.quantities import Symbol
from nnviz.engine.story import Level
from nnviz.picture.numbers import shown
from nnviz.session.checking import PlantFault
from nnviz.session.commands import ShowLevel, ShowTheme, ShowTool
from nnviz.session.predicting import AskFor, pending
from tests.ui.windows import click, picture_of, press, type_text


@pytest.fixture
def predicting(window):
    """Predict mode is on, numbers are asked for."""
    press(window, Qt.Key.Key_P)
    window.session.do(AskFor(Kind.NUMBER))
    return window


def card(window):
    return window.workbench.question


def place(window):
    return window.session.state.moment.place


def unit_after(window, start=0):
    return window.session.state.story.after(start, Level.UNIT)


def test_p_turns_it_on_and_off(window):
    assert card(window) is None
    press(window, Qt.Key.Key_P)
    assert card(window).isVisible()
    assert window.table["predict"].isChecked()
    assert window.board.hasFocus()
    press(window, Qt.Key.Key_P)
    assert not card(window).isVisible()
    assert not window.table["predict"].isChecked()


def test_it_shows_the_inspector_if_that_was_put_away(window):
    window.workbench.toggle("inspector")
    press(window, Qt.Key.Key_P)
    assert card(window).isVisible()


def test_the_arrow_asks_and_the_answer_is_typed(predicting):
    press(predicting, Qt.Key.Key_Right)
    assert place(predicting) == 0
    asked = pending(predicting.session.state)
    shown_card = card(predicting)
    assert shown_card.question.text() == "What is z of unit 1 of layer 2?"
    assert shown_card.field.hasFocus()
    type_text(predicting, shown(asked.value))
    assert place(predicting) == asked.told
    assert shown_card.said.text() == f"✓ Right: z₁⁽²⁾ = {shown(asked.value)}"
    assert shown_card.tally.text() == "1 of 1"
    assert predicting.board.hasFocus()
    assert not shown_card.field.isVisible()


def test_nothing_tells_the_answer_before(predicting):
    press(predicting, Qt.Key.Key_Right)
    asked = pending(predicting.session.state)
    texts = {unit.text for unit in predicting.board.seen.units} | {tag.text for tag in predicting.board.seen.tags}
    assert shown(asked.value) not in texts
    told = predicting.panels["inspector"].sentence.text()
    assert shown(asked.value) not in told
    known = predicting.session.state.story.known(asked.target, place(predicting))
    assert not known


def test_the_arrow_again_goes_on(predicting):
    press(predicting, Qt.Key.Key_Right, times=2)
    assert place(predicting) == unit_after(predicting)
    assert card(predicting).tally.text() == ""
    press(predicting, Qt.Key.Key_Right, times=2)
    assert place(predicting) == unit_after(predicting, unit_after(predicting))


def test_return_on_nothing_goes_on_and_escape_leaves_the_field(predicting):
    press(predicting, Qt.Key.Key_Right)
    press(predicting, Qt.Key.Key_Return)
    assert place(predicting) == unit_after(predicting)
    press(predicting, Qt.Key.Key_Right)
    press(predicting, Qt.Key.Key_Escape)
    assert predicting.board.hasFocus()
    assert pending(predicting.session.state) is not None
    press(predicting, Qt.Key.Key_Right)
    assert place(predicting) == unit_after(predicting, unit_after(predicting))


def test_a_mistake_is_named_and_one_may_try_again(predicting):
    state = predicting.session.state
    while not (asked := pending(predicting.session.state)) or asked.target.symbol is not Symbol.A:
        press(predicting, Qt.Key.Key_Right)
        if (asked := pending(predicting.session.state)) and asked.target.symbol is Symbol.Z:
            type_text(predicting, shown(asked.value))
    z = state.story.trace.quantity(asked.target._replace(symbol=Symbol.Z)).value
    type_text(predicting, shown(z))
    assert card(predicting).said.text() == "✕ That is z: g is still to be applied."
    assert card(predicting).field.hasFocus()
    assert card(predicting).field.selectedText() == card(predicting).field.text()
    type_text(predicting, shown(asked.value))
    assert card(predicting).said.text().startswith("✓ Right")
    assert card(predicting).tally.text() == "1 of 2"


def test_what_has_been_judged_does_not_hold_the_arrow(predicting):
    press(predicting, Qt.Key.Key_Right)
    type_text(predicting, "77")
    press(predicting, Qt.Key.Key_Right)
    assert place(predicting) == unit_after(predicting)


def test_while_one_types_keys_are_for_the_field(predicting):
    press(predicting, Qt.Key.Key_Right)
    field = card(predicting).field
    for key in ("5", "1", "e", "-", "3"):
        press(predicting, key)
    press(predicting, Qt.Key.Key_Left)
    press(predicting, Qt.Key.Key_Right)
    assert (field.text(), field.cursorPosition(), place(predicting)) == ("51e-3", 5, 0)
    assert predicting.session.state.level is Level.UNIT


def test_with_nothing_typed_the_keys_of_the_window_work(predicting):
    press(predicting, Qt.Key.Key_Right)
    press(predicting, Qt.Key.Key_End)
    assert place(predicting) == predicting.session.state.story.length
    press(predicting, Qt.Key.Key_Home)
    press(predicting, Qt.Key.Key_Right)
    assert card(predicting).field.hasFocus()
    press(predicting, Qt.Key.Key_P)
    assert predicting.session.state.predict is None
    assert predicting.board.hasFocus()


def test_signs_take_one_key_or_click(window):
    press(window, Qt.Key.Key_P)
    window.session.do(AskFor(Kind.SIGN))
    press(window, Qt.Key.Key_Right)
    asked = pending(window.session.state)
    press(window, "-" if asked.value < 0 else "+")
    assert card(window).said.text().startswith("✓ Right")
    press(window, Qt.Key.Key_Right)  # a of a sigmoid has no sign to be asked for
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Right)
    asked = pending(window.session.state)
    assert asked.kind is Kind.SIGN
    click(card(window).signs["+" if asked.value < 0 else "−"])
    assert card(window).said.text().startswith("✕ Not yet")
    click(card(window).signs["−" if asked.value < 0 else "+"])
    assert card(window).said.text().startswith("✓ Right")
    assert card(window).tally.text() == "1 of 2"


def test_the_buttons_show_and_skip(predicting):
    press(predicting, Qt.Key.Key_Right)
    asked = pending(predicting.session.state)
    click(card(predicting).show_answer)
    assert card(predicting).said.text() == f"z₁⁽²⁾ = {shown(asked.value)}"
    press(predicting, Qt.Key.Key_Right)
    click(card(predicting).skip)
    assert place(predicting) == unit_after(predicting)
    assert predicting.board.hasFocus()
    assert card(predicting).said.text() == ""


def test_the_kind_is_chosen_from_a_menu(predicting):
    press(predicting, Qt.Key.Key_Right)
    wish = card(predicting).wish
    wish.setFocus()
    press(predicting, Qt.Key.Key_Up, times=2)
    assert predicting.session.state.predict.wish is Kind.SIGN
    assert pending(predicting.session.state).kind is Kind.SIGN


def test_who_has_chosen_the_kind_types_the_answer_next(predicting, qtbot):
    press(predicting, Qt.Key.Key_Right)
    wish, field = card(predicting).wish, card(predicting).field
    wish.setFocus()
    wish.showPopup()
    row = wish.model().index(wish.findData(Kind.SIZE), 0)
    wish.view().scrollTo(row)
    qtbot.mouseMove(wish.view().viewport(), wish.view().visualRect(row).center())
    qtbot.wait(QApplication.doubleClickInterval())  # a release too soon belongs to the press that has opened the list
    qtbot.mouseClick(wish.view().viewport(), Qt.MouseButton.LeftButton, pos=wish.view().visualRect(row).center())
    qtbot.waitUntil(lambda: predicting.session.state.predict.wish is Kind.SIZE)
    assert field.hasFocus()


def test_a_question_that_comes_while_the_kind_has_the_focus_is_typed_into(predicting):
    card(predicting).wish.setFocus()
    press(predicting, Qt.Key.Key_Right)
    assert card(predicting).field.hasFocus()


def test_a_question_that_waits_again_is_typed_into(predicting):
    field = card(predicting).field
    press(predicting, Qt.Key.Key_Right)
    press(predicting, "7")
    for away, back in ((ShowLevel(Level.LAYER), ShowLevel(Level.UNIT)), (ShowTool("train"), ShowTool("step"))):
        predicting.session.do(away)
        assert not field.isVisible()
        predicting.session.do(back)
        assert field.isVisible()
        assert field.hasFocus()


def test_it_says_why_nothing_is_asked(predicting):
    assert card(predicting).rule.text() == "→ asks before it shows."
    press(predicting, "3")
    assert "one unit" in card(predicting).rule.text()
    press(predicting, "2")
    predicting.session.do(PlantFault("no-slope"))
    assert "A mistake is planted" in card(predicting).rule.text()
    press(predicting, Qt.Key.Key_Right)
    assert place(predicting) == unit_after(predicting)


def test_a_screen_reader_gets_question_verdict_and_tally(predicting):
    press(predicting, Qt.Key.Key_Right)
    assert "What is z of unit 1 of layer 2?" in card(predicting).accessibleDescription()
    assert card(predicting).field.accessibleName() == "What is z of unit 1 of layer 2?"
    type_text(predicting, "77")
    assert "✕" in card(predicting).field.accessibleDescription()
    assert "Right at the first try: 0 of 1." in card(predicting).accessibleDescription()


def test_playing_does_not_ask(predicting):
    press(predicting, Qt.Key.Key_Space)
    assert place(predicting) > 0
    assert pending(predicting.session.state) is None
    press(predicting, Qt.Key.Key_Space)


@pytest.mark.parametrize("theme", ["dark", "projector"])
def test_it_takes_the_theme(predicting, theme):
    press(predicting, Qt.Key.Key_Right)
    before = picture_of(card(predicting))
    predicting.session.do(ShowTheme(theme))
    assert picture_of(card(predicting)) != before
    assert card(predicting).field.hasFocus()


def test_tab_comes_to_the_field_and_the_buttons(predicting):
    press(predicting, Qt.Key.Key_Right)
    seen = []
    for _ in range(3):
        press(predicting, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert card(predicting).show_answer in seen
    assert card(predicting).skip in seen
