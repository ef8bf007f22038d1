"""The page with the exercise: what is given, what is asked, and room to write."""

from collections.abc import Sequence

from nnviz.engine.activations import ACTIVATIONS, Activation
from nnviz.picture import notation as m
from nnviz.picture.formulas import SLOPES
from nnviz.picture.markup import Formula
from nnviz.picture.narrator import counted, setting
from nnviz.picture.numbers import shown
from nnviz.picture.worksheet.blocks import Beside, Block, Cells, Drawing, Heading, Page, Row, Sentence, Table, Working
from nnviz.picture.worksheet.drawing import plan
from nnviz.picture.worksheet.exercise import Exercise
from nnviz.picture.worksheet.hand import G

TITLE = "Backpropagation by hand"
LOOKED_UP = tuple(0.25 * step for step in range(13))  # where z⁽²⁾ may lie
BLANKS = (5.0, 4.4, 3.8, 3.4, 3.0)  # em; how wide a box to write in may be
LINE, NAME, SPACE = 49.5, 5.6, 0.75  # em that a line has, that is taken by the name of a matrix, and between boxes


def task(exercise: Exercise) -> Page:
    """The page with the exercise."""
    blocks: tuple[Block, ...] = (
        Drawing(plan(exercise.sizes), exercise, False),
        Heading("Given"),
        Row(given(exercise)),
        Sentence(_functions(exercise)),
        Sentence((_rounding(exercise),)),
        _look_up(exercise),
        Heading("1  Forward, cost and back"),
        Row(_rules(exercise)),
        Beside(
            tuple(_cells(exercise, example) for example in range(exercise.m)),
            m.row(m.cost(), m.equals(), m.blank(BLANKS[0])),
        ),
        Heading("2  From δ to Δ and D"),
        Row(_sums(exercise)),
        Row(_blanks(exercise)),
        Working(),
    )
    return Page(TITLE, subtitle(exercise), False, blocks)


def subtitle(exercise: Exercise) -> str:
    """Which exercise it is: with the same words it can be made again."""
    parts = ["-".join(map(str, exercise.sizes)), row_of(exercise).title, counted(exercise.m, "example")]
    if exercise.given.lambda_:
        parts.append(f"λ = {setting(exercise.given.lambda_)}")
    return " · ".join([*parts, counted(exercise.digits, "decimal"), f"seed {exercise.seed}"])


def row_of(exercise: Exercise) -> Activation:
    """The activation of the hidden units; where there are none, of the outputs."""
    name = exercise.given.activation if exercise.layers > 2 else "sigmoid"
    return next(row for row in ACTIVATIONS if row.name == name)


def given(exercise: Exercise) -> tuple[Formula, ...]:
    """Θ, x and y of each example, m and λ."""
    return (*(_theta(exercise, layer) for layer in range(1, exercise.layers)), *_examples(exercise))


def _theta(exercise: Exercise, layer: int) -> Formula:
    theta = exercise.given.thetas[layer - 1]
    return m.row(m.theta(layer), m.equals(), m.matrix([[weight(value) for value in row] for row in theta]))


def weight(value: float) -> Formula:
    """A Θ, in the colour of its sign."""
    return m.number(setting(value), "theta_negative" if value < 0.0 else "theta_positive")


def _examples(exercise: Exercise) -> tuple[Formula, ...]:
    pieces: list[Formula] = []
    for example in range(exercise.m):
        name = None if exercise.m == 1 else example + 1
        x, y = exercise.given.X[example], exercise.given.Y[example]
        pieces.append(m.row(m.x(example=name), m.equals(), m.vector(m.number(setting(value)) for value in x)))
        pieces.append(m.row(m.y(example=name), m.equals(), m.vector(m.number(setting(value)) for value in y)))
    lambda_ = m.row(m.symbol("λ"), m.equals(), m.number(setting(exercise.given.lambda_)))
    return (*pieces, m.row(m.symbol("m"), m.equals(), m.number(str(exercise.m))), lambda_)


def _functions(exercise: Exercise) -> tuple[str | Formula, ...]:
    logistic = m.row(m.g(m.symbol("z")), m.equals(), _logistic())
    bias = (" Column 0 of each ", m.symbol("Θ"), " belongs to the bias unit, 1. The logarithm is the natural one.")
    row = row_of(exercise)
    if row.name == "sigmoid":
        return "All units are sigmoids: ", logistic, ".", *bias
    return f"The hidden units have g(z) = {row.formula}, the output units ", logistic, ".", *bias


def _logistic() -> Formula:
    return m.row(m.number("1"), m.operator("/"), m.group(m.number("1"), m.operator("+"), m.symbol("e", sup="−z")))


def _rounding(exercise: Exercise) -> str:
    digits, carried = exercise.digits, exercise.carried
    small = f"small numbers get more decimals: {_small(digits)}"
    if carried == digits:
        return f"Write each number with {counted(digits, 'decimal')}, and go on with what you wrote; {small}."
    return f"Calculate with {counted(carried, 'decimal')} or more, and write {counted(digits, 'decimal')}; {small}."


