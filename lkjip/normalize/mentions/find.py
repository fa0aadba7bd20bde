"""Amounts in running text, joined to the table lines they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.mentions.amounts import Spoken, find_amounts, prose_style
from lkjip.normalize.mentions.lines import join
from lkjip.normalize.mentions.names import (
    ANGGARAN,
    OTHER,
    REALISASI,
    heading_name,
    is_total,
    last_sentence,
    measure_of,
    name_in,
    opens_with_anchor,
    refers_back,
)
from lkjip.normalize.mentions.prose import Paragraph, paragraphs, paragraphs_of_cell
from lkjip.normalize.mentions.scans import Doubt, doubts_of, settled
from lkjip.records import Mention, Page, ReadTable, TableKind

SENTENCE_WORDS = 6  # a cell of fewer words states an amount of its row, not in prose
HEADING_WORDS = 25  # a heading is no longer than this
# "Jumlah anggaran yang dialokasikan sebesar": with more words it speaks of something else
BARE_WORDS = 9
_LABEL = re.compile(r"\W*[A-Za-z]+(?:\s[A-Za-z]+){0,2}\s*:\s*Rp", re.IGNORECASE)  # "Realisasi : Rp"
_FIGURES = re.compile(r"\d{1,3}(?:[.,]\d{3}){2}")
_PERCENT_SLACK = Decimal("0.0101")  # a printed percentage is rounded or cut to two decimals


@dataclass(frozen=True, slots=True)
class Statement:
    """The amounts that one sentence states of one name, in order."""

    mentions: tuple[Mention, ...]
    spoken: tuple[Spoken, ...]
    doubts: tuple[Doubt | None, ...]  # what a scan leaves open of each


def find_mentions(
    pages: Sequence[Page], tables: Sequence[ReadTable]
) -> tuple[tuple[Mention, ...], tuple[Issue, ...]]:
    """Every amount stated in prose, with the line it names where one is found.

    A value that contradicts the line, the amount in words or the percentage
    beside it is an issue; nothing is corrected.
    """
    mentions, issues = list[Mention](), list[Issue]()
    for statement in _statements(_texts(pages, tables)):
        joined, contradictions = join(statement.mentions, statement.spoken, tables)
        sure, open_ = settled(joined, statement.doubts, tables)
        mentions += sure
        doubted = {m.measure for m, one in zip(sure, statement.doubts, strict=True) if one}
        issues += [*open_, *_own_issues(replace(statement, mentions=sure))]
        issues += [issue for issue in contradictions if issue.column not in doubted]
    return tuple(sorted(mentions, key=lambda mention: mention.page)), tuple(issues)


def _texts(pages: Sequence[Page], tables: Sequence[ReadTable]) -> tuple[Paragraph, ...]:
    """The prose of a report: its running text, and cells of tables that hold sentences.

    Rows of a table would run its columns together; a table of money or performance
    says what it says in its lines.
    """
    grids = [read for read in tables if read.table.rows > 1 and read.table.columns > 1]
    cells = [
        cell
        for read in grids
        if read.kind is TableKind.OTHER
        for cell in read.table.cells
        if len(cell.text.split()) >= SENTENCE_WORDS
    ]
    texts = paragraphs(pages, [read.table for read in grids])
    return (*texts, *(paragraph for cell in cells for paragraph in paragraphs_of_cell(cell)))


def _statements(texts: Sequence[Paragraph]) -> Iterator[Statement]:
    style = prose_style(paragraph.text for paragraph in texts)
    heading: str | None = None  # for a bare sentence right below
    named: str | None = None  # the one name of the paragraph above, for a label right below
    context = ""
    for paragraph in texts:
        amounts = find_amounts(paragraph.text, style)
        if amounts:
            above = heading or (named if _LABEL.match(paragraph.text) else None)
            doubts = doubts_of(paragraph, amounts, style)
            statements = list(_of_paragraph(paragraph, amounts, doubts, above, context))
            yield from statements
            names = {mention.name for one in statements for mention in one.mentions}
            named = names.pop() if len(names) == 1 else None
            heading = None
        else:
            heading, named = _heading_of(paragraph), None
        context = (context + "\n" + paragraph.text)[-3000:]


def _heading_of(paragraph: Paragraph) -> str | None:
    """The name that a short paragraph without a sentence holds, for the amounts right below."""
    text = paragraph.text
    if len(text.split()) > HEADING_WORDS or text.endswith((":", ",")) or _FIGURES.search(text):
        return None
    return name_in(text, opens=True) if paragraph.mark or opens_with_anchor(text) else None


def _of_paragraph(
    paragraph: Paragraph,
    amounts: Sequence[Spoken],
    doubts: Sequence[Doubt | None],
    heading: str | None,
    context: str,
) -> Iterator[Statement]:
    group: list[tuple[Mention, Spoken, Doubt | None]] = []
    name: str | None = None
    said: set[str] = set()  # measures of the sentence so far
    end = 0
    for index, spoken in enumerate(amounts):
        before = paragraph.text[end : spoken.start]
        sentence = last_sentence(before)
        if index == 0 or sentence != before:
            said = set()
        if index == 0 or _speaks_anew(before, sentence):
            if group:
                yield _statement(group)
            group = []
            name = _name(paragraph, spoken, sentence, heading if index == 0 else None, context)
        following = paragraph.text[spoken.tail : _next_start(amounts, index, paragraph)]
        measure = measure_of(sentence) or _default_measure(
            name, bool(paragraph.mark) or opens_with_anchor(sentence.strip()), said, following
        )
        said.add(measure)
        page = paragraph.page_at(spoken.start + len(spoken.raw) - 1)
        mention = _mention(page, name, measure, spoken, paragraph.text)
        group.append((mention, spoken, doubts[index]))
        end = spoken.tail
    yield _statement(group)


def _speaks_anew(before: str, sentence: str) -> bool:
    """Whether the words between two amounts turn to another line of the budget."""
    is_next = sentence != before or is_total(sentence) or refers_back(sentence) is not None
    return is_next or name_in(sentence, opens=False) is not None


def _statement(group: Sequence[tuple[Mention, Spoken, Doubt | None]]) -> Statement:
    return Statement(*zip(*group, strict=True))


def _next_start(amounts: Sequence[Spoken], index: int, paragraph: Paragraph) -> int:
    return amounts[index + 1].start if index + 1 < len(amounts) else len(paragraph.text)


def _name(
    paragraph: Paragraph, spoken: Spoken, sentence: str, heading: str | None, context: str
) -> str | None:
    """The name in the sentence; for "kegiatan ini", and for none, the one before."""
    start = spoken.start - len(sentence)
    kind = refers_back(sentence)
    if kind:
        return heading_name(paragraph.text[:start], kind) or heading_name(context, kind)
    opens = start == 0 or paragraph.text[:start].isspace()
    name = name_in(sentence, opens)
    if name or is_total(sentence) or len(sentence.split()) > BARE_WORDS:
        return name
    return heading if opens else _heading_in(paragraph.text[:start])


def _heading_in(text: str) -> str | None:
    """The name in the words that open a paragraph: "Program X. Alokasi anggaran sebesar …"."""
    is_heading = len(text.split()) <= HEADING_WORDS and not _FIGURES.search(text)
    return heading_name(text) if is_heading else None


def _default_measure(name: str | None, is_item: bool, said: set[str], following: str) -> str:
    """Without a cue: as the sentence went on so far, or the anggaran that is then realised.

    A line named by its place in a list, its first word, or nothing but its amount
    behind it has its anggaran there.
    """
    if len(said) == 1:
        return next(iter(said))
    if measure_of(following) == REALISASI and (name is not None or not said):
        return ANGGARAN
    is_line = name is not None and (is_item or not re.search(r"\w", following))
    return ANGGARAN if is_line and not said else OTHER


def _mention(page: int, name: str | None, measure: str, spoken: Spoken, text: str) -> Mention:
    words = spoken.words
    return Mention(
        page=page,
        name=name,
        measure=measure,
        value=spoken.value,
        raw=spoken.raw,
        percent=spoken.percent,
        words_raw=text[words.start : words.end].strip() if words else None,
        words_value=Decimal(words.value) if words and words.value is not None else None,
    )


def _own_issues(statement: Statement) -> Iterator[Issue]:
    """What a statement contradicts in itself: malformed digits, words, percentage."""
    budget = next((m.value for m in statement.mentions if m.measure == ANGGARAN), None)
    for mention, spoken, doubt in zip(
        statement.mentions, statement.spoken, statement.doubts, strict=True
    ):
        if mention.value is None and doubt is not None:
            continue  # told already
        if mention.value is None:
            yield _malformed(mention, spoken)
        elif mention.words_value is not None and mention.words_value != mention.value:
            yield _words_differ(mention)
        if mention.measure == REALISASI:
            yield from _percent_differs(mention, budget)


def _malformed(mention: Mention, spoken: Spoken) -> Issue:
    return Issue(
        IssueCode.NUMBER_MALFORMED,
        Severity.WARNING,
        f"{mention.raw!r} in the text is no well-formed amount",
        page=mention.page,
        evidence={"name": mention.name, "measure": mention.measure},
        candidates=spoken.candidates,
    )


def _words_differ(mention: Mention) -> Issue:
    return Issue(
        IssueCode.WORDS_MISMATCH,
        Severity.WARNING,
        f"the text prints {mention.raw} in digits but {mention.words_raw!r} in words",
        page=mention.page,
        evidence={"name": mention.name, "measure": mention.measure},
        candidates=tuple(v for v in (mention.value, mention.words_value) if v is not None),
        rupiah_at_stake=abs((mention.value or Decimal(0)) - (mention.words_value or Decimal(0))),
    )


def _percent_differs(mention: Mention, budget: Decimal | None) -> Iterator[Issue]:
    if mention.percent is None or not budget or mention.value is None:
        return
    share = 100 * mention.value / budget
    slack = _PERCENT_SLACK if mention.percent % 1 else Decimal("1.01")
    if abs(share - mention.percent) <= slack:
        return
    yield Issue(
        IssueCode.MENTION_MISMATCH,
        Severity.WARNING,
        f"the text says {mention.percent} % of {mention.name or 'the amount before'}, "
        f"but {mention.raw} is {share:.2f} % of the anggaran beside it",
        page=mention.page,
        evidence={"anggaran": str(budget), "realisasi": str(mention.value)},
    )
