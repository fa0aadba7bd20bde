"""A printed name → the words that carry its meaning, the same for every spelling of it.

A word counts once: Alat-Alat, Rapat-Rapat, and the doubled words of a bad scan say no more."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

# What stands before a name: numbers, letters, dashes, bullets, perhaps several: "1. a) - ", "12 ".
ENUMERATOR = re.compile(
    r"^(?: *(?:[-–—•*·]+|\d{1,3}(?= +[A-Z])|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)](?= |[A-Z(]|$)))+ *",
    re.I | re.M,
)
JOINED = re.compile(r"[A-Z](?<=[a-z][A-Z])(?=[a-z])")  # KegiatanPenyediaan
KIND = ("sub", "kegiatan", "subkegiatan", "keg")  # official names do not begin with their kind
LEFTOVER = re.compile(r"\((?:l|lanjutan|lanj|dak|dau|dbhcht|apbd|apbn|murni|perubahan)\.?\)")
YEAR = re.compile(
    r"\b(?:(?:tahun anggaran|tahun|t\.?a\.?) *)?(?:19|20)\d\d(?: *[-/] *(?:20)?\d\d)?\b"
)
DIGIT = re.compile(r"\d")
THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}\b)")  # 1.000 ha
BRACKETS = re.compile(r"\([^()]*\)")
WORD = re.compile(r"[a-z0-9]+")
Variant = tuple[tuple[str, ...], tuple[str, ...]]  # words as printed, words that are meant


@lru_cache(maxsize=2**14)
def words_of(name: str) -> tuple[str, ...]:
    """The telling words of a name, in order: variants made one, words that say nothing left out.

    >>> words_of("1. Belanja ATK / Bahan Bakar Minyak (L)")
    ('belanja', 'alat', 'tulis', 'kantor', 'bahan', 'bakar', 'minyak')
    """
    return words_of_all([name])[0]


def words_of_all(names: Iterable[str]) -> list[tuple[str, ...]]:
    """`words_of` for many names at once, which is faster."""
    text = "".join(" ".join(name.split()) + "\n" for name in names)
    text = JOINED.sub(r" \g<0>", ENUMERATOR.sub("", text)).lower()
    single, several = variants()
    out = []
    for raw in LEFTOVER.sub(" ", text).splitlines():
        line = THOUSANDS.sub("", YEAR.sub(" ", raw)) if DIGIT.search(raw) else raw
        tokens = WORD.findall(line)
        while tokens and tokens[0] in KIND:
            del tokens[0]
        if single.keys().isdisjoint(tokens):
            words = tokens
        else:
            words = [word for token in tokens for word in single.get(token, (token,))]
        phrased = words if several.keys().isdisjoint(words) else _joined(words, several)
        out.append(tuple(dict.fromkeys(phrased)))
    return out


def _joined(words: list[str], several: Mapping[str, Sequence[Variant]]) -> Iterator[str]:
    """The words with every known phrase in its one form."""
    at = 0
    while at < len(words):
        for variant, meaning in several.get(words[at], ()):
            if tuple(words[at : at + len(variant)]) == variant:
                yield from meaning
                at += len(variant)
                break
        else:
            yield words[at]
            at += 1


@cache
def variants() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, Sequence[Variant]]]:
    """Variants of data/words.csv: single words, and phrases by their first word, longest first."""
    single: dict[str, tuple[str, ...]] = {}
    several: dict[str, list[Variant]] = defaultdict(list)
    for row in read_words():
        variant, meaning = tuple(row["variant"].split()), tuple(row["canonical"].split())
        if len(variant) == 1:
            single[variant[0]] = meaning
        else:
            several[variant[0]].append((variant, meaning))
    for phrases in several.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return single, several


def read_words() -> list[dict[str, str]]:
    """The rows of data/words.csv: variant, canonical (nothing where the word says nothing), why."""
    text = files(__package__).joinpath("data", "words.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
