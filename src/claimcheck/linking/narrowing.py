"""Whether the words around a number make it a part of what a figure counts, or the number of something
between two: "one for every five", "too many", "in the village", "exports to Lowmark", "aid from Arvia".

The patterns are rows of data/narrowing.toml. Each only takes a row away; what is left of the claim is
undecided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from claimcheck.lexicon import pattern
from claimcheck.linking.cues import cue, cues_of
from claimcheck.linking.goals import GOAL_CUE, is_a_goal
from claimcheck.linking.narrowing_words import (
    any_phrase,
    listed,
    phrase_before,
    phrases_of,
    stands_for_people,
    stems_of,
    words_of_row,
)
from claimcheck.linking.number_of import told_of_number
from claimcheck.linking.peoples import is_state
from claimcheck.linking.pieces import is_of_a_piece
from claimcheck.linking.places import WORD
from claimcheck.linking.sorts import (
    is_an_accident,
    is_done_otherwise,
    is_of_one_sort,
    is_the_other_end,
)
from claimcheck.linking.superlatives import is_of_the_largest_member
from claimcheck.linking.transfers import is_between, is_given_by_another
from claimcheck.linking.words import head_words, nouns, stem
from claimcheck.model import Claim, Mention, ReferenceRow

_AHEAD = 60
"""Characters behind a number among which the words that narrow it stand."""
_ONE_SUM_CUE = cue("single", lambda: phrases_of("single"))
_RATIO_CUE = cue("ratio", lambda: phrases_of("ratio"))
_SURPLUS_CUE = cue("surplus", lambda: phrases_of("surplus"))
_BECOMES_CUE = cue("becomes", lambda: phrases_of("becomes"))
_NEEDS_CUE = cue("needs", lambda: phrases_of("needs"))
_INSTANCE_CUE = cue("instance", lambda: phrases_of("instance"))
_SPOT_CUE = cue("spot", lambda: (p + s for p in phrases_of("spot") for s in ("", "s")))
_ONLY_SOME = {
    "condition": cue("condition", lambda: phrases_of("condition")),
    "departs": cue("departs", lambda: phrases_of("departs")),
}
_AMONG_CUE = cue("among", "among")
_WHICH_CUE = cue("which", "which")
_FOR_CUE = cue("for", "for")
_BY_CUE = cue("by", "by")
_OF_CUE = cue("of", "of")
_OR_CUE = cue("or", "or")
_MORE_CUE = cue("more", "more")
_SOME_CUES = {
    *(_ONE_SUM_CUE, _AMONG_CUE, _WHICH_CUE, _RATIO_CUE, _SURPLUS_CUE, _BECOMES_CUE, _NEEDS_CUE),
    *(_FOR_CUE, _BY_CUE, _OR_CUE, _MORE_CUE, *_ONLY_SOME.values()),
}
_CLAUSE_END = pattern("narrowed", "clause end")
_AMONG = pattern("narrowed", "among")
_AMONG_MORE = pattern("narrowed", "among more")
"""Where a number is told to be some of a larger one: "100 patients are the first among more than 1,000"."""
_IN_WHICH = pattern("narrowed", "in which")
_OF_WHOM = pattern("narrowed", "of whom")
_BY = pattern("narrowed", "by")
_SINGLE = pattern("narrowed", "single")
_MORE = pattern("narrowed", "more")
_ARE = pattern("narrowed", "are")
_OF_WHAT = pattern("narrowed", "of what")
_INSIDE = pattern("narrowed", "inside")
_FROM = pattern("narrowed", "from")
_NOW_IN = pattern("narrowed", "now in")
_OF_THEM = pattern("narrowed", "of them")
_OF_WHAT_KINDS = frozenset({"number", "measure", "money"})
_OF_THE = pattern("narrowed", "of the")
_IS_FROM = pattern("narrowed", "is from")
_GAPPED = pattern("narrowed", "gapped")
_LACKS = pattern("narrowed", "lacks")
_WAITING = frozenset({"wait", "await"})
_WAITS = pattern("narrowed", "waits")
_OWN = pattern("narrowed", "own")
_FOR = pattern("narrowed", "for")
_OR = pattern("narrowed", "or")


def is_narrowed_down(
    claim: Claim, text: str, row: ReferenceRow, said: frozenset[str], place: tuple[str | None, int]
) -> bool:
    """Whether the claim's number is no number of all that the row counts in its place. `said`: the stems of
    the vocabulary that linked the two; `place`: the words and the position of the claim's place."""
    quantity = claim.quantity
    if quantity is None:
        return False
    words = said | words_of_row(row.measure, row.unit)
    behind = told_of_number(claim, text) or text[quantity.end : min(claim.context.end, quantity.end + _AHEAD)]
    before = text[max(claim.context.start, quantity.wide_start - 2 * _AHEAD) : quantity.wide_start]
    cues = cues_of(claim, text)
    return (
        _is_some(behind, before, words, cues)
        or (_AMONG_CUE in cues and _AMONG_MORE.match(text, quantity.end, claim.context.end) is not None)
        or (_SPOT_CUE in cues and _is_in_a_spot(behind, words, place[0]))
        or _is_of_one_of_many(claim, text, words, cues, place[0])
        or _is_the_others(claim, text, words, place)
        or is_of_a_piece(claim, text, place, words)
        or is_of_the_largest_member(claim, text, words, place[1])
        or is_of_one_sort(claim, row, words)
        or is_an_accident(claim, row, words)
        or is_done_otherwise(claim, row, said)
        or (GOAL_CUE in cues and is_a_goal(claim, text, words))
        or is_the_other_end(claim, words, cues)
        or is_given_by_another(claim, before + behind, words, place, text, row.actor)
        or is_between(claim, quantity, text, words, place, cues)
        or ((row.measure_type == "flow" or row.first is not None) and _only_stays(claim, words, behind))
    )


