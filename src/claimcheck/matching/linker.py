"""From readings to verdicts: every claim linked to the rows that may decide it, and judged.

How it met each row, slot by slot; of an open claim, the rows that come nearest.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from claimcheck.claims.measures import with_scales
from claimcheck.claims.reading import read_operands
from claimcheck.dates.events import EventIndex
from claimcheck.frames.held import with_held
from claimcheck.grids.statements import Statements
from claimcheck.judging.judge import judge
from claimcheck.judging.relations import Candidate, number_relation, spoken_period, stated
from claimcheck.matching.accounting import forget, of_parts, of_text
from claimcheck.matching.candidates import CandidateFinder, Tables, literal, public_key
from claimcheck.matching.comparing import Comparing
from claimcheck.matching.dates import DateMatcher
from claimcheck.matching.doers import telling_parts
from claimcheck.matching.frames import Saying
from claimcheck.matching.happenings import CountMatcher, is_told_again
from claimcheck.matching.item import Item
from claimcheck.matching.known import Key, Known
from claimcheck.matching.numbers import NumberMatcher
from claimcheck.matching.operands import low_to_high, row_as_evidence
from claimcheck.matching.slots import SlotReader, tells_of_there
from claimcheck.model import (
    PART,
    Basis,
    CheckedDocument,
    Claim,
    Document,
    Evidence,
    Link,
    Mention,
    Proposition,
    Reading,
    ReferenceRow,
    Slot,
    Suggestion,
    Verdict,
    plain,
)
from claimcheck.numbers.quantities import RANKS
from claimcheck.wording import is_in_one_paragraph, way_reached

# ----------------------------------------------------------------------------------------------------
# Batches that allocate very many small values run without garbage collection.


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Pauses garbage collection: a batch makes very many small values that all live on, and looking
    through them again and again for rings would take a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


# ----------------------------------------------------------------------------------------------------
# The verdict of a claim.

_SHOWN = 3  # rows of a refutation that does not stand
_MONTH = 31  # days


def _slots(item: Item) -> tuple[Slot, ...]:
    """The parts of a claim as they were found: what it counts, what it tells of it, where, and when."""
    claim, place = item.claim, item.place
    out = []
    head = item.head
    if head is not None:
        out.append(Slot("counted noun", head.lemma, head.start, head.end))
    else:
        out += [slot for slot in claim.slots if slot.slot == "counted noun"]
    verb = next((p for p in item.proposition.parts if p.role == "predicate"), None)
    if verb is not None:
        out.append(Slot("predicate", verb.lemma, verb.start, verb.end))
    if place.keys and place.basis != "none":
        ids = sorted(filter(None, map(public_key, place.keys)))
        at = place.at if place.at >= 0 and place.text is not None else None
        end = None if at is None else at + len(place.text or "")
        value = ids[0] if len(ids) == 1 else None
        out.append(Slot("place", place.text or "", at, end, value, place.basis))
    time = claim.time
    if time is not None and time.date_start is not None:
        basis: Basis = {"discourse": "carried", "document": "dateline"}.get(time.basis, time.basis)  # type: ignore[assignment]
        out.append(Slot("time", time.timex or "", time.start, time.end, str(time.period), basis))
    return tuple(out)


_WHY = {
    "inferred_place": "The place is only inferred from what stands before",
    "inferred_time": "The time is only inferred from the paragraph before",
    "ambiguous": "The text may mean another measure or place as well",
}


def _is_only_near(item: Item) -> bool:
    """Whether no word of a claim's own says where it was."""
    return item.place.basis in ("dateline", "about")


def _is_of_another_paragraph(item: Item) -> bool:
    """Whether the day of a claim was told in a paragraph before; the year of a story goes on over all."""
    time = item.claim.time
    if time is None or time.start is None or time.basis != "discourse" or time.period is None:
        return False
    days = time.period.days
    return (
        days is not None
        and days <= _MONTH
        and not is_in_one_paragraph(item.document, time.start, item.claim.start)
    )


