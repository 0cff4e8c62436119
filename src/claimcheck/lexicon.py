"""Lexicons: what English says is data, a TOML table a topic under `data/`, each row with its tests.

A file is a list of `[[row]]` tables. Every row has an `id` (unique in its file), the fields that its topic
declares in `[fields]` (name = required or optional), and `examples` and `counter_examples`: phrases
that the tests run through the whole reader. An unknown key is an error, so a misspelt field never passes
in silence.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

COMMON = frozenset({"id", "examples", "counter_examples", "note"})


class LexiconError(ValueError):
    """A data file breaks its own rules; the message names file, row and key."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a lexicon: its id, its fields, and the phrases that test it."""

    id: str
    fields: Mapping[str, Any]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The field, or `default` where the row leaves it out."""
        return self.fields.get(name, default)


@cache
def load(topic: str) -> tuple[Row, ...]:
    """The rows of `data/<topic>.toml`, in file order. Raises LexiconError on any unknown or missing key."""
    source = resources.files("claimcheck").joinpath("data", f"{topic}.toml").read_text(encoding="utf-8")
    return tuple(_rows(topic, tomllib.loads(source)))


def _rows(topic: str, table: Mapping[str, Any]) -> Iterator[Row]:
    fields: Mapping[str, str] = table.get("fields", {})
    required = {name for name, need in fields.items() if need == "required"}
    seen: set[str] = set()
    for position, row in enumerate(table.get("row", []), 1):
        name = row.get("id", f"row {position}")
        unknown = set(row) - set(fields) - COMMON
        missing = required - set(row) | ({"id"} - set(row))
        if unknown or missing or name in seen:
            problem = (
                f"unknown key {sorted(unknown)}"
                if unknown
                else f"missing key {sorted(missing)}"
                if missing
                else "id used twice"
            )
            raise LexiconError(f"data/{topic}.toml, {name}: {problem}")
        seen.add(name)
        yield Row(
            name,
            {key: value for key, value in row.items() if key not in COMMON},
            tuple(row.get("examples", ())),
            tuple(row.get("counter_examples", ())),
        )


def topics() -> tuple[str, ...]:
    """The names of all data files, sorted."""
    folder = resources.files("claimcheck").joinpath("data")
    return tuple(sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".toml")))


@cache
def digest() -> str:
    """Hash over all data files, 12 hex digits: a run records it, so that a changed rule can be named."""
    folder = resources.files("claimcheck").joinpath("data")
    total = hashlib.sha256()
    for topic in topics():
        total.update(topic.encode())
        total.update(folder.joinpath(f"{topic}.toml").read_bytes())
    return total.hexdigest()[:12]
