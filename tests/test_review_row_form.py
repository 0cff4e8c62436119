"""Rows from the desk: what the form knows, what a row would decide, how it is written and taken back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from claimcheck.model import Document
from claimcheck.pipeline import Checker
from claimcheck.review import row_form
from claimcheck.review.desk import Desk
from claimcheck.store.snapshots import publish_snapshot
from tests.desk_case import HERE, TestClient, client_of
from tests.inbox_case import hold
from tests.review_case import REFERENCE, journal

TEXT = "In Douma 377 patients needed medical evacuation on 3 March 2013."
CELLS = {"cell.best": "377", "cell.unit": "people", "cell.source_id": "S072", "cell.confidence": "seen"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rows")
    shutil.copytree(REFERENCE, folder / "package")
    with Checker([folder / "package"], folder / "claims.duckdb") as checker:
        document = Document(id="w.txt", text=TEXT, date=date(2013, 3, 9))
        checker.save(checker.new_run(), checker.check([document]))
        publish_snapshot(checker.store)
    return folder


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    desk = Desk(folder / "claims.duckdb", journal(folder / "claims.duckdb"))
    yield client_of(desk)
    desk.close()
    assert (folder / "package" / "figures.csv").read_bytes() == (REFERENCE / "figures.csv").read_bytes()
    assert (folder / "package" / "sources.csv").read_bytes() == (REFERENCE / "sources.csv").read_bytes()


def filled(client: TestClient, address: str) -> dict[str, str]:
    """The fields of the form at an address, as it fills them in."""
    page = client.get(address).text.split('id="row"', 1)[1]
    return dict(re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', page))


def gap(client: TestClient) -> str:
    [address] = re.findall(r'href="(/row\?[^"]+)"', client.get("/gaps").text)
    return str(address).replace("&amp;", "&")


def send(client: TestClient, form: dict[str, str], kind: str) -> str:
    answer = client.post("/row", data={"reviewer": "Amal", **form, "kind": kind}, headers=HERE)
    if answer.status_code == 303:
        answer = client.get(answer.headers["location"])
    return str(answer.text)


def test_a_gap_becomes_a_row_that_decides_its_claim_and_is_taken_back(
    client: TestClient, folder: Path
) -> None:
    assert "figures F004" in client.get("/gaps").text  # the nearest row
    form = filled(client, gap(client)) | {"cell.measure": "patients needing medical evacuation"}
    assert (form["cell.figure_id"], form["cell.place_id"], form["cell.best"]) == ("F107", "P001", "")
    form |= {**CELLS, "cell.as_of": "2013-03-03", "cell.period_start": "", "cell.period_end": ""}
    before = (folder / "package" / "figures.csv").read_bytes()
    page = send(client, form, "preview")
    assert re.search(r'data-h="Now">open</td><td data-h="With the row"><b>supported</b>', page)
    assert (folder / "package" / "figures.csv").read_bytes() == before
    page = send(client, form, "write")
    assert "Amal</bdi> <bdi>added a row of figures (figures.csv, line 92)" in page
    assert re.search(r"1 document judged again: \d verdicts? changed", page)
    assert (folder / "package" / "figures.csv").read_bytes().startswith(before)
    assert "Every claim met a row" in client.get("/gaps").text
    assert "supported" in client.get("/?state=all").text.lower()
    [edit] = re.findall(r'name="undoes" value="(\w+)"', page)[:1]
    assert "Taken back" in send(client, {"undoes": edit}, "undo")
    assert "taken back already" in send(client, {"undoes": edit}, "undo")


def test_a_row_is_mended_from_a_claim_s_card_with_a_new_source(client: TestClient, folder: Path) -> None:
    [claim] = re.findall(r"/claim/(\w+)", gap(client).replace("claim=", "/claim/"))
    page = client.get(f"/claim/{claim}").text
    [address] = re.findall(r'href="(/row\?claim=[^"]+row=F004)"', page)
    form = filled(client, address.replace("&amp;", "&"))
    assert form["cell.figure_id"] == "F004"
    assert "Nothing is changed" in send(client, form, "preview")
    form |= {"cell.notes": "seen again", "source.title": "A list", "source.consulted": "full text"}
    page = send(client, form, "write")
    assert "mended figures F004" in page
    assert ",S169,seen,seen again\n" in (folder / "package" / "figures.csv").read_text("utf-8")
    assert "\nS169,A list,,,,,,full text,\n" in (folder / "package" / "sources.csv").read_text("utf-8")
    [edit] = re.findall(r'name="undoes" value="(\w+)"', page)[:1]
    assert "Taken back" in send(client, {"undoes": edit}, "undo")


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"cell.best": "7O"}, 'figures.csv:92, column "best": &#39;7O&#39;: not an integer'),
        ({"cell.source_id": ""}, 'column "source_id": &#39;&#39;: every row names where it comes from'),
        ({"mark": "0" * 12}, "figures.csv was changed while you looked"),
        ({"table": "goats"}, "the package has no table &#39;goats&#39;"),
        ({"row": "F999"}, "no row has the key &#39;F999&#39;"),
        ({"reviewer": ""}, "Say who you are"),
    ],
)
def test_what_cannot_be_written_is_named(client: TestClient, cells: dict[str, str], says: str) -> None:
    known = filled(client, "/row?table=figures") | CELLS
    form = known | {"cell.measure": "people killed", "cell.as_of": "2012-01-01", **cells}
    page = send(client, form, "write")
    assert says.replace('"', "&#34;") in page


def test_where_a_package_is_not_here_nothing_is_written(client: TestClient, folder: Path) -> None:
    """Publishing the others would take it out of the database."""
    form = filled(client, "/row?table=figures") | CELLS
    away = (folder / "package").rename(folder / "away")
    try:
        for kind in ("write", "undo"):
            page = send(client, form, kind)
            assert "the folder of the package &#39;syria-2018&#39; is not here" in page
            assert "Nothing was written" in page
    finally:
        away.rename(folder / "package")


def test_while_a_run_goes_on_the_row_waits_for_the_next(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_form, "WAIT", 0.0)
    form = filled(client, "/row?table=figures") | CELLS | {"cell.measure": "people killed"}
    with hold(folder, 60) as holder:
        page = send(client, form | {"cell.as_of": "2012-01-01"}, "write")
        assert "A run is going on: the next one publishes the package" in page
        [edit] = re.findall(r'name="undoes" value="(\w+)"', page)[:1]
        assert "Taken back" in send(client, {"undoes": edit}, "undo")
        holder.kill()
