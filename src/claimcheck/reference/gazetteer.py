"""The places and organisations of a package: who is meant by a cell, and what contains what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from claimcheck.names import folded
from claimcheck.reference.problems import Problems

DEEPEST = 50  # levels of containment: more is a mistake in the table, and costs quadratic time


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a gazetteer. `key` is qualified by its table ("places:P001")."""

    key: str
    row_id: str
    names: tuple[str, ...]
    within: str | None
    file: str
    line: int
    within_column: str | None = None


@dataclass(slots=True)
class Gazetteer:
    """The places of a package, found by key or by name; `given` tells whether it has a table of them."""

    given: bool
    entries: dict[str, Entry] = field(default_factory=dict)
    _named: dict[str, dict[str, None]] = field(default_factory=dict)
    _above: dict[str, str] = field(default_factory=dict)
    _chains: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Take in one row; its key is new."""
        self.entries[entry.key] = entry
        self._named.setdefault(f"={entry.row_id}", {})[entry.key] = None
        for name in entry.names:
            if folded(name):
                self._named.setdefault(folded(name), {})[entry.key] = None

    def find(self, value: str) -> tuple[str, ...]:
        """The qualified keys that a cell may mean: its key, else its name or alias; several are ambiguous."""
        return tuple(self._named.get(f"={value}") or self._named.get(folded(value)) or ())

    def resolve(
        self, value: str, file: str, line: int | None, column: str | None, problems: Problems
    ) -> str | None:
        """The one key that a cell means; a problem where it points nowhere or to several."""
        found = self.find(value)
        if len(found) == 1:
            return found[0]
        if found:
            keys = ", ".join(found)
            problems.add(file, line, column, value, f"several places have this name ({keys}): write the key")
        else:
            problems.add(file, line, column, value, "no row of the gazetteer of places has this key or name")
        return None

    def link(self, within: Iterable[Entry], problems: Problems) -> None:
        """Connect each entry to its container. `self` is the gazetteer of places."""
        for entry in within:
            if entry.within is None:
                continue
            above = self.resolve(entry.within, entry.file, entry.line, entry.within_column, problems)
            if above is not None:
                self._above[entry.key] = above
        self._report_circles(problems)

    def containers(self, key: str) -> tuple[str, ...]:
        """Everything that contains the place, narrowest first."""
        if key not in self._chains:
            chain: list[str] = []
            here = self._above.get(key)
            while here is not None and here not in chain and len(chain) < DEEPEST:
                chain.append(here)
                here = self._above.get(here)
            self._chains[key] = tuple(chain)
        return self._chains[key]

    def _report_circles(self, problems: Problems) -> None:
        """One problem for each circle, at its first row; one for each chain that is too long, at the row
        with which it becomes so."""
        depth: dict[str, int] = {}
        for entry in self.entries.values():
            path: dict[str, None] = {}
            here: str | None = entry.key
            while here is not None and here not in depth and here not in path:
                path[here] = None
                here = self._above.get(here)
            if here is not None and here in path:
                circle = list(path)[list(path).index(here) :]
                stated = " in ".join([*circle[:DEEPEST], here])
                self._fault(self.entries[here], f"circular containment: {stated}", problems)
            above = depth.get(here, 0) if here is not None else 0
            levels = above + len(path)
            if above <= DEEPEST < levels and (here is None or here not in path):
                self._fault(entry, f"contained {levels} levels deep; {DEEPEST} are the most", problems)
            depth |= {key: levels - passed for passed, key in enumerate(path)}

    def _fault(self, entry: Entry, message: str, problems: Problems) -> None:
        problems.add(entry.file, entry.line, entry.within_column, entry.within, message)
