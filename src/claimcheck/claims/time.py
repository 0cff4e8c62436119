"""When a claim holds: the date that governs it, in its clause, else its sentence, else the discourse."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from claimcheck.claims.clauses import Clause, Token
from claimcheck.claims.fronting import is_not_until
from claimcheck.dates.bounds import gives_of, is_alone, opened
from claimcheck.lexicon import alternatives, load, pattern, written
from claimcheck.model import ClaimTime, Mention, Period, TimeRelation
from claimcheck.numbers.tokens import number_words

Basis = Literal["clause", "sentence", "discourse", "document"]

# What the preposition makes of the period, given the document's own date (None where there is none).
_RELATIONS: dict[str, TimeRelation] = {
    "since": "since",
    "until": "until",
    "till": "until",
    "through": "until",  # "through January 2018" ends with it, and began who knows when
    "by": "by",
    "before": "before",
    "after": "after",
    "on": "on",
    "during": "during",
    "throughout": "during",
    "from": "since",
}
_LEAD = pattern("claim_times", "lead")
# "since the coup of 1 February", "before the elections on 25 February": the happening is at that date.
_HAPPENING = pattern("claim_times", "happening")
# "After the talks ended on 26 January" is a clause that has that day itself.
_CLAUSE_AFTER = pattern("claim_times", "clause behind")
# "a film from 2014" is of 2014; "From 2014," and "was shut from 2014" begin there.
_BEGINS = pattern("claim_times", "begins")
_BY_WHAT = pattern("claim_times", "by what")
_NOUN = re.compile(r"\s[^\W\d_]{2}")
_OPENED: dict[str, TimeRelation] = {
    "onwards": "since",
    "beyond": "after",
    "up_to": "until",
    "short_of": "before",
}
# The rules whose mention holds two ends, and the words between them that make it a stretch: a list ("3 and
# 4 May"), a choice ("3 or 4 May") and "between" only say within which days.
_TWO_ENDS = (
    "+range",
    ".days_of_month",
    ".month_days",
    ".months_of_year",
    ".year_range",
    ".days_of_known_month",
)
_YEAR = 4  # the length of the TIMEX3 value of a year
_OF_NUMBER = re.compile(r"\d\s?\($")
_STRETCH = pattern("claim_times", "stretch")
_WITHIN = pattern("claim_times", "within")


@dataclass(frozen=True, slots=True)
class TimeInSentence:
    """A time mention of a sentence with the token and the clause that it hangs on."""

    mention: Mention
    token: Token
    clause: Clause


def usable(mention: Mention) -> bool:
    """Whether a mention says when: it denotes days, and is neither a length of time nor just "now"."""
    vague = mention.kind == "set" or (mention.timex or "").endswith("_REF")
    return mention.is_time and not vague and mention.period is not None and not mention.reason


def names_only(mention: Mention, token: Token, text: str) -> bool:
    """Whether a year is part of a name and dates nothing: "the 2030 Agenda", "resolution 1325 (2000)"; a
    century with a hyphen says only of when somebody is: "a 7th-century poet"."""
    if mention.text.lower().endswith("-century") and is_modifier(token):
        return True
    if len(mention.timex or "") != _YEAR or mention.qualifier is not None:
        return False
    before, behind = text[max(0, mention.start - 3) : mention.start], text[mention.end : mention.end + 1]
    if behind == ")" and _OF_NUMBER.search(before):
        return True
    return is_modifier(token) and token.head.lemma_.lower() in _dated_names()


def is_compared(mention: Mention, text: str) -> bool:
    """Whether something is only compared with a time: "more than in the same month of 2016", "the highest
    since 1990" and "the deadliest in the past ten years" date nothing."""
    start = mention.wide_start
    low = max(0, start - _COMPARED_WITHIN)
    if mention.rule.endswith("+offset") and _LENGTH_THAN.search(text, low, start):
        return False  # "less than two weeks before 3 March"
    if _THAN.match(text, start, mention.end) and _AMOUNT.search(text, low, start):
        return True  # "20 billion more than a year earlier"
    if mention.qualifier is not None and mention.qualifier.of(text).lower() == "since":
        return _highest().search(text, low, start) is not None
    if _LOOKS_BACK.match(text, start) is not None and _highest(_IN).search(text, low, start) is not None:
        return True
    return _compared().search(text, low, start) is not None


