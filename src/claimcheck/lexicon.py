"""Lexicons: what English says is data, a TOML table a topic under `data/`, each row with its tests.

A file is a list of `[[row]]` tables. Every row has an `id` (unique in its file), the fields that its topic
declares in `[fields]` (name = required or optional), and `examples` and `counter_examples`: phrases
that the tests run through the whole reader. An unknown key is an error, so a misspelt field never passes
in silence.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import takewhile
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from claimcheck import calendar_names

_SHOWN = 12  # entries of a list that the documentation prints
_REGULAR = re.compile(r"\\[bdsw.]|\(\?|\[\^")  # what only a regular expression holds
_NAMED = re.compile(r"(?<!\?P)<(?:(?P<topic>[a-z_]+): )?(?P<row>[a-z][a-z_. ]*|[A-Z]+)>")
WEIGHTS = "evidence"  # what `make fit` learned: data, and no words
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
    return tuple(_rows(topic, table(topic)))


def table(topic: str) -> Mapping[str, Any]:
    """What `data/<topic>.toml` holds, from the prepared form where there is one."""
    known: Mapping[str, Any] | None = _prepared().get(topic)
    return tomllib.loads(source(topic)) if known is None else known


@cache
def _prepared() -> Mapping[str, Any]:
    """All data files as tables, as the first process that needed them left them in the user's cache: to parse
    TOML takes ten times as long as to read that. What differs from the data files, or from what was written,
    is made anew; where nothing can be kept, each file is parsed when it is asked for."""
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        kept = Path(home) / "claimcheck" / "lexicons.json"
        mark, _, body = kept.read_bytes().partition(b"\n") if kept.exists() else (b"", b"", b"")
        if mark == _mark(body):
            return json.loads(body)  # type: ignore[no-any-return]
        tables = {topic: tomllib.loads(source(topic)) for topic in _files()}
        body = json.dumps(tables).encode()
        kept.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=kept.parent, delete=False) as file:
            try:
                file.write(_mark(body) + b"\n" + body)
                file.close()
                os.replace(file.name, kept)
            finally:  # a full disk leaves nothing behind
                Path(file.name).unlink(missing_ok=True)
    except (OSError, RuntimeError, ValueError):  # no home, no room, a data file that its own loading refuses
        return {}
    return tables


def _mark(body: bytes) -> bytes:
    """What a prepared form begins with: the hash of the data files that it was made of, and its own."""
    return f"{_hash()} {hashlib.sha256(body).hexdigest()}".encode()


def source(topic: str) -> str:
    """The text of `data/<topic>.toml`."""
    return resources.files("claimcheck").joinpath("data", f"{topic}.toml").read_text(encoding="utf-8")


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


@cache
def pattern(topic: str, name: str) -> re.Pattern[str]:
    """The regular expression of a row, `written` out."""
    return re.compile(written(topic, name))


@cache
def written(topic: str, name: str) -> str:
    """The `pattern` of a row, to be part of another.

    In it `<words>` is any of the row's own `words`, and the id of another row any of that row's words, or its
    pattern where it has none; `<topic: id>` is the same of another file. `<MONTH>` is the name of a month,
    `<MON>` its first three letters, `<MONTHS>` and `<WEEKDAYS>` are names and abbreviations.
    """

    def piece(found: re.Match[str]) -> str:
        if found["row"].isupper():
            return calendar_names.PIECES[found["row"]]
        file, other = found["topic"] or topic, name if found["row"] == "words" else found["row"]
        words = _row(file, other).get("words", _row(file, other).get("lemmas"))
        if words is None:
            return written(file, other)
        return alternatives(words)

    return _NAMED.sub(piece, _row(topic, name)["pattern"])


def alternatives(words: Iterable[str], blank: str = r"\s") -> str:
    """A piece of a pattern that matches each of the words, longest first; a space in them is a `blank`."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", blank) for word in longest_first)


def by_letter(pieces: Iterable[str]) -> str:
    """A piece of a pattern that matches what one of the pieces does, tried letter by letter: where many words
    are looked for at every place of a text and nobody asks which one stands there.

    Example:
        >>> by_letter(["killed", "kin", "shot"])
        'k(?:i(?:lled|n))|shot'
    """
    groups: dict[str, list[str]] = {}
    for piece in sorted(set(pieces)):
        groups.setdefault(piece[:1] if piece[:1].isalpha() else "", []).append(piece)
    return "|".join(
        f"{letter}(?:{by_letter(piece[1:] for piece in group)})"
        if letter and len(group) > 1
        else "|".join(group)
        for letter, group in groups.items()
    )


