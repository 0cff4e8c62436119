"""Comparisons of a parsed sentence as claims, and their operands as the sentences that they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from claimcheck.claims.assertion import assess
from claimcheck.claims.clauses import clause_of, clauses
from claimcheck.claims.cues import ASSERTED
from claimcheck.claims.parsing import Parsed
from claimcheck.claims.placed import Sentence
from claimcheck.claims.speaking import speaker
from claimcheck.claims.time import claim_time
from claimcheck.comparisons.changes import changes
from claimcheck.comparisons.ellipses import ellipses
from claimcheck.comparisons.extremes import extremes
from claimcheck.comparisons.found import Found
from claimcheck.comparisons.pairs import pairs
from claimcheck.comparisons.ranks import ranks
from claimcheck.comparisons.rates import rates
from claimcheck.comparisons.shares import shares
from claimcheck.comparisons.streaks import streaks
from claimcheck.comparisons.sums import implied_sums, sums, sums_of_years
from claimcheck.comparisons.words import may_compare, rows
from claimcheck.lexicon import by_letter, pattern, written
from claimcheck.model import (
    Claim,
    Comparison,
    Document,
    Link,
    Mention,
    Operand,
    Span,
    claim_key,
)

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
_AT_THE_END = "at the end of"
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


def has_a_lead(way: Document, operand: Operand) -> bool:
    """Whether a way to say an operand begins with the sentence before it, which may name the place."""
    return way.text not in operand.sentences


def own_start(way: Document, operand: Operand) -> int:
    """Where the operand's own sentence begins in a way to say it."""
    return next((way.text.rfind(s) for s in operand.sentences if way.text.endswith(s)), 0)


def is_of_an_end(way: Document, operand: Operand) -> bool:
    """Whether a way to say an operand gives its number "at the end of" a time, and the likeliest does not."""
    return _AT_THE_END in way.text and _AT_THE_END not in operand.sentences[0]


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
