"""The arithmetic of a verdict in one sentence, with rows and sources, that a reviewer can redo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from claimcheck.judging.relations import (
    Outcome,
    moment,
    numbers_of,
    spoken_interval,
    spoken_period,
    stated,
    timex_period,
    unit_named,
)
from claimcheck.model import Claim, Evidence, Mention, Period, ReferenceRow, VerdictName, plain

NAMED = 6
"""How many rows on each side an explanation names; the rest are counted."""

_SILENCE = {
    "not_asserted": "The text does not assert this", "no_measure": "No reference table measures this",
    "no_time": "No row speaks of the claim's time",
    "no_reference": "No reference row answers this",
    "own_source": "Only the document's own signatories say so, and that decides nothing",
    "undecided": "The rows neither support nor refute this",
}  # fmt: skip


@lru_cache(maxsize=1 << 12)
def compact_period(period: Period | None) -> str | None:
    """A period in EDTF: 2018-01-25, 2018-01, 2018, 2018-01/2018-03."""
    if period is None:
        return None
    start, end = period.start, period.end
    if start is not None and end is not None:
        for text in (f"{start:%Y}", f"{start:%Y-%m}"):
            if timex_period(text) == period:
                return text
        if start != end and start.day == 1 and (timex_period(f"{end:%Y-%m}") or period).end == end:
            return f"{start:%Y-%m}/{end:%Y-%m}"
    return str(period)


def spoken_number(row: ReferenceRow) -> str:
    """What the row says: "502", "at least 651", "at most 400,000", "6 to 24 (best 11)"."""
    says, best = stated(row), row.best
    if not numbers_of(row):
        return "no number"
    between = best is not None and None not in (says.low, says.high) and best not in (says.low, says.high)
    return spoken_interval(says) + (f" (best {plain(best)})" if between and best is not None else "")


def evidence_of(outcome: Outcome) -> Evidence:
    """The outcome as evidence of a verdict."""
    row = outcome.row
    return Evidence(
        table=row.table, row_id=row.row_id, source_id=row.source_id, relation=outcome.relation, low=row.low,
        best=row.best, high=row.high, date_start=None if row.first is None else row.first.start,
        date_end=None if row.last is None else row.last.end, as_of=compact_period(row.as_of),
        note=_statement(outcome), own=row.own, name=row.name or row.label or row.measure, source=row.source,
        url=row.url, confidence=row.confidence, quote=row.quote, reported_by=row.reported_by,
        package=row.package, measure=row.measure, unit=row.unit, complete=row.complete, actor=row.actor,
    )  # fmt: skip


def explain(
    claim: Claim, verdict: VerdictName, reason: str, outcomes: Sequence[Outcome], said: Mapping[int, str]
) -> str:
    """One sentence: what is claimed, what the deciding rows say, and why the others decide nothing. `said`:
    the note of each outcome's evidence, by the outcome's identity."""
    if verdict == "not_enough_evidence":
        lead = _SILENCE.get(reason, f"Undecided ({reason})")
        rows = _listed(said, outcomes)
        return f"{lead}{': ' + rows if rows else ''}."
    supports = [o for o in outcomes if o.relation == "supports"]
    refutes = [o for o in outcomes if o.relation == "refutes"]
    parts = [f"{_claimed(claim)} claimed"]
    if supports:
        parts.append(_listed(said, supports))
    if refutes:
        parts.append(f"{'but ' if supports else ''}{_listed(said, refutes)}")
    if reason == "sources_disagree" and not supports:
        parts.append("they differ, and the claim lies between them")
    speaker = [o for o in outcomes if o.candidate.by_speaker]
    if speaker and claim.speaker is not None:
        parts.append(f"{claim.speaker.text} itself said: {_listed(said, speaker)}")
    noted = "; ".join(parts) + "."
    return noted[:1].upper() + noted[1:]


def _claimed(claim: Claim) -> str:
    words = ""
    if claim.quantity is not None:
        quantity = claim.quantity
        words = _written(claim, quantity)
        said = quantity.comparator in ("ge", "le", "range") and words != quantity.text  # "at least 641"
        if quantity.low != quantity.high and not said:
            words += f" ({spoken_interval(quantity.interval)})"
    when = "" if claim.time is None or claim.time.basis == "document" else spoken_period(claim.time.period)
    if not words:
        return when or "this"
    return words if not when else f"{words} for {when}"


def _written(claim: Claim, quantity: Mention) -> str:
    """The number with its qualifier, as the claim writes it: "more than 130"."""
    start, end = quantity.wide_start - claim.start, quantity.wide.end - claim.start
    inside = quantity.text in claim.text[max(0, start) : end] if start >= 0 and quantity.qualifier else False
    return " ".join(claim.text[start:end].split()) if inside else quantity.text


def _listed(said: Mapping[int, str], outcomes: Sequence[Outcome]) -> str:
    named = ", ".join(said[id(o)] for o in outcomes[:NAMED])
    rest = outcomes[NAMED:]
    return f"{named} and {len(rest)} more" if rest else named


def _statement(outcome: Outcome) -> str:
    """ "SARC (per Enab Baladi) says 502 as of 25 January 2018 (figures F010)"."""
    row = outcome.row
    notes = [f"{row.table} {row.row_id}"]
    if outcome.note:
        notes.append(outcome.note)
    if row.own:
        notes.append("own source")
    where = f" ({'; '.join(notes)})"
    if row.kind in ("event", "gazetteer") or (
        row.kind == "incident" and (outcome.reason == "date_mismatch" or not numbers_of(row))
    ):
        happened = Period(row.first.start if row.first else None, row.last.end if row.last else None)
        return f"{row.name or row.label or row.key} is dated {spoken_period(happened) or 'nowhere'}{where}"
    who = f"{publisher(row) or row.table} says"
    scaled = row.unit is not None and (unit := unit_named(row.unit)) is not None and unit.many != 1
    says = spoken_number(row) + (f" {row.unit}" if scaled else "") if numbers_of(row) else "no number"
    return f"{who} {says}{_when(outcome)}{where}"


def publisher(row: ReferenceRow) -> str | None:
    """Who published a row's source: what stands behind the title, else all of it, else its key."""
    return row.source_id if row.source is None else row.source.rsplit(" · ", 1)[-1]


def _when(outcome: Outcome) -> str:
    row = outcome.row
    at: Period | None = moment(row) if row.measure_type in ("stock", "cumulative") else row.period
    text = spoken_period(at)
    if not text:
        return ""
    return f" as of {text}" if row.measure_type in ("stock", "cumulative") else f" for {text}"
