"""Θ and how it was reached, saved to a file and read back."""

import json
import math
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.network import Network
from nnviz.files import array_formats
from nnviz.files.atomic import check_writable, written
from nnviz.files.errors import FileProblem
from nnviz.files.matrices import theta_matrices
from nnviz.files.numpy_files import Arrays
from nnviz.files.opening import opened

VERSION = 1
_HOW = "how"  # the array that holds the text
_LONGEST_TEXT = 2**16
_MAT_HEADER = struct.Struct("<5i")  # type, rows, columns, whether complex, length of the name with its zero byte
_MAT_NUMBERS, _MAT_TEXT = 0, 1  # both as doubles in little-endian order, column by column
_Writer = Callable[[BinaryIO, dict[str, Array], str], None]


@dataclass(frozen=True, eq=False)
class Saved:
    """A network and, in plain values by name, how its Θ came about; empty for a file that is not nnviz's."""

    network: Network
    how: Mapping[str, Any] = field(default_factory=dict)


class _Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the text beside Θ must hold."""

    version: int
    activation: str
    how: dict[str, Any]


def save_thetas(path: str | Path, network: Network, how: Mapping[str, Any] | None = None) -> None:
    """Write Theta1, Theta2, … and *how* (plain values: method, λ, α, seed, …) to a .npz or .mat file, or nothing.

    The .mat is as the course has it. FileProblem for another ending, for a Θ or a value that is not finite, and
    when the file cannot be written.
    """
    save = _writer(path)
    try:
        thetas = Network.from_thetas(network.thetas).thetas
        text = json.dumps(
            {"version": VERSION, "activation": network.activation_name, "how": dict(how or {})}, allow_nan=False
        )
    except (TypeError, ValueError) as error:
        raise FileProblem(
            f"This cannot be saved: {error}", str(path), "Save a state from before the numbers left all bounds."
        ) from None
    with written(path) as file:
        save(file, {f"Theta{layer}": theta for layer, theta in enumerate(thetas, 1)}, text)


def check_place(path: str | Path) -> None:
    """FileProblem if ``save_thetas`` could write nothing at *path*; for who has long work to do before."""
    _writer(path)
    check_writable(path)


def load_saved(path: str | Path) -> Saved:
    """The network in a .npz or .mat file with Theta1, Theta2, …, and what is said of it.

    FileProblem when there are none, when they do not fit together or are not finite, or when nnviz does not know
    the version.
    """
    path = Path(path)
    with opened(path) as file:
        found = array_formats.recognised(file, path)
        if found is None:
            raise FileProblem("This is no file of weights.", path.name, "Choose a .npz or .mat file.")
        arrays = found.read(file, path)
    text = _text(arrays, path.name)
    try:
        network = Network.from_thetas(_matrices(arrays, path.name), activation=text.activation)
    except ValueError as error:
        raise FileProblem(f"Its weights are no network: {error}", path.name, "Save them anew.") from None
    return Saved(network, text.how)


def load_thetas(path: str | Path) -> Network:
    """The network in such a file; FileProblem as in ``load_saved``."""
    return load_saved(path).network


def _writer(path: str | Path) -> _Writer:
    writer = _WRITERS.get(Path(path).suffix.lower())
    if writer is None:
        raise FileProblem("Its name ends in neither .npz nor .mat.", str(path), "Choose one of these endings.")
    return writer


def _matrices(arrays: Arrays, where: str) -> list[Array]:
    thetas = theta_matrices(arrays)
    if not thetas:
        raise FileProblem(
            "It holds no weights: none of its arrays is called Theta1.", where, "Save them as Theta1, Theta2, …"
        )
    return thetas


def _text(arrays: Arrays, where: str) -> _Text:
    """What nnviz wrote beside Θ; for any other file that hidden units are sigmoids, as the course's are."""
    if _HOW not in arrays:
        return _Text(VERSION, "sigmoid", {})
    text = "".join(map(str, arrays[_HOW].flat)) if arrays[_HOW].dtype.kind == "U" else ""
    try:
        if len(text) > _LONGEST_TEXT:
            raise ValueError(f"it has {len(text):,} letters")
        plain = json.loads(text, object_pairs_hook=_different, parse_constant=_finite, parse_float=_finite)
        if isinstance(plain, dict) and plain.get("version") != VERSION:
            raise FileProblem(
                f"It has version {plain.get('version')!r:.20}; this nnviz reads version {VERSION}.",
                where,
                "Take the nnviz it was saved with, or a newer one.",
            )
        return msgspec.convert(plain, _Text)
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise FileProblem(
            f"What it says of its weights is damaged ({str(error)[:80]}).", where, "Save it anew."
        ) from None


def _different(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is no finite number")
    return value


def _save_npz(file: BinaryIO, thetas: dict[str, Array], text: str) -> None:
    arrays: dict[str, Any] = {**thetas, _HOW: np.array(text)}
    np.savez(file, **arrays)


def _save_mat(file: BinaryIO, thetas: dict[str, Array], text: str) -> None:
    """Version 4 of the format, the plainest: every MATLAB and Octave reads it, and so does ``matlab_child``."""
    letters = np.array([[ord(letter) for letter in text]], dtype=np.float64)
    for name, matrix, kind in (*((n, t, _MAT_NUMBERS) for n, t in thetas.items()), (_HOW, letters, _MAT_TEXT)):
        label = name.encode("ascii") + b"\0"
        file.write(_MAT_HEADER.pack(kind, *matrix.shape, 0, len(label)) + label)
        file.write(np.ascontiguousarray(matrix.T, dtype="<f8").data)


_WRITERS: dict[str, _Writer] = {".npz": _save_npz, ".mat": _save_mat}
