"""The formulas above and below the columns say what their labels say."""

import pytest

from nnviz.engine.quantities import Symbol
from nnviz.files.datasets import load
from nnviz.picture.headings import heading
from nnviz.picture.layout import layout
from nnviz.picture.markup import plain


@pytest.mark.parametrize("width", [320, 765, 1400])
@pytest.mark.parametrize("data", ["vehicles", "xor", "digits"])
def test_a_formula_says_what_its_label_says(data, width):
    dataset = load(data)
    plan = layout(dataset.sizes, dataset, width, 760)
    labels = [label for label in plan.labels if label.address is not None]
    matrices = [label for label in labels if label.address.symbol is Symbol.THETA]
    assert (len(labels), len(matrices)) == (2 * len(dataset.sizes) - 1, len(dataset.sizes) - 1)
    assert [plain(heading(label, plan)) for label in labels] == [label.text.words for label in labels]
