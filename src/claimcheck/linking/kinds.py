"""Whether a number is of the kind that a row holds: money, a length, a share, people; killed, or wounded.

Where a table states no unit, the words of its measure and of the measure's vocabulary say what it holds: no
number of metres or dollars is a size of armed forces. Each rule only takes a row away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain, pairwise

from claimcheck import lexicon
from claimcheck.judging.units import comparable, dimension_of, unit_named
from claimcheck.linking.agents import has_other_agent
from claimcheck.linking.apart import is_apart
from claimcheck.linking.cues import cue_of_stems, cues_of
from claimcheck.linking.narrowing_words import stands_for_people, words_of_row
from claimcheck.linking.number_of import things_before
from claimcheck.linking.places import WORD, last_word
from claimcheck.linking.wholes import (
    has_other_cause,
    is_a_rate,
    is_difference,
    is_narrowed,
    is_not_done,
    is_not_the_whole,
    kinds_told,
)
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, Document, Mention, ReferenceRow
from claimcheck.numbers.tokens import number_words

_FATES = (
    "fate_killed",
    "fate_injured",
    "fate_missing",
    "fate_displaced",
    "fate_held",
    "fate_saved",
    "fate_sick",
)
_FATE_CUE = cue_of_stems("fate", lambda: frozenset(chain.from_iterable(map(nouns, _FATES))))
_HARMED = frozenset({0, 1, 2})
"""The fates of those who are no longer among the living and well."""
_BEHIND = 6
"""Words behind a number among which its fate may stand."""
_BEFORE = 3
_WINDOW = 80
_JOINERS = frozenset({"and", "or", "but", "while", "nor"})
_ALIKE = ("organisations", "occurrences")
"""Words that two of a row may stand for: "groups and organisations" are all one."""
_JOINED = re.compile(r"\s(?:and|or)\s")
_OF_TWO = re.compile(r"\s+[\w-]+\s+of\s+(?:the\s+)?([a-z][\w-]+\s(?:and|or)\s[a-z][\w-]+)\b(?!\s+\d)")
_WITHIN = re.compile(r"\s(?:in|on|at|by|from|during|after|under|with|without)\s")
_COMMA = re.compile(r"\b([a-z]{4,12}),\s+(?=([a-z]{4,12})\b)")
_STOP = re.compile(r"[.,;:()\n]|\d")


def same_unit(claim: Claim, row: ReferenceRow, document: Document, said: frozenset[str]) -> bool:
    """Whether the claim counts what the row counts: trucks are no patients, metres no soldiers, the wounded
    not the dead, and children not all people unless the row's measure names them. `said`: the stems of the
    vocabulary that linked the two."""
    quantity = claim.quantity
    if quantity is None:
        return True
    measured = words_of_row(row.measure, row.unit)
    text, cues = document.text, cues_of(claim, document.text)
    if is_narrowed(claim, text, said, measured, cues) or counts_more(claim, text, row, said):
        return False
    if is_apart(claim, text, measured | said):
        return False
    if is_difference(quantity, text, cues) and nouns("changes").isdisjoint(measured | said):
        return False
    if quantity.kind in ("percent", "money", "measure", "duration", "age"):
        return scale_fits(quantity, row, said) and not is_a_rate(claim, text, measured | said, cues)
    words, kinds = measured | said, kinds_told(row)
    if has_other_cause(claim, words, kinds, cues) or is_not_the_whole(claim, text, cues, words):
        return False
    if has_other_agent(claim, row, text) or is_not_done(claim, text, words, cues):
        return False
    if has_other_fate(claim, quantity, text, measured, said, cues):
        return False
    named = None if quantity.noun is None or row.unit is None else unit_named(row.unit)
    if (
        named is not None
        and named.kind != "number"
        and stem((quantity.noun or "").split()[-1]) not in nouns("scales")
    ):
        return False  # "four million votes" are no share of them
    label = last_word(text, max(0, quantity.start - _WINDOW), quantity.start)
    if quantity.noun is not None and label is not None and stem(label) == stem(quantity.noun):
        return True  # a label that stands before the number ("Arvia 6.8") is not counted by it
    before = things_before(claim, text)
    return _noun_fits(quantity if before is None else replace(quantity, noun=before), row, words)


def _noun_fits(quantity: Mention, row: ReferenceRow, words: frozenset[str]) -> bool:
    """Whether what the number counts is what the row counts, or both are people. `words`: the stems of what
    the row measures, and of the vocabulary that linked the two."""
    noun = None if quantity.noun is None else stem(quantity.noun.split()[-1])
    if noun is not None and noun in _circumstances(row.measure or ""):
        return False  # "two strikes" are no workers on strike
    counted = str(row.raw.get("counted_as") or "").split(" of ", 1)[0].split()[-1:]
    if (
        (noun in nouns("occurrences") or (noun is not None and noun in map(stem, counted)))
        and row.unit is not None
        and stem(row.unit.split()[-1]) in nouns("people")
    ):
        return False  # "killed in two attacks"
    of_people = row.unit is not None and stem(row.unit.split()[-1]) in nouns("people")
    if of_people and noun is not None and noun in _only_whose(row.measure or ""):
        return False  # "84,600 working farms" are no farm workers
    if noun is None or noun in words:
        return True
    if noun in nouns("scales"):  # "won 26 points" are no matches won
        return (
            noun not in nouns("scored") or row.unit is None or stem(row.unit.split()[-1]) in nouns("scales")
        )
    if row.unit is None:
        persons = words & (nouns("people", "part_of_people", "populations") | _fated())
        return noun in nouns("people") and bool(persons)
    unit = stem(row.unit.split()[-1])
    people = noun in nouns("people") and unit in nouns("people", "cases")
    return people or any(noun in nouns(k) and unit in nouns(k) for k in (*_ALIKE, "households"))


@lru_cache(maxsize=1 << 10)
def _circumstances(measure: str) -> frozenset[str]:
    """The stems of what a measure only says where or in what those are whom it counts: the strike of "workers
    on strike", the riots of "people killed in riots"."""
    head, *behind = _WITHIN.split(measure.replace("_", " "))
    return frozenset(map(stem, WORD.findall(" ".join(behind)))) - frozenset(map(stem, WORD.findall(head)))


