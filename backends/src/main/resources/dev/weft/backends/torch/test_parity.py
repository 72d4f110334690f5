"""Proves model.py: trains the parallel program and model_ref.py side by side in float64, with plain
gradient descent, and compares losses, outputs, every gradient and every weight; then the same weights
with the recipe's optimizer, for which see update_parity.py.

    python test_parity.py                       all ranks as processes of this machine
    torchrun --nproc-per-node N test_parity.py  the same under a launcher

Exit code 0 when every relative error is within the tolerance, else 1.
"""

import argparse
import json
import math
import sys

import torch
import torch.distributed as dist

import comm
import device
import init
import launch
import model
import model_ref
import update_parity
from state import State, local_batch, local_slices

# An error counts against the largest entry of its tensor, or against this fraction of the loss or the
# largest gradient (for a weight: of the largest step): some tensors, such as the gradient of a bias on
# attention keys, are zero but for rounding.
FLOOR = 1e-3

# The error of what no rank has compared.
UNKNOWN = -1.0


def main(argv=None):
    args = parse(argv)
    if launch.is_launched():
        return compare(args)
    return launch.fork(math.prod(size for _, size in model.MESH), compare, args)


def parse(argv):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--lr", type=float, default=0.1, help="of the gradient descent")
    parser.add_argument("--tolerance", type=float, default=1e-12)
    parser.add_argument("--seed", type=int, default=model.SEED)
    parser.add_argument("--data", help="a text file; without it the batches are synthetic")
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda", "ascend"])
    parser.add_argument("--json", help="a file for the result")
    return parser.parse_args(argv)


def compare(args):
    device.setup(args.device, "f64")
    comm.setup(model.MESH, model.GROUPS)
    text = init.read_text(args.data, model.INPUTS) if args.data else None
    state = State(model)
    state.start(model, args.seed)
    reference = Reference(args, text)
    report = Report()
    for kind, names in expected():
        report.expect(kind, names)
    losses = []
    for step in range(1, args.steps + 1):
        outputs = {}
        batch = local_batch(model, args.seed, step, text)
        loss, grad = model.train_step(state, batch, step, descent(args.lr), outputs)
        losses.append(loss.item())
        reference.step(step)
        report.compare("loss", "loss", loss, reference.get("loss", ()))
        floor = FLOOR * reference.get("scale", ()).item()
        for x in model.OUTPUTS:
            whole = reference.get("output/" + x.name, x.shape)
            if x.name in outputs:
                report.compare("output", x.name, outputs[x.name], whole, local_slices(x), floor)
        state.consumed(model, grad)
        for w in model.WEIGHTS:
            gradient = reference.get("gradient/" + w.path, w.shape)
            weight = reference.get("weight/" + w.path, w.shape)
            for piece, own in zip(state.held, state.owned):
                if piece.path == w.path:
                    report.compare("gradient", w.path, state.sums[own.key], gradient,
                                   local_slices(own), floor)
                    report.compare("weight", w.path, state.weights[piece.key], weight,
                                   local_slices(piece), args.lr * floor)
    update_parity.compare(args, text, report, args.lr * floor)
    worst = report.combine()
    if dist.get_rank() == 0:
        report.print(args, worst)
        if args.json:
            with open(args.json, "w") as file:
                json.dump({"passed": worst <= args.tolerance, "max_rel_error": worst,
                           "loss": losses, "errors": report.named()}, file)
    dist.destroy_process_group()
    return 0 if worst <= args.tolerance else 1


def expected():
    """What some rank must compare, by kind."""
    paths = [w.path for w in model.WEIGHTS]
    outputs = [x.name for x in model.OUTPUTS]
    return ("loss", ["loss"]), ("output", outputs), ("gradient", paths), ("weight", paths), (
        "update", paths)


def descent(lr):
    """An update like model.update: gradient descent, whatever the recipe's optimizer."""

    def update(weight, grad, state, step):
        weight.sub_(lr * grad)

    return update


