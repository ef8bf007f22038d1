"""The tags of a picture: terms on their links, sums, δ, costs, each where it can be read."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nnviz.engine.arrays import Array
from nnviz.engine.quantities import MATRICES, Address, Symbol
from nnviz.engine.steps import Accumulate, Activate, ExampleCost, HiddenError, OutputError, Phase, Step
from nnviz.engine.story import Level
from nnviz.picture.images import pixels
from nnviz.picture.layout import Column, Layout
from nnviz.picture.numbers import shown
from nnviz.picture.parts import Box, Point, Tag
from nnviz.picture.scene import ROLES, Scene, link_of, place_of

BIAS_NOTE = "Never used: no link leads into a bias unit, so its δ has nobody to go to."


def tags(scene: Scene) -> tuple[Tag, ...]:
    """All of them, those under others first."""
    tags = [*_delta_tags(scene), *_cost_tags(scene)]
    if len(scene.steps) == 1:
        tags += _sum_tags(scene)
        tags += _term_tags(scene, [tag.box for tag in tags])
    tags += _chosen_tags(scene)
    return tuple(tag._replace(pointed=True) if _same_place(tag.address, scene.pointed) else tag for tag in tags)


def _tag(scene: Scene, address: Address, centre: Point, text: str, role: str, **more: object) -> Tag:
    box = scene.plan.tag(centre, text or "+0.00")
    return Tag(address, box, text, role, **more)  # type: ignore[arg-type]


def _delta_tags(scene: Scene) -> Iterator[Tag]:
    """δ below its unit, from the time when the story reaches the errors; at the outputs aside if it is crowded."""
    if scene.step is None and scene.place < scene.story.length:
        return
    if scene.step is not None and ROLES[scene.step.phase] in ("forward", "cost"):
        return
    for column in scene.plan.columns[1:]:
        for unit, centre in scene.slots[column.layer].items():
            yield _delta_tag(scene, column, unit, centre)


def _delta_tag(scene: Scene, column: Column, unit: int, centre: Point) -> Tag:
    address = Address(Symbol.DELTA, column.layer, unit)
    at_work = (column.layer, unit) in scene.at_work and scene.role == "backward"
    place = _beside(scene, column.layer, centre)
    number = scene.number(address, signed=True)
    text = _named(scene, number) if number else ""
    forming = origin = None
    if at_work:
        text, forming = _delta_words(scene, number)
        origin = centre if text else None
    return _tag(
        scene,
        address,
        place,
        text,
        "backward",
        loud=at_work and bool(text),
        struck=unit == 0 and bool(number),
        note=BIAS_NOTE if unit == 0 else "",
        forming=forming,
        origin=origin,
    )


def _delta_words(scene: Scene, number: str) -> tuple[str, str | None]:
    """What the δ of the unit at work says, and what it says while the sum forms."""
    if len(scene.steps) > 1 or scene.step is None:
        return _named(scene, number), None
    if isinstance(scene.step, OutputError):
        target = shown(-float(scene.step.products[1]), scene.digits)
        sum_ = shown(float(scene.step.products[0]), scene.digits) + (f" − {target}" if scene.told > 1 else "")
    elif scene.told < scene.step.count:
        sum_ = "Σ " + shown(float(scene.step.totals[scene.told - 1]), scene.digits, signed=True)
    else:
        sum_ = "Σ " + shown(scene.step.total, scene.digits, signed=True)
    return (_named(scene, number), sum_) if number else (sum_, None)


def _named(scene: Scene, number: str) -> str:
    """δ and its number; the number alone where columns are so narrow that such tags would cover each other."""
    wide = scene.plan.tag(Point(0.0, 0.0), "δ −9.9e−9").width < scene.plan.gap
    return f"δ {number}" if wide else number


def _cost_tags(scene: Scene) -> Iterator[Tag]:
    """Each output's cost beside it while the cost is told; that of the example below from then on."""
    last = len(scene.plan.sizes)
    if scene.step is not None and scene.step.phase is Phase.COST:
        for unit, centre in scene.slots[last].items():
            address = Address(Symbol.COST, last, unit)
            at_work = (last, unit) in scene.at_work or isinstance(scene.step, ExampleCost)
            text = scene.number(address)
            yield _tag(
                scene,
                address,
                _beside(scene, last, centre),
                text,
                "cost",
                loud=at_work and bool(text),
                origin=centre if (last, unit) in scene.at_work and text else None,
            )
    address = Address(Symbol.EXAMPLE_COST, last, 0)
    if scene.known(address):
        at_work = (last, 0) in scene.at_work
        text = f"cost {scene.number(address)}"
        origin = scene.plan.column(last).units[-1].centre if at_work else None
        yield _tag(
            scene, address, inside(scene.plan, scene.plan.total, text), text, "cost", loud=at_work, origin=origin
        )


def inside(plan: Layout, centre: Point, text: str) -> Point:
    """The place of a tag, moved left where it would reach over the edge of the board."""
    half = plan.tag(centre, text).width / 2
    return Point(min(centre.x, plan.width - half - 8.0 * plan.unit), centre.y)


