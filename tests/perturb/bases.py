"""The statements that are changed: each with its sentence parsed, and what its package holds besides."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from claimcheck.evaluation import Known
from claimcheck.frames.words import stems
from claimcheck.linking.concepts import concepts, frame_phrases
from claimcheck.model import ReferenceRow
from claimcheck.reference.cases import CASES, Case, Expectation, read_cases
from claimcheck.reference.loading import load
from claimcheck.reference.schema import Measure
from tests.perturb.fillers import TIMES, english, listed, words
from tests.ratchet import known

UNITS = frozenset(words("units"))
SET_OBJECTS = frozenset(words("set_objects"))
TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


TURNED: dict[str, str] = listed("turned")
"""Words that compare, each with the one that says the contrary."""


def means(text: str) -> frozenset[str]:
    """All that the words of a text stand for."""
    return concepts(stems(text))


class Table:
    """What a package's rows say, for changes that must not hit another row."""

    def __init__(self, folder: Path) -> None:
        package = load(folder)
        self.known = Known([package])
        self.vocabulary = package.vocabulary
        self.forms: dict[str, dict[str, str]] = {}  # of a tag: lemma and the form that its sentences have
        self.rows = [row for row in package.rows if row.kind != "gazetteer"]
        self._entries = {f"{row.table}:{row.row_id}": row for row in package.gazetteer}

    def lacks(self, words: Iterable[str]) -> tuple[str, ...]:
        """Those of the words that neither the package knows nor a word of its measures and tables means in
        English: "flames" are its wildfires, "reporters" its journalists, and "homicides" kill."""
        return tuple(word for word in self.known.lacks(words) if means(word).isdisjoint(self._meant))

    @cached_property
    def _meant(self) -> frozenset[str]:
        noted = [words for m in self.vocabulary for words in (m.name, *m.words)]
        noted += {row.label for row in self.rows if row.label}
        return self.events.union(*map(means, noted))

    @cached_property
    def events(self) -> frozenset[str]:
        """What the names of its tables mean in English."""
        names = {row.table.replace("_", " ").replace("-", " ") for row in self.rows}
        return frozenset(concept for name in names for concept in means(name))

    @cached_property
    def phrases(self) -> frozenset[str]:
        """The stems of the words of English phrases that say what the measures say: "cell" of those who are
        in prison, "flame" of those who are pulled from the flames."""
        ways = (way for known in frame_phrases().values() for way in known)
        said = (place for places, frame in ways if frame in self._meant for place in places)
        return frozenset().union(*said)

    @cached_property
    def places(self) -> dict[str, set[str]]:
        """The names of places with the names of those that contain or lie in them."""
        found: dict[str, set[str]] = {}
        for row in [*self.rows, *self._entries.values()]:
            names = {name for key in row.places for name in self.names_of(key)}
            if row.kind == "gazetteer" and row.label != "organisation":
                names |= set(row.names)
            for name in names:
                if name[:1].isupper():
                    found.setdefault(name, set()).update(names)
        return found

    @cached_property
    def actors(self) -> set[str]:
        """Whose deeds the rows are."""
        names = {name for row in self.rows if row.actor for name in self.names_of(row.actor)}
        return {name for name in names if not {";", ","} & set(name) and len(name.split()) < 5}

    def has_exactly(self, number: Decimal) -> bool:
        """Whether a row states this number alone, and none has it within its ends or a hundredth beside."""
        near = [row for row in self.rows if _is_near(row, number, HUNDREDTH)]
        return bool(near) and all({row.low, row.best, row.high} <= {number, None} for row in near)

    def happens_on(self, month: int, day: int) -> bool:
        """Whether anything of the table goes on on that day of its own year."""
        periods = (row.period for row in self.rows)
        short = (p for p in periods if p is not None and 0 < (p.days or 0) < 60)
        ends = ((p.start, p.end) for p in short if p.start is not None and p.end is not None)
        return any((s.month, s.day) <= (month, day) <= (e.month, e.day) for s, e in ends)

    def measures_without(self, number: Decimal) -> Iterator[Measure]:
        """The measures of which no row is near this number."""
        near = {row.measure for row in self.rows if _is_near(row, number, TENTH)}
        yield from (measure for measure in self.vocabulary if measure.name not in near)

    def names_of(self, key: str) -> tuple[str, ...]:
        """The names of a gazetteer's row; what is no key is a name itself."""
        return self._entries[key].names if key in self._entries else (key,)

    def holds(self, number: Decimal) -> bool:
        """Whether any row's number is near this one: within a tenth, or between its ends."""
        return any(_is_near(row, number, TENTH) for row in self.rows)


