"""Names of places and organisations in running text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.documents.files import make
from claimcheck.lexicon import load
from claimcheck.linking.lexis import peoples_of
from claimcheck.names import NameIndex, folded, other_names
from claimcheck.pipeline import Checker
from claimcheck.syntax.stems import root, stem
from tests.reader import of_all, said
from tests.reference_case import packed

INDEX = NameIndex(
    [
        ("Tarn", "P1", "place"), ("Тарн", "P1", "place"), ("Khan Ruhayn", "P2", "place"),
        ("Eastern Vale", "P3", "place"), ("Saint Orsa", "P4", "place"), ("Al-Hadira", "P5", "place"),
        ("Springfield", "P6", "place"), ("Springfield", "P7", "place"),
        ("Tarn Relief Network", "O1", "organisation"), ("AID", "O2", "organisation"),
        ("Marea", "P8", "place"),
    ]
)  # fmt: skip
FOUND = [
    ("people in Tarn fled", {"P1"}),
    ("в Тарн пришли", {"P1"}),
    ("the tarn was frozen", set()),
    ("the Tarn Relief Network said", {"O1"}),
    ("in eastern Vale today", {"P3"}),
    ("in St. Orsa", {"P4"}),
    ("AID workers", {"O2"}),
    ("Aid workers", set()),
    ("Springfield", {"P6", "P7"}),  # ambiguous stays ambiguous
    ("near Khan Roohain", {"P2"}),
    ("Khan Roohain said", set()),  # by sound only behind a preposition
    ("\x00\u202eTarn\u200b", {"P1"}),
]


@of_all(FOUND)
def test_names(text: str, keys: set[str]) -> None:
    found = INDEX.find(text, 0, len(text))
    assert {key for named in found for key in named.keys} == keys
    assert all(text[n.start : n.end] == n.text for n in found)


def test_only_the_part_asked_for_is_searched() -> None:
    text = "Tarn and Tarn and Tarn"
    assert [n.start for n in INDEX.find(text, 5, 17)] == [9]


@given(st.text(max_size=200))
def test_law_names_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = INDEX.find(text, 0, len(text))
    assert all(text[n.start : n.end] == n.text and n.keys for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


# --- Places as tables write them: the parts of a cell, the names in a description, the names of states ---


@of_all([e for row in load("place_names") for e in row.examples])
def test_a_state_has_other_names(example: str) -> None:
    table, text = example.split(" | ")
    assert folded(text) in {folded(name) for name in other_names(table)}


@of_all([e for row in load("place_names") for e in row.counter_examples])
def test_other_places_have_names_of_their_own(example: str) -> None:
    table, text = example.split(" | ")
    assert folded(text) not in {folded(name) for name in other_names(table)}


@of_all([e for row in load("peoples") for e in row.examples])
def test_a_word_for_a_people_names_its_states(words: str) -> None:
    word, _, state = words.partition(": ")
    assert stem(word) in map(stem, peoples_of(state))


@of_all([e for row in load("peoples") for e in row.counter_examples])
def test_a_word_for_a_people_names_no_other_state(words: str) -> None:
    word, _, state = words.partition(": ")
    assert stem(word) not in map(stem, peoples_of(state))


def test_no_name_is_of_two_states() -> None:
    names = [folded(name) for row in load("place_names") for name in set(map(folded, row["names"]))]
    assert len(names) == len(set(names))


ROWS = (
    "id,day,killed,place\n"
    'i1,2021-03-01,3,"Marea, Vale"\n'
    'i2,2021-03-01,5,"House on Port Street in Orsa, Vale"\n'
    'i3,2021-03-02,4,"Marea, Vale"\n'
    "i4,2021-03-05,9,United States of America\n"
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    block = {
        "kind": "incidents", "key": "id", "place": "place", "start": "day", "end": "day",
        "counted_as": "strike",
        "measures": [{"measure": "people killed", "unit": "people", "best": "killed"}],
    }  # fmt: skip
    vocabulary = {"people killed": {"words": ["kill", "dead", "die"], "type": "flow"}}
    types = {"day": "date", "killed": "integer"}
    folder = packed(tmp_path_factory.mktemp("places"), {"incidents": (ROWS, block)}, vocabulary, types=types)
    with Checker([folder]) as made:
        yield made


# text, the row that it means, what it says
LINKED = [
    ("On 1 March 2021 three people were killed in Marea.", "i1", "supported"),
    ("On 1 March 2021 five people were killed in Orsa.", "i2", "supported"),
    ("On 1 March 2021 four people were killed in Orsa.", "i2", "refuted"),
    ("On 5 March 2021 nine people were killed in an attack in the United States.", "i4", "supported"),
]


def test_an_incident_is_found_by_what_its_cell_names(checker: Checker) -> None:
    documents = [make("t", text, meta={"date": date(2021, 4, 1)}) for text, _, _ in LINKED]
    for checked, (text, row, wanted) in zip(checker.check(documents), LINKED, strict=True):
        [verdict] = [checked.verdicts[c.claim_id] for c in checked.reading.claims if c.quantity]
        rows = verdict.evidence or [one.row for one in verdict.suggestions]
        assert (rows[0].row_id, said(verdict)) == (row, wanted), text


# --- One stem for all forms of a word ---


@pytest.mark.parametrize(
    "words",
    ["kill kills killed killing", "die died dies", "city cities", "box boxes", "loss losses"],
)
def test_one_stem_for_all_forms(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@of_all([e for row in load("stems") for e in row.examples])
def test_forms_that_no_ending_tells_have_the_stem_of_their_base(words: str) -> None:
    form, base = words.split()
    assert root(form) == stem(base)


@of_all([e for row in load("stems") for e in row.counter_examples])
def test_words_that_only_look_alike_keep_their_stems(words: str) -> None:
    one, other = words.split()
    assert root(one) != root(other)


def test_plain_words_are_folded_as_all_others() -> None:
    assert [folded(name) for name in ("The", "AL", "The Bab", "al-Bab", "U.N.", "É")] == [
        *("the", "al", "bab", "bab", "un", "e"),
    ]
