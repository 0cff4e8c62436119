"""What a result was made with: digests of the code, the rules, the model and the tables.

A document is read again where its content or one of these differs from the last time, and never otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from claimcheck import __version__, lexicon
from claimcheck.model import Document, ReferenceRow, RunInfo

STEPS = (
    "model", "names", "documents", "numbers", "dates", "claims", "comparisons", "syntax", "selfcheck",
    "wording", "grids", "judging", "reference", "sql", "frames", "linking", "learning", "relate",
)  # fmt: skip
"""The parts of the package that decide what is read in a text and how it is judged."""
DIGITS = 16


@cache
def code() -> str:
    """Digest of the version and of the code that reads and judges."""
    total = hashlib.sha256(__version__.encode())
    with resources.as_file(resources.files("claimcheck")) as root:
        for file in sorted(_sources(root), key=str):
            total.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return total.hexdigest()[:DIGITS]


def _sources(root: Path) -> Iterable[Path]:
    for step in STEPS:
        yield from (f for f in (root / step).rglob("*") if f.suffix in (".py", ".sql"))
        yield from root.glob(f"{step}.py")


def reading(run: RunInfo, events: Iterable[ReferenceRow]) -> str:
    """Digest of all that reading depends on. The events count, since a text's times may rest on them."""
    rows = hashlib.sha256()
    for row in events:
        rows.update(repr(row).encode("utf-8", "surrogatepass"))
    return _digest(code(), run.lexicon, lexicon.digest(), run.model, rows.hexdigest())


def judging(packages: Mapping[str, str], learned: str = "") -> str:
    """Digest of all that judging depends on: the code, the packages with their digests, and what reviewers'
    decisions moved (`learned`)."""
    parts = [part for pair in sorted(packages.items()) for part in pair]
    return _digest(code(), lexicon.digest(), *parts, *filter(None, [learned]))


def content(document: Document) -> str:
    """Digest of a document's text and of what a person or the file said about it."""
    return _digest(
        document.sha256,
        str(document.date),
        document.date_origin,
        document.about,
        document.title,
        document.author,
        document.publisher,
        document.address,
        document.locale,
        document.media_type,
        str(document.pages),
    )


def _digest(*parts: str | None) -> str:
    joined = "\x1f".join("\x00" if part is None else part for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
