"""Places among others: "came second by votes", "the third-largest party", "finished ahead of the Greens"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.found import NUMBER, Found, Token, operand
from claimcheck.comparisons.phrases import Clause, mention_at, rendered, segments, span_of
from claimcheck.comparisons.restated import numbers_in
from claimcheck.comparisons.sides import behind_operand, sides_of
from claimcheck.comparisons.words import rows
from claimcheck.model import Way

_MOST = 20
"""The last place that is told of as one: the 21st to arrive is a running total."""
_NUMBERS = frozenset({"number", "amount", "total", "tally", "share"})


def ranks(sentence: Sentence) -> Iterator[Found]:
    """What a sentence says to be first, second … or before another, by a number that it names or not."""
    for token in sentence.parsed.doc:
        found = _came(sentence, token) or _ahead(sentence, token)
        if found is not None:
            yield found


def _came(sentence: Sentence, token: Token) -> Found | None:
    """ "came second", "ranked third by the number of refugees"."""
    ordinal, last = mention_at(sentence, token, time=False), token.lower_ == "last"
    if not last and (ordinal is None or ordinal.kind != "ordinal" or not 1 <= (ordinal.value or 0) <= _MOST):
        return None
    clause = Clause(sentence, token)
    verb, doc = clause.head, token.doc
    behind = [t for t in clause.tokens if t.i > token.i]
    measure = _measured(sentence, behind)
    placed = verb.lemma_.lower() in rows("came") or (measure is not None and verb.lemma_ == "be")
    if not placed or not clause.subject or not clause.subject[-1].i < verb.i < token.i:
        return None
    if any(t.pos_ not in ("ADV", "ADP", "DET", "AUX") for t in doc[verb.i + 1 : token.i]):
        return None
    if behind and (behind[0].pos_ in ("NOUN", "PROPN") or behind[0].lower_ in ("-", "only", "to")):
        return None  # "finished second place games", "second only to": of two at once
    gone = {t.i for t in doc[verb.i + 1 : token.i + 1]}
    counted = [m for m in numbers_in(sentence, len(doc)) if m.start > span_of(sentence, [token]).start]
    if counted:  # "came second with 55 seats"
        item = operand("item", number=counted[0].span) if len(counted) == 1 else None
    else:
        ways = _ways(clause, gone, measure)
        item = operand("item", *ways) if ways else None
    return Found(
        pattern="rank",
        relation="extreme" if ordinal is not None and ordinal.value == 1 else "rank",
        way="less" if last else "greater",
        anchor=token,
        span=span_of(sentence, [verb, token]),
        scope=clause.span,
        rank=1 if last or ordinal is None else int(ordinal.value or 1),
        operands=(item, operand("others", "others")),
    ) if item is not None else None  # fmt: skip


def _ahead(sentence: Sentence, token: Token) -> Found | None:
    """ "finished ahead of the Greens", "was behind Belland in the number of refugees"."""
    row = rows("ahead").get(token.lower_)
    if row is None:
        return None
    clause = Clause(sentence, token)
    verb, doc = clause.head, token.doc
    if not clause.subject or not clause.subject[0].i < verb.i < token.i:
        return None
    of = token.i + 1 if token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "of" else token.i
    behind = behind_operand(sentence, clause, doc[of])
    measure = _measured(sentence, behind)
    if verb.lemma_.lower() not in rows("came") and (measure is None or verb.lemma_ != "be"):
        return None
    if measure is not None:
        behind = [t for t in behind if t.i < measure[0].i or t.i > measure[-1].i]
    named = next((t for t in behind if t.dep_ != "det"), None)
    if named is None or not named.text[:1].isupper() or mention_at(sentence, named, time=True) is not None:
        return None  # "came ahead of the vote"
    if any(mention_at(sentence, t, time=False) for t in behind):
        return None
    gone = set(range(verb.i + 1, of + 1)) | {t.i for t in measure or ()}
    told: list[tuple[str, str]] = []
    for said in _said(sentence, measure):
        sides = sides_of(clause, behind, dict.fromkeys(gone, "") | {verb.i: said}, stop=of + 1)
        told += [sides] if sides is not None else []
    if not told:
        return None
    way: Way = row["way"]
    return Found(
        pattern="pair",
        relation=way,
        way=way,
        anchor=token,
        span=span_of(sentence, [token, behind[-1]]),
        scope=clause.span,
        operands=(
            operand("first", *(one for one, _ in told)),
            operand("second", *(other for _, other in told)),
        ),
    )


def _measured(sentence: Sentence, behind: Sequence[Token]) -> list[Token] | None:
    """The words that say by what number a place is told: "by votes", "in the number of refugees". None where
    none do."""
    for n, token in enumerate(behind):
        if token.lower_ not in rows("ranked by") or n + 1 >= len(behind):
            continue
        rest = list(behind[n + 1 :])
        if rest[0].lower_ == "terms" and len(rest) > 2:
            rest = rest[2:]
        phrase = [t for t in rest if t.i <= _end_of(sentence, rest)]
        noun = phrase[-1] if phrase else None
        numbered = any(t.lower_ in _NUMBERS for t in phrase)
        if noun is None or noun.tag_ not in ("NNS", "NN") or noun.text[:1].isupper():
            continue
        if numbered or (token.lower_ in ("by", "for") and noun.tag_ == "NNS"):
            return [t for t in behind if token.i <= t.i <= noun.i]
    return None


def _end_of(sentence: Sentence, words: Sequence[Token]) -> int:
    """The last token of a noun phrase, "of" and what it holds within: "the number of Syrian refugees"."""
    end = int(words[0].i) - 1
    for token in words:
        is_time = mention_at(sentence, token, time=True) is not None
        if is_time or token.is_punct or (token.pos_ == "ADP" and token.lower_ != "of"):
            break
        end = int(token.i)
    return end


def _noun(sentence: Sentence, measure: Sequence[Token]) -> str:
    """What is counted in "by the number of Syrian refugees": "Syrian refugees"."""
    words = list(measure[1:])
    of = next((n for n, t in enumerate(words) if t.lower_ in _NUMBERS), None)
    if of is not None:
        words = words[of + 1 :]
    while words and words[0].lower_ in ("of", "the", "its", "terms"):
        words.pop(0)
    said = rendered(sentence, words).rstrip(".") if words else ""
    return said if not words or words[0].text[:1].isupper() else said[:1].lower() + said[1:]


def _said(sentence: Sentence, measure: Sequence[Token] | None) -> list[str]:
    """The predicates that give the number: by what the text names, or what is won where it names nothing."""
    if measure is None:
        return [f"won {NUMBER} {stake}" for stake in rows("stake")]
    noun = _noun(sentence, measure)
    return [f"{verb} {NUMBER} {noun}" for verb in ("had", "won", "hosted", "counted")] if noun else []


def _ways(clause: Clause, gone: set[int], measure: Sequence[Token] | None) -> list[str]:
    """The ways to say the number of a clause's subject, with the clause's own times and places."""
    sentence, verb = clause.sentence, clause.head
    away = gone | {t.i for t in measure or ()}
    for segment in segments(sentence, [t for t in clause.tokens if t.i > verb.i]):
        if segment.tokens[-1].lower_ in (*rows("whole"), "race", "table", "count"):
            away |= {t.i for t in segment.tokens}
    auxiliaries = {c.i for c in verb.children if c.dep_ == "aux"}
    kept = [t for t in clause.tokens if t.i not in away | auxiliaries]
    ways = [rendered(sentence, kept, {verb.i: said}) for said in _said(sentence, measure)]
    subject = clause.subject
    if measure is not None and ways and all(t.pos_ == "PROPN" for t in subject):
        own = {t.i for t in subject}
        rest = [t for t in kept if t.i not in own and t.i != verb.i]
        times = [t for s in segments(sentence, rest) for t in s.tokens]
        there = rendered(sentence, subject).rstrip(".")
        ways.append(
            rendered(sentence, [f"There were {NUMBER}", _noun(sentence, measure), f"in {there}", *times])
        )
    return ways


def stakes(clause: Clause, first: int, last: int) -> list[str]:
    """The ways to say what somebody won who "was the second-largest party": the words from `first` to `last`
    stand for it."""
    sentence, verb = clause.sentence, clause.head
    gone = dict.fromkeys(range(first, last + 1), "")
    return [
        rendered(sentence, clause.tokens, gone | {verb.i: f"won {NUMBER} {stake}"}) for stake in rows("stake")
    ]
