"""The desk over a database of its own, asked by HTTP, for the tests of its pages and forms."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from claimcheck.model import CheckedDocument, Claim
from claimcheck.pipeline import Checker
from claimcheck.review.app import make_app
from claimcheck.review.desk import Desk
from claimcheck.review.serve import host_names
from claimcheck.store.snapshots import publish_snapshot
from tests.review_case import REFERENCE, build, journal, next_run
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


def refuted(checked: CheckedDocument) -> CheckedDocument:
    verdicts = {i: replace(v, verdict="refuted", reason="overstated") for i, v in checked.verdicts.items()}
    return replace(checked, verdicts=verdicts)


def rerun(database: Path, documents: list[CheckedDocument], number: int) -> None:
    with Checker([REFERENCE], database) as checker:
        checker.save(next_run(number), documents)
        publish_snapshot(checker.store)
