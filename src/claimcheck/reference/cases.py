"""The test sentences of a package: `cases.jsonl`, a text a line with the verdicts that its tables must give.

    {"id": "toll", "date": "2018-02-10", "text": "In January 2018, 774 civilians were killed in Syria.",
     "expect": [{"at": "774", "verdict": ["supported"], "rows": ["F082"], "why": "the network's count"}]}

`at` is a piece of the text that stands in it once and says which statement is meant; `verdict` lists what is
right, `not_judged` where no claim need be made of it; of `rows`, where they are given, one must decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from claimcheck.model import VerdictName
from claimcheck.reference.json import Located, read_json
from claimcheck.reference.problems import Problems
from claimcheck.reference.schema import DESCRIPTOR
from claimcheck.regular_files import bytes_of

CASES = "cases.jsonl"
EXAMPLE = (
    '{"id": "1", "date": "2018-02-10", "text": "…", "expect": [{"at": "774", "verdict": ["supported"]}]}'
)
WANTED: tuple[str, ...] = (*get_args(VerdictName), "not_judged")


@dataclass(frozen=True, slots=True)
class Expectation:
    """The verdicts that are right for the statement at characters `start` to `end` of the text, `at`."""

    at: str
    start: int
    end: int
    verdicts: frozenset[str]
    rows: tuple[str, ...] = ()
    why: str = ""

    @property
    def decidable(self) -> bool:
        """Whether the tables decide the statement: to leave it open is then wrong."""
        return not self.verdicts & {"not_enough_evidence", "not_judged"}

    @property
    def stays_open(self) -> bool:
        """Whether nothing may be decided here."""
        return self.verdicts <= {"not_enough_evidence", "not_judged"}


@dataclass(frozen=True, slots=True)
class Case:
    """A text of a day, what it is about (as a document's `about`), and what is expected of it."""

    id: str
    text: str
    date: date | None
    about: str | None
    expect: tuple[Expectation, ...]
    line: int = 1


def package_of(folder: Path) -> Path:
    """Where the package of a folder's cases is: the folder itself, or `package/` in it, where the cases stand
    beside it."""
    inner = folder / "package"
    return inner if not (folder / DESCRIPTOR).is_file() and (inner / DESCRIPTOR).is_file() else folder


def read_cases(file: Path, *, strict: bool = True) -> tuple[Case, ...]:
    """The cases of a file, in order. Raises PackageError with every fault of it, by line and field.

    Not strict: keys that mean nothing here are passed over, and of an `at` that stands twice in its text the
    first is meant.
    """
    problems = Problems()
    reader = _Reader(file.name, problems, strict)
    found = tuple(reader.cases(_text(file, problems)))
    if not found and not len(problems):
        problems.add(file.name, 1, None, None, f"holds no case; a line is {EXAMPLE}")
    problems.raise_if_any(file.parent)
    return found


def _text(file: Path, problems: Problems) -> str:
    try:
        blob = bytes_of(file)
        return blob.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = blob.count(b"\n", 0, error.start) + 1
        problems.add(file.name, line, None, f"0x{blob[error.start]:02x}", "not UTF-8: save it as UTF-8 text")
    except OSError as error:
        message = f"cannot be read ({error.strerror}); write one, a line for each sentence: {EXAMPLE}"
        problems.add(file.name, None, None, None, message)
    return ""


class _Reader:
    """Makes cases of lines, and notes what is wrong with them."""

    def __init__(self, file: str, problems: Problems, strict: bool) -> None:
        self._file, self._problems, self._strict = file, problems, strict
        self._seen: dict[str, int] = {}

    def cases(self, text: str) -> Iterator[Case]:
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip():
                continue
            before = len(self._problems)
            located = read_json(self._file, line, self._problems, number)
            case = None if located is None else self._case(number, located)
            if case is not None and len(self._problems) == before:
                yield case

    def _case(self, number: int, located: Located) -> Case | None:
        row = located.value
        if not isinstance(row, dict):
            self._problems.add(self._file, number, None, row, f"a line is an object like {EXAMPLE}")
            return None
        self._known(number, "", row, {"id", "date", "text", "about", "expect"})
        text = self._string(number, "text", row.get("text"))
        about = None if row.get("about") is None else self._string(number, "about", row["about"])
        return Case(
            self._id(number, row.get("id")), text, self._day(number, row.get("date")), about,
            tuple(self._expectations(number, text, row.get("expect"))), number,
        )  # fmt: skip

    def _bad(self, number: int, field: str, value: object, message: str) -> None:
        self._problems.add(self._file, number, field, value, message)

    def _known(self, number: int, field: str, row: dict[str, Any], keys: set[str]) -> None:
        for key in sorted(row.keys() - keys) if self._strict else ():
            self._bad(number, f"{field}{key}", None, f"unknown: the fields are {', '.join(sorted(keys))}")

    def _string(self, number: int, field: str, value: object) -> str:
        if isinstance(value, str) and value.strip():
            return value
        message = "missing" if value is None else "must be a text that is not empty"
        self._bad(number, field, value, message)
        return ""

    def _id(self, number: int, value: object) -> str:
        id = self._string(number, "id", value)
        if id and id in self._seen:
            message = f"line {self._seen[id]} has this id already: give each case its own"
            self._bad(number, "id", id, message)
        self._seen.setdefault(id, number)
        return id

    def _day(self, number: int, value: object) -> date | None:
        if value is None:
            return None
        try:
            return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else _no_day()
        except ValueError:
            self._bad(number, "date", value, "must be a day like 2018-02-10, or null")
            return None

    def _expectations(self, number: int, text: str, value: object) -> Iterator[Expectation]:
        if not isinstance(value, list) or not value:
            message = 'must be a list such as [{"at": "774", "verdict": ["supported"]}]'
            self._bad(number, "expect", value, message)
            return
        for position, row in enumerate(value):
            field = f"expect[{position}]"
            if not isinstance(row, dict):
                self._bad(
                    number, field, row, 'must be an object like {"at": "774", "verdict": ["supported"]}'
                )
                continue
            self._known(number, f"{field}.", row, {"at", "verdict", "rows", "why"})
            at = self._string(number, f"{field}.at", row.get("at"))
            start = self._start(number, f"{field}.at", text, at)
            wanted = self._list(number, f"{field}.verdict", row.get("verdict"), WANTED)
            rows = self._list(number, f"{field}.rows", row["rows"]) if row.get("rows") else ()
            why = row.get("why")
            if why is not None and not isinstance(why, str):
                self._bad(number, f"{field}.why", why, "must be a text")
            yield Expectation(at, start, start + len(at), frozenset(wanted), rows, str(why or ""))

    def _start(self, number: int, field: str, text: str, at: str) -> int:
        times = text.count(at) if text and at else 1
        if times == 0:
            self._bad(number, field, at, "does not stand in the text: copy it from there")
        elif times > 1 and self._strict:
            self._bad(number, field, at, f"stands {times} times in the text: take in the words beside it")
        return max(0, text.find(at))

    def _list(
        self, number: int, field: str, value: object, allowed: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        given = value if isinstance(value, list) else [value]
        if not given or not all(isinstance(item, str) and item for item in given):
            self._bad(number, field, value, "must be a list of texts that are not empty")
            return ()
        for item in given:
            if allowed is not None and item not in allowed:
                self._bad(number, field, item, f"must be one of {', '.join(allowed)}")
        return tuple(given)


def _no_day() -> date:
    raise ValueError