def _not_refuted(verdict: Verdict, reason: str) -> Verdict:
    """A refutation that does not stand, its rows suggested: a place that no word of the sentence carries is
    only inferred and refutes nothing; a number of which two measures are told may be the other's."""
    rows = [e for e in verdict.evidence if e.relation == "refutes"][:_SHOWN]
    return replace(
        verdict,
        verdict="not_enough_evidence",
        reason=reason,
        explanation=f"{_WHY[reason]}: {verdict.explanation}",
        evidence=tuple(replace(e, relation="neutral") for e in verdict.evidence),
        suggestions=tuple(Suggestion(row=replace(e, relation="neutral"), missing=()) for e in rows),
        stage="",  # type: ignore[arg-type]
    )


def _measures_meant(item: Item, wholes: Mapping[Key, Key]) -> set[tuple[str, str | None]]:
    """The measures that a claim may be of; one that has no row there only because the text says who recorded
    it ("the office *recorded* 12 deaths", of documented killings) is not meant, nor one of a package that has
    no row there at all, nor a part of one that has, of which no word of its own is said (`wholes`)."""
    telling = telling_parts(item.proposition.parts)
    met = {(c.row.package, c.row.measure) for c in item.candidates}
    if item.candidates and all(c.row.kind == "aggregate" and c.row.measure is None for c in item.candidates):
        return met  # how many earthquakes there were is counted, whatever they did
    said = {(f.package, f.measure): f.explained for f in item.fits}
    parts = {
        key
        for key, words in said.items()
        if key not in met and (whole := wholes.get(key)) in met and words <= said.get(whole, frozenset())
    }
    return {
        (f.package, f.measure)
        for f in item.fits
        if (f.package, f.measure) not in parts
        and (
            (f.package, f.measure) in met
            or (f.package in {package for package, _ in met} and not f.explained & telling)
        )
    }


def _missing(item: Item, known: Known) -> str:
    if item.claim.kind == "event":
        return "no_reference"
    if not item.fits:
        return "no_measure"
    if not item.candidates and not any(f.explained for f in item.fits):
        return "no_measure"  # only the sentence before tells one
    if not item.place.keys and any((f.package, f.measure) in known.placed for f in item.fits):
        return "no_place"
    return "no_reference"


def _linked(item: Item, quantity: Mention | None, known: Known) -> Claim:
    claim = item.claim
    measures = {f.measure for f in item.fits if f.explained or item.candidates}
    is_name = claim.place is not None and not claim.place.text.islower()
    place = _identified(claim.place, known) if is_name else claim.place
    if item.place.text is not None:
        ids = sorted(filter(None, map(public_key, item.place.keys)))
        place = Link(" ".join(item.place.text.split()), ids[0] if len(ids) == 1 else None)
    elif len(item.place.keys) == 1 and place is not None and place.id is not None:  # where the row is
        [key] = item.place.keys
        place = Link(known.place_names.get(key, place.text), public_key(key))
    return replace(
        claim,
        quantity=quantity,
        measure=next(iter(measures)) if len(measures) == 1 else claim.measure,
        place=place,
        actor=_identified(claim.actor, known),
        subject=_identified(claim.subject, known),
        speaker=_identified(claim.speaker, known),
        slots=_slots(item),
    )


def _identified(link: Link | None, known: Known) -> Link | None:
    """A place, body or person with the one row of a gazetteer that the name stands for."""
    if link is None or link.id is not None:
        return link
    ids = list(filter(None, map(public_key, known.index.lookup(link.text))))
    return Link(link.text, ids[0]) if len(ids) == 1 else link


