"""The row of classes above the drawing: which one the next point gets."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from nnviz.ui.data.marks import SIDE, mark_icon
from nnviz.ui.theme import Theme

MOST_SHOWN = 9
LONGEST = 12


class ClassesBar(QWidget):
    """A button with its mark for each of the first nine classes, and one that adds a class."""

    chosen = Signal(int)
    another_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Class of the next point")
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        for label in range(MOST_SHOWN):  # made once: their order is that of the keyboard
            button = QToolButton(checkable=True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._group.addButton(button, label)
            self._line.addWidget(button)
            button.hide()
        self.another = QToolButton(text="New class")
        self.another.clicked.connect(self.another_asked)
        self._line.addWidget(self.another)
        self._line.addStretch(1)

    @property
    def buttons(self) -> list[QToolButton]:
        """The buttons of the classes that are shown."""
        return [button for button in self._group.buttons() if not button.isHidden()]

    def show_classes(self, names: Sequence[str], label: int) -> None:
        """Show *names*, with the one at index *label* chosen."""
        for place, button in enumerate(self._group.buttons()):
            button.setVisible(place < len(names))
            if place < len(names):
                _name(button, names[place], place + 1)
        if label < MOST_SHOWN:
            self._group.button(label).setChecked(True)
        few = len(names) < MOST_SHOWN
        self.another.setEnabled(few)
        self.another.setToolTip(
            "The next points belong to a class of their own"
            if few
            else "Not now: nine classes can be drawn; more can be typed in the table."
        )

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._line.setSpacing(theme.px(5))
        for label, button in enumerate(self._group.buttons()):
            button.setIcon(mark_icon(theme, label, self.devicePixelRatioF()))
            button.setIconSize(QSize(theme.px(SIDE), theme.px(SIDE)))
            button.setFont(theme.font(12))
        self.another.setFont(theme.font(12))


def _name(button: QToolButton, name: str, number: int) -> None:
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    button.setText(short.replace("&", "&&"))
    button.setToolTip(f"Class {name} (key {number})")
    button.setAccessibleName(f"Class {name}")
