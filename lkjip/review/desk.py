"""The reviewer's desk: an output, the log of corrections, and what it makes of each issue."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import Any

from lkjip.errors import UsageError
from lkjip.load.values import plain
from lkjip.records import NOWHERE, Box, Slot, Source
from lkjip.review import corrections
from lkjip.review.anchors import ACCOUNT, IDENTITY, MAIN, column_of, slot_of
from lkjip.review.corrections import STATES, Action, Correction
from lkjip.review.output import Output, open_output, when_written
from lkjip.review.replay import ANSWERED_BY_A_VALUE, stale

Row = dict[str, Any]


class Desk:
    """What a reviewer can do with an output, without the web."""

    def __init__(self, output: Output, reviewer: str) -> None:
        self.output = output
        self.reviewer = reviewer
        self.log = output.folder / corrections.FILE
        self.entries = list(corrections.read_log(self.log))
        self.issues = {
            **output.issues, **homeless(output, corrections.standing(self.entries))
        }  # fmt: skip
        self.by_line: dict[str, list[Row]] = defaultdict(list)
        for issue in self.issues.values():
            self.by_line[issue["line_id"] or ""].append(issue)
        self.names = output.names(self.by_line)
        self.numbers = {(d["doc_id"], d["file"]): n for n, d in enumerate(output.documents)}
        self._replayed: dict[str, bool] = {}
        self.take_stock()

    def take_stock(self) -> None:
        """Reckon what the log comes to: what stands, on which issues, and the values of cells."""
        self.standing = corrections.standing(self.entries)
        self.words: dict[str, Correction] = {}  # by issue, the last that counts on it
        self.values: dict[tuple[str, str], Decimal | None] = {}  # by line and column
        by_id = {made.id: made for made in self.standing}
        for issue_id, issue in self.issues.items():
            if made := by_id.get(issue["evidence"].get("correction", "")):
                self.words[issue_id] = made
        for made in self.standing:
            issue = self.issues.get(made.issue or "", {})
            if not issue:
                continue  # of a document that the output no longer holds
            self.words |= {answered["issue_id"]: made for answered in self._answered(made, issue)}
            if made.action is Action.SET and issue["line_id"] and made.column != ACCOUNT:
                measure = slot_of(made.column or "").measure
                self.values[issue["line_id"], measure] = corrections.amount(made.new)

    def issue(self, issue_id: str) -> Row:
        """Raises KeyError where the output has none of that id."""
        return self.issues[issue_id]

    def decisions(self) -> dict[str, Correction]:
        """By issue, the word that counts on it and is not in the output yet."""
        words = self.words.items()
        return {i: made for i, made in words if not self._is_replayed(made, self.issues[i])}

    def states(self) -> dict[str, str]:
        """The state of every issue that has another one than in the output."""
        standing = {made.id for made in self.standing}
        changed = {i: STATES[made.action] for i, made in self.decisions().items()}
        for issue_id, issue in self.issues.items():
            if issue["state"] == "stale" and issue["evidence"].get("id") not in standing:
                changed[issue_id] = "accepted"
            if issue["state"] in STATES.values() and issue_id not in self.words:
                changed[issue_id] = "open"  # what settled it was undone
        return changed

    def value(self, line: Row, column: str) -> Decimal | None:
        """The value of a line's column, with the corrections since the run in place."""
        if (line["line_id"], column) in self.values:
            return self.values[line["line_id"], column]
        value = line[column]
        return value if isinstance(value, Decimal) else None

    def decide(self, issue_id: str, action: Action, new: str | None = None) -> Correction:
        """Log a decision on an issue; `new` is the plain decimal (or account) that `set` sets.

        Raises UsageError for what the issue does not allow. A stale correction
        can only be let go: that is an undo of it.
        """
        issue = self.issue(issue_id)
        if issue["state"] == "stale":
            return self.undo(issue["evidence"]["id"])
        made, line = anchor(self.output, issue), self.output.line(issue)
        if action is Action.SET:
            if not settable(self.output, issue):
                raise UsageError("this issue is about no one value: there is nothing to set")
            made = replace(made, new=_checked(new, made.column), label=label(issue, new))
        if action is Action.NOT_A_ROW:
            if line is None:
                raise UsageError("this issue is about no row of a table")
            made = replace(row_anchor(made, line), column=None, old=None)
        return self._append(replace(made, action=action))

    def undo(self, correction_id: str | None = None) -> Correction:
        """Take back a standing correction, the last one by default; returns what is taken back."""
        mine = [c for c in self.standing if correction_id in (None, c.id)]
        if not mine:
            raise UsageError("there is nothing to undo")
        self._append(replace(mine[-1], action=Action.UNDO, undoes=mine[-1].id))
        return mine[-1]

    def undo_of(self, issue_id: str) -> Correction:
        """Take back what settled an issue."""
        made = self.words.get(issue_id)
        if made is None:
            raise UsageError("there is nothing to undo")
        return self.undo(made.id)

    def _append(self, made: Correction) -> Correction:
        stamped = corrections.stamped(made, self.reviewer)
        corrections.append(self.log, stamped)
        self.entries.append(stamped)
        self.take_stock()
        return stamped

    def _answered(self, made: Correction, issue: Row) -> list[Row]:
        """The issues that a decision settles besides its own."""
        mates = self.by_line[issue["line_id"]] if issue["line_id"] else []
        if made.action is Action.NOT_A_ROW:
            return mates
        if made.action is Action.SET:
            alike = [i for i in mates if i["column"] == issue["column"]]
            return [issue, *(i for i in alike if i["code"] in ANSWERED_BY_A_VALUE)]
        return [issue]

    def _is_replayed(self, made: Correction, issue: Row) -> bool:
        """Whether the run already knew of it, so that a doubt that still stands is a new one."""
        if made.action is not Action.SET or made.column not in MAIN:
            return False
        if made.id not in self._replayed:
            line = self.output.line(issue)
            source = line[f"{made.column}_source"] if line else None
            self._replayed[made.id] = source == Source.REVIEWED
        return self._replayed[made.id]