def _is_some(behind: str, before: str, words: frozenset[str], cues: frozenset[str]) -> bool:
    """What the number is the base of, how far it is off, and what only some are; or one of two things that
    an "or" joins, of which the row counts only one."""
    if cues.isdisjoint(_SOME_CUES):
        return False
    clause = _CLAUSE_END.split(behind, maxsplit=1)[0]
    if _ONE_SUM_CUE in cues and _one_sum().search(before):
        return True  # "a fine of 36 million"
    among = _AMONG.search(before) if _AMONG_CUE in cues else None
    if (among is not None and stem(among[1]) not in words) or (
        _WHICH_CUE in cues and _IN_WHICH.search(before)
    ):
        return True  # "among women it is 31 per cent", "a school in which 22 had died"
    if _RATIO_CUE in cues and phrase_before("ratio").search(before):
        return True
    if _SURPLUS_CUE in cues and any_phrase("surplus").search(clause):
        return True
    if _BECOMES_CUE in cues and any_phrase("becomes").search(clause):
        return True
    whom = _FOR.search(clause) if _FOR_CUE in cues else None
    if whom is not None and stem(whom[1]) in (nouns("part_label", "part_of_people")) - words:
        return True  # "60 seats are kept for women"
    vehicle = _BY.search(clause) if _BY_CUE in cues else None
    if vehicle is not None and stem(vehicle[1]) in (nouns("vehicles", "aircraft")) - words:
        return True  # "travelled by bus"
    if _MORE_CUE in cues and _MORE.match(behind):
        return True  # "1,480 judges more", "30 more nurses"
    needed = _needed().search(clause) if _NEEDS_CUE in cues else None
    what = frozenset(map(stem, WORD.findall("" if needed is None else needed[1]))) - nouns("follows")
    if needed is not None and clause[: needed.start()].endswith("in ") and not needed[1].startswith("of "):
        what = frozenset()  # "were in need at the end of June"
    if what and what.isdisjoint(words | stems_of("helps")):
        return True
    for use, cue_of_use in _ONLY_SOME.items():
        found = any_phrase(use).search(clause) if cue_of_use in cues else None
        if found is not None and not frozenset(map(stem, WORD.findall(found.group()))) & words:
            return True
    either = _OR.search(clause) if _OR_CUE in cues else None
    if either is None:
        return False
    one, other = stem(either[1]), stem(either[2])
    people = nouns("fate_displaced", "fate_held", "part_of_people")
    return (one in words and other in people - words) or (other in words and one in people - words)


