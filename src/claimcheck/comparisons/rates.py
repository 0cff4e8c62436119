"""So many of one kind for each of another: "five prisoners for every guard", "18 trials per acquittal"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.extremes import plural_of
from claimcheck.comparisons.found import NUMBER, Found, Token, operand
from claimcheck.comparisons.phrases import Clause, mention_at, rendered, segments, span_of
from claimcheck.comparisons.restated import numbers_in, saying
from claimcheck.comparisons.words import qualifier, ratio, rows
from claimcheck.model import Mention, Span

_ONE_OF_THEM = frozenset({"one", "person"})
"""Nouns that stand for one of those who are counted."""


def rates(sentence: Sentence) -> Iterator[Found]:
    """The rates of a sentence whose two kinds it names."""
    for token in sentence.parsed.doc:
        unit = _unit(sentence, token)
        found = None if unit is None else _rate(sentence, token, unit) or _unread(sentence, token, unit)
        if found is not None:
            yield found


def _unit(sentence: Sentence, token: Token) -> Token | None:
    """The noun behind "for every", "for each" and "per", and that of "34,000 euros a farm" and "16 nurses to
    a clinic": one thing, and no time, share or head of people."""
    if token.lower_ not in ("for", "per", "to", "a", "an") or token.i + 1 >= len(token.doc):
        return None
    noun = next((c for c in token.children if c.dep_ == "pobj" and c.i > token.i), None)
    if token.lower_ in ("a", "an", "to") and not _is_behind_its_number(sentence, token):
        return None
    if token.lower_ in ("a", "an"):
        noun = token.head if token.head.i > token.i and token.head.pos_ == "NOUN" else None
    if noun is None and token.lower_ == "for" and token.i + 2 < len(token.doc):
        noun = next((t for t in (token.doc[token.i + 2],) if t.pos_ == "NOUN"), None)
    if noun is None or noun.lower_ in rows("span") or noun.lower_ in rows("no unit"):
        return None
    first = token.doc[token.i + 1].lower_
    if token.lower_ == "for" and first not in ("every", "each"):
        return None
    if token.lower_ == "per" and any(
        mention_at(sentence, t, time=False) is not None for t in (noun, *noun.lefts)
    ):
        return None  # "per 1,000 people", "per hectare": a measure of its own
    return noun


def _is_behind_its_number(sentence: Sentence, token: Token) -> bool:
    """Whether an amount of money or of a measure stands right before "a", a counted noun before "to a"."""
    doc = token.doc
    before = mention_at(sentence, doc[token.i - 1], time=False) if token.i else None
    if token.lower_ != "to":
        return before is not None and before.kind in ("money", "measure")
    noun = doc[token.i - 1]
    counted = (
        token.i and any(c.dep_ == "nummod" for c in noun.children) and noun.head.lemma_ in ("be", "have")
    )
    return bool(counted) and doc[token.i + 1].lower_ in ("a", "an", "each", "every")


def _unread(sentence: Sentence, preposition: Token, unit: Token) -> Found | None:
    """ "for every house that was sold two were built": so many for each are not how many there were."""
    clause = Clause(sentence, preposition)
    numbers = numbers_in(sentence, len(sentence.parsed.doc))
    if preposition.lower_ != "for" or len(numbers) != 1:
        return None
    spans = [numbers[0].span, span_of(sentence, [preposition, unit])]
    return Found(
        pattern="rate",
        relation="ratio",
        anchor=preposition,
        span=Span(min(s.start for s in spans), max(s.end for s in spans)),
        scope=clause.span,
        quantity=numbers[0],
        unread="operand",
    )


