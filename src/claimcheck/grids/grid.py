"""A table as sentences about it meet it: columns with the words of their headers, cells with values."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property

from claimcheck import calendar_names
from claimcheck.dates import words as english
from claimcheck.lexicon import Row, load, pattern
from claimcheck.propositions import stem

# ----------------------------------------------------------------------------------------------------
# Words and numbers of sentences, headers and cells, made comparable.

_WORD = re.compile(r"[^\W_]+(?:(?:(?<=\d)[.,:](?=\d)|(?<=[^\W\d_])['’](?=[^\W\d_]))[^\W_]+)*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ORDINAL = pattern("grid_cells", "ordinal")
_OWN = re.compile(r"['’]s?$")
_ENTRIES = pattern("grid_cells", "between entries")
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number: `text` as it is compared (lower case, no accents, no thousands commas), where it
    stands, and its stem. Initials are one: "T. J." is tj."""

    text: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """The word without its inflection; a number is its own."""
        return self.text if self.text[0].isdigit() else stem(self.text)

    @property
    def number(self) -> Decimal | None:
        """The number that it is, in digits or as a word; None where it is none."""
        if _NUMBER.fullmatch(self.text):
            return Decimal(self.text)
        return None if self.text in ("a", "an") else english.number(self.text)

    @property
    def ordinal(self) -> int | None:
        """The place that it is: 3 of "3rd" and "third"; None where it is none."""
        found = _ORDINAL.fullmatch(self.text)
        return int(found[1]) if found else None

    @property
    def name(self) -> str:
        """As it is compared in names: without a plural's or possessive's s ("Lakers", "the Laker")."""
        return self.text.rstrip("s") if len(self.text) > 4 and self.text.isalpha() else self.text


_ORDINALS = {
    word: f"{n}{({1: 'st', 2: 'nd', 3: 'rd'}).get(n, 'th')}"
    for n, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}


def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of a text, in order."""
    found: list[Token] = []
    for match in _WORD.finditer(text):
        plain = _OWN.sub("", _plain(match[0])) or match[0]
        if _GROUPED.fullmatch(plain):
            plain = plain.replace(",", "")
        plain = _ORDINALS.get(plain, plain)
        token = Token(plain, match.start(), match.end())
        before = found[-1] if found else None
        if (
            before is not None
            and _is_initial(token)
            and before.text.isalpha()
            and _joins(text, before, token)
        ):
            found[-1] = Token(before.text + token.text, before.start, token.end)
        else:
            found.append(token)
    return tuple(found)


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)).replace("’", "'")


def _is_initial(token: Token) -> bool:
    return len(token.text) == 1 and token.text.isalpha()


def _joins(text: str, before: Token, token: Token) -> bool:
    """True if two single letters are initials of one name: only a full stop or a blank between them."""
    lone = before.end - before.start
    letters = len(before.text)
    return (
        lone <= 3 * letters - 2
        and letters <= 3
        and text[before.end : token.start] in (" ", ". ", ".")
        and (letters == 1 or text[before.start : before.end] != before.text)
    )


def names(found: Sequence[Token]) -> tuple[str, ...]:
    """The words as they are compared in names."""
    return tuple(token.name for token in found)


def texts(found: Sequence[Token]) -> tuple[str, ...]:
    """The words as they are compared."""
    return tuple(token.text for token in found)


def entries(cell: str) -> list[str]:
    """The entries of a cell that holds several: "Ann Lee & Bo Ek" are two; one is none."""
    parts = [part.strip() for part in _ENTRIES.split(_BRACKET.sub(" ", cell)) if part.strip()]
    return parts if len(parts) > 1 else []


def without_brackets(text: str) -> str:
    """A text without what stands in brackets: "Ann Lee (25)" is Ann Lee."""
    return _BRACKET.sub(" ", text)


@dataclass(frozen=True, slots=True)
class PartialDay:
    """What a text says of a day: year, month, day of the month, each None where it does not say."""

    year: int | None
    month: int | None
    day: int | None

    def fits(self, other: PartialDay) -> bool:
        """True if everything said here is said there: "in May" fits 3 May 2016."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or mine == theirs for mine, theirs in pairs)


