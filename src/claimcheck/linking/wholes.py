"""Whether a number counts all of what a row counts: not those who died of something else, "12 of them",
"another 12", "12 a day", "youth unemployment" or "suspected cases".

Each rule only takes a row away; what is left of the claim is undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from claimcheck.lexicon import pattern
from claimcheck.linking.cues import cue, cue_of_stems
from claimcheck.linking.places import WORD, last_word
from claimcheck.linking.words import any_of, nouns, stem, stems_in, words_of
from claimcheck.model import Claim, Mention, ReferenceRow

_CAUSE = pattern("wholes", "cause")
_RATE = pattern("wholes", "rate")
_RATE_CUE = cue("rate", "hour day night week month year hourly daily weekly monthly")
_PER_ONE = pattern("wholes", "per one")
_PER_CUE = cue("per", "per every each")
_EVERY = pattern("wholes", "every")
_TIMES_OF_DAY = "hour day night morning afternoon evening weekend week"
_NIGHT_CUE = cue("night", f"{_TIMES_OF_DAY} hours days nights mornings afternoons evenings weekends weeks")
_NIGHT = pattern("wholes", "in a night")
_WEEK = 7
_DIGIT = re.compile(r"\d")
_LEAD = 100
"""Characters before a number in which the words stand that make it a part."""
_OPENING = 4
"""Characters: a number behind so many has words of its own sentence before it."""
_PART = pattern("wholes", "part")
_OF_THEM = pattern("wholes", "of them")
_OF_THEM_CUE = cue("of them", "them whom those these from")
_ASIDE_OF_THEM = pattern("wholes", "aside of them")
_OF_THE = pattern("wholes", "of the")
_INVITED = re.compile(r"\s+[a-z]{2,15}ed\s*,\s+[^.;]{0,60}?\d")
_TIMES_MORE = pattern("wholes", "times more")
_OF_CUE = cue("of", "of")
_WHERE_CUE = cue("where they were", "on inside under aboard")
_WHERE_THEY_WERE = pattern("wholes", "where they were")
_BASE_OF_INDEX = re.compile(r"\b(?:19|20)\d\d\s*=\s*\Z")
_BUT_CUE = cue("but", "but")
_BUT = pattern("wholes", "but")
_PART_BEFORE = pattern("wholes", "part before")
_PART_BEFORE_CUE = cue("part right before", "including among of")
_MORE_CUE = cue("another", "another further additional extra other")
_EXCEPT_CUE = cue("except", lambda: words_of("except"))
_EXCEEDS_CUE = cue("exceeds", lambda: [*words_of("exceeds"), "ahead", "behind", "clear"])
_NOT_DONE_CUE = cue("not done", lambda: words_of("not done"))
_CAUSE_CUE = cue_of_stems("other cause", lambda: nouns("other_causes"))
_NARROWS_CUE = cue_of_stems("narrows", lambda: nouns("narrows", "part_label"))
_WHOLE_CUES = {
    *(_RATE_CUE, _NIGHT_CUE, _OF_THEM_CUE, _OF_CUE, _WHERE_CUE, _BUT_CUE, _PART_BEFORE_CUE),
    *(_MORE_CUE, _EXCEPT_CUE),
}
"""Without one of these a number is that of a whole, as far as these words go."""
_MORE = pattern("wholes", "more")
_BEHIND_ALL = pattern("wholes", "behind all")
_ANY_NUMBER = pattern("wholes", "any number")


def kinds_told(row: ReferenceRow) -> tuple[frozenset[str], ...]:
    """The kinds of happening that a row is one of, each as its stems: what its table counts, its labels but
    for the names of those who took part."""
    labels = "" if row.kind == "aggregate" else row.label or ""
    return _kinds(f"{labels},{row.raw.get('counted_as') or ''}", row.actor or "")


@lru_cache(maxsize=1 << 10)
def _kinds(phrases: str, actors: str) -> tuple[frozenset[str], ...]:
    named = {actor.strip() for actor in actors.split("|")}
    told = (p for p in phrases.split(",") if p.strip() not in named and is_of_a_happening(p))
    found = (frozenset(map(stem, WORD.findall(phrase))) for phrase in told)
    return tuple(dict.fromkeys(kind for kind in found if kind))


def is_of_a_happening(label: str) -> bool:
    """Whether a label may be a kind of happening, and not the name of those who took part ("Red Front")."""
    words = WORD.findall(label.split(" of ", 1)[0])
    return bool(words) and stem(words[-1]) not in nouns("sides")


def has_other_cause(
    claim: Claim, named: frozenset[str], kinds: tuple[frozenset[str], ...], cues: frozenset[str]
) -> bool:
    """Whether people died of what a table counts only where it names it ("of cholera", "in accidents"), in
    its measure or as the kind of its rows: those of a table of plane crashes died in no car crash."""
    if claim.predicate is None:
        return False
    if kinds and _in_another_vehicle(claim, kinds):
        return True
    if _CAUSE_CUE not in cues and claim.actor is None and claim.subject is None:
        return False
    harmed = stem(claim.predicate) in nouns("fates", "injures")
    for cause, before in _causes(claim, harmed):
        told = [kind for kind in kinds if cause in kind]
        if not told and cause not in named and not frozenset(before) & named:
            return True  # a "cholera outbreak" is named by "cholera"
        others = frozenset(before) - nouns("describes") if told else frozenset()
        if told and all(len(kind) > 1 and not kind & frozenset(before) for kind in told) and others:
            return True
    return False


def _in_another_vehicle(claim: Claim, kinds: tuple[frozenset[str], ...]) -> bool:
    """Whether the clause tells of another vehicle than those of which a table counts the accidents: "a bus
    crashed" where the table is of plane crashes."""
    counted = frozenset(one for kind in kinds for one in kind) & _vehicles()
    if not counted:
        return False
    texts = (claim.text, *(link.text for link in (claim.actor, claim.subject) if link is not None))
    said = frozenset(stem(word) for text in texts for word in WORD.findall(text)) & _vehicles()
    flies = nouns("aircraft")
    return bool(said) and not said & (counted | (flies if counted & flies else frozenset()))


