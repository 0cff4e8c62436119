"""Mentions and parsed sentences become claims: who says that how many of what happened when.

Assertion status first, then the clause, the counted noun, subject, actor, place and time. A number of
a sentence gets its own claim with its own measure and time; a date gets an event claim for the clause
that it dates. What makes no claim gets its reason; nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from claimcheck.claims.around import by_words
from claimcheck.claims.asides import Aside, asides
from claimcheck.claims.assertion import assess
from claimcheck.claims.casualties import Count, count
from claimcheck.claims.clauses import Clause, Token, clause_of, clauses, phrase, stand_ins
from claimcheck.claims.discourse import SAYERS, Discourse
from claimcheck.claims.entries import is_entry
from claimcheck.claims.equated import beyond, counts_there, equated, verbs_of, went_past
from claimcheck.claims.governing import compares, is_background, is_before_then, known_by, when_said
from claimcheck.claims.harm import Harm, harms
from claimcheck.claims.measures import (
    base_verb,
    compounds,
    counted,
    is_base,
    measure_words,
    own_clause,
    role_of,
    tells_how_long,
)
from claimcheck.claims.members import is_one_more, object_of
from claimcheck.claims.parsing import Parsed
from claimcheck.claims.placed import Sentence
from claimcheck.claims.placing import place_token
from claimcheck.claims.speaking import is_deed, is_saying, says, speaker
from claimcheck.claims.time import (
    TimeInSentence,
    claim_time,
    compares_from,
    is_compared,
    is_modifier,
    names_only,
    tells_of_others,
    usable,
)
from claimcheck.claims.wholes import with_wholes
from claimcheck.documents.datelines import is_dateline
from claimcheck.model import Claim, ClaimTime, Document, Link, Mention, Part, Proposition, Span, claim_key
from claimcheck.numbers.ordinals import RANKS
from claimcheck.propositions.reading import read_proposition

_WORD = re.compile(r"[^\W\d_]{3,}")
_ASIDE_UNIT = 9998
_LONGEST_NAME = 40  # characters before a hyphen
_JOINED_BEHIND = re.compile(r"(?:[-–]\w[\w'’]*)+")
_JOINED_BEFORE = re.compile(r"(?<![\w-])(?:\w[\w'’]*[-–])+\Z")
_OWNING = re.compile(r"['’]s?\Z")
_SIMULTANEOUS = frozenset({"while", "as", "when"})


def sentence_claims(
    document: Document, parsed: Parsed, mentions: Sequence[Mention], discourse: Discourse
) -> tuple[list[Claim], dict[Mention, Mention]]:
    """The claims of a sentence, and each of its mentions with the status that it ended with."""
    if _stands_alone(document, parsed.span, mentions):
        return [], {m: settled(m, False, "date line") for m in mentions}
    said = asides(document.text, parsed.span, mentions)
    speaking = [m for m in mentions if any(a.span.contains(m.span) for a in said)]
    mentions = [m for m in mentions if m not in speaking]
    text = parsed.span.of(document.text).rstrip("\"'”’) \n")
    sentence = Sentence(document, parsed, clauses(parsed.doc), tuple(mentions), text.endswith("?"))
    placed = [(m, t) for m in mentions if (t := sentence.token(m)) is not None]
    named = {m for m, t in placed if m.is_time and names_only(m, t, document.text)}
    compared = {m for m, _ in placed if m.is_time and is_compared(m, document.text)}
    placed = [(m, t) for m, t in placed if m not in named | compared]
    sentence = sentence.with_times(placed)
    titles = {m for m, _ in placed if m.is_time and is_entry(document, parsed, m)}
    told = {m for m, t in placed if m.is_time and _only_says_when_told(sentence, m, t)}
    claims: list[Claim] = []
    used: set[Mention] = set()
    for mention, token in placed:
        if mention.reason or mention.status == "not_claim" or mention in titles | told:
            continue
        made = (
            _event_claims(sentence, mention, token)
            if mention.is_time
            else _quantity_claims(sentence, mention, token, discourse)
        )
        for claim in made:
            claims.append(claim)
            used.add(mention)
            if claim.time and claim.time.start is not None:
                used |= {m for m in mentions if m.start == claim.time.start and m.is_time}
    counted_claims, summed = _counted(sentence, placed, claims, discourse)
    claims += counted_claims
    used |= summed
    moved = any(sentence.clauses[i].head.dep_ == "ROOT" for i in sentence.unread)
    discourse.advance([t for t in sentence.times if _tells_when(sentence, t)], moved)
    claims = [_said_aside(c, said, document.text) for c in claims]
    claims = discourse.with_speakers(sorted(claims, key=_order), document)
    tokens = {m.start: t for m, t in placed}
    why = dict.fromkeys(named, "part of a name") | dict.fromkeys(compared, "only compared with")
    why |= dict.fromkeys(titles, "heading or entry without a verb") | dict.fromkeys(told, "when it was said")
    ended = {m: settled(m, m in used, why.get(m)) for m in mentions}
    ended |= {m: settled(m, False, "says who says it") for m in speaking}
    return with_wholes(claims, tokens), ended


def _said_aside(claim: Claim, said: Sequence[Aside], text: str) -> Claim:
    """A claim with the speaker whom an insertion names, where nobody else says it, and the insertion's words
    as context of its proposition."""
    if not said:
        return claim
    speaker = claim.speaker or Link(_on_one_line(said[0].speaker.of(text)))
    if claim.proposition is None:
        return replace(claim, speaker=speaker)
    words = (w for a in said for w in _WORD.finditer(text, a.span.start, a.span.end))
    aside = [
        Part(w.start(), w.end(), w.group().lower(), "NOUN", "clause", 9, _ASIDE_UNIT, None, False, True)
        for w in words
    ]
    parts = tuple(sorted([*claim.proposition.parts, *aside], key=lambda p: p.start))
    return replace(claim, speaker=speaker, proposition=replace(claim.proposition, parts=parts))


def _order(claim: Claim) -> tuple[bool, int, int]:
    """Events first, then numbers as they stand, a sum before its parts ("two brothers and their cousin")."""
    if claim.quantity is None:
        return claim.kind != "event", claim.start, 0
    return claim.kind != "event", claim.quantity.start, -claim.quantity.end


def _stands_alone(document: Document, span: Span, mentions: Sequence[Mention]) -> bool:
    """Whether a line is nothing but dates, or the document's dateline: neither asserts anything."""
    if not mentions or not all(m.is_time for m in mentions):
        return False
    if is_dateline(document.text, span.start, span.end, document.date):
        return True
    rest, at = [], span.start
    for m in sorted(mentions, key=lambda m: m.start):
        rest.append(document.text[at : m.start])
        at = max(at, m.end)
    rest.append(document.text[at : span.end])
    return not any(c.isalnum() for c in "".join(rest))


