"""What a curator should look at in a package that is sound: `claimcheck reference check` tells it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from claimcheck.model import ReferenceRow
from claimcheck.names import head_noun
from claimcheck.reference.package import Package
from claimcheck.reference.problems import Problem, Problems
from claimcheck.reference.rows import Cell
from claimcheck.reference.schema import Resource
from claimcheck.reference.tables import read_table

_SHOWN = 3  # kinds that a message names


@dataclass(slots=True)
class _Kind:
    """Events of one kind: all words for it, and the keys of the rows."""

    words: dict[str, None] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)


def advice(package: Package) -> list[Problem]:
    """The warnings on a package, in the order of its tables: where, what stands there, what to do."""
    tables = [r for r in package.resources if r.kind == "events" and "counted_as" in r.roles]
    return [warning for table in tables for warning in _counted_together(package, table)]


def _counted_together(package: Package, table: Resource) -> Iterator[Problem]:
    """One word that several kinds of events are counted as: "two meetings" would count summits and
    hearings together."""
    counted: dict[str, list[_Kind]] = defaultdict(list)
    for row in package.rows:
        word = str(row.raw.get("counted_as") or "") if row.table == table.name else ""
        if word and (words := _kinds(row, word)):
            counted[word] = _joined(counted[word], words, row.row_id)
    several = {word: kinds for word, kinds in counted.items() if len(kinds) > 1}
    lines = _lines(package, table) if several else {}
    for word, kinds in several.items():
        stated = [f'"{next(iter(kind.words))}" ({_where(kind, lines)})' for kind in kinds[:_SHOWN]]
        more = f" and {len(kinds) - _SHOWN} more" if len(kinds) > _SHOWN else ""
        message = (
            f"rows of {len(kinds)} kinds are counted together: {', '.join(stated)}{more}; count each kind "
            f'under a word of its own, or add "{word}" to the labels of all of them'
        )
        first = min(lines[row] for kind in kinds for row in kind.rows)
        yield Problem(table.path, first, table.roles["counted_as"][0].column, word, message)


def _kinds(row: ReferenceRow, word: str) -> dict[str, None]:
    """The words for the kind of a row, with the word that it is counted as where one has its noun ("chemical
    attack" of "attack"); the name of a place or weapon is none."""
    labels = (part.strip() for part in (row.label or "").split(","))
    found = dict.fromkeys(label for label in labels if label[:1].islower())
    if any(head_noun(label) == head_noun(word) for label in found):
        found[word] = None
    return found


def _joined(kinds: list[_Kind], words: dict[str, None], row: str) -> list[_Kind]:
    """The kinds with one more row: those that share a word with it are one."""
    alike = [kind for kind in kinds if not kind.words.keys().isdisjoint(words)]
    one = alike[0] if alike else _Kind()
    for kind in alike[1:]:
        one.words |= kind.words
        one.rows += kind.rows
    one.words |= words
    one.rows.append(row)
    return [kind for kind in kinds if kind not in alike[1:]] if alike else [*kinds, one]


def _where(kind: _Kind, lines: dict[str, int]) -> str:
    more = f" and {len(kind.rows) - 1} more" if len(kind.rows) > 1 else ""
    return f"line {lines[kind.rows[0]]}{more}"


def _lines(package: Package, table: Resource) -> dict[str, int]:
    """The line of each row of a table, by its key; the rows themselves need not know it."""
    records = read_table(table, package.folder / table.path, hashlib.sha256(), Problems())
    return {Cell(table, line, cells).key(n) or "": line for n, (line, cells) in enumerate(records, 1)}
