"""A line of JSON Lines: short ones and long ones give the same fields, and other fields cost nothing."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.documents import jsonline, sandbox
from claimcheck.documents.extracted import DocumentError
from claimcheck.documents.files import Unreadable, read_all
from claimcheck.documents.limits import GROWTH, memory
from claimcheck.model import Document

PATH = Path("a.jsonl")
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
KEYS = st.sampled_from(["id", "text", "about", "x", "é", "}", '"', "\\"]) | st.text(max_size=3)


@given(st.dictionaries(KEYS, ANY), st.booleans(), st.sampled_from([None, 1]))
def test_a_long_line_is_read_as_a_short_one(row: dict[str, object], plain: bool, indent: int | None) -> None:
    content = json.dumps(row, ensure_ascii=plain, indent=indent)
    expected = {key: row[key] for key in jsonline.FIELDS if key in row}
    assert jsonline.fields_of(PATH, 2, content.replace("\n", " ").encode()) == expected
    assert jsonline._known(content) == expected


@pytest.mark.parametrize(
    "content",
    ["", "{", '{"id"', '{"id":', '{"id": 1', '{"x": [1, {"y": 2}', '{"x": "', '{"x": 1 "y": 2}', '{"x": 1} 2',
     '{"x": ]}', "{1: 2}", '{"x" 1}', "[", "nonsense", '{"id": "a",, "text": "b"}', '{"x": }'],
)  # fmt: skip
def test_what_is_no_json_is_refused_at_its_place(content: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        jsonline._known(content)


def long_line(more: str) -> bytes:
    return f'{{"id": "a", "text": "On 3 May 2016 21 people died.", "x": [{more}]}}\n'.encode()


def test_brackets_without_end_cost_this_process_nothing(tmp_path: Path) -> None:
    nested = "[" * 900 + "]" * 900
    (tmp_path / "a.jsonl").write_bytes(long_line(",".join([nested] * 11_000)) + b'{"id": "b", "text": "5"}\n')
    before, begin = memory(), time.monotonic()
    first, second = read_all([tmp_path])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.id, first.text, first.line, second.line) == ("a", "On 3 May 2016 21 people died.", 1, 2)
    assert memory() - before < 200_000_000
    assert time.monotonic() - begin < 60


def test_a_field_that_takes_too_much_is_refused_with_its_line(tmp_path: Path) -> None:
    about = ",".join(["[" * 90 + "]" * 90] * 110_000)
    file = tmp_path / "a.jsonl"
    file.write_bytes(
        b'{"id": "b", "text": "5"}\n' + f'{{"id": "a", "text": "5", "about": [{about}]}}\n'.encode()
    )
    before = memory()
    _, bad = read_all([tmp_path])
    assert isinstance(bad, Unreadable)
    assert str(bad.error).startswith(f"{file}, line 2: needs more than 768 MB of memory to read; split")
    assert memory() - before < GROWTH


def test_errors_of_a_long_line_come_back_whole() -> None:
    padding = b" " * jsonline.LONG
    with pytest.raises(DocumentError, match=r"a\.jsonl, line 7, column 1000002: is not valid JSON"):
        sandbox.fields_of(PATH, 7, padding + b'{"id" 1}'.replace(b'"id" ', b""))
    with pytest.raises(DocumentError, match=r"line 7, column 1000001: is not UTF-8"):
        sandbox.fields_of(PATH, 7, padding + b"\xff{}")
    with pytest.raises(DocumentError, match="must be an object"):
        sandbox.fields_of(PATH, 7, padding + b'"a"')
