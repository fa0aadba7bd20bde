"""Scans made in the test run: the fixtures' typed pages through the scanner model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from fixtures.kalianget import one_table
from fixtures.scanner import Scan, scan_pdf


@pytest.fixture
def scanned(tmp_path: Path) -> Callable[..., pdfium.PdfDocument]:
    """`scanned(table, layout, scan, seed)`: a table of the Kalianget report as a scan."""

    def make(name: str, layout: str, scan: Scan, seed: int = 1) -> pdfium.PdfDocument:
        target = tmp_path / f"{name}-{layout}-{seed}.pdf"
        scan_pdf(one_table(name, layout), target, scan, seed)
        return pdfium.PdfDocument(target)

    return make
