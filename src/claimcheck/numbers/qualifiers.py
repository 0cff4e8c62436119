"""Words that turn a number into an interval ("more than", "or so"), and words that name no number ("dozens").

Tables: `data/qualifiers.toml` (before and behind a number), `data/vague_quantities.toml` ("dozens").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from claimcheck.lexicon import Row, alternatives, load, pattern, written
from claimcheck.model import Comparator, Interval, Mention, Span
from claimcheck.numbers.counted import counted_noun
from claimcheck.numbers.digits import tidy
from claimcheck.numbers.word_lists import words_of

_WORD_BEFORE = re.compile(r"([\w.'’/&-]+|[<>=~≈∼±≤≥+])[ ]{0,2}\Z")
_PLACES = frozenset({"above", "below", "around", "under", "beyond", "estimated", "some", "sub", "over"})
_ARTICLES = frozenset({"a", "an", "the"})
_LONGEST = 7
_LONGEST_WORD = 20
_NUMBER_NEXT = pattern("number_surroundings", "number next")
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A qualifier found in the text: its row, comparator and characters."""

    row: Row
    span: Span

    @property
    def comparator(self) -> Comparator:
        """How it bounds the number."""
        name: Comparator = self.row["comparator"]
        return name


@cache
def _before() -> dict[str, Row]:
    return {phrase: row for row in load("qualifiers") for phrase in row["before"]}


@cache
def _last_words() -> frozenset[str]:
    """The words that can stand right before a qualified number."""
    last = {phrase.rpartition(" ")[2] for phrase in _before()}
    return frozenset(last) | words_of("between qualifier and number")


@cache
def _last_letters() -> frozenset[str]:
    """The letters with which those words end: what ends otherwise is none of them."""
    return frozenset(re.split(r"[\W\d_]+", word)[-1] for word in _last_words())


def _may_qualify(text: str, start: int) -> bool:
    """Whether the letters right before a number can be the end of a qualifier; most are not."""
    end = start
    while end > start - 2 and text[end - 1] == " ":
        end -= 1
    begin = end
    while begin > 0 and text[begin - 1].isalpha():
        begin -= 1
        if end - begin > _LONGEST_WORD:
            return False
    return begin == end or text[begin:end].lower() in _last_letters()


@cache
def _signs() -> re.Pattern[str]:
    signs = [phrase for phrase in _before() if not phrase[0].isalpha()]
    return re.compile(rf"({alternatives(signs, '[ ]')})[ ]{{0,2}}\Z")


@cache
def _behind() -> re.Pattern[str]:
    table = alternatives((phrase for row in load("qualifiers") for phrase in row["after"]), "[ ]")
    return re.compile(rf",?[ ]?(?P<phrase>{table}){_QUALIFIES}", re.IGNORECASE)


@cache
def _after() -> dict[str, Row]:
    return {phrase: row for row in load("qualifiers") for phrase in row["after"]}


def qualifier_before(text: str, start: int) -> Qualifier | None:
    """The qualifier right before `start`, small words between left out ("more than a combined 435")."""
    if start == 0:
        return None
    low = max(0, start - 60)
    if not text[start - 1].isalpha():
        sign = _signs().search(text, max(0, start - 6), start)
        if sign is not None:
            return Qualifier(_before()[sign[1]], Span(sign.start(1), sign.end(1)))
    if not _may_qualify(text, start):
        return None
    words: list[tuple[str, int, int]] = []
    at = start
    while len(words) < _LONGEST:
        found = _WORD_BEFORE.search(text, max(low, at - 24), at)
        if found is None or (found.start() <= low and low > 0):
            break
        word = found[1].lower()
        if not words and word.rstrip("-") not in _last_words():
            return None  # most numbers are not qualified
        words.insert(0, (word, found.start(1), found.end(1)))
        at = found.start()
    for skipped in range(min(5, len(words))):
        stop = len(words) - skipped
        for first in range(stop):
            phrase = " ".join(word for word, _, _ in words[first:stop]).rstrip("-")
            row = _before().get(phrase)
            if phrase == "over" and first and words[first - 1][0] in words_of("words with over"):
                return None
            if phrase == "up to" and first and words[first - 1][0] in words_of("words with up"):
                return None
            if row is not None and (
                phrase not in _PLACES
                or not _ARTICLES & {word for word, _, _ in words[stop:]}
                or words[stop][0] == "the"
            ):
                end = words[stop - 1][2] - words[stop - 1][0].endswith("-")
                return Qualifier(row, Span(words[first][1], end))
        last = words[stop - 1][0]
        if (
            last not in words_of("between qualifier and number")
            or (last == "the" and words[stop : stop + 1] != [] and words[stop][0] != "age")
            or (last == "the" and not skipped)
        ):
            break
    return None


