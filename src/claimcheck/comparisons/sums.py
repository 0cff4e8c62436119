"""Several added up: "Arvia and Belland together hosted 5,000", "in 2018 and 2019 combined"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from claimcheck.claims.placed import Sentence
from claimcheck.claims.words import text_of
from claimcheck.comparisons.extremes import plural_of
from claimcheck.comparisons.found import NUMBER, Found, Token, operand
from claimcheck.comparisons.phrases import Clause, days_of, mention_at, rendered, segments, span_of, spoken
from claimcheck.comparisons.words import Admitted, rows
from claimcheck.lexicon import load
from claimcheck.model import Mention, Span

_ADDED = frozenset({"number", "money", "measure"})
_MOST_YEARS = 12
_PER_YEAR = frozenset({"each", "every", "either", "per", "average", "annually", "yearly"})
_ONE_BY_ONE = frozenset(
    {"each", "every", "both", "either", "per", "respectively", "between", "from", "average", "apiece"}
)
"""Words with which a number is not told of several at once."""


def sums(sentence: Sentence) -> Iterator[Found]:
    """The sums that a sentence tells of what it names one by one, and the averages over a kind."""
    for token in sentence.parsed.doc:
        if token.lower_ == "average" and (mean := _average(sentence, token)) is not None:
            yield mean
            return
        words = _words_of_a_sum(token)
        if not words:
            continue
        total = token.lower_ in ("total", "in", "all")
        found = _sum(Clause(sentence, token), words)
        if found is not None and not (total and found.unread):
            yield found
            return


def implied_sums(sentence: Sentence) -> Iterator[Found]:
    """The numbers told of several that no word adds up: "in 2018 and 2019 it killed 45 people"."""
    for mention, token, clause in _numbers(sentence):
        if any(t.lower_ in _ONE_BY_ONE for t in clause.tokens):
            continue
        found = _added(clause, mention, [token], _parts(clause, (), mention))
        if found.unread is None:
            yield replace(found, pattern="implied", span=Span(mention.wide_start, mention.end))


def sums_of_years(sentence: Sentence) -> Iterator[Found]:
    """The numbers told of several whole years at once: "from 2011 to 2013 it killed 45 people"."""
    for mention, token, clause in _numbers(sentence):
        found = (mention_at(sentence, t, time=True) for t in clause.tokens)
        times = [m for m in dict.fromkeys(found) if m is not None and m.period is not None]
        years = _years(times[0]) if len(times) == 1 else []
        if not years or any(t.lower_ in _PER_YEAR for t in clause.tokens):
            continue
        told = [
            s for s in segments(sentence, clause.tokens) if s.kind == "time" or _is_long(sentence, s.tokens)
        ]
        away = {t.i for s in told for t in s.tokens}
        kept = [t for t in clause.tokens if t.i not in away]
        while kept and kept[0].is_punct:
            kept.pop(0)
        instead = _said(clause, mention)
        parts: list[tuple[str, ...]] = [
            (rendered(sentence, [*kept, f"in {year}"], instead),) for year in years
        ]
        said = _added(clause, mention, [token], parts)
        yield replace(said, pattern="period", span=Span(mention.wide_start, mention.end))


def _is_long(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """Whether an adverbial says how long: "in the three years"."""
    found = (mention_at(sentence, t, time=False) for t in tokens)
    return any(m is not None and m.kind == "duration" for m in found)


def _years(time: Mention) -> list[int]:
    """The years of a time that is of several whole ones; none of another."""
    period = time.period
    if period is None or period.start is None or period.end is None:
        return []
    whole = (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31)
    years = range(period.start.year, period.end.year + 1)
    return list(years) if whole and 1 < len(years) <= _MOST_YEARS and time.mod is None else []


def _numbers(sentence: Sentence) -> Iterator[tuple[Mention, Token, Clause]]:
    """The numbers that may be added up, each the one of its clause."""
    for mention in sentence.mentions:
        token = None if mention.kind not in _ADDED or mention.reason else sentence.token(mention)
        if token is not None and _number(clause := Clause(sentence, token)) is mention:
            yield mention, token, clause


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in rows("together"))


def _words_of_a_sum(token: Token) -> list[Token]:
    """The words from a token on that say that several are added up: "together", "between them", "a total"."""
    doc = token.doc
    if token.lower_ == "total":
        return [token] if token.i and doc[token.i - 1].lower_ in ("a", "in") else []
    for length in (2, 1) if token.lower_ in _first_words() else ():
        words = list(doc[token.i : token.i + length])
        if " ".join(t.lower_ for t in words) not in rows("together"):
            continue
        behind = doc[words[-1].i + 1 : words[-1].i + 2]
        if token.lower_ == "in" and any(
            t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "DET", "ADP") for t in behind
        ):
            return []  # "in all provinces"
        following = text_of(behind).lower()
        return [] if following == "with" or words[-1].lower_ == "taken" else words
    return []


def _sum(clause: Clause, words: Sequence[Token]) -> Found | None:
    sentence, token = clause.sentence, words[0]
    number = _number(clause)
    if number is None and clause.head.dep_ != "ROOT":  # "in 2018 and 2019 combined", "taking both together"
        clause = Clause(sentence, clause.head.head)
        number = _number(clause)
    if number is None:
        return None
    parts = _parts(clause, words, number)
    several = any(t.dep_ == "cc" and t.lower_ == "and" for t in clause.tokens)
    counted = clause.subject and any(t.like_num or t.lower_ == "both" for t in clause.subject)
    if len(parts) < 2 and not several and not (counted and len(words) > 1):
        return None  # what is added up may be one row after all
    return _added(clause, number, words, parts, token)


def _added(
    clause: Clause,
    number: Mention,
    words: Sequence[Token],
    parts: list[tuple[str, ...]],
    anchor: Token | None = None,
) -> Found:
    """A sum with its parts; unread where there are not two."""
    told = span_of(clause.sentence, words)
    parts = parts if len(parts) > 1 else []
    return Found(
        pattern="sum",
        relation="sum",
        anchor=words[0] if anchor is None else anchor,
        span=Span(min(number.wide_start, told.start), max(number.end, told.end)),
        scope=clause.span,
        admits=Admitted(number.low, number.high, number.low, number.high),
        quantity=number,
        operands=tuple(operand("part", *ways) for ways in parts),
        unread=None if parts else "parts",
    )


def _average_of_times(clause: Clause, token: Token, number: Mention) -> Found | None:
    """ "On average 12 people a year died in Arvia in 2018 and 2019": the mean of the two years."""
    sentence, doc = clause.sentence, token.doc
    first = min(t.i for t in clause.tokens if mention_at(sentence, t, time=False) is number)
    span = next((t for t in clause.tokens if t.lower_ in rows("span") and t.i > first), None)
    if span is None or doc[span.i - 1].lower_ not in ("a", "per", "each", "every") or number.value is None:
        return None
    gone = {span.i - 1, span.i, token.i, *(token.i - 1 for w in ("on", "an") if doc[token.i - 1].lower_ == w)}
    gone |= {token.i + 1} if doc[token.i + 1].lower_ in ("of", ",") else set()
    times = dict.fromkeys(
        m for t in clause.tokens if t.i not in gone and (m := mention_at(sentence, t, time=True)) is not None
    )
    days = [y for m in times for y in (_years(m) or [int(spoken(m.period)[3:])] if _is_a_year(m) else [0])]
    if rows("span")[span.lower_]["times"] != "12" or len(set(days)) < 2 or 0 in days:
        return None
    away = {t.i for s in segments(sentence, clause.tokens) if s.kind == "time" for t in s.tokens}
    away |= {t.i for t in clause.tokens if mention_at(sentence, t, time=True) in times or t.i in gone}
    joints = {t.i for t in clause.tokens if t.dep_ == "cc" and {t.i - 1, t.i + 1} <= away}
    kept = [t for t in clause.tokens if t.i not in away | joints]
    while kept and kept[0].is_punct:
        kept.pop(0)
    instead = _said(clause, number)
    parts: list[tuple[str, ...]] = [
        (rendered(sentence, [*kept, f"in {day}"], instead),) for day in dict.fromkeys(days)
    ]
    found = _added(clause, number, [token], parts)
    return replace(found, relation="average", admits=_rounded(number))


def _is_a_year(time: Mention) -> bool:
    """Whether a time is a whole year, or several."""
    said = spoken(time.period)
    return bool(_years(time)) or (said.startswith("in ") and said[3:].isdigit())


def _rounded(number: Mention) -> Admitted:
    """What a mean admits: half a unit of its last digit."""
    if number.low != number.high or number.value is None:
        return Admitted(number.low, number.high, number.low, number.high)
    half = Decimal("0.5") if number.value == number.value.to_integral_value() else Decimal("0.05")
    return Admitted(number.value - half, number.value + half, number.value - half, number.value + half)


@cache
def _stands_or_moves() -> frozenset[str]:
    """The verbs of what stands at a number or comes to it."""
    return frozenset(
        w for row in load("judging") if row.id in ("stands", "rises", "falls") for w in row["words"]
    )


def _average(sentence: Sentence, token: Token) -> Found | None:
    """ "On average, each flood in Arvia in 2019 killed 12 people", "the average flood killed 12", "floods
    killed an average of 12": what all did, by how many there were."""
    doc = token.doc
    before = doc[token.i - 1] if token.i else None
    clause = Clause(sentence, token)
    subject, head = clause.subject, clause.subject_head
    number = _number(clause)
    if number is None or not subject or head is None or before is None:
        return None
    if (mean := _average_of_times(clause, token, number)) is not None:
        return mean
    if any(t.lower_ in rows("span") and mention_at(sentence, t, time=True) is None for t in clause.tokens):
        return None  # "an average of 12 a day"
    one = subject[0].lower_ in ("each", "every", "a", "an")
    counted = any(mention_at(sentence, t, time=False) is number for t in subject)
    led = {token.i}
    if before.lower_ == "on" and (one or head.tag_ == "NNS") and not counted:
        led |= {before.i}
    elif before.lower_ == "an" and doc[token.i + 1].lower_ == "of" and head.tag_ == "NNS":
        led |= {before.i, token.i + 1}
    elif (
        token.head.i == head.i
        and before.i == subject[0].i
        and clause.head.lemma_ != "be"
        and clause.head.lemma_ not in _stands_or_moves()
    ):  # "the average *rent* rose to 12" is no mean over rents
        one = True
    else:
        return None
    led |= {t.i for t in clause.tokens if t.i > head.i and t.lower_ in ("each", "apiece")}
    led |= {subject[0].i} if one or subject[0].lower_ == "the" else set()
    plural = {head.i: plural_of(head)}
    rest = [t for t in clause.tokens if t.i not in led]
    while rest and rest[0].is_punct:
        rest.pop(0)
    own = {t.i for t in rest if number.wide_start <= span_of(sentence, [t]).start < number.end}
    instead = plural | dict.fromkeys(own, "") | {min(own): NUMBER}
    noun = [t for t in subject if t.i <= head.i and t.i not in led]
    behind = [t for t in subject if t.i > head.i]
    every = rendered(sentence, [f"There were {NUMBER}", *noun, *behind], plural)
    return Found(
        pattern="sum",
        relation="average",
        anchor=token,
        span=Span(min(span_of(sentence, [token]).start, number.start), number.end),
        scope=clause.span,
        admits=_rounded(number),
        quantity=number,
        operands=(operand("first", rendered(sentence, rest, instead)), operand("second", every)),
    )


