"""By how much, or how many times, one side of a comparison exceeds the other: "300 more", "twice as many"."""

from __future__ import annotations

from decimal import Decimal

from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.found import Token
from claimcheck.comparisons.phrases import mention_at, span_of
from claimcheck.comparisons.words import Admitted, part, qualifier, rows
from claimcheck.model import Mention


def amount_before(sentence: Sentence, token: Token) -> tuple[Mention | None, int]:
    """The number right before a comparative that says by how much, and the token where its words begin."""
    doc = token.doc
    at = token.i - 1
    while at >= 0 and doc[at].lower_ in (
        "points",
        "point",
        "percentage",
        "times",
        "per",
        "cent",
        "percent",
        "%",
        "much",
    ):
        at -= 1
    at = max(at, 0) if token.i else 0
    for back in (0, 1):
        here = at - back
        if here < 0:
            break
        mention = mention_at(sentence, doc[here], time=False)
        if mention is not None and mention.kind in ("number", "percent", "measure", "money"):
            return mention, token_from(sentence, mention.wide_start, here)
        if doc[here].pos_ != "NOUN":
            break
    return None, token.i


def multiple_before(sentence: Sentence, token: Token) -> tuple[Decimal | None, int, Mention | None]:
    """How many times as much the words right before a token say, and the token where they begin."""
    doc = token.doc
    if token.i == 0:
        return None, token.i, None
    before = doc[token.i - 1]
    row = rows("multiple").get(before.lower_)
    behind = [t.lower_ for t in doc[token.i + 1 : token.i + 3]]
    if row is not None and Decimal(row["times"]) < 1 and behind[1:] == ["again"]:  # "half as many again as"
        return 1 + Decimal(row["times"]), before.i, mention_at(sentence, before, time=False)
    if row is not None:
        return Decimal(row["times"]), before.i, mention_at(sentence, before, time=False)
    if before.lower_ not in ("times", "time") or token.i < 2:
        return None, token.i, None
    mention = mention_at(sentence, doc[token.i - 2], time=False)
    if mention is None or mention.value is None:
        return None, token.i, None
    return mention.value, token_from(sentence, mention.start, token.i - 2), mention


def token_from(sentence: Sentence, start: int, at: int) -> int:
    """The first token, at or before `at`, of the words that begin at a character of the document."""
    doc = sentence.parsed.doc
    while at > 0 and span_of(sentence, [doc[at - 1]]).start >= start:
        at -= 1
    return at


def is_share(mention: Mention) -> bool:
    """Whether a number is a part of a whole: "a third", "15 per cent", and no percentage points."""
    if mention.kind == "percent":
        return mention.unit == "percent"
    value = mention.value if mention.value is not None else mention.low
    return mention.kind == "number" and value is not None and 0 < value < 1


def admitted_share(sentence: Sentence, mention: Mention) -> Admitted:
    """What a part admits: "a third", "15 per cent"."""
    value = mention.value if mention.value is not None else mention.low or Decimal(0)
    row, _ = qualifier(sentence.document.text, mention.start)
    if mention.kind != "percent":
        return part(value, None, row)
    exponent = value.as_tuple().exponent
    digits = Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0)) / 2
    digits = max(digits, value / 200)  # "540 per cent" is told of 539.5
    return part(value / 100, digits / 100, row)


def says_times(sentence: Sentence, mention: Mention) -> bool:
    return sentence.document.text[mention.end : mention.end + 6].strip().lower().startswith("times")
