"""Corrections onto the tables of a fresh reading, before the sums are proven.

A correction that finds no place, or more than one, is never applied: it becomes
an issue with state `stale`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import reduce
from typing import Any

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.records import Amount, Identity, Line, LineKind, Match, ReadTable, Source
from lkjip.review.anchors import ACCOUNT, IDENTITY, Target, find, slot_of, targets
from lkjip.review.corrections import STATES, Action, Correction, amount

ANSWERED_BY_A_VALUE = frozenset(
    {
        IssueCode.NUMBER_MALFORMED,
        IssueCode.NUMBER_REPAIRED,
        IssueCode.AMOUNT_MISSING,
        IssueCode.OCR_DISAGREEMENT,
        IssueCode.ACCOUNT_AMBIGUOUS,
    }
)  # doubts about reading; whether sums then hold is for the ledger to say anew

ANYWHERE = "*"
Place = tuple[int | None, int | None, str | None]  # table number, row, column


@dataclass(frozen=True, slots=True)
class Replay:
    """The tables with the corrections in place, and what each correction answers."""

    tables: tuple[ReadTable, ...]
    stale: tuple[Issue, ...] = ()
    corrected: frozenset[Place] = frozenset()
    record: tuple[Issue, ...] = ()  # what was corrected, one issue a correction
    accepted: frozenset[tuple[Place, str | None]] = frozenset()  # with the issue's code
    messages: Mapping[tuple[str | None, str], str] = field(default_factory=dict)  # of no place
    identity: Mapping[str, str | None] = field(default_factory=dict)  # year, agency, region
    accounts: Mapping[tuple[int, int], Correction] = field(default_factory=dict)  # by table, row


def replay(tables: Sequence[ReadTable], doc_id: str, corrections: Sequence[Correction]) -> Replay:
    """Put every correction that fits in its place; `corrections` are the document's own."""
    if not corrections:
        return Replay(tuple(tables))
    among = [target for table in tables for target in targets(table)]
    placeless = [c for c in corrections if c.box is None]
    of_document = [c for c in placeless if c.doc_id == doc_id]
    lost = [c for c in placeless if c.doc_id != doc_id]
    fits = [(c, find(among, doc_id, c)) for c in corrections if c.box is not None]
    found = [(c, target) for c, target in fits if target is not None]
    kept = [(c, target) for c, target in found if c.action is Action.ACCEPT]
    changed = [(c, target) for c, target in found if c.action is not Action.ACCEPT]
    return Replay(
        _edited(tables, changed),
        stale=tuple(map(stale, (*(c for c, target in fits if target is None), *lost))),
        corrected=frozenset(place for c, target in changed for place in _places(c, target)),
        record=tuple(_record(c, target) for c, target in changed),
        accepted=frozenset((place, c.code) for c, t in kept for place in _places(c, t)),
        messages={(c.code, plain(c.raw)): STATES[c.action] for c in of_document},
        identity={c.column: c.new for c in of_document if c.column in IDENTITY and c.new},
        accounts={(t.table, t.row): c for c, t in changed if c.column == ACCOUNT},
    )


def settle(issues: Iterable[Issue], done: Replay) -> tuple[Issue, ...]:
    """The issues, those that a correction answers with state `accepted` or `corrected`.

    A doubt that a corrected value keeps from being raised again stays on record.
    """
    settled = tuple(_settled(issue, done) for issue in issues)
    raised = {(issue.code, _place(issue)) for issue in settled}
    kept = [issue for issue in done.record if (issue.code, _place(issue)) not in raised]
    return (*settled, *kept, *done.stale)


def with_identity(identity: Identity, done: Replay) -> Identity:
    """Who reports on what, where a person chose."""
    chosen: dict[str, Any] = dict(done.identity)
    if "year" in chosen:
        chosen["year"] = int(chosen["year"])
    return replace(identity, **chosen) if chosen else identity


def with_accounts(tables: Sequence[ReadTable], done: Replay) -> tuple[ReadTable, ...]:
    """The tables, matched already, with the accounts that a person chose."""
    if not done.accounts:
        return tuple(tables)
    schemes = [line.account.scheme for t in tables for line in t.lines if line.account]

    def chosen(table: ReadTable, line: Line) -> Line:
        made = done.accounts.get((table.number, line.row))
        if made is None:
            return line
        scheme = line.account.scheme if line.account else next(iter(schemes), "unknown")
        return replace(line, account=Match(scheme, made.new, made.label, 1.0))

    return tuple(
        replace(table, lines=tuple(chosen(table, line) for line in table.lines)) for table in tables
    )


