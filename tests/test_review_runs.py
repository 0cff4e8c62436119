"""The desk keeps up with runs: newer verdicts, changed ids, another process that publishes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from claimcheck.decisions import Review, facts_of
from claimcheck.model import CheckedDocument, Likely, Suggestion, VerdictName
from claimcheck.review import preloading, queue
from claimcheck.review.desk import Desk
from claimcheck.review.overlay import Overlay
from claimcheck.review.pages import warm
from claimcheck.review.preloading import Ahead
from claimcheck.store import Store
from claimcheck.store.decisions import load_facts
from claimcheck.store.snapshots import open_latest
from tests.desk_case import client_of, lines, mark, order, post, refuted, rerun
from tests.review_case import build, decision, echo, journal
from tests.sample_hostile import hostile
from tests.sample_report import letter


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
    assert "made on another reading, verdict or row" in page
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


def test_a_key_that_said_what_was_likely_decides_nothing_else(tmp_path: Path) -> None:
    """The verdict of the tables stays, and what is likely turns: "It is so: Supported" would say refuted."""
    checked, [claim] = echo(), echo().reading.claims
    [verdict] = checked.verdicts.values()
    rows = tuple(Suggestion(row=one) for one in verdict.evidence)

    def said(name: VerdictName) -> CheckedDocument:
        likely = Likely(name, 0.9, rows)
        open_ = replace(verdict, verdict="not_enough_evidence", reason="not_firm", likely=likely)
        return replace(checked, verdicts={claim.claim_id: open_})

    database = build(tmp_path, [said("supported")])
    client = client_of(desk := Desk(database, journal(database)))
    seen = mark(client, claim)
    rerun(database, [said("refuted")], 2)
    assert post(client, claim, kind="likely", seen=seen).status_code == 409
    assert lines(database) == []
    assert post(client, claim, kind="likely", seen=mark(client, claim)).status_code == 303
    assert [line["verdict"] for line in lines(database)] == ["refuted"]
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
    once = [verdict for verdict, _ in groupby(recorded)]  # one form sent twice is one decision
    assert [line["made_on"] for line in lines(database)] == once
    assert set(recorded) == {"supported", "refuted"}
    with desk.open() as opened:
        found = opened.claim(claim.claim_id).verdict
        assert found is not None
        assert found.verdict == "refuted"
    desk.close()


# --- Newer snapshots ---


LONG = 30.0  # seconds after which a test gives up
[CLAIM] = echo().reading.claims


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(preloading, "PAUSE", 0.05)
    desk = Desk(build(tmp_path, [echo()]), journal(tmp_path / "claims.duckdb"))
    with desk.open():
        pass
    yield desk
    desk.close()


def until(holds: Callable[[], object]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + LONG
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_pages_go_on_with_the_old_snapshot_until_the_new_one_is_warm(desk: Desk) -> None:
    gate, warming = threading.Event(), threading.Event()

    def slowly(opened: Desk) -> None:
        warming.set()
        assert gate.wait(LONG)
        warm(opened)

    client = client_of(desk)
    bringer = Ahead(desk, slowly)
    bringer.start()
    before = desk.snapshot
    rerun(desk.database, [refuted(echo())], 2)
    assert warming.wait(LONG)
    assert "Supported" in client.get(f"/claim/{CLAIM.claim_id}").text  # answered while the other is opened
    assert desk.snapshot == before
    gate.set()
    until(lambda: desk.snapshot != before)
    assert "Newer verdicts" in client.get("/").text
    assert "Refuted" in client.get(f"/claim/{CLAIM.claim_id}").text
    bringer.stop()


# --- Decisions laid over a snapshot: only what is new is worked out, and it comes to the same ---


LETTER = letter()
NAME = LETTER.document.id
CLAIMS = LETTER.reading.claims


def huge() -> CheckedDocument:
    """A claim whose number no column of the database holds exactly."""
    checked = echo()
    claim = checked.reading.claims[0]
    assert claim.quantity is not None
    number = replace(claim.quantity, value=Decimal("1E-12"), low=Decimal("1E-12"), high=Decimal("7E+40"))
    own = replace(claim, claim_id="0123456789abcdef", quantity=number)
    document = replace(checked.document, id="huge.txt")
    reading = replace(checked.reading, document=document, claims=(own,), mentions=(number,))
    return CheckedDocument(reading=reading, verdicts={})


ALL = [LETTER, echo(), hostile(), huge()]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("overlay"), ALL)


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    journal(database).file.unlink(missing_ok=True)
    with open_latest(database) as store:
        store.rows(queue.GATHER)
        yield store


def names(store: Store) -> list[str]:
    return [row["doc_id"] for row in store.rows("SELECT DISTINCT doc_id FROM queue ORDER BY doc_id")]


def test_facts_from_the_database_are_those_of_the_model(store: Store) -> None:
    assert len(names(store)) == len(ALL)
    for name in names(store):
        checked = store.load_document(name)
        wanted = [facts_of(c, name, checked.verdicts.get(c.claim_id)) for c in checked.reading.claims]
        assert load_facts(store, documents=[name]) == wanted
        assert load_facts(store, claim_ids=[f.claim_id for f in wanted]) == wanted
    assert load_facts(store, claim_ids=["nothing"], documents=["nowhere"]) == []


def states(overlay: Overlay) -> dict[str, Review]:
    return {claim.claim_id: overlay.review(claim.claim_id) for claim in CLAIMS}


def test_what_is_laid_over_bit_by_bit_is_what_all_at_once_gives(store: Store, database: Path) -> None:
    file, slow = journal(database), Overlay(store)
    gone = replace(CLAIMS[2], claim_id="feedfeedfeedfeed")
    lost = replace(CLAIMS[2], claim_id="beefbeefbeefbeef", text="nothing", start=9000, end=9001)
    first = decision(CLAIMS[0], NAME, verdict="supported", made_on="supported")
    for made in (
        first,
        decision(CLAIMS[0], NAME, "dismiss", "Basma"),
        decision(CLAIMS[1], NAME, "follow_up"),
        decision(CLAIMS[0], NAME, "undo", undoes=first.id),
        decision(gone, NAME, "dismiss"),
        decision(gone, NAME, "follow_up", "Basma"),
        decision(lost, NAME, "dismiss"),
        decision(lost, "nowhere.txt", "dismiss"),
    ):
        file.append(made)
        slow.follow(file)
    tables = [store.rows("FROM decided ORDER BY ALL")]
    fast = Overlay(store)
    fast.follow(file)
    tables.append(store.rows("FROM decided ORDER BY ALL"))
    assert states(slow) == states(fast)
    assert tables[0] == tables[1]
    assert (slow.done, list(slow.lost)) == (fast.done, list(fast.lost))
    assert fast.review(CLAIMS[2].claim_id).state == "follow_up"
    assert len(fast.lost) == 2
