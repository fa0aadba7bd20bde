"""How well one line goes below another: by their kinds, and by where their entries stand.

"Belanja Pegawai" below Belanja Tidak Langsung is 5.1.1 and not 5.2.1; what stands
below a kegiatan is an account; a kegiatan's twin in another program is not this one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from lkjip.normalize.accounts.chart import PROGRAM_KINDS, Entry


@dataclass(frozen=True, slots=True)
class Guess:
    """One thing that a line may be: an entry, or (entry None) something unofficial of a kind."""

    kind: str  # program, kegiatan, subkegiatan, account, other
    entry: Entry | None = None


def kind_of(entry: Entry) -> str:
    if entry.is_account:
        return "account"
    return entry.kind if entry.kind in PROGRAM_KINDS else "other"


# Of the lines below one of a kind, how many are of which kind: by eye over the reports' tables.
# Rows add up to 1, so that many children of no official name say nothing about their parent.
STEPS = {
    "program": {"program": 0.02, "kegiatan": 0.75, "subkegiatan": 0.08, "account": 0.1},
    "kegiatan": {"program": 0.003, "kegiatan": 0.03, "subkegiatan": 0.4, "account": 0.517},
    "subkegiatan": {"program": 0.003, "kegiatan": 0.003, "subkegiatan": 0.03, "account": 0.914},
    "account": {"program": 0.3, "kegiatan": 0.04, "subkegiatan": 0.01, "account": 0.6},
    "other": {"program": 0.3, "kegiatan": 0.2, "subkegiatan": 0.05, "account": 0.35},
}  # fmt: skip
SELDOM = 0.05
AGAIN = -8.0  # a package that bears its sub kegiatan's name is no second sub kegiatan
OWN_CHILD, OWN_DESCENDANT, OTHER_BRANCH, MOVED = 1.0, 0.5, -3.0, -2.0


def fits(parent: Guess, child: Guess) -> float:
    """How well a line goes below another, as log-odds."""
    odds = math.log(STEPS[parent.kind].get(child.kind, SELDOM))
    above, below = parent.entry, child.entry
    if below is None:
        return odds
    if below.is_account and parent.kind in PROGRAM_KINDS:
        return odds + (0.0 if _direct(below) else OTHER_BRANCH)
    return odds if above is None else odds + _related(above, below)


def _related(above: Entry, below: Entry) -> float:
    if above.is_account != below.is_account:
        return 0.0 if _direct(above) else OTHER_BRANCH
    if below == above:
        return AGAIN
    if below.parent == above.code:
        return OWN_CHILD
    if below.code.startswith(above.code + "."):
        return OWN_DESCENDANT
    if below.parent == above.parent:
        return 0.0  # brothers, of which the tree took one for the other's father
    return OTHER_BRANCH if below.is_account else MOVED


def _direct(account: Entry) -> bool:
    """Whether a program can spend from this account or stand below it."""
    indirect = account.scheme.startswith("permendagri13") and account.code.startswith("5.1")
    return account.code.startswith("5") and not indirect
