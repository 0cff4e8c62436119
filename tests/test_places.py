"""Names of places and organisations in running text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claimcheck.names import NameIndex
from tests.reader import of_all

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
    ("Tarn's market", {"P1"}),
    ("в Тарн пришли", {"P1"}),
    ("the tarn was frozen", set()),
    ("the Tarn Relief Network said", {"O1"}),
    ("in eastern Vale today", {"P3"}),
    ("the Vale was quiet", set()),
    ("in St. Orsa", {"P4"}),
    ("near al-Hadira", {"P5"}),
    ("AID workers", {"O2"}),
    ("Aid workers", set()),
    ("aid", set()),
    ("Springfield", {"P6", "P7"}),  # ambiguous stays ambiguous
    ("near Khan Roohain", {"P2"}),
    ("Khan Roohain said", set()),  # by sound only behind a preposition
    ("Maria came", set()),
    ("", set()),
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