def _number(clause: Clause) -> Mention | None:
    """The one number of the clause that counts."""
    found = {
        m
        for t in clause.tokens
        if (m := mention_at(clause.sentence, t, time=False)) is not None
        and m.kind in _ADDED
        and m.reason is None
        and not _counts_the_parts(clause, t)
    }
    return next(iter(found)) if len(found) == 1 else None


def _counts_the_parts(clause: Clause, token: Token) -> bool:
    """Whether a number says how many are added up: "the two strikes together"."""
    subject = clause.subject
    return any(t.i == token.i for t in subject) and subject[0].dep_ in ("det", "predet", "poss")


def _parts(clause: Clause, words: Sequence[Token], number: Mention) -> list[tuple[str, ...]]:
    """Each of those added up, as a sentence with its own number, without the words that add them up."""
    sentence = clause.sentence
    row = _groups(clause) or _coordinated(sentence, clause)
    if row is None:
        return []
    first, last, members = row
    own = {t.i for t in clause.tokens if mention_at(sentence, t, time=False) is number}
    instead = _said(clause, number)
    instead |= {t.i: "" for t in words}
    for token in (t for t in words if t.lower_ == "total"):  # "a total of 5,000 refugees"
        instead |= {i: "" for i in (token.i - 1, token.i + 1) if token.doc[i].lower_ in ("a", "in", "of")}
    head = clause.subject_head
    days = [t for t in clause.tokens if first <= t.i <= last and t.text.isdigit()]
    if head is not None and head.tag_ == "NNS" and first > head.i and head.i not in own and not days:
        instead[head.i] = str(head.lemma_)
        counting = (t.i for t in clause.subject if t.i < head.i and (t.like_num or t.lower_ == "both"))
        instead |= dict.fromkeys(counting, "")  # "the *two* raids in Tarn and Oren"
    if head is not None and head.tag_ == "NNS" and head.i == last + 1:  # "Tarn and Orm airports"
        instead[head.i] = str(head.lemma_).capitalize()
    led = {t.i for w in words if w.head.lemma_ == "take" for t in w.head.subtree}
    out: list[tuple[str, ...]] = []
    for member in members:
        pieces: list[Token | str] = []
        for t in clause.tokens:
            if t.i == first and not led:
                pieces += member
            if not first <= t.i <= last and t.i not in led:
                pieces.append(t)
        pieces += member if led else []
        out.append((rendered(sentence, pieces, instead),))
    return out


