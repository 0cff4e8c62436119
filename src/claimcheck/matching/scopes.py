"""How far a number reaches: what it is of, from, by or within, and whether of all that there was."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from claimcheck import lexicon
from claimcheck.claims.wholes import SUMMED
from claimcheck.judging.judge import weigh
from claimcheck.judging.relations import Candidate, own_period
from claimcheck.matching.accounting import neutral_words, stem_set, word_set
from claimcheck.matching.concepts import Concepts, concepts_of, undergone
from claimcheck.matching.frames import MeasureFit
from claimcheck.matching.item import Item
from claimcheck.model import (
    Claim,
    ClaimTime,
    Mention,
    Part,
    Proposition,
    Relation,
)
from claimcheck.propositions.stems import stem
from claimcheck.wording.around import words_between

_DAYS_TOLD = 14
"""A period of fewer days is told by its days: what a span of it says is the whole."""


def is_per_time(proposition: Proposition, time: ClaimTime | None = None) -> bool:
    """Whether a number is of a span within its time: "in *two days* of January, 774 were killed", but not
    "in four days, from 9 to 12 August"."""
    days = None if time is None or time.period is None else time.period.days
    if days is not None and 1 < days <= _DAYS_TOLD:
        return False
    parts = proposition.parts
    usual = {p.unit for p in parts if p.lemma in word_set("usual") and p.prep == "on"}
    if any(p.unit in usual and stem(p.lemma) in stem_set("spans") for p in parts):
        return True  # "*on an average day* of 2016 12 drowned"
    for at, p in enumerate(parts):
        if p.pos != "NUM" or p.context or p.prep not in ("in", "within", "over", "of"):
            continue
        behind = [q for q in parts[at : at + 3] if q.unit == p.unit]
        spans = any(stem(q.lemma) in stem_set("spans") for q in behind)
        named = [q.lemma for q in parts if q.unit == p.unit]
        if days is not None and days <= 366 and {"year", "decade"} & set(named):
            continue  # "the best *in ten years*" of one year
        if spans and "old" not in named and "same" not in named:  # "of *one-year-olds*", "in the same week"
            return True
    return False


def verb_is_said(proposition: Proposition, fit: MeasureFit) -> bool:
    """Whether a measure's own words are the predicate, which counts the part: "12 of the 40 died"."""
    return any(
        at in fit.explained and p.role == "predicate" and p.level == 1
        for at, p in enumerate(proposition.parts)
    )


def has_no_time_of_its_own(claim: Claim) -> bool:
    """Whether what a number is compared from has no time behind it: "against 32", not "from 32 in 2015"."""
    proposition, time, own = claim.proposition, claim.time, claim.quantity
    if proposition is None or own is None or proposition.prep == "to":
        return False
    return time is None or time.start is None or time.start < own.start


@cache
def _change_verbs() -> frozenset[str]:
    rows = {row.id: row for row in lexicon.load("judging")}
    return frozenset(stem(w) for way in ("rises", "falls") for w in rows[way]["words"])


def is_difference(proposition: Proposition, fit: MeasureFit) -> bool:
    """Whether a number is by how much something changed ("rose *by* 12"), of a measure that is no change."""
    if proposition.prep != "by":
        return False
    if any(
        p.is_head and p.role == "subject" and stem(p.lemma) in stem_set("rates") for p in proposition.parts
    ):
        return True
    for at, p in enumerate(proposition.parts):
        if p.role == "predicate" and stem(p.lemma) in _change_verbs() and at not in fit.explained:
            return True
    return False


def either(item: Item, concepts: Sequence[Concepts], said: Concepts) -> str | None:
    """The verb before "or" that a measure does not say: "killed or injured 2,960" counts more than those."""
    parts = item.proposition.parts
    own = next((p for p in parts if p.role == "predicate" and not p.context), None)
    for at, p in enumerate(parts):
        if own is None or p is own or not concepts[at] & undergone() or concepts[at] & said:
            continue
        between = words_between(item.document, min(p.end, own.end), max(p.start, own.start))
        if between in (["or"], ["and/or"], ["or", "else"]):
            return p.lemma
    return None


def is_of_all(item: Item) -> bool:
    """Whether a clause says that its number is of all that there were: "in all", "a total of", "only"; not
    "fewer *than* 12"."""
    said = (p for p in item.proposition.parts if not p.context and p.prep != "than")
    return any(stem(p.lemma) in stem_set("all") for p in said)


