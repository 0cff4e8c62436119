"""A table as sentences about it meet it: columns with the words of their headers, cells with values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from claimcheck.grids.tokens import PartialDay, day_at, entries, names, texts, tokens, without_brackets
from claimcheck.grids.words import keys, row_nouns, row_verbs, unglued
from claimcheck.lexicon import pattern

_FILLERS = frozenset(
    {"of", "by", "the", "a", "an", "in", "for", "per", "s", "and", "to", "at", "on", "or", "from"}
)
_SIZE = re.compile(
    r"[$€£¥]?\s?(?P<sign>[-−–+]?)\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?P<unit>%|[a-z]{1,6}\.?)?",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\D*[^\W\d_]\D*\((\d+(?:\.\d+)?)\)")
_OUTCOME = pattern("grid_cells", "outcome")
_PLACE = pattern("grid_cells", "place")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column: its place, its header's content words, the numbers and days of its cells by row."""

    at: int
    name: str
    words: tuple[str, ...]
    numbers: Mapping[int, Decimal] = field(default_factory=dict)
    days: Mapping[int, PartialDay] = field(default_factory=dict)
    ranks: bool = False  # the smaller the better: "highest" says nothing sure
    beside: frozenset[str] = frozenset()  # words of its header that need not be said: units in brackets

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of column that its words call (data/grid_columns.toml)."""
        return frozenset(key[1:] for word in self.words for key in keys(word) if key[0] == "=")


class Grid:
    """A table of a package, its rows in order. `title` says what it is of."""

    def __init__(
        self,
        package: str,
        resource: str,
        title: str,
        header: Sequence[str],
        rows: Sequence[tuple[str, Sequence[str]]],
    ) -> None:
        self.package, self.resource, self.title = package, resource, title
        self.row_ids = [row_id for row_id, _ in rows]
        self.cells = [[cell.strip() for cell in cells] for _, cells in rows]
        repeated = {n for n, cells in enumerate(self.cells) if list(cells) == [h.strip() for h in header]}
        self.rows = [n for n in range(len(self.cells)) if n not in repeated]
        self.columns = [self._column(at, name) for at, name in enumerate(header)]

    def _column(self, at: int, name: str) -> Column:
        given = {n: self.cells[n][at] for n in self.rows if self.cells[n][at]}
        numbers = {n: size for n, cell in given.items() if (size := number_of(cell)) is not None}
        beside = {n: Decimal(m[1]) for n, cell in given.items() if (m := _BESIDE.fullmatch(cell))}
        if len(beside) * 5 > len(given) * 4:
            numbers = beside  # "Ann Lee (25)"
        days = {n: day for n, cell in given.items() if (day := day_of(cell)) is not None}
        words = header_words(name)
        ranked = bool(
            {"rank", "order", "grid", "pick", "number"}
            & {k[1:] for w in words for k in keys(w) if k[0] == "="}
        )
        if ranked and not numbers:
            numbers = {n: Decimal(m[1]) for n, cell in given.items() if (m := _PLACE.fullmatch(cell))}
        blanks = {"-", "–", "—", "n / a", "n/a", "none", "nc", "?"}
        told = sum(cell.lower() not in blanks for cell in given.values())
        return Column(
            at, name, words,
            numbers if len(numbers) * 2 > told else {},
            days if len(days) * 2 > told else {},
            ranked,
            frozenset(texts(tokens(name))) - frozenset(words),
        )  # fmt: skip

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of all its columns."""
        return frozenset(kind for column in self.columns for kind in column.kinds)

    @cached_property
    def title_stems(self) -> frozenset[str]:
        """The stems of its title's words."""
        return frozenset(token.stem for token in tokens(self.title) if len(token.text) > 1)

    @cached_property
    def title_words(self) -> tuple[str, ...]:
        """Its title's words, in order."""
        return texts(tokens(self.title))

    def is_row_noun(self, word: str) -> bool:
        """True if a noun may stand for a row: its columns show so."""
        return any(not shown or shown & self.kinds for shown in row_nouns().get(word, ()))

    def is_row_verb(self, word: str) -> bool:
        """True if a verb only says that a row took place: a game was played, an album was released."""
        return any(shown & self.kinds for shown in row_verbs().get(word, ()))

    @cached_property
    def names(self) -> Mapping[str, Sequence[tuple[tuple[str, ...], int, int]]]:
        """What cells may be called: by first word, all words with column and row; the whole cell, without its
        brackets, each entry of a list, a person's last name."""
        found: dict[str, dict[tuple[tuple[str, ...], int, int], None]] = defaultdict(dict)
        for column in self.columns:
            for n in self.rows:
                for words in called(self.cells[n][column.at]):
                    found[words[0]][words, column.at, n] = None
        for words, at, n in self._last_names():
            found[words[0]][words, at, n] = None
        return {first: sorted(named, key=lambda entry: -len(entry[0])) for first, named in found.items()}

    def _last_names(self) -> Iterator[tuple[tuple[str, ...], int, int]]:
        """Last names that only one person of the table bears."""
        bearers: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        stand: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for column in self.columns:
            if (
                not {
                    "player",
                    "name",
                    "director",
                    "writer",
                    "driver",
                    "rider",
                    "candidate",
                    "artist",
                    "nominee",
                    "pitcher",
                    "speaker",
                    "opponent",
                    "captain",
                    "coach",
                    "architect",
                    "team",
                    "home",
                    "away",
                }
                & column.kinds
            ):
                continue
            for n in self.rows:
                for words in called(self.cells[n][column.at]):
                    if 2 <= len(words) <= 3 and all(w.isalpha() for w in words) and len(words[-1]) > 3:
                        bearers[words[-1]].add(words)
                        stand[words[-1]].append((column.at, n))
        for last, whole in bearers.items():
            if len(whole) == 1 and not keys_of_headers(self.columns) & keys(last):
                yield from (((last,), at, n) for at, n in stand[last])

    @cached_property
    def words_of_rows(self) -> Sequence[frozenset[str]]:
        """All words of each row's cells, as names are compared."""
        return [frozenset(names(tokens(" ".join(cells)))) for cells in self.cells]

    @cached_property
    def outcomes(self) -> Mapping[str, tuple[int, frozenset[int]]]:
        """The rows won, lost and drawn, by "w", "l", "d", with the column that says so ("W 24 - 10")."""
        for column in self.columns:
            told = {
                n: _OUTCOME.match(self.cells[n][column.at]) for n in self.rows if self.cells[n][column.at]
            }
            if {"result", "score", "wins", "outcome"} & column.kinds and all(told.values()) and len(told) > 1:
                by = {n: {"t": "d"}.get(m[1].lower(), m[1].lower()) for n, m in told.items() if m is not None}
                return {o: (column.at, frozenset(n for n in by if by[n] == o)) for o in "wld"}
        return {}

    def are_of_a_kind(self, one: int, other: int) -> bool:
        """True if two columns hold things of one kind: some cell stands in both (winners and losers)."""
        return bool(self._entries(one) & self._entries(other))

    def _entries(self, at: int) -> set[tuple[str, ...]]:
        return {words for n in self.rows for words in called(self.cells[n][at])}

    def shown(self, n: int) -> str:
        """A row in words: "bridge Stone Gate; length 214"."""
        pairs = zip(self.columns, self.cells[n], strict=True)
        return "; ".join(f"{column.name} {cell}" for column, cell in pairs if cell)


