"""What the overview of a run says, asked of the database in aggregates: no document's text is read here."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

from claimcheck.decisions import Review
from claimcheck.model import RunInfo
from claimcheck.statements import statements
from claimcheck.store import rows
from claimcheck.store.codec import loaded_number
from claimcheck.store.errors import StoreError
from claimcheck.store.loading import LATEST_RUN
from claimcheck.store.publications import Publication, history
from claimcheck.store.store import STREAM_MEMORY, Store

# ----------------------------------------------------------------------------------------------------
# Through which reference rows a verdict became another: what came, what went, what says otherwise now.

MET = """
SELECT verdict_key, resource || ':' || row_id AS key, relation, name, source,
    concat_ws('|', relation, low, best, high, date_start, date_end, as_of) AS says
FROM evidence
WHERE verdict_key IN (SELECT unnest(?::BIGINT[]))
ORDER BY verdict_key, position
"""
DECIDES = {"supports": "supports it", "refutes": "contradicts it", "neutral": "decides nothing alone"}
Pair = tuple[int | None, int | None]
"""The keys of a verdict and of the one that followed it."""


def causes(store: Store, pairs: Iterable[Pair]) -> dict[Pair, tuple[str, ...]]:
    """What brought each change about, in words: "new: SY24 (figures:F012) supports it".

    Rows that decide nothing are named only where no other row changed. Empty: the same rows, compared
    otherwise.
    """
    wanted = list(dict.fromkeys(pairs))
    keys = sorted({key for pair in wanted for key in pair if key is not None})
    met: dict[int | None, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in store.rows(MET, [keys]) if keys else ():
        met[row["verdict_key"]][row["key"]] = row
    return {pair: _changes(met[pair[0]], met[pair[1]]) for pair in wanted}


def _changes(old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    found: list[tuple[bool, str]] = []
    for key in dict.fromkeys((*new, *old)):
        before, after = old.get(key), new.get(key)
        if before is not None and after is not None and before["says"] == after["says"]:
            continue
        found.append((_decides(before) or _decides(after), _stated(key, before, after)))
    deciding = tuple(words for decides, words in found if decides)
    return deciding or tuple(words for _, words in found)


def _decides(row: Mapping[str, Any] | None) -> bool:
    return row is not None and row["relation"] != "neutral"


def _stated(key: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    row = after or before
    assert row is not None, "a row stands on one side at least"
    who = (row["source"] or row["name"] or "").rsplit(" · ", 1)[-1]
    named = f"{who} ({key})" if who else key
    if after is None:
        return f"gone: {named}"
    verb = DECIDES[after["relation"]]
    if before is None:
        return f"new: {named} {verb}"
    return f"changed: {named} {'now' if before['relation'] != after['relation'] else 'still'} {verb}"


# ----------------------------------------------------------------------------------------------------
# What two runs had otherwise: program, parser, rules, tables; in words, and with their fingerprints.

NAMED = 5  # rows of a table that are named; the rest are counted
_OWN = (
    ("version", "claimcheck", "the program"),
    ("model", "grammar parser", "the grammar parser"),
    ("lexicon", "lexicon", "the rules by which texts are read"),
)
_READABLE = ("version", "model")
_CHANGED = """
SELECT DISTINCT kind, row_id FROM changed_row
WHERE package = ? AND publication > ? AND publication <= ? AND measure <> '' ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class New:
    """Something that two runs had otherwise: its name for programs, its name and what changed in it in words,
    and the marks of both versions."""

    name: str
    words: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.name} {self.before} → {self.after}"


