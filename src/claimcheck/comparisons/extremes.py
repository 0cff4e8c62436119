"""One among many: "the deadliest flood in Arvia since 2010", "the third-largest party"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claimcheck.claims.clauses import text_of
from claimcheck.claims.sentence import Sentence
from claimcheck.comparisons.restating import (
    Clause,
    Segment,
    mention_at,
    numbers_in,
    rendered,
    segments,
    span_of,
    ways_to_say,
)
from claimcheck.comparisons.words import NUMBER, Found, Token, operand, rows
from claimcheck.lexicon import Row
from claimcheck.model import Operand, Span

# ----------------------------------------------------------------------------------------------------
# Places among others: "came second by votes", "the third-largest party", "finished ahead of the Greens".

_MOST = 20
"""The last place that is told of as one: the 21st to arrive is a running total."""
_RANKED_NUMBERS = frozenset({"number", "amount", "total", "tally", "share"})


def ranks(sentence: Sentence) -> Iterator[Found]:
    """What a sentence says to be first, second … or before another, by a number that it names or not."""
    for token in sentence.parsed.doc:
        found = _came(sentence, token)
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


def _measured(sentence: Sentence, behind: Sequence[Token]) -> list[Token] | None:
    """The words that say by what number a place is told: "by votes", "in the number of refugees". None where
    none do."""
    for n, token in enumerate(behind):
        if token.lower_ not in rows("ranked by") or n + 1 >= len(behind):
            continue
        rest = list(behind[n + 1 :])
        phrase = [t for t in rest if t.i <= _end_of(sentence, rest)]
        noun = phrase[-1] if phrase else None
        numbered = any(t.lower_ in _RANKED_NUMBERS for t in phrase)
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
    away = gone | {t.i for t in measure or ()} | {c.i for c in verb.children if c.dep_ == "aux"}
    kept = [t for t in clause.tokens if t.i not in away]
    return [rendered(sentence, kept, {verb.i: said}) for said in _said(sentence, measure)]


def stakes(clause: Clause, first: int, last: int) -> list[str]:
    """The ways to say what somebody won who "was the second-largest party": the words from `first` to `last`
    stand for it."""
    sentence, verb = clause.sentence, clause.head
    gone = dict.fromkeys(range(first, last + 1), "")
    return [
        rendered(sentence, clause.tokens, gone | {verb.i: f"won {NUMBER} {stake}"}) for stake in rows("stake")
    ]


# ----------------------------------------------------------------------------------------------------
# One among many: "the deadliest flood in Arvia since 2010", "more than any other", "no flood killed more".

_BE = frozenset({"be", "remain", "become", "rank"})
_PLACES = frozenset(
    {"country", "state", "nation", "port", "city", "province", "region", "county", "town", "district"}
) | {"airport", "place"}
_ACTORS = frozenset({"party", "company", "team", "group", "club", "airline", "firm", "army", "organisation"})
_TIMES = frozenset({"year", "month", "day", "week", "quarter", "time", "decade"})
_WHOLE = frozenset({"world", "country", "globe", "earth", "planet"})
_NUMBERS = frozenset({"number", "figure", "level", "total", "amount", "rate", "share", "toll", "value"})
_SINCE_EVER = "since 1 January 1800"


def extremes(sentence: Sentence) -> Iterator[Found]:
    """What a sentence says to come first, or last."""
    for token in sentence.parsed.doc:
        found = _superlative(sentence, token) or _no_other(sentence, token)
        if found is not None:
            yield found


def _superlative(sentence: Sentence, token: Token) -> Found | None:
    row = rows("extreme").get(token.lower_)
    if row is None or token.i == 0:
        return None
    doc = token.doc
    first = token.i - 1
    rank = 1
    if doc[first].text == "-" and first:  # "the second-largest"
        first -= 1
    if (ordinal := mention_at(sentence, doc[first], time=False)) is not None and ordinal.kind == "ordinal":
        rank, first = int(ordinal.value or 1), first - 1
    if (
        first < 0
        or doc[first].lower_ not in ("the", "its", "their", "his", "her")
        or doc[token.i - 1].lower_ == "at"
    ):
        return None
    clause = Clause(sentence, token)
    if (found := _apposed(clause, token, row, first, rank)) is not None:
        return found
    if not clause.subject or any(t.lower_ in ("among", "one") for t in doc[max(0, first - 2) : first]):
        return None  # "one of the deadliest", "among the most"
    if clause.head.lemma_ in _BE and token.i > clause.head.i:
        return _is_the_most(clause, token, row, first, rank)
    if row.get("measure") is None and token.i > clause.head.i:
        return _has_the_most(clause, token, row, first, rank)
    return None


def _is_the_most(clause: Clause, token: Token, row: Row, first: int, rank: int) -> Found:
    """ "X was the deadliest flood in Arvia that year", "the 3,000 refugees were the most since 2010"."""
    sentence, doc = clause.sentence, token.doc
    behind = [t for t in clause.tokens if t.i > token.i]
    words = span_of(sentence, [doc[first], *behind[-1:], *([token] if not behind else [])])
    item: Operand | None = None
    others: Operand | None = None
    subject = clause.subject
    if row.get("measure") is not None:
        verb, rest = row["measure"].split(" ", 1)
        said = rendered(sentence, subject).rstrip(".")
        item = operand("item", f"{said} {verb} {rest.replace('{n}', NUMBER)}.")
        others = operand("set", *_sets(clause, behind))
    else:
        number = next((m for t in subject if (m := mention_at(sentence, t, time=False)) is not None), None)
        if number is not None and number.kind in ("number", "money", "measure", "percent"):
            item = operand("item", number=number.span)
            others = _times_of(clause, behind)
        elif number is None and not any(t.pos_ == "NOUN" and t.lower_ not in _NUMBERS for t in behind[:2]):
            said = rendered(sentence, [*subject, "was", NUMBER])
            item = operand("item", *ways_to_say(said))
            others = _times_of(clause, behind)
    told = [m for m in numbers_in(sentence, len(doc)) if m.start > span_of(sentence, [token]).end]
    if None in (item, others) and token.head.lower_ in _ACTORS and len(told) == 1:  # "with 49 seats"
        item, others = operand("item", number=told[0].span), operand("others", "others")
    elif None in (item, others) and (ways := _as_the_largest(clause, token, first)):
        item, others = operand("item", *ways), operand("others", "others")
    operands = tuple(o for o in (item, others) if o is not None)
    found = _found(clause, token, row, words, rank)
    return replace(found, operands=operands) if len(operands) == 2 else replace(found, unread="set")


def _as_the_largest(clause: Clause, token: Token, first: int) -> list[str]:
    """The ways to say the number of a subject that "was the largest party", "was the second-largest host of
    refugees" or "was the country with the largest number of refugees"."""
    sentence, doc, verb = clause.sentence, token.doc, clause.head
    noun = token.head
    if noun.pos_ != "NOUN" or noun.i < token.i or noun.i + 1 >= len(doc):
        return []
    if noun.lower_ in _ACTORS:
        return stakes(clause, verb.i + 1, noun.i)
    start, of = verb.i + 1, doc[noun.i + 1]
    kind = doc[start + 1].lower_ if start + 2 < first else ""
    if of.lower_ != "of":
        return []
    if noun.lower_ in _NUMBERS and kind in _PLACES | _ACTORS and doc[start + 2].lower_ in ("with", "that"):
        verbs = ["had", "hosted", "won", "counted"]
    elif noun.lower_ in rows("agent") and start == first:
        verbs = [rows("agent")[noun.lower_]["measure"]]
    else:
        return []
    gone = dict.fromkeys(range(start, of.i + 1), "")
    ways = [rendered(sentence, clause.tokens, gone | {verb.i: f"{did} {NUMBER}"}) for did in verbs]
    counted = next((c for c in of.children if c.dep_ == "pobj"), None)
    if counted is not None and counted.tag_ == "NN":
        ways += [way.replace(NUMBER, f"{NUMBER} {unit} of", 1) for way in ways for unit in rows("unit")]
    return ways


