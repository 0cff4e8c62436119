"""Texts to measure on: files that were named, the project's own letter, and any number of short documents."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from claimcheck.documents.files import read
from claimcheck.model import Document
from tests.benchmarks.figures import ROOT

LETTER = "the letter"
COPIES = 20
SHORTEST = 200  # characters of a paragraph that is used
_DIGIT = re.compile(r"(?<![\d])[1-9](?=\d)")


def named(files: Sequence[str], most: int | None = None) -> dict[str, list[Document]]:
    """The letter, twenty times, and documents by the name of their file, those that hold the first `most`
    words."""
    letter = [replace(d, id=f"{d.id} {i}") for d in read(ROOT / "documents") for i in range(COPIES)]
    return {f"{LETTER}, {COPIES} times": letter} | {
        Path(f).stem.replace("_", " "): list(_first(read(Path(f)), most)) for f in files
    }


def words(documents: Iterable[Document]) -> int:
    """Words, as white space parts them."""
    return sum(len(d.text.split()) for d in documents)


def _first(documents: Iterable[Document], most: int | None) -> Iterator[Document]:
    count = 0
    for document in documents:
        if most is not None and count >= most:
            return
        yield document
        count += len(document.text.split())


def paragraphs(documents: Sequence[Document]) -> list[str]:
    """The paragraphs of documents that are long enough to be a text, each once."""
    found = (p.strip() for d in documents for p in re.split(r"\n\s*\n|\n", d.text))
    return [p for p in dict.fromkeys(found) if len(p) >= SHORTEST]


def short_documents(pool: Sequence[str], number: int) -> Iterator[str]:
    """`number` lines of JSON: a paragraph each, its numbers changed, so that no two are alike."""
    chance = random.Random(number)
    for i in range(number):
        text = _DIGIT.sub(lambda _: str(chance.randint(1, 9)), chance.choice(pool))
        yield json.dumps({"id": f"{i:06d}", "date": "2018-01-31", "text": f"{text}\n\nNote {i}."}) + "\n"
