"""The rows that a reviewer can lay beside a claim: those shown with it, and any that a search finds.

Each carries the verdict that follows where it is the row that is meant; one from which none follows is
shown without a key, so that no press is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from claimcheck.decisions import Answer, Decision, RowKey
from claimcheck.judging.explaining import evidence_of
from claimcheck.judging.judge import judge
from claimcheck.judging.relations import Candidate, Outcome, comparable, own_period
from claimcheck.model import DECIDED, Claim, Document, Evidence, ReferenceRow, Relation, Suggestion, Verdict
from claimcheck.review import forms
from claimcheck.statements import statements
from claimcheck.store import Store
from claimcheck.store.decisions import row_digests
from claimcheck.store.rows import reference_row_of

if TYPE_CHECKING:
    from claimcheck.review.desk import Desk, Found

KINDS = ("quantity", "event", "rank")
"""Kinds of claims that a single row can answer."""
KEYED = 9
"""Rows that have a key of their own."""
MOST_WORDS = 8
ASKED = {"package": "VARCHAR", "resource": "VARCHAR", "row_id": "VARCHAR", "measure": "VARCHAR"}
SQL = statements("desk.sql")
GATHER_ROWS = SQL["GATHER_ROWS"]
FIND_ROWS = SQL["FIND_ROWS"]
ROWS = SQL["ROWS"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A row that can be laid beside a claim. `number` is its key; `verdict` what follows where it is meant,
    None where nothing does; `differs`: its number is not the claim's, `elsewhen`: nor its time."""

    key: RowKey
    row: Evidence
    verdict: Verdict | None
    number: int | None
    probability: float | None = None
    missing: tuple[str, ...] = ()
    differs: bool = False
    elsewhen: bool = False
    place: str = ""  # the narrowest of its row, a key of a gazetteer or a name

    @property
    def value(self) -> str:
        """What a form says to choose it, with the verdict that its page showed."""
        return "\t".join((*self.key, "" if self.verdict is None else self.verdict.verdict))


def answers(claim: Claim) -> bool:
    """Whether a row can answer a claim at all: it states a number or a date of one event."""
    return claim.kind in KINDS and claim.comparison is None and claim.asserted


def verdict_by(claim: Claim, row: ReferenceRow, document: Document) -> Verdict | None:
    """What the program's own judging says where a reviewer says that the claim means this row; None where
    their units cannot be compared, or the row decides nothing.

    Place and time are taken as the reviewer says: a claim with a number is compared by its number alone.
    """
    own = claim.quantity
    if own is not None and row.unit is not None and not comparable(own, row.unit):
        return None
    if claim.quantity is not None:
        if claim.kind == "rank" and row.number is not None:
            row = replace(row, kind="figure", low=None, best=Decimal(row.number), high=None)
        claim, row = replace(claim, time=None, kind="quantity"), replace(row, measure_type="constant")
    meant = Candidate(row=replace(row, own=False), named=True)
    verdict = judge(claim, [meant], replace(document, date=None))
    return verdict if verdict.verdict in DECIDED else None


def choices(desk: Desk, found: Found) -> list[Choice]:
    """The rows shown beside a claim: those of its likely verdict, the likeliest others, those that met it."""
    verdict, claim = found.verdict, found.claim
    if verdict is None or not found.current or not answers(claim):
        return []
    shown = [*(verdict.likely.rows if verdict.likely else ()), *verdict.suggestions]
    shown += [Suggestion(row=e) for e in verdict.evidence]
    near = list({(s.row.table, s.row.row_id, s.row.best): s for s in shown if s.row.sql is None}.values())
    rows = _rows(desk.store, [(None, s.row.table, s.row.row_id, None) for s in near])
    out: list[Choice] = []
    number = 0
    for one in near:
        row = _same(one.row, rows)
        if row is None:
            continue
        choice = _choice(found, row, one)
        if choice.verdict is not None and number < KEYED:
            number += 1
            choice = replace(choice, number=number)
        out.append(choice)
    return out


def found_rows(desk: Desk, found: Found, words: str) -> list[Choice]:
    """The rows of all tables that have each of some words, those with a number among the words first."""
    if not answers(found.claim) or not found.current:
        return []
    wanted = list(dict.fromkeys(words.lower().split()))[:MOST_WORDS]
    plain = [w.replace(",", "") if w[:1].isdigit() else w for w in wanted]
    if not plain:
        return []
    gather(desk)
    tests = " AND ".join(f"contains(search, $word{n})" for n in range(len(plain)))
    period = own_period(found.claim)
    day = found.checked.document.date if period is None else period.end or period.start
    given: dict[str, Any] = {f"word{n}": word for n, word in enumerate(plain)}
    given |= {"numbers": [w for w in plain if w.replace(".", "", 1).isdecimal()], "day": day or date.today()}
    keys = desk.store.cells(FIND_ROWS.format(tests=tests, most=KEYED), given)
    rows = {RowKey(r.package, r.table, r.row_id, r.measure or ""): r for r in _rows(desk.store, keys)}
    return [_choice(found, rows[RowKey(*key)], None) for key in keys if RowKey(*key) in rows]


