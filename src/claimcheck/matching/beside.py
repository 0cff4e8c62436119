"""The two ways of linking numbers beside each other: propositions answer what the rules over phrases leave
open. A date is linked by propositions alone.

The rules of `linking` recognise what they were written for; the propositions of `matching` account for every
word, and so read what nobody foresaw. A number that both decide takes the propositions' verdict: they see
which measure explains more of the clause. A claim that only the rules decide keeps theirs, unless a word
before what is counted stays unexplained, or another doer is told. One that they leave open takes the
propositions' verdict, unless the rules met a row and saw it contradicted. Where both are silent, the verdict
says which words nothing explains, and which rows come nearest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from claimcheck.grids.statements import Statements
from claimcheck.linking.candidates import Tables
from claimcheck.linking.compared import with_scales
from claimcheck.linking.gc_pause import garbage_collection_paused
from claimcheck.linking.items import changed
from claimcheck.linking.linker import Linker
from claimcheck.matching.accounts import Accounts
from claimcheck.matching.comparing import Comparing
from claimcheck.matching.concepts import befallen, of_parts
from claimcheck.matching.known import Known
from claimcheck.matching.latest_years import with_later_readings, with_latest_years
from claimcheck.matching.linker import Linker as Matcher
from claimcheck.matching.ratios import Ratios
from claimcheck.matching.says import Saying
from claimcheck.matching.waterfall import shared
from claimcheck.model import CheckedDocument, Claim, Part, Reading, Suggestion, Verdict

_SEEN_OTHERWISE = frozenset(
    {"direction_mismatch", "place_mismatch", "ambiguous", "own_source", "not_asserted"}
)
"""Reasons with which the rules say that they met a row and why it does not answer: that stands."""


class LinkerWithPropositions(Linker):
    """Links and judges claims by the rules over phrases, and by propositions where those are silent."""

    def __init__(self, store: Tables) -> None:
        super().__init__(store)
        self.known = Known(self._finder, self._index, self.rows, self.event_index)
        self._matcher = Matcher(self.known)
        self._accounts = Accounts(self.known)
        self._comparing = Comparing(store, self._both, self._finder.containers, self._finder.names)
        self._statements = Statements(store)
        self._ratios = Ratios(store)

    def taught(
        self, sayings: Mapping[tuple[str, str], Sequence[Saying]], alone: bool = False
    ) -> AbstractContextManager[None]:
        """The measures told by further sentences, too, for the length of a block; `alone`: and no other
        measure told by anything."""
        return self.known.taught(sayings, alone)

    def check(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        """The readings with a verdict for every claim, their claims with the links that were found."""
        plain = [replace(r, claims=tuple(c for c in r.claims if c.comparison is None)) for r in readings]
        with garbage_collection_paused():
            compared = self._comparing.check(readings, [joined for joined, _ in self._both(plain)])
        return self._ratios.shown(self._statements.check(compared))

    def _both(self, readings: Sequence[Reading]) -> list[tuple[CheckedDocument, CheckedDocument]]:
        """What both ways together say to claims that compare nothing, and what the propositions alone say."""
        readings = [self._matcher.as_coded(with_scales(reading)) for reading in readings]
        pairs = self._once(readings)
        later = [with_latest_years(one, joined) for one, (joined, _) in zip(readings, pairs, strict=True)]
        again = iter(self._once([reading for reading in later if reading is not None]))
        return [
            (joined, told) if reading is None else (with_later_readings(joined, next(again)[0]), told)
            for (joined, told), reading in zip(pairs, later, strict=True)
        ]

    def _once(self, readings: Sequence[Reading]) -> list[tuple[CheckedDocument, CheckedDocument]]:
        checked = self._checked(readings)
        told = self._matcher.check([_as_linked(r, c) for r, c in zip(readings, checked, strict=True)])
        return [
            (_joined(one, other, self._accounts), other) for one, other in zip(checked, told, strict=True)
        ]


def _as_linked(reading: Reading, checked: CheckedDocument) -> Reading:
    """The reading as the text gave it, in the order of the checked claims."""
    by_id = {c.claim_id: c for c in reading.claims}
    return replace(reading, claims=tuple(by_id.get(c.claim_id, c) for c in checked.reading.claims))


def _joined(checked: CheckedDocument, told: CheckedDocument, accounts: Accounts) -> CheckedDocument:
    """One document's verdicts: those of the rules, and where these are silent those of the propositions."""
    read = {c.claim_id: c for c in told.reading.claims}
    verdicts: dict[str, Verdict] = {}
    claims: list[Claim] = []
    for claim in checked.reading.claims:
        mine, theirs = checked.verdicts[claim.claim_id], told.verdicts.get(claim.claim_id)
        other = read.get(claim.claim_id, claim)
        if theirs is not None and claim.kind == "event":
            verdicts[claim.claim_id] = theirs
            claims.append(other)
            continue
        if theirs is not None and (_is_answered(other, mine, theirs) or _is_measured(mine, theirs)):
            verdicts[claim.claim_id] = theirs
            claims.append(changed(claim, measure=other.measure, place=other.place, slots=other.slots))
            continue
        if theirs is not None and _is_narrowed(other, mine, theirs):
            mine = theirs
        elif mine.verdict == "supported" and (theirs is None or theirs.verdict != "supported"):
            mine = _accounted(mine, accounts.left(checked.reading.document, other, mine))
        verdicts[claim.claim_id] = _with_what_is_near(mine, theirs)
        if theirs is not None:
            verdicts[claim.claim_id] = shared(verdicts[claim.claim_id], theirs)
        claims.append(changed(claim, slots=other.slots, unread=other.unread))
    return CheckedDocument(reading=replace(checked.reading, claims=tuple(claims)), verdicts=verdicts)


