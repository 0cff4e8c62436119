"""Finding the rows that may decide claims, their sums and counts: set-based, in SQL, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from importlib import resources
from typing import Any, Literal, NamedTuple, Protocol

from claimcheck.model import Period, ReferenceRow
from claimcheck.names import Entity, folded, head_noun, key_of, other_names, place_parts
from claimcheck.store.rows import reference_row_of, whole_number

# ----------------------------------------------------------------------------------------------------
# What is asked of the reference tables for the claims of a batch, and what is found there.


class Wanted(NamedTuple):
    """A measure at a place in a period that a claim of the batch may speak of; None: not stated."""

    claim: int
    package: str
    measure: str
    place: str | None
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over incidents as the database gives it."""

    wanted: Wanted
    resource: str
    rows: int
    low: Decimal | None
    best: Decimal | None
    high: Decimal | None
    first_row: int
    complete: bool
    sources: tuple[str | None, ...]
    actors: tuple[str | None, ...]


class Count(NamedTuple):
    """A count of happenings or incidents as the database gives it; `counted_as` is what the table
    counts, `kind` which of these were counted."""

    claim: int
    package: str
    resource: str
    counted_as: str
    kind: str
    place: str | None
    first_day: date
    last_day: date
    rows: int
    first_row: int
    complete: bool
    sources: tuple[str | None, ...]


class WantedKind(NamedTuple):
    """A kind of incident in a place at a time that a claim of the batch may tell of."""

    claim: int
    package: str
    kind: str
    place: str
    first_day: date
    last_day: date


# ----------------------------------------------------------------------------------------------------
# What queries answered, kept by what was asked and not by the number of the claim that asked.
#
# Texts say the same place, measure and month again and again; a query costs the same for one claim as for a
# hundred.

Row = Sequence[Any]  # the number of a claim, and what it asks or is answered
MOST_ANSWERS = 20_000  # answers and their rows that are kept


