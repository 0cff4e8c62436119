"""Whom the desk answers, what its pages may run, and the command that serves it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

import pytest

from claimcheck.review.desk import Desk
from tests.desk_case import HERE, HOST, PATIENTS, TestClient, client_of, lines, post
from tests.sample_hostile import hostile


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:8712", ""]
)
def test_other_host_names_are_not_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", [None, "null", "twice", f"https://{HOST}", f"http://{HOST}.evil"])
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


EVERY = ("0.0.0.0", "0", "0x0", "000.0", "", "::", "::0", "0:0:0:0:0:0:0:0", "::ffff:0.0.0.0", "::ffff:0:0")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--host", "192.0.2.1"], "give a --token"),
        *((["--host", every, "--token", "new"], "name the one address") for every in EVERY),
        (["--token", "short"], "at least 16"),
        (["--token", "ključ" * 4], "of ASCII"),
        (["--database", "nowhere.duckdb"], "no database here"),
    ],
)
def test_the_command_refuses_what_would_be_unsafe(arguments: list[str], says: str, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from claimcheck.cli.app import app

    result = CliRunner().invoke(app, ["review", "--port", "0", *arguments], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert says in " ".join(result.output.split())
