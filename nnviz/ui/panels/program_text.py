"""The text of the whole function: numbered lines, lightly coloured, with the current line lit and kept in sight."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from nnviz.picture.programs.highlight import spans
from nnviz.picture.programs.program import WRONG, Program
from nnviz.ui.guard import guarded
from nnviz.ui.panels.rows import CENTRED, RIGHT
from nnviz.ui.theme import Theme

SIZE = 10.5
"""Pixels at zoom 1."""
ROWS = 17
ROOM = 2
"""So many lines are seen above the current one and below it, where there are."""
BAR, MARK, AFTER = 3, 12, 5
"""Widths in the margin: of the bar, of the sign of a wrong line, and of the gap behind the numbers."""


class ProgramText(QPlainTextEdit):
    """Read only; what is selected can be copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("program")
        self.setAccessibleName("The whole function")
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setCornerWidget(QWidget())  # without one the style draws a box between the scroll bars
        self._theme: Theme | None = None
        self._program: Program | None = None
        self._line, self._role = 0, "accent"
        self._colours = _Colours(self)
        self._margin = _Margin(self)
        self.updateRequest.connect(self._scrolled)

    @property
    def line(self) -> int:
        """The current line, from 0."""
        return self._line

    def show_program(self, program: Program) -> None:
        """Show another text; one stays where one has scrolled to."""
        if program is self._program:
            return
        before, self._program = self._program, program
        self._colours.language = program.language
        if before is not None and before.language == program.language:
            self._replace_tail(_alike(before, program))
        else:
            self.setPlainText(program.text.removesuffix("\n"))
        self._arrange()

    def _replace_tail(self, kept: int) -> None:
        """Write only the lines after the first *kept*: of another example the call alone is another."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.document().findBlockByNumber(kept - 1).position() if kept else 0)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText("\n".join(line.text for line in self._program.lines[max(0, kept - 1) :]))

    def light(self, line: int, role: str) -> None:
        """Make *line*, from 0, the current one, in the colour of a role, and bring it into sight."""
        if role != self._role:
            self.horizontalScrollBar().setValue(0)
        self._line, self._role = line, role
        if self._theme is None:
            return
        lit = QTextEdit.ExtraSelection()
        lit.cursor = QTextCursor(self.document().findBlockByNumber(line))
        lit.format.setBackground(QBrush(self._theme.wash(role)))
        lit.format.setForeground(QBrush(self._theme.colour("text")))  # the symbols' colours are too weak on it
        lit.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        self.setExtraSelections([lit])
        self._bring_into_sight()
        self._margin.update()

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = theme
        self.setFont(theme.font(SIZE, mono=True))
        self._colours.dress(theme)
        frame = 2 * self.frameWidth() + 2 * theme.px(4) + self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(round(ROWS * QFontMetricsF(self.font()).lineSpacing()) + frame)
        self._arrange()
        self.light(self._line, self._role)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._bring_into_sight()

    def _arrange(self) -> None:
        """Give the numbers the room they need."""
        if self._theme is None or self._program is None:
            return
        self.setViewportMargins(self.margin_width, 0, 0, 0)
        inside = self.contentsRect()
        self._margin.setGeometry(QRect(inside.left(), inside.top(), self.margin_width, self.viewport().height()))

    def _bring_into_sight(self) -> None:
        """Scroll as little as need be; down to where the line is in the middle if it was out of sight."""
        down, seen = self.verticalScrollBar(), self._rows_seen
        if not down.value() + ROOM <= self._line < down.value() + seen - ROOM:
            down.setValue(max(0, self._line - seen // 2))
        if self._program is None:
            return
        text, across = self._program.lines[self._line].text, self.horizontalScrollBar()
        each = self.fontMetrics().horizontalAdvance(" ")
        begins, ends = each * (len(text) - len(text.lstrip())), each * (len(text) + 1)
        if ends > across.value() + self.viewport().width():
            across.setValue(min(begins, ends - self.viewport().width() + 2 * each))
        elif begins < across.value():
            across.setValue(max(0, begins - each) if ends > self.viewport().width() else 0)

    @property
    def _rows_seen(self) -> int:
        return max(1, int(self.viewport().height() / self.fontMetrics().lineSpacing()))

    def _scrolled(self, area: QRect, down: int) -> None:
        if down:
            self._margin.scroll(0, down)
        else:
            self._margin.update(0, area.y(), self._margin.width(), area.height())

    @property
    def margin_width(self) -> int:
        """The room that the numbers of the lines take."""
        if self._theme is None:
            return 0
        digits = self.fontMetrics().horizontalAdvance(str(max(100, self.blockCount())))
        return self._theme.px(BAR) + self._theme.px(MARK) + digits + self._theme.px(AFTER)

    def paint_margin(self, painter: QPainter, area: QRect) -> None:
        """The numbers of the lines in *area*, a bar and an arrow at the current one, ✕ at wrong ones."""
        if self._program is None or self._theme is None:
            return
        painter.setFont(self.font())
        theme, px, block = self._theme, self._theme.px, self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > area.bottom():
                break
            number, current = block.blockNumber(), block.blockNumber() == self._line
            row = QRectF(0, place.top(), self.margin_width, place.height())
            if current:
                self._paint_current(painter, theme, row)
            if self._program.lines[number].wrong:
                painter.setPen(theme.colour("differ"))
                painter.drawText(QRectF(px(BAR), row.top(), px(MARK), row.height()), CENTRED, WRONG)
            painter.setPen(theme.colour("text" if current else "muted"))
            painter.drawText(row.adjusted(0, 0, -px(AFTER), 0), RIGHT, str(number + 1))
            block = block.next()
        painter.fillRect(QRect(self.margin_width - 1, area.top(), 1, area.height()), theme.colour("line"))

    def _paint_current(self, painter: QPainter, theme: Theme, row: QRectF) -> None:
        painter.fillRect(row, theme.wash(self._role))
        painter.fillRect(QRectF(row.left(), row.top(), theme.px(BAR), row.height()), theme.colour(self._role))
        if self._program is not None and not self._program.lines[self._line].wrong:
            x, y, half = theme.px(BAR) + theme.px(MARK) / 2, row.center().y(), 0.28 * row.height()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self._role))
            tip = QPointF(x + half, y)
            painter.drawPolygon(QPolygonF([QPointF(x - half, y - half), tip, QPointF(x - half, y + half)]))


def _alike(one: Program, other: Program) -> int:
    """How many lines the two begin with alike."""
    pairs = enumerate(zip(one.lines, other.lines))
    return next((number for number, (a, b) in pairs if a.text != b.text), min(len(one.lines), len(other.lines)))


class _Margin(QWidget):
    """Left of the text."""

    def __init__(self, text: ProgramText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.margin_width, 0)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._text.paint_margin(painter, event.rect())


class _Colours(QSyntaxHighlighter):
    """Colours as the palette has them for the symbols of formulas."""

    def __init__(self, text: ProgramText) -> None:
        super().__init__(text.document())
        self.language = "numpy"
        self._theme: Theme | None = None

    def dress(self, theme: Theme) -> None:
        """Take colours from the theme."""
        if theme is not self._theme:
            self._theme = theme
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if self._theme is None:
            return
        for span in spans(text, self.language):
            form = QTextCharFormat()
            form.setForeground(QBrush(self._theme.colour(span.role)))
            if span.bold:
                form.setFontWeight(QFont.Weight.Bold)
            self.setFormat(span.start, span.length, form)
