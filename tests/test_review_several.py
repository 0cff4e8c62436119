"""Several claims at once, who is to look at a claim, comments, explained words, and the log of decisions."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from claimcheck.decisions import Journal, journal_file
from claimcheck.review import history_page
from claimcheck.review.app import make_app
from claimcheck.review.desk import Desk
from claimcheck.review.queue import Filters
from claimcheck.review.saved import SavedFilters
from claimcheck.review.security import HEADERS
from claimcheck.review.serve import host_names
from tests.desk_case import HERE, HOST, LETTER, PATIENTS, TestClient, client_of, lines, post
from tests.ordinary_case import build_ordinary
from tests.review_case import build, echo, journal

OTHERS = [c for c in LETTER.reading.claims if c.claim_id in LETTER.verdicts and c is not PATIENTS]


def made(database: Path) -> list[tuple[str, str, str]]:
    return [(d.reviewer, d.kind, d.claim_id) for d in journal(database).read()[0]]


def several(client: TestClient, claims: dict[str, str], **form: str) -> object:
    ticked = {f"claim.{claim_id}": seen for claim_id, seen in claims.items()}
    return client.post("/decide?state=all", data={"reviewer": "Amal", **ticked, **form}, headers=HERE)


def shown(*claims: object) -> dict[str, str]:
    return {c.claim_id: LETTER.verdicts[c.claim_id].verdict for c in claims}  # type: ignore[attr-defined]


def test_several_are_dismissed_at_once(database: Path, client: TestClient) -> None:
    answer = several(client, shown(PATIENTS, OTHERS[0]), kind="dismiss", reason="not_a_claim")
    assert answer.status_code == 303  # type: ignore[attr-defined]
    where = answer.headers["location"]  # type: ignore[attr-defined]
    assert where == "/?state=all&many=2&what=dismiss"
    assert {(d[1], d[2]) for d in made(database)} == {
        ("dismiss", PATIENTS.claim_id),
        ("dismiss", OTHERS[0].claim_id),
    }
    assert "2 claims dismissed" in client.get(where).text


def test_a_claim_that_changed_meanwhile_is_left_alone(database: Path, client: TestClient) -> None:
    claims = {**shown(OTHERS[0]), PATIENTS.claim_id: "supported"}  # its page showed another verdict
    answer = several(client, claims, kind="assign", assignee="Basma")
    assert answer.headers["location"].endswith("many=1&what=assign&left=1")  # type: ignore[attr-defined]
    assert made(database) == [("Amal", "assign", OTHERS[0].claim_id)]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"kind": "dismiss"}, "Select the claims first"),
        ({"kind": "override", "claim.0123": ""}, "no decision that can be made on several"),
        ({"kind": "dismiss", "reviewer": "", f"claim.{PATIENTS.claim_id}": ""}, "Say who you are"),
    ],
)
def test_what_cannot_be_done_says_why_and_records_nothing(
    database: Path, client: TestClient, form: dict[str, str], words: str
) -> None:
    answer = client.post("/decide", data={"reviewer": "Amal", **form}, headers=HERE)
    assert answer.status_code == 422
    assert words in html.unescape(answer.text)
    assert made(database) == []


def test_who_is_to_look_at_a_claim(database: Path, client: TestClient) -> None:
    post(client, kind="assign", assignee="Basma")
    page = client.get(f"/claim/{PATIENTS.claim_id}").text
    assert "For <bdi>Basma</bdi>" in page
    assert "assigned it to Basma" in page
    mine = client.get("/?assignee=basma").text
    assert PATIENTS.claim_id in mine
    assert mine.count('class="item"') == 1
    post(client, kind="assign", assignee="")
    assert "For <bdi>Basma" not in client.get(f"/claim/{PATIENTS.claim_id}").text
    assert 'class="item"' not in client.get("/?assignee=basma").text


def test_the_log_says_whose_decision_was_taken_back(database: Path, client: TestClient) -> None:
    post(client, kind="confirm", reviewer="Amal")
    [decision] = journal(database).read()[0]
    client.cookies.set("claimcheck_reviewer", "Basma")
    assert "<bdi>Amal</bdi>’s decision" in client.get("/log").text
    answer = post(client, kind="undo", undoes=decision.id, reviewer="Basma", back="log")
    assert answer.headers["location"] == "/log"
    page = client.get("/log").text
    assert "took back Amal’s decision: confirmed: Sources conflict" in page
    assert "taken back by Basma" in page
    assert "took back Amal’s decision" in client.get(f"/claim/{PATIENTS.claim_id}").text


# --- The desk's gaps, history and faults: what stands beside the queue and the claims ---


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


# --- The same claim in several documents is one decision, and each is taken back alone ---


def desk_with(folder: Path, *names: str) -> Desk:
    """A desk over a short document, and others that say the same."""
    documents = [echo()]
    for name in names:
        other = echo()
        document = replace(other.reading.document, id=name, title=name)
        claims = tuple(replace(c, claim_id=name.encode().hex()[:16]) for c in other.reading.claims)
        verdicts = {c.claim_id: next(iter(other.verdicts.values())) for c in claims}
        reading = replace(other.reading, document=document, claims=claims)
        documents.append(replace(other, reading=reading, verdicts=verdicts))
    database = build(folder, documents)
    return Desk(database, journal(database))


def test_one_press_decides_the_same_claim_everywhere(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, "second.txt", "third.txt")
    client = client_of(desk)
    own = echo().reading.claims[0]
    page = client.get(f"/claim/{own.claim_id}").text
    assert "Also for the same claim in 2 other documents" in page
    assert post(client, own, kind="confirm", also="yes").status_code == 303
    made = lines(tmp_path / "claims.duckdb")
    assert {line["document"] for line in made} == {"echo.txt", "second.txt", "third.txt"}
    assert {line["verdict"] for line in made} == {"supported"}
    undone = made[-1]
    client.post(
        f"/claim/{undone['claim_id']}/decide",
        data={"reviewer": "Amal", "kind": "undo", "undoes": undone["id"]},
        headers={"origin": "http://127.0.0.1:8712"},
    )
    with desk.open() as opened:
        assert opened.overlay.review(undone["claim_id"]).state == "open"
        assert opened.overlay.review(own.claim_id).state == "confirmed"
    desk.close()


# --- Likely supported claims are shown with their rows and confirmed together; each is taken back alone ---


@pytest.fixture
def ordinary(tmp_path: Path) -> Path:
    return build_ordinary(tmp_path)


@pytest.fixture
def opened(ordinary: Path) -> Iterator[TestClient]:
    desk = Desk(ordinary, Journal(journal_file(ordinary)))
    yield client_of(desk)
    desk.close()


def likely_ones(opened: TestClient, least: str = "0.7") -> dict[str, str]:
    return dict(
        re.findall(r'name="claim\.([0-9a-f]+)" value="([^"]*)"', opened.get(f"/likely?least={least}").text)
    )


def confirm(opened: TestClient, claims: dict[str, str], least: str = "0.7") -> int:
    form = {f"claim.{claim_id}": seen for claim_id, seen in claims.items()}
    answer = opened.post("/likely", data={"reviewer": "Amal", "least": least, **form}, headers=HERE)
    return int(answer.status_code)


def test_all_that_are_shown_are_confirmed_with_their_rows(opened: TestClient, ordinary: Path) -> None:
    claims = likely_ones(opened)
    assert len(claims) > 3
    assert set(likely_ones(opened, "0.95")) < set(claims)
    first, *rest = claims
    assert confirm(opened, {name: claims[name] for name in rest}) == 303
    made = lines(ordinary)
    assert {line["claim_id"] for line in made} == set(rest), "what is not ticked stays"
    assert {line["verdict"] for line in made} == {"supported"}
    assert any("row" in line for line in made), "which row it is, is kept where a row alone gives it"
    assert list(likely_ones(opened)) == [first]
    undo = {"kind": "undo", "undoes": made[0]["id"], "reviewer": "Amal"}
    opened.post(f"/claim/{made[0]['claim_id']}/decide", data=undo, headers=HERE)
    assert set(likely_ones(opened)) == {first, made[0]["claim_id"]}


def test_what_is_less_likely_or_was_decided_is_left_alone(opened: TestClient, ordinary: Path) -> None:
    claims = likely_ones(opened)
    sure = likely_ones(opened, "0.95")
    assert confirm(opened, claims, "0.95") == 303
    assert {line["claim_id"] for line in lines(ordinary)} == set(sure)
    assert confirm(opened, sure, "0.95") == 303
    assert len(lines(ordinary)) == len(sure)
    assert confirm(opened, {}) == 422


def test_the_queue_says_what_is_likely_and_a_key_confirms_it(opened: TestClient, ordinary: Path) -> None:
    page = opened.get("/").text
    assert "Likely refuted" in page
    claim_id = re.findall(r'href="/claim/([0-9a-f]+)', page.split("Likely refuted")[0])[-1]
    one = opened.get(f"/claim/{claim_id}").text
    assert 'data-key="l"' in one
    answer = opened.post(
        f"/claim/{claim_id}/decide", data={"reviewer": "Amal", "kind": "likely"}, headers=HERE
    )
    assert answer.status_code == 303
    [made] = lines(ordinary)
    assert (made["kind"], made["verdict"]) == ("override", "refuted")


# --- Filters saved under a name: what the file holds, what the pages make of it ---


REFUTED = Filters(verdict="refuted", place="Douma")


@pytest.fixture
def saved(tmp_path: Path) -> SavedFilters:
    return SavedFilters(tmp_path / "saved_filters.jsonl")


def names(saved: SavedFilters, reviewer: str = "") -> list[tuple[str, str]]:
    return [(one.reviewer, one.name) for one in saved.of(reviewer)]


def test_one_of_the_same_name_is_replaced_and_another_reviewer_s_is_not(saved: SavedFilters) -> None:
    saved.save("Amal", "Mine", REFUTED)
    saved.save("Basma", "Mine", REFUTED)
    saved.save("AMAL", "mine", Filters(verdict="supported"))
    assert [(one.reviewer, one.filters.verdict) for one in saved.of("amal")] == [
        ("AMAL", "supported"),
        ("Basma", "refuted"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        b'{"reviewer": "Amal", "name": "cut o',
        b"[" * 100_000,
        b'{"reviewer": 1, "name": 2, "address": 3}',
        b"\xff\xfe",
        b'{"reviewer": "Amal", "name": "n", "address": "?' + b"a=1&" * 50 + b'"}',
    ],
)
def test_a_line_that_is_none_is_passed_over(saved: SavedFilters, line: bytes) -> None:
    saved.file.write_bytes(line)
    saved.save("Basma", "Mine", REFUTED)
    assert names(saved) == [("Basma", "Mine")]


def test_a_name_with_hidden_characters_shows_them_and_can_be_taken_away(saved: SavedFilters) -> None:
    saved.save("Eve\u202e", "a\u200bb", REFUTED)
    [(reviewer, name)] = names(saved)
    assert (reviewer, name) == ("Eve[U+202E]", "a[U+200B]b")
    saved.drop(reviewer, name)
    assert names(saved) == []


def test_a_hostile_address_becomes_a_plain_filter(saved: SavedFilters) -> None:
    address = "//evil.example/?verdict=<script>&place=a&next=javascript:x"
    line = {"reviewer": "Eve", "name": "<script>", "address": address}
    saved.file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert [one.address for one in saved.of("")] == ["?place=a"]
