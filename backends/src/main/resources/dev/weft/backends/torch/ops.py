"""Functions that model.py is made of: each forward function, and its backward written out."""

import functools
import math

import torch
import torch.nn.functional as F

import comm
import device


def full(shape, value):
    """One number everywhere."""
    return torch.full(shape, value, dtype=device.dtype, device=device.device)


def full_int(shape, value):
    """One integer everywhere."""
    return torch.full(shape, value, dtype=torch.long, device=device.device)


def to_host(x):
    """A copy in the host's memory, made while the device goes on."""
    return device.to_host(x)


def to_device(x):
    """A copy on the device; what follows waits for it, what goes on does not."""
    return device.to_device(x)


def iota(size, axes=()):
    """0, 1, 2, … along an axis; where mesh axes cut it, this rank's part of the count."""
    start = comm.coordinate(axes) * size
    return torch.arange(start, start + size, device=device.device)


def to_float(x):
    return x.to(device.dtype)


def equal(a, b):
    """1 where a = b, else 0."""
    return (a == b).to(a.dtype)


def greater_equal(a, b):
    """1 where a >= b, else 0."""
    return (a >= b).to(a.dtype)


def pad(x, dim, start, size):
    """x at `start` along a dimension of the given size, zero elsewhere."""
    shape = list(x.shape)
    shape[dim] = size
    out = x.new_zeros(shape)
    out.narrow(dim, start, x.shape[dim]).copy_(x)
    return out


# Derivatives of element-wise functions: of dy, and of the result y or the argument x.


def tanh_bwd(dy, y):
    return torch.ops.aten.tanh_backward(dy, y)


def sigmoid_bwd(dy, y):
    return torch.ops.aten.sigmoid_backward(dy, y)


def relu_bwd(dy, y):
    return torch.ops.aten.threshold_backward(dy, y, 0)


def gelu_bwd(dy, x):
    return torch.ops.aten.gelu_backward(dy, x, approximate="none")


def gelu_tanh_bwd(dy, x):
    return torch.ops.aten.gelu_backward(dy, x, approximate="tanh")


def silu_bwd(dy, x):
    return torch.ops.aten.silu_backward(dy, x)


def rsqrt_bwd(dy, y):
    return dy * (-0.5 * y * y * y)


def erf_bwd(dy, x):
    return dy * (1.1283791670955126 * torch.exp(-x * x))  # 2 / sqrt(pi)


# Normalization: y = (x - mean) * r with r = 1 / sqrt(variance + eps).


def normalize(x, dim, eps):
    """y, and r without the normalized dimension (layer normalization, Ba et al. 2016)."""
    centered = x - x.mean(dim, keepdim=True)
    r = torch.rsqrt(centered.square().mean(dim, keepdim=True) + eps)
    return centered * r, r.squeeze(dim)


def normalize_bwd(dy, y, r, dim):
    """dx = r * (dy - mean(dy) - y * mean(y * dy))."""
    inner = dy - dy.mean(dim, keepdim=True) - y * (y * dy).mean(dim, keepdim=True)
    return r.unsqueeze(dim) * inner


def rms_normalize(x, dim, eps):
    """y = x * r, and r (root-mean-square normalization, Zhang and Sennrich 2019)."""
    r = torch.rsqrt(x.square().mean(dim, keepdim=True) + eps)
    return x * r, r.squeeze(dim)


def rms_normalize_bwd(dy, y, r, dim):
    """dx = r * (dy - y * mean(y * dy))."""
    return r.unsqueeze(dim) * (dy - y * (y * dy).mean(dim, keepdim=True))


def softmax_bwd(dy, y, dim):
    """dx = y * (dy - sum(y * dy))."""
    return torch.ops.aten._softmax_backward_data(dy, y, dim, y.dtype)


# Rotary position embedding, rotate-half form (Su et al. 2021, section 3.2).


def rope(x, positions, dim, base):
    """Turns the pair (i, i + n/2) along `dim` by the angle position * base^(-2i/n)."""
    return _turn(x, positions, dim, base, 1)


def rope_back(x, positions, dim, base):
    """The inverse, which is also the transpose, of `rope`."""
    return _turn(x, positions, dim, base, -1)


def _turn(x, positions, dim, base, sign):
    x = x.movedim(dim, -1)
    cos, sin = (t.to(x.dtype) for t in _angles(positions, x.shape[-1], base, x.dtype))
    a, b = x.chunk(2, -1)
    turned = torch.cat((a * cos - sign * b * sin, b * cos + sign * a * sin), -1)
    return turned.movedim(-1, dim)


def _angles(positions, features, base, dtype):
    """Cosines and sines [positions…, features / 2], at least in float32."""
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    exponents = torch.arange(0, features, 2, device=positions.device).to(wide) / features
    angles = positions.unsqueeze(-1).to(wide) * torch.pow(base, -exponents)
    return torch.cos(angles), torch.sin(angles)


# Gathers by integers. With mesh axes, this rank holds the rows from coordinate * rows on; a row
# that another rank holds reads as zero here, and the sum over the ranks is the row.


