"""The desk by HTTP: what it shows, what it records, whom it refuses, and that it keeps up with runs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
import warnings
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from claimcheck.decisions import Correction, DecisionError
from claimcheck.decisions.record import to_line
from claimcheck.model import CheckedDocument, Claim
from claimcheck.pipeline import Checker
from claimcheck.review import queue
from claimcheck.review.app import make_app
from claimcheck.review.desk import Desk
from claimcheck.review.queue import Filters
from claimcheck.review.rejudge import apply
from claimcheck.review.serve import host_names
from claimcheck.store.snapshots import publish_snapshot
from tests.review_case import REFERENCE, build, decision, echo, journal, next_run
from tests.sample_hostile import hostile
from tests.sample_report import letter

with warnings.catch_warnings():  # that it would rather have another library than httpx
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

HOST = "127.0.0.1:8712"
HERE = {"origin": f"http://{HOST}"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def database(built: Path) -> Iterator[Path]:
    """A database with a snapshot and no decision yet."""
    yield built
    journal(built).file.unlink(missing_ok=True)


@pytest.fixture
def desk(database: Path) -> Iterator[Desk]:
    desk = Desk(database, journal(database))
    yield desk
    desk.close()


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return client_of(desk)


def client_of(desk: Desk, token: str | None = None) -> TestClient:
    app = make_app(desk, host_names("127.0.0.1", 8712), token)
    return TestClient(app, base_url=f"http://{HOST}", follow_redirects=False)


LETTER = letter()
PATIENTS = next(c for c in LETTER.reading.claims if c.quantity and c.quantity.text == "765")


def post(client: TestClient, claim: Claim = PATIENTS, /, **form: str) -> Any:
    form = {"reviewer": "Amal", **form}
    return client.post(f"/claim/{claim.claim_id}/decide", data=form, headers=HERE)


def mark(client: TestClient, claim: Claim) -> str:
    """What a claim's page has its form say about the reading and the verdict that it showed."""
    found: list[str] = re.findall('name="seen" value="([^"]+)"', client.get(f"/claim/{claim.claim_id}").text)
    return found[0]