def is_at_most(item: Item) -> bool:
    """Whether a number says how many there were at most: "fewer than 100 people were killed"."""
    own = item.claim.interval
    return own is not None and own.high is not None and (own.low is None or own.low == 0)


def is_of_one_day(item: Item) -> bool:
    """Whether a clause says the day of what it tells."""
    period = own_period(item.claim)
    return period is not None and period.days == 1


def is_of_what_is(item: Item, scene: frozenset[str] = frozenset()) -> bool:
    """Whether a clause says what is or was so, and not that something happened or changed. `scene`: stems of
    the verbs that tell the measure itself: "*played* 113 matches"."""
    verbs = [p.lemma for p in item.proposition.parts if p.role == "predicate" and not p.context]
    return all(stem(v) in neutral_words("being") | scene for v in verbs)


def weighed(item: Item, candidate: Candidate) -> Relation:
    """What a row says to a claim, were it the only one."""
    return weigh(item.claim, [candidate], item.document)[0].relation


def refutes(item: Item, candidate: Candidate) -> bool:
    """Whether a row would contradict a claim, were it the only one."""
    return weighed(item, candidate) == "refutes"


def is_only_plural(quantity: Mention) -> bool:
    """Whether a text counts nobody and only says that there were several: "people were killed"."""
    return quantity.value is None and quantity.low in (1, 2) and quantity.high is None


def is_indefinite(item: Item) -> bool:
    """Whether a number is an article rather than a count: "adopted one resolution", not "only one"."""
    own = item.claim.interval
    if own is None or own.low != 1 or own.high != 1:
        return False
    return not any(stem(p.lemma) in stem_set("singling out") for p in item.proposition.parts)


def is_what_parts_are_of(proposition: Proposition) -> bool:
    """Whether a number is the whole of which the number before it is a part: "63 of the *160* seats"."""
    return proposition.prep == "of" and any(
        p.role == "noun" and p.level == 1 and p.pos == "NUM" for p in proposition.parts
    )


def _is_there(item: Item) -> bool:
    """Whether "of them" are all who are in a place of their own: "620 beds, 345 of them *in Oren*"."""
    own, parts = item.claim.quantity, item.proposition.parts
    if own is None or not item.place.stated or not item.place.parts:
        return False
    return any(
        parts[at].prep in ("in", "at") and own.end < parts[at].start <= own.end + _RIGHT_BEHIND
        for at in item.place.parts
    )


def of_whole(item: Item) -> set[int]:
    """The words that a number shares with the one of which it counts some, where rows answer that: there they
    are accounted for. "*24 inmates were executed*, eight of them in Tarn"."""
    whole = item.whole
    if whole is None or not whole.candidates:
        return set()
    there = {p.start for p in whole.proposition.parts if not p.context}
    parts = item.proposition.parts
    among = {at for at, p in enumerate(parts) if _is_those_told(p)}
    were = {at for at, p in enumerate(parts) if among and p.lemma == "be" and p.level == 1}
    return {at for at, p in enumerate(parts) if p.start in there} | among | were


def is_among_those(proposition: Proposition) -> bool:
    """Whether a number counts some of those told before, by what befell them: "12 were *among the dead*"."""
    return any(_is_those_told(p) for p in proposition.parts)


def _is_those_told(part: Part) -> bool:
    return part.prep == "among" and part.is_head and part.lemma in word_set("those told of")


def is_told_apart(item: Item, fit: MeasureFit) -> bool:
    """Whether "of them" are all of a place, a time or a kind of their own, of a whole that a row bears out or
    denies by itself: "Tarn counted 40 raids, 12 of them *in May*"."""
    whole, parts = item.whole, item.proposition.parts
    if whole is None or not whole.candidates:
        return False
    here = [parts[at] for at in item.place.parts if not parts[at].context]
    where = any(p.role == "subject" or p.prep in ("in", "at", "from") for p in here)
    own, theirs = own_period(item.claim), own_period(whole.claim)
    when = own is not None and own != theirs
    kinds = {(f.package, f.measure) for f in whole.fits}
    there = {p.start for p in whole.proposition.parts if not p.context}
    own_words = any(not parts[at].context and parts[at].start not in there for at in fit.explained)
    what = own_words and (fit.package, fit.measure) not in kinds
    return (where and item.place.keys != whole.place.keys) or when or what