def may_claim(mention: Mention) -> bool:
    """Whether a mention can become a claim at all, by its kind alone."""
    if mention.status == "not_claim" or mention.reason:
        return False
    if mention.is_time:
        return usable(mention)
    return mention.kind != "age" and (mention.kind != "ordinal" or _says_how_many(mention))


def _says_how_many(ordinal: Mention) -> bool:
    """Whether an ordinal is a running total, or says which of a series something is."""
    return ordinal.cumulative or ordinal.rule == RANKS


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
    if mention.kind == "age" or (mention.kind == "ordinal" and not _says_how_many(mention)):
        return []
    gap = sentence.gaps.get(token.i)
    if gap is not None:
        noun, anchor = gap.noun, token
    else:
        noun = sentence.noun(mention, token) if mention.kind in {"number", "ordinal", "measure"} else None
        noun = noun or sentence.series.get(token.i)
        anchor = noun if noun is not None else token
    same = equated(token) if gap is None and mention.kind == "number" and noun is None else None
    if same is not None:
        noun = anchor = same.noun
    clause = clause_of(anchor if same is None or same.verb is None else same.verb, sentence.clauses)
    if gap is None and went_past(mention, token, noun, clause.head):
        mention, noun, anchor = beyond(mention), None, token
    if mention.kind == "duration" and not tells_how_long(token, clause):
        return []
    share = object_of(token) if mention.kind == "percent" else None
    named = counts_there(token, clause) if noun is None and mention.kind == "number" else noun
    named = named if named is not None and named.pos_ == "NOUN" else None
    measured = mention if named is None else replace(mention, noun=named.lemma_.lower())
    time = sentence.time(token, clause, discourse)
    kind = "rank" if mention.kind == "ordinal" else "quantity"
    claim = _claim(
        sentence,
        kind,
        anchor,
        clause,
        time,
        quantity=measured,
        measure=measure_words(token, noun or share, clause),
        role=role_of(anchor if gap is None else gap.noun, clause),
        rule="claims.in_turn" if token.i in sentence.turns else f"claims.{kind}",
    )
    claim = replace(claim, terms=(*claim.terms, *compounds(token, noun, clause)))
    own = own_clause(token, noun, clause)
    if own is not clause:  # "30 died, 19 of them women, and 7 were hurt": the 19 died
        claim = replace(claim, predicate=_predicate(own))
    if gap is not None:
        told_of = _link(sentence, gap.name)
        return [replace(claim, place=told_of, actor=told_of, subject=told_of, rule="claims.gapped")]
    if is_base(token, noun):  # the sentence tells something of a part of it
        verb = None if noun is None else base_verb(noun)
        claim = replace(claim, predicate=None if verb is None else verb.lemma_.lower())
    return [claim]


