"""The program of one rank: mlp, from mlp.weft

Mesh: dp=2 x tp=2. Forward and backward are written out; no autograd runs here.
A comment gives the shape of a rank's piece. `p` holds the weights, `g` their gradients, each
in one flat vector with a view per weight.
"""

import torch
from torch import einsum

from comm import all_gather_into, all_reduce, reduce_scatter, shard
from init import Input, Output, Weight
from ops import tanh_bwd

MODEL = "mlp"
TARGET = "cpu"
PRECISION = "f64"
SEED = 0
BATCH = 8
MICRO = 2                                                       # micro-batches of a step, one after another
MESH = (("dp", 2), ("tp", 2))                                   # the last axis joins neighbouring ranks
DP = ("dp",)
TP = ("tp",)
GROUPS = (DP, TP)                                               # axis sets that communicate
REPLICAS = DP                                                   # axes over which gradients are summed
SHARDED = True                                                  # whether each replica updates a share of the weights

OPTIMIZER = "gradient descent"
SLOTS = ()                                                      # the optimizer's state vectors
LR = 0.1


# ---- weights, inputs, outputs --------------------------------------------------------------------

# path, attribute, whole shape, mesh axes that cut each dimension, first values
WEIGHTS = (
    Weight("blocks.w1", "blocks_w1", (2, 4, 8), ((), (), ("tp",)), ("normal", 0.5)),  # [layers 2, model 4, ffn 4]
    Weight("blocks.w2", "blocks_w2", (2, 8, 4), ((), ("tp",), ()), ("normal", 0.5)),  # [layers 2, ffn 4, model 4]
)
PADDED = 64                                                     # elements of the flat vectors

# name, whole shape, cuts, bound of integers (0: floats), shift against the text
INPUTS = (
    Input("x", (8, 4), (("dp",), ()), 0, None),                 # [batch 4, model 4]
    Input("target", (8, 4), (("dp",), ()), 0, None),            # [batch 4, model 4]
)
OUTPUTS = (
    Output("y", (8, 4), (("dp",), ())),
)


# ---- one micro-batch -----------------------------------------------------------------------------


def blocks_fwd(p, i, x):
    """One of the 2 iterations of `blocks`, forward: returns also what the backward reads."""
    h = torch.tanh(x @ p.blocks_w1[i])                          # [batch 2, ffn 4]
    y = all_reduce(h @ p.blocks_w2[i], TP)                      # all-reduce tp: [batch 2, model 4]
    x2 = x + y                                                  # [batch 2, model 4]
    return x2, (x, h)


def forward(p, x, target):
    """One micro-batch: loss, outputs, and what backward reads."""
    blocks_saved = []
    for i in range(2):
        x, kept = blocks_fwd(p, i, x)
        blocks_saved.append(kept)
    error = x - target                                          # [batch 2, model 4]
    loss = all_reduce(torch.square(error).sum() / 16, DP)       # all-reduce dp: scalar
    return loss, {"y": x}, (error, blocks_saved)


def blocks_bwd(p, g, i, saved, d_x):
    """One of the 2 iterations of `blocks`, backward: adds to `g`, returns cotangents."""
    x, h = saved
    g.blocks_w2[i] += einsum("bf,bm->fm", h, d_x)               # [ffn 4, model 4]
    d_u = tanh_bwd(d_x @ p.blocks_w2[i].T, h)                   # [batch 2, ffn 4]
    g.blocks_w1[i] += einsum("bm,bf->mf", x, d_u)               # [model 4, ffn 4]
    d_x2 = all_reduce(d_u @ p.blocks_w1[i].T, TP)               # all-reduce tp: [batch 2, model 4]
    d_x = d_x + d_x2                                            # [batch 2, model 4]
    return d_x


def backward(p, g, saved):
    """Adds the gradients of one micro-batch to g."""
    error, blocks_saved = saved
    d_y = error * 0.125                                         # [batch 2, model 4]
    for i in reversed(range(2)):
        d_y = blocks_bwd(p, g, i, blocks_saved.pop(), d_y)


# ---- one training step ---------------------------------------------------------------------------


def update(weight, grad, state, step):
    """Gradient descent, in place; steps count from 1."""
    weight.sub_(LR * grad)


def train_step(state, batch, step, update=update, outputs=None):
    """Trains on this rank's part of a batch. Returns the loss and the gradient's vector.

    `outputs`, a dict, receives the model's outputs.
    """
    p, g = state.weights, state.gradients
    g.flat.zero_()
    x = batch["x"].unflatten(0, (2, 2))
    target = batch["target"].unflatten(0, (2, 2))
    losses, pieces = [], []
    for m in range(MICRO):
        loss, results, saved = forward(p, x[m], target[m])
        backward(p, g, saved)
        losses.append(loss)
        if outputs is not None:
            pieces.append(results)
    loss = torch.stack(losses).mean(-1)
    if outputs is not None:
        outputs["y"] = torch.stack([r["y"] for r in pieces]).flatten(0, 1)
    g.flat.mul_(1 / MICRO)
    grad = reduce_scatter(g.flat, 0, DP)                        # reduce-scatter dp
    share = shard(p.flat, 0, DP)                                # a view: the weights that this rank updates
    state.update(update, share, grad, step)
    all_gather_into(p.flat, share, DP)                          # all-gather dp
    return loss, grad
