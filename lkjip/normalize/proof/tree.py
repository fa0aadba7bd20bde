"""The tree of a budget table, found jointly over all its lines.

The lines are read from last to first. A state is a stack of finished subtrees,
the next one in print on top. Each line stays a leaf or takes the first k
subtrees as its children; a total may also stand below its items and take the
subtrees above it. The states that score best are kept (a beam). A choice scores
by how exactly the children add up to the line in each measure (several children
that close to the rupiah can hardly do so by chance, a single equal neighbour
easily), by the hints of `traits.py`, and pays for sums that break.

Running sums make a choice one addition, and a walk down the stack ends once the
children outgrow the line, so that the cost grows about linearly with the lines.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from lkjip.normalize.proof.closure import Closure, Gathering, Sums, Worth
from lkjip.normalize.proof.traits import Traits, child_hint, is_inward, sibling_hint

BEAM = 24
BRANCHES = 4  # choices followed from one state at one line
LONGEST_WALK = 400  # subtrees a line may take where no sum ends the walk
REPEATED = 0.1  # weight of each child's hint beside the worst of them: they mostly repeat it
HOPELESS = -15.0  # hints that no sum outweighs
EMPTY_BAND = -4.0  # a heading with nothing below it
ORPHAN = -2.0  # an item numbered 1 that is no child of the line right above it
ROOT = -0.4  # a subtree that hangs on nothing


class Tree(NamedTuple):
    """`parent` per line; `left_out` are lines that their parent's sum does without."""

    parent: tuple[int | None, ...]
    left_out: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Node:
    """A finished subtree on the stack, and the stack below it.

    `hoped` is the sibling hint towards the subtree below, granted in advance
    and settled when one of the two is taken. A `waiting` node is a total whose
    items are printed above it; `waits` is the nearest such below this node, and
    `since` the sums from here down to it.
    """

    row: int
    worth: Worth
    below: _Node | None
    hoped: float
    waiting: bool
    waits: _Node | None
    since: tuple[int, ...]
    key: int


class _Taken(NamedTuple):
    """One line's children, linked to the choices before it."""

    row: int
    children: tuple[int, ...]
    left_out: int | None
    before: _Taken | None


class _State(NamedTuple):
    score: float
    top: _Node | None
    taken: _Taken | None


class _Family(NamedTuple):
    """A way for a line to take the first subtrees of a stack."""

    gain: float
    size: int
    closure: Closure
    last: _Node


def find_tree(traits: Sequence[Traits], sums: Sums) -> Tree:
    """The parent of each line; None for a line that hangs on nothing."""
    search = _Search(traits, sums)
    beam = [_State(0.0, None, None)]
    for row in reversed(range(len(traits))):
        best: dict[int, _State] = {}
        for state in beam:
            for after in search.choices(row, state):
                key = after.top.key if after.top else 0
                if key not in best or best[key].score < after.score:
                    best[key] = after
        beam = heapq.nlargest(BEAM, best.values(), key=lambda state: state.score)
    final = max(map(search.settle, beam), key=lambda state: state.score)
    return _tree(final.taken, traits)


