"""A clause as words that can be put together anew: its subject, its adverbials, a part in another's stead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from claimcheck.claims.clauses import SUBJECTS, Token, above, clause_head
from claimcheck.claims.placed import Sentence
from claimcheck.model import Mention, Period, Span

Kind = Literal["time", "agent", "of", "place"]
_VERBAL = frozenset({"VERB", "AUX"})
_APART = frozenset({"relcl", "appos", "acl", "parataxis"})
_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"\s+")
_LOOSE = re.compile(r"\s+([,.;:’'])")
_OPENS_A_TIME = frozenset({"between", "from", "since", "until", "during", "by", "before", "after"})


@dataclass(frozen=True, slots=True)
class Segment:
    """An adverbial or an attribute with its preposition: "in Rotterdam", "of 2015", "that year"."""

    tokens: tuple[Token, ...]
    kind: Kind
    prep: str

    @property
    def start(self) -> int:
        """The number of its first token."""
        return int(self.tokens[0].i)


class Clause:
    """The clause around a token: its own tokens, in order, what is coordinated or put in left out."""

    def __init__(self, sentence: Sentence, anchor: Token) -> None:
        self.sentence = sentence
        self.head = _past_small_clause(clause_head(anchor))
        self.noun = _subject_missed(self.head)
        key = Clause, self.head.i
        if key not in sentence.asked:
            sentence.asked[key] = self._own()
        self.tokens: list[Token] = list(sentence.asked[key])

    def _own(self) -> list[Token]:
        whole = self.head if self.noun is None else self.noun
        left_out = {t.i for root in _roots_apart(whole) for t in root.subtree if root.i != self.head.i}
        tokens = [
            t
            for t in whole.subtree
            if t.i not in left_out and not t.is_space and not _is_put_in(self.sentence, t)
        ]
        while tokens and (tokens[-1].is_punct or tokens[-1].dep_ == "cc"):
            tokens.pop()
        while tokens and (tokens[0].is_punct or tokens[0].dep_ in ("cc", "mark")):
            tokens.pop(0)
        return tokens

    @property
    def verb(self) -> Token:
        """Its verb."""
        return self.head

    @property
    def subject(self) -> list[Token]:
        """The tokens from its subject up to its verb or auxiliary, with the dates between; none where it has
        no subject of its own."""
        subject = self.subject_head
        if subject is None:
            return []
        ends = [t.i for t in (self.head, *self.head.children) if t.i > subject.i and t.pos_ in _VERBAL]
        end = min((i for i in ends), default=self.head.i)
        relative = [t.i for t in subject.subtree if t.pos_ in _VERBAL]
        end = max([end, *relative]) if end in relative else end
        own = [t for t in self.tokens if subject.left_edge.i <= t.i < end]
        while own and own[0].i < subject.i and mention_at(self.sentence, own[0], time=True) is not None:
            own.pop(0)  # "on 4 May Arvia hosted": the parse takes the day for a part of the name
        while own and own[-1].i > subject.i and own[-1].pos_ in ("ADV", "ADJ", "SCONJ", "ADP"):
            own.pop()  # "more than doubled", "nearly tripled"
        return own

    @property
    def subject_head(self) -> Token | None:
        """The noun of its subject."""
        told = self.noun or next((c for c in self.head.children if c.dep_ in SUBJECTS), None)
        return told or _behind_a_time(self.sentence, self.head)

    @property
    def span(self) -> Span:
        """Its characters in the document."""
        return span_of(self.sentence, self.tokens)


def _past_small_clause(head: Token) -> Token:
    """The verb above a participle that only tells what became of what is seen: "*saw* more homes razed"."""
    small = head.dep_ == "ccomp" and head.tag_ == "VBN" and head.head.i < head.i
    bare = not any(c.dep_ in ("aux", "auxpass", "mark", "punct") for c in head.children)
    return head.head if small and bare else head


def _is_put_in(sentence: Sentence, token: Token) -> bool:
    """Whether a comma stands in the view alone: behind the day of "On 10 October two more died"."""
    return bool(token.is_punct) and mention_at(sentence, token, time=True) is not None and token.text == ","


def _subject_missed(head: Token) -> Token | None:
    """The noun that the parse took for the main thing, and its verb for an attribute of it: "the strike on
    Monday injured 80 people"."""
    noun = head.head
    takes = any(c.dep_ == "dobj" for c in head.children)
    if (
        head.dep_ == "acl"
        and head.tag_ in ("VBN", "VBD")
        and takes
        and noun.dep_ == "ROOT"
        and noun.pos_ == "NOUN"
    ):
        return noun
    return None


