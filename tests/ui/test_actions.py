"""The table of actions, every row through the same checks."""

import re

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from nnviz.files import datasets
from nnviz.session.commands import Command, GoTo, GoToExample, SetSpeed, SetTheta, Zoom
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from nnviz.ui.actions import ACTIONS
from nnviz.ui.menus import Actions, key_text
from nnviz.ui.story_actions import SPEEDS
from nnviz.ui.workbench import PANEL_ACTIONS


@pytest.fixture
def session():
    return Session(initial(model_for(datasets.load("vehicles")), 6))


@pytest.fixture
def host(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    return host


@pytest.fixture
def done():
    return []


@pytest.fixture
def actions(session, host, done):
    deeds = {row.name: lambda name=row.name: done.append(name) for row in ACTIONS if row.command is None}
    return Actions(session, deeds, done.append, host)


def test_no_name_and_no_key_is_used_twice(qapp):
    names = [row.name for row in ACTIONS]
    keys = [QKeySequence(key).toString() for row in ACTIONS for key in row.keys]
    assert len(set(names)) == len(names)
    assert len(set(keys)) == len(keys)
    assert all(keys)


def test_no_letter_leads_to_two_rows_of_a_menu(session, host, qtbot):
    everything = Actions(session, {}, print, host, PANEL_ACTIONS)
    bar = QMenuBar(host)
    everything.menus(bar)
    for menu in (bar, *bar.findChildren(QMenu)):
        letters = [
            re.search("&([^&])", action.text()).group(1).lower() for action in menu.actions() if "&" in action.text()
        ]
        assert len(set(letters)) == len(letters), [action.text() for action in menu.actions()]


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row.name)
def test_every_row_helps_and_acts(row, session, actions, done):
    assert row.help
    assert not row.help.endswith(".")
    assert row.menu
    if row.command is None:
        session.do(SetTheta(1, 1, 0, 0.5))
        session.undo() if row.name == "redo" else None
        actions[row.name].trigger()
        assert done == [row.name]
    else:
        command = row.command(session.state)
        assert isinstance(command, Command)
        session.do(command)


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row.name)
def test_the_tooltip_says_the_key_and_why_not(row, session, actions):
    tip = actions[row.name].toolTip()
    assert row.help in tip
    assert not row.keys or key_text(row.keys[0]) in tip
    assert actions[row.name].isEnabled() is (row.refusal(session) is None)
    assert actions[row.name].isEnabled() or row.refusal(session) in tip


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("back", GoTo(0)),
        ("first", GoTo(0)),
        ("last", GoTo(10**9)),
        ("next-example", GoToExample(149)),
        ("previous-example", GoToExample(0)),
        ("faster", SetSpeed(20.0)),
        ("slower", SetSpeed(0.1)),
        ("zoom-in", Zoom(3.0)),
        ("zoom-out", Zoom(0.6)),
        ("zoom-reset", Zoom(1.0)),
    ],
)
def test_what_has_nothing_to_do_says_so(session, actions, name, command):
    session.do(command)
    if name == "back":
        session.do(GoToExample(0))
    assert not actions[name].isEnabled()
    assert "Not now: " in actions[name].toolTip()


def test_forward_goes_to_the_very_end(session, actions):
    session.do(GoToExample(149))
    session.do(GoTo(10**9))
    assert not actions["forward"].isEnabled()
    session.do(GoToExample(148))
    session.do(GoTo(10**9))
    assert actions["forward"].isEnabled()


def test_undo_says_what(session, actions):
    assert not actions["undo"].isEnabled()
    session.do(SetTheta(1, 1, 0, 0.5))
    assert actions["undo"].text() == "&Undo: Change of Θ"
    session.undo()
    assert not actions["undo"].isEnabled()
    assert actions["redo"].text() == "&Redo: Change of Θ"


def test_a_mark_stays_when_its_row_is_chosen_again(session, actions):
    assert actions["level-unit"].isChecked()
    actions["level-unit"].trigger()
    assert actions["level-unit"].isChecked()
    actions["level-term"].trigger()
    assert not actions["level-unit"].isChecked()


def test_speeds_are_walked_up_and_down(session, actions):
    session.do(SetSpeed(0.1))
    seen = [session.state.view.speed]
    while actions["faster"].isEnabled():
        actions["faster"].trigger()
        seen.append(session.state.view.speed)
    assert tuple(seen) == SPEEDS


def test_reset_is_noted_only_when_something_is_lost(session, actions, done):
    session.do(GoTo(5))
    actions["reset"].trigger()
    assert done == []
    session.do(SetTheta(1, 1, 0, 0.5))
    actions["reset"].trigger()
    assert "Ctrl+Z" in done[0]


def test_menus_hold_every_row(actions, host):
    bar = QMenuBar(host)
    actions.menus(bar)
    assert [action.text() for action in bar.actions()] == ["&File", "&Edit", "&Story", "&Run", "&View", "&Help"]
    held = {row.name for row in ACTIONS if actions[row.name].associatedObjects()}
    assert held == {row.name for row in ACTIONS}
