"""The report as one HTML file: no script, nothing from outside, readable on paper."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from lkjip import __version__
from lkjip.report import charts
from lkjip.report.figures import PROGRAMS_SHOWN, Figures, Row
from lkjip.report.words import count, percent, rupiah, share

DOCUMENTS_SHOWN = 200


def page(title: str, found: Figures) -> str:
    """The whole report; `title` names the output."""
    folder = files("lkjip.report")
    template = Template((folder / "report.html").read_text(encoding="utf-8"))
    return template.substitute(
        title=escape(title),
        version=escape(__version__),
        style=(folder / "report.css").read_text(encoding="utf-8"),
        lead=_lead(found),
        facts=_facts(found),
        programs=_programs(found),
        serapan=_chart(found.serapan, charts.serapan, "No line has both anggaran and realisasi."),
        issues=_chart(found.issues, charts.issues, "No issue was raised."),
        documents=_documents(found),
    )


def _lead(found: Figures) -> str:
    read = len(found.documents) - found.failed
    failed = f", {count(found.failed)} could not be read" if found.failed else ""
    return (
        f"{count(read)} of {count(len(found.documents))} documents were read{failed}. "
        f"Sums and percentages confirm {share(found.proven)} of the rupiah amounts."
    )


def _facts(found: Figures) -> str:
    amounts = found.amounts
    lines = sum(row["lines"] or 0 for row in found.documents)
    facts = [
        (count(lines), "budget lines"),
        (share(found.proven), "of rupiah amounts proven"),
        (
            percent(amounts["read"], amounts["amounts"]),
            f"of {count(amounts['amounts'])} cells have a value",
        ),
        (count(found.open_issues), "open issues"),
        (count(amounts["repaired"]), "numbers repaired, each by proof"),
        (count(amounts["reviewed"]), "numbers settled by a person"),
    ]
    return "".join(f"<div><dd>{value}</dd><dt>{label}</dt></div>" for value, label in facts)


def _programs(found: Figures) -> str:
    if not found.programs:
        return '<p class="none">No line is a program by name.</p>'
    realisasi, budgeted = found.total("realisasi"), found.total("budgeted")
    known = sum(row["realisasi"] is not None for row in found.programs)
    rest = len(found.programs) - PROGRAMS_SHOWN
    others = f" The {PROGRAMS_SHOWN} largest are shown." if rest > 0 else ""
    spent = (
        f" Where a realisasi is printed, for {count(known)} of them, {rupiah(realisasi)} of"
        f" {rupiah(budgeted)} were spent ({percent(realisasi, budgeted)})."
    )
    said = (
        f"{count(len(found.programs))} programs with an anggaran of"
        f" {rupiah(found.total('anggaran'))}.{spent if known else ''}{others}"
    )
    return f"<p>{said}</p>{charts.programs(found.programs[:PROGRAMS_SHOWN])}"


def _chart(rows: Iterable[Row], draw: object, none: str) -> str:
    rows = list(rows)
    return draw(rows) if rows and callable(draw) else f'<p class="none">{none}</p>'


def _documents(found: Figures) -> str:
    shown = found.documents[:DOCUMENTS_SHOWN]
    rest = len(found.documents) - len(shown)
    more = f'<p class="none">{count(rest)} more are in documents.csv.</p>' if rest else ""
    head = ("Document", "Status", "Pages", "Lines", "Proven", "Issues", "At stake")
    titles = "".join(f'<th scope="col">{name}</th>' for name in head)
    rows = "".join(map(_document, shown))
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>{more}"


def _document(row: Row) -> str:
    who = ", ".join(str(row[name]) for name in ("agency", "region", "year") if row[name])
    proven = row["verified_share"]
    meter = "" if proven is None else f'<meter min="0" max="1" value="{proven:.3f}"></meter>'
    reason = f"<small>{escape(row['reason'])}</small>" if row["reason"] else ""
    cells = (
        f"<b>{escape(row['file'])}</b><small>{escape(who)}</small>",
        f'<span class="status {escape(row["status"])}">{escape(row["status"])}</span>{reason}',
        count(row["pages"] or 0),
        count(row["lines"] or 0),
        f"{meter} {share(proven)}",
        count(row["open"]),
        rupiah(row["stake"]) if row["stake"] else "–",
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
