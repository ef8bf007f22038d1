"""The text of backpropagation in four versions: loops or a layer at a time, in NumPy or Octave.

A line may end in ``«names of places»``, by which the story finds it. ``@name`` alone on a line is a slot: the lines
that a mistake may replace stand in ``SLOTS``. ``$names`` are filled in by ``program``. Both languages call units j and
terms k; NumPy counts them from 0, Octave from 1, and layers count from 1 in both.
"""

from typing import Literal, NamedTuple

from nnviz.picture.code import Language

Version = Literal["loop", "vectorised"]
Form = tuple[Version, Language]


class Text(NamedTuple):
    """``functions`` come first; ``head`` begins the function, ``passing`` goes over the examples, ``update`` is left
    out where another method than gradient descent makes the step."""

    functions: str
    head: str
    passing: str
    update: str
    ending: str


_NUMPY_FUNCTIONS = """\
import numpy as np


def g(z):
    return $value


def g_prime(z):
    return $slope


@sigmoid
@kept
"""

_OCTAVE_FUNCTIONS = """\
1;  % a script with functions of its own

function a = g(z)
  a = $value;
end

function slope = g_prime(z)
  slope = $slope;
end

@sigmoid
"""

_NUMPY_HEAD = '''\
def backprop(Theta, X, Y, lambda_$alpha):
    """Theta is a list of matrices; an example is a row of X and of Y."""
    m, L = len(X), len(Theta) + 1
    Theta = [None, *Theta]  # so that Theta[l] leads from layer l to l + 1
    s = [None, X.shape[1], *(len(T) for T in Theta[1:])]  # units
    z, a, delta, Delta, D$new = ([None] * (L + 1) for _ in range($lists))
'''

_OCTAVE_HEAD = """\
function [J, D$new] = backprop(Theta, X, Y, lambda$alpha)
  % Theta is a cell array of matrices; an example is a row of X and of Y
  @kept
  m = size(X, 1);
  L = numel(Theta) + 1;
  s = size(X, 2);  % s(l): the units of layer l
  for l = 1:L - 1
    s(l + 1) = size(Theta{l}, 1);
  end
"""

_LOOP_NUMPY = """\
    for l in range(1, L):
        @reset
    J = 0
    for i in range(m):
        a[1] = np.append(1, X[i])  # 1: the bias unit «input»
        for l in range(2, L + 1):  # forward
            z[l], a[l] = np.zeros(s[l]), np.ones(s[l] + 1)
            for j in range(s[l]):
                total = 0
                for k in range(s[l - 1] + 1):  # 0: the bias unit
                    total += Theta[l - 1][j, k] * a[l - 1][k] «sum»
                z[l][j] = total
                @activate
        h = a[L][1:]  # 1: no bias unit
        cost = np.zeros(s[L])
        for k in range(s[L]):  # cost
            cost[k] = -Y[i, k] * np.log(h[k]) «first half»
            cost[k] -= (1 - Y[i, k]) * np.log(1 - h[k]) «second half»
        total = 0
        for k in range(s[L]):
            total += cost[k] «example cost»
        J += total / m
        delta[L] = np.zeros(s[L])
        for j in range(s[L]):  # backward
            @output error
        for l in range(L - 1, 1, -1):
            delta[l] = np.zeros(s[l])
            for j in range(s[l]):
                @hidden error
            # none for the bias unit: no link leads into it «bias error»
        @counted
        for l in range(1, L):  # accumulate
            for j in range(s[l + 1]):
                for k in range(s[l] + 1):
                    Delta[l][j, k] += delta[l + 1][j] * a[l][k] «accumulate»
    for l in range(1, L):  # weight decay in J
        for j in range(s[l + 1]):
            for k in range(1, s[l] + 1):  # 1: not the bias column
                J += lambda_ / (2 * m) * Theta[l][j, k] ** 2
    for l in range(1, L):  # gradient
        D[l] = np.zeros(Theta[l].shape)
        for j in range(s[l + 1]):
            for k in range(s[l] + 1):
                @gradient
"""

_LOOP_NUMPY_UPDATE = """\
    for l in range(1, L):  # update
        newTheta[l] = Theta[l].copy()
        for j in range(s[l + 1]):
            for k in range(s[l] + 1):
                @update
"""

