"""The desk keeps up with runs: newer verdicts, changed ids, another process that publishes."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from claimcheck.model import CheckedDocument
from claimcheck.review.desk import Desk
from tests.desk_case import client_of, lines, mark, order, post, refuted, rerun
from tests.review_case import build, echo, journal


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
        "import sys; from pathlib import Path\n"
        "from tests.desk_case import rerun, refuted; from tests.review_case import echo\n"
        "for n in range(2, 5): rerun(Path(sys.argv[1]), [refuted(echo()) if n % 2 == 0 else echo()], n)\n"
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
        time.sleep(0.05)  # who waits for nothing takes the writer's processor
    assert writer.returncode == 0
    assert pages > 5
    assert [line["made_on"] for line in lines(database)] == recorded
    assert set(recorded) == {"supported", "refuted"}
    with desk.open() as opened:
        found = opened.claim(claim.claim_id).verdict
        assert found is not None
        assert found.verdict == "refuted"
    desk.close()
