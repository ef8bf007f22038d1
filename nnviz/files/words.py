"""Pieces of the sentences about files: counts, and what a file says in quotation marks."""

LONGEST_QUOTE = 30


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """``1 row``, ``2 rows``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def quoted(text: str) -> str:
    """What stands in a file, cut and with everything unprintable made visible: a message is one line of plain text."""
    cut = text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
    return f"“{''.join(letter if letter.isprintable() else '�' for letter in cut)}”"


def size(count: int) -> str:
    """A number of bytes as a file manager shows it."""
    return f"{count / 2**20:,.0f} MiB" if count >= 2**20 else f"{count:,} bytes"
