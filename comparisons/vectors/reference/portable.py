"""Arrays whose operations round the same on every machine.

Sums, products, quotients and square roots of IEEE 754 have one result each; a
matrix product does not, as a library orders its sum, nor do exp, tanh and log,
which differ between mathematical libraries and vector instructions. Here all
of them are made of the operations that have one result, in a fixed order.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import factorial
from types import SimpleNamespace
from typing import Any

import numpy as np

from shared.specs import Array

LN2 = Fraction("0.69314718055994530941723212145817656807550013436025525412068")
LN2_HIGH = int(LN2 * 2**40) / 2**40  # short: its product with k is exact
LN2_LOW = float(LN2 - Fraction(LN2_HIGH))
EXP = [float(Fraction(1, factorial(n))) for n in range(14, -1, -1)]
LOG = [float(Fraction(2, n)) for n in range(25, 0, -2)]
LEAST = -745.0
"""Where exp is 0."""


def polynomial(coefficients: list[float], x: Array) -> Array:
    """Horner's scheme, the highest power first."""
    total = np.full(x.shape, coefficients[0])
    for coefficient in coefficients[1:]:
        total = total * x + coefficient
    return total


def exp(x: Array) -> Array:
    """2ᵏ times the series of the remainder, at most ln 2 / 2 in size."""
    with np.errstate(invalid="ignore"):
        bounded = np.maximum(x, LEAST)
        power = np.rint(bounded / LN2_HIGH)
        rest = (bounded - power * LN2_HIGH) - power * LN2_LOW
        found = np.ldexp(polynomial(EXP, rest), power.astype(int))
    return np.where(x < LEAST, 0.0, found)


def log(x: Array) -> Array:
    """k ln 2 + 2 artanh(s), where x = 2ᵏ (1 + s) / (1 - s)."""
    part, power = np.frexp(x)
    low = part < np.sqrt(0.5)
    part, power = np.where(low, 2 * part, part), power - low
    s = (part - 1) / (part + 1)
    found = power * LN2_HIGH + (power * LN2_LOW + s * polynomial(LOG, s * s))
    return np.where(x == 0, -np.inf, found)


def tanh(x: Array) -> Array:
    """(1 - e) / (1 + e) with the sign of x, where e = exp(-2 |x|)."""
    small = exp(-2.0 * np.abs(x))
    return np.copysign((1.0 - small) / (1.0 + small), x)


def logaddexp(a: Array, b: Array) -> Array:
    """log(exp(a) + exp(b)), -inf of two of them."""
    most = np.maximum(a, b)
    shift = np.where(np.isfinite(most), most, 0.0)
    return shift + log(exp(a - shift) + exp(b - shift))


def power(a: Array, b: Any) -> Array:
    """Squares are products."""
    return a * a if np.ndim(b) == 0 and b == 2 else np.power(a, b)


def matmul(a: Array, b: Array) -> Array:
    """The products of each row and column, summed one after another."""
    if b.ndim == 1:
        return np.add.reduce(a * b, axis=-1)
    return np.add.reduce(a[..., :, None] * b, axis=-2)


def einsum(subscripts: str, a: Array, b: Array) -> Array:
    """The sum of two arrays' products over the letters of no output."""
    inputs, output = subscripts.split("->")
    letters = output + "".join(
        sorted(set(inputs) - set(output) - {","}, reverse=True)
    )
    spread = []
    for names, one in zip(inputs.split(","), (a, b), strict=True):
        order = sorted(names, key=letters.index)
        moved = one.transpose([names.index(n) for n in order])
        places = [slice(None) if n in names else None for n in letters]
        spread.append(moved[tuple(places)])
    axes = tuple(range(len(output), len(letters)))
    found: Array = np.add.reduce(spread[0] * spread[1], axis=axes)
    return found


FUNCTIONS: dict[Callable[..., Any], Callable[..., Array]] = {
    np.exp: exp,
    np.log: log,
    np.tanh: tanh,
    np.power: power,
    np.logaddexp: logaddexp,
    np.matmul: matmul,
    np.einsum: einsum,
}


class Portable(np.ndarray):
    """An array whose functions are those above, and so are its results'."""

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any
    ) -> Any:
        given = [plain(one) for one in inputs]
        if "out" in kwargs:
            kwargs["out"] = tuple(map(plain, kwargs["out"]))
        if ufunc is np.logaddexp and method == "reduce":
            return portable(reduce(logaddexp, given[0]))
        own = FUNCTIONS.get(ufunc)
        if own and method == "__call__":
            return portable(own(*map(np.asarray, given)))
        return portable(getattr(ufunc, method)(*given, **kwargs))

    def __array_function__(
        self, func: Any, types: Any, args: Any, kwargs: Any
    ) -> Any:
        given = [plain(one) for one in args]
        return portable(FUNCTIONS.get(func, func)(*given, **kwargs))


def plain(value: Any) -> Any:
    """A portable array, or a list of some, as plain ones."""
    if isinstance(value, list | tuple):
        return type(value)(map(plain, value))
    return value.view(np.ndarray) if isinstance(value, Portable) else value


def portable(value: Any) -> Any:
    """An array, or a list of some, as portable ones."""
    if isinstance(value, list | tuple):
        return type(value)(map(portable, value))
    return value.view(Portable) if isinstance(value, np.ndarray) else value


NUMPY = SimpleNamespace(
    **{name: getattr(np, name) for name in dir(np) if name[0] != "_"}
)
"""numpy, whose new arrays are portable too."""
NUMPY.full = lambda *args: portable(np.full(*args))
NUMPY.zeros = lambda *args: portable(np.zeros(*args))
