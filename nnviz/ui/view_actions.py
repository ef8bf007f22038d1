"""The actions of the view: which tool, what it looks like, how large."""

from nnviz.session.commands import (
    ReduceMotion,
    ShowCodeVersion,
    ShowDigits,
    ShowLanguage,
    ShowTheme,
    ShowTool,
    ShowWholeCode,
    Zoom,
)
from nnviz.session.state import LARGEST_ZOOM, SMALLEST_ZOOM, Theme
from nnviz.ui import reasons
from nnviz.ui.action import Action

ZOOM_STEP = 0.1

_THEMES: tuple[tuple[Theme, str, str], ...] = (
    ("system", "As the &system has it", "Light or dark, as the desktop is"),
    ("light", "&Light", "Dark on light"),
    ("dark", "&Dark", "Light on dark"),
    ("projector", "&Projector", "Larger, with stronger contrast"),
)

VIEW: tuple[Action, ...] = (
    Action(
        "tool-step",
        "&Step",
        "View",
        "Walk through one example, step by step",
        ("Ctrl+1",),
        command=lambda state: ShowTool("step"),
        checked=lambda state: state.tool == "step",
    ),
    Action(
        "tool-train",
        "&Train",
        "View",
        "Train the network and watch J(Θ) fall",
        ("Ctrl+2",),
        command=lambda state: ShowTool("train"),
        checked=lambda state: state.tool == "train",
    ),
    Action(
        "tool-check",
        "Chec&k",
        "View",
        "Check for every Θ whether D is the slope of J, and plant a mistake",
        ("Ctrl+3", "G"),
        command=lambda state: ShowTool("check"),
        checked=lambda state: state.tool == "check",
    ),
    *(
        Action(
            f"theme-{theme}",
            text,
            "View/Theme",
            words,
            command=lambda state, theme=theme: ShowTheme(theme),
            checked=lambda state, theme=theme: state.view.theme == theme,
        )
        for theme, text, words in _THEMES
    ),
    *(
        Action(
            f"digits-{digits}",
            f"&{digits}",
            "View/Digits",
            f"Show numbers with {digits} decimals" if digits > 1 else "Show numbers with one decimal",
            command=lambda state, digits=digits: ShowDigits(digits),
            checked=lambda state, digits=digits: state.view.digits == digits,
        )
        for digits in range(1, 7)
    ),
    Action(
        "code-numpy",
        "&NumPy",
        "View/Code",
        "Write the code in NumPy",
        command=lambda state: ShowLanguage("numpy"),
        checked=lambda state: state.view.language == "numpy",
    ),
    Action(
        "code-octave",
        "&Octave",
        "View/Code",
        "Write the code in Octave",
        command=lambda state: ShowLanguage("octave"),
        checked=lambda state: state.view.language == "octave",
    ),
    Action(
        "code-whole",
        "&Whole function",
        "View/Code",
        "Show the whole function that the story executes, with the current line and its variables",
        ("W",),
        command=lambda state: ShowWholeCode(not state.view.whole_code),
        checked=lambda state: state.view.whole_code,
        starts_group=True,
    ),
    Action(
        "code-loop",
        "Unit by unit, in &loops",
        "View/Code",
        "The whole function goes unit by unit and term by term, as the story does",
        command=lambda state: ShowCodeVersion("loop"),
        checked=lambda state: state.view.code_version == "loop",
    ),
    Action(
        "code-vectorised",
        "A layer at a time, &vectorised",
        "View/Code",
        "The whole function goes a layer at a time, with vectors and matrices",
        command=lambda state: ShowCodeVersion("vectorised"),
        checked=lambda state: state.view.code_version == "vectorised",
    ),
    Action(
        "reduced-motion",
        "Reduced &motion",
        "View",
        "Numbers appear at once instead of travelling",
        command=lambda state: ReduceMotion(not state.view.reduced_motion),
        checked=lambda state: state.view.reduced_motion,
    ),
    Action(
        "zoom-in",
        "&Larger",
        "View",
        "Everything larger",
        ("Ctrl++", "Ctrl+="),
        "zoom-in",
        command=lambda state: Zoom(state.view.zoom + ZOOM_STEP),
        refusal=reasons.zoom_is(LARGEST_ZOOM, "This is as large as it gets."),
        repeats=True,
        starts_group=True,
    ),
    Action(
        "zoom-out",
        "Sm&aller",
        "View",
        "Everything smaller",
        ("Ctrl+-",),
        "zoom-out",
        command=lambda state: Zoom(state.view.zoom - ZOOM_STEP),
        refusal=reasons.zoom_is(SMALLEST_ZOOM, "This is as small as it gets."),
        repeats=True,
    ),
    Action(
        "zoom-reset",
        "&Original size",
        "View",
        "Everything at its original size",
        ("Ctrl+0",),
        command=lambda state: Zoom(1.0),
        refusal=reasons.zoom_is(1.0, "Everything has its original size."),
    ),
    Action(
        "next-part",
        "Next &part of the window",
        "View",
        "The keys go to the next panel, the drawing, the controls or the head",
        ("F6",),
        repeats=True,
        starts_group=True,
    ),
    Action(
        "previous-part",
        "Previous part of the &window",
        "View",
        "The keys go to the part before",
        ("Shift+F6",),
        repeats=True,
    ),
    Action(
        "show-full-screen", "&Full screen", "View", "Fill the whole screen", ("F11",), "maximize", starts_group=True
    ),
)
