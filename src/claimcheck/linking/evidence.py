"""Checked documents with what is likely: for every claim the rows in order of how likely it means them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from claimcheck.frames import frames_of
from claimcheck.frames.words import stems
from claimcheck.judging.explaining import evidence_of
from claimcheck.judging.judge import judge
from claimcheck.judging.relations import Candidate, Outcome, spoken_interval
from claimcheck.judging.relations import stated as stated_of
from claimcheck.lexicon import load
from claimcheck.linking import decide, relate
from claimcheck.linking.account import Account
from claimcheck.linking.candidates import Candidates
from claimcheck.linking.columns import PAIRS, Compared, Line, compare_all, whole_of
from claimcheck.linking.decide import MEANT, Met, Option, is_said, of_one_statistic, rounded, sum_of
from claimcheck.linking.levels import REMEMBERED, Levels
from claimcheck.linking.relate import Asked, Computed, Reckoned
from claimcheck.linking.rows import Book, Measured, Portrait, Tables, read_rows
from claimcheck.linking.totals import forget, rows_of
from claimcheck.linking.weights import Weights, shipped
from claimcheck.lots import lots
from claimcheck.model import (
    DECIDED,
    Basis,
    CheckedDocument,
    Claim,
    Document,
    Evidence,
    Likely,
    Link,
    Part,
    Reading,
    Slot,
    Span,
    Suggestion,
    Verdict,
    WaterfallStep,
    replace,
)
from claimcheck.store.migrations import literal

SHOWN = 3
"""Rows that are shown beside a claim that is not decided."""
MOST_OF_ONE = 2000
"""Rows of one measure, or about one thing, that a claim is compared with."""
LINKED = 0.5
"""The least probability of a row that is named as what an open claim is about."""
LEAST = 0.02  # the least probability of a row that is shown

_step = lru_cache(1 << 14)(WaterfallStep)
_NO_ROW = frozenset({"no_reference", "no_measure"})
_ASKED = "same", "within the row's", "over"  # whether the row is of all of it, arithmetic on periods says


@dataclass(frozen=True, slots=True)
class Among:
    """The rows among which a claim is weighed, where somebody said which: all others mean nothing, and what
    the slots `settled` hold is not asked."""

    book: Book
    settled: tuple[str, ...]


Chosen = Callable[[CheckedDocument, Claim], Among | None]
"""Among which rows a claim of a document is weighed; None: among all."""
Own = Callable[[str | None, Document], bool]
"""Whether a source is a document's own, which decides nothing about it."""


def never_own(source: str | None, document: Document) -> bool:
    """That no source is a document's own."""
    return False


class Anchor(NamedTuple):
    """A row that may be one of several, its sum without its number, and its place among those compared."""

    bare: float
    row: Portrait
    at: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim's levels, its rows in order, and the verdicts that they may give."""

    levels: Levels
    met: list[Met]
    options: list[Option]
    account: Account
    settled: tuple[str, ...] = ()

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.levels.frame.claim

    @property
    def left(self) -> list[Part]:
        """The words that the row which is meant does not explain; none where none is meant."""
        first = self.met[0] if self.met else None
        return self.account.narrowing(first.portrait) if first and first.share >= MEANT else []


