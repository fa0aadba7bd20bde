"""The joint decision over a tree of lines: what each line is, given what all others are.

Each node has a few possible states with a log-odds each; each edge says how well
a parent's state and a child's go together. `beliefs` gives the exact marginal
probability of every state by message passing (Pearl 1982): one pass up, one down.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

State = TypeVar("State")
Affinity = Callable[[State, State], float]  # (parent's state, child's state) → log-odds


def beliefs(
    parents: Sequence[int | None],
    states: Sequence[Sequence[State]],
    scores: Sequence[Sequence[float]],
    affinity: Affinity[State],
) -> list[list[float]]:
    """The probability of each state of each node.

    `parents[i]` is the node above node i, or None; a node whose way up runs in a
    circle counts as having no parent. `scores[i][k]` is the log-odds of state k
    of node i seen by itself.
    """
    above = [_sound_parent(parents, node) for node in range(len(parents))]
    order = _top_down(above)
    up = [list(row) for row in scores]  # a node's own score with all that lies below it
    sent: dict[int, list[float]] = {}  # what a node told its parent, per state of the parent
    link = {
        child: [[affinity(a, b) for b in states[child]] for a in states[parent]]
        for child, parent in enumerate(above)
        if parent is not None
    }
    for node in reversed(order):
        parent = above[node]
        if parent is not None:
            sent[node] = [_log_sum(map(sum, zip(row, up[node], strict=True))) for row in link[node]]
            up[parent] = list(map(sum, zip(up[parent], sent[node], strict=True)))
    whole = up  # with all that lies above, too: final top down
    for node in order:
        parent = above[node]
        if parent is not None:
            rest = [a - b for a, b in zip(whole[parent], sent[node], strict=True)]
            down = [
                _log_sum(map(sum, zip(rest, column, strict=True)))
                for column in zip(*link[node], strict=True)
            ]
            whole[node] = list(map(sum, zip(up[node], down, strict=True)))
    return [_shares(row) for row in whole]


def _sound_parent(parents: Sequence[int | None], node: int) -> int | None:
    seen, at = {node}, parents[node]
    while at is not None:
        if at in seen:
            return None
        seen.add(at)
        at = parents[at]
    return parents[node]


def _top_down(above: Sequence[int | None]) -> list[int]:
    depth: dict[int, int] = {}

    def down(node: int) -> int:
        if node not in depth:
            parent = above[node]
            depth[node] = 0 if parent is None else down(parent) + 1
        return depth[node]

    return sorted(range(len(above)), key=down)


def _log_sum(values: map[float]) -> float:
    row = list(values)
    top = max(row)
    return top + math.log(sum(math.exp(value - top) for value in row))


def _shares(row: Sequence[float]) -> list[float]:
    whole = _log_sum(map(float, row))
    return [math.exp(value - whole) for value in row]