@cache
def _one_sum() -> re.Pattern[str]:
    """A sum that is one of many, right before its number."""
    one = r"\b(?:an?|one|another|single)\s+(?:[a-z-]{2,15}\s+)?"
    return re.compile(rf"{one}{any_phrase('single').pattern}\s+of\s+$", re.IGNORECASE)


@cache
def _needed() -> re.Pattern[str]:
    """What is needed, up to three words."""
    return re.compile(rf"{any_phrase('needs').pattern}\s+((?:[a-z-]{{2,20}}\s*){{1,3}})")


def _is_in_a_spot(behind: str, words: frozenset[str], place: str | None) -> bool:
    """ "In the village" of a row on a state, "in camps" of one on all who were displaced. "The village" may
    be the place itself where that is no state."""
    found = _spot().search(_OF_WHOM.split(behind.split(".")[0])[0])
    if found is None or stem(found[2]) in words:
        return False
    return is_state(place) or found[1] is None or found[1] in ("a", "an", "one", "two")


def _is_of_one_of_many(
    claim: Claim, text: str, words: frozenset[str], cues: frozenset[str], place: str | None
) -> bool:
    """ "A hospital in Arvia treated 412", "in one case": of all that there were, some; unless it is itself
    the place ("Lorne Airport handled 31.2 million"). And what else is done to them ("were stored")."""
    verb = stem(claim.predicate or "")
    visitors = claim.role == "subject" and stands_for_people(_counted(claim))
    undone = (verb in stems_of("disposes") and not visitors) or verb in nouns("unhappens")
    undone = undone or (claim.role == "object" and verb in stems_of("needs"))  # "Arvia needs 300 judges"
    if (undone and verb not in words) or _is_something_else(claim, verb, text, words, cues):
        return True
    if _INSTANCE_CUE in cues and any_phrase("instance").search(claim.text.lower()):
        return True
    head = head_words(claim.subject)[-1:]
    if claim.subject is None or not head or stem(head[0]) in words:
        return False
    if head[0].lower() in listed("buildings"):
        return place is None or claim.subject.text.removeprefix("the ") != place
    at = text.find(claim.subject.text, claim.context.start, claim.context.end)
    if stem(claim.predicate or "") in nouns("reports"):
        return False  # "a monitoring group recorded 774"
    single = _SINGLE.search(text, max(claim.context.start, at - 30), max(0, at)) is not None
    return single and head[0].lower() in listed("institutions")


def _counted(claim: Claim) -> str:
    """The stem of what the number counts, empty where it says nothing of it."""
    noun = None if claim.quantity is None else claim.quantity.noun
    return stem(noun.split()[-1]) if noun else ""


def _is_something_else(
    claim: Claim, verb: str, text: str, words: frozenset[str], cues: frozenset[str]
) -> bool:
    """ "8,330 prisoners in Ostrey are foreigners": of whom a number says what they are, these are some. And
    "300 tonnes of barley" are none of wheat."""
    quantity = claim.quantity
    if quantity is None:
        return False
    if verb == "be" and claim.role == "subject" and quantity.kind in _OF_WHAT_KINDS:
        are = _ARE.search(text, quantity.end, claim.end) if _is_subject(claim, quantity) else None
        if (
            are is not None
            and are[1] != "the"
            and stem(are[1]) not in words
            and stem(are[1]) not in nouns("follows")
        ):
            return True
    if verb == "be" and quantity.kind == "measure" and _OF_THE.match(text, quantity.end):
        return True  # "6 million tonnes of the cargo were grain"
    if _LACKS.search(text, claim.start, quantity.start) or _waits_for_one(claim, text, words):
        return True
    if quantity.kind == "percent" and _OF_THEM.match(text, quantity.end):
        return True  # "girls did better: 75 percent of them passed"
    origin = _IS_FROM.search(text, quantity.end, claim.end) if verb in ("be", "com") else None
    if origin is not None and stem(origin[1]) not in words and _is_subject(claim, quantity):
        return True  # "2.6 million passengers were from abroad"
    of_what = _OF_WHAT.match(text, quantity.end) if _OF_CUE in cues else None
    if of_what is None or not (quantity.kind == "measure" or stem(of_what[1] or "") in nouns("cases")):
        return False
    said = frozenset(map(stem, WORD.findall(of_what[2])))
    subject = "" if claim.subject is None else claim.subject.text
    named = quantity.kind == "measure" and not words.isdisjoint(map(stem, WORD.findall(subject)))
    return said.isdisjoint(words) and not named


