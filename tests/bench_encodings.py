"""How many texts in older encodings come back as they were: our rules over chardet, and charset-normalizer.

`python -m tests.bench_encodings` prints both, and what our rules get wrong.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import charset_normalizer

from claimcheck.documents.decoding import decode
from claimcheck.documents.extracted import DocumentError
from tests.reader import ROOT

GOLD = ROOT / "tests" / "gold" / "encodings.toml"
LENGTHS = (None, 80, 40)  # characters; None is the whole text
ENGLISH = (
    "The paper put the toll at 30 and named the dead on its first page the day after the shelling. " * 20
)
AFTER_ENGLISH = ("ru", "pl", "ar", "el", "fr", "tr")


class Case(NamedTuple):
    """A text, and the encoding in which it is written."""

    name: str
    text: str
    encoding: str

    @property
    def data(self) -> bytes:
        return self.text.encode(self.encoding)


def cases() -> Iterator[Case]:
    """Each text whole and in part, and some at the end of an English page."""
    for row in tomllib.loads(GOLD.read_text(encoding="utf-8"))["text"]:
        for encoding in row["encodings"]:
            for length in LENGTHS:
                name = f"{row['language']} {encoding} {length or 'whole'}"
                yield Case(name, row["text"][:length], encoding)
            if row["language"] in AFTER_ENGLISH:
                name = f"{row['language']} {encoding} after English"
                yield Case(name, ENGLISH + row["text"], encoding)


def ours(data: bytes) -> str:
    """The text as the reader of documents has it; empty where it refuses."""
    try:
        return decode(Path("a.txt"), data)[0]
    except DocumentError:
        return ""


def normalized(data: bytes) -> str:
    """The text as charset-normalizer has it."""
    best = charset_normalizer.from_bytes(data).best()
    return "" if best is None else str(best)


def wrong(read: Callable[[bytes], str]) -> list[str]:
    """The names of the cases that come back otherwise."""
    return [case.name for case in cases() if read(case.data) != case.text]


if __name__ == "__main__":
    number = len(list(cases()))
    for read in (ours, normalized):
        wrong(read)  # what is loaded at first use is no part of the figure
        begin = time.process_time()
        missed = wrong(read)
        taken = (time.process_time() - begin) / number
        print(f"{read.__name__}: {number - len(missed)} of {number} right, {taken * 1000:.1f} ms each")
        if read is ours:
            print("  " + "\n  ".join(missed))
