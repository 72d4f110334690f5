#!/usr/bin/env python3
"""Fits the constants of links to published measurements, and reports the errors of the shipped ones.

    python3 bench/fit/communication.py            errors of clusters/links/*.json, by source
    python3 bench/fit/communication.py --fit      the fitted constants beside the shipped ones
    python3 bench/fit/communication.py --held-out errors of each source by a fit to the other ones

Needs numpy. The measurements are bench/data/communication.csv, the formula is links.py.
"""

import csv
import math
import pathlib
import sys

import numpy as np

import links as formula

TABLE = pathlib.Path(__file__).resolve().parents[1] / "data" / "communication.csv"

# What the list forms of torch.distributed add, which is no matter of the link: bytes/s at which parts
# are copied to and from the list, and seconds for the call.
LIST_COPIES = {
    ("Aceso", "nvlink3"): (0.96e12, 73e-6),
    ("Aceso", "nvlink2-cube-mesh"): (0.56e12, 190e-6),
    ("Aceso", "pcie4-staged"): (0.25e12, 0),
    ("Aceso", "pcie4-staged-g5"): (0.45e12, 0),
    ("Ultra-Scale Playbook", "nvlink4"): (2.2e12, 0),
    ("Ultra-Scale Playbook", "nvlink4+efa-400-contended"): (2.2e12, 0),
    ("Ultra-Scale Playbook best tenth", "nvlink4+efa-400"): (2.2e12, 0),
}

# Which constants are fitted on which fabrics, the level of the link in them, and what is held fixed.
FITS = [
    ("nvlink3", {"nvlink3": 0}, ["latency", "startup", "fill"]),
    ("nvlink2-cube-mesh", {"nvlink2-cube-mesh": 0}, ["latency", "startup", "efficiency"]),
    ("nvlink5", {"nvlink5": 0}, ["latency", "startup", "fill"]),
    ("nvlink4", {"nvlink4": 0}, ["fill"]),
    ("ib-hdr-200", {"nvlink3+ib-hdr-200": 1}, ["fill", "halfFill", "efficiency"]),
    ("ib-ndr-400", {"nvlink5+ib-ndr-400": 1, "nvlink4+ib-ndr-400": 1}, ["latency", "fill", "halfFill"]),
    ("roce-100", {"nvlink3+roce-100": 1}, ["latency", "startup", "fill", "efficiency"]),
    ("efa-400", {"nvlink4+efa-400": 1}, ["gap", "efficiency", "tree"]),
    ("efa-400-contended", {"nvlink4+efa-400-contended": 1}, ["efficiency", "scaleLoss", "tree"]),
    ("omni-path-100", {"nvlink2-mesh-4+omni-path-100": 1}, ["efficiency", "scaleLoss"]),
    ("pcie4-staged", {"pcie4-staged": 0}, ["efficiency"]),
    ("pcie4-staged-g5", {"pcie4-staged-g5": 0}, ["efficiency"]),
]


def table():
    with TABLE.open() as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for key in ("ranks", "per_node", "bytes"):
            row[key] = int(row[key])
        row["seconds"] = float(row["seconds"])
    return rows


def shipped(fabric):
    return [formula.read(name) for name in fabric.split("+")]


def measured_form(row, seconds):
    """The seconds as this source measures them."""
    if row["form"] == "plain":
        return seconds
    rate, call = LIST_COPIES[row["source"], row["fabric"]]
    copied = 2 * row["bytes"] if row["collective"] != "all-to-all" else 0
    return seconds + copied / rate + call


def errors(rows, change):
    """log(predicted / measured) of rows; change maps the links of a fabric to others."""
    cache = {}
    found = []
    for row in rows:
        fabric = row["fabric"]
        if fabric not in cache:
            cache[fabric] = change(fabric, shipped(fabric))
        found.append(math.log(measured_form(row, formula.seconds(row, cache[fabric])) / row["seconds"]))
    return np.array(found)


def fit(name, fabrics, keys, rows):
    """The constants of a link with the least mean error of times, small messages half as important."""
    start = formula.read(name)
    bounded = {"efficiency", "tree"}

    def unpack(x):
        return {k: 1 / (1 + math.exp(-v)) if k in bounded else math.exp(v) for k, v in zip(keys, x)}

    def loss(x):
        def change(fabric, links):
            links[fabrics[fabric]] = links[fabrics[fabric]] | unpack(x)
            return links

        weights = np.array([1.0 if row["bytes"] >= 2**20 else 0.5 for row in rows])
        error = errors(rows, change)
        square = np.average(error**2, weights=weights)
        return np.average(np.abs(error), weights=weights) + 0.1 * math.sqrt(square)

    first = [math.log(start[k] / (1 - start[k])) if k in bounded else math.log(start[k]) for k in keys]
    return unpack(pattern_search(loss, np.array(first)))


def pattern_search(loss, best):
    """The least loss near a point, by steps along the axes that halve where none is better."""
    least, step = loss(best), 0.5
    while step > 0.01:
        tried = [best + sign * step * axis for axis in np.eye(len(best)) for sign in (1, -1)]
        values = [loss(point) for point in tried]
        if min(values) < least:
            least, best = min(values), tried[int(np.argmin(values))]
        else:
            step /= 2
    return best


def unchanged(_, links):
    return links


def report(title, rows, change):
    error = errors(rows, change)
    large = np.array([row["bytes"] >= 2**25 for row in rows])
    cells = [f"{len(rows):4d} rows", f"bias {100 * np.mean(error):+6.1f} %"]
    cells += [f"mean {100 * np.mean(abs(error)):5.1f} %", f"median {100 * np.median(abs(error)):5.1f} %"]
    if large.any():
        cells.append(f"from 32 MiB mean {100 * np.mean(abs(error[large])):5.1f} %")
    print(f"{title:62s}", *cells)


def report_shipped(rows):
    keys = {(r["fabric"], r["source"], r["collective"]) for r in rows}
    for key in sorted(keys):
        chosen = [r for r in rows if (r["fabric"], r["source"], r["collective"]) == key]
        report(", ".join(key), chosen, unchanged)
    for fabric in sorted({r["fabric"] for r in rows}):
        report(fabric, [r for r in rows if r["fabric"] == fabric], unchanged)
    report("all", rows, unchanged)


def fitted_rows(rows, fabrics):
    """Rows to fit to: without the transfers of nvlink5, which stand still from 64 to 256 MiB."""
    rows = [r for r in rows if (r["fabric"], r["collective"]) != ("nvlink5", "transfer")]
    return [r for r in rows if r["fabric"] in fabrics]


def report_fits(rows):
    for name, fabrics, keys in FITS:
        found = fit(name, fabrics, keys, fitted_rows(rows, fabrics))
        shipped_link = formula.read(name)
        print(name, *(f"{k} {found[k]:.4g} (shipped {shipped_link[k]:.4g})" for k in keys), sep="\n  ")


def report_held_out(rows):
    for name, fabrics, keys in FITS:
        chosen = fitted_rows(rows, fabrics)
        sources = sorted({r["source"] for r in chosen})
        for source in sources if len(sources) > 1 else []:
            found = fit(name, fabrics, keys, [r for r in chosen if r["source"] != source])

            def change(fabric, links):
                links[fabrics[fabric]] = links[fabrics[fabric]] | found
                return links

            report(f"{name}, {source} held out", [r for r in chosen if r["source"] == source], change)


if __name__ == "__main__":
    measurements = table()
    if "--fit" in sys.argv:
        report_fits(measurements)
    elif "--held-out" in sys.argv:
        report_held_out(measurements)
    else:
        report_shipped(measurements)
