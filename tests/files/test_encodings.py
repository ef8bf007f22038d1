"""The encoding is found from the bytes alone."""

import io

import pytest

from nnviz.files.encodings import encoding_of

TEXT = "größe,masse,class\n1,2,a\n3,4,b\n"


@pytest.mark.parametrize(
    ("codec", "title"),
    [
        ("ascii", "UTF-8"),
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with BOM"),
        ("utf-16-le", "UTF-16 LE"),
        ("utf-16-be", "UTF-16 BE"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_found(codec, title):
    content = TEXT.encode(codec, "ignore")
    file = io.BytesIO(content)
    found = encoding_of(file)
    assert found.title == title
    assert file.tell() == 0
    assert content.decode(found.codec) == TEXT.encode(codec, "ignore").decode(codec)


@pytest.mark.parametrize(("mark", "codec"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf16_with_a_mark(mark, codec):
    content = mark + TEXT.encode(codec)
    found = encoding_of(io.BytesIO(content))
    assert "with BOM" in found.title
    assert content.decode(found.codec) == TEXT


def test_utf32_is_not_taken_for_utf16():
    content = TEXT.encode("utf-32")
    assert content.decode(encoding_of(io.BytesIO(content)).codec) == TEXT


def test_a_byte_that_windows_does_not_know_is_latin():
    assert encoding_of(io.BytesIO(b"a,\x81,b\n")).title == "Latin-1"


def test_a_letter_across_two_blocks_is_still_utf8():
    assert encoding_of(io.BytesIO(b"x" * (2**20 - 1) + "ö\n".encode())).title == "UTF-8"


def test_a_letter_cut_off_at_the_end_is_not():
    assert encoding_of(io.BytesIO("1,ö".encode()[:-1])).title == "Windows-1252"
