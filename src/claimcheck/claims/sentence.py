"""A parsed sentence with its mentions becomes claims: who says that how many of what happened when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from claimcheck.claims.assertion import assess, taken_back
from claimcheck.claims.measures import counted, is_argument, measure_words, with_wholes
from claimcheck.claims.people import behind_included, count_people, harms, object_of, words_of_harm
from claimcheck.claims.places import carried, place_of
from claimcheck.claims.time import (
    Discourse,
    TimeInSentence,
    as_before,
    claim_time,
    compares_from,
    is_compared,
    is_unread,
    known_by,
    said_on,
    time_of,
    usable,
)
from claimcheck.documents.datelines import is_dateline, reported_from
from claimcheck.frames.held import held_as
from claimcheck.lexicon import entries, pattern
from claimcheck.model import (
    Claim,
    ClaimTime,
    Document,
    Link,
    Mention,
    Period,
    Proposition,
    Slot,
    Span,
    claim_key,
    replace,
)
from claimcheck.numbers.quantities import RANKS
from claimcheck.syntax.clauses import Clause, clause_of, clauses, is_saying, phrase, says, speaker
from claimcheck.syntax.headings import headings
from claimcheck.syntax.parser import Parsed
from claimcheck.syntax.proposition import read_proposition
from claimcheck.syntax.tree import VERBAL, Token, top_of

# ----------------------------------------------------------------------------------------------------
# A parsed sentence with the tokens and the clauses on which its mentions hang.

_OF_A_PART, _BESIDES = pattern("claim_times", "of a part"), pattern("claim_times", "stated besides")
_BEHIND_COMMA = 40  # characters before a time in which the comma stands that sets it apart
_DATE_LINE = "date line"


@dataclass(frozen=True)
class Sentence:
    """A parsed sentence with its mentions and what they hang on."""

    document: Document
    parsed: Parsed
    mentions: Sequence[Mention]

    @cached_property
    def clauses(self) -> dict[int, Clause]:
        """Its clauses, by the index of their head."""
        return clauses(self.parsed.doc)

    @cached_property
    def question(self) -> bool:
        """Whether it asks."""
        return self.parsed.span.of(self.document.text).rstrip("\"'”’) \n").endswith("?")

    @cached_property
    def aside(self) -> dict[Mention, str]:
        """The mentions that tell nothing in it, each with its reason."""
        text, line = self.document.text, reported_from(self.document.text, self.parsed.span)
        compared = (m for m in self.mentions if m.is_time and is_compared(m, text))
        written = (m for m in self.mentions if line is not None and line.contains(m.span))
        return dict.fromkeys(compared, "only compared with") | dict.fromkeys(written, _DATE_LINE)

    @cached_property
    def placed(self) -> list[tuple[Mention, Token]]:
        """Its other mentions with the tokens that they hang on."""
        others = (m for m in self.mentions if m not in self.aside)
        return [(m, t) for m in others if (t := self.token(m)) is not None]

    def token(self, mention: Mention) -> Token | None:
        """The token that a mention hangs on, None where the parse has no such characters."""
        span = self.parsed.doc.at(*self.parsed.view.shown_at(mention.start, mention.end))
        if not span:
            return None
        root = top_of(span)
        if mention.is_time or root.pos_ in {"NUM", "NOUN", "SYM"}:
            return root
        # "between 13 and 15 members": the number nearest to what is counted hangs on it
        last = span[-1] if root.pos_ == "DET" else root  # "a few"
        return next((t for t in reversed(span) if t.like_num or t.pos_ == "NUM"), last)

    @cached_property
    def dated(self) -> list[TimeInSentence]:
        """Its dates, each with the clause that it hangs on."""
        return [TimeInSentence(m, t, self.dated_by(m, t)) for m, t in self.placed if m.is_time]

    @cached_property
    def times(self) -> list[TimeInSentence]:
        """Those that say when; "the march against the Act" was before that was passed."""
        own = self.document.date or date.max
        stated = [t for t in self.dated if usable(t.mention)]
        return [t for t in stated if t.mention.anchor is None or (t.mention.date_start or own) <= own]

    @cached_property
    def unread(self) -> frozenset[int]:
        """The heads of the clauses with a date that says no day."""
        return frozenset(t.clause.head.i for t in self.dated if is_unread(t.mention))

    def dated_by(self, mention: Mention, token: Token) -> Clause:
        """The clause that a time says the time of: "three days after the talks ended" is the time of what the
        rest of the sentence tells, and not of the talks' end."""
        clause = clause_of(token, self.clauses)
        start, end = self.parsed.view.shown_at(mention.start, mention.end)
        marked = any(c.dep_ == "mark" and start < c.idx < end for c in clause.head.children)
        marks = [c.i for c in clause.head.children if c.dep_ == "mark"]
        ahead = bool(marks) and token.i < min(marks)  # "*in 2021*, before the treaty took effect, it was 62"
        if (marked or ahead) and clause.head.dep_ == "advcl" and clause.parent is not None:
            return clause.parent
        return clause

    def time(self, token: Token, clause: Clause, discourse: Discourse) -> ClaimTime | None:
        """When the claim of a token holds; the time of what it is compared with is another's."""
        at = self.span_of(token).start
        begins = ((t, compares_from(t.mention, self.document.text)) for t in self.times)
        times = [t for t, start in begins if start is None or start <= at < t.mention.end]
        time = time_of(token, clause, times, self.unread, discourse, self.document)
        number = self.covering[False][token.i]
        return as_before(number, time, self.document.text, self.parsed.span.start) if number else time

    def noun(self, mention: Mention, token: Token) -> Token | None:
        """What a number counts: neither its own word ("dozens were hurt") nor a word of a time that stands
        behind it ("up from 134 two weeks earlier")."""
        found = counted(token)
        if found is None:
            return None
        at = self.span_of(found).start
        taken = any(m.start <= at < m.end for m in self.mentions if m is mention or m.is_time)
        return None if taken else found

    def absolute(self, start: int, end: int) -> Span:
        """Characters of the parsed view as characters of the document."""
        return self.parsed.view.in_document(start, end)

    def span_of(self, token: Token) -> Span:
        """A word's characters in the document."""
        at: int = token.i
        return self.parsed.spans[at]

    @cached_property
    def covering(self) -> dict[bool, list[Mention | None]]:
        """For each word the time that covers it (True), or the number (False); what recurs is neither."""
        starts = [span.start for span in self.parsed.spans]
        found: dict[bool, list[Mention | None]] = {kind: [None] * len(starts) for kind in (True, False)}
        for m in reversed(self.mentions):  # of two the first counts
            if m.kind == "set" or self.aside.get(m) == _DATE_LINE:
                continue
            for at in range(bisect_left(starts, m.start), bisect_left(starts, m.end)):
                found[m.is_time][at] = m
        return found