def _small(digits: int) -> str:
    """Two examples: 0.041, 3.1e−3 (= 0.0031)."""
    size = 10.0 ** -max(digits, 2)
    return f"{shown(4.1 * size, digits)}, {shown(0.31 * size, digits)} (= {setting(0.31 * size)})"


def _look_up(exercise: Exercise) -> Table:
    """g(z) at round z; a calculator gives the rest."""
    zs = tuple(m.number(setting(z)) for z in LOOKED_UP)
    rows = [("sigmoid", _logistic())]
    if row_of(exercise).name == "tanh":
        rows.append(("tanh", m.row(m.symbol("tanh"), m.symbol("z"))))
    digits = min(exercise.carried, 4)
    cells = tuple((name, *(m.number(f"{G[g](z):.{digits}f}") for z in LOOKED_UP)) for g, name in rows)
    return Table((m.symbol("z"), *zs), cells)


def _rules(exercise: Exercise) -> tuple[Formula, ...]:
    """The formulas of the course, vectorised."""
    with_bias = m.matrix([[m.number("1")], [m.a("l")]])
    z = m.row(m.z("l+1"), m.equals(), m.theta("l"), with_bias)
    a = m.row(m.a("l"), m.equals(), m.g(m.z("l")))
    output = m.row(m.delta("L"), m.equals(), m.a("L"), m.operator("−"), m.y())
    if exercise.layers == 2:
        return z, a, *_cost_rules(exercise), output
    back = m.row(m.transpose(m.theta("l")), m.delta("l+1"))
    slope = SLOPES[exercise.given.activation].layer
    times = slope(m.a("l")) if slope else m.g_prime(m.z("l"))
    return z, a, *_cost_rules(exercise), output, m.row(m.delta("l"), m.equals(), back, m.operator(".*"), times)


def _cost_rules(exercise: Exercise) -> tuple[Formula, Formula]:
    """The cost of an output, and J."""
    y, h, one, minus = m.y(), m.a("L"), m.number("1"), m.operator("−")
    halves = (y, m.log(h), minus, m.group(one, minus, y), m.log(m.row(one, minus, h)))
    mean = m.fraction(m.row(m.symbol("Σ"), m.symbol("cost")), m.symbol("m"))
    twice = m.fraction(m.symbol("λ"), m.row(m.number("2"), m.symbol("m")))
    decay = m.row(twice, m.symbol("Σ"), m.squared(m.symbol("Θ")), m.words(" (not column 0)"))
    J = m.added(mean, decay) if exercise.given.lambda_ else mean
    return m.row(m.symbol("cost"), m.equals(), minus, *halves), m.row(m.cost(), m.equals(), J)


def _cells(exercise: Exercise, example: int) -> Cells:
    """Room for z, a and δ of each unit."""
    title = f"Example {example + 1}" if exercise.m > 1 else ""
    return Cells(title, tuple(tuple(name(*unit) for unit in units_of(exercise)) for name in (m.z, m.a, m.delta)))


def units_of(exercise: Exercise) -> list[tuple[int, int]]:
    """Layer and unit of all that is computed."""
    sizes = exercise.sizes
    return [(layer, unit) for layer in range(2, len(sizes) + 1) for unit in range(1, sizes[layer - 1] + 1)]


def _sums(exercise: Exercise) -> tuple[Formula, ...]:
    with_bias = m.transpose(m.matrix([[m.number("1")], [m.a("l")]]))
    delta = m.accumulator("l")
    added = m.row(delta, m.operator(":="), delta, m.operator("+"), m.delta("l+1"), with_bias)
    return added, gradient_rule(exercise)


def gradient_rule(exercise: Exercise) -> Formula:
    """How D follows from Δ."""
    n, top = "l", m.accumulator("l")
    if not exercise.given.lambda_:
        return m.row(m.gradient(n), m.equals(), m.fraction(top, m.symbol("m")))
    decayed = m.row(top, m.operator("+"), m.symbol("λ"), m.theta(n))
    return m.row(m.gradient(n), m.equals(), m.fraction(decayed, m.symbol("m")), m.words(" (no λΘ in column 0)"))


def _blanks(exercise: Exercise) -> tuple[Formula, ...]:
    """An empty Δ and an empty D for each Θ."""
    shapes = list(zip(exercise.sizes[1:], exercise.sizes))
    width = min(BLANKS, key=lambda width: _height(shapes * 2, width))
    return tuple(
        m.row(name(layer), m.equals(), m.matrix([[m.blank(width)] * (before + 1)] * after))
        for name in (m.accumulator, m.gradient)
        for layer, (after, before) in enumerate(shapes, 1)
    )


def _height(shapes: Sequence[tuple[int, int]], width: float) -> int:
    """How many rows of boxes matrices take that fill line by line."""
    taken, lines = LINE, []
    for after, before in shapes:
        needed = NAME + (before + 1) * (width + SPACE)
        taken += needed
        if taken > LINE:
            lines.append(after)
            taken = needed
        lines[-1] = max(lines[-1], after)
    return sum(lines)
