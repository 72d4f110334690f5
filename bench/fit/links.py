"""The formula of passes.network, for groups of consecutive devices, over links read from clusters/links."""

import json
import math
import pathlib

LINKS = pathlib.Path(__file__).resolve().parents[2] / "clusters" / "links"
CUBE_MESH_RINGS = [0, 6, 1, 2, 4, 2, 2, 4, 6]


def read(name):
    """A link's constants, those of the link that it is like included."""
    spec = json.loads((LINKS / f"{name}.json").read_text())
    link = read(spec["like"]) if "like" in spec else {}
    for key, value in spec.items():
        link[key] = value["value"] if isinstance(value, dict) else value
    return link


def share(link, members, fan, kind):
    """The part of its bandwidth that a device can use among some members of a domain."""
    topology = link["topology"]
    if topology == "switch":
        return 1
    if topology == "full-mesh":
        return (1 if kind == "pair" else members - 1) / (fan - 1)
    assert topology == "cube-mesh"
    if kind == "pair":
        return 1 / 6
    return 2 / 6 if kind == "exchange" and members > 4 else CUBE_MESH_RINGS[members] / 6


def pipelined(link, wire, steps=0):
    fill = max(link["fill"], link["gap"] * steps)
    half = link["halfFill"] * fill / link["fill"] if link["fill"] else 0
    return wire + fill / (1 + math.sqrt(half / wire))


def reaches(row):
    """(level, lanes, domains, spanned, hops) for each level that the row's group uses."""
    ranks, per_node = row["ranks"], row["per_node"]
    if per_node >= ranks:
        return [(0, 1, ranks, ranks, ranks)]
    nodes = -(-ranks // per_node)
    inside = [(0, 1, per_node, ranks, ranks - nodes)] if per_node > 1 else []
    return inside + [(len(inside), per_node, nodes, nodes, nodes)]


def seconds(row, links):
    """What passes.network.Network says of a row of the table."""
    kind, size, ranks = row["collective"], row["bytes"], row["ranks"]
    others = size * (ranks - 1) / ranks
    if kind == "all-reduce":
        return min(ring(row, links, 2 * others, 2), tree(row, links))
    if kind in ("all-gather", "reduce-scatter"):
        return ring(row, links, others, 1)
    return exchange(row, links) if kind == "all-to-all" else transfer(row, links)


def rate(link, further, members, fan, kind):
    loss = 1 + link["scaleLoss"] * further
    return link["bandwidth"] * link["efficiency"] * share(link, members, fan, kind) / loss


def fan(link, lanes):
    return 0 if link["devices"] == "unbounded" else -(-link["devices"] // lanes)


def ring(row, links, sent, rounds):
    startup, latency, slowest = 0, 0, 0
    for level, lanes, domains, spanned, hops in reaches(row):
        link = links[level]
        startup = link["startup"]
        latency += rounds * hops * link["latency"]
        speed = rate(link, spanned - 1, domains, fan(link, lanes), "ring") * lanes
        slowest = max(slowest, pipelined(link, sent / speed, rounds * (row["ranks"] - 1)))
    return startup + latency + slowest


def tree(row, links):
    startup, latency, slowest, added = 0, 0, 0, False
    used = reaches(row)
    for level, lanes, domains, spanned, _ in used:
        link = links[level]
        startup = link["startup"]
        hops = domains - 1 if lanes == 1 else math.ceil(math.log2(domains))
        latency += 2 * hops * link["latency"]
        sent = row["bytes"] * (1 if added and domains == 2 else 2)
        speed = rate(link, (spanned - 1) / 2, domains, fan(link, lanes), "ring") * lanes
        forked = 1 if domains == 2 else link["tree"]
        wire = sent / (speed * forked)
        if link["reduction"] > 0:
            coupled = link["tree"] if len(used) > 1 else 1
            wire = min(wire, row["bytes"] / (link["bandwidth"] * link["reduction"] * lanes * coupled))
            added = True
        slowest = max(slowest, pipelined(link, wire))
    return startup + latency + slowest


def exchange(row, links):
    startup, latency, slowest = 0, 0, 0
    for level, lanes, domains, spanned, _ in reaches(row):
        link = links[level]
        receivers = lanes * (domains - 1)
        startup = link["startup"]
        latency += receivers * link["latency"]
        speed = rate(link, spanned - 1, domains, fan(link, lanes), "exchange")
        wire = receivers * row["bytes"] / row["ranks"] / speed
        slowest = max(slowest, pipelined(link, wire) if lanes == 1 else wire)
    return startup + latency + slowest


def transfer(row, links):
    level, lanes, _, _, _ = reaches(row)[-1]
    link = links[level]
    speed = rate(link, 0, 2, fan(link, lanes), "pair")
    return link["startup"] + link["latency"] + row["bytes"] / speed
