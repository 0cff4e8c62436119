"""A table as sentences about it meet it: columns with the words of their headers, cells with values."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property

from claimcheck import calendar_names
from claimcheck.dates import words as english
from claimcheck.lexicon import Row, load, pattern
from claimcheck.propositions import stem

# ----------------------------------------------------------------------------------------------------
# Words and numbers of sentences, headers and cells, made comparable.

_INITIALS = re.compile(r"(?<![^\W_])[^\W\d_](?:(?:\.\s?|\s)[^\W\d_](?![^\W_]|['’]))+")
_WORD = re.compile(r"[^\W_]+(?:(?:(?<=\d)[.,:](?=\d)|(?<=[^\W\d_])['’](?=[^\W\d_]))[^\W_]+)*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ORDINAL = pattern("grid_cells", "ordinal")
_OWN = re.compile(r"['’]s?$")
_ENTRIES = pattern("grid_cells", "between entries")
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def tokens(text: str) -> tuple[str, ...]:
    """The words and numbers of a text in order, as they are compared: in lower case, without accents and
    thousands commas, an ordinal in digits, initials as one.

    Example:
        >>> tokens("The third of T. J. Ek's 1,200 boats")
        ('the', '3rd', 'of', 'tj', 'ek', '1200', 'boats')
    """
    joined = _INITIALS.sub(lambda m: re.sub(r"[.\s]", "", m[0]), text)
    return tuple(_plain(match[0]) for match in _WORD.finditer(joined))


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    plain = _OWN.sub("", plain) or plain
    if _GROUPED.fullmatch(plain):
        return plain.replace(",", "")
    place = english.table("ordinal").get(plain)
    return f"{place['value']}{_ENDINGS.get(place['value'], 'th')}" if place else plain


def stem_of(word: str) -> str:
    """A word without its inflection; a number is its own."""
    return word if word[0].isdigit() else stem(word)


def name_of(word: str) -> str:
    """As a word is compared in names: without a plural's or possessive's s ("Lakers", "the Laker")."""
    return word.rstrip("s") if len(word) > 4 and word.isalpha() else word


def names(words: Sequence[str]) -> tuple[str, ...]:
    """The words as they are compared in names."""
    return tuple(map(name_of, words))


def number(word: str) -> Decimal | None:
    """The number that a word is, in digits or letters; None where it is none."""
    if _NUMBER.fullmatch(word):
        return Decimal(word)
    return None if word in ("a", "an") else english.number(word)


def ordinal(word: str) -> int | None:
    """The place that a word is: 3 of "3rd"; None where it is none."""
    found = _ORDINAL.fullmatch(word)
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class PartialDay:
    """What a text says of a day: year, month, day of the month, each None where it does not say."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def fits(self, other: PartialDay) -> bool:
        """True if everything said here is said there: "in May" fits 3 May 2016."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or mine == theirs for mine, theirs in pairs)


_MONTHS = {name.lower(): month for name, month in calendar_names.MONTHS.items()}
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_FORMS = ("mdy", "my", "md", "m", "dmy", "dm", "do_my", "do_m", "yij")  # a letter a word; yij: 2016-05-03


def day_at(found: Sequence[str], at: int) -> tuple[PartialDay, int] | None:
    """The day or month written at a place of a sentence, and how many words it takes; None where none is.

    Day and month in both orders, with a year or without; a lone month unless it is "may" or "march".
    """
    for form in _FORMS:
        parts = form.replace("_", "")
        stated = [_part(part, word) for part, word in zip(parts, found[at : at + len(parts)], strict=False)]
        if len(stated) < len(parts) or None in stated:
            continue
        said = dict(zip(parts, stated, strict=True))
        before = found[at - 1] if at else ""
        if form == "m" and found[at] in ("may", "march", "mar") and before not in ("in", "of", "during"):
            continue
        month, day = said.get("m", said.get("i")), said.get("d", said.get("j"))
        return PartialDay(said.get("y"), month, day), len(parts)
    return None


def _part(part: str, word: str) -> int | None:
    """The year, month or day that a word may be, by the letter of a form; None where it is none."""
    if part == "y":
        return int(word) if _YEAR.fullmatch(word) else None
    if part == "m":
        return _MONTHS.get(word)
    if part == "o":
        return 0 if word == "of" else None
    size = int(word) if word.isdigit() and len(word) <= 2 else ordinal(word) if part == "d" else None
    return size if size is not None and 1 <= size <= (12 if part == "i" else 31) else None


# ----------------------------------------------------------------------------------------------------
# The lexicons of grids: what headers and texts call the same, what rows are called, what a sentence asks.


@dataclass(frozen=True, slots=True)
class Asking:
    """A phrase that asks something of a table, or nothing (`neutral`). `of`: the columns that it brings;
    `not_with`: those whose size a light verb does not tell (races that were won)."""

    use: str
    of: tuple[str, ...]
    not_with: frozenset[str]
    length: int


@cache
def _columns_called() -> Mapping[str, frozenset[str]]:
    called: dict[str, set[str]] = defaultdict(set)
    for row in load("grid_columns"):
        for word in row["words"]:
            called[word].add(row.id)
            if len(word) > 4:
                called[stem(word)].add(row.id)
    return {word: frozenset(ids) for word, ids in called.items()}


@cache
def kinds_of_word(word: str) -> frozenset[str]:
    """The kinds of column that a word calls ("crowd": attendance)."""
    called = _columns_called()
    return called.get(word) or called.get(stem(word), frozenset())


@cache
def keys_of_word(word: str) -> frozenset[str]:
    """What a word is compared by: its stem, and the kinds of column that it calls, with "=" before."""
    return frozenset({stem(word)}) | {"=" + kind for kind in kinds_of_word(word)}


@cache
def kinds_that_are(what: str) -> frozenset[str]:
    """The kinds of column of which data/grid_columns.toml says so: "label", "size", "person" …"""
    return frozenset(row.id for row in load("grid_columns") if what in row.get("is", ()))


@cache
def row_words(of: str) -> Mapping[str, Sequence[frozenset[str]]]:
    """Each noun for a row (`words`), or verb that only says that one took place (`verbs`), with the kinds of
    column that show a table to have such rows."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for row in load("grid_rows"):
        for word in row.get(of, ()):
            found[word].append(frozenset(row["shown_by"]))
    return found


