"""The desk's gaps, history and faults: what stands beside the queue and the claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.review import history_page
from claimcheck.review.app import make_app
from claimcheck.review.desk import Desk
from claimcheck.review.security import HEADERS
from claimcheck.review.serve import host_names
from tests.desk_case import HOST, TestClient
from tests.review_case import build, journal


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


