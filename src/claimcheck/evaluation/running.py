"""Cases checked as any document is: each package with its own, read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from claimcheck.documents.files import make
from claimcheck.evaluation.diagnosis import Known
from claimcheck.evaluation.scoring import Figures, Result, score
from claimcheck.lots import lots
from claimcheck.model import CheckedDocument, Document
from claimcheck.pipeline import Checker
from claimcheck.reference.cases import Case, package_of
from claimcheck.reference.loading import load

LOT = 100  # documents that are checked together
Tick = Callable[[int], None]
Text = tuple[str, str, date | None, str | None]  # id, text, its day, what it is about


@dataclass(frozen=True, slots=True)
class Run:
    """The results of a package's cases, in the order of the file, and the words that the package knows."""

    folder: Path
    results: tuple[Result, ...]
    known: Known

    @property
    def figures(self) -> Figures:
        """What came of all of them."""
        return Figures.of(self.results)


def run(folder: Path, cases: Sequence[Case], tick: Tick | None = None, *, rows: bool = True) -> Run:
    """The cases checked against the package in a folder. Raises PackageError where it cannot be loaded.

    `tick` is given how many cases are done. Without `rows` a right verdict is right whatever row gives it.
    """
    with Checker([package_of(folder)]) as checker:
        checked = attempt(checker, [(c.id, c.text, c.date, c.about) for c in cases], tick)
        return scored(folder, cases, checked, rows=rows)


def scored(
    folder: Path, cases: Sequence[Case], checked: Iterable[CheckedDocument | str], *, rows: bool = True
) -> Run:
    """What came of the cases, by each one's checked text, or the error on which it failed, in their order."""
    pairs = zip(cases, checked, strict=True)
    results = tuple(result for case, found in pairs for result in score(case, found, rows=rows))
    return Run(folder, results, Known([load(package_of(folder))]))


def attempt(
    checker: Checker, texts: Iterable[Text], tick: Tick | None = None
) -> Iterator[CheckedDocument | str]:
    """Each text checked, in order; a text that the program fails on comes as its error, in a sentence.

    No failure stops the others: where a lot fails, its halves are tried, down to the text that does it.
    """
    for lot in lots(map(_made, texts), LOT):
        yield from _checked(checker, lot, tick)


def _made(given: Text) -> Document | str:
    id, text, day, about = given
    try:
        return make(id, text, meta={"date": day, "about": about})
    except Exception as error:  # what fails here is measured, whatever it is
        return _stated(error)


def _checked(
    checker: Checker, lot: Sequence[Document | str], tick: Tick | None
) -> Iterator[CheckedDocument | str]:
    found = iter(_halved(checker, [item for item in lot if isinstance(item, Document)]))
    yield from (item if isinstance(item, str) else next(found) for item in lot)
    if tick is not None:
        tick(len(lot))


def _halved(checker: Checker, documents: Sequence[Document]) -> list[CheckedDocument | str]:
    try:
        return list(checker.check(documents))
    except Exception as error:  # as above
        if len(documents) == 1:
            return [_stated(error)]
    middle = len(documents) // 2
    return _halved(checker, documents[:middle]) + _halved(checker, documents[middle:])


def _stated(error: Exception) -> str:
    return f"the program failed: {type(error).__name__}: {error}"
