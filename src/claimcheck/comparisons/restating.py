"""A clause said anew: with another part, number or time; each side of a comparison as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from claimcheck.claims.clauses import SUBJECTS, Token, above, clause_head
from claimcheck.claims.sentence import Sentence
from claimcheck.comparisons.words import NUMBER, Admitted, part, qualifier, rows
from claimcheck.model import Mention, Period, Span

# ----------------------------------------------------------------------------------------------------
# A clause as words that can be put together anew: its subject, its adverbials, a part in another's stead.

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


# ----------------------------------------------------------------------------------------------------
# By how much, or how many times, one side of a comparison exceeds the other: "300 more", "twice as many".


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


# ----------------------------------------------------------------------------------------------------
# A clause said again, with another number or of another time; and which one a subject that only points goes
# back to: "In 2015, 2,000 refugees lived in Arvia. Four years later *the figure* had doubled."

COUNTS = frozenset({"number", "money", "measure", "percent"})
_MOST_WORDS = 3
"""Tokens that a subject has at most which only points: "that number"."""


@dataclass(frozen=True, slots=True)
class Said:
    """A clause and the one number that it tells."""

    clause: Clause
    number: Mention

    @property
    def times(self) -> list[Mention]:
        """The days that it names."""
        found = (mention_at(self.clause.sentence, t, time=True) for t in self.clause.tokens)
        return list(dict.fromkeys(m for m in found if m is not None and m.period is not None))

    def again(self, time: str | None, number: str = NUMBER) -> str | None:
        """The clause with another number, at another time where one is given; None where it names several
        times."""
        instead = saying(self.clause, self.number, number)
        if time is None:
            return rendered(self.clause.sentence, self.clause.tokens, instead)
        return at_time(self.clause, self.clause.tokens, instead, time, or_none=True)


def antecedent(clause: Clause) -> Said | None:
    """The clause with the number to which a clause's subject goes back, in its own sentence or in the one
    before; None where the subject names something itself, or several numbers stand there."""
    return (
        said_before(clause.sentence, clause.tokens[0].i)
        if points_back(clause) and not names_more(clause)
        else None
    )


def names_more(clause: Clause) -> bool:
    """Whether a clause tells it of another place or doer: "*in Orm* the figure had doubled"."""
    found = segments(clause.sentence, clause.tokens)
    return any(s.kind in ("place", "agent") and any(t.pos_ == "PROPN" for t in s.tokens) for s in found)


def said_before(sentence: Sentence, stop: int) -> Said | None:
    """The one number that is told before a token, in its own sentence, or else in the one before."""
    found, source = numbers_in(sentence, stop), sentence
    if not found and sentence.before is not None:
        source = sentence.before
        found = numbers_in(source, len(source.parsed.doc))
    if len(found) != 1 or (token := source.token(found[0])) is None:
        return None
    clause = Clause(source, token)
    if source is sentence and any(t.i >= stop for t in clause.tokens):
        return None
    return Said(clause, found[0])


def points_back(clause: Clause) -> bool:
    """Whether a clause's subject only points: "the figure", "it", "that number"."""
    subject = [t for t in clause.subject if mention_at(clause.sentence, t, time=True) is None]
    return (
        0 < len(subject) <= _MOST_WORDS
        and subject[-1].lower_ in rows("points")
        and all(t.dep_ in ("det", "nsubj", "nsubjpass") for t in subject)
    )


def numbers_in(sentence: Sentence, stop: int) -> list[Mention]:
    """The numbers of a sentence up to a token that count something, in order."""
    found: dict[Mention, None] = {}
    for token in sentence.parsed.doc[:stop]:
        mention = mention_at(sentence, token, time=False)
        if mention is not None and mention.kind in COUNTS and mention.reason is None and not is_times(token):
            found[mention] = None
    return list(found)


def is_times(token: Token) -> bool:
    """Whether a number only says how many times as much."""
    return bool(token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "times")


def saying(clause: Clause, base: Mention, said: str) -> dict[int, str]:
    """The clause's number said otherwise, in its own unit."""
    sentence = clause.sentence
    own = [t for t in clause.tokens if base.wide_start <= span_of(sentence, [t]).start < base.end]
    unit = ""
    if base.kind in ("percent", "money", "measure") and said == NUMBER:  # not "million"
        inside = (t for t in own if span_of(sentence, [t]).start >= base.start and not t.like_num)
        unit = " ".join(t.text for t in inside if not any(c.isdigit() for c in t.text))
    return dict.fromkeys((t.i for t in own), "") | ({own[0].i: f"{said} {unit}".strip()} if own else {})


