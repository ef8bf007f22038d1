"""What each view of the window is: the words of "What am I looking at?"."""

from typing import NamedTuple

from PySide6.QtWidgets import QWidget


class View(NamedTuple):
    """The name of a view, and what is to be seen and done in it, a thought to a sentence."""

    title: str
    words: tuple[str, ...]


VIEWS: dict[str, View] = {
    "board": View(
        "The network",
        (
            "Each column is a layer, each circle a unit; the squares with +1 are the bias units.",
            "A circle fills with its activation a, which stands inside. Its error δ hangs below once it is known.",
            "A link is a weight Θ: blue above 0, orange and dashed below; the wider, the larger.",
            "What is computed at the moment is bright; what is not computed yet is empty.",
            "Point at anything to read what it is. Double-click a link to change its Θ.",
        ),
    ),
    "transport": View(
        "The story",
        (
            "The bar is the whole story of one example, in its phases; the knob is where it stands.",
            "→ and ← go one step, Space plays. A step is a term, a unit, a layer or an example: keys 1 to 4.",
            "A red line below the bar marks the steps in which a planted mistake strikes.",
        ),
    ),
    "inspector": View(
        "This step",
        (
            "The same step in words, symbols and numbers, term by term, as matrices for the whole layer, and as code.",
            "Point at a number: it lights wherever else it is shown. Click it: the story goes to where it comes from.",
        ),
    ),
    "setup": View(
        "What is studied",
        (
            "The example and its class, the layers, the activation, the seed that Θ is drawn from, λ, α, and the data.",
            "Everything can be changed, and Ctrl+Z takes it back. The story is told anew at once.",
        ),
    ),
    "training": View(
        "How it learns",
        (
            "The method, α, λ, how many examples make an update, when to stop. Train begins; the same button pauses.",
            "Another setting makes another run, from the same start, to compare.",
            "Below stand J, the length of D and the accuracy of this moment, and the runs.",
        ),
    ),
    "curves": View(
        "J(Θ) over the iterations",
        (
            "One curve for each run: solid for what it learns from, dashed for the test part, which it never sees.",
            "The upright line is the moment that is looked at: drag it, and Θ is as it was then.",
            "Both axes can be logarithmic. The wheel enlarges, a drag moves.",
        ),
    ),
    "results": View(
        "What it gets right",
        (
            "Each row of the table is what is true, each column what the network says; the diagonal is right.",
            "Click a cell for its examples. Below are the weights as maps, and the examples that cost most.",
        ),
    ),
    "bugs": View(
        "Mistakes to plant",
        (
            "Classic mistakes in backpropagation. Click one: from now on it is in the check, the story and training.",
            "Or let one be hidden, and find it. λ must be above 0 for mistakes in weight decay to show.",
        ),
    ),
    "check": View(
        "Is D the slope of J?",
        (
            "For every single Θ, D from backpropagation is compared with the slope of J, worked out from J alone.",
            "Green is right, red with a dash is wrong: in the maps and on the links.",
            "Click a link or a cell: J as that one Θ moves. → walks through the evaluations of J, entry by entry.",
        ),
    ),
    "lesson": View(
        "A lesson",
        (
            "It sets the stage, asks, and notices what you do. The program stays free: try whatever you like.",
            "The round arrow sets the scene anew; the cross leaves, and your own work comes back.",
        ),
    ),
    "header": View(
        "What is open",
        (
            "The tools, the menus, and what is studied: the data, the layers, the example, the seed.",
            "A red word says that a mistake is planted.",
        ),
    ),
}


def view_of(widget: QWidget | None) -> str | None:
    """The name of the view that *widget* is in, None if it is in none."""
    while widget is not None:
        if widget.objectName() in VIEWS:
            return widget.objectName()
        widget = widget.parentWidget()
    return None