def answered(reading: Reading, items: Sequence[Item], known: Known) -> CheckedDocument:
    """A reading with a verdict for every claim, the slots that were filled, and the rows that come nearest to
    what stays open."""
    told = zip(items, reading.claims, strict=True)  # whose fractions are shares only to be judged
    claims = tuple(_linked(item, claim.quantity, known) for item, claim in told)
    verdicts: dict[str, Verdict] = {}
    there = {i.claim.context for i in items if tells_of_there(i.proposition.parts)}
    pointing = there | {i.claim.context for i in items if is_told_again(i)}
    for item in items:
        missing = _missing(item, known)
        verdict = judge(item.claim, item.candidates, item.document, missing)
        if verdict.verdict == "refuted" and (_is_only_near(item) and item.claim.context not in there):
            verdict = _not_refuted(verdict, "inferred_place")
        elif verdict.verdict == "refuted" and (
            _is_of_another_paragraph(item) and item.claim.context not in pointing
        ):
            verdict = _not_refuted(verdict, "inferred_time")
        elif verdict.verdict == "refuted" and len(_measures_meant(item, known.vocabulary.wholes)) > 1:
            verdict = _not_refuted(verdict, "ambiguous")
        verdicts[item.claim.claim_id] = verdict
    return CheckedDocument(reading=replace(reading, claims=claims), verdicts=verdicts)


# ----------------------------------------------------------------------------------------------------
# The year of a day that is written without one.
#
# "27 January" in a text of February 2018 is read in the year that the text named last, or in its own. Where
# that decides nothing, or refutes, the other may be meant: the last such day before the text was written,
# or that of the year named before ("Five rounds were held in 2017. The fourth ended on 3 March"); a row
# that answers to it then tells which. A sentence that names a year leaves no such choice.

_YEAR_NEAR = 600  # characters behind a year that the text names in which it may be meant


def with_latest_years(reading: Reading, checked: CheckedDocument) -> Reading | None:
    """A reading in which the days without a year are of another year, for the claims that are not supported
    as they were read: the last such days before the document was written, else those of the year that the
    text named before them. None where there is no such claim."""
    years = _named_years(reading)
    dated = [c.context for c in reading.claims]
    stated = [s for s in dated if any(s.start <= at < s.end for at in years)]
    later = {
        claim.claim_id: moved
        for claim in reading.claims
        if checked.verdicts[claim.claim_id].verdict != "supported"
        and not any(s.start <= _stands(claim) < s.end for s in stated)
        and (moved := in_latest_year(claim, reading.document) or _in_told_year(claim, reading)) is not None
    }
    if not later:
        return None
    return replace(reading, claims=tuple(later.get(c.claim_id, c) for c in reading.claims))


def with_later_readings(first: CheckedDocument, again: CheckedDocument) -> CheckedDocument:
    """The first reading with its verdicts; claims that only the second supports are as that one has them."""
    moved = {c.claim_id: c for c in again.reading.claims}
    claims: list[Claim] = []
    verdicts: dict[str, Verdict] = {}
    for claim in first.reading.claims:
        verdict, other = first.verdicts[claim.claim_id], moved.get(claim.claim_id, claim)
        later = again.verdicts.get(claim.claim_id, verdict)
        is_better = later.verdict == "supported" != verdict.verdict and other.time != claim.time
        claims.append(other if is_better else claim)
        verdicts[claim.claim_id] = later if is_better else verdict
    return replace(first, reading=replace(first.reading, claims=tuple(claims)), verdicts=verdicts)


def in_latest_year(claim: Claim, document: Document) -> Claim | None:
    """A claim with its day moved to the last such day before the document was written; None where that is its
    day already, or where it states the year.

    >>> moved = in_latest_year(claim, document)  # "27 January", read as of 2016, in a text of 6 February 2018
    >>> moved.time.timex
    '2018-01-27'
    """
    time, written = claim.time, document.date
    if time is None or written is None or time.date_start is None:
        return None
    is_past = _in(time.date_start, written.year) <= written
    return in_year(claim, document, written.year if is_past else written.year - 1)


def _in_told_year(claim: Claim, reading: Reading) -> Claim | None:
    """A claim with its day moved to the year that the text names last before it."""
    at = _stands(claim)
    told = [start for start in _named_years(reading) if at - _YEAR_NEAR < start < at]
    days = [m.date_start for m in reading.mentions if told and m.is_time and m.start == told[-1]]
    return in_year(claim, reading.document, days[0].year) if days and days[0] is not None else None


