"""A pipeline: its stages, what a rank holds of them, and the ways between the ranks.

A place is a coordinate along the pipeline's mesh axis. The ranks of all places that are otherwise
alike are one line. Between two of them values go without tags: each arrives as the next one that
was sent. What a place sends, and in which order, follows from its row of the schedule, so the
receiver knows what comes next.
"""

import collections
import functools
import re
from typing import Callable, NamedTuple

import torch
import torch.distributed as dist

import comm
import device


class Stage(NamedTuple):
    """A part of the model: where it runs, the weights that it holds, and its functions.

    `wte` is a whole weight, `blocks.wq[0:4]` rows 0 to 3 of a stacked one, `blocks.*[0:4]` these
    rows of all stacked weights below `blocks`; `cuts` says which of them the mesh cuts otherwise
    here than in other stages. A stage takes and gives activations, and returns the cotangents of
    some that it takes.
    """

    place: int
    weights: tuple
    data: tuple
    takes: tuple
    gives: tuple
    returns: tuple
    forward: Callable
    backward: Callable | None = None
    input_gradient: Callable | None = None
    weight_gradient: Callable | None = None
    cuts: dict | None = None


class Activation(NamedTuple):
    """What one stage makes and later ones take."""

    name: str
    shape: tuple
    integer: bool = False


def parse(row):
    """The actions of a row of the schedule: stage, phase, micro-batch."""
    cells = [re.fullmatch(r"(\d+)([FBIW])(\d+)", cell).groups() for cell in row.split()]
    return [(int(stage), phase, int(m)) for stage, phase, m in cells]


def place(model):
    """This rank's place along the pipeline."""
    return comm.coordinate((model.PIPELINE,))


def held(model, stage):
    """The weights of a stage, or rows of them."""
    weights = []
    for word in stage.weights:
        path, first, end = re.fullmatch(r"([^\[]+)(?:\[(\d+):(\d+)\])?", word).groups()
        rows = first and (int(first), int(end) - int(first))
        for weight in model.WEIGHTS:
            stem = path[:-1] if path.endswith("*") else None
            if weight.path.startswith(stem) if stem else weight.path == path:
                cut = (stage.cuts or {}).get(weight.path, weight.cut)
                weights.append(weight._replace(rows=rows, cut=cut))
    return weights


def held_here(model):
    """The weights of this rank's stages, each once."""
    own = [s for s in model.STAGES if s.place == place(model)]
    return list(dict.fromkeys(w for stage in own for w in held(model, stage)))