def lookup(table, ids, axes=()):
    """Rows of a table: [rows, …] and [places] to [places, …]."""
    if not axes:
        return F.embedding(ids, table) if table.dim() == 2 else table[ids]
    local, held = _local(ids, table.shape[0], axes)
    return table[local] * held.reshape(held.shape + (1,) * (table.dim() - 1)).to(table.dtype)


def lookup_bwd(dy, ids, rows, axes=()):
    """Row r of the result is the sum of dy [places, …] over the places where ids = r."""
    rest = dy.shape[ids.dim():]
    if axes:
        ids, held = _local(ids, rows, axes)
        dy = dy * held.reshape(held.shape + (1,) * len(rest)).to(dy.dtype)
    flat = dy.reshape(ids.numel(), -1)
    table = torch.ops.aten.embedding_dense_backward(flat, ids.reshape(-1), rows, -1, False)
    return table.reshape(rows, *rest)


def pick(x, ids, dim, axes=()):
    """The entry ids along a dimension, which disappears."""
    if not axes:
        return x.gather(dim, ids.unsqueeze(dim)).squeeze(dim)
    local, held = _local(ids, x.shape[dim], axes)
    return x.gather(dim, local.unsqueeze(dim)).squeeze(dim) * held.to(x.dtype)


def one_hot(ids, size, axes=()):
    """1 where the index along a new last dimension equals the integer, else 0."""
    return (ids.unsqueeze(-1) == iota(size, axes)).to(device.dtype)


def one_hot_int(ids, size, axes=()):
    """As `one_hot`, of integers."""
    return (ids.unsqueeze(-1) == iota(size, axes)).long()


def _local(ids, rows, axes):
    """The ids as rows of this rank's part, and which of them it holds."""
    local = ids - comm.coordinate(axes) * rows
    held = (local >= 0) & (local < rows)
    return local.clamp(0, rows - 1), held


def relative_bucket(query, source, thresholds, half):
    """Bucket of source - query (Raffel et al. 2020, section 2.1): the number of thresholds that the
    distance reaches, plus `half` for sources after the query; with half = 0 these have distance 0."""
    back = query[:, None] - source[None, :]
    distance = back.abs() if half else back.clamp(min=0)
    reached = torch.bucketize(distance, _thresholds(thresholds, query.device), right=True)
    return reached + half * (back < 0).long()


@functools.cache
def _thresholds(thresholds, where):
    return torch.tensor(thresholds, device=where)


# Choices among entries, and rows that are carried to and from the places they name; -1 names none.


def top_k(x, scores, dim, count):
    """x where its scores are among the `count` greatest along a dimension, elsewhere 0. Of equal
    scores the earlier goes first. Applied to dy, its own backward."""
    order = torch.argsort(scores, dim=dim, descending=True, stable=True)
    return x.scatter(dim, order.narrow(dim, count, x.shape[dim] - count), 0)


def nonzero(x, dim, slots):
    """The positions along a dimension of what is not 0, in order: […, slots, …] in its place, -1 in
    slots that are left over. What finds no slot goes to a spare one, which is cut off."""
    found = x.movedim(dim, -1) != 0
    slot = (found.cumsum(-1) - 1).clamp(max=slots).masked_fill(~found, slots)
    positions = torch.arange(found.shape[-1], device=x.device).expand(found.shape)
    places = positions.new_full((*found.shape[:-1], slots + 1), -1).scatter_(-1, slot, positions)
    return places[..., :slots].movedim(-1, dim)


def gather_rows(x, ids, common):
    """Rows of x [common…, places, row…] by ids [common…, chosen…]: [common…, chosen…, row…], zero
    where the id is -1. So many common dimensions come first."""
    missing = ids < 0
    at = _places(ids, x.shape[common], common).masked_fill(missing, 0)
    rows = x.flatten(0, common).index_select(0, at.flatten())
    rows = rows.view(ids.shape + x.shape[common + 1:])
    return rows.masked_fill_(missing[(..., *[None] * (rows.dim() - ids.dim()))], 0)


def scatter_rows(y, ids, size, common):
    """Sums of the rows of y [common…, chosen…, row…] at the places in ids [common…, chosen…]:
    [common…, size, row…]. Rows whose id is -1 go to a spare one behind the last, which is cut off."""
    count = math.prod(ids.shape[:common]) * size
    at = _places(ids, size, common).masked_fill(ids < 0, count).flatten()
    flat = y.reshape(ids.numel(), -1)
    if y.is_floating_point():  # unlike index_add_, in one order on CUDA too
        sums = torch.ops.aten.embedding_dense_backward(flat, at, count + 1, -1, False)
    else:
        sums = flat.new_zeros(count + 1, flat.shape[1]).index_add_(0, at, flat)
    return sums[:count].view(*ids.shape[:common], size, *y.shape[ids.dim():])


def _places(ids, size, common):
    """The ids as rows of one table, in which every point of the common dimensions has `size` rows."""
    lead = ids.shape[:common]
    first = torch.arange(0, math.prod(lead) * size, size, device=ids.device)
    return ids + first.view((*lead, *[1] * (ids.dim() - common)))


