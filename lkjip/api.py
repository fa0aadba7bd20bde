"""lkjip in notebooks and pipelines: files in, pandas out.

import lkjip

report = lkjip.read("lkjip-2020.pdf")
report.lines[["name", "anggaran", "realisasi", "capaian"]]
report.issues
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lkjip.records import Report, Table
from lkjip.settings import Settings

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from lkjip.batch.run import Result

DEFAULTS = Settings()


class ReportFrames:
    """One report as pandas DataFrames with the columns of docs/output.md.

    Types are exact and nullable (`pandas.ArrowDtype`): money is decimal, a
    missing value is missing, an integer stays one.
    """

    def __init__(self, report: Report) -> None:
        self.report = report  # the records behind the frames

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row: the report itself, with its status, agency, region and year."""
        return self._frame("documents")

    @cached_property
    def tables(self) -> pd.DataFrame:
        """One row a logical table; one that runs over several pages is one."""
        return self._frame("tables")

    @cached_property
    def lines(self) -> pd.DataFrame:
        """One row a line of a budget table."""
        return self._frame("lines")

    @cached_property
    def facts(self) -> pd.DataFrame:
        """Every amount and percentage: line × measure × period."""
        return self._frame("facts")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """One row an indicator and year or period of a performance table."""
        return self._frame("indicators")

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """Amounts stated in running text."""
        return self._frame("mentions")

    @cached_property
    def issues(self) -> pd.DataFrame:
        """What is doubted, with where, why, evidence and candidates."""
        return self._frame("issues")

    @cached_property
    def _tables(self) -> dict[str, pa.Table]:
        from lkjip.load.frames import tables_of

        return tables_of([self.report])

    def _frame(self, name: str) -> pd.DataFrame:
        import pandas as pd

        frame: pd.DataFrame = self._tables[name].to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def __repr__(self) -> str:
        document = self.report.document
        lines = sum(len(table.lines) for table in self.report.tables)
        return (
            f"<{document.file}: {document.reason or document.status}, "
            f"{lines} lines, {len(self.report.issues)} issues>"
        )


def read(path: str | Path, settings: Settings = DEFAULTS) -> ReportFrames:
    """Read one report.

    Never raises for what the document did: one that cannot be read has no
    lines, and its `documents` row says `rejected` and why.
    """
    from lkjip import pipeline

    return ReportFrames(pipeline.read(Path(path), settings))


def tables(
    path: str | Path, pages: Sequence[int] | None = None, settings: Settings = DEFAULTS
) -> list[Table]:
    """Every table of any PDF as printed: cells with text, spans and boxes in points.

    Ruled, partly ruled and borderless tables of any subject and language, in reading
    order, one for each page that a table covers. `cells` cover the grid of `rows` ×
    `columns`, empty places too; rows and columns count from 0. `pages` are 1-based; all
    of them when not given. Raises `DocumentRejected` or `LimitExceeded` when the file
    cannot be read.
    """
    from lkjip.extract.engines import find_tables

    return list(find_tables(Path(path), pages, settings))


def run(
    inputs: Iterable[str | Path],
    output: str | Path = "output",
    settings: Settings = DEFAULTS,
) -> Result:
    """Read files, folders and patterns into `output`, as `lkjip run` does.

    Returns the exit code that the command would have, documents by status, rows
    by table, and the issues with the most money at stake. Raises `OutputLocked`,
    `DiskFull`, and `UsageError` for a pattern that matches nothing; what a
    document does is in its `documents` row.
    """
    from lkjip.batch.run import run as run_batch

    return run_batch(inputs, Path(output), settings)
