"""The only clock: plays the story at a speed, and moves what the latest step shows."""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from nnviz.picture.motion import MOVEMENT, SHARE
from nnviz.session.commands import Pause, StepForward, at_the_end
from nnviz.session.session import Session
from nnviz.session.state import State

FRAME = 16
"""Milliseconds between two pictures of a movement."""
REPEAT = 150
"""Steps by hand that follow each other faster than this, in milliseconds, show no movement."""


class Player(QObject):
    """Sends StepForward while the state says that it plays. No timer runs when nothing plays and nothing moves."""

    progress_changed = Signal(float)
    """How far the movement of the latest step has come, in time: 0 … 1; 1 is at rest."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._beat = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._step)
        self._frames = QTimer(self, interval=FRAME, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._move)
        self._moving = QElapsedTimer()
        self._since_step = QElapsedTimer()
        self._length = MOVEMENT
        self._forget = session.listen(self._changed)

    @property
    def moves(self) -> bool:
        """Whether a movement is under way."""
        return self._frames.isActive()

    def close(self) -> None:
        """Stop for good."""
        self._forget()
        self._forget = lambda: None
        self._beat.stop()
        self._frames.stop()

    def finish(self) -> None:
        """Go straight to the end of the movement under way."""
        if self.moves:
            self._frames.stop()
            self.progress_changed.emit(1.0)

    def _changed(self, old: State | None, new: State) -> None:
        if old is None:
            return
        walked = new.moment is not old.moment and (new.story is not old.story or new.moment != old.moment)
        if (new.playing, new.view.speed) != (old.playing, old.view.speed):
            self._set_beat(old, new)
        elif walked and new.playing:
            self._beat.start()
        if walked:
            self._show(old, new)

    def _set_beat(self, old: State, new: State) -> None:
        if not new.playing:
            self._beat.stop()
            return
        self._beat.start(round(1000 / new.view.speed))
        if not old.playing:  # something moves the moment play is pressed
            self._session.do(StepForward())

    def _step(self) -> None:
        self._session.do(StepForward())
        if at_the_end(self._session.state):
            self._session.do(Pause())

    def _show(self, old: State, new: State) -> None:
        """Begin the movement of one step forward; anything else, and a step too soon, is at its end at once."""
        forward = new.story is old.story and new.moment.place == new.story.after(old.moment.place, new.level)
        hurried = not new.playing and self._since_step.isValid() and self._since_step.elapsed() < REPEAT
        self._since_step.start()
        if not forward or hurried or new.view.reduced_motion or desktop_reduces_motion():
            self.finish()
            return
        self._length = min(MOVEMENT, SHARE * 1000 / new.view.speed) if new.playing else MOVEMENT
        self._moving.start()
        self._frames.start()
        self.progress_changed.emit(0.0)

    def _move(self) -> None:
        progress = self._moving.elapsed() / self._length
        if progress >= 1.0:
            self.finish()
        else:
            self.progress_changed.emit(progress)


def desktop_reduces_motion() -> bool:
    """Whether the desktop asks for less movement, as far as Qt's style tells."""
    from PySide6.QtWidgets import QStyle  # its many enumerations take 15 ms, which start-up need not pay

    return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0
