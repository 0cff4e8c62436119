"""A loaded reference package, as everything else meets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from claimcheck.model import ReferenceRow
from claimcheck.reference.rows import Source
from claimcheck.reference.schema import Measure, Resource


@dataclass(frozen=True, slots=True)
class Package:
    """A loaded package. `digest` changes with any byte of its descriptor or tables (12 hex digits)."""

    name: str
    digest: str
    folder: Path
    vocabulary: tuple[Measure, ...]
    sources: tuple[Source, ...]
    rows: Sequence[ReferenceRow]
    resources: tuple[Resource, ...]
    title: str | None = None

    @property
    def gazetteer(self) -> tuple[ReferenceRow, ...]:
        """The places and organisations; `label` says which of the two a row is."""
        return tuple(row for row in self.rows if row.kind == "gazetteer")
