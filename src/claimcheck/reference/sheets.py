"""A table as strangers save it: its encoding, its separator, and the line on which its header stands.

Nothing of it is converted here: cells stay as they are written.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from claimcheck.lexicon import pattern
from claimcheck.reference.tables import cell_limit

DELIMITERS = ",;\t|#"
_LOOKED_AT = 60  # records from which the separator and the header are told
_CHUNK = 1 << 20
_WINDOW = 50_000  # bytes around the first one that is not UTF-8, from which an encoding is told
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TAGS_WITHIN = 25  # rows in which the standard has the hashtags stand
_TAG = re.compile(r"#[A-Za-z][\w]*(?:\s*\+\s*\w+)*\s*\Z")
_MOST_BELOW = 12  # records under a table that are looked at
_LONGEST_NAME = 5  # words: what stands alone and is longer is a note
_NOTE = pattern("written_tables", "note")
_TOTALS = frozenset({"total", "totals", "grand total", "sum", "average", "mean", "median", "summe", "gesamt",
                     "insgesamt", "totaal", "totale"})  # fmt: skip
_EXCEL = re.compile(r"sep=(.)\s*")  # what Excel writes above a table to name its separator


class TableError(ValueError):
    """A file that no descriptor can be written for: the message says where, and what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a file is to be read. `above`: records above the first row (a title, the header); `tags`: the HXL
    hashtags of its columns, where it has them; `perhaps`: a second encoding that fits nearly as well;
    `below`: the first cells of the records under the last row (a total, a source)."""

    path: Path
    encoding: str
    delimiter: str
    above: int
    header: tuple[str, ...]
    tags: tuple[str, ...] = ()
    perhaps: str | None = None
    below: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether a package's loader reads the file as it is (a separator it is told)."""
        return self.encoding in ("utf-8", "utf-8-sig") and self.above == 1 and not self.below

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the header that are not blank, each with the line of the file on which it ends; not
        what stands under the table."""
        waiting: deque[tuple[int, list[str]]] = deque()
        for record in islice(self._records(), self.above, None):
            waiting.append(record)
            if len(waiting) > len(self.below):
                yield waiting.popleft()

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        with self.path.open(encoding=self.encoding, newline="") as stream, cell_limit():
            reader = csv.reader(stream, delimiter=self.delimiter)
            try:
                for cells in reader:
                    if any("\0" in cell for cell in cells):
                        told = "a cell holds NUL; save the table as UTF-8 text"
                        raise TableError(f"{self.path}:{reader.line_num}: {told}")
                    if any(cell.strip() for cell in cells):
                        yield reader.line_num, cells
            except csv.Error as error:
                raise TableError(f"{self.path}:{reader.line_num}: no CSV file ({error})") from error


def open_sheet(path: Path) -> Sheet:
    """How the file is to be read. Raises TableError where it is no table, OSError where it cannot be read."""
    encoding, perhaps = encoding_of(path)
    delimiter = _delimiter(path, encoding)
    first = [cells for _, cells in islice(Sheet(path, encoding, delimiter, 0, ()).rows(), _LOOKED_AT)]
    if not first:
        raise TableError(f"{path}:1: the first line must name the columns")
    tagged = next((at for at, cells in enumerate(first[:_TAGS_WITHIN]) if _is_tags(cells)), None)
    if tagged is None:
        at = _header_at(first)
        sheet = Sheet(path, encoding, delimiter, at + 1, tuple(first[at]), (), perhaps)
        return replace(sheet, below=_under(sheet))
    tags = tuple(cell.strip() for cell in first[tagged])
    names = first[tagged - 1] if tagged and len(first[tagged - 1]) == len(tags) else tags
    header = tuple(name.strip() or tag for name, tag in zip(names, tags, strict=True))
    return Sheet(path, encoding, delimiter, tagged + 1, header, tags, perhaps)


def _under(sheet: Sheet) -> tuple[str, ...]:
    """The first cells of what stands under a table: totals of its columns, a source, notes."""
    rows = 0
    last: deque[list[str]] = deque(maxlen=_MOST_BELOW)
    for _, cells in sheet.rows():
        rows += 1
        last.append(cells)
    out: list[str] = []
    while last and len(out) < rows - 1 and (told := _told_under(last[-1], len(sheet.header))) is not None:
        out.insert(0, told)
        last.pop()
    return tuple(out)


def _told_under(cells: Sequence[str], width: int) -> str | None:
    """The first cell of a record that is no row: a note that stands alone, or a total of the columns; None
    for a row, also for one of a place of which nothing is known ("Zambia,,,")."""
    given = [cell.strip() for cell in cells if cell.strip()]
    words = given[0].casefold().split()
    note = len(cells) < width or len(words) > _LONGEST_NAME or _NOTE.match(given[0]) is not None
    alone = len(given) == 1 and width > 2 and note
    return given[0] if alone or given[0].rstrip(" :").casefold() in _TOTALS else None


def _is_tags(cells: Sequence[str]) -> bool:
    """Whether a row holds HXL hashtags: those of its cells that are filled, two at least."""
    given = [cell.strip() for cell in cells if cell.strip()]
    return len(given) > 1 and all(map(_TAG.match, given))


def encoding_of(path: Path) -> tuple[str, str | None]:
    """The encoding of a file, and another that fits nearly as well. Raises TableError where none does."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _checked(path, name), None
    if head.count(0) * 5 > len(head):  # of UTF-16 every second byte, where the text is Western
        name = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        return _checked(path, name), None
    bad = _first_not(path, "utf-8")
    if bad is None:
        return "utf-8", None
    from claimcheck.documents.decoding import decode  # only where UTF-8 fails

    start = max(0, bad - _WINDOW // 2)
    with path.open("rb") as stream:
        stream.seek(start)
        _, told = decode(path, stream.read(_WINDOW))
    name, _, other = told.partition(", perhaps ")
    try:
        at = _first_not(path, codecs.lookup(name).name)
    except LookupError:
        at = bad
    if at is not None or name.startswith("utf"):
        raise TableError(f"{path}: byte {bad + 1} is not UTF-8, and no other encoding fits; save it as UTF-8")
    return name, other or None


def _checked(path: Path, encoding: str) -> str:
    """The encoding, where the whole file is written in it. Raises TableError where it is not."""
    bad = _first_not(path, encoding)
    if bad is not None:
        raise TableError(f"{path}: byte {bad + 1} is not {encoding}; save the table as UTF-8 text")
    return encoding


def _first_not(path: Path, encoding: str) -> int | None:
    """Where the first byte stands (from 0) that is not of the encoding, None where all are."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    before = 0
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return before - pending + error.start
            if not chunk:
                return None
            before += len(chunk)


def _delimiter(path: Path, encoding: str) -> str:
    """What stands between the cells: what most rows agree on, and of those what cuts them finest."""
    with path.open(encoding=encoding, newline="") as stream:
        lines = list(islice(stream, _LOOKED_AT))
    if lines and (said := _EXCEL.fullmatch(lines[0])) is not None:
        return said[1]

    def agreement(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells)
        wide = [(times / widths.total(), width) for width, times in widths.items() if width > 1]
        return max(wide, default=(0.0, 0))

    try:
        with cell_limit():
            return max(DELIMITERS, key=agreement)
    except csv.Error as error:
        raise TableError(f"{path}: no CSV file ({error})") from error


def _header_at(records: Sequence[Sequence[str]]) -> int:
    """Which record names the columns: the first that is as wide as most and mostly filled."""
    width = Counter(map(len, records)).most_common(1)[0][0]
    for at, cells in enumerate(records):
        if len(cells) == width and sum(bool(cell.strip()) for cell in cells) * 2 > width:
            return at
    return 0
