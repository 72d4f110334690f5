"""Trains the model.

    torchrun --nproc-per-node N train.py --data corpus.txt --steps 1000
    python train.py --fork N …    the ranks as processes of this machine, for CPUs

The batches of a step are a function of its number: a run that resumes repeats nothing and skips
nothing.
"""

import argparse
import contextlib
import json
import math
import os
import sys
import time

import torch
import torch.distributed as dist

import checkpoint
import comm
import device
import dry_run
import init
import launch
import model
from state import State, local_batch


def main(argv=None):
    args = parse(argv)
    if args.dry_run:
        return dry_run.main(args)
    ranks = math.prod(size for _, size in model.MESH)
    if launch.is_launched():
        return train(args)
    if args.fork in (None, ranks) and (args.fork or ranks == 1):
        return launch.fork(ranks, train, args)
    raise SystemExit(f"this program runs on {ranks} ranks: torchrun --nproc-per-node {ranks} "
                     f"train.py, or python train.py --fork {ranks}")


def parse(argv):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--data", help="a text file; without it the batches are synthetic")
    parser.add_argument("--steps", type=int, default=100, help="the number of the last step")
    parser.add_argument("--precision", default=model.PRECISION, choices=list(device.DTYPES))
    parser.add_argument("--device", default=model.TARGET, choices=["cuda", "ascend", "cpu"])
    parser.add_argument("--seed", type=int, default=model.SEED)
    parser.add_argument("--log-every", type=int, default=1, metavar="STEPS")
    # Not --log: torchrun would take that for one of its own options.
    parser.add_argument("--log-file", metavar="FILE",
                        help="one JSON document a line, all digits kept")
    parser.add_argument("--checkpoint", metavar="DIR")
    parser.add_argument("--save-every", type=int, default=100, metavar="STEPS")
    parser.add_argument("--resume", action="store_true", help="go on from the newest checkpoint")
    parser.add_argument("--profile", metavar="FILE", help="a trace of steps 3 to 5 of rank 0")
    parser.add_argument("--deterministic", action="store_true",
                        help="kernels that repeat bit for bit, where the device has them")
    parser.add_argument("--dry-run", action="store_true", help="print bytes for each rank, and stop")
    parser.add_argument("--fork", type=int, metavar="N", help="start N ranks on this machine")
    args = parser.parse_args(argv)
    if args.resume and not args.checkpoint:
        parser.error("--resume needs --checkpoint")
    return args


def train(args):
    if args.deterministic:
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        torch.use_deterministic_algorithms(True)
    device.setup(args.device, args.precision)
    comm.setup(model.MESH, model.GROUPS)
    text = init.read_text(args.data, model.INPUTS) if args.data else None
    facts = checkpoint.about(model, args.precision, args.seed, args.data)
    state = State(model)
    done = checkpoint.load(args.checkpoint, model, state, facts) if args.resume else 0
    if done == 0:
        state.start(model, args.seed)
    log = Log(args, done)
    with profiler(args) as profile:
        for step in range(done + 1, args.steps + 1):
            batch = local_batch(model, args.seed, step, text)
            loss, _ = model.train_step(state, batch, step)
            if step % args.log_every == 0 or step == args.steps:
                log.write(step, loss)
            if args.checkpoint and (step % args.save_every == 0 or step == args.steps):
                checkpoint.save(args.checkpoint, model, state, step, facts)
            if profile:
                profile.step()
    dist.destroy_process_group()
    return 0


class Log:
    """The loss on the terminal, and with all its digits in a file; rank 0 writes."""

    def __init__(self, args, done):
        self.file = None
        if args.log_file and _first():
            self.file = open(args.log_file, "a" if done else "w")
        self.before, self.step = time.perf_counter(), done

    def write(self, step, loss):
        value = loss.item()  # waits for the device
        now = time.perf_counter()
        seconds = (now - self.before) / (step - self.step)
        self.before, self.step = now, step
        if not _first():
            return
        peak = device.peak_bytes()
        memory = f"  {peak / 2**30:.2f} GiB" if peak else ""
        print(f"step {step}  loss {value:.6f}  {seconds:.3f} s/step{memory}", flush=True)
        if self.file:
            self.file.write(json.dumps({"step": step, "loss": value, "seconds": seconds}) + "\n")
            self.file.flush()


def profiler(args):
    """A profile of a few steps after the first, as a trace for chrome://tracing and Perfetto."""
    if not args.profile or not _first():
        return contextlib.nullcontext()
    return torch.profiler.profile(
        schedule=torch.profiler.schedule(wait=1, warmup=1, active=3, repeat=1),
        on_trace_ready=lambda trace: trace.export_chrome_trace(args.profile),
        record_shapes=True,
    )


def _first():
    return dist.get_rank() == 0


if __name__ == "__main__":
    sys.exit(main())