def _apposed(clause: Clause, token: Token, row: Row, first: int, rank: int) -> Found | None:
    """ "seized 45 tonnes in 2019, its lowest total since 2015", "300 people died, the most since 2010": of
    the one number before."""
    sentence, doc = clause.sentence, token.doc
    if row.get("measure") is not None or first == 0 or doc[first - 1].text not in (",", "–", "—", "-", "("):
        return None
    noun = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if noun is not None and noun.pos_ in ("NOUN", "PROPN") and noun.lower_ not in _NUMBERS:
        return None
    before = numbers_in(sentence, first)
    rest = list(doc[token.i + 1 :])
    end = next((n for n, t in enumerate(rest) if t.is_punct), len(rest))
    others = _times_of(clause, rest[:end])
    if len(before) != 1 or others is None:
        return None
    words = span_of(sentence, [doc[first], *rest[:end][-1:]])
    found = _found(clause, token, row, words, rank)
    return replace(found, operands=(operand("item", number=before[0].span), others))


def _found(clause: Clause, token: Token, row: Row, words: Span, rank: int) -> Found:
    """A superlative or a rank of a clause, before its operands are found."""
    return Found(
        pattern="extreme",
        relation="extreme" if rank == 1 else "rank",
        way=row["way"],
        anchor=token,
        span=words,
        scope=clause.span,
        rank=rank,
    )


