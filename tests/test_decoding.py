"""Bytes that are no UTF-8: which encoding they are taken for, where statistics say little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from claimcheck.documents.decoding import decode
from claimcheck.documents.extracted import DocumentError
from tests.reader import gold


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("It cost £500 million and €20 million, said the mayor’s office – 40 houses burned.\n", "cp1252"),
        ("Price: £1,200. “Yes,” he said.", "cp1252"),
        ("A naïve man left a café with 3 friends at 5° below zero, ½ of them in façade.", "latin-1"),
        ("Żółć gęślą jaźń w Łodzi było 30 osób", "cp1250"),
        ("30 people: مقتل ثلاثين شخصا في حلب", "cp1256"),
    ],
)
def test_text_in_an_older_encoding_keeps_its_currencies_and_quotes(text: str, written: str) -> None:
    """A pound that is read as a letter is money lost, so what is mostly English is Windows-1252."""
    expected = "cp1252" if written == "latin-1" else written
    assert decode(Path("a.txt"), text.encode(written)) == (text, expected)


RUSSIAN = (
    "В результате обстрела города погибли 30 человек, ещё 45 были ранены. Об этом в среду сообщил "
    "представитель администрации области. В больницах остаются 12 пострадавших, в том числе трое детей."
)


@pytest.mark.parametrize(
    ("text", "written", "recorded"),
    [
        ("Slobodan Milošević was tried in The Hague.", "iso8859-2", "cp1250, perhaps iso8859-2"),
        (RUSSIAN, "mac-cyrillic", "mac-cyrillic, perhaps cp1251"),
    ],
)
def test_a_guess_that_may_be_wrong_says_what_else_it_may_be(text: str, written: str, recorded: str) -> None:
    """Encodings that share most letters, and too few of the others to tell which."""
    found, encoding = decode(Path("a.txt"), text.encode(written))
    assert encoding == recorded
    assert found[:13] == text[:13]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(RUSSIAN.encode()[:-1] + b"\xd0", RUSSIAN[:-1] + ".\ufffd", id="cut off in a letter"),
        pytest.param(RUSSIAN.encode() + b" \x96 30", RUSSIAN + " \ufffd 30", id="one stray byte"),
    ],
)
def test_utf_8_with_a_damaged_character_stays_utf_8(data: bytes, text: str) -> None:
    """Taken for another encoding because of it, the whole text would be unreadable."""
    found, encoding = decode(Path("a.txt"), data)
    assert encoding == "utf-8, undecodable bytes replaced"
    assert found.replace(".", "") == text.replace(".", "")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(DocumentError, match="save it as UTF-8"):
        decode(Path("a.txt"), bytes(range(256)) * 40)


KNOWN = {
    "el cp1253 after English", "el iso8859-7 after English", "ar cp1256 after English", "lt cp1257 40",
    "tr iso8859-9 after English", "tr cp1254 after English",
}  # fmt: skip


def encoded() -> Iterator[tuple[str, str, str]]:
    """Texts, a name and the encoding: each whole and its beginnings, some at the end of an English page."""
    page = "The paper put the toll at 30 and named the dead on its first page the day after. " * 20
    for row in gold("encodings")["text"]:
        for encoding in row["encodings"]:
            name = f"{row['language']} {encoding}"
            for length in (None, 80, 40):
                yield f"{name} {length or 'whole'}", row["text"][:length], encoding
            if row["language"] in ("ru", "pl", "ar", "el", "fr", "tr"):
                yield f"{name} after English", page + row["text"], encoding


def read_back(text: str, encoding: str) -> str:
    try:
        return decode(Path("a.txt"), text.encode(encoding))[0]
    except DocumentError:
        return ""


def test_texts_of_many_languages_come_back_as_they_were() -> None:
    """Twenty-two languages in thirty-odd encodings; a page of English with a little else is the hard one."""
    found = list(encoded())
    assert len(found) > 130
    assert {name for name, text, encoding in found if read_back(text, encoding) != text} <= KNOWN
