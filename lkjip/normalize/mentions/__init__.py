"""Amounts in running text, and the lines that they speak of."""
