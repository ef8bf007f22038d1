"""A window for each test, closed afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nnviz.ui.window import Window
from tests.ui import windows

Open = Callable[..., Window]


@pytest.fixture
def open_window(qtbot, tmp_path: Path) -> Open:
    """Opens windows as ``windows.opened`` does."""

    def opened(*args: object, **options: object) -> Window:
        window = windows.opened(tmp_path, *args, **options)
        qtbot.addWidget(window)
        return window

    return opened


@pytest.fixture
def window(open_window: Open) -> Window:
    """Vehicles, 3-5-5-4, example 7, nothing moving by itself."""
    return open_window()
