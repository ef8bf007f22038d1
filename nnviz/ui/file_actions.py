"""The actions of the menu File: data and Θ come in, Θ and pictures go out."""

from nnviz.ui.action import Action

FILE: tuple[Action, ...] = (
    Action(
        "open-data",
        "&Open data…",
        "File",
        "Learn from a file of your own: a table, arrays, or a pair of files X and y",
        ("Ctrl+O",),
    ),
    Action("enter-data", "E&nter data…", "File", "Type, paste or draw a small data set"),
    Action("generate-data", "&Generate data…", "File", "Make points by a rule: moons, spirals, circles"),
    Action(
        "check-own",
        "&Check my own backprop…",
        "File",
        "Run a .py file of yours at every save, and say whether its J and gradient are right",
        ("Ctrl+B",),
    ),
    Action(
        "save-thetas",
        "&Save Θ…",
        "File",
        "Save Theta1, Theta2, … of this moment and how they came about, as .npz or .mat",
        ("Ctrl+S",),
        starts_group=True,
    ),
    Action("load-thetas", "&Load Θ…", "File", "Take Theta1, Theta2, … from a .npz or .mat file"),
    Action(
        "export",
        "&Export picture…",
        "File",
        "Save the picture of this moment as SVG, PDF or PNG",
        ("Ctrl+E",),
        "file-export",
        starts_group=True,
    ),
    Action(
        "export-story",
        "Export stor&y…",
        "File",
        "Save the story of this example as PDF, Markdown, CSV or JSON",
        ("Ctrl+Shift+E",),
    ),
    Action("export-film", "Export &animation…", "File", "Save a stretch of the story, or the training, as GIF or MP4"),
    Action(
        "worksheet",
        "&Worksheet…",
        "File",
        "Write exercises to be worked on paper, with their solutions, as PDF, LaTeX or Markdown",
    ),
    Action("quit", "&Quit", "File", "Leave nnviz; the view is remembered", ("Ctrl+Q",), starts_group=True),
)
DATA = tuple(row.name for row in FILE if row.name.endswith("-data"))
"""The rows that bring in data of the user's own."""