def _counted(
    sentence: Sentence,
    placed: Sequence[tuple[Mention, Token]],
    claims: Sequence[Claim],
    discourse: Discourse,
) -> tuple[list[Claim], set[Mention]]:
    """Claims of the people that a clause counts by enumeration, and the mentions that these add up."""
    numbers = {}
    stated: set[int] = set()
    barred: set[int] = set()  # "the 40th civilian" is one of many, "Wednesday" nobody
    for mention, token in placed:
        noun = counted(token)
        if mention.is_time or (
            mention.kind == "ordinal" and not is_one_more(token if noun is None else noun)
        ):
            barred |= {token.i} if noun is None else {token.i, noun.i}
        elif mention.kind == "number" and not mention.reason:
            numbers[token.i] = mention
            if noun is not None:
                numbers[noun.i] = mention
            clause = clause_of(token, sentence.clauses)
            stated |= {verb.i for verb in verbs_of(token, noun)}
            if role_of(noun if noun is not None else token, clause) != "other":
                stated.add(clause.head.i)
    out: list[Claim] = []
    summed: set[Mention] = set()
    for told in (h for clause in sentence.clauses.values() for h in harms(clause)):
        clause = told.clause
        found = count(told, numbers, clause.head.i in stated)
        if not found or told.people.i in barred:
            continue
        head = told.people
        span = sentence.absolute(found.start, found.end)
        alone = found.parts[0].span if len(found.parts) == 1 else span
        same = [c for c in claims if c.quantity and c.quantity.span in (span, alone)]
        if any(told.word in (c.measure or "").split() for c in same if _is_same(c, found, span)):
            continue  # the number's own claim says it already
        low, high = found.interval.low, found.interval.high
        mixed = len({m.noun for m in found.parts}) > 1  # "17 soldiers and 11 rebels"
        quantity = Mention(
            start=span.start,
            end=span.end,
            text=span.of(sentence.document.text),
            kind="number",
            value=low if low == high else None,
            low=low,
            high=high,
            comparator=found.comparator,
            noun="person" if mixed or head.pos_ != "NOUN" or _is_nobody(told) else head.lemma_.lower(),
            status="claim",
            rule=found.rule,
        )
        time = sentence.time(head, clause, discourse)
        out.append(
            _claim(
                sentence,
                "quantity",
                head,
                clause,
                time,
                quantity=quantity,
                measure=f"people {told.word}",
                role="object",
                rule=found.rule,
                apart=(told.word,) if told.people.i == told.verb.i else (),
            )
        )
        summed |= set(found.parts)
    return [c for c in out if not _is_taken_back(c, [*claims, *out])], summed


def _is_same(claim: Claim, found: Count, span: Span) -> bool:
    """Whether a number's claim counts what an enumeration does: the same characters, or one number that
    somebody reports ("the network counted 918 people killed in January")."""
    if claim.quantity is None:
        return False
    return claim.quantity.span == span or (
        claim.speaker is not None and claim.quantity.interval == found.interval
    )


def _is_nobody(told: Harm) -> bool:
    """Whether a phrase names nobody and so no noun of people: "no one", "no deaths"."""
    return bool(told.people.lower_ == "one" or told.people.i == told.verb.i)


def _is_taken_back(none: Claim, others: Sequence[Claim]) -> bool:
    """Whether a sentence counts somebody where it counted nobody: "Early reports told of no deaths, but a boy
    was killed"."""
    if none.rule != "casualties.none":
        return False
    counts = (c for c in others if c.quantity is not None and c.measure == none.measure)
    return any((c.quantity.low or 0) > 0 for c in counts if c.quantity)


