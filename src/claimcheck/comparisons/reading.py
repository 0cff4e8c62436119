"""Comparisons of a parsed sentence as claims, and their operands as the sentences that they are.

Also those that a sentence adds to a number of its own: "…, up from 2,000 a year earlier".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from claimcheck.claims.assertion import ASSERTED, assess
from claimcheck.claims.clauses import clause_of, clauses, speaker, text_of
from claimcheck.claims.parsing import Parsed
from claimcheck.claims.sentence import Sentence
from claimcheck.claims.time import claim_time
from claimcheck.comparisons.extremes import extremes, ranks
from claimcheck.comparisons.pairs import amount_of, changes, pairs, part_behind, said_time, streaks
from claimcheck.comparisons.restating import (
    COUNTS,
    Clause,
    Said,
    admitted_share,
    amount_before,
    antecedent,
    at_time,
    behind_operand,
    is_share,
    mention_at,
    multiple_before,
    names_more,
    numbers_in,
    rendered,
    said_before,
    saying,
    segments,
    sides_of,
    span_of,
    spoken,
    token_from,
)
from claimcheck.comparisons.sums import implied_sums, rates, shares, sums, sums_of_years
from claimcheck.comparisons.words import (
    NUMBER,
    Admitted,
    Found,
    Token,
    may_compare,
    number,
    operand,
    qualifier,
    ratio,
    rows,
)
from claimcheck.lexicon import Row, by_letter, pattern, written
from claimcheck.model import (
    Claim,
    Comparison,
    ComparisonRelation,
    Document,
    Link,
    Mention,
    Operand,
    Span,
    Way,
    claim_key,
)

# ----------------------------------------------------------------------------------------------------
# What a sentence adds to a number of its own: "…, six times as many as in 2012", "…, up from 2,000 a year
# earlier", "…, 1,000 more than Belland", "…, a fall of 15 per cent".

_OPENS_MOVE = pattern("comparison_forms", "opens a move")
_NONE = Admitted(None, None, None, None)
_AGAINST: dict[str, Way] = {"up": "greater", "down": "less"}


def ellipses(sentence: Sentence) -> Iterator[Found]:
    """The comparisons that lean on a number which the sentence gives before."""
    for token in sentence.parsed.doc:
        found = _than(sentence, token) or _fewer(sentence, token)
        found = found or _from(sentence, token) or _move(sentence, token)
        if found is not None:
            yield found


@dataclass(frozen=True, slots=True)
class _Told:
    """How much more a number is: the way, how many times as much or by how much, where the words begin, and
    the word behind which the second operand stands."""

    way: Way
    times: Decimal | None
    amount: Mention | None
    first: int
    link: Token

    def relation(self, sentence: Sentence) -> tuple[ComparisonRelation, Way, Admitted]:
        """The relation, its way and what it admits."""
        if self.times is not None:
            row, _ = _qualified(sentence, self.first)
            return "ratio", "greater", ratio(self.times, row)
        if self.amount is None:
            return ("equal" if self.way == "equal" else self.way), self.way, _NONE
        if is_share(self.amount):
            return "change", self.way, admitted_share(sentence, self.amount)
        return "difference", self.way, number(self.amount)


def _qualified(sentence: Sentence, first: int) -> tuple[Row | None, int]:
    return qualifier(sentence.document.text, span_of(sentence, [sentence.parsed.doc[first]]).start)


def _told(sentence: Sentence, token: Token) -> _Told | None:
    """ "1,000 more than", "six times as many as", "twice the number of"."""
    doc = token.doc
    if token.i + 1 >= len(doc):
        return None
    ahead = 2 if doc[token.i + 1].lower_ == "again" and token.i + 2 < len(doc) else 1
    following = doc[token.i + ahead].lower_
    if token.lower_ in rows("more") and following == "than":
        amount, first = amount_before(sentence, token)
        return _Told(rows("more")[token.lower_]["way"], None, amount, first, doc[token.i + 1])
    if token.lower_ in ("many", "much") and following == "as" and token.i and doc[token.i - 1].lower_ == "as":
        times, first, amount = multiple_before(sentence, doc[token.i - 1])
        return _Told("equal", times, amount, token.i - 1 if times is None else first, doc[token.i + ahead])
    if token.lower_ in ("number", "total", "figure") and token.i and doc[token.i - 1].lower_ == "the":
        times, first, amount = multiple_before(sentence, doc[token.i - 1])
        return None if times is None else _Told("equal", times, amount, first, token)
    if token.lower_ == "that" and following in ("of", "in", "for", "at"):  # "1,200, three times that of 2015"
        times, first, amount = multiple_before(sentence, token)
        return None if times is None else _Told("equal", times, amount, first, doc[token.i - 1])
    return None


def _than(sentence: Sentence, token: Token) -> Found | None:
    """ "3,000 refugees, 1,000 more than in 2012", "…, six times as many as a year earlier"."""
    doc, told = token.doc, _told(sentence, token)
    if told is None:
        return None
    first = token_from(sentence, _qualified(sentence, told.first)[1], told.first)
    base = _number_before(sentence, first)
    if base is None or doc[first - 1].text not in (",", "–", "—", "-", "(", "or", "and"):
        return _that_is(sentence, token, told, first)
    clause = _clause_of(sentence, base)
    behind = behind_operand(sentence, clause, told.link) if clause is not None else []
    if clause is None or not _is_an_operand(sentence, behind):
        return None
    sides = sides_of(clause, behind, saying(clause, base, NUMBER), stop=_stop(clause, first))
    words = Span(span_of(sentence, [doc[first]]).start, span_of(sentence, behind).end)
    scope = Span(min(clause.span.start, words.start), max(clause.span.end, words.end))
    found = _found(sentence, token, told, words, scope)
    if sides is None:
        return found
    one, other = sides
    return replace(found, unread=None, operands=(operand("first", one), operand("second", other)))


def _is_an_operand(sentence: Sentence, behind: Sequence[Token]) -> bool:
    return (
        bool(behind)
        and mention_at(sentence, behind[0], time=False) is None
        and behind[0].lower_ not in rows("unmeasured")
        and behind[0].lower_ not in ("any", "all")
    )


def _found(sentence: Sentence, token: Token, told: _Told, words: Span, scope: Span) -> Found:
    relation, way, admits = told.relation(sentence)
    return Found(
        pattern="ellipsis",
        relation=relation,
        way=way,
        anchor=token,
        span=words,
        scope=scope,
        admits=admits,
        quantity=told.amount,
        unread="operand",
    )


def _that_is(sentence: Sentence, token: Token, told: _Told, first: int) -> Found | None:
    """ "158 people died in 2019. That was 27 more than the year before": of what was told before, at
    another time."""
    clause = Clause(sentence, token)
    base = _goes_back(clause)
    behind = behind_operand(sentence, clause, told.link)
    if base is None or not _is_an_operand(sentence, behind):
        return None
    times = dict.fromkeys(m for t in behind if (m := mention_at(sentence, t, time=True)) is not None)
    parts = segments(sentence, behind)
    if len(times) != 1 or len(parts) != 1 or parts[0].start != behind[0].i:
        return None
    own = [t for t in _times_of(clause) if t not in times]
    one = base.again(said_time(sentence, own[0]) if own else None) if len(own) < 2 else None
    other = base.again(said_time(sentence, next(iter(times))))
    if not one or not other or one == other:
        return None
    words = Span(span_of(sentence, [token.doc[first]]).start, span_of(sentence, behind).end)
    found = _found(sentence, token, told, words, clause.span)
    return replace(found, unread=None, operands=(operand("first", one), operand("second", other)))


def _goes_back(clause: Clause) -> Said | None:
    """The clause to which "that was", "there were" or "it built" goes back; the last says its verb again."""
    if names_more(clause):
        return None
    if any(t.dep_ == "expl" for t in clause.head.children):
        return said_before(clause.sentence, clause.tokens[0].i)
    base = antecedent(clause)
    again = base is not None and base.clause.head.lemma_ == clause.head.lemma_
    return base if clause.head.lemma_ == "be" or again else None


def _times_of(clause: Clause) -> list[Mention]:
    found = (mention_at(clause.sentence, t, time=True) for t in clause.tokens)
    return list(dict.fromkeys(m for m in found if m is not None and m.period is not None))


def _fewer(sentence: Sentence, token: Token) -> Found | None:
    """ "In 2018, 3,000 homes were built; in 2019 there were 300 fewer", "… it was 9 euros higher"."""
    row = rows("more").get(token.lower_) or rows("degree").get(token.lower_)
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if row is None or (following is not None and not following.is_punct):
        return None
    amount, first = amount_before(sentence, token)
    clause = Clause(sentence, token)
    base = _goes_back(clause)
    times = _times_of(clause)
    if amount is None or base is None or len(times) != 1:
        return None
    one, other = base.again(said_time(sentence, times[0])), base.again(None)
    if not one or not other or one == other:
        return None
    told = _Told(row["way"], None, amount, first, token)
    words = Span(span_of(sentence, [token.doc[first]]).start, span_of(sentence, [token]).end)
    found = _found(sentence, token, told, words, clause.span)
    return replace(found, unread=None, operands=(operand("first", one), operand("second", other)))


def _from(sentence: Sentence, token: Token) -> Found | None:
    """ "…, up from 2,000 in 2012", "…, compared with 158 in 2023", "…, down 36 per cent on 2022"."""
    doc, text = token.doc, sentence.document.text
    way = _AGAINST.get(token.lower_)
    if way is None or token.pos_ == "VERB" or token.dep_ in ("prt", "aux") or token.i + 2 >= len(doc):
        return None
    behind = [t for t in doc[token.i + 1 :] if not t.is_space]
    base = _number_before(sentence, token.i)
    if base is None:
        return None
    clause = _clause_of(sentence, base)
    if clause is None:
        return None
    end = next(
        (n for n, t in enumerate(behind) if t.text in (",", ";", ".", ")", ":")),
        len(behind),
    )
    behind = behind[:end]
    numbers = list(
        dict.fromkeys(
            m for t in behind if (m := mention_at(sentence, t, time=False)) is not None and m.kind in COUNTS
        )
    )
    times = list(dict.fromkeys(m for t in behind if (m := mention_at(sentence, t, time=True)) is not None))
    if len(numbers) != 1 or len(times) > 1 or not behind:
        return None
    own = _main(clause, token.i)
    said = said_time(sentence, times[0]) if times else ""
    words = Span(span_of(sentence, [token]).start, span_of(sentence, behind).end)
    scope = Span(min(clause.span.start, words.start), max(clause.span.end, words.end))
    one = rendered(sentence, own, saying(clause, base, NUMBER))
    if behind[0].lower_ == "from":
        other = at_time(clause, own, saying(clause, base, text[numbers[0].wide_start : numbers[0].end]), said)
        return Found(
            pattern="change",
            relation=way,
            way=way,
            anchor=token,
            span=words,
            scope=scope,
            operands=(
                operand("first", rendered(sentence, own), number=base.span),
                operand("second", *([other] if other else []), number=numbers[0].span),
            ),
        )
    other = at_time(clause, own, saying(clause, base, NUMBER), said)
    if other is None or not is_share(numbers[0]):
        return None
    return Found(
        pattern="change",
        relation="change",
        way=way,
        anchor=token,
        span=words,
        scope=scope,
        admits=admitted_share(sentence, numbers[0]),
        quantity=numbers[0],
        operands=(operand("first", one), operand("second", other)),
    )


def _move(sentence: Sentence, token: Token) -> Found | None:
    """ "26 in 2013 and 22 in 2014, a fall of 15 per cent": of the two numbers before, the later one; of
    one number that, and what it was before."""
    row = rows("move").get(token.lower_)
    if row is None or token.pos_ != "NOUN":
        return None
    if not _OPENS_MOVE.search(text_of(token.doc[max(0, token.i - 3) : token.i])):
        return None
    behind = [t for t in token.doc if t.i > token.i]
    amount, half = amount_of(sentence, behind), part_behind(sentence, behind, "of")
    before = numbers_in(sentence, token.i)
    if (amount is None and half is None) or not before:
        return None
    share = amount is None or is_share(amount)
    end = amount.end if amount is not None else span_of(sentence, [half[0]]).end if half is not None else 0
    admits = half[1] if half is not None else _NONE
    if amount is not None:
        admits = admitted_share(sentence, amount) if share else number(amount)
    found = Found(
        pattern="change",
        relation="change" if share else "difference",
        way=row["way"],
        anchor=token,
        span=Span(span_of(sentence, [token]).start, end),
        scope=Span(before[-1].start, end),
        quantity=amount,
        admits=admits,
    )
    if len(before) == 1:
        operands = _before_the_move(sentence, token, before[0], end)
        return None if operands is None else replace(found, operands=operands)
    one, other = before[-2:]
    if one.unit != other.unit or (one.noun and other.noun and one.noun != other.noun):
        return None
    later, earlier = _in_turn(sentence, one, other, token)
    return replace(
        found,
        scope=Span(one.start, end),
        operands=(
            operand("first", later, number=other.span),
            operand("second", earlier, number=one.span),
        ),
    )


def _in_turn(sentence: Sentence, one: Mention, other: Mention, stop: Token) -> tuple[str, str]:
    """The clause of "Arvia built 26 homes in 2013 and 22 in 2014" with the second number at its time, and
    with the first; both empty where the second has no time right behind it."""
    clause, token = _clause_of(sentence, one), sentence.token(other)
    behind = (
        []
        if token is None
        else [t for t in stop.doc[token.i : stop.i] if span_of(sentence, [t]).start >= other.end]
    )
    when = next((m for t in behind[:2] if (m := mention_at(sentence, t, time=True)) is not None), None)
    if clause is None or token is None or when is None:
        return "", ""
    own = _main(clause, next(t.i for t in stop.doc if span_of(sentence, [t]).end > other.wide_start))
    written = sentence.document.text[other.start : other.end]
    later = at_time(clause, own, saying(clause, one, written), said_time(sentence, when))
    return (later, rendered(sentence, own)) if later else ("", "")


def _before_the_move(
    sentence: Sentence, token: Token, base: Mention, end: int
) -> tuple[Operand, Operand] | None:
    """ "reached 11,865 in 2019, a rise of a quarter on the year before", "in 2019 it was 300, a rise of
    100": the one number before, and what it was at the time that is named behind, or before."""
    clause = _clause_of(sentence, base)
    if clause is None:
        return None
    times = [m for m in _times_of(clause) if m.end <= span_of(sentence, [token]).start]
    behind = [t for t in token.doc if span_of(sentence, [t]).start >= end]
    stop = next((n for n, t in enumerate(behind) if t.is_punct), len(behind))
    told = (mention_at(sentence, t, time=True) for t in behind[:stop])
    since = list(dict.fromkeys(m for m in told if m is not None))
    if len(times) != 1 or len(since) > 1:
        return None
    then = said_time(sentence, since[0]) if since else ""
    one: str | None
    if (back := antecedent(clause)) is not None:
        one, other = back.again(said_time(sentence, times[0])), back.again(then or None)
    else:
        main, instead = _main(clause, token.left_edge.i), saying(clause, base, NUMBER)
        one = rendered(sentence, main, instead)
        other = at_time(clause, main, instead, then or _year_before(times[0]))
    if not one or not other or one == other:
        return None
    return operand("first", one), operand("second", other)


