"""The operands of a comparison: a claim of the sentence with one of its slots replaced, and no sentence anew.

What stands behind the word that compares ("than *in Belland in 2012*") is read by its slots. Each takes the
stead of the claim's own of that kind: a time of its time, a name of its name, a noun of what is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from claimcheck.claims.sentence import Sentence, claim_of
from claimcheck.claims.time import Discourse, claim_time
from claimcheck.comparisons.words import rows
from claimcheck.model import Claim, ClaimTime, Link, Mention, Operand, Part, Proposition, Span, replace
from claimcheck.syntax.tree import VERBAL, Token

COUNTS = frozenset({"number", "money", "measure", "percent"})
"""Kinds of numbers that may be those of operands."""
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_LONGEST = 40
"""Words behind the one that compares, among which its second operand stands."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its preposition: "in Belland", "Belland's"; `prep` is empty where it has none."""

    tokens: tuple[Token, ...]
    prep: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a second operand by their slots. `points`: they go back to what the first counts ("that of
    2015", "those in Belland"); `led`: a word like "the" leads in its noun, which then is one who does it."""

    tokens: tuple[Token, ...]
    times: tuple[Mention, ...]
    names: tuple[Name, ...]
    number: Mention | None
    noun: Token | None
    points: bool
    led: bool

    @property
    def says(self) -> object:
        """What of it may tell a second operand from the first; false where nothing does."""
        return self.times or self.names or self.noun or self.number


class Scene:
    """A sentence with the claims that it makes, and those of the one before it."""

    def __init__(
        self, sentence: Sentence, made: Sequence[Claim], before: Sequence[Claim], discourse: Discourse
    ) -> None:
        self.sentence, self.doc = sentence, sentence.parsed.doc
        self._discourse = discourse
        self.made = [c for c in made if c.quantity is not None and c.quantity.kind in COUNTS]
        self.stated = [c for c in before if c.quantity is not None and c.quantity.kind in COUNTS]
        self.before = self.stated[-1] if self.stated else None

    def time(self, token: Token) -> Mention | None:
        """The time that covers a word."""
        at: int = token.i
        return self.sentence.covering[True][at]

    def number(self, token: Token) -> Mention | None:
        """The number that covers a word."""
        at: int = token.i
        return self.sentence.covering[False][at]

    def span(self, tokens: Sequence[Token]) -> Span:
        """The characters of words in the document."""
        return Span(self.sentence.span_of(tokens[0]).start, self.sentence.span_of(tokens[-1]).end)

    def behind(self, start: int, main: Token | None = None) -> list[Token]:
        """The words from a place on, up to where the sentence says something else. `main`: the verb of the
        first operand, which may be said again ("than Belland *did*")."""
        again, out = {"do", "have", "be", *([] if main is None else [main.lemma_.lower()])}, list[Token]()
        for token in self.doc[start : start + _LONGEST]:
            inside = self.time(token) is not None or self.number(token) is not None
            joined = token.text in ("-", "'", "’", "%", "&", "/", "$", "€", "£")
            if (token.is_punct and not inside and not joined) or token.lower_ in rows("stops"):
                break
            following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else token
            if token.dep_ == "cc" and (following.pos_ in VERBAL or following.pos_ == "PRON"):
                break
            if token.pos_ in VERBAL and not inside and token.dep_ not in ("amod", "compound"):
                own = main is not None and main.i in (token.i, token.head.i)
                if out and not own and token.lemma_.lower() in again:
                    continue
                break
            if not token.is_space:
                out.append(token)
        return out

    def phrase(self, tokens: Sequence[Token]) -> Phrase:
        """Words by their slots."""
        times = tuple(dict.fromkeys(m for t in tokens if (m := self.time(t)) and m.kind == "date"))
        rest = [t for t in tokens if self.time(t) is None]
        counted = (m for t in rest if (m := self.number(t)) is not None and m.kind in COUNTS)
        plain = [t for t in rest if self.number(t) is None]
        first = next((t.i for t in plain if t.pos_ == "ADP"), self.doc[-1].i + 1)
        nouns = (t for t in plain if t.pos_ == "NOUN" and t.dep_ not in ("poss", "compound") and t.i < first)
        noun = next(nouns, None)
        led = noun is not None and any(c.dep_ in ("det", "poss") for c in noun.children)
        points = bool(plain) and plain[0].lower_ in rows("points back")
        points = points or (noun is not None and noun.lower_ in rows("points"))
        noun = None if points else noun
        return Phrase(tuple(tokens), times, tuple(self.names(plain)), next(counted, None), noun, points, led)

    def names(self, tokens: Sequence[Token]) -> list[Name]:
        """The names among words, in order."""
        out: list[Name] = []
        run: list[Token] = []
        for token in [*tokens, None]:
            if token is not None and token.pos_ == "PROPN" and (not run or token.i == run[-1].i + 1):
                run.append(token)
                continue
            if run:
                before = [t for t in tokens if t.i < run[0].i and t.pos_ not in ("DET", "ADJ")]
                prep = before[-1] if before and before[-1].pos_ == "ADP" else None
                near = prep is not None and run[0].i - prep.i <= 3
                out.append(Name(tuple(run), prep.lower_ if prep is not None and near else ""))
            run = [token] if token is not None and token.pos_ == "PROPN" else []
        return out

    def numbered(self, stop: int) -> Claim | None:
        """The last claim of a number before a word."""
        before = [c for c in self.made if c.quantity and c.quantity.end <= self.sentence.span_of(
            self.doc[stop]).start]  # fmt: skip
        return max(before, key=lambda c: c.quantity.start if c.quantity else 0, default=None)

    def joined(self, tokens: Sequence[Token]) -> list[Name]:
        """The names of a coordination: "Arvia, Belland and Corland"."""
        found = self.names([t for t in tokens if self.time(t) is None and self.number(t) is None])
        run: list[Name] = []
        for name in found:
            between = [] if not run else self.doc[run[-1].tokens[-1].i + 1 : name.tokens[0].i]
            if run and not all(t.lower_ in (",", "and", "in", "the") for t in between):
                if len(run) > 1:
                    break
                run = []
            run.append(name)
        return run if len(run) > 1 else []

    def at(self, mention: Mention) -> int:
        """The place of the word on which a mention hangs."""
        token = self.sentence.token(mention)
        return 0 if token is None else int(token.i)

    def time_of(self, claim: Claim) -> Mention | None:
        """The time of the sentence that is a claim's."""
        start = None if claim.time is None else claim.time.start
        return next((m for m in self.sentence.mentions if m.is_time and m.start == start), None)

    def claim_for(self, number: Mention) -> Claim | None:
        """The claim of a number."""
        return next((c for c in self.made if c.quantity and c.quantity.span == number.span), None)

    def claim(self, anchor: Token, *, counted: bool = False, at: Token | None = None) -> Claim:
        """The claim of a number that is not said, of the clause of a word. `counted`: the word is what it
        counts, and not only what it is about; `at`: the word that stands for the number."""
        span = self.sentence.span_of(anchor if at is None else at)
        span = Span(span.start, span.start) if counted and at is None else span
        noun = anchor.lemma_.lower() if counted else None
        probe = Mention(
            start=span.start, end=span.end, text=span.of(self.sentence.document.text), kind="number",
            comparator="range", noun=noun, status="claim",
        )  # fmt: skip
        return claim_of(self.sentence, probe, anchor, replace(self._discourse))

    def measured(self, anchor: Token, word: Token, measure: str) -> Claim:
        """The claim of a clause, of what a word of it measures: "deadlier" says how many it killed."""
        claim, span = self.claim(anchor), self.sentence.span_of(word)
        verb, noun = measure.split()
        parts = () if claim.proposition is None else claim.proposition.parts
        stated = Part(span.start, span.end, verb, "VERB", "predicate", 1, 98)
        counted = Part(span.start, span.end, noun, "NOUN", "object", 1, 98)
        quantity = None if claim.quantity is None else replace(claim.quantity, noun=noun)
        proposition = claim.proposition and replace(claim.proposition, parts=(*parts, stated, counted))
        return replace(claim, quantity=quantity, proposition=proposition)

    def dated(self, time: Mention) -> ClaimTime:
        """A time of the sentence as that of a claim, its preposition left out: "from 2015" is 2015."""
        document = self.sentence.document
        stated = claim_time(time, document.text, document.date)
        if stated.relation in ("in", "on", "during"):
            return stated
        return replace(stated, date_start=time.date_start, date_end=time.date_end, relation="in")

    def but(self, tokens: Iterable[Token]) -> list[Span]:
        """All words of the sentence but some, and but for its times."""
        kept = {t.i for t in tokens}
        return [self.span([t]) for t in self.doc if t.i not in kept and self.time(t) is None]

    # ------------------------------------------------------------------------------------------------
    # Operands.

    def operand(
        self,
        role: Any,
        claim: Claim,
        without: Iterable[Span] = (),
        time: ClaimTime | None = None,
        names: Sequence[Name] = (),
        more: Sequence[Token] = (),
        number: Span | None = None,
    ) -> Operand:
        """A claim as an operand. `without` are the characters of what it does not say, `names` stand in the
        stead of its own, `more` are words that it says besides; `number` is its own number, where the text
        gives one."""
        hidden = tuple(s for s in without if s.start < s.end)
        quantity = claim.quantity
        if number is None and quantity is not None:
            quantity = replace(quantity, value=None, low=None, high=None, comparator="range")
        claim = replace(
            claim, quantity=quantity, time=time or claim.time, asserted=True, hedge=None,
            proposition=self._proposition(claim, hidden, more),
        )  # fmt: skip
        instead = next((Link(self.span(name.tokens).of(self._text)) for name in names), None)

        def kept(stated: Link | None) -> Link | None:
            gone = stated is not None and any(stated.text in s.of(self._text) for s in hidden)
            return instead if gone else stated

        claim = replace(
            claim, place=kept(claim.place), actor=kept(claim.actor), subject=kept(claim.subject)
        )  # fmt: skip
        text = self._stated(claim, hidden, more)
        return Operand(role=role, text=text, claim=claim, without=hidden, number=number)

    @property
    def _text(self) -> str:
        return self.sentence.document.text

    def _proposition(self, claim: Claim, hidden: Sequence[Span], more: Sequence[Token]) -> Proposition | None:
        if claim.proposition is None:
            return None
        parts = [p for p in claim.proposition.parts if not any(s.start <= p.start < s.end for s in hidden)]
        known = {p.start for p in parts}
        for token in more:
            span = self.sentence.span_of(token)
            plain = self.time(token) is None and self.number(token) is None
            if (
                plain
                and token.pos_ in _CONTENT
                and span.start not in known
                and token.lower_ not in rows("points")
            ):
                parts.append(Part(span.start, span.end, token.lemma_.lower(), token.pos_, "oblique", 1, 99))
        return replace(claim.proposition, parts=tuple(sorted(parts, key=lambda p: p.start)))

    def _stated(self, claim: Claim, hidden: Sequence[Span], more: Sequence[Token]) -> str:
        """An operand in the words of its clause, its number left out."""
        kept, at = [], claim.start
        quantity = claim.quantity.wide if claim.quantity and claim.quantity.value is not None else None
        for span in sorted([*hidden, *([quantity] if quantity else [])], key=lambda s: s.start):
            kept.append(self._text[at : max(at, min(span.start, claim.end))])
            at = max(at, span.end)
        kept.append(self._text[at : max(at, claim.end)])
        if more and not Span(claim.start, claim.end).contains(self.span(more)):
            kept.append(self.span(more).of(self._text))
        return " ".join(" … ".join(filter(None, map(str.strip, kept))).split())

    def sides(
        self, claim: Claim, phrase: Phrase, cue: Sequence[Span], other: Claim | None = None
    ) -> tuple[Operand, Operand] | None:
        """The operands of a claim that is compared with what a phrase says; `cue` are the words that compare,
        `other` is the claim of the phrase's own number. None where the phrase tells nothing apart."""
        if not phrase.says or len(phrase.times) > 1:
            return None
        said = self.span(phrase.tokens)
        number = None if claim.quantity is None or not self._says(claim) else claim.quantity.span
        time = self.dated(phrase.times[0]) if phrase.times else None
        own = claim.time is not None and claim.time.basis in ("clause", "sentence")
        shared = time if time is not None and not own and (phrase.names or phrase.noun) else None
        first = self.operand("first", claim, [*cue, said], shared, number=number)
        gone, base = list(cue), claim
        if time is not None and claim.time is not None and claim.time.start is not None and own:
            gone.append(Span(claim.time.start, claim.time.end or claim.time.start))
        outside = (t for t in self.doc if not said.contains(self.sentence.span_of(t)))
        mine = self.names([t for t in outside if self.time(t) is None and self.number(t) is None])
        for name in phrase.names:
            if (same := self._alike(name, mine)) is not None:
                gone.append(self.span(same.tokens))
        names = phrase.names
        if phrase.noun is not None and phrase.led and claim.quantity is not None and claim.quantity.noun:
            agent = [t for t in phrase.noun.subtree if t in phrase.tokens]
            names = (Name(tuple(agent), ""), *names)
            gone += [] if claim.subject is None else self._where(claim.subject.text)
        elif phrase.noun is not None:
            base = self.claim(phrase.noun, counted=True)
            base = replace(base, time=claim.time, place=claim.place)
            if (noun := self._counted(claim)) is not None:
                gone.append(noun)
        if other is not None:
            base = replace(claim, quantity=other.quantity)
        stated = None if phrase.number is None or other is None else phrase.number.span
        second = self.operand("second", base, gone, time, names, phrase.tokens, stated)
        return first, second

    def _where(self, words: str) -> list[Span]:
        """Where the sentence says some words first."""
        whole = self.sentence.parsed.span
        at = self._text.find(words, whole.start, whole.end)
        return [Span(at, at + len(words))] if at >= 0 else []

    def _says(self, claim: Claim) -> bool:
        own = claim.quantity
        return own is not None and (own.low is not None or own.high is not None)

    def _alike(self, name: Name, mine: Sequence[Name]) -> Name | None:
        """The name that another stands in the stead of: that with its preposition, else the last."""
        same = [n for n in mine if bool(n.prep) == bool(name.prep)]
        same = [n for n in same if n.prep == name.prep] or same or list(mine)
        return (same[0] if not name.prep else same[-1]) if same else None

    def _counted(self, claim: Claim) -> Span | None:
        """The words of what a claim counts."""
        head = next((s for s in claim.slots if s.slot == "counted noun" and s.start is not None), None)
        if head is not None and head.start is not None and head.end is not None:
            return Span(head.start, head.end)
        return claim.quantity.span if claim.quantity is not None and not self._says(claim) else None


def before(time: ClaimTime | None) -> ClaimTime | None:
    """The year before a whole year: what a change in it is measured against; None of other times."""
    period = None if time is None else time.period
    if time is None or period is None or period.start is None or period.end is None:
        return None
    if not 360 <= (period.days or 0) <= 370:
        return None
    start, end = (day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
                  for day in (period.start, period.end))  # fmt: skip
    return replace(time, start=None, end=None, timex=None, date_start=start, date_end=end, relation="in")
