"""A reviewer says which row a claim means: offered with its verdict, recorded, found by words, taken back."""

from __future__ import annotations

import html
import re
from pathlib import Path

from claimcheck.pipeline import Checker
from claimcheck.review.desk import Desk
from claimcheck.store import latest_snapshot, open_store
from tests.desk_case import PATIENTS, TestClient, built, client, database, desk, lines, mark, post
from tests.reader import ROOT

__all__ = ["built", "client", "database", "desk"]
PAGE = f"/claim/{PATIENTS.claim_id}"


def offered(text: str) -> list[str]:
    """What the buttons that choose a row say."""
    return [html.unescape(v) for v in re.findall(r'name="row" value="([^"]*)"', text)]


def chosen(client: TestClient, value: str, **form: str) -> int:
    return int(post(client, row=value, seen=mark(client, PATIENTS), **form).status_code)


def test_each_row_says_which_verdict_follows_from_it(client: TestClient) -> None:
    page = client.get(PAGE).text
    assert "medical evacuation</bdi></b>, <bdi>Eastern Ghouta</bdi>, " in page, "the row's place"
    verdicts = {v.split("\t")[2]: v.split("\t")[4] for v in offered(page)}
    assert verdicts["F010"] == "refuted", "765 claimed, 502 in the row"
    assert set(verdicts.values()) <= {"supported", "refuted"}


def test_a_row_is_recorded_with_its_verdict_and_taken_back(client: TestClient, database: Path) -> None:
    value = next(v for v in offered(client.get(PAGE).text) if "\tF010\t" in v)
    assert chosen(client, value) == 303
    [made] = lines(database)
    assert (made["kind"], made["verdict"]) == ("row", "refuted")
    assert made["row"]["rows"][0]["row_id"] == "F010"
    assert made["row"]["digest"]
    assert "Row chosen by Amal" in client.get(PAGE).text
    assert post(client, kind="undo", undoes=made["id"]).status_code == 303
    assert "Row chosen by Amal" not in client.get(PAGE).text


def test_a_row_that_says_otherwise_by_now_is_not_recorded(client: TestClient, database: Path) -> None:
    value = next(v for v in offered(client.get(PAGE).text) if "\tF010\t" in v)
    assert chosen(client, value.replace("refuted", "supported")) == 409
    assert chosen(client, "nothing\tfigures\tF000\t\trefuted") == 409
    assert lines(database) == []


def test_rows_are_found_by_words_with_and_without_script(client: TestClient) -> None:
    part = client.get(f"{PAGE}/rows", params={"find": "502 ghouta"}).text
    assert any("\tF010\t" in v for v in offered(part))
    assert "<html" not in part
    page = client.get(PAGE, params={"find": "502 ghouta", "state": "all"}).text
    assert 'name="state" value="all"' in page, "the search keeps the filters"
    assert set(offered(part)) <= set(offered(page))
    assert "No row of the tables has all of these words" in client.get(f"{PAGE}/rows?find=xyzzy").text
    assert client.get(f"{PAGE}/rows?find=%27%3B--").status_code == 200


def test_the_database_and_the_views_name_the_row(client: TestClient, database: Path, desk: Desk) -> None:
    value = next(v for v in offered(client.get(PAGE).text) if "\tF010\t" in v)
    chosen(client, value)
    desk.close()
    with Checker([ROOT / "reference_data"], database) as check:  # a check takes decisions in
        assert list(check.kept([])) == []
    with open_store(latest_snapshot(database), read_only=True) as store:
        [told] = store.rows("SELECT resource, row_id, row_answers FROM decisions")
        assert told == {"resource": "figures", "row_id": "F010", "row_answers": True}
        [claim] = store.rows("SELECT reviewed_row, verdict_final FROM claims WHERE review = 'answered'")
    assert claim == {"reviewed_row": "figures:F010", "verdict_final": "refuted"}