def _year_before(time: Mention) -> str:
    """The year before one that is named, as an adverbial; empty for any other time."""
    year = spoken(time.period)
    return f"in {int(year[3:]) - 1}" if year.startswith("in ") and year[3:].isdigit() else ""


def _number_before(sentence: Sentence, stop: int) -> Mention | None:
    found = numbers_in(sentence, stop)
    return found[-1] if found else None


def _clause_of(sentence: Sentence, mention: Mention) -> Clause | None:
    token = sentence.token(mention)
    return None if token is None else Clause(sentence, token)


def _main(clause: Clause, stop: int) -> list[Token]:
    own = [t for t in clause.tokens if t.i < stop]
    while own and (own[-1].is_punct or own[-1].dep_ == "cc"):
        own.pop()
    return own


def _stop(clause: Clause, first: int) -> int:
    own = _main(clause, first)
    return own[-1].i + 1 if own else first


# ----------------------------------------------------------------------------------------------------
# Comparisons of a parsed sentence as claims, and their operands as the sentences that they are.

CHANGE = "comparisons.change"
"""The rule of a comparison of one number at two times."""
IMPLIED = "comparisons.implied"
"""The rule of a sum that no word says to be one."""
STREAK = "comparisons.streak"
"""The rule of moves that came one after the other."""
RATES = frozenset({"comparisons.rate", "comparisons.per"})
"""Rules of so much of one thing for each of another."""
WITHIN = "comparisons.within"
"""The rule of a change from a number to another within one time: of when the first is, is inferred."""
MAY_BE_A_ROW = frozenset(
    {CHANGE, IMPLIED, WITHIN, "comparisons.share", "comparisons.per", "comparisons.period"}
)
"""Rules of comparisons whose number a table may hold itself: the growth of a year, a share of the vote."""
_AROUND = 300
"""Characters before a sentence among which the one before it stands."""
_LAST = re.compile(r"[^.!?\n]{8,}[.!?][\"”’)]?\s+\Z")
_SEVERAL = pattern("comparison_forms", "several times or places")
"""Two years, days or names side by side, of which one number may be told."""
_MOST = 12
"""Comparisons that one sentence makes at most; a longer list is no prose."""


