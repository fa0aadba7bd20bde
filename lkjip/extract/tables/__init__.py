"""Grids of words: where the tables of a page lie, and what stands in each of their cells."""