@lru_cache(maxsize=1 << 10)
def _only_whose(measure: str) -> frozenset[str]:
    """The stems of the words of a measure that only say whose or of what sort those are whom its head names:
    the farm of "farm workers"; none where the head stands for no people."""
    words = WORD.findall(_WITHIN.split(measure.replace("_", " "))[0])
    if len(words) < 2 or not stands_for_people(stem(words[-1])):
        return frozenset()
    return frozenset(one for one in map(stem, words[:-1]) if not _is_of_people(one))


def _is_of_people(noun: str) -> bool:
    return noun in nouns("people", "part_of_people") or stands_for_people(noun)


def counts_more(claim: Claim, text: str, row: ReferenceRow, said: frozenset[str]) -> bool:
    """Whether the number counts two things together of which the row counts one: "300 homes and schools" are
    not how many homes, "300 homes damaged or destroyed" not how many were destroyed, and "cases of measles
    and mumps" none of measles alone. `said`: the stems of the vocabulary that linked the two."""
    of_two = None if claim.quantity is None else _OF_TWO.match(text, claim.quantity.end)
    parts = _JOINED.split(claim.measure or "" if of_two is None else of_two[1])
    if len(parts) == 1:
        return False
    words = said | words_of_row(row.measure, row.unit)
    for one, other in pairwise(parts):
        ends = [stem(word) for word in (*WORD.findall(one)[-1:], *WORD.findall(other)[:1])]
        alike = any(nouns(kind).issuperset(ends) for kind in _ALIKE)
        if len(ends) == 2 and not alike and (ends[0] in words) != (ends[1] in words):
            return True
    return False


def is_what_is_measured(claim: Claim, row: ReferenceRow, said: frozenset[str]) -> bool:
    """Whether the clause's actor is no one, but what the row measures."""
    words = [] if claim.actor is None else WORD.findall(claim.actor.text)
    return bool(words) and stem(words[-1]) in said | words_of_row(row.measure, row.unit) - nouns("people")


# --- money, lengths, shares --------------------------------------------------------------------------


