"""Beliefs by message passing are the exact marginals that trying every combination gives."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkjip.normalize.accounts.tree import beliefs

odds = st.floats(-6, 6)


@st.composite
def trees(
    draw: st.DrawFn,
) -> tuple[list[int | None], list[list[int]], list[list[float]], dict[tuple[int, int], float]]:
    size = draw(st.integers(1, 5))
    parents = [draw(st.sampled_from([None, *range(at)])) for at in range(size)]
    order = draw(st.permutations(range(size)))  # parents may come after their children
    place = {old: new for new, old in enumerate(order)}
    shuffled: list[int | None] = [None] * size
    for old, parent in enumerate(parents):
        shuffled[place[old]] = None if parent is None else place[parent]
    states = [list(range(draw(st.integers(1, 3)))) for _ in range(size)]
    scores = [[draw(odds) for _ in row] for row in states]
    ties = {pair: draw(odds) for pair in itertools.product(range(3), repeat=2)}
    return shuffled, states, scores, ties


@settings(deadline=None, max_examples=80)
@given(trees())
def test_beliefs_are_the_marginals_of_all_combinations(tree: tuple) -> None:  # type: ignore[type-arg]
    parents, states, scores, ties = tree
    whole = [[0.0] * len(row) for row in states]
    for choice in itertools.product(*(range(len(row)) for row in states)):
        total = sum(scores[node][state] for node, state in enumerate(choice))
        total += sum(
            ties[choice[parent], choice[node]]
            for node, parent in enumerate(parents)
            if parent is not None
        )
        for node, state in enumerate(choice):
            whole[node][state] += math.exp(total)
    found = beliefs(parents, states, scores, lambda a, b: ties[a, b])
    for row, sums in zip(found, whole, strict=True):
        assert row == pytest.approx([value / sum(sums) for value in sums])


def test_a_circle_of_parents_is_cut() -> None:
    found = beliefs([1, 0], [[0], [0, 1]], [[0.0], [0.0, 0.0]], lambda a, b: 0.0)
    assert found == [[1.0], [0.5, 0.5]]
