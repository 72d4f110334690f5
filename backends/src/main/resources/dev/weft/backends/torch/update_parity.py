"""Proves the update of weights: clipping, learning rate, weight decay and the optimizer itself.

The optimizer of model_ref.py, which is PyTorch's own where there is one, takes the gradients that
model.py has and updates whole weights. Every step begins with the weights that model.py has: where
a gradient is zero but for rounding, Adam divides one noise by another, and two runs that are left
to themselves part by far more than they compute differently.
"""

import torch
import torch.distributed as dist

import device
import model
import model_ref
from state import State, local_batch, local_slices


def compare(args, text, report, floor):
    """Trains with the recipe's optimizer; adds the error of every weight to a report."""
    state = State(model)
    state.start(model, args.seed)
    first = dist.get_rank() == 0
    whole = model_ref.Model(args.seed).weights if first else {}
    optimizer = model_ref.Optimizer(whole) if first else None
    for step in range(1, args.steps + 1):
        loss, grad = model.train_step(state, local_batch(model, args.seed, step, text), step)
        gradients = _whole(state.owned, state.consumed(model, grad))
        weights = _whole(state.held, state.weights)
        if first:
            with torch.no_grad():
                optimizer.step(gradients, step)
        for w in model.WEIGHTS:
            expected = _sent(whole.get(w.path), w.shape)
            for piece in (x for x in state.held if x.path == w.path):
                report.compare("update", w.path, state.weights[piece.key], expected,
                               local_slices(piece), floor)
        with torch.no_grad():
            for path, weight in whole.items():
                weight.copy_(weights[path])


def _whole(held, flat):
    """Whole tensors by path on rank 0, from the pieces that all ranks hold."""
    # Copies: what is sent of a view is all that it is a view of.
    pieces = [(x.path, x.shape, local_slices(x), flat[x.key].detach().cpu().clone()) for x in held]
    gathered = [None] * dist.get_world_size() if dist.get_rank() == 0 else None
    dist.gather_object(pieces, gathered)
    whole = {}
    for path, shape, where, piece in (p for rank in gathered or () for p in rank):
        whole.setdefault(path, torch.empty(shape, dtype=piece.dtype))[where] = piece
    return whole


def _sent(value, shape):
    """A whole tensor of rank 0, on every rank."""
    if value is None:
        value = torch.empty(shape, dtype=torch.float64, device=device.device)
    else:
        value = value.detach().to(device.device).contiguous()
    dist.broadcast(value, 0)
    return value
