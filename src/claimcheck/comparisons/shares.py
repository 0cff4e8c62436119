"""A part of a whole: "half of the strikes hit Tarn", "Arvia accounted for a third of the refugees"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.amounts import admitted_share, is_share
from claimcheck.comparisons.found import NUMBER, Found, Token, operand
from claimcheck.comparisons.phrases import Clause, mention_at, rendered, segments, span_of
from claimcheck.comparisons.words import Admitted, part, qualifier, rows
from claimcheck.model import Mention, Span

_DEFINITE = frozenset({"the", "its", "their", "his", "her", "all", "these", "those", "this", "that"})


def shares(sentence: Sentence) -> Iterator[Found]:
    """What a sentence says to be which part of what."""
    for token in sentence.parsed.doc:
        found = _share(sentence, token)
        if found is not None:
            yield found


def _share(sentence: Sentence, of: Token) -> Found | None:
    doc = of.doc
    if of.lower_ != "of" or of.i == 0:
        return None
    mention = mention_at(sentence, doc[of.i - 1], time=False)
    half = doc[of.i - 1].lower_ == "half"
    if not half and (mention is None or not is_share(mention)):
        return None
    noun = next((c for c in of.children if c.dep_ == "pobj"), None)
    if noun is None or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    whole = list(noun.subtree)
    if whole[0].lower_ not in _DEFINITE:
        return None
    clause = Clause(sentence, of)
    start = span_of(sentence, [doc[of.i - 1]]).start if mention is None else mention.start
    admits = _admits(sentence, mention, start)
    begin = start if mention is None else mention.wide_start
    begin = min(begin, qualifier(sentence.document.text, start)[1])
    words = [t for t in clause.tokens if begin <= span_of(sentence, [t]).start and t.i < of.i]
    if not words:
        return None
    plain = _plain(sentence, whole)
    row = rows("accounts").get(clause.head.lemma_.lower())
    if row is not None and clause.subject and words[0].i > clause.head.i:
        ways = _accounted(clause, plain)
    else:
        instead = dict.fromkeys((t.i for t in [*words, of, *whole]), "")
        instead = {i: w for i, w in instead.items() if i not in {t.i for t in plain}} | {words[0].i: NUMBER}
        ways = [rendered(sentence, clause.tokens, instead)]
    return Found(
        pattern="share",
        relation="share",
        anchor=of,
        span=Span(begin, span_of(sentence, whole).end),
        scope=clause.span,
        admits=admits,
        quantity=mention,
        operands=(operand("part", *ways), operand("whole", *_whole(clause, plain))),
    )


def _admits(sentence: Sentence, mention: Mention | None, start: int) -> Admitted:
    if mention is not None:
        return admitted_share(sentence, mention)
    return part(Decimal("0.5"), None, qualifier(sentence.document.text, start)[0])


def _plain(sentence: Sentence, whole: Sequence[Token]) -> list[Token]:
    """The noun phrase without what says that it is known, and how many there are."""
    noun = next(t for t in whole if all(a.i not in {x.i for x in whole} for a in t.ancestors))
    known = {x.i for t in noun.children if t.dep_ in ("det", "predet", "poss") for x in t.subtree}
    own = [t for t in whole if t.i not in known]
    return [t for t in own if mention_at(sentence, t, time=False) is None or t.pos_ not in ("NUM",)]


def _whole(clause: Clause, plain: Sequence[Token]) -> list[str]:
    """All of them, counted, at the clause's time."""
    sentence = clause.sentence
    inside = {s.kind for s in segments(sentence, plain)}
    own = {t.i for t in plain}
    around = [t for t in clause.tokens if t.i not in own]
    extra = [
        t for s in segments(sentence, around) if s.kind == "time" and "time" not in inside for t in s.tokens
    ]
    return [rendered(sentence, [f"There were {NUMBER}", *plain, *extra])]


def _accounted(clause: Clause, plain: Sequence[Token]) -> list[str]:
    """ "Arvia accounted for a third of the refugees": the refugees in Arvia, the Arvian refugees."""
    sentence = clause.sentence
    subject = rendered(sentence, clause.subject).rstrip(".")
    own = {t.i for t in plain}
    inside = {s.kind for s in segments(sentence, plain)}
    around = [t for t in clause.tokens if t.i not in own]
    time = [
        t for s in segments(sentence, around) if s.kind == "time" and "time" not in inside for t in s.tokens
    ]
    found = segments(sentence, plain)
    at = found[0].start if found else plain[-1].i + 1
    noun, rest = [t for t in plain if t.i < at], [t for t in plain if t.i >= at]
    times = [t for s in found if s.kind == "time" for t in s.tokens]
    one = subject[:-1] if subject.endswith("s") else subject
    plural = clause.subject_head is not None and clause.subject_head.tag_ in ("NNS", "NNPS")
    ways = [rendered(sentence, [f"There were {NUMBER} {one}", *noun, *rest, *time])] if plural else []
    if not plural:
        ways.append(rendered(sentence, [f"There were {NUMBER}", *noun, f"in {subject}", *times, *time]))
    return ways
