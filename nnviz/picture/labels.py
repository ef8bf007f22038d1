"""The texts of a picture that the place or the example changes: names, measurements, classes, gaps."""

from collections.abc import Iterator

import numpy as np

from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.layout import class_label
from nnviz.picture.numbers import measured, shown
from nnviz.picture.parts import Box, Label, Point, Side, Text, text_width
from nnviz.picture.scene import Scene


def labels(scene: Scene) -> tuple[Label, ...]:
    """All of them."""
    return (*_features(scene), *_classes(scene), *_image_caption(scene), *_gaps(scene))


def _features(scene: Scene) -> Iterator[Label]:
    if scene.plan.image_shape is not None:
        return
    x, width = scene.plan.left
    for unit, centre in scene.slots[1].items():
        if unit:
            address = Address(Symbol.A, 1, unit)
            yield from _two_lines(
                scene,
                Box(x, centre.y, width, 0.0),
                scene.dataset.feature_names[unit - 1],
                _raw(scene, unit),
                "right",
                address,
            )


def _raw(scene: Scene, unit: int) -> str:
    """The feature as it was measured, where scaling or a unit makes that another thing than x."""
    raw = scene.raw if scene.raw is not None else scene.dataset.X[scene.story.trace.row]
    measure = scene.dataset.units[unit - 1]
    if not measure and float(raw[unit - 1]) == float(scene.story.trace.a[0][unit - 1]):
        return ""
    return f"{measured(float(raw[unit - 1]))} {measure}".strip()


def _classes(scene: Scene) -> Iterator[Label]:
    x, width = scene.plan.right
    last, targets = len(scene.plan.sizes), scene.story.trace.y
    for unit, centre in scene.slots[last].items():
        name = class_label(scene.dataset, unit)
        y = shown(float(targets[unit - 1]), 0)
        yield from _two_lines(
            scene,
            Box(x, centre.y, width, 0.0),
            name,
            f"y = {y}",
            "left",
            Address(Symbol.Y, last, unit),
            bold=float(targets[unit - 1]) >= 0.5,
        )


def _two_lines(
    scene: Scene, at: Box, first: str, second: str, side: Side, address: Address, *, bold: bool = False
) -> Iterator[Label]:
    unit = scene.plan.unit
    height = 16.0 * unit
    crowded = scene.plan.column(address.layer).spacing < 34.0 * unit
    lines = 1 if crowded or not second else 2
    y = at.y - lines * height / 2
    role = "text" if bold else "muted"
    yield Label(
        Box(at.x, y, at.width, height),
        Text(first, 12.5 * unit, role, bold),
        side,
        address=address,
    )
    if lines == 2:
        box = Box(at.x, y + height, at.width, height)
        yield Label(box, Text(second, 11.5 * unit, role), side, address=address)


def _gaps(scene: Scene) -> Iterator[Label]:
    """How many units of a layer are folded away, and which one is the guest."""
    for column in scene.plan.columns:
        if column.guest is None:
            continue
        own = column.units[column.guest]
        guest = scene.guests.get(column.layer, own.unit)
        lines = [f"⋮ {column.hidden} more"]
        if column.shown(guest) is not column.units:
            lines.append(f"above: unit {guest}")
        size, unit = 12.0 * scene.plan.unit, scene.plan.unit
        top = own.centre.y + column.spacing - (len(lines) - 2) * 8.0 * unit
        for index, words in enumerate(lines):
            centre = Point(column.x, top + (index - 0.5) * 16.0 * unit)
            width = text_width(words, size) + 10.0 * unit
            yield Label(Box.around(centre, width, 16.0 * unit), Text(words, size, "muted"), "centre")


def _image_caption(scene: Scene) -> Iterator[Label]:
    box = scene.plan.columns[0].image
    if box is None:
        return
    example, y = scene.story.trace.row, scene.story.trace.y
    name = scene.dataset.class_names[int(y[0] >= 0.5) if len(y) == 1 else int(np.argmax(y))]
    words = f"example {example + 1:,} of {len(scene.dataset):,} · {name}"
    line = Box(box.x - box.width, box.y + box.height + 10.0 * scene.plan.unit, 3 * box.width, 18.0 * scene.plan.unit)
    yield Label(line, Text(words, 12.5 * scene.plan.unit, "muted"), "centre")
