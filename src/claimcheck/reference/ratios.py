"""Rows that are ratios, shown with the two rows that they are of and the SELECT that divides them."""

from __future__ import annotations

import json
from functools import lru_cache

from claimcheck.judging.relations import spoken_interval
from claimcheck.linking.rows import Tables
from claimcheck.model import PART, CheckedDocument, Evidence, Interval, Verdict, replace
from claimcheck.store.migrations import literal

_COMPUTED = """
SELECT DISTINCT r.package, r.resource FROM reference_row AS r JOIN reference_package AS p USING (package)
WHERE NOT list_contains(p.resources, r.resource)
"""
_NUMBERS = "coalesce(low, best) AS low, coalesce(high, best) AS high FROM reference_row WHERE"


class Ratios:
    """What the rows of a store that are ratios are made of."""

    def __init__(self, store: Tables) -> None:
        self._store = store
        self._tables = {(line["package"], line["resource"]) for line in store.rows(_COMPUTED)}
        self._made = lru_cache(1 << 10)(self._made_of)

    def shown(self, document: CheckedDocument) -> CheckedDocument:
        """The document, each ratio in its verdicts with the two rows that it is of."""
        if not self._tables:
            return document
        verdicts = {name: self._with_parts(verdict) for name, verdict in document.verdicts.items()}
        return replace(document, verdicts=verdicts)

    def _made_of(self, package: str, table: str, row_id: str) -> tuple[str, str, list[Evidence]]:
        """The arithmetic of a ratio in words, its SELECT, and its two rows."""
        [line] = self._store.rows(f"SELECT raw FROM reference_row WHERE {_is_row(package, table, row_id)}")
        raw = json.loads(line["raw"])
        words, sides, rows = [], [], []
        for side in ("of", "to"):
            name, at = raw[f"{side}_table"], _is_row(package, raw[f"{side}_table"], raw[side])
            row = self._store.rows(f"SELECT row_id, measure, source, {_NUMBERS} {at}")[0]
            words.append(f"{row['measure']} {spoken_interval(Interval(row['low'], row['high']))}")
            sides.append(f"(SELECT {_NUMBERS} {at} AND measure = {literal(row['measure'])})")
            rows.append(Evidence(
                table=name, row_id=row["row_id"], source_id=None, relation="neutral", low=row["low"],
                high=row["high"], note=row["measure"], source=row["source"], name=PART,
            ))  # fmt: skip
        sql = (
            "SELECT 100 * a.low / nullif(b.high, 0) AS low, 100 * a.high / nullif(b.low, 0) AS high "
            f"FROM {sides[0]} AS a, {sides[1]} AS b"
        )
        return " ÷ ".join(words), sql, rows

    def _with_parts(self, verdict: Verdict) -> Verdict:
        evidence: list[Evidence] = []
        stated: list[str] = []
        for row in verdict.evidence:
            evidence.append(row)
            if row.package is None or row.sql is not None or (row.package, row.table) not in self._tables:
                continue
            words, sql, parts = self._made(row.package, row.table, row.row_id)
            stated.append(f"{row.table} {row.row_id} is {words}")
            evidence[-1] = replace(row, sql=sql, note=f"{row.note}: {words}" if row.note else words)
            evidence += [replace(part, relation=row.relation) for part in parts]
        if not stated:
            return verdict
        said = "; ".join(dict.fromkeys(stated))
        explanation = f"{verdict.explanation} {said[:1].upper()}{said[1:]}."
        return replace(verdict, evidence=tuple(dict.fromkeys(evidence)), explanation=explanation)


def _is_row(package: str, table: str, row_id: str) -> str:
    return f"package = {literal(package)} AND resource = {literal(table)} AND row_id = {literal(row_id)}"
