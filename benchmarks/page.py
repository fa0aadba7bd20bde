"""Figures of a benchmark into docs/benchmarks.md, between marks of its own."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def put(name: str, section: str, figures: str) -> None:
    """Replace the figures of `name`; append `section` (heading and text) where there are none."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Benchmarks\n"
    block = f"{start}\n{figures}\n{end}"
    if start in text:
        text = re.sub(f"{start}.*?{end}", lambda _: block, text, flags=re.S)
    else:
        text += f"\n{section}\n\n{block}\n"
    PAGE.write_text(text, encoding="utf-8")
