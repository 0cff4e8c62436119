"""Marks of footnotes count nothing and end the sentence that they stand behind."""

from __future__ import annotations

from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.documents.sentences import split
from tests.reader import of_all

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


@of_all(MARKS)
def test_a_mark_is_no_claim(text: str, mark: str) -> None:
    (reading,) = read([make("a", text)])
    found = {m.text: m.reason for m in reading.mentions}
    assert found[mark] == "footnote mark"
    assert not any(c.quantity is not None and c.quantity.text == mark for c in reading.claims)


def test_a_sentence_ends_behind_its_mark() -> None:
    text = "It counted 765 patients waiting.1 The council met.”2 “All of us,” he said.[^3] Then they left."
    sentences = [text[span.start : span.end] for span in split(text)]
    assert sentences == [
        "It counted 765 patients waiting.1",
        "The council met.”2",
        "“All of us,” he said.[^3]",
        "Then they left.",
    ]
