"""Icons from ``resources/icons``, recoloured through ``currentColor`` and sharp on every screen."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nnviz.files.resources import resource


def icon(name: str, colour: str, disabled: str | None = None, size: int = 18) -> QIcon:
    """The icon *name* in *colour* ("#rrggbb"), *size* logical pixels high; in *disabled* where it can't be used."""
    return _icon(name, colour, disabled or colour, size, QGuiApplication.instance().devicePixelRatio())


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, disabled: str, size: int, ratio: float) -> QIcon:
    made = QIcon(_pixmap(name, colour, size, ratio))
    made.addPixmap(_pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=256)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    dots = round(size * ratio)
    pixmap = QPixmap(dots, dots)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode())).render(
        painter, QRectF(0, 0, dots, dots)
    )
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")