class Linking:
    """Weighs claims against the rows of a store.

    Example:
        >>> Linking(store).judged(checked)[0].verdicts[claim_id].likely.probability
        0.87
    """

    def __init__(self, store: Tables, weights: Weights | None = None) -> None:
        """`weights`: others than those shipped."""
        self._store, self.book = store, Book(store)
        self.weights = shipped() if weights is None else weights
        self._summands = lru_cache(1 << 12)(self._summed)  # many rows are met alike
        self._said_in = lru_cache(8)(self.book.lexis.said_in)  # of a text that compares much, once
        self._found = None if self.book.few else Candidates(store, self.book)

    def about(self, key: str) -> Book:
        """The names with the row of a key alone: "incidents:I17"."""
        return self._of(f"resource || ':' || row_id = {literal(key)}", lambda row: row.row.key == key)

    def of_measures(self, measures: Collection[Measured]) -> Book:
        """The names with the rows of measures alone."""
        keys = " OR ".join(f"(package = {literal(p)} AND measure = {literal(m)})" for p, m in measures)
        return self._of(keys or "false", lambda row: row.measure in measures)

    def _of(self, condition: str, holds: Callable[[Portrait], bool]) -> Book:
        if self.book.few:
            return self.book.of(row for row in self.book.portraits if holds(row))
        rows = read_rows(self._store, f"(SELECT * FROM reference_row WHERE {condition} LIMIT {MOST_OF_ONE})")
        return self.book.of(filter(None, self.book.portraits_of(rows)))

    def judged(
        self,
        documents: Sequence[CheckedDocument],
        kinds: Collection[str] | None = None,
        chosen: Chosen = lambda document, claim: None,
        own: Own = never_own,
    ) -> list[CheckedDocument]:
        """The documents with verdicts, probabilities and the rows that come nearest.

        `kinds`: only of claims of these kinds; `chosen`: among which rows a claim is weighed.
        """
        out = [dict(document.verdicts) for document in documents]
        claims = [{c.claim_id: c for c in document.reading.claims} for document in documents]
        for n, weighed in self.compared(documents, kinds, chosen):
            claim = weighed.claim
            verdict = self._judged(weighed, out[n][claim.claim_id], documents[n].document, own)
            out[n][claim.claim_id] = verdict
            claims[n][claim.claim_id] = _linked(claim, weighed, verdict, documents[n].document)
        return [
            replace(d, verdicts=verdicts, reading=replace(d.reading, claims=tuple(linked.values())))
            for d, verdicts, linked in zip(documents, out, claims, strict=True)
        ]

    def compared(
        self,
        documents: Sequence[CheckedDocument],
        kinds: Collection[str] | None = None,
        chosen: Chosen = lambda document, claim: None,
    ) -> Iterator[tuple[int, Weighed]]:
        """Each claim against the rows that it may mean, with the number of its document."""
        asked: list[Levels] = []
        of: list[int] = []
        for n, document in enumerate(documents):
            claims = [c for c in document.reading.claims if c.claim_id in document.verdicts]
            claims = [c for c in claims if kinds is None or c.kind in kinds]
            frames = list(frames_of(document.reading, claims)) if claims else []
            said = self.book.lexis.said_in(frames[0].words) if frames else []
            asked += [Levels(frame, self.book, said) for frame in frames]
            of += [n] * len(frames)
        among = [chosen(documents[n], levels.claim) for n, levels in zip(of, asked, strict=True)]
        books = self._found.books(asked) if self._found else [self.book] * len(asked)
        for levels, book, one in zip(asked, books, among, strict=True):
            levels.book = book if one is None else one.book
        every = zip(of, asked, among, strict=True)
        for lot in lots(every, PAIRS, (lambda one: len(one[1].book.portraits), PAIRS)):
            compared = self._compared([levels for _, levels, _ in lot])
            mets = [decide.meet(rows, self.weights) for rows in compared]
            known = reckoned_together(compared, mets, self.weights)
            for (n, levels, one), met, (first, together) in zip(lot, mets, known, strict=True):
                before = documents[n].verdicts[levels.claim.claim_id]
                account = Account(levels)
                found = decide.options(met, account, self._together(levels, first, together, before))
                yield n, Weighed(levels, met, found, account, one.settled if one else ())

    def _compared(self, asked: Sequence[Levels]) -> list[Compared]:
        """The levels of claims with the rows that they may mean: those of their levels' books."""
        out: dict[int, Compared] = {}
        forget(self.book)
        for of_number in (True, False):
            mine = [levels for levels in asked if levels.of_number is of_number]
            chosen = [rows_of(levels, of_number) for levels in mine]
            out.update(zip(map(id, mine), compare_all(mine, chosen), strict=True))
        return [out[id(levels)] for levels in asked]

    def levels_of(self, reading: Reading, claim: Claim, without: Sequence[Span]) -> Levels | None:
        """What a claim of a reading says in each slot, but for some characters, and the rows that it may
        mean."""
        frame = next(frames_of(reading, [claim], without), None)
        if frame is None:
            return None
        said = self._said_in(frame.words)
        first, last = (bisect_left(said, at, key=attrgetter("start")) for at in (frame.start, frame.end))
        near = said[max(0, first - REMEMBERED) : last]
        kept = [one for one in near if not any(s.start <= one.start < s.end for s in without)]
        levels = Levels(frame, self.book, kept)
        if self._found is not None:
            [levels.book] = self._found.books([levels])
        return levels

    def _together(
        self, levels: Levels, first: Sequence[Anchor], known: Reckoned | None, before: Verdict
    ) -> list[tuple[Computed, float]]:
        """What the likeliest rows give together, each with the probability that it is meant."""
        claim = levels.claim
        if claim.quantity is None and claim.comparison is None:
            return []
        if claim.quantity is None:
            met = decide.barest(levels, self.weights, relate.ANCHORS)
            first = [Anchor(m.total, m.portrait, m.at) for m in met]
        found = list(relate.computed(levels, [anchor.row for anchor in first], known))
        if before.likely is not None:
            found += filter(None, [relate.of_operands(before.likely, claim, levels.book)])
        behind = [first[one.anchor].bare - first[0].bare if first else 0.0 for one in found]
        return list(zip(found, decide.pairs(found, claim, behind, self.weights), strict=True))

    def _judged(self, weighed: Weighed, before: Verdict, document: Document, own: Own) -> Verdict:
        if before.verdict in DECIDED:
            return before  # a comparison: all that it compares is firm
        weights, claim = self.weights, weighed.claim
        found = decide.ranked(weighed.options, weights)
        if not found:
            return replace(before, likely=None)
        option, share = found[0]
        first = option.rows[0]
        firm = decide.is_firm(option, share, weighed.account, weights, weighed.settled)
        decided, named = None, option.verdict
        alone = option.computed is not None or (named == "refuted" and not firm)
        others = [] if alone else of_one_statistic(first, option.rows, weights)
        if firm or (others and named == "supported"):  # else it changes nothing
            decided = judged(option, others, claim, document, own)
        conflicts = decided is not None and decided.verdict == "conflicting_evidence"
        if conflicts and named == "supported" and not first.levels["source"].startswith("named"):
            named = "conflicting_evidence"  # the claim names no source as its own
        if firm and decided is not None:
            if decided.verdict not in DECIDED:
                before = decided  # its rows are meant, and decide nothing: the document's own
            elif decided.verdict == option.verdict:
                met = {m.portrait.row.key: m for m in option.rows if m.levels}
                evidence = tuple(self._as_met(weighed, e, met) for e in decided.evidence)
                steps = self._of_verdict(option, share)
                return replace(decided, probability=rounded(share), evidence=evidence, waterfall=steps)
        contested = named == "conflicting_evidence"  # the rows that say otherwise, right behind the first
        shown = {id(m): m for m in (first, *(others if contested else ()), *option.rows[:SHOWN])}
        rows = tuple(
            row for m in list(shown.values())[:SHOWN] if m.share >= LEAST or option.computed or contested
            for row in self._rows(weighed, m, lambda source: own(source, document))
        )
        likely = None
        stands = claim.asserted or (claim.rule in _standing() and (
            claim.hedge != "negation" or any(part.role == "predicate" for part in weighed.left)
        ))  # fmt: skip
        if stands and is_said(option, share, weights):
            likely = Likely(named, rounded(share), rows, self._of_verdict(option, share), _stated(option))
        return replace(
            before, **(_open(before, weighed.left, likely) if claim.asserted else {}), likely=likely,
            probability=likely.probability if likely else None, suggestions=_merged(rows, before.suggestions),
            evidence=before.evidence or self._linked_to(weighed),
        )  # fmt: skip

    def _linked_to(self, weighed: Weighed) -> tuple[Evidence, ...]:
        """The row that an open claim is about, where it is likelier meant than not, whatever it says."""
        first = weighed.met[0] if weighed.met else None
        if not weighed.levels.of_number or first is None or first.share < LINKED or first.portrait.parts:
            return ()
        return (evidence_of(Outcome(Candidate(row=first.portrait.row), "neutral")),)

    def _summed(self, total: str, levels: tuple[tuple[str, str], ...] | Line) -> tuple[WaterfallStep, ...]:
        """The summands that are not nothing, the weightiest first, behind the start of the sum."""
        base = self.weights.shipped or self.weights
        stated = levels if isinstance(levels, tuple) else tuple(levels.items())
        points = [(slot, level, round(base.of(total, slot, level), 2)) for slot, level in stated]
        if self.weights.shipped is not None:
            learned = self.weights.sum(total, stated) - base.sum(total, stated)
            points.append(("learned", "from decisions", round(learned, 2)))
        start = ("start", "", round(base.of(total, "start", ""), 2))
        first = sorted((one for one in points if one[2]), key=lambda one: -abs(one[2]))
        return tuple(WaterfallStep(*one) for one in (start, *first))

    def _of_verdict(self, option: Option, share: float) -> tuple[WaterfallStep, ...]:
        """The sum of a verdict, and that it is called likely only since decisions lowered from when it is."""
        steps = self._summands(f"verdict {option.total}", option.steps)
        least, base = self.weights.likely[option.total], self.weights.shipped
        if base is None or share >= (before := base.likely[option.total]):
            return steps
        stated = f"said from {least:.2f} by decisions, not from {before:.2f}"
        return *steps, WaterfallStep("learned", stated, 0.0)

    def _rows(self, weighed: Weighed, met: Met, own: Callable[[str | None], bool]) -> Iterator[Suggestion]:
        """A row as it is shown; of one that tells what incidents come to the first of these."""
        missing = tuple(dict.fromkeys(p.lemma for p in weighed.account.narrowing(met.portrait)))
        steps = self._waterfall(weighed, met)
        for portrait in met.portrait.parts[:SHOWN] or (met.portrait,):
            row = _shown(weighed.levels.book, portrait, met.relation)
            row = replace(row, own=row.own or own(portrait.row.source), waterfall=steps)
            yield Suggestion(row=row, missing=missing, probability=rounded(met.share))

    def _waterfall(self, weighed: Weighed, met: Met) -> tuple[WaterfallStep, ...]:
        """The sum by which a row was weighed, each summand with the words that were compared."""
        said = weighed.levels.said_of(met.portrait)
        steps = self._summands(sum_of(weighed.levels.claim), met.levels)
        return tuple([
            _step(one.slot, one.level, one.points, said[one.slot]) if said.get(one.slot) else one
            for one in steps
        ])  # fmt: skip

    def _as_met(self, weighed: Weighed, row: Evidence, met: Mapping[str, Met]) -> Evidence:
        """A row of a decided verdict with the sum by which it was weighed, where it is among the first."""
        one = met.get(f"{row.table}:{row.row_id}") if row.sql is None else None
        return row if one is None else replace(row, waterfall=self._waterfall(weighed, one))