def in_year(claim: Claim, document: Document, year: int) -> Claim | None:
    """A claim with its day moved to another year; None where that is its year already or yet to come, or
    where it states the year."""
    time, written = claim.time, document.date
    if time is None or written is None or time.date_start is None or time.date_end is None:
        return None
    if time.inferred != ("year",) or time.start is None or time.basis == "document":
        return None
    if time.timex is not None and len(time.timex) == len("2018"):
        return None  # "the following year" leaves no year out
    over = time.date_end.year - time.date_start.year
    if year == time.date_start.year or over > 1 or _in(time.date_end, year + over) > written:
        return None
    timex = (time.timex or "").replace(str(time.date_end.year), str(year + over))
    timex = timex.replace(str(time.date_start.year), str(year), 1)
    first, last = _in(time.date_start, year), _in(time.date_end, year + over)
    return replace(claim, time=replace(time, timex=timex, date_start=first, date_end=last))


def _stands(claim: Claim) -> int:
    """Where the date of a claim stands: it may be carried from the sentence before."""
    time = claim.time
    return claim.context.start if time is None or time.start is None else time.start


def _in(day: date, year: int) -> date:
    """The same day of another year; of 29 February the last of the month."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _named_years(reading: Reading) -> list[int]:
    """Where the text says which year it is."""
    return [m.start for m in reading.mentions if m.is_time and m.date_start is not None and not m.inferred]


# ----------------------------------------------------------------------------------------------------
# A fraction in words is a share: "two thirds of the electorate voted" gives a turnout of some 67 percent.

_HUNDRED = Decimal(100)
_LOOSE = Decimal("0.025")
"""A bare fraction is a round figure: "half" of what comes to 48 percent."""


def is_fraction(quantity: Mention | None) -> bool:
    """Whether a number is a part of one: "two thirds", "seven in ten"."""
    value = None if quantity is None else quantity.value
    return quantity is not None and quantity.kind == "number" and value is not None and 0 < value < 1


def as_share(claim: Claim) -> Claim:
    """The claim with its fraction in percent; itself where its number is none."""
    quantity = claim.quantity
    if quantity is None or quantity.value is None or not is_fraction(quantity):
        return claim
    low, high = quantity.low, quantity.high
    if low is not None and low == high:
        low, high = low - _LOOSE, high + _LOOSE
    share = replace(
        quantity, kind="percent", unit="percent", value=quantity.value * _HUNDRED,
        low=None if low is None else low * _HUNDRED, high=None if high is None else high * _HUNDRED,
    )  # fmt: skip
    return replace(claim, quantity=share)


# ----------------------------------------------------------------------------------------------------
# Which of a series something is: "Ada Quill is the seventh president", "the talks in Tarn, the ninth
# round".
#
# The ordinal itself finds no row, for then every number would be right. Who or what it is said of does: the
# happening that stands before it, or the office of somebody whom the clause names.


def is_of_series(claim: Claim) -> bool:
    """Whether a claim says which of a series something is, and counts nothing."""
    return claim.kind == "rank" and claim.quantity is not None and claim.quantity.rule == RANKS


def match_ranks(items: Sequence[Item], known: Known) -> None:
    """The one numbered row that each ordinal is said of: of a series, or of those who died, fled, won."""
    for item in items:
        rows = {row.key: row for row in _said_of(item, known) if _is_so_counted(item, row, known)}
        if len(rows) == 1:
            row = known.marked(next(iter(rows.values())), item.document)
            item.candidates = [Candidate(row=row, how="name")]


def _said_of(item: Item, known: Known) -> Sequence[ReferenceRow]:
    """The happening named last before an ordinal in its sentence, else the offices of whom it names."""
    quantity, context, document = item.claim.quantity, item.claim.context, item.document
    if quantity is None:
        return ()
    found = known.event_index.told_in(document, context)
    before = [m for m in found if m.end <= quantity.start and m.how in ("name", "number", "kind_place")]
    if not is_of_series(item.claim):  # "resolution 12, its first to speak of aid" counts otherwise
        before = [m for m in before if m.how == "name" and not any(c.isdigit() for c in m.text)]
    if before:
        return before[-1].candidates
    return []


def _is_so_counted(item: Item, row: ReferenceRow, known: Known) -> bool:
    """Whether a row has a number, and what the ordinal counts is what the row is."""
    quantity = item.claim.quantity
    noun = of_text(quantity.noun.replace("-", " ")) if quantity is not None and quantity.noun else frozenset()
    said = known.events.explains(row)
    parts = item.proposition.parts
    concepts = of_parts(parts)
    if not all(concepts[at] & said for at in item.between):
        return False
    return row.number is not None and bool(noun & said)


# ----------------------------------------------------------------------------------------------------
# Whether a number that is told to be reached by a rise or a fall fits the figure of the period before.
#
# The number alone may be right while the sentence is not: "inflation rose to 2.2 per cent" where the table
# has 5.9 for the year before. Such a row decides nothing; its figure of the period before says why.


def mark_those_before(items: Sequence[Item], finder: CandidateFinder) -> None:
    """Mark the candidates whose number the claim states, but whose figure of the period before says that it
    moved the other way."""
    ways = ((n, direction(item)) for n, item in enumerate(items) if item.candidates)
    told = {n: way for n, way in ways if way is not None}
    wanted = [(n, c.row) for n in told for c in items[n].candidates if _states(items[n], c.row)]
    before: dict[tuple[int, str], list[ReferenceRow]] = {}
    for number, key, row in finder.before(wanted):
        before.setdefault((number, key), []).append(row)
    for number, way in told.items():
        item = items[number]
        for at, candidate in enumerate(item.candidates):
            earlier = before.get((number, candidate.row.key), ())
            if earlier and all(_moved_otherwise(candidate.row, row, way) for row in earlier):
                item.candidates[at] = replace(candidate, before=_stood(earlier[0]))


def direction(item: Item) -> Literal["up", "down"] | None:
    """Which way the text says that the claim's number was reached: "rose to 3", "3, down from 4"."""
    claim, quantity = item.claim, item.claim.quantity
    if quantity is None or claim.kind != "quantity" or not claim.asserted:
        return None
    others = (c.quantity.start for c in item.beside if c.quantity is not None)
    return way_reached(item.document, claim.context, quantity, others)


