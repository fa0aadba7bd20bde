"""An amount in words ("dua milyar enam ratus tujuh puluh satu juta …") to its number.

Print breaks words ("sembi lan"), glues them ("enamratus") and misspells them
("delapam"). So the letters alone are read, as the cheapest chain of number words
that covers them all; a chain must be good Indonesian grammar, and two chains of the
same cost with different numbers are a doubt, which is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

UNITS = {
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
}
SCALES = {"ribu": 10**3, "juta": 10**6, "milyar": 10**9, "triliun": 10**12, "biliun": 10**15}
OTHER = ("nol", "se", "belas", "puluh", "ratus", "rupiah", "koma")

# Spellings met in print beside the ones above; each stands for one word.
SPELLINGS = {
    "miliar": "milyar",
    "milliar": "milyar",
    "millyar": "milyar",
    "milyard": "milyar",
    "miliard": "milyar",
    "triliyun": "triliun",
    "trilyun": "triliun",
    "trilliun": "triliun",
    "triliyon": "triliun",
    "bilyun": "biliun",
    "kuadriliun": "biliun",
    "esa": "satu",
    "duwa": "dua",
    "lapan": "delapan",
    "tuju": "tujuh",
    "rts": "ratus",
    "rb": "ribu",
    "jt": "juta",
    "rp": "rupiah",
    "rph": "rupiah",
    "kosong": "nol",
}
# Written as one, and short enough at the front to lose a letter ("sratus").
COMPOUNDS = ("sepuluh", "sebelas", "seratus", "seribu", "sejuta", "semilyar", "semiliar")
LEXICON: dict[str, tuple[str, ...]] = {
    **{word: (word,) for word in (*UNITS, *SCALES, *OTHER)},
    **{spelling: (word,) for spelling, word in SPELLINGS.items()},
    **{word: ("se", SPELLINGS.get(word[2:], word[2:])) for word in COMPOUNDS},
}

MISTAKES = 2  # wrong letters in one amount; each must be a third or less of its word
MOST_CHAINS = 200  # at one place of the text; real amounts have three at most
_SHORTEST_FUZZY = 4  # shorter words (dua, se) have too many neighbours to forgive a letter
_LETTERS = re.compile(r"[^\W\d_]+")
_SMALL_SCALES = ("ratus", "puluh", "belas")


@dataclass(frozen=True, slots=True)
class WordSpan:
    """An amount in words inside a text: text[start:end], and its value if it has one."""

    start: int
    end: int
    value: int | None


def parse_words(text: str) -> int | None:
    """The number that an Indonesian amount in words names, or None where it is in doubt.

    Case, spaces, hyphens, "rupiah" and a closing "koma nol nol" do not matter.
    """
    letters = "".join(_LETTERS.findall(text)).casefold()
    if not letters or len(letters) > 250:
        return None
    by_cost: dict[int, set[int]] = {}
    for cost, words in _chains(letters):
        value = _value(words)
        if value is not None:
            by_cost.setdefault(cost, set()).add(value)
    if not by_cost:
        return None
    best = by_cost[min(by_cost)]
    return best.pop() if len(best) == 1 else None


def find_words(text: str) -> Iterator[WordSpan]:
    """Every amount in words in a running text: two number words or more, one a scale.

    A span whose number is in doubt is yielded with value None.
    """
    tokens = list(_LETTERS.finditer(text))
    position = 0
    while position < len(tokens):
        if not _starts_number(text, tokens, position):
            position += 1
            continue
        last, value = _longest(tokens, position, _run_end(text, tokens, position))
        span = text[tokens[position].start() : tokens[last].end()]
        if last > position and _has_scale(span):
            yield WordSpan(tokens[position].start(), tokens[last].end(), value)
        position = last + 1


def _starts_number(text: str, tokens: list[re.Match[str]], at: int) -> bool:
    """Whether a number word starts here, whole or broken over two tokens."""
    if _is_number_word(tokens[at].group()):
        return True
    return (
        at + 1 < len(tokens)
        and not _is_break(text, tokens, at + 1)
        and _is_number_word(tokens[at].group() + tokens[at + 1].group())
    )


def _is_break(text: str, tokens: list[re.Match[str]], at: int) -> bool:
    """Whether anything but space or a hyphen stands before the token."""
    return bool(text[tokens[at - 1].end() : tokens[at].start()].strip(" \t\n\r-–"))


def _run_end(text: str, tokens: list[re.Match[str]], first: int) -> int:
    """Where a run of number words ends: three strange words in a row, or a mark."""
    end = first + 1
    for i in range(first + 1, len(tokens)):
        if _is_break(text, tokens, i) or i - end > 2:
            break
        if _is_number_word(tokens[i].group()):
            end = i + 1
    goes_on = end < len(tokens) and not _is_break(text, tokens, end)
    return end + 1 if goes_on else end


def _longest(tokens: list[re.Match[str]], first: int, end: int) -> tuple[int, int | None]:
    """The last token of the longest readable amount in tokens[first:end], and its value."""
    for last in range(end - 1, first, -1):
        value = parse_words("".join(token.group() for token in tokens[first : last + 1]))
        if value is not None:
            return last, value
    sure = [i for i in range(first, end) if _is_number_word(tokens[i].group())]
    return (sure[-1] if sure else first), None


@lru_cache(maxsize=4096)
def _is_number_word(token: str) -> bool:
    letters = token.casefold()
    if letters in LEXICON:
        return letters not in ("se", "rp", "koma")
    return len(letters) >= _SHORTEST_FUZZY and any(cost <= 1 for cost, _ in _chains(letters))


def _has_scale(text: str) -> bool:
    letters = "".join(_LETTERS.findall(text)).casefold()
    return any(scale in letters for scale in (*SCALES, *_SMALL_SCALES)) or any(
        word in SCALES or word in _SMALL_SCALES for _, words in _chains(letters) for word in words
    )


def _chains(letters: str) -> list[tuple[int, tuple[str, ...]]]:
    """Chains of number words that cover all letters, with the number of wrong letters.

    Exact chains are tried alone first: forgiving a letter where none is wrong only
    makes doubts.
    """
    for allowed in range(MISTAKES + 1):
        found = _covering(letters, allowed)
        if any(_value(words) is not None for _, words in found):
            return found
    return []


def _covering(letters: str, allowed: int) -> list[tuple[int, tuple[str, ...]]]:
    """Chains with at most `allowed` wrong letters, never in two words that adjoin: what is
    wrong on both sides of a seam may as well be a lost word ("puluh ua ribu")."""
    size = len(letters)
    partial: list[list[tuple[int, bool, tuple[str, ...]]]] = [[] for _ in range(size + 1)]
    partial[0] = [(0, False, ())]
    for at in range(size):
        if not partial[at]:
            continue
        for length, cost, added in _words_at(letters[at : at + 12], allowed):
            target = partial[at + length]
            for spent, was_wrong, words in partial[at]:
                chain = (spent + cost, cost > 0, (*words, *added))
                fits = spent + cost <= allowed and not (was_wrong and cost)
                fits = fits and len(target) < MOST_CHAINS and _may_follow(words, added[0])
                if fits and chain not in target:
                    target.append(chain)
    return [(cost, words) for cost, _, words in partial[size]]


@lru_cache(maxsize=65536)
def _words_at(letters: str, allowed: int) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """(letters used, wrong letters, words) for every number word that may start here."""
    found: dict[tuple[int, tuple[str, ...]], int] = {}
    for spelling, words in LEXICON.items():
        if letters.startswith(spelling):
            found[len(spelling), words] = 0
        if not allowed or len(spelling) < _SHORTEST_FUZZY:
            continue
        forgiven = min(allowed, 2 if len(spelling) >= 7 and len(words) == 1 else 1)
        for length in range(len(spelling) - 1, len(spelling) + 2):
            if length > len(letters):
                break
            cost = _distance(spelling, letters[:length], forgiven)
            if cost is not None and cost < found.get((length, words), 9):
                found[length, words] = cost
    return tuple((length, cost, words) for (length, words), cost in found.items())


def _distance(word: str, letters: str, most: int) -> int | None:
    """Wrong, missing, surplus or swapped letters, or None above `most`."""
    rows = [list(range(len(letters) + 1))]
    for i, a in enumerate(word, start=1):
        row = [i]
        for j, b in enumerate(letters, start=1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == letters[j - 2] and word[i - 2] == b:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
        rows.append(row)
    return rows[-1][-1] if rows[-1][-1] <= most else None


def _may_follow(words: tuple[str, ...], word: str) -> bool:
    """Cheap pruning of chains that no grammar would accept."""
    last = words[-1] if words else ""
    if word in UNITS:
        return last not in UNITS and last not in ("se", "belas", "rupiah", "nol")
    if last == "se":
        return word in _SMALL_SCALES or word in SCALES
    if word in _SMALL_SCALES:
        return last in UNITS
    return True


def _value(words: tuple[str, ...]) -> int | None:
    """The number of a grammatical chain of words: scales fall, each with 1 to 999 before it."""
    words = _without_tail(words)
    if words == ("nol",):
        return 0
    total, group, lowest = 0, list[str](), 10**18
    for word in words:
        if word not in SCALES:
            group.append(word)
            continue
        scale = SCALES[word]
        amount = 1 if group == ["se"] else _group_value(group)
        if not amount or scale >= lowest:
            return None
        total, group, lowest = total + amount * scale, [], scale
    rest = _group_value(group) if group else 0
    return None if rest is None or not words else total + rest


def _without_tail(words: tuple[str, ...]) -> tuple[str, ...]:
    while words and words[-1] == "rupiah":
        words = words[:-1]
    if "koma" in words:
        at = words.index("koma")
        if set(words[at + 1 :]) <= {"nol"}:
            return _without_tail(words[:at])
    return words


def _group_value(words: list[str]) -> int | None:
    """1 to 999 from [unit ratus] [unit puluh | unit belas] [unit]."""
    value, rest = 0, [1 if word == "se" else UNITS.get(word, word) for word in words]
    if len(rest) > 1 and rest[1] == "ratus":
        value, rest = 100 * int(rest[0]), rest[2:]
    if len(rest) > 1 and rest[1] == "belas":
        return value + 10 + int(rest[0]) if len(rest) == 2 else None
    if len(rest) > 1 and rest[1] == "puluh":
        value, rest = value + 10 * int(rest[0]), rest[2:]
    if len(rest) == 1 and isinstance(rest[0], int) and words[-1] != "se":
        value, rest = value + rest[0], []
    return value if value and not rest else None