def reckoned_together(
    compared: Sequence[Compared], mets: Sequence[Sequence[Met]], weights: Weights
) -> list[tuple[list[Anchor], Reckoned | None]]:
    """For each claim the likeliest rows but for their number, and what they may give together; None of claims
    whose rows are reckoned alone."""
    anchors = [_anchors(rows, met, weights) for rows, met in zip(compared, mets, strict=True)]
    out: list[Reckoned | None] = [None] * len(compared)
    asked: dict[int, list[tuple[int, Asked]]] = defaultdict(list)  # by the columns of their rows
    for n, (rows, first) in enumerate(zip(compared, anchors, strict=True)):
        admits = relate.admitted(rows.of.frame) if first and rows.of.of_number else None
        if admits is not None:
            chosen = rows_of(rows.of, of_number=True)
            mine = chosen.at[[anchor.at for anchor in first]]
            one = Asked(admits, chosen.whole, mine, chosen.at)
            asked[id(chosen.whole)].append((n, one))
    for same in asked.values():
        for (n, _), found in zip(same, relate.reckoned([one for _, one in same]), strict=True):
            out[n] = found
    return list(zip(anchors, out, strict=True))


def _anchors(rows: Compared, met: Sequence[Met], weights: Weights) -> list[Anchor]:
    first = sorted(met, key=attrgetter("bare"), reverse=True)
    said = relate.said_beside(rows.of, rows.rows) if rows.of.of_number else []
    if not said:
        return [Anchor(m.bare, m.portrait, m.at) for m in first[: relate.ANCHORS]]
    sums, value = rows.sums(sum_of(rows.of.claim), weights)
    places = relate.anchors([m.at for m in first], said, sums - value)
    return [Anchor(float(sums[n] - value[n]), rows.rows[n], n) for n in places]