# ----------------------------------------------------------------------------------------------------
# Dates of headings and entries of lists, which claim nothing: "Third offensive (June 2016)".
#
# A heading or a list's item without a verb is a title. An item that its date opens is an entry of a
# chronicle ("14 April: resolution 2042"), and one whose list is led in by a colon goes on with that line:
# both are kept.

_TITLED = frozenset({"heading", "letterhead", "list", "table"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def is_entry(document: Document, parsed: Parsed) -> bool:
    """Whether a sentence is a heading or an entry of a list without a verb, and opens no chronicle."""
    zone = document.zone_at(parsed.span.start)
    if zone not in _TITLED or any(
        token.pos_ in VERBAL and (zone != "heading" or token.tag_ in _FINITE) for token in parsed.doc
    ):
        return False
    above = headings(document, parsed.span.start)[:1]
    return not above or not above[0].of(document.text).rstrip().endswith(":")


# ----------------------------------------------------------------------------------------------------
# Mentions and parsed sentences become claims: who says that how many of what happened when.
#
# Assertion status first, then the clause, the counted noun, subject, actor, place and time. A number of a
# sentence gets its own claim with its own measure and time; a date gets an event claim for the clause that
# it dates. What makes no claim gets its reason; nothing is dropped in silence.

_LONGEST_HYPHENED = 40  # characters before a hyphen
_JOINED_BEHIND = re.compile(r"(?:[-–]\w[\w'’]*)+")
_JOINED_BEFORE = re.compile(r"(?<![\w-])(?:\w[\w'’]*[-–])+\Z")
_OWNING = re.compile(r"['’]s?\Z")
PASSING = "mentioned in passing"
_SIMULTANEOUS = frozenset({"while", "as", "when"})


def sentence_claims(
    sentence: Sentence, discourse: Discourse
) -> tuple[list[Claim], dict[Mention, Mention], list[Claim]]:
    """The claims of a sentence, each of its mentions with the status that it ended with, and the claims of
    those that count only where a table holds such a number (`frames/held.py`)."""
    document, parsed, mentions = sentence.document, sentence.parsed, sentence.mentions
    if _stands_alone(document, parsed.span, mentions):
        return [], {m: settled(m, False, _DATE_LINE) for m in mentions}, []
    placed = sentence.placed
    titles = {m for m, _ in placed if m.is_time and is_entry(document, parsed)}
    noted = {m for m, t in placed if m.is_time and _only_says_when_stated(sentence, m, t)}
    claims: list[Claim] = []
    latent: list[Claim] = []
    used: set[Mention] = set()
    passing: set[Mention] = set()
    for mention, token in placed:
        held = held_as(mention, document.text, parsed.span)
        over = bool(mention.reason) or mention.status == "not_claim"
        if mention.is_time:
            waits = held == "aside" or mention in titles  # "Cotonou Accord: 25 July 1993"
            made = [] if over or mention in noted else _event_claims(sentence, mention, token)
        else:
            waits = held is not None and not (held == "aside" and mention.reason)
            made = _quantity_claims(sentence, mention, token, discourse) if waits or not over else []
        if waits:
            latent += made
            passing |= {mention} if held == "aside" and mention not in titles else set()
            continue
        claims += made
        starts = {c.time.start for c in made if c.time is not None}
        used |= {m for m in mentions if made and (m is mention or (m.is_time and m.start in starts))}
    counted_claims, summed = _counted(sentence, placed, claims, discourse)
    claims += counted_claims
    used |= summed
    moved = any(sentence.clauses[i].head.dep_ == "ROOT" for i in sentence.unread)
    discourse.advance([t for t in sentence.times if _tells_when(sentence, t)], moved)
    tokens = {m.start: t for m, t in placed}
    why = sentence.aside | dict.fromkeys(titles, "heading or entry without a verb")
    why |= dict.fromkeys(noted, "when it was said")
    ended = {m: settled(m, m in used, why.get(m)) for m in mentions}
    ended |= {m: replace(e, reason=PASSING) for m, e in ended.items() if m in passing and e.status != "claim"}
    held_back = {c.claim_id for c in latent} - {c.claim_id for c in claims}
    both = discourse.with_counted(with_wholes(sorted([*claims, *latent], key=_order), tokens), document.text)
    claims = [c for c in both if c.claim_id not in held_back]
    return claims, ended, [c for c in both if c.claim_id in held_back]


def _order(claim: Claim) -> tuple[bool, int, int]:
    """Events first, then numbers as they stand, a sum before its parts ("two brothers and their cousin")."""
    if claim.quantity is None:
        return claim.kind != "event", claim.start, 0
    return claim.kind != "event", claim.quantity.start, -claim.quantity.end


def _stands_alone(document: Document, span: Span, mentions: Sequence[Mention]) -> bool:
    """Whether a line is nothing but dates, or the document's dateline: neither asserts anything."""
    if not mentions or not all(m.is_time for m in mentions):
        return False
    free = (i for i in range(span.start, span.end) if not any(m.start <= i < m.end for m in mentions))
    dated = is_dateline(document.text, span.start, span.end, document.date)
    return dated or not any(document.text[i].isalnum() for i in free)


def may_claim(mention: Mention) -> bool:
    """Whether a mention can become a claim at all, by its kind alone."""
    if mention.status == "not_claim" or mention.reason:
        return False
    if mention.is_time:
        return usable(mention)
    counts = mention.kind != "ordinal" or mention.cumulative or mention.rule == RANKS
    return mention.kind != "age" and counts


def settled(mention: Mention, used: bool, why: str | None = None) -> Mention:
    """The mention with the status that it ended with, and why it is no claim where no claim uses it."""
    if used:
        return replace(mention, status="claim", reason=None)
    if mention.status == "not_claim" or mention.reason:
        return mention
    reason = why or {
        "age": "age of a person",
        "duration": "length of time",
        "set": "recurring time",
        "ordinal": "ordinal that names or orders",
    }.get(mention.kind)
    if reason is None and mention.is_time:
        refers = (mention.timex or "").endswith("_REF")
        known = mention.date_start is not None or mention.date_end is not None
        reason = "time without days" if not known else "dates nothing that is claimed"
        reason = "names a time" if mention.anchor else "refers to a time" if refers else reason
    return replace(
        mention, status="not_claim" if reason else "unresolved", reason=reason or "no clause found"
    )


def _quantity_claims(sentence: Sentence, mention: Mention, token: Token, discourse: Discourse) -> list[Claim]:
    noun = sentence.noun(mention, token) if mention.kind in {"number", "ordinal", "measure"} else None
    anchor = noun if noun is not None else token
    clause = clause_of(anchor, sentence.clauses)
    share = object_of(token) if mention.kind == "percent" else None
    named = noun if noun is not None and noun.pos_ == "NOUN" else None
    measured = mention if named is None else replace(mention, noun=named.lemma_.lower())
    time = sentence.time(token, clause, discourse)
    kind = "rank" if mention.kind == "ordinal" else "quantity"
    claim = _claim(
        sentence, kind, anchor, clause, time, quantity=measured, rule=f"claims.{kind}"
    )  # fmt: skip
    said, joined = claim.proposition or Proposition(), sorted([anchor, *anchor.conjuncts], key=lambda t: t.i)
    parted = anchor.i < joined[-1].i < clause.head.i and behind_included(joined[0])
    measure = measure_words(said, sentence.document.text, parted)
    behind = token.doc[token.i + 1 : token.i + 2]
    if noun is None and any(t.lower_ in words_of_harm("fate") and t.tag_ != "VBD" for t in behind):
        measure = f"people {behind[0].text}"  # "three dead, 11 injured"
    return [replace(claim, measure=measure, slots=_counted_noun(sentence, named or share))]


def claim_of(sentence: Sentence, number: Mention, token: Token, discourse: Discourse) -> Claim:
    """The claim of a number that the clause of a word says without digits: "*more* refugees"."""
    clause = clause_of(token, sentence.clauses)
    time = sentence.time(token, clause, discourse)
    claim = _claim(sentence, "quantity", token, clause, time, quantity=number, rule="comparisons.operand")
    return replace(claim, slots=_counted_noun(sentence, token if number.noun else None))


def _counted_noun(sentence: Sentence, noun: Token | None) -> tuple[Slot, ...]:
    if noun is None:
        return ()
    span = sentence.span_of(noun)
    return (Slot("counted noun", noun.lemma_.lower(), span.start, span.end),)


def _counted(
    sentence: Sentence,
    placed: Sequence[tuple[Mention, Token]],
    claims: Sequence[Claim],
    discourse: Discourse,
) -> tuple[list[Claim], set[Mention]]:
    """Claims of the people that a clause counts by enumeration, and the mentions that these add up."""
    numbers: dict[int, Mention] = {}
    stated: set[int] = set()
    barred: set[int] = set()  # "the 40th civilian" is one of many, "Wednesday" nobody
    for mention, token in placed:
        noun = counted(token) or token
        if mention.is_time or mention.kind == "ordinal":
            barred |= {token.i, noun.i}
        elif mention.kind == "number" and not mention.reason:
            numbers |= {token.i: mention, noun.i: mention}
            clause = clause_of(token, sentence.clauses)
            stated |= {clause.head.i} if is_argument(noun, clause) else set()
    out: list[Claim] = []
    summed: set[Mention] = set()
    for noted in (h for clause in sentence.clauses.values() for h in harms(clause)):
        clause, head = noted.clause, noted.people
        found = count_people(noted, numbers, clause.head.i in stated)
        if found is None or head.i in barred:
            continue
        measure = f"people {noted.word}"
        if found.rule == "casualties.none" and any(c.measure == measure for c in [*claims, *out]):
            continue  # "Early reports told of no deaths, but a boy was killed"
        span = sentence.absolute(found.start, found.end)
        low, high = found.interval.low, found.interval.high
        one_noun = head.pos_ == "NOUN" and head.i != noted.verb.i and len({m.noun for m in found.parts}) < 2
        quantity = Mention(
            start=span.start, end=span.end, text=span.of(sentence.document.text), kind="number",
            value=low if low == high else None, low=low, high=high, comparator=found.comparator,
            noun=head.lemma_.lower() if one_noun else "person", status="claim", rule=found.rule,
        )  # fmt: skip
        time = sentence.time(head, clause, discourse)
        apart = (noted.word,) if head.i == noted.verb.i else ()
        out.append(_claim(
            sentence, "quantity", head, clause, time, quantity=quantity, measure=measure, rule=found.rule,
            apart=apart,
        ))  # fmt: skip
        summed |= set(found.parts)
    return out, summed


def _event_claims(sentence: Sentence, mention: Mention, token: Token) -> list[Claim]:
    if not usable(mention):
        return []
    clause = sentence.dated_by(mention, token)
    before_noun = token.dep_ in {"nummod", "compound", "amod", "nmod"} and token.head.i > token.i
    within = token.head.head.lower_ if before_noun and token.head.dep_ == "pobj" else None
    elsewhere = compares_from(mention, sentence.document.text) is not None
    if elsewhere or within in {"of", "as", "to", "for"}:
        return []  # "as part of the 2022 campaign": that is when the campaign was
    own = known_by(clause, sentence.times, sentence.document.date)
    time = claim_time(mention, sentence.document.text, own)
    verb = sentence.span_of(clause.head)
    if mention.anchor is not None and mention.span.contains(verb):
        return []  # "while talks were underway" is itself the time: that it was then says nothing
    out = [_claim(sentence, "event", token, clause, time, rule="claims.event")]
    for other in sentence.clauses.values():
        # "While talks were underway, on 25 January she died": both happened on that day
        dated = any(t.clause.head.i == other.head.i and t.mention.anchor is None for t in sentence.times)
        apart = dated or mention.anchor is not None or says(other.head)
        if _is_beside(other, clause) and not apart:
            shared = replace(time, basis="sentence")
            out.append(_claim(sentence, "event", other.head, other, shared, rule="claims.simultaneous"))
    return out


def _only_says_when_stated(sentence: Sentence, mention: Mention, token: Token) -> bool:
    """Whether a day dates only a verb of saying, no claim of its own: "the ministry *said on Monday* that 12
    had died". To announce what is not asserted is a deed: "*announced on Monday* that it would not come"."""
    clause = sentence.dated_by(mention, token)
    said = [c for c in sentence.clauses.values() if c is not clause and is_saying(clause.head, c)]
    beside = any(_is_beside(c, clause) for c in sentence.clauses.values())
    is_deed = clause.head.lemma_ in entries("speech", "form", "lemmas", "deed")
    if said and not is_deed and not beside:
        return True
    return any(assess(c.head, c, sentence.question).asserted for c in said)


def _is_beside(other: Clause, clause: Clause) -> bool:
    """Whether a clause tells what went on at the time of another: "*as the talks closed*, he spoke"."""
    marks = {c.lower_ for c in other.head.children if c.dep_ in {"mark", "advmod"}}
    above = other.parent if other.head.dep_ == "advcl" else None
    return above is not None and above.head.i == clause.head.i and not marks.isdisjoint(_SIMULTANEOUS)


_ROLES: dict[str, Literal["subject", "object", "attribute"]] = {
    "subject": "subject", "patient": "object", "object": "object", "attribute": "attribute",
}  # fmt: skip


def _claim(
    sentence: Sentence,
    kind: Any,
    token: Token,
    clause: Clause,
    time: ClaimTime | None,
    *,
    quantity: Mention | None = None,
    measure: str | None = None,
    rule: str,
    apart: tuple[str, ...] = (),
) -> Claim:
    span = sentence.absolute(*clause.span())
    if quantity is not None:  # the clause may leave out a number that hangs on a nested phrase
        span = Span(min(span.start, quantity.start), max(span.end, quantity.end))
    within = quantity is not None or clause_of(token, sentence.clauses) is clause
    # "denied that it opened three days after the talks ended": the end is taken for granted, no opening
    status = assess(token if within else clause.head, clause, sentence.question)
    at = quantity.start if quantity else span.start if time is None or time.start is None else time.start
    words = [sentence.span_of(word) for word in (clause.head, counted(token)) if word is not None]
    if status.hedge in (None, "possibility"):  # a plan or a demand stays one, whatever is said behind it
        status = taken_back(sentence.document.text, sentence.parsed.span, at, words) or status
    reading = (quantity.start, quantity.end, str(quantity.interval), quantity.comparator) if quantity else ()
    said = _proposition(sentence, token, quantity, time)
    said_by = speaker(clause, None if quantity is None else token)
    actor = clause.actor()
    actor = None if actor is None or actor is said_by or actor.like_num else actor
    return Claim(
        claim_id=claim_key(
            sentence.document,
            kind,
            span.start,
            span.end,
            *reading,
            *apart,
            time and time.start,
            time and time.end,
        ),
        kind=kind,
        start=span.start,
        end=span.end,
        text=span.of(sentence.document.text),
        measure=measure,
        quantity=quantity,
        time=time,
        place=_place(sentence, token, clause),
        actor=_link(sentence, actor),
        subject=_link(sentence, clause.subject()),
        asserted=status.asserted,
        hedge=status.hedge,
        speaker=_spoken_by(sentence, said_by),
        predicate=clause.head.lemma_.lower() if clause.head.pos_ in VERBAL else None,
        terms=tuple(p.lemma for p in said.parts if not p.context),
        context=sentence.parsed.span,
        role=None if quantity is None else _ROLES.get(said.role, "other"),
        rule=status.rule or rule,
        said_on=said_on(clause, sentence.times),
        proposition=said,
    )


def _spoken_by(sentence: Sentence, said_by: Token | None) -> Link | None:
    """Who said it. No month speaks."""
    if said_by is not None and sentence.covering[True][said_by.i] is not None:
        return None  # "according to November figures"
    link = _link(sentence, said_by)
    return None if link is None else replace(link, text=_OWNING.sub("", link.text))


def _proposition(
    sentence: Sentence, anchor: Token, quantity: Mention | None, time: ClaimTime | None
) -> Proposition:
    """The words around a claim's number, or around its date, in their slots."""
    doc, text = sentence.parsed.doc, sentence.document.text
    numbers = [m for m in sentence.mentions if not m.is_time]
    scaled = ("percent", "money", "measure")
    silent = [m.wide if m is quantity or m.kind in scaled else Span(m.wide_start, m.start) for m in numbers]
    silent += [quantity.wide] if quantity is not None else []
    hushed = {index for span in silent for index in range(span.start, span.end)}
    at = -1 if quantity is None else quantity.start
    shown: dict[int, tuple[Span, str] | None] = dict.fromkeys(t.i for t in doc if t.idx in doc.masked)
    for token, span, noted in zip(doc, sentence.parsed.spans, sentence.covering[True], strict=True):
        counts = quantity is not None and quantity.kind == "number" and span.start > at
        counts = counts and (token.i == anchor.i or (token.head.i == anchor.i and not token.like_num))
        if not counts and span.start in hushed:
            shown[token.i] = None  # "328 *foreign* people, some of them children": the count's words span all
        if noted is not None or (token.i == anchor.i and quantity is None):
            beside = quantity is not None and noted is not None and _is_beside_time(noted, time, text)
            shown[token.i] = (noted.span, noted.text.lower()) if beside and noted is not None else None
    number = None if quantity is None else sentence.token(quantity) or anchor
    uncounted = ("duration", "age", "ordinal")
    counting = [m for m in numbers if m.status != "not_claim" and m.kind not in uncounted]
    others = [m.start for m in counting if quantity is not None and m.span != quantity.span]
    return read_proposition(anchor, number, sentence.parsed.spans, shown, others, at)


def _is_beside_time(noted: Mention, time: ClaimTime | None, text: str) -> bool:
    """Whether a time tells more than a claim's own, which it neither is nor holds: "in 2023 12 drowned
    *overnight*"."""
    if time is None or time.start is None or time.end is None:
        return False
    if noted.span.overlaps(Span(time.start, time.end)):
        return False
    own = time.period if time.date_start or time.date_end is None else Period.day(time.date_end)
    by_clock = "T" in (noted.timex or "")  # "before *noon*"
    holds = not by_clock and noted.period is not None and own is not None and noted.period.covers(own)
    beside = _BESIDES.search(text, max(0, noted.start - _BEHIND_COMMA), noted.start)
    return not holds and beside is None  # "12 died, *days after the raid*"


def _place(sentence: Sentence, token: Token, clause: Clause) -> Link | None:
    """Where it holds, by a name of the sentence, else the place that goes on."""

    def is_time(name: Token) -> bool:
        time = sentence.covering[True][name.i]  # "while talks were underway in Vienna" has a place as well
        return time is not None and not (time.rule or "").startswith("eventtime.")

    name = place_of(token, clause, sentence.clauses, is_time, sentence.document.text)
    if name is None:
        span = sentence.parsed.span
        there = any(t.lower_ == "there" and t.dep_ != "expl" for t in sentence.parsed.doc)
        return carried(sentence.document, span.start, span.end, there)
    text, start = sentence.document.text, sentence.span_of(name.first).start
    end = sentence.absolute(*phrase(name.last)).end
    return Link(_OWNING.sub("", _whole_name(text, start, end)))


def _tells_when(sentence: Sentence, time: TimeInSentence) -> bool:
    """What happened last is when the story stands; a plan, a condition, a deadline, what had been before, a
    comparison or the day of telling does not move it."""
    if not assess(time.token, time.clause, sentence.question).asserted:
        return False
    if any(is_saying(time.clause.head, c) for c in sentence.clauses.values()):
        return False
    if _OF_A_PART.search(sentence.document.text, max(0, time.mention.start - 60), time.mention.start):
        return False  # "44 died, more than half of them in November"
    if time.token.dep_ == "pobj" and time.token.head.lower_ == "of" and time.token.head.head.pos_ == "NOUN":
        return False  # "in spite of the spill of 4 July"
    of_a_noun = time.token.dep_ == "poss"  # "presents its report on *last year's* election"
    verb = time.clause.head
    if verb.lemma_ in entries("clause_times", "form", "words", "compares") and not of_a_noun:
        return False  # "that *compares* with 62 in 2023"
    if verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children):
        return False  # "in 2021 it had won 10 seats"
    if compares_from(time.mention, sentence.document.text) is not None:
        return False
    return claim_time(time.mention, sentence.document.text, None).relation not in {"by", "until", "since"}


def _link(sentence: Sentence, token: Token | None) -> Link | None:
    if token is None or (token.pos_ in {"PRON", "VERB", "AUX", "SPACE", "PUNCT"} and token.tag_ != "VBG"):
        return None
    if token.idx in token.doc.masked:
        return None
    text = sentence.document.text
    span = sentence.absolute(*phrase(token))
    named = token.pos_ == "PROPN"
    return Link(_whole_name(text, span.start, span.end) if named else " ".join(span.of(text).split()))


def _whole_name(text: str, start: int, end: int) -> str:
    """A name that the parser cut at a hyphen or a line broke as one: "Ras al-Ayn", "Red\\nCross"."""
    before = _JOINED_BEFORE.search(text, max(0, start - _LONGEST_HYPHENED), start)
    behind = _JOINED_BEHIND.match(text, end)
    name = text[before.start() if before else start : behind.end() if behind else end]
    return " ".join(name.split())