def _sum_tags(scene: Scene) -> Iterator[Tag]:
    """z of the unit at work, or the sum so far, hanging below it while the story goes forward."""
    step = scene.step
    if not isinstance(step, Activate):
        return
    address = Address(Symbol.Z, step.layer, step.unit)
    centre = scene.slots[step.layer][step.unit]
    whole = scene.told == step.count
    total = step.total if whole else float(step.totals[scene.told - 1])
    sum_ = "Σ " + shown(total, scene.digits, signed=True)
    text = "z " + shown(total, scene.digits, signed=True) if whole else sum_
    yield _tag(scene, address, _beside(scene, step.layer, centre), text, "forward", forming=sum_)


def _beside(scene: Scene, layer: int, centre: Point) -> Point:
    """Where the tag of a unit hangs: below it, or at crowded outputs to the right."""
    if layer == len(scene.plan.sizes) and not scene.plan.delta_below:
        return Point(scene.plan.side, centre.y)
    return scene.plan.below(layer, centre)


def _term_tags(scene: Scene, hanging: Sequence[Box]) -> Iterator[Tag]:
    """The terms on their links, spread so that none hides another, nor a unit or what is *hanging* below one."""
    step = scene.steps[0]
    linked = [
        (index, ends)
        for index in scene.shown_terms(step)
        if (ends := link_of(step, index)) is not None
        and ends[1] in scene.slots[ends[0] + 1]
        and ends[2] in scene.slots[ends[0]]
    ]
    numbers = step.totals if step.fills_row and not isinstance(step, Accumulate) else step.products
    words = [shown(float(numbers[index]), scene.digits, signed=True) for index, _ in linked]
    size = scene.plan.tag(Point(0.0, 0.0), max(words, key=len, default=""))
    pairs = [_ends(scene, step, ends) for _, ends in linked]
    if fan := scene.from_image(step):
        pairs.append((scene.plan.fan, scene.plan.entry(2, scene.slots[2][place_of(step)[1]])))
    places = _spread(pairs, size, scene.plan.radius, scene.plan.unit)
    if not fan and places:
        circles = [
            Box.around(centre, 1.24 * scene.plan.radius, 1.3 * scene.plan.radius)  # their numbers
            for layer in {layer for _, (before, _, _) in linked for layer in (before, before + 1)}
            for centre in scene.slots[layer].values()
        ]
        top = min(box.centre.y for box in circles) - scene.plan.radius
        texts = [scene.plan.legend, *(label.box for label in scene.plan.labels)]
        for obstacles in ([*circles, *hanging, *texts], [*circles, *texts]):
            if (clear := _clear(places, size, obstacles, (top, scene.plan.height))) is not None:
                places = clear
                break
    for (index, ends), text, (far, _), centre in zip(linked, words, pairs, places, strict=False):
        yield _term_tag(scene, step, index, ends, text, far, centre)
    if fan:
        yield from _image_tags(scene, step, numbers, places[-1])


def _term_tag(
    scene: Scene, step: Step, index: int, ends: tuple[int, int, int], text: str, far: Point, centre: Point
) -> Tag:
    symbol = step.symbol if step.fills_row else Symbol.THETA
    return _tag(
        scene,
        Address(symbol, *ends),
        centre,
        text,
        scene.role,
        loud=True,
        origin=far if index >= scene.fresh_from else None,
        order=round((index - scene.fresh_from) / max(1, step.count), 3),
    )


def _ends(scene: Scene, step: Step, ends: tuple[int, int, int]) -> tuple[Point, Point]:
    """(where a term comes from, the unit that it goes to)."""
    layer, target, source = ends
    left, right = scene.slots[layer][source], scene.plan.entry(layer + 1, scene.slots[layer + 1][target])
    return (right, left) if isinstance(step, HiddenError) else (left, right)


def _image_tags(scene: Scene, step: Step, numbers: Array, place: Point) -> Iterator[Tag]:
    """The sum of the pixels' terms on the one link that stands for them."""
    count = scene.told - 1
    if count < 1:
        return
    _, unit = place_of(step)
    row = Address(step.symbol if step.fills_row else Symbol.THETA, 1, unit)
    latest = shown(float(numbers[scene.told - 1]), scene.digits, signed=True)
    if step.fills_row:
        text = f"{count} entries"
    else:
        text = "Σ " + shown(float(numbers[1 : scene.told].sum()), scene.digits, signed=True)
    origin = None if scene.told <= scene.fresh_from else scene.plan.fan
    yield _tag(scene, row, place, text, scene.role, loud=True, origin=origin)
    if scene.told < step.count or scene.level is Level.TERM:
        cell = pixels(scene).cell(scene.told - 2).centre
        at = cell.moved(0.0, -17.0 * scene.plan.unit)
        yield _tag(scene, Address(row.symbol, 1, unit, scene.told - 1), at, latest, scene.role, loud=True)