def is_of_one_summand(item: Item, fit: MeasureFit) -> bool:
    """Whether a measure says whom one of several numbers counts that a claim adds up, and not all of them:
    "*12 nurses and 5 cooks* were killed" tells of no 17 nurses."""
    own, parts = item.claim.quantity, item.proposition.parts
    if own is None or item.claim.rule not in SUMMED:
        return False
    said = [concepts_of(parts[at].lemma) for at in fit.explained if _is_counted(parts[at])]
    others = (
        frozenset().union(*(concepts_of(p.lemma) for p in c.proposition.parts if _is_counted(p)))
        for c in item.beside
        if c.quantity is not None and c.proposition is not None and own.span != c.quantity.span
        if own.span.contains(c.quantity.span)
    )
    return any(one.isdisjoint(theirs) for theirs in others for one in said)


def _is_counted(part: Part) -> bool:
    """Whether a word says whom or what a number counts."""
    return part.level == 0 and part.role in ("head", "modifier") and not part.context


def is_of_those_told(proposition: Proposition, fit: MeasureFit) -> bool:
    """Whether "of them" are of those whom the measure counts, told before: "The *nurses* were hunted: 12 of
    them were killed", of nurses killed."""
    parts = proposition.parts
    return any(parts[at].context and parts[at].pos in ("NOUN", "PROPN") for at in fit.explained)


def _is_told_by_itself(item: Item, fit: MeasureFit) -> bool:
    """Whether nothing but its place or its subject, which the measure says, tells a part from its whole:
    "*Tarn* accounted for 12 of 40 raids", "*children* made up 12 of the victims"."""
    parts = item.proposition.parts
    here = [parts[at] for at in item.place.parts if not parts[at].context]
    verbs = [p for p in parts if p.role == "predicate" and p.level == 1 and not p.context]
    where = any(p.level == 1 and (p.role == "subject" or p.prep in ("in", "at")) for p in here)
    told = (parts[at] for at in fit.explained)
    who = any(p.role == "subject" and p.level == 1 and p.is_head and not p.context for p in told)
    who = who and not any(v.lemma in ("be", "come") for v in verbs)
    return (where or who) and all(stem(v.lemma) in stem_set("making up a part") for v in verbs)


_RIGHT_BEHIND = 12  # characters behind a number: " of them in "


def scope_words(item: Item, fit: MeasureFit, of_body: bool = False, of_doer: bool = False) -> list[str]:
    """The small words by which a number is not of the whole: "12 *of* them", "rose *by* 12", "*among* them
    12", "up *from* 12", "12 *under* five". `of_body`: the row's number is that of the body which the clause
    names, of all that there are: "the party won 63 *of* the 160 seats"; `of_doer`: it is of those whom one
    killed, who are all of the row's: "142 *of* them by Russian forces"."""
    proposition, out = item.proposition, []
    prep, parts = proposition.prep, item.proposition.parts
    of_some = proposition.share == "them" and not (of_doer or _is_there(item) or is_told_apart(item, fit))
    if (fit.package, fit.measure) in item.borrowed and item.whole is not None and not item.whole.candidates:
        out.append("of")  # of whom it counts some nobody knows
    in_percent = item.claim.quantity is not None and item.claim.quantity.kind == "percent"
    of_some = of_some and (in_percent or not verb_is_said(proposition, fit))
    if of_some or is_per_time(proposition, item.claim.time):
        out.append("of")
    if of_body and is_what_parts_are_of(proposition):
        out.append("of")
    if proposition.share == "part" and not (
        in_percent or of_body or of_doer or verb_is_said(proposition, fit) or _is_told_by_itself(item, fit)
    ):
        out.append("of")
    if is_difference(proposition, fit):
        out.append("by")
    if prep in word_set("compared with") and has_no_time_of_its_own(item.claim):
        out.append(prep or "")
    if any(p.pos == "NUM" and p.prep in word_set("of ages") and not p.context for p in proposition.parts):
        out.append("under")
    names_part = any(parts[at] is item.head for at in fit.explained)  # "including 12 *children*"
    ends = item.movement.from_parts | item.movement.to_parts  # "deported 700, including 12 *to Arvia*"
    end = item.claim.quantity.end if item.claim.quantity is not None else item.claim.end
    there = any(0 < parts[at].start - end < _RIGHT_BEHIND for at in ends)
    if prep in word_set("listing") and not (of_doer or names_part or there or _is_there(item)):
        out.append(prep or "")
    return out
