"""A formula on the screen: sharp at any zoom, its labelled pieces to point at, choose and light."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QByteArray, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnviz.picture.document import labels
from nnviz.picture.markup import Formula, plain
from nnviz.picture.typeset import Typeset, Typesetter
from nnviz.ui.fields import takes_key
from nnviz.ui.guard import guarded

# Room above and below the baseline, in em, that fits sub- and superscripts: the baseline and the widgets below
# stay where they are while such formulas follow each other. Taller ones, with a Σ or a fraction, take more.
ASCENT_EM = 1.25
DESCENT_EM = 0.6
TINT = 0.22
REACH = 2.0
"""How far, in pixels, a piece can be pointed at beyond its ink."""


class FormulaView(QWidget):
    """Draws one formula from the left, wrapped to its width; one with a matrix shrinks to fit instead.

    It is one stop in the Tab order if it has labelled pieces. With the focus, Left and Right walk over
    these, Return chooses, Escape lets go and Ctrl+C copies the formula as text.
    """

    pointed = Signal(object)
    """The key of the piece under the pointer or the keyboard's mark, or None."""
    chosen = Signal(str)
    """The key of the piece that was clicked, or chosen with Return."""

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self._formula: Formula | None = None
        self._colours: Mapping[str, str] = {}
        self._size = 16.0
        self._hint: Callable[[str], str] = lambda key: ""
        self._clicked = False
        self._keys: tuple[str, ...] = ()
        self._pointed: str | None = None
        self._lit: str | None = None
        self._pages: dict[float | None, Typeset] = {}
        self._drawn: tuple[Typeset, float, float] | None = None
        self._pixmap = QPixmap()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)

    def show_formula(self, formula: Formula | None, colours: Mapping[str, str], size: float = 16.0) -> None:
        """Show *formula* in *colours* ("#rrggbb" by role), its letters *size* pixels high (1 em)."""
        if (formula, colours, size) == (self._formula, self._colours, self._size):
            return
        self._formula, self._colours, self._size = formula, dict(colours), size
        self._pages.clear()
        self._keys = labels(formula) if formula is not None else ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._keys else Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(plain(formula) if formula is not None else "")
        if self._pointed not in self._keys:
            self._point(None)
        self.updateGeometry()
        self.update()

    def explain(self, hint: Callable[[str], str]) -> None:
        """Take the tooltip of a piece from *hint*, which is given its key; "" shows none."""
        self._hint = hint

    def light(self, key: str | None) -> None:
        """Light the pieces that bear *key*, and no others; a key that the formula lacks lights nothing."""
        if key != self._lit:
            self._lit = key
            self.update()

    def text(self) -> str:
        """The formula as one line of Unicode, "" if there is none."""
        return plain(self._formula) if self._formula is not None else ""

    def baseline(self) -> float:
        """How far below the top the first line stands, in pixels."""
        page = self._page(self.width())
        if page is None:
            return ASCENT_EM * self._size
        return self._top(page) + page.baseline * self._scale(page)

    def boxes(self, key: str) -> list[QRectF]:
        """Where the pieces that bear *key* stand, in pixels of the widget."""
        page = self._page(self.width())
        if page is None:
            return []
        scale, top = self._scale(page), self._top(page)
        return [QRectF(x * scale, top + y * scale, w * scale, h * scale) for x, y, w, h in page.boxes.get(key, ())]

    def sizeHint(self) -> QSize:
        page = self._page(None)
        width = 0 if page is None else -int(-page.width // 1)
        return QSize(width, self._height(page, 1.0))

    def minimumSizeHint(self) -> QSize:
        return QSize(int(8 * self._size), self._height(None, 1.0))

    def heightForWidth(self, width: int) -> int:
        page = self._at_hand(width)
        return self._height(page, 1.0 if page is None else min(1.0, width / page.width))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        page = self._at_hand(self.width())
        if page is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_light(painter)
        painter.drawPixmap(QPointF(0.0, self._top(page)), self._picture(page, painter.deviceTransform().m11()))

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._key_at(event.position()))

    @guarded
    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self._key_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and key is not None:
            self.chosen.emit(key)
        else:
            super().mousePressEvent(event)

    @guarded
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._clicked = event.reason() == Qt.FocusReason.MouseFocusReason

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(None)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._handle_key(event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            key = self._key_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._hint(key) if key is not None else "", self)
            return True
        # Left and Right step through the story elsewhere; here they walk over the pieces.
        return takes_key(event, self._wants) or super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            return self._formula is not None
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return bool(self._keys) and not self._clicked  # after a click the arrows go on telling the story
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape) and bool(self._pointed)

    def _handle_key(self, event: QKeyEvent) -> bool:
        if not self._wants(event):
            return False
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self._point(None)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk(1 if event.key() == Qt.Key.Key_Right else -1)
        elif self._pointed is not None:
            self.chosen.emit(self._pointed)
        return True

    def _walk(self, step: int) -> None:
        """Point at the next piece, stopping at the first and the last."""
        if self._pointed is None:
            self._point(self._keys[0 if step > 0 else -1])
        else:
            index = self._keys.index(self._pointed) + step
            self._point(self._keys[max(0, min(index, len(self._keys) - 1))])

    def _point(self, key: str | None) -> None:
        if key == self._pointed:
            return
        self._pointed = key
        if key is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.update()
        self.pointed.emit(key)

    def _key_at(self, position: QPointF) -> str | None:
        """The key of the smallest piece at *position*: a piece may stand within another."""
        reach = (-REACH, -REACH, REACH, REACH)
        hits = [
            (box.width() * box.height(), key)
            for key in self._keys
            for box in self.boxes(key)
            if box.adjusted(*reach).contains(position)
        ]
        return min(hits)[1] if hits else None

    def _page(self, width: float | None) -> Typeset | None:
        if self._formula is None:
            return None
        if width not in self._pages:
            if len(self._pages) > 4:  # the widths that a layout asks about; more only while resizing
                self._pages.clear()
            page = self._typesetter.render(self._formula, self._colours, self._size, width)
            self._pages[width] = page
        return self._pages[width]

    def _at_hand(self, width: float) -> Typeset | None:
        """The page for showing it; a subclass may do without for a while."""
        return self._page(width)

    def _scale(self, page: Typeset) -> float:
        return min(1.0, self.width() / page.width)

    def _top(self, page: Typeset) -> float:
        return max(0.0, ASCENT_EM * self._size - page.baseline * self._scale(page))

    def _height(self, page: Typeset | None, scale: float) -> int:
        above, below = ASCENT_EM * self._size, DESCENT_EM * self._size
        if page is not None:
            above = max(above, page.baseline * scale)
            below = max(below, (page.height - page.baseline) * scale)
        return -int(-(above + below) // 1)

    def _picture(self, page: Typeset, ratio: float) -> QPixmap:
        """The page drawn with *ratio* dots to a pixel, kept until the page, its size or *ratio* changes."""
        scale = self._scale(page)
        if self._drawn is None or self._drawn[0] is not page or self._drawn[1:] != (ratio, scale):
            size = QSize(-int(-page.width * scale * ratio // 1), -int(-page.height * scale * ratio // 1))
            self._pixmap = QPixmap(size)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._pixmap)
            area = QRectF(0.0, 0.0, page.width * scale * ratio, page.height * scale * ratio)
            QSvgRenderer(QByteArray(page.svg)).render(painter, area)
            painter.end()
            self._pixmap.setDevicePixelRatio(ratio)
            self._drawn = (page, ratio, scale)
        return self._pixmap

    def _paint_light(self, painter: QPainter) -> None:
        accent = QColor(self._colours.get("accent", self._colours["text"]))
        tint = QColor(accent)
        tint.setAlphaF(TINT)
        for key in {self._lit, self._pointed if self.hasFocus() else None} - {None}:
            marked = key == self._pointed and self.hasFocus()
            for box in self.boxes(key):
                painter.setPen(QPen(accent, 1.5) if marked else Qt.PenStyle.NoPen)
                painter.setBrush(tint)
                painter.drawRoundedRect(box.adjusted(-2.0, -2.0, 2.0, 2.0), 4.0, 4.0)
