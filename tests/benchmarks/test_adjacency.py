"""The measure of tables: relations of cells to their nearest printed neighbours."""

from __future__ import annotations

import pytest

from benchmarks.adjacency import Score, plain, relations, score
from fixtures.grid import Piece

TWO_BY_TWO = (Piece(0, 0, "a"), Piece(0, 1, "b"), Piece(1, 0, "c"), Piece(1, 1, "d"))


def test_every_neighbour_once() -> None:
    assert sorted(relations(TWO_BY_TWO)) == [
        ("a", "b", "right"), ("a", "c", "below"), ("b", "d", "below"), ("c", "d", "right"),
    ]  # fmt: skip


def test_blank_places_are_skipped() -> None:
    cells = (Piece(0, 0, "a"), Piece(0, 1, " "), Piece(0, 3, "b"))
    assert relations(cells) == [("a", "b", "right")]


def test_a_spanning_cell_is_related_to_each_cell_beneath_it() -> None:
    cells = (Piece(0, 0, "over", 1, 2), Piece(1, 0, "a"), Piece(1, 1, "b"))
    assert sorted(relations(cells)) == [
        ("a", "b", "right"), ("over", "a", "below"), ("over", "b", "below"),
    ]  # fmt: skip


def test_score_counts_what_is_right_of_what_was_read_and_printed() -> None:
    torn = (Piece(0, 0, "a"), Piece(0, 1, "b"))
    result = score([torn], [TWO_BY_TWO])
    assert result == Score(right=1, read=1, printed=4)
    assert (result.precision, result.recall, result.f1) == (1.0, 0.25, 0.4)


def test_a_table_where_none_is_printed_costs_precision() -> None:
    assert score([TWO_BY_TWO], []) == Score(right=0, read=4, printed=0)


def test_equal_relations_count_as_often_as_they_are_printed() -> None:
    row = (Piece(0, 0, "-"), Piece(0, 1, "-"), Piece(0, 2, "-"))
    assert score([row[:2]], [row]) == Score(right=1, read=1, printed=2)


@pytest.mark.parametrize(
    ("text", "same"),
    [("1 240", "1240"), ("Total . . . . .", "Total"), ("Total.....", "Total"), ("..", ".."),
     ("ﬁsh", "fish")],
)  # fmt: skip
def test_texts_are_compared_without_space_and_leaders(text: str, same: str) -> None:
    assert plain(text) == same