def _event_claims(sentence: Sentence, mention: Mention, token: Token) -> list[Claim]:
    if not usable(mention):
        return []
    clause = sentence.dated_by(mention, token)
    within = token.head.head.lower_ if is_modifier(token) and token.head.dep_ == "pobj" else None
    elsewhere = compares_from(mention, sentence.document.text) is not None
    if elsewhere or within in {"of", "as", "to", "for"}:
        return []  # "as part of the 2022 campaign": that is when the campaign was
    own = known_by(clause, sentence.times, sentence.document.date)
    time = claim_time(mention, sentence.document.text, own)
    verb = sentence.span_of(clause.head)
    if mention.anchor is not None and mention.span.contains(verb):
        return []  # "while talks were underway" is itself the time: that it was then says nothing
    out = [_claim(sentence, "event", token, clause, time, rule="claims.event")]
    out += _embedding(sentence, clause)
    for other in sentence.clauses.values():
        # "While talks were underway, on 25 January she died": both happened on that day
        dated = any(t.clause.head.i == other.head.i and t.mention.anchor is None for t in sentence.times)
        ended = any(t.lower_ == "had" and t.i < clause.head.i for c in clause.chain() for t in c.tokens)
        dated = dated or ended  # "hardly had it ended on 3 May when": the rest came later
        apart = dated or mention.anchor is not None or tells_of_others(other) or says(other.head)
        if _is_beside(other, clause) and not apart:
            shared = replace(time, basis="sentence")
            out.append(_claim(sentence, "event", other.head, other, shared, rule="claims.simultaneous"))
    return out


def _only_says_when_told(sentence: Sentence, mention: Mention, token: Token) -> bool:
    """Whether a day dates only a verb of saying, no claim of its own: "the ministry *said on Monday* that 12
    had died". To announce what is not asserted is a deed: "*announced on Monday* that it would not come"."""
    clause = sentence.dated_by(mention, token)
    said = [c for c in sentence.clauses.values() if c is not clause and is_saying(clause.head, c)]
    if (
        said
        and not is_deed(clause.head)
        and not any(_is_beside(c, clause) for c in sentence.clauses.values())
    ):
        return True
    return any(assess(c.head, c, sentence.question).asserted for c in said)


def _is_beside(other: Clause, clause: Clause) -> bool:
    """Whether a clause tells what went on at the time of another: "*as the talks closed*, he spoke"."""
    marks = {c.lower_ for c in other.head.children if c.dep_ in {"mark", "advmod"}}
    above = other.parent if other.head.dep_ == "advcl" else None
    return above is not None and above.head.i == clause.head.i and not marks.isdisjoint(_SIMULTANEOUS)


def _embedding(sentence: Sentence, clause: Clause) -> list[Claim]:
    """What a dated clause that is taken for granted stands in, where that is not asserted: it is shown.

    "would only take part if the regime engaged in talks held in January": the engaging is a condition.
    """
    above = clause.parent
    if above is None or clause.head.dep_ not in {"acl", "relcl"}:
        return []
    if assess(above.head, above, sentence.question).asserted:
        return []
    return [_claim(sentence, "event", above.head, above, None, rule="claims.embedding")]


def _predicate(clause: Clause) -> str | None:
    return clause.head.lemma_.lower() if clause.head.pos_ in {"VERB", "AUX"} else None


def _claim(
    sentence: Sentence,
    kind: Any,
    token: Token,
    clause: Clause,
    time: ClaimTime | None,
    *,
    quantity: Mention | None = None,
    measure: str | None = None,
    role: Any = None,
    rule: str,
    apart: tuple[str, ...] = (),
) -> Claim:
    span = sentence.absolute(*clause.span())
    if quantity is not None:  # the clause may leave out a number that hangs on a nested phrase
        span = Span(min(span.start, quantity.start), max(span.end, quantity.end))
    within = quantity is not None or clause_of(token, sentence.clauses) is clause
    # "denied that it opened three days after the talks ended": the end is taken for granted, no opening
    status = assess(token if within else clause.head, clause, sentence.question, quantity is None)
    day = time.start if kind == "event" and quantity is None and time is not None else None
    status = by_words(sentence.document.text, sentence.parsed.span, span.start, quantity, day) or status
    reading = (quantity.start, quantity.end, str(quantity.interval), quantity.comparator) if quantity else ()
    said_by = speaker(clause, None if quantity is None else token)
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
        actor=_link(sentence, clause.actor()),
        subject=_link(sentence, clause.subject()),
        asserted=status.asserted,
        hedge=status.hedge,
        speaker=_spoken_by(sentence, said_by),
        predicate=_predicate(clause),
        terms=clause.terms(),
        context=sentence.parsed.span,
        role=role,
        rule=status.rule or rule,
        said_on=_said_on(sentence, clause),
        proposition=_proposition(sentence, token, quantity, time),
    )