def _checked(new: str | None, column: str | None) -> str | None:
    try:
        if column == "year" or column not in (ACCOUNT, *IDENTITY):
            corrections.amount(new)
    except ValueError as error:
        raise UsageError(str(error)) from error
    return new


def fresh(desk: Desk) -> Desk:
    """The desk on the output as it is now: another run, or another reviewer, may have written."""
    if when_written(desk.output.folder) != desk.output.written:
        return Desk(open_output(desk.output.folder), desk.reviewer)
    desk.entries = list(corrections.read_log(desk.log))
    desk.take_stock()
    return desk


def label(issue: Row, candidate: str | None) -> str | None:
    """The name of a candidate that is an account."""
    known = issue["evidence"].get(candidate or "")
    return known.get("name") if isinstance(known, dict) else None


def anchor(output: Output, issue: Row) -> Correction:
    """Where in the document an issue stands, as a correction without a decision.

    An issue about no row is known by its words: it has no box, and its message is the raw text.
    """
    base = Correction(
        issue["doc_id"], issue["file"], Action.ACCEPT, issue=issue["issue_id"], code=issue["code"],
        severity=issue["severity"], page=issue["page"], column=issue["column"],
        raw=issue["message"], stake=_plain(issue["rupiah_at_stake"]),
    )  # fmt: skip
    line = output.line(issue)
    if line is None:
        return base
    base = row_anchor(base, line)
    cell = cell_of(output, issue, line)
    if cell is None:
        blank = issue["column"] in MAIN
        return replace(base, raw="") if blank else base
    return replace(
        base,
        page=cell["page"],
        box=box_of(cell) if cell["x0"] is not None else base.box,
        column=cell["column"],
        raw=cell["raw"] or "",
        old=_plain(cell["value"]),
    )


def settable(output: Output, issue: Row) -> bool:
    """Whether the issue is about one value: of a row, or of the document itself."""
    line = output.line(issue)
    if line is None:
        return issue["column"] in IDENTITY
    return issue["column"] in (*MAIN, ACCOUNT) or cell_of(output, issue, line) is not None


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def row_anchor(base: Correction, line: Row) -> Correction:
    name = line["name_raw"] or ""
    return replace(base, page=line["page"], box=box_of(line), raw=name, name=name, row=line["row"])


def cell_of(output: Output, issue: Row, line: Row) -> Row | None:
    """The fact that the issue's column shows, with its full column name; None for a blank cell.

    A bare measure (`anggaran`) means the one that the output's column of that name shows.
    """
    facts = [
        fact | {"column": column_of(Slot(fact["measure"], fact["period"]))}
        for fact in output.facts_of(line)
    ]
    wanted = issue["column"]
    shown = [f for f in facts if f["measure"] == wanted]
    if wanted in MAIN:
        shown = [f for f in shown if f["raw"] == line[f"{wanted}_raw"]] or shown
    named = [f for f in facts if f["column"] == wanted]
    return next(iter(named + shown[::-1]), None)


def box_of(row: Row) -> Box:
    corners = (row["x0"], row["y0"], row["x1"], row["y1"])
    return NOWHERE if None in corners else Box(*corners)


def homeless(output: Output, standing: tuple[Correction, ...]) -> dict[str, Row]:
    """Corrections of files that the output no longer holds: stale, and not to be lost sight of."""
    known = {row["doc_id"] for row in output.documents} | {row["file"] for row in output.documents}
    lost = [c for c in standing if c.doc_id not in known and c.file not in known]
    return {f"lost-{c.id}": _lost(c) for c in lost}


def _lost(made: Correction) -> Row:
    issue = stale(made)
    nowhere = dict.fromkeys(("table_id", "line_id", "proposed_value", "rupiah_at_stake"))
    return nowhere | {
        "issue_id": f"lost-{made.id}",
        "doc_id": made.doc_id,
        "file": made.file,
        "page": issue.page,
        "column": issue.column,
        "code": issue.code,
        "severity": issue.severity,
        "message": issue.message,
        "evidence": dict(issue.evidence),
        "candidates": [],
        "state": issue.state,
    }
