"""How long the desk's pages take with 100,000 claims.

The median and the 95th percentile of each page and each form, after 2,000 decisions, on the clock and of the
processor.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from claimcheck.decisions.record import to_line
from claimcheck.model import CheckedDocument, Document, Link
from claimcheck.review.app import make_app
from claimcheck.review.desk import Desk
from claimcheck.review.serve import host_names
from tests.benchmarks.figures import Section, process
from tests.review_case import build, decision, journal
from tests.sample_builder import Builder, figure, verdict

DOCUMENTS, CLAIMS, DECISIONS, ASKED = 2_500, 40, 2_000, 40
MEASURES = ("people displaced", "people killed", "homes lost", "attacks counted")
PLACES = ("Idlib", "Eastern Ghouta", "Douma", "Aleppo")
VERDICTS = ("not_enough_evidence", "supported", "conflicting_evidence", "refuted")
HOST = "127.0.0.1:8712"
NAME = "doc-{:05d}.txt"
OPENED = """
import sys
from pathlib import Path
from claimcheck.claims.reading import read
from claimcheck.model import Document
from claimcheck.review.serve import bound, server
with bound("127.0.0.1", 0) as listening:
    server(Path(sys.argv[1]), listening)
    list(read([Document(id="first", text="Three people came.")]))
"""
"""A desk that is ready for its first page and its first correction."""
Row = tuple[str, ...]


def document(number: int) -> CheckedDocument:
    """A document of forty sentences, each with a number, a measure, a place and a verdict."""
    figures = [random.randint(2, 9000) for _ in range(CLAIMS)]
    lines = [f"Line {n} has {f} people in {random.choice(PLACES)}." for n, f in enumerate(figures)]
    b = Builder(Document(id=NAME.format(number), text="\n".join(lines), date=date(2018, 1, 31)))
    rows = [figure(f"F{n}", r, "A desk", "says so", best="5") for n, r in enumerate(("supports", "refutes"))]
    for line, value in zip(lines, figures, strict=True):
        text = str(value)
        found = b.number(text, line, value=text, low=text, high=text, kind="number", noun="person")
        name = random.choices(VERDICTS, (6, 2, 1, 1))[0]
        own = () if name == "not_enough_evidence" else rows
        made = verdict(name, "exact", f"{text} claimed; the rows say otherwise, or the same.", *own)
        b.claim(line[:-1], line, made, quantity=found, measure=random.choice(MEASURES), place=Link(PLACES[0]))
    return b.checked()


def make(folder: Path) -> Path:
    """The database with its snapshot, and a journal of decisions over most of its documents."""
    documents = [document(n) for n in range(DOCUMENTS)]
    database = build(folder, documents)
    file = journal(database).file
    file.write_text("".join(f"{line}\n" for line in decisions(documents)), encoding="utf-8")
    return database


def decisions(documents: Sequence[CheckedDocument]) -> Iterator[str]:
    """Confirmations of claims at random, as the journal's lines."""
    for _ in range(DECISIONS):
        checked = random.choice(documents)
        claim = random.choice(checked.reading.claims)
        made = checked.verdicts[claim.claim_id].verdict
        yield to_line(decision(claim, checked.document.id, verdict=made, made_on=made))


def claims(desk: Desk) -> Iterator[str]:
    """Claims at random, over all documents."""
    with desk.open() as opened:
        found = opened.store.rows("SELECT claim_id FROM queue USING SAMPLE 1000 ROWS")
    while True:
        yield random.choice(found)["claim_id"]


def timed(name: str, ask: Callable[[], Any]) -> Row:
    """Ask for a page again and again: median and 95th percentile in milliseconds, on the clock and of the
    processor."""
    ask()
    took, worked = [], []
    for _ in range(ASKED):
        start, cpu = time.perf_counter(), time.process_time()
        assert ask().status_code in (200, 303)
        took.append(1000 * (time.perf_counter() - start))
        worked.append(1000 * (time.process_time() - cpu))
    times = (n for t in (took, worked) for n in (statistics.median(t), sorted(t)[int(ASKED * 0.95) - 1]))
    return (name, *(f"{n:.0f}" for n in times))


def measured(folder: Path) -> Iterator[Row]:
    """Build where there is nothing yet, then ask for every kind of page, and post every kind of form."""
    random.seed(1)
    database = make(folder)
    start, cpu = time.perf_counter(), time.process_time()
    desk = Desk(database, journal(database))
    with desk.open():
        took, worked = 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - cpu)
    yield ("opening, once a snapshot", *(f"{n:.0f}" for n in (took, took, worked, worked)))
    client = TestClient(make_app(desk, host_names("127.0.0.1", 8712)), base_url=f"http://{HOST}")
    some = claims(desk)

    def post(kind: str, **form: str) -> Any:
        return client.post(
            f"/claim/{next(some)}/decide", data={"kind": kind, "reviewer": "Bench", **form},
            headers={"origin": f"http://{HOST}"}, follow_redirects=False,
        )  # fmt: skip

    yield timed("queue", lambda: client.get(f"/?page={random.randrange(1, 3900)}"))
    yield timed("search", lambda: client.get(f"/?text={random.randrange(9000)}"))
    yield timed("filters", lambda: client.get("/?verdict=refuted&measure=people&place=idlib"))
    yield timed("claim", lambda: client.get(f"/claim/{next(some)}"))
    yield timed("document", lambda: client.get(f"/document?id={NAME.format(random.randrange(DOCUMENTS))}"))
    yield timed("gaps", lambda: client.get("/gaps"))
    yield timed("history", lambda: client.get("/history"))
    yield timed("decide", lambda: post("follow_up"))
    yield timed("override", lambda: post("override", verdict="refuted"))
    yield timed("correct", lambda: post("correct", value=str(random.randrange(10, 900))))
    desk.close()


def desk() -> Section:
    """Each kind of page and of form, asked for again and again, and what a desk holds."""
    with tempfile.TemporaryDirectory() as folder:
        pages = list(measured(Path(folder)))
        ready = process([sys.executable, "-c", OPENED, str(Path(folder, "claims.duckdb"))])
    return Section(
        "Desk",
        f"`claimcheck review` over {DOCUMENTS * CLAIMS:,} claims with {DECISIONS:,} decisions: milliseconds "
        f"from request to whole answer, {ASKED} requests each, without the network. "
        f"A desk that is ready for its first correction holds {ready.peak:,.0f} MB.",
        ("page or form", "median", "95th percentile", "processor, median", "processor, 95th"),
        pages,
    )
