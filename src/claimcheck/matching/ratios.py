"""The arithmetic of ratios in verdicts: each row that is a ratio of two others shows them, and its SELECT.

The rows of the ratios themselves are made where a package is loaded (`reference/ratios.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from claimcheck.matching.aggregates import literal
from claimcheck.matching.candidates import Tables
from claimcheck.matching.computed import row_as_evidence, spread
from claimcheck.model import PART, CheckedDocument, Evidence, Verdict

Key = tuple[str, str, str]
"""Package, table and row."""
_NUMBERS = "coalesce({0}.low, {0}.best) AS low, coalesce({0}.high, {0}.best) AS high"


class Ratios:
    """What the rows of a store that are ratios are made of."""

    def __init__(self, store: Tables) -> None:
        self._store = store
        found = store.rows(
            "SELECT DISTINCT r.package, r.resource FROM reference_row AS r JOIN reference_package AS p "
            "ON p.package = r.package WHERE NOT list_contains(p.resources, r.resource)"
        )
        self._tables = {(line["package"], line["resource"]) for line in found}

    def shown(self, documents: Sequence[CheckedDocument]) -> list[CheckedDocument]:
        """The documents, each ratio in their verdicts with the two rows that it is of."""
        if not self._tables:
            return list(documents)
        met = [e for d in documents for v in d.verdicts.values() for e in v.evidence]
        made = {key: self._made_of(key) for key in dict.fromkeys(filter(None, map(self._key, met)))}
        return [
            replace(d, verdicts={name: self._with_parts(v, made) for name, v in d.verdicts.items()})
            for d in documents
        ]

    def _key(self, row: Evidence) -> Key | None:
        if row.package is None or (row.package, row.table) not in self._tables:
            return None
        return row.package, row.table, row.row_id

    def _made_of(self, key: Key) -> tuple[str, str, list[Evidence]]:
        """The arithmetic of a ratio in words, its SELECT, and its two rows."""
        package, table, row_id = key
        [line] = self._store.rows(
            f"SELECT raw FROM reference_row WHERE {_is_row(package, table, row_id)} LIMIT 1"
        )
        raw = json.loads(line["raw"])
        names = [(raw["of_table"], raw["of"]), (raw["to_table"], raw["to"])]
        ends = [self._end(package, *name) for name in names]
        of, to = (f"{end['measure']} {spread(end)}" for end in ends)
        rows = [
            replace(row_as_evidence(name[0], end, "neutral"), name=PART, note=end["measure"])
            for name, end in zip(names, ends, strict=True)
        ]
        sides = (
            f"(SELECT {_NUMBERS.format('r')} FROM reference_row AS r "
            f"WHERE {_is_row(package, *name)} AND r.measure = {literal(end['measure'])})"
            for name, end in zip(names, ends, strict=True)
        )
        first, second = sides
        sql = (
            "SELECT 100 * a.low / nullif(b.high, 0) AS low, 100 * a.high / nullif(b.low, 0) AS high "
            f"FROM {first} AS a, {second} AS b"
        )
        return f"{of} ÷ {to}", sql, rows

    def _end(self, package: str, table: str, row_id: str) -> Mapping[str, Any]:
        found = self._store.rows(
            f"SELECT r.row_id, r.measure, r.source, {_NUMBERS.format('r')} FROM reference_row AS r "
            f"WHERE {_is_row(package, table, row_id)}"
        )
        return found[0]

    def _with_parts(self, verdict: Verdict, made: Mapping[Key, tuple[str, str, list[Evidence]]]) -> Verdict:
        keys = [self._key(row) for row in verdict.evidence]
        if not any(keys):
            return verdict
        evidence: list[Evidence] = []
        told: list[str] = []
        for row, key in zip(verdict.evidence, keys, strict=True):
            if key is None:
                evidence.append(row)
                continue
            words, sql, parts = made[key]
            told.append(f"{row.table} {row.row_id} is {words}")
            evidence.append(replace(row, sql=sql, note=f"{row.note}: {words}" if row.note else words))
            evidence += [replace(part, relation=row.relation) for part in parts if part not in evidence]
        explanation = f"{verdict.explanation} {_sentence(told)}"
        return replace(verdict, evidence=tuple(evidence), explanation=explanation)


def _sentence(told: Iterable[str]) -> str:
    said = "; ".join(dict.fromkeys(told))
    return f"{said[:1].upper()}{said[1:]}."


def _is_row(package: str, table: str, row_id: str) -> str:
    return f"package = {literal(package)} AND resource = {literal(table)} AND row_id = {literal(row_id)}"