def at_time(
    clause: Clause, own: Sequence[Token], instead: Mapping[int, str], said: str, or_none: bool = False
) -> str | None:
    """The clause at another time; None where it names none of its own (`or_none`: that is no matter), or
    several."""
    times = [s for s in segments(clause.sentence, own) if s.kind == "time"]
    if not said or len(times) > 1 or (not times and not or_none):
        return None
    gone = {t.i for s in times for t in s.tokens}
    kept = [t for t in own if t.i not in gone]
    while kept and kept[0].is_punct:
        kept.pop(0)
    return rendered(clause.sentence, [*kept, said], instead)


# ----------------------------------------------------------------------------------------------------
# The two sides of a comparison as sentences of their own: "Arvia took in more refugees than Belland in
# 2016" says "Arvia took in … refugees in 2016" and "Belland took in … refugees in 2016".

_ANAPHORS = frozenset({"that", "those", "one", "ones"})
_WITHIN_A_NAME = frozenset("/-–’'&")
_PROVERBS = frozenset({"do", "have", "be"})
STOPS = frozenset({"but", "while", "whereas", "although", "though", "because", "if", "unless", "when"})
"""Words with which a clause says something else: the operand ends there."""
_Pair = tuple[list["Token | str"], list["Token | str"]]


def behind_operand(sentence: Sentence, clause: Clause, than: Token) -> list[Token]:
    """The words of the second operand: those behind "than", up to where the clause says something else."""
    inside = {t.i for t in clause.tokens}
    out: list[Token] = []
    for token in than.doc[than.i + 1 :]:
        masked = mention_at(sentence, token, time=True) is not None
        if token.text in (",", ";", ":", "–", "—", "(", ")") and not masked:
            break
        within = masked or (token.text in _WITHIN_A_NAME and not token.doc[token.i - 1].whitespace_)
        if token.lower_ in STOPS or (token.is_punct and token.i not in inside and not within):
            break
        if (
            token.dep_ == "cc"
            and token.i + 1 < len(token.doc)
            and token.doc[token.i + 1].pos_ in ("VERB", "AUX")
        ):
            break
        if token.is_space:
            continue
        out.append(token)
    while out and out[-1].is_punct:
        out.pop()
    return out


def members(sentence: Sentence, behind: Sequence[Token]) -> list[list[Token]]:
    """Each of those that a second operand adds up, with what they share: "than in 2015 and 2016 combined".
    The operand itself where it is one; none where it names several times and adds nothing up."""
    together = {t.i for n, t in enumerate(behind) if _adds_up(behind, n)}
    words = [t for t in behind if t.i not in together]
    joints = [n for n, t in enumerate(words) if t.dep_ == "cc" and mention_at(sentence, t, time=True) is None]
    if not joints:
        return [words] if words else []
    at = joints[0]
    if len(joints) > 1 or not together or words[at].lower_ != "and" or not 0 < at < len(words) - 1:
        return []
    first, last = at - 1, at + 1
    if words[at + 1].dep_ == "prep":  # "in 2015 and in 2016"
        first = max((n for n in range(at) if words[n].lower_ == words[at + 1].lower_), default=-1)
        last += 1
    kind = _kind_of(sentence, words[last]) if last < len(words) else None
    if first < 0 or kind is None or _kind_of(sentence, words[at - 1]) != kind:
        return []
    while first > 0 and words[first].dep_ != "prep" and _kind_of(sentence, words[first - 1]) == kind:
        first -= 1
    while last + 1 < len(words) and _kind_of(sentence, words[last + 1]) == kind:
        last += 1
    return [
        [*words[:first], *member, *words[last + 1 :]]
        for member in (words[first:at], words[at + 1 : last + 1])
    ]


def _adds_up(words: Sequence[Token], at: int) -> bool:
    return any(
        " ".join(t.lower_ for t in words[start : start + length]) in rows("together")
        for length in (1, 2)
        for start in range(max(0, at - length + 1), at + 1)
    )


def _kind_of(sentence: Sentence, token: Token) -> str | None:
    """Whether a word is of a time or of a name; None of others."""
    if mention_at(sentence, token, time=True) is not None:
        return "time"
    return "name" if token.pos_ == "PROPN" else None


