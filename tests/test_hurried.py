"""Reading fast changes no claim: sentences parsed one by one by the whole pipeline say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
import spacy

from claimcheck.claims import reading
from claimcheck.claims.parsing import LONGEST, MODELS, Parsed, View, words_of
from claimcheck.documents.files import read as read_files
from claimcheck.model import Document
from tests.reader import LETTER

PROSE = """By Monday, 3 April 2017, at least 43 people, among them 12 children, had been killed there.
The mission said that 1,240 families left the two towns between 4 and 9 May; "hundreds more" were to follow.
No one knows. If 500 trucks had come in March, the hospital would have stayed open, the nurse said.
He was the 14th journalist to die there, and the second that week. It was a quiet town, with one school.
Ministers met twice in 2016, without result! Did they promise 30 million euros? Some say so.

The fund has since paid 12.4 million dollars, about a third of what was asked. The rest, 66 per cent, is open.
"""


@pytest.fixture(scope="module")
def whole() -> spacy.language.Language:
    return spacy.load(next(n for n in MODELS if spacy.util.is_package(n)), exclude=["ner", "senter"])


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    letter = next(iter(read_files(LETTER)))
    return [letter, Document(id="prose", text=PROSE, date=letter.date)]


def test_claims_are_those_of_the_unhurried_way(
    whole: spacy.language.Language, documents: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    hurried = list(reading.read(documents))

    def one_by_one(views: Iterable[View]) -> Iterator[Parsed | None]:
        for view in views:
            if len(view.span) > LONGEST:
                yield None
                continue
            words = words_of(whole(view.text))
            words.masked = view.masked()
            yield Parsed(view, words)

    monkeypatch.setattr(reading, "parse_many", one_by_one)
    asked = reading.Prepared.to_parse.func  # type: ignore[attr-defined]
    every = property(lambda self: dict.fromkeys(self.sentences, False) | asked(self))
    monkeypatch.setattr(reading.Prepared, "to_parse", every)
    assert sum(len(r.claims) for r in hurried) > 20
    assert list(reading.read(documents)) == hurried


