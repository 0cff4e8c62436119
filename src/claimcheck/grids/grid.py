"""A table as sentences about it meet it: columns with the words of their headers, cells with values."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from claimcheck import calendar_names
from claimcheck.dates import words as english
from claimcheck.lexicon import Row, load, pattern, written
from claimcheck.model import Evidence
from claimcheck.syntax.stems import stem

_WORD = re.compile(r"[^\W_]+(?:(?:(?<=\d)[.,:](?=\d)|(?<=[^\W\d_])['’](?=[^\W\d_]))[^\W_]+)*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_OWN = re.compile(r"['’]s?$")
_PHRASE = 6  # words of the longest phrase that asks something
_LONGEST, _GLUED = 14, 7  # letters of the longest word of a header, of the shortest that may be two
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def tokens(text: str) -> tuple[str, ...]:
    """The words and numbers of a text in order, as they are compared: in lower case, without accents and
    thousands commas, an ordinal in digits.

    Example:
        >>> tokens("The third of Ek's 1,200 boats")
        ('the', '3rd', 'of', 'ek', '1200', 'boats')
    """
    return tuple(map(_plain, _WORD.findall(text)))


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    plain = _OWN.sub("", plain) or plain
    if _GROUPED.fullmatch(plain):
        return plain.replace(",", "")
    place = english.table("ordinal").get(plain)
    return f"{place['value']}{_ENDINGS.get(place['value'], 'th')}" if place else plain


def names(words: Sequence[str]) -> tuple[str, ...]:
    """The words as they are compared in names: without a plural's or possessive's s ("Lakers", "Laker")."""
    return tuple(word.rstrip("s") if len(word) > 4 and word.isalpha() else word for word in words)


Day = tuple[int | None, int | None, int | None]
"""What a text says of a day: year, month, day of the month, each None where it does not say."""
_MONTHS = {name.lower(): month for name, month in calendar_names.MONTHS.items()}
_OF_MONTH = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH, _OF = written("grid_cells", "ending of an ordinal"), written("grid_cells", "day of a month")
_DAY = re.compile(
    rf"(?:(?P<day>{_OF_MONTH}){_NTH}?{_OF})?(?P<month>{'|'.join(_MONTHS)})(?: |$)"
    rf"(?(1)|(?:(?P<behind>{_OF_MONTH}){_NTH}?(?: |$))?)(?:(?P<year>1[5-9]\d\d|20\d\d)(?: |$))?"
    rf"|(?P<iso>1[5-9]\d\d|20\d\d) (?P<nth>0?[1-9]|1[0-2]) (?P<date>{_OF_MONTH})(?: |$)"
)


def day_at(found: Sequence[str], at: int) -> tuple[Day, int] | None:
    """The day or month written at a word of a sentence, and how many words it takes; None where none is.

    Day and month in both orders, with a year or without; a lone month unless it is "may" or "march".
    """
    m = _DAY.match(" ".join(found[at : at + 4]))
    if m is None:
        return None
    year, day = m["year"] or m["iso"], m["day"] or m["behind"] or m["date"]
    is_word = m["month"] in ("may", "march", "mar") and not (year or day)
    if is_word and (not at or found[at - 1] not in ("in", "of", "during")):
        return None
    month = int(m["nth"]) if m["iso"] else _MONTHS[m["month"]]
    return (int(year) if year else None, month, int(day) if day else None), len(m[0].split())


@cache
def rows_by_word(topic: str, field: str = "words", stemmed: bool = False) -> Mapping[str, Sequence[Row]]:
    """The rows of a lexicon by each of their words, or by its stem."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in load(topic):
        for word in row.get(field, ()):
            found[stem(word) if stemmed else word].append(row)
    return found


@cache
def kinds_of_word(word: str) -> frozenset[str]:
    """The kinds of column that a word calls ("crowd": attendance)."""
    stems = rows_by_word("grid_columns", stemmed=True)
    return frozenset(row.id for row in rows_by_word("grid_columns").get(word) or stems.get(stem(word), ()))


@cache
def keys_of_word(word: str) -> frozenset[str]:
    """What a word is compared by: its stem, and the kinds of column that it calls, with "=" before."""
    return frozenset({stem(word)}) | {"=" + kind for kind in kinds_of_word(word)}


