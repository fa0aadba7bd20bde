"""Performance tables → indicators: target, realisasi and capaian, one a printed year or period."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lkjip.issues import Issue, IssueCode, Severity
from lkjip.normalize.columns import Span
from lkjip.normalize.indicator_columns import Block, Field, Slot, field_of, read_blocks
from lkjip.normalize.indicator_rows import MARK, Part, level_with, split_row, values_in
from lkjip.normalize.layout import Header, Matrix
from lkjip.normalize.numbers import parse_decimal
from lkjip.normalize.roles import squash
from lkjip.normalize.rows import Row, grid_rows
from lkjip.records import Amount, Indicator, Source, TextLine

_SUMMARY = re.compile(
    r"^\W*(?:rata\s*-?\s*rata|rerata|capaian\s+rata)"
    r"|^\W*(?:jumlah|total)(?:\s+(?:total|\w*seluruh\w*|akhir|nilai|skor|capaian|anggaran))?\W*$",
    re.I,
)
_BAND = re.compile(r"^\W*(?P<kind>visi|misi|tujuan|sasaran|program|(?:sub\s*)?kegiatan)\b", re.I)
_ACTIVITY = re.compile(r"^\W*(?:[a-z\d]{1,2}[.)]\s*)?(?:sub\s*kegiatan|kegiatan|program)\b", re.I)
_PROGRAM = re.compile(r"^\W*(?:[\dA-Z.]{1,6}\s+)?program\b", re.I)
_UNIT = re.compile(r"(?:^|(?<=[\d.,\s]))(?P<unit>%|[A-Za-z][A-Za-z0-9²³/ .]{0,28}?)[.\s]*$")
# A printed capaian may be rounded or cut; the corpus prints 99 for 99,56.
SLACK = Decimal("1.0")
LIKELY = Decimal(1000)  # percent; the corpus goes up to 605,93


@dataclass(slots=True)
class _Above:
    """What rows above said and the row at hand repeats."""

    sasaran: str = ""
    program: str = ""
    bands: dict[str, str] = field(default_factory=dict)


def read_indicators(
    places: Matrix, header: Header, spans: Sequence[Span], table: int, title: str | None
) -> tuple[tuple[Indicator, ...], tuple[Issue, ...]]:
    """The indicators of a table, empty where it measures none, and what they contradict.

    Grades, ranges and blanks leave the number null and stay in the raw text. A value
    that cannot be told to belong to an indicator is left out, with an issue.
    """
    rows = grid_rows(places, header, spans)
    blocks = read_blocks(spans, _percent_columns(rows, spans))
    if not blocks:
        return (), ()
    indicators, issues = list[Indicator](), list[Issue]()
    year = _title_year(title)
    told: dict[int, tuple[TextLine, ...]] = {}  # merged indicator cells that are read
    rows = _apart(_mended(rows, blocks), blocks)
    for number, row, above in _measured(rows, blocks):
        for block in blocks:
            if _is_told(row, block, told):
                continue
            found, doubts = _of_row(row, number, above, block, spans)
            indicators += [_dated(one, year) for one in found]
            issues += doubts
    checked, mismatches = _checked(indicators, table)
    return checked, (*issues, *mismatches)


def _is_told(row: Row, block: Block, told: dict[int, tuple[TextLine, ...]]) -> bool:
    """Whether an indicator merged over several rows, values and all, has been read above."""
    columns = {block.indikator, *(i for slot in block.slots for i in slot.columns.values())}
    lines = row.cells.get(block.indikator, ())
    is_merged = bool(lines) and columns & set(row.cells) <= row.shared
    again = is_merged and told.get(block.indikator) == lines
    told[block.indikator] = lines
    return again


def _dated(indicator: Indicator, year: int | None) -> Indicator:
    return replace(indicator, year=indicator.year or year)


def _title_year(title: str | None) -> int | None:
    """The year of a title that names one year only."""
    years = set(re.findall(r"(?<!\d)20[0-4]\d(?!\d)", title or ""))
    return int(years.pop()) if len(years) == 1 else None


def _percent_columns(rows: Sequence[Row], spans: Sequence[Span]) -> list[int]:
    """ "Capaian" columns that hold percentages of the target, told by what they print.

    A percent sign that the target lacks, or numbers that keep to the hundreds while the
    targets do not.
    """
    targets = [s.column.index for s in spans if field_of(s.column.header) is Field.TARGET]
    found = []
    for span in spans:
        index = span.column.index
        left = [target for target in targets if target < index]
        if left and field_of(span.column.header) is Field.CAPAIAN:
            pairs = [(row.text(left[-1]), row.text(index)) for row in rows]
            if _are_percentages([(t, c) for t, c in pairs if t and c]):
                found.append(index)
    return found


def _are_percentages(pairs: Sequence[tuple[str, str]]) -> bool:
    if sum("%" in c and "%" not in t for t, c in pairs) * 2 > len(pairs):
        return True
    numbers = [(parse_decimal(t), parse_decimal(c)) for t, c in pairs]
    known = [(t, c) for t, c in numbers if t and c]
    apart = sum(not Decimal("0.5") <= c / t <= 2 for t, c in known)
    in_hundreds = sum(20 <= c <= 200 for _, c in known)
    return bool(known) and apart * 3 >= len(known) and in_hundreds * 5 >= 4 * len(known)


def _mended(rows: Sequence[Row], blocks: Sequence[Block]) -> list[Row]:
    """Rows with what a page end broke off put back to them."""
    values = _value_columns(blocks)
    indicators = {block.indikator for block in blocks}
    mended: list[Row] = []
    for row in rows:
        above = mended[-1] if mended else None
        if above is None or above.page == row.page or row.is_merged:
            mended.append(row)
        elif _is_rest(above, row, values, indicators):
            mended[-1] = _appended(above, row.cells)
        else:
            rest, own = _broken_off(row, indicators)
            mended[-1] = _appended(above, rest)
            mended.append(own)
    return mended


def _apart(rows: Sequence[Row], blocks: Sequence[Block]) -> list[Row]:
    """Rows whose share of a cell with a value for each of them is the one that stands level."""
    values = _value_columns(blocks)
    columns = values | {block.satuan for block in blocks if block.satuan is not None}
    shared = Counter((i, row.cells[i]) for row in rows for i in columns & set(row.cells))
    result = []
    for row in rows:
        lists = [i for i in columns & set(row.cells) if shared[i, row.cells[i]] > 1]
        lists = [i for i in lists if len(values_in(row.cells[i])) > 1 or i not in values]
        tops = [row.cells[i][0].box.y0 for i in sorted(values & set(row.cells)) if i not in lists]
        cells = dict(row.cells)
        for index in lists:
            if len(cells[index]) > 1 and tops:
                cells[index] = level_with(cells[index], tops[0])
        result.append(replace(row, cells={i: lines for i, lines in cells.items() if lines}))
    return result


def _value_columns(blocks: Sequence[Block]) -> set[int]:
    return {i for block in blocks for slot in block.slots for i in slot.columns.values()}


def _is_rest(above: Row, row: Row, values: set[int], indicators: set[int]) -> bool:
    """Whether the first row of a page only ends the texts of the row before."""
    own = [i for i in row.cells if i not in row.shared and row.text(i)]
    if not own or values & set(own) or not set(own) <= set(above.cells):
        return False
    if any(MARK.match(row.text(i)) for i in own):
        return False
    return bool(indicators & set(own)) or not re.search(r"[.:]$", above.text(own[0]))


def _broken_off(row: Row, indicators: set[int]) -> tuple[dict[int, tuple[TextLine, ...]], Row]:
    """Lines above the first bullet of a list belong to the last entry of the page before."""
    rest, cells = {}, dict(row.cells)
    for index in indicators & set(cells):
        lines = cells[index]
        first = next((n for n, line in enumerate(lines) if MARK.match(line.text)), 0)
        if first and lines[0].text[:1].islower():
            rest[index], cells[index] = lines[:first], lines[first:]
    return rest, replace(row, cells=cells)


def _appended(above: Row, cells: Mapping[int, tuple[TextLine, ...]]) -> Row:
    joined = dict(above.cells)
    for index, lines in cells.items():
        if lines != joined.get(index):  # a cell merged over both rows is there already
            joined[index] = (*joined.get(index, ()), *lines)
    return replace(above, cells=joined)


def _measured(rows: Sequence[Row], blocks: Sequence[Block]) -> Iterator[tuple[int, Row, _Above]]:
    """The rows that measure something, counted with the bands, and what stands above them."""
    above = _Above()
    values = _value_columns(blocks)
    number = 0
    for row in rows:
        texts = {index: row.text(index) for index in row.cells if row.text(index)}
        number += bool(texts)
        if not texts:
            continue
        if row.is_merged or (len(texts) == 1 and not values & set(texts)):
            for text in texts.values():
                _note_band(text, above, texts, blocks)
        elif not any(_SUMMARY.match(text) for text in list(texts.values())[:2]):
            yield number, row, replace(above, bands=dict(above.bands))
            _note_row(row, above, blocks)


def _note_band(text: str, above: _Above, texts: Mapping[int, str], blocks: Sequence[Block]) -> None:
    kind = _BAND.match(text)
    name = kind["kind"].casefold() if kind else ""
    own = next(iter(texts)) in {block.sasaran for block in blocks}
    if name == "sasaran" or (own and not name):
        above.sasaran, above.program = text, ""
        above.bands.pop("(band) kelompok", None)
    elif name.endswith(("program", "kegiatan")):
        above.program = text
    elif name in ("visi", "misi", "tujuan"):
        above.bands[f"(band) {name.capitalize()}"] = text
        above.bands.pop("(band) kelompok", None)
    else:
        above.bands["(band) kelompok"] = text


def _note_row(row: Row, above: _Above, blocks: Sequence[Block]) -> None:
    for block in blocks:
        sasaran, program = _texts_of_row(row.text, above, block)
        above.sasaran, above.program = sasaran or above.sasaran, program or above.program


def _texts_of_row(text: Callable[[int], str], above: _Above, block: Block) -> tuple[str, str]:
    """Sasaran and program of a row: its own, or what the rows above go on to say."""
    own = text(block.sasaran) if block.sasaran is not None else ""
    program = text(block.program) if block.program is not None else ""
    if own and _ACTIVITY.match(own) and above.sasaran and own != above.sasaran:
        return above.sasaran, own
    if block.names_both and not _PROGRAM.match(program):
        program = ""  # a kegiatan under the program above it
    if not own or above.sasaran.endswith(own):
        own = above.sasaran
    elif own != above.sasaran and not program:
        return own, ""
    return own, program or above.program


def _of_row(
    row: Row, number: int, above: _Above, block: Block, spans: Sequence[Span]
) -> tuple[list[Indicator], list[Issue]]:
    values = sorted({i for slot in block.slots for i in slot.columns.values()})
    lists = [i for i in (block.satuan, block.program, block.sasaran) if i is not None]
    parts, is_sure = split_row(row.cells, block.indikator, values, lists)
    if not is_sure:
        return [], [_untold(row, number)]
    found = []
    for part in parts:
        is_listed = len(parts) > 1 or part.parent
        name = MARK.sub("", part.text(block.indikator), count=1) if is_listed else ""
        name = name or part.text(block.indikator)
        if not _is_indicator(name, part, row, block, values):
            continue
        sasaran, program = _texts_of_row(part.text, above, block)
        if block.level is Field.SASARAN:
            program = ""
        for slot in block.slots:
            one = _indicator((row.page, number), name, part, block, slot)
            heading = {"(parent) Indikator": part.parent} if part.parent else {}
            other = {**above.bands, **heading, **_others(part, block, slot, spans)}
            one = replace(one, sasaran=sasaran or None, program=program or None, other=other)
            if len(block.slots) == 1 or one.target or one.realisasi or one.capaian:
                found.append(one)
    return found, []


def _is_indicator(name: str, part: Part, row: Row, block: Block, values: Sequence[int]) -> bool:
    """Whether a row names an indicator: one with values, or numbered, or with money beside it."""
    if not re.search(r"[A-Za-z]{2}", name) or _SUMMARY.match(name):
        return False
    if any(part.text(index) for index in values):
        return True
    beside = {block.no, *(i for i in row.cells if i > block.indikator)} - {block.satuan, None}
    return any(row.text(index) for index in beside if index is not None)


def _indicator(
    place: tuple[int, int], name: str, part: Part, block: Block, slot: Slot
) -> Indicator:
    page, number = place
    amounts = {
        kind: _amount(part.cells.get(index, ()), part.number(index), page, index in part.several)
        for kind, index in slot.columns.items()
    }
    satuan = part.text(block.satuan)
    for kind in (Field.TARGET, Field.REALISASI):
        amount = amounts.get(kind)
        if not satuan and amount:
            satuan = _unit_of(amount.raw)
    return Indicator(
        page=page,
        row=number,
        sasaran=None,
        program=None,
        indikator=name,
        satuan=satuan or None,
        target=amounts.get(Field.TARGET),
        realisasi=amounts.get(Field.REALISASI),
        capaian=amounts.get(Field.CAPAIAN),
        year=slot.year,
        period=slot.period,
    )


def _amount(lines: Sequence[TextLine], number: str, page: int, is_several: bool) -> Amount | None:
    raw = " ".join(" ".join(line.text.split()) for line in lines)
    if not raw.strip():
        return None
    value = None if is_several else parse_decimal(number)
    source = None if value is None else Source.PARSED
    confidence = min(line.confidence for line in lines)
    return Amount(raw, value, source, box=lines[0].box, page=page, confidence=confidence)


def _unit_of(raw: str) -> str:
    """The unit attached to a value ("12 bulan" → "bulan"); grades and ranges have none."""
    if not re.match(r"\W*\d", raw) or len(re.findall(r"\d+(?:[.,]\d+)*", raw)) > 1:
        return ""
    unit = _UNIT.search(re.sub(r"\*+\)?|\([^)]*\)", "", raw))
    return unit["unit"].strip() if unit else ""


def _others(part: Part, block: Block, slot: Slot, spans: Sequence[Span]) -> dict[str, str]:
    """All other columns under their header path."""
    own = {block.indikator, block.satuan, block.sasaran, block.no, *slot.columns.values()}
    if not block.names_both:
        own.add(block.program)
    return {
        " > ".join(part for part in span.column.header if part.strip()): part.text(index)
        for index, span in ((span.column.index, span) for span in spans)
        if index not in own and any(squash(p) for p in span.column.header)
    }


def _untold(row: Row, number: int) -> Issue:
    return Issue(
        IssueCode.ROLE_UNCERTAIN,
        Severity.WARNING,
        "several indicators share this row and their values cannot be told apart",
        page=row.page,
        row=number,
    )


def _checked(
    indicators: Sequence[Indicator], table: int
) -> tuple[tuple[Indicator, ...], tuple[Issue, ...]]:
    """Indicators whose capaian follows from target and realisasi, and an issue for the others.

    Falling indicators and local rules are many, so it is a warning; only a capaian in the
    thousands that follows from nothing is in doubt and loses its value.
    """
    checked, issues = list[Indicator](), list[Issue]()
    for one in indicators:
        usual = _usual_capaian(one)
        printed = one.capaian.value if one.capaian else None
        if printed is None or any(abs(value - printed) <= SLACK for value in usual):
            checked.append(one)
            continue
        if usual:
            issues.append(_mismatch(one, usual, table))
        doubted = _doubtful(one.capaian, usual) if printed > LIKELY else one.capaian
        checked.append(replace(one, capaian=doubted))
    return tuple(checked), tuple(issues)


def _usual_capaian(one: Indicator) -> tuple[Decimal, ...]:
    """What target and realisasi give: rising, falling, falling the other way."""
    target = one.target.value if one.target else None
    real = one.realisasi.value if one.realisasi else None
    if not target or real is None:
        return ()
    falling = (100 * target / real,) if real else ()
    return (100 * real / target, 100 * (2 * target - real) / target, *falling)


def _doubtful(amount: Amount | None, usual: Sequence[Decimal]) -> Amount:
    assert amount is not None
    assert amount.value is not None
    return replace(amount, value=None, source=None, candidates=(amount.value, *usual))


def _mismatch(one: Indicator, usual: Sequence[Decimal], table: int) -> Issue:
    raws = [amount.raw if amount else "" for amount in (one.capaian, one.target, one.realisasi)]
    return Issue(
        IssueCode.INDICATOR_MISMATCH,
        Severity.WARNING,
        f"capaian of {one.indikator[:80]!r} is printed {raws[0]}, but target {raws[1]} and "
        f"realisasi {raws[2]} give {usual[0]:.2f}",
        page=one.page,
        table=table,
        row=one.row,
        column="capaian",
        candidates=tuple(round(value, 2) for value in usual),
    )
