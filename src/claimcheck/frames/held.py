"""Numbers that are claims only where a table holds such: lengths of time, ages, places in an order, asides.

"The talks dragged on for nineteen hours" is a claim to whoever keeps a table of hours, and part of a story to
everybody else. Such numbers are read like all others, with their place, time and actor, and wait as
`Reading.latent` until the packages are known. Where a measure comes in units of time (in ranks), its lengths
(ranks) are claims, and where a row answers one (a strike from 2 to 23 May and "three weeks"), that one is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from claimcheck.judging.relations import SPANS, unit_named
from claimcheck.lexicon import load, words_of, written
from claimcheck.model import DECIDED, CheckedDocument, Claim, Mention, Reading, Span, Verdict, in_order
from claimcheck.numbers.quantities import NOTHING_COUNTED

NEAR = 0.3
"""From this probability on that it is meant, a row answers a date, whatever it says of it."""

Held = Literal["length", "rank", "aside"]


def held_as(mention: Mention, text: str, sentence: Span) -> Held | None:
    """What a number or a date says that is a claim only where a table holds such; None of all others.

    Example: 'length', of "They waited nineteen hours."
    """
    own = kind_of(mention)
    least = _OF_A_TOTAL if mention.cumulative else 0
    return own if own is not None or claimhood(mention, text, sentence) >= least else "aside"


def claimhood(mention: Mention, text: str, sentence: Span) -> float:
    """How much speaks for a number or a date of a sentence being a claim that somebody would check."""
    start, end = mention.wide_start, mention.end
    rest = f"{text[sentence.start : mention.start]} {text[end : sentence.end]}"
    asked: dict[str, Callable[[re.Pattern[str]], object]] = {
        "before a time": lambda p: p.search(text[max(0, start - _BEFORE) : start]),
        "behind": lambda p: p.match(text, end, sentence.end),
        "before": lambda p: p.search(text[max(0, start - _BEFORE) : start]),
        "number": lambda p: p.match(mention.text),
        "time": lambda p: p.match(mention.text),
        "sentence": lambda p: p.search(rest),
    }
    mine = (cue for cue in _cues() if cue[0].endswith("time") is mention.is_time)
    return sum(weight for at, found, weight in mine if asked[at](found))


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str], float], ...]:
    found = ((row["seen"], written("claimhood", row.id), row["weight"]) for row in load("claimhood"))
    return tuple((seen, re.compile(words), weight) for seen, words, weight in found)


_OF_A_TOTAL = -3.5  # of a running total: "the 21st to die"
_BEFORE = 60  # characters before a number that are looked at


def kind_of(mention: Mention) -> Literal["length", "rank"] | None:
    """What a number is by its kind: a length of time, a place in an order, or another."""
    if mention.kind == "ordinal":
        plain = mention.reason in (None, NOTHING_COUNTED, "name") and mention.rule == "ordinal"
        return "rank" if plain else None
    open_ = not mention.reason and mention.status != "not_claim"
    return "length" if mention.kind in SPANS and open_ else None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What tables hold: of which numbers there are measures, and whether there are events with days,
    between which a length of time lies and which are the first or third of a series."""

    measures: frozenset[Held] = frozenset()
    events: bool = False

    def of(self, claim: Claim) -> Literal["wanted", "where answered", "never"]:
        """When the claim of such a number is one: always, where a row answers it, or never. An age is one of
        everybody, and a claim only to a table that has it; a number in passing waits for a row of any
        table, figures too."""
        own = claim.quantity
        if own is None or (kind := kind_of(own)) is None:
            return "where answered"
        if kind in self.measures and own.kind != "age":
            return "wanted"
        return "where answered" if self.measures or self.events else "never"


