"""Names of gazetteers and tables: one spelling for them, finding them in text, and what places stand for."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from claimcheck import lexicon
from claimcheck.lexicon import pattern

# ----------------------------------------------------------------------------------------------------
# One spelling for matching names: what two spellings of a name share, whoever wrote them.

_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe",  # no decomposition
        "ى": "ي", "ة": "ه", "ـ": None,  # Arabic final forms that writers exchange; tatweel only stretches
        "&": " and ",
    }
)  # fmt: skip
_SILENT = re.compile(r"['’‘‛`´ʹʻʼʽʾʿˈ′＇.]")  # apostrophes, ayn and hamza signs, the dots of U.N.
_BETWEEN = re.compile(r"[\W_]+")
_ARTICLE = pattern("written_tables", "article")


@lru_cache(maxsize=1 << 13)
def folded(name: str) -> str:
    """The name for matching: casefolded, without diacritics, tatweel, harakat and apostrophes.

    Hyphens and other punctuation become one space, a leading "the" or "al-" goes: "Al-Ḩirāk" is
    "hirak", "Dūmā" is "duma", "U.N." is "un". Folding twice changes nothing. Other transliterations
    ("Duma" for "Douma") are aliases in the tables, not folding. A name of signs alone folds to "".
    """
    if name.isascii():  # as nearly all words are: nothing to take apart
        kept = name.lower()
        if kept.isalpha():
            return kept
    else:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        kept = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    spaced = _BETWEEN.sub(" ", _SILENT.sub("", kept.translate(_LETTERS))).strip()
    return _ARTICLE.sub("", spaced, count=1) if _ARTICLE.match(spaced) else spaced


def head_noun(phrase: str) -> str:
    """The noun of what is counted: "round" of "round of talks", "attack" of "gas attack"."""
    return phrase.split(" of ", 1)[0].split()[-1].lower() if phrase.split() else ""


# ----------------------------------------------------------------------------------------------------
# Finding the names of gazetteers and tables in text: places and organisations.
#
# Names are matched word by word on their folded spelling, the longest first, so that "Syria Civil Defence"
# is no "Syria". The first word must be written with a capital (or in a script without capitals), and a name
# in capitals only in capitals. After a preposition of place, a second spelling by sound is tried: "Khan
# Sheikhoun" finds "Khan Shaykhun" where only one name sounds like it.

Entity = Literal["place", "organisation"]

WORD = re.compile(r"[^\W_]+(?:['’‘ʼʿʾ`´][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_CAMEL = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])|\d+")
_SOUNDS = (
    (re.compile(r"[eiy]+[aeiy]?(?=[^aeiouy]|$)|a[iy]"), "i"), (re.compile(r"[ouw]+"), "u"),
    (re.compile(r"a+"), "a"), (re.compile(r"q|ck"), "k"), (re.compile(r"dh"), "d"),
    (re.compile(r"([^aeiou])\1+"), r"\1"), (re.compile(r"h\b"), ""),
)  # fmt: skip
_SHORT = {"st": "saint", "mt": "mount", "ft": "fort"}
SHORTEST_BY_SOUND = 5
LONGEST_NAME = 12
"""Names of more words than this are matched by their first words' comma parts only."""
_WINDOW = 2 * LONGEST_NAME  # words as they are written, of which some say nothing


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a text, and the keys of the rows that bear it; several: ambiguous. `part_of`: the keys
    of the place of which the text means a part ("southern Tarn")."""

    start: int
    end: int
    text: str
    keys: frozenset[str]
    entity: Entity
    part_of: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 12)
def sounded(name: str) -> str:
    """A folded name by its sound: vowels and usual transliterations of one sound made one."""
    for sound, letter in _SOUNDS:
        name = sound.sub(letter, name)
    return name


_REMEMBERED = 4096
"""Stretches of text whose names are kept: several ask for them one after the other."""


class NameIndex:
    """Names to keys, for scanning text. Built once, read by every claim."""

    def __init__(self, names: Iterable[tuple[str, str, Entity]]) -> None:
        """`names`: (name as the table writes it, key of its row, what it names)."""
        self._by_first: dict[str, dict[tuple[str, ...], dict[str, Entity]]] = defaultdict(dict)
        self._by_sound: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        self._capitals: set[tuple[str, ...]] = set()
        lengths: dict[str, set[int]] = defaultdict(set)
        sounds: dict[str, set[int]] = defaultdict(set)
        for name, key, entity in names:
            words = _words(name)
            if not words or len(words) > LONGEST_NAME or (len(words) == 1 and len(words[0]) < 2):
                continue
            self._by_first[words[0]].setdefault(words, {})[key] = entity
            lengths[words[0]].add(len(words))
            if name.isupper() and len(words) == 1 and name.isascii():
                self._capitals.add(words)
            else:
                self._capitals.discard(words)
            if sum(map(len, words)) >= SHORTEST_BY_SOUND:
                self._by_sound[tuple(map(sounded, words))].add(words)
                sounds[sounded(words[0])].add(len(words))
        self._remembered: dict[tuple[str, int, int], list[Named]] = {}
        self._longest = {first: max(found) for first, found in lengths.items()}
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._opens = lru_cache(maxsize=1 << 14)(self._may_open)
        self._sound_lengths = {first: sorted(found, reverse=True) for first, found in sounds.items()}

    def find(self, text: str, start: int, end: int) -> list[Named]:
        """The names between two characters of a text, in order, none inside another."""
        if not self._by_first:
            return []
        key = (text, start, end)
        if key not in self._remembered:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._find(text, start, end)
        return list(self._remembered[key])

    def _find(self, text: str, start: int, end: int) -> list[Named]:
        written = list(WORD.finditer(text, start, end))
        if text.find("#", start, end) >= 0:
            written = [part for word in written for part in _in_hashtag(text, word)]
        opens = self._opens
        out: list[Named] = []
        behind = start  # the last name
        for i in [i for i, word in enumerate(written) if opens(word[0])]:
            if written[i].start() < behind:
                continue
            found = self._at(text, self._words_from(written, i))
            if found is not None:
                out.append(found)
                behind = found.end
        return out

    def _words_from(self, written: list[re.Match[str]], first: int) -> list[tuple[int, int, str]]:
        """The words from one on that may make up a name, those that say nothing left out: as many as the
        longest name has that begins so, or sounds so."""
        opens = _plain(written[first][0])
        sounding = self._sound_lengths.get(sounded(opens), (0,))
        longest = max(self._longest.get(opens, 0), sounding[0])
        out: list[tuple[int, int, str]] = []
        for word in written[first : first + _WINDOW]:
            if plain := _plain(word[0]):
                out.append((word.start(), word.end(), plain))
                if len(out) >= longest:
                    break
        return out

    def _may_open(self, word: str) -> bool:
        """Whether a name begins with this word, or with one of its sound where it has a capital."""
        first = _plain(word)
        if not first:
            return False
        return first in self._by_first or (not word[0].islower() and sounded(first) in self._sound_lengths)

    def lookup(self, name: str) -> frozenset[str]:
        """The keys of a whole name, empty where there is none."""
        words = _words(name)
        if not words:
            return frozenset()
        return frozenset(self._by_first.get(words[0], {}).get(words, ()))

    def places(self, name: str) -> frozenset[str]:
        """The keys of the places of a whole name."""
        words = _words(name)
        bearers = self._by_first.get(words[0], {}).get(words, {}) if words else {}
        return frozenset(key for key, entity in bearers.items() if entity == "place")

    def _at(self, text: str, words: list[tuple[int, int, str]]) -> Named | None:
        """The longest name that these words begin with."""
        begin, _, first = words[0]
        bearers = self._by_first.get(first)
        for length in self._lengths.get(first, ()) if bearers else ():
            here = words[:length]
            window = tuple(w for _, _, w in here)
            if bearers and len(here) == length and window in bearers and not _lower(text, here):
                stop = words[length - 1][1]
                if self._written_so(window, text[begin:stop]):
                    return _named(text, begin, stop, bearers[window])
        return None if text[begin].islower() else self._by_ear(text, words)

    def _by_ear(self, text: str, words: list[tuple[int, int, str]]) -> Named | None:
        """A name that sounds like the words here, behind a preposition of place."""
        begin = words[0][0]
        lengths = self._sound_lengths.get(sounded(words[0][2]))
        if not lengths or not pattern("named_places", "locative").search(text, max(0, begin - 16), begin):
            return None
        for length in lengths:
            window = tuple(w for _, _, w in words[:length])
            if len(window) == length and sum(map(len, window)) >= SHORTEST_BY_SOUND:
                alike = self._alike(window)
                if alike is not None:
                    stop = words[length - 1][1]
                    return _named(text, begin, stop, self._by_first[alike[0]][alike])
        return None

    def _written_so(self, words: tuple[str, ...], written: str) -> bool:
        return words not in self._capitals or _POSSESSIVE.sub("", written).isupper()

    def _alike(self, words: tuple[str, ...]) -> tuple[str, ...] | None:
        """The one name that sounds like these words, None where there is none or several."""
        if words in self._by_first.get(words[0], {}):
            return None
        same = self._by_sound.get(tuple(map(sounded, words)), set())
        if not same:
            return None
        bearers = {frozenset(self._by_first[s[0]][s]) for s in same}
        return min(same) if len(bearers) == 1 else None


def _in_hashtag(text: str, word: re.Match[str]) -> list[re.Match[str]]:
    """The words that a hashtag writes as one: "#EasternGhouta"."""
    start, end = word.span()
    if not start or text[start - 1] != "#":
        return [word]
    return list(_CAMEL.finditer(text, start, end)) or [word]


def _lower(text: str, words: list[tuple[int, int, str]]) -> bool:
    """Whether all words are written small: "eastern Ghouta" is a name, "eastern" is none."""
    if not text[words[0][0]].islower():  # as of nearly all names
        return False
    return all(text[start].islower() for start, _, _ in words)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name as those of a text are found: "Seamen's Union" without what says whose it is."""
    if "'" in name or "’" in name:
        name = " ".join(_POSSESSIVE.sub("", word) for word in name.split())
    return tuple(_SHORT.get(word, word) for word in folded(name).split())


@lru_cache(maxsize=1 << 13)
def _plain(word: str) -> str:
    plain = folded(_POSSESSIVE.sub("", word))
    return _SHORT.get(plain, plain)


def _named(text: str, start: int, end: int, bearers: Mapping[str, Entity]) -> Named:
    kinds = set(bearers.values())
    entity: Entity = "place" if "place" in kinds else "organisation"
    keys = frozenset(key for key, kind in bearers.items() if kind == entity)
    return Named(start, end, text[start:end], keys, entity)


# ----------------------------------------------------------------------------------------------------
# What places of tables are called, and their keys.


def key_of(package: str, key: str) -> str:
    """A key across packages: two packages may use the same ids."""
    return f"{package}|{key}"


def other_names(name: str) -> frozenset[str]:
    """The other names of the state that a name is one of, as data/place_names.toml has them."""
    return _groups().get(folded(name), frozenset()) - {name}


@cache
def _groups() -> dict[str, frozenset[str]]:
    rows = [frozenset(row["names"]) for row in lexicon.load("place_names")]
    return {folded(name): names for names in rows for name in names}
