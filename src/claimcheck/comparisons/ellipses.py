"""What a sentence adds to a number of its own: "…, six times as many as in 2012", "…, up from 2,000 a year
earlier", "…, 1,000 more than Belland", "…, a fall of 15 per cent"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.amounts import admitted_share, is_share, multiple_before, token_from
from claimcheck.comparisons.changes import amount_of, said_time
from claimcheck.comparisons.found import NUMBER, Found, Token, operand
from claimcheck.comparisons.phrases import Clause, mention_at, rendered, segments, span_of
from claimcheck.comparisons.sides import behind_operand, sides_of
from claimcheck.comparisons.words import Admitted, number, qualifier, ratio, rows
from claimcheck.model import ComparisonRelation, Mention, Span, Way

_COUNTS = frozenset({"number", "money", "measure", "percent"})
_NONE = Admitted(None, None, None, None)
_AGAINST: dict[str, Way] = {"up": "greater", "down": "less"}


def ellipses(sentence: Sentence) -> Iterator[Found]:
    """The comparisons that lean on a number which the sentence gives before."""
    for token in sentence.parsed.doc:
        found = _than(sentence, token) or _from(sentence, token) or _move(sentence, token)
        if found is not None:
            yield found


def _than(sentence: Sentence, token: Token) -> Found | None:
    """ "3,000 refugees, 1,000 more than in 2012", "…, six times as many as a year earlier"."""
    doc = token.doc
    if token.i + 1 >= len(doc):
        return None
    following = doc[token.i + 1].lower_
    times: Decimal | None = None
    amount: Mention | None = None
    if token.lower_ in rows("more") and following == "than":
        way: Way = rows("more")[token.lower_]["way"]
        amount, first = amount_before(sentence, token)
    elif (
        token.lower_ in ("many", "much") and following == "as" and token.i and doc[token.i - 1].lower_ == "as"
    ):
        way = "equal"
        times, first, amount = multiple_before(sentence, doc[token.i - 1])
        first = token.i - 1 if times is None else first
    elif token.lower_ in ("number", "total", "figure") and token.i and doc[token.i - 1].lower_ == "the":
        way = "equal"
        times, first, amount = multiple_before(sentence, doc[token.i - 1])
        if times is None:
            return None
    else:
        return None
    row, start = qualifier(sentence.document.text, span_of(sentence, [doc[first]]).start)
    first = token_from(sentence, start, first)
    base = _number_before(sentence, first)
    if base is None or doc[first - 1].text not in (",", "–", "—", "-", "(", "or", "and"):
        return None
    clause = _clause_of(sentence, base)
    link = token if token.lower_ in ("number", "total", "figure") else doc[token.i + 1]
    behind = behind_operand(sentence, clause, link) if clause is not None else []
    if clause is None or not behind or mention_at(sentence, behind[0], time=False) is not None:
        return None
    if behind[0].lower_ in rows("unmeasured") or behind[0].lower_ in ("any", "all"):
        return None
    sides = sides_of(clause, behind, _instead(clause, base, NUMBER), stop=_stop(clause, first))
    relation: ComparisonRelation = "equal" if way == "equal" else way
    admits = _NONE
    if times is not None:
        relation, way, admits = "ratio", "greater", ratio(times, row)
    elif amount is not None and is_share(amount):
        relation, admits = "change", admitted_share(sentence, amount)
    elif amount is not None:
        relation, admits = "difference", number(amount)
    words = Span(span_of(sentence, [doc[first]]).start, span_of(sentence, behind).end)
    found = Found(
        pattern="ellipsis",
        relation=relation,
        way=way,
        anchor=token,
        span=words,
        scope=Span(min(clause.span.start, words.start), max(clause.span.end, words.end)),
        admits=admits,
        quantity=amount,
        unread="operand",
    )
    if sides is None:
        return found
    one, other = sides
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
        (
            n
            for n, t in enumerate(behind)
            if t.text in (",", ";", ".", ")", ":") and not _is_masked(sentence, t)
        ),
        len(behind),
    )
    behind = behind[:end]
    numbers = list(
        dict.fromkeys(
            m for t in behind if (m := mention_at(sentence, t, time=False)) is not None and m.kind in _COUNTS
        )
    )
    times = list(dict.fromkeys(m for t in behind if (m := mention_at(sentence, t, time=True)) is not None))
    if len(numbers) != 1 or len(times) > 1 or not behind:
        return None
    own = _main(clause, token.i)
    said = said_time(sentence, times[0]) if times else ""
    words = Span(span_of(sentence, [token]).start, span_of(sentence, behind).end)
    scope = Span(min(clause.span.start, words.start), max(clause.span.end, words.end))
    one = rendered(sentence, own, _instead(clause, base, NUMBER))
    if behind[0].lower_ == "from":
        other = _at_time(
            clause, own, _instead(clause, base, text[numbers[0].wide_start : numbers[0].end]), said
        )
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
    other = _at_time(clause, own, _instead(clause, base, NUMBER), said)
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
    """ "26 in 2013 and 22 in 2014, a fall of 15 per cent": of the two numbers before, the later one."""
    row = rows("move").get(token.lower_)
    lead = token.doc[max(0, token.i - 3) : token.i].text
    if row is None or token.pos_ != "NOUN" or not re.search(r"[,–—(-] ?an?(?: \w+)?$", lead):
        return None
    amount = amount_of(sentence, [t for t in token.doc if t.i > token.i])
    before = _numbers(sentence, token.i)
    if amount is None or len(before) < 2:
        return None
    one, other = before[-2:]
    if one.unit != other.unit or (one.noun and other.noun and one.noun != other.noun):
        return None
    share = is_share(amount)
    words = Span(span_of(sentence, [token]).start, amount.end)
    return Found(
        pattern="change",
        relation="change" if share else "difference",
        way=row["way"],
        anchor=token,
        span=words,
        scope=Span(one.start, amount.end),
        quantity=amount,
        admits=admitted_share(sentence, amount) if share else number(amount),
        operands=(operand("first", number=other.span), operand("second", number=one.span)),
    )


def amount_before(sentence: Sentence, token: Token) -> tuple[Mention | None, int]:
    """The number right before "more than", and the token where its words begin."""
    if token.i == 0:
        return None, token.i
    mention = mention_at(sentence, token.doc[token.i - 1], time=False)
    if mention is None or mention.kind not in _COUNTS:
        return None, token.i
    return mention, token_from(sentence, mention.wide_start, token.i - 1)


def _numbers(sentence: Sentence, stop: int) -> list[Mention]:
    found: dict[Mention, None] = {}
    for token in sentence.parsed.doc[:stop]:
        mention = mention_at(sentence, token, time=False)
        if (
            mention is not None
            and mention.kind in _COUNTS
            and mention.reason is None
            and not _is_times(token)
        ):
            found[mention] = None
    return list(found)


def _is_times(token: Token) -> bool:
    return bool(token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "times")


def _number_before(sentence: Sentence, stop: int) -> Mention | None:
    found = _numbers(sentence, stop)
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


def _instead(clause: Clause, base: Mention, said: str) -> dict[int, str]:
    """The clause's number said otherwise."""
    sentence = clause.sentence
    own = [t.i for t in clause.tokens if base.wide_start <= span_of(sentence, [t]).start < base.end]
    unit = ""
    if base.kind in ("percent", "money", "measure") and said == NUMBER:
        text = sentence.document.text[base.start : base.end]
        unit = " ".join(w for w in text.split() if not any(c.isdigit() for c in w))
    return dict.fromkeys(own, "") | ({own[0]: f"{said} {unit}".strip()} if own else {})


def _at_time(clause: Clause, own: Sequence[Token], instead: dict[int, str], said: str) -> str | None:
    """The clause at another time; None where it names none of its own."""
    times = [s for s in segments(clause.sentence, own) if s.kind == "time"]
    if not said or len(times) != 1:
        return None
    gone = {t.i for t in times[0].tokens}
    return rendered(clause.sentence, [*(t for t in own if t.i not in gone), said], instead)


def _is_masked(sentence: Sentence, token: Token) -> bool:
    return mention_at(sentence, token, time=True) is not None
