"""`nnviz data`: what nnviz understood of a file, before anything is learned from it."""

import argparse
import csv
import json
import sys
from typing import Any

from nnviz.cli.terminal import utf8
from nnviz.engine.data import SCALINGS, Dataset
from nnviz.files.choices import Choices, Settled, settled
from nnviz.files.examples import Gap, dataset, gaps
from nnviz.files.reading import read
from nnviz.files.table import Table
from nnviz.files.understanding import class_counts, written
from nnviz.files.words import counted
from nnviz.picture.numbers import measured

FIRST_FEATURES = 12  # of more, only these are listed
FIRST_GAPS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* what the command takes."""
    parser.add_argument("file", metavar="FILE", help="a .csv, .tsv, .txt, .npz, .npy or .mat file")
    parser.add_argument("labels", metavar="FILE2", nargs="?", help="the classes, when FILE holds the features alone")
    parser.add_argument("--label", metavar="COLUMN", help="name or number of the column of classes [found by itself]")
    parser.add_argument("--features", metavar="A,B", help="names or numbers of the inputs [all other numbers]")
    scalings = ", ".join(scaling.name for scaling in SCALINGS)
    parser.add_argument("--scaling", metavar="NAME", help=f"of the features: {scalings} [found by itself]")
    parser.add_argument("--drop-missing", action="store_true", help="leave out rows with a cell that cannot be used")
    header = parser.add_mutually_exclusive_group()
    header.add_argument("--header", action="store_true", default=None, help="the first row has the names")
    header.add_argument("--no-header", action="store_false", dest="header", help="the first row is an example")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print it and return 0; FileProblem says why the file cannot be used."""
    table = read(arguments.file, arguments.labels, header=arguments.header)
    features = None if arguments.features is None else tuple(next(csv.reader([arguments.features])))
    choices = Choices(arguments.label, features, arguments.scaling, arguments.drop_missing)
    data, chosen, found = dataset(table, choices), settled(table, choices), gaps(table, choices)
    utf8(sys.stdout)
    if arguments.json:
        print(json.dumps(_plain(table, data, chosen, found), ensure_ascii=False, allow_nan=False, indent=1))
    else:
        print("\n".join(_lines(table, data, chosen, found)))
    return 0


def _plain(table: Table, data: Dataset, chosen: Settled, found: list[Gap]) -> dict[str, Any]:
    return {
        "file": table.name,
        "format": table.format.kind,
        "encoding": table.format.encoding,
        "delimiter": table.format.delimiter,
        "decimal": table.format.decimal,
        "header": table.format.header,
        "rows": len(table),
        "columns": {column.name: column.kind for column in table.columns},
        "m": len(data),
        "features": [
            {"name": name, "least": float(least), "largest": float(largest)}
            for name, least, largest in zip(data.feature_names, data.X.min(axis=0), data.X.max(axis=0), strict=True)
        ],
        "image_shape": data.image_shape,
        "label": chosen.label,
        "classes": dict(zip(data.class_names, class_counts(data), strict=True)),
        "missing": [gap._asdict() for gap in found],
        "dropped": len(table) - len(data),
        "network": list(data.sizes),
        "scaling": data.scaling,
        "weights": data.weights is not None,
        "notes": list(table.notes),
    }


def _lines(table: Table, data: Dataset, chosen: Settled, found: list[Gap]) -> list[str]:
    title = next(row.title for row in SCALINGS if row.name == data.scaling)
    return [
        f"{table.name}: {written(table)}",
        f"{counted(len(data), 'example')} in rows {table.rows[0]} to {table.rows[-1]}",
        "",
        counted(len(data.feature_names), "feature"),
        *_features(data),
        "",
        f"{counted(len(data.class_names), 'class', 'classes')}, from column “{chosen.label}”",
        *_pairs([(name, counted(count, "example")) for name, count in zip(data.class_names, class_counts(data))]),
        "",
        *_unused(table, chosen),
        *_missing(found, len(table) - len(data)),
        *table.notes,
        f"Network: {'-'.join(map(str, data.sizes))}{', with the weights of the file' if data.weights else ''}",
        f"Scaling: {data.scaling} ({title})",
    ]


def _features(data: Dataset) -> list[str]:
    if data.image_shape is not None:
        rows, columns = data.image_shape
        return [f"  images of {rows} × {columns} pixels, {measured(data.X.min())} to {measured(data.X.max())}"]
    ranges = zip(data.feature_names, data.X.min(axis=0), data.X.max(axis=0))
    told = [(name, _range(float(least), float(largest))) for name, least, largest in ranges]
    more = [f"  … and {len(told) - FIRST_FEATURES} more"] if len(told) > FIRST_FEATURES else []
    return _pairs(told[:FIRST_FEATURES]) + more


def _range(least: float, largest: float) -> str:
    return f"always {measured(least)}" if least == largest else f"{measured(least)} to {measured(largest)}"


def _pairs(pairs: list[tuple[str, str]]) -> list[str]:
    width = max(len(name) for name, _ in pairs)
    return [f"  {name:<{width}}  {text}" for name, text in pairs]


def _unused(table: Table, chosen: Settled) -> list[str]:
    used = {*chosen.features, chosen.label}
    names = [f"{column.name} ({column.kind})" for column in table.columns if column.name not in used]
    return (
        [f"Not used: {', '.join(names[:FIRST_FEATURES])}{', …' if len(names) > FIRST_FEATURES else ''}"]
        if names
        else []
    )


def _missing(found: list[Gap], dropped: int) -> list[str]:
    if not found:
        return ["No missing values"]
    first = "; ".join(map(str, found[:FIRST_GAPS]))
    more = "; …" if len(found) > FIRST_GAPS else ""
    return [f"{counted(dropped, 'row')} left out, for {counted(len(found), 'cell')}: {first}{more}"]