def ways_to_say(sentence: str) -> list[str]:
    """A sentence that says a number of its subject ("The number of refugees in Arvia was 45 in 2019"), and
    the same as that which is counted ("There were 45 refugees in Arvia in 2019")."""
    for be in (" was ", " were ", " stood "):
        subject, found, rest = sentence.partition(f"{be}{NUMBER}")
        if not found:
            continue
        stood = [] if be == " stood " else [sentence.replace(f"{be}{NUMBER}", f" stood at {NUMBER}", 1)]
        around, comma, subject = subject.rpartition(", ")
        rest = f" {around[:1].lower()}{around[1:]}{rest}" if comma else rest
        lower = subject[:1].lower() + subject[1:]
        for lead in ("the number of ", "the amount of ", "the total number of ", "the share of "):
            if lower.startswith(lead):
                counted = subject[len(lead) :]
                amount = [f"There were {NUMBER} {u} of {counted}{rest}" for u in rows("unit")]
                return [
                    sentence,
                    *stood,
                    f"There were {NUMBER} {counted}{rest}",
                    *(amount if "amount" in lead else []),
                ]
        if be == " were ":
            bare = lower.removeprefix("the ")
            return [sentence, *stood, f"There were {NUMBER} {bare}{rest}"]
        return [sentence, *stood]
    return [sentence]


def sides_of(
    clause: Clause, behind: Sequence[Token], instead: dict[int, str], stop: int
) -> tuple[str, str] | None:
    """The two operands as sentences; `behind` are the words of the second, before `stop` stand those of the
    first."""
    sentence = clause.sentence
    taken = {t.i for t in behind}
    first = [t for t in clause.tokens if t.i < stop and t.i not in taken]
    rest = [t for t in clause.tokens if t.i > behind[-1].i]
    if not first:
        return None
    found = segments(sentence, behind)
    at = found[0].start if found else behind[-1].i + 1
    lead = [t for t in behind if t.i < at]
    did = False
    while lead and len(lead) > 1 and (lead[-1].lemma_ in _PROVERBS or _is_the_same(lead[-1], clause.head)):
        lead, did = lead[:-1], True
    mine: list[Token | str] = list(first)
    subject = clause.subject
    if clause.subject_head is not None and _is_a_deed(lead):
        pair = _by_deed(clause, first, lead, found)
    elif not lead:
        pair = _by_segments(sentence, first, found, subject)
    elif any(t.pos_ == "VERB" for t in lead) and lead[0].pos_ == "PRON":
        verb = next(t for t in lead if t.pos_ == "VERB")  # "twice as many people as it killed"
        pair = mine, [verb if t.i == clause.head.i else t for t in first]
    elif lead[-1].lower_ in _ANAPHORS:
        pair = _by_anaphor(sentence, first, lead, found, subject)
    else:
        pair = _by_phrase(clause, first, rest, lead, found, did)
    if pair is None:
        return None
    kinds = {s.kind for s in found} if did else set()
    again = {t.i for s in segments(sentence, rest) if s.kind in kinds for t in s.tokens}
    one, other = [*pair[0], *rest], [*pair[1], *(t for t in rest if t.i not in again)]
    said = rendered(sentence, one, instead), rendered(sentence, other, instead)
    return said if said[0] != said[1] else None


def _is_plural(noun: Token) -> bool:
    return bool(noun.tag_ == "NNS")


def _is_a_kind(lead: Sequence[Token]) -> bool:
    """Whether words are a bare plural: "prison places"."""
    bare = bool(lead) and _is_plural(lead[-1]) and all(t.pos_ in ("NOUN", "ADJ") for t in lead)
    return bare and (not _is_named(lead) or lead[0].i == 0)


def _is_the_same(verb: Token, other: Token) -> bool:
    """Whether the second operand says the verb of the first again: "than Belland *hosted* in 2015"."""
    return bool(verb.pos_ == "VERB" and verb.lemma_ == other.lemma_ and verb.i != other.i)


def _by_segments(
    sentence: Sentence, first: list[Token], found: Sequence[Segment], subject: Sequence[Token]
) -> _Pair | None:
    """ "in Arvia … than in Belland in 2016": each adverbial in the stead of the one of its kind; what the
    first has none of is shared, but for what is compared."""
    one: list[Token | str] = list(first)
    other: list[Token | str] = list(first)
    theirs = segments(sentence, first)
    for at, own in enumerate(found):
        same = [s for s in theirs if s.kind == own.kind]
        same = [s for s in same if s.prep == own.prep] or same
        if same:
            other = _in_stead(other, same[-1], list(own.tokens))
        elif (
            at == 0 and own.kind == "place" and _is_a_name(subject)
        ):  # "Arvia hosted twice as many as in Belland"
            gone = {t.i for t in subject}
            kept = [t for t in first if t.i not in gone]
            index = next(n for n, t in enumerate(first) if t.i in gone)
            other = [*kept[:index], *own.tokens[1:], *kept[index:]]
        elif at == 0 and own.kind != "time":
            return None
        else:
            other = [*other, *own.tokens]
            if at > 0:
                one = [*one, *own.tokens]
    return one, other