def _is_in_a_night(claim: Claim, cues: frozenset[str]) -> bool:
    """Whether a number is of one day or night of a longer time: "in one night of January"."""
    if _NIGHT_CUE not in cues:
        return False
    days = None if claim.time is None or claim.time.period is None else claim.time.period.days
    return (days is None or days > _WEEK) and _NIGHT.search(claim.text) is not None


@cache
def _vehicles() -> frozenset[str]:
    return nouns("vehicles", "aircraft")


def _causes(claim: Claim, harmed: bool) -> Iterator[tuple[str, list[str]]]:
    """What the clause says people died of, or what did it, each with the common word right before it."""
    texts = [found[1] for found in _CAUSE.finditer(claim.text)] if harmed else []
    texts += [link.text for link in (claim.actor, claim.subject) if link is not None]
    for text in texts:
        words = WORD.findall(text)
        for at, word in enumerate(words):
            if stem(word) in nouns("other_causes"):
                plain = at > 0 and words[at - 1].islower() and words[at - 1].isalpha()
                yield stem(word), [stem(words[at - 1])] if plain else []


def is_not_the_whole(
    claim: Claim, text: str, cues: frozenset[str], words: frozenset[str] = frozenset()
) -> bool:
    """Whether the number is not all that there was in the claim's time: "12 a day", "every day 12", "another
    12", "12 of the dead were women", "3,000 people, 12 of them children", "all but 12", "of the 1,600
    invited, 1,511 came"; or only the base of an index ("2005 = 100") or how many times something else it was
    ("five times more patients"). `words`: the stems of what the row measures ("people on the list")."""
    quantity = claim.quantity
    if quantity is None or quantity.kind != "number":
        return False
    if _TIMES_MORE.match(text, quantity.end):
        return True
    if _BASE_OF_INDEX.search(text, max(0, quantity.start - 12), quantity.start):
        return True
    if cues.isdisjoint(_WHOLE_CUES):
        return False
    if _RATE_CUE in cues and _RATE.search(
        _DIGIT.split(text[quantity.end : max(claim.end, quantity.end)], maxsplit=1)[0]
    ):
        return True
    of_them = _OF_THEM_CUE in cues and _OF_THEM.match(text, quantity.end) is not None
    if of_them and not are_all_of_them(claim, quantity, text):
        return True
    before = text[claim.context.start : quantity.wide_start]
    if (_RATE_CUE in cues and _EVERY.match(before)) or _is_in_a_night(claim, cues):
        return True
    lead = before[-_LEAD:]  # what must stand right before the number
    if _OF_CUE in cues and _OF_THE.search(lead) and _INVITED.match(text, quantity.end):
        return True
    if (
        _PART_BEFORE_CUE in cues
        and _PART_BEFORE.search(lead)
        and (quantity.noun is None or _is_alone(quantity, text))
    ):
        return True
    where = _WHERE_THEY_WERE.match(text, quantity.end) if _WHERE_CUE in cues else None
    if where is not None and stem(where[1]) not in words:
        return True
    if _EXCEPT_CUE in cues and _excepted().search(lead):
        return True
    if _BUT_CUE in cues and quantity.noun is None and _BUT.search(lead):
        return True
    if _OF_CUE in cues and claim.predicate == "be" and _PART.match(text, quantity.end):
        return not are_all_of_them(claim, quantity, text)
    if _MORE_CUE not in cues:
        return False
    more = _MORE.search(text, max(claim.context.start, quantity.wide_start - 20), quantity.wide_start)
    if claim.time is not None and claim.time.start is not None and claim.time.end is not None:
        start = max(0, claim.time.start - claim.context.start)
        before = before[:start] + before[max(start, claim.time.end - claim.context.start) :]
    return more is not None and not _ANY_NUMBER.search(before)