class Pipe:
    """This rank's end of the pipeline: its row of the schedule, and all that comes and goes.

    Of every way one value ahead is being received while the rank computes. A sent value is kept
    until it has arrived. Every way has its own process group, so that none waits for another.
    """

    def __init__(self, model, state):
        self.stages = model.STAGES
        self.shapes = {x.name: x for x in model.ACTIVATIONS}
        self.ranks = comm.line((model.PIPELINE,))
        self.place = place(model)
        self.row = parse(model.SCHEDULE[self.place])
        own = {n: held(model, s) for n, s in enumerate(self.stages) if s.place == self.place}
        self.held = own
        self.weights = {n: state.weights.part(weights) for n, weights in own.items()}
        self.gradients = {n: state.gradients.part(weights) for n, weights in own.items()}
        self.total = state.gradients
        self.ways = collections.defaultdict(list)
        for at, row in enumerate(model.SCHEDULE):
            for action in parse(row):
                for to, key in self._sent(*action):
                    self.ways[at, to].append(key)
        self.groups = comm.line_groups((model.PIPELINE,), sorted(self.ways))
        self.members = comm.line_groups(
            (model.PIPELINE,), sorted({places for _, places in model.SHARED}))
        self._meet()

    def start(self):
        """Begins a step: receives the first value of every way that ends here."""
        self.here, self.uses, self.sent, self.posted = {}, collections.Counter(), [], {}
        self.coming = {
            at: collections.deque(keys) for (at, to), keys in self.ways.items() if to == self.place}
        for at in self.coming:
            self._post(at)

    def take(self, names, m):
        """Activations of a micro-batch, for one stage."""
        return [self._arrived((name, m), self._users(name)) for name in names]

    def take_back(self, number, m):
        """The cotangents of what a stage gave: each the sum of what the stages return that took it."""
        return [
            functools.reduce(torch.add, [self._arrived((name, m, s), 1) for s in stages])
            for name in self.stages[number].gives if (stages := self._returners(name))
        ]

    def give(self, number, m, given):
        """Hands on the activations that a stage made."""
        values = dict(zip(self.stages[number].gives, given, strict=True))
        self.here.update({(name, m): x for name, x in values.items() if self._users(name)})
        self._send(number, "F", m, values)

    def give_back(self, number, m, returned):
        """Hands back the cotangents that a stage made."""
        values = dict(zip(self.stages[number].returns, returned, strict=True))
        for name, x in values.items():
            if self.stages[self._maker(name)].place == self.place:
                self.here[name, m, number] = x
        self._send(number, "B", m, values)

    def finish(self):
        """Ends a step: nothing is on its way any more."""
        for at in self.coming:
            while at in self.posted:
                self._receive(at)
        for work, _ in self.sent:
            work.wait()
        self.here, self.sent = {}, []

    def sum_among(self, places, name):
        """Sums the gradient of a weight over the places that hold it."""
        if self.place in places:
            dist.all_reduce(self.total[name], group=self.members[places])

    def _sent(self, number, phase, m):
        """What goes to other places after an action, in order: where, and what."""
        stage = self.stages[number]
        if phase == "F":
            for name in stage.gives:
                takers = dict.fromkeys(s.place for s in self.stages if name in s.takes)
                yield from ((to, (name, m)) for to in takers if to != stage.place)
        elif phase in "BI":
            for name in stage.returns:
                to = self.stages[self._maker(name)].place
                if to != stage.place:
                    yield to, (name, m, number)

    def _maker(self, name):
        return next(n for n, s in enumerate(self.stages) if name in s.gives)

    def _returners(self, name):
        return [n for n, s in enumerate(self.stages) if name in s.returns]

    def _users(self, name):
        return sum(s.place == self.place and name in s.takes for s in self.stages)

    def _arrived(self, key, uses):
        """A value of this rank, or one that is received together with all that comes before it."""
        while key not in self.here:
            self._receive(self._origin(key))
        self.uses[key] += 1
        return self.here[key] if self.uses[key] < uses else self.here.pop(key)

    def _origin(self, key):
        """The place that sends a value."""
        return self.stages[key[2] if len(key) == 3 else self._maker(key[0])].place

    def _send(self, number, phase, m, values):
        self.sent = [(work, x) for work, x in self.sent if not work.is_completed()]
        for to, key in self._sent(number, phase, m):
            x = values[key[0]].contiguous()
            self.sent.append((dist.isend(x, self.ranks[to], self.groups[self.place, to]), x))

    def _post(self, at):
        if self.coming[at]:
            key = self.coming[at].popleft()
            shape = self.shapes[key[0]]
            dtype = torch.long if shape.integer else device.dtype
            x = torch.empty(shape.shape, dtype=dtype, device=device.device)
            self.posted[at] = key, x, dist.irecv(x, self.ranks[at], self.groups[at, self.place])

    def _receive(self, at):
        key, x, work = self.posted.pop(at)
        work.wait()
        self.here[key] = x
        self._post(at)

    def _meet(self):
        """Sends one number along every way, in one order for all ranks: a process group may not
        connect its ends before its first use, and then both wait for each other."""
        x = torch.zeros(1, dtype=device.dtype, device=device.device)
        for at, to in sorted(self.ways):
            if self.place == at:
                dist.send(x, self.ranks[to], self.groups[at, to])
            elif self.place == to:
                dist.recv(x, self.ranks[at], self.groups[at, to])
