"""Rows that are wanted, those that can be added first."""

from __future__ import annotations

import json
import re
from pathlib import Path

from typer.testing import CliRunner

from claimcheck.cli.app import app
from claimcheck.model import Document, Link
from claimcheck.review.desk import Desk
from tests.desk_case import client_of
from tests.review_case import build, journal
from tests.sample_builder import Builder, verdict

STOCK = "patients needing medical evacuation"


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
    desk = Desk(database, journal(database))
    client = client_of(desk)
    page = client.get("/gaps").text
    assert ">3 not linked</a>" in page
    assert "May 2018" in page
    assert client.get("/?state=all&stage=not_linked").text.count('class="item"') == 3
    address = re.findall(r'href="(/row[^"]+)"', page)[0].replace("&amp;", "&")
    form = dict(re.findall(r'name="(cell[^"]+)" value="([^"]+)"', client.get(address).text))
    desk.close()
    assert form == {
        "cell.figure_id": "F107", "cell.measure": STOCK, "cell.place_id": "P031", "cell.as_of": "2018-05-31"
    }  # fmt: skip
