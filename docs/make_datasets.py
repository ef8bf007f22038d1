"""Writes the stored numbers of resources/datasets/ anew: `python docs/make_datasets.py [FOLDER]`.

Needs numpy; Iris and the digits are taken from scikit-learn, which the program itself does not need.
"""

import csv
import sys
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits, load_iris

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "datasets"
# Chosen for its start: the first four examples are of four classes, and example 7 is a car all of whose
# inputs, scaled from 0 to 1, lie well inside (0.73, 0.38, 0.49).
SEED = 2094

# Made up to be plausible: how many, then mean and standard deviation of speed (km/h), mass (kg), height (m),
# and the smallest of each. Motorcycles are weighed without a rider; trucks are those of delivery services.
# Slow motorcycles come near pedestrians and tall cars near trucks, so that no straight line parts them all.
VEHICLES = {
    "pedestrian": (36, (7, 4), (74, 17), (1.71, 0.10), (1, 40, 1.4)),
    "car": (42, (80, 26), (1500, 330), (1.62, 0.17), (8, 800, 1.3)),
    "motorcycle": (36, (62, 30), (180, 55), (1.20, 0.12), (8, 80, 0.95)),
    "truck": (36, (60, 18), (2500, 520), (2.25, 0.30), (8, 1500, 1.7)),
}
# Not above these: the ends of the default scaling from 0 to 1 then lie where one expects them.
LARGEST = (140, 4000, 3.1)

GATES = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "xor": (0, 1, 1, 0), "xnor": (1, 0, 0, 1)}


def main(folder: Path) -> None:
    """Write every file of numbers into *folder*."""
    write_vehicles(folder)
    for name, outputs in GATES.items():
        rows = zip(product((0, 1), repeat=2), outputs, strict=True)
        write_table(folder / f"{name}.csv", ("x1", "x2", "y"), ((*x, y) for x, y in rows))
    write_iris(folder)
    write_digits(folder)


def write_vehicles(folder: Path) -> None:
    """Draw each class from its normal distributions, then shuffle; all from the seed."""
    generator = np.random.default_rng(SEED)
    rows = []
    for name, (count, speed, mass, height, smallest) in VEHICLES.items():
        drawn = [generator.normal(mean, deviation, count) for mean, deviation in (speed, mass, height)]
        for example in np.clip(np.column_stack(drawn), smallest, LARGEST):
            rows.append((f"{example[0]:.1f}", f"{example[1]:.0f}", f"{example[2]:.2f}", name))
    shuffled = [rows[index] for index in generator.permutation(len(rows))]
    write_table(folder / "vehicles.csv", ("speed", "mass", "height", "class"), shuffled)


def write_iris(folder: Path) -> None:
    """In the order of the source, so that its row numbers hold."""
    iris = load_iris()
    rows = ((*x, iris.target_names[label]) for x, label in zip(iris.data.tolist(), iris.target, strict=True))
    write_table(folder / "iris.csv", ("sepal length", "sepal width", "petal length", "petal width", "class"), rows)


def write_digits(folder: Path) -> None:
    """In the order of the source; a byte a pixel."""
    digits = load_digits()
    images, labels = digits.images.astype(np.uint8), digits.target.astype(np.uint8)
    np.savez_compressed(folder / "digits.npz", images=images, labels=labels)


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file with a header row and lines that end in a line feed."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
