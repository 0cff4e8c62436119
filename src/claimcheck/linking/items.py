"""A claim of a batch with what its text links to, and what can be said from that alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter

from claimcheck.judging.relations import Candidate, is_dated, own_period
from claimcheck.linking.candidates import public_key
from claimcheck.linking.claimlinks import NOWHERE, PlaceLink
from claimcheck.linking.found import Wanted
from claimcheck.linking.places import NameIndex
from claimcheck.linking.tableplaces import key_of
from claimcheck.linking.vocabulary import Match
from claimcheck.model import Claim, Document, Link, ReferenceRow, Span

_THERE = re.compile(
    r"\b[a-z]{3,}\s+there\b(?!\s+(?:is|are|was|were|has|have|had|will|would|remain|may|could)\b)"
)
"""Where a clause points back to a place itself: "390,000 are trapped there"."""


@dataclass(slots=True)
class Item:
    """A claim of the batch with what its text links to, and the candidates found so far."""

    claim: Claim
    document: Document
    measures: tuple[Match, ...] = ()
    place: PlaceLink = NOWHERE
    candidates: list[Candidate] = field(default_factory=list)
    counts_other: bool = False  # there were rows, and they count something else
    beside: Sequence[Claim] = ()  # the claims with a number of its sentence
    settled: bool = False  # the row that the document is about decides it alone
    counts: dict[Hashable, bool] = field(default_factory=dict)  # whether it counts what rows of a kind count


_FIELDS = tuple(f.name for f in fields(Claim))
_VALUES = attrgetter(*_FIELDS)


def changed(claim: Claim, **values: object) -> Claim:
    """The claim with other values: `dataclasses.replace` in half of its time; every claim comes by here."""
    return Claim(**{**dict(zip(_FIELDS, _VALUES(claim), strict=True)), **values})


def wanted_of(number: int, item: Item) -> Iterable[Wanted]:
    period = own_period(item.claim)
    first, last = (None, None) if period is None else (period.start, period.end)
    keys: Sequence[str | None]
    for match in item.measures:
        prefix = key_of(match.package, "")
        keys = sorted(key for key in item.place.keys if key.startswith(prefix))
        for place in keys or (None,):
            yield Wanted(number, match.package, match.measure, place, first, last)


def is_guessed(item: Item, row: ReferenceRow) -> bool:
    """Whether both the claim's place and its time were taken from other sentences; the time of a row that has
    none is taken from nowhere. What happened in a period may have been at any of several places before."""
    claim, place = item.claim, item.place
    timeless = row.first is None and row.last is None and row.as_of is None
    elsewhere = 0 <= place.at < claim.context.start and _THERE.search(claim.text) is None
    return elsewhere and (timeless or not is_dated(claim) or (place.unsure and row.measure_type == "flow"))


def missing_link(item: Item, placed: Mapping[tuple[str, str], str | None]) -> str:
    """Which link of a claim without candidates failed, so that a curator knows which row to add. `placed`:
    the measures whose rows have places, with their type."""
    if item.claim.kind == "event":
        return "no_reference"
    if not item.measures:
        return "no_measure"
    if item.counts_other:
        return "unit_mismatch"
    measures = [(m.package, m.measure) for m in item.measures]
    if any(measure in placed for measure in measures) and not item.place.keys:
        return "no_place"
    flows = any(placed.get(measure) == "flow" for measure in measures)
    return "no_time" if flows and own_period(item.claim) is None else "no_reference"


def said_by(item: Item, row: ReferenceRow) -> frozenset[str]:
    """The stems of the vocabulary that linked a claim to a row's measure."""
    for match in item.measures:
        if match.measure == row.measure and match.package == row.package:
            return match.stems
    return frozenset()


def numbers_by_sentence(items: Iterable[Item]) -> dict[Span, list[Claim]]:
    """The claims with a number, by their sentence."""
    out: dict[Span, list[Claim]] = defaultdict(list)
    for item in items:
        if item.claim.quantity is not None:
            out[item.claim.context].append(item.claim)
    return out


def linked(item: Item, index: NameIndex) -> Claim:
    """The claim with the ids of what it links to, its measure in the tables' words."""
    claim = item.claim
    measures = {m.measure for m in item.measures}
    place = claim.place
    if item.place.text is not None:
        ids = sorted(filter(None, map(public_key, item.place.keys)))
        place = Link(item.place.text, ids[0] if len(ids) == 1 else None)
    return changed(
        claim,
        measure=next(iter(measures)) if len(measures) == 1 else claim.measure,
        place=place,
        actor=_identified(claim.actor, index),
        subject=_identified(claim.subject, index),
        speaker=_identified(claim.speaker, index),
    )


def _identified(link: Link | None, index: NameIndex) -> Link | None:
    if link is None or link.id is not None:
        return link
    keys = index.lookup(link.text)
    ids = sorted(filter(None, map(public_key, keys)))
    return Link(link.text, ids[0]) if len(ids) == 1 else link