def _is_answered(claim: Claim, verdict: Verdict, told: Verdict) -> bool:
    """Whether the propositions decide a claim that the rules leave open, or a number."""
    if told.verdict == "not_enough_evidence":
        return False
    return (
        _is_open(claim, verdict)
        or _is_unravelled(claim, verdict, told)
        or (
            claim.kind in ("quantity", "rank")
            and verdict.verdict not in ("not_enough_evidence", told.verdict)
        )
    )


def _is_measured(verdict: Verdict, told: Verdict) -> bool:
    """Whether the propositions know the measure of a number that no row answers and of which the rules know
    none: "774 civilians *took flight* in Tarn", where the table tells of the displaced elsewhere."""
    return verdict.reason == "no_measure" and told.stage == "no_row"


def _is_open(claim: Claim, verdict: Verdict) -> bool:
    """Whether the rules left a claim open and saw nothing that speaks against a row."""
    if verdict.verdict != "not_enough_evidence" or not claim.asserted or verdict.reason in _SEEN_OTHERWISE:
        return False
    return claim.kind in ("quantity", "rank")


def _is_unravelled(claim: Claim, verdict: Verdict, told: Verdict) -> bool:
    """Whether the propositions see which row a number is of that the rules take for that of several: an
    aggregate only of a place that is told, a refutation only where sentence and clause say place and time."""
    if verdict.reason != "ambiguous" or not claim.asserted or claim.kind not in ("quantity", "rank"):
        return False
    place = next((slot.basis for slot in claim.slots if slot.slot == "place"), None)
    if told.verdict != "refuted":
        return told.reason != "aggregate" or place is not None
    return place in ("clause", "sentence") and claim.time is not None and claim.time.basis == "clause"


def _is_narrowed(claim: Claim, verdict: Verdict, told: Verdict) -> bool:
    """Whether a number is decided although a word before what it counts narrows it, or another fate befell
    them, and no row explains it: "774 *left-handed* civilians", "40 protesters were *rounded* up". What the
    rules over phrases do not know they do not see."""
    if told.verdict != "not_enough_evidence" or claim.kind != "quantity":
        return False
    if claim.rule == "claims.cell" and told.stage == "unexplained":
        return True  # all labels of a row narrow it
    parts = () if claim.proposition is None else claim.proposition.parts
    fates = befallen(parts, of_parts(parts))
    narrow = {at for at, p in enumerate(parts) if p.role == "modifier" and p.level == 0 and not p.context}
    if all(parts[at].lemma in told.unexplained for at in fates):
        narrow.update(fates)
    return told.stage == "unexplained" and any(parts[at].lemma in told.unexplained for at in narrow)


def _accounted(verdict: Verdict, left: Sequence[Part]) -> Verdict:
    """A verdict of the rules; open, with the words named, where some narrow the claim and no row says them:
    "124 people were killed *in a video game* in Tarn"."""
    if not left:
        return verdict
    words = tuple(dict.fromkeys(p.lemma for p in left))
    said = ", ".join(f'"{w}"' for w in words)
    rows = tuple(replace(e, relation="neutral") for e in verdict.evidence)
    return replace(
        verdict,
        verdict="not_enough_evidence",
        reason="unexplained",
        explanation=f"unexplained: {said}",
        evidence=rows,
        suggestions=tuple(Suggestion(row=e, missing=words) for e in rows[:3]),
        stage="unexplained",
        unexplained=words,
    )


def _with_what_is_near(verdict: Verdict, told: Verdict | None) -> Verdict:
    """An open verdict with the rows that come nearest and the words that they do not explain."""
    if told is None or verdict.verdict != "not_enough_evidence" or verdict.reason == "not_asserted":
        return verdict
    if not told.suggestions:
        return verdict
    return replace(verdict, suggestions=told.suggestions, unexplained=told.unexplained, stage="unexplained")
