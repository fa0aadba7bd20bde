"""How near a printed name comes to the index's names, word by word.

Not by the letters of the whole: "Belanja Modal Pengadaan Printer" and
"… Scanner" share nine letters in ten and mean two things. A word counts by how
telling it is (inverse document frequency over the index's names), and what
either side leaves over counts against the pair, so that a short parent does not
swallow its children. Letters count only in reading a word that the chart does
not know: "Pengandan" may be Penggandaan or Pengadaan, and the rest of the name
decides which.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from lkjip.normalize.accounts.chart import MANY, Index, head_place

UNKNOWN = 0.85  # weight of a word that no official name has: as one of about three names
LEFT_OVER = 0.8  # extra and missing together; a name that leaves over more is no candidate
KEEP = 24  # names compared in full
REMEMBERED = 50_000  # words whose readings are kept
OPPOSITES = (
    frozenset({"dalam", "luar"}),
    frozenset({"negeri", "swasta"}),
    frozenset({"darat", "laut", "udara"}),
    frozenset({"pria", "wanita"}),
    frozenset({"ringan", "sedang", "berat"}),
)
NEGATIONS = frozenset({"tidak", "non", "bukan", "tanpa"})
SUFFIXES = ("nya", "kan", "an", "i")
SHORTEST_ROOT = 5
SHORTEST_PART = 4  # letters of a word found inside a longer one
SMALL_PIECE = 3  # letters of a piece that a bad space broke off a word
LINKS = frozenset({"dan", "di", "ke", "dari", "pada", "untuk", "yang", "serta", "atau"})
SAME_ROOT = 0.9  # pengelola for pengelolaan
ONE_SLIP = 0.15  # taken off for one wrong letter in a word of six; less in a longer one


class Likeness(NamedTuple):
    """What a printed name and an official one leave over, as shares of their weight (0 to 1)."""

    name: int  # place in the index's names
    extra: float  # printed, not official
    missing: float  # official, not printed
    turned: int = 0  # words that say what is done: printed ones left over, the official first one
    blunt: bool = False  # the most telling official word is not printed


def likenesses(index: Index, words: Sequence[str]) -> list[Likeness]:
    """The index's names that come nearest to these words, nearest first."""
    read = [spellings(index, word) for word in mended(index, words)]
    found = [compare(index, read, name) for name in _candidates(index, read)]
    return sorted(found, key=lambda like: (like.extra + like.missing, like.name))


def compare(index: Index, read: Sequence[Mapping[str, float]], name: int) -> Likeness:
    """Set the readings of the printed words against one official name."""
    official = index.names[name]
    left = {word: index.weight[word] for word in official}
    printed = extra = slipped = 0.0
    over: list[Mapping[str, float]] = []
    for options in read:
        shared = sorted(options.keys() & left)
        best = max(shared, key=lambda word: options[word] * left[word], default="")
        if best:
            weight = left.pop(best)
            slipped += weight * (1 - options[best])  # a slip counts once, as missing
        else:
            weight = max((index.weight[word] for word in options), default=UNKNOWN)
            extra += weight
            over.append(options)
        printed += weight
    if _contrary(index, over, left):
        return Likeness(name, 1.0, 1.0, 2)
    missing = slipped + sum(left.values())
    heads = sum(options is _head(read) or _surely(options) in index.heads for options in over)
    turned = heads + (official[head_place(official)] in left)
    blunt = bool(left) and max(official, key=index.weight.__getitem__) in left
    return Likeness(name, extra / (printed or 1), missing / (index.whole[name] or 1), turned, blunt)


