"""Several claims at once, who is to look at a claim, comments, explained words, and the log of decisions."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from claimcheck.decisions import Accepted, DecisionError, decide, facts_of, review_of
from claimcheck.decisions.record import from_line, to_line
from tests import desk_case
from tests.desk_case import HERE, LETTER, PATIENTS, TestClient, post
from tests.review_case import journal

built, database, desk, client = desk_case.built, desk_case.database, desk_case.desk, desk_case.client
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
        ({"kind": "dismiss", "claim.0123": ""}, "holds no claim"),
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


def test_a_comment_decides_nothing(database: Path, client: TestClient) -> None:
    refused = post(client, kind="comment")
    assert refused.status_code == 422
    assert "a comment needs its words" in refused.text
    answer = post(client, kind="comment", note="See the list of 2 February.")
    assert answer.headers["location"].startswith(f"/claim/{PATIENTS.claim_id}")
    page = client.get(f"/claim/{PATIENTS.claim_id}").text
    assert "See the list of 2 February." in page
    assert PATIENTS.claim_id in client.get("/").text, "it still waits for somebody"


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


def test_the_log_is_filtered(database: Path, client: TestClient) -> None:
    post(client, kind="confirm", reviewer="Amal")
    post(client, OTHERS[0], kind="follow_up", reviewer="Basma")
    for query, words in (
        ("", {"Amal", "Basma"}),
        ("?reviewer=amal", {"Amal"}),
        ("?kind=follow_up", {"Basma"}),
        ("?document=nowhere", set()),
        ("?since=2099-01-01", set()),
        ("?kind=nonsense&page=9999999999", {"Amal", "Basma"}),
        ("?page=-1", {"Amal", "Basma"}),
    ):
        page = client.get(f"/log{query}").text
        assert {name for name in ("Amal", "Basma") if f"<b><bdi>{name}</bdi></b>" in page} == words, query


def test_the_chips_count(database: Path, client: TestClient) -> None:
    def number(words: str) -> int:
        page = client.get("/").text
        return int(page.split(f'{words} <span class="count">')[1].split("<")[0])

    todo, conflicts = number("To review"), number("Sources conflict")
    assert todo > conflicts > 0
    post(client, kind="confirm")
    assert (number("To review"), number("Sources conflict"), number("Reviewed")) == (
        todo - 1,
        conflicts - 1,
        1,
    )


def test_the_paragraph_stands_beside_the_rows(client: TestClient) -> None:
    page = client.get(f"/claim/{PATIENTS.claim_id}").text
    around = page.split('class="around"')[1].split("</div>")[0]
    assert "<mark>refusing to allow medical access to 765 desperate patients</mark>" in around
    assert "As Assad&#39;s brazen attacks increased" in around
    assert page.index('class="around"') < page.index("Rows that met it")


# --- words that are explained ------------------------------------------------------------------------


def test_a_decision_of_each_new_kind_is_a_line_that_comes_back() -> None:
    words = Accepted(words="bused out", measure="patients evacuated")
    for kind, given in (
        ("assign", {"assignee": "Basma"}),
        ("comment", {"note": "See there."}),
        ("accept", {"accepted": words, "verdict": "supported"}),
    ):
        decision = decide(PATIENTS, "d", kind, "Amal", **given)  # type: ignore[arg-type]
        assert from_line(to_line(decision)) == decision
    facts = facts_of(PATIENTS, "d", LETTER.verdicts[PATIENTS.claim_id])
    assert review_of([decide(PATIENTS, "d", "assign", "A", assignee="B")], facts).state == "open"


def test_a_line_of_the_earlier_form_loads() -> None:
    """As version 0.1 wrote it, before there were assignments and explained words."""
    line = {
        "time": "2026-11-20T10:00:00.000+00:00", "reviewer": "Amal", "kind": "correct", "verdict": "refuted",
        "correction": {"quantity": "502"}, "document": "letter.txt", "text": "765 patients",
        "claim_kind": "quantity", "start": 3, "end": 15, "claim_id": "0123456789abcdef",
        "made_on": "supported", "reading": "fedcba9876543210", "id": "0123456789ab",
    }  # fmt: skip
    decision = from_line(json.dumps(line))
    assert (decision.kind, decision.accepted, decision.assignee) == ("correct", None, None)
    assert json.loads(to_line(decision)) == line


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "accept"}, "says which words mean what"),
        ({"kind": "confirm", "accepted": Accepted(words="a", measure="b")}, "says which words mean what"),
        ({"kind": "accept", "accepted": Accepted(words=" ", measure="b")}, "needs the words and the measure"),
        ({"kind": "comment"}, "needs its words"),
        ({"kind": "confirm", "assignee": "B"}, "names a person"),
        ({"kind": "assign", "assignee": "B" * 81}, "at most 80 characters"),
    ],
)
def test_what_does_not_hold_together_is_no_decision(given: dict[str, object], words: str) -> None:
    with pytest.raises(DecisionError, match=words):
        decide(PATIENTS, "d", given.pop("kind"), "Amal", **given)  # type: ignore[arg-type]