def day_at(found: Sequence[Token], at: int) -> tuple[PartialDay, int] | None:
    """The day or month written at a place of a sentence, and how many words it takes; None where none is.

    Day and month in both orders, with a year or without; a month with a year; a lone month unless it is
    "may" or "march"; three numbers as in 2016-05-03.
    """
    here = found[at].text
    month = _month(here)
    if month is not None:
        after = _small(found, at + 1)
        if after is not None:
            year = _year(found, at + 2)
            return PartialDay(year, month, after), 2 + (year is not None)
        year = _year(found, at + 1)
        before = found[at - 1].text if at else ""
        if year is None and here in ("may", "march", "mar") and before not in ("in", "of", "during"):
            return None
        return PartialDay(year, month, None), 1 + (year is not None)
    day = _small(found, at)
    if day is not None:
        skip = 1 + (at + 1 < len(found) and found[at + 1].text == "of" and found[at].ordinal is not None)
        month = _month(found[at + skip].text) if at + skip < len(found) else None
        if month is not None:
            year = _year(found, at + skip + 1)
            return PartialDay(year, month, day), skip + 1 + (year is not None)
    year = _year(found, at)
    if year is not None and at + 2 < len(found) and _NUMBER.fullmatch(found[at + 1].text):
        month, day = _small(found, at + 1), _small(found, at + 2)
        if month is not None and day is not None and month <= 12 and len(found[at + 1].text) == 2:
            return PartialDay(year, month, day), 3
    return None


def _month(word: str) -> int | None:
    if not word.isalpha() or len(word) < 3:
        return None
    return _MONTHS.get(word)


_MONTHS = {name.lower(): number for name, number in calendar_names.MONTHS.items()}


def _small(found: Sequence[Token], at: int) -> int | None:
    if at >= len(found):
        return None
    token = found[at]
    number = int(token.text) if token.text.isdigit() and len(token.text) <= 2 else None
    if number is None and _ORDINAL.fullmatch(token.text):
        number = token.ordinal
    return number if number is not None and 1 <= number <= 31 else None


def _year(found: Sequence[Token], at: int) -> int | None:
    if at >= len(found) or not re.fullmatch(r"1[5-9]\d\d|20\d\d", found[at].text):
        return None
    return int(found[at].text)


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


def _called(word: str) -> frozenset[str]:
    called = _columns_called()
    return called.get(word) or called.get(stem(word), frozenset())


@cache
def keys_of_word(word: str) -> frozenset[str]:
    """What a word is compared by: its stem, and the kinds of column that it calls ("crowd": attendance)."""
    return frozenset({stem(word)}) | {"=" + kind for kind in _called(word)}


@cache
def row_nouns() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Each noun for a row, with the kinds of column that show a table to have such rows."""
    nouns: dict[str, list[frozenset[str]]] = defaultdict(list)
    for row in load("grid_rows"):
        for word in row["words"]:
            nouns[word].append(frozenset(row["shown_by"]))
    return {word: tuple(shown) for word, shown in nouns.items()}


@cache
def row_verbs() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Each verb that says of a row only that it took place, with the kinds of column that show such rows."""
    verbs: dict[str, list[frozenset[str]]] = defaultdict(list)
    for row in load("grid_rows"):
        for word in row.get("verbs", ()):
            verbs[word].append(frozenset(row["shown_by"]))
    return {word: tuple(shown) for word, shown in verbs.items()}


@cache
def _phrases() -> Mapping[str, Sequence[tuple[tuple[str, ...], Row]]]:
    phrases: dict[str, list[tuple[tuple[str, ...], Row]]] = defaultdict(list)
    for row in load("grid_words"):
        for words in row["words"]:
            parts = tuple(words.split())
            phrases[parts[0]].append((parts, row))
    return {first: sorted(found, key=lambda f: -len(f[0])) for first, found in phrases.items()}


def asking_at(found: Sequence[Token], at: int) -> Asking | None:
    """The longest phrase of data/grid_words.toml that begins at a word of a sentence."""
    for parts, row in _phrases().get(found[at].text, ()):
        if tuple(token.text for token in found[at : at + len(parts)]) == parts:
            return Asking(
                row["use"], tuple(row.get("of", ())), frozenset(row.get("not_with", ())), len(parts)
            )
    return None


@cache
def _known_words() -> frozenset[str]:
    return frozenset(_columns_called()) | {"original", "no", "of", "in", "by", "date", "first", "last"}


def unglued(word: str) -> list[str]:
    """A header that has lost its blanks, as its words: "originalairdate" is original, air, date."""
    known = _known_words()
    if word in known or len(word) < 7:
        return [word]
    best: list[list[str] | None] = [[], *([None] * len(word))]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 14), end):
            before, part = best[start], word[start:end]
            if before is not None and part in known and len(part) > 1:
                joined = [*before, part]
                if best[end] is None or len(joined) < len(best[end] or ()):
                    best[end] = joined
    return best[-1] or [word]


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
        return frozenset(key[1:] for word in self.words for key in keys_of_word(word) if key[0] == "=")


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
            & {k[1:] for w in words for k in keys_of_word(w) if k[0] == "="}
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
            if len(whole) == 1 and not keys_of_headers(self.columns) & keys_of_word(last):
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
    return frozenset(key for column in columns for word in column.words for key in keys_of_word(word))


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
