"""A session on small data, fonts and a way to show a panel as the window would."""

import pytest

from nnviz.engine.story import Level
from nnviz.files.datasets import load
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import View, initial
from nnviz.ui import theme
from nnviz.ui.style import dress


@pytest.fixture
def session():
    return made("vehicles", 6)


def made(data, example=0, level=Level.UNIT):
    return Session(initial(model_for(load(data)), example, view=View(theme="light"), level=level))


@pytest.fixture
def make():
    return made


@pytest.fixture
def show(qtbot, session):
    """Show a panel as a window of its own, dressed, with the focus."""

    def shown(panel, width=318, height=828):
        theme.load_fonts()
        qtbot.addWidget(panel)
        dress(panel, theme.theme_of(session.state.view))
        panel.resize(width, height)
        panel.show()
        panel.activateWindow()
        qtbot.waitExposed(panel)
        return panel

    return shown
