"""How a Θ came about, in plain values: what is written beside it in a file."""

from typing import Any

from nnviz.session.model import Model
from nnviz.session.run import settings


def account(model: Model) -> dict[str, Any]:
    """Data, network, start and recipe of *model* by name; None where there is none."""
    examples, arguments = model.examples, settings(model)
    return {
        "data": model.dataset.name,
        "network": list(model.network.sizes),
        "activation": model.network.activation_name,
        "scaling": model.scaling,
        "test_share": examples.test_share,
        "split_seed": examples.split_seed,
        "seed": model.seed,
        "initial": model.initialiser,
        "method": arguments["method"],
        "alpha": arguments["learning_rate"],
        "lambda": arguments["lambda_"],
        "batch": arguments["batch"],
        "fault": arguments["fault"],
    }
