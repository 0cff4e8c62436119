"""Texts read by the real reader, for tests: no part is replaced."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from claimcheck.claims.reading import read
from claimcheck.dates.events import EventIndex
from claimcheck.documents.files import make
from claimcheck.model import Claim, Reading, Verdict
from claimcheck.pipeline import Checker

ROOT = Path(__file__).resolve().parent.parent
LETTER = ROOT / "documents" / "joint_letter_2018-01-31.txt"


DAY = date(2019, 6, 12)  # a Wednesday


_TOGETHER: dict[str, Reading] = {}


def gold(name: str) -> dict[str, Any]:
    """The tables of a file of `tests/gold`."""
    return tomllib.loads((ROOT / "tests" / "gold" / f"{name}.toml").read_text(encoding="utf-8"))


def read_together(texts: Iterable[str]) -> None:
    """Reads short texts parsed together, which takes a quarter of the time; `read_text` has them then."""
    new = [text for text in dict.fromkeys(texts) if text not in _TOGETHER]
    _TOGETHER.update(zip(new, read_texts(new), strict=True))


def read_text(text: str, day: date | None = DAY, index: EventIndex | None = None) -> Reading:
    """A text as a document of a Wednesday, 12 June 2019, read whole."""
    if day == DAY and index is None and text in _TOGETHER:
        return _TOGETHER[text]
    return next(iter(read([make("text", text, meta={"date": day})], index)))


def read_texts(texts: Iterable[str]) -> Iterator[Reading]:
    """The same of many texts, in order: parsed together, in half the time."""
    return read(make("text", text, meta={"date": DAY}) for text in texts)


def judged(text: str, kind: str | None = None) -> list[Claim]:
    """The claims of a text, of one kind where it is named."""
    return [c for c in read_text(text).claims if kind is None or c.kind == kind]


@cache
def checker_of(folder: Path) -> Checker:
    """A checker with a package, for all that only ask it: what it prepares at first takes a second."""
    return Checker([folder])


def said(verdict: Verdict) -> str:
    """The verdict on a claim, decided or likely."""
    return verdict.verdict if verdict.likely is None else verdict.likely.verdict


def plain(example: str) -> str:
    """The text of a lexicon's example, without brackets and what is said of it behind "->" or "|"."""
    return example.partition(" -> ")[0].partition(" | ")[0].replace("[", "").replace("]", "")


Check = Callable[..., None]


def of_all(cases: Iterable[object], *, parsed: bool = False) -> Callable[[Check], Check]:
    """A test of one case becomes one test of all of them, which names each case that fails.

    A case is a tuple of arguments, or the only one; where it is parsed, the texts of all are parsed together.
    """
    stated = [case if isinstance(case, tuple) else (case,) for case in cases]
    assert stated

    def test_of_all(check: Check) -> Check:
        def test() -> None:
            if parsed:
                read_together(plain(part) for case in stated for part in case if isinstance(part, str))
            failed = []
            for case in stated:
                try:
                    check(*case)
                except Exception as error:
                    failed.append(f"{case}: {type(error).__name__} {error}")
            assert not failed, "\n".join(failed)

        return test

    return test_of_all