class Asked:
    """The answers to what claims asked of tables that stay as they are."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, tuple[tuple[Any, ...], ...]] = {}
        self._size = 0

    def answers(
        self,
        query: str,
        rows: Sequence[Row],
        beside: Sequence[Row],
        ask: Callable[[Sequence[Row], Sequence[Row]], list[tuple[Any, ...]]],
    ) -> list[tuple[Any, ...]]:
        """The rows that a query answers to `rows`, by the number of the claim, the first value of each.

        `beside` are rows of a second table, of the same claims. `ask` is handed those whose answer is not
        known, and of claims that ask the same those of the first. What a query answers to one claim must
        depend on no other's rows.
        """
        asked: dict[Any, tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]] = defaultdict(lambda: ([], []))
        for number, *rest in rows:
            asked[number][0].append(tuple(rest))
        for number, *rest in beside:
            if number in asked:
                asked[number][1].append(tuple(rest))
        keys = {number: (query, tuple(mine), tuple(also)) for number, (mine, also) in asked.items()}
        if self._size > MOST_ANSWERS:
            self._answers.clear()
            self._size = 0
        firsts: dict[Hashable, Any] = {}
        for number, key in keys.items():
            if key not in self._answers:
                firsts.setdefault(key, number)
        if firsts:
            numbers = set(firsts.values())
            found = ask([r for r in rows if r[0] in numbers], [r for r in beside if r[0] in numbers])
            self._keep(firsts, found)
        return [(number, *rest) for number in sorted(keys) for rest in self._answers[keys[number]]]

    def _keep(self, firsts: dict[Hashable, Any], found: Sequence[tuple[Any, ...]]) -> None:
        answered: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
        for number, *rest in found:
            answered[number].append(tuple(rest))
        for key, number in firsts.items():
            self._answers[key] = tuple(answered[number])
        self._size += len(firsts) + len(found)


# ----------------------------------------------------------------------------------------------------
# Sums and counts over tables as reference rows, each with the SQL that gives it.
#
# The SQL reads the tables of the snapshot as they are published, its literals written out, and returns one
# row: best, low, high, rows.


def literal(value: str | date) -> str:
    """A text or day as SQL writes it; quotes inside are doubled."""
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"


def sum_row(total: Sum, first: ReferenceRow, written: Sequence[str], place: str, own: bool) -> ReferenceRow:
    """A sum as a row. `written`: how the table writes the place; `first`: one of the rows."""
    wanted = total.wanted
    period = Period(wanted.first_day, wanted.last_day)
    return ReferenceRow(
        package=wanted.package,
        table=total.resource,
        row_id=f"sum of {wanted.measure}, {place}, {period}",
        kind="aggregate",
        name=f"{total.resource}: {total.rows} rows",
        measure=wanted.measure,
        measure_type=first.measure_type,
        unit=first.unit,
        low=total.low,
        best=total.best,
        high=total.high,
        first=Period.day(wanted.first_day) if wanted.first_day else None,
        last=Period.day(wanted.last_day) if wanted.last_day else None,
        complete=total.complete,
        own=own,
        source=total.sources[0] if len(total.sources) == 1 else None,
        label=f"sum over {total.rows} rows of {total.resource} in {place}, {period}",
        sql=sum_sql(total, written),
        raw={k: v for k, v in first.raw.items() if k == "counted_as"},
    )


def sum_sql(total: Sum, written: Sequence[str]) -> str:
    """The SELECT that gives the sum again."""
    wanted = total.wanted
    return (
        "SELECT CASE WHEN count(best) = count(*) THEN sum(best) END AS best, "
        "sum(coalesce(low, best)) AS low, "
        "CASE WHEN count(coalesce(high, best)) = count(*) THEN sum(coalesce(high, best)) END AS high, "
        "count(*) AS rows FROM reference_row AS r "
        f"WHERE kind = 'incident' AND package = {literal(wanted.package)} "
        f"AND resource = {literal(total.resource)} AND measure = {literal(wanted.measure)} "
        "AND coalesce(low, best, high) IS NOT NULL "
        f"AND first_start >= {literal(wanted.first_day or date.min)} "
        f"AND last_end <= {literal(wanted.last_day or date.max)} AND {place_sql(written)}"
    )


def place_sql(written: Sequence[str]) -> str:
    """The condition that a row `r` lies in a place, by the ways in which its table writes it."""
    places = ", ".join(literal(w) for w in sorted(written))
    return (
        "EXISTS (SELECT 1 FROM reference_place AS p WHERE p.package = r.package AND p.resource = r.resource "
        f"AND p.row_id = r.row_id AND p.measure = r.measure AND p.place IN ({places}))"
    )


def actor_sql(actors: Sequence[str]) -> str:
    """The condition on whose deeds count, as the table writes them; nothing where all do."""
    return f" AND actor IN ({', '.join(map(literal, sorted(actors)))})" if actors else ""


def count_row(
    count: Count, written: Sequence[str] | None, place: str | None, own: bool, actors: Sequence[str]
) -> ReferenceRow:
    """A count as a row. `written`: how the table writes the place, None where the count is not of a place;
    `actors`: whose deeds were counted, everybody's where there are none."""
    number = Decimal(count.rows)
    since = None if count.first_day == date.min else count.first_day  # all that there was until then
    period = Period(since, count.last_day)
    where = f" in {place}" if place else ""
    return ReferenceRow(
        package=count.package,
        table=count.resource,
        row_id=f"count of {count.kind}{where}, {period}",
        kind="aggregate",
        name=f"{count.resource}: {count.rows} rows",
        low=number,
        best=number,
        high=number,
        first=None if since is None else Period.day(since),
        last=Period.day(count.last_day),
        complete=count.complete,
        own=own,
        source=count.sources[0] if len(count.sources) == 1 else None,
        label=f"rows of {count.resource} counted as {count.kind}{where}, {period}",
        sql=count_sql(count, written) + actor_sql(actors),
    )


