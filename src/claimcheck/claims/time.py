"""When a claim holds: the date that governs it, in its clause, else its sentence, else the discourse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Literal

from claimcheck.dates.times import gives_of, is_alone, opened
from claimcheck.dates.timex import add
from claimcheck.lexicon import alternatives, entries, pattern, written
from claimcheck.model import Basis as SlotBasis
from claimcheck.model import Claim, ClaimTime, Document, Mention, Period, TimeRelation, replace
from claimcheck.numbers.elliptic import with_unit_of
from claimcheck.numbers.numerals import number_words
from claimcheck.syntax.clauses import Clause, above, is_saying
from claimcheck.syntax.tree import Token

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
# "After the talks ended on 26 January" is a clause that has that day itself.
_CLAUSE_AFTER = pattern("claim_times", "clause behind")
# "a film from 2014" is of 2014; "From 2014," and "was shut from 2014" begin there.
_BEGINS = pattern("claim_times", "begins")
_BY_WHAT = pattern("claim_times", "by what")
_NOUN = re.compile(r"\s[^\W\d_]{2}")
_OPENED: dict[str, TimeRelation] = {
    "onwards": "since", "beyond": "after", "up_to": "until", "short_of": "before",
}  # fmt: skip
# The rules whose mention holds two ends, and the words between them that make it a stretch: a list ("3 and
# 4 May"), a choice ("3 or 4 May") and "between" only say within which days.
_TWO_ENDS = (
    "+range", ".days_of_month", ".month_days", ".months_of_year", ".year_range", ".days_of_known_month",
)  # fmt: skip
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


def is_compared(mention: Mention, text: str) -> bool:
    """Whether something is only compared with a time: "more than in the same month of 2016", "the highest
    since 1990" and "the deadliest in the past ten years" date nothing."""
    start = mention.wide_start
    low = max(0, start - _COMPARED_WITHIN)
    if pattern("claim_times", "than").match(text, start, mention.end) and _AMOUNT.search(text, low, start):
        return True  # "20 billion more than a year earlier"
    if mention.qualifier is not None and mention.qualifier.of(text).lower() == "since":
        return pattern("claim_times", "highest").search(text, low, start) is not None
    if _LOOKS_BACK.match(text, start) and pattern("claim_times", "highest in").search(text, low, start):
        return True
    return pattern("claim_times", "only compared").search(text, low, start) is not None


def compares_from(mention: Mention, text: str) -> int | None:
    """Where the comparison begins whose number a time dates ("down from 300 in 2016"), None where it dates
    none: what stands before is of another time."""
    start = mention.wide_start
    low = max(0, start - _COMPARED_WITHIN)
    found = _compared_number().search(text, low, start)
    if found is not None:
        return max(found.start("lead"), found.start("lead2"))
    stated = pattern("whose_time", "against a number").search(text, low, start)
    return None if stated is None else stated.start()


_FOLLOWS = {"after": "since", "following": "since"}
# "After the May 2018 quake" people may have died in that May, "before the 2003 war" in that year, too.
_OF_WHAT_WAS_THEN: dict[TimeRelation, TimeRelation] = {"after": "since", "before": "until"}
_COMPARED_WITHIN = 80  # characters in front of a time
_LOOKS_BACK = pattern("claim_times", "looks back")
_AMOUNT = re.compile(r"\d[\d.,]*(?:\s|%)(?:[a-z]{2,12}\s){0,2}$")
_RISEN_TO = written("claim_times", "risen to")  # "to 45 in June from 30 in May"
_NO_NUMBER = frozenset({"than"})  # "more than 300 in 2016" compares nothing


