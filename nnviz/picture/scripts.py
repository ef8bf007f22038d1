"""Text as Typst operators, strings and scripts, and as raised or lowered Unicode."""

import re

OPERATORS = {
    "=": "=",
    ":=": "colon.eq",
    "≈": "approx",
    "≤": "lt.eq",
    "≥": "gt.eq",
    "→": "arrow.r",
    "∈": "in",
    "+": "plus",
    "−": "minus",
    "±": "plus.minus",
    "×": "times",
    "·": "dot.op",
    "⊙": "dot.o",
    ".*": 'class("binary", ".*")',
    "/": "slash",
    ",": "comma",
    "…": "dots.h.c",
}
SIGNS = ("+", "−")
TIGHT = {"/": "/", ",": ", "}
_SCRIPT_SIGNS = {
    "+": "plus",
    "−": "minus",
    "-": "minus",
    "=": "=",
    "(": "paren.l",
    ")": "paren.r",
    ",": "comma",
    "′": "prime",
    "ᵀ": "upright(T)",
    " ": "",
}
_RAISED = str.maketrans(
    "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
)
_LOWERED = str.maketrans("0123456789+−-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


def string(text: str) -> str:
    """A Typst string literal; control characters become spaces."""
    text = "".join(mark if mark.isprintable() else " " for mark in text)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def script(text: str) -> str:
    """An index as mathematics: digits together, letters apart."""
    marks = re.findall(r"\d+|.", text)
    return " ".join(_script_mark(mark) for mark in marks)


def _script_mark(mark: str) -> str:
    if mark in _SCRIPT_SIGNS:
        return _SCRIPT_SIGNS[mark]
    return mark if mark.isalnum() else string(mark)


def attached(base: str, sub: str, sup: str) -> str:
    """Typst source of *base* with its indices."""
    scripts = (f", t: {script(sup)}" if sup else "") + (f", b: {script(sub)}" if sub else "")
    return f"attach({base}{scripts})" if scripts else base


def raised(text: str) -> str:
    """*text* as a superscript, ``^(…)`` where Unicode lacks a mark."""
    if text == "′":
        return text
    raised = text.translate(_RAISED)
    return raised if _all_changed(text, raised) else f"^{bracketed(text)}"


def lowered(text: str) -> str:
    """*text* as a subscript, ``_(…)`` where Unicode lacks a mark."""
    lowered = text.translate(_LOWERED)
    return lowered if _all_changed(text, lowered) else f"_{bracketed(text)}"


def _all_changed(text: str, changed: str) -> bool:
    return all(old != new or old == "ᵀ" for old, new in zip(text, changed, strict=True))


def bracketed(text: str) -> str:
    """*text* in brackets unless it is one mark or has them."""
    return text if len(text) == 1 or (text[0] == "(" and text[-1] == ")") else f"({text})"
