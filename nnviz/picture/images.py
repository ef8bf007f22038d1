"""The images of a picture: the input, and beside each unit of layer 2 the row of Θ⁽¹⁾ that leads into it."""

import numpy as np

from nnviz.engine.quantities import MATRICES, Address, Symbol
from nnviz.engine.steps import Accumulate
from nnviz.engine.story import Level
from nnviz.picture.layout import Slot
from nnviz.picture.parts import Image
from nnviz.picture.scene import Scene, place_of
from nnviz.picture.wiring import levels, portrait, row_image


def images(scene: Scene) -> tuple[Image, ...]:
    """The input, and the rows that differ from those at rest."""
    if scene.plan.image_shape is None:
        return ()
    images = [pixels(scene)]
    second = scene.plan.column(2)
    for index, slot in enumerate(second.shown(scene.guests.get(2))):
        row = _row_at_work(scene, slot)
        if row is not None:
            images.append(row)
        elif index == second.guest or _points_into(scene, slot.unit):
            images.append(_marked(scene, portrait(scene.network, scene.plan, slot)))
    return tuple(images)


def pixels(scene: Scene) -> Image:
    """The input as the image it is, from nothing (white) to the largest value."""
    box, shape = scene.plan.columns[0].image, scene.plan.image_shape
    assert box is not None
    assert shape is not None
    a = scene.story.trace.a[0]
    shades = levels(a, max(1.0, float(np.abs(a).max())))
    address = Address(Symbol.A, 1)
    marked = None
    if scene.level is Level.TERM and len(scene.steps) == 1 and scene.from_image(scene.steps[0]):
        marked = scene.told - 2 if scene.told >= 2 else None
    image = Image(address, box, *shape, shades, positive="activation", marked=marked)
    return _marked(scene, image)


def _marked(scene: Scene, image: Image) -> Image:
    """The image with the ring round the cell that is pointed at, be it as a pixel, a Θ or another of its kind."""
    pointed = scene.pointed
    if pointed is None or pointed.layer != 1:
        return image
    pixels = image.cells.symbol is Symbol.A
    if pixels and pointed.symbol is Symbol.A and pointed.row:
        return image._replace(pointed=pointed.row - 1)
    if pointed.symbol in MATRICES and pointed.column and (pixels or pointed.row == image.cells.row):
        return image._replace(pointed=pointed.column - 1)
    return image


def _points_into(scene: Scene, unit: int) -> bool:
    pointed = scene.pointed
    return (
        pointed is not None
        and pointed.symbol in MATRICES
        and (pointed.layer, pointed.row) == (1, unit)
        and bool(pointed.column)
    )


def _row_at_work(scene: Scene, slot: Slot) -> Image | None:
    """The entries of Δ, D or the new Θ that are being told, in place of the row of Θ⁽¹⁾."""
    step = scene.steps[0] if len(scene.steps) == 1 else None
    if step is None or not step.fills_row or place_of(step) != (2, slot.unit):
        return None
    values = np.array(step.products if isinstance(step, Accumulate) else step.totals)[1:]
    largest = float(np.abs(values).max())
    values[max(0, scene.told - 1) :] = 0.0
    return _marked(scene, row_image(scene.plan, slot, step.symbol, values, largest, frame=scene.role))
