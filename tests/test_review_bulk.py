"""Likely supported claims are shown with their rows and confirmed together; each is taken back alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimcheck.decisions import Journal, journal_file
from claimcheck.review.desk import Desk
from tests.desk_case import HERE, TestClient, client_of, lines
from tests.ordinary_case import build_ordinary


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return build_ordinary(tmp_path)


@pytest.fixture
def client(database: Path) -> Iterator[TestClient]:
    desk = Desk(database, Journal(journal_file(database)))
    yield client_of(desk)
    desk.close()


def shown(client: TestClient, least: str = "0.7") -> dict[str, str]:
    return dict(
        re.findall(r'name="claim\.([0-9a-f]+)" value="([^"]*)"', client.get(f"/likely?least={least}").text)
    )


def confirm(client: TestClient, claims: dict[str, str], least: str = "0.7") -> int:
    form = {f"claim.{claim_id}": seen for claim_id, seen in claims.items()}
    answer = client.post("/likely", data={"reviewer": "Amal", "least": least, **form}, headers=HERE)
    return int(answer.status_code)


def test_all_that_are_shown_are_confirmed_with_their_rows(client: TestClient, database: Path) -> None:
    claims = shown(client)
    assert len(claims) > 3
    assert set(shown(client, "0.95")) < set(claims)
    first, *rest = claims
    assert confirm(client, {name: claims[name] for name in rest}) == 303
    made = lines(database)
    assert {line["claim_id"] for line in made} == set(rest), "what is not ticked stays"
    assert {line["verdict"] for line in made} == {"supported"}
    assert any("row" in line for line in made), "which row it is, is kept where a row alone gives it"
    assert list(shown(client)) == [first]
    undo = {"kind": "undo", "undoes": made[0]["id"], "reviewer": "Amal"}
    client.post(f"/claim/{made[0]['claim_id']}/decide", data=undo, headers=HERE)
    assert set(shown(client)) == {first, made[0]["claim_id"]}


def test_what_is_less_likely_or_was_decided_is_left_alone(client: TestClient, database: Path) -> None:
    claims = shown(client)
    sure = shown(client, "0.95")
    assert confirm(client, claims, "0.95") == 303
    assert {line["claim_id"] for line in lines(database)} == set(sure)
    assert confirm(client, sure, "0.95") == 303
    assert len(lines(database)) == len(sure)
    assert confirm(client, {}) == 422


def test_the_queue_says_what_is_likely_and_a_key_confirms_it(client: TestClient, database: Path) -> None:
    page = client.get("/").text
    assert "Likely refuted" in page
    claim_id = re.findall(r'href="/claim/([0-9a-f]+)', page.split("Likely refuted")[0])[-1]
    one = client.get(f"/claim/{claim_id}").text
    assert 'data-key="l"' in one
    answer = client.post(
        f"/claim/{claim_id}/decide", data={"reviewer": "Amal", "kind": "likely"}, headers=HERE
    )
    assert answer.status_code == 303
    [made] = lines(database)
    assert (made["kind"], made["verdict"]) == ("override", "refuted")
