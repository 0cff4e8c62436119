"""What a person or a page says about a document: its day as it is written, and where it was published."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from claimcheck.documents.extracted import DocumentError
from claimcheck.documents.files import read
from claimcheck.model import Document

PAGE = "https://example.org/2018/letter"


def only(path: Path) -> Document:
    (document,) = read(path)
    return document


@pytest.mark.parametrize(
    "written",
    [
        "2018-01-31",
        "2018-01-31T10:00:00Z",
        "2018-01-31T10:00:00+03:00",
        "2018-01-31T23:30:00-05:00",
        "2018-01-31T00:30+0300",
        "2018-01-31 10:00:00 +0100",
        "2018-01-31 10:00",
        "2018-01-31T10:00:00.123456Z",
        "'2018-01-31T10:00:00Z'",
    ],
)
def test_a_day_may_carry_its_time(tmp_path: Path, written: str) -> None:
    """As Hugo, Jekyll and archives write it. The day is the writer's own, not that of another time zone."""
    path = tmp_path / "a.md"
    path.write_text(f"---\ndate: {written}\n---\n40 houses burned.")
    assert (only(path).date, only(path).date_origin) == (date(2018, 1, 31), "given")


@pytest.mark.parametrize(
    "written",
    ["2018-01-31T25:00:00Z", "2018-02-30T10:00:00Z", "2018-01-31T", "2018-01-31Z", "2018-01-31T10",
     "2018-01-31T10:00:00+99:00", "20180131T100000Z", "2018-W05-3"],
)  # fmt: skip
def test_a_moment_that_is_none_is_refused_with_its_line(tmp_path: Path, written: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ntitle: x\ndate: {written}\n---\nText")
    with pytest.raises(DocumentError) as refused:
        only(path)
    error = refused.value
    assert (error.line, error.column, error.value) == (3, "date", written)
    assert "YYYY-MM-DD (a time of day may follow)" in str(error)


@pytest.mark.parametrize("written", ["2018-01-31T23:30:00-05:00", "2018-01-31 23:30:00", "2018-01-31"])
def test_a_side_car_s_moment_is_its_day(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.txt").write_text("40 houses burned.")
    (tmp_path / "a.txt.meta.toml").write_text(f"date = {written}\n")
    assert only(tmp_path / "a.txt").date == date(2018, 1, 31)
    (tmp_path / "a.txt.meta.json").write_text(json.dumps({"date": written}))
    assert only(tmp_path / "a.txt").date == date(2018, 1, 31)


@pytest.mark.parametrize(
    ("name", "content", "beside"),
    [
        ("a.md", f"---\naddress: {PAGE}\n---\n40 houses burned.", None),
        ("a.txt", "40 houses burned.", json.dumps({"address": PAGE})),
        ("a.jsonl", json.dumps({"id": "a", "text": "40 houses burned.", "address": PAGE}), None),
        ("a.html", f'<head><link rel="canonical" href="{PAGE}"></head><p>40 houses burned.</p>', None),
        ("a.html", f'<head><meta property="og:url" content="{PAGE}"></head><p>40 houses burned.</p>', None),
        ("a.html", '<link rel="canonical" href="/letter"><p>40 burned.</p>', json.dumps({"address": PAGE})),
    ],
)
def test_where_a_document_was_published(tmp_path: Path, name: str, content: str, beside: str | None) -> None:
    (tmp_path / name).write_text(content)
    if beside is not None:
        (tmp_path / f"{name}.meta.json").write_text(beside)
    assert only(tmp_path / name).address == PAGE
