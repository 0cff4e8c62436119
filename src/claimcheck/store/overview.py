"""What the overview of a run says, asked of the database in aggregates: no text of a document is read here.

    found = gather(store, run_number, keys, reviews)
    documents = store.stream(found.needed)      # the few documents whose claims the overview quotes

However many claims there are, the answer is a few hundred lines: lists are cut, and say how much was left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from claimcheck.decisions import Review
from claimcheck.model import RunInfo
from claimcheck.store import objects
from claimcheck.store.causes import Pair, causes
from claimcheck.store.errors import StoreError
from claimcheck.store.loading import LATEST_RUN
from claimcheck.store.news import New, news
from claimcheck.store.overview_series import Asker, series_of
from claimcheck.store.overview_values import (
    STANDINGS,
    ChangedClaim,
    Counts,
    CoverageLine,
    DocumentLine,
    FindingLine,
    Gap,
    MeasureLine,
    Overview,
    Problem,
    Quarantined,
    RunLine,
    Since,
)
from claimcheck.store.store import Store

FIRST = 10  # claims to look at first
CHANGES = 12
MEASURES = 15
GAPS = 10
PROBLEMS = 10
QUARANTINE = 20
REASONS = 12
DOCUMENTS = 100  # a page of the list of documents
RUNS = 20  # bars of the history

T = TypeVar("T")


def latest_run(store: Store) -> RunInfo:
    """The last run that finished. Raises StoreError where there is none."""
    found = store.rows(LATEST_RUN)
    if not found:
        raise StoreError("the database holds no finished run")
    return objects.run(found[0])


def gather(store: Store, run_number: int, keys: Sequence[int], reviews: Mapping[str, Review]) -> Overview:
    """The overview of a run over the document versions `keys`, with what reviewers made of claims, by id.

    Works on a snapshot too: it makes temporary tables only. Raises StoreError.
    """
    return store.frugally(lambda: _gathered(store, run_number, keys, reviews))


def _gathered(store: Store, run_number: int, keys: Sequence[int], reviews: Mapping[str, Review]) -> Overview:
    ask = Asker(store)
    ask("scope", keys=list(keys))
    ask("claims", run=run_number)
    known = list(reviews.items())
    ask(
        "reviews",
        ids=[claim_id for claim_id, _ in known],
        done=[review.done for _, review in known],
        urgent=[review.state in ("another_look", "disagree") for _, review in known],
    )
    runs = ask("runs", run=run_number)
    state = ask.one("reviewed")
    measures = ask("measures", limit=MEASURES)
    gaps = ask("gaps", limit=GAPS)
    problems = ask("problems", limit=PROBLEMS)
    quarantine = ask("quarantine", limit=QUARANTINE)
    first = tuple((r["claim_id"], r["document_key"]) for r in ask("first", limit=FIRST))
    since = _since(ask, runs)
    history, alike, runs_left = _history(ask, runs, run_number)
    series, lonely, series_left = series_of(ask)
    wanted = [*first, *((c.claim_id, c.document_key) for c in (since.changed if since else ()))]
    wanted += [pair for one in series for pair in one.claims]
    wanted += [(row["claim_id"], row["document_key"]) for row in gaps]
    wanted += [("", p["document_key"]) for p in problems]
    return Overview(
        documents=len(keys),
        elsewhere=ask.one("elsewhere")["documents"],
        counts=_ordered({r["standing"]: r["claims"] for r in ask("standings")}),
        measures=tuple(
            MeasureLine(r["measure"], bool(r["known"]), r["claims"], _ordered(r)) for r in measures
        ),
        measures_left=max(0, measures[0]["measures"] - len(measures)) if measures else 0,
        document_lines=tuple(document_lines(store, DOCUMENTS, 0)),
        history=history,
        runs_alike=alike,
        runs_left=runs_left,
        since=since,
        first=first,
        coverage=tuple(CoverageLine(**row) for row in ask("coverage")),
        gaps=tuple(_line(Gap, row) for row in gaps),
        gaps_left=max(0, gaps[0]["lines"] - len(gaps)) if gaps else 0,
        gap_claims=int(gaps[0]["claims_in_all"]) if gaps else 0,
        findings=tuple(FindingLine(**row) for row in ask("findings")),
        problems=tuple(Problem(**row) for row in problems),
        quarantine=tuple(_line(Quarantined, row) for row in quarantine),
        quarantine_left=max(0, quarantine[0]["documents"] - len(quarantine)) if quarantine else 0,
        series=series,
        series_without_claims=lonely,
        series_left=series_left,
        reviewed=state["done"],
        another_look=state["urgent"],
        needed=tuple(dict.fromkeys(key for _, key in wanted)),
    )


def document_lines(store: Store, limit: int, offset: int) -> Iterator[DocumentLine]:
    """Documents of the run that was gathered last in this store, those with the gravest claims first."""
    for r in Asker(store)("documents", limit=limit, offset=offset):
        yield DocumentLine(r["document_key"], r["doc_id"], r["title"], r["date"], r["claims"], _ordered(r))


def _line(kind: type[T], row: Mapping[str, Any]) -> T:
    """A dataclass from the columns of a row that it has fields for."""
    return kind(**{name: row[name] for name in kind.__annotations__})


def _ordered(counts: Mapping[str, Any]) -> Counts:
    return tuple((name, int(counts[name])) for name in STANDINGS if counts.get(name))


# --- runs ---------------------------------------------------------------------------------------------------


def _history(
    ask: Asker, runs: Sequence[Mapping[str, Any]], number: int
) -> tuple[tuple[RunLine, ...], int, int]:
    """A line a run that changed the picture, how many changed nothing, how many older ones are left out."""
    stretches = ask("history", run=number)
    lines: list[RunLine] = []
    alike = 0
    before: Mapping[str, Any] | None = None
    for run in runs:
        sums: dict[str, int] = defaultdict(int)
        for s in stretches:
            if s["since"] <= run["run_number"] < s["until"]:
                sums[s["standing"]] += s["claims"]
        counts = _ordered(sums)
        if lines and lines[-1].counts == counts:
            alike += 1
        elif counts:
            lines.append(RunLine(run["run_id"], run["started"], counts, _news(ask, before, run)))
            before = run
    return tuple(lines[-RUNS:]), alike, max(0, len(lines) - RUNS)


def _news(ask: Asker, before: Mapping[str, Any] | None, run: Mapping[str, Any]) -> tuple[New, ...]:
    return () if before is None else news(ask.store, before, run)


def _since(ask: Asker, runs: Sequence[Mapping[str, Any]]) -> Since | None:
    """What the last run changed against the one before it; None for the first."""
    if len(runs) < 2:
        return None
    before, now = runs[-2:]
    rows = ask("changed", before=before["run_number"], limit=CHANGES)
    through = causes(ask.store, ((row["before_key"], row["after_key"]) for row in rows))
    moved = ask.one("came_and_went", before=before["run_number"])
    return Since(
        run_id=before["run_id"],
        started=before["started"],
        news=news(ask.store, before, now),
        changed=tuple(_changed(rows, through)),
        changes=rows[0]["changes"] if rows else 0,
        moves=tuple(
            (r["before"], r["after"], r["claims"]) for r in ask("moves", before=before["run_number"])
        ),
        new_claims=moved["new"],
        gone_claims=moved["gone"],
        new_documents=moved["new_documents"],
    )


def _changed(
    rows: Iterable[Mapping[str, Any]], through: Mapping[Pair, tuple[str, ...]]
) -> Iterator[ChangedClaim]:
    for row in rows:
        yield ChangedClaim(
            claim_id=row["claim_id"],
            document_key=row["document_key"],
            before=row["before"],
            reason_before=row["reason_before"],
            after=row["after"],
            reason_after=row["reason_after"],
            causes=through[row["before_key"], row["after_key"]],
            rule_changed=row["rule_before"] != row["rule_after"],
        )
