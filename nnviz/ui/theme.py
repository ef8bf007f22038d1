"""How the window is dressed: colours from the palette, fonts of our own, and one zoom for everything."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

from nnviz.files.resources import resource
from nnviz.picture.palette import PALETTES, RUNS, Dress, Palette, blend, roles
from nnviz.session.state import View

FAMILY = "DejaVu Sans"
CODE_FAMILY = "DejaVu Sans Mono"
PROJECTOR_ZOOM = 1.2


@dataclass(frozen=True)
class Theme:
    """A dress at a zoom. ``px`` and ``font`` take sizes at zoom 1, in logical pixels."""

    dress: Dress
    zoom: float

    @property
    def palette(self) -> Palette:
        """The colours."""
        return PALETTES[self.dress]

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """Colours by role, as formulas take them."""
        return roles(self.palette)

    def colour(self, role: str) -> QColor:
        """The colour of a role."""
        return QColor(self.roles[role])

    def wash(self, role: str) -> QColor:
        """A light surface in the colour of a role, on which text is as easy to read as on a panel."""
        return QColor(blend(self.roles[role], self.palette.panel, 0.16))

    def run_colour(self, number: int) -> QColor:
        """The colour of run *number* (from 1); they come again after the last."""
        colours = RUNS[self.dress]
        return QColor(colours[(number - 1) % len(colours)])

    def px(self, length: float) -> int:
        """A length in whole logical pixels, at this zoom."""
        return max(1, round(length * self.zoom))

    def font(self, size: float = 13, *, bold: bool = False, italic: bool = False, mono: bool = False) -> QFont:
        """A font of *size* pixels; bundled, so that it looks the same on every machine."""
        font = QFont(CODE_FAMILY if mono else FAMILY)
        font.setPixelSize(max(6, round(size * self.zoom)))
        font.setBold(bold)
        font.setItalic(italic)
        return font


def theme_of(view: View) -> Theme:
    """The theme that a view asks for; "system" follows the desktop."""
    dress: Dress = _system_dress() if view.theme == "system" else view.theme
    return _theme(dress, view.zoom * (PROJECTOR_ZOOM if dress == "projector" else 1.0))


@lru_cache(maxsize=32)
def _theme(dress: Dress, zoom: float) -> Theme:
    return Theme(dress, zoom)


def _system_dress() -> Dress:
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; once, after the application is made."""
    for path in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