def _rate(sentence: Sentence, preposition: Token, unit: Token) -> Found | None:
    relative = next((c for c in unit.children if c.dep_ == "relcl"), None)
    end = max((t.i for t in relative.subtree), default=unit.i) if relative is not None else unit.i
    away = {t.i for t in preposition.doc[preposition.i : end + 1]}
    counted = [
        m
        for m in numbers_in(sentence, len(sentence.parsed.doc))
        if (t := sentence.token(m)) is not None and t.i not in away
    ]
    per = list(dict.fromkeys(m for t in unit.lefts if (m := mention_at(sentence, t, time=False)) is not None))
    if len(counted) != 1 or len(per) > 1:
        return None
    number, token = counted[0], sentence.token(counted[0])
    value = number.value if number.value is not None else number.low
    many = per[0].value if per else Decimal(1)
    if token is None or value is None or not many:
        return None
    one = _one_for(preposition)
    told = per[0] if one and per else number
    if one:  # "9,800 guards, one for every five prisoners"
        away |= one
        value = Decimal(1)
    elif any(t.is_punct for t in preposition.doc[token.i : preposition.i]):
        return None
    clause = Clause(sentence, token)
    if number.kind != "number":
        return _amount_each(clause, preposition, number, unit, away)
    noun = token.head if token.dep_ == "nummod" else None
    inside = bool(one) or any(t.i == preposition.i for t in clause.tokens)
    if noun is None or noun.pos_ != "NOUN" or not inside:
        return None
    own = [t for t in clause.tokens if number.wide_start <= span_of(sentence, [t]).start < number.end]
    instead = dict.fromkeys((t.i for t in own), "") | {own[0].i: NUMBER}
    kept = [t for t in clause.tokens if t.i not in away]
    other = _of_the_other(clause, kept, noun, unit, relative, {t.i for t in own})
    if other is None:
        return None
    row, _ = qualifier(sentence.document.text, number.start) if not one else (None, 0)
    words = [*([] if one else own[:1]), *(t for t in preposition.doc if t.i in away)]
    spans = [span_of(sentence, [t]) for t in words]
    return Found(
        pattern="rate" if preposition.lower_ == "for" else "per",
        relation="ratio",
        anchor=preposition,
        span=Span(min(s.start for s in spans), max(s.end for s in spans)),
        scope=clause.span,
        admits=ratio(value / many, row),
        quantity=told,
        operands=(
            operand("first", rendered(sentence, kept, instead)),
            operand("second", rendered(sentence, other, instead)),
        ),
    )


def _amount_each(
    clause: Clause, preposition: Token, number: Mention, unit: Token, away: Set[int]
) -> Found | None:
    """ "The debt came to 34,000 euros a farm", "4.8 hectares per farm": the amount, and how many there are at
    the place and the time that the clause names."""
    sentence = clause.sentence
    kept = [t for t in clause.tokens if t.i not in away]
    owners = [
        [c for c in t.subtree if c.dep_ != "case"] for t in kept if t.dep_ == "poss" and t.pos_ == "PROPN"
    ]
    name = [t for t in clause.subject if t.pos_ == "PROPN"]
    owners += [name] if name and len(name) == len(clause.subject) else []
    around = segments(sentence, kept)
    there = [t for s in around if s.kind == "place" and s.tokens[-1].pos_ == "PROPN" for t in s.tokens]
    when = [t for s in around if s.kind == "time" for t in s.tokens]
    value = number.value
    if value is None or len(owners) > 1 or not (owners or there) or not when:
        return None
    where = [f"in {rendered(sentence, owner).rstrip('.')}" for owner in owners]
    lefts = [t for t in unit.lefts if t.dep_ in ("amod", "compound")]
    row, _ = qualifier(sentence.document.text, number.start)
    return Found(
        pattern="per",
        relation="ratio",
        anchor=preposition,
        span=Span(number.start, span_of(sentence, [unit]).end),
        scope=clause.span,
        admits=ratio(value, row),
        quantity=number,
        operands=(
            operand("first", rendered(sentence, kept, saying(clause, number, NUMBER))),
            operand(
                "second",
                rendered(sentence, [f"There were {NUMBER}", *lefts, plural_of(unit), *where, *there, *when]),
            ),
        ),
    )


def _one_for(preposition: Token) -> set[int]:
    """The comma and the "one" before "for every", by their index; none where a number stands there."""
    doc, at = preposition.doc, preposition.i
    if at < 2 or doc[at - 1].lower_ != "one" or not doc[at - 2].is_punct:
        return set()
    return {at - 1, at - 2}


def _of_the_other(
    clause: Clause,
    kept: Sequence[Token],
    noun: Token,
    unit: Token,
    relative: Token | None,
    number: Set[int],
) -> list[Token | str] | None:
    """The clause with the other kind in the stead of the one that is counted, or with the other verb."""
    if relative is not None:
        pointed = [t for t in relative.subtree if t.dep_ in ("nsubj", "nsubjpass")]
        if unit.lower_ not in _ONE_OF_THEM or [t.pos_ for t in pointed] != ["PRON"]:
            return None
        return [relative if t.i == clause.head.i else t for t in kept]
    phrase = {t.i for t in noun.subtree if t.i <= noun.i and t.dep_ in ("amod", "compound")} | {noun.i}
    lefts = [t for t in unit.lefts if t.dep_ in ("amod", "compound")]
    out: list[Token | str] = []
    for t in kept:
        if t.i == noun.i:
            out += [*lefts, plural_of(unit)]
        elif t.i not in phrase or t.i in number:
            out.append(t)
    return out