def may_hold(text: str) -> bool:
    """Whether a sentence may compare, by its words alone."""
    return may_compare().search(text) is not None


def may_hold_alone(text: str) -> bool:
    """The same of a sentence without number and date, which nothing else would have parsed."""
    return _alone().search(text) is not None


@cache
def _alone() -> re.Pattern[str]:
    more, most = by_letter([*rows("more"), *rows("degree")]), by_letter(rows("extreme"))
    over = by_letter(word[:-1] for word in rows("exceeds"))
    than, as_many_as = written("comparison_forms", "than behind"), written("comparison_forms", "as many as")
    two = rf"(?:{more}){than}|{as_many_as}"
    return re.compile(
        rf"\b(?:{two}|the (?:{most})\b|(?:{over})\w*)",
        re.IGNORECASE | re.DOTALL,
    )


_UNSAID = (implied_sums, sums_of_years)
"""Patterns that no word tells."""


def _unsaid(sentence: Sentence) -> list[Found]:
    return [found for reads in _UNSAID for found in reads(sentence)][:_MOST]


def find(sentence: Sentence) -> list[Found]:
    """What a sentence compares, each word that compares once."""
    seen: set[int] = set()
    out: list[Found] = []
    for reads in (streaks, rates, pairs, changes, extremes, ranks, sums, ellipses, shares, *_UNSAID):
        for found in reads(sentence):
            again = reads in _UNSAID and any(f.quantity is found.quantity for f in out)
            if found.anchor.i not in seen and not again and len(out) < _MOST:
                seen.add(found.anchor.i)
                out.append(found)
    return out