def lines(database: Path) -> list[dict[str, Any]]:
    file = journal(database).file
    return (
        [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    )


def order(client: TestClient, query: str = "") -> list[str]:
    return re.findall(r'data-item href="/claim/([0-9a-f]+)', client.get("/" + query).text)


# --- the queue --------------------------------------------------------------------------------------------


def test_the_gravest_claims_come_first(desk: Desk) -> None:
    with desk.open() as opened:
        rows = opened.page(Filters())
    keys = [(row["verdict"] if row["judged"] else "none", row["near"]) for row in rows]
    grave = ["refuted", "conflicting_evidence", "not_enough_evidence", "supported", "none"]
    assert [k for k, _ in keys] == sorted((k for k, _ in keys), key=grave.index)
    undecided = [near for key, near in keys if key == "not_enough_evidence"]
    assert undecided == sorted(undecided, reverse=True)
    assert {k for k, _ in keys} >= {"refuted", "conflicting_evidence", "supported", "none"}


@pytest.mark.parametrize(
    ("query", "some"),
    [
        ("?text=765", 2),
        ("?text=DESPERATE+patients", 2),
        ("?verdict=refuted", 2),
        ("?document=relief", 1),
        ("?measure=medical+evacuation", 2),
        ("?since=2018-01-26&until=2018-01-26&document=relief", 1),
        ("?since=2019-01-01&document=relief", 0),
        ("?text=%27%3B+DROP+TABLE+queue%3B--", 0),
        ("?text=%25", 0),
        ("?place=nowhere+at+all", 0),
        ("?state=done", 0),
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


def test_filters_stay_in_the_address() -> None:
    filters = Filters.of({"text": "a&b", "state": "all", "page": "3"})
    assert filters.address() == "?state=all&text=a%26b&page=3"
    assert Filters.of({}).address() == ""


def test_the_queue_pages(desk: Desk) -> None:
    with desk.open() as opened:
        first, second = (opened.page(replace(Filters(), state="all", page=n)) for n in (1, 2))
        everything = opened.counts(Filters()).matching
    ids = [row["claim_id"] for row in (*first, *second)]
    assert len(ids) == len(set(ids)) == min(everything, 50)


@pytest.mark.parametrize("query", ["?state=all", "?state=all&text=syria", "", "?verdict=supported"])
def test_next_and_previous_go_through_the_queue_in_its_order(
    database: Path, desk: Desk, client: TestClient, query: str
) -> None:
    supported = echo().reading.claims[0]
    for name, verdict in (("Amal", "refuted"), ("Basma", "supported")):
        post(client, supported, kind="override", verdict=verdict, reviewer=name)
    filters = Filters.of(dict(p.split("=") for p in query.removeprefix("?").split("&") if p))
    ids = order(client, query)
    with desk.open() as opened:
        assert len(ids) == opened.counts(filters).matching > 1
        around = [opened.neighbours(opened.claim(one), filters) for one in ids]
    assert around == list(zip(ids[-1:] + ids[:-1], ids[1:] + ids[:1], strict=True))


def test_neighbours_are_found_however_far_away(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = order(client, "?state=all")
    near = queue.NEIGHBOURS.replace(f" {queue.NEAR}", " 0")
    assert near != queue.NEIGHBOURS
    monkeypatch.setattr(queue, "NEIGHBOURS", near)
    with desk.open() as opened:
        assert opened.neighbours(opened.claim(ids[3]), Filters(state="all")) == (ids[2], ids[4])
        alone = Filters(text=ids[3], state="all")
        assert opened.neighbours(opened.claim(ids[3]), alone) == (None, None)


def test_what_one_reviewer_decided_can_be_looked_up(database: Path, client: TestClient) -> None:
    post(client, kind="confirm", reviewer="Ana Ruiz")
    assert order(client, "?state=all&reviewer=ana+ruiz") == [PATIENTS.claim_id]
    assert order(client, "?state=all&reviewer=ana") == []
    page = client.get("/").text
    assert '<a class="chip" href="/?state=all&amp;reviewer=Ana+Ruiz">Decided by me</a>' in page


def test_filters_that_hold_are_chips_that_can_be_taken_away(client: TestClient) -> None:
    page = client.get("/?verdict=refuted&text=a%26b&page=3").text
    assert "<title>To review, Refuted, “a&amp;b” – claim desk</title>" in page
    assert 'class="chip on" href="/?text=a%26b"' in page
    assert 'class="chip on" href="/?verdict=refuted"' in page


# --- decisions --------------------------------------------------------------------------------------------


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
        assert opened.review(PATIENTS.claim_id).state == state
        assert opened.progress()[0] == (state != "follow_up")
    assert (PATIENTS.claim_id in order(client)) is (state == "follow_up")


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"kind": "confirm", "reviewer": " "}, "Say who you are"),
        ({"kind": "override"}, "Choose the verdict"),
        ({"kind": "override", "verdict": "true"}, "no verdict"),
        ({"kind": "dismiss", "reason": "x"}, "no reason"),
        ({"kind": "erase"}, "names no decision"),
        ({"kind": "undo", "undoes": "0"}, "no such decision"),
        ({"kind": "correct"}, "Nothing is corrected"),
        ({"kind": "correct", "value": "many a moon"}, "does not read as one number"),
        ({"kind": "correct", "value": "5", "qualifier": "circa"}, "no qualifier"),
        ({"kind": "correct", "date_start": "soon"}, "YYYY-MM-DD"),
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


def test_a_correction_is_judged_at_once(database: Path, desk: Desk, client: TestClient) -> None:
    answer = post(client, kind="correct", value="502")
    assert answer.headers["location"].startswith(f"/claim/{PATIENTS.claim_id}?")
    page = client.get(answer.headers["location"]).text
    assert "As corrected by <bdi>Amal</bdi>" in page
    assert "502 for" in page
    [line] = lines(database)
    assert line["correction"] == {"quantity": "502"}
    assert line["verdict"] in ("supported", "conflicting_evidence", "refuted")
    with desk.open() as opened:
        assert opened.review(PATIENTS.claim_id).state == "corrected"


@pytest.mark.parametrize(
    ("made", "low", "high"),
    [
        ("502", 502, 502),
        ("more than 130", 131, None),
        ("at most 40", None, 40),
        ("500 to 600", 500, 600),
        ("tens of thousands", 20000, 99999),
    ],
)
def test_a_corrected_number_is_read_as_a_text_would_be(made: str, low: int | None, high: int | None) -> None:
    quantity = apply(PATIENTS, Correction(quantity=made)).quantity
    assert quantity is not None
    assert (quantity.low, quantity.high) == (low, high)


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


def test_a_preview_of_another_correction_is_not_kept(database: Path, client: TestClient) -> None:
    answer = post(client, kind="correct", value="502", previewed="supported")
    assert answer.status_code == 422
    assert "judged otherwise: Sources conflict" in answer.text
    assert lines(database) == []


def test_two_numbers_are_no_correction() -> None:
    with pytest.raises(DecisionError):
        apply(PATIENTS, Correction(quantity="12 people and 13"))


@pytest.mark.parametrize("made", [Correction(measure="people displaced"), Correction(place="Idlib")])
def test_a_corrected_measure_or_place_meets_other_rows(desk: Desk, made: Correction) -> None:
    with desk.open() as opened:
        found = opened.claim(PATIENTS.claim_id)
        judge = opened.judged
        same = judge(found, Correction(quantity="765"))[1]
        other = judge(found, made)[1]
    rows = {e.row_id for e in same.evidence}
    assert rows
    assert not rows & {e.row_id for e in other.evidence}


def test_undo_gives_the_claim_back(database: Path, client: TestClient) -> None:
    post(client, kind="confirm")
    [line] = lines(database)
    answer = post(client, kind="undo", undoes=line["id"])
    assert answer.headers["location"].startswith(f"/claim/{PATIENTS.claim_id}?")
    assert PATIENTS.claim_id in order(client)
    assert "taken back" in client.get(f"/claim/{PATIENTS.claim_id}").text
    assert [found["kind"] for found in lines(database)] == ["confirm", "undo"]


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


@pytest.mark.parametrize(
    "form",
    [{"value": "7"}, {"value": "dozens"}, {"measure": "people killed"}, {"place": '"><b>'},
     {"date_start": "2018-01-03"}, {"date_end": "0001-01-01", "date_start": "0001-01-01"}],
)  # fmt: skip
def test_every_claim_can_be_corrected(client: TestClient, database: Path, form: dict[str, str]) -> None:
    for claim in (*LETTER.reading.claims, *hostile().reading.claims):
        answer = post(client, claim, kind="correct", **form)
        assert answer.status_code in (303, 422), claim
        assert client.get(f"/claim/{claim.claim_id}").status_code == 200


# --- pages ------------------------------------------------------------------------------------------------


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


def test_an_aggregate_shows_its_sql(client: TestClient) -> None:
    summed = next(i for i, v in LETTER.verdicts.items() if any(e.sql for e in v.evidence))
    assert "SELECT sum(low)" in client.get(f"/claim/{summed}").text


def test_the_document_s_page_leads_to_its_claims(client: TestClient) -> None:
    page = client.get("/document", params={"id": LETTER.document.id}).text
    for claim in LETTER.reading.claims:
        assert f'href="/claim/{claim.claim_id}"' in page
    assert "37 expressions" in page or "expressions:" in page
    assert "against itself" in page


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
    desk = Desk(database, journal(database))
    page = client_of(desk).get("/history").text
    desk.close()
    assert "the rules by which texts are read" in page
    assert "the same rows, read or compared otherwise" in page
    assert re.search(r"Supported</span> → <span[^>]*>.*?Refuted</span>", page)
    assert claim.claim_id in page


def refuted(checked: CheckedDocument) -> CheckedDocument:
    verdicts = {i: replace(v, verdict="refuted", reason="overstated") for i, v in checked.verdicts.items()}
    return replace(checked, verdicts=verdicts)


def rerun(database: Path, documents: list[CheckedDocument], number: int) -> None:
    with Checker([REFERENCE], database) as checker:
        checker.save(next_run(number), documents)
        publish_snapshot(checker.store)


# --- runs meanwhile ---------------------------------------------------------------------------------------


def test_a_new_snapshot_is_shown_and_a_changed_verdict_comes_back(tmp_path: Path) -> None:
    database = build(tmp_path, [echo()])
    [claim] = echo().reading.claims
    desk = Desk(database, journal(database))
    client = client_of(desk)
    assert post(client, claim, kind="confirm").status_code == 303
    assert order(client) == []
    rerun(database, [refuted(echo())], 2)
    assert order(client) == [claim.claim_id]
    page = client.get(f"/claim/{claim.claim_id}").text
    assert "Needs another look" in page
    assert "made on another reading or verdict" in page
    assert "Its verdicts, run by run" in page
    post(client, claim, kind="confirm")
    assert order(client) == []
    desk.close()


def test_a_form_filled_in_before_the_verdict_changed_is_not_taken(tmp_path: Path) -> None:
    database = build(tmp_path, [echo()])
    [claim] = echo().reading.claims
    desk = Desk(database, journal(database))
    client = client_of(desk)
    seen = mark(client, claim)
    rerun(database, [refuted(echo())], 2)
    answer = post(client, claim, kind="confirm", seen=seen, note="kept for the second try")
    assert answer.status_code == 409
    assert "A newer run changed this claim" in answer.text
    assert "kept for the second try" in answer.text
    assert lines(database) == []
    assert post(client, claim, kind="confirm", seen=mark(client, claim)).status_code == 303
    [line] = lines(database)
    assert line["made_on"] == "refuted"
    desk.close()


def test_newer_verdicts_are_announced_once(tmp_path: Path) -> None:
    database = build(tmp_path, [echo()])
    desk = Desk(database, journal(database))
    client = client_of(desk)
    assert "Newer verdicts" not in client.get("/").text
    rerun(database, [refuted(echo())], 2)
    assert "the run of" in client.get("/").text.split("Newer verdicts")[1]
    assert "Newer verdicts" not in client.get("/").text
    assert "Newer verdicts" not in client_of(desk).get("/").text
    desk.close()


def test_decisions_follow_a_claim_whose_id_has_changed(tmp_path: Path) -> None:
    database = build(tmp_path, [echo()])
    desk = Desk(database, journal(database))
    client = client_of(desk)
    [claim] = echo().reading.claims
    post(client, claim, kind="confirm")
    renamed = replace(claim, claim_id="feedfeedfeedfeed", rule="claims.new")
    reading = replace(echo().reading, claims=(renamed,))
    verdicts = {renamed.claim_id: echo().verdicts[claim.claim_id]}
    rerun(database, [CheckedDocument(reading=reading, verdicts=verdicts)], 2)
    assert "Confirmed by Amal" in client.get(f"/claim/{renamed.claim_id}").text
    assert order(client) == []
    assert "No document makes this claim any more" in client.get(f"/claim/{claim.claim_id}").text
    desk.close()


def test_the_desk_runs_while_another_process_writes_and_publishes(tmp_path: Path) -> None:
    database = build(tmp_path, [echo()])
    script = (
        "import sys; from pathlib import Path; from tests.test_review import rerun, refuted, echo\n"
        "for n in range(2, 8): rerun(Path(sys.argv[1]), [refuted(echo()) if n % 2 == 0 else echo()], n)\n"
    )
    desk = Desk(database, journal(database))
    client = client_of(desk)
    [claim] = echo().reading.claims
    writer = subprocess.Popen([sys.executable, "-c", script, str(database)], cwd=Path(__file__).parent.parent)
    pages, recorded = 0, []
    while writer.poll() is None:
        assert client.get("/").status_code == 200
        seen = mark(client, claim)
        answer = post(client, claim, kind="confirm", seen=seen)
        assert answer.status_code in (303, 409)  # 409: published between the page and its form
        recorded += [seen.split(".")[1]] * (answer.status_code == 303)
        pages += 1
    assert writer.returncode == 0
    assert pages > 5
    assert [line["made_on"] for line in lines(database)] == recorded
    assert set(recorded) == {"supported", "refuted"}
    with desk.open() as opened:
        found = opened.claim(claim.claim_id).verdict
        assert found is not None
        assert found.verdict == "supported"
    desk.close()


# --- who may ask ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:8712", ""]
)
def test_other_host_names_are_not_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "twice",
        "https://evil.example",
        "http://127.0.0.1",
        f"https://{HOST}",
        f"http://{HOST}.evil",
    ],
)
def test_a_form_from_elsewhere_changes_nothing(
    database: Path, client: TestClient, origin: str | None
) -> None:
    headers = [] if origin is None else [("origin", origin)]
    if origin == "twice":
        headers = [*HERE.items(), *HERE.items()]
    answer = client.post(
        f"/claim/{PATIENTS.claim_id}/decide", data={"kind": "confirm", "reviewer": "Eve"}, headers=headers
    )
    assert answer.status_code == 403
    assert lines(database) == []


