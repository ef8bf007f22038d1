"""Arrays from .npy and .npz files: sizes are read and judged before anything is unpacked, pickles never."""

import math
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from nnviz.files.errors import FileProblem
from nnviz.files.limits import MOST_CELLS
from nnviz.files.words import quoted, size

Arrays = dict[str, NDArray[Any]]

MOST_ARRAYS = 100
_MOST_UNPACKED = 8 * MOST_CELLS
_MAGIC = b"\x93NUMPY"
_LONGEST_HEADER = 10_000
_DESCR = re.compile(r"'descr'\s*:\s*'([<>=|]?([A-Za-z])\d*)'")
_ORDER = re.compile(r"'fortran_order'\s*:\s*(True|False)")
_SHAPE = re.compile(r"'shape'\s*:\s*\(([\dL, ]*)\)")
_MOST_DIRECTORY = 2**20  # bytes of a zip's list of members; a hundred names need a hundredth of it
_END_OF_ZIP = struct.Struct("<4s4H2LH")  # PK\5\6, disks, members, size and place of the directory, comment
_DAMAGE = (
    ArithmeticError,
    EOFError,
    LookupError,
    NotImplementedError,  # a way of packing that Python does not know
    RuntimeError,  # a password
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def from_npy(file: BinaryIO, where: str) -> NDArray[Any]:
    """The array of numbers or words in an open .npy file."""
    with _complaints(where):
        return _array(file, where)


def from_npz(file: BinaryIO, where: str) -> Arrays:
    """The arrays of an open .npz file by name."""
    with _complaints(where):
        _check_directory(file, where)
        with zipfile.ZipFile(file) as archive:
            return _members(archive, where)


def _members(archive: zipfile.ZipFile, where: str) -> Arrays:
    members = archive.infolist()
    if not all(member.filename.endswith(".npy") for member in members):
        raise FileProblem(
            "This is an archive (.zip, .xlsx, .ods), not a file of arrays.",
            where,
            "Open it in the program it comes from and save it as CSV.",
        )
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        raise ValueError("it is packed in a way that numpy does not use")
    if not 1 <= len(members) <= MOST_ARRAYS:
        raise FileProblem(f"It holds {len(members)} arrays; 1 to {MOST_ARRAYS} can be read.", where, "Save it anew.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > _MOST_UNPACKED:
        raise FileProblem(
            f"Unpacked it has {size(unpacked)}; at most {size(_MOST_UNPACKED)} are read.", where, "Take a part of it."
        )
    arrays = {}
    for member in members:
        name = member.filename.removesuffix(".npy")
        # Nothing beyond the size that the directory states is ever unpacked.
        with archive.open(member) as content:
            arrays[name] = _array(content, f"{where}, array {quoted(name)}", member.file_size)
    return arrays


def _check_directory(file: BinaryIO, where: str) -> None:
    """Before zipfile makes an object for each of a million members."""
    file.seek(0, 2)
    length = min(file.tell(), 2**16 + _END_OF_ZIP.size)
    file.seek(-length, 2)
    tail = file.read()
    file.seek(0)
    place = tail.rfind(b"PK\5\6", 0, len(tail) - _END_OF_ZIP.size + 4)
    if place < 0:
        raise zipfile.BadZipFile("it has no end")
    if _END_OF_ZIP.unpack_from(tail, place)[5] > _MOST_DIRECTORY or b"PK\6\7" in tail[max(0, place - 20) : place]:
        raise FileProblem("It holds far too many arrays.", where, "Save X and y alone.")


def _array(file: IO[bytes], where: str, length: int | None = None) -> NDArray[Any]:
    """The array of which *file* holds *length* bytes (None: find out), its header looked at first."""
    shape, fortran, dtype = _header(file, where)
    count = math.prod(shape)
    if count > MOST_CELLS or count * dtype.itemsize > _MOST_UNPACKED:
        raise FileProblem(f"It has {count:,} cells; at most {MOST_CELLS:,} are read.", where, "Take a part of it.")
    if length is None:
        start = file.tell()
        length = file.seek(0, 2)
        file.seek(start)
    if count * dtype.itemsize > length:
        raise ValueError(f"{count:,} cells do not fit into {length:,} bytes")
    return np.frombuffer(file.read(count * dtype.itemsize), dtype, count).reshape(shape, order="F" if fortran else "C")


def _header(file: IO[bytes], where: str) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Shape, whether it is stored column by column, and type of the array that follows.

    The header is a Python dictionary; nothing in it is evaluated but the three values that are looked for.
    """
    start = file.read(len(_MAGIC) + 2)
    if not start.startswith(_MAGIC):
        raise ValueError("it does not begin as an array does")
    width = 2 if start[-2] == 1 else 4  # bytes of the length, by the version of the format
    length = int.from_bytes(file.read(width), "little")
    header = file.read(min(length, _LONGEST_HEADER)).decode("latin-1")
    order, shape, kind = _ORDER.search(header), _SHAPE.search(header), _DESCR.search(header)
    if order is None or shape is None:
        raise ValueError("its header is not complete")
    if kind is None or kind[2] not in "biufUS":
        what = (
            "Python objects, which are never loaded" if kind and kind[2] == "O" else "neither plain numbers nor words"
        )
        raise FileProblem(f"It holds {what}.", where, "Save plain numbers with numpy.save or numpy.savez.")
    return tuple(map(int, re.findall(r"\d+", shape[1]))), order[1] == "True", np.dtype(kind[1])


@contextmanager
def _complaints(where: str) -> Iterator[None]:
    """Turn what a damaged file makes the readers raise into a FileProblem."""
    try:
        yield
    except _DAMAGE as error:
        raise FileProblem(
            f"The file is damaged or cut short ({' '.join(str(error).split())[:80]}).", where, "Save it anew."
        ) from None
    except MemoryError:
        raise FileProblem("There is not enough memory for it.", where, "Take a part of it.") from None
