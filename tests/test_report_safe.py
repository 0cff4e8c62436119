"""What escaping leaves: hidden characters, addresses, cells, file names."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.report.safe import safe_url, spreadsheet_cell, visible


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  =", "\u200b="]
)
def test_no_cell_begins_like_a_formula(start: str) -> None:
    cell = spreadsheet_cell(f"{start}cmd|' /C calc'!A0")
    assert cell.startswith(("'", "[U+200B]"))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""), (True, "yes"), (False, "no"), (-5, "-5"), (Decimal("-1.50"), "-1.50"),
        (Decimal("1E+3"), "1000"),
        (date(2018, 1, 3), "2018-01-03"), ("plain = text", "plain = text"), ("-5", "'-5"), ("", ""),
        ("a\x00b", "a[U+0000]b"),
    ],
)  # fmt: skip
def test_other_cells(value: object, cell: str) -> None:
    assert spreadsheet_cell(value) == cell


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, naïve – “quoted”", "plain text, naïve – “quoted”"),
        ("الشبكة السورية", "الشبكة السورية"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner that Persian needs
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("pay\u200dpal", "pay[U+200D]pal"),
        ("\u202eevil\u2066", "[U+202E]evil[U+2066]"),
        ("a\x1b[31m", "a[U+001B][31m"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("a\rb", "a[U+000D]b"),
        ("\ufeffa\u3164\U000e0041", "[U+FEFF]a[U+3164][U+E0041]"),
    ],
)
def test_hidden_characters(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(categories=("Cc", "Cf", "Cs", "Lu", "Zl", "Zp"))))
def test_what_is_shown_holds_no_control_character(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", visible(text))


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://example.org", "data:text/html,x",
        "https://", "//example.org", "ftp://example.org", "https://example.org/a b", "https://user@evil.org",
        "https://example.org/\u202e", "https://[", "java\nscript:alert(1)", 'https://example.org/"onclick',
        "https://example.org/\\evil", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_other_addresses_get_no_link(url: str | None) -> None:
    assert safe_url(url) is None


