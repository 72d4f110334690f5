"""Sums of squares of whole weights, of which every rank holds pieces, or a share of its pieces.

A piece that several ranks hold alike is counted by the first of them, so that a sum is that of the
whole weights but for the order of its terms. A weight that is a stack of layers has one segment for
each layer, any other weight is one segment.
"""

import math
from typing import NamedTuple

import torch

import comm
import device
from state import local_shape


class Span(NamedTuple):
    """A stretch of this rank's vector that lies in one segment.

    `counts` says whether this rank puts it into the norm of its segment, `in_total` whether also
    into the norm of all weights: of a weight that is held at several places of a pipeline, the
    first does.
    """

    segment: int
    start: int
    end: int
    counts: bool
    in_total: bool


# With a greater scale the gradient of the loss by itself would be no number of 16 bits.
_GREATEST_SCALE = 2.0**15

_spans, _segments, _decayed = [], 0, []
_over_weight, _over_all = (), ()


def setup(model, held, length):
    """Finds where the weights that this rank holds lie in its vector, or its share, of a length."""
    global _segments, _over_weight, _over_all
    _over_weight, _over_all = model.WEIGHT_NORM, model.TOTAL_NORM
    _spans.clear()
    _decayed.clear()
    cuts = [w.cut for w in model.WEIGHTS] + list(getattr(model, "SHARES", {}).values())
    cutting = {axis for cut in cuts for axes in cut for axis in axes}
    start = -comm.coordinate(model.REPLICAS) * length if model.SHARDED else 0
    _segments, stacks = 0, dict(model.STACKS)
    for weight in held:
        shape = local_shape(weight)
        depth = stacks.get(weight.path, 0)
        layers, size = math.prod(shape[:depth]), math.prod(shape[depth:])
        own = {axis for axes in weight.cut for axis in axes}
        counts = comm.coordinate(tuple(cutting - own)) == 0
        in_total = counts and _is_first(model, weight)
        for layer in range(layers):
            first, last = max(start, 0), min(start + size, length)
            if first < last:
                _spans.append(Span(_segments + layer, first, last, counts, in_total))
                if weight.path not in model.NO_DECAY:
                    _decay(first, last)
            start += size
        _segments += layers


def total(x):
    """The sum of the squares of a vector over all weights of the model."""
    sums = [x[s.start:s.end].square().sum() for s in _spans if s.in_total]
    own = torch.stack(sums).sum() if sums else x.new_zeros(())
    return _summed(own, _over_all)


def by_segment(x):
    """The sum of the squares of a vector for each segment."""
    sums = x.new_zeros(_segments)
    for span in _spans:
        if span.counts:
            sums[span.segment] = x[span.start:span.end].square().sum()
    return _summed(sums, _over_weight)


def _summed(x, axes):
    """The sum over ranks, which exchange what lies on their devices."""
    return comm.all_reduce(x.to(device.device), axes).to(x.device) if axes else x


def clip(grad, limit):
    """What shortens the gradient so that the norm of all gradients is at most the limit (Pascanu et
    al. 2013, algorithm 1)."""
    return (limit / total(grad).sqrt()).clamp(max=1)


def advance(state, grad, interval):
    """Sets the loss scale of the next step (Micikevicius et al. 2018, section 3.2). Returns whether
    the gradients of this one are finite."""
    finite = is_finite(total(grad))
    scale, count = state["scale"], state["finite"]
    if not interval:
        return finite
    if not finite:
        scale.div_(2).clamp_(min=1)
        count.zero_()
    else:
        count.add_(1)
        grows = count >= interval
        scale.copy_(torch.where(grows, (2 * scale).clamp(max=_GREATEST_SCALE), scale))
        count.mul_(~grows)
    return finite


def is_finite(x):
    """Waits for the device."""
    return bool(x.isfinite())


def trust(weight, direction):
    """Multiplies the direction of each segment by |weight| / |direction|, in place; by 1 where one
    of the norms is 0 (You et al. 2020, algorithm 2)."""
    weights, directions = by_segment(weight), by_segment(direction)
    ratio = torch.where((weights > 0) & (directions > 0), weights.sqrt() / directions.sqrt(), 1.0)
    for span in _spans:
        direction[span.start:span.end].mul_(ratio[span.segment])


def decayed(x):
    """The stretches of a vector that decay, as views."""
    return [x[start:end] for start, end in _decayed]


def _decay(start, end):
    if _decayed and _decayed[-1][1] == start:
        start, _ = _decayed.pop()
    _decayed.append((start, end))


def _is_first(model, weight):
    """Whether no earlier place of the pipeline holds the weight."""
    shared = dict(getattr(model, "SHARED", ()))
    here = comm.coordinate((model.PIPELINE,)) if shared else 0
    return shared.get(weight.key, (here,))[0] == here