class Reference:
    """The serial model on rank 0, whose numbers the other ranks receive."""

    def __init__(self, args, text):
        self.args, self.text = args, text
        self.values = {}
        self.model = model_ref.Model(args.seed) if dist.get_rank() == 0 else None

    def step(self, step):
        if self.model is None:
            return
        batch = init.batch(model_ref.INPUTS, self.args.seed, step, self.text)
        loss, outputs = self.model.forward(batch)
        gradients = self._gradients(loss)
        scale = max(x.abs().max() for x in (loss, *gradients.values()))
        self.values = {"loss": loss, "scale": scale}
        self.values.update({"output/" + name: x.detach().clone() for name, x in outputs.items()})
        with torch.no_grad():
            for path, weight in self.model.weights.items():
                weight -= self.args.lr * gradients[path]
                self.values["gradient/" + path] = gradients[path]
                self.values["weight/" + path] = weight

    def _gradients(self, loss):
        weights = self.model.weights
        if not loss.requires_grad:  # it depends on no weight
            return {path: torch.zeros_like(w) for path, w in weights.items()}
        found = torch.autograd.grad(
            loss, list(weights.values()), allow_unused=True, materialize_grads=True)
        return dict(zip(weights, found))

    def get(self, name, shape):
        """A whole tensor of the serial model, on every rank."""
        if self.model is None:
            value = torch.empty(shape, dtype=torch.float64, device=device.device)
        else:
            value = self.values[name].detach().to(device.device, torch.float64).contiguous()
            if value.shape != torch.Size(shape):
                raise SystemExit(f"{name} is {tuple(value.shape)} in model_ref.py, not {shape}")
        dist.broadcast(value, 0)
        return value


class Report:
    """The greatest relative error of every tensor over steps and ranks."""

    def __init__(self):
        self.errors = {}

    def expect(self, kind, names):
        """Every rank knows all tensors, also those of which other ranks hold the pieces."""
        self.errors.update({(kind, name): UNKNOWN for name in names})

    def compare(self, kind, name, piece, whole, where=(), floor=0.0):
        error = (piece.to(whole.device) - whole[where]).abs().max().item() if piece.numel() else 0.0
        scale = max(whole.abs().max().item(), floor)
        relative = error / scale if scale else math.inf if error else 0.0
        key = (kind, name)
        self.errors[key] = max(self.errors[key], math.inf if math.isnan(relative) else relative)

    def combine(self):
        values = torch.tensor(list(self.errors.values()), dtype=torch.float64, device=device.device)
        dist.all_reduce(values, dist.ReduceOp.MAX)
        found = [math.inf if x == UNKNOWN else x for x in values.tolist()]
        self.errors = dict(zip(self.errors, found))
        return max(self.errors.values())

    def named(self):
        return {f"{kind}/{name}": error for (kind, name), error in self.errors.items()}

    def print(self, args, worst):
        width = max(len(name) for _, name in self.errors)
        names = list(dict.fromkeys(name for _, name in self.errors))
        columns = [("value", ("loss", "output")), ("gradient", ("gradient",)), ("weight", ("weight",)),
                   ("update", ("update",))]
        print(f"{'relative error of':{width}}" + "".join(f"{title:>12}" for title, _ in columns))
        for name in names:
            cells = ""
            for _, kinds in columns:
                found = [self.errors[k, name] for k in kinds if (k, name) in self.errors]
                cells += f"{found[0]:12.1e}" if found else " " * 12
            print(f"{name:{width}}{cells}")
        verdict = "PASS" if worst <= args.tolerance else "FAIL"
        ranks = dist.get_world_size()
        print(f"{verdict}: {args.steps} steps on {ranks} ranks, largest relative error {worst:.1e}, "
              f"tolerance {args.tolerance:.0e}")


if __name__ == "__main__":
    sys.exit(main())
