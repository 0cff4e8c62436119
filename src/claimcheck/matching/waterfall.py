"""How a claim met a row, slot by slot: what was compared, how it compares, and what that adds.

Points order the rows that are suggested (data/waterfall.toml); they never decide. A verdict rests on every
slot being the same or unsaid and on no word being left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from claimcheck import lexicon
from claimcheck.judging.relations import Candidate, moment, own_period
from claimcheck.matching.item import Item, Suggested
from claimcheck.model import Evidence, Verdict, WaterfallStep

_DOERS = {
    "same": "same",
    "mismatch": "mismatch",
    "doubtful": "mismatch",
    "row_only": "not said",
    "claim_only": "not said",
}


@cache
def _points() -> dict[str, int]:
    return {row.id: row["points"] for row in lexicon.load("waterfall")}


def steps(item: Item, candidate: Candidate, words: Iterable[str] = ()) -> tuple[WaterfallStep, ...]:
    """The slots of a claim against those of a row, and the words that the row does not explain.

    Example:
        >>> [str(step.slot) for step in steps(item, candidate)]  # "12 people were killed in Tarn"
        ['measure', 'counted noun', 'place', 'doer', 'time']
    """
    row, out = candidate.row, []
    if item.claim.kind == "event":
        named = candidate.how in ("name", "number")
        told = [m.text for m in item.happenings if any(r.key == row.key for r in m.candidates)]
        out.append(_step("happening", "named" if named else "by its kind", told[:1]))
    else:
        fit = next((f for f in item.fits if (f.package, f.measure) == (row.package, row.measure)), None)
        if fit is not None:
            parts = item.proposition.parts
            out.append(_step("measure", "same", [parts[at].lemma for at in sorted(fit.explained)]))
        if item.head is not None:
            same = fit is not None and item.head.lemma not in words
            out.append(_step("counted noun", "same" if same else "some", [item.head.lemma]))
    if row.places:
        text = [] if item.place.text is None else [item.place.text]
        out.append(_step("place", "same" if item.place.keys else "unstated", text))
    if row.actor:
        out.append(_step("doer", _DOERS.get(candidate.actor, "not said"), [row.actor]))
    out.append(_time(item, candidate))
    left = [w for w in words if w and (item.head is None or w != item.head.lemma)]
    return (*out, *(_step("words", "unexplained", [w]) for w in left))


def _time(item: Item, candidate: Candidate) -> WaterfallStep:
    """How a claim's time compares with a row's days."""
    own, row = own_period(item.claim), candidate.row
    days = row.period or moment(row)
    said = [] if item.claim.time is None or item.claim.time.timex is None else [item.claim.time.timex]
    if own is None or days is None:
        return _step("time", "not said", said)
    level = "same" if own == days else "overlaps" if own.meets(days) else "apart"
    return _step("time", level, said)


def _step(slot: str, level: str, words: Iterable[str]) -> WaterfallStep:
    return WaterfallStep(slot, level, _points()[f"{slot} {level}"], tuple(words))


def with_steps(verdict: Verdict, item: Item) -> Verdict:
    """A verdict whose rows and suggestions say how they were met."""
    if not verdict.evidence and not verdict.suggestions:
        return verdict
    met = {(c.row.package, c.row.key): Suggested(c, ()) for c in item.candidates if c.row.sql is None}
    near = met | {(s.candidate.row.package, s.candidate.row.key): s for s in item.suggested}

    def told(evidence: Evidence, found: Mapping[tuple[str, str], Suggested]) -> Evidence:
        one = found.get((evidence.package or "", f"{evidence.table}:{evidence.row_id}"))
        if one is None or evidence.sql is not None:
            return evidence
        return replace(evidence, waterfall=steps(item, one.candidate, one.words))

    return replace(
        verdict,
        evidence=tuple(told(e, met) for e in verdict.evidence),
        suggestions=tuple(replace(s, row=told(s.row, near)) for s in verdict.suggestions),
    )
