"""States whose stories the documents are tested with."""

from dataclasses import replace
from functools import cache

from nnviz.files.datasets import load
from nnviz.session.model import model_for
from nnviz.session.state import State, initial


@cache
def told(data: str = "vehicles", example: int = 7, lambda_: float = 0.5, fault: str | None = None) -> State:
    """The story of *example* (from 1)."""
    model = model_for(load(data))
    return initial(replace(model, recipe=replace(model.recipe, lambda_=lambda_, fault=fault)), example - 1)