def _is_named(lead: Sequence[Token]) -> bool:
    """Whether words are a name: the parse takes one that it does not know for a noun at times."""
    last = lead[-1]
    others = any(t.pos_ == "NOUN" for t in lead[:-1])
    return not others and (last.pos_ == "PROPN" or (last.pos_ == "NOUN" and last.text[:1].isupper()))


def _is_a_name(subject: Sequence[Token]) -> bool:
    return bool(subject) and all(t.pos_ == "PROPN" for t in subject)


def _is_a_deed(lead: Sequence[Token]) -> bool:
    """Whether words are a verb alone, with its auxiliaries: "than *were executed* in 2023"."""
    verbs = [t for t in lead if t.pos_ == "VERB"]
    bare = len(verbs) == 1 and all(t.pos_ in ("VERB", "AUX") for t in lead)
    return bare and verbs[0].tag_ in ("VBN", "VBD") and not any(c.dep_ in SUBJECTS for c in verbs[0].children)


def _by_deed(
    clause: Clause, first: list[Token], lead: Sequence[Token], found: Sequence[Segment]
) -> _Pair | None:
    """ "more people died in custody in Arvia than were executed": what else befell those of the subject, in
    the same place, at the same time."""
    sentence, own = clause.sentence, {t.i for t in clause.subject}
    if not any(t.lower_ in rows("more") for t in clause.subject):
        return None
    around = [t for t in first if t.i not in own]
    theirs = {s.kind for s in found}
    told = [s for s in segments(sentence, around) if s.kind == "time" or s.tokens[-1].pos_ == "PROPN"]
    shared = [t for s in told if s.kind not in theirs for t in s.tokens]
    times = [t for s in found if s.kind == "time" for t in s.tokens]
    mine: list[Token] = [] if any(s.kind == "time" for s in told) else times
    one: list[Token | str] = [*first, *mine]
    other: list[Token | str] = [t for t in first if t.i in own]
    return one, [*other, *lead, *shared, *(t for s in found for t in s.tokens)]


def _by_anaphor(
    sentence: Sentence,
    first: list[Token],
    lead: list[Token],
    found: Sequence[Segment],
    subject: Sequence[Token],
) -> _Pair | None:
    """ "that of the Belland flood", "the one at Tarn on 4 May": the subject's noun with other attributes."""
    if not subject or not found:
        return None
    own = [t for t in first if t.i in {s.i for s in subject}]
    theirs = segments(sentence, own)
    event = lead[-1].lower_ in ("one", "ones")
    other: list[Token | str] = list(first)
    used: list[Token] = []
    shared: list[Token] = []
    timeless = not event and len(found) > 1 and not any(s.kind == "time" for s in segments(sentence, first))
    for segment in found:
        if timeless and segment.kind == "time":  # "those in Belland in 2019": both in 2019
            shared += segment.tokens
            continue
        same = [s for s in theirs if s.kind == segment.kind]
        same = [s for s in same if s.prep == segment.prep] or same
        owner = next((t for t in own if t.dep_ == "poss" and t.pos_ == "PROPN"), None)
        named = segment.kind == "of" and segment.tokens[-1].pos_ == "PROPN"
        there = [s for s in theirs if s.kind == "place" and s.tokens[-1].pos_ == "PROPN"]
        if named and there and not any(s.tokens[-1].pos_ == "PROPN" for s in same):
            other = _in_stead(other, there[-1], [there[-1].tokens[0], *segment.tokens[1:]])
        elif same:
            other = _in_stead(other, same[-1] if segment.kind != "of" else same[0], list(segment.tokens))
        elif owner is not None and segment.kind == "of":  # "Arvia's harvest was twice that of Belland"
            whose = Segment(tuple(owner.subtree), "of", "of")
            other = _in_stead(other, whose, [*segment.tokens[1:], "'s"])
        else:
            used += segment.tokens
    if used:
        last = own[-1]
        at = next((n for n, p in enumerate(other) if not isinstance(p, str) and p.i > last.i), len(other))
        other = [*other[:at], *used, *other[at:]]
    kinds = {s.kind for s in found}
    if event:  # what tells the first apart does not tell of the other
        for left in theirs:
            if left.kind not in kinds and left.kind in ("place", "time"):
                other = _in_stead(other, left, []) if left.kind == "place" else other
    return [*first, *shared], [*other, *shared]