def _chosen_tags(scene: Scene) -> Iterator[Tag]:
    """The number of the Θ that is looked at alone, in the middle of its link."""
    at = scene.chosen
    if at is None or at.column is None or scene.is_image(at.layer):
        return
    sources, targets = scene.slots[at.layer], scene.slots[at.layer + 1]
    if at.column in sources and at.row in targets:
        middle = sources[at.column].towards(targets[at.row], 0.5)
        theta = Address(Symbol.THETA, at.layer, at.row, at.column)
        yield _tag(
            scene, theta, middle, "Θ " + shown(scene.value(theta), scene.digits, signed=True), "accent", loud=True
        )


def _same_place(one: Address, other: Address | None) -> bool:
    """Whether two addresses mean the same number, or the same entry of matrices of one shape."""
    if other is None:
        return False
    if one.symbol in MATRICES and other.symbol in MATRICES:
        return (one.layer, one.row, one.column) == (other.layer, other.row, other.column)
    return one == other


def _spread(ends: Sequence[tuple[Point, Point]], tag: Box, radius: float, unit: float) -> list[Point]:
    """Resting places on links that meet in one unit: clear of the circles, none over another.

    *ends* are (far end, common end). All rest at one share of the way; where they still touch, they part up and down.
    """
    if not ends:
        return []
    height = tag.height + 3.0 * unit
    far, common = ends[0]
    gap = abs(common.x - far.x) or 1.0
    result = 0.6 * tag.width  # what hangs below the unit at work is about as wide as a tag
    nearest = (max(radius + 9.0 * unit, result + 6.0 * unit) + tag.width / 2) / gap
    farthest = 1.0 - (max(radius, result) + 3.0 * unit + tag.width / 2) / gap
    heights = sorted(point.y for point, _ in ends)
    step = min((after - before for before, after in pairwise(heights)), default=0.0) or 1.0
    share = min(max(height / step, nearest, 0.36), max(farthest, 0.5))
    points = [end.towards(start, share) for start, end in ends]
    order = sorted(range(len(points)), key=lambda index: points[index].y)
    ys = _apart([points[index].y for index in order], height)
    for index, y in zip(order, ys, strict=True):
        points[index] = Point(round(points[index].x, 3), round(y, 3))
    return points


def _clear(points: list[Point], tag: Box, obstacles: Sequence[Box], room: tuple[float, float]) -> list[Point] | None:
    """*points*, of one x, moved up and down to where tags hide no *obstacles*; None if *room* does not allow it."""
    left, right = points[0].x - tag.width / 2, points[0].x + tag.width / 2
    blocked = sorted(
        (box.y, box.y + box.height) for box in obstacles if box.x < right - 2.0 and left + 2.0 < box.x + box.width
    )
    half = tag.height / 2
    if not any(low < point.y + half and point.y - half < high for low, high in blocked for point in points):
        return points
    slots = _slots(blocked, tag.height, *room)
    order = sorted(range(len(points)), key=lambda index: points[index].y)
    if len(slots) < len(order):
        return None
    moved = list(points)
    for index, y in zip(order, _nearest([points[index].y for index in order], slots), strict=True):
        moved[index] = Point(points[index].x, round(y, 3))
    return moved


def _slots(blocked: Sequence[tuple[float, float]], size: float, top: float, bottom: float) -> list[float]:
    """The middles of as many tags as find room, one above the other, between ascending *blocked* stretches."""
    slots = []
    for low, high in (*blocked, (bottom, bottom)):
        if count := int(max(0.0, low - top) / size):
            room = (low - top) / count
            slots += [top + (index + 0.5) * room for index in range(count)]
        top = max(top, high)
    return slots


def _nearest(values: Sequence[float], slots: Sequence[float]) -> list[float]:
    """One of the ascending *slots* for each of the ascending *values*, in order, with the least way in all."""
    spare = len(slots) - len(values)
    ways: list[list[tuple[float, tuple[float, ...]]]] = [[(0.0, ())] * (spare + 1)]
    for index, value in enumerate(values):
        best: list[tuple[float, tuple[float, ...]]] = []
        for skipped in range(spare + 1):
            slot = slots[index + skipped]
            way, chosen = ways[-1][skipped]
            here = (way + abs(slot - value), (*chosen, slot))
            best.append(min(here, best[-1]) if best else here)
        ways.append(best)
    return list(ways[-1][-1][1])


def _apart(values: Sequence[float], distance: float) -> list[float]:
    """Ascending *values* moved as little as it takes to be *distance* apart: groups that touch share their middle."""
    groups: list[list[float]] = []  # [sum of wanted firsts, count]
    for value in values:
        groups.append([value, 1.0])
        while len(groups) > 1:
            (first, many), (second, more) = groups[-2], groups[-1]
            if second / more - first / many >= distance * many:
                break
            groups[-2:] = [[first + second - more * many * distance, many + more]]
    return [total / count + index * distance for total, count in groups for index in range(int(count))]