def comparison_claims(
    document: Document,
    parsed: Parsed,
    mentions: Sequence[Mention],
    before: tuple[Parsed, Sequence[Mention]] | None = None,
) -> list[Claim]:
    """The claims of kind `comparison` of a sentence. `before` is the sentence before it: what "the figure"
    goes back to."""
    text = parsed.span.of(document.text)
    compares = may_hold(text)
    if not compares and not (_SEVERAL.search(text) and any(not m.is_time for m in mentions)):
        return []
    question = text.rstrip("\"'”’) \n").endswith("?")
    told = None if before is None else Sentence(document, before[0], {}, tuple(before[1]), False)
    sentence = Sentence(document, parsed, clauses(parsed.doc), tuple(mentions), question, before=told)
    return [_claim(sentence, found) for found in (find(sentence) if compares else _unsaid(sentence))]


def _claim(sentence: Sentence, found: Found) -> Claim:
    document, span = sentence.document, found.span
    clause = clause_of(found.anchor, sentence.clauses)
    status = assess(found.anchor, clause, sentence.question)
    head = assess(clause.head, clause, sentence.question)
    status = status if not status.asserted or head.asserted else head
    if found.nobody and status.hedge == "negation":
        status = ASSERTED
    said_by = speaker(clause)
    inside = [m for m in sentence.mentions if m.is_time and m.kind == "date" and m.period is not None]
    own = [m for m in inside if span.start <= m.start and m.end <= span.end] or [
        m for m in inside if found.scope.start <= m.start and m.end <= found.scope.end
    ]
    time = claim_time(own[-1], document.text, document.date) if own else None
    comparison = Comparison(
        relation=found.relation,
        way=found.way,
        low=found.admits.low,
        high=found.admits.high,
        outer_low=found.admits.outer_low,
        outer_high=found.admits.outer_high,
        rank=found.rank,
        months=found.months,
        operands=found.operands,
        scope=found.scope,
        unread=found.unread,
    )
    return Claim(
        claim_id=claim_key(document, "comparison", span.start, span.end, found.relation),
        kind="comparison",
        start=span.start,
        end=span.end,
        text=span.of(document.text),
        measure=None,
        quantity=found.quantity,
        time=time,
        asserted=status.asserted,
        hedge=status.hedge,
        speaker=None if said_by is None else Link(_words(sentence, said_by)),
        predicate=found.anchor.lemma_.lower(),
        context=sentence.parsed.span,
        rule=status.rule or f"comparisons.{found.pattern}",
        comparison=comparison,
    )


