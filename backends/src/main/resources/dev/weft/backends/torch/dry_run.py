"""What a rank will hold, without a device: one step on tensors that have shapes and no numbers."""

import math
import weakref

import torch
import torch.distributed as dist
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_iter

import comm
import device
import model
from state import State, local_shape


def main(args):
    ranks = math.prod(size for _, size in model.MESH)
    print(f"{model.MODEL} on {ranks} ranks, {args.precision}; bytes of one rank:")
    for rank, name in _ranks():
        if name:
            print(name)
        for what, size in _measured(args, ranks, rank):
            print(f"  {what:30}{size:>18,}  {size / 2**30:8.3f} GiB")
    return 0


def _ranks():
    """One rank for each program: those at one place of a pipeline differ in no size."""
    if not hasattr(model, "PIPELINE"):
        return [(0, "")]
    axes = [name for name, _ in model.MESH]
    inner = math.prod(size for _, size in model.MESH[axes.index(model.PIPELINE) + 1:])
    numbers = range(len(model.STAGES))
    held = [[n for n in numbers if model.STAGES[n].place == at] for at in range(len(model.SCHEDULE))]
    return [(at * inner, f"place {at}, stages {', '.join(map(str, own))}:")
            for at, own in enumerate(held)]


def _measured(args, ranks, rank):
    from torch._subclasses.fake_tensor import FakeTensorMode
    from torch.testing._internal.distributed.fake_pg import FakeStore

    dist.init_process_group("fake", rank=rank, world_size=ranks, store=FakeStore())
    device.kind, device.dtype = args.device, device.DTYPES[args.precision]
    device.fused_attention, device.fused_attention_bwd = _attention, _attention_bwd
    comm.setup(model.MESH, model.GROUPS)
    if hasattr(model, "LOSS_SCALE"):
        import norms

        norms.is_finite = lambda x: True
    with FakeTensorMode(), Peak() as peak:
        state = State(model)
        batch = {x.name: _input(x) for x in model.INPUTS}
        model.train_step(state, batch, 1)
    weights, gradients, slots = state.bytes()
    dist.destroy_process_group()
    return [("weights", weights), ("gradients", gradients), ("optimizer state", slots),
            ("peak of one step, all tensors", peak.most)]


def _input(x):
    dtype = torch.long if x.bound or x.feed else device.dtype
    return torch.zeros(local_shape(x), dtype=dtype)


def _attention(q, k, v, scale, causal):
    """What a fused kernel leaves; its scores never reach memory."""
    return q.new_empty((*q.shape[:3], v.shape[-1])), q.new_empty(q.shape[:3], dtype=torch.float32)


def _attention_bwd(do, q, k, v, o, lse, scale, causal):
    return torch.empty_like(q), torch.empty_like(k), torch.empty_like(v)


class Peak(TorchDispatchMode):
    """Counts the bytes of live storages; `most` is the greatest sum."""

    def __init__(self):
        super().__init__()
        self.live, self.now, self.most = set(), 0, 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        result = function(*args, **(kwargs or {}))
        for x in tree_iter(result):
            if isinstance(x, torch.Tensor):
                self._count(x.untyped_storage())
        return result

    def _count(self, storage):
        key = storage._cdata
        if key in self.live:
            return
        size = storage.nbytes()
        self.live.add(key)
        self.now += size
        self.most = max(self.most, self.now)
        weakref.finalize(storage, self._free, key, size)

    def _free(self, key, size):
        self.live.discard(key)
        self.now -= size
