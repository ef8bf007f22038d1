"""Typing a seed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QLabel, QSpinBox, QWidget

from nnviz.session.state import View
from nnviz.ui.popup import Popup

LARGEST = 2**31 - 1


class SeedPopup(Popup):
    """A field for the seed: Return takes it."""

    chosen = Signal(int)

    def __init__(self, seed: int, view: View, parent: QWidget) -> None:
        super().__init__(view, parent)
        self.field = QSpinBox(accessibleName="Seed", maximum=LARGEST, value=seed, keyboardTracking=False)
        self.column.addWidget(QLabel("Seed: the same one gives the same Θ."))
        self.column.addWidget(self.field)
        self.setFocusProxy(self.field)

    def open_below(self, button: QWidget) -> None:
        super().open_below(button)
        self.field.setFocus()
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.field.value())
            self.close()
        else:
            super().keyPressEvent(event)