def _words(sentence: Sentence, token: object) -> str:
    tokens = list(token.subtree)  # type: ignore[attr-defined]
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    return sentence.absolute(start, end).of(sentence.document.text)


def instead_of_numbers(claims: Iterable[Claim], compared: Sequence[Claim]) -> list[Claim]:
    """Claims without those of numbers that say how much more, or how many times as much: these are no
    number of anything. Of a change a table may hold the number itself ("the economy grew by 5 per cent")."""
    compared_alone = [c for c in compared if c.rule not in MAY_BE_A_ROW]
    taken = {c.quantity.span for c in compared_alone if c.quantity is not None}
    words = [Span(c.start, c.end) for c in compared_alone]
    streaks = [Span(c.start, c.end) for c in compared if c.rule == STREAK]
    none = [
        Span(c.start, c.end)
        for c in compared
        if c.comparison is not None and c.comparison.relation == "extreme"
    ]

    def is_one(claim: Claim) -> bool:
        if claim.hedge == "negation" and claim.kind == "event":  # "no flood in 2019 killed more" denies none
            return any(s.overlaps(Span(claim.start, claim.end)) for s in none)
        if claim.quantity is None:  # "the second year *running in 2023*" is no happening
            return claim.kind == "event" and any(s.start < claim.start < s.end for s in streaks)
        persons = claim.rule.startswith("casualties.")
        told = persons and claim.quantity.value is None  # "many people" of "as many"
        more = persons and any(claim.quantity.span.overlaps(span) for span in taken)  # "149 more people"
        inside = told and any(w.overlaps(claim.quantity.span) for w in words)
        return claim.quantity.span in taken or more or inside

    return [c for c in claims if not is_one(c)]


