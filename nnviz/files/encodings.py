"""In which encoding a text file is written, found from its bytes."""

import codecs
from typing import BinaryIO, NamedTuple

_BLOCK = 2**20


class Encoding(NamedTuple):
    """The codec that reads it, and how people call it."""

    codec: str
    title: str


_UTF8 = Encoding("utf-8", "UTF-8")
_UTF16_LITTLE = Encoding("utf-16-le", "UTF-16 LE")
_UTF16_BIG = Encoding("utf-16-be", "UTF-16 BE")
_WINDOWS = Encoding("cp1252", "Windows-1252")
_LATIN = Encoding("latin-1", "Latin-1")

# The marks that some programs put first. UTF-32's begins as UTF-16's does, so it is asked for before it.
_MARKS = (
    (codecs.BOM_UTF8, Encoding("utf-8-sig", "UTF-8 with BOM")),
    (codecs.BOM_UTF32_LE, Encoding("utf-32", "UTF-32")),
    (codecs.BOM_UTF32_BE, Encoding("utf-32", "UTF-32")),
    (codecs.BOM_UTF16_LE, Encoding("utf-16", "UTF-16 LE with BOM")),
    (codecs.BOM_UTF16_BE, Encoding("utf-16", "UTF-16 BE with BOM")),
)


def encoding_of(file: BinaryIO) -> Encoding:
    """The encoding of *file*, which is read once and left at its start.

    A mark decides; else zero bytes in every other place mean UTF-16; else it is UTF-8 if all of it can be. What
    is left is taken for Windows-1252, or for Latin-1, in which every byte means something.
    """
    file.seek(0)
    head = file.read(_BLOCK)
    try:
        for mark, encoding in _MARKS:
            if head.startswith(mark):
                return encoding
        return _of_zeros(head) or next((one for one in (_UTF8, _WINDOWS) if _reads(file, one)), _LATIN)
    finally:
        file.seek(0)


def _of_zeros(head: bytes) -> Encoding | None:
    """UTF-16 without a mark: most letters of a table are ASCII, with a zero byte beside them."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and even < odd // 16:
        return _UTF16_LITTLE
    if even > len(head) // 4 and odd < even // 16:
        return _UTF16_BIG
    return None


def _reads(file: BinaryIO, encoding: Encoding) -> bool:
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