def _shown(book: Book, row: Portrait, relation: str) -> Evidence:
    """A row as evidence, made once for all claims that it is shown beside."""
    shown = whole_of(book)[0].shown
    if (known := shown.get((id(row), relation))) is None:
        outcome = Outcome(Candidate(row=row.row), relation)  # type: ignore[arg-type]  # one of three
        known = shown[id(row), relation] = evidence_of(outcome)
    return known


def judged(
    option: Option, others: Sequence[Met], claim: Claim, document: Document, own: Own = never_own
) -> Verdict | None:
    """What the judge says of the row that a verdict rests on; with `others`, those of other sources that tell
    the same number. None of a comparison, and of what nobody asserts."""
    if not claim.asserted or claim.kind == "comparison":
        return None
    candidates = [
        Candidate(
            row=replace(row, own=row.own or own(row.source, document)),
            by_speaker=claim.speaker is not None and (
                {*stems(claim.speaker.text)} <= {*stems(row.reported_by)}
                if row.reported_by
                else m.levels["source"].startswith("named")
            ),
            named=not m.levels["time"].startswith(_ASKED),
        )
        for m in (option.rows[0], *(others if claim.quantity else ()))
        for row in (m.portrait.row,)
    ]
    return judge(claim, candidates, document)


def _linked(claim: Claim, weighed: Weighed, verdict: Verdict, document: Document) -> Claim:
    """The claim with the key of its place, the measure and the actor's key of the row that is meant, with its
    parts, and which of its words no row explains."""
    place, actor, measure = claim.place, claim.actor, claim.measure
    read = {v.key.partition("|")[2] for v in weighed.levels.values_read("read place") if ":" in v.key}
    place = _keyed(place, *read) if len(read) == 1 else place
    first = weighed.met[0] if weighed.met else None
    if first is not None and first.share >= MEANT:
        row, noted = first.portrait.row, first.levels
        measure = row.measure or measure if first.share >= LINKED else measure
        place = _keyed(place, row.places[0] if row.places and noted["place"].startswith("same") else None)
        actor = _keyed(actor, row.actor if noted["actor"].startswith("named") else None)
    return replace(
        claim, place=place, actor=actor, measure=measure, slots=_slots(claim, place, document),
        unread=tuple(Span(p.start, p.end) for p in weighed.left) if verdict.unexplained else claim.unread,
    )  # fmt: skip