def count_sql(count: Count, written: Sequence[str] | None) -> str:
    """The SELECT that counts again."""
    return (
        "SELECT count(DISTINCT row_id) AS best FROM reference_row AS r "
        f"WHERE package = {literal(count.package)} AND resource = {literal(count.resource)} AND measure = '' "
        f"AND json_extract_string(raw, '$.counted_as') = {literal(count.counted_as)} "
        f"AND first_start >= {literal(count.first_day)} "
        f"AND coalesce(last_end, first_end) <= {literal(count.last_day)}"
        + ("" if count.kind == count.counted_as else f" AND {kind_sql(count.kind)}")
        + ("" if written is None else f" AND {place_sql(written)}")
    )


def kind_sql(kind: str) -> str:
    """The condition that a row's label names a kind."""
    labels = "list_transform(string_split(label, ','), lambda x: lower(trim(x)))"
    return f"list_contains({labels}, {literal(kind)})"


# ----------------------------------------------------------------------------------------------------
# Finding the rows that may decide claims: set-based, in SQL, for a whole batch of claims at once.
#
# The links that the text gives (measure, place, days) are loaded into temporary tables and joined with the
# reference tables; what comes back are numbers of rows, and each row is made into a value once.


class Tables(Protocol):
    """What is needed of the store."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The rows that a statement returns."""

    def cells(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows that a statement returns, each as its values."""

    def temporary_table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> Any:
        """A context manager: a temporary table filled with rows."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name of a place or organisation and the key under which rows are found."""

    name: str
    key: str
    entity: Entity


def public_key(key: str) -> str | None:
    """The gazetteer row that a key stands for ("places:P001"), None for a plain name of a table."""
    plain = key.split("|", 1)[1]
    return plain if ":" in plain else None


class CandidateFinder:
    """The reference tables of a store, prepared for linking."""

    def __init__(self, store: Tables) -> None:
        self._store = store
        self._rows: dict[int, ReferenceRow] = {}
        self._asked = Asked()
        self.containers: dict[str, frozenset[str]] = {}
        self.names: list[PlaceName] = []
        self._prepare()

    def _prepare(self) -> None:
        gazetteer = self._store.rows(_GAZETTEER)
        self.names = [
            PlaceName(
                r["name"],
                key_of(r["package"], f"{r['resource']}:{r['row_id']}"),
                "place" if r["entity"] == "place" else "organisation",  # persons and teams are bodies, too
            )
            for r in gazetteer
        ]
        keys = self._gazetteer = {n.key for n in self.names}
        places = self._store.rows(_PLACES)
        parts: list[tuple[str, str, str, int]] = []
        for r in places:
            found = list(place_parts(r["package"], r["place"], keys))
            parts += {(r["package"], r["place"], key, depth): None for key, depth, _ in found}
            self.names += [PlaceName(name, key, "place") for key, _, name in found if name is not None]
        self.names += _states(self.names)
        columns = {"package": "VARCHAR", "place": "VARCHAR", "key": "VARCHAR", "depth": "INTEGER"}
        with self._store.temporary_table("place_key", columns, parts):
            for statement in _sql("linking_tables.sql").split(";\n"):
                if statement.strip():
                    self._store.rows(statement)
        self._number_of_rows = self._store.cells("SELECT count(*) FROM linked_row")[0][0]
        self._written: dict[str, list[str]] = defaultdict(list)
        for _, place, key, _ in parts:
            self._written[key].append(place)
        packages = self._store.rows("SELECT DISTINCT package FROM linked_row WHERE kind = 'incident'")
        self.incident_packages = sorted(r["package"] for r in packages)
        inside: dict[str, set[str]] = defaultdict(set)
        for r in self._store.rows(_CONTAINERS):
            inside[r["inner"]].add(r["outer"])
        self.containers = {key: frozenset(outer) for key, outer in inside.items()}

    @cached_property
    def placed_measures(self) -> dict[tuple[str, str], str | None]:
        """The measures whose rows have places, with their type."""
        sql = "SELECT DISTINCT package, measure, measure_type FROM linked_row WHERE placed AND measure <> ''"
        return {(r["package"], r["measure"]): r["measure_type"] for r in self._store.rows(sql)}

    def places_of_measures(self) -> dict[tuple[str, str], frozenset[str]]:
        """The places of the rows of each measure, each row's narrowest."""
        sql = """
        SELECT DISTINCT row.package, row.measure, place.key FROM linked_row AS row
        JOIN linked_place AS place USING (row_number) WHERE row.measure <> '' AND place.depth = 0
        """
        out: dict[tuple[str, str], set[str]] = defaultdict(set)
        for r in self._store.rows(sql):
            out[r["package"], r["measure"]].add(r["key"])
        return {key: frozenset(found) for key, found in out.items()}

    def places_of_actors(self) -> dict[tuple[str, str], frozenset[str]]:
        """The narrowest places of the rows of each actor."""
        sql = """
        SELECT DISTINCT row.package, row.actor, place.key FROM linked_row AS row
        JOIN linked_place AS place USING (row_number) WHERE row.actor IS NOT NULL AND place.depth = 0
        """
        out: dict[tuple[str, str], set[str]] = defaultdict(set)
        for r in self._store.rows(sql):
            out[r["package"], r["actor"]].add(r["key"])
        return {key: frozenset(found) for key, found in out.items()}

    def places_of_deeds(self) -> dict[tuple[str, str, str], frozenset[str]]:
        """The narrowest places of the rows of each measure and actor."""
        sql = """
        SELECT DISTINCT row.package, row.measure, row.actor, place.key FROM linked_row AS row
        JOIN linked_place AS place USING (row_number)
        WHERE row.measure <> '' AND row.actor IS NOT NULL AND place.depth = 0
        """
        out: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for r in self._store.rows(sql):
            out[r["package"], r["measure"], r["actor"]].add(r["key"])
        return {key: frozenset(found) for key, found in out.items()}

    def actors_of_measures(self) -> dict[tuple[str, str], frozenset[str]]:
        """The actors of the rows of each measure, as the tables write them."""
        sql = """
        SELECT DISTINCT package, measure, actor FROM linked_row
        WHERE measure <> '' AND actor IS NOT NULL
        """
        out: dict[tuple[str, str], set[str]] = defaultdict(set)
        for r in self._store.rows(sql):
            out[r["package"], r["measure"]].add(r["actor"])
        return {key: frozenset(found) for key, found in out.items()}

    def units_of_measures(self) -> dict[tuple[str, str], frozenset[str | None]]:
        """The units of the rows of each measure, None of a row without one."""
        sql = "SELECT DISTINCT package, measure, unit FROM linked_row WHERE measure <> ''"
        out: dict[tuple[str, str], set[str | None]] = defaultdict(set)
        for r in self._store.rows(sql):
            out[r["package"], r["measure"]].add(r["unit"] or None)
        return {key: frozenset(found) for key, found in out.items()}

    def measures_with_ways(self) -> frozenset[tuple[str, str]]:
        """The measures some of whose figures go from one place to another."""
        sql = """
        SELECT DISTINCT row.package, row.measure FROM linked_row AS row JOIN linked_way USING (row_number)
        """
        return frozenset((r["package"], r["measure"]) for r in self._store.rows(sql))

    def headers(self) -> dict[tuple[str, str], list[str]]:
        """What the columns are called that say when, where and whose, by (package, resource)."""
        out: dict[tuple[str, str], list[str]] = defaultdict(list)
        for r in self._store.rows(_HEADERS):
            out[r["package"], r["resource"]].append(r["name"])
        return dict(out)

    def titles(self) -> dict[str, str]:
        """The titles of the packages, or else their names."""
        found = self._store.rows("SELECT package, title FROM reference_package")
        return {r["package"]: r["title"] or r["package"].replace("-", " ") for r in found}

    def everywhere(self) -> frozenset[str]:
        """The keys of the rows of gazetteers that stand for the whole: the world, all."""
        sql = "SELECT package, resource, target FROM resource_link WHERE role = 'everywhere'"
        return frozenset(
            key_of(r["package"], f"{r['resource']}:{r['target']}") for r in self._store.rows(sql)
        )

    @cached_property
    def actors(self) -> list[str]:
        """The actors that the tables name."""
        found = self._store.rows("SELECT DISTINCT actor FROM linked_row WHERE actor IS NOT NULL ORDER BY ALL")
        return [r["actor"] for r in found]

    def written(self, key: str) -> list[str]:
        """The ways in which the tables write the place of a key."""
        return self._written.get(key, [])

    def keys_of(self, package: str, places: Iterable[str]) -> set[str]:
        """The keys of places as the tables of a package write them."""
        return {k for place in places for k, _, _ in place_parts(package, place, self._gazetteer)}

    @cached_property
    def vocabulary(self) -> list[tuple[str, str, str]]:
        """(package, measure, words) of every vocabulary."""
        found = self._store.rows("SELECT DISTINCT package, measure, word FROM measure_word ORDER BY ALL")
        return [(r["package"], r["measure"], r["word"]) for r in found]

    def told_of_measures(self) -> list[dict[str, Any]]:
        """What vocabularies say of each measure beside its words: sentences, counted nouns, its whole …"""
        columns = "package, measure, says, part_of, counts, revised, vague"
        return self._store.rows(f"SELECT {columns} FROM measure ORDER BY package, measure")

    def figures(self, wanted: Sequence[Wanted]) -> dict[int, list[ReferenceRow]]:
        """The figures that may decide each claim."""
        return self._by_claim(self._joined("wanted", _WANTED, wanted, _sql("candidates.sql")))

    def before(self, wanted: Sequence[tuple[int, ReferenceRow]]) -> list[tuple[int, str, ReferenceRow]]:
        """The figures of the period before that of a row of a claim, in its table and for its place, from
        its source where that has one: (claim, key of the row, figure before)."""
        keys = [(n, r.package, r.table, r.row_id, r.measure or "") for n, r in wanted]
        found = self._joined("wanted_before", _WANTED_BEFORE, keys, _sql("before.sql"))
        self._load({row for *_, row in found})
        return [(n, f"{table}:{row_id}", self._rows[row]) for n, table, row_id, row in found]

    def sums(self, wanted: Sequence[Wanted]) -> dict[int, list[Sum]]:
        """The sums over incidents in each claim's place and period."""
        out: dict[int, list[Sum]] = defaultdict(list)
        for r in self._joined("wanted", _WANTED, wanted, _sql("sums.sql")):
            number, package, resource, measure, place, first, last, rows, *sums, row, complete = r[:-2]
            claim = Wanted(number, package, measure, place, first, last)
            low, best, high = (None if n is None else whole_number(n) for n in sums)
            sources, actors = map(tuple, r[-2:])
            out[number].append(Sum(claim, resource, rows, low, best, high, row, complete, sources, actors))
        self._load({found.first_row for sums in out.values() for found in sums})
        return out

    @cached_property
    def countables(self) -> dict[tuple[str, str, str], list[str]]:
        """(package, resource, what a row is counted as) of every table that can be counted, and the kinds
        that can be told apart in it: "chemical attack" itself, then labels of its noun ("gas attack")."""
        columns = "package, resource, counted_as"
        sql = f"SELECT DISTINCT {columns}, kind FROM linked_kind ORDER BY ALL"
        out: dict[tuple[str, str, str], dict[str, None]] = {}
        for r in self._store.rows(sql):
            counted_as = r["counted_as"]
            kinds = out.setdefault((r["package"], r["resource"], counted_as), {counted_as: None})
            if head_noun(r["kind"]) == head_noun(counted_as):
                kinds[r["kind"]] = None
        return {table: list(kinds) for table, kinds in out.items()}

    def counts(
        self,
        wanted: Sequence[tuple[int, str, str, str, str, str | None, date, date]],
        deeds: Sequence[tuple[int, str]],
    ) -> list[Count]:
        """The counts of (claim, package, resource, counted as, kind, place, first day, last day). `deeds`:
        (claim, actor whose deeds count) for the claims that say whose deeds they mean; they count no
        others."""
        sql = _sql("counts.sql")
        found = self._joined("wanted_count", _WANTED_COUNT, wanted, sql, "wanted_actor", _WANTED_ACTOR, deeds)
        counts = [Count._make((*values, tuple(sources))) for *values, sources in found]
        self._load({count.first_row for count in counts})
        return counts

    @cached_property
    def incident_kinds(self) -> list[tuple[str, str]]:
        """(package, kind) of the incident tables: what their rows are counted as, and their labels."""
        sql = """
        SELECT DISTINCT kind.package, kind.kind FROM linked_kind AS kind
        JOIN linked_row AS row USING (row_number) WHERE row.kind = 'incident' ORDER BY ALL
        """
        return [(r["package"], r["kind"]) for r in self._store.rows(sql)]

    def incident_labels(self) -> list[tuple[str, str]]:
        """(package|resource:row, label) of the incidents whose labels hold two words with a capital, and that
        few others have."""
        return [(r["key"], r["label"]) for r in self._store.rows(_LABELS)]

    def incident_names(self) -> list[tuple[str, str]]:
        """(package|resource:row, cell) of the incidents' columns that nothing reads, where a cell is written
        as a name or a code and no other row of its column has it: a ship, a flight."""
        return [(r["key"], r["cell"]) for r in self._store.rows(_CELLS)]

    def incident_candidates(self, wanted: Sequence[WantedKind]) -> dict[int, list[tuple[ReferenceRow, int]]]:
        """The incidents of each claim's kind and place near its time: (row, how many of them there are)."""
        found = self._joined("wanted_kind", _WANTED_KIND, wanted, _sql("incident_candidates.sql"))
        self._load({row for _, row, _, _ in found})
        out: dict[int, list[tuple[ReferenceRow, int]]] = defaultdict(list)
        for claim, row, _, alike in found:
            out[claim].append((self._rows[row], alike))
        return out

    def of_events(self, events: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[ReferenceRow]]:
        """The figures and incidents of happenings, by (package, key of the happening)."""
        columns = {"package": "VARCHAR", "event": "VARCHAR"}
        found = self._joined("wanted_event", columns, sorted(set(events)), _OF_EVENTS)
        self._load({row for _, _, row in found})
        out: dict[tuple[str, str], list[ReferenceRow]] = defaultdict(list)
        for package, event, row in found:
            out[package, event].append(self._rows[row])
        return out

    def about(self, keys: Iterable[str]) -> dict[str, list[ReferenceRow]]:
        """The rows under keys ("incidents:I069"), one for each measure, all in one query."""
        wanted = [(key, *_resource_and_id(key)) for key in sorted(set(keys))]
        columns = {"about": "VARCHAR", "resource": "VARCHAR", "row_id": "VARCHAR"}
        found = self._joined("wanted_key", columns, wanted, _ABOUT) if wanted else []
        self._load({row for _, row in found})
        out: dict[str, list[ReferenceRow]] = defaultdict(list)
        for key, row in found:
            out[key].append(self._rows[row])
        return out

    def row(self, number: int) -> ReferenceRow:
        """The row of this number, which a query of this finder has given."""
        return self._rows[number]

    def of_kind(self, *kinds: Literal["event", "gazetteer"]) -> list[ReferenceRow]:
        """All rows of these kinds."""
        marks = ", ".join("?" for _ in kinds)
        sql = f"SELECT row_number FROM linked_row WHERE kind IN ({marks}) ORDER BY row_number"
        numbers = [r["row_number"] for r in self._store.rows(sql, list(kinds))]
        self._load(numbers)
        return [self._rows[n] for n in numbers]

    def _joined(
        self,
        name: str,
        columns: Mapping[str, str],
        rows: Sequence[Row],
        sql: str,
        second: str | None = None,
        second_columns: Mapping[str, str] | None = None,
        beside: Sequence[Row] = (),
    ) -> list[tuple[Any, ...]]:
        """What a query over the wanted rows, and the rows of a second table of the same claims, returns;
        nothing is asked where nothing is wanted, or the answer is known."""

        def ask(mine: Sequence[Row], also: Sequence[Row]) -> list[tuple[Any, ...]]:
            with self._store.temporary_table(name, columns, mine):
                if second is None or second_columns is None:
                    return self._store.cells(sql)
                with self._store.temporary_table(second, second_columns, also):
                    return self._store.cells(sql)

        return self._asked.answers(sql, rows, beside, ask) if rows else []

    def _by_claim(self, found: Sequence[tuple[Any, ...]]) -> dict[int, list[ReferenceRow]]:
        self._load({row for _, row in found})
        out: dict[int, list[ReferenceRow]] = defaultdict(list)
        for claim, row in found:
            out[claim].append(self._rows[row])
        return out

    def _load(self, numbers: Iterable[int]) -> None:
        """Make the rows of these numbers that are not there yet; where the tables have few, all of them."""
        missing = sorted(set(numbers) - self._rows.keys())
        if not missing:
            return
        if self._number_of_rows <= _FEW:
            missing = list(range(1, self._number_of_rows + 1))
        columns = {"row_number": "BIGINT"}
        with self._store.temporary_table("row_to_load", columns, ([n] for n in missing)):
            for r in self._store.rows(_LOAD):
                self._rows[r["row_number"]] = reference_row_of(r)


def _states(names: Sequence[PlaceName]) -> list[PlaceName]:
    """The other names of the states that the tables name, where they do not name them so themselves."""
    taken = {(n.key.split("|", 1)[0], folded(n.name)) for n in names}
    out = [
        PlaceName(other, n.key, "place")
        for n in names
        if n.entity == "place"
        for other in other_names(n.name)
    ]
    return [n for n in out if (n.key.split("|", 1)[0], folded(n.name)) not in taken]


def _resource_and_id(key: str) -> tuple[str, str]:
    resource, _, row_id = key.partition(":")
    return resource, row_id


@cache
def _sql(name: str) -> str:
    return resources.files("claimcheck").joinpath("sql", name).read_text(encoding="utf-8")


_FEW = 1000  # rows that take no longer to make at once than a query for some of them
_WANTED = {
    "claim_number": "INTEGER", "package": "VARCHAR", "measure": "VARCHAR", "place": "VARCHAR",
    "first_day": "DATE", "last_day": "DATE",
}  # fmt: skip
_WANTED_BEFORE = {
    "claim_number": "INTEGER", "package": "VARCHAR", "resource": "VARCHAR", "row_id": "VARCHAR",
    "measure": "VARCHAR",
}  # fmt: skip
_WANTED_COUNT = {
    "claim_number": "INTEGER", "package": "VARCHAR", "resource": "VARCHAR", "counted_as": "VARCHAR",
    "kind": "VARCHAR", "place": "VARCHAR", "first_day": "DATE", "last_day": "DATE",
}  # fmt: skip
_WANTED_KIND = {
    "claim_number": "INTEGER", "package": "VARCHAR", "kind": "VARCHAR", "place": "VARCHAR",
    "first_day": "DATE", "last_day": "DATE",
}  # fmt: skip
_WANTED_ACTOR = {"claim_number": "INTEGER", "actor": "VARCHAR"}
_PLACES = """
SELECT package, place FROM reference_place
UNION SELECT package, origins[1] FROM reference_row WHERE origins[1] IS NOT NULL
UNION SELECT package, destinations[1] FROM reference_row WHERE destinations[1] IS NOT NULL
ORDER BY ALL
"""
_HEADERS = "SELECT package, resource, name FROM resource_column WHERE role <> 'header' ORDER BY ALL"
_GAZETTEER = """
SELECT row.package, row.resource, row.row_id, row.entity, name.name
FROM reference_row AS row
JOIN reference_name AS name USING (package, resource, row_id)
WHERE row.kind = 'gazetteer'
ORDER BY ALL
"""
_LABELS = """
SELECT package || '|' || min(resource || ':' || row_id) AS key, label FROM linked_row
WHERE kind = 'incident' AND measure = '' AND regexp_matches(label, '\\p{Lu}\\w+[ ](\\w+[ ])?\\p{Lu}')
GROUP BY package, label HAVING count(*) = 1 ORDER BY ALL LIMIT 200000
"""
_CELLS = r"""
WITH cell AS (
    SELECT
        package, resource, row_id, source, name,
        json_extract_string(raw, '$."' || name || '"') AS cell
    FROM (
        SELECT package, resource, row_id, source, raw, unnest(json_keys(raw)) AS name
        FROM (SELECT * FROM reference_row WHERE kind = 'incident' AND measure = '' ORDER BY ALL LIMIT 20000)
    )
)
SELECT package || '|' || resource || ':' || row_id AS key, cell FROM cell
WHERE cell IS DISTINCT FROM source AND cell <> row_id
    AND regexp_full_match(cell, '[\p{Lu}0-9][\p{L}0-9.''’-]+( [\p{L}0-9.''’-]+){0,3}')
    AND regexp_matches(cell, '\p{Lu}')
QUALIFY count(*) OVER (PARTITION BY package, resource, name, cell) = 1
ORDER BY ALL
"""
# Of two places that cells written by hand put in each other, the one that lies in the other more often does.
_CONTAINERS = """
WITH pair AS (
    SELECT inner_place.key AS inner, outer_place.key AS outer, count(*) AS times
    FROM linked_place AS inner_place
    JOIN linked_place AS outer_place USING (row_number)
    WHERE inner_place.depth < outer_place.depth
    GROUP BY ALL
)
SELECT pair.inner, pair.outer
FROM pair LEFT JOIN pair AS other ON other.inner = pair.outer AND other.outer = pair.inner
WHERE pair.times >= coalesce(other.times, 0)
"""
_ABOUT = """
SELECT about, row_number FROM wanted_key JOIN linked_row USING (resource, row_id) ORDER BY about, row_number
"""
_OF_EVENTS = """
SELECT package, event, row_number FROM wanted_event JOIN linked_row USING (package, event) ORDER BY ALL
"""
_LOAD = """
WITH key AS MATERIALIZED (
    SELECT row_number, package, resource, row_id, measure FROM row_to_load JOIN linked_row USING (row_number)
)
SELECT key.row_number, row.*, named.names, placed.places, told.revised
FROM key
JOIN reference_row AS row USING (package, resource, row_id, measure)
LEFT JOIN measure AS told USING (package, measure)
LEFT JOIN (
    SELECT row_number, list(name.name ORDER BY name.rank) AS names
    FROM key JOIN reference_name AS name USING (package, resource, row_id)
    GROUP BY row_number
) AS named USING (row_number)
LEFT JOIN (
    SELECT row_number, list(place.place ORDER BY place.rank) AS places
    FROM key JOIN reference_place AS place USING (package, resource, row_id, measure)
    GROUP BY row_number
) AS placed USING (row_number)
"""
