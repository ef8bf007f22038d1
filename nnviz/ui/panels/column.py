"""A panel that is a column of sections, which follow the state; it scrolls when it must."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State, Tool
from nnviz.ui.attention import listen_in
from nnviz.ui.fields import Line, Section, dress_children, steady
from nnviz.ui.style import palette
from nnviz.ui.theme import theme_of

LEAST_WIDTH = 220


class ColumnPanel(QScrollArea):
    """*sections* of a tool below each other, each but the first under a line unless it has no heading of its own.

    A section has ``follow(old, new)``, which shows what has changed.
    """

    def __init__(self, session: Session, tool: Tool, name: str, title: str, sections: Sequence[Section]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._sections = sections
        self._least = 0
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._lines: dict[Section, Line] = {}
        for section in sections:
            if section is not sections[0] and section.heading.text():
                self._lines[section] = Line()
                self._column.addWidget(self._lines[section])
            self._column.addWidget(section)
        self._column.addStretch(1)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        steady(self)
        listen_in(session, tool, self._changed)

    def _changed(self, old: State | None, new: State) -> None:
        for section in self._sections:
            section.follow(old, new)
        above = False
        for section in self._sections:
            if section in self._lines:
                self._lines[section].setVisible(above and not section.isHidden())
            above = above or not section.isHidden()
        if old is None or theme_of(old.view) is not theme_of(new.view):
            self._dress(new)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A scroll area is told by this filter what happens to its content."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._content:
            self._keep_whole()
        return super().eventFilter(watched, event)

    def bring(self, section: QWidget) -> None:
        """Scroll until *section* is seen, from its top if it is higher than the panel; once it is laid out."""
        QTimer.singleShot(0, self, lambda: self._bring(section))

    def _bring(self, section: QWidget) -> None:
        bar, top = self.verticalScrollBar(), section.y()
        lowest = top + min(section.height(), self.viewport().height()) - self.viewport().height()
        bar.setValue(min(max(bar.value(), lowest), top))

    def _keep_whole(self) -> None:
        """Never be narrower than what is in it: there is no scrolling to the side."""
        needed = self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(max(self._least, needed))

    def _dress(self, state: State) -> None:
        theme = theme_of(state.view)
        self.setFont(theme.font())
        self._content.setPalette(palette(theme))  # opaque, for the window's sheet makes scroll areas transparent
        for section in self._sections:
            section.dress(theme)
        dress_children(self._content, theme)
        margin = theme.px(16)
        self._column.setContentsMargins(margin, margin, theme.px(6), margin)
        self._column.setSpacing(theme.px(11))
        self._least = theme.px(LEAST_WIDTH)
        self._keep_whole()
