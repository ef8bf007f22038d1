"""Names of columns as they are shown: short, on one line, and all different."""

from collections.abc import Iterable

LONGEST_NAME = 60


def tidy(text: str) -> str:
    """*text* on one line, without unprintable letters, cut after 60."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:LONGEST_NAME].rstrip()


def different(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names with a number after those that are taken, and a sentence about each such change."""
    taken: dict[str, int] = {}
    found: list[str] = []
    notes: list[str] = []
    for name in names:
        count, new = taken.get(name, 0), name
        while new in taken:
            count += 1
            new = f"{name} ({count + 1})" if count else name
        taken[name] = count
        taken.setdefault(new, 0)
        if new != name:
            notes.append(f"More than one column is called “{name}”; one of them is called “{new}” here.")
        found.append(new)
    return tuple(found), tuple(notes)


def pixels(rows: int, columns: int) -> tuple[str, ...]:
    """``pixel 1,1``, ``pixel 1,2``, …: row by row."""
    return tuple(f"pixel {row},{column}" for row in range(1, rows + 1) for column in range(1, columns + 1))
