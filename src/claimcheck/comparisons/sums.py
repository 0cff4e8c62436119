"""Several added up, a part of a whole, and so many of one kind for each of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from functools import cache

from claimcheck.claims.clauses import text_of
from claimcheck.claims.sentence import Sentence
from claimcheck.comparisons.extremes import plural_of
from claimcheck.comparisons.restating import (
    Clause,
    admitted_share,
    days_of,
    is_share,
    mention_at,
    numbers_in,
    rendered,
    saying,
    segments,
    span_of,
    spoken,
)
from claimcheck.comparisons.words import NUMBER, Admitted, Found, Token, operand, part, qualifier, ratio, rows
from claimcheck.lexicon import load, pattern
from claimcheck.model import Mention, Span

# ----------------------------------------------------------------------------------------------------
# Several added up: "Arvia and Belland together hosted 5,000", "in 2018 and 2019 combined".

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


# ----------------------------------------------------------------------------------------------------
# A part of a whole: "half of the strikes hit Tarn", "Arvia accounted for a third of the refugees".

_IN_ALL = pattern("comparison_forms", "in all")
"""A part told by two numbers: "one in four", "nine out of ten"."""
_WITHIN = frozenset({"in", "at", "on", "near", "within", "inside"})
_MORE_THAN_HALF = Decimal("0.5000001")
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
    begin = min(mention.wide_start, qualifier(sentence.document.text, mention.start)[1])
    if not subject or span_of(sentence, clause.subject[:1]).start < begin:
        return None
    noun = clause.subject_head
    told = None if noun is None else _who_they_were(clause, noun) or _what_they_were(clause, subject)
    behind = [t for t in clause.tokens if t.i > max(subject[-1].i, clause.head.i)]
    if told is None and clause.head.lemma_ == "be" and not _is_within(sentence, behind):
        return None
    gone = {t.i for t in clause.tokens if begin <= span_of(sentence, [t]).start < mention.end}
    instead = dict.fromkeys(gone, "") | {own[0].i: NUMBER}
    ways = _ways_to_say_part(clause, clause.tokens, instead, subject)
    return Found(
        pattern="share",
        relation="share",
        anchor=own[-1],
        span=Span(begin, span_of(sentence, subject).end),
        scope=clause.span,
        admits=admitted_share(sentence, mention),
        quantity=mention,
        operands=(
            operand("part", *(ways if told is None else told[:1])),
            operand("whole", *(_whole(clause, subject, None) if told is None else told[1:])),
        ),
    )


def _share(sentence: Sentence, of: Token) -> Found | None:
    doc = of.doc
    if of.lower_ != "of" or of.i == 0:
        return None
    mention = mention_at(sentence, doc[of.i - 1], time=False)
    half = doc[of.i - 1].lower_ == "half" or doc[of.i - 1].lower_ in rows("most of")
    if not half and (mention is None or not is_share(mention)):
        return None
    noun = next((c for c in of.children if c.dep_ == "pobj"), None)
    those = noun is not None and noun.lower_ == "those" and any(c.dep_ == "acl" for c in noun.children)
    if noun is None or (noun.pos_ not in ("NOUN", "PROPN") and not those):
        return None
    whole = list(noun.subtree)
    clause = Clause(sentence, of)
    owner = _owner(clause, noun)
    row = rows("accounts").get(clause.head.lemma_.lower())
    known = whole[0].lower_ in _DEFINITE or owner is not None or (row is not None and noun.tag_ == "NNS")
    if whole[0].lower_ not in _DEFINITE and (not known or _is_numbered(sentence, whole)):
        return None
    start = span_of(sentence, [doc[of.i - 1]]).start if mention is None else mention.start
    admits = _admits(sentence, mention, start, doc[of.i - 1].lower_)
    if mention is None and of.i > 1 and doc[of.i - 2].lower_ in ("the", "a"):  # "the majority of"
        start = span_of(sentence, [doc[of.i - 2]]).start
    begin = start if mention is None else mention.wide_start
    begin = min(begin, qualifier(sentence.document.text, start)[1])
    words = [t for t in clause.tokens if begin <= span_of(sentence, [t]).start and t.i < of.i]
    if not words:
        return None
    if (of_a_deed := _of_what_it_did(clause, noun, words)) is not None:
        part_said, whole_said = of_a_deed
        return Found(
            pattern="share",
            relation="share",
            anchor=of,
            span=Span(begin, span_of(sentence, whole).end),
            scope=clause.span,
            admits=admits,
            quantity=mention,
            operands=(operand("part", *part_said), operand("whole", *whole_said)),
        )
    plain = _plain(sentence, whole)
    told = _who_they_were(clause, noun) or (_what_befell_them(clause, noun, words) if those else None)
    behind = [t for t in clause.tokens if t.i > whole[-1].i] if row is not None else []
    where = [t for s in segments(sentence, behind) if s.kind == "place" for t in s.tokens]
    if told is not None:
        ways = told[:1]
    elif those:
        return None
    elif row is not None and clause.subject and words[0].i > clause.head.i:
        ways = _accounted(clause, plain)
    else:
        instead = dict.fromkeys((t.i for t in [*words, of, *whole]), "")
        instead = {i: w for i, w in instead.items() if i not in {t.i for t in plain}} | {words[0].i: NUMBER}
        pieces = _with_owner(clause.tokens, noun, owner)
        ways = _ways_to_say_part(clause, pieces, instead, whole)
        ways += _of_what_was_done(clause, noun, plain, words, owner)
    return Found(
        pattern="share",
        relation="share",
        anchor=of,
        span=Span(begin, span_of(sentence, whole).end),
        scope=clause.span,
        admits=admits,
        quantity=mention,
        operands=(
            operand("part", *ways),
            operand("whole", *(_whole(clause, [*plain, *where], owner) if told is None else told[1:])),
        ),
    )


def _of_what_was_done(
    clause: Clause, noun: Token, plain: Sequence[Token], words: Sequence[Token], owner: str | None
) -> list[str]:
    """So many tonnes, dollars … of what a deed's noun is of: "exported a third of its *wheat* harvest" tells
    of wheat."""
    matter = [t for t in plain if t.i < noun.i and t.dep_ in ("amod", "compound")]
    if noun.tag_ != "NN" or not matter or owner is None:
        return []
    gone = {t.i for t in noun.subtree} | {t.i for t in words}
    before = [t for t in clause.tokens if t.i < words[0].i]
    behind = [t for t in clause.tokens if t.i > noun.i and t.i not in gone]
    there = [owner] if words[0].i < clause.head.i else []  # "a third of Arvia's wheat harvest was exported"
    return [
        rendered(clause.sentence, [*before, f"{NUMBER} {unit} of", *matter, *behind, *there])
        for unit in rows("unit")
    ]


def _who_they_were(clause: Clause, noun: Token) -> list[str] | None:
    """The part and the whole where it is said who those were whom something befell: "half of *those killed in
    Tarn were children*" are the children killed there, of all who were."""
    sentence = clause.sentence
    befell = next((c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
    who = next((c for c in clause.head.children if c.dep_ == "attr" and c.pos_ == "NOUN"), None)
    if clause.head.lemma_ != "be":  # "civilians made up half of those killed"
        own = clause.subject_head
        makes_up = clause.head.lemma_.lower() in rows("accounts") and own is not None and own.tag_ == "NNS"
        who = own if makes_up else None
    if befell is None or who is None:
        return None
    subject = {t.i for t in noun.subtree}
    around = [t for t in clause.tokens if t.i not in subject and t.i != who.i]
    times = [t for s in segments(sentence, around) if s.kind == "time" for t in s.tokens]
    kind = [t for t in who.lefts if t.dep_ in ("amod", "compound")]
    deed = [*befell.subtree, *times]
    all_of_them = "people" if noun.lower_ in ("those", "person", "people") else plural_of(noun)
    return [
        rendered(sentence, [NUMBER, *kind, plural_of(who), "were", *deed]),
        rendered(sentence, [f"{NUMBER} {all_of_them} were", *deed]),
    ]


def _what_they_were(clause: Clause, subject: Sequence[Token]) -> list[str] | None:
    """The part and the whole of those who were of a kind: "one in four *prisoners in Arvia was a pre-trial
    detainee*" are the detainees there, of the prisoners."""
    sentence = clause.sentence
    who = next((c for c in clause.head.children if c.dep_ == "attr" and c.pos_ == "NOUN"), None)
    noun = next((t for t in subject if t.pos_ == "NOUN"), None)
    if clause.head.lemma_ != "be" or who is None or noun is None:
        return None
    kind = [t for t in who.lefts if t.dep_ in ("amod", "compound", "punct")]
    where = [t for t in subject if t.i > noun.i]
    own = {t.i for t in (*subject, *who.subtree)}
    around = [t for t in clause.tokens if t.i not in own and t.i != clause.head.i]
    times = [t for s in segments(sentence, around) if s.kind == "time" for t in s.tokens]
    return [
        rendered(sentence, [f"There were {NUMBER}", *kind, who, *where, *times], {who.i: plural_of(who)}),
        rendered(sentence, [f"There were {NUMBER}", *subject, *times]),
    ]


def _what_befell_them(clause: Clause, noun: Token, words: Sequence[Token]) -> list[str] | None:
    """The part and the whole of those whom two things befell: "a fifth of *those admitted in Tarn* died" are
    the people admitted there who died, of all who were admitted."""
    sentence = clause.sentence
    befell = next((c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
    if befell is None or clause.head.lemma_ == "be" or noun.i > clause.head.i:
        return None
    own = {t.i for t in noun.subtree} | {t.i for t in words}
    rest = [t for t in clause.tokens if t.i not in own and t.i > noun.i]
    around = [t for t in clause.tokens if t.i not in own]
    deed = list(befell.subtree)
    told = any(s.kind == "time" for s in segments(sentence, deed))
    times = [] if told else [t for s in segments(sentence, around) if s.kind == "time" for t in s.tokens]
    before = [t for t in times if t.i < noun.i]
    return [
        rendered(sentence, [f"{NUMBER} people", *deed, *rest, *before]),
        rendered(sentence, [f"{NUMBER} people were", *deed, *times]),
    ]


def _of_what_it_did(
    clause: Clause, noun: Token, words: Sequence[Token]
) -> tuple[list[str], list[str]] | None:
    """The part and the whole of two deeds of one: "Arvia exported a third of the wheat *that it grew*" says
    how much it exported, of how much it grew. None where the second was done before, at no time that is
    named."""
    sentence, subject = clause.sentence, clause.subject
    deed = next((c for c in noun.children if c.dep_ == "relcl"), None)
    who = None if deed is None else next((c for c in deed.children if c.dep_ == "nsubj"), None)
    if deed is None or who is None or who.lower_ not in ("it", "they") or not subject:
        return None
    if words[0].i < clause.head.i or clause.subject_head is None:
        return None
    kind = [t for t in noun.lefts if t.dep_ in ("amod", "compound")] + [noun]
    units = [f"{NUMBER} {unit} of" for unit in rows("unit")] if noun.tag_ == "NN" else []
    phrase = {t.i for t in noun.subtree} | {t.i for t in clause.tokens if words[0].i <= t.i < noun.i}
    around = [t for t in clause.tokens if t.i not in phrase]
    told = [t for s in segments(sentence, list(deed.subtree)) if s.kind == "time" for t in s.tokens]
    own = [t for s in segments(sentence, around) if s.kind == "time" for t in s.tokens]
    before = any(c.dep_ == "aux" for c in deed.children)
    if not (own or told) or (before and not told):
        return None
    part_ways, whole_ways = (
        [rendered(sentence, [*subject, verb, many, *kind, *times]) for many in [NUMBER, *units]]
        for verb, times in ((clause.head, own or told), (deed, told or own))
    )
    return part_ways, whole_ways


def _owner(clause: Clause, noun: Token) -> str | None:
    """The name that owns a noun, as its place: "in Arvia" of "Arvia's refugees", and of "Arvia exported half
    of its harvest"."""
    sentence = clause.sentence
    own = next((c for c in noun.children if c.dep_ == "poss"), None)
    subject = [t for t in clause.subject if t.dep_ != "det"]
    if own is not None and own.tag_ == "PRP$" and own.i > clause.head.i:
        named = bool(subject) and all(t.pos_ == "PROPN" for t in subject)
        return f"in {rendered(sentence, subject).rstrip('.')}" if named else None
    if own is None or own.pos_ != "PROPN" or any(t.lower_ in _DEFINITE for t in own.subtree):
        return None
    words = [t for t in own.subtree if t.dep_ != "case"]
    return f"in {rendered(sentence, words).rstrip('.')}"


def _is_numbered(sentence: Sentence, whole: Sequence[Token]) -> bool:
    """Whether a noun phrase says itself how many they are: "one in five of Arvia's 14,870 prisoners"."""
    return any(mention_at(sentence, t, time=False) is not None for t in whole)


def _with_owner(tokens: Sequence[Token], noun: Token, owner: str | None) -> list[Token | str]:
    """A clause whose noun has its owner behind it: "15 refugees in Arvia came"."""
    if owner is None:
        return list(tokens)
    at = next((n for n, t in enumerate(tokens) if t.i == noun.i), len(tokens) - 1) + 1
    return [*tokens[:at], owner, *tokens[at:]]


def _ways_to_say_part(
    clause: Clause, pieces: Sequence[Token | str], instead: dict[int, str], whole: Sequence[Token]
) -> list[str]:
    """The part counted; one that lies somewhere within the whole's place also by that alone: "one in six
    evictions in Arvia took place in Tarn"."""
    sentence = clause.sentence
    ways = [rendered(sentence, pieces, instead)]
    own = {t.i for t in whole}
    behind = [t for t in clause.tokens if t.i > max(own)]
    if _is_within(sentence, behind):
        around = {t.i for s in segments(sentence, whole) if s.kind == "place" for t in s.tokens}
        less = [p for p in pieces if not isinstance(p, str) and p.i not in around]
        ways = [rendered(sentence, less, instead), *ways] if len(less) < len(pieces) else ways
    come = next((s for s in segments(sentence, behind) if s.prep == "from"), None)
    if come is not None and clause.head.lemma_ in rows(
        "comes from"
    ):  # "half of the refugees came from Arvia"
        there = [t for t in pieces if isinstance(t, str) or t.i <= max(own)]
        at = next(
            (n for n, t in enumerate(there) if not isinstance(t, str) and _opens(sentence, t, whole)), None
        )
        rest = [t for t in behind if t.i > come.tokens[-1].i]
        said = (
            [*there[:at], *come.tokens, *there[at:], *rest]
            if at is not None
            else [*there, *come.tokens, *rest]
        )
        ways.append(rendered(sentence, ["There were", *said], instead))
    return ways


def _is_within(sentence: Sentence, behind: Sequence[Token]) -> bool:
    """Whether words say where: "were *in Tarn*"."""
    return any(s.kind == "place" and s.prep in _WITHIN for s in segments(sentence, behind))


def _opens(sentence: Sentence, token: Token, whole: Sequence[Token]) -> bool:
    """Whether the first adverbial of a noun phrase begins with a token."""
    found = segments(sentence, whole)
    return bool(found) and found[0].start == token.i


def _admits(sentence: Sentence, mention: Mention | None, start: int, word: str) -> Admitted:
    if mention is None and word in rows("most of"):
        return Admitted(_MORE_THAN_HALF, None, _MORE_THAN_HALF, None)
    if mention is not None:
        return admitted_share(sentence, mention)
    return part(Decimal("0.5"), None, qualifier(sentence.document.text, start)[0])


def _plain(sentence: Sentence, whole: Sequence[Token]) -> list[Token]:
    """The noun phrase without what says that it is known, and how many there are."""
    noun = next(t for t in whole if all(a.i not in {x.i for x in whole} for a in t.ancestors))
    known = {x.i for t in noun.children if t.dep_ in ("det", "predet", "poss") for x in t.subtree}
    own = [t for t in whole if t.i not in known]
    own = own[1:] if own[0].lower_ in _DEFINITE and len(own) > 1 else own  # of its compound, to the parse
    return [t for t in own if mention_at(sentence, t, time=False) is None or t.pos_ not in ("NUM",)]


def _whole(clause: Clause, plain: Sequence[Token], owner: str | None) -> list[str]:
    """All of them, counted, at the clause's time."""
    sentence = clause.sentence
    inside = {s.kind for s in segments(sentence, plain)}
    own = {t.i for t in plain}
    around = [t for t in clause.tokens if t.i not in own]
    extra = [
        t for s in segments(sentence, around) if s.kind == "time" and "time" not in inside for t in s.tokens
    ]
    return _there_were(sentence, [*plain, *([owner] if owner else []), *extra])


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
    plural = plural or (len(clause.subject) == 1 and one != subject and subject[0].isupper())  # "Syrians"
    ways = [rendered(sentence, [f"There were {NUMBER} {one}", *noun, *rest, *time])] if plural else []
    if (
        plural and noun and noun[-1].tag_ == "NN"
    ):  # "detainees made up half of the prison population of Arvia"
        there = [
            f"in {rendered(sentence, s.tokens[1:]).rstrip('.')}" for s in found if s.kind in ("place", "of")
        ]
        ways.insert(0, rendered(sentence, [f"There were {NUMBER} {subject}", *there, *times, *time]))
    if clause.subject_head is None or clause.subject_head.tag_ not in ("NNS", "NNPS"):
        ways += _there_were(sentence, [*noun, f"in {subject}", *times, *time])
    return ways


# ----------------------------------------------------------------------------------------------------
# So many of one kind for each of another: "five prisoners for every guard", "18 trials per acquittal".

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
    if span_of(sentence, [unit]).end < number.start:
        return None  # "the harvest per hectare was 3.4 tonnes"
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
