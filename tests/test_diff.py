"""`claimcheck diff` and `claimcheck reference gaps`, on a database that two real runs filled."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from claimcheck.cli.app import app
from claimcheck.model import Document, Link
from claimcheck.review.desk import Desk
from tests.desk_case import client_of
from tests.reader import ROOT
from tests.review_case import build, journal
from tests.sample_builder import Builder, verdict

TEXT = "Geneva IX opened in Vienna on 25 January 2018. In March 2018, 40 trucks reached Tarn.\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs over one document; in between, a row of the tables gets another date."""
    folder = tmp_path_factory.mktemp("diff")
    shutil.copytree(ROOT / "reference_data", folder / "reference")
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    database = folder / "claims.duckdb"
    check = ("check", folder / "text.txt", "--reference", folder / "reference", "--database", database)
    assert run(*check).exit_code == 0
    events = folder / "reference" / "events.csv"
    rows = re.sub(r"(?m)^(E009,.*?)2018-01-25,2018-01-26", r"\g<1>2018-01-27,2018-01-28",
                  events.read_text(encoding="utf-8"))  # fmt: skip
    events.write_text(rows, encoding="utf-8")
    assert run(*check).exit_code == 0
    return database


def test_a_changed_row_is_named(database: Path) -> None:
    done = run("diff", "previous", "latest", "--database", database, "--format", "json")
    assert done.exit_code == 0, done.output
    (change,) = json.loads(done.stdout)
    assert (change["before"], change["after"]) == ("supported", "refuted")
    assert (change["reason_before"], change["reason_after"]) == ("exact", "date_mismatch")
    assert change["rows"][0] == "- events:E009 supports (2018-01-25 to 2018-01-26)"


def test_a_claim_that_is_read_anew_is_one_change(database: Path, tmp_path: Path) -> None:
    """The same words of the same document, with another number: one claim, not one lost and one gained."""
    text = tmp_path / "text.txt"
    found = []
    for number in ("142", "152"):
        sentence = f"In January 2018, Russian forces killed {number} civilians in Syria.\n"
        text.write_text(sentence, encoding="utf-8")
        check = ("check", text, "--reference", ROOT / "reference_data", "--database", tmp_path / "c.duckdb")
        found.append(run(*check).exit_code)
    done = run("diff", "previous", "latest", "--database", tmp_path / "c.duckdb", "--format", "json")
    (change,) = json.loads(done.stdout)
    assert found == [0, 0]
    assert (change["before"], change["after"]) == ("supported", "refuted")
    assert re.search(r"\[142, 142\].* -> .*\[152, 152\]", change["reading"])
    assert change["rows"] == ["- figures:F098 supports (142)", "+ figures:F098 refutes (142)"]


def test_gaps_name_the_link_that_failed(database: Path) -> None:
    done = run("reference", "gaps", "--database", database, "--format", "json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert [g["link"] for g in found if "truck" in (g["measure"] or "")] == ["measure"]
    assert sum(g["claims"] for g in found) >= 1


# --- Rows that are wanted, those that can be added first ---


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