@cache
def _phrases() -> Mapping[str, Sequence[tuple[tuple[str, ...], Row]]]:
    phrases: dict[str, list[tuple[tuple[str, ...], Row]]] = defaultdict(list)
    for row in load("grid_words"):
        for words in row["words"]:
            parts = tuple(words.split())
            phrases[parts[0]].append((parts, row))
    return {first: sorted(found, key=lambda f: -len(f[0])) for first, found in phrases.items()}


def asking_at(found: Sequence[str], at: int) -> Asking | None:
    """The longest phrase of data/grid_words.toml that begins at a word of a sentence."""
    for parts, row in _phrases().get(found[at], ()):
        if tuple(found[at : at + len(parts)]) == parts:
            not_with = frozenset(row.get("not_with", ()))
            return Asking(row["use"], tuple(row.get("of", ())), not_with, len(parts))
    return None


# ----------------------------------------------------------------------------------------------------
# A table as sentences about it meet it: columns with the words of their headers, cells with values.

_FILLERS = frozenset(
    {"of", "by", "the", "a", "an", "in", "for", "per", "s", "and", "to", "at", "on", "or", "from"}
)
_SIZE = re.compile(
    r"[$€£¥]?\s?(?P<sign>[-−–+]?)\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?P<unit>%|[a-z]{1,6}\.?)?",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\D*[^\W\d_]\D*\((\d+(?:\.\d+)?)\)")
_PLACE = pattern("grid_cells", "place")
_BLANKS = frozenset({"-", "–", "—", "n / a", "n/a", "none", "nc", "?"})


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column: its place, its header's content words, the numbers and days of its cells by row."""

    at: int
    name: str
    words: tuple[str, ...]
    numbers: Mapping[int, Decimal] = field(default_factory=dict)
    days: Mapping[int, PartialDay] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of column that its words call (data/grid_columns.toml)."""
        return frozenset(kind for word in self.words for kind in kinds_of_word(word))

    @property
    def unsaid(self) -> frozenset[str]:
        """Words of its header that need not be said: units in brackets."""
        return frozenset(tokens(self.name)) - frozenset(self.words)

    def is_a(self, what: str) -> bool:
        """True if data/grid_columns.toml says so of one of its kinds."""
        return bool(self.kinds & kinds_that_are(what))


class Grid:
    """A table of a package, its rows in order. `title` says what it is of."""

    def __init__(
        self, package: str, resource: str, title: str, header: Sequence[str],
        rows: Sequence[tuple[str, Sequence[str]]],
    ) -> None:  # fmt: skip
        self.package, self.resource, self.title = package, resource, title
        self.row_ids = [row_id for row_id, _ in rows]
        self.cells = [[cell.strip() for cell in cells] for _, cells in rows]
        repeated = [h.strip() for h in header]
        self.rows = [n for n, cells in enumerate(self.cells) if cells != repeated]
        self.columns = [self._column(at, name) for at, name in enumerate(header)]
        self.kinds = frozenset(kind for column in self.columns for kind in column.kinds)
        self.title_words = tokens(title)
        self.title_stems = frozenset(stem_of(word) for word in self.title_words if len(word) > 1)

    def _column(self, at: int, name: str) -> Column:
        given = {n: self.cells[n][at] for n in self.rows if self.cells[n][at]}
        numbers = {n: size for n, cell in given.items() if (size := number_of(cell)) is not None}
        beside = {n: Decimal(m[1]) for n, cell in given.items() if (m := _BESIDE.fullmatch(cell))}
        if len(beside) * 5 > len(given) * 4:
            numbers = beside  # "Ann Lee (25)"
        days = {n: day for n, cell in given.items() if (day := day_of(cell)) is not None}
        column = Column(at, name, header_words(name))
        if column.is_a("ranked") and not numbers:
            numbers = {n: Decimal(m[1]) for n, cell in given.items() if (m := _PLACE.fullmatch(cell))}
        most = sum(cell.lower() not in _BLANKS for cell in given.values()) / 2
        return Column(
            at, name, column.words, numbers if len(numbers) > most else {}, days if len(days) > most else {}
        )

    def is_row(self, word: str, of: str = "words") -> bool:
        """True if a noun may stand for a row, or a verb (`of="verbs"`) only says that one took place: its
        columns show so."""
        return any(not shown or shown & self.kinds for shown in row_words(of).get(word, ()))

    @cached_property
    def names(self) -> Mapping[str, Sequence[tuple[tuple[str, ...], int, int]]]:
        """What cells may be called: by first word, all words with column and row; the whole cell, without its
        brackets, each entry of a list, a person's last name that only one person of the table bears."""
        found: dict[str, dict[tuple[tuple[str, ...], int, int], None]] = defaultdict(dict)
        bearers: dict[str, dict[tuple[str, ...], list[tuple[int, int]]]] = {}
        headers = {key for column in self.columns for word in column.words for key in keys_of_word(word)}
        for column in self.columns:
            for n in self.rows:
                for words in called(self.cells[n][column.at]):
                    found[words[0]][words, column.at, n] = None
                    named = len(words) in (2, 3) and len(words[-1]) > 3 and all(map(str.isalpha, words))
                    if named and column.is_a("person"):
                        bearers.setdefault(words[-1], {}).setdefault(words, []).append((column.at, n))
        for last, whole in bearers.items():
            if len(whole) == 1 and not headers & keys_of_word(last):
                for at, n in next(iter(whole.values())):
                    found[last][(last,), at, n] = None
        return {first: sorted(named, key=lambda entry: -len(entry[0])) for first, named in found.items()}

    @cached_property
    def words_of_rows(self) -> Sequence[frozenset[str]]:
        """All words of each row's cells, as names are compared."""
        return [frozenset(names(tokens(" ".join(cells)))) for cells in self.cells]

    def shown(self, n: int) -> str:
        """A row in words: "bridge Stone Gate; length 214"."""
        pairs = zip(self.columns, self.cells[n], strict=True)
        return "; ".join(f"{column.name} {cell}" for column, cell in pairs if cell)


def header_words(name: str) -> tuple[str, ...]:
    """The content words of a header: "Original air date" has three, "UK viewers (million)" two."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|[_/#]", " ", re.sub(r"\s?\(e?s\)", "", name).replace("#", " no "))
    words = tokens(_BRACKET.sub(" ", apart))
    return tuple(word for word in words if word not in _FILLERS)


def called(cell: str) -> tuple[tuple[str, ...], ...]:
    """The word sequences by which a text may name a cell: all of it, what stands outside brackets, each of
    several entries ("Ann Lee & Bo Ek" are two); a lone number is none (it needs its column)."""
    bare = _BRACKET.sub(" ", cell)
    entries = [part for part in _ENTRIES.split(bare) if part.strip()]
    seen: dict[tuple[str, ...], None] = {}
    for part in (cell, bare, *(entries if len(entries) > 1 else ())):
        words = names(tokens(part))
        if words[:1] and words[0] in ("the", "a", "an") and len(words) > 1:
            words = words[1:]
        if len(words) > 1 or (words and len(words[0]) > 1 and not words[0].replace(".", "").isdigit()):
            seen[words] = None
    return tuple(seen)


def number_of(cell: str) -> Decimal | None:
    """The number that a cell is, its unit aside; None where it is something else, or an ordinal."""
    found = _SIZE.fullmatch(cell)
    if found is None or (found["unit"] or "").lower() in ("st", "nd", "rd", "th"):
        return None
    size = Decimal(found["number"].replace(",", ""))
    return -size if found["sign"] in ("-", "−", "–") else size


def day_of(cell: str) -> PartialDay | None:
    """The day or month that a whole cell is; None where it is something else."""
    words = tokens(_BRACKET.sub(" ", cell))
    found = day_at(words, 0) if words else None
    return found[0] if found is not None and found[1] == len(words) else None