def _behind_a_time(sentence: Sentence, head: Token) -> Token | None:
    """The subject that the parse hangs on a time before it: "In 2023 *deaths* exceeded births"."""
    for led in head.children:
        noun = next((c for c in led.children if c.dep_ == "pobj"), None) if led.dep_ == "prep" else None
        if noun is None or led.i > head.i or noun.i < led.i + 2 or noun.pos_ not in ("NOUN", "PROPN"):
            continue
        between = noun.doc[led.i + 1 : noun.i]
        own = mention_at(sentence, noun, time=True)
        if own is None and all(mention_at(sentence, t, time=True) is not None for t in between):
            return noun
    return None


def _roots_apart(head: Token) -> Iterable[Token]:
    for token in head.subtree:
        if token.i == head.i:
            continue
        conjoined = token.dep_ == "conj" and token.pos_ in _VERBAL and token.head.pos_ in _VERBAL
        beside = token.dep_ == "ccomp" and above(token) != token.head  # before a semicolon
        if (
            conjoined
            or beside
            or (token.dep_ in _APART and _is_behind_a_comma(token) and not _is_listed(token))
        ):
            yield token


def _is_behind_a_comma(token: Token) -> bool:
    """Whether what hangs on a token is set apart by a sign before it."""
    first = token.left_edge.i
    return first > 0 and token.doc[first - 1].text in (",", "-", "–", "—", ";", "(")


def _is_listed(token: Token) -> bool:
    """Whether a name is one of a list of names, and no apposition."""
    return bool(token.dep_ == "appos" and token.pos_ == token.head.pos_ == "PROPN" and _joins(token))


def _joins(name: Token) -> bool:
    """Whether a name is the last but one of a list, which the parse hangs on the first: "the SPD, *the
    Greens* and the FDP"."""
    behind = [c for c in name.children if c.dep_ == "conj" and c.pos_ == "PROPN"]
    return bool(behind) and any(c.dep_ == "cc" and c.lower_ == "and" for c in name.children)


def span_of(sentence: Sentence, tokens: Sequence[Token]) -> Span:
    """The characters of tokens in the document."""
    return Span(sentence.span_of(tokens[0]).start, sentence.span_of(tokens[-1]).end)


def mention_at(sentence: Sentence, token: Token, *, time: bool) -> Mention | None:
    """The mention of a time (of a number) that covers a token."""
    at: int = token.i
    return sentence.covering[time][at]


def segments(sentence: Sentence, tokens: Sequence[Token]) -> list[Segment]:
    """The adverbials and attributes among tokens, in order, one within another apart."""
    out: list[Segment] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        time = mention_at(sentence, token, time=True)
        is_prep = token.dep_ in ("prep", "agent") or (token.pos_ == "ADP" and token.dep_ != "prt")
        if time is None and not is_prep:
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and _belongs(sentence, token, tokens[end], time):
            here = mention_at(sentence, tokens[end], time=True)
            time = here if here is not None else time
            end += 1
        kind: Kind = "time" if time is not None else "agent" if token.lower_ == "by" else "place"
        if kind == "place" and token.lower_ == "of":
            kind = "of"
        if end > at + 1 or time is not None:
            out.append(Segment(tuple(tokens[at:end]), kind, token.lower_ if is_prep else ""))
        at = end
    return out


