"""What the dialogs for data share: dress, what is wrong or understood, and the two buttons."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nnviz.engine.data import Dataset
from nnviz.session.commands import ChooseData
from nnviz.session.examples import Examples, prepared
from nnviz.session.session import Session
from nnviz.ui.dialog import Dialog
from nnviz.ui.fields import Label
from nnviz.ui.style import within
from nnviz.ui.theme import Theme
from nnviz.ui.worker import Background

AT_ONCE = 500_000
"""As many numbers are scaled before anybody notices; for more, the window does not wait."""


class DataDialog(Dialog):
    """Offers a data set, and sends it to *session* when it is taken; until then nothing else changes.

    ``column`` is for what is chosen from. *background* does what takes long; nothing of it is heard of once the dialog
    is closed.
    """

    def __init__(self, session: Session, background: Background, title: str, take: str, parent: QWidget) -> None:
        super().__init__(session, title, parent, Label("", bold=True))
        self.background = background
        self.data: Dataset | None = None
        self.column = QVBoxLayout()
        self.take = QPushButton(take, autoDefault=False)
        self.cancel = QPushButton("Cancel", autoDefault=False)
        self._fill()
        self.take.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    def offer(self, data: Dataset, meaning: str) -> None:
        """Let *data* be taken; *meaning* says what they are."""
        self.data = data
        self.say(meaning, "")
        self.take.setEnabled(True)
        self.take.setToolTip("Study these data; Ctrl+Z brings back those of before")

    def refuse(self, reason: str) -> None:
        """Say why there is nothing to take."""
        self.withhold(reason)
        self.say("", reason)

    def wait(self, words: str) -> None:
        """Say that it is not known yet what there is to take."""
        self.withhold(words)
        self.say(words, "")

    def withhold(self, reason: str) -> None:
        """Let nothing be taken for now."""
        self.data = None
        self.take.setEnabled(False)
        self.take.setToolTip(f"Not now: {reason}")

    def accept(self) -> None:
        data = self.data
        if data is None:
            return
        if data.X.size <= AT_ONCE:
            self._use(data, None)
            return
        self.wait("The data are being prepared …")
        self.background.run(
            lambda: prepared(data), lambda examples: self._use(data, examples), lambda error: self.refuse(str(error))
        )

    def done(self, result: int) -> None:
        self.background.forget()
        super().done(result)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        super().dress(theme)
        self.column.setSpacing(theme.px(10))
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """As large as what is chosen from needs, and not larger than the window that it lies over."""
        return within(self.parentWidget().window(), self.wanted_size(self.theme))

    def wanted_size(self, theme: Theme) -> QSize:
        """The size when there is room enough."""
        return QSize(theme.px(880), theme.px(620))

    def _use(self, data: Dataset, examples: Examples | None) -> None:
        try:
            self.session.do(ChooseData(data, prepared=examples))
        except ValueError as problem:
            self.refuse(str(problem))
        else:
            super().accept()

    def _fill(self) -> None:
        self.meaning.setAccessibleName("What it means")
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.cancel)
        self.buttons.addWidget(self.take)
        whole = QVBoxLayout(self)
        whole.addLayout(self.column, 1)
        whole.addWidget(self.meaning)
        whole.addWidget(self.problem)
        whole.addLayout(self.buttons)