@cache
def kinds_that_are(what: str) -> frozenset[str]:
    """The kinds of column of which data/grid_columns.toml says so: "label", "size" …"""
    return frozenset(row.id for row in rows_by_word("grid_columns", field="is").get(what, ()))


def asking_at(found: Sequence[str], at: int) -> tuple[Row, int] | None:
    """What the longest phrase of data/grid_words.toml that begins at a word asks, and its length in words."""
    for end in range(min(at + _PHRASE, len(found)), at, -1):
        if rows := rows_by_word("grid_words").get(" ".join(found[at:end])):
            return rows[0], end - at
    return None


_INSIDE = frozenset({"of", "the", "by", "in", "for", "s"})  # may stand between the words of a header
FILLERS = frozenset(
    {"of", "by", "the", "a", "an", "in", "for", "per", "s", "and", "to", "at", "on", "or", "from"}
)
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIZE = re.compile(
    r"[$€£¥]?\s?(?P<number>[-−–+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    rf"\s?(?P<unit>%|(?!{_NTH}\b)[a-z]{{1,6}}\.?)?",
    re.IGNORECASE,
)
_SIGNS = str.maketrans("−–", "--", ",")
_BESIDE = re.compile(r"\D*[^\W\d_]\D*\((?P<number>\d+(?:\.\d+)?)\)")  # "Ann Lee (25)"
_PLACE = pattern("grid_cells", "place")
_ENTRIES = pattern("grid_cells", "between entries")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column: its place, its header's content words and the kinds of column that they call, the numbers
    and days of its cells by row. `unsaid`: words of its header that need not be said, units in brackets."""

    at: int
    name: str
    words: tuple[str, ...]
    kinds: frozenset[str]
    unsaid: frozenset[str]
    numbers: Mapping[int, Decimal]
    days: Mapping[int, Day]

    def is_a(self, what: str) -> bool:
        """True if data/grid_columns.toml says so of one of its kinds."""
        return bool(self.kinds & kinds_that_are(what))

    def on(self, day: Day) -> frozenset[int]:
        """The rows of a day, of all that is said of it: "in May" is 3 May 2016 too."""
        days = self.days.items()
        return frozenset(n for n, held in days if all(a in (None, b) for a, b in zip(day, held, strict=True)))

    def matched(self, found: Sequence[str], at: int) -> tuple[int, int, bool]:
        """How many words of its header are named from a word on, over how many words, and whether all are."""
        left = list(self.words)
        length = 0
        for position, word in enumerate(found[at:], 1):
            mine = keys_of_word(word)
            fits = word if word in left else next((w for w in left if keys_of_word(w) & mine), None)
            if fits is not None and word != "not":
                left.remove(fits)
                length = position
            elif position == 1 or not left or word not in _INSIDE | self.unsaid:
                break
        return len(self.words) - len(left), length, not left

    @property
    def order(self) -> Mapping[int, Decimal]:
        """What puts the rows in order: numbers, or whole days; a season without years runs over their end."""
        whole = {n: day for n, day in self.days.items() if None not in day}
        days = {n: Decimal("{}{:02}{:02}".format(*day)) for n, day in whole.items()}
        return self.numbers or (days if len(days) == len(self.days) else {})


class Grid:
    """A table of a package, its rows in order. `title` says what it is of."""

    def __init__(
        self, package: str, resource: str, title: str, header: Sequence[str],
        rows: Sequence[tuple[str, Sequence[str]]], confidence: str | None = None,
    ) -> None:  # fmt: skip
        self.package, self.resource, self.title, self.confidence = package, resource, title, confidence
        self.row_ids = [row_id for row_id, _ in rows]
        self.cells = [[cell.strip() for cell in cells] for _, cells in rows]
        repeated = [h.strip() for h in header]
        self.rows = [n for n, cells in enumerate(self.cells) if cells != repeated]
        self.columns = [self._column(at, name) for at, name in enumerate(header)]
        self.kinds = frozenset(kind for column in self.columns for kind in column.kinds)
        self.title_words = tokens(title)

    def _column(self, at: int, name: str) -> Column:
        given = {n: self.cells[n][at] for n in self.rows if self.cells[n][at]}
        words = header_words(name)
        kinds = frozenset(kind for word in words for kind in kinds_of_word(word))
        forms = [_SIZE, _BESIDE, *([_PLACE] if kinds & kinds_that_are("ranked") else [])]
        found = [{n: m for n, cell in given.items() if (m := form.fullmatch(cell))} for form in forms]
        numbers = {n: Decimal(m["number"].translate(_SIGNS)) for n, m in max(found, key=len).items()}
        written = {n: tokens(_BRACKET.sub(" ", cell)) for n, cell in given.items()}
        read = {n: day_at(words, 0) for n, words in written.items()}
        days = {n: day[0] for n, day in read.items() if day and day[1] == len(written[n])}
        return Column(
            at, name, words, kinds, frozenset(tokens(name)) - frozenset(words),
            numbers if len(numbers) * 2 > len(given) else {}, days if len(days) * 2 > len(given) else {},
        )  # fmt: skip

    def is_row(self, word: str, of: str = "words") -> bool:
        """True if a noun may stand for a row, or a verb (`of="verbs"`) only says that one took place: its
        columns show so."""
        rows = rows_by_word("grid_rows", field=of).get(word, ())
        return any(not row["shown_by"] or not self.kinds.isdisjoint(row["shown_by"]) for row in rows)

    @cached_property
    def names(self) -> Mapping[tuple[str, ...], Mapping[int, frozenset[int]]]:
        """What cells may be called -> the rows that are called so, by column: the whole cell, without its
        brackets, each entry of a list."""
        found: dict[tuple[str, ...], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        for column in self.columns:
            for n in self.rows:
                for words in called(self.cells[n][column.at]):
                    found[words][column.at].add(n)
        return {words: {at: frozenset(rows) for at, rows in cells.items()} for words, cells in found.items()}

    @cached_property
    def longest(self) -> Mapping[str, int]:
        """How many words the longest name has that begins with a word."""
        return {words[0]: len(words) for words in sorted(self.names, key=len)}

    @cached_property
    def words_of_rows(self) -> Sequence[frozenset[str]]:
        """All words of each row's cells, as names are compared."""
        return [frozenset(names(tokens(" ".join(cells)))) for cells in self.cells]

    def row(self, n: int) -> Evidence:
        """A row as evidence."""
        return Evidence(
            table=self.resource, row_id=self.row_ids[n], source_id=None, relation="neutral",
            note=self.shown(n), name=self.title, package=self.package, confidence=self.confidence,
        )  # fmt: skip

    def shown(self, n: int) -> str:
        """A row in words: "bridge Stone Gate; length 214"."""
        pairs = zip(self.columns, self.cells[n], strict=True)
        return "; ".join(f"{column.name} {cell}" for column, cell in pairs if cell)