def qualifier_behind(text: str, end: int) -> Qualifier | None:
    """The qualifier that starts right behind `end`: "or more", "and counting", "+"."""
    if text[end : end + 1] not in (" ", "+", "-", ","):
        return None
    found = _behind().match(text, end)
    if found is None:
        return None
    phrase = found["phrase"].lower()
    if phrase.endswith(" than") and _NUMBER_NEXT.match(text, found.end()):
        return None  # "200 or greater than 190"
    if phrase in ("plus", "tops", "max", "odd", "equal to") and text[end] != "-" and phrase != "max":
        return None
    return Qualifier(_after()[phrase], Span(found.start("phrase"), found.end("phrase")))


def admitted(value: Decimal, low: str, high: str, whole: bool) -> Interval:
    """The interval that the ends `low` and `high` of a qualifier's row name around `value`.

    `whole` says that whole things are counted, so "more than 130" starts at 131.
    """
    tenth = abs(value) * TENTH
    one = Decimal(1) if whole else Decimal(0)
    ends = {
        "none": None,
        "value": value,
        "exact": value,
        "tenth below": value - tenth,
        "tenth above": value + tenth,
    }
    lower = value + one if low == "open" else ends[low]
    upper = value - one if high == "open" else ends[high]
    return Interval(None if lower is None else tidy(lower), None if upper is None else tidy(upper))


def play_of(value: Decimal, step: Decimal, scaled: bool, exact: bool) -> Decimal:
    """Half a unit of the last significant digit, at most a tenth of the number; 0 where the digits are exact.

    A scaled number (1.3 million) and a number of four digits or more that ends in zeros are rounded.
    """
    rounded = scaled or (abs(value) >= 1000 and value == value.to_integral_value() and step >= 10)
    return min(step / 2, abs(value) * TENTH) if rounded and not exact else Decimal(0)


@dataclass(frozen=True, slots=True)
class Vague:
    """A word that names no number ("dozens") and the interval it is read as."""

    span: Span
    row: Row

    @property
    def interval(self) -> Interval:
        """The interval of the table's row."""
        return Interval(Decimal(self.row["low"]), Decimal(self.row["high"]))


@cache
def _vague_rows() -> dict[str, Row]:
    return {word: row for row in load("vague_quantities") for word in row["words"]}


@cache
def _vague() -> re.Pattern[str]:
    table = alternatives(_vague_rows(), r"\s{1,2}")
    return re.compile(rf"(?<![\w-])(?:{table})(?![\w-])", re.IGNORECASE)


_ARTICLE_BEFORE = re.compile(r"(?<![\w-])a\s{1,2}\Z", re.IGNORECASE)
_QUALIFIES = written("number_surroundings", "qualifies")
_HARMED_BEHIND = pattern("number_surroundings", "harmed behind")
_HARMING = pattern("number_surroundings", "harming")
_OF_BEHIND = pattern("number_surroundings", "of behind")
_NUMBER_BEFORE = pattern("number_surroundings", "number before")
_GAME = pattern("number_surroundings", "game")


_FEW = ("a few", "a very few")
_NO_FEW = pattern("number_surroundings", "no few")


def _counts_few(text: str, match: re.Match[str]) -> bool:
    """Whether "a few" counts a plural: not "a few were left", "quite a few boats", "in a few words"."""
    if text.endswith(("quite ", "not "), 0, match.start()) or _NO_FEW.match(text, match.end()):
        return False
    return counted_noun(text, match.end()) is not None


def _vague_matches(text: str, start: int, end: int, places: Sequence[int]) -> Iterator[re.Match[str]]:
    last = start
    for place in places:
        led = _ARTICLE_BEFORE.search(text, max(last, place - 4), place)
        for begin in (place,) if led is None else (led.start(), place):
            found = _vague().match(text, begin, end) if begin >= last else None
            if found is not None:
                yield found
                last = found.end()
                break


def find_vague(text: str, start: int, end: int, places: Sequence[int]) -> list[Vague]:
    """The vague words between the offsets; `places` are the starts of words that may be one (`Scan.vague`).

    "scores", "tens" and "a couple" need their "of".
    """
    found: list[Vague] = []
    for match in _vague_matches(text, start, end, places):
        word = re.sub(r"\s+", " ", match[0].lower())
        with_of = _OF_BEHIND.match(text, match.end()) is not None
        if word == "scores" and (
            _HARMED_BEHIND.match(text, match.end())
            or _HARMING.search(text, max(0, match.start() - 14), match.start())
        ):
            with_of = True  # "scores dead", "wounding scores"
        if word in ("scores", "tens", "a couple", "a handful") and not with_of:
            continue
        if word == "scores" and _GAME.search(text, max(0, match.start() - 8), match.start()):
            continue
        if _NUMBER_BEFORE.search(text, max(0, match.start() - 8), match.start()):
            continue
        if word in _FEW and not _counts_few(text, match):
            continue
        found.append(Vague(Span(match.start(), match.end()), _vague_rows()[word]))
    return found


def coded_minimum(mention: Mention) -> Decimal | None:
    """The minimum that conflict coding takes for a vague word (hundreds 100), None for all other mentions."""
    name = mention.rule.removeprefix("vague.")
    row = next((row for row in load("vague_quantities") if row.id == name), None)
    minimum = None if row is None or name == mention.rule else row.get("minimum")
    return None if minimum is None else Decimal(minimum)