@cache
def _compared_number() -> re.Pattern[str]:
    lead = alternatives(_words("compared") - _NO_NUMBER, r"\s+")
    from_ = alternatives(_words("from"), r"\s+")
    lead = rf"\b(?:{lead})|{from_}"
    counting = ("unit", "teen", "ten", "hundred", "scale")
    table = number_words().items()
    words = alternatives(w for w, (kind, _, many) in table if kind in counting and not many)
    number = rf"(?:\d|\b(?:{words})\b)(?:[^,;:!?\n]|,\d{{3}})*$"
    return re.compile(rf"(?:{_RISEN_TO}|(?P<lead2>{lead}))\s+[^,.;:!?\n]*{number}", re.IGNORECASE)


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
    start, end = mention.date_start, mention.date_end
    around = _about_ago(mention)
    start, end = start and add(start, -around), end and add(end, around)
    gives = gives_of(mention.qualifier.of(text)) if mention.kind == "date" and mention.qualifier else None
    if gives is not None:
        start, end = opened(gives, start, end)
    if relation == "since" or (gives is not None and relation == "after"):
        end = own if own and start and own >= start else None
    elif relation in {"until", "by"}:
        start = None
    elif relation in {"before", "after"} and gives is None:
        wide = Period(start, end).widened(1)  # "before May" ends in April, "after May" starts in June
        start, end = (None, wide.start) if relation == "before" else (wide.end, None)
    return ClaimTime(
        start=mention.start, end=mention.end, timex=mention.timex, date_start=start, date_end=end,
        inferred=mention.inferred, anchor=mention.anchor, relation=relation, basis=basis,
    )  # fmt: skip


def _about_ago(mention: Mention) -> int:
    """By how many days what is counted back in weeks or months may be off: "two weeks ago" is no week of the
    calendar."""
    if mention.rule != "dates.ago" or mention.timex is None:
        return 0
    return 4 if "W" in mention.timex else 15 if len(mention.timex) == len("2016-05") else 0


def _relation(mention: Mention, text: str) -> TimeRelation:
    """What the words in front of a time, or between its two ends, make of it."""
    if mention.kind == "date" and mention.qualifier is not None:
        words = mention.qualifier.of(text)
        if words.lower() in _RELATIONS:
            return _RELATIONS[words.lower()]
        return _OPENED.get(gives_of(words) or "", "in")
    if is_stretch(mention):
        return "from_to"
    happened = pattern("claim_times", "event").search(text, max(0, mention.start - 90), mention.start)
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


# ----------------------------------------------------------------------------------------------------
# Which date of its sentence governs a claim: its clause's, one above, one that hangs on it, any other.
#
# A clause that hangs on another one dates it in a way of its own: "since fighting broke out on 10 May"
# opens a stretch, "before closing on 9 June" closes one. The day on which something was said is not the day
# on which it happened.

_BOUNDS: tuple[TimeRelation, ...] = ("since", "until", "before")
_COUNTED_AND_IN = 5  # tokens from a number to its time


def governed(
    token: Token, clause: Clause, times: Sequence[TimeInSentence], text: str, own: date | None
) -> ClaimTime | None:
    """The time that a sentence gives the claim of a token, None where it gives none.

    Order: the one right behind the token where the sentence has several ("14 in 2016, 9 in 2017"), the
    token's own phrase, its clause, the clauses above it, those that hang on it, any other of the sentence.
    Among several of one clause: an explicit date before one that an event fixes, then the nearest.
    """
    own = known_by(clause, times, own)
    times = [t for t in times if not _is_when_it_was_said(t, clause)]
    own_time = right_behind(token, times) if len(times) > 1 else None
    if own_time is not None:
        return _time(own_time, text, own, "clause")
    phrase = token
    while phrase.dep_ in ("nummod", "quantmod", "compound", "amod"):
        phrase = phrase.head
    within = [t for t in times if phrase.dep_ == "conj" and t.token.i > token.i and t.token in phrase.subtree]
    if within:  # "six people on Saturday and *two more on Sunday*"
        return _time(_nearest(token, within), text, own, "clause")
    for level, higher in enumerate(clause.chain()):
        here = [t for t in times if t.clause.head.i == higher.head.i]
        if here:
            return _time(_nearest(token, here), text, own, "clause" if level == 0 else "sentence")
    times = list(_elsewhere(times, clause, own))
    below = [t for t in times if any(c.head.i == clause.head.i for c in t.clause.chain())]
    times = below or times
    return _time(_nearest(token, times), text, own, "sentence", clause) if times else None


