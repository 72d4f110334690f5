"""Checkpoints: one file for each rank, in a directory that appears whole or not at all.

`DIR/step-00000010/rank-3.pt` holds this rank's share of weights and optimizer state after step 10, and
where its pieces lie in the whole tensors, so that a run on other ranks, under another plan, can go on
from it. `about.json` says what the numbers belong to. All ranks see the same directory.
"""

import json
import math
import os
import re
import shutil

import torch
import torch.distributed as dist

import comm
import device
from state import local_slices

_STEP = re.compile(r"step-(\d{8})")


def about(model, precision, seed, data):
    """What must be the same for a run to go on."""
    return {
        "model": model.MODEL,
        "weights": [[w.path, list(w.shape)] for w in sorted(model.WEIGHTS)],
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
    content = {name: vector.cpu() for name, vector in _vectors(state).items()}
    content["start"], content["pieces"] = _start(model, state), _pieces(state)
    _write(os.path.join(fresh, f"rank-{dist.get_rank()}.pt"), lambda f: torch.save(content, f))
    dist.barrier()
    if dist.get_rank() == 0:
        ranks = {"step": step, "ranks": dist.get_world_size()}
        text = json.dumps(facts | ranks, indent=1)
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
    for key, value in facts.items():
        if found.get(key) != value:
            raise SystemExit(f"{newest} was made with {key} = {found.get(key)}, not {value}")
    saved = Saved(newest, found["ranks"])
    for name, vector in _vectors(state).items():
        if vector.dim() == 0:
            vector.copy_(next(saved.files())[name])
        else:
            _fill(vector, _start(model, state), _pieces(state), name, saved)
    if model.SHARDED:
        comm.all_gather_into(state.weights.flat, state.share, model.REPLICAS)
    if hasattr(model, "SHARES"):
        state.join()
    return found["step"]


class Saved:
    """The files of a checkpoint, read as they are needed."""

    def __init__(self, directory, ranks):
        self.directory, self.ranks = directory, ranks
        self.read = {}

    def files(self):
        """All files; first the one that most likely has what this rank needs."""
        own = dist.get_rank() * self.ranks // dist.get_world_size()
        for rank in (*range(own, self.ranks), *range(own)):
            if rank not in self.read:
                path = os.path.join(self.directory, f"rank-{rank}.pt")
                self.read[rank] = torch.load(path, weights_only=True, mmap=True)
            yield self.read[rank]

    def parts(self, name, path):
        """Where saved pieces of a weight lie, their numbers, and which of these their rank has."""
        for file in self.files():
            vector, start = file[name], file["start"]
            for path_, begin, where in file["pieces"]:
                shape = [stop - first for first, stop in where]
                end = begin + math.prod(shape)
                low, high = max(begin, start), min(end, start + len(vector))
                if path_ == path and low < high:
                    numbers = vector.new_zeros(end - begin)
                    known = torch.zeros(end - begin, dtype=torch.bool)
                    numbers[low - begin:high - begin] = vector[low - start:high - start]
                    known[low - begin:high - begin] = True
                    yield where, numbers.view(shape), known.view(shape)


def _fill(vector, start, pieces, name, saved):
    """Fills the part of the flat vector that begins at `start` with the saved numbers."""
    for path, begin, where in pieces:
        shape = [stop - first for first, stop in where]
        size = math.prod(shape)
        low, high = max(begin, start) - begin, min(begin + size, start + len(vector)) - begin
        if low >= high:
            continue
        piece = torch.zeros(shape, dtype=vector.dtype)
        missing = torch.zeros(size, dtype=torch.bool)
        missing[low:high] = True
        missing = missing.view(shape)
        for there, numbers, known in saved.parts(name, path):
            common = [(max(a, c), min(b, d)) for (a, b), (c, d) in zip(where, there)]
            if all(first < stop for first, stop in common):
                to, of = _within(common, where), _within(common, there)
                taken = missing[to] & known[of]
                piece[to] = torch.where(taken, numbers[of], piece[to])
                missing[to] &= ~taken
            if not missing.any():
                break
        else:
            raise SystemExit(f"the checkpoint lacks a part of {name} of {path}")
        first = begin - start
        vector[first + low:first + high] = piece.view(-1)[low:high].to(vector.device)


def _within(ranges, outer):
    """Ranges of whole tensors as slices of a piece."""
    return tuple(slice(a - c, b - c) for (a, b), (c, _) in zip(ranges, outer))


def _vectors(state):
    """What this rank's optimizer updates: parts of flat vectors, and single numbers."""
    slots = {"slot/" + name: slot for name, slot in state.slots.items()}
    return {"weights": state.cut()} | slots


def _start(model, state):
    """Where this rank's share begins in its flat vectors."""
    return comm.coordinate(model.REPLICAS) * len(state.share) if model.SHARDED else 0


def _pieces(state):
    """Of each weight of the flat vectors: path, where it begins there, and what of the whole it is."""
    pieces, begin = [], 0
    for weight in state.owned:
        where = [(s.start, s.stop) for s in local_slices(weight)]
        pieces.append((weight.path, begin, where))
        begin += math.prod(stop - first for first, stop in where)
    return pieces


def _entries(directory):
    return os.listdir(directory) if os.path.isdir(directory) else []


def _write(path, write):
    with open(path, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
