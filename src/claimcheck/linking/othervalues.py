"""What else an incident table says of its rows, beside what its package describes: the airline of a crash,
the employer of a strike.

A sentence that names the airline of another row, and not the row's own, may tell of another crash. The values
of such columns are read once, and only where a sentence names something that the row does not say.
"""

from __future__ import annotations

import re
from dataclasses import replace

from claimcheck.judging.relations import Candidate
from claimcheck.linking.candidates import CandidateFinder
from claimcheck.linking.items import Item
from claimcheck.model import ReferenceRow

_NAME = re.compile(r"[A-Z][^\d,;:()]{2,39}")
_NAMED = re.compile(r"\b[A-Z][\w’'-]+")


class OtherValues:
    """The names in the columns of incident tables that no package describes."""

    def __init__(self, finder: CandidateFinder) -> None:
        self._finder = finder
        self._values: dict[tuple[str, str], dict[str, frozenset[str]]] = {}

    def set_aside(self, item: Item) -> None:
        """Let no incident decide a claim whose sentence names what is another one's."""
        if any(c.row.kind == "incident" for c in item.candidates):
            item.candidates = [self._doubted(item, c) for c in item.candidates]

    def _doubted(self, item: Item, candidate: Candidate) -> Candidate:
        row = candidate.row
        if row.kind != "incident" or candidate.how == "about":
            return candidate
        text = item.claim.context.of(item.document.text)
        said = " ".join(map(str, row.raw.values()))
        if all(name in said for name in _NAMED.findall(text)):
            return candidate
        columns = {name: value for name, value in row.raw.items() if _is_its_own(value, row)}
        for column, own in columns.items():
            if own in text:
                continue
            others = self._of(row).get(column, frozenset())
            if any(_stands_in(value, text) for value in others if value not in said):
                return replace(candidate, actor="doubtful")
        return candidate

    def _of(self, row: ReferenceRow) -> dict[str, frozenset[str]]:
        key = (row.package, row.table)
        if key not in self._values:
            columns = [name for name, value in row.raw.items() if isinstance(value, str)]
            found = self._finder.names_in_columns(*key, columns)
            self._values[key] = {c: frozenset(filter(_NAME.fullmatch, v)) for c, v in found.items()}
        return self._values[key]


def _is_its_own(value: object, row: ReferenceRow) -> bool:
    """Whether a cell holds a name that is neither the row's place nor its source, its label or its actor."""
    if not isinstance(value, str) or _NAME.fullmatch(value) is None:
        return False
    described = (*row.places, row.source, row.source_id, row.label, row.actor, row.name)
    return not any(value in told for told in described if told)


def _stands_in(value: str, text: str) -> bool:
    return value in text and re.search(rf"\b{re.escape(value)}\b", text) is not None
