DTYPE = torch.float64


def full(shape, value):
    return torch.full(shape, value, dtype=DTYPE)


def full_int(shape, value):
    return torch.full(shape, value, dtype=torch.long)


def iota(size):
    return torch.arange(size)


def to_float(x):
    return x.to(DTYPE)


def equal(a, b):
    return (a == b).to(a.dtype)


def greater_equal(a, b):
    return (a >= b).to(a.dtype)


def pad(x, dim, start, size):
    """x at `start` along a dimension of the given size, zero elsewhere."""
    after = size - start - x.shape[dim]
    return F.pad(x.movedim(dim, -1), (start, after)).movedim(-1, dim)


def layer_norm(x, dim, eps):
    return F.layer_norm(x.movedim(dim, -1), (x.shape[dim],), eps=eps).movedim(-1, dim)


def rms_norm(x, dim, eps):
    return x / torch.sqrt(x.pow(2).mean(dim, keepdim=True) + eps)


def rope(x, positions, dim, base):
    """Turns the pair (i, i + n/2) along `dim` by the angle position * base^(-2i/n)."""
    x = x.movedim(dim, -1)
    n = x.shape[-1]
    angle = positions[..., None] * base ** (-torch.arange(0, n, 2, dtype=DTYPE) / n)
    turned = torch.complex(*x.chunk(2, -1)) * torch.polar(torch.ones_like(angle), angle)
    return torch.cat((turned.real, turned.imag), -1).movedim(-1, dim)


def lookup(table, ids):
    return table[ids]


def pick(x, ids, dim):
    return torch.take_along_dim(x, ids.unsqueeze(dim), dim).squeeze(dim)


def one_hot(ids, size):
    return F.one_hot(ids, size).to(DTYPE)


def one_hot_int(ids, size):
    return F.one_hot(ids, size)


def top_k(x, scores, dim, count):
    """x where its scores are among the greatest; of equal scores the earlier goes first."""
    order = torch.sort(scores, dim=dim, descending=True, stable=True).indices
    return torch.where(order.argsort(dim) < count, x, 0)


def nonzero(x, dim, slots):
    """The positions of what is not 0, in order; -1 in slots that are left over."""
    found = x.movedim(dim, -1) != 0
    last = found.shape[-1]
    places = torch.where(found, torch.arange(last), last).sort(-1).values
    places = F.pad(places, (0, max(0, slots - last)), value=last)[..., :slots]
    return torch.where(places < last, places, -1).movedim(-1, dim)


def gather_rows(x, ids, common):
    """x [common…, places, row…], ids [common…, chosen…]; -1 names the last row, a zero one."""
    spare = torch.zeros(*x.shape[:common], 1, *x.shape[common + 1:], dtype=x.dtype)
    return torch.cat((x, spare), common)[along(ids, common)]


def scatter_rows(y, ids, size, common):
    """y [common…, chosen…, row…], ids [common…, chosen…]; -1 names the last row, which is cut off."""
    sums = torch.zeros(*ids.shape[:common], size + 1, *y.shape[ids.dim():], dtype=y.dtype)
    return sums.index_put(along(ids, common), y, accumulate=True).narrow(common, 0, size)


def along(ids, common):
    """An index: the common dimensions run together."""
    lead = ids.shape[:common]
    grid = torch.meshgrid(*map(torch.arange, lead), indexing="ij") if lead else ()
    return (*(i.view((*lead, *[1] * (ids.dim() - common))) for i in grid), ids)


def relative_bucket(query, source, thresholds, half):
    """Bucket of source - query (Raffel et al. 2020, section 2.1)."""
    relative = source[None, :] - query[:, None]
    distance = relative.abs() if half else (-relative).clamp(min=0)
    bucket = sum((distance >= t).long() for t in thresholds)
    return bucket + half * (relative > 0)


def dropout(x, rate, site, key, positions):
    """x / (1 - rate) where the element's 32 random bits, a signed integer, are not among the least."""
    h = np.array(site, dtype=np.uint64)
    for number in (*key, *positions[:-1]):
        number = np.atleast_1d(number.numpy()).astype(np.uint64)
        h = mix(h[..., None] + np.uint64(0x9E3779B97F4A7C15) * (number + np.uint64(1)))
    h = h.reshape(*(len(p) for p in positions[:-1]), 1)
    r = (h & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    r = r + positions[-1].numpy().astype(np.uint32) * np.uint32(0x9E3779B9)
    r = (r ^ r >> np.uint32(16)) * np.uint32(0x7FEB352D) ^ (h >> np.uint64(32)).astype(np.uint32)
    r = (r ^ r >> np.uint32(15)) * np.uint32(0x846CA68B)
    kept = (r ^ r >> np.uint32(16)).view(np.int32) >= np.floor(rate * 2**32) - 2**31
    return torch.where(torch.from_numpy(kept), x / (1 - rate), 0)


def causal_mask(x, query, source, hidden):
    return torch.where(source <= query, x, hidden)


def cross_entropy(logits, labels, dim):
    return -pick(torch.log_softmax(logits, dim), labels, dim)


def attention(q, k, v, scale, causal, bias=None):
    """q [batch, query, heads, key], k and v [batch, source, kv heads, …]."""
    groups = q.shape[2] // k.shape[2]
    q, k, v = (x.transpose(1, 2) for x in (q, k, v))
    k, v = (x.repeat_interleave(groups, 1) for x in (k, v))
    if causal and bias is not None:
        keep = torch.ones(q.shape[2], k.shape[2], dtype=torch.bool).tril()
        bias, causal = bias.masked_fill(~keep, float("-inf")), False
    o = F.scaled_dot_product_attention(q, k, v, bias, is_causal=causal, scale=scale)
    return o.transpose(1, 2)
