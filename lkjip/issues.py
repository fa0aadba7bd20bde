"""Issues: doubts, contradictions and failures, as data with where, why and proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class IssueCode(StrEnum):
    """The closed list of issue codes; docs/issues.md explains each."""

    NUMBER_MALFORMED = "number-malformed"
    NUMBER_REPAIRED = "number-repaired"
    AMOUNT_MISSING = "amount-missing"
    SUM_MISMATCH = "sum-mismatch"
    CAPAIAN_MISMATCH = "capaian-mismatch"
    SISA_MISMATCH = "sisa-mismatch"
    REALISASI_OVER_ANGGARAN = "realisasi-over-anggaran"
    TABLE_REPEAT_MISMATCH = "table-repeat-mismatch"
    WORDS_MISMATCH = "words-mismatch"
    MENTION_MISMATCH = "mention-mismatch"
    OCR_DISAGREEMENT = "ocr-disagreement"
    ACCOUNT_AMBIGUOUS = "account-ambiguous"
    IDENTITY_CONTRADICTION = "identity-contradiction"
    INDICATOR_MISMATCH = "indicator-mismatch"
    ROLE_UNCERTAIN = "role-uncertain"
    PAGE_UNREADABLE = "page-unreadable"
    DOCUMENT_DAMAGED = "document-damaged"
    DOCUMENT_REJECTED = "document-rejected"
    DOCUMENT_CUT_OFF = "document-cut-off"
    CORRECTION_STALE = "correction-stale"


@dataclass(frozen=True, slots=True)
class Issue:
    """One doubt. `table` is the table's number, `row` the line's row in it.

    `message` is one sentence that a person understands; `candidates` are the
    possible values, most likely first; `rupiah_at_stake` ranks issues.
    """

    code: IssueCode
    severity: Severity
    message: str
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: str | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    candidates: tuple[Decimal | str, ...] = ()
    proposed: Decimal | str | None = None
    rupiah_at_stake: Decimal | None = None
    state: str = "open"
