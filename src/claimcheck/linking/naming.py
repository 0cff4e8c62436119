"""How a clause names a happening: what it says happened, when it was, or whose date stands behind a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from claimcheck.dates.event_words import is_ordinal
from claimcheck.dates.events import EventMention
from claimcheck.lexicon import pattern
from claimcheck.linking.places import WORD
from claimcheck.linking.words import any_of, nouns, participles, stem, words_of
from claimcheck.model import Claim, Document, Span, TimeRelation
from claimcheck.numbers.tokens import number_words

_BOUNDS: tuple[TimeRelation, ...] = ("after", "before", "since", "until")
_FIRST_WORD = re.compile(r"\w+")
_OWNER = re.compile(r"(?<![\w-])[^\W\d_][\w-]{1,30}(?:['’]s|s['’])\s+(?:[a-z-]{1,20}\s+){0,2}\Z")
_OWNER_WITHIN = 80
_OF_DATE = pattern("naming", "of a date")
_NAME_OPENS = pattern("naming", "name opens")
_RIGHT_BEHIND = pattern("naming", "right behind")
_DETERMINED = pattern("naming", "determined")
_OWN = pattern("naming", "own")
_VERB = pattern("naming", "verb")
_INTO = pattern("naming", "into")
_WORD_BEHIND = re.compile(r"\s+([a-z]+)\b")
_APPOSED = pattern("naming", "apposed")
_WHERE_OR_WHOSE = pattern("naming", "where or whose")
_OF_WITHIN = 12
_NOUN_COMMA = pattern("naming", "noun and comma")
_DETERMINER = 5
_PHRASE_WITHIN = 40
_BY_MEANS = pattern("naming", "by means of")
_OPENS = pattern("naming", "opens")
_ON_DATE = pattern("naming", "on a date")
PREPOSITION = pattern("naming", "preposition")


def dates_the_name(claim: Claim, document: Document, mention: EventMention) -> bool:
    """Whether the claim's date hangs on the name itself: "resolution 2235 of 7 August 2015 set up …"."""
    time = claim.time
    if time is None or time.start is None or not mention.end < time.start <= mention.end + _OF_WITHIN:
        return False
    text = document.text
    opens = _NAME_OPENS.fullmatch(text, claim.start, mention.start) is not None
    if opens and _APPOSED.fullmatch(text, mention.end, time.start):
        rest = text[time.end or time.start : claim.end]  # that may say where it was, and whose
        verb = "" if claim.predicate is None else stem(claim.predicate)
        tells = verb in nouns("happens", "harms", "fates") or _WHERE_OR_WHOSE.search(rest) is not None
        return rest.startswith(",") and not tells
    return _OF_DATE.fullmatch(text, mention.end, time.start) is not None


def is_dated_before(claim: Claim, document: Document, mention: EventMention) -> bool:
    """Whether the claim's date stands right before a name that it says more of: "the 30 January Sochi
    congress", "last month's Sochi congress"."""
    own, text = own_time(claim), document.text
    if own.end == 0 or _RIGHT_BEHIND.fullmatch(text, own.end, mention.start) is None:
        return False
    owns = text[own.end : own.end + 1] in ("'", "’") or own.of(text).endswith(("'s", "’s"))
    return owns or _DETERMINED.search(text, max(0, own.start - _DETERMINER), own.end) is not None


def is_of_a_paper(claim: Claim, document: Document, mention: EventMention) -> bool:
    """Whether a name only says what something with a date of its own is about: "the amendment to resolution
    2401", "the follow-up to the Sochi congress"."""
    return is_about(document.text, max(claim.context.start, mention.start - _PHRASE_WITHIN), mention.start)


def is_of_a_stage(
    claim: Claim, document: Document, mention: EventMention, named: Sequence[EventMention]
) -> bool:
    """Whether only a stage of what is named is told of: "the second session of the Geneva II talks". `named`:
    all that the sentence names; a number may seem to be that of a series, where it counts stages."""
    start = max(claim.context.start, mention.start - _PHRASE_WITHIN)
    if _stage().search(document.text, start, mention.start) is not None:
        return True
    behind = [m for m in named if 0 <= m.start - mention.end < _PHRASE_WITHIN]
    return any(_stage().search(document.text, mention.start, m.start) is not None for m in behind)


