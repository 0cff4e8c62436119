"""The desk by HTTP: its queue and its pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from claimcheck.review.desk import Desk
from claimcheck.review.queue import Filters
from tests.desk_case import PATIENTS, TestClient, client_of, order, post, refuted, rerun
from tests.review_case import build, decision, echo, journal
from tests.store_cases import harbour


def test_the_gravest_claims_come_first(desk: Desk) -> None:
    with desk.open() as opened:
        rows = opened.page(Filters())
    keys = [(row["verdict"] if row["judged"] else "none", row["near"]) for row in rows]
    grave = ["refuted", "conflicting_evidence", "not_enough_evidence", "supported", "none"]
    assert [k for k, _ in keys] == sorted((k for k, _ in keys), key=grave.index)
    undecided = [near for key, near in keys if key == "not_enough_evidence"]
    assert undecided == sorted(undecided, reverse=True)
    assert {k for k, _ in keys} >= {"refuted", "conflicting_evidence", "supported", "none"}


def test_of_open_claims_those_come_first_whose_row_has_another_number(tmp_path: Path) -> None:
    database = build(tmp_path)
    met = [harbour("as the row", 12), harbour("otherwise", 40)]
    undecided = {"verdict": "not_enough_evidence", "reason": "not_firm"}
    stated = {e: replace(e, relation="neutral") for c in met for v in c.verdicts.values() for e in v.evidence}
    documents = [
        replace(c, verdicts={
            i: replace(v, **undecided, evidence=tuple(stated[e] for e in v.evidence))
            for i, v in c.verdicts.items()
        })
        for c in met
    ]  # fmt: skip
    rerun(database, documents, 7)
    desk = Desk(database, journal(database))
    with desk.open() as opened:
        found = [row["doc_id"] for row in opened.page(Filters())]
    desk.close()
    assert found.index("otherwise") < found.index("as the row")


@pytest.mark.parametrize(
    ("query", "some"),
    [
        ("?text=Hadieh", 1),
        ("?text=Hadieh&state=all", 2),
        ("?verdict=refuted", 2),
        ("?measure=medical+evacuation", 2),
        ("?since=2018-01-26&until=2018-01-26&document=relief", 1),
        ("?text=%27%3B+DROP+TABLE+queue%3B--", 0),
        ("?text=%25", 0),
    ],
)
def test_filters_narrow_the_queue(client: TestClient, query: str, some: int) -> None:
    assert len(order(client, query)) == some


@pytest.mark.parametrize(
    "query",
    ["?page=0", "?page=-1", "?page=999999", "?page=1e9", "?page=²", "?state=x", "?verdict=x", "?since=soon",
     "?text=" + "a" * 5000, "?text=%FF%00", "?document=%F0%9F%92%A9", "?until=0001-01-01"],
)  # fmt: skip
def test_odd_addresses_show_a_page(client: TestClient, query: str) -> None:
    assert client.get("/" + query).status_code == 200


@pytest.mark.parametrize("query", ["?state=all&text=syria", ""])
def test_next_and_previous_go_through_the_queue_in_its_order(
    database: Path, desk: Desk, client: TestClient, query: str
) -> None:
    supported = echo().reading.claims[0]
    for name, verdict in (("Amal", "refuted"), ("Basma", "supported")):
        post(client, supported, kind="override", verdict=verdict, reviewer=name)
    filters = Filters.of(dict(p.split("=") for p in query.removeprefix("?").split("&") if p))
    ids = order(client, query)
    with desk.open() as opened:
        assert len(ids) == opened.counts(filters)["matching"] > 1
        around = [opened.neighbours(opened.claim(one), filters) for one in ids]
    assert around == list(zip(ids[-1:] + ids[:-1], ids[1:] + ids[:1], strict=True))


def test_a_claim_s_page_tells_all(client: TestClient) -> None:
    page = client.get(f"/claim/{PATIENTS.claim_id}").text
    for words in (
        "765",
        "the talks",
        "patients needing medical evacuation",
        "<svg",
        "Relief desk",
        "refutes",
    ):
        assert words in page


def test_a_document_without_a_claim_has_a_page(tmp_path: Path) -> None:
    quiet = replace(echo(), reading=replace(echo().reading, claims=()), verdicts={})
    desk = Desk(build(tmp_path, [quiet]), journal(tmp_path / "claims.duckdb"))
    page = client_of(desk).get("/document?id=echo.txt")
    desk.close()
    assert page.status_code == 200
    assert "0 of 0 claims reviewed" in page.text


@pytest.mark.parametrize(
    "path",
    ["/claim/zzzz", "/claim/0000000000000000", "/claim/", "/document?id=nothing", "/document", "/static/",
     "/static/..%2f..%2fdecisions.jsonl", "/static/serve.py", "/../../etc/passwd", "/decisions.jsonl",
     "/claim/%2e%2e%2f%2e%2e", "/claim/" + "a" * 9000],
)  # fmt: skip
def test_what_is_not_there_is_not_there(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_the_history_says_what_changed_and_why(tmp_path: Path) -> None:
    database = build(tmp_path, [echo()])
    [claim] = echo().reading.claims
    rerun(database, [refuted(echo())], 2)
    gone = replace(claim, claim_id="beefbeefbeefbeef", text="no such words", start=9000, end=9001)
    journal(database).append(decision(gone, "echo.txt", "dismiss"))
    desk = Desk(database, journal(database))
    page = client_of(desk).get("/history").text
    desk.close()
    assert "the rules by which texts are read" in page
    assert "the same rows, read or compared otherwise" in page
    assert re.search(r"Supported</span> → <span[^>]*>.*?Refuted</span>", page)
    assert claim.claim_id in page
    assert "no such words" in page
