"""Colours and lengths of Qt's own widgets: a palette and a style sheet, both made from the theme."""

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.engine.steps import Phase
from nnviz.files.resources import resource
from nnviz.picture.palette import blend
from nnviz.ui.theme import Theme

PHASE_ROLES = {
    Phase.FORWARD: "forward",
    Phase.COST: "cost",
    Phase.BACKWARD: "backward",
    Phase.ACCUMULATE: "accent",
    Phase.GRADIENT: "accent",
    Phase.UPDATE: "accent",
}
"""Each phase by the role of its colour: two directions, the cost, and what is summed."""

MOST_OF_WINDOW = 0.94
"""The share of the window that a dialog over it may take."""

# $role is a colour; every length in px grows with the zoom.
SHEET = """
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }

#messages { background: $text; color: $panel; border-radius: 8px; padding: 7px 14px; }

QMenuBar { background: transparent; border: none; color: $muted; }
QMenuBar::item { background: transparent; padding: 5px 8px; border-radius: 6px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; color: $text; }
QMenu { background: $panel; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 22px 5px 26px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; left: 6px; }

QToolButton, QPushButton {
    background: $sunken; color: $text; border: 1px solid $line; border-radius: 6px; padding: 4px 9px;
}
QToolButton:hover, QPushButton:hover { background: $hover; }
QToolButton:pressed, QPushButton:pressed, QPushButton:checked, QToolButton:checked { background: $line; }
QToolButton:focus, QPushButton:focus { border: 1px solid $accent; }
QToolButton:disabled, QPushButton:disabled { color: $faint; }
QToolButton[tab="true"] { background: transparent; border: 1px solid transparent; color: $muted; padding: 4px 10px; }
QToolButton[tab="true"]:hover { color: $text; }
QToolButton[tab="true"]:checked { background: $panel; border: 1px solid $line; color: $text; }
QToolButton[tab="true"]:focus { border: 1px solid $accent; }
QToolButton::menu-indicator { image: none; width: 0px; }
QToolButton#chip-seed { padding-right: 26px; }
QToolButton::menu-button { border: none; border-left: 1px solid $line; width: 18px; }
#transport QToolButton, #header QToolButton { font-size: 13px; }

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit {
    background: $sunken; color: $text; border: 1px solid $line; border-radius: 6px; padding: 3px 6px;
    selection-background-color: $accent; selection-color: $on_colour;
}
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus { border: 1px solid $accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: $faint; }
QAbstractItemView { background: $panel; color: $text; border: 1px solid $line; outline: none; }
QTableView:focus, QListView:focus { border: 1px solid $accent; }
QListView::item { padding: 3px 4px; }
QAbstractItemView::item:selected { background: $accent; color: $on_colour; }
QTableView { gridline-color: $line; }
QHeaderView { background: $sunken; }
QHeaderView::section, QTableCornerButton::section {
    background: $sunken; color: $muted; padding: 3px 6px;
    border: none; border-right: 1px solid $line; border-bottom: 1px solid $line;
}
QTableView QLineEdit { border-radius: 0; padding: 0px 3px; }

QCheckBox { spacing: 7px; }
QCheckBox:disabled { color: $faint; }
QCheckBox::indicator, QAbstractItemView::indicator {
    width: 13px; height: 13px; border: 1px solid $muted; border-radius: 3px; background: $panel;
}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border: 1px solid $accent; image: url("$check");
}
QCheckBox::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:disabled { border: 1px solid $faint; background: $sunken; }
QCheckBox:focus { color: $accent; }
QProgressBar { background: $sunken; border: none; border-radius: 3px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QFileDialog QToolButton { padding: 2px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 1px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 1px; }
QScrollBar::handle { background: $line; border-radius: 4px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $panel; color: $text; border: 1px solid $line; padding: 4px 6px; }
"""


def within(window: QWidget, size: QSize) -> QSize:
    """That size for a dialog of *window*, or what has room over it: a small screen must show its buttons, too."""
    return size.boundedTo(window.size() * MOST_OF_WINDOW)


def dress(window: QWidget, theme: Theme) -> None:
    """Give *window*, a top-level widget, and all in it the theme's colours and font."""
    # Otherwise a window with a style sheet keeps its palette and font from what is in it.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_UseStyleSheetPropagationInWidgetStyles)
    common = palette(theme)
    colours = QPalette(common)
    colours.setColor(QPalette.ColorRole.Window, theme.colour("window"))
    window.setPalette(colours)
    window.setFont(theme.font())
    window.setStyleSheet(sheet(theme))
    QToolTip.setPalette(common)
    QToolTip.setFont(theme.font(12))


def sheet(theme: Theme) -> str:
    """The style sheet in the theme's colours and at its zoom."""
    colours = dict(theme.roles) | _between(theme) | {"check": _check(theme).as_posix()}
    text = re.sub(r"(\d+)px", lambda found: f"{theme.px(int(found[1])) if found[1] != '0' else 0}px", SHEET)
    return re.sub(r"\$(\w+)", lambda found: colours[found[1]], text)


def _check(theme: Theme) -> Path:
    """The mark of a box that is checked; a style sheet takes it from a file, so there is one for each colour."""
    return resource("marks", "checked-dark.svg" if theme.dress == "dark" else "checked.svg")


def palette(theme: Theme) -> QPalette:
    """The colours of what the style sheet does not name."""
    made = QPalette()
    faint = QColor(_between(theme)["faint"])
    for role, name in _PALETTE_ROLES.items():
        made.setColor(role, theme.colour(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, faint)
    return made


def _between(theme: Theme) -> dict[str, str]:
    """Shades that are mixed from two of the palette's."""
    colours = theme.palette
    return {
        "hover": blend(colours.text, colours.panel, 0.07),
        "faint": blend(colours.muted, colours.panel, 0.6),
    }


_PALETTE_ROLES = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.Base: "sunken",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Button: "sunken",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "text",
    QPalette.ColorRole.ToolTipBase: "panel",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_colour",
    QPalette.ColorRole.Link: "positive",
    QPalette.ColorRole.Light: "panel",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "muted",
    QPalette.ColorRole.Shadow: "line",
}
