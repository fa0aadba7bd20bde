"""Which columns are anggaran and realisasi when the rows' arithmetic contradicts the headers.

A header can be misread (a title runs into it, a storey is missing); the percentages
cannot: realisasi / anggaran is the printed capaian in row after row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.records import Amount, Line, Role, Slot

MONEY = (Role.ANGGARAN, Role.REALISASI, Role.SISA)
ROWS = 4  # rows with two different amounts that a proof needs
PROVEN, REFUTED = 0.8, 0.3  # share of them that a pair must fit, or may fit at most


def settle_roles(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Issue, ...]]:
    """Lines with anggaran and realisasi where the percentages prove them, and an issue if moved."""
    first = next((line for line in lines if line.capaian), None)
    if first is None or first.capaian is None:
        return lines, ()
    slots = {slot for line in lines for slot in line.amounts if slot.measure in MONEY}
    now = (first.anggaran, first.realisasi)
    fits = {pair: _fit(lines, pair, first.capaian) for pair in permutations(sorted(slots), 2)}
    best = max(fits, key=lambda pair: fits[pair], default=None)
    if best is None or fits[best] < PROVEN:
        return lines, ()
    if (best[0].measure, best[1].measure) == (Role.ANGGARAN, Role.REALISASI):
        return lines, ()  # of another period than the one shown, but read as what they are
    if None not in now and _fit(lines, now, first.capaian) > REFUTED:  # type: ignore[arg-type]
        return lines, ()
    names = _renaming(best, slots)
    message = (
        f"the percentages fit {best[1].measure} {best[1].period} over {best[0].measure} "
        f"{best[0].period} as the headers were read: taken as realisasi over anggaran"
    )
    issue = Issue(IssueCode.ROLE_UNCERTAIN, Severity.WARNING, message, page=first.page)
    return tuple(_renamed(line, names) for line in lines), (issue,)


def _fit(lines: Sequence[Line], pair: tuple[Slot, Slot], capaian: Slot) -> float:
    """Share of the rows with both amounts, different, whose percentage is their ratio."""
    tested = fitting = 0
    for line in lines:
        a, r, c = line.value(pair[0]), line.value(pair[1]), line.value(capaian)
        if a and r is not None and c is not None and a != r:
            tested += 1
            fitting += abs(100 * r / a - c) <= Decimal("0.011")
    return fitting / tested if tested >= ROWS else 0.0


def _renaming(best: tuple[Slot, Slot], slots: set[Slot]) -> dict[Slot, Slot]:
    """New names: the pair's, and for slots that bore these names the ones set free."""
    wanted = (Slot(Role.ANGGARAN.value), Slot(Role.REALISASI.value))
    names = dict(zip(best, wanted, strict=True))
    freed = [slot for slot in best if slot not in wanted]
    for slot in wanted:
        if slot in slots and slot not in best:
            names[slot] = freed.pop()
    return names


def _renamed(line: Line, names: Mapping[Slot, Slot]) -> Line:
    amounts: dict[Slot, Amount] = {names.get(s, s): a for s, a in line.amounts.items()}
    anggaran, realisasi = Slot(Role.ANGGARAN.value), Slot(Role.REALISASI.value)
    return replace(line, amounts=amounts, anggaran=anggaran, realisasi=realisasi)