class _Search:
    def __init__(self, traits: Sequence[Traits], sums: Sums) -> None:
        self.traits = traits
        self.sums = sums
        self.child: Callable[[int, int, bool], float] = cache(
            lambda parent, child, first: child_hint(traits[parent], traits[child], first)
        )
        self.sibling: Callable[[int, int], float] = cache(
            lambda elder, younger: sibling_hint(traits[elder], traits[younger])
        )

    def choices(self, row: int, state: _State) -> Iterator[_State]:
        """Every state worth following when `row` comes on top."""
        trait = self.traits[row]
        leaf = self._push(row, self.sums.printed(row), state.top)
        score = state.score + leaf.hoped + ROOT + EMPTY_BAND * trait.band
        if state.top and self.traits[state.top.row].starts:
            score += ORPHAN
        yield from self._and_closed(_State(score, leaf, state.taken))
        if trait.total and row:
            waiting = replace(leaf, hoped=0.0, waiting=True, key=hash((leaf.key, True)))
            yield _State(state.score + ROOT, waiting, state.taken)
        families = heapq.nlargest(BRANCHES, self._families(row, state.top))
        for family in families:
            yield from self._and_closed(self._take(row, family, family.last.below, state))

    def settle(self, state: _State) -> _State:
        """The state at the first line: totals that still wait take what is above them."""
        while state.top and state.top.waits:
            state = self._close(state.top.waits, state)
        return state

    def _families(self, row: int, top: _Node | None, end: _Node | None = None) -> Iterator[_Family]:
        """The ways for `row` to take the first subtrees, one more each time.

        The walk ends at `end`, or else where the children outgrow the line, unless
        their names stand in a column further right.
        """
        gathering = Gathering(row, self.sums)
        rows: list[int] = []
        siblings, children, worst = 0.0, 0.0, 9.0
        elder, node = None, top
        while node and not node.waiting and (end or gathering.size < LONGEST_WALK):
            hint = self.child(row, node.row, elder is None)
            children, worst = children + REPEATED * hint, min(worst, hint)
            if elder:
                siblings += self.sibling(elder.row, node.row) - elder.hoped
            rows.append(node.row)
            gathering.add(node.row, node.worth)
            hints = siblings + children + (1 - REPEATED) * worst
            is_over = gathering.outgrown() and not is_inward(
                self.traits[row], self.traits[node.row]
            )
            if not end and (hints < HOPELESS or is_over):
                return
            closure = gathering.closure()
            gain = (
                hints + closure.gain - node.hoped - ROOT * (min(len(rows) - 1, 8) + 0.1 * len(rows))
            )
            if closure.left_out is not None:
                gain -= self._stranger(rows, closure.left_out)
            yield _Family(gain, len(rows), closure, node)
            elder, node = node, node.below

    def _stranger(self, rows: list[int], stranger: int) -> float:
        """The hints for a child that the sum does without: it may well belong elsewhere."""
        at = rows.index(stranger)
        before, after = rows[at - 1 : at] if at else [], rows[at + 1 : at + 2]
        hints = sum(self.sibling(elder, stranger) for elder in before)
        hints += sum(self.sibling(stranger, younger) for younger in after)
        if before and after:
            hints -= self.sibling(before[0], after[0])
        return hints

    def _push(self, row: int, worth: Worth, below: _Node | None) -> _Node:
        since = tuple(value or 0 for value in worth)
        hoped, waits = 0.0, None
        if below and below.waiting:
            waits = below
        elif below:
            hoped, waits = max(self.sibling(row, below.row), 0.0), below.waits
            if waits:
                since = tuple(a + b for a, b in zip(since, below.since, strict=True))
        key = hash((row, worth, below.key if below else 0))
        return _Node(row, worth, below, hoped, False, waits, since, key)

    def _take(self, row: int, family: _Family, rest: _Node | None, state: _State) -> _State:
        node = self._push(row, family.closure.worth, rest)
        children: list[int] = []
        child = state.top
        while child and len(children) < family.size:
            children.append(child.row)
            child = child.below
        taken = _Taken(row, tuple(children), family.closure.left_out, state.taken)
        return _State(state.score + family.gain + node.hoped, node, taken)

    def _and_closed(self, state: _State) -> Iterator[_State]:
        """The state, and the one where the nearest waiting total has just been reached."""
        yield state
        top = state.top
        if top and top.waits:
            wanted = self.sums.printed(top.waits.row)
            if any(want and want == since for want, since in zip(wanted, top.since, strict=True)):
                yield self._close(top.waits, state)

    def _close(self, total: _Node, state: _State) -> _State:
        *_, family = self._families(total.row, state.top, end=total)
        return self._take(total.row, family, total.below, state)


def _tree(taken: _Taken | None, traits: Sequence[Traits]) -> Tree:
    parent: list[int | None] = [None] * len(traits)
    left_out = set()
    while taken:
        for child in taken.children:
            parent[child] = taken.row
        if taken.left_out is not None:
            left_out.add(taken.left_out)
        taken = taken.before
    for row in left_out:  # a program among the items of a kegiatan is in no sum at all
        above, own = traits[parent[row] or 0].rank, traits[row].rank
        if own is not None and own < (6 if above is None else above):
            parent[row] = None
    return Tree(tuple(parent), frozenset(left_out))
