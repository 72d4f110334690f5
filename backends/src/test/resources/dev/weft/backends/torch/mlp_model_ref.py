"""The whole model on one device, as written in mlp.weft, differentiated by PyTorch:
what model.py is compared with. Beside the first values (init.py) the two share nothing.
"""

from types import SimpleNamespace

import torch

from init import Input, Weight, weight

WEIGHTS = (
    Weight("blocks.w1", "blocks_w1", (2, 4, 8), ((), (), ()), ("normal", 0.5)),  # [layers 2, model 4, ffn 8]
    Weight("blocks.w2", "blocks_w2", (2, 8, 4), ((), (), ()), ("normal", 0.5)),  # [layers 2, ffn 8, model 4]
)
INPUTS = (
    Input("x", (8, 4), ((), ()), 0, None),                      # [batch 8, model 4]
    Input("target", (8, 4), ((), ()), 0, None),                 # [batch 8, model 4]
)


DTYPE = torch.float64


def blocks(p, i, x):
    """One of the 2 iterations of `blocks`."""
    h = torch.tanh(x @ p.blocks_w1[i])                          # [batch 8, ffn 8]
    x = x + h @ p.blocks_w2[i]                                  # [batch 8, model 4]
    return x


class Model:
    """The weights, and the program from a whole batch to the loss and the outputs."""

    def __init__(self, seed=0):
        self.weights = {w.path: weight(w, seed).requires_grad_() for w in WEIGHTS}
        self.p = SimpleNamespace(**{w.name: self.weights[w.path] for w in WEIGHTS})

    def forward(self, batch):
        p = self.p
        x = batch["x"]                                              # [batch 8, model 4]
        target = batch["target"]                                    # [batch 8, model 4]
        for i in range(2):
            x = blocks(p, i, x)
        loss = torch.square(x - target).mean()                      # scalar
        return loss, {"y": x}


LR = 0.1
NO_DECAY = ()


class Optimizer:
    """The recipe's optimizer on whole weights, one after another."""

    def __init__(self, weights):
        self.weights = weights
        decayed = [w for path, w in weights.items() if path not in NO_DECAY]
        others = [w for path, w in weights.items() if path in NO_DECAY]
        groups = [{"params": decayed, "weight_decay": 0.0},
                  {"params": others, "weight_decay": 0.0}]
        self.optimizer = torch.optim.SGD(groups, lr=LR)

    def step(self, gradients, step):
        """Updates the weights by gradients, both by path; steps count from 1."""
        lr = LR
        factor = 1.0
        for path, weight in self.weights.items():
            weight.grad = gradients[path] * factor
        for group in self.optimizer.param_groups:
            group["lr"] = lr
        self.optimizer.step()
