"""Reading fast changes no claim: sentences parsed one by one by the whole pipeline say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
import spacy

from claimcheck.claims import reading
from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.documents.files import read as read_files
from claimcheck.lexicon import load
from claimcheck.model import Document
from claimcheck.syntax.parser import LONGEST, MODELS, Parsed, model
from claimcheck.syntax.tree import taken_over
from claimcheck.syntax.view import View
from tests.reader import LETTER, of_all

PROSE = """By Monday, 3 April 2017, at least 43 people, among them 12 children, had been killed there.
The mission said that 1,240 families left the two towns between 4 and 9 May; "hundreds more" were to follow.
No one knows. If 500 trucks had come in March, the hospital would have stayed open, the nurse said.
He was the 14th journalist to die there, and the second that week. It was a quiet town, with one school.
Ministers met twice in 2016, without result! Did they promise 30 million euros? Let's say 12 did.

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
            words = taken_over(whole(view.text))
            words.masked = view.masked()
            yield Parsed(view, words)

    monkeypatch.setattr(reading, "parse_many", one_by_one)
    asked = reading.Prepared.to_parse.func  # type: ignore[attr-defined]
    every = property(lambda self: dict.fromkeys(self.sentences, False) | asked(self))
    monkeypatch.setattr(reading.Prepared, "to_parse", every)
    assert sum(len(r.claims) for r in hurried) > 20
    assert list(reading.read(documents)) == hurried


def test_words_of_read_documents_are_forgotten() -> None:
    """A run over many documents meets new names without end; none of them may stay in the vocabulary."""
    text = "On 3 May 2016 {0} killed 21 people in {0}ville, and {0} of {0}ton saw 40 houses burn."
    before = list(read([make("a", text.format("Anna"))]))
    strings = len(model().vocab.strings)
    invented = ("Q" + "".join(chr(97 + int(d)) for d in f"{n:04}") for n in range(200))
    assert all(reading.claims for reading in read(make(name, text.format(name)) for name in invented))
    assert len(model().vocab.strings) == strings
    assert list(read([make("a", text.format("Anna"))])) == before


@of_all([e for row in load("lemmas") for e in row.examples])
def test_words_whose_lemma_the_rules_miss(says: str) -> None:
    assert _is_lemma(says)


@of_all([e for row in load("lemmas") for e in row.counter_examples])
def test_words_that_look_like_them(says: str) -> None:
    assert not _is_lemma(says)


def _is_lemma(says: str) -> bool:
    sentence, lemma = says.split(" | ")
    return lemma in {t.lemma_ for t in model()(sentence) if t.pos_ in ("VERB", "NOUN")}


@of_all([e for row in load("tree_repairs") for e in row.examples])
def test_trees_that_the_parser_gets_wrong(says: str) -> None:
    assert _hangs(says)


@of_all([e for row in load("tree_repairs") for e in row.counter_examples])
def test_trees_that_look_like_them(says: str) -> None:
    assert not _hangs(says)


def _hangs(says: str) -> bool:
    sentence, word, dep = says.split(" | ")
    return (word, dep) in {(t.text, t.dep_) for t in taken_over(model()(sentence))}
