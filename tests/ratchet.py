"""The statements of the project's own cases that are decided falsely today: a list that may only get shorter.

They guard against false verdicts and are no target: one that stays open is none of them.

`python -m tests.ratchet` runs every package's cases, writes `known_misses.tsv` anew and prints what changed.
The tests fail on a statement that is so decided and not listed, otherwise than listed, or no more and
listed.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from claimcheck.evaluation import Result, Run, diagnose, run
from claimcheck.reference.cases import CASES, read_cases
from tests.reader import ROOT

FILE = ROOT / "tests" / "known_misses.tsv"
PACKAGES = [
    ROOT / "reference_data",
    *sorted(f.parent for f in (ROOT / "tests" / "domains").glob(f"*/{CASES}")),
]
FALSELY = frozenset({"supported_falsely", "refuted_falsely", "wrong", "error"})
COLUMNS = ("package", "statement", "outcome", "step", "words")


@dataclass(frozen=True, slots=True, order=True)
class Miss:
    """A statement that comes out wrong. `step` and `words` are for the reader; the outcome is held."""

    package: str
    statement: str
    outcome: str
    step: str = ""
    words: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What names the statement."""
        return self.package, self.statement

    def __str__(self) -> str:
        return " · ".join(part for part in (self.package, self.statement, self.outcome, self.step) if part)


def run_of(folder: Path) -> Run:
    """A package's cases, run."""
    return run(folder, read_cases(folder / CASES))


def misses(done: Run) -> list[Miss]:
    """What was decided falsely, by the name of the statement."""
    return sorted(_miss(done, result) for result in done.results if result.outcome in FALSELY)


def _miss(done: Run, result: Result) -> Miss:
    why = diagnose(result, done.known)
    return Miss(done.folder.name, result.id, result.outcome, str(why), " ".join(why.words))


def known(file: Path = FILE) -> list[Miss]:
    """The misses that are listed."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [Miss(**row) for row in csv.DictReader(lines, delimiter="\t")]


def changes(before: Iterable[Miss], now: Iterable[Miss]) -> Iterator[str]:
    """What differs: new misses (+), mended ones (-), and those that are wrong in another way (~)."""
    old: Mapping[tuple[str, str], Miss] = {m.key: m for m in before}
    new: Mapping[tuple[str, str], Miss] = {m.key: m for m in now}
    for key in sorted(old.keys() | new.keys()):
        was, miss = old.get(key), new.get(key)
        if was is None:
            yield f"+ new miss: {miss}"
        elif miss is None:
            yield f"- mended: {was}"
        elif was.outcome != miss.outcome:
            yield f"~ was {was.outcome}: {miss}"


def _written(found: Iterable[Miss]) -> str:
    out = io.StringIO()
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([getattr(miss, name) for name in COLUMNS] for miss in found)
    return out.getvalue()


def main() -> None:
    """Run everything, write the list, print what changed."""
    found: list[Miss] = []
    for folder in PACKAGES:
        done = run_of(folder)
        found += misses(done)
        figures = done.figures
        print(f"{folder.name}: {figures.right} of {figures.statements} right", file=sys.stderr)
    before = known() if FILE.exists() else []
    FILE.write_text(_written(sorted(found)), encoding="utf-8")
    stated = list(changes(before, found))
    print("\n".join(stated) if stated else "nothing changed")


if __name__ == "__main__":
    main()