def _is_near(row: ReferenceRow, number: Decimal, play: Decimal) -> bool:
    ends = [n for n in (row.low, row.best, row.high) if n is not None]
    return bool(ends) and min(ends) * (1 - play) <= number <= max(ends) * (1 + play)


@dataclass(frozen=True, slots=True)
class Base:
    """A statement that is supported: its case, its text parsed, and where its number, noun and verb are.

    `number` is the token of the number (None for a dated event), `noun` what it counts, `verb` what
    governs it; `compares` the word that compares, where it says neither number nor date.
    """

    folder: Path
    case: Case
    at: Expectation
    table: Table
    doc: Any
    sentence: Any
    number: Any
    noun: Any
    verb: Any
    compares: Any = None

    @property
    def text(self) -> str:
        """The whole text."""
        return self.case.text

    @property
    def value(self) -> Decimal | None:
        """The number as written in plain digits, None in any other writing."""
        plain = NUMBER.fullmatch(self.at.at.strip())
        return Decimal(plain[0].replace(",", "")) if plain else None

    def says(self, character: int) -> bool:
        """Whether a character belongs to the statement's own clause: its verb governs the word there, and
        neither the word nor the number stands apart with another ("50 in Tarn and *12 in Vale*", "50 in Tarn;
        *in Vale* 12", "50 goats, 12 of them *in Vale*")."""
        span = self.doc.char_span(character, character + 1, alignment_mode="expand")
        if span is None or self.verb is None or _governor(span.root) != self.verb:
            return False
        between = self.text[min(character, self.at.end) : max(character, self.at.start)]
        if ";" in between or re.search(r", \d", between):
            return False
        own = self.doc.char_span(self.at.start, self.at.end, alignment_mode="expand").root
        stated = own if self.number is None else self.number
        return _apart(span.root, self.verb) == _apart(stated, self.verb)

    @property
    def is_stated_by_verb(self) -> bool:
        """Whether the verb says what is stated: not of a date that a noun has by itself, not of a number that
        shares another's verb ("… and Tarn *12*", "Tarn had 50 goats, Vale *12*") or that another is compared
        with ("…, up from *40*"), nor of one stated by a participle ("half of the 116 tonnes of tea *seized*
        there came by sea"). Nor where the verb says it only with its noun, particle or "there" ("took
        *place*", "broke *out*", "*there* were"): with another verb that is no English."""
        if self.is_of_a_noun or self.verb is None or self._is_behind_another or self._is_set_phrase:
            return False
        counted = [] if self.number is None else [t for t in self.number.ancestors if t.pos_ == "NOUN"][:1]
        counted += [t for of in counted for t in of.children if t.lower_ == "of"]
        counted += [t for of in counted for t in of.children if t.dep_ == "pobj"]
        noted = [t for noun in counted for t in children(noun, "acl", "relcl")]
        span = self.doc.char_span(self.at.start, self.at.end, alignment_mode="expand")
        stated = self.number if self.number is not None else span.root
        return not noted and _apart(stated, self.verb) is None

    @property
    def _is_set_phrase(self) -> bool:
        if children(self.verb, "expl"):
            return True  # "there praised 12 goats"
        bare = (t for t in children(self.verb, "dobj") if t.tag_ == "NN" and t.left_edge == t)
        return any(t.lemma_ in SET_OBJECTS for t in bare) or bool(children(self.verb, "prt"))

    @property
    def _is_behind_another(self) -> bool:
        """Whether the number stands behind another of its verb, or is what that one is compared with."""
        if self.number is None:
            return False
        between = self.doc[self.verb.i + 1 : self.number.i]
        first = next((t for t in between if t.like_num and not YEAR.fullmatch(t.text)), None)
        another = first is not None and any(t.text == "," for t in between if t.i > first.i)
        before = self.text[: self.at.start].lower().split()
        return another or before[-1:] in (["from"], ["against"])

    @property
    def is_of_a_noun(self) -> bool:
        """Whether a date is said of what a noun names, whatever its clause goes on to say: "the congress *of
        3 May* was filmed", "the congress (3 May 2016)", "the congress, *on 3 May*, …", "the raid *on 3 May*
        was a rumour", "*after talks on 3 May* they left", "were killed *in a raid on 3 May*"."""
        span = self.doc.char_span(self.at.start, self.at.end, alignment_mode="expand")
        if not self.is_date or span is None:
            return False
        before = self.text[: self.at.start].rstrip().lower()
        subjects = [] if self.verb is None else children(self.verb, "nsubj", "nsubjpass")
        inside = any(t.left_edge.i <= span[0].i <= t.right_edge.i for t in subjects)
        above = [] if self.verb is None else [t for t in span.root.ancestors if self.verb.is_ancestor(t)]
        inside = inside or any(t.pos_ == "NOUN" or t.lower_ in BEFORE_NOUNS for t in above)
        set_off = self.text[self.at.end :].startswith(",") and before.endswith((", on", ", in", ", from"))
        return inside or set_off or before.endswith((" of", "("))

    @property
    def is_alone(self) -> bool:
        """Whether the sentence states nothing beside it: one number that is no date's, or one day."""
        text = self.sentence.text
        if self.is_date:
            return len(re.findall(rf"\b({'|'.join(MONTHS)})\b", text.lower())) <= 1
        undated = re.sub(
            rf"(\d{{1,2}} )?\b({'|'.join(m.title() for m in MONTHS)})\b( \d+)?(, \d{{4}})?", "", text
        )
        return len(re.findall(r"\d[\d,.]*", re.sub(r"\b(19|20)\d\d\b", "", undated))) <= 1

    @property
    def is_date(self) -> bool:
        """Whether a date is stated and no number."""
        return self.number is None and self.compares is None

    @property
    def is_event(self) -> bool:
        """Whether the words of the statement are a date alone, without a number of what was there on it."""
        digits = (Decimal(n.replace(",", "")) for n in NUMBER.findall(self.at.at))
        return self.is_date and all(n <= 31 or 1000 <= n < 2100 for n in digits)

    def with_edits(self, *edits: tuple[int, int, str]) -> str:
        """The text with characters replaced."""
        text = self.text
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text