def _by_phrase(
    clause: Clause,
    first: list[Token],
    rest: list[Token],
    lead: list[Token],
    found: Sequence[Segment],
    did: bool,
) -> _Pair | None:
    """ "than Belland", "than the flood at Orm on 14 October": in the stead of the subject; where that
    is what is counted, of its place. `did`: the second has a verb of its own ("than Belland did"), and
    its time with it."""
    sentence, subject, head = clause.sentence, clause.subject, clause.subject_head
    theirs = segments(sentence, first)
    around = [s.kind for s in segments(sentence, rest)]
    owner = next((t for t in subject if t.dep_ == "poss"), None)
    if lead[-1].tag_ == "POS" and owner is not None:  # "Arvia's refugees outnumbered Belland's"
        own = {t.i for t in owner.subtree}
        whose = [t for t in first if t.i in own]
        at = next(n for n, t in enumerate(first) if t.i == whose[0].i)
        both: list[Token] = (
            [] if any(s.kind == "time" for s in theirs) else [t for s in found for t in s.tokens]
        )
        return [*first, *both], [*first[:at], *lead, *first[at + len(whose) :], *both]
    named = _is_named(lead)
    plain = head is not None and (head.dep_ == "expl" or head.lower_ == "there")
    counted = any(t.lower_ in rows("more") or t.lower_ in rows("same") for t in subject)
    if not subject or plain or counted:
        places = [s for s in theirs if s.kind == "place"]
        if (
            not named
            and (counted and lead[0].dep_ == "det")
            and (pair := _by_object(clause, first, lead, found))
        ):
            return pair
        if not named or not places:
            return None
        prep = places[-1].tokens[0]
        return list(first), _in_stead(
            list(first), places[-1], [prep, *lead, *(t for s in found for t in s.tokens)]
        )
    own = {t.i for t in subject}
    inside = [t for t in first if t.i in own]
    if not inside:
        return None
    shared: list[Token] = []
    mine: list[Token] = []
    within = segments(sentence, inside)
    noun = [t for t in inside if not within or t.i < within[0].start]
    bare = _is_a_kind(lead) and _is_a_kind(noun)  # "convictions outnumbered acquittals in Arvia"
    for segment in found:
        outside = [s for s in theirs if s.kind == segment.kind and s.start not in own]
        common = named and segment.kind == "time" and not outside and not did and "time" not in around
        common = common or (bare and not any(s.kind == segment.kind for s in theirs))
        (shared if common else mine).extend(segment.tokens)
    replacing: list[Token | str] = [*lead, *(mine if not named else [])]
    if bare and not any(
        s.kind in ("place", "of") for s in found
    ):  # "deaths in custody in Arvia exceeded births"
        replacing += [t for s in within if s.tokens[-1].pos_ == "PROPN" or s.kind == "time" for t in s.tokens]
    at = next(n for n, t in enumerate(first) if t.i == inside[0].i)
    other: list[Token | str] = [*first[:at], *replacing, *first[at + len(inside) :]]
    if named:
        for segment in found:
            if segment.tokens[0].i not in {t.i for t in mine}:
                continue
            same = [s for s in theirs if s.kind == segment.kind and s.start not in own]
            other = _in_stead(other, same[-1], list(segment.tokens)) if same else [*other, *segment.tokens]
    return [*first, *shared], [*other, *shared]


def _by_object(
    clause: Clause, first: list[Token], lead: Sequence[Token], found: Sequence[Segment]
) -> _Pair | None:
    """ "fewer groups signed the letter of May than *the statement of June*": in the stead of the object."""
    thing = next((c for c in clause.head.children if c.dep_ == "dobj"), None)
    if thing is None or not lead or lead[-1].pos_ not in ("NOUN", "PROPN"):
        return None
    own = {t.i for t in thing.subtree}
    at = next((n for n, t in enumerate(first) if t.i in own), None)
    if at is None:
        return None
    kept = [t for t in first if t.i not in own]
    theirs = [t for s in found for t in s.tokens]
    return list(first), [*kept[:at], *lead, *theirs, *kept[at:]]


def _in_stead(pieces: list[Token | str], segment: Segment, words: Sequence[Token | str]) -> list[Token | str]:
    own = {t.i for t in segment.tokens}
    out: list[Token | str] = []
    done = False
    for piece in pieces:
        if not isinstance(piece, str) and piece.i in own:
            if not done:
                out.extend(words)
                done = True
            continue
        out.append(piece)
    return out