def gather(desk: Desk) -> None:
    """The words of every row in one table, once a snapshot."""
    desk.kept("row search", lambda: desk.store.rows(GATHER_ROWS))


def _rows(store: Store, keys: Iterable[Sequence[str | None]]) -> list[ReferenceRow]:
    """The rows of keys; without a package or a measure those of any."""
    with store.temporary_table("rows_asked", ASKED, [list(key) for key in keys]):
        return [reference_row_of(r) for r in store.rows(ROWS)]


def _same(shown: Evidence, rows: Sequence[ReferenceRow]) -> ReferenceRow | None:
    """The row of a table that was shown: of one that gives several measures the one with its number."""
    mine = [r for r in rows if (r.table, r.row_id) == (shown.table, shown.row_id)]
    says = (shown.low, shown.best, shown.high, shown.unit)
    alike = [r for r in mine if (r.low, r.best, r.high, r.unit) == says]
    named = [r for r in alike if shown.name in (r.name, r.label, r.measure)]
    return next(iter(named or alike or mine), None)


def _choice(found: Found, row: ReferenceRow, shown: Suggestion | None) -> Choice:
    claim = found.claim
    verdict = verdict_by(claim, row, found.checked.document)
    relation: Relation = "neutral" if verdict is None else verdict.evidence[0].relation
    evidence = evidence_of(Outcome(Candidate(row=row), relation))
    if shown is not None:
        evidence = replace(evidence, waterfall=shown.row.waterfall, published=shown.row.published)
    period, days = own_period(claim), row.period or row.as_of
    apart = period is not None and days is not None and not days.meets(period)
    return Choice(
        RowKey(row.package, row.table, row.row_id, row.measure or ""),
        evidence,
        verdict,
        None,
        None if shown is None else shown.probability,
        () if shown is None else shown.missing,
        differs=relation == "refutes" and claim.quantity is not None,
        elsewhen=apart,
        place=next(iter(row.places), ""),
    )


def decision(desk: Desk, found: Found, form: Mapping[str, str]) -> Decision:
    """The decision that a row answers. Raises DecisionError where the page that offered it is out of date."""
    *key, shown = (form.get("row", "") + "\t" * 4).split("\t")[:5]
    rows = [r for r in _rows(desk.store, [key]) if r.kind != "gazetteer"] if answers(found.claim) else []
    verdict = verdict_by(found.claim, rows[0], found.checked.document) if len(rows) == 1 else None
    if verdict is None or verdict.verdict != shown:
        raise forms.Outdated("The tables changed while you looked: this row does not say that any more.")
    answer = _resting_on(desk, RowKey(*key))
    return seen(desk, found).decide("row", form, verdict=shown, row=answer)


def none_of_these(desk: Desk, found: Found, form: Mapping[str, str]) -> Decision:
    """The decision that none of the rows that are shown answers."""
    shown = choices(desk, found)
    if not shown:
        raise forms.Outdated("No row is shown beside this claim any more: look again, then decide.")
    rows = tuple(one.key for one in shown)
    answer = Answer(rows=rows, answers=False)
    return seen(desk, found).decide("row", form, verdict="not_enough_evidence", row=answer)


def likely_row(desk: Desk, found: Found) -> Answer | None:
    """The row that a likely verdict rests on, where it alone gives that verdict."""
    likely = None if found.verdict is None else found.verdict.likely
    if likely is None or likely.explanation:
        return None
    first = next(iter(choices(desk, found)), None)
    if first is None or first.verdict is None or first.verdict.verdict != likely.verdict:
        return None
    return _resting_on(desk, first.key)


def seen(desk: Desk, found: Found) -> forms.Seen:
    """What a form on this claim is held against."""
    claim, document = found.claim, found.checked.document.id
    return forms.Seen(claim, document, found.verdict, desk.overlay.review(claim.claim_id), found.current)


def _resting_on(desk: Desk, key: RowKey) -> Answer:
    """The row that answers, with what it says now."""
    return Answer(rows=(key,), digest=row_digests(desk.store, [key])[key])