def scale_fits(quantity: Mention, row: ReferenceRow, said: frozenset[str]) -> bool:
    """Whether a share, a sum of money, a length of time or a physical quantity is one that the row's numbers
    can be compared with; a row that counts people or things has none."""
    if row.unit is not None and unit_named(row.unit) is not None:
        return comparable(quantity, row.unit)
    if row.unit is not None and stem(row.unit.split()[-1]) not in nouns("scales"):
        return False
    words = words_of_row(row.measure, row.unit) | said
    if quantity.unit is not None and any(stem(w) in words for w in WORD.findall(quantity.unit)):
        return True
    wanted = _kind_words(quantity.kind, dimension_of(quantity.unit) if quantity.kind == "measure" else None)
    return bool(words & wanted)


@cache
def _kind_words(kind: str, dimension: str | None) -> frozenset[str]:
    """The stems that tell of measures which hold numbers of a kind, and of a dimension."""
    rows = (
        row
        for row in lexicon.load("measure_kinds")
        if row["kind"] == kind and (dimension is None or dimension in row.get("dimensions", ()))
    )
    return frozenset(stem(word) for row in rows for words in row["words"] for word in words.split())


# --- what befell people ------------------------------------------------------------------------------


@cache
def _fates() -> tuple[frozenset[str], ...]:
    return tuple(map(nouns, _FATES))


@cache
def _fated() -> frozenset[str]:
    return frozenset(chain.from_iterable(_fates()))


def _told(stems: Iterable[str]) -> frozenset[int]:
    """Which fates words tell of, by number."""
    return frozenset(number for one in stems for number, words in enumerate(_fates()) if one in words)


def has_other_fate(
    claim: Claim,
    quantity: Mention,
    text: str,
    named: frozenset[str],
    said: frozenset[str],
    cues: frozenset[str],
) -> bool:
    """Whether the words next to the number say that something else befell those whom it counts than what the
    row measures: "20 were wounded", "20 were killed or wounded" where the row is of the killed. `named`: the
    stems of what the row measures; `said`: those of the vocabulary that linked the two."""
    if _FATE_CUE not in cues and (claim.subject is None or quantity.noun is not None):
        return False
    measured = _told(named | said)
    if not measured and (named | said) & nouns("fateless"):
        return False  # "the toll of the blast: 12 dead"
    behind = _listed(text[quantity.end : min(claim.context.end, quantity.end + _WINDOW)])
    before = text[max(claim.context.start, quantity.wide_start - _WINDOW) : quantity.wide_start]
    fates = _told(_next_to(_STOP.split(behind)[0], 1)) or _told(_next_to(_STOP.split(before)[-1], -1))
    if not fates and quantity.noun is None and claim.subject is not None:  # "the death toll exceeded 400"
        fates = _told(stem(word) for word in WORD.findall(claim.subject.text))
    if not measured:  # "1.4 million soldiers dead", "120 protesters were arrested": not how many there are
        return bool(fates & _HARMED) or _is_arrested(behind)
    return bool(fates) and fates not in (measured, _told(said))


def _is_arrested(behind: str) -> bool:
    return any(stem(word) == "arrest" for word in WORD.findall(_STOP.split(behind)[0])[:4])


def _listed(text: str) -> str:
    """A text whose commas between two fates are read as "or": "killed, injured or displaced"."""
    return _COMMA.sub(
        lambda m: f"{m[1]} or " if _told((stem(m[1]),)) and _told((stem(m[2]),)) else m[0], text
    )


def _next_to(text: str, step: int) -> list[str]:
    """The stems of the few words next to a number, on the side to which `step` leads; up to another number,
    and to an "and" that joins no two fates ("killed or wounded")."""
    words = WORD.findall(text)[::step]
    stems = [stem(word) if word[0].islower() else "" for word in words]  # "Die Linke" befalls nobody
    for at, one in enumerate(stems):
        joins = words[at].lower() in _JOINERS
        if joins and all(_told(stems[max(0, n) : n + 1]) for n in (at - 1, at + 1)):
            continue
        if at == 0 and step > 0 and one in nouns("rest"):
            continue  # "30 more were wounded"
        if joins or one in nouns("vaguely_many") or words[at].lower() in number_words():
            return stems[:at]
        if at >= (_BEHIND if step > 0 else _BEFORE) and words[at - 1].lower() not in _JOINERS:
            return stems[:at]
    return stems