def news(store: Store, before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[New, ...]:
    """What differs between two rows of `run`, the own parts first, then packages by name."""
    out = []
    for column, name, words in _OWN:
        then, own = before[column], now[column]
        if then != own:
            stated = f"{words} ({then} before, {own} now)" if column in _READABLE else words
            out.append(New(name, stated, then, own))
    held, holds = json.loads(before["packages"]), json.loads(now["packages"])
    for package in sorted({*held, *holds}):
        then, own = held.get(package, "none"), holds.get(package, "none")
        if then != own:
            words = f"the reference tables of {package}{_rows(store, package, then, own)}"
            out.append(New(f"package {package}", words, then, own))
    return tuple(out)


def _rows(store: Store, package: str, then: str, now: str) -> str:
    """What changed in a package's tables, as far as publications are remembered: ": 2 figures (F1, F2)"."""
    if "none" in (then, now):
        return ", not there before" if then == "none" else ", taken away"
    past = history(store.connection)
    olds = (p for p in past if p.packages.get(package) == then)  # tables may change to and fro
    pairs = ((old, _after(past, old, package, now)) for old in olds)
    old, new = next(((old, new) for old, new in pairs if new is not None), (None, None))
    if old is None or new is None:
        return ""
    between = [p for p in past if old.number < p.number <= new.number]
    kinds: dict[str, list[str]] = {}
    for row in store.rows(_CHANGED, [package, old.number, new.number]):
        kinds.setdefault(row["kind"], []).append(row["row_id"])
    stated = [_counted(kind, ids) for kind, ids in sorted(kinds.items())]
    if any(p.frame != old.frame or not p.listed for p in between):
        stated.append("names, places, events or measures")
    return f": {' and '.join(stated)}" if stated else ""


def _after(past: Sequence[Publication], old: Publication, package: str, now: str) -> Publication | None:
    """The first publication after `old` that left the package with this digest."""
    later = [p for p in past if p.number > old.number and p.packages.get(package) == now]
    return min(later, key=lambda p: p.number, default=None)


def _counted(kind: str, ids: list[str]) -> str:
    named = ", ".join(ids[:NAMED])
    left = f" and {len(ids) - NAMED:,} more" if len(ids) > NAMED else ""
    return f"{len(ids):,} {kind}{'' if len(ids) == 1 else 's'} new, gone or changed ({named}{left})"


# ----------------------------------------------------------------------------------------------------
# What the overview of a run says, as values: counts, lines of tables, ids of the claims that it quotes.

STANDINGS = ("refuted", "conflicting", "finding", "undecided", "supported", "unasserted", "unjudged")

Counts = tuple[tuple[str, int], ...]
"""How many stand how, in the order of STANDINGS, none left out but those with none."""


class Line(SimpleNamespace):
    """A line of an answer; its values have the names of the columns in sql/overview.sql."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """How the claims of the documents stood after a run, and what was new in it."""

    run_id: str
    started: str
    counts: Counts
    news: tuple[New, ...]

    @property
    def claims(self) -> int:
        """How many claims there were."""
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything that the overview of a run says, but the words of the claims that it quotes."""

    documents: int
    elsewhere: int
    counts: Counts
    measures: tuple[Line, ...]  # with `counts`
    measures_left: int
    document_lines: tuple[Line, ...]  # with `counts`
    history: tuple[RunLine, ...]
    runs_alike: int
    runs_left: int
    since: Line | None  # what changed since the run before
    first: tuple[tuple[str, int], ...]  # claim id, document key
    coverage: tuple[Line, ...]
    gaps: tuple[Line, ...]
    gaps_left: int
    gap_claims: int
    findings: tuple[Line, ...]
    problems: tuple[Line, ...]
    quarantine: tuple[Line, ...]
    quarantine_left: int
    series: tuple[Line, ...]
    series_without_claims: tuple[str, ...]
    series_left: int
    reviewed: int
    another_look: int
    needed: tuple[int, ...] = field(default=())

    @property
    def claims(self) -> int:
        """How many claims the run's documents make."""
        return sum(number for _, number in self.counts)


# ----------------------------------------------------------------------------------------------------
# The statements of sql/overview.sql, and the series of dated figures that a run's claims met.

SERIES = 6
LEAST = 3  # dated figures that a series needs
ON_SERIES = 12  # claims drawn in one series


class Asker:
    """A store, asked by the name of a statement."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __call__(self, name: str, **given: Any) -> list[Line]:
        asked = partial(self.store.rows, statements("overview.sql")[name], given)
        return [Line(**row) for row in self.store.frugally(asked, STREAM_MEMORY)]

    def one(self, name: str, **given: Any) -> Line:
        return self(name, **given)[0]


def series_of(ask: Asker) -> tuple[tuple[Line, ...], tuple[str, ...], int]:
    """Series that claims met, those with most claims first; names of the others; how many are left out.

    A series is the dated figures of a measure in a place, and the claims that met one of them, gravest first;
    `claims` are (claim id, document key), `claims_left` are not named.
    """
    groups: dict[tuple[str, str, str | None], list[Line]] = defaultdict(list)
    for figure in ask("figures", least=LEAST):
        for name in ("low", "best", "high"):
            setattr(figure, name, loaded_number(name, getattr(figure, name), None))
        groups[figure.package, figure.measure, figure.place].append(figure)
    rows = [(figure.row_key, n) for n, own in enumerate(groups.values()) for figure in own]
    met: dict[int, list[Line]] = defaultdict(list)
    for one in ask("met", rows=[key for key, _ in rows], groups=[n for _, n in rows], limit=ON_SERIES):
        met[one.series].append(one)
    found, lonely = [], []
    for n, own in enumerate(groups.values()):
        if n in met:
            claims = tuple((one.claim_id, one.document_key) for one in met[n])
            left = met[n][0].claims - len(claims)
            measure, place = own[0].measure, own[0].place_name
            found.append(Line(measure=measure, place=place, figures=own, claims=claims, claims_left=left))
        else:
            where = f", {own[0].place_name}" if own[0].place_name else ""
            lonely.append(f"{own[0].measure}{where}")
    found.sort(key=lambda s: (-len(s.claims) - s.claims_left, -len(s.figures), s.measure))
    return tuple(found[:SERIES]), tuple(lonely), max(0, len(found) - SERIES)


# ----------------------------------------------------------------------------------------------------
# What the overview of a run says, asked of the database in aggregates: no text of a document is read here.
#
#     found = gather(store, run_number, keys, reviews)
#     documents = store.stream(found.needed)      # the few documents whose claims the overview quotes
#
# However many claims there are, the answer is a few hundred lines: lists are cut, and say how much was
# left.

FIRST = 10  # claims to look at first
CHANGES = 12
MEASURES = 15
GAPS = 10
PROBLEMS = 10
QUARANTINE = 20
DOCUMENTS = 100  # a page of the list of documents
RUNS = 20  # bars of the history


def latest_run(store: Store) -> RunInfo:
    """The last run that finished. Raises StoreError where there is none."""
    found = store.rows(LATEST_RUN)
    if not found:
        raise StoreError("the database holds no finished run")
    return rows.run_of(found[0])


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
    first = tuple((r.claim_id, r.document_key) for r in ask("first", limit=FIRST))
    since = _since(ask, runs)
    history, alike, runs_left = _history(ask, runs, run_number)
    series, lonely, series_left = series_of(ask)
    wanted = [*first, *((c.claim_id, c.document_key) for c in (since.changed if since else ()))]
    wanted += [pair for one in series for pair in one.claims]
    wanted += [(gap.claim_id, gap.document_key) for gap in gaps]
    wanted += [("", p.document_key) for p in problems]
    return Overview(
        documents=len(keys),
        elsewhere=ask.one("elsewhere").documents,
        counts=_ordered({r.standing: r.claims for r in ask("standings")}),
        measures=tuple(map(_with_counts, measures)),
        measures_left=max(0, measures[0].measures - len(measures)) if measures else 0,
        document_lines=tuple(document_lines(store, DOCUMENTS, 0)),
        history=history,
        runs_alike=alike,
        runs_left=runs_left,
        since=since,
        first=first,
        coverage=tuple(ask("coverage")),
        gaps=tuple(gaps),
        gaps_left=max(0, gaps[0].lines - len(gaps)) if gaps else 0,
        gap_claims=int(gaps[0].claims_in_all) if gaps else 0,
        findings=tuple(ask("findings")),
        problems=tuple(problems),
        quarantine=tuple(quarantine),
        quarantine_left=max(0, quarantine[0].documents - len(quarantine)) if quarantine else 0,
        series=series,
        series_without_claims=lonely,
        series_left=series_left,
        reviewed=state.done,
        another_look=state.urgent,
        needed=tuple(dict.fromkeys(key for _, key in wanted)),
    )


def document_lines(store: Store, limit: int, offset: int) -> Iterator[Line]:
    """Documents of the run that was gathered last in this store, those with the gravest claims first."""
    return map(_with_counts, Asker(store)("documents", limit=limit, offset=offset))


def _with_counts(line: Line) -> Line:
    return Line(**vars(line), counts=_ordered(vars(line)))


def _ordered(counts: Mapping[str, Any]) -> Counts:
    return tuple((name, int(counts[name])) for name in STANDINGS if counts.get(name))


# --- runs ---------------------------------------------------------------------------------------------------


def _history(ask: Asker, runs: Sequence[Line], number: int) -> tuple[tuple[RunLine, ...], int, int]:
    """A line a run that changed the picture, how many changed nothing, how many older ones are left out."""
    stretches = ask("history", run=number)
    lines: list[RunLine] = []
    alike = 0
    before: Line | None = None
    for run in runs:
        sums: dict[str, int] = defaultdict(int)
        for s in stretches:
            if s.since <= run.run_number < s.until:
                sums[s.standing] += s.claims
        counts = _ordered(sums)
        if lines and lines[-1].counts == counts:
            alike += 1
        elif counts:
            new = () if before is None else news(ask.store, vars(before), vars(run))
            lines.append(RunLine(run.run_id, run.started, counts, new))
            before = run
    return tuple(lines[-RUNS:]), alike, max(0, len(lines) - RUNS)


def _since(ask: Asker, runs: Sequence[Line]) -> Line | None:
    """What the last run changed against the one before it; None for the first."""
    if len(runs) < 2:
        return None
    before, now = runs[-2:]
    changed = ask("changed", before=before.run_number, limit=CHANGES)
    through = causes(ask.store, ((one.before_key, one.after_key) for one in changed))
    for one in changed:
        one.causes = through[one.before_key, one.after_key]
    return Line(
        run_id=before.run_id,
        started=before.started,
        news=news(ask.store, vars(before), vars(now)),
        changed=tuple(changed),
        changes=changed[0].changes if changed else 0,
        moves=tuple((r.before, r.after, r.claims) for r in ask("moves", before=before.run_number)),
        **vars(ask.one("came_and_went", before=before.run_number)),
    )
