"""Checkpoints: one file for each rank, in a directory that appears whole or not at all.

`DIR/step-00000010/rank-3.pt` holds this rank's share of weights and optimizer state after step 10,
and `about.json` what the numbers belong to. All ranks see the same directory.
"""

import json
import os
import re
import shutil

import torch
import torch.distributed as dist

import comm
import device

_STEP = re.compile(r"step-(\d{8})")


def about(model, precision, seed, data):
    """What must be the same for a run to go on exactly."""
    return {
        "model": model.MODEL,
        "mesh": [list(axis) for axis in model.MESH],
        "sharded": model.SHARDED,
        "weights": [[w.path, list(w.shape)] for w in model.WEIGHTS],
        "optimizer": model.OPTIMIZER,
        "batch": model.BATCH,
        "precision": precision,
        "seed": seed,
        "data": data,
    }


def save(directory, model, state, step, facts):
    """Writes the state after a step."""
    final = os.path.join(directory, f"step-{step:08d}")
    fresh = final + ".new"
    if dist.get_rank() == 0:
        shutil.rmtree(fresh, ignore_errors=True)
        os.makedirs(fresh)
    dist.barrier()
    tensors = {"weights": state.share.cpu()}
    tensors.update({"slot/" + name: slot.cpu() for name, slot in state.slots.items()})
    _write(os.path.join(fresh, f"rank-{dist.get_rank()}.pt"), lambda f: torch.save(tensors, f))
    dist.barrier()
    if dist.get_rank() == 0:
        text = json.dumps(facts | {"step": step}, indent=1)
        _write(os.path.join(fresh, "about.json"), lambda f: f.write(text.encode()))
        shutil.rmtree(final, ignore_errors=True)
        os.rename(fresh, final)
    dist.barrier()


def load(directory, model, state, facts):
    """Reads the newest checkpoint, if there is one. Returns the step that it was made after, or 0."""
    steps = [m.group(1) for m in map(_STEP.fullmatch, _entries(directory)) if m]
    if not steps:
        return 0
    newest = os.path.join(directory, f"step-{max(steps)}")
    with open(os.path.join(newest, "about.json")) as file:
        found = json.load(file)
    step = found.pop("step")
    for key, value in facts.items():
        if found.get(key) != value:
            raise SystemExit(f"{newest} was made with {key} = {found.get(key)}, not {value}")
    tensors = torch.load(os.path.join(newest, f"rank-{dist.get_rank()}.pt"), weights_only=True)
    state.share.copy_(tensors["weights"].to(device.device))
    if model.SHARDED:
        comm.all_gather_into(state.weights.flat, state.share, model.REPLICAS)
    for name, slot in state.slots.items():
        slot.copy_(tensors["slot/" + name].to(device.device))
    return step


def _entries(directory):
    return os.listdir(directory) if os.path.isdir(directory) else []


def _write(path, write):
    with open(path, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
