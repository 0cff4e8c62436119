"""When the pipeline runs next, as a server tells it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from claimcheck import schedule

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def answered(*runs: tuple[str, datetime]) -> list[dict[str, Any]]:
    return [
        {"tags": ["claimcheck", tag, "auto-scheduled"], "next_scheduled_start_time": when.isoformat()}
        for tag, when in runs
    ]


def said_at_once(body: bytes) -> int:
    """How many bytes of an answer come at once: one of those that begin with many blanks."""
    return 1 if body.startswith(b" " * 40) else len(body)


@pytest.fixture
def server() -> Iterator[tuple[str, list[Any]]]:
    """A server that answers with what the list holds first, and notes what it is asked."""
    said: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = said[0] if isinstance(said[0], bytes) else json.dumps(said[0]).encode()
            said.append((self.path, asked))
            self.send_response(302 if b"/elsewhere" in body else 200)
            self.send_header("Location", body.decode(errors="replace").strip('"')[:99])
            self.end_headers()
            for at in range(0, len(body), pace := said_at_once(body)):
                self.wfile.write(body[at : at + pace])
                self.wfile.flush()
                time.sleep(0.05 if pace == 1 else 0)

        def do_GET(self) -> None:
            said.append(self.path)

        def log_message(self, *_: object) -> None:
            pass

    one = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=one.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{one.server_port}/api", said
    one.shutdown()
    one.server_close()


def test_the_next_run_of_each_flow(server: tuple[str, list[Any]]) -> None:
    address, said = server
    soon, later = NOW + timedelta(minutes=5), NOW + timedelta(hours=15)
    said.append(answered(("check", soon), ("check", soon + timedelta(hours=1)), ("recheck", later)))
    runs = schedule.next_runs({"PREFECT_API_URL": address + "/"})
    assert runs == [(soon, "check"), (later, "recheck")]
    path, asked = said[1]
    assert path == "/api/flow_runs/filter"
    assert asked["flow_runs"]["tags"] == {"all_": ["claimcheck"]}
    stated = schedule.words(runs, NOW)
    assert "check at" in stated
    assert "(in 5 minutes)" in stated
    assert "(in 15 hours)" in stated


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "names no server"),
        ({"PREFECT_API_URL": "4200"}, "not an address like"),
        ({"PREFECT_API_URL": "http://127.0.0.1:9/api"}, "does not answer as expected"),
        ({"PREFECT_API_URL": "http://ann:secret@127.0.0.1"}, "names a user, and nobody is to be named"),
        ({"PREFECT_API_URL": "http://[::1"}, "does not answer as expected"),
        ({"PREFECT_API_URL": "http://127.0.0.1:9/a pi"}, "does not answer as expected"),
    ],
)
def test_without_a_server_it_says_so(environment: dict[str, str], words: str) -> None:
    with pytest.raises(LookupError, match=words):
        schedule.next_runs(environment)


BEYOND = {"expected_start_time": "0001-01-01T00:00:00+23:00", "tags": ["claimcheck"]}


@pytest.mark.parametrize(
    "nonsense", [{"detail": "no"}, [1], [{"tags": ["claimcheck"]}], "x", b"[" * 10**5, [BEYOND]]
)
def test_an_answer_of_something_else_is_no_crash(server: tuple[str, list[Any]], nonsense: Any) -> None:
    address, said = server
    said.append(nonsense)
    with pytest.raises(LookupError, match="does not answer as expected"):
        schedule.next_runs({"PREFECT_API_URL": address})


def test_no_other_server_is_asked(server: tuple[str, list[Any]]) -> None:
    address, said = server
    said.append(f"{address}/elsewhere")
    with pytest.raises(LookupError, match="Found"):
        schedule.next_runs({"PREFECT_API_URL": address})
    assert len(said) == 2  # what was said, and what was asked


def test_an_answer_that_drips_is_not_waited_for(
    server: tuple[str, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, said = server
    said.append(b" " * 40 + b"[]")  # two seconds, and then a good answer
    monkeypatch.setattr(schedule, "PATIENCE", 0.4)
    with pytest.raises(LookupError, match="nothing whole in"):
        schedule.next_runs({"PREFECT_API_URL": address})
