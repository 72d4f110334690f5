"""What a rank holds: its pieces of the weights and gradients, and its share of the optimizer state."""

import math
from types import SimpleNamespace

import torch

import comm
import device
import init


class Flat:
    """A vector, zero-padded to `padded` elements, and views of it as attributes: `p.wte`."""

    def __init__(self, weights, padded, where):
        self.flat = device.zeros(padded, where)
        self.views = {}
        start = 0
        for weight in weights:
            shape = local_shape(weight)
            end = start + math.prod(shape)
            view = self.flat[start:end].view(shape)
            setattr(self, weight.name, view)
            self.views[weight.key] = view
            start = end

    def __getitem__(self, key):
        return self.views[key]

    def part(self, weights):
        """Some of the views as attributes: those of one pipeline stage."""
        return SimpleNamespace(**{w.name: self[w.key] for w in weights})


class State:
    """Weights, gradients and optimizer state of this rank, as they are before the first step."""

    def __init__(self, model):
        self.held, padded = model.WEIGHTS, model.PADDED
        if hasattr(model, "PIPELINE"):
            import pipeline

            self.held, padded = pipeline.held_here(model), padded[pipeline.place(model)]
        home = device.HOST if hasattr(model, "WEIGHTS_ON_HOST") else device.device
        self.place = device.HOST if hasattr(model, "STATE_ON_HOST") else device.device
        shares = getattr(model, "SHARES", {})
        # What this rank updates of each weight; its gradient lies so.
        self.owned = [w._replace(cut=shares.get(w.path, w.cut)) for w in self.held]
        size = sum(math.prod(local_shape(w)) for w in self.held) if shares else padded
        self.weights = Flat(self.held, size, home)
        # Where replicas hold different pieces of some weights, gradients are whole until each is summed.
        by_weight = hasattr(model, "BY_WEIGHT")
        self.gradients = Flat(self.held if by_weight else self.owned, padded, device.device)
        own, self.sums = padded, self.gradients
        if by_weight:
            own = sum(math.prod(local_shape(w)) for w in self.owned)
            self.sums = Flat(self.owned, own, device.device)
        self.share = self.weights.flat
        if shares:
            self.own = Flat(self.owned, own, home)
            self.share = self.own.flat
        if model.SHARDED:
            self.share = comm.shard(self.share, 0, model.REPLICAS)
        self.slots = {name: self._vector() for name in model.SLOTS}
        if device.is_narrow():
            self.slots["master"] = self._vector()
        if hasattr(model, "NO_DECAY"):
            import norms

            self.norms = norms
            norms.setup(model, self.owned, self.share.numel())
        self.scale = None  # what the loss of the last step was multiplied by
        if hasattr(model, "LOSS_SCALE"):
            self.slots["scale"] = self._number(model.LOSS_SCALE)
            self.slots["finite"] = self._number(0.0)
            self.scale, self.interval = self._number(1.0), model.SCALE_INTERVAL
        if hasattr(model, "PIPELINE"):
            self.pipe = pipeline.Pipe(model, self)

    def start(self, model, seed):
        """Gives the weights their first values."""
        for weight in self.held:
            piece = init.weight(weight, seed, local_slices(weight))
            self.weights[weight.key].copy_(piece)
        if "master" in self.slots:
            self.slots["master"].copy_(self.cut())

    def cut(self):
        """What this rank updates of the weights, as one vector."""
        for whole, piece in zip(self.held, self.owned):
            if whole.cut != piece.cut:
                dim, axes = further(whole.cut, piece.cut)
                self.own[piece.key].copy_(comm.shard(self.weights[whole.key], dim, axes))
            elif hasattr(self, "own"):
                self.own[piece.key].copy_(self.weights[whole.key])
        return self.share

    def join(self):
        """Makes whole weights of what the ranks have updated."""
        for whole, piece in zip(self.held, self.owned):
            value = self.own[piece.key]
            if whole.cut != piece.cut:
                dim, axes = further(whole.cut, piece.cut)
                value = comm.all_gather(value.to(device.device), dim, axes)
            self.weights[whole.key].copy_(value)

    def reduced(self, replicas):
        """The vector of gradients, each summed over those replicas that hold the same of its weight;
        of a weight of which they update a share each, this rank's."""
        for whole, piece in zip(self.held, self.owned):
            grad = self.gradients[whole.key]
            if whole.cut != piece.cut:
                grad = comm.reduce_scatter(grad, *further(whole.cut, piece.cut))
            cutting = {axis for axes in piece.cut for axis in axes}
            rest = tuple(axis for axis in replicas if axis not in cutting)
            self.sums[piece.key].copy_(comm.all_reduce(grad, rest) if rest else grad)
        return self.sums.flat

    def update(self, rule, weight, grad, step):
        """Applies a rule of update to this rank's weights. Those of 16 bits are the rounded form of
        a copy of 32 bits, to which the rule is applied. Where the gradients of a scaled loss are
        not finite, nothing is."""
        grad = grad.to(device.wide())
        if self.scale is not None:
            grad = grad / self.scale.copy_(self.slots["scale"])
            if not self.norms.advance(self.slots, grad, self.interval):
                return
        # The update runs where the state lies.
        master = self.slots["master"] if "master" in self.slots else weight.to(self.place)
        rule(master, grad.to(self.place), self.slots, step)
        if master is not weight:
            weight.copy_(master)

    def consumed(self, model, grad):
        """The gradient that an update consumed, as named tensors again; that of the loss itself."""
        if model.SHARDED:
            grad = comm.all_gather(grad, 0, model.REPLICAS)
        self.sums.flat.copy_(grad if self.scale is None else grad / self.scale)
        return self.sums

    def _vector(self):
        return torch.zeros(self.share.shape, dtype=device.wide(), device=self.place)

    def _number(self, value):
        return torch.tensor(value, dtype=device.wide(), device=device.device)

    def bytes(self):
        """Bytes of weights, gradients and optimizer state."""
        vectors = [self.weights.flat, self.gradients.flat, *self.slots.values()]
        sizes = [v.numel() * v.element_size() for v in vectors]
        return sizes[0], sizes[1], sum(sizes[2:])


def further(cut, share):
    """The dimension along which a share is cut further than its whole, and the axes of that cut."""
    dim = next(d for d, (a, b) in enumerate(zip(cut, share)) if a != b)
    return dim, share[dim][len(cut[dim]):]


def local_shape(tensor):
    """The shape of this rank's piece of a weight, an input or an output."""
    return tuple(piece.stop - piece.start for piece in local_slices(tensor))


def local_slices(tensor):
    """Where this rank's piece lies in the whole tensor."""
    slices = []
    for dim, (size, axes) in enumerate(zip(tensor.shape, tensor.cut)):
        first, size = held_rows(tensor) if dim == 0 else (0, size)
        size //= comm.parts(axes)
        first += comm.coordinate(axes) * size
        slices.append(slice(first, first + size))
    return tuple(slices)


def held_rows(tensor):
    """The first of the rows that this rank's pipeline stage holds, and how many; else all."""
    return getattr(tensor, "rows", None) or (0, tensor.shape[0])


def local_batch(model, seed, step, text=None):
    """This rank's pieces of the inputs of a step, on its device."""
    where = {x.name: local_slices(x) for x in model.INPUTS}
    whole = init.batch(model.INPUTS, seed, step, text, where)
    return {
        name: x.to(device.device, device.dtype if x.is_floating_point() else x.dtype)
        for name, x in whole.items()
    }
