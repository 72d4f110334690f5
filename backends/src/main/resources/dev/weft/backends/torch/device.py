"""The device that a rank computes on: NVIDIA GPU, Ascend NPU or CPU; and what is fused on it."""

import os

import torch
import torch.distributed as dist

_BACKENDS = {"cuda": "nccl", "ascend": "hccl", "cpu": "gloo"}
DTYPES = {
    "f64": torch.float64, "f32": torch.float32, "bf16": torch.bfloat16, "f16": torch.float16}

kind = "cpu"
device = torch.device("cpu")
dtype = torch.float32


def setup(target, precision):
    """Chooses this rank's device and element type, and joins the ranks of the launcher."""
    global kind, device, dtype
    kind, dtype = target, DTYPES[precision]
    # Older PyTorch would keep the memory of a collective that has begun until the host sees its end.
    os.environ.setdefault("TORCH_NCCL_AVOID_RECORD_STREAMS", "1")
    local = int(os.environ["LOCAL_RANK"])
    if target == "cuda":
        torch.cuda.set_device(local)
        device = torch.device("cuda", local)
    elif target == "ascend":
        import torch_npu  # registers the device `npu` and the backend `hccl`

        torch_npu.npu.set_device(local)
        device = torch.device("npu", local)
    else:
        torch.set_num_threads(max(1, (os.cpu_count() or 1) // int(os.environ["LOCAL_WORLD_SIZE"])))
        device = torch.device("cpu")
    dist.init_process_group(_BACKENDS[target])


HOST = torch.device("cpu")
_side = None


def zeros(size, where):
    """A vector of zeros; on the host in page-locked memory, from which copies go beside the work."""
    locked = where == HOST and device.type != "cpu"
    return torch.zeros(size, dtype=dtype, device=where, pin_memory=locked)


def to_host(x):
    """A copy in page-locked memory of the host, made on a stream of its own."""
    if device.type == "cpu":
        return x
    stream = _side_stream()
    stream.wait_stream(_streams().current_stream())
    with _streams().stream(stream):
        host = torch.empty(x.shape, dtype=x.dtype, pin_memory=True)
        host.copy_(x, non_blocking=True)
        x.record_stream(stream)
    return host


def to_device(x):
    """A copy on the device, made on the current stream, which inside `aside` is that of transfers.
    What is there already is its own copy."""
    if x.device.type == device.type:
        return x
    _streams().current_stream().wait_stream(_side_stream())  # what `to_host` has begun is there
    return x.to(device, non_blocking=True)


def aside(work, *arguments):
    """Does work on the stream of transfers. Returns what it returns, and when that is there.

    Memory of the device is taken on that stream here alone, after it has waited for all that was
    asked of the current one; so what used the memory before has ended, and none need be recorded
    as used by both streams, which would keep memory until the host sees that it is free."""
    if device.type == "cpu":
        return work(*arguments), None
    stream = _side_stream()
    stream.wait_stream(_streams().current_stream())
    with _streams().stream(stream):
        return work(*arguments), stream.record_event()


def wait_for(there):
    """What follows waits for what was done aside."""
    if there is not None:
        _streams().current_stream().wait_event(there)


def _streams():
    return torch.cuda if kind == "cuda" else torch.npu


def _side_stream():
    global _side
    if _side is None:
        _side = _streams().Stream()
    return _side


def is_narrow():
    """Whether weights have 16 bits."""
    return dtype.itemsize < 4


def wide():
    """The element type of the optimizer's state: at least 32 bits."""
    return torch.float32 if is_narrow() else dtype


def peak_bytes():
    """The most memory that tensors held so far; 0 where the device does not count."""
    if kind == "cuda":
        return torch.cuda.max_memory_allocated()
    return torch.npu.max_memory_allocated() if kind == "ascend" else 0


def has_fused_attention(q, k, v, causal):
    """The fused kernels compute in 16 bits and in some shapes; elsewhere attention is written out."""
    key, value = q.shape[-1], v.shape[-1]
    square = not causal or q.shape[1] == k.shape[1]
    return (kind in ("cuda", "ascend") and is_narrow() and square
            and key == value and key % 8 == 0 and key <= 256)


def fused_attention(q, k, v, scale, causal):
    """o and lse, in the layout of ops.attention."""
    if kind == "cuda":
        o, lse, *_ = torch.ops.aten._flash_attention_forward(
            q.contiguous(), k.contiguous(), v.contiguous(), None, None, q.shape[1], k.shape[1],
            0.0, causal, False, scale=scale,
        )
        return o, lse.transpose(1, 2)
    import torch_npu

    o, peak, total, *_ = torch_npu.npu_fusion_attention(
        q, k, v, q.shape[2], "BSND", scale=scale, **_npu_mask(q, k, causal)
    )
    return o, (peak + total.log())[..., 0].transpose(1, 2)


def fused_attention_bwd(do, q, k, v, o, lse, scale, causal):
    """dq, dk, dv, in the layout of ops.attention."""
    if kind == "cuda":
        seed = torch.zeros(2, dtype=torch.uint64, device=q.device)  # there is no dropout
        return torch.ops.aten._flash_attention_backward(
            do.contiguous(), q.contiguous(), k.contiguous(), v.contiguous(), o.contiguous(),
            lse.transpose(1, 2).contiguous(), None, None, q.shape[1], k.shape[1],
            0.0, causal, seed, seed[:0], scale=scale,
        )
    import torch_npu

    # exp(score - max) / sum with max = lse and sum = 1 is the same probability.
    peak = lse.transpose(1, 2).unsqueeze(-1).expand(-1, -1, -1, 8).float().contiguous()
    dq, dk, dv, *_ = torch_npu.npu_fusion_attention_grad(
        q, k, v, do, q.shape[2], "BSND", softmax_max=peak, softmax_sum=torch.ones_like(peak),
        attention_in=o, scale_value=scale, **_npu_mask(q, k, causal),
    )
    return dq, dk, dv


def _npu_mask(q, k, causal):
    """npu_fusion_attention masks where the mask is True; sparse_mode 2 is causal, compressed."""
    if not causal:
        return {}
    mask = torch.ones(2048, 2048, dtype=torch.bool, device=q.device).triu(1)
    return {"atten_mask": mask, "sparse_mode": 2}
