"""From the command to the first painted window, against a bare PySide6 window with numpy imported."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measure import Missing, Row

ROOT = Path(__file__).resolve().parents[1]
OURS = ("-m", "nnviz", "--smoke")
BARE = (
    "-c",
    """
import sys, time
import numpy
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, finish)

def finish():
    print(f"painted at {time.monotonic():.6f}", flush=True)
    window.close()

application = QApplication(sys.argv[:1])
window = Window()
window.resize(1440, 900)
window.show()
sys.exit(application.exec())
""",
)
PAINTED = "painted at "


@dataclass(frozen=True)
class StartUp:
    """Processes in turn, so that whatever slows the machine down slows both; medians."""

    name: str = "start: command to first painted window : bare window"
    limit: float = 1.6
    rounds: int = 15

    def measure(self, quick: bool) -> Row:
        """Both have run once before: a user starts the program more than once, with its bytecode written."""
        if find_spec("PySide6") is None:
            raise Missing("PySide6 is not installed")
        with tempfile.TemporaryDirectory() as home:
            environment = _environment(Path(home))
            commands = ([sys.executable, *arguments] for arguments in (OURS, BARE))
            ours, other = (lambda command=command: _painted(command, environment) for command in commands)
            ours(), other()
            times = [(ours(), other()) for _ in range(1 if quick else self.rounds)]
        return Row(self.name, *(statistics.median(column) for column in zip(*times, strict=True)), self.limit)


def _environment(home: Path) -> Mapping[str, str]:
    """As on a desktop, but without a screen, and with a home of its own for settings and bytecode."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
        "QT_QPA_PLATFORM": "offscreen",
    }


def _painted(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Seconds from here until the process says that its window has been painted."""
    start = time.monotonic()  # the system's clock, which all processes share
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    stamp = next(line for line in done.stdout.splitlines() if line.startswith(PAINTED))
    return float(stamp.removeprefix(PAINTED)) - start


BENCHMARKS = (StartUp(),)
