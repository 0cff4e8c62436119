"""Bytes that are no UTF-8: which encoding they are taken for, where statistics say little."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.documents.decoding import decode


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("It cost £500 million and €20 million, said the mayor’s office – 40 houses burned.\n", "cp1252"),
        ("He paid £5.", "cp1252"),
        ("Price: £1,200. “Yes,” he said.", "cp1252"),
        ("A naïve man left a café with 3 friends at 5° below zero, ½ of them in façade.", "latin-1"),
        ("Die Bürger zählten 30 Tote in München, über 40 Verletzte.", "cp1252"),
        ("Żółć gęślą jaźń w Łodzi było 30 osób", "cp1250"),
        ("Москва: 30 человек погибли в городе", "cp1251"),
        ("30 people: مقتل ثلاثين شخصا في حلب", "cp1256"),
    ],
)
def test_text_in_an_older_encoding_keeps_its_currencies_and_quotes(text: str, written: str) -> None:
    """A pound that is read as a letter is money lost, so what is mostly English is Windows-1252."""
    expected = "cp1252" if written == "latin-1" else written
    assert decode(Path("a.txt"), text.encode(written)) == (text, expected)
