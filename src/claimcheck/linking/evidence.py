"""Checked documents with what is likely: for every claim the rows in order of how likely it means them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp

from claimcheck.frames import Frame, frames_of
from claimcheck.judging.explaining import evidence_of
from claimcheck.judging.relations import Candidate, Outcome
from claimcheck.linking.account import Account
from claimcheck.linking.candidates import Candidates
from claimcheck.linking.columns import Compared, columns_of, compare_all
from claimcheck.linking.decide import (
    MEANT,
    Met,
    Option,
    barest,
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
from claimcheck.linking.relate import Computed, computed, of_operands
from claimcheck.linking.rows import Book, Tables
from claimcheck.linking.weights import Weights, shipped
from claimcheck.model import (
    DECIDED,
    CheckedDocument,
    Evidence,
    Likely,
    Part,
    Reading,
    ReferenceRow,
    Span,
    Suggestion,
    Verdict,
    WaterfallStep,
)

ANCHORS = 6
"""Rows, the likeliest but for their number first, from which numbers are computed."""
SHOWN = 3
"""Rows that are shown beside a claim that is not decided."""
LEAST = 0.02
"""The least probability of a row that is shown."""

_NO_ROW = frozenset({"no_reference", "no_measure", "no_place"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim's frame and levels, its rows in order, and the verdicts that they may give."""

    frame: Frame
    levels: Levels
    met: list[Met]
    options: list[Option]
    account: Account

    @property
    def left(self) -> list[Part]:
        """The words that the row which is meant does not explain; none where none is meant."""
        first = self.met[0] if self.met else None
        meant = first is not None and first.share >= MEANT
        return [part for part, _ in self.account.left(first.portrait) if not part.context] if meant else []  # type: ignore[union-attr]


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
        self._summands = lru_cache(1 << 12)(self._summed)  # many rows are met alike
        self._found = None if self.book.few else Candidates(store, self.book)

    def shown(self, documents: Sequence[CheckedDocument]) -> list[CheckedDocument]:
        """The documents with probabilities, likely verdicts and the rows that come nearest."""
        out = [dict(document.verdicts) for document in documents]
        unread: dict[str, tuple[Span, ...]] = {}
        for n, weighed in self.compared(documents):
            claim_id = weighed.frame.claim.claim_id
            verdict = out[n][claim_id] = self._weighed(weighed, out[n][claim_id])
            if verdict.unexplained:
                unread[claim_id] = tuple(Span(p.start, p.end) for p in weighed.left)
        return [
            replace(d, verdicts=verdicts, reading=_with_unread(d.reading, unread))
            for d, verdicts in zip(documents, out, strict=True)
        ]

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
        compared = self._compared([levels for *_, levels in asked])
        for (n, frame, levels), rows in zip(asked, compared, strict=True):
            yield n, self._weigh(frame, levels, rows, documents[n].verdicts[frame.claim.claim_id])

    def _compared(self, asked: Sequence[Levels]) -> list[Compared]:
        """The levels of claims with the rows that they may mean: those of their levels' books."""
        out: dict[int, Compared] = {}
        for of_number in (True, False):
            mine = [levels for levels in asked if levels.of_number is of_number]
            chosen = [columns_of(levels.book, of_number) for levels in mine]
            out.update(zip(map(id, mine), compare_all(mine, chosen), strict=True))
        return [out[id(levels)] for levels in asked]

    def _weigh(self, frame: Frame, levels: Levels, rows: Compared, before: Verdict | None) -> Weighed:
        """A claim against the rows that it may mean."""
        met = meet(rows, self.weights)
        together = self._together(frame, levels, met, before)
        seen = None if self._alone else before
        account = Account(levels)
        return Weighed(frame, levels, met, options(met, account, together, seen), account)

    def meant(self, reading: Reading) -> tuple[ReferenceRow, float] | None:
        """The row that the first claim of a reading means, whatever its number, and how probable that is."""
        frame = next(frames_of(reading), None)
        if frame is None:
            return None
        levels = Levels(frame, self.book, self.book.lexis.said_in(frame.words))
        if self._found is not None:
            [levels.book] = self._found.books([levels])
        rows = barest(levels, self.weights, ANCHORS)
        whole = sum(exp(total - rows[0][0]) for total, _ in rows) if rows else 0.0
        return (rows[0][1].row, 1 / whole) if rows else None

    def _together(
        self, frame: Frame, levels: Levels, met: Sequence[Met], before: Verdict | None
    ) -> list[tuple[Computed, float]]:
        """What the likeliest rows give together, each with the probability that it is meant."""
        claim, book = frame.claim, levels.book
        if claim.quantity is None and claim.comparison is None:
            return []
        if claim.quantity is None:
            anchors = barest(levels, self.weights, ANCHORS)
        else:
            anchors = [(m.bare, m.portrait) for m in sorted(met, key=lambda m: -m.bare)[:ANCHORS]]
        found = list(computed(frame, levels, [portrait for _, portrait in anchors], book))
        if before is not None and before.likely is not None:
            found += filter(None, [of_operands(before.likely, claim, book)])
        behind = [anchors[one.anchor][0] - anchors[0][0] if anchors else 0.0 for one in found]
        return list(zip(found, pairs(found, claim, behind, self.weights), strict=True))

    def _weighed(self, weighed: Weighed, before: Verdict) -> Verdict:
        weights, claim = self.weights, weighed.frame.claim
        found = ranked(weighed.options, weights)
        if before.verdict in DECIDED and is_firm(before, claim, found, weights):
            sure = [share for option, share in found if option.verdict == before.verdict]
            met = {m.portrait.row.key: m for m in weighed.met}
            evidence = tuple(self._as_met(weighed, e, met) for e in before.evidence)
            return replace(before, probability=rounded(sure[0]) if sure else None, evidence=evidence)
        if not found:
            return replace(before, likely=None)
        option, share = found[0]
        steps = [*self._steps(f"verdict {option.total}", option.steps), *self._earned(option, share)]
        rows = tuple(
            self._row(weighed, m) for m in option.rows[:SHOWN] if m.share >= LEAST or option.computed
        )
        likely = None
        if claim.asserted and is_said(option, share, weights):
            likely = Likely(option.verdict, rounded(share), rows, tuple(steps), _told(option))
        near = _merged(rows, before.suggestions)
        if before.verdict not in DECIDED:
            return replace(
                _unexplained(before, weighed.left) if claim.asserted else before, likely=likely,
                probability=likely.probability if likely else None, suggestions=near,
            )  # fmt: skip
        return replace(
            before, verdict="not_enough_evidence", reason="not_firm", stage="unexplained", evidence=(),
            explanation=f"Not firm enough to be decided: {before.explanation}", likely=likely,
            probability=likely.probability if likely else None,
            suggestions=_merged(rows, [Suggestion(row=e) for e in before.evidence if e.sql is None]),
        )  # fmt: skip

    def _steps(
        self,
        total: str,
        levels: Sequence[tuple[str, str]],
        words: Callable[[str], tuple[str, ...]] = lambda slot: (),
    ) -> list[WaterfallStep]:
        """The summands that are not nothing, the weightiest first, behind the start of the sum; with the
        words that their slots compared."""
        return [
            step if not (told := words(step.slot)) else replace(step, words=told)
            for step in self._summands(total, tuple(levels))
        ]

    def _summed(self, total: str, levels: tuple[tuple[str, str], ...]) -> list[WaterfallStep]:
        base = self.weights.shipped or self.weights
        points = [(slot, level, round(base.of(total, slot, level), 2)) for slot, level in levels]
        if self.weights.shipped is not None:
            learned = self.weights.sum(total, levels) - base.sum(total, levels)
            points.append(("learned", "from decisions", round(learned, 2)))
        told = sorted((one for one in points if one[2]), key=lambda one: -abs(one[2]))
        start = ("start", "", round(base.of(total, "start", ""), 2))
        return [WaterfallStep(*one) for one in (start, *told)]

    def _earned(self, option: Option, share: float) -> Iterator[WaterfallStep]:
        """That a verdict is called likely only since decisions lowered from when it is."""
        least, base = self.weights.likely[option.total], self.weights.shipped
        if base is not None and share < (before := base.likely[option.total]):
            yield WaterfallStep("learned", f"said from {least:.2f} by decisions, not from {before:.2f}", 0.0)

    def _row(self, weighed: Weighed, met: Met) -> Suggestion:
        relation = met.relation if met.relation in ("supports", "refutes") else "neutral"
        outcome = Outcome(Candidate(row=met.portrait.row), relation)  # type: ignore[arg-type]  # one of three
        row = replace(evidence_of(outcome), waterfall=self._waterfall(weighed, met))
        left = (part.lemma for part, _ in weighed.account.left(met.portrait) if not part.context)
        return Suggestion(row=row, missing=tuple(dict.fromkeys(left)), probability=rounded(met.share))

    def _waterfall(self, weighed: Weighed, met: Met) -> tuple[WaterfallStep, ...]:
        """The sum by which a row was weighed, each summand with the words that were compared."""
        levels, portrait = weighed.levels, met.portrait
        return tuple(
            self._steps(
                sum_of(weighed.frame.claim), tuple(met.levels.items()),
                lambda slot: levels.words_for(slot, portrait),
            )
        )  # fmt: skip

    def _as_met(self, weighed: Weighed, row: Evidence, met: Mapping[str, Met]) -> Evidence:
        """A row of a decided verdict with the sum by which it was weighed, where it is among the first."""
        one = met.get(f"{row.table}:{row.row_id}") if row.sql is None else None
        return row if one is None or not one.levels else replace(row, waterfall=self._waterfall(weighed, one))