def _groups(clause: Clause) -> tuple[int, int, list[list[Token | str]]] | None:
    """Those of a kind that are told apart by their adverbials: "the floods *in Tarn on 4 May and in Orm on 9
    June*"."""
    sentence, head = clause.sentence, clause.subject_head
    if head is None or head.tag_ != "NNS":
        return None
    behind = [t for t in clause.subject if t.i > head.i]
    at = next((n for n, t in enumerate(behind) if t.lower_ == "and" and t.dep_ == "cc"), None)
    if at is None or at + 1 >= len(behind) or behind[at + 1].dep_ not in ("prep", "conj"):
        return None
    groups = behind[:at], behind[at + 1 :]
    kinds = []
    for group in groups:
        found = segments(sentence, group)
        if {t.i for s in found for t in s.tokens} != {t.i for t in group}:
            return None
        kinds.append(sorted(s.kind for s in found))
    if kinds[0] != kinds[1] or len(kinds[0]) < 2 or len(set(kinds[0])) < len(kinds[0]):
        return None
    return behind[0].i, behind[-1].i, [list(group) for group in groups]


def _said(clause: Clause, number: Mention) -> dict[int, str]:
    """The clause's number said as the one that is asked for, in its own unit."""
    sentence = clause.sentence
    own = {t.i for t in clause.tokens if mention_at(sentence, t, time=False) is number}
    qualified = {
        t.i for t in clause.tokens if number.wide_start <= span_of(sentence, [t]).start < number.start
    }
    unit = " ".join(t.text for t in clause.tokens if t.i in own and not t.like_num) if number.unit else ""
    return dict.fromkeys(own | qualified, "") | {min(own): f"{NUMBER} {unit}".strip()}