def ways_to_say(document: Document, claim: Claim, operand: Operand) -> list[Document]:
    """The sentences of an operand of a document's claim, to be read each as a document, and each behind the
    one that stands before the claim's own: that may name the place."""
    own = [s for s in operand.sentences if s.endswith(".")]
    start = claim.context.start
    before = _LAST.search(document.text, max(0, start - _AROUND), start)
    lead = "" if before is None else " ".join(before[0].split())
    behind = [f"{lead} {s}" for s in own] if lead else []
    return [_document(document, said) for said in (*own, *behind)]


def own_start(way: Document, operand: Operand) -> int:
    """Where the operand's own sentence begins in a way to say it."""
    return next((way.text.rfind(s) for s in operand.sentences if way.text.endswith(s)), 0)


def word_before(operand: Operand, name: str) -> str | None:
    """The word before a name in the likeliest way to say an operand, in small letters; "" where the name
    opens it, None where it does not say the name."""
    before, found, _ = operand.sentences[0].partition(name)
    return "".join(before.lower().split()[-1:]) if found else None


def _document(document: Document, sentence: str) -> Document:
    return replace(
        document,
        text=sentence,
        title=None,
        about=None,
        zones=(),
        items=(),
        pages=(),
        path=None,
        date_origin="given" if document.date else None,
    )