def _row(topic: str, name: str) -> Row:
    found = next((row for row in load(topic) if row.id == name), None)
    if found is None:
        raise LexiconError(f'data/{topic}.toml has no row "{name}"')
    return found


def words_of(topic: str, name: str) -> tuple[str, ...]:
    """The words of a row, in the order of its file."""
    return tuple(_row(topic, name)["words"])


@cache
def entries(topic: str, field: str, of: str, value: str) -> frozenset[str]:
    """What stands under `of` in all rows of a topic that have a value in a field, their "id" too.

    Example:
        >>> "say" in entries("speech", "form", "lemmas", "clause")
        True
    """
    rows = (row for row in load(topic) if (row.id if field == "id" else row.get(field)) == value)
    return frozenset(entry for row in rows for entry in row.get(of, ()))


def topics() -> tuple[str, ...]:
    """The names of all lexicons, sorted."""
    return tuple(name for name in _files() if name != WEIGHTS)


def _files() -> tuple[str, ...]:
    folder = resources.files("claimcheck").joinpath("data")
    return tuple(sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".toml")))


def digest() -> str:
    """Hash over all data files, 12 hex digits: a run records it, so that a changed rule can be named."""
    return _hash()[:12]


@cache
def _hash() -> str:
    folder = resources.files("claimcheck").joinpath("data")
    total = hashlib.sha256()
    for topic in _files():
        total.update(topic.encode())
        total.update(folder.joinpath(f"{topic}.toml").read_bytes())
    return total.hexdigest()


def pages() -> dict[str, str]:
    """The lexicons for people, in Markdown: a page a topic by its name, and `index`, which lists them all.

    A page holds what the head of the data file says, then each row with its fields, examples and
    counter-examples.
    """
    listed = "\n".join(f"- [{title(topic)}]({topic}.md)" for topic in topics())
    index = (
        "# Lexicons\n\nWhat English words mean to the program is data: a file for each topic in "
        "`src/claimcheck/data/`. `make docs` makes these pages of them; their examples are tested.\n\n"
        "In a `pattern`, `<words>` is any of the words of its row, the id of another row is that row, "
        "`<topic: id>` one of another file; `<MONTH>`, `<MON>`, `<MONTHS>` and `<WEEKDAYS>` are names of the "
        f"calendar.\n\n{listed}\n"
    )
    return {"index": index} | {topic: _page(topic) for topic in topics()}


def title(topic: str) -> str:
    """The name of a topic as a heading: "Vague quantities"."""
    return topic.replace("_", " ").capitalize()


def _page(topic: str) -> str:
    rows = "".join(
        f"\n| `{row.id}` | {_cell(row.fields)} | {_cell(row.examples)} | {_cell(row.counter_examples)} |"
        for row in load(topic)
    )
    table = f"| row | says | reads | does not read |\n|---|---|---|---|{rows}\n"
    head = f"```text\n{said}\n```\n\n" if (said := _head(topic)) else ""
    return f"# {title(topic)}\n\n`src/claimcheck/data/{topic}.toml`\n\n{head}{table}"


def _head(topic: str) -> str:
    """The comment that opens a data file, without its signs."""
    lines = takewhile(lambda line: line.startswith("#"), source(topic).splitlines())
    return "\n".join(line.lstrip("#").removeprefix(" ") for line in lines).strip("\n")


def _cell(value: Any) -> str:
    """A value as a cell of a Markdown table; long lists are cut, for the file itself has them whole."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_cell(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        shown = ", ".join(_cell(part) for part in value[:_SHOWN])
        return shown + (f" … ({len(value)})" if len(value) > _SHOWN else "")
    text = str(value).replace("\n", " ").replace("|", "\\|")
    return f"`{text}`" if _REGULAR.search(text) else text.replace("<", "&lt;")


def write_pages(folder: Path) -> None:
    """Write the pages into a folder, and remove those of topics that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.stem not in pages():
            old.unlink()
    for name, page in pages().items():
        (folder / f"{name}.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