def _keyed(link: Link | None, key: str | None) -> Link | None:
    """What a claim names with a row's key of it, where it has none."""
    return replace(link, id=key) if link and link.id is None and key and ":" in key else link


def _slots(claim: Claim, place: Link | None, document: Document) -> tuple[Slot, ...]:
    """The parts of a claim: what it counts, what it says of it, where, and when."""
    parts = () if claim.proposition is None else claim.proposition.parts
    head = next((p for p in parts if p.role == "head" and p.is_head), None)
    verb = next((p for p in parts if p.role == "predicate"), None)
    out = [s for s in claim.slots if s.slot == "counted noun" and head is None]
    out += [Slot("counted noun", head.lemma, head.start, head.end)] if head is not None else []
    out += [Slot("predicate", verb.lemma, verb.start, verb.end)] if verb is not None else []
    if place is not None and place.text:
        text, key = place.text, place.id
        at = document.text.find(text, claim.context.start, claim.context.end)
        if at >= 0:
            out.append(Slot("place", text, at, at + len(text), key, "clause"))
        else:
            out.append(Slot("place", text, None, None, key, "carried"))
    time = claim.time
    if time is not None and time.date_start is not None:
        basis: Basis = {"discourse": "carried", "document": "dateline"}.get(time.basis, time.basis)  # type: ignore[assignment]
        out.append(Slot("time", time.timex or "", time.start, time.end, str(time.period), basis))
    return tuple(out)


@cache
def _standing() -> frozenset[str]:
    """The rules by which a clause is not asserted and yet may be likely: "will cut 17,000 jobs"."""
    return frozenset(f"assertion.{row.id}" for row in load("assertion") if row.get("stands"))


def _open(before: Verdict, words: Sequence[Part], likely: Likely | None) -> dict[str, Any]:
    """What an open verdict says besides: the words which the row that comes nearest does not explain, or that
    what is likely is not sure enough."""
    if before.reason not in _NO_ROW or not (words or likely):
        return {}
    lemmas = tuple(dict.fromkeys(part.lemma for part in words))
    if not lemmas:
        stated = "What the rows say is not sure enough to be decided."
        return {"reason": "not_firm", "stage": "no_row", "explanation": stated}
    stated = "unexplained: " + ", ".join(f'"{word}"' for word in lemmas)
    return {"reason": "unexplained", "stage": "unexplained", "explanation": stated, "unexplained": lemmas}


def _stated(option: Option) -> str:
    """The arithmetic of numbers that rows give together, in words."""
    one, row = option.computed, option.rows[0].portrait
    if one is None and not row.parts:
        return ""
    if one is None:
        many, of = spoken_interval(stated_of(row.row)), f"{row.row.table} {row.row.row_id}"
        return f"{many} counted: {of}" if row.is_count else f"{row.row.measure}, added up: {many}: {of}"
    if one.explanation:
        return one.explanation[:300]
    names = " and ".join(f"{p.row.table} {p.row.row_id}" for p in one.rows)
    return f"{one.form} of {names}: {one.value.normalize():f}"[:300]


def _merged(rows: Sequence[Suggestion], before: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The rows in order, those of before behind them, and no row twice."""
    found = [((s.row.table, s.row.row_id), s) for s in (*rows, *before)]
    out = dict(found) | dict(found[: len(rows)])
    return tuple(out.values())[: max(SHOWN, len(before))]
