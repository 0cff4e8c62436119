"""Which measure a number speaks of, by the words of the packages' vocabularies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from claimcheck import lexicon
from claimcheck.linking.vocabulary import Vocabulary
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, Document, Link, Mention, Span

VOCABULARY = Vocabulary(
    [
        ("p", "people killed", "kill"),
        ("p", "people killed", "die"),
        ("p", "civilians killed", "civilian kill"),
        ("p", "deaths on the list", "list die"),
        ("p", "fertility", "fertility rate"),
        ("p", "fertility", "children per woman"),
        ("p", "inflation", "inflation"),
        ("p", "gdp", "GDP"),
        ("p", "gdp per head", "GDP per capita"),
        ("q", "victims", "kill"),
    ]
)


@pytest.mark.parametrize(
    "words",
    [
        "kill kills killed killing",
        "injure injured injures injuring",
        "die died dies",
        "wound wounded wounds",
        "group groups",
        "city cities",
        "injury injuries",
        "displace displaced displacing",
        "box boxes",
        "loss losses",
    ],
)
def test_one_stem_for_all_forms(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("kill", "kiln"), ("patient", "patent"), ("crisis", "cry"), ("us", "u")]
)
def test_other_words_keep_their_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def measured(text: str, words: str, **fields: Any) -> set[str]:
    start = text.index(words)
    noun = fields.pop("noun", None)
    kind = fields.pop("kind", "number")
    quantity = Mention(
        start=start, end=start + len(words), text=words, kind=kind, low=Decimal(1), high=Decimal(1), noun=noun
    )
    fields.setdefault("measure", "")
    claim = Claim(
        claim_id="c",
        kind="quantity",
        start=0,
        end=len(text),
        text=text,
        quantity=quantity,
        context=Span(0, len(text)),
        **fields,
    )
    found = VOCABULARY.matches(claim, Document(id="d", text=text))
    return {f"{m.package}:{m.measure}" for m in found}


CASES: list[tuple[str, str, dict[str, Any], set[str]]] = [
    (
        "Five people were killed.",
        "Five",
        {"noun": "people", "measure": "people killed"},
        {"p:people killed", "q:victims"},
    ),
    (
        "Five civilians were killed.",
        "Five",
        {"noun": "civilian", "measure": "civilians killed"},
        {"p:civilians killed", "q:victims"},
    ),
    (
        "Five houses burned after people were killed.",
        "Five",
        {"noun": "house", "measure": "houses burned"},
        set(),
    ),
    (
        "Five on the list died.",
        "Five",
        {"measure": "died", "terms": ("list", "die")},
        {"p:deaths on the list"},
    ),
    ("Inflation was 6 percent.", "6 percent", {"kind": "percent"}, {"p:inflation"}),
    ("GDP per capita was 600 dollars.", "600 dollars", {"kind": "money"}, {"p:gdp per head"}),
    ("GDP was 600 dollars.", "600 dollars", {"kind": "money"}, {"p:gdp"}),
    (
        "Women had 2.1 children per woman.",
        "2.1",
        {"measure": "children woman", "noun": "child"},
        {"p:fertility"},
    ),
    ("152 Fertility rate Tarn 1.7", "1.7", {"noun": "tarn", "measure": "Tarn"}, {"p:fertility"}),
    ("152 Fertility rate Tarn 1.7", "152", {"noun": "rate", "measure": "fertility rate"}, set()),
    (
        "Growth was 4 percent when inflation rose.",
        "4 percent",
        {"kind": "percent", "measure": "growth"},
        set(),
    ),
    ("The budget was 600 dollars.", "600 dollars", {"kind": "money"}, set()),
]


@pytest.mark.parametrize(("text", "words", "fields", "expected"), CASES)
def test_matches(text: str, words: str, fields: dict[str, Any], expected: set[str]) -> None:
    assert measured(text, words, **fields) == expected


@pytest.mark.parametrize(
    ("noun", "expected"),
    [("civilian", {"p:civilians killed"}), ("people", {"p:people killed"}), ("miner", {"p:people killed"})],
)
def test_a_measure_of_those_whom_the_number_names_comes_first(noun: str, expected: set[str]) -> None:
    text = f"40 {noun}s died."
    assert measured(text, "40", noun=noun, predicate="die", role="object") == expected


def test_the_subject_of_a_bare_number_says_what_it_measures() -> None:
    text = "It was 6 percent."
    assert measured(text, "6 percent", kind="percent", subject=Link("inflation"), role="attribute") == {
        "p:inflation"
    }


def test_the_word_lists_hold_stems_that_differ() -> None:
    for row in lexicon.load("linking"):
        assert row["words"], row.id
        assert nouns(row.id)
    assert not nouns("people") & nouns("part_of_people")
