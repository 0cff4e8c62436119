"""Filters that reviewers saved under a name: `saved_filters.jsonl` beside the decisions, a line a change.

A filter is an address; saving one writes down who calls it what. The last line of a reviewer's name counts,
and one without an address takes the name away. A line that is no such thing is passed over: the file holds
no decision, and an address can be saved again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from claimcheck.decisions import DecisionError
from claimcheck.decisions.journal import append_line
from claimcheck.decisions.record import MOST_NAME
from claimcheck.regular_files import open_regular
from claimcheck.review.queue import Filters
from claimcheck.safe import visible

NAME = "saved_filters.jsonl"
MOST_TITLE = 60
MOST_SAVED = 200


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter that `reviewer` calls `name`."""

    reviewer: str
    name: str
    filters: Filters

    @property
    def address(self) -> str:
        """Its query string."""
        return self.filters.address(page=1)


class SavedFilters:
    """The saved filters of a file, read again where it changed. Safe for several processes."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._version: object = None
        self._found: dict[tuple[str, str], SavedFilter] = {}

    def of(self, reviewer: str) -> Sequence[SavedFilter]:
        """Every saved filter: this reviewer's first, each group in the order of names. Raises OSError."""
        self._catch_up()
        mine = reviewer.casefold()
        return sorted(
            self._found.values(), key=lambda s: (s.reviewer.casefold() != mine, s.reviewer, s.name.casefold())
        )

    def save(self, reviewer: str, name: str, filters: Filters) -> None:
        """Keep a filter under a name; one of that name is replaced. Raises DecisionError, OSError."""
        name = " ".join(name.split())
        if not name or len(name) > MOST_TITLE or len(reviewer) > MOST_NAME:
            raise DecisionError(f"Give the filter a name of at most {MOST_TITLE} characters.")
        self._catch_up()
        if len(self._found) >= MOST_SAVED:
            raise DecisionError(f"{MOST_SAVED} filters are saved already: take one away first.")
        self._write(reviewer, name, filters.address(page=1) or "?")

    def drop(self, reviewer: str, name: str) -> None:
        """Take a name away; the file keeps its lines. Raises OSError."""
        self._catch_up()
        if (reviewer.casefold(), name.casefold()) in self._found:
            self._write(reviewer, name, None)

    def _write(self, reviewer: str, name: str, address: str | None) -> None:
        time = datetime.now(UTC).isoformat(timespec="seconds")
        line = {"time": time, "reviewer": reviewer, "name": name, "address": address}
        append_line(self.file, json.dumps(line, ensure_ascii=False).encode("utf-8", "replace"))

    def _catch_up(self) -> None:
        try:
            found = self.file.stat()
        except FileNotFoundError:
            self._version, self._found = None, {}
            return
        version = (found.st_ino, found.st_size, found.st_mtime_ns)
        if version == self._version:
            return
        self._found = {}
        with open_regular(self.file) as stream:
            for line in stream.read().splitlines():
                self._take(line)
        self._version = version

    def _take(self, line: bytes) -> None:
        try:
            row: Any = json.loads(line)
            reviewer, name, address = visible(row["reviewer"]), visible(row["name"]), row["address"]
            key = (reviewer.casefold(), name.casefold())
            if address is None:
                self._found.pop(key, None)
            else:
                query = dict(parse_qsl(address.removeprefix("?"), max_num_fields=20))
                self._found[key] = SavedFilter(reviewer, name, Filters.of(query))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return
