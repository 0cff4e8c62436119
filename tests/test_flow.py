"""The flows as Prefect runs them: against a real, temporary server, and on the workers of a real cluster."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml

from claimcheck import __version__, inbox
from claimcheck.decisions import Journal, decide, journal_file
from claimcheck.pipeline import Checker
from claimcheck.store import open_store
from tests.killing import document, run_inbox
from tests.reader import ROOT

REFERENCE = ROOT / "reference_data"


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    """A Prefect server with a database of its own; about nine seconds, and more for as long as it runs."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture(scope="module")
def case() -> Any:
    """The flows, loaded: `flow_case`."""
    return importlib.import_module("tests.flow_case")


def fill(folder: Path, documents: int) -> None:
    folder.mkdir()
    for number in range(documents):
        (folder / f"d{number:03}.txt").write_text(document(number), encoding="utf-8")


@pytest.mark.usefixtures("server")
def test_the_flows(
    case: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    emitted: list[Any] = []
    really = case.common.emit_event
    monkeypatch.setattr(case.common, "emit_event", lambda **event: emitted.append(really(**event)))
    fill(tmp_path / "inbox", 2)
    (tmp_path / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    database, reports = tmp_path / "claims.duckdb", tmp_path / "reports"

    first = case.check(tmp_path)
    assert first.is_completed(), first.message
    outcome, paths = first.result()  # type: ignore[misc]
    assert (outcome.saved.new, len(outcome.failures)) == (2, 1)
    assert paths[0].is_file()
    printed = capsys.readouterr()
    assert "d000.txt" in printed.out
    assert "scan.pdf" in printed.err

    table = case.Artifact.get("claimcheck-verdicts")
    assert table is not None
    assert "d000.txt" in str(table.data)
    page = case.Artifact.get("claimcheck-report")
    assert page is not None
    assert "reports/index.html" in str(page.data)
    assert "What to look at first" in str(page.data) or "Look at these first" in str(page.data)
    others = (case.Artifact.get(f"claimcheck-{key}") for key in ("quarantine", "progress"))
    for artifact in (table, page, *others):
        assert artifact is not None
        assert artifact.description
    assert "scan.pdf: is not a whole PDF" in str(case.of_quarantine())

    assert first.name == case.QUARANTINE
    seen = [(e.event, e.payload["count"], e.payload["examples"][0]) for e in emitted]
    assert [(event, count) for event, count, _ in seen if "quarantined" in event] == [
        ("claimcheck.documents.quarantined", 1)
    ]
    assert {event for event, *_ in seen} <= {"claimcheck.documents.quarantined", "claimcheck.claims.refuted"}
    refuted = [(count, one) for event, count, one in seen if event == "claimcheck.claims.refuted"]
    with open_store(database, read_only=True) as store:
        [(wrong,)] = store.cells("SELECT count(*) FROM claims WHERE verdict = 'refuted'")
    assert [count for count, _ in refuted] == ([wrong] if wrong else [])
    emitted.clear()

    made = {key: case.Artifact.get(f"claimcheck-{key}").id for key in case.KEYS}
    second = case.check(tmp_path)
    assert second.name == case.QUARANTINE
    assert emitted == [], "what was set aside before, and refuted before, is no event"
    assert {key: case.Artifact.get(f"claimcheck-{key}").id for key in case.KEYS} == made
    assert str(second.message).startswith("2 documents, nothing new")
    assert "2 documents, nothing new" in capsys.readouterr().err
    (tmp_path / "inbox" / "scan.pdf").unlink()
    assert case.check(tmp_path).is_completed()
    assert case.of_quarantine() == []

    again = case.recheck_claims([REFERENCE], database, reports, return_state=True)
    assert again.message == "every claim was judged with these tables already"

    refused = case.check_documents([tmp_path], [tmp_path / "none"], database, return_state=True)
    assert (refused.name, refused.is_failed()) == (case.REFUSED, True)
    assert "none" in str(refused.message)
    for odd, value in {"runner": "foo", "wait": "soon", "scheduler": "zzz", "address": 5}.items():
        refused = case.check(tmp_path, **{odd: value})
        assert (refused.name, str(refused.message).split(":")[0]) == (case.REFUSED, f"parameter {odd}")
    refused = case.check_documents([3], [REFERENCE], database, return_state=True)
    assert str(refused.message).startswith("parameter inbox: [3] is not a list of paths")

    with case.get_client(sync_client=True) as client:
        runs = client.read_task_runs()
        names = {run.name for run in client.read_flow_runs()}
        logs = [line.message for line in client.read_logs()]
    assert {
        "check inbox: 2 new, 1 set aside",
        "check inbox: nothing new, 1 set aside".replace("nothing new, ", ""),
        "check inbox: nothing new",
        "re-check: 0 verdicts changed",
    } <= names
    assert any(line.startswith("batch of 2: 2 of ") for line in logs)
    assert any(line.startswith("published: ") for line in logs)
    assert {run.name.rsplit("-", 1)[0] for run in runs} >= {"check_batch", "publish"}
    # each tag of a task asks the server for a slot before it starts, and waits two seconds where that is busy
    assert not any(run.tags for run in runs)


@pytest.mark.usefixtures("server")
def test_decisions_are_in_the_reports_of_every_flow(case: Any, tmp_path: Path) -> None:
    fill(tmp_path / "inbox", 1)
    database, reports = tmp_path / "claims.duckdb", tmp_path / "reports"
    none = case.publish_report(database, reports, return_state=True)
    assert none.name == case.REFUSED
    assert "there is no database here" in str(none.message)
    case.check(tmp_path)
    assert "Confirmed by Amal" not in (reports / "claims.csv").read_text("utf-8-sig")

    with open_store(database, read_only=True) as store:
        checked = store.load_document("d000.txt")
    claim = checked.reading.claims[0]
    made_on = checked.verdicts[claim.claim_id].verdict
    confirmed = decide(claim, "d000.txt", "confirm", "Amal", made_on=made_on, verdict=made_on)
    Journal(journal_file(database)).append(confirmed)
    done = case.publish_report(database, reports, return_state=True)
    assert str(done.message).endswith("1 decision, 1 of them new"), done.message
    assert "Confirmed by Amal" in (reports / "claims.csv").read_text("utf-8-sig")
    page = case.Artifact.get("claimcheck-published")
    assert page is not None
    assert "claims.csv" in str(page.data)

    case.check(tmp_path)
    assert "Confirmed by Amal" in (reports / "claims.csv").read_text("utf-8-sig")


# --- the cluster -----------------------------------------------------------------------------------------


def _is_written(file: Path) -> bool:
    """Whether a scheduler has said where it is: its file is there a moment before its words are."""
    return file.exists() and file.read_text().rstrip().endswith("}")


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a Dask scheduler with two workers, all processes of their own on this machine.

    They find claimcheck and nothing else of the project, as workers on other machines do.
    """
    away = tmp_path / "away"
    away.mkdir()
    about = tmp_path / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PREFECT_HOME": str(away)}
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1", "--no-dashboard"]
    here = ["--host", "127.0.0.1", "--scheduler-file", str(about)]
    commands = [[*command, *here], *2 * [[*worker, *here]]]
    processes = [
        subprocess.Popen(c, cwd=away, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for c in commands
    ]
    try:
        until = time.monotonic() + 60
        while not _is_written(about) and time.monotonic() < until:
            time.sleep(0.1)
        yield json.loads(about.read_text())["address"]
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait(30)


def claims_in(database: Path) -> list[dict[str, object]]:
    with open_store(database, read_only=True) as store:
        claims = store.rows("SELECT * EXCLUDE (verdict_run) FROM claims ORDER BY doc_id, claim_id")
        mentions = store.rows("FROM mention ORDER BY document_key, position")
        assert store.rows("SELECT status FROM run") == [{"status": "finished"}]
    return claims + mentions


@pytest.mark.skipif(not importlib.util.find_spec("prefect_dask"), reason="the extra `cluster` is missing")
@pytest.mark.usefixtures("server")
@pytest.mark.long
def test_workers_read_what_one_process_reads(
    case: Any, tmp_path: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "BATCH", 20)
    for place in ("plain", "spread"):
        (tmp_path / place).mkdir()
        fill(tmp_path / place / "inbox", 50)
    with Checker([REFERENCE], tmp_path / "plain" / "claims.duckdb") as checker:
        run_inbox(checker, [tmp_path / "plain" / "inbox"])
    done = case.check(tmp_path / "spread", runner="dask", scheduler=scheduler)
    assert done.is_completed(), done.message
    assert claims_in(tmp_path / "spread" / "claims.duckdb") == claims_in(tmp_path / "plain" / "claims.duckdb")
    with case.get_client(sync_client=True) as client:
        read = [run for run in client.read_task_runs() if run.tags == ["read"]]
    assert len(read) == 3, "the workers did not read"


def test_without_the_extra_a_cluster_is_refused_in_a_sentence(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.spreading import ClusterError, cluster

    monkeypatch.setitem(sys.modules, "prefect_dask", None)
    with pytest.raises(ClusterError, match=r"needs the extra `cluster` \(prefect_dask is missing\)"):
        cluster(None).__enter__()


# --- what Prefect's users expect ------------------------------------------------------------------------


def test_every_parameter_is_described_and_every_flow_has_the_version(case: Any) -> None:
    for flow, *_ in case.SERVED.values():
        fields = flow.to_deployment(name="x")._parameter_openapi_schema.properties
        assert [name for name, field in fields.items() if not field.get("description")] == []
        assert flow.version == __version__


def test_the_automations_are_such_and_wait_for_what_the_flows_say(case: Any) -> None:
    text = (ROOT / "flows" / "automations.yaml").read_text(encoding="utf-8").replace("BLOCK", str(uuid4()))
    made = [case.AutomationCore.model_validate(one) for one in yaml.safe_load(text)["automations"]]
    expected = {event for one in made for event in one.trigger.expect}
    assert {"claimcheck.claims.refuted", "claimcheck.documents.quarantined"} <= expected
    ends = {f"prefect.flow-run.{name}" for name in ("Completed", case.QUARANTINE, case.REFUSED, "Failed")}
    assert ends <= expected


@pytest.mark.usefixtures("server")
def test_an_inbox_elsewhere_is_fetched_and_checked(
    case: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The example of docs/running.md, with another folder as the place elsewhere."""
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "remote_inbox.py").write_text(code, encoding="utf-8")
    fill(tmp_path / "elsewhere", 2)
    (tmp_path / "reference_data").symlink_to(REFERENCE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    example = importlib.import_module("remote_inbox")
    example.check_remote((tmp_path / "elsewhere").as_uri())
    with open_store(tmp_path / "claims.duckdb", read_only=True) as store:
        assert store.cells("SELECT doc_id FROM documents ORDER BY 1") == [("d000.txt",), ("d001.txt",)]


# --- deployments -----------------------------------------------------------------------------------------


def test_the_deployments_are_those_that_one_process_serves(case: Any) -> None:
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    written = {d["name"]: (d["entrypoint"], d["schedules"][0]["cron"]) for d in deployments}
    served = {}
    for flow, name, cron, _ in case.SERVED.values():
        file = Path(str(flow.fn.__code__.co_filename)).relative_to(ROOT)
        served[name] = (f"{file}:{flow.fn.__name__}", cron)
    assert written == served


NOWHERE = "http://127.0.0.1:9/api"  # a port that nobody listens on


SAYS = {
    "deploy": f"no Prefect server answers at {NOWHERE}",
    "publish_report": f"Failed to reach API at {NOWHERE}",
}


@pytest.mark.long
@pytest.mark.parametrize("script", SAYS)
def test_without_its_server_a_script_says_so(script: str) -> None:
    done = subprocess.run(
        [sys.executable, f"flows/{script}.py"], cwd=ROOT, env={**os.environ, "PREFECT_API_URL": NOWHERE},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(f"claimcheck: {SAYS[script]}")
    assert "`prefect server start`" in done.stderr
    assert "Traceback" not in done.stderr
