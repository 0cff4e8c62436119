"""A stranger's table, as it is saved, as rows that a package can hold: one for each event or figure."""

from __future__ import annotations

import codecs
import csv
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from claimcheck.atomic_files import whole
from claimcheck.lexicon import pattern
from claimcheck.reference.schema import MOST_COLUMNS
from claimcheck.reference.tables import cell_limit
from claimcheck.reference.written import MONTHS
from claimcheck.regular_files import open_regular

# ----------------------------------------------------------------------------------------------------
# A table as strangers save it: its encoding, its separator, and the line on which its header stands.
#
# Nothing of it is converted here: cells stay as they are written.

MOST_BYTES = 2_000_000_000  # of a table
DELIMITERS = ",;\t|#"
_LOOKED_AT = 60  # records from which the separator and the header are guessed
_CHUNK = 1 << 20
_WINDOW = 50_000  # bytes around the first one that is not UTF-8, from which an encoding is guessed
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TAGS_WITHIN = 25  # rows in which the standard has the hashtags stand
_TAG = re.compile(r"#[A-Za-z][\w]*(?:\s*\+\s*\w+)*\s*\Z")
_MOST_BELOW = 12  # records under a table that are looked at
_LONGEST_NAME = 5  # words: what stands alone and is longer is a note
_NOTE = pattern("written_tables", "note")
_TOTALS = frozenset({"total", "totals", "grand total", "sum", "average", "mean", "median", "summe", "gesamt",
                     "insgesamt", "totaal", "totale"})  # fmt: skip
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zipped (.xlsx, .ods), and the older kind (.xls)
_WORKBOOK_NAMES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".numbers"})
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
        """Whether a package's loader reads the file as it is (a separator it is given)."""
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
                        stated = "a cell holds NUL; save the table as UTF-8 text"
                        raise TableError(f"{self.path}:{reader.line_num}: {stated}")
                    if any(cell.strip() for cell in cells):
                        yield reader.line_num, cells
            except csv.Error as error:
                raise TableError(f"{self.path}:{reader.line_num}: no CSV file ({error})") from error


def open_sheet(path: Path) -> Sheet:
    """How the file is to be read. Raises TableError where it is no table, OSError where it cannot be read."""
    _refuse_workbooks(path)
    encoding, perhaps = encoding_of(path)
    delimiter = _delimiter(path, encoding)
    first = [cells for _, cells in islice(Sheet(path, encoding, delimiter, 0, ()).rows(), _LOOKED_AT)]
    if not first:
        raise TableError(f"{path}:1: the first line must name the columns")
    if (width := max(map(len, first))) > MOST_COLUMNS:
        raise TableError(f"{path}:1: {width:,} columns; a table has at most {MOST_COLUMNS:,}: split it")
    tagged = next((at for at, cells in enumerate(first[:_TAGS_WITHIN]) if _is_tags(cells)), None)
    if tagged is None:
        at = _header_at(first)
        sheet = Sheet(path, encoding, delimiter, at + 1, tuple(first[at]), (), perhaps)
        return replace(sheet, below=_under(sheet))
    tags = tuple(cell.strip() for cell in first[tagged])
    names = first[tagged - 1] if tagged and len(first[tagged - 1]) == len(tags) else tags
    header = tuple(name.strip() or tag for name, tag in zip(names, tags, strict=True))
    return Sheet(path, encoding, delimiter, tagged + 1, header, tags, perhaps)


def _refuse_workbooks(path: Path) -> None:
    """Raise TableError where the file is a spreadsheet program's own, by its first bytes or its name."""
    with open_regular(path) as stream:
        head = stream.read(8)
        size = os.fstat(stream.fileno()).st_size
    if size > MOST_BYTES or head == bytes(8):
        what = "NUL" if size <= MOST_BYTES else f"{size:,} bytes, more than {MOST_BYTES:,}"
        raise TableError(f"{path}: holds {what}; save the table as UTF-8 text, in parts where it is large")
    if head.startswith(_WORKBOOKS) or path.suffix.lower() in _WORKBOOK_NAMES:
        raise TableError(
            f"{path}: this is a workbook and no CSV file; open it in its program, save each sheet as CSV "
            f"(“CSV UTF-8”) and name those files: claimcheck reference init {path.stem}.csv"
        )


def _under(sheet: Sheet) -> tuple[str, ...]:
    """The first cells of what stands under a table: totals of its columns, a source, notes."""
    rows = 0
    last: deque[list[str]] = deque(maxlen=_MOST_BELOW)
    for _, cells in sheet.rows():
        rows += 1
        last.append(cells)
    out: list[str] = []
    while last and len(out) < rows - 1 and (stated := _stated_under(last[-1], len(sheet.header))) is not None:
        out.insert(0, stated)
        last.pop()
    return tuple(out)


def _stated_under(cells: Sequence[str], width: int) -> str | None:
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
        _, stated = decode(path, stream.read(_WINDOW))
    name, _, other = stated.partition(", perhaps ")
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


