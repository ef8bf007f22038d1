"""`nnviz worksheet`: exercises to be worked on paper, with their solutions."""

import argparse
import sys

from nnviz.cli.options import LARGEST_SEED
from nnviz.cli.progress import counted
from nnviz.cli.values import number, one_of, whole
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.network import parse_sizes
from nnviz.files.atomic import check_writable, written
from nnviz.files.endings import by_ending
from nnviz.picture.worksheet.exercise import LARGEST_LAMBDA, MOST_DIGITS, MOST_EXAMPLES, fitting
from nnviz.picture.worksheet.formats import FORMATS, MOST_VARIANTS, Order, worksheet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* what the command takes."""
    usual = Order()
    parser.add_argument("--network", default="2-2-1", metavar="SIZES", help="units of each layer [%(default)s]")
    parser.add_argument("--seed", default=str(usual.seed), metavar="S", help="of the first variant [%(default)s]")
    parser.add_argument(
        "--variants", default="1", metavar="N", help="how many: seeds S to S + N − 1, in one file [%(default)s]"
    )
    parser.add_argument("--digits", default=str(usual.digits), metavar="N", help="decimals to write [%(default)s]")
    parser.add_argument(
        "--examples", default="1", metavar="M", help=f"from which D is found: 1 to {MOST_EXAMPLES} [%(default)s]"
    )
    parser.add_argument("--lambda", dest="lambda_", default="0", metavar="λ", help="weight decay [%(default)s]")
    activations = ", ".join(row.name for row in ACTIVATIONS)
    parser.add_argument(
        "--activation",
        default=usual.activation,
        metavar="NAME",
        help=f"g of hidden layers: {activations} [%(default)s]",
    )
    endings = ", ".join(FORMATS)
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help=f"a file that ends in {endings}")


def run(arguments: argparse.Namespace) -> int:
    """Write the file and return 0; ValueError or FileProblem say what is in the way."""
    order, form = _order(arguments), by_ending(arguments.output, FORMATS)
    check_writable(arguments.output)
    with counted(order.variants, "Worksheets", sys.stderr) as watch:
        content = worksheet(order, form, watch)
    with written(arguments.output) as file:
        file.write(content)
    return 0


def _order(arguments: argparse.Namespace) -> Order:
    examples = whole("--examples", arguments.examples, 1, MOST_EXAMPLES)
    variants = whole("--variants", arguments.variants, 1, MOST_VARIANTS)
    return Order(
        sizes=fitting(parse_sizes(arguments.network), examples),
        seed=whole("--seed", arguments.seed, 0, LARGEST_SEED + 1 - variants),
        variants=variants,
        digits=whole("--digits", arguments.digits, 1, MOST_DIGITS),
        examples=examples,
        lambda_=number("--lambda", arguments.lambda_, 0.0, LARGEST_LAMBDA),
        activation=one_of("--activation", arguments.activation, (row.name for row in ACTIVATIONS)),
    )