def compares_from(mention: Mention, text: str) -> int | None:
    """Where the comparison begins whose number a time dates ("down from 300 in 2016"), None where it dates
    none: what stands before is of another time."""
    start = mention.wide_start
    found = _compared_number().search(text, max(0, start - _COMPARED_WITHIN), start)
    return None if found is None else max(found.start("lead"), found.start("lead2"))


_FOLLOWS = {"after": "since", "following": "since"}
# "After the May 2018 quake" people may have died in that May, "before the 2003 war" in that year, too.
_OF_WHAT_WAS_THEN: dict[TimeRelation, TimeRelation] = {"after": "since", "before": "until"}
_COMPARED_WITHIN = 80  # characters in front of a time
_THAN = pattern("claim_times", "than")
_LOOKS_BACK = pattern("claim_times", "looks back")
_IN = written("claim_times", "in")
_LENGTH_THAN = pattern("claim_times", "length than")
_AMOUNT = re.compile(r"\d[\d.,]*(?:\s|%)(?:[a-z]{2,12}\s){0,2}$")
_RISEN_TO = (
    written("claim_times", "risen to")  # "to 45 in June from 30 in May"
)
_NO_NUMBER = frozenset({"than"})  # "more than 300 in 2016" compares nothing


@cache
def _compared() -> re.Pattern[str]:
    between = alternatives(_clause_words("same"))
    return re.compile(rf"\b(?:{_phrases('compared')})\s+(?:(?:{between})\s+)*$", re.IGNORECASE)


@cache
def _highest(lead: str = "") -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_phrases('highest')})\s+(?:[^\W\d][\w-]*\s+){{0,3}}{lead}$", re.IGNORECASE)


@cache
def _compared_number() -> re.Pattern[str]:
    lead = alternatives(set(_clause_words("compared")) - _NO_NUMBER, r"\s+")
    lead = rf"\b(?:{lead})|{_phrases('from')}"
    counting = ("unit", "teen", "ten", "hundred", "scale")
    table = number_words().items()
    words = alternatives(w for w, (kind, _, many) in table if kind in counting and not many)
    number = rf"(?:\d|\b(?:{words})\b)(?:[^,;:!?\n]|,\d{{3}})*$"
    return re.compile(rf"(?:{_RISEN_TO}|(?P<lead2>{lead}))\s+[^,.;:!?\n]*{number}", re.IGNORECASE)


def _phrases(form: str) -> str:
    return alternatives(_clause_words(form), r"\s+")


def _clause_words(form: str) -> list[str]:
    return [w for row in load("clause_times") if row["form"] == form for w in row["words"]]


def tells_of_others(clause: Clause) -> bool:
    """Whether a clause speaks of another time than its sentence: "when I heard of *earlier* attacks"."""
    return not frozenset(_clause_words("apart")).isdisjoint(t.lower_ for t in clause.tokens)


def tells_of_later(clause: Clause) -> bool:
    """Whether a clause tells of what came of something afterwards: "two of them *later* died"."""
    return not frozenset(_clause_words("later")).isdisjoint(t.lower_ for t in clause.tokens)


def is_modifier(token: Token) -> bool:
    """Whether a date stands before the noun that it dates: "the January 2018 attack"."""
    return token.dep_ in {"nummod", "compound", "amod", "nmod"} and token.head.i > token.i


def is_unread(mention: Mention) -> bool:
    """Whether a date says no day because nobody can tell which: "in the last financial quarter"."""
    refers = (mention.timex or "").endswith("_REF")
    return mention.kind == "date" and mention.period is None and mention.anchor is None and not refers