def _waits_for_one(claim: Claim, text: str, words: frozenset[str]) -> bool:
    """ "Waiting for a hip operation": for one thing of those that people wait for."""
    found = _WAITS.search(text, claim.start, claim.end) if stem(claim.predicate or "") in _WAITING else None
    return found is not None and words.isdisjoint(map(stem, WORD.findall(found[1])))


def _is_subject(claim: Claim, quantity: Mention) -> bool:
    """Whether those whom the number counts are the subject, and not only within it ("the flight of 900")."""
    if claim.subject is None or quantity.noun is None:
        return True
    return stem(quantity.noun.split()[-1]) in map(stem, WORD.findall(claim.subject.text))


@cache
def _spot() -> re.Pattern[str]:
    spots = "|".join(sorted(phrases_of("spot"), key=len, reverse=True))
    return re.compile(
        r"\b(?:in|inside|inside of|at|within|on)\s+(?:(an?|the|this|that|one|two)\s+)?"
        rf"(?:[a-z-]{{3,15}}\s+)?({spots})s?\b"
    )


def _is_the_others(claim: Claim, text: str, words: frozenset[str], place: tuple[str | None, int]) -> bool:
    """What a body has in a place ("the mission has 300 men in Arvia"), and what is told behind a place that
    only speaks ("Arvia said …; the rebels put the dead at 34")."""
    name, at = place
    if name is None or at < 0:
        return False
    bare = name.removesuffix("'s").removesuffix("’s")
    end = claim.end if claim.quantity is None else claim.quantity.end
    start = claim.start if claim.quantity is None else claim.quantity.wide_start
    other = _GAPPED.search(text, at, start) if at <= claim.context.start + len("The ") else None
    if other is not None and other[1].strip() not in name:
        return True  # "Mirov Airport had 4.1 million passengers, Lorne 29.7 million"
    if _OF_THEM.match(text, end):
        return False  # "Arvia has 1,620 nurses, 410 of them in Tarn"
    if claim.subject is not None and claim.predicate is not None and at >= end:
        owner = claim.subject.text
        plain = frozenset(map(stem, WORD.findall(owner))) & (stems_of("country") | words)
        if stem(claim.predicate) in stems_of("owner") and not plain and bare not in owner:
            return bool(_INSIDE.search(text, max(0, at - 12), at))
    if _FROM.search(text, max(0, at - 12), at) and _NOW_IN.match(text, at + len(name)):
        return True  # "people from Arvia in Lowmark" are in Lowmark
    if at + len(name) > claim.start or at < claim.context.start:
        return False
    told = any_phrase("speaks").match(text, at + len(name) + 1)
    return told is not None and _OWN.search(claim.text) is None and bare not in claim.text


def _only_stays(claim: Claim, words: frozenset[str], behind: str) -> bool:
    """ "1.2 million displaced people live in camps" tells of all who ever were displaced, and not of those of
    a period."""
    lasting = nouns("fate_displaced", "fate_held")
    if words.isdisjoint(lasting) or claim.predicate is None or stem(claim.predicate) not in stems_of("stays"):
        return False
    stems: Sequence[str] = [stem(w) for w in WORD.findall(behind.replace("-", " "))[:3]]
    if (not _counted(claim) and stem(claim.predicate) == "stand") or _counted(claim) in lasting:
        return False  # "the number of people displaced stood at", "there were 300 displacements"
    return not lasting.isdisjoint(stems)