def bases_of(folder: Path) -> Iterator[Base]:
    """The statements of a package's cases that are supported, and come out so today by `known_misses.tsv`."""
    table = Table(folder)
    wrong = {miss.statement for miss in known() if miss.package == folder.name}
    for case in read_cases(folder / CASES):
        several = len(case.expect) > 1
        for wanted in case.expect:
            name = f"{case.id} @ {wanted.at}" if several else case.id
            if wanted.verdicts == {"supported"} and name not in wrong and len(case.text) < 400:
                yield from parsed(folder, case, wanted, table)


def parsed(folder: Path, case: Case, at: Expectation, table: Table) -> Iterator[Base]:
    doc = english()(case.text)
    for token in doc:
        table.forms.setdefault(token.tag_, {})[token.lemma_] = token.text
    span = doc.char_span(at.start, at.end, alignment_mode="expand")
    if span is None:
        return
    sentence = span[0].sent
    dates = any(t.lower_ in MONTHS or re.fullmatch(r"(19|20)\d\d", t.text) for t in span)
    number = None if dates else next((t for t in span if t.like_num or t.tag_ == "CD"), None)
    compares = next((t for t in span if t.lower_ in TURNED), None) if number is None and not dates else None
    if compares is not None:
        yield Base(folder, case, at, table, doc, sentence, None, None, _governor(compares), compares)
        return
    if (number is None and not dates) or (number is not None and number.head.lemma_.lower() in TIMES):
        return
    noun = number.head if number is not None and number.head.tag_ in ("NNS", "NN") else None
    if noun is not None and (noun.lemma_.lower() in UNITS or noun.i < number.i):
        noun = None
    verb = _governor(noun if noun is not None else number if number is not None else span.root)
    yield Base(folder, case, at, table, doc, sentence, number, noun, verb)


def _governor(token: Any) -> Any:
    for up in [token, *token.ancestors]:
        if up.pos_ in ("VERB", "AUX"):
            return up
    return None


def _apart(token: Any, verb: Any) -> Any:
    """The outermost phrase below a verb, coordinated or inserted, in which a token stands, or None."""
    below = [up for up in [token, *token.ancestors] if verb.is_ancestor(up)]
    return next((up for up in reversed(below) if up.dep_ in ("conj", "appos", "npadvmod", "dep")), None)


BEFORE_NOUNS = ("after", "before", "during", "since", "despite")
"""Prepositions behind which a noun may have a date of its own."""


MONTHS = tuple(month.lower() for month in month_name[1:])


def children(token: Any, *deps: str) -> list[Any]:
    """The tokens that depend on a token in one of these ways."""
    return [c for c in token.children if c.dep_ in deps]


def subtree(token: Any) -> tuple[int, int]:
    """Where a token's phrase starts and ends."""
    left, right = token.left_edge, token.right_edge
    return left.idx, right.idx + len(right)


def names_in(text: str, names: Iterable[str]) -> list[tuple[str, int]]:
    """Those names that stand in a text once, longest first, with where."""
    found: list[tuple[str, int]] = []
    for name in sorted(names, key=len, reverse=True):
        places = [m.start() for m in re.finditer(rf"\b{re.escape(name)}\b", text)]
        inside = any(s <= p < s + len(n) for n, s in found for p in places)
        if len(places) == 1 and not inside:
            found.append((name, places[0]))
    return found
