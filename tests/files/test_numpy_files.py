"""Arrays are judged by their headers before they are unpacked; damage is told, pickles are never loaded."""

import io
import struct
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib import format as npy

from nnviz.files import numpy_files
from nnviz.files.errors import FileProblem
from nnviz.files.numpy_files import from_npy, from_npz


def npz_of(**arrays) -> bytes:
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def npy_of(array, **options) -> bytes:
    out = io.BytesIO()
    np.save(out, array, **options)
    return out.getvalue()


def header_of(shape, descr="<f8", version=(1, 0)) -> bytes:
    out = io.BytesIO()
    write = npy.write_array_header_1_0 if version == (1, 0) else npy.write_array_header_2_0
    write(out, {"descr": descr, "fortran_order": False, "shape": shape})
    return out.getvalue()


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3),
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.arange(24, dtype=">i2").reshape(2, 3, 4),
        np.array([True, False]),
        np.array(["a", "bc"]),
        np.array(3.0),
        np.zeros((0, 3)),
    ],
)
def test_an_array_comes_back_the_same(array):
    np.testing.assert_array_equal(from_npy(io.BytesIO(npy_of(array)), "a.npy"), array)
    np.testing.assert_array_equal(from_npz(io.BytesIO(npz_of(a=array)), "a.npz")["a"], array)


def test_the_second_version_of_the_format():
    content = header_of((2,), version=(2, 0)) + np.ones(2).tobytes()
    assert from_npy(io.BytesIO(content), "a.npy").tolist() == [1, 1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (npy_of(np.array([{}], dtype=object), allow_pickle=True), "Python objects, which are never loaded"),
        (npy_of(np.zeros(2, dtype=[("a", float)])), "neither plain numbers nor words"),
        (npy_of(np.zeros(2, dtype=complex)), "neither plain numbers nor words"),
        (npy_of(np.ones((10, 3)))[:200], r"damaged or cut short \(30 cells do not fit into 200 bytes\)"),
        (npy_of(np.ones(3))[:20], "damaged or cut short"),
        (b"\x93NUMPY\x09\x00", "damaged|neither"),
        (b"", "damaged or cut short"),
        (header_of((10**12,)), "It has 1,000,000,000,000 cells; at most 50,000,000"),
        (header_of((-1, 3)), "its header is not complete"),
        (header_of((1000,), descr="<U1000000"), "at most"),
    ],
)
def test_a_bad_npy(content, message):
    with pytest.raises(FileProblem, match=message):
        from_npy(io.BytesIO(content), "a.npy")


def zip_of(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("X.npy", "w") as member:
        member.write(header_of((50, 2**20)))
        for _ in range(400):
            member.write(bytes(2**20))
    return out.getvalue()


def test_a_bomb_is_not_unpacked(monkeypatch):
    content = bomb()
    assert len(content) < 2**20
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *arguments: pytest.fail("unpacked"))
    with pytest.raises(FileProblem, match=r"Unpacked it has 400 MiB; at most 381 MiB are read"):
        from_npz(io.BytesIO(content), "a.npz")


def test_a_directory_that_lies_about_the_size_unpacks_no_more():
    content = bytearray(zip_of(**{"X.npy": npy_of(np.ones(1000))}))
    place = content.rfind(b"PK\1\2") + 24  # unpacked size in the directory
    content[place : place + 4] = struct.pack("<L", 200)
    with pytest.raises(FileProblem, match=r"do not fit into 200 bytes|damaged"):
        from_npz(io.BytesIO(bytes(content)), "a.npz")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (zip_of(**{"[Content_Types].xml": b"", "xl/workbook.xml": b""}), r"\.xlsx.* save it as CSV"),
        (zip_of(), "It holds 0 arrays"),
        (zip_of(**{f"a{n}.npy": b"" for n in range(101)}), "It holds 101 arrays; 1 to 100"),
        (npz_of(X=np.ones(9))[:-30], "it has no end"),
        (zip_of(**{"X.npy": npy_of(np.ones(3)).replace(b"NUMPY", b"N?MPY")}), "does not begin as an array"),
        (zip_of(**{"X.npy": npy_of(np.ones(3))[:-4]}), r"a\.npz, array “X”|damaged"),
    ],
)
def test_a_bad_npz(content, message):
    with pytest.raises(FileProblem, match=message):
        from_npz(io.BytesIO(content), "a.npz")


def test_a_directory_of_a_million_is_refused_by_its_size(monkeypatch):
    content = zip_of(**{f"a{n}.npy": b"" for n in range(50)})
    monkeypatch.setattr(numpy_files, "_MOST_DIRECTORY", 1000)
    with pytest.raises(FileProblem, match="far too many arrays"):
        from_npz(io.BytesIO(content), "a.npz")


@given(cuts=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6))
def test_whatever_is_damaged_ends_in_words(cuts):
    """Bytes are changed anywhere: a file is still read, or said to be damaged; nothing else is raised."""
    for content, read in ((npz_of(X=np.ones((4, 2)), y=np.arange(4)), from_npz), (npy_of(np.ones((4, 2))), from_npy)):
        changed = bytearray(content)
        for place, value in cuts:
            changed[place % len(changed)] = value
        with suppress(FileProblem):
            read(io.BytesIO(bytes(changed)), "a")