@cache
def _stage() -> re.Pattern[str]:
    within = r"(?:[\w-]+\s+){0,3}(?:in|at|of|during)\s+"
    return re.compile(rf"\b(?:{any_of('stages')})s?\s+of\s+(?:{within})?(?:the\s+)?\Z", re.IGNORECASE)


def is_about(text: str, start: int, at: int) -> bool:
    """Whether words between two characters end with what is about that which is named behind them."""
    return _papers().search(text, start, at) is not None


@cache
def _papers() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{any_of('papers')})s?\s+(?:to|on|about|against|for|after|regarding|concerning)\s+(?:the\s+)?\Z",
        re.IGNORECASE,
    )


def does_to_its_own(claim: Claim) -> bool:
    """Whether a clause tells what a happening did with something of its own ("closed its doors to
    reporters"), and not how it went on ("concluded its work")."""
    verb = "" if claim.predicate is None else claim.predicate[:3]
    found = _OWN.search(claim.text)
    if found is None or not verb or found[1][:3].lower() != verb:
        return False
    return stem(found[2]) not in nouns("own_work")


def own_time(claim: Claim) -> Span:
    """Where the claim's time stands."""
    time = claim.time
    return Span(0, 0) if time is None or time.start is None else Span(time.start, time.end or time.start)


def owner_start(text: str, start: int, at: int) -> int:
    owner = _OWNER.search(text, max(start, at - _OWNER_WITHIN), at)
    return at if owner is None else owner.start()


def names_it(mention: EventMention) -> bool:
    """Whether a mention names a happening: by name, or by series and number ("the sixth round", not "six
    rounds")."""
    first = _FIRST_WORD.match(mention.text)
    word = "" if first is None else first[0].lower()
    counts = word.isdigit() or (word in number_words() and not is_ordinal(word))
    return mention.how == "name" or (mention.how == "number" and not counts)


def is_what_happened(claim: Claim, document: Document, mention: EventMention) -> bool:
    """Whether a named happening is what the clause says happened, and not what it was about ("spoke of
    resolution 2401") or when it was ("in the days before Geneva IX")."""
    if _dates_another(claim, document, mention):
        return False
    if takes_part(claim, document, mention):
        return True
    before = _VERB.search(document.text, max(claim.start, mention.start - _PHRASE_WITHIN), mention.start)
    if before is not None and stem(before[1]) in nouns("takes_part"):
        return False  # "envoys who had attended the Sochi congress met on 12 May"
    if hosts(claim, document, mention.start) or enacts(claim, document, Span(mention.start, mention.end)):
        return True
    if _opens_its_clause(claim, document, mention):
        return True
    own = own_time(claim)  # "in August 2013 the Tarn attack took place"
    within = claim.time is not None and claim.time.relation in _BOUNDS
    adjoins = within and not document.text[own.end : mention.start].strip()  # "after the April 2017 attack"
    start = max(mention.start - 40, own.end if own.end <= mention.start and not adjoins else 0)
    behind = PREPOSITION.search(document.text, start, mention.start)
    return behind is None and not fixes_the_time(claim, mention)


def _dates_another(claim: Claim, document: Document, mention: EventMention) -> bool:
    """Whether the claim's date is that of something which only says when it was: "following the 30 December
    ceasefire, the first round was held"."""
    own, text = own_time(claim), document.text
    if own.end == 0 or own.end > mention.start:
        return False
    lead = _after_a().search(text, max(claim.context.start, own.start - _OF_WITHIN), own.start)
    return lead is not None and _NOUN_COMMA.match(text, own.end, mention.start) is not None


@cache
def _after_a() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('only when')})\s+(?:the|a|an)\s+\Z", re.IGNORECASE)