def _record(made: Correction, target: Target) -> Issue:
    """The issue that a correction answered, with what became of it."""
    column = target.main or target.column
    gone = made.action is Action.NOT_A_ROW
    what = "is no row of the table" if gone else f"{column} is {made.new or 'blank'}"
    return Issue(
        IssueCode(made.code or IssueCode.NUMBER_MALFORMED),
        Severity(made.severity or Severity.INFO),
        f"“{target.name}”: {what}, says {made.reviewer or 'a reviewer'}; printed “{made.raw}”",
        made.page,
        target.table,
        None if gone else target.row,
        None if gone else column,
        {"correction": made.id, "printed": made.raw, "old": made.old, "new": made.new},
        rupiah_at_stake=amount(made.stake),
        state="corrected",
    )


def _place(issue: Issue) -> Place:
    about_account = issue.code is IssueCode.ACCOUNT_AMBIGUOUS
    return (issue.table, issue.row, ACCOUNT if about_account else issue.column)


def _settled(issue: Issue, done: Replay) -> Issue:
    place = _place(issue)
    if (state := done.messages.get((issue.code, plain(issue.message)))) is not None:
        return replace(issue, state=state)
    if (place, issue.code) in done.accepted:
        return replace(issue, state="accepted")
    if (issue.table, issue.row, ANYWHERE) in done.corrected or (
        issue.code in ANSWERED_BY_A_VALUE and place in done.corrected
    ):
        return replace(issue, state="corrected")
    return issue


def stale(correction: Correction) -> Issue:
    """The issue that says a correction no longer fits the document."""
    what = f'{correction.column} of "{correction.name}"' if correction.column else correction.name
    return Issue(
        IssueCode.CORRECTION_STALE,
        Severity.WARNING,
        f"A correction no longer fits the document and was not applied: {what},"
        f" page {correction.page}, from {correction.old or 'nothing'}"
        f" to {correction.new or correction.action}.",
        page=correction.page,
        column=correction.column,
        evidence={key: value for key, value in asdict(correction).items() if value is not None},
        state="stale",
    )


def plain(message: str) -> str:
    """The message as the output shows it: NFC, single spaces."""
    return " ".join(unicodedata.normalize("NFC", message).split())


def _places(correction: Correction, target: Target) -> Iterator[Place]:
    """Where the issues that it answers stand: under the cell's column, the correction's, or the
    output's own column for it; anywhere in a row that is none."""
    if correction.action is Action.NOT_A_ROW:
        yield (target.table, target.row, ANYWHERE)
    for column in {target.column, correction.column, target.main or target.column}:
        yield (target.table, target.row, column)


def _edited(
    tables: Sequence[ReadTable], changed: Sequence[tuple[Correction, Target]]
) -> tuple[ReadTable, ...]:
    edits: dict[tuple[int, int], list[Correction]] = {}
    for c, target in changed:
        if target.column != ACCOUNT:
            here = replace(c, column=target.column)
            edits.setdefault((target.table, target.line), []).append(here)
    return tuple(_with_lines(table, edits) for table in tables)


def _with_lines(
    table: ReadTable, edits: Mapping[tuple[int, int], Sequence[Correction]]
) -> ReadTable:
    lines = []
    for place, line in enumerate(table.lines):
        mine = edits.get((table.number, place), ())
        if all(c.action is not Action.NOT_A_ROW for c in mine):
            lines.append(reduce(_with_value, mine, line))
    return replace(table, lines=tuple(lines))


def _with_value(line: Line, correction: Correction) -> Line:
    """The line with the corrected amount; a heading that gains an amount is a heading no more."""
    slot = slot_of(correction.column or "")
    shown = {"anggaran": line.anggaran, "realisasi": line.realisasi, "capaian": line.capaian}
    if slot not in line.amounts:
        slot = shown.get(slot.measure) or slot
    before = line.amounts.get(slot) or Amount("", None, page=line.page)
    corrected = replace(before, value=amount(correction.new), source=Source.REVIEWED, candidates=())
    shown |= {slot.measure: shown.get(slot.measure) or slot}
    return replace(
        line,
        amounts={**line.amounts, slot: corrected},
        anggaran=shown["anggaran"],
        realisasi=shown["realisasi"],
        capaian=shown["capaian"],
        kind=LineKind.DATA if line.kind is LineKind.BAND else line.kind,
    )