def _elsewhere(times: Sequence[TimeInSentence], clause: Clause, own: date | None) -> Iterator[TimeInSentence]:
    """The times of other clauses at which a clause may be: not what it leads to ("puts it at 900 euros and
    hopes to open *by Friday*"), what somebody was before ("*founded in 1998*, it works in nine countries"),
    what it hangs on ("if you agree *tonight*") or what is said of a place ("where it ended *in May*")."""
    tense = tense_of(clause)
    if tense == "present" and any(t.lower_ in {"now", "today", "currently"} for t in clause.tokens):
        return  # "lost its ward in September, and women now travel 47 kilometres"
    for time in times:
        head, first, last = time.clause.head, time.mention.date_start, time.mention.date_end
        ahead = own is not None and (first or last or own) > own and tense != "future"
        before = head.tag_ == "VBN" and time.clause.participial and tense == "present"
        leads = {c.lower_ for c in head.children if c.dep_ in ("mark", "advmod")} & _words("leads")
        if not (ahead or before or leads):
            yield time


def _time(
    time: TimeInSentence, text: str, own: date | None, basis: Basis, of: Clause | None = None
) -> ClaimTime:
    relation = None if of is None else _opening(time.clause, of)
    return claim_time(time.mention, text, own, basis, relation)


def _is_when_it_was_said(time: TimeInSentence, clause: Clause) -> bool:
    """Whether a time only says when the clause was said: it stands with the verb of saying, not between
    what is said and who says it, where the parse often goes wrong ("… died on 9 May, police said")."""
    verb = time.clause.head
    if verb.i == clause.head.i or not is_saying(verb, clause):
        return False
    sayers = [c.left_edge.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return bool(verb.i < clause.head.i or time.token.i > min([*sayers, verb.i]))


def when_said(clause: Clause, times: Sequence[TimeInSentence]) -> TimeInSentence | None:
    """The one day on which a sentence says that somebody said what a clause tells."""
    said = [t for t in times if _is_when_it_was_said(t, clause) and t.mention.anchor is None]
    return said[0] if len(said) == 1 else None


def known_by(clause: Clause, times: Sequence[TimeInSentence], own: date | None) -> date | None:
    """The day up to which a clause can tell: when it was said, else the document's. "Said on 10 January that
    85 had been killed since 31 December" states no later death."""
    day = said_on(clause, times)
    return own if day is None else min(day, own or day)


def said_on(clause: Clause, times: Sequence[TimeInSentence]) -> date | None:
    """The day on which a sentence says that somebody said what a clause tells, where it gives a day."""
    said = when_said(clause, times)
    return said.mention.date_end if said and said.mention.date_start == said.mention.date_end else None


def _opening(below: Clause, clause: Clause) -> TimeRelation | None:
    """How a clause that hangs on `clause` bounds its time, None where it says when."""
    for level in below.chain():
        parent = level.parent
        if parent is None or parent.head.i != clause.head.i:
            continue
        marks = {c.lower_ for c in level.head.children if c.dep_ in {"mark", "advmod"}}
        if level.head.dep_ == "pcomp":
            marks.add(level.head.head.lower_)
        return next((bound for bound in _BOUNDS if marks & _words(bound)), None)
    return None


def right_behind(token: Token, times: Sequence[TimeInSentence]) -> TimeInSentence | None:
    """The time that follows a number with nothing but what it counts, where, and a preposition between: "14
    in 2016", "nine murders in 2017", "seven in Tarn on 3 May"."""
    for time in times:
        between = list(token.doc[token.i + 1 : time.token.i])
        if time.token.left_edge.i == token.i + 1 and token.like_num:
            return time  # "against 12 *a year earlier*"
        if not 0 < len(between) <= _COUNTED_AND_IN or between[-1].lower_ not in _words("at"):
            continue
        if all(t.pos_ in {"NOUN", "NUM", "ADJ"} for t in between[:-1]):
            return time
    return None


def _nearest(token: Token, times: Sequence[TimeInSentence]) -> TimeInSentence:
    return min(times, key=lambda t: (t.mention.anchor is not None, abs(t.token.i - token.i)))


_words = partial(entries, "clause_times", "form", "words")


# ----------------------------------------------------------------------------------------------------
# The time of a claim whose sentence states none: the discourse's, the document's, or nobody's.
#
# A past tense goes on with the last date that a main clause of the paragraph had. A present tense, a
# present perfect ("has displaced") and what can or must be hold as of the day on which its sentence says
# that somebody said it, else of the document's own date. A forecast holds at no day that is stated, and
# neither does a clause with a time that could not be read.

Tense = Literal["past", "present", "future", "none"]

_A_YEAR = range(330, 400)  # days of a year, or of what counts as one
_NOW = frozenset({"VBZ", "VBP"})


_AGAINST = pattern("whose_time", "compared")
_NO_OWN_TIME = pattern("whose_time", "without its own")


@dataclass
class Discourse:
    """The running reference time of a paragraph, the last date that governed a main clause. `fresh`: it was
    stated in this paragraph. `counted`: the last number that counts something or has a unit. `of_all`:
    the year that the title says the text is of, to which each paragraph comes back."""

    time: Mention | None = None
    fresh: bool = True
    counted: Claim | None = None
    of_all: Mention | None = None

    def new_paragraph(self, goes_on: bool = False) -> None:
        """A new paragraph starts without a day of its own; the year of the story goes on, and the day too
        where the story `goes_on` sentence by sentence, each a paragraph of its own."""
        goes_on = goes_on and self.of_all is None
        days = None if self.time is None or self.time.period is None else self.time.period.days
        self.time = self.time if goes_on or (days is not None and days in _A_YEAR) else None
        self.fresh = goes_on
        self.counted = self.counted if goes_on else None

    def advance(self, times: Sequence[TimeInSentence], moved: bool = False) -> None:
        """Take over the date of a sentence's main clause, of another clause where that has none. `moved`: to
        a day that nobody can tell ("on Friday"), with which none of those stated before goes on."""
        main = [t for t in times if t.clause.head.dep_ == "ROOT"] or list(times)
        if main or moved:
            self.time, self.fresh = main[0].mention if main else None, True

    def with_counted(self, claims: Sequence[Claim], text: str) -> list[Claim]:
        """The claims of a sentence, a bare number with what that before it counts, or with its unit: the one
        of which it is a part or with which it is compared, else the last of the sentence before ("They
        included 12,400"). A unit goes on where both are written alike ("€4.5 million, from 4.1 million")."""
        out: list[Claim] = []
        before, whole, first = self.counted, {c.claim_id: c for c in claims}, True
        for claim in claims:
            own = claim.quantity
            if own is not None and own.kind == "number" and not claim.slots:
                against = _AGAINST.search(text, claim.context.start, own.wide_start) is not None
                part = whole.get(claim.part_of or "")
                goes_on = against or first or not claim.measure  # "…; last year it had 94,100"
                near = part if part is not None and part.slots else before if goes_on else None
                slots = () if near is None else near.slots
                basis: SlotBasis = "carried" if first else "sentence"
                claim = replace(claim, slots=tuple(replace(slot, basis=basis) for slot in slots))
                if before is not None and (not first or (not claim.measure and own.text[-1:].isalpha())):
                    own = with_unit_of(before.quantity, own, text, not first and against)
                    claim = replace(claim, quantity=own)
            if claim.quantity is not None and (claim.slots or claim.quantity.unit):
                before, first = claim, False
            out.append(claim)
        self.counted = before
        return out


def time_of(
    token: Token,
    clause: Clause,
    times: Sequence[TimeInSentence],
    unread: frozenset[int],
    discourse: Discourse,
    document: Document,
) -> ClaimTime | None:
    """When the claim of a token holds. `unread`: heads of the clauses with a time that says no day."""
    found = governed(token, clause, times, document.text, document.date)
    if found is not None:
        return found
    if clause.head.i in unread:
        return None
    tense = tense_of(clause)
    # "said in November that 400 patients needed care": what lasts holds when it was said
    lasts = tense == "present" or (tense == "past" and clause.head.lemma_ in _auxiliaries("state"))
    said = when_said(clause, times)
    stated = said if lasts else None
    ahead = discourse.time.date_start if discourse.time is not None else None
    if tense == "present" and ahead is not None and document.date is not None and ahead > document.date:
        tense = "past"  # "Limits for next year are set. Plaice stays at 5,400."
    if tense == "none" and discourse.fresh:
        tense = "past"
    if tense == "past" and discourse.time is not None and stated is None:
        opening = " ".join(t.text for t in clause.head.doc[:_OPENING])
        if pattern("claim_times", "shifts the time").match(opening):
            return None
        return claim_time(discourse.time, document.text, document.date, "discourse")
    if stated is not None:
        return claim_time(stated.mention, document.text, document.date, "discourse")
    if tense == "present" and document.date is not None:
        return ClaimTime(
            start=None, end=None, timex=document.date.isoformat(), date_start=document.date,
            date_end=document.date, anchor="document", basis="document",
        )  # fmt: skip
    if tense in ("past", "none") and discourse.of_all is not None:
        return claim_time(discourse.of_all, document.text, document.date, "discourse")
    return None


def year_of_title(text: str, mentions: Sequence[Mention]) -> Mention | None:
    """The year that a text is of by its title: "The harvest of 2022", "Mining: the year in brief"."""
    title, behind, _ = text.partition("\n\n")
    if not behind or title.endswith((".", "”", '"')):
        return None
    years = (m for m in mentions if m.start < len(title) and m.is_time)
    return next((m for m in years if m.period is not None and (m.period.days or 0) in _A_YEAR), None)


def as_before(number: Mention, time: ClaimTime | None, text: str, start: int) -> ClaimTime | None:
    """The time of a number from which another one rose or fell ("12 in 2023, *from 9*"): nobody tells it; of
    any other number, and of one that has its own, its time as it is."""
    found = pattern("whose_time", "was before").search(text, max(0, start), number.wide_start)
    if time is None or found is None or _NO_OWN_TIME.match(text, number.end) is None:
        return time
    return time if found.start() <= (time.start or 0) < number.start else None


def _was_said(clause: Clause) -> bool:
    """Whether somebody said a clause's words in the past: "he *stated* that 400 boats are at sea"."""
    verbs = (above(level.head) for level in clause.chain())
    return any(verb is not None and verb.tag_ == "VBD" and is_saying(verb, clause) for verb in verbs)


def tense_of(clause: Clause) -> Tense:
    """The tense of the nearest finite verb at or above a clause."""
    for level in clause.chain():
        auxiliaries = [c for c in level.head.children if c.dep_ in {"aux", "auxpass"}]
        for verb in auxiliaries:
            if verb.lower_ in _auxiliaries("future"):
                return "future"
            if verb.tag_ == "MD":
                if verb.lower_ not in _auxiliaries("open"):
                    return "present"
                return "past" if _was_said(clause) else "future"
        if level.head.tag_ == "VBP" and not auxiliaries and level.head.lower_ in _auxiliaries("alike"):
            return "past"
        if level.head.tag_ in _NOW or any(c.tag_ in _NOW for c in auxiliaries):
            return "present"
        if level.head.tag_ == "VBD" or any(c.tag_ == "VBD" for c in auxiliaries):
            return "past"
    return "past" if any(level.head.pos_ in ("VERB", "AUX") for level in clause.chain()) else "none"

_auxiliaries = partial(entries, "auxiliaries", "tense", "words")


_OPENING = 7  # words of a sentence that may shift its time
