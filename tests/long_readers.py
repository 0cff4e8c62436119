"""Readers and reviewers while runs write: `python -m tests.long_readers [DOCUMENTS [READERS]]`.

Runs over 2,000 documents, each of which publishes; 20 processes that read meanwhile, by the query door, by
`claimcheck.connect` and by `claimcheck query`; and the desk's own server, where two reviewers open claims and
decide. Nobody may see an error, no run may wait for a reader, and no decision may be lost.
"""

from __future__ import annotations

import http.client
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections import Counter
from pathlib import Path
from typing import Any

import claimcheck
from claimcheck.decisions import Journal, journal_file
from claimcheck.store import open_latest, open_store, query
from tests.killing import Ground, complete, whole

STEPS = 8  # runs into which the documents are cut
PAUSE = 1.0  # seconds between a reader's questions, and between a reviewer's pages
QUESTION = "SELECT verdict, count(*) AS n FROM claims GROUP BY ALL ORDER BY ALL"


def main() -> None:
    """Run it and say who saw what."""
    documents, readers = (int(a) for a in (sys.argv[1:] + ["2000", "20"][len(sys.argv) - 1 :])[:2])
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder))
        step(ground, 0, documents // STEPS)
        end, results = context.Event(), context.Queue()
        desk, port = open_desk(ground.database)
        others = [
            *(
                context.Process(target=reader, args=(n, ground.database, end, results))
                for n in range(readers)
            ),
            *(context.Process(target=reviewer, args=(f"reviewer {n}", port, end, results)) for n in (1, 2)),
        ]
        for process in others:
            process.start()
        try:
            for number in range(1, STEPS):
                first, last = (documents * n // STEPS for n in (number, number + 1))
                print(step(ground, first, last), flush=True)
        finally:
            end.set()
            seen = [results.get(timeout=120) for _ in others]
            for process in others:
                process.join()
            desk.terminate()
            desk.wait()
        ground.run()
        print(report(ground, seen))


def step(ground: Ground, first: int, last: int) -> str:
    """Documents into the inbox, and a run over it: what it did, how long it took, how long it was blocked.

    Blocked is the time that it neither worked nor stood in the queue for a processor: it waited for the disk,
    or for somebody. The crowd takes processors, which a run may wait for; it may hold nothing else.
    """
    for number in range(first, last):
        ground.put(number)
    wall, (worked, queued) = time.perf_counter(), _scheduled()
    outcome = ground.run()
    wall = time.perf_counter() - wall
    worked, queued = (after - before for before, after in zip((worked, queued), _scheduled(), strict=True))
    parts = f"worked {worked:.1f}, queued for a processor {queued:.1f}, blocked {wall - worked - queued:.1f}"
    return f"{outcome}; {wall:.1f} seconds: {parts}"


def _scheduled() -> tuple[float, float]:
    """Seconds that this thread ran, and that it was ready to run and had no processor."""
    ran, queued, _ = Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()
    return int(ran) / 1e9, int(queued) / 1e9


# --- readers ---------------------------------------------------------------------------------------------


def reader(number: int, database: Path, end: Any, results: Any) -> None:
    """Ask again and again, each reader in its own way; report how often, the longest wait, and the errors."""
    ask = _by_command if number == 0 else (_by_the_door, _by_connecting, _by_opening)[number % 3]
    errors: list[str] = []
    counts: list[int] = []
    longest = 0.0
    while not end.is_set():
        started = time.perf_counter()
        try:
            counts.append(ask(database))
        except Exception as error:
            errors.append(f"{ask.__name__}: {error!r}")
        longest = max(longest, time.perf_counter() - started)
        time.sleep(PAUSE)
    if counts != sorted(counts):
        errors.append("a later answer knew less than an earlier one")
    results.put({"who": "reader", "asked": len(counts), "longest": longest, "errors": errors})


def _by_the_door(database: Path) -> int:
    return sum(row[1] for row in query(database, QUESTION).rows)


def _by_connecting(database: Path) -> int:
    with claimcheck.connect(database) as connection:
        return sum(row[1] for row in connection.execute(QUESTION).fetchall())


def _by_opening(database: Path) -> int:
    with open_latest(database) as store:
        store.load_document("d0000.txt")
        return sum(row["n"] for row in store.rows(QUESTION))


def _by_command(database: Path) -> int:
    command = [sys.executable, "-m", "claimcheck.cli", "query", "--database", str(database), QUESTION]
    done = subprocess.run([*command, "--format", "csv"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return sum(int(line.rsplit(",", 1)[1]) for line in done.stdout.split()[1:])


# --- reviewers -------------------------------------------------------------------------------------------


def open_desk(database: Path) -> tuple[subprocess.Popen[str], int]:
    """`claimcheck review` on a free port, and the port."""
    command = [sys.executable, "-m", "claimcheck.cli", "review", "--database", str(database), "--port", "0"]
    desk = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"})
    assert desk.stderr is not None
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", desk.stderr.readline())
    assert found is not None, "the desk did not open"
    return desk, int(found[1])


def reviewer(name: str, port: int, end: Any, results: Any) -> None:
    """Open the queue, a claim, its form; decide; report how many decisions, and the errors."""
    seen: Counter[str] = Counter()
    errors: list[str] = []
    longest = 0.0
    turn = 0
    while not end.is_set():
        turn += 1
        started = time.perf_counter()
        try:
            seen[_decided(name, port, turn)] += 1
        except Exception as error:
            errors.append(f"{name}: {error!r}")
        longest = max(longest, time.perf_counter() - started)
        time.sleep(PAUSE)
    results.put({"who": "reviewer", "asked": seen["recorded"], "longest": longest, "errors": errors, **seen})


def _decided(name: str, port: int, turn: int) -> str:
    """One decision: "recorded", or "outdated" where a run was published between the page and its form."""
    page = _answer(port, "GET", "/")
    claims = sorted(set(re.findall(r'"/claim/([0-9a-f]{16})', page)))
    claim = claims[hash((name, turn)) % len(claims)]
    form = _answer(port, "GET", f"/claim/{claim}")
    mark = re.search(r'name="seen" value="([^"]*)"', form)
    assert mark is not None, "the form carries no mark"
    fields = {"kind": "follow_up", "reviewer": name, "note": f"turn {turn}", "seen": mark[1]}
    return _answer(port, "POST", f"/claim/{claim}/decide", urllib.parse.urlencode(fields))


def _answer(port: int, method: str, path: str, body: str | None = None) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    origin = {"origin": f"http://127.0.0.1:{port}", "content-type": "application/x-www-form-urlencoded"}
    connection.request(method, path, body, origin if body else {})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    if method == "POST" and answer.status == 303:
        return "recorded"
    if method == "POST" and answer.status == 422 and "A newer run changed this claim" in text:
        return "outdated"
    if answer.status != 200:
        raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]}")
    return text


def report(ground: Ground, seen: list[dict[str, Any]]) -> str:
    """Who did what and what they saw; raises AssertionError where anything was lost."""
    whole(ground)
    complete(ground)
    lines = []
    for who in ("reader", "reviewer"):
        own = [one for one in seen if one["who"] == who]
        asked, longest = sum(one["asked"] for one in own), max(one["longest"] for one in own)
        lines.append(f"{len(own)} {who}s: {asked} times served, the longest took {longest:.1f} seconds")
    recorded = sum(one["asked"] for one in seen if one["who"] == "reviewer")
    decisions, problems = Journal(journal_file(ground.database)).read()
    assert (len(decisions), list(problems)) == (recorded, []), (len(decisions), recorded, problems)
    with open_store(ground.database, read_only=True) as store:
        assert store.rows("SELECT count(*) AS n FROM decision") == [{"n": recorded}]
        ended = store.rows("SELECT status, count(*) AS n FROM run GROUP BY ALL")
    errors = [error for one in seen for error in one["errors"]]
    lines += [f"runs: {ended}; decisions: {recorded}, all kept", f"errors: {len(errors)}", *errors[:20]]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
