"""From reviewers' decisions on the claims of a database to moved weights, and what these would change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

from claimcheck.claims.reading import read
from claimcheck.decisions import Decision, Journal, Review, RowKey
from claimcheck.decisions.standing import OPEN
from claimcheck.learning import fitting
from claimcheck.learning.file import Learned, learned
from claimcheck.learning.names import Name, names
from claimcheck.linking.columns import compare
from claimcheck.linking.decide import Met, is_said, meet, ranked, sum_of
from claimcheck.linking.evidence import Linking
from claimcheck.linking.evidence import Weighed as Compared
from claimcheck.linking.linker import Linker, garbage_collection_paused
from claimcheck.linking.totals import rows_of
from claimcheck.linking.weights import Weights
from claimcheck.model import DECIDED, CheckedDocument, ReferenceRow, Verdict
from claimcheck.store import Store
from claimcheck.store.decisions import reviews
from claimcheck.store.loading import load_versions

AT_ONCE = 50  # documents in memory at a time
CURRENT = "SELECT document_key FROM current_document ORDER BY doc_id"
THEIR_DOCUMENTS = """
SELECT DISTINCT document_key FROM claim JOIN current_document USING (document_key)
WHERE claim_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY document_key
"""
Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Change:
    """A claim of which other weights say something else. `before` and `after`: what was said and what would
    be: ("decided", "refuted"), ("likely", "supported"), ("open", ""). `decided`: what the reviewers say."""

    document: str
    claim_id: str
    text: str
    before: tuple[str, str]
    after: tuple[str, str]
    decided: str | None

    @property
    def contradicts(self) -> bool:
        """Whether it would now be decided against an earlier decision: such a change blocks."""
        return self.decided is not None and self.after[0] == "decided" and self.after[1] != self.decided

    @property
    def of_decided(self) -> bool:
        """Whether a decided verdict comes, goes or changes: somebody is to look at each such change."""
        return "decided" in (self.before[0], self.after[0])


@dataclass(frozen=True, slots=True)
class Lesson:
    """What decisions teach, and what it would change."""

    learned: Learned
    rows: int
    none: int
    verdicts: int
    changes: tuple[Change, ...]
    claims: int
    names: tuple[Name, ...] = ()

    @property
    def decisions(self) -> int:
        """How many decisions taught something."""
        return self.rows + self.none + self.verdicts

    @property
    def blocks(self) -> tuple[Change, ...]:
        """Changes that contradict earlier decisions."""
        return tuple(one for one in self.changes if one.contradicts)


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A claim that reviewers settled: what it was compared with, the row that is meant, their verdict."""

    decision: Decision
    compared: Compared
    row: int | None
    verdict: str | None


def teach(store: Store, journal: Journal, tick: Tick | None = None) -> Lesson:
    """What the decisions of a journal teach about the claims of a store. Raises StoreError, OSError.

    Weights are moved from the shipped ones, whatever was learned before: the same decisions give the same
    weights. What changes is compared with what holds now.
    """
    settled = reviews(store, journal.read()[0])
    linker = Linker(store, store.path)
    with garbage_collection_paused():
        shipped_ones = Linking(store)
        found = list(_labelled(store, linker, shipped_ones, settled))
        after = moved(shipped_ones.weights, found)
        stated = learned(shipped_ones.weights, after, sorted(one.decision.id for one in found))
        now, then = copy(shipped_ones), copy(shipped_ones)
        if linker.learned is not None:
            now.weights = linker.learned.weights
        then.weights = after
        changes: list[Change] = []
        claims = 0
        for checked in _documents(store, linker, _all(store), tick):
            before, later = now.judged([checked])[0], then.judged([checked])[0]
            claims += len(checked.verdicts)
            changes += _changes(before, later, settled)
    rows = sum(one.row is not None for one in found)
    none = sum(one.row is None and one.verdict is None for one in found)
    proposed = names(
        ((one.decision, one.compared.levels.frame, _met(one)) for one in found),
        lambda frame: shipped_ones.book.lexis.said_in(frame.words),
    )
    verdicts = len(found) - rows - none
    return Lesson(stated, rows, none, verdicts, tuple(changes), claims, tuple(proposed))


def _met(one: _Labelled) -> Met | None:
    return None if one.row is None else one.compared.met[one.row]


