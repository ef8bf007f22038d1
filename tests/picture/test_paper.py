"""Documents of sentences, formulas and drawings: text is never taken for markup, and long formulas stay on the page."""

import pytest
import typst

from nnviz.picture import notation as m
from nnviz.picture.palette import PALETTES, roles
from nnviz.picture.paper import Chapter, Drawing, Passage, paper
from nnviz.picture.typeset import pdf

COLOURS = roles(PALETTES["light"])
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="5" height="5"/></svg>'


def made(*blocks, files=None):
    return pdf(paper("Title", "About", blocks, COLOURS), files or {})


def test_every_kind_of_block():
    long = m.added(*(m.product(m.number("0.123456"), m.number("-0.123456")) for _ in range(40)))
    wide = m.matrix([[m.number("0.123456")] * 40])
    formulas = (m.theta(1), long, wide, m.lines((m.z(2), m.row(m.equals(), long)), (m.a(2), m.row(m.equals(), m.z(2)))))
    content = made(
        Chapter("Forward"),
        Passage("Step 1", "wrong", "A sentence.", formulas),
        Drawing("one.svg", "A square", "the square"),
        files={"one.svg": SQUARE},
    )
    assert content.startswith(b"%PDF-")


@pytest.mark.parametrize("wicked", ['"] #panic("x")', '#read("/etc/passwd")', "*a* _b_ $c$ \\ // @x <y>", "\u0000\n"])
def test_text_is_text(wicked):
    made(
        Chapter(wicked),
        Passage(wicked, wicked, wicked, ()),
        Drawing("one.svg", wicked, wicked),
        files={"one.svg": SQUARE},
    )


def test_a_step_is_on_the_page_of_its_drawing():
    """Of the second page the letters are counted: those of the last step have moved there with its drawing."""
    steps = [Passage(f"Step {number}", "", "A sentence.", ()) for number in range(17)]
    drawing = Drawing("square.svg", "A square", "")
    compiler = typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False))

    def letters(*blocks):
        source = paper("Title", "About", blocks, COLOURS).replace('image("square.svg"', "rect(height: 10cm")
        pages = compiler.compile(input=source.replace('alt: "A square"', "fill: none").encode(), format="svg")
        assert len(pages) == 2
        return pages[1].count(b"<use")

    apart = letters(*steps, Chapter(""), drawing)
    assert letters(*steps, drawing) >= apart + len("Step16Asentence.")


def test_a_colour_that_is_missing_is_named():
    with pytest.raises(ValueError, match="differ"):
        paper("", "", [Passage("a", "wrong", "b", ())], {"text": "#000000", "muted": "#000000"})