def _with_unread(reading: Reading, unread: Mapping[str, tuple[Span, ...]]) -> Reading:
    """The reading whose claims say which of their words no row explains."""
    return replace(
        reading, claims=tuple(replace(c, unread=unread.get(c.claim_id, c.unread)) for c in reading.claims)
    )


def _unexplained(before: Verdict, words: Sequence[Part]) -> Verdict:
    """An open verdict that names the words which the row that comes nearest does not explain."""
    lemmas = tuple(dict.fromkeys(part.lemma for part in words))
    if not lemmas or before.reason not in _NO_ROW:
        return before
    told = ", ".join(f'"{word}"' for word in lemmas)
    return replace(
        before, reason="unexplained", stage="unexplained", unexplained=lemmas,
        explanation=f"unexplained: {told}",
    )  # fmt: skip


def _told(option: Option) -> str:
    """The arithmetic of numbers that rows give together, in words."""
    one = option.computed
    if one is None:
        return ""
    if one.told:
        return one.told[:300]
    names = " and ".join(f"{p.row.table} {p.row.row_id}" for p in one.rows)
    return f"{one.form} of {names}: {one.value.normalize():f}"[:300]


def _merged(rows: Sequence[Suggestion], before: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The rows in order, those of before behind them, and no row twice."""
    out = {_key(s.row): s for s in (*rows, *before)} | {_key(s.row): s for s in rows}
    return tuple(out.values())[: max(SHOWN, len(before))]


def _key(row: Evidence) -> tuple[str, str]:
    return row.table, row.row_id