def _states(item: Item, row: ReferenceRow) -> bool:
    """Whether a figure has the number that the claim states."""
    interval = item.claim.interval
    return row.kind == "figure" and interval is not None and number_relation(interval, row) == "supports"


def _moved_otherwise(row: ReferenceRow, before: ReferenceRow, way: str) -> bool:
    """Whether a figure did not move that way from the one before: neither end of them leaves room for it."""
    now, then = stated(row), stated(before)
    if way == "up":
        return now.high is not None and then.low is not None and then.low >= now.high
    return now.low is not None and then.high is not None and then.high <= now.low


def _stood(row: ReferenceRow) -> str:
    number = row.best if row.best is not None else row.low if row.low is not None else row.high
    period = row.period or row.as_of
    when = "" if period is None else f" for {spoken_period(period)}"
    return f"{'' if number is None else plain(number)}{when} ({row.table} {row.row_id})"


# ----------------------------------------------------------------------------------------------------
# The arithmetic of ratios in verdicts: each row that is a ratio of two others shows them, and its SELECT.
#
# The rows of the ratios themselves are made where a package is loaded (`reference/loading.py`).

RatioKey = tuple[str, str, str]
"""Package, table and row."""
_NUMBERS = "coalesce({0}.low, {0}.best) AS low, coalesce({0}.high, {0}.best) AS high"