def _head(read: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """The readings of the printed word that says what is done."""
    lead = read[0].keys() & {"program", "belanja"} and len(read) > 1
    return read[1 if lead else 0]


def _contrary(index: Index, over: Sequence[Mapping[str, float]], left: Mapping[str, float]) -> bool:
    """Whether what the two names leave over makes them opposites, or two things to be done."""
    if not over and NEGATIONS.isdisjoint(left):
        return False
    printed = {word for options in over for word in options}
    if NEGATIONS & printed or NEGATIONS & left.keys():
        return True
    if index.heads & left.keys() and any(_surely(options) in index.heads for options in over):
        return True
    return any(words & printed and words & left.keys() for words in OPPOSITES)


def _surely(options: Mapping[str, float]) -> str:
    """The word as printed, where the index knows it."""
    return next((word for word, sure in options.items() if sure == 1), "")


def _candidates(index: Index, read: Sequence[Mapping[str, float]]) -> list[int]:
    """Names that share the most telling words. Common words only tell candidates apart."""
    shared: dict[int, float] = defaultdict(float)
    common = []
    for options in read:
        for word in options:
            postings, gain = index.postings[word], index.weight[word]
            if len(postings) > MANY:
                common.append((postings, gain))
                continue
            for name in postings:
                shared[name] += gain
    if shared:
        shared.update({name: 0.0 for name in index.common if name not in shared})
    for postings, gain in common:
        for name in shared.keys() & postings if shared else postings:
            shared[name] += gain
    weight, whole = index.weight, index.whole
    printed = sum(min(map(weight.__getitem__, options), default=UNKNOWN) for options in read)
    # a slip counts nothing here, so that no name is left out that `compare` would keep
    near = [n for n, same in shared.items() if same / printed + same / whole[n] >= 2 - LEFT_OVER]
    return heapq.nsmallest(KEEP, near, key=lambda n: (whole[n] - 2 * shared[n], n))


def mended(index: Index, words: Sequence[str]) -> list[str]:
    """Words that a bad space broke or joined, put right where the index knows the result."""
    known = index.weight
    out: list[str] = []
    for word in words:
        if out and (word not in known or out[-1] not in known) and _broken(index, out[-1], word):
            out[-1] += word
        elif word not in known and (parts := _parted(index, word)):
            out += parts
        else:
            out.append(word)
    return out


def _broken(index: Index, left: str, right: str) -> bool:
    """Whether two pieces are one word: a known one, or for a small piece one that is nearly so."""
    whole = left + right
    if whole in index.weight:
        return True
    if min(len(left), len(right)) > SMALL_PIECE or {left, right} & index.weight.keys():
        return False
    return bool(spellings(index, whole))


def _parted(index: Index, word: str) -> list[str]:
    """The known words that a word without spaces is made of, if it is; the longest first wins."""
    if len(word) < 2 * SHORTEST_PART:
        return []
    # best[end]: the fewest words that make up word[:end], as (how many, last word's start)
    best: dict[int, tuple[int, int]] = {0: (0, 0)}
    for end in range(2, len(word) + 1):
        ways = [
            (best[start][0] + 1, start)
            for start in range(end - 1)
            if start in best and _is_part(index, word[start:end])
        ]
        if ways:
            best[end] = min(ways)
    parts: list[str] = []
    end = len(word) if len(word) in best else 0
    while end:
        start = best[end][1]
        parts.insert(0, word[start:end])
        end = start
    return [part for part in parts if part in index.weight]


def _is_part(index: Index, piece: str) -> bool:
    return piece in LINKS or (len(piece) >= SHORTEST_PART and piece in index.weight)


def spellings(index: Index, word: str) -> Mapping[str, float]:
    """The index's words that this printed word may be, each with how sure (0 to 1)."""
    if len(index.spelled) > REMEMBERED:
        index.spelled.clear()
    if word not in index.spelled:
        index.spelled[word] = _same_root(index, word) or _near(index, word)
    return index.spelled[word]


def _same_root(index: Index, word: str) -> Mapping[str, float]:
    options = {word: 1.0} if word in index.weight else {}
    root = _root(word)
    if len(root) >= SHORTEST_ROOT:
        for variant in (root, *(root + suffix for suffix in SUFFIXES)):
            if variant in index.weight:
                options.setdefault(variant, SAME_ROOT)
    return options


def _near(index: Index, word: str) -> Mapping[str, float]:
    if len(word) < 4 or word.isdigit():
        return {}
    slips = 1 if len(word) < 7 else 2 if len(word) < 9 else 3
    near = process.extract(
        word, index.weight.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None
    )
    return {found: 1 - ONE_SLIP * slip * 6 / max(len(word), 6) for found, slip, _ in near}


def _root(word: str) -> str:
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_ROOT:
            return word[: -len(suffix)]
    return word
