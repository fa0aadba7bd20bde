"""Whether a line starts a row or goes on in the one above, where no rule tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lkjip.extract.general.strips import Strip

FULL = 0.5  # line heights by which a word may seem to fit, and did not
NEARER = 0.22  # line heights by which a line stands nearer to one neighbour than to the other
SHORT = 4  # letters: a shorter text was not wrapped
JOINING = ("and", "or", "of", "the", "to", "for", "in", "with", "a", "by", "et", "de", "und", "dan")


@dataclass(frozen=True, slots=True)
class Body:
    """What a table's lines have in common."""

    numeric: Sequence[bool]  # columns of figures
    rooms: Sequence[float]  # right end of what each column holds
    height: float  # of a line
    limit: float  # white between two lines from which they are two rows, or infinite


def starts_row(
    row: Sequence[Strip],
    strip: Strip,
    following: Strip | None,
    white: tuple[float, float | None],
    body: Body,
) -> bool:
    """Whether a line starts a row below `row`; `white` is that above and below it."""
    if white[0] > body.limit and not _wraps_far(row, strip, white[0], body):
        return True
    if not any(body.numeric):
        return _starts_words(row, strip, body)
    if following is not None and _heads(row, strip, following, body):
        return True
    return _starts_figures(row, strip, white, body)


def _wraps_far(row: Sequence[Strip], strip: Strip, white: float, body: Body) -> bool:
    """Whether a name goes on in small letters over white that parts rows elsewhere."""
    clash = strip.figures(body.numeric) & _had(row, body)
    return strip.is_small(0) and white < body.height and not clash


def _starts_figures(
    row: Sequence[Strip], strip: Strip, white: tuple[float, float | None], body: Body
) -> bool:
    """In a table of figures: a second figure starts a row, a name alone may go on."""
    above, below = white
    near = NEARER * body.height
    figures, had = strip.figures(body.numeric), _had(row, body)
    if figures and had:
        return True
    if 0 not in strip.columns:  # figures below their name, or words of other columns that go on
        return False
    wraps = _wraps(row, strip, 0, body)
    if not figures and below is not None and above < below - near:
        return not wraps and _stands_out(row, strip)
    if not figures and below is not None and above > below + near:
        return True
    return not wraps


def _had(row: Sequence[Strip], body: Body) -> set[int]:
    """The columns in which a row has figures."""
    return {column for line in row for column in line.figures(body.numeric)}


def _heads(row: Sequence[Strip], strip: Strip, following: Strip, body: Body) -> bool:
    """Whether a line of a name alone is the start of the name that has its figures below."""
    return (
        set(strip.columns) == {0}
        and not strip.is_small(0)
        and bool(_had(row, body))
        and bool(following.figures(body.numeric))
        and following.is_small(0)
    )


def _starts_words(row: Sequence[Strip], strip: Strip, body: Body) -> bool:
    """In a table of words: a line that fills as many columns, with capitals, starts a row."""
    wrapped = [_wraps(row, strip, column, body) for column in strip.columns]
    capital = any(texts[0].string[:1].isupper() for texts in strip.columns.values())
    if body.limit < np.inf:  # white parts the rows elsewhere
        width = len({column for line in row for column in line.columns})
        return len(strip.columns) >= width and capital and not any(wrapped)
    if len(strip.columns) >= len(row[0].columns) and 0 in strip.columns and capital:
        return not (all(wrapped) and any(_goes_on(row, strip, c) for c in strip.columns))
    return not all(wrapped)


def _wraps(row: Sequence[Strip], strip: Strip, column: int, body: Body) -> bool:
    """Whether a column's text goes on from the line above: its next word had no room there."""
    above = row[-1].columns.get(column)
    if not above or (column == 0 and _stands_out(row, strip)):
        return False
    if _goes_on(row, strip, column):
        return True
    last, first = above[-1], strip.columns[column][0]
    if last.string.endswith(":") or len(last.string) < SHORT:
        return False
    word = first.string.split()[0]
    need = first.width * len(word) / len(first.string) + 0.25 * body.height
    return last.x1 + need > body.rooms[column] + FULL * body.height


def _goes_on(row: Sequence[Strip], strip: Strip, column: int) -> bool:
    """Whether a text plainly goes on: in small letters, or after a hyphen or a small word."""
    above = row[-1].columns.get(column)
    if not above:
        return False
    end = above[-1].string
    return (
        strip.is_small(column)
        or end.endswith(("-", ",", "/", "&"))
        or end.split()[-1].lower() in JOINING
    )


def _stands_out(row: Sequence[Strip], strip: Strip) -> bool:
    """Whether a name is bold and the one above is not, or the other way round."""
    bold = [t.bold for t in strip.columns.get(0, ())]
    above = [t.bold for t in row[-1].columns.get(0, ())]
    return bool(bold and above) and all(bold) != all(above)
