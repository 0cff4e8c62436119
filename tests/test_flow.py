"""The flows as Prefect runs them: once against a real, temporary server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flows.check_documents import REFUSED, check_documents
from flows.recheck_claims import recheck_claims
from prefect.artifacts import Artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.testing.utilities import prefect_test_harness

from tests.killing import document
from tests.reader import ROOT

REFERENCE = ROOT / "reference_data"


@pytest.fixture(scope="session")
def server() -> Iterator[None]:
    """A Prefect server with a database of its own; about nine seconds."""
    with prefect_test_harness(server_startup_timeout=120):
        yield


def check(place: Path) -> State[object]:
    return check_documents(
        [place / "inbox"], [REFERENCE], place / "claims.duckdb", place / "reports", wait=0, return_state=True
    )


@pytest.mark.usefixtures("server")
def test_the_flows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "inbox").mkdir()
    for number in range(2):
        (tmp_path / "inbox" / f"d{number}.txt").write_text(document(number), encoding="utf-8")
    (tmp_path / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.4 broken")

    first = check(tmp_path)
    assert first.is_completed(), first.message
    outcome, paths = first.result()  # type: ignore[misc]
    assert (outcome.saved.new, len(outcome.failures)) == (2, 1)
    assert paths[0].is_file()
    printed = capsys.readouterr()
    assert "d0.txt" in printed.out
    assert "scan.pdf" in printed.err

    table = Artifact.get("verdicts")
    assert table is not None
    assert "d0.txt" in str(table.data)
    page = Artifact.get("report")
    assert page is not None
    assert "scan.pdf" in str(page.data)
    assert Artifact.get("progress") is not None

    second = check(tmp_path)
    assert str(second.message).startswith("2 documents, nothing new")
    assert "2 documents, nothing new" in capsys.readouterr().err

    again = recheck_claims([REFERENCE], tmp_path / "claims.duckdb", tmp_path / "reports", return_state=True)
    assert again.message == "every claim was judged with these tables already"

    refused = check_documents([tmp_path], [tmp_path / "none"], tmp_path / "claims.duckdb", return_state=True)
    assert (refused.name, refused.is_failed()) == (REFUSED, True)
    assert "none" in str(refused.message)

    with get_client(sync_client=True) as client:
        tags = [run.tags for run in client.read_task_runs()]
    assert ["check"] in tags
    assert ["publish"] in tags


def test_the_deployments_name_flows_that_are_there() -> None:
    import yaml

    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert [d["name"] for d in deployments] == ["hourly", "nightly"]
    for deployment in deployments:
        file, name = deployment["entrypoint"].split(":")
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")
        assert deployment["schedules"][0]["cron"].count(" ") == 4


@pytest.mark.parametrize("name", ["check_documents", "recheck_claims"])
def test_both_flows_wait_for_the_same_writer(name: str) -> None:
    source = (ROOT / "flows" / f"{name}.py").read_text(encoding="utf-8")
    assert 'WRITER = "claimcheck-writer"' in source
    assert "with concurrency(WRITER, occupy=1, strict=False):" in source