def _times_of(clause: Clause, behind: Sequence[Token]) -> Operand | None:
    """The other times with which a number is compared: "the most since 2010", "the most ever"."""
    sentence = clause.sentence
    for segment in segments(sentence, behind):
        if segment.kind == "time" and segment.prep == "since":
            time = mention_at(sentence, segment.tokens[-1], time=True)
            words = rendered(sentence, list(segment.tokens)).rstrip(".").lower()
            return replace(operand("times", words), since=None if time is None else time.date_end)
        if segment.kind in ("time", "place", "agent") and not _of_any_time(segment):
            return None
    ever = any(t.lower_ in ("ever", "record") for t in behind)
    return operand("times", "ever") if ever else None


def _of_any_time(segment: Segment) -> bool:
    """Whether an adverbial only says among what a number comes first: "in any year", "of all years"."""
    words = [t.lower_ for t in segment.tokens[1:]]
    return len(words) > 1 and words[0] in ("any", "all", "every") and words[-1].removesuffix("s") in _TIMES


def _sets(clause: Clause, behind: Sequence[Token]) -> list[str]:
    """The others of a kind, counted: "There were 45 floods in Arvia in 2019"."""
    sentence = clause.sentence
    found = segments(sentence, behind)
    start = found[0].start if found else (behind[-1].i + 1 if behind else 0)
    noun = [t for t in behind if t.i < start and t.lower_ not in ("ever", "yet", "recorded")]
    noun = [t for t in noun if t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or t.is_punct]
    if not noun or noun[-1].pos_ != "NOUN":
        head = clause.subject_head
        if noun or head is None or head.pos_ not in ("NOUN", "PROPN"):
            return []
        noun = [t for t in head.lefts if t.dep_ in ("compound", "amod")] + [head]
    return _counted(sentence, noun, [t for s in found for t in s.tokens], [s.kind for s in found])


def _counted(
    sentence: Sentence, noun: Sequence[Token], rest: Sequence[Token], kinds: Sequence[str]
) -> list[str]:
    time = [] if "time" in kinds else [_SINCE_EVER]
    out = []
    for words in (
        (list(noun), list(noun[-1:])) if noun[0].pos_ == "PROPN" or len(noun) == 1 else (list(noun),)
    ):
        plural = {words[-1].i: plural_of(words[-1])}
        out.append(rendered(sentence, [f"There were {NUMBER}", *words, *rest, *time], plural))
    return out


