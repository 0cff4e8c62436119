"""Looking up what the model's own components said gives what they would say."""

from __future__ import annotations

import pytest
import spacy

from claimcheck.claims.clauses import text_of, top_of
from claimcheck.claims.parsing import MODELS, WordAttributes, model
from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.lexicon import load
from tests.reader import LETTER

SENTENCES = [
    *(s for s in LETTER.read_text(encoding="utf-8").split("\n") if len(s) > 60),
    "There were 40 boats, and there's more: they're gonna leave, ain't they?",
    "Let's go; y'all got to see that the workers' unions have been striking since 2011.",
    "He has 12 left. He left 12. The left lost 12 seats, having had 40.",
    "Reading is reading: the reading room reads, and Reading lost 3–1.",
    "Don't say that it can't be done; it's what he's done.",
]


@pytest.fixture(scope="module")
def whole() -> spacy.language.Language:
    name = next(n for n in MODELS if spacy.util.is_package(n))
    return spacy.load(name, exclude=["ner", "senter"])


def test_parts_of_speech_and_lemmas_are_those_of_the_whole_pipeline(whole: spacy.language.Language) -> None:
    attributes = WordAttributes(model())
    for _ in range(2):  # once learning, once remembering
        for sentence in SENTENCES:
            expected = [(t.text, t.pos_, t.lemma_, t.dep_) for t in whole(sentence) if not t.is_space]
            got = [
                (t.text, t.pos_, t.lemma_, t.dep_) for t in attributes(model()(sentence)) if not t.is_space
            ]
            assert got == expected


def test_words_stand_in_the_tree_of_the_parse(whole: spacy.language.Language) -> None:
    attributes = WordAttributes(model())
    crossing = "On Monday a new stage-based unity agreement was reached that would include three states."
    for sentence in [*SENTENCES, crossing]:
        doc, words = model()(sentence), attributes(model()(sentence))
        assert [w.i for w in words] == list(range(len(doc)))
        for token, word in zip(doc, words, strict=True):
            for one in ("idx", "whitespace_", "is_punct", "is_alpha", "is_stop", "like_num"):
                assert getattr(word, one) == getattr(token, one), (one, token)
            for one in ("head", "left_edge", "right_edge"):
                assert getattr(word, one).i == getattr(token, one).i, (one, token)
            for several in ("children", "lefts", "rights", "subtree", "ancestors", "conjuncts"):
                assert [w.i for w in getattr(word, several)] == [t.i for t in getattr(token, several)]
            assert (word.sent[0].i, word.sent[-1].i + 1) == (token.sent.start, token.sent.end)


def test_words_at_some_characters_and_the_one_on_which_they_hang(whole: spacy.language.Language) -> None:
    attributes = WordAttributes(model())
    for sentence in SENTENCES:
        doc, words = model()(sentence), attributes(model()(sentence))
        for start in range(0, len(sentence), 3):
            for end in range(start + 1, min(len(sentence), start + 30), 7):
                span, found = doc.char_span(start, end, alignment_mode="expand"), words.at(start, end)
                assert [w.i for w in found] == [t.i for t in span or ()]
                if span:
                    assert top_of(found).i == span.root.i
                    assert text_of(found) == span.text


def test_a_full_memory_starts_anew(whole: spacy.language.Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimcheck.claims.parsing.MOST_TOKENS", 20)
    attributes = WordAttributes(model())
    for sentence in SENTENCES:
        expected = [(t.pos_, t.lemma_) for t in whole(sentence) if not t.is_space]
        assert [(t.pos_, t.lemma_) for t in attributes(model()(sentence)) if not t.is_space] == expected


def test_words_of_read_documents_are_forgotten() -> None:
    """A run over many documents meets new names without end; none of them may stay in the vocabulary."""
    text = "On 3 May 2016 {0} killed 21 people in {0}ville, and {0} of {0}ton saw 40 houses burn."
    before = list(read([make("a", text.format("Anna"))]))
    strings = len(model().vocab.strings)
    invented = ("Q" + "".join(chr(97 + int(d)) for d in f"{n:04}") for n in range(200))
    assert all(reading.claims for reading in read(make(name, text.format(name)) for name in invented))
    assert len(model().vocab.strings) == strings
    assert list(read([make("a", text.format("Anna"))])) == before


def test_plain_words_stay_known_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    known: set[str] = set()
    monkeypatch.setattr("claimcheck.claims.parsing._known_words", lambda: known)
    monkeypatch.setattr("claimcheck.claims.parsing.MOST_WORDS", 12)
    assert list(read([make("a", "The storm killed 21 people in Tarn. In Oren the storm hurt 12.")]))
    assert known == {"The", "In", "in", "the", "storm", "killed", "people", "hurt"}
    assert list(read([make("b", "Last week a long, cold, windy night in the hills killed 14 sheep.")]))
    assert len(known) == 12


@pytest.mark.parametrize("says", [e for row in load("lemmas") for e in row.examples])
def test_words_whose_lemma_the_rules_miss(says: str) -> None:
    assert _is_lemma(says)


@pytest.mark.parametrize("says", [e for row in load("lemmas") for e in row.counter_examples])
def test_words_that_look_like_them(says: str) -> None:
    assert not _is_lemma(says)


def _is_lemma(says: str) -> bool:
    sentence, lemma = says.split(" | ")
    doc = WordAttributes(model())(model()(sentence))
    return lemma in {t.lemma_ for t in doc if t.pos_ in ("VERB", "NOUN")}
