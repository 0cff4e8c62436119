"""What is wrong with a reference package, gathered so that a curator sees everything at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LIMIT = 1_000  # problems kept: nobody reads more, and a table may have a million broken lines
SHOWN = 60  # characters of a bad value that a message repeats


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it stands, what stands there, and what to do about it.

    `line` is the physical line of the file (a quoted cell may span several: the line where its row
    begins), counted from 1. `column` is a column's name in a CSV file, the character position in a JSON
    file. Both are None where the fault has no place (a missing file).
    """

    file: str
    line: int | None
    column: str | int | None
    value: str | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        if isinstance(self.column, int):
            place += f":{self.column}"
        elif self.column is not None:
            place += f', column "{self.column}"'
        value = "" if self.value is None else f"{self.value!r}: "
        return f"{place}: {value}{self.message}"


class PackageError(ValueError):
    """A package, or several together, cannot be used; `problems` lists every fault. Nothing was loaded."""

    def __init__(self, folder: Path | str, problems: list[Problem]) -> None:
        self.folder = folder
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n".join([f"{folder}: {count}", *(f"  {problem}" for problem in problems)]))


class Problems:
    """A growing list of faults, each once (two resources may share a file), at most `LIMIT` of them; the rest
    is counted."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}
        self._more = 0

    def add(
        self, file: str, line: int | None, column: str | int | None, value: object | None, message: str
    ) -> None:
        """Note one fault; a long value is cut for the message."""
        one = Problem(file, line, column, None if value is None else _short(value), message)
        if one in self._found:
            return
        if len(self._found) >= LIMIT:
            self._more += 1
            return
        self._found[one] = None

    def raise_if_any(self, folder: Path | str) -> None:
        """Raise PackageError with everything found, in the order of files and lines; else do nothing."""
        if not self._found:
            return
        found = sorted(self._found, key=lambda p: (p.file != "datapackage.json", p.file, p.line or 0))
        if self._more:
            found.append(Problem("", None, None, None, f"{self._more} more problems were left out here"))
        raise PackageError(folder, found)

    def __len__(self) -> int:
        return len(self._found) + self._more


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(text)} characters)"
