"""Θ is saved from the window and taken back, and what cannot be taken is told while the old one stays."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QApplication

from nnviz.engine.network import Network
from nnviz.files.saved import load_saved, save_thetas
from nnviz.session.commands import SetTheta
from nnviz.ui import keep
from tests.ui import windows


@pytest.fixture
def window(qtbot, tmp_path: Path):
    window = windows.opened(tmp_path)
    qtbot.addWidget(window)
    return window


def told(window) -> str:
    """What the window says once the file has been written or read."""
    deadline = QDeadlineTimer(10_000)
    while window.files.busy and not deadline.hasExpired():
        QApplication.processEvents()
    return window._messages.text()


@pytest.mark.parametrize("suffix", [".npz", ".mat"])
def test_what_is_saved_comes_back_and_undo_takes_it_away(window, tmp_path, suffix):
    window.session.do(SetTheta(1, 1, 1, 7.0))
    saved = window.session.state.model.network
    keep.save(window, tmp_path / f"theta{suffix}")
    assert told(window).startswith("Saved to")
    window.session.undo()
    before = window.session.state.model.network
    keep.load(window, tmp_path / f"theta{suffix}")
    assert told(window).startswith("Θ comes from")
    loaded = window.session.state.model.network
    assert np.array_equal(loaded.unroll(), saved.unroll())
    window.session.undo()
    assert np.array_equal(window.session.state.model.network.unroll(), before.unroll())


def test_how_it_came_about_stands_beside_it(window, tmp_path):
    keep.save(window, tmp_path / "theta.npz")
    assert told(window).startswith("Saved to")
    how = load_saved(tmp_path / "theta.npz").how
    assert (how["data"], how["seed"], how["iterations"], how["method"]) == ("vehicles", 4, 0, "gradient-descent")


def test_a_theta_of_other_ends_is_declined(window, tmp_path):
    save_thetas(tmp_path / "other.npz", Network.random((4, 5, 3), seed=1))
    before = window.session.state
    keep.load(window, tmp_path / "other.npz")
    assert "need 3 units in the first layer and 4 in the last" in told(window)
    assert window.session.state is before


def test_what_is_no_theta_is_told(window, tmp_path):
    path = tmp_path / "letter.npz"
    path.write_text("Dear all")
    before = window.session.state
    keep.load(window, path)
    assert told(window).startswith("letter.npz")
    keep.save(window, tmp_path / "no" / "where.npz")
    assert told(window).startswith("Θ could not be saved")
    assert window.session.state is before