def _labelled(
    store: Store, linker: Linker, linking: Linking, settled: Mapping[str, Review]
) -> Iterator[_Labelled]:
    """The claims that reviewers settled, each compared with its rows by the shipped weights."""
    names = [claim_id for claim_id, review in settled.items() if review.done]
    keys = [row["document_key"] for row in store.rows(THEIR_DOCUMENTS, [names])]
    for checked in _documents(store, linker, keys, None):
        by_rule = linking.judged([checked])[0].verdicts
        for _, compared in linking.compared([checked]):
            levels = compared.levels
            rows = compare(levels, rows_of(levels, levels.of_number))
            compared = replace(compared, met=meet(rows, linking.weights, len(rows.rows)))
            claim_id = compared.levels.frame.claim.claim_id
            label = _label(settled.get(claim_id, OPEN), compared, by_rule[claim_id])
            if label is not None:
                yield label


def moved(before: Weights, found: Sequence[_Labelled]) -> Weights:
    """The weights after decisions."""
    met = [
        fitting.Met(
            sum_of(one.compared.levels.frame.claim),
            [tuple(m.levels.items()) for m in one.compared.met],
            one.row,
        )
        for one in found
        if one.row is not None or one.verdict is None
    ]
    anyway = replace(before, likely=dict.fromkeys(before.likely, 0.0))
    firsts = []
    for one in found:
        for option, share in ranked(one.compared.options, before)[:1]:
            firsts.append(
                fitting.Weighed(
                    option.total,
                    share,
                    option.verdict == one.verdict,
                    one.verdict is None,
                    one.compared.levels.frame.claim.asserted and is_said(option, share, anyway),
                )
            )
    return fitting.earned(fitting.moved(before, met), firsts)


def _all(store: Store) -> list[int]:
    return [row["document_key"] for row in store.rows(CURRENT)]


def _documents(
    store: Store, linker: Linker, keys: Sequence[int], tick: Tick | None
) -> Iterator[CheckedDocument]:
    """Documents read again from their stored text, as a run reads them, not judged yet."""
    for first in range(0, len(keys), AT_ONCE):
        held = load_versions(store.connection, list(keys[first : first + AT_ONCE]))
        readings = read([c.document for c in held], linker.event_index, lambda overrun: None)
        yield from linker.opened(list(readings))
        if tick is not None:
            tick(len(held))


def _label(review: Review, compared: Compared, by_rule: Verdict) -> _Labelled | None:
    """What reviewers settled of a claim; None where they did not, or it teaches nothing."""
    latest = review.latest
    if latest is None or not review.done:
        return None
    if latest.kind == "dismiss":
        return _Labelled(latest, compared, None, None) if latest.reason == "not_a_claim" else None
    if latest.kind in ("correct", "accept"):
        return None  # of another reading than the one that is compared
    if latest.row is not None and not latest.row.answers:
        return _Labelled(latest, compared, None, None)
    if latest.verdict == "not_enough_evidence":
        return None  # open for whatever reason: a row may be meant all the same
    key = None if latest.row is None else latest.row.rows[0]
    if latest.kind == "confirm" and latest.verdict == by_rule.verdict:
        met = [e for e in by_rule.evidence if e.relation != "neutral" and e.sql is None]
        if len(met) == 1:
            key = RowKey(met[0].package or "", met[0].table, met[0].row_id, met[0].measure or "")
    row = next((n for n, m in enumerate(compared.met) if _key(m.portrait.row) == key), None)
    return _Labelled(latest, compared, row, latest.verdict)


def _key(row: ReferenceRow) -> RowKey:
    return RowKey(row.package, row.table, row.row_id, row.measure or "")


def _changes(
    before: CheckedDocument, after: CheckedDocument, settled: Mapping[str, Review]
) -> Iterator[Change]:
    """The claims of a document of which something else would be said."""
    for claim in before.reading.claims:
        if claim.claim_id in before.verdicts:
            one, other = _said(before.verdicts[claim.claim_id]), _said(after.verdicts[claim.claim_id])
            if one != other:
                decided = settled.get(claim.claim_id, OPEN).verdict
                yield Change(before.document.id, claim.claim_id, claim.text, one, other, decided)


def _said(verdict: Verdict) -> tuple[str, str]:
    if verdict.verdict in DECIDED:
        return "decided", verdict.verdict
    return ("likely", verdict.likely.verdict) if verdict.likely is not None else ("open", "")
