"""Checked documents with what is likely: for every claim the rows in order of how likely it means them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claimcheck.frames import Frame, frames_of
from claimcheck.judging.explaining import evidence_of
from claimcheck.judging.relations import Candidate, Outcome
from claimcheck.linking.candidates import Candidates
from claimcheck.linking.columns import columns_of, compare
from claimcheck.linking.decide import (
    Met,
    Option,
    is_firm,
    is_said,
    meet,
    options,
    pairs,
    ranked,
    rounded,
    sum_of,
)
from claimcheck.linking.levels import Levels
from claimcheck.linking.relate import Computed, computed
from claimcheck.linking.rows import Book, Portrait, Tables
from claimcheck.linking.weights import Weights, shipped
from claimcheck.model import CheckedDocument, Evidence, Likely, Suggestion, Verdict, WaterfallStep

ANCHORS = 6
"""Rows, the likeliest but for their number first, from which numbers are computed."""
SHOWN = 3
"""Rows that are shown beside a claim that is not decided."""
LEAST = 0.02
"""The least probability of a row that is shown."""
_DECIDED = frozenset({"supported", "refuted", "conflicting_evidence"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim's frame and levels, its rows in order, and the verdicts that they may give."""

    frame: Frame
    levels: Levels
    met: list[Met]
    options: list[Option]