# Dropout.


def dropout(x, rate, site, key, positions):
    """Zero with probability `rate`, else x / (1 - rate). Applied to dy, its own backward.

    Which elements are dropped follows from the site in the model, the integers of the key (that of
    the step, the layer) and the positions along each dimension in the whole tensor, so that every
    rank sees its part of one mask, and sees it again whenever it asks. A 64-bit hash takes in all of
    these but the last position; the last one is mixed with it in place, 32 bits for each element.
    """
    row = torch.full((), site, dtype=torch.long, device=x.device)
    for number in key:
        row = _absorb(row, number)
    for along in positions[:-1]:
        row = _absorb(row.unsqueeze(-1), along)
    bits = _low(row).unsqueeze(-1) + _low(positions[-1] * 0x9E3779B9)
    bits ^= (bits >> 16) & 0xFFFF
    bits *= 0x7FEB352D
    bits ^= _low(row >> 32).unsqueeze(-1)
    bits ^= (bits >> 15) & 0x1FFFF
    bits *= -0x7B935975  # 0x846CA68B
    bits ^= (bits >> 16) & 0xFFFF
    dropped = bits < math.floor(rate * 2**32) - 2**31
    return (x * (1 / (1 - rate))).masked_fill_(dropped, 0)


def _absorb(h, number):
    """The finaliser of SplitMix64 on h + G (number + 1), in signed integers that wrap around."""
    z = h + (number + 1) * -0x61C8864680B583EB
    z = (z ^ ((z >> 30) & 0x3FFFFFFFF)) * -0x40A7B892E31B1A47
    z = (z ^ ((z >> 27) & 0x1FFFFFFFFF)) * -0x6B2FB644ECCEEE15
    return z ^ ((z >> 31) & 0x1FFFFFFFF)


def _low(z):
    """The low 32 bits, as a signed integer."""
    return ((z & 0xFFFFFFFF) - ((z & 0x80000000) << 1)).int()


def causal_mask(x, query, source, hidden):
    """`hidden` where the source comes after the query."""
    return x.masked_fill(source > query, hidden)


# Attention. q [batch, query, heads, key], k and v [batch, source, kv heads, …] where kv heads divides
# heads; o as q with v's features; lse [batch, query, heads] is the log-sum-exp of the scores.


def attention(q, k, v, scale, causal, bias=None):
    """softmax(scale * q·k + bias) applied to v. Returns o and lse."""
    if bias is None and device.has_fused_attention(q, k, v, causal):
        return device.fused_attention(q, k, v, scale, causal)
    scores = _scores(q, k, scale, causal, bias)
    lse = torch.logsumexp(scores, -1)
    prob = torch.exp(scores - lse.unsqueeze(-1))
    o = torch.einsum("bngst,btnd->bsngd", prob, v)
    return o.flatten(2, 3), lse.flatten(1, 2).transpose(1, 2)


def attention_bwd(do, q, k, v, o, lse, scale, causal):
    """dq, dk, dv (Dao et al. 2022, appendix B.2)."""
    if device.has_fused_attention(q, k, v, causal):
        return device.fused_attention_bwd(do, q, k, v, o, lse, scale, causal)
    return _attention_bwd(do, q, k, v, o, lse, scale, causal, None)[:3]


def biased_attention_bwd(do, q, k, v, o, lse, scale, causal, bias):
    """dq, dk, dv, and the cotangent of the bias, summed to its shape."""
    dq, dk, dv, ds = _attention_bwd(do, q, k, v, o, lse, scale, causal, bias)
    return dq, dk, dv, ds.flatten(1, 2).sum_to_size(bias.shape)


def _attention_bwd(do, q, k, v, o, lse, scale, causal, bias):
    groups = (k.shape[2], q.shape[2] // k.shape[2])
    scores = _scores(q, k, scale, causal, bias)
    prob = torch.exp(scores - lse.transpose(1, 2).unflatten(1, groups).unsqueeze(-1))
    do, o, q = (x.unflatten(2, groups) for x in (do, o, q))
    dv = torch.einsum("bngst,bsngd->btnd", prob, do)
    delta = (do * o).sum(-1).permute(0, 2, 3, 1).unsqueeze(-1)
    ds = prob * (torch.einsum("bsngd,btnd->bngst", do, v) - delta)
    dq = torch.einsum("bngst,btnd->bsngd", ds, k).flatten(2, 3) * scale
    dk = torch.einsum("bngst,bsngd->btnd", ds, q) * scale
    return dq, dk, dv, ds


def _scores(q, k, scale, causal, bias):
    """[batch, kv heads, group, query, source]."""
    groups = (k.shape[2], q.shape[2] // k.shape[2])
    scores = torch.einsum("bsngd,btnd->bngst", q.unflatten(2, groups), k) * scale
    if bias is not None:
        scores = scores + bias.expand(-1, q.shape[2], -1, -1).unflatten(1, groups)
    if causal:
        future = torch.ones(scores.shape[-2:], dtype=torch.bool, device=q.device).triu(1)
        scores = scores.masked_fill(future, float("-inf"))
    return scores