def _coordinated(sentence: Sentence, clause: Clause) -> tuple[int, int, list[list[Token | str]]] | None:
    """What is coordinated: its first and last token, and the members: dates with their preposition, names."""
    times = [t for t in clause.tokens if mention_at(sentence, t, time=True) is not None]
    for at, token in enumerate(clause.tokens):
        if token.dep_ != "cc" or token.lower_ != "and" or at == 0 or at + 1 >= len(clause.tokens):
            continue
        before, behind = clause.tokens[at - 1], clause.tokens[at + 1]
        if mention_at(sentence, before, time=True) and any(
            mention_at(sentence, t, time=True) for t in clause.tokens[at + 1 : at + 3]
        ):
            found = _dates(sentence, clause, at, times)
            if found is not None:
                return found
        member = behind if behind.dep_ == "conj" else _conj_of(token)
        first = None if member is None else member.head
        while (
            first is not None and first.dep_ == "conj"
        ):  # "Arvia, Belland and Corland": each hangs on the last
            first = first.head
        if first is not None and first.dep_ == "appos" and first.pos_ == first.head.pos_ == "PROPN":
            first = first.head  # "the SPD, the Greens and the FDP"
        if first is not None and (names := _names(first)) is not None:
            return names
    return None


def _conj_of(cc: Token) -> Token | None:
    return next((t for t in cc.head.conjuncts if t.i > cc.i), None)


def _names(first: Token) -> tuple[int, int, list[list[Token | str]]] | None:
    """ "Arvia, Belland and Corland": each with its own words."""
    listed = [c for c in first.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.conjuncts]
    members = [first, *(t for one in (first, *listed) for t in (one, *one.conjuncts) if t.i > first.i)]
    if any(m.pos_ not in ("NOUN", "PROPN") and not m.text.istitle() for m in members):
        return None
    conjoined = {m.i for m in members}
    out: list[list[Token | str]] = []
    for member in members:
        own = [
            t
            for t in member.subtree
            if not any(a.i in conjoined and a.i != member.i and a.i > member.i for a in [t, *t.ancestors])
            and t.dep_ != "cc"
            and not (t.is_punct and t.head.i == member.i)
        ]
        out.append(list(own))
    numbers = [t.i for own in out for t in own if not isinstance(t, str)]
    return min(numbers), max(numbers), out


def _dates(
    sentence: Sentence, clause: Clause, at: int, times: Sequence[Token]
) -> tuple[int, int, list[list[Token | str]]] | None:
    """ "in 2018, 2019 and 2020", "on 25 April and 12 May 2015", "on Dnipro on D and on Hroza on E"."""
    tokens = clause.tokens
    start = at
    while start > 0:
        t = tokens[start - 1]
        if mention_at(sentence, t, time=True) is not None or t.text == "," or t.dep_ == "prep":
            start -= 1
            if t.dep_ == "prep":
                break
        else:
            break
    end = at
    while end + 1 < len(tokens) and (
        mention_at(sentence, tokens[end + 1], time=True) is not None or tokens[end + 1].dep_ == "prep"
    ):
        end += 1
    found = dict.fromkeys(
        m for t in tokens[start : end + 1] if (m := mention_at(sentence, t, time=True)) is not None
    )
    days = [spoken(days_of(sentence, m)) for m in found]
    if len(days) < 2 or not all(days):
        return None
    return tokens[start].i, tokens[end].i, [[day] for day in days]
