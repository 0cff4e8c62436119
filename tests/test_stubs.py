"""Rows that are wanted, as CSV in a package's own columns."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimcheck.cli.app import app
from claimcheck.model import Document, Link
from claimcheck.reference.problems import PackageError
from claimcheck.reference.stubs import Wanted, stub
from claimcheck.review.desk import Desk
from tests.desk_case import client_of
from tests.reference_case import write
from tests.review_case import REFERENCE, build, journal
from tests.sample_builder import Builder, verdict

STOCK, TOTAL = "patients needing medical evacuation", "civilians killed"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_is_filled_in_as_far_as_it_is_known() -> None:
    first, last = date(2018, 1, 1), date(2018, 1, 31)
    made = stub(REFERENCE, [Wanted(STOCK, "places:P002", first, last), Wanted(TOTAL, "Aleppo", first, None)])
    header = (REFERENCE / "figures.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    stock, total = rows(made.text)
    assert made.file == "figures.csv"
    assert list(stock) == header
    assert {k: v for k, v in stock.items() if v} == {
        "measure": STOCK, "place_id": "P002", "as_of": "2018-01-31",
    }  # fmt: skip
    assert {k: v for k, v in total.items() if v} == {
        "measure": TOTAL, "place_id": "Aleppo", "period_start": "2018-01-01",
    }  # fmt: skip


def test_what_the_package_does_not_measure_is_no_row() -> None:
    assert rows(stub(REFERENCE, [Wanted("goats seen", None, None, None)]).text) == []


def test_a_package_without_such_a_table_says_so(tmp_path: Path) -> None:
    place = write(
        tmp_path, {"datapackage.json": [('"measure": "what"', '"measure": {"constant": "homes lost"}')]}
    )
    with pytest.raises(LookupError, match="no table of figures with a column for the measure"):
        stub(place, [])
    with pytest.raises(PackageError):
        stub(tmp_path / "nowhere", [])


def gaps(folder: Path) -> Path:
    text = "In May 2018 300 patients needed evacuation from Aleppo. 12 goats crossed. It happened on Monday."
    b = Builder(Document(id="gaps.txt", text=text))
    missing, unread = (
        verdict("not_enough_evidence", reason, "No row.") for reason in ("no_reference", "no_measure")
    )
    many = b.number("300", value="300", low="300", high="300", kind="number", noun="patient")
    b.claim(
        "In May 2018 300 patients needed evacuation from Aleppo", verdict=missing, quantity=many,
        measure=STOCK, place=Link("Aleppo", "places:P031"),
        time=b.when("May 2018", "2018-05-01", "2018-05-31"),
    )  # fmt: skip
    for n in range(3):  # more often wanted, and yet no row
        b.claim(f"{'12 goats crossed'[: 16 - n]}", verdict=unread, measure=None, kind="quantity")
    return build(folder, [b.checked()])


def test_a_row_that_can_be_added_leads_and_failures_of_reading_stand_apart(tmp_path: Path) -> None:
    database = gaps(tmp_path)
    run = CliRunner().invoke
    found = json.loads(
        run(app, ["reference", "gaps", "--database", str(database), "--format", "json"]).output
    )
    assert (found[0]["measure"], found[0]["first_day"], found[0]["last_day"]) == (
        STOCK,
        "2018-05-01",
        "2018-05-31",
    )
    assert found[-1]["measure"] is None
    done = run(app, ["reference", "gaps", "--database", str(database), "--stub", str(REFERENCE)])
    [row] = rows(done.output)
    assert (row["measure"], row["place_id"], row["as_of"]) == (STOCK, "P031", "2018-05-31")
    desk = Desk(database, journal(database))
    client = client_of(desk)
    page = client.get("/gaps").text
    assert ">3 not linked</a>" in page
    assert "May 2018" in page
    answer = client.get("/gaps.csv?package=syria-2018")
    assert client.get("/?state=all&stage=not_linked").text.count('class="item"') == 3
    missing = client.get("/gaps.csv?package=..")
    desk.close()
    assert answer.headers["content-disposition"] == 'attachment; filename="wanted-figures.csv"'
    assert rows(answer.text) == [row]
    assert missing.status_code == 404
