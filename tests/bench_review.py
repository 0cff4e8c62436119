"""How long the desk's pages take with 100,000 claims: `python -m tests.bench_review [FOLDER]`.

Builds the database once (FOLDER is kept) and prints the median and the 95th percentile of each page.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from claimcheck.model import CheckedDocument, Document, Link
from claimcheck.review.app import make_app
from claimcheck.review.desk import Desk
from claimcheck.review.serve import host_names
from tests.review_case import build, journal
from tests.sample_builder import Builder, figure, verdict

DOCUMENTS, CLAIMS, ASKED = 2_500, 40, 40
MEASURES = ("people displaced", "people killed", "homes lost", "attacks counted")
PLACES = ("Idlib", "Eastern Ghouta", "Douma", "Aleppo")
VERDICTS = ("not_enough_evidence", "supported", "conflicting_evidence", "refuted")
HOST = "127.0.0.1:8712"


def document(number: int) -> CheckedDocument:
    """A document of forty sentences, each with a number, a measure, a place and a verdict."""
    figures = [random.randint(2, 9000) for _ in range(CLAIMS)]
    lines = [f"Line {n} has {f} people in {random.choice(PLACES)}." for n, f in enumerate(figures)]
    b = Builder(Document(id=f"doc-{number:05d}.txt", text="\n".join(lines), date=date(2018, 1, 31)))
    rows = [figure(f"F{n}", r, "A desk", "says so", best="5") for n, r in enumerate(("supports", "refutes"))]
    for line, value in zip(lines, figures, strict=True):
        text = str(value)
        found = b.number(text, line, value=text, low=text, high=text, kind="number", noun="person")
        name = random.choices(VERDICTS, (6, 2, 1, 1))[0]
        own = () if name == "not_enough_evidence" else rows
        made = verdict(name, "exact", f"{text} claimed; the rows say otherwise, or the same.", *own)
        b.claim(line[:-1], line, made, quantity=found, measure=random.choice(MEASURES), place=Link(PLACES[0]))
    return b.checked()


def claims(desk: Desk) -> Iterator[str]:
    """Claims at random, over all documents."""
    with desk.open() as opened:
        found = opened.store.rows("SELECT claim_id FROM queue USING SAMPLE 1000 ROWS")
    while True:
        yield random.choice(found)["claim_id"]


def timed(name: str, ask: Callable[[], Any]) -> None:
    """Ask for a page again and again, and print how long it took."""
    ask()
    took = []
    for _ in range(ASKED):
        start = time.perf_counter()
        assert ask().status_code in (200, 303)
        took.append(1000 * (time.perf_counter() - start))
    worst = sorted(took)[int(ASKED * 0.95) - 1]
    print(f"{name:12} median {statistics.median(took):6.1f} ms   p95 {worst:6.1f} ms")


def main(folder: Path) -> None:
    """Build where there is nothing yet, then ask for every kind of page."""
    random.seed(1)
    database = folder / "claims.duckdb"
    if not database.exists():
        build(folder, [document(n) for n in range(DOCUMENTS)])
    desk = Desk(database, journal(database))
    client = TestClient(make_app(desk, host_names("127.0.0.1", 8712)), base_url=f"http://{HOST}")
    some = claims(desk)
    timed("queue", lambda: client.get(f"/?page={random.randrange(1, 3900)}"))
    timed("search", lambda: client.get(f"/?text={random.randrange(9000)}"))
    timed("filters", lambda: client.get("/?verdict=refuted&measure=people&place=idlib"))
    timed("claim", lambda: client.get(f"/claim/{next(some)}"))
    timed("document", lambda: client.get(f"/document?id=doc-{random.randrange(DOCUMENTS):05d}.txt"))
    timed("gaps", lambda: client.get("/gaps"))
    timed("history", lambda: client.get("/history"))
    form = {"kind": "follow_up", "reviewer": "Bench"}
    origin = {"origin": f"http://{HOST}"}
    post = client.post
    timed(
        "decide",
        lambda: post(f"/claim/{next(some)}/decide", data=form, headers=origin, follow_redirects=False),
    )
    desk.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as kept:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(kept))