def _belongs(sentence: Sentence, first: Token, token: Token, time: Mention | None) -> bool:
    """Whether a token goes on with a segment that begins at `first`."""
    here = mention_at(sentence, token, time=True)
    if here is not None:  # "in Arvia between 2018 and 2020": the time begins with a preposition of its own
        return here is time or (time is None and here.text.split()[0].lower() not in _OPENS_A_TIME)
    if time is not None:  # "in the 2021 federal election"
        noun = next((c for c in first.children if c.dep_ == "pobj"), None)
        return noun is not None and token.i <= noun.i
    if token.is_punct or token.dep_ in ("prep", "agent", "mark", "cc"):
        return False
    if token.dep_ == "npadvmod" and token.i and token.doc[token.i - 1].pos_ == "PROPN":
        return True  # "in Donetsk oblast"
    if token.pos_ in _VERBAL and token.dep_ not in ("amod", "compound"):
        return False
    return any(t.i == first.i for t in token.ancestors)


def rendered(
    sentence: Sentence, pieces: Sequence[Token | str], instead: Mapping[int, str] | None = None
) -> str:
    """Words as a sentence: dates that only point ("that year") as days, `instead` in the stead of tokens."""
    out: list[str] = []
    said: Mention | None = None
    before = ""
    for at, piece in enumerate(pieces):
        if isinstance(piece, str):
            out.append(f"{piece} ")
            before = piece
            continue
        if instead is not None and piece.i in instead:
            out.append(instead[piece.i] + (" " if instead[piece.i] else ""))
            continue
        time = mention_at(sentence, piece, time=True)
        points = time is not None and (time.inferred or not _DIGIT.search(time.text))
        if time is not None and points and (day := spoken(days_of(sentence, time), before)):
            if time is not said:
                out.append(f"{day} ")
            said, before = time, day
            continue
        text = sentence.span_of(piece).of(sentence.document.text)
        if piece.i + 1 == len(piece.doc) and text.count(".") == 1:
            text = text.removesuffix(".")  # "the AfD." is one token
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        joined = not isinstance(following, str) and following is not None and following.i == piece.i + 1
        out.append(text + (piece.whitespace_ if joined else " "))
        before = piece.lower_
    words = _LOOSE.sub(r"\1", _SPACES.sub(" ", "".join(out))).strip(" ,;:")
    return words[:1].upper() + words[1:] + "."


def days_of(sentence: Sentence, time: Mention) -> Period | None:
    """The days of a time; one without a year is of the year that the rest of the sentence names."""
    period = time.period
    if (
        "year" not in time.inferred
        or not _DIGIT.search(time.text)
        or period is None
        or period.start is None
        or period.end is None
    ):
        return period
    others = (m for m in sentence.mentions if m.is_time and m is not time and not m.inferred)
    years = {m.date_start.year for m in others if m.date_start is not None and _DIGIT.search(m.text)}
    if len(years) != 1 or period.start.year != period.end.year:
        return period
    year = next(iter(years))
    try:
        return Period(period.start.replace(year=year), period.end.replace(year=year))
    except ValueError:  # 29 February
        return None


def spoken(period: Period | None, before: str = "") -> str:
    """A day, a month or a year as an adverbial: "on 4 May 2019", "in 2019"; without its preposition where one
    stands before. Empty where it is neither."""
    if period is None or period.start is None or period.end is None:
        return ""
    start, end = period.start, period.end
    if start == end:
        text, prep = f"{start.day} {start:%B} {start.year}", "on"
    elif (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        text, prep = str(start.year), "in"
    elif start.day == 1 and (start.year, start.month) == (end.year, end.month) and end.day >= 28:
        text, prep = f"{start:%B} {start.year}", "in"
    else:
        return ""
    return (
        text
        if before in ("in", "on", "by", "of", "at", "since", "until", "for", "during")
        else f"{prep} {text}"
    )