def header_words(name: str) -> tuple[str, ...]:
    """The content words of a header: "Original air date" has three, "UK viewers (million)" two."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|[_/#]", " ", re.sub(r"\s?\(e?s\)", "", name).replace("#", " no "))
    words = [part for word in tokens(_BRACKET.sub(" ", apart)) for part in _unglued(word)]
    return tuple(word for word in words if word not in FILLERS)


def _unglued(word: str) -> Sequence[str]:
    """A header that has lost its blanks, as its words: "releasedate" is release, date."""
    known = FILLERS | {"original", *rows_by_word("grid_columns")}
    ways: list[list[str] | None] = [[], *([None] * len(word))]
    for end in range(2, len(word) + 1):
        parts = ((ways[start], word[start:end]) for start in range(max(0, end - _LONGEST), end - 1))
        fitting = ([*way, part] for way, part in parts if way is not None and part in known)
        ways[end] = min(fitting, key=len, default=None)
    return (ways[-1] if len(word) >= _GLUED else None) or [word]


def called(cell: str) -> tuple[tuple[str, ...], ...]:
    """The word sequences by which a text may name a cell: all of it, what stands outside brackets, each of
    several entries ("Ann Lee & Bo Ek" are two); a lone number is none (it needs its column)."""
    bare = _BRACKET.sub(" ", cell)
    seen: dict[tuple[str, ...], None] = {}
    for part in (cell, bare, *_ENTRIES.split(bare)):
        words = names(tokens(part))
        words = words[len(words) > 1 and words[0] in ("the", "a", "an") :]
        if len(words) > 1 or (words and len(words[0]) > 1 and not words[0].replace(".", "").isdigit()):
            seen[words] = None
    return tuple(seen)
