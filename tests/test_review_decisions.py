"""Decisions by HTTP: what is recorded, what is refused, what a correction would be judged."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest

from claimcheck.decisions.record import to_line
from claimcheck.pipeline import Checker
from claimcheck.review import rows_page
from claimcheck.review.desk import Desk
from claimcheck.store import latest_snapshot, open_store
from tests.desk_case import LETTER, PATIENTS, TestClient, lines, mark, order, post
from tests.reader import ROOT
from tests.review_case import decision, echo, journal


@pytest.mark.parametrize(
    ("form", "state", "kept"),
    [
        ({"kind": "confirm"}, "confirmed", {"verdict": "conflicting_evidence"}),
        ({"kind": "override", "verdict": "refuted"}, "overridden", {"verdict": "refuted"}),
        ({"kind": "dismiss", "reason": "wrong_reading"}, "dismissed", {"reason": "wrong_reading"}),
        ({"kind": "follow_up", "note": "ask\r\nthem"}, "follow_up", {"note": "ask\nthem"}),
    ],
)
def test_a_decision_is_recorded_and_leads_on(
    database: Path, desk: Desk, client: TestClient, form: dict[str, str], state: str, kept: dict[str, str]
) -> None:
    answer = post(client, **form)
    assert answer.status_code == 303
    onward = client.get(answer.headers["location"])
    assert "Recorded:" in onward.text
    assert PATIENTS.claim_id not in answer.headers["location"].split("?")[0]
    [line] = lines(database)
    assert line.items() >= {"reviewer": "Amal", "made_on": "conflicting_evidence", **kept}.items()
    with desk.open() as opened:
        assert opened.overlay.review(PATIENTS.claim_id).state == state
        assert opened.progress()[0] == (state != "follow_up")
    assert (PATIENTS.claim_id in order(client)) is (state == "follow_up")


def test_a_form_that_is_sent_twice_counts_once(database: Path, desk: Desk, client: TestClient) -> None:
    for form in ({"kind": "override", "verdict": "refuted"}, {"kind": "comment", "note": "See page 4."}):
        first, again = (post(client, **form).headers["location"] for _ in range(2))
        assert first.partition("&done=")[2] == again.partition("&done=")[2] == lines(database)[-1]["id"]
    assert [line["kind"] for line in lines(database)] == ["override", "comment"]
    for _ in range(2):
        post(client, kind="undo", undoes=lines(database)[0]["id"])
    assert len(lines(database)) == 3
    assert post(client, kind="override", verdict="refuted").status_code == 303
    assert len(lines(database)) == 4


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"kind": "override"}, "Choose the verdict"),
        ({"kind": "override", "verdict": "true"}, "no verdict"),
        ({"kind": "erase"}, "names no decision"),
        ({"kind": "undo", "undoes": "0"}, "no such decision"),
        ({"kind": "correct"}, "Nothing is corrected"),
        ({"kind": "correct", "value": "5", "qualifier": "circa"}, "no qualifier"),
        ({"kind": "correct", "place": "5 " * 101}, "at most 200"),
        ({"kind": "correct", "date_start": "2018-02-01", "date_end": "2018-01-01"}, "comes after"),
        ({"kind": "confirm", "note": "x" * 4001}, "a note 4000"),
    ],
)
def test_a_form_that_is_no_decision_says_what_to_do_and_records_nothing(
    database: Path, client: TestClient, form: dict[str, str], says: str
) -> None:
    answer = post(client, **form)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'role="alert"' in answer.text
    assert lines(database) == []


def test_a_preview_says_what_a_correction_would_be_judged_and_keeps_nothing(
    database: Path, desk: Desk, client: TestClient
) -> None:
    answer = post(client, kind="preview", value="502", reviewer="", note="as the list says")
    assert answer.status_code == 200
    assert "would be judged" in answer.text
    assert "As you would correct it: <bdi>502 patients" in answer.text
    assert "as the list says" in answer.text
    assert lines(database) == []
    [shown] = re.findall('name="previewed" value="([a-z_]+)"', answer.text)
    assert post(client, kind="correct", value="502", previewed=shown).status_code == 303
    [line] = lines(database)
    assert line["verdict"] == shown


def test_two_reviewers_who_differ_are_shown_first_of_all(database: Path, client: TestClient) -> None:
    supported = echo().reading.claims[0]
    post(client, supported, kind="confirm")
    assert supported.claim_id not in order(client)
    post(client, supported, kind="override", verdict="refuted", reviewer="Basma")
    assert order(client)[0] == supported.claim_id
    page = client.get(f"/claim/{supported.claim_id}").text
    assert "Reviewers disagree: Amal says Supported; Basma says Refuted" in page
    assert len(lines(database)) == 2


def test_another_process_s_decisions_are_seen_at_once(database: Path, client: TestClient) -> None:
    assert PATIENTS.claim_id in order(client)
    journal(database).append(
        decision(PATIENTS, LETTER.document.id, verdict="conflicting_evidence", made_on="conflicting_evidence")
    )
    page = client.get(f"/claim/{PATIENTS.claim_id}").text
    # the hand-made claim and the stored one are the same reading, whatever the database rounds
    assert "Confirmed by Amal" in page
    assert PATIENTS.claim_id not in order(client)


def test_a_cut_off_decision_is_reported_on_every_page(database: Path, client: TestClient) -> None:
    whole = to_line(decision(PATIENTS, LETTER.document.id, "follow_up"))
    journal(database).file.write_text(f"{whole}\n{whole[:50]}", encoding="utf-8")
    for path in ("/", "/gaps", f"/claim/{PATIENTS.claim_id}"):
        assert "line 2: the line was cut off" in client.get(path).text
    post(
        client, kind="follow_up", reviewer="Basma"
    )  # another line behind the torn one does not hide what it is
    assert "line 2: the line was cut off" in client.get("/").text
    assert [d.reviewer for d in journal(database).read()[0]] == ["Amal", "Basma"]
    assert "Needs follow-up by Amal" in client.get(f"/claim/{PATIENTS.claim_id}").text


def test_a_decision_that_cannot_be_written_says_so(database: Path, client: TestClient) -> None:
    journal(database).file.mkdir()
    try:
        answer = post(client, kind="confirm")
    finally:
        journal(database).file.rmdir()
    assert answer.status_code == 503
    assert "nothing was recorded" in answer.text


# --- A reviewer says which row a claim means ---


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


def test_a_number_that_no_column_holds_is_a_word_like_any_other(desk: Desk) -> None:
    with desk.open() as opened:
        rows_page.gather(opened)
        given = {"numbers": ["9" * 40, "٣", "502"], "day": date(2018, 1, 31)}
        first, *_ = opened.store.cells(rows_page.FIND_ROWS.format(tests="true", most=9), given)
    assert first[2] == "F010"


def test_the_database_and_the_views_name_the_row(client: TestClient, database: Path, desk: Desk) -> None:
    value = next(v for v in offered(client.get(PAGE).text) if "\tF010\t" in v)
    chosen(client, value)
    desk.close()
    with Checker([ROOT / "reference_data"], database) as check:  # a check takes decisions in
        assert list(check.kept([])) == []
    with open_store(latest_snapshot(database), read_only=True) as store:
        [stated] = store.rows("SELECT resource, row_id, row_answers FROM decisions")
        assert stated == {"resource": "figures", "row_id": "F010", "row_answers": True}
        [claim] = store.rows("SELECT reviewed_row, verdict_final FROM claims WHERE review = 'answered'")
    assert claim == {"reviewed_row": "figures:F010", "verdict_final": "refuted"}
