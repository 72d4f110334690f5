#!/usr/bin/env python3
"""Measures what a device and the links around it do, for `weft calibrate --from RESULTS.json`.

Runs alone on any machine with PyTorch (2.1 to 2.11; with torch_npu on Ascend). Times are seconds on
the device, the median of several rounds; sizes are bytes. Bytes of a collective are those of the
largest tensor that one device holds for it.

    python calibrate.py                    all local GPUs or NPUs, or two processes on the CPU
    python calibrate.py --device cpu --quick --out results.json
"""

import argparse
import datetime
import json
import os
import platform
import statistics
import sys
import tempfile
import time

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
import torch.nn.functional as F

FORMAT = 1
BACKENDS = {"cuda": "nccl", "npu": "hccl", "cpu": "gloo"}
DTYPES = {"bf16": torch.bfloat16, "f16": torch.float16, "f32": torch.float32}
MIB = 1 << 20
ROUNDS = 5

# Products of a transformer layer: its projections at widths 1024 to 12288, cut over 1 to 8 devices.
# Each row is m, n, k of a forward product; its two gradients follow from it.
GEMMS = [
    (2048, 1024, 1024), (2048, 4096, 1024), (4096, 2048, 2048), (4096, 8192, 2048),
    (2048, 5120, 5120), (4096, 5120, 5120), (4096, 20480, 5120), (2048, 12288, 3072),
    (4096, 12288, 12288), (8192, 8192, 8192), (2048, 1536, 12288), (2048, 6144, 12288),
    (512, 4096, 4096), (1000, 4096, 4096), (4096, 4000, 4096), (16384, 4096, 4096)]
BATCHED = [(64, 2048, 2048, 64), (64, 2048, 2048, 128), (32, 512, 512, 64)]
GEMMS_QUICK = [(256, 256, 256), (512, 512, 512), (512, 1024, 256), (1024, 512, 512)]
BATCHED_QUICK = [(8, 128, 128, 64)]

# batch, heads, heads of keys and values, positions, elements of a head
ATTENTION = [
    (1, 32, 32, 2048, 128), (4, 32, 32, 2048, 128), (1, 32, 32, 8192, 128), (1, 32, 8, 4096, 128),
    (4, 16, 16, 1024, 64), (8, 16, 16, 2048, 64), (1, 16, 16, 16384, 128)]
ATTENTION_QUICK = [(1, 4, 4, 128, 64), (1, 4, 4, 256, 64), (2, 8, 8, 256, 32)]

STREAM_BYTES = [MIB << i for i in range(0, 11)]
STREAM_BYTES_QUICK = [MIB << i for i in range(0, 7, 2)]
LINK_BYTES = [1 << i for i in range(12, 31, 2)]
LINK_BYTES_QUICK = [1 << i for i in range(12, 25, 4)]

# Elements of each process whose update the host is timed for.
UPDATED = 1 << 27
UPDATED_QUICK = 1 << 22

# A processor takes minutes for what an accelerator does in moments.
CPU_FLOPS = 1e10
CPU_BYTES = 1 << 28


def sizes(device, options, table, quick, cost, limit):
    """The rows to measure: the small ones only where asked for; on a CPU what it can afford."""
    if options.quick:
        return quick
    if device.kind != "cpu":
        return table
    return quick + [row for row in table if cost(row) <= limit and row not in quick]


def product_flops(row):
    """Of a product, or of a batch of them."""
    flops = 2
    for size in row:
        flops *= size
    return flops


def attention_flops(row):
    batch, heads, _, positions, key = row
    return 4 * batch * heads * positions**2 * key


def as_is(size):
    return size


