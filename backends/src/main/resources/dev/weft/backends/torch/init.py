"""Weights and batches, by the definitions that every program of this model follows.

All numbers come from one counter-based generator: element i of the tensor `name` depends on the
seed, the name and i alone, so that any rank can make any piece of any tensor.
"""

import math
from typing import NamedTuple

import numpy as np
import torch

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_CHUNK = 1 << 20


class Weight(NamedTuple):
    """A trainable tensor: its whole shape, the mesh axes that cut each dimension, how it begins.

    Of a stacked weight a pipeline stage holds some rows: the first, and how many.
    """

    path: str
    name: str
    shape: tuple
    cut: tuple
    init: tuple
    rows: tuple | None = None

    @property
    def key(self):
        """The path, and the rows where they are not all."""
        return self.path + ("[%d:%d]" % (self.rows[0], sum(self.rows)) if self.rows else "")


class Input(NamedTuple):
    """A tensor of each batch. Integers lie below `bound` (0: the input is floating-point);
    text feeds the input, shifted by `shift` tokens, unless shift is None.

    `feed` says what nobody gives: "positions" are 0, 1, 2, … along the whole batch, "step_key" is
    an integer that follows from the seed and the step, for dropout."""

    name: str
    shape: tuple
    cut: tuple
    bound: int
    shift: int | None
    feed: str = ""


class Output(NamedTuple):
    """A result of the model."""

    name: str
    shape: tuple
    cut: tuple


def fnv(text):
    """FNV-1a of the UTF-8 bytes."""
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 % 2**64
    return h


def mix(z):
    """The finaliser of SplitMix64."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def bits(seed, name, index):
    start = mix(np.array([(seed + fnv(name)) % 2**64], dtype=np.uint64))
    return mix(start + index * _GOLDEN).reshape(np.shape(index))


def uniform(seed, name, index):
    """In (0, 1)."""
    return ((bits(seed, name, index) >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def normal(seed, name, index):
    """Mean 0, variance 1 (Box and Muller 1958)."""
    twice = index * np.uint64(2)
    radius = np.sqrt(-2 * np.log(uniform(seed, name, twice)))
    return radius * np.cos(2 * math.pi * uniform(seed, name, twice + np.uint64(1)))


def weight(spec, seed, where=None):
    """A weight, or the piece of it at the given slices, in float64."""
    kind, value = spec.init
    index = _indices(spec.shape, where)
    if kind == "constant":
        return torch.full(index.shape, value, dtype=torch.float64)
    if kind == "normal":
        return _fill(index, lambda i: value * normal(seed, spec.path, i))
    return _fill(index, lambda i: value * (2 * uniform(seed, spec.path, i) - 1))


def batch(inputs, seed, step, text=None, where=None):
    """The inputs of one step, counted from 1: whole, or the pieces at the given slices.

    `text` is an array of bytes; inputs that it does not feed are synthetic. Integers are int64,
    floats float64.
    """
    longest = max((x.shift for x in inputs if x.shift is not None), default=0)
    tensors = {}
    for x in inputs:
        index = _indices(x.shape, where[x.name] if where else None)
        if x.feed == "positions":
            made = index.astype(np.int64)
        elif x.feed == "step_key":
            made = _step_key(x, seed, step)
        elif x.shift is not None and text is not None:
            made = _from_text(x, index, step, text, longest)
        elif x.bound:
            made = (bits(seed + step, "data/" + x.name, index) % np.uint64(x.bound)).astype(np.int64)
        else:
            made = normal(seed + step, "data/" + x.name, index)
        tensors[x.name] = torch.from_numpy(np.asarray(made))
    return tensors


def read_text(path, inputs):
    """The bytes of a file, long enough for the inputs that text feeds."""
    text = np.fromfile(path, dtype=np.uint8)
    fed = [x for x in inputs if x.shift is not None]
    needed = max((x.shape[1] + x.shift for x in fed), default=0)
    if len(text) <= needed:
        raise SystemExit(f"{path} has {len(text)} bytes; this model reads more than {needed}")
    most = int(text.max())
    for x in fed:
        if most >= x.bound:
            raise SystemExit(f"{path} holds the byte {most}, but {x.name} lies below {x.bound}")
    return text


def _step_key(x, seed, step):
    """31 random bits of the step."""
    number = np.array([step], dtype=np.uint64)
    return (bits(seed, "data/" + x.name, number) >> np.uint64(33)).astype(np.int64).reshape(())


def _from_text(x, index, step, text, longest):
    rows, columns = x.shape
    row, column = index // np.uint64(columns), index % np.uint64(columns)
    whole = (np.uint64((step - 1) * rows) + row) * np.uint64(columns)
    start = whole % np.uint64(len(text) - columns - longest)
    return text[start + column + np.uint64(x.shift)].astype(np.int64)


def _indices(shape, where):
    """The row-major indices, in the whole tensor, of the piece at the given slices."""
    index = np.zeros((), dtype=np.uint64)
    for dim, size in enumerate(shape):
        part = np.arange(size, dtype=np.uint64)[where[dim] if where else slice(None)]
        index = index[..., None] * np.uint64(size) + part
    return index


def _fill(index, generate):
    """Generates in pieces, so that large weights need little beside themselves."""
    flat = index.reshape(-1)
    out = np.empty(flat.shape)
    for start in range(0, flat.size, _CHUNK):
        out[start:start + _CHUNK] = generate(flat[start:start + _CHUNK])
    return torch.from_numpy(out.reshape(index.shape))