def holdings(measures: Mapping[tuple[str, str], Iterable[str | None]], events: bool) -> Holdings:
    """What tables hold, by their measures, (package, measure), each with the units of its rows."""
    found: set[Held] = set()
    ranked = frozenset(words_of("linking_words", "rank"))
    for (_, measure), tabled in measures.items():
        units = [unit for unit in tabled if unit]
        if any((named := unit_named(unit)) is not None and named.kind == "duration" for unit in units):
            found.add("length")
        if not ranked.isdisjoint(w for text in (measure, *units) for w in text.lower().split()):
            found.add("rank")
    return Holdings(frozenset(found), events)


def all_held(reading: Reading) -> Reading:
    """The reading with all of its latent claims: a reviewer has one before her."""
    claims = tuple(sorted([*reading.claims, *reading.latent], key=in_order))
    return replace(reading, claims=claims, latent=())


def without_whens(claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """The claims, and apart from them those of dates that only say when a number was, or what is compared: of
    "29 patients were evacuated on 29 December" the date is the number's, and a claim where a row is of it."""
    dated: dict[tuple[int, int | None], list[Claim]] = {}
    for claim in claims:
        has_number = claim.quantity is not None or claim.comparison is not None
        if has_number and claim.time is not None and claim.time.start is not None:
            dated.setdefault((claim.context.start, claim.time.start), []).append(claim)
    kept: list[Claim] = []
    whens: list[Claim] = []
    for claim in claims:
        when = claim.time.start if claim.kind == "event" and claim.quantity is None and claim.time else None
        numbers = dated.get((claim.context.start, when), []) if when is not None else []
        inside = any(claim.start <= (n.quantity or n).start < claim.end for n in numbers)
        (whens if inside else kept).append(claim)
    return kept, whens


def with_held(reading: Reading, held: Holdings) -> Reading:
    """The reading with those of its latent claims that rows may answer."""
    more = [claim for claim in reading.latent if held.of(claim) != "never"]
    if not more:
        return reading
    return replace(reading, claims=tuple(sorted([*reading.claims, *more], key=in_order)))


def shown(checked: CheckedDocument, held: Holdings) -> CheckedDocument:
    """The document without the latent claims that no table wants and no row answers. A number beside a date
    that is decided stays, open: nobody is to think that the verdict is of the number as well."""
    latent = {claim.claim_id: claim for claim in checked.reading.latent}
    if not latent:
        return checked
    verdicts = checked.verdicts
    dates = [
        Span(c.start, c.end) for c in checked.reading.claims
        if c.quantity is None and (known := verdicts.get(c.claim_id)) and known.verdict in DECIDED
    ]  # fmt: skip
    out = {
        key for key, claim in latent.items()
        if held.of(claim) != "wanted" and not _answers(claim, verdicts.get(key))
        and not any(claim.quantity and span.contains(claim.quantity.span) for span in dates)
    }  # fmt: skip
    stay = {(c.quantity.start, c.quantity.end) for key, c in latent.items() if key not in out and c.quantity}
    reading = replace(
        checked.reading,
        claims=tuple(claim for claim in checked.reading.claims if claim.claim_id not in out),
        mentions=tuple(
            replace(m, status="claim", reason=None) if not m.is_time and (m.start, m.end) in stay else m
            for m in checked.reading.mentions
        ),
        latent=tuple(claim for key, claim in latent.items() if key in out),
    )
    kept = {key: verdict for key, verdict in verdicts.items() if key not in out}
    return replace(checked, reading=reading, verdicts=kept)


def _answers(claim: Claim, verdict: Verdict | None) -> bool:
    """Whether a row answers a claim: it decides it, or makes a verdict likely; of a date that it is meant at
    all, whatever it says. That a number is of a year answers no date: the number's own claim says so."""
    if verdict is None or verdict.verdict in DECIDED:
        return verdict is not None
    if claim.quantity is not None:
        return verdict.likely is not None
    dated = [s for s in verdict.suggestions if not s.row.measure]
    likely = verdict.likely is not None and any(not s.row.measure for s in verdict.likely.rows[:1])
    return likely or any((s.probability or 0) >= NEAR for s in dated)