def keys_of_headers(columns: Sequence[Column]) -> frozenset[str]:
    """Everything by which a word is a header's."""
    return frozenset(key for column in columns for word in column.words for key in keys(word))


def header_words(name: str) -> tuple[str, ...]:
    """The content words of a header: "Original air date" has three, "UK viewers (million)" two."""
    plain = without_brackets(
        re.sub(r"(?<=[a-z])(?=[A-Z])|[_/#]", " ", re.sub(r"\s?\(e?s\)", "", name).replace("#", " no "))
    )
    words = [word for token in tokens(plain) for word in unglued(token.text)]
    return tuple(word for word in words if word not in _FILLERS)


def called(cell: str) -> Iterator[tuple[str, ...]]:
    """The word sequences by which a text may name a cell; a lone number is none (it needs its column)."""
    seen: set[tuple[str, ...]] = set()
    for part in (cell, without_brackets(cell), *entries(cell)):
        words = names(tokens(part))
        if words and words[0] in ("the", "a", "an") and len(words) > 1:
            words = words[1:]
        if words and words not in seen and not _is_plain_number(words):
            seen.add(words)
            yield words


def _is_plain_number(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and (words[0].replace(".", "").isdigit() or len(words[0]) == 1)


def number_of(cell: str) -> Decimal | None:
    """The number that a cell is, its unit aside; None where it is something else, or an ordinal."""
    found = _SIZE.fullmatch(cell)
    if found is None or (found["unit"] or "").lower() in ("st", "nd", "rd", "th"):
        return None
    number = Decimal(found["number"].replace(",", ""))
    return -number if found["sign"] in ("-", "−", "–") else number


def day_of(cell: str) -> PartialDay | None:
    """The day or month that a whole cell is; None where it is something else."""
    words = tokens(without_brackets(cell))
    found = day_at(words, 0) if words else None
    return found[0] if found is not None and found[1] == len(words) else None
