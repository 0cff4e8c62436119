"""Marks of footnotes count nothing and end the sentence that they stand behind."""

from __future__ import annotations

import pytest

from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.documents.sentences import split

MARKS = [
    ("It had counted 765 patients waiting.1 The council met.", "1"),
    ("They were gone.”7 The mayor said so.", "7"),
    ("It was killed in Homs (see above).2\nThe toll rose.", "2"),
    ("The fire spread through Homs.14,15 The toll rose.", "14,15"),
    ("Many people were killed,5 and others fled.", "5"),
    ("Some people were killed[^1] there.", "1"),
    ("[^12]: An interview in Homs.", "12"),
    ("The last word of all.3", "3"),
]
NONE = [
    ("It rose by 3.5 per cent. He came.", "3.5 per cent"),
    ("The song No.1 Was heard.", "1"),
    ("They were gone.5 people died.", "5"),
    ("In Homs,5 people died.", "5"),
    ("See vol.3 Oxford.", "3"),
    ("He left at 7 p.m.5 Others came.", "5"),
    ("The population is 3,000.2 The rest left.", "3,000.2"),
]


@pytest.mark.parametrize(("text", "mark"), MARKS)
def test_a_mark_is_no_claim(text: str, mark: str) -> None:
    (reading,) = read([make("a", text)])
    found = {m.text: m.reason for m in reading.mentions}
    assert found[mark] == "footnote mark"
    assert not any(c.quantity is not None and c.quantity.text == mark for c in reading.claims)


@pytest.mark.parametrize(("text", "number"), NONE)
def test_other_digits_behind_a_stop_are_none(text: str, number: str) -> None:
    (reading,) = read([make("a", text)])
    assert {m.text: m.reason for m in reading.mentions}[number] != "footnote mark"


def test_a_sentence_ends_behind_its_mark() -> None:
    text = "It counted 765 patients waiting.1 The council met.”2 “All of us,” he said.[^3] Then they left."
    sentences = [text[span.start : span.end] for span in split(text)]
    assert sentences == [
        "It counted 765 patients waiting.1",
        "The council met.”2",
        "“All of us,” he said.[^3]",
        "Then they left.",
    ]
