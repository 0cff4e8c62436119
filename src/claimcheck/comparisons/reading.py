"""Comparisons of a parsed sentence as claims: a word that compares, what it admits, and its operands.

The words are rows of `data/comparisons.toml`; how an operand is read is said in `operands`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from claimcheck.claims.assertion import assess, taken_back
from claimcheck.claims.sentence import Sentence
from claimcheck.claims.time import Discourse, claim_time
from claimcheck.comparisons.operands import COUNTS, Scene, before
from claimcheck.comparisons.words import (
    Admitted,
    admitted_share,
    cues_in,
    is_share,
    number,
    part,
    qualifier,
    ratio,
    rows,
    share_of,
)
from claimcheck.lexicon import Row, by_letter, written
from claimcheck.model import (
    Claim,
    ClaimTime,
    Comparison,
    ComparisonRelation,
    Link,
    Mention,
    Operand,
    Span,
    Way,
    claim_key,
)
from claimcheck.selfcheck.noting import ends_of
from claimcheck.syntax.clauses import clause_of, speaker
from claimcheck.syntax.tree import Token

CHANGE = "comparisons.change"
"""The rule of a comparison of one number at two times."""
OF_OTHERS = "comparisons.others"
"""The rule of a number's place among those of other places or bodies."""
MAY_BE_A_ROW = frozenset({CHANGE, "comparisons.share", "comparisons.total", "comparisons.mean"})
"""Rules of comparisons whose number a table may hold itself: the growth of a year, a share of the vote."""
OF_SERIES = frozenset({"streak", "extreme", "rank"})
"""What is said of one number among others: those of its series, or of its time."""
_MOST = 12
"""Comparisons that one sentence makes at most; a longer list is no prose."""
_LINKED = 24
"""Words between one that compares and the "than" or "as" that it needs."""
_YEAR = 366
"""Days of a time that is no longer than a year."""
_NONE = Admitted(None, None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A comparison as it stands in a sentence. `anchor` is the word that compares, `span` its words,
    `quantity` the number that says how much, None where none does; `operands` are none where they were not
    read."""

    pattern: str
    relation: ComparisonRelation
    anchor: Token
    span: Span
    way: Way = "greater"
    admits: Admitted = _NONE
    quantity: Mention | None = None
    operands: tuple[Operand, ...] | None = None
    rank: int = 1


@dataclass(frozen=True, slots=True)
class _Much:
    """By how much, or how many times: the number or the factor, and the word where that begins."""

    amount: Mention | None
    times: Decimal | None
    first: int

    def relation(self, scene: Scene, way: Way) -> tuple[ComparisonRelation, Way, Admitted]:
        """The relation, its way and what it admits."""
        if self.times is not None:
            start = scene.span([scene.doc[self.first]]).start if self.amount is None else self.amount.start
            row, _ = qualifier(scene.sentence.document.text, start)
            return "ratio", "greater", ratio(self.times, row)
        if self.amount is None:
            return way, way, _NONE
        if is_share(self.amount):
            return "change", way, admitted_share(scene.sentence.document.text, self.amount)
        return "difference", way, number(self.amount)


def _much(scene: Scene, at: int) -> _Much:
    """What stands right before a word: "300", "a third", "twice", "six times"."""
    doc, none = scene.doc, _Much(None, None, at)
    if at == 0:
        return none
    last = doc[at - 1]
    if (row := rows("multiple").get(last.lower_)) is not None:
        return _Much(scene.number(last), Decimal(row["times"]), at - 1)
    place = at - 1
    while place > 0 and (doc[place].lower_ in rows("of an amount") or scene.number(doc[place]) is None):
        if at - place > 3 or (doc[place].is_punct and doc[place].text != "%"):
            return none
        place -= 1
    mention = scene.number(doc[place])
    if mention is None or mention.kind not in COUNTS:
        return none
    begins = place
    while begins > 0 and scene.sentence.span_of(doc[begins - 1]).start >= mention.wide_start:
        begins -= 1
    if (fold := _fold(mention)) is not None:
        return _Much(mention, fold, begins)
    between = [t.lower_ for t in doc[place + 1 : at]]
    if between[:1] in (["times"], ["time"]) and mention.value is not None:
        return _Much(mention, mention.value, begins)
    return _Much(mention, None, begins)


def _fold(mention: Mention | None) -> Decimal | None:
    """How many times "fourfold" says."""
    stated = mention is not None and mention.text.lower().endswith(tuple(rows("ending of times")))
    return mention.value if mention is not None and stated else None


# ----------------------------------------------------------------------------------------------------
# One against another: "more refugees than Belland", "twice as many as in 2012", "…, 1,000 more than Belland".


@dataclass(frozen=True, slots=True)
class _Cue:
    """A word that compares two: which way, by how much, where its words begin, and the word behind which the
    second operand stands."""

    way: Way
    much: _Much
    first: int
    link: Token | None


def _cue(scene: Scene, token: Token) -> _Cue | None:
    """ "more … than", "twice as many … as", "three times that", "double the number"; None of other words."""
    doc, low = scene.doc, token.lower_
    row = rows("more").get(low) or rows("degree").get(low)
    of_a_multiple = low in rows("of a multiple") or low == "the"
    if row is None and not of_a_multiple and low not in rows("same"):
        return None
    behind, before_it = doc[token.i + 1 : token.i + 1 + _LINKED], doc[max(0, token.i - 1)]
    ahead, much = {t.lower_ for t in behind[:2]}, _much(scene, token.i)
    if row is not None:
        if low in rows("more") and _of_a_quality(token):
            return None  # "less fruitful than"
        apart = next((t.i for t in behind if t.text in (",", ";", ".", ":")), len(doc))
        link = next((t for t in behind if t.lower_ == "than" and t.i < apart), None)
        if link is None and low in rows("preposition") and much.amount is not None:
            link = token
        return _Cue(row["way"], much, min(much.first, token.i), link)
    if low in rows("same") and token.i and before_it.lower_ == "as":
        much = _much(scene, token.i - 1)
        if much.times is None and much.amount is not None and is_share(much.amount):
            much = replace(much, times=share_of(much.amount))  # "a third as many"
        if much.times is not None and much.times < 1 and "again" in ahead:  # "half as many again as"
            much = replace(much, times=1 + much.times)
        link = next((t for t in behind if t.lower_ == "as"), None)
        return _Cue("equal", much, min(much.first, token.i - 1), link)
    if much.times is None or not of_a_multiple:
        return None
    of_a_share = low == "the" and much.times < 1 and not rows("points").keys() & ahead  # "half the refugees"
    return None if of_a_share else _Cue("equal", much, much.first, before_it)


def _than(scene: Scene, token: Token) -> Iterator[Found]:
    """What a word says of two, of which the second stands behind it."""
    cue = _cue(scene, token)
    if cue is None or cue.link is None:
        return
    clause = clause_of(token, scene.sentence.clauses)
    words = scene.behind(cue.link.i + 1, clause.head)
    ahead = {t.lower_ for t in words[:2]}
    if not words or rows("unmeasured").keys() & ahead or scene.number(words[0]) is not None:
        return
    if words[0].lower_ in rows("multiple"):
        return  # "more than twice as many": that compares, and this is its bound
    relation, way, admits = cue.much.relation(scene, cue.way)
    begin = _begin(scene, cue.first)
    found = Found(
        pattern="pair", relation=relation, way=way, anchor=token, admits=admits, quantity=cue.much.amount,
        span=Span(begin, scene.span(words).end),
    )  # fmt: skip
    row, subject = rows("degree").get(token.lower_), clause.subject()
    measured = None if row is None else row.get("measure")  # "deadlier"
    noun = token.head if token.i < token.head.i < cue.link.i and token.head.pos_ == "NOUN" else None
    claim = (
        scene.measured(subject, token, measured) if measured and subject is not None
        else _compared(scene, token, cue.first, noun)
    )  # fmt: skip
    if not rows("others").keys() & ahead and claim is not None:
        own = Span(begin, begin if measured else scene.span([token]).end)
        gone = [own, scene.span([cue.link])]
        phrase = scene.phrase(words)
        other = None if phrase.number is None else scene.claim_for(phrase.number)
        found = replace(found, operands=scene.sides(claim, phrase, gone, other))
    yield found


def _of_a_quality(token: Token) -> bool:
    """Whether "more" or "most" is of the quality that follows, and of no number."""
    return bool(token.head.i == token.i + 1 and token.head.pos_ in ("ADJ", "ADV"))


def _begin(scene: Scene, first: int) -> int:
    """Where the words of an amount begin, its qualifier taken in: "*more than* twice"."""
    start = scene.span([scene.doc[first]]).start
    return min(start, qualifier(scene.sentence.document.text, start)[1])


def _compared(scene: Scene, token: Token, first: int, noun: Token | None) -> Claim | None:
    """The claim that is compared: that of the noun behind the word, of the number before it, of the sentence
    before where the subject only points there, else of the subject."""
    if noun is not None and noun.lower_ not in rows("points"):
        return scene.claim(noun, counted=True, at=token)
    stated = scene.numbered(first)
    subject = clause_of(token, scene.sentence.clauses).subject()
    if stated is not None:
        return stated
    if subject is None or _points(subject):
        return scene.before
    return scene.claim(subject)


def _points(subject: Token) -> bool:
    """Whether a subject says nothing itself: "it", "the figure"."""
    bare = all(c.dep_ == "det" for c in subject.children)
    return subject.pos_ == "PRON" or (bare and subject.lower_ in rows("points"))


def _exceeds(scene: Scene, token: Token) -> Iterator[Found]:
    """ "deaths outnumbered births", "the toll exceeded that of the Belland flood"."""
    row = rows("exceeds").get(token.lemma_.lower()) if token.pos_ == "VERB" else None
    subject = None if row is None else clause_of(token, scene.sentence.clauses).subject()
    if row is None or subject is None or subject.pos_ == "PRON":
        return
    words = scene.behind(token.i + 1)
    phrase = scene.phrase(words)
    if not words or scene.number(words[0]) is not None or not (phrase.points or phrase.names or phrase.noun):
        return
    by = next((t for t in words if t.lower_ == "by"), None)
    much = _much(scene, words[-1].i + 1) if by is not None else _Much(None, None, token.i)
    words = [t for t in words if by is None or t.i < by.i]
    relation, way, admits = much.relation(scene, row["way"])
    claim = scene.claim(subject, counted=True)
    sides = scene.sides(claim, scene.phrase(words), [scene.span([token])]) if words else None
    yield Found(
        pattern="pair", relation=relation, way=way, anchor=token, admits=admits, quantity=much.amount,
        span=scene.span([token, *words]), operands=sides,
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------------
# One number at two times: "rose from 5 to 8", "by a third since 2015", "…, up from 2,000 a year earlier".


def row_of_change(token: Token) -> tuple[Row, bool] | None:
    """What a word says of how a number moved, and whether it leans on a number before it ("up", "a fall");
    None of one that says nothing of it."""
    doc = token.doc
    behind = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
    if token.pos_ == "VERB":
        lemma = token.lemma_.lower()
        particle = next((c.lower_ for c in token.children if c.dep_ in ("prt", "advmod")), behind)
        row = rows("change").get(f"{lemma} {particle}") or rows("change").get(lemma)
        return None if row is None else (row, False)
    if token.lower_ in ("up", "down") and token.dep_ not in ("prt", "aux") and token.i:
        verb = doc[token.i - 1]
        return rows("change")[f"go {token.lower_}"], verb.lemma_ not in rows("stays")
    if token.pos_ == "NOUN" and token.lower_ in rows("move") and behind in ("of", *rows("against")):
        return rows("move")[token.lower_], True
    return None


@dataclass(slots=True)
class _Move:
    """The numbers and times of a change: from which one to which, and by how much."""

    start: Mention | None = None
    end: Mention | None = None
    much: Mention | None = None
    since: Mention | None = None
    until: Mention | None = None


def _move(scene: Scene, words: Sequence[Token]) -> _Move:
    """The numbers and times behind a word of change, each by the preposition before it."""
    move, seen, last = _Move(), set[int](), ""
    for token in words:
        time, stated = scene.time(token), scene.number(token)
        mention = time or stated
        if mention is None or mention.start in seen:
            continue
        seen.add(mention.start)
        prep = _preposition(scene, token, mention)
        if time is not None:
            earlier = prep in rows("against") or (last == "start" and prep not in ("to", "until"))
            if time.kind == "date" and earlier and move.since is None:
                move.since = time
            elif time.kind == "date" and move.until is None:
                move.until = time
        elif stated is not None and stated.kind in COUNTS:
            slot = "start" if prep in rows("against") else "end" if prep == "to" else "much"
            qualifying = scene.sentence.document.text[stated.wide_start : stated.start].lower().split()
            bound = {prep, *qualifying[-1:]}
            if slot == "much" and bound & rows("bound of a number").keys():
                continue  # "fell *below* 6,000"
            if getattr(move, slot) is None:
                setattr(move, slot, stated)
                last = slot
    return move


def _preposition(scene: Scene, token: Token, mention: Mention) -> str:
    """The word before a mention, what only qualifies it left out; its own first word where that is one."""
    led_by = mention.qualifier if mention.is_time else None  # "*since* 2015"
    own = (led_by or mention.span).of(scene.sentence.document.text).split()[0].lower()
    if own in rows("against"):
        return own
    at = token.i - 1
    while at > 0 and (scene.doc[at].pos_ in ("DET", "ADV", "ADJ", "SYM", "NUM") or
                      scene.sentence.span_of(scene.doc[at]).start >= mention.wide_start):  # fmt: skip
        at -= 1
    return scene.doc[at].lower_ if at >= 0 else ""


def _change(scene: Scene, token: Token) -> Iterator[Found]:
    stated = row_of_change(token)
    if stated is None:
        return
    row, leans = stated
    words = scene.behind(token.i + 1)
    move = _move(scene, words)
    times = Decimal(row["times"]) if row.get("times") else _fold(move.much)
    base = scene.numbered(token.i) if leans else None
    if move.end is not None:
        base = scene.claim_for(move.end) or base
    if leans and base is None:
        return
    if token.pos_ == "NOUN" and base is not None and move.start is None and base.quantity is not None:
        stated_first = scene.numbered(scene.at(base.quantity))
        if stated_first is not None and stated_first.quantity is not None and move.since is None:
            unit = stated_first.quantity.unit == base.quantity.unit
            at = scene.sentence.token(base.quantity)
            back = at is not None and _preposition(scene, at, base.quantity) in rows("against")
            days = [c.time.date_start for c in (stated_first, base) if c.time and c.time.date_start]
            if unit and (back or sorted(days)[:1] != days[:1]):
                stated_first, base = base, stated_first  # "119, after 81", "119 in 2024 and 81 in 2023"
            move.start = stated_first.quantity if unit else None
            move.since = scene.time_of(stated_first) if unit else None
    half = next((t for t in words[:4] if t.lower_ in rows("part") and scene.time(t) is None), None)
    part_of = Decimal(rows("part")[half.lower_]["times"]) if half is not None and move.much is None else None
    pair = move.start is not None and base is not None
    if move.much is None and times is None and part_of is None and not pair:
        return
    first = token.i if move.much is None or times is None else scene.at(move.much)
    much = _Much(None if row.get("times") else move.much, times, first)
    relation, way, admits = much.relation(scene, row["way"])
    if relation == "ratio" and row["way"] == "less" and not row.get("times"):
        admits = admits.turned()  # "fell threefold"
    if part_of is not None:
        start = scene.span([half]).start if half is not None else 0
        relation, admits = "change", part(part_of, None, qualifier(scene.sentence.document.text, start)[0])
    last = scene.span([*words][-1:] or [token]).end
    end = max([scene.span([token]).end, *(m.end for m in (move.start, move.end, move.much) if m)])
    found = Found(
        pattern="change", relation=relation, way=way, anchor=token, admits=admits, quantity=much.amount,
        span=Span(_begin(scene, token.i), min(end, last)),
    )  # fmt: skip
    yield replace(found, operands=_moved(scene, token, move, base))


def _moved(scene: Scene, token: Token, move: _Move, base: Claim | None) -> tuple[Operand, ...] | None:
    """What moved, as it stood last and before."""
    subject = clause_of(token, scene.sentence.clauses).subject()
    stated_before: ClaimTime | None = None
    if base is None and scene.before is not None and (subject is None or _points(subject)):
        base, stated_before = scene.before, scene.before.time
    base = scene.claim(token if subject is None else subject) if base is None else base
    hidden = [m.wide for m in (move.start, move.much, move.since) if m is not None] + [scene.span([token])]
    own = [m for m in (move.end, base.quantity) if m is not None and (m.low, m.high) != (None, None)][:1]
    later = scene.dated(move.until) if move.until is not None else base.time
    since = None if move.since is None else scene.dated(move.since)
    for mention in filter(None, (move.since, move.until)):
        if (both := _both(scene, mention)) is not None:
            since, later = both
    stated = later is not None and later.basis != "document"
    since = since or stated_before or (before(later) if stated else None)
    if since is not None and later is not None and since.period == later.period:
        later = None
    if later is None and base.time is not None and since is not None and move.since is not None:
        base = replace(base, time=None)  # "has halved since 2022": by now
    if since is None and move.start is None:
        return None
    stated = base.quantity is not None and (base.quantity.low, base.quantity.high) != (None, None)
    first = scene.operand("first", base, hidden, later, number=own[0].span if own and stated else None)
    gone = [m.wide for m in (move.end, move.much, move.until) if m is not None] + [scene.span([token])]
    if base.time is not None and base.time.start is not None and since is not None:
        gone.append(Span(base.time.start, base.time.end or base.time.start))
    earlier = base
    if move.start is not None:
        numbered = scene.claim_for(move.start)
        quantity = move.start if numbered is None or numbered.quantity is None else numbered.quantity
        if quantity.kind == "number" and base.quantity is not None and base.quantity.kind != "number":
            return None
        earlier = replace(base, quantity=quantity, time=base.time if since is not None else None)
    given = None if move.start is None else move.start.span
    return first, scene.operand("second", earlier, gone, since, number=given)


def _both(scene: Scene, time: Mention) -> tuple[ClaimTime, ClaimTime] | None:
    """The two times of "between 2015 and 2018", None of one that is one."""
    found = ends_of(time)
    if found is None or found[0] == found[1] or "/" not in (time.timex or ""):
        return None
    stated = scene.dated(time)
    one, other = (
        replace(stated, date_start=p.start, date_end=p.end, timex=None, relation="in") for p in found
    )
    return one, other


# ----------------------------------------------------------------------------------------------------
# A part of a whole: "half of the strikes", "40 per cent of the refugees came from Belland"; parts together.


def _share(scene: Scene, of: Token) -> Iterator[Found]:
    doc = scene.doc
    own = scene.number(of)
    mention: Mention | None
    if own is not None and is_share(own) and {"in", "of"} & set(own.text.split()[1:-1]):
        mention, word = own, ""  # "one in four refugees"
        if of.i + 1 < len(doc) and (doc[of.i + 1].lower_ == "of" or scene.number(doc[of.i + 1]) is own):
            return
    elif of.lower_ != "of" or of.i == 0:
        return
    else:
        mention, word = scene.number(doc[of.i - 1]), doc[of.i - 1].lower_
    most = word in rows("most of")
    if not most and (mention is None or not is_share(mention)) and word != "half":
        return
    words = scene.behind(of.i + 1)
    noun = next((t for t in words if t.pos_ == "NOUN" and t.head.i <= of.i), None)
    if noun is None and own is not None:
        noun = next((t for t in words if t.pos_ == "NOUN"), None)
    if noun is None or (words[0].lower_ not in rows("definite") and noun.tag_ != "NNS"):
        return
    text, start = scene.sentence.document.text, scene.span([doc[of.i - 1]]).start
    start = start if mention is None else mention.start
    if mention is not None:
        admits = admitted_share(text, mention)
    else:
        half = Decimal("0.5")
        admits = Admitted(half, None, half, None) if most else ratio(half, qualifier(text, start)[0])
    inside = {t.i for t in noun.subtree}
    whole = [t for t in words if t.i in inside]
    begin = min(start, qualifier(text, start)[1])
    found = Found(
        pattern="share", relation="share", anchor=of, span=Span(begin, scene.span(whole).end), admits=admits,
        quantity=mention,
    )  # fmt: skip
    claim = scene.claim(noun, counted=True)
    part = scene.operand("part", claim, [Span(begin, scene.span([of]).end)])
    yield replace(found, operands=(part, scene.operand("whole", claim, scene.but(whole))))


def _joined(scene: Scene, token: Token) -> Iterator[Found]:
    """ "Arvia and Belland together hosted 5,000", "the gap between Arvia and Belland was 300": what each of
    those that are named did, added up or held against each other."""
    ahead = [t.lower_ for t in scene.doc[token.i : token.i + 3]]
    cues = ((use, n) for use in ("mean", "together") for n in (2, 1) if " ".join(ahead[:n]) in rows(use))
    use, many = next(cues, ("", 0))
    mean = use == "mean"
    apart = token.lower_ in rows("gap") and "between" in ahead[1:2]
    if not (many or apart) or "with" in ahead[many : many + 1]:
        return
    clause = clause_of(token, scene.sentence.clauses)
    above = clause.parent if clause.head.i == token.i else None
    own = sorted([*clause.tokens, *(above.tokens if above is not None else ())], key=lambda t: int(t.i))
    numbers = dict.fromkeys(m for t in own if (m := scene.number(t)) is not None and m.kind in COUNTS)
    claim = next(filter(None, map(scene.claim_for, numbers)), None)
    if claim is None or claim.quantity is None:
        return
    said = scene.span(scene.doc[token.i : token.i + max(1, many)])
    dated = dict.fromkeys(m for t in own if (m := scene.time(t)) is not None and m.kind == "date")
    times = {m.span: scene.dated(m) for m in dated} if len(dated) > 1 else {}
    named = scene.names(scene.behind(token.i + 1)) if apart else scene.joined(own)
    parts = list(times) or [scene.span(name.tokens) for name in named]
    open_ = replace(claim, quantity=replace(claim.quantity, value=None, low=None, high=None))
    operands = []
    for role, own_part in zip(("first", "second") if apart else ["part"] * len(parts), parts, strict=False):
        gone = [claim.quantity.wide, said, *(p for p in parts if p != own_part)]
        operands.append(scene.operand(role, open_, gone, times.get(own_part)))
    relation: ComparisonRelation = "average" if mean else "difference" if apart else "sum"
    days = None if claim.time is None or claim.time.period is None else claim.time.period.days
    over_years = mean and len(parts) < 2 and (days or 0) > _YEAR
    if over_years:
        operands = [scene.operand("item", open_, [claim.quantity.wide, said])]  # of each of them
    if over_years or len(parts) == 2 or (many and len(parts) > 1):
        yield Found(
            pattern="mean" if over_years else "sum", relation=relation, way="equal", anchor=token,
            span=claim.quantity.wide, quantity=claim.quantity, admits=number(claim.quantity),
            operands=tuple(operands),
        )  # fmt: skip


# ----------------------------------------------------------------------------------------------------
# One among many: "hosted the most refugees", "…, the most since 2010". Which others are meant is weighed.


def _superlative(scene: Scene, token: Token) -> Iterator[Found]:
    """ "hosted the most refugees", "3,000, the most since 2010", "the deadliest flood in Arvia"."""
    row, doc = rows("extreme").get(token.lower_), scene.doc
    if row is None or token.i == 0 or _of_a_quality(token):
        return  # "the most recent"
    first, ordinal = token.i - 1, None
    if doc[first].text == "-" and first:
        first -= 1
    if (before := scene.number(doc[first])) is not None and before.kind == "ordinal" and first:
        ordinal, first = before, first - 1
    before_it = {t.lower_ for t in doc[max(0, first - 2) : first]}
    if doc[first].lower_ not in rows("definite") or rows("among").keys() & before_it:
        return
    words = [doc[first], token, *scene.behind(token.i + 1)]
    of_time = not rows("of time").keys().isdisjoint(t.lower_ for t in words)
    found = Found(
        pattern="extreme" if of_time else "others", relation="rank" if ordinal else "extreme",
        way=row["way"], anchor=token, span=scene.span(words), quantity=ordinal,
    )  # fmt: skip
    yield _of_series(scene, found, words)


# ----------------------------------------------------------------------------------------------------
# From what is found to claims.

_READERS: tuple[Callable[[Scene, Token], Iterator[Found]], ...] = (
    _than, _exceeds, _change, _superlative, _share, _joined,
)  # fmt: skip


@cache
def alone() -> re.Pattern[str]:
    """Words by which a sentence without number and date may compare, which nothing else would have parsed."""
    more, most = by_letter([*rows("more"), *rows("degree")]), by_letter(rows("extreme"))
    over = by_letter(word[:-1] for word in rows("exceeds"))
    than, as_many_as = written("comparison_forms", "than behind"), written("comparison_forms", "as many as")
    two = rf"(?:{more}){than}|{as_many_as}"
    return re.compile(rf"\b(?:{two}|the (?:{most})\b|(?:{over})\w*)", re.IGNORECASE | re.DOTALL)


def comparison_claims(
    sentence: Sentence, made: Sequence[Claim], stated: Sequence[Claim], discourse: Discourse
) -> list[Claim]:
    """The claims of kind `comparison` of a sentence. `made` are those of its numbers, `stated` those of
    the sentence before: what "the figure" goes back to."""
    scene = Scene(sentence, made, stated, discourse)
    held: list[Found] = []
    for reads in _READERS:
        for found in (f for token in scene.doc for f in reads(scene, token)):
            if len(held) < _MOST and not any(f.span.overlaps(found.span) for f in held):
                held.append(found)
    for found in _cued(scene):
        if not any(f.span.overlaps(found.span) for f in held):
            held.append(found)
    return [_claim(scene, found) for found in held]


def _cued(scene: Scene) -> Iterator[Found]:
    """What a sentence compares by its words alone."""
    parsed, text = scene.sentence.parsed, scene.sentence.document.text
    for row, match in cues_in(text, parsed.span.start, parsed.span.end):
        if shown := parsed.doc.at(*parsed.view.shown_at(*match.span())):
            low, high = (None if row.get(end) is None else Decimal(row[end]) for end in ("low", "high"))
            found = Found(
                pattern="others" if row["relation"] == "rank" else "cue", relation=row["relation"],
                span=Span(*match.span()),
                way=row.get("way", "less" if row["relation"] == "less" else "greater"),
                anchor=next((t for t in shown if t.pos_ == "VERB"), shown[-1]),
                admits=Admitted(low, high, None, None),
            )  # fmt: skip
            yield found if row["relation"] not in OF_SERIES else _of_series(scene, found, shown)


def _of_series(scene: Scene, found: Found, words: Sequence[Token]) -> Found:
    """What is said of a number among others, with that number: how often it has moved one way in a row ("rose
    for the fourth year running in 2024", "has risen every year since 2022"), or the place that it has."""
    is_streak = found.relation == "streak"
    stated = (m for t in words for m in (scene.number(t), scene.time(t)) if m is not None and m.value)
    many, subject = next(stated, None), clause_of(found.anchor, scene.sentence.clauses).subject()
    many = found.quantity or (None if found.relation == "extreme" else many)
    before = scene.numbered(words[0].i)
    named = subject is not None and not _points(subject) and (is_streak or before is None)
    before = before or next(iter(scene.stated), None)
    claim = scene.claim(subject) if named and subject is not None else before
    if is_streak and claim is not None and many is None:
        claim = replace(claim, time=None)  # by now
    if found.pattern == "others" and claim is not None and (own := scene.time_of(claim)) is not None:
        times = [m for m in scene.sentence.mentions if m.is_time]
        near = min(times, key=lambda m: max(m.start - found.span.end, found.span.start - m.end))
        if found.span.contains(near.span):
            claim = replace(claim, time=scene.dated(near))
        elif (near.date_start, near.date_end) != (own.date_start, own.date_end):
            claim = None  # "ranked third in 2022, up from fifth in 2021": of which of them is not sure
    found = replace(found, operands=None if claim is None else (scene.operand("item", claim, [found.span]),))
    return found if found.relation == "extreme" else replace(
        found, rank=int(many.value or 0) if many else 0, quantity=many)  # fmt: skip


def _claim(scene: Scene, found: Found) -> Claim:
    sentence = scene.sentence
    document, span = sentence.document, found.span
    clause = clause_of(found.anchor, sentence.clauses)
    status = assess(found.anchor, clause, sentence.question)
    head = assess(clause.head, clause, sentence.question)
    status = status if not status.asserted or head.asserted else head
    if status.asserted:
        status = taken_back(document.text, sentence.parsed.span, span.start) or status
    said_by = speaker(clause)
    dated = [m for m in sentence.mentions if m.is_time and m.kind == "date" and m.period]
    own = [m for m in dated if span.contains(m.span)]
    if found.pattern == "cue":
        own = [m for m in dated if m.start >= span.end][:1] or dated[-1:]
    whole = sentence.absolute(*clause.span())
    operands = found.operands or ()
    comparison = Comparison(
        relation=found.relation, way=found.way, low=found.admits.low, high=found.admits.high,
        outer_low=found.admits.outer_low, outer_high=found.admits.outer_high, rank=found.rank,
        operands=operands, unread=None if operands else "operand",
        scope=Span(min(whole.start, span.start), max(whole.end, span.end)),
    )  # fmt: skip
    first = next((o.claim for o in operands if o.claim is not None), None)
    time = claim_time(own[-1], document.text, document.date) if own else None if first is None else first.time
    return Claim(
        claim_id=claim_key(document, "comparison", span.start, span.end, found.relation), kind="comparison",
        start=span.start, end=span.end, text=span.of(document.text), measure=None, quantity=found.quantity,
        time=time, asserted=status.asserted, hedge=status.hedge,
        speaker=None if said_by is None else Link(scene.span(list(said_by.subtree)).of(document.text)),
        predicate=found.anchor.lemma_.lower(), context=sentence.parsed.span,
        rule=status.rule or f"comparisons.{found.pattern}", comparison=comparison,
    )  # fmt: skip


def instead_of_numbers(claims: Iterable[Claim], compared: Sequence[Claim]) -> list[Claim]:
    """Claims without those of numbers that say how much more, or how many times as much: these are no
    number of anything. Of a change a table may hold the number itself ("the economy grew by 5 per cent")."""
    alone = [c for c in compared if c.rule not in MAY_BE_A_ROW]
    taken = {c.quantity.span for c in alone if c.quantity is not None}
    words = [Span(c.start, c.end) for c in alone]
    among = [Span(c.start, c.end) for c in compared if c.rule == OF_OTHERS]  # "the fewest of the *six* towns"

    def is_one(claim: Claim) -> bool:
        if claim.quantity is None:
            return False
        persons = claim.rule.startswith("casualties.")
        stated = persons and claim.quantity.value is None  # "many people" of "as many"
        more = persons and any(claim.quantity.span.overlaps(span) for span in taken)  # "149 more people"
        inside = stated and any(w.overlaps(claim.quantity.span) for w in words)
        others = claim.quantity.kind == "number" and any(w.contains(claim.quantity.span) for w in among)
        return claim.quantity.span in taken or more or inside or others

    return [c for c in claims if not is_one(c)]
