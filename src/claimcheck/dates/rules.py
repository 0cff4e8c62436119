"""The rules of `data/time_expressions.toml`, and the cheap look that says which can match.

One pass over the text finds the words that any time expression must hold (digits, months, weekdays, units,
"yesterday" ...). Only the sentences that hold one are read, and there only the rules whose `needs` are met,
so that text without dates costs that one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import claimcheck.dates.clock_readers
import claimcheck.dates.holiday_readers
import claimcheck.dates.numeric_readers
import claimcheck.dates.offset_readers
import claimcheck.dates.quarter_readers
import claimcheck.dates.relative_readers
import claimcheck.dates.year_readers  # noqa: F401  the imports register the readers
from claimcheck.dates.clock_readers import words_of
from claimcheck.dates.readers import READERS, Groups, Reader
from claimcheck.dates.words import expand, table
from claimcheck.lexicon import alternatives, load, pattern
from claimcheck.model import Span


@dataclass(frozen=True)
class Rule:
    """A rule: what it matches, its reader, and the alternatives of word kinds that it needs."""

    id: str
    expression: str
    read: Reader
    needs: tuple[frozenset[str], ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first needs it: a letter needs few, and all take a tenth of a second."""
        return re.compile(self.expression, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match of a rule: its span (the group `keep` where the rule has one) and groups."""

    start: int
    end: int
    rule: Rule
    order: int
    groups: Groups

    def __lt__(self, other: Candidate) -> bool:
        """Leftmost first, then longest, then by the order of the rules."""
        return (self.start, -self.end, self.order) < (other.start, -other.end, other.order)


_LEAD = pattern("relative_times", "lead")  # stays outside a reference's mention


def _phrases(topic: str, want: tuple[str, ...] = ()) -> str:
    found = (w for w, row in words_of(topic).items() if not want or row["value"].startswith(want))
    words = alternatives((_LEAD.sub("", word) for word in found), r"\s{1,3}")
    return f"(?:{words})".replace("'", "['’]")


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in file order. An unknown reader is an error at once."""
    special = {
        "<HOLIDAY>": rf"(?P<holiday>(?<!\w){_phrases('holidays')})",
        "<FREQUENCY>": _phrases("time_references", ("P1", "P2", "P3", "PT")),
        "<REFERENCE>": _phrases("time_references", ("PRESENT", "PAST", "FUTURE")),
    }
    made = []
    for row in load("time_expressions"):
        expression: str = row["pattern"]
        for name, piece in special.items():
            expression = expression.replace(name, piece)
        needs = tuple(frozenset(part.split("+")) for part in row["needs"].split("|"))
        made.append(Rule(row.id, expand(expression), READERS[row["reads"]], needs))
    return tuple(made)


_WORD = re.compile(r"\d+(?:[/.:–-]\d+)*|[½¼¾]|[^\W\d_]+")
_WAYS = (
    "ago earlier later hence before after afterwards afterward previously back beforehand now today tomorrow "
    "yesterday"
)
_RELATIVE = (
    "last past next previous preceding coming upcoming following first recent this that same current present "
    "these prior latest"
)
_COUNTS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty hundred thousand"
)
_SIGNS = {  # what stands with digits, or at them: "14 BC", "Q3", "W04", "0430 GMT", "18th", "the 90s"
    "era": "bc bce ce ad c d",
    "sign": "q h",
    "week": "week",
    "week_sign": "w",
    "hours": "gmt utc hrs hours",
    "suffix": "st nd rd th",
    "plural": "s",
    "attacks": "attacks",
    "alike": "same like corresponding comparable ago earlier prior previous",
}
_LONG = "hour day night week month year decade"
_EVERYDAY = (
    "women workers rights good president presidents mother mothers father fathers guy earth ve id holy"
)
_COMMON = "new day days year years night the all st saint of s april world international human"


