"""What holds for every chart file: the schema that the build and the tests check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pandera.pandas as pa

# A code's groups tell its level, except that the lists of activities name urusan and bidang in
# one or two groups and put the branch (1 provinsi, 2 kabupaten/kota) between program and kegiatan.
CODE = r"^(?:[1-9X](?:\.(?:XX|\d{1,4}))*|\d{1,6})$"


def _parents_exist(rows: pd.DataFrame) -> pd.Series:
    return rows["parent"].isin({"", *rows["code"]})


def _parents_lead(rows: pd.DataFrame) -> pd.Series:
    pairs = zip(rows["code"], rows["parent"], strict=True)
    return pd.Series([code != parent and code.startswith(parent) for code, parent in pairs])


def _levels_fit(rows: pd.DataFrame) -> pd.Series:
    """A level is one more than its parent's; a row without a parent is at the top."""
    levels = dict(zip(rows["code"], rows["level"], strict=True))
    above = [levels.get(parent, 0) for parent in rows["parent"]]
    return pd.Series(rows["level"].to_numpy() == [level + 1 for level in above])


CHART = pa.DataFrameSchema(
    {
        "code": pa.Column(str, pa.Check.str_matches(CODE)),
        "level": pa.Column(int, pa.Check.in_range(1, 6), coerce=True),
        "kind": pa.Column(str, pa.Check.str_length(min_value=1)),
        "name": pa.Column(str, pa.Check.str_matches(r"^\S+(?: \S+)*$")),
        "parent": pa.Column(str),
    },
    checks=[
        pa.Check(_parents_exist, name="parent exists"),
        pa.Check(_parents_lead, name="code begins with its parent's"),
        pa.Check(_levels_fit, name="level is one below its parent's"),
    ],
    strict="filter",
)
ALIASES = pa.DataFrameSchema(
    {
        column: pa.Column(str, pa.Check.str_length(min_value=1))
        for column in ("alias", "scheme", "code", "why")
    },
    unique=["alias", "scheme", "code"],
    strict="filter",
)


def check_chart(rows: Sequence[Mapping[str, str]]) -> None:
    """Raise pandera's SchemaErrors unless the rows are a sound list of accounts or activities.

    Accounts and activities of one scheme share only their top codes (4, 5, 6),
    so each half is checked on its own.
    """
    frame = pd.DataFrame(rows)
    activities = frame["kind"].isin(["urusan", "bidang", "program", "kegiatan", "subkegiatan"])
    for half in (frame[activities], frame[~activities]):
        if len(half):
            schema = CHART.update_column("code", unique=True)
            schema.validate(half.reset_index(drop=True), lazy=True)


def check_aliases(rows: Sequence[Mapping[str, str]]) -> None:
    """Raise pandera's SchemaErrors for an empty or repeated alias."""
    ALIASES.validate(pd.DataFrame(rows), lazy=True)
