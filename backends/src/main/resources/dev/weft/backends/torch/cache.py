"""Weights that lie on the host and stay on the device for a while. Which do, and when, was decided
when this program was written; everything else comes to the device for each use.

A word names a weight, or all below a path, and may name rows of them: `wte`, `blocks.*[2:4]`.
"""

import re
from types import SimpleNamespace

from device import to_device


class Rows:
    """A stacked weight of which some rows are on the device."""

    def __init__(self, home, first, end):
        self.home, self.first = home, first
        self.here = to_device(home[first:end])

    def __len__(self):
        return len(self.home)

    def __getitem__(self, i):
        at = i - self.first
        return self.here[at] if 0 <= at < len(self.here) else self.home[i]


class Cache:
    """Weights as the attributes of some objects: each is its home on the host or its copy here.

    `parts` pairs each object with the weights that are its attributes.
    """

    def __init__(self, parts):
        self.parts = [(p, {w: getattr(p, w.name) for w in weights}) for p, weights in parts]

    def turn(self, words):
        """Fetches what `+` precedes, evicts what `-` precedes."""
        for word in words:
            copies = {}
            for p, homes in self.parts:
                for weight, home in _matching(word[1:], homes):
                    if word[0] == "-":
                        setattr(p, weight.name, home)
                        continue
                    if weight.key not in copies:
                        copies[weight.key] = _fetched(weight, home, _rows(word))
                    setattr(p, weight.name, copies[weight.key])

    def clear(self):
        """Evicts everything."""
        for p, homes in self.parts:
            for weight, home in homes.items():
                setattr(p, weight.name, home)


def resident(state, words):
    """The weights as attributes; those that the words name are on the device."""
    views = {w.name: state.weights[w.key] for w in state.held}
    p = SimpleNamespace(flat=state.weights.flat, **views)
    Cache([(p, state.held)]).turn(["+" + word for word in words])
    return p


def _matching(word, homes):
    """The weights that a word names; of a stacked one the rows must be here."""
    path, rows = word.split("[")[0], _rows(word)
    for weight, home in homes.items():
        named = weight.path.startswith(path[:-1]) if path.endswith("*") else weight.path == path
        if named and (rows is None or _holds(weight, home, rows)):
            yield weight, home


def _holds(weight, home, rows):
    first, count = weight.rows or (0, len(home))
    return first <= rows[0] and rows[1] <= first + count


def _rows(word):
    found = re.search(r"\[(\d+):(\d+)\]", word)
    return found and (int(found[1]), int(found[2]))


def _fetched(weight, home, rows):
    first = weight.rows[0] if weight.rows else 0
    if rows is None or rows == (first, first + len(home)):
        return to_device(home)
    return Rows(home, rows[0] - first, rows[1] - first)