@cache
def _kinds_of_words() -> dict[str, tuple[str, ...]]:
    """Every word that a time expression may need -> its kinds, in lower, title and upper case."""
    kinds: dict[str, set[str]] = {}

    def put(words: Iterable[str], *names: str) -> None:
        for word in words:
            kinds.setdefault(word, set()).update(names)

    for kind in ("month", "weekday", "part", "unit", "season", "decade", "weekend"):
        names = [w for w in table(kind) if " " not in w]
        put(names + [w + "s" for w in names], "unit" if kind == "weekend" else kind)
    put(["centuries", "century"], "unit", "century")
    put(["millennia"], "unit")
    put(table("part"), "unit")
    put(["annum", "half", "workweek", *(f"{w}long" for w in _LONG.split())], "unit")
    put(["today", "tonight", "tonite", "yesterday", "tomorrow"], "point")
    put(["date", "period", "time"], "datum")
    put(["am", "pm", "m"], "meridiem")
    put(["half", "quarter"], "fraction")
    for kind, words in _SIGNS.items():
        put(words.split(), kind)
    put(["overnight"], "point")
    put(["rest", "remainder", "remaining", "balance"], "rest")
    put(["weekend"], "weekend")
    put(["noon", "midday", "midnight", "dawn", "dusk", "sunrise", "sunset", "clock"], "clock")
    put(_WAYS.split(), "way")
    put(_RELATIVE.split(), "relative")
    put(_COUNTS.split(), "count")
    put({part for word in table("ordinal") for part in re.split(r"[ -]", word)}, "ordinal")
    put(["last", "final", "opening", "closing"], "ordinal")
    put(["fiscal", "financial", "school", "academic", "fy", "cy"], "fiscal")
    for phrase, row in words_of("time_references").items():
        put([phrase.split()[-1]], "reference" if row["value"].endswith("_REF") else "frequency")
    for phrase in words_of("holidays"):
        parts = [w for w in re.split(r"[^a-z]+", phrase) if w]
        rare = [
            w
            for w in parts
            if w not in _COMMON.split() and w not in table("weekday") and w not in table("month")
        ]
        if rare and rare[0] not in _EVERYDAY.split():
            put(rare[:1], "holiday")
        else:  # "Women's Day", "new year": two everyday words that must stand in one sentence
            put((rare or parts)[:1], "feast")
            put([w for w in parts if w != "s"][-1:], "feastday")
    return {
        form: tuple(names)
        for word, names in kinds.items()
        for form in (word, word.capitalize(), word.upper())
    }


def kinds_in(text: str, sentences: Sequence[Span]) -> dict[int, set[str]]:
    """The kinds of time words in each sentence that holds any, by the sentence's index."""
    get = _kinds_of_words().get
    found: dict[int, set[str]] = {}
    i, count = 0, len(sentences)
    for hit in _WORD.finditer(text):
        word = hit.group()
        kinds = get(word)
        if kinds is None:
            if word[0].isalpha():
                continue
            kinds = _number_kinds(word)
        start = hit.start()
        while i < count and sentences[i].end <= start:
            i += 1
        if i == count:
            break
        if start < sentences[i].start:
            continue
        there = found.setdefault(i, set())
        for kind in kinds:
            there.add(kind + "2" if kind in there else kind)
    return found


@lru_cache(maxsize=4096)
def _number_kinds(word: str) -> tuple[str, ...]:
    """What digits may be: "2014" a year, "3/4" a date, "14:30" a clock."""
    kinds = {"digit"}
    if ":" in word:
        kinds.add("colon")
    if re.search(r"[/.–-]", word):
        kinds |= {"slash", "digit2"}
    if re.search(r"(?<!\d)\d{4}(?!\d)", word):
        kinds.add("year")
    if len(word) == 8 and word.isdigit():
        kinds.add("compact")
    if word == "9/11":
        kinds.add("holiday")
    return tuple(kinds)


def candidates(text: str, sentence: Span, kinds: set[str]) -> list[Candidate]:
    """Every match of every rule that the sentence's words admit: leftmost first, then longest."""
    bits = _bits()
    held = sum(bits[kind] for kind in kinds if kind in bits)
    found = [c for order, rule in _rules_for(held) for c in _matches(rule, order, text, sentence)]
    return sorted(found)


@cache
def _bits() -> dict[str, int]:
    """A bit for every kind of word that some rule needs."""
    kinds = sorted({kind for rule in rules() for need in rule.needs for kind in need})
    return {kind: 1 << i for i, kind in enumerate(kinds)}


@cache
def _needs() -> tuple[tuple[int, tuple[int, Rule]], ...]:
    """Every alternative of every rule's needs as bits, with the rule and its place in the file."""
    bits = _bits()
    return tuple(
        (sum(bits[kind] for kind in need), placed)
        for placed in enumerate(rules())
        for need in placed[1].needs
    )


@lru_cache(maxsize=2048)
def _rules_for(held: int) -> tuple[tuple[int, Rule], ...]:
    """The rules whose needs a sentence's words meet, with their place in the file."""
    return tuple({placed[0]: placed for need, placed in _needs() if need & held == need}.values())


def again(c: Candidate, text: str, start: int) -> list[Candidate]:
    """What the candidate's rule still finds inside it behind `start`."""
    return list(_matches(c.rule, c.order, text, Span(start, c.end)))


def _matches(rule: Rule, order: int, text: str, sentence: Span) -> Iterator[Candidate]:
    for m in rule.pattern.finditer(text, sentence.start, sentence.end):
        groups = {name: value for name, value in m.groupdict().items() if value is not None}
        start, end = m.span("keep") if "keep" in groups else m.span()
        while end > start and text[end - 1] in " \t\n":
            end -= 1
        yield Candidate(start, end, rule, order, groups)
