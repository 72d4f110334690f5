"""Collectives over the axes of the device mesh, in terms of torch.distributed."""

import math

import torch
import torch.distributed as dist

import device

_mesh = ()
_groups = {}
_OPS = {"sum": dist.ReduceOp.SUM, "max": dist.ReduceOp.MAX, "min": dist.ReduceOp.MIN}

# PyTorch 2.13 renamed these two.
_gather_into = getattr(dist, "all_gather_single", None) or dist.all_gather_into_tensor
_reduce_scatter = getattr(dist, "reduce_scatter_single", None) or dist.reduce_scatter_tensor


class Group:
    """The ranks that differ from this one only along some mesh axes.

    `order[c]` is the position in the process group of the rank with coordinate c along the axes;
    a process group sorts its ranks, so the two differ where the axes are not in the mesh's order.
    """

    def __init__(self, ranks, process_group):
        self.size = len(ranks)
        self.process_group = process_group
        self.order = [sorted(ranks).index(r) for r in ranks]
        self.inverse = [self.order.index(i) for i in range(self.size)]
        self.is_sorted = self.order == list(range(self.size))


def setup(mesh, axis_sets):
    """Makes the process groups. `mesh` is ((name, size), …), the last axis varies fastest."""
    global _mesh
    _mesh = tuple(mesh)
    world = math.prod(size for _, size in mesh)
    if dist.get_world_size() != world:
        raise SystemExit(f"the mesh {dict(mesh)} needs {world} ranks, not {dist.get_world_size()}")
    _groups.clear()
    for axes in axis_sets:
        for ranks in _groups_along(axes):
            process_group = dist.new_group(sorted(ranks))
            if dist.get_rank() in ranks:
                _groups[axes] = Group(ranks, process_group)


def coordinate(axes, rank=None):
    """This rank's place along some mesh axes, major to minor."""
    rest = dist.get_rank() if rank is None and axes else rank or 0
    at = {}
    for name, size in reversed(_mesh):
        at[name] = rest % size
        rest //= size
    place = 0
    for name in axes:
        place = place * dict(_mesh)[name] + at[name]
    return place


def parts(axes):
    """The number of ranks along some mesh axes."""
    return math.prod(size for name, size in _mesh if name in axes)


def _groups_along(axes):
    """Every group of ranks along some axes, each in the order of its coordinates."""
    rest = tuple(name for name, _ in _mesh if name not in axes)
    groups = {}
    for rank in range(math.prod(size for _, size in _mesh)):
        groups.setdefault(coordinate(rest, rank), []).append(rank)
    return [sorted(ranks, key=lambda r: coordinate(axes, r)) for ranks in groups.values()]


def line(axes):
    """The ranks that differ from this one only along some mesh axes, by coordinate."""
    return next(ranks for ranks in _groups_along(axes) if dist.get_rank() in ranks)


def line_groups(axes, sets):
    """Makes a process group for each set of places along some axes. Returns those of this rank's
    line, by set."""
    groups = {}
    for places in sets:
        for ranks in _groups_along(axes):
            process_group = dist.new_group(sorted(ranks[at] for at in places))
            if dist.get_rank() in ranks:
                groups[places] = process_group
    return groups


def shard(x, dim, axes):
    """This rank's piece of a tensor that every rank holds, as a view."""
    return x.chunk(_groups[axes].size, dim)[coordinate(axes)]


def all_reduce(x, axes, op="sum"):
    """Combines x over the ranks, in place where x is contiguous."""
    x = x.contiguous()
    dist.all_reduce(x, _OPS[op], group=_groups[axes].process_group)
    return x


def all_gather(x, dim, axes):
    """Joins the ranks' pieces along a dimension."""
    group = _groups[axes]
    pieces = x.new_empty((group.size, *x.shape))
    _gather_into(pieces.view(-1), x.reshape(-1), group=group.process_group)
    return _joined(pieces, dim, group)


def _joined(pieces, dim, group):
    """The pieces of a group's ranks, one behind the other along a dimension."""
    if not group.is_sorted:
        pieces = pieces[group.order]
    return pieces.movedim(0, dim).flatten(dim, dim + 1)


class Gathering:
    """An all-gather that has begun. Every rank begins those of a group in the same order, that of
    its program, so that they need no group of their own."""

    def __init__(self, x, dim, axes):
        self.dim, self.group = dim, _groups[axes]
        self.pieces = x.new_empty((self.group.size, *x.shape))
        self.work = _gather_into(
            self.pieces.view(-1), x.reshape(-1), group=self.group.process_group, async_op=True)

    def wait(self):
        """The ranks' pieces, joined; what follows waits for them."""
        self.work.wait()
        return _joined(self.pieces, self.dim, self.group)


def begin_all_gather(x, dim, axes):
    """Begins to join the ranks' pieces along a dimension; `ahead` waits for the end."""
    return Gathering(x, dim, axes)


def ahead(begin, order):
    """Goes through `order` and yields each index with what `begin(index)` brings to the device.

    What the next index needs is on its way meanwhile: `begin` only begins to bring it. It runs on
    the stream of transfers, which waits for what has been computed so far, but not for what is
    computed now. At most two indices' worth is on the device."""
    order = list(order)
    coming = device.aside(begin, order[0])
    for at, index in enumerate(order):
        values, there = coming
        device.wait_for(there)
        arrived = [x.wait() if isinstance(x, Gathering) else x for x in values]
        values = coming = None
        if at + 1 < len(order):
            coming = device.aside(begin, order[at + 1])
        yield index, arrived
        arrived.clear()


def reduce_scatter(x, dim, axes, op="sum"):
    """This rank's piece, along a dimension, of the combination of x over the ranks."""
    group = _groups[axes]
    pieces = x.unflatten(dim, (group.size, -1)).movedim(dim, 0)
    if not group.is_sorted:
        pieces = pieces[group.inverse]
    out = torch.empty(pieces.shape[1:], dtype=x.dtype, device=x.device)
    _reduce_scatter(out.view(-1), pieces.reshape(-1), _OPS[op], group=group.process_group)
    return out


def all_to_all(x, split, join, axes):
    """Cuts x along `split`, sends piece i to rank i, joins what arrives along `join`."""
    group = _groups[axes]
    pieces = x.unflatten(split, (group.size, -1)).movedim(split, 0)
    if not group.is_sorted:
        pieces = pieces[group.inverse]
    pieces = pieces.contiguous()
    arrived = torch.empty_like(pieces)
    dist.all_to_all_single(arrived, pieces, group=group.process_group)
    if not group.is_sorted:
        arrived = arrived[group.order]
    return arrived.movedim(0, join).flatten(join, join + 1)


def all_gather_into(x, piece, axes):
    """Fills the vector x with the ranks' pieces of it; `piece` is a view of x."""
    group = _groups[axes]
    if x.device != device.device:  # it lies on the host, and devices exchange what lies on them
        x.copy_(all_gather(piece.to(device.device), 0, axes))
        return
    if group.is_sorted:
        _gather_into(x, piece.clone(), group=group.process_group)
    else:
        x.copy_(all_gather(piece, 0, axes))
