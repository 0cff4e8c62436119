"""A part of a whole: "half of the strikes hit Tarn", "Arvia accounted for a third of the refugees"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.amounts import admitted_share, is_share
from claimcheck.comparisons.found import NUMBER, Found, Token, operand
from claimcheck.comparisons.phrases import Clause, mention_at, rendered, segments, span_of
from claimcheck.comparisons.words import Admitted, part, qualifier, rows
from claimcheck.model import Mention, Span

_IN_ALL = re.compile(r"\w[\w-]*\s+(?:in|out\s+of)(?:\s+every)?\s+\w[\w-]*", re.IGNORECASE)
"""A part told by two numbers: "one in four", "nine out of ten"."""
_DEFINITE = frozenset({"the", "its", "their", "his", "her", "all", "these", "those", "this", "that"})


def shares(sentence: Sentence) -> Iterator[Found]:
    """What a sentence says to be which part of what."""
    for token in sentence.parsed.doc:
        found = _share(sentence, token)
        if found is not None:
            yield found
    for mention in sentence.mentions:
        if mention.kind == "number" and _IN_ALL.fullmatch(mention.text) and is_share(mention):
            found = _one_in(sentence, mention)
            if found is not None:
                yield found


def _one_in(sentence: Sentence, mention: Mention) -> Found | None:
    """ "one in four refugees in Arvia came from Belland": so many did, of so many that there were."""
    own = [t for t in sentence.parsed.doc if mention_at(sentence, t, time=False) is mention]
    if not own or own[-1].i + 1 >= len(own[-1].doc) or own[-1].doc[own[-1].i + 1].lower_ == "of":
        return None
    clause = Clause(sentence, own[0])
    subject = [t for t in clause.subject if t.i > own[-1].i]
    if not subject or clause.subject[0].i < own[0].i or clause.head.lemma_ == "be":
        return None
    begin = min(mention.wide_start, qualifier(sentence.document.text, mention.start)[1])
    gone = {t.i for t in clause.tokens if begin <= span_of(sentence, [t]).start < mention.end}
    instead = dict.fromkeys(gone, "") | {own[0].i: NUMBER}
    return Found(
        pattern="share",
        relation="share",
        anchor=own[-1],
        span=Span(begin, span_of(sentence, subject).end),
        scope=clause.span,
        admits=admitted_share(sentence, mention),
        quantity=mention,
        operands=(
            operand("part", rendered(sentence, clause.tokens, instead)),
            operand("whole", *_whole(clause, subject)),
        ),
    )


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
    return _there_were(sentence, [*plain, *extra])


def _there_were(sentence: Sentence, words: Sequence[Token | str]) -> list[str]:
    """So many of them; of what has no plural so many tonnes, hectares … of it."""
    said = [rendered(sentence, [f"There were {NUMBER}", *words])]
    nouns = [t for t in words if not isinstance(t, str) and t.pos_ in ("NOUN", "PROPN")]
    if nouns and nouns[0].tag_ == "NN":
        said += [rendered(sentence, [f"There were {NUMBER} {unit} of", *words]) for unit in rows("unit")]
    return said


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
        ways += _there_were(sentence, [*noun, f"in {subject}", *times, *time])
    return ways
