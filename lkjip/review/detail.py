"""What the page shows of an issue: plain data, ready for JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lkjip.issues import IssueCode
from lkjip.load.values import plain
from lkjip.review import corrections, sums
from lkjip.review.anchors import MAIN
from lkjip.review.corrections import Action, Correction
from lkjip.review.desk import Desk, box_of, cell_of, label, settable

Row = dict[str, Any]

ASKS_FOR_A_READING = frozenset(
    {
        IssueCode.NUMBER_MALFORMED,
        IssueCode.NUMBER_REPAIRED,
        IssueCode.OCR_DISAGREEMENT,
        IssueCode.ACCOUNT_AMBIGUOUS,
    }
)  # a blank cell or a sum that does not hold is printed so, whatever it should be

ROWS_AROUND = 6
ROWS_AT_MOST = 60


def summary(desk: Desk, issue: Row) -> Row:
    """The issue as the list shows it; its state is the output's."""
    return {
        "id": issue["issue_id"],
        "file": issue["file"],
        "name": desk.names.get(issue["line_id"] or ""),
        "page": issue["page"],
        "code": issue["code"],
        "severity": issue["severity"],
        "message": issue["message"],
        "stake": _text(issue["rupiah_at_stake"]),
        "state": issue["state"],
    }


def detail(desk: Desk, issue: Row) -> Row:
    """The issue with its row and neighbours, what was read, and what each candidate would do."""
    line = desk.output.line(issue)
    cell = cell_of(desk.output, issue, line) if line else None
    made = desk.decisions().get(issue["issue_id"])
    return summary(desk, issue) | {
        "column": issue["column"],
        "settable": settable(desk.output, issue),
        "has_row": line is not None,
        "raw": cell["raw"] if cell else None,
        "value": _text(cell["value"]) if cell else None,
        "evidence": {k: v for k, v in issue["evidence"].items() if k not in _choices(issue)},
        "now": equations(desk, issue, None) if line else [],
        "accepts": _accepts(issue),
        "candidates": [
            {"value": c, "label": label(issue, c), "checks": equations(desk, issue, c)}
            for c in _choices(issue)
        ],
        "rows": _rows(desk, issue, line) if line else [],
        "marks": _marks(cell, line),
        "picture": _picture(desk, issue),
        "decision": _decision(made) if made else None,
    }


def equations(desk: Desk, issue: Row, new: str | None) -> list[Row]:
    """The sums and percentage around the issue's cell, with `new` in it (None: as it stands)."""
    line, column = desk.output.line(issue), issue["column"]
    if line is None or column not in MAIN or not (new is None or _is_number(new)):
        return []

    def value(row: Row, name: str) -> Decimal | None:
        if new is not None and name == column and row["line_id"] == line["line_id"]:
            return Decimal(new)
        return desk.value(row, name)

    found = sums.checks(desk.output.lines_of(issue), line, column, value)
    return [
        {
            "kind": check.kind,
            "name": check.name,
            "rows": check.rows,
            "missing": check.missing,
            "sum": _text(check.sum),
            "printed": _text(check.printed),
            "difference": _text(check.difference),
            "holds": sums.holds(check, line),
        }
        for check in found
    ]


def choice(issue: Row, number: int) -> str | None:
    """The value of candidate `number` (0..) as the page numbers them."""
    choices = _choices(issue)
    return str(choices[number]) if 0 <= number < len(choices) else None


def _accepts(issue: Row) -> str | None:
    """The value that accepting sets: a proposed reading. What is printed otherwise stands."""
    return issue["proposed_value"] if issue["code"] in ASKS_FOR_A_READING else None


def _choices(issue: Row) -> list[str]:
    """The candidates, the proposed value first; at most the nine that a key can pick."""
    proposed = [issue["proposed_value"]] if issue["proposed_value"] else []
    return list(dict.fromkeys(map(str, [*proposed, *issue["candidates"]])))[:9]


def _rows(desk: Desk, issue: Row, line: Row) -> list[Row]:
    """The row, those above and below it, and those that it is summed with."""
    mates = desk.output.lines_of(issue)
    place = next(i for i, row in enumerate(mates) if row["line_id"] == line["line_id"])
    kin = {line["line_id"], line["parent_id"]} - {None}
    near = [
        (abs(i - place), i)
        for i, row in enumerate(mates)
        if abs(i - place) <= ROWS_AROUND
        or row["line_id"] in kin
        or row["parent_id"] in kin
    ]  # fmt: skip
    kept = sorted(i for _, i in sorted(near)[:ROWS_AT_MOST])
    return [_row(desk, mates[i], line) for i in kept]


def _row(desk: Desk, row: Row, line: Row) -> Row:
    cells = {
        name: {
            "raw": row[f"{name}_raw"],
            "value": _text(desk.value(row, name)),
            "source": row[f"{name}_source"],
        }
        for name in MAIN
    }
    kin = {
        "parent": line["parent_id"] == row["line_id"],
        "child": row["parent_id"] == line["line_id"],
    }
    return {
        "row": row["row"],
        "kind": row["kind"],
        "level": row["level"] or 0,
        "name": row["name"],
        "account": row["account_code"],
        "here": row["line_id"] == line["line_id"],
        "kin": next((name for name, is_so in kin.items() if is_so), None),
        "cells": cells,
    }


def _marks(cell: Row | None, line: Row | None) -> list[Row]:
    """Boxes to draw on the page's picture, in points."""
    marks = []
    if line and line["x0"] is not None:
        marks.append({"what": "row", "page": line["page"], "box": list(box_of(line))})
    if cell and cell["x0"] is not None:
        marks.append({"what": "cell", "page": cell["page"], "box": list(box_of(cell))})
    return marks


def _picture(desk: Desk, issue: Row) -> str | None:
    """Where the server shows the issue's page: by the number of its document in the output."""
    number = desk.numbers.get((issue["doc_id"], issue["file"]))
    if number is None or not issue["page"]:
        return None
    return f"/api/pages/{number}/{issue['page']}.png"


def _decision(made: Correction) -> Row:
    return {
        "action": Action(made.action),
        "new": made.new,
        "reviewer": made.reviewer,
        "time": made.time,
    }


def _is_number(text: str) -> bool:
    try:
        return corrections.amount(text) is not None
    except ValueError:
        return False


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