class Ratios:
    """What the rows of a store that are ratios are made of."""

    def __init__(self, store: Tables) -> None:
        self._store = store
        found = store.rows(
            "SELECT DISTINCT r.package, r.resource FROM reference_row AS r JOIN reference_package AS p "
            "ON p.package = r.package WHERE NOT list_contains(p.resources, r.resource)"
        )
        self._tables = {(line["package"], line["resource"]) for line in found}

    def shown(self, documents: Sequence[CheckedDocument]) -> list[CheckedDocument]:
        """The documents, each ratio in their verdicts with the two rows that it is of."""
        if not self._tables:
            return list(documents)
        met = [e for d in documents for v in d.verdicts.values() for e in v.evidence]
        made = {key: self._made_of(key) for key in dict.fromkeys(filter(None, map(self._key, met)))}
        return [
            replace(d, verdicts={name: self._with_parts(v, made) for name, v in d.verdicts.items()})
            for d in documents
        ]

    def _key(self, row: Evidence) -> RatioKey | None:
        if row.package is None or (row.package, row.table) not in self._tables:
            return None
        return row.package, row.table, row.row_id

    def _made_of(self, key: RatioKey) -> tuple[str, str, list[Evidence]]:
        """The arithmetic of a ratio in words, its SELECT, and its two rows."""
        package, table, row_id = key
        [line] = self._store.rows(
            f"SELECT raw FROM reference_row WHERE {_is_row(package, table, row_id)} LIMIT 1"
        )
        raw = json.loads(line["raw"])
        names = [(raw["of_table"], raw["of"]), (raw["to_table"], raw["to"])]
        ends = [self._end(package, *name) for name in names]
        of, to = (f"{end['measure']} {low_to_high(end)}" for end in ends)
        rows = [
            replace(row_as_evidence(name[0], end, "neutral"), name=PART, note=end["measure"])
            for name, end in zip(names, ends, strict=True)
        ]
        sides = (
            f"(SELECT {_NUMBERS.format('r')} FROM reference_row AS r "
            f"WHERE {_is_row(package, *name)} AND r.measure = {literal(end['measure'])})"
            for name, end in zip(names, ends, strict=True)
        )
        first, second = sides
        sql = (
            "SELECT 100 * a.low / nullif(b.high, 0) AS low, 100 * a.high / nullif(b.low, 0) AS high "
            f"FROM {first} AS a, {second} AS b"
        )
        return f"{of} ÷ {to}", sql, rows

    def _end(self, package: str, table: str, row_id: str) -> Mapping[str, Any]:
        found = self._store.rows(
            f"SELECT r.row_id, r.measure, r.source, {_NUMBERS.format('r')} FROM reference_row AS r "
            f"WHERE {_is_row(package, table, row_id)}"
        )
        return found[0]

    def _with_parts(
        self, verdict: Verdict, made: Mapping[RatioKey, tuple[str, str, list[Evidence]]]
    ) -> Verdict:
        keys = [self._key(row) for row in verdict.evidence]
        if not any(keys):
            return verdict
        evidence: list[Evidence] = []
        told: list[str] = []
        for row, key in zip(verdict.evidence, keys, strict=True):
            if key is None:
                evidence.append(row)
                continue
            words, sql, parts = made[key]
            told.append(f"{row.table} {row.row_id} is {words}")
            evidence.append(replace(row, sql=sql, note=f"{row.note}: {words}" if row.note else words))
            evidence += [replace(part, relation=row.relation) for part in parts if part not in evidence]
        explanation = f"{verdict.explanation} {_sentence(told)}"
        return replace(verdict, evidence=tuple(evidence), explanation=explanation)


def _sentence(told: Iterable[str]) -> str:
    said = "; ".join(dict.fromkeys(told))
    return f"{said[:1].upper()}{said[1:]}."


def _is_row(package: str, table: str, row_id: str) -> str:
    return f"package = {literal(package)} AND resource = {literal(table)} AND row_id = {literal(row_id)}"


# ----------------------------------------------------------------------------------------------------
# From readings to verdicts: every claim linked to the rows that may decide it, and judged.


