"""A repair tells its proof in a sentence, so that a reader can judge it."""

from __future__ import annotations

from decimal import Decimal

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.checks.phrases import issue, money, percent, rows, title
from lkjip.normalize.proof.book import Book, Cell, Elsewhere, Share, Sum
from lkjip.normalize.proof.repair import Repair
from lkjip.records import Role


def tell(book: Book, item: Repair) -> Issue:
    proofs = [_sum_proof(book, total) for total in item.sums]
    proofs += [_share_proof(book, share) for share in item.shares]
    message = f"{title(book, item.cell.line)}: {_reading(book, item.cell)}"
    partners = [cell for cell in item.together if cell != item.cell]
    if partners:
        message += " and " + " and ".join(_reading(book, cell) for cell in partners)
    if item.elsewhere:
        proofs.append(_elsewhere_proof(item, item.elsewhere))
    message += ": so " + ", and ".join(proofs[:3])
    if item.left_out is not None:
        message += f" (without {title(book, item.left_out)})"
    return issue(
        book,
        item.cell,
        IssueCode.NUMBER_REPAIRED,
        Severity.INFO,
        message,
        evidence={
            "printed": book.amount(item.cell).raw,
            "sums": [
                {"row": book.lines[total.whole.line].row, "rows": rows(book, total.parts)}
                for total in item.sums
            ],
            "table": item.elsewhere.table if item.elsewhere else None,
            "capaian_rows": [book.lines[share.capaian.line].row for share in item.shares],
        },
        candidates=book.amount(item.cell).candidates[:8],
        proposed=item.value,
        at_stake=None if item.cell.slot.measure == Role.CAPAIAN else abs(item.value),
    )


def _elsewhere_proof(item: Repair, elsewhere: Elsewhere) -> str:
    value, page = money(elsewhere.value), elsewhere.page
    if item.together:
        return f"the lines add up to {value}, as the table on page {page} does"
    return f"page {page} prints {value} for the same line"


def _reading(book: Book, cell: Cell) -> str:
    return f"“{book.amount(cell).raw}” read as {_number(book, cell)}"


def _number(book: Book, cell: Cell) -> str:
    value: Decimal = book.value[cell]
    return percent(value) if cell.slot.measure == Role.CAPAIAN else money(value)


def _sum_proof(book: Book, total: Sum) -> str:
    whole = money(book.value[total.whole])
    if not total.of_children:
        return f"anggaran is realisasi + sisa = {whole}"
    if len(total.parts) == 1:
        return f"{title(book, total.whole.line)} equals its only line below, {whole}"
    return f"the {len(total.parts)} lines of {title(book, total.whole.line)} reach {whole} exactly"


def _share_proof(book: Book, share: Share) -> str:
    anggaran, realisasi, capaian = (_number(book, cell) for cell in share.cells)
    return f"{realisasi} of {anggaran} is {capaian} %, as printed"