def claim_time(
    mention: Mention,
    text: str,
    own: date | None,
    basis: Basis = "clause",
    bound: TimeRelation | None = None,
) -> ClaimTime:
    """A mention as the time of a claim, the preposition in front of it taken into the period; `bound` is what
    its clause makes of it for the clause above ("since fighting broke out on 10 May")."""
    relation = bound or _relation(mention, text)
    if mention.kind == "time" and relation != "on":
        relation = "in"  # "shortly before 11 pm on 8 August" is still that day
    if relation != "on" and mention.kind == "date" and is_not_until(text, mention):
        relation, mention = "in", _whole(mention)
    start, end = mention.date_start, mention.date_end
    gives = gives_of(mention.qualifier.of(text)) if mention.kind == "date" and mention.qualifier else None
    if gives is not None:
        start, end = opened(gives, start, end)
    if relation == "since" or (gives is not None and relation == "after"):
        end = own if own and start and own >= start else None
    elif relation in {"until", "by"}:
        start = None
    elif relation in {"before", "after"} and gives is None:
        start, end = _beyond(Period(start, end), relation, own)
    return ClaimTime(
        start=mention.start,
        end=mention.end,
        timex=mention.timex,
        date_start=start,
        date_end=end,
        inferred=mention.inferred,
        anchor=mention.anchor,
        relation=relation,
        basis=basis,
    )


def _whole(mention: Mention) -> Mention:
    """A date without the bound that its words make of it; of "the end of 2021" nobody knows the first day."""
    if mention.mod is not None:
        return replace(mention, date_start=None, date_end=None, qualifier=None)
    return replace(mention, qualifier=None)


def _relation(mention: Mention, text: str) -> TimeRelation:
    """What the words in front of a time, or between its two ends, make of it."""
    if mention.kind == "date" and mention.qualifier is not None:
        words = mention.qualifier.of(text)
        if words.lower() in _RELATIONS:
            return _RELATIONS[words.lower()]
        return _OPENED.get(gives_of(words) or "", "in")
    if is_stretch(mention):
        return "from_to"
    happened = _HAPPENING.search(text, max(0, mention.start - 90), mention.start)
    if (
        happened is not None and _CLAUSE_AFTER.fullmatch(happened.group()) is None
    ):  # what comes after a raid on 8 August may still be of that day
        return _RELATIONS[_FOLLOWS.get(happened.group(1).lower(), happened.group(1).lower())]
    before = text[max(0, mention.start - 32) : mention.start]
    found = _LEAD.search(before)
    if found is None or (found.group(1).lower() == "from" and _BEGINS.search(before) is None):
        return "in"
    if _BY_WHAT.search(before) is not None and mention.text.isdecimal() and _NOUN.match(text, mention.end):
        return "in"  # "was set up by the 2012 accord"
    relation = _RELATIONS[found.group(1).lower()]
    return relation if is_alone(text, mention.end) else _OF_WHAT_WAS_THEN.get(relation, relation)


def is_stretch(mention: Mention) -> bool:
    """Whether a mention gives a first and a last day: "from 25 to 26 January", "25–26 January"."""
    first, _, last = (mention.timex or "").partition("/")
    if not first or not last or not mention.rule.removesuffix("+year").endswith(_TWO_ENDS):
        return False
    return _STRETCH.search(mention.text) is not None and _WITHIN.match(mention.text) is None


def _beyond(period: Period, relation: str, own: date | None) -> tuple[date | None, date | None]:
    """ "before May" ends with April's last day, "after May" starts with June's first."""
    wide = period.widened(1)
    if relation == "before":
        return None, wide.start
    if wide.end and own and own >= wide.end:
        return wide.end, own
    return wide.end, None


@cache
def _dated_names() -> frozenset[str]:
    return frozenset(word for row in load("dated_names") for word in row["words"])