def are_all_of_them(claim: Claim, quantity: Mention, text: str) -> bool:
    """Whether an aside says how many those are of whom the clause tells: "residents of Tarn, about 400 of
    them, fled"."""
    before = text[claim.context.start : quantity.wide_start]
    aside = before.endswith(", ") and _ASIDE_OF_THEM.match(text, quantity.end) is not None
    return aside and before.count(",") == 1 and not _ANY_NUMBER.search(before)


def is_a_rate(claim: Claim, text: str, words: frozenset[str], cues: frozenset[str]) -> bool:
    """Whether a sum of money, a measure or a share is so much a month, or for each of several, where the
    row's measure is no rate: "640 million euros a month", "3 tonnes per district". `words` as below."""
    quantity = claim.quantity
    if quantity is None or not words.isdisjoint(nouns("rates")):
        return False
    if _PER_CUE in cues and _PER_ONE.search(text, claim.start, max(claim.start, quantity.start)):
        return True  # "revenue per share was 4 euros"
    behind = _DIGIT.split(text[quantity.end : max(claim.end, quantity.end)])[0]
    found = _RATE.search(behind) if _RATE_CUE in cues else None
    return found is not None and "year" not in found[0].lower()


def is_not_done(claim: Claim, text: str, words: frozenset[str], cues: frozenset[str]) -> bool:
    """Whether those whom the number counts only refused, tried or promised to do what the row counts.
    `words`: the stems of what the row measures, and of the vocabulary that linked the two."""
    quantity = claim.quantity
    if quantity is None or _NOT_DONE_CUE not in cues:
        return False
    found = _not_done().match(text, quantity.end, max(claim.end, quantity.end))
    return found is not None and words.isdisjoint(map(stem, WORD.findall(found[1])))


@cache
def _not_done() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:[\w’'-]{{2,20}}\s+){{0,5}}?({any_of('not done')})\s+[a-z]")


def is_difference(quantity: Mention, text: str, cues: frozenset[str]) -> bool:
    """Whether a number only says by how much one thing exceeds another: "20 billion more than in 2023"."""
    return _EXCEEDS_CUE in cues and _difference().match(text, quantity.end) is not None


@cache
def _difference() -> re.Pattern[str]:
    return re.compile(
        rf"\s+(?:[^\W\d_]{{2,20}}\s+){{0,2}}(?:(?:{any_of('exceeds')})\s+(?:than|compared)|ahead\s+of|behind|clear\s+of)\b",
        re.IGNORECASE,
    )


@cache
def _excepted() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('except')})\s+(?:the\s+)?$", re.IGNORECASE)


def _is_alone(quantity: Mention, text: str) -> bool:
    """Whether the words behind the number do not say what it counts: "including 161 from Tarn"."""
    return _BEHIND_ALL.match(text[quantity.end : quantity.end + 12]) is not None


def is_narrowed(
    claim: Claim, text: str, said: frozenset[str], measured: frozenset[str], cues: frozenset[str]
) -> bool:
    """Whether a word makes the number the figure of a part that the measure does not name: a label right
    before it ("male 71.9"), or a modifier of what is measured ("youth unemployment", "suspected cases")."""
    quantity = claim.quantity
    if quantity is None:
        return False
    own_sentence = quantity.wide_start - claim.context.start > _OPENING
    if own_sentence and _NARROWS_CUE not in cues:
        return False
    label = _label(text, quantity)
    if label is not None and label not in measured | said:
        return True
    stems = stems_in(claim.text.replace("how many ", ""))  # "124: that is how many people died"
    if _narrows().isdisjoint(stems):
        return False
    own = said | measured
    behind = [*stems[2:], ""]  # "in a suspected chemical attack" narrows nobody who was hurt in it
    return any(
        one in own
        and before in _narrows()
        and before not in own
        and not (after in nouns("deeds") and one != after)
        for before, one, after in zip(stems, stems[1:], behind, strict=False)
    )


@cache
def _narrows() -> frozenset[str]:
    return nouns("narrows", "part_label")


def _label(text: str, quantity: Mention) -> str | None:
    """The label of a part right before the number ("male 71.9"), as a stem."""
    start = max(0, quantity.wide_start - 30)
    before = last_word(text, start, quantity.wide_start)
    if before is None or text[start : quantity.wide_start].rstrip().endswith(","):
        return None  # "six men, 29 patients in all"
    one = stem(before)
    return one if one in nouns("part_label") else None