class Device:
    """The device of one process, and its clock."""

    def __init__(self, kind, index):
        self.kind = kind
        if kind == "npu":
            import torch_npu  # registers the device `npu` and the backend `hccl`

            torch_npu.npu.set_device(index)
        elif kind == "cuda":
            torch.cuda.set_device(index)
        else:
            torch.set_num_threads(max(1, (os.cpu_count() or 1) // int(os.environ.get("WORLD", "1"))))
        self.place = torch.device(kind, index) if kind != "cpu" else torch.device("cpu")
        self.streams = None if kind == "cpu" else getattr(torch, kind)

    def synchronize(self):
        if self.streams is not None:
            self.streams.synchronize()

    def seconds(self, work, least):
        """Seconds of one call of `work`, after a warm-up; each round takes `least` seconds or more."""
        work()
        self.synchronize()
        calls = 1
        while True:
            once = self._round(work, calls)
            if once >= least or calls >= 1 << 14:
                break
            calls = min(1 << 14, max(2 * calls, int(1.2 * least * calls / max(once, 1e-7))))
        return statistics.median([self._round(work, calls) / calls for _ in range(ROUNDS)])

    def _round(self, work, calls):
        if self.streams is None:
            start = time.perf_counter()
            for _ in range(calls):
                work()
            return time.perf_counter() - start
        begin = self.streams.Event(enable_timing=True)
        end = self.streams.Event(enable_timing=True)
        self.synchronize()
        begin.record()
        for _ in range(calls):
            work()
        end.record()
        self.synchronize()
        return begin.elapsed_time(end) / 1e3

    def random(self, *shape, dtype):
        return torch.randn(*shape, dtype=torch.float32, device=self.place).to(dtype)


def attempt(what, skipped, work):
    """What `work` gives; where the device or the library cannot, that is noted instead."""
    try:
        return work()
    except (RuntimeError, NotImplementedError, AssertionError, ValueError, TypeError) as error:
        skipped.append({"what": what, "why": str(error).strip().splitlines()[0][:200]})
        return None


def measure_gemms(device, options, skipped):
    shapes = sizes(device, options, GEMMS, GEMMS_QUICK, product_flops, CPU_FLOPS)
    batched = sizes(device, options, BATCHED, BATCHED_QUICK, product_flops, CPU_FLOPS)
    names = ["f32"] if options.quick and device.kind == "cpu" else list(DTYPES)
    rows = []
    for name in names:
        for m, n, k in shapes:
            products = [(m, n, k, "TN"), (m, k, n, "NN"), (n, k, m, "NT")]
            for rows_, columns, depth, layout in products[: 1 if options.quick else 3]:
                rows.append((name, 1, rows_, columns, depth, layout))
        rows += [(name, batch, m, n, k, "NN") for batch, m, n, k in batched]
    found = []
    for name, batch, m, n, k, layout in rows:
        def product():
            left = device.random(batch, *((k, m) if layout == "NT" else (m, k)), dtype=DTYPES[name])
            right = device.random(batch, *((n, k) if layout == "TN" else (k, n)), dtype=DTYPES[name])
            left = left.transpose(1, 2) if layout == "NT" else left
            right = right.transpose(1, 2) if layout == "TN" else right
            if batch == 1:
                left, right = left[0], right[0]
                return device.seconds(lambda: torch.mm(left, right), options.least)
            return device.seconds(lambda: torch.bmm(left, right), options.least)

        seconds = attempt(f"gemm {name}", skipped, product)
        if seconds is not None:
            found.append({
                "dtype": name, "batch": batch, "m": m, "n": n, "k": k, "layout": layout.lower(),
                "accumulates": False, "seconds": seconds})
    return found


def measure_attention(device, options, skipped):
    shapes = sizes(device, options, ATTENTION, ATTENTION_QUICK, attention_flops, CPU_FLOPS)
    names = ["f32"] if device.kind == "cpu" else ["bf16", "f16"]
    found = []
    for name in names:
        for batch, heads, kv_heads, positions, key in shapes:
            for causal in (True, False):
                def attention():
                    q = device.random(batch, heads, positions, key, dtype=DTYPES[name])
                    k, v = (
                        device.random(batch, kv_heads, positions, key, dtype=DTYPES[name])
                        for _ in range(2))
                    for x in (q, k, v):
                        x.requires_grad_()
                    grouped = {"enable_gqa": True} if kv_heads != heads else {}

                    def forward():
                        return F.scaled_dot_product_attention(q, k, v, is_causal=causal, **grouped)

                    with torch.no_grad():
                        ahead = device.seconds(forward, options.least)
                    out = forward()
                    grad = torch.randn_like(out)
                    back = device.seconds(
                        lambda: torch.autograd.grad(out, (q, k, v), grad, retain_graph=True),
                        options.least)
                    return ahead, back

                both = attempt(f"attention {name}", skipped, attention)
                for backward, seconds in enumerate(both or ()):
                    found.append({
                        "dtype": name, "isBackward": bool(backward), "batch": batch, "heads": heads,
                        "kvHeads": kv_heads, "positions": positions, "key": key, "isCausal": causal,
                        "seconds": seconds})
    return found


def measure_streams(device, options, skipped):
    """Operations that read and write `bytes` in all."""
    dtype = torch.float32 if device.kind == "cpu" else torch.bfloat16
    width = 1024
    found = []
    for size in sizes(device, options, STREAM_BYTES, STREAM_BYTES_QUICK, as_is, CPU_BYTES):
        elements = size // torch.empty(0, dtype=dtype).element_size() // width * width

        def operations():
            x = device.random(elements, dtype=dtype)
            y, out = x.clone(), torch.empty_like(x)
            rows, weight = x.view(-1, width), torch.ones(width, dtype=dtype, device=device.place)
            return [
                ("copy", 2, lambda: out.copy_(x)),
                ("add", 3, lambda: torch.add(x, y, out=out)),
                ("scale", 2, lambda: torch.mul(x, 1.5, out=out)),
                ("layer norm", 2, lambda: F.layer_norm(rows, (width,), weight, weight))]

        for what, tensors, work in attempt("stream", skipped, operations) or ():
            seconds = attempt(what, skipped, lambda: device.seconds(work, options.least))
            if seconds is not None:
                found.append({"what": what, "bytes": tensors * size, "seconds": seconds})
    return found


def measure_floors(device, options, skipped):
    """Seconds of the smallest kernel: on the device alone, and launched one by one by the host."""
    x = torch.zeros(1, device=device.place)
    device.synchronize()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(1000):
            x.add_(1)
        device.synchronize()
        times.append((time.perf_counter() - start) / 1000)
    launch = statistics.median(times)
    floor = launch
    if device.kind == "cuda":

        def graph():
            recorded = torch.cuda.CUDAGraph()
            with torch.cuda.graph(recorded):
                for _ in range(100):
                    x.add_(1)
            return device.seconds(recorded.replay, options.least) / 100

        floor = attempt("a graph of kernels", skipped, graph) or launch
    return {"launchSeconds": launch, "floorSeconds": min(floor, launch)}


def measure_host(device, options, skipped):
    """Copies between page-locked memory and the device, all devices at once."""
    found = []
    for size in sizes(device, options, LINK_BYTES, LINK_BYTES_QUICK, as_is, CPU_BYTES):

        def copies():
            near = torch.zeros(size, dtype=torch.uint8, device=device.place)
            far = torch.zeros(size, dtype=torch.uint8)
            far = far if device.kind == "cpu" else far.pin_memory()
            return [
                ("to-device", lambda: near.copy_(far, non_blocking=True)),
                ("to-host", lambda: far.copy_(near, non_blocking=True))]

        for direction, work in attempt("host link", skipped, copies) or ():
            dist.barrier()
            seconds = attempt(direction, skipped, lambda: device.seconds(work, options.least))
            if seconds is not None:
                found.append({"direction": direction, "bytes": size, "seconds": seconds})
    return found


def measure_update(device, options, skipped):
    """An update of weights by the host, by all processes at once: four tensors read, three written."""
    size = UPDATED_QUICK if options.quick else UPDATED
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // options.devices))

    def update():
        weight = torch.zeros(size, requires_grad=True)
        weight.grad = torch.ones(size)
        optimizer = torch.optim.AdamW([weight], fused=True)
        optimizer.step()
        return optimizer

    optimizer = attempt("an update by the host", skipped, update)
    able = [None] * options.devices
    dist.all_gather_object(able, optimizer is not None)
    if not all(able):
        return None
    times = []
    for _ in range(ROUNDS):
        dist.barrier()
        start = time.perf_counter()
        optimizer.step()
        dist.barrier()
        times.append(time.perf_counter() - start)
    return {"bytes": 7 * 4 * size * options.devices, "seconds": statistics.median(times)}


def collective_work(kind, size, group, device):
    """A collective among the group's ranks, and the bytes of its largest tensor."""
    ranks = dist.get_world_size(group)
    count = max(1, size // 4 // ranks) * ranks
    whole = torch.ones(count, device=device.place)
    part = torch.ones(count // ranks, device=device.place)
    other = torch.empty_like(whole)
    me = dist.get_rank()

    def ring():
        requests = dist.batch_isend_irecv([
            dist.P2POp(dist.isend, whole, (me + 1) % ranks, group),
            dist.P2POp(dist.irecv, other, (me - 1) % ranks, group)])
        for request in requests:
            request.wait()

    works = {
        "all-reduce": lambda: dist.all_reduce(whole, group=group),
        "all-gather": lambda: dist.all_gather_into_tensor(whole, part, group=group),
        "reduce-scatter": lambda: dist.reduce_scatter_tensor(part, whole, group=group),
        "all-to-all": lambda: dist.all_to_all_single(other, whole, group=group),
        "broadcast": lambda: dist.broadcast(whole, 0, group=group),
        "transfer": ring}
    return works[kind], 4 * count


COLLECTIVES = ("all-reduce", "all-gather", "reduce-scatter", "all-to-all", "broadcast", "transfer")


def collective_seconds(device, work, options):
    """As `seconds`, with the same number of calls at every rank, which the slowest rank sets."""
    def slowest(value):
        shared = torch.tensor([value], device=device.place)
        dist.all_reduce(shared, op=dist.ReduceOp.MAX)
        return float(shared)

    work()
    device.synchronize()
    once = slowest(device._round(work, 2) / 2)
    calls = max(2, min(500, int(options.least / max(once, 1e-7))))
    times = []
    for _ in range(ROUNDS):
        dist.barrier()
        times.append(slowest(device._round(work, calls) / calls))
    return statistics.median(times)


def measure_collectives(device, options, skipped):
    """Collectives and transfers of all devices; a kind that the library lacks is left out."""
    ranks = dist.get_world_size()
    if ranks == 1:
        return []
    found = []
    for kind in COLLECTIVES:
        for size in sizes(device, options, LINK_BYTES, LINK_BYTES_QUICK, as_is, CPU_BYTES):

            def collective():
                work, whole = collective_work(kind, size, dist.group.WORLD, device)
                return whole, collective_seconds(device, work, options)

            result = attempt(kind, skipped, collective)
            if result is None:
                break
            found.append({
                "kind": kind, "devices": ranks, "bytes": result[0], "seconds": result[1]})
    return found


def describe(kind, devices):
    """What is measured, and with what."""
    described = {
        "kind": kind, "name": platform.processor() or platform.machine(), "devices": devices,
        "memoryBytes": 0, "units": 1, "cacheBytes": 0, "torch": torch.__version__,
        "date": datetime.date.today().isoformat(), "hostMemoryBytes": host_memory()}
    if kind == "cpu":
        described.update(
            name=cpu_name() or described["name"], memoryBytes=host_memory(),
            units=max(1, (os.cpu_count() or 1) // devices), cacheBytes=cpu_cache())
    elif kind == "cuda":
        found = torch.cuda.get_device_properties(0)
        described.update(
            name=found.name, memoryBytes=found.total_memory, units=found.multi_processor_count,
            cacheBytes=getattr(found, "L2_cache_size", 0))
    else:
        found = torch.npu.get_device_properties(0)
        described.update(
            name=found.name, memoryBytes=found.total_memory,
            units=getattr(found, "cube_core_num", 0) or getattr(found, "multi_processor_count", 1),
            cacheBytes=getattr(found, "L2_cache_size", 0))
    return described


def host_memory():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def cpu_name():
    try:
        with open("/proc/cpuinfo") as lines:
            names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        return names[0] if names else ""
    except OSError:
        return ""


def cpu_cache():
    """Bytes of the last level of cache."""
    try:
        with open("/sys/devices/system/cpu/cpu0/cache/index3/size") as line:
            text = line.read().strip()
        return int(text.rstrip("KMG")) * {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}[text[-1]]
    except (OSError, KeyError, ValueError):
        return 0


def say(rank, text):
    if rank == 0:
        print(text, file=sys.stderr, flush=True)


def measure(rank, options, store, out):
    os.environ["WORLD"] = str(options.devices)
    device = Device(options.device, rank)
    dist.init_process_group(
        BACKENDS[options.device], init_method=f"file://{store}", rank=rank,
        world_size=options.devices)
    skipped = []
    results = {"format": FORMAT, "device": describe(options.device, options.devices)}
    # Alone, the other processes waiting: what one device does.
    if rank == 0:
        for name, part in (
            ("floors", measure_floors), ("streams", measure_streams), ("gemms", measure_gemms),
            ("attention", measure_attention)):
            say(rank, f"calibrate: {name}")
            results[name] = part(device, options, skipped)
    dist.barrier()
    for name, part in (
        ("host", measure_host), ("update", measure_update), ("collectives", measure_collectives)):
        say(rank, f"calibrate: {name}")
        found = part(device, options, skipped)
        if found is not None:
            results[name] = found
    dist.barrier()
    if rank == 0:
        results["skipped"] = [dict(row) for row in {tuple(s.items()): s for s in skipped}.values()]
        with open(out, "w") as file:
            json.dump(results, file, indent=1)
            file.write("\n")
    dist.destroy_process_group()


def local_device():
    if torch.cuda.is_available():
        return "cuda"
    try:
        import torch_npu  # noqa: F401

        return "npu" if torch.npu.is_available() else "cpu"
    except ImportError:
        return "cpu"


def local_devices(kind):
    if kind == "cpu":
        return 2
    if kind == "npu":
        import torch_npu  # noqa: F401
    return max(1, getattr(torch, kind).device_count())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", choices=sorted(BACKENDS), default=None)
    parser.add_argument("--devices", type=int, default=0, help="how many; all of this machine")
    parser.add_argument("--quick", action="store_true", help="few and small sizes, in seconds")
    parser.add_argument("--out", default="results.json")
    options = parser.parse_args()
    options.device = options.device or local_device()
    options.devices = options.devices or local_devices(options.device)
    options.least = 0.002 if options.quick else 0.05
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "store")
        out = os.path.abspath(options.out)
        mp.spawn(measure, args=(options, store, out), nprocs=options.devices)
    say(0, f"calibrate: wrote {options.out}")


if __name__ == "__main__":
    main()
