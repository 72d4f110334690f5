"""What a rank holds: its pieces of the weights and gradients, and its share of the optimizer state."""

import math

import torch

import comm
import device
import init


class Flat:
    """A vector, zero-padded to `padded` elements, and views of it as attributes: `p.wte`."""

    def __init__(self, weights, padded):
        self.flat = torch.zeros(padded, dtype=device.dtype, device=device.device)
        self.names = {}
        start = 0
        for weight in weights:
            shape = local_shape(weight)
            end = start + math.prod(shape)
            setattr(self, weight.name, self.flat[start:end].view(shape))
            self.names[weight.path] = weight.name
            start = end

    def __getitem__(self, path):
        return getattr(self, self.names[path])


class State:
    """Weights, gradients and optimizer state of this rank, as they are before the first step."""

    def __init__(self, model):
        self.weights = Flat(model.WEIGHTS, model.PADDED)
        self.gradients = Flat(model.WEIGHTS, model.PADDED)
        share = model.PADDED // comm.parts(model.REPLICAS) if model.SHARDED else model.PADDED
        self.slots = {
            name: torch.zeros(share, dtype=device.dtype, device=device.device)
            for name in model.SLOTS
        }

    def start(self, model, seed):
        """Gives the weights their first values."""
        for weight in model.WEIGHTS:
            piece = init.weight(weight, seed, local_slices(weight))
            self.weights[weight.path].copy_(piece)

    def bytes(self):
        """Bytes of weights, gradients and optimizer state."""
        vectors = [self.weights.flat, self.gradients.flat, *self.slots.values()]
        sizes = [v.numel() * v.element_size() for v in vectors]
        return sizes[0], sizes[1], sum(sizes[2:])


def local_shape(tensor):
    """The shape of this rank's piece of a weight, an input or an output."""
    return tuple(n // comm.parts(axes) for n, axes in zip(tensor.shape, tensor.cut))


def local_slices(tensor):
    """Where this rank's piece lies in the whole tensor."""
    pieces = zip(local_shape(tensor), tensor.cut)
    starts = [(comm.coordinate(axes) * n, n) for n, axes in pieces]
    return tuple(slice(start, start + n) for start, n in starts)


def local_batch(model, seed, step, text=None):
    """This rank's pieces of the inputs of a step, on its device."""
    where = {x.name: local_slices(x) for x in model.INPUTS}
    whole = init.batch(model.INPUTS, seed, step, text, where)
    return {
        name: x.to(device.device, device.dtype if x.is_floating_point() else x.dtype)
        for name, x in whole.items()
    }
