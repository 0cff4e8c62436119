"""The desk's gaps, history and faults: what stands beside the queue and the claims."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from claimcheck.model import Document, Link
from claimcheck.review import history_page
from claimcheck.review.app import make_app
from claimcheck.review.desk import Desk
from claimcheck.review.marked import own_pieces
from claimcheck.review.security import HEADERS
from claimcheck.review.serve import host_names
from tests.desk_case import HOST, TestClient, client_of
from tests.review_case import build, echo, journal
from tests.sample_builder import Builder, verdict


def test_a_fault_of_the_desk_is_a_page_under_the_same_policy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = build(tmp_path, [])
    desk = Desk(database, journal(database))
    app = make_app(desk, host_names("127.0.0.1", 8712))
    client = TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False)
    monkeypatch.setattr(history_page, "runs", lambda desk: 1 / 0)
    answer = client.get("/history")
    desk.close()
    assert answer.status_code == 500
    assert "The desk made a mistake" in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]
    assert "ZeroDivisionError" not in answer.text


def test_gaps_are_sorted_by_what_would_close_them(tmp_path: Path) -> None:
    text = "In May 2018, 12 goats came. They crossed Idlib. 300 patients needed evacuation from Douma."
    b = Builder(Document(id="gaps.txt", text=text))
    missing = verdict("not_enough_evidence", "no_reference", "No reference row answers this.")
    goats = b.number("12", value="12", low="12", high="12", kind="number", noun="goat")
    b.claim("12 goats came", verdict=missing, quantity=goats, measure="goats <b>seen</b>")
    many = b.number("300", value="300", low="300", high="300", kind="number", noun="patient")
    measure = "patients needing medical evacuation"
    b.claim("300 patients needed evacuation from Douma", verdict=missing, quantity=many, measure=measure)
    b.claim("crossed Idlib", verdict=missing, kind="event", predicate="cross", measure=None)
    b.claim("In May 2018", verdict=missing, kind="event", predicate="be", measure=None)
    desk = Desk(build(tmp_path, [b.checked()]), journal(tmp_path / "claims.duckdb"))
    client = client_of(desk)
    page = client.get("/gaps").text
    sections = re.findall(r'<section aria-labelledby="g-(\w+)".*?</section>', page, re.DOTALL)
    assert sections == ["known", "event", "unknown"]
    assert "goats &lt;b&gt;seen" in page
    assert page.index("“cross”") < page.index("“be”")  # a verb that names no event comes last
    address = html.unescape(re.findall(r'href="(/\?[^"]*patients[^"]*)"', page)[0])
    assert "300 patients needed evacuation" in client.get(address).text
    desk.close()


@pytest.mark.parametrize(
    ("text", "start", "end", "pieces"),
    [
        ("killing 12 people", 8, 10, ("killing ", "12", " people")),
        ("12 people", 0, 2, ("", "12", " people")),
        ("on Monday", None, None, ("on Monday", "", "")),
        ("its number stands before", -9, -2, ("its number stands before", "", "")),
        ("x" * 300 + "12", 300, 302, ("x" * 199 + "…", "", "")),  # behind what a line shows
    ],
)
def test_a_clause_is_cut_around_its_own_number(
    text: str, start: int | None, end: int | None, pieces: tuple[str, str, str]
) -> None:
    assert own_pieces(text, start, end) == pieces


def test_the_queue_marks_the_number_and_names_only_measures_that_tables_have(tmp_path: Path) -> None:
    b = Builder(Document(id="two.txt", text="Then 12 goats met 300 sheep, and 7 people were killed."))
    missing = verdict("not_enough_evidence", "no_measure", "No reference table measures this.")
    for number, noun, measure in (("12", "goat", "goats met"), ("7", "people", "people killed")):
        found = b.number(number, value=number, low=number, high=number, kind="number", noun=noun)
        clause = "Then 12 goats met 300 sheep" if number == "12" else "7 people were killed"
        b.claim(clause, verdict=missing, quantity=found, measure=measure)
    desk = Desk(build(tmp_path, [b.checked(), echo()]), journal(tmp_path / "claims.duckdb"))
    page = client_of(desk).get("/?state=all").text
    desk.close()
    assert "<bdi>Then <b>12</b> goats met 300 sheep</bdi>" in page
    assert "<bdi><b>7</b> people were killed</bdi>" in page
    [queue] = re.findall(r'<ol class="queue".*?</ol>', page, re.DOTALL)
    assert "goats met</bdi>" not in queue
    assert "<bdi>people killed</bdi>" in queue


def test_a_claim_s_page_says_what_the_tables_call_its_place(tmp_path: Path) -> None:
    b = Builder(Document(id="p.txt", text="7 people were killed in Idleb."))
    found = b.number("7", value="7", low="7", high="7", kind="number", noun="people")
    missing = verdict("not_enough_evidence", "no_time", "No row speaks of the claim's time.")
    place, actor = Link("Idleb", "places:P003"), Link("rebels")
    b.claim("7 people were killed in Idleb", verdict=missing, quantity=found, place=place, actor=actor)
    desk = Desk(build(tmp_path, [b.checked()]), journal(tmp_path / "claims.duckdb"))
    [claim] = b.checked().reading.claims
    page = client_of(desk).get(f"/claim/{claim.claim_id}").text
    desk.close()
    assert re.search(r'title="places:P003">in the tables <bdi>Idlib</bdi>', page)
    assert "rebels (not a listed name)" in page
    assert "by rebels" in page
