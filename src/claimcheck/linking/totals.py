"""Whether a number of a text is all that there was of it in its place and time, or only a part.

Running text mostly tells of parts: "18 of whom", "15 others", "2,849 female deaths", "204 of its members". A
sum over a table says nothing about a part: neither that so few are too few, nor that so many were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from claimcheck.judging.relations import is_dated
from claimcheck.lexicon import pattern
from claimcheck.linking.counted_apart import told_of_some
from claimcheck.linking.cues import cue, cues_of
from claimcheck.linking.narrowing_words import stands_for_people, words_of_row
from claimcheck.linking.number_of import counted_before
from claimcheck.linking.peoples import are_at_home
from claimcheck.linking.places import WORD
from claimcheck.linking.wholes import are_all_of_them
from claimcheck.linking.words import any_of, is_calendar, nouns, stem, words_of
from claimcheck.model import Claim, Document, ReferenceRow, Span

_OF_KNOWN = pattern("totals", "of known ones")
_OF_THEM_IN = pattern("totals", "of them in")
_OF_OWN = pattern("totals", "of their own")
_DEFINITE = pattern("totals", "definite")
_POINTED_AT = pattern("totals", "pointed at")
_PART_BEFORE_CUE = cue("part before", lambda: words_of("part_before"))
_JOINED = pattern("totals", "joined")
_BY_SOMEBODY = pattern("totals", "by somebody")
_SINCE = pattern("totals", "since")
_LEADS_ON = pattern("totals", "leads on")
_POINTING = frozenset(
    {"a", "an", "one", "his", "her", "their", "its", "those", "these", "they", "whom", "who"}
)
_WHEN = pattern("totals", "when")
_APART = re.compile(r"[,;:.()]")
_UP_TO_NUMBER = 60
_MODIFIERS = 3
LONG = 28
"""Days: of so long a time one kind of deeds is a part."""


def is_all_there_was(claim: Claim, document: Document, rows: Iterable[ReferenceRow], at: int) -> bool:
    """Whether a claim's number is all that its sentence says there was, in a place (named at character `at`,
    negative where a happening stands for it) and a time that the sentence states itself."""
    elliptic = (
        claim.quantity is not None and claim.quantity.noun is None
    )  # "52 went there, while two were killed"
    whole = Span(claim.start, claim.end) if elliptic else claim.context
    here = at < 0 or whole.start <= at < whole.end
    here = here and (not elliptic or (claim.time is not None and claim.time.basis == "clause"))
    return (
        here
        and is_dated(claim)
        and not _is_only_after(claim, document)
        and not is_somebody(claim)
        and not _is_part(claim, document)
        and not _is_told_of_others_deeds(claim, document)
        and not _is_of_some(claim, document, rows)
        and not _is_one_cause(claim, document, rows)
    )


def _is_only_after(claim: Claim, document: Document) -> bool:
    """Whether a clause only says after what it was: "five were killed after a strike hit Tarn on 3 May" is of
    that day as a rule, and not of all days since."""
    if claim.time is None or claim.time.start is None or claim.time.relation != "since":
        return False
    return _SINCE.search(document.text, claim.context.start, claim.time.start) is None


def is_some_of_them(
    claim: Claim, document: Document, row: ReferenceRow, said: frozenset[str], place: str | None
) -> bool:
    """Whether a number is of some of those whom a figure counts: "2,000 Afghans", "eight members of the air
    force", "the other five", and of one kind of deeds where the figure is of all of a month or more. `said`:
    the stems of the vocabulary that linked the two."""
    quantity = claim.quantity
    if claim.kind == "rank" or quantity is None or quantity.kind != "number":
        return False
    people = stem((quantity.noun or "people").split(" ")[-1]) in nouns("people", "part_of_people")
    if _is_part(claim, document, _POINTED_AT, row.measure or "") or (
        people and _is_of_some(claim, document, [row], said, place)
    ):
        return True
    measured = said | words_of_row(row.measure, None)
    period = row.period
    days = None if period is None else period.days
    if days is not None and days < LONG:
        return False
    if measured.isdisjoint(nouns("fate_killed", "fate_injured")):
        return False
    when = _WHEN.search(document.text, quantity.end, claim.context.end)
    return when is not None or _is_one_cause(claim, document, [row], said)


def is_somebody(claim: Claim) -> bool:
    """Whether the number stands for people who are only named or told of ("a British citizen was killed",
    "killing Kuntar"): at least one, but no row says that it was them."""
    quantity = claim.quantity
    if quantity is None or not quantity.rule.startswith("casualties."):
        return False
    words = WORD.findall(quantity.text)
    if not words or words[0].lower() in _POINTING:
        return True
    if quantity.rule != "casualties.named":
        return False
    plain = nouns("people", "part_of_people")
    return any(w[0].isupper() and stem(w) not in plain for w in words)


def _is_part(
    claim: Claim, document: Document, definite: re.Pattern[str] = _DEFINITE, measure: str = ""
) -> bool:
    """Whether the words around the number make it a part of a known whole; "12 of its volunteers" is none
    where a `measure` is of volunteers: who has them only says whose they are."""
    quantity, text = claim.quantity, document.text
    if quantity is None:
        return False
    start = max(claim.context.start, quantity.wide_start - _UP_TO_NUMBER)
    own = _OF_OWN.match(text, quantity.end) if measure else None
    if own is not None:
        said = _stems(measure)
        whose = stem(own[2]) in said and stands_for_people(stem(own[2]))
        if whose and said.issuperset(_stems(own[1] or "")):
            return False
    elsewhere = _OF_THEM_IN.match(text, quantity.end)  # "410 of them in Tarn" are all of Tarn's
    known = _OF_KNOWN.match(text, quantity.end) and not (elsewhere or are_all_of_them(claim, quantity, text))
    if known or definite.search(text, start, quantity.wide_start):
        return True
    if quantity.noun is not None and stem(quantity.noun.split()[-1]) in nouns("rest"):
        return True
    if _PART_BEFORE_CUE not in cues_of(claim, text):
        return False
    return _part_before().search(text[start : quantity.wide_start]) is not None


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, WORD.findall(text)))


def _is_of_some(
    claim: Claim,
    document: Document,
    rows: Iterable[ReferenceRow],
    said: frozenset[str] = frozenset(),
    place: str | None = None,
) -> bool:
    """Whether words between the number and what it counts pick out some ("2,000 Afghan", "female deaths"),
    unless the table measures these, or the text says it of the measure."""
    quantity = claim.quantity
    if quantity is None:
        return False
    noun = None if quantity.noun is None else stem(quantity.noun.split()[-1])
    measured = said.union(*(words_of_row(row.measure, row.unit) for row in rows))
    counted = counted_before(claim, document.text)
    if counted in nouns("part_of_people") and counted not in measured:
        return True
    behind = WORD.finditer(document.text, quantity.end, claim.context.end)
    for _, word in zip(range(_MODIFIERS + 1), behind, strict=False):
        if _APART.search(document.text, quantity.end, word.start()):
            return False  # "54.07, Years"
        one = stem(word.group())
        if document.text[quantity.end : word.start()].strip(" -") and one == noun:
            return False
        if one in nouns("follows") or one in nouns("fates"):
            return False
        named = word.group()[0].isupper() and not is_calendar(word.group())
        named = named and not are_at_home(word.group(), place)
        lives = one in nouns("households") and not nouns("households").isdisjoint(measured)
        some = named or (one in nouns("part_label", "part_of_people") and not lives)
        if some and one not in measured:
            return True
        if one == noun:
            return False
    return False


def _shared_end(claim: Claim, document: Document) -> str:
    """What a clause shares with the one joined to it: "five were killed, and nine wounded by shelling"."""
    start = claim.end if claim.quantity is None else min(claim.quantity.end, claim.end)
    rest = document.text[start : claim.context.end]
    joined = _JOINED.search(rest)
    return "" if joined is None else rest[joined.start() :]


def _is_told_of_others_deeds(claim: Claim, document: Document) -> bool:
    """Whether the joined clause names who did it all, or the number is a part of what a colon ends."""
    if document.text[claim.context.start : claim.start].rstrip().endswith(":"):
        return True
    found = None if claim.actor is not None else _BY_SOMEBODY.search(_shared_end(claim, document))
    return found is not None and not is_calendar(found[1])


def _is_one_cause(
    claim: Claim, document: Document, rows: Iterable[ReferenceRow], said: frozenset[str] = frozenset()
) -> bool:
    """Whether the clause says of one kind of deeds what a table adds up of all ("killed in air strikes").
    `said`: the stems of the vocabulary that linked the two."""
    cut = _LEADS_ON.search(claim.text)  # "killed by | shelling": parsed as what somebody does
    word = None if cut is None else WORD.match(document.text, claim.end + 1)
    told = f"{claim.text} {'' if word is None else word.group()} {_shared_end(claim, document)}"
    for some in reversed(told_of_some(told, 0, len(told))):
        told = told[: some.start] + told[some.end :]
    found = _one_cause().search(told)
    if found is None:
        return False
    words = [w for row in rows for w in WORD.findall(f"{row.label or ''} {row.raw.get('counted_as') or ''}")]
    known = (
        said
        | frozenset(map(stem, words))
        | {stem(w) for row in rows for w in WORD.findall(row.measure or "")}
    )
    return not {stem(w) for w in WORD.findall(found[1])} & known


@cache
def _part_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('part_before')})\b[^.;:]{{0,30}}$", re.IGNORECASE)


@cache
def _one_cause() -> re.Pattern[str]:
    through = r"(?:in|by|from|during|to|under|through|due to|because of)"
    deeds = any_of("deeds")
    return re.compile(rf"\b{through}\s+(?:[\w’'-]{{1,30}}\s+){{0,3}}?((?:{deeds})(?:e?s)?)\b", re.IGNORECASE)