def _spoken_by(sentence: Sentence, said_by: Token | None) -> Link | None:
    """Who said it; a pronoun stays one, for who it is stands in the sentence before."""
    if said_by is not None and said_by.lower_ in SAYERS:
        return Link(said_by.text)
    link = _link(sentence, said_by)
    return None if link is None else replace(link, text=_OWNING.sub("", link.text))


def _said_on(sentence: Sentence, clause: Clause) -> date | None:
    """The day on which the sentence says that somebody said the clause."""
    said = when_said(clause, sentence.times)
    return (
        said.mention.date_start
        if said is not None and said.mention.date_start == said.mention.date_end
        else None
    )


def _proposition(
    sentence: Sentence, anchor: Token, quantity: Mention | None, time: ClaimTime | None
) -> Proposition:
    """The words around a claim's number, or around its date, in their slots."""
    masked, span_of, times = stand_ins(sentence.parsed.doc), sentence.span_of, sentence.covering[True]

    def is_time(token: Token) -> bool:
        return token.idx in masked or times[token.i] is not None

    quantities = [m for m in sentence.mentions if not m.is_time]
    uncounted = ("duration", "age", "ordinal")
    counting = [m for m in quantities if m.status != "not_claim" and m.kind not in uncounted]
    others = () if quantity is None else tuple(m.start for m in counting if m.span != quantity.span)
    qualified = [Span(m.wide_start, m.start) for m in quantities if m.wide_start < m.start]
    spans = [*qualified, *([quantity.wide] if quantity is not None else [])]
    units = [m.span for m in quantities if m.kind in ("percent", "money", "measure")]

    def own(token: Token) -> bool:
        told = token.dep_ in ("amod", "compound") and token.head.i == anchor.i and not token.like_num
        if (
            told
            and quantity is not None
            and quantity.kind == "number"
            and span_of(token).start > quantity.start
        ):
            return False  # "328 *foreign* people, some of them children": the count's words span them all
        scale = quantity is not None and quantity.kind in ("percent", "money", "measure", "duration", "age")
        if token.i == anchor.i and not scale:
            return quantity is None
        at = span_of(token).start
        return any(span.start <= at < span.end for span in (*spans, *units))

    number = sentence.token(quantity) if quantity is not None else None
    if quantity is not None and number is None:
        number = anchor
    at = -1 if quantity is None else quantity.start
    return read_proposition(anchor, number, span_of, is_time, own, others, at)


def _place(sentence: Sentence, token: Token, clause: Clause) -> Link | None:
    def is_time(name: Token) -> bool:
        start = sentence.span_of(name).start
        return any(m.start <= start < m.end for m in sentence.mentions)

    link = _link(sentence, place_token(token, clause, is_time))
    return None if link is None else replace(link, text=_OWNING.sub("", link.text))


def _tells_when(sentence: Sentence, time: TimeInSentence) -> bool:
    """What happened last is when the story stands; a plan, a condition, a deadline, what had been before, a
    comparison or the day of telling does not move it."""
    if not assess(time.token, time.clause, sentence.question).asserted:
        return False
    if any(is_saying(time.clause.head, c) for c in sentence.clauses.values()):
        return False
    if compares(time.clause) or is_background(time.clause, time.mention):
        return False
    if is_before_then(time.clause) or compares_from(time.mention, sentence.document.text) is not None:
        return False
    return claim_time(time.mention, sentence.document.text, None).relation not in {"by", "until"}


def _link(sentence: Sentence, token: Token | None) -> Link | None:
    if token is None or (token.pos_ in {"PRON", "VERB", "AUX", "SPACE", "PUNCT"} and token.tag_ != "VBG"):
        return None
    if token.idx in stand_ins(token.doc):
        return None
    text = sentence.document.text
    span = sentence.absolute(*phrase(token))
    start, end = (_joined_before(text, span.start), _joined_behind(text, span.end))
    return Link(_on_one_line(text[start:end] if token.pos_ == "PROPN" else span.of(text)))


def _joined_behind(text: str, end: int) -> int:
    """Where a name ends that the parser cut at a hyphen: the "al-Ayn" of "Ras al-Ayn" is one word."""
    found = _JOINED_BEHIND.match(text, end)
    return end if found is None else found.end()


def _joined_before(text: str, start: int) -> int:
    """Where such a name starts."""
    found = _JOINED_BEFORE.search(text, max(0, start - _LONGEST_NAME), start)
    return start if found is None else found.start()


def _on_one_line(name: str) -> str:
    """A name that a line broke as one: "Red\\nCross" is the "Red Cross"."""
    return " ".join(name.split())