_LOOP_OCTAVE = """\
  for l = 1:L - 1
    @reset
  end
  J = 0;
  for i = 1:m
    a{1} = [1; X(i, :)'];  % 1: the bias unit «input»
    for l = 2:L  % forward
      z{l} = zeros(s(l), 1);
      a{l} = ones(s(l) + 1, 1);
      for j = 1:s(l)
        total = 0;
        for k = 1:s(l - 1) + 1  % 1: the bias unit
          total += Theta{l - 1}(j, k) * a{l - 1}(k); «sum»
        end
        z{l}(j) = total;
        @activate
      end
    end
    h = a{L}(2:end);  % 2: no bias unit
    cost = zeros(s(L), 1);
    for k = 1:s(L)  % cost
      cost(k) = -Y(i, k) * log(h(k)); «first half»
      cost(k) -= (1 - Y(i, k)) * log(1 - h(k)); «second half»
    end
    total = 0;
    for k = 1:s(L)
      total += cost(k); «example cost»
    end
    J += total / m;
    delta{L} = zeros(s(L), 1);
    for j = 1:s(L)  % backward
      @output error
    end
    for l = L - 1:-1:2
      delta{l} = zeros(s(l), 1);
      for j = 1:s(l)
        @hidden error
      end
      % none for the bias unit: no link leads into it «bias error»
    end
    @counted
    for l = 1:L - 1  % accumulate
      for j = 1:s(l + 1)
        for k = 1:s(l) + 1
          Delta{l}(j, k) += delta{l + 1}(j) * a{l}(k); «accumulate»
        end
      end
    end
  end
  for l = 1:L - 1  % weight decay in J
    for j = 1:s(l + 1)
      for k = 2:s(l) + 1  % 2: not the bias column
        J += lambda / (2 * m) * Theta{l}(j, k) ^ 2;
      end
    end
  end
  for l = 1:L - 1  % gradient
    D{l} = zeros(size(Theta{l}));
    for j = 1:s(l + 1)
      for k = 1:s(l) + 1
        @gradient
      end
    end
  end
"""

_LOOP_OCTAVE_UPDATE = """\
  for l = 1:L - 1  % update
    newTheta{l} = Theta{l};
    for j = 1:s(l + 1)
      for k = 1:s(l) + 1
        @update
      end
    end
  end
"""

_VECTORISED_NUMPY = """\
    for l in range(1, L):
        @reset
    J = 0
    for i in range(m):
        a[1] = np.append(1, X[i])  # 1: the bias unit «input»
        for l in range(2, L + 1):  # forward
            z[l] = Theta[l - 1] @ a[l - 1] «sum»
            @activate
        h, y = a[L][1:], Y[i]  # 1: no bias unit
        cost = -y * np.log(h) - (1 - y) * np.log(1 - h) «first half|second half»
        J += np.sum(cost) / m «example cost»
        @output error
        for l in range(L - 1, 1, -1):  # backward
            @hidden error
        @counted
        for l in range(1, L):  # accumulate
            Delta[l] += np.outer(delta[l + 1], a[l]) «accumulate»
    for l in range(1, L):  # weight decay in J
        J += lambda_ / (2 * m) * np.sum(Theta[l][:, 1:] ** 2)
    for l in range(1, L):  # gradient
        @gradient
"""

_VECTORISED_NUMPY_UPDATE = """\
    for l in range(1, L):  # update
        @update
"""

_VECTORISED_OCTAVE = """\
  for l = 1:L - 1
    @reset
  end
  J = 0;
  for i = 1:m
    a{1} = [1; X(i, :)'];  % 1: the bias unit «input»
    for l = 2:L  % forward
      z{l} = Theta{l - 1} * a{l - 1}; «sum»
      @activate
    end
    h = a{L}(2:end);  % 2: no bias unit
    y = Y(i, :)';
    cost = -y .* log(h) - (1 - y) .* log(1 - h); «first half|second half»
    J += sum(cost) / m; «example cost»
    @output error
    for l = L - 1:-1:2  % backward
      @hidden error
    end
    @counted
    for l = 1:L - 1  % accumulate
      Delta{l} += delta{l + 1} * a{l}'; «accumulate»
    end
  end
  for l = 1:L - 1  % weight decay in J
    J += lambda / (2 * m) * sum(Theta{l}(:, 2:end)(:) .^ 2);
  end
  for l = 1:L - 1  % gradient
    @gradient
  end
"""

_VECTORISED_OCTAVE_UPDATE = """\
  for l = 1:L - 1  % update
    @update
  end
"""

_NUMPY_END = "    return J, D[1:L]$returned\n"
_OCTAVE_END = "end\n"

TEXTS: dict[Form, Text] = {
    ("loop", "numpy"): Text(_NUMPY_FUNCTIONS, _NUMPY_HEAD, _LOOP_NUMPY, _LOOP_NUMPY_UPDATE, _NUMPY_END),
    ("loop", "octave"): Text(_OCTAVE_FUNCTIONS, _OCTAVE_HEAD, _LOOP_OCTAVE, _LOOP_OCTAVE_UPDATE, _OCTAVE_END),
    ("vectorised", "numpy"): Text(
        _NUMPY_FUNCTIONS, _NUMPY_HEAD, _VECTORISED_NUMPY, _VECTORISED_NUMPY_UPDATE, _NUMPY_END
    ),
    ("vectorised", "octave"): Text(
        _OCTAVE_FUNCTIONS, _OCTAVE_HEAD, _VECTORISED_OCTAVE, _VECTORISED_OCTAVE_UPDATE, _OCTAVE_END
    ),
}