# ----------------------------------------------------------------------------------------------------
# A stranger's table as rows that a package can hold: one row for each event or figure.
#
# Months or years that stand as columns become rows, hashtags and titles above the header go, columns
# without name and content too. Where any of this is needed the rows are copied, as UTF-8, to
# `NAME.tidy.csv`; the stranger's own file is left as it is.

_AT_ONCE = 10_000  # rows written between two ticks
_MOST_NAMED = 20  # rows that do not fit and are named
SAMPLE = 2_000  # rows looked at
PERIOD, VALUE = "period", "value"  # the columns that a table of columns by month or year gets
_YEAR = pattern("written_tables", "year")
_Y, _M = "((?:1[6-9]|20)[0-9]{2})", "(0?[1-9]|1[0-2])"
_MONTH = re.compile(rf"{_Y}\s?[-/M]\s?{_M}|{_M}[/.]{_Y}")
_QUARTER = re.compile(rf"{_Y}[-\s]?Q([1-4])|Q([1-4])[-\s/]?{_Y}", re.IGNORECASE)
_NAMED_MONTH = re.compile(rf"([A-Za-z]{{3,9}})\.?[\s-]{_Y}|{_Y}[\s-]([A-Za-z]{{3,9}})\.?")
_UNCLEAR = re.compile(
    rf"(?:FY\s?)?[0-9]{{1,4}}(?:[-/.\u2013][0-9]{{1,4}}){{0,2}}|(?:{'|'.join(MONTHS)})(?:[\s.-]*[0-9]{{2}})?",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:1[6-9]|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_SIZE = re.compile(r"[^0-9A-Za-z]*[0-9][0-9.,'\s\u00a0\u202f]*[%\w]{0,3}")
_ENDS = {"1": ("01", "03"), "2": ("04", "06"), "3": ("07", "09"), "4": ("10", "12")}
Added = tuple[str, Callable[[Mapping[str, str]], str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a sheet become those of a package.

    `kept`: the columns that stay, by position; `periods`: columns whose name is a month or year, by position
    (a month alone is told apart by the cell of the column `year`); `months`: those that are months of a year
    that nothing tells; `added`: columns that are worked out from
    the others.
    """

    sheet: Sheet
    kept: tuple[int, ...]
    periods: Mapping[int, str]
    year: int | None = None
    months: Mapping[int, str] = field(default_factory=dict)
    added: tuple[Added, ...] = ()

    def as_it_stands(self) -> Layout:
        """The layout that leaves each column a column, whatever its name."""
        return replace(
            self, kept=tuple(sorted({*self.kept, *self.periods})), periods={}, months={}, year=None
        )

    def of_year(self, year: str) -> Layout:
        """The layout once the year of its months is known."""
        periods = {at: year + month for at, month in self.months.items()}
        kept = tuple(at for at in self.kept if at not in periods)
        return replace(self, kept=kept, periods=periods, months={})

    @property
    def is_copied(self) -> bool:
        """Whether the package needs a copy of the table; else it holds the stranger's file itself."""
        whole = len(self.kept) == len(self.sheet.header)
        return not (self.sheet.is_plain and whole and not self.added)

    @property
    def path(self) -> Path:
        """The file that the package holds."""
        own = self.sheet.path
        return own.with_name(f"{own.stem}.tidy.csv") if self.is_copied else own

    @property
    def delimiter(self) -> str:
        """What separates the cells of that file."""
        return "," if self.is_copied else self.sheet.delimiter

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of that file."""
        names = [self.sheet.header[at] for at in self.kept]
        names = [name.strip() for name in names] if self.is_copied else names
        more = [_free(name, names) for name in (PERIOD, VALUE)] if self.periods else []
        return (*names, *more, *(name for name, _ in self.added))

    def rows(self) -> Iterator[list[str]]:
        """The rows of that file, as long as the table is; a cell that a row lacks is left out."""
        for _, cells in self.sheet.rows():
            yield from self._made(cells)

    def write(self, tick: Callable[[int], object] = lambda _: None) -> None:
        """Write the copy; `tick` is called with the number of rows written since. Raises TableError, and
        writes nothing, where rows have too few or many cells; FileExistsError where there is a file of its
        name."""
        self._check_widths()
        with whole(self.path, fresh=True) as half, half.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(self.header)
            rows = self.rows()
            while part := list(islice(rows, _AT_ONCE)):
                writer.writerows(part)
                tick(len(part))

    def _check_widths(self) -> None:
        wide = len(self.sheet.header)
        bad = [(line, len(cells)) for line, cells in self.sheet.rows() if len(cells) != wide]
        stated = [
            f"{self.sheet.path}:{line}: {found} cells; the header has {wide} columns: mend or delete the row"
            for line, found in bad[:_MOST_NAMED]
        ]
        if len(bad) > _MOST_NAMED:
            stated.append(f"{self.sheet.path}: {len(bad) - _MOST_NAMED} more rows are so")
        if stated:
            raise TableError("\n".join(stated))

    def _made(self, cells: Sequence[str]) -> Iterable[list[str]]:
        kept = [cells[at] for at in self.kept if at < len(cells)]
        if self.added:
            row = dict(zip(self.sheet.header, cells, strict=False))
            return [[*kept, *(make(row) for _, make in self.added)]]
        if not self.periods:
            return [kept]
        filled = ((period, cells[at]) for at, period in self.periods.items() if at < len(cells))
        year = "" if self.year is None else cells[self.year].strip()
        return [[*kept, year + period, value] for period, value in filled if value.strip()]


def layout_of(sheet: Sheet) -> Layout:
    """How the rows of a sheet become those of a package. Raises TableError where a column that holds
    something has no name, or two have the same."""
    sample = [cells for _, cells in islice(sheet.rows(), SAMPLE)]
    named = tuple(at for at, name in enumerate(sheet.header) if name.strip() or _is_filled(sample, at))
    _check_names(sheet, named)
    periods = _periods(sheet, sample)
    months = {} if periods else _months(sheet, sample)
    years = [at for at in named if at not in months and _are_years(sample, at)] if months else []
    if len(years) == 1:
        periods, months = months, {}
    kept = tuple(at for at in named if at not in periods)
    return Layout(sheet, kept, periods, years[0] if periods and years else None, months)


def _is_filled(sample: Sequence[Sequence[str]], at: int) -> bool:
    return not sample or any(cells[at].strip() for cells in sample if at < len(cells))


def _check_names(sheet: Sheet, columns: Sequence[int]) -> None:
    faults: list[str] = []
    for at in columns:
        name = sheet.header[at]
        here = f"{sheet.path}:{sheet.above}, column {at + 1}"
        if not name.strip():
            faults.append(f"{here}: has no name; name it, or delete the column")
        elif (first := sheet.header.index(name)) < at:
            faults.append(f"{here}: '{name}': column {first + 1} has this name too; rename one of them")
    if faults:
        raise TableError("\n".join(faults))


def is_unclear_date(name: str) -> bool:
    """Whether a column's name looks like a date that is not understood ("2013/14", "FY2018", "Jan-18",
    "1/22/20", "May"): no measure is called so."""
    return header_period(name) is not None or _UNCLEAR.fullmatch(name.strip()) is not None


def header_period(name: str) -> str | None:
    """The month, quarter, year or day that a column's name tells ("Jan 2018" is 2018-01, "2018Q1" is
    2018-01/2018-03); None where it tells none, or less than a year (FY2018 is no calendar year)."""
    name = name.strip()
    if found := _YEAR.fullmatch(name):
        return found[1]
    if found := _MONTH.fullmatch(name):
        return f"{found[1] or found[4]}-{int(found[2] or found[3]):02}"
    if found := _QUARTER.fullmatch(name):
        year, first, last = found[1] or found[4], *_ENDS[found[2] or found[3]]
        return f"{year}-{first}/{year}-{last}"
    if found := _NAMED_MONTH.fullmatch(name):
        month = MONTHS.get((found[1] or found[4]).lower())
        return None if month is None else f"{found[2] or found[3]}-{month:02}"
    return name if _DAY.fullmatch(name) else None


def _periods(sheet: Sheet, sample: Sequence[Sequence[str]]) -> dict[int, str]:
    """The columns whose name is a period and whose cells are numbers, two at least."""
    stated = {
        at: period for at, name in enumerate(sheet.header) if (period := header_period(name)) is not None
    }
    return stated if len(stated) > 1 and all(_are_sizes(sample, at) for at in stated) else {}


def _months(sheet: Sheet, sample: Sequence[Sequence[str]]) -> dict[int, str]:
    """The columns whose name is a month without a year and whose cells are numbers, two at least."""
    months = {at: MONTHS.get(name.strip().lower()) for at, name in enumerate(sheet.header)}
    stated = {at: f"-{month:02}" for at, month in months.items() if month is not None}
    return stated if len(stated) > 1 and all(_are_sizes(sample, at) for at in stated) else {}


def _are_years(sample: Sequence[Sequence[str]], at: int) -> bool:
    cells = [row[at].strip() for row in sample if at < len(row)]
    return bool(cells) and all(re.fullmatch(r"(?:1[6-9]|20)[0-9]{2}", cell) for cell in cells)


def _are_sizes(sample: Sequence[Sequence[str]], at: int) -> bool:
    """Whether most cells of a column that are not empty begin as numbers do."""
    cells = [row[at].strip() for row in sample if at < len(row) and row[at].strip()]
    return sum(bool(_SIZE.fullmatch(cell)) for cell in cells) * 2 >= len(cells)


def _free(name: str, taken: Sequence[str]) -> str:
    return name if name not in taken else _free(f"{name}_", taken)
