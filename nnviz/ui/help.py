"""The page of help: every key, from the table of actions, and what the picture simplifies."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser, QVBoxLayout, QWidget

from nnviz.ui.action import Action
from nnviz.ui.menus import key_text
from nnviz.ui.style import dress, within
from nnviz.ui.theme import theme_of
from nnviz.ui.views import VIEWS, view_of

SIMPLIFIED = (
    "The width of a link grows with |Θ| up to a bound; beyond it the number tells. A negative link is dashed.",
    "In large layers only the strongest links are drawn, and the middle units are folded. All are computed.",
    "A circle fills from 0 to 1; for tanh from −1 to 1; for ReLU and the identity, which have no upper end, "
    "it stops at full and the number says the rest.",
    "Terms add up one after another here; the engine multiplies whole matrices. The sums agree to rounding.",
    "J is computed from z, not from h: the same on paper, and right where h rounds to 0 or 1.",
    "Adding up rounded numbers by hand may differ in the last digit shown; the tooltip has every digit.",
    "“Not computed yet” is empty and dashed, never 0. An exact zero is written 0.",
    "A prediction is right if a calculation by hand with the numbers shown, in their digits, can come to it. "
    "A size is right up to a factor of about three. Where these digits leave even the sign open, nothing is asked.",
    "The bias unit’s δ can be computed and is shown, struck out: no link leads into it, so nothing uses it.",
)
MOUSE = (
    ("Point at a number", "says where it comes from, and lights it wherever else it is shown"),
    ("Click a number", "goes to the step that computes it"),
    ("Double-click or turn the wheel on a link or its cell", "changes Θ"),
    ("Drag on the timeline", "scrubs through the story"),
    ("Right-click a part of the window", "asks “What am I looking at?” of it"),
    ("Drop a file on the window", "opens it: data to learn from (or two files, X and y), a .lesson, your backprop.py"),
)


class Help(QDialog):
    """Stays beside the window while one tries things out."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("help")
        self.setWindowTitle("nnviz: keys and help")
        self._window, self._view = window, None
        self.text = QTextBrowser(accessibleName="Keys and help", openLinks=False)
        column = QVBoxLayout(self)
        column.addWidget(self.text)
        self._forget = window.session.listen(lambda old, new: self._show(old is None or old.view is not new.view))

    def done(self, result: int) -> None:
        self._forget()
        super().done(result)
        self.deleteLater()

    def tell_of(self, view: str | None) -> None:
        """Begin with what is said of the view of that name."""
        self._view = view
        self._show(True)

    def _show(self, anew: bool) -> None:
        if anew:
            theme = theme_of(self._window.session.state.view)
            dress(self, theme)
            self.text.setHtml(looked_at(self._view) + page(self._window.table.rows, theme.palette.muted))
            self.resize(within(self._window, QSize(theme.px(620), theme.px(680))))


def show_help(window: QWidget, view: str | None = None) -> None:
    """Open the page, or bring it to the front; it begins with the view of that name, or with the one in use."""
    view = view or view_of(QApplication.focusWidget()) or "board"
    shown = window.findChild(Help)
    if shown is None:
        shown = Help(window)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    shown.tell_of(view)
    shown.show()
    shown.raise_()
    shown.activateWindow()


def looked_at(view: str | None) -> str:
    """What the view of that name is, as HTML."""
    if view not in VIEWS:
        return ""
    title, words = VIEWS[view]
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in words)
    return f"<h3>What am I looking at? {escape(title)}</h3>{said}"


def page(rows: tuple[Action, ...], muted: str) -> str:
    """The page as HTML; every text in it is our own."""
    menus = dict.fromkeys(row.menu for row in rows if row.keys)
    parts = [_keys(menu, [row for row in rows if row.menu == menu and row.keys], muted) for menu in menus]
    mouse = "".join(_line(escape(what), escape(does), muted) for what, does in MOUSE)
    simplified = "".join(f"<li>{escape(one)}</li>" for one in SIMPLIFIED)
    return (
        "".join(parts)
        + f"<h3>Mouse</h3><table cellpadding='3'>{mouse}</table>"
        + f"<h3>What the picture simplifies</h3><ul>{simplified}</ul>"
    )


def _keys(menu: str, rows: list[Action], muted: str) -> str:
    lines = "".join(
        _line("&nbsp; ".join(escape(key_text(key)) for key in row.keys), escape(row.help), muted) for row in rows
    )
    return f"<h3>{escape(menu.replace('/', ': '))}</h3><table cellpadding='3'>{lines}</table>"


def _line(left: str, right: str, muted: str) -> str:
    return f"<tr><td width='170'><b>{left}</b></td><td style='color:{muted}'>{right}</td></tr>"
