"""The checks of a budget table, one rule a file: `check(book)` yields its issues."""