def test_nothing_changes_by_get(database: Path, client: TestClient) -> None:
    asked = client.get(f"/claim/{PATIENTS.claim_id}/decide?kind=confirm&reviewer=Eve")
    assert asked.status_code in (404, 405)
    assert client.request("PUT", "/", headers=HERE).status_code == 405
    assert lines(database) == []


def test_an_address_longer_than_any_of_ours_is_refused(client: TestClient) -> None:
    assert client.get("/?text=" + "a" * 50_000).status_code == 414
    longest = dict.fromkeys(("text", "document", "measure", "place", "reviewer"), "\U0001f4a9" * 200)
    assert client.get("/", params={**longest, "token": "x"}).status_code == 200


def test_a_form_of_a_megabyte_is_refused(database: Path, client: TestClient) -> None:
    assert post(client, kind="confirm", note="x" * 1_000_000).status_code == 413
    assert lines(database) == []


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for path in ("/", "/nope", "/static/keys.js", f"/claim/{PATIENTS.claim_id}"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_a_token_opens_the_desk_and_nothing_else_does(desk: Desk) -> None:
    client = client_of(desk, token="correct-horse-battery")
    assert client.get("/").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/?" + "a=1&" * 90).status_code == 401
    assert client.get("/", headers={"cookie": "claimcheck_token=%FF; =; ;"}).status_code == 401
    assert client.get("/static/keys.js").status_code == 401
    answer = client.get("/?token=correct-horse-battery&text=765")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?text=765"
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert client.get("/").status_code == 200
    other = "x={[1, 2]}; claimcheck_token=correct-horse-battery; y"  # another program's odd cookie beside it
    assert (
        client_of(desk, token="correct-horse-battery").get("/", headers={"cookie": other}).status_code == 200
    )


class Tags(HTMLParser):
    """The tags of a page that could run something, or load it from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        own = given.get("src", given.get("href", "")).startswith(("/static/", "data:,"))
        if tag in ("script", "link") and own:
            return
        active = tag in ("script", "link", "style", "img", "iframe", "object", "base")
        running = any(name.startswith("on") or name == "style" for name in given)
        target = given.get("href", "") + given.get("action", "")
        if active or running:
            self.found.append(self.get_starttag_text() or tag)
        if target and not target.startswith(("/", "#", "http://", "https://")):
            self.found.append(target)


def unwanted(page: str) -> list[str]:
    tags = Tags()
    tags.feed(page)
    return tags.found


def test_a_page_that_could_run_something_would_be_found() -> None:
    assert unwanted('<p onclick="x">') == ['<p onclick="x">']
    assert unwanted("<script>x</script><img src=x>") == ["<script>", "<img src=x>"]
    assert unwanted('<a href="javascript:x">') == ["javascript:x"]
    assert unwanted('<a href="/">a</a><script src="/static/keys.js"></script>') == []


def test_pages_have_no_inline_script_or_style(client: TestClient) -> None:
    for path in (
        "/",
        f"/claim/{PATIENTS.claim_id}",
        "/gaps",
        "/history",
        f"/document?id={LETTER.document.id}",
    ):
        page = client.get(path).text
        assert unwanted(page) == []


def test_hostile_text_is_inert_everywhere(database: Path, client: TestClient) -> None:
    evil = hostile()
    claims = evil.reading.claims
    name = '"><script>alert(3)</script>\u202e'
    post(client, claims[0], kind="follow_up", reviewer=name, note=name)
    paths = [f"/claim/{c.claim_id}" for c in claims]
    with_id = client.get("/", params={"text": name, "state": "all", "measure": name})
    stored = re.search(r'href="(/document\?id=\.\.[^"]+)"', client.get("/?state=all&text=people").text)
    assert stored is not None
    pages = [client.get(p) for p in (*paths, "/", "/?state=all", "/gaps", "/history", stored[1])]
    for page in (*pages, with_id):
        assert page.status_code == 200
        assert unwanted(page.text) == []
        assert not {"\u202e", "\u200b", "\x00"} & set(page.text)


# --- the command ------------------------------------------------------------------------------------------


def test_the_command_serves_until_it_is_stopped(database: Path) -> None:
    command = [sys.executable, "-m", "claimcheck.cli", "review", "--database", str(database), "--port", "0"]
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"}
    )
    assert running.stderr is not None
    try:
        address = re.search(r"http://\S+/", running.stderr.readline())
        assert address is not None
        for _ in range(50):
            try:
                page = urllib.request.urlopen(address[0], timeout=60).read().decode()
                break
            except OSError:
                time.sleep(0.1)
        assert "To review" in page
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(10)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--host", "192.0.2.1"], "give a --token"),
        (["--host", "0.0.0.0", "--token", "new"], "name the one address"),
        (["--token", "short"], "at least 16"),
        (["--database", "nowhere.duckdb"], "no database here"),
    ],
)
def test_the_command_refuses_what_would_be_unsafe(arguments: list[str], says: str, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from claimcheck.cli.app import app

    result = CliRunner().invoke(app, ["review", "--port", "0", *arguments], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert says in " ".join(result.output.split())