class Linker:
    """Links and judges claims against the packages published in a store.

    Building it reads the names, vocabularies and happenings once; `check` may then be called for any
    number of batches.
    """

    def __init__(self, store: Tables) -> None:
        self.known = Known(store)
        self._slots = SlotReader(self.known)
        self._numbers = NumberMatcher(self.known)
        self._counts = CountMatcher(self.known)
        self._dates = DateMatcher(self.known)
        self.comparing = Comparing(
            store,
            self._linked,
            lambda operands: read_operands(operands, self.event_index),
            self.known.finder.containers,
            self.known.finder.names,
        )
        self._statements = Statements(store)
        self._ratios = Ratios(store)

    @property
    def event_index(self) -> EventIndex:
        """The happenings that the packages name."""
        return self.known.event_index

    @property
    def rows(self) -> list[ReferenceRow]:
        """The rows of happenings and gazetteers."""
        return self.known.rows

    def taught(
        self, sayings: Mapping[tuple[str, str], Sequence[Saying]], alone: bool = False
    ) -> AbstractContextManager[None]:
        """The measures told by further sentences, too, for the length of a block; `alone`: and no other
        measure told by anything."""
        return self.known.taught(sayings, alone)

    def check(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        """The readings with a verdict for every claim, their claims with the links that were found."""
        readings = [with_held(reading, self.known.holdings) for reading in readings]
        plain = [replace(r, claims=tuple(c for c in r.claims if c.comparison is None)) for r in readings]
        with garbage_collection_paused():
            compared = self.comparing.check(readings, self._linked(plain))
        return self._ratios.shown(self._statements.check(compared))

    def _linked(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        """Documents with a verdict for every claim; one that compares nothing. A day without a year is also
        read in the latest year in which it may be meant."""
        readings = [self._as_coded(with_scales(reading)) for reading in readings]
        first = self._once(readings)
        later = [with_latest_years(r, checked) for r, checked in zip(readings, first, strict=True)]
        again = iter(self._once([reading for reading in later if reading is not None]))
        return [
            checked if reading is None else with_later_readings(checked, next(again))
            for checked, reading in zip(first, later, strict=True)
        ]

    def _as_coded(self, reading: Reading) -> Reading:
        """The reading with its vague numbers as the packages code them: "dozens" of their own."""
        known = self.known
        coded: dict[Mention, Mention] = {}
        claims = []
        for claim in reading.claims if known.vocabulary.vague else ():
            vague = claim.proposition is not None and claim.quantity is not None
            fits = known.measures.fits(claim.proposition or Proposition()) if vague else []
            number = known.vocabulary.coded(Item(claim, reading.document, fits=fits)) if fits else None
            if number is not None and claim.quantity is not None:
                coded[claim.quantity] = number
                claim = replace(claim, quantity=number)
            claims.append(claim)
        if not coded:
            return reading
        mentions = tuple(coded.get(mention, mention) for mention in reading.mentions)
        return replace(reading, claims=tuple(claims), mentions=mentions)

    def _once(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        forget()
        self.known.places.forget()
        self.known.signatories.forget()
        items = [[Item(as_share(claim), r.document) for claim in r.claims] for r in readings]
        for reading, mine in zip(readings, items, strict=True):
            self._slots.fill(reading.document, mine)
        about = self.known.finder.about(r.document.about for r in readings if r.document.about is not None)
        for reading, mine in zip(readings, items, strict=True):
            self._numbers.match_about(mine, about.get(reading.document.about or "", ()))
        flat = [item for mine in items for item in mine if not item.settled]
        match_ranks([i for i in flat if i.claim.kind == "rank"], self.known)
        numbers = [i for i in flat if i.claim.kind in ("quantity", "rank") and not is_of_series(i.claim)]
        self._numbers.match(numbers)
        self._counts.match([i for i in flat if i.claim.kind == "quantity"])
        numbered = [i for i in flat if i.claim.kind == "quantity" and i.candidates]
        mark_those_before(numbered, self.known.finder)
        for reading, mine in zip(readings, items, strict=True):
            self._dates.match(reading.document, mine)
        return [answered(r, mine, self.known) for r, mine in zip(readings, items, strict=True)]