def _opens_its_clause(claim: Claim, document: Document, mention: EventMention) -> bool:
    """Whether a happening is the subject of a clause that a conjunction opens, with a date of its own behind
    its verb: "40 were killed before resolution 2401 was adopted on 24 February"."""
    own, time = own_time(claim), claim.time
    if time is None or time.anchor is not None or time.relation in _BOUNDS or own.start < mention.end:
        return False
    before = document.text[max(claim.context.start, mention.start - _DETERMINER * 4) : mention.start]
    lead = [w.lower() for w in WORD.findall(before) if w.lower() != "the"]
    if not lead or lead[-1] not in words_of("opens a clause"):
        return False
    for word in WORD.findall(document.text[mention.end : own.start])[:3]:
        if claim.predicate is not None and stem(word) == stem(claim.predicate):
            return True
        if stem(word) not in nouns("follows"):
            return False
    return False


def takes_part(claim: Claim, document: Document, mention: EventMention | Span) -> bool:
    """Whether a clause says by its verb that somebody took part in a named happening: "met in Vienna for the
    ninth round on 25 January", "attended the Sochi congress", not "attended the Sochi congress dinner"."""
    if not is_taking_part(claim):
        return False
    text = document.text
    verb = "" if claim.predicate is None else stem(claim.predicate)
    past = {stem(participle) for participle, of in participles().items() if of == verb}
    said = {verb, "part", *past}  # "those who had attended the congress met" elsewhere
    words = [w for w in WORD.finditer(text, claim.start, mention.start) if stem(w.group()) in said]
    if not words or not _INTO.fullmatch(text, words[-1].end(), mention.start):
        return False
    behind = _WORD_BEHIND.match(text, mention.end)
    return behind is None or stem(behind[1]) in nouns("follows")


def is_taking_part(claim: Claim) -> bool:
    """Whether a clause says that somebody took part in something."""
    verb = "" if claim.predicate is None else stem(claim.predicate)
    return verb in nouns("takes_part") or _part().search(claim.text) is not None


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('takes_part_phrases')})\b")


def hosts(claim: Claim, document: Document, at: int) -> bool:
    """Whether a phrase right before a name makes the subject its place: "was the venue of Geneva IX"."""
    return _hosts().search(document.text, max(claim.start, at - _PHRASE_WITHIN), at) is not None


def hosts_by_phrase(text: str) -> bool:
    """Whether a clause says by a phrase that its subject was the place of something."""
    return _hosting().search(text) is not None


@cache
def _hosting() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('hosting_phrases')})\b")


@cache
def _hosts() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('hosting_phrases')})\s+(?:the\s+)?\Z")


def enacts(claim: Claim, document: Document, name: Span) -> bool:
    """Whether what is done by a resolution of that name was done on the clause's date: "the mandate was
    renewed in November 2016 by resolution 2319"."""
    time, text = claim.time, document.text
    verb = "" if claim.predicate is None else stem(claim.predicate)
    if verb not in nouns("enacts") or time is None or time.start is None or time.end is None:
        return False
    by = _BY_MEANS.search(text, max(claim.start, name.start - _PHRASE_WITHIN), name.start)
    if by is None or stem(next(iter(WORD.findall(name.of(text))), "")) not in nouns("enacted"):
        return False
    opens = _OPENS.fullmatch(text, claim.context.start, time.start) is not None
    before = time.end <= by.start() and not text[time.end : by.start()].strip(" ,")
    behind = _ON_DATE.fullmatch(text, name.end, time.start) is not None
    return opens or before or behind


def fixes_the_time(claim: Claim, mention: EventMention) -> bool:
    time = claim.time
    if time is None or time.anchor is None or time.start is None or time.end is None:
        return False
    return time.start <= mention.start < time.end


def was_done(claim: Claim) -> bool:
    """Whether the clause says of its subject that it was carried out: "the Tarn attack, carried out before
    dawn on 3 May"."""
    return _was_done().search(claim.text) is not None


@cache
def _was_done() -> re.Pattern[str]:
    return re.compile(rf"(?:\A|\b(?:was|were|been|being)\s+)(?:[a-z]+ly\s+)?(?:{any_of('carries out')})\b")
