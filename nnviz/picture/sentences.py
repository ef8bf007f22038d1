"""One sentence about every step, term and layer, in plain words; the same is read out, printed and shown."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import (
    Accumulate,
    Activate,
    BiasError,
    ExampleCost,
    Gradient,
    HiddenError,
    OutputCost,
    OutputError,
    Step,
    Update,
)
from nnviz.picture.markup import plain
from nnviz.picture.narrator import Narrator, capital, counted
from nnviz.picture.notation import accumulator, gradient, theta
from nnviz.picture.pieces import so_far

MOST_NAMED = 4  # more inputs than these are not listed by name
G_IN_WORDS = {"sigmoid": "the sigmoid", "tanh": "tanh", "relu": "ReLU", "linear": "the identity"}


class Sentences(NamedTuple):
    """What is said of a kind of step: of its unit, of one term (from 0), of its whole layer, and of g or × g′."""

    unit: Callable[[Narrator, Step], str]
    term: Callable[[Narrator, Step, int], str]
    layer: Callable[[Narrator, Step], str]
    closing: Callable[[Narrator, Step], str] | None = None


def start(narrator: Narrator) -> str:
    """Nothing told yet: the example is introduced."""
    names, count = narrator.names, narrator.sizes[0]
    told = f"Example {narrator.example:,} of {narrator.examples:,} belongs to class {narrator.class_name}."
    if count > MOST_NAMED:
        return f"{told} Its {count} inputs wait in layer 1."
    inputs = [f"{names.label(1, i)} {narrator.at(Address(Symbol.A, 1, i))}" for i in range(1, count + 1)]
    return f"{told} Its {_noun(count, 'input')}, {listed(inputs)}, wait{'s' * (count == 1)} in layer 1."


def whole(narrator: Narrator) -> str:
    """The story of the example, told to its end."""
    cost = narrator.text(narrator.trace.cost)
    told = f"Example {narrator.example:,} of {narrator.examples:,}: {_answer(narrator)} That costs {cost}"
    if not narrator.trace.learnt:
        return f"{told}. Θ does not learn from this example."
    if narrator.trace.final:
        step = ", and Θ has taken its step" if narrator.trace.epoch.descends else ""
        return f"{told}. It was the last: D is known{step}."
    return f"{told}, and what the example asks of Θ has been added to Δ."


def _answer(narrator: Narrator) -> str:
    """What the network says of the example, and what is true."""
    h = narrator.trace.h
    if len(h) == 1:
        sure = f"the network gives class {_positive(narrator)} the probability h = {narrator.text(float(h[0]))}"
        return f"{sure}, and it is of class {narrator.class_name}."
    best = int(np.argmax(narrator.trace.z[-1])) + 1  # saturated outputs may both show 1.00; their z differ
    name, value = narrator.names.label(len(narrator.sizes), best), narrator.text(float(h[best - 1]))
    right = best - 1 == int(np.argmax(narrator.trace.y))
    verdict = ", and so it should be" if right else f"; it should be {narrator.class_name}"
    return f"the largest output, {value}, is for {name}{verdict}."


def _positive(narrator: Narrator) -> str:
    """The class of y = 1, where there is one output."""
    return "1" if narrator.dataset is None else narrator.dataset.class_names[1]


def listed(parts: Sequence[str]) -> str:
    """``a, b and c``."""
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last


def _noun(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"


# Forward


def _incoming(narrator: Narrator, layer: int) -> str:
    count = narrator.sizes[layer - 1]
    if layer == 1:
        return f"the bias and the {counted(count, 'input')}"
    return f"the bias and the {counted(count, 'activation')} of layer {layer}"


def _is_output(narrator: Narrator, step: Step) -> bool:
    return step.layer == len(narrator.sizes)


def _g(narrator: Narrator, step: Step) -> str:
    return G_IN_WORDS["sigmoid" if _is_output(narrator, step) else narrator.trace.network.activation_name]


def _activate(narrator: Narrator, step: Step) -> str:
    unit = capital(narrator.names.unit(step.layer, step.unit))
    added = f"{unit} adds {_incoming(narrator, step.layer - 1)}, each times its weight"
    name = "answer, h" if _is_output(narrator, step) else "activation, a"
    z, a = narrator.text(step.total), narrator.at(step.target)
    return f"{added}: z = {z}. {capital(_g(narrator, step))} turns that into its {name} = {a}."


def _activate_term(narrator: Narrator, step: Step, index: int) -> str:
    weight, a = step.operands(index)
    added = narrator.text(float(step.products[index]))
    source = narrator.names.source(step.layer - 1, index)
    if index == 0:
        unit = narrator.names.unit(step.layer, step.unit)
        return f"The sum of {unit} begins with the bias unit: 1 times the weight {narrator.at(weight)} is {added}."
    sent = f"{capital(source)} sends {narrator.at(a)}; times the weight {narrator.at(weight)} it adds {added}"
    return f"{sent}{_then(narrator, step, index, 'z')}"


def _then(narrator: Narrator, step: Step, index: int, name: str) -> str:
    """How the sum stands after a term."""
    total = narrator.text(so_far(step, index))
    if step.count == 1:
        return ", and that is the whole sum."
    if index == step.count - 1:
        return f", and the sum is complete: {name} = {total}." if name else f", and the sum is complete: {total}."
    return f", which makes {total} so far."


def _activate_closing(narrator: Narrator, step: Step) -> str:
    name = "answer is h" if _is_output(narrator, step) else "activation is a"
    z, a = narrator.text(step.total), narrator.at(step.target)
    unit = narrator.names.unit(step.layer, step.unit)
    return f"{capital(unit)} puts z = {z} through {_g(narrator, step)}: its {name} = {a}."


def _activate_layer(narrator: Narrator, step: Step) -> str:
    layer, count = step.layer, narrator.sizes[step.layer - 1]
    if _is_output(narrator, step):
        return f"Layer {layer}, the output: {_answer(narrator)}"
    a = narrator.trace.a[layer - 1]
    taken = f"{_incoming(narrator, layer - 1)}"
    if count == 1:
        return f"Layer {layer}: its one unit takes {taken} and has a = {narrator.text(float(a[0]))}."
    low, high = (f"{narrator.text(float(a[unit]))} (unit {unit + 1})" for unit in (a.argmin(), a.argmax()))
    taken = f"its {counted(count, 'unit')} each take {taken}, with weights of their own"
    return f"Layer {layer}: {taken}. Their activations go from {low} to {high}."


# Cost


def _cost(narrator: Narrator, step: Step) -> str:
    y, h = step.operands(0)
    unit = capital(narrator.names.unit(step.layer, step.unit))
    is_one = narrator.value(y) == 1.0
    why = "−log h" if is_one else "−log(1 − h)" if narrator.value(y) == 0.0 else "−y log h − (1 − y) log(1 − h)"
    return f"{unit} is {narrator.at(h)} and should be {narrator.at(y)}: that costs {why} = {narrator.text(step.value)}."


def _cost_term(narrator: Narrator, step: Step, index: int) -> str:
    y = narrator.value(step.operands(index)[0])
    factor, share = ("1 − y", 1.0 - y) if index else ("y", y)
    half, unit = ("first", "second")[index], narrator.names.unit(step.layer, step.unit)
    together = f": together {narrator.text(step.value)}" if index else ""
    if share == 0.0:
        return f"For {unit}, {factor} is 0, so the {half} half of the cost counts nothing{together}."
    adds = narrator.text(float(step.products[index]))
    told = str(int(share)) if share.is_integer() else narrator.text(share)
    return f"For {unit}, {factor} is {told}, so the {half} half of the cost counts {adds}{together}."


def _total(narrator: Narrator, step: Step) -> str:
    value = narrator.text(step.value)
    added = (
        f"There is one output, so its cost, {value}, is the cost of this example"
        if step.count == 1
        else f"The costs of the {counted(step.count, 'output')} add to {value}, the cost of this example"
    )
    if not narrator.trace.learnt:
        return f"{added}. Θ does not learn from it, so J leaves it out."
    decay = ", plus weight decay" if narrator.trace.epoch.lambda_ else ""
    mean = f"J is the mean of that over all {narrator.m:,} examples" if narrator.m > 1 else "with m = 1 that is J"
    return f"{added}; {mean}{decay}."


def _total_term(narrator: Narrator, step: Step, index: int) -> str:
    added = narrator.text(float(step.products[index]))
    unit = capital(narrator.names.unit(step.layer, index + 1))
    return f"{unit} adds its cost, {added}{_then(narrator, step, index, '')}"


def _cost_layer(narrator: Narrator, step: Step) -> str:
    total = narrator.text(narrator.trace.cost)
    if len(narrator.trace.costs) == 1:
        return f"The output is compared with y: this example costs {total}."
    worst = int(narrator.trace.costs.argmax())
    name, most = narrator.names.unit(len(narrator.sizes), worst + 1), narrator.text(float(narrator.trace.costs[worst]))
    return f"Each output is compared with its y: together they cost {total}. {capital(name)} costs the most, {most}."


# Backward


def _output_error(narrator: Narrator, step: Step) -> str:
    (a,), (y,) = step.operands(0), step.operands(1)
    unit = capital(narrator.names.unit(step.layer, step.unit))
    side = "just right" if step.value == 0.0 else "too high" if step.value > 0 else "too low"
    error = narrator.at(step.target)
    if not narrator.rounds_to_1(a):  # 1.00 − 1 would say 0, which the error is not
        error = f"{narrator.at(a)} − {narrator.at(y)} = {error}"
    return f"{unit} is {narrator.at(a)} and should be {narrator.at(y)}: its error is δ = {error}, {side}."


def _output_error_term(narrator: Narrator, step: Step, index: int) -> str:
    if index == 1:
        (y,) = step.operands(1)
        return f"What it should be, y = {narrator.at(y)}, is taken away: δ = {narrator.at(step.target)}."
    (a,) = step.operands(0)
    unit = narrator.names.unit(step.layer, step.unit)
    return f"The error of {unit} begins with what it says, a = {narrator.at(a)}."


def _output_error_layer(narrator: Narrator, step: Step) -> str:
    if step.count and narrator.sizes[-1] == 1:
        return _output_error(narrator, step)
    what = "what each output says minus what it should say"
    return f"Layer {step.layer}, the output: its errors δ are {what}. {_largest(narrator, step.layer)}"


def _largest(narrator: Narrator, layer: int) -> str:
    errors = narrator.trace.delta[layer - 1]
    worst = int(np.abs(errors).argmax())
    unit = narrator.names.unit(layer, worst + 1)
    return f"The largest in size, {narrator.text(float(errors[worst]))}, is that of {unit}."


def _slope(narrator: Narrator, step: Step) -> str:
    return narrator.text(narrator.value(Address(Symbol.SLOPE, step.layer, step.unit)))


def _hidden(narrator: Narrator, step: Step) -> str:
    unit = capital(narrator.names.unit(step.layer, step.unit))
    total = narrator.text(step.total)
    products = (
        f"its one product is {total}" if step.count == 1 else f"its {counted(step.count, 'product')} add to {total}"
    )
    return (
        f"{unit} takes blame for what it helped to cause: {products}; "
        f"times g′(z) = {_slope(narrator, step)} that gives δ = {narrator.at(step.target)}."
    )


def _hidden_term(narrator: Narrator, step: Step, index: int) -> str:
    weight, error = step.operands(index)
    cause = narrator.names.unit(step.layer + 1, index + 1)
    back = f"{capital(cause)} has δ = {narrator.at(error)}; over the link of weight {narrator.at(weight)} it sends back"
    return f"{back} {narrator.text(float(step.products[index]))}{_then(narrator, step, index, '')}"


def _hidden_closing(narrator: Narrator, step: Step) -> str:
    unit, total = narrator.names.unit(step.layer, step.unit), narrator.text(step.total)
    scaled = f"{total} × {_slope(narrator, step)} = {narrator.at(step.target)}"
    return f"How much can {unit} still change? g′(z) = {_slope(narrator, step)}, so δ = {scaled}."


def _hidden_layer(narrator: Narrator, step: Step) -> str:
    layer, count = step.layer, narrator.sizes[step.layer - 1]
    if count == 1:
        told = f"its one unit takes its share of the errors of layer {layer + 1}"
        return f"Layer {layer}: {told}: δ = {narrator.text(float(narrator.trace.delta[layer - 1][0]))}."
    told = f"its {counted(count, 'unit')} share the blame for the errors of layer {layer + 1}"
    return f"Layer {layer}: {told}, which come back over the same links. {_largest(narrator, layer)}"


def _bias(narrator: Narrator, step: Step) -> str:
    return (
        f"The bias unit of layer {step.layer} would get {narrator.at(step.target)}, but that is struck out: "
        "it always says 1, no link leads into it, so nothing could use its δ."
    )


# Rows of matrices


def _row(narrator: Narrator, step: Step, name: str) -> str:
    """``row 2 of Δ⁽³⁾, of the output for car,``: a row belongs to a unit of the layer after."""
    return f"row {step.unit} of {name}, that of {narrator.names.unit(step.layer + 1, step.unit)},"


def _accumulate(narrator: Narrator, step: Step) -> str:
    before = narrator.before
    error = narrator.at(Address(Symbol.DELTA, step.layer + 1, step.unit))
    row = capital(_row(narrator, step, plain(accumulator(step.layer))))
    sent = "input" if step.layer == 1 else f"activation of layer {step.layer}"
    others = f"the {counted(before, 'example')}" if before > 1 else "the example"
    already = f"on top of what {others} before left there" if before else "as the first of all"
    return f"{row} receives δ = {error} times the bias's 1 and times each {sent}, {already}."


def _accumulate_term(narrator: Narrator, step: Step, index: int) -> str:
    before, error, a = step.operands(index)
    product, after = narrator.text(float(step.products[index])), narrator.text(so_far(step, index))
    entry = plain(accumulator(step.layer, step.unit, index))
    source = narrator.names.source(step.layer, index)
    of = "the activation of " if index and step.layer > 1 else ""
    added = f"δ times {of}{source}, {narrator.at(error)} × {narrator.at(a)} = {product}"
    return f"{capital(added)}, is added to {entry}: {narrator.at(before)} becomes {after}."


def _accumulate_layer(narrator: Narrator, step: Step) -> str:
    n, entries = step.layer, narrator.sizes[step.layer] * step.count
    name = plain(accumulator(n))
    each = f"each of the {entries} entries of {name} gets the δ where its link ends times the a where it starts"
    return f"{capital(each)}."


def _gradient(narrator: Narrator, step: Step) -> str:
    row = capital(_row(narrator, step, plain(gradient(step.layer))))
    share = f"is that row of {plain(accumulator(step.layer))} divided by m = {narrator.m}"
    if narrator.trace.epoch.lambda_ == 0.0:
        return f"{row} {share}: the slope of J along each weight in it (λ = 0: no weight decay)."
    return f"{row} {share}, with λ = {narrator.decay} times Θ added first; the bias column goes without."


def _gradient_term(narrator: Narrator, step: Step, index: int) -> str:
    sums, *weight = step.operands(index)
    value = narrator.text(so_far(step, index))
    if not weight:
        return f"The bias column stands apart, without weight decay: {narrator.at(sums)} / {narrator.m} = {value}."
    decay = f" + {narrator.decay} × {_in_sum(narrator.at(weight[0]))}" if narrator.trace.epoch.lambda_ else ""
    top = f"({narrator.at(sums)}{decay})" if decay else narrator.at(sums)
    entry = plain(gradient(step.layer, step.unit, index))
    weight_name = plain(theta(step.layer, step.unit, index))
    return f"{entry} = {top} / {narrator.m} = {value}: J's slope along {weight_name}."


def _in_sum(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def _gradient_layer(narrator: Narrator, step: Step) -> str:
    name, sums, weights = plain(gradient(step.layer)), plain(accumulator(step.layer)), plain(theta(step.layer))
    whole = f"{name} is {sums} divided by m = {narrator.m}"
    if narrator.trace.epoch.lambda_ == 0.0:
        return f"{whole}: the slope of J along every weight of {weights} (λ = 0: no weight decay)."
    return f"{whole}, with λ = {narrator.decay} times {weights} added first, but for the bias column."


def _update(narrator: Narrator, step: Step) -> str:
    row = capital(_row(narrator, step, plain(theta(step.layer))))
    slopes = plain(gradient(step.layer))
    return f"{row} takes a step downhill: α = {narrator.rate} times the same row of {slopes} is taken away."


def _update_term(narrator: Narrator, step: Step, index: int) -> str:
    weight, slope = step.operands(index)
    after = narrator.text(so_far(step, index))
    entry = plain(theta(step.layer, step.unit, index))
    moved = f"{narrator.at(weight)} − {narrator.rate} × {_in_sum(narrator.at(slope))}"
    return f"{entry} moves against its slope: {moved} = {after}."


def _update_layer(narrator: Narrator, step: Step) -> str:
    weights, slopes = plain(theta(step.layer)), plain(gradient(step.layer))
    return f"Every weight of {weights} takes a step downhill: α = {narrator.rate} times {slopes} is taken away."


SENTENCES: dict[type[Step], Sentences] = {
    Activate: Sentences(_activate, _activate_term, _activate_layer, _activate_closing),
    OutputCost: Sentences(_cost, _cost_term, _cost_layer),
    ExampleCost: Sentences(_total, _total_term, _cost_layer),
    OutputError: Sentences(_output_error, _output_error_term, _output_error_layer),
    HiddenError: Sentences(_hidden, _hidden_term, _hidden_layer, _hidden_closing),
    BiasError: Sentences(_bias, _hidden_term, _hidden_layer),
    Accumulate: Sentences(_accumulate, _accumulate_term, _accumulate_layer),
    Gradient: Sentences(_gradient, _gradient_term, _gradient_layer),
    Update: Sentences(_update, _update_term, _update_layer),
}