def plural_of(noun: Token) -> str:
    """A noun as it stands behind a number: "floods", "countries"."""
    text = str(noun.text).lower() if noun.pos_ != "PROPN" or noun.i else str(noun.lower_)
    if noun.tag_ in ("NNS", "NNPS"):
        return text
    if text.endswith("y") and text[-2:-1] not in "aeiou":
        return text[:-1] + "ies"
    return text + ("es" if text.endswith(("s", "sh", "ch", "x")) else "s")


def _has_the_most(clause: Clause, token: Token, row: Row, first: int, rank: int) -> Found | None:
    """ "hosted the most refugees in the world", "won the largest number of seats"."""
    sentence, doc = clause.sentence, token.doc
    noun = token.head if token.head.i > token.i else (doc[token.i + 1] if token.i + 1 < len(doc) else None)
    if noun is None or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    marker = list(range(first, token.i + 1))
    if (
        noun.lower_ in ("number", "amount", "share")
        and noun.i + 1 < len(doc)
        and doc[noun.i + 1].lower_ == "of"
    ):
        marker += [noun.i, noun.i + 1]
    others = _among(clause, noun, [t for t in clause.tokens if t.i > noun.i])
    words = span_of(sentence, [doc[first], noun])
    found = _found(clause, token, row, words, rank)
    if others is None:
        return replace(found, unread="set")
    kept, role = others
    pieces: list[Token | str] = [t for t in clause.tokens if t.i <= noun.i or t.i in kept]
    said = rendered(sentence, pieces, dict.fromkeys(marker, "") | {first: NUMBER})
    return replace(found, operands=(operand("item", said), operand(role, role)))


def _among(clause: Clause, noun: Token, behind: Sequence[Token]) -> tuple[set[int], str] | None:
    """Which of the words behind belong to the number itself, and among what it comes first: other places (or
    parties) at the same time, unless the words say other times. None where they say something else."""
    kept: set[int] = set()
    for segment in segments(clause.sentence, behind):
        own = {t.i for t in segment.tokens}
        if (segment.kind == "time" and segment.prep != "since") or segment.kind == "of":
            kept |= own
        elif segment.kind == "place" and segment.tokens[-1].lower_ in _WHOLE:
            continue
        else:
            return None
    return kept, "others"


def _no_other(sentence: Sentence, token: Token) -> Found | None:
    """ "No flood in Arvia in 2019 killed more people than the one at Tarn", "no other … as many as"."""
    row, link = rows("more").get(token.lower_), "than"
    if row is None and token.lower_ in rows("same") and token.i and token.doc[token.i - 1].lower_ == "as":
        row, link = rows("more")["more"], "as"
    if row is None:
        return None
    clause = Clause(sentence, token)
    subject, doc = clause.subject, token.doc
    if not subject or subject[0].lower_ != "no" or text_of(doc[token.i + 1 : token.i + 2]).lower() == "than":
        return None
    than = next((t for t in doc[token.i + 1 :] if t.lower_ == link), None)
    if than is None:
        return None
    behind = [t for t in clause.tokens if t.i > than.i]
    head = clause.subject_head
    if not behind or head is None or head.i < subject[0].i:
        return None
    noun = [t for t in subject[1:] if t.i <= head.i and t.lower_ != "other"]
    rest = [t for t in subject if t.i > head.i]
    found = segments(sentence, rest)
    if not noun or {t.i for t in rest} != {t.i for s in found for t in s.tokens}:
        return None
    anaphor = {t.i: str(head.text) for t in behind[:3] if t.lower_ in ("one", "that")}
    verbs = [t for t in clause.tokens if subject[-1].i < t.i < than.i]
    instead = anaphor | {token.i: NUMBER} | ({token.i - 1: ""} if link == "as" else {})
    item = rendered(sentence, [*behind, *verbs], instead)
    sets = _counted(sentence, noun, rest, [s.kind for s in found])
    return Found(
        pattern="extreme",
        relation="extreme",
        way=row["way"],
        anchor=token,
        scope=clause.span,
        span=span_of(sentence, [subject[0], behind[-1]]),
        nobody=True,
        operands=(operand("item", item), operand("set", *sets)),
    )