class Linking:
    """Weighs claims against the rows of a store.

    Example:
        >>> Linking(store).shown(checked)[0].verdicts[claim_id].likely.probability
        0.87
    """

    def __init__(self, store: Tables, weights: Weights | None = None, *, alone: bool = False) -> None:
        """`weights`: others than those shipped; `alone`: without what was decided before."""
        self.book = Book(store)
        self.weights = shipped() if weights is None else weights
        self._alone = alone
        self._found = None if self.book.few else Candidates(store, self.book)

    def shown(self, documents: Sequence[CheckedDocument]) -> list[CheckedDocument]:
        """The documents with probabilities, likely verdicts and the rows that come nearest."""
        out = [dict(document.verdicts) for document in documents]
        for n, weighed in self.compared(documents):
            claim_id = weighed.frame.claim.claim_id
            out[n][claim_id] = self._weighed(weighed, out[n][claim_id])
        return [replace(d, verdicts=verdicts) for d, verdicts in zip(documents, out, strict=True)]

    def compared(self, documents: Sequence[CheckedDocument]) -> Iterator[tuple[int, Weighed]]:
        """Each claim against the rows that it may mean, with the number of its document."""
        asked = []
        for n, document in enumerate(documents):
            frames = [f for f in frames_of(document.reading) if f.claim.claim_id in document.verdicts]
            said = self.book.lexis.said_in(frames[0].words) if frames else []
            asked += [(n, frame, Levels(frame, self.book, said)) for frame in frames]
        if self._found is not None:
            for (*_, levels), book in zip(asked, self._found.books([x[2] for x in asked]), strict=True):
                levels.book = book
        for n, frame, levels in asked:
            yield n, self.weigh(frame, levels, documents[n].verdicts[frame.claim.claim_id])

    def weigh(self, frame: Frame, levels: Levels, before: Verdict | None) -> Weighed:
        """A claim against the rows that it may mean: those of its levels' book."""
        book = levels.book
        claim, weights = frame.claim, self.weights
        met = meet(compare(levels, columns_of(book, frame.of_number)), weights)
        together = self._together(frame, levels, met, book)
        seen = None if self._alone else before
        return Weighed(frame, levels, met, options(met, claim, together, seen))

    def _together(
        self, frame: Frame, levels: Levels, met: Sequence[Met], book: Book
    ) -> list[tuple[Computed, float]]:
        """What the likeliest rows give together, each with the probability that it is meant."""
        claim = frame.claim
        if claim.quantity is None and claim.comparison is None:
            return []
        if claim.quantity is None:
            anchors = self._bare(levels, book)
        else:
            anchors = [(m.bare, m.portrait) for m in sorted(met, key=lambda m: -m.bare)[:ANCHORS]]
        found = list(computed(frame, levels, [portrait for _, portrait in anchors], book))
        behind = [anchors[one.anchor][0] - anchors[0][0] if anchors else 0.0 for one in found]
        return list(zip(found, pairs(found, claim, behind, self.weights), strict=True))

    def _bare(self, levels: Levels, book: Book) -> list[tuple[float, Portrait]]:
        """Rows for a comparison that gives no number, by all that a number's claim is weighed by but that."""
        compared = compare(levels, columns_of(book, of_number=True))
        if not compared.rows:
            return []
        sums, value = compared.sums("row of a number", self.weights)
        found = zip((sums - value).tolist(), compared.rows, strict=True)
        return sorted(found, key=lambda pair: (-pair[0], pair[1].row.key))[:ANCHORS]

    def _weighed(self, weighed: Weighed, before: Verdict) -> Verdict:
        weights, claim = self.weights, weighed.frame.claim
        found = ranked(weighed.options, weights)
        if before.verdict in _DECIDED and is_firm(before, claim, found, weights):
            sure = [share for option, share in found if option.verdict == before.verdict]
            return replace(before, probability=rounded(sure[0]) if sure else None)
        if not found:
            return before
        option, share = found[0]
        steps = [*self._steps(f"verdict {option.total}", option.steps), *self._earned(option, share)]
        rows = tuple(
            self._row(weighed, m) for m in option.rows[:SHOWN] if m.share >= LEAST or option.computed
        )
        likely = None
        if claim.asserted and is_said(option, share, weights):
            likely = Likely(option.verdict, rounded(share), rows, tuple(steps), _told(option))
        near = _merged(rows, before.suggestions)
        if before.verdict not in _DECIDED:
            return replace(
                before, likely=likely, probability=likely.probability if likely else None, suggestions=near
            )
        return replace(
            before, verdict="not_enough_evidence", reason="not_firm", stage="unexplained", evidence=(),
            explanation=f"Not firm enough to be decided: {before.explanation}", likely=likely,
            probability=likely.probability if likely else None,
            suggestions=_merged(rows, [Suggestion(row=e) for e in before.evidence if e.sql is None]),
        )  # fmt: skip

    def _steps(self, total: str, levels: Sequence[tuple[str, str]]) -> list[WaterfallStep]:
        """The summands that are not nothing, the weightiest first, behind the start of the sum."""
        base = self.weights.shipped or self.weights
        steps = [WaterfallStep(slot, level, round(base.of(total, slot, level), 2)) for slot, level in levels]
        learned = self.weights.sum(total, levels) - base.sum(total, levels)
        steps.append(WaterfallStep("learned", "from decisions", round(learned, 2)))
        told = sorted((s for s in steps if s.points), key=lambda s: -abs(s.points))
        return [WaterfallStep("start", "", round(base.of(total, "start", ""), 2)), *told]

    def _earned(self, option: Option, share: float) -> Iterator[WaterfallStep]:
        """That a verdict is called likely only since decisions lowered from when it is."""
        least, base = self.weights.likely[option.total], self.weights.shipped
        if base is not None and share < (before := base.likely[option.total]):
            yield WaterfallStep("learned", f"said from {least:.2f} by decisions, not from {before:.2f}", 0.0)

    def _row(self, weighed: Weighed, met: Met) -> Suggestion:
        claim = weighed.frame.claim
        total = sum_of(claim)
        steps = self._steps(total, tuple(met.levels.items()))
        relation = met.relation if met.relation in ("supports", "refutes") else "neutral"
        outcome = Outcome(Candidate(row=met.portrait.row), relation)  # type: ignore[arg-type]  # one of three
        shown = tuple(replace(s, words=weighed.levels.words_for(s.slot, met.portrait)) for s in steps)
        return Suggestion(row=replace(evidence_of(outcome), waterfall=shown), probability=rounded(met.share))


def _told(option: Option) -> str:
    """The arithmetic of numbers that rows give together, in words."""
    one = option.computed
    if one is None:
        return ""
    names = " and ".join(f"{p.row.table} {p.row.row_id}" for p in one.rows)
    return f"{one.form} of {names}: {one.value.normalize():f}"[:300]


def _merged(rows: Sequence[Suggestion], before: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The rows in order, those of before among them with the words that they leave, and no row twice."""
    left = {_key(s.row): s for s in before}
    out = {
        _key(s.row): replace(s, missing=left[_key(s.row)].missing if _key(s.row) in left else ())
        for s in rows
    }
    for key, one in left.items():
        out.setdefault(key, one)
    return tuple(out.values())[: max(SHOWN, len(before))]


def _key(row: Evidence) -> tuple[str, str]:
    return row.table, row.row_id
