"""The overview of a run: what it counts, what it says first, what changed, its pictures, and its size."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from claimcheck import publishing
from claimcheck.decisions import Journal
from claimcheck.model import Document
from claimcheck.pipeline import Checker
from claimcheck.review.desk import Desk
from claimcheck.review.queue import Filters
from claimcheck.store import StoreError, open_store, overview, publish_snapshot
from tests.overview_case import build, changed_letter, overview_of, publish
from tests.review_case import REFERENCE, decision, echo
from tests.sample_builder import Builder, verdict
from tests.sample_hostile import hostile
from tests.sample_report import RUN, letter


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("overview"))


@pytest.fixture(scope="module")
def folder(database: Path) -> Path:
    made = database.parent / "reports"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overview, "MEASURES", 10)
        publish(database, made)
    return made


# --- what it says -----------------------------------------------------------------------------------------


def test_the_overview_stands_in_front_of_several_documents(database: Path, tmp_path: Path) -> None:
    names = [path.name for path in publish(database, tmp_path)]
    assert names[0] == "index.html"
    assert {"index.md", "claims.csv", "claims.json"} <= set(names)
    assert len(names) == len(set(names)) == len(list(tmp_path.iterdir()))
    (tmp_path / "index.html").write_text("somebody else's")
    with pytest.raises(StoreError, match="no report of claimcheck"):
        publish(database, tmp_path)


def test_counts_are_those_of_the_documents(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "MEASURES", 10)
    documents, found = [changed_letter(), echo(), hostile()], overview_of(database)
    assert found.documents == len(documents)
    assert found.claims == sum(len(c.reading.claims) for c in documents)
    assert len(found.measures) == 10  # each of the rest has one claim
    assert sum(m.claims for m in found.measures) + found.measures_left == found.claims
    assert {line.doc_id: line.counts for line in found.document_lines}["echo.txt"] == (("supported", 1),)
    read = Counter(m.status for c in documents for m in c.reading.mentions)
    assert sum(line.numbers + line.times for line in found.coverage) == read.total()
    for status in ("claim", "not_claim", "unresolved"):
        lines = [line for line in found.coverage if line.status == status]
        assert sum(line.numbers + line.times for line in lines) == read[status]


def test_the_claims_to_look_at_first_are_those_of_the_queue(database: Path, tmp_path: Path) -> None:
    claims = changed_letter().reading.claims
    for wanted, kind in (((), ""), (claims[:3], "confirm"), (claims[2:5], "dismiss")):
        journal = Journal(tmp_path / f"decisions-{kind}.jsonl")
        made = changed_letter().verdicts
        for claim in wanted:
            own = made[claim.claim_id].verdict if claim.claim_id in made else None
            fields = (
                {"made_on": own, "verdict": own} if kind == "confirm" and own else {"reason": "not_a_claim"}
            )
            what = kind if own or kind == "dismiss" else "dismiss"
            journal.append(decision(claim, letter().document.id, what, **fields))
        decisions, _ = journal.read()
        found = overview_of(database, decisions)
        with open_store(database, read_only=False) as store:
            publish_snapshot(store)
        desk = Desk(database, journal)
        with desk.open() as opened:
            rows = [row for row in opened.page(Filters()) if row["judged"] and row["near"]]
            queue = [row["claim_id"] for row in rows][:10]
        desk.close()
        assert [claim_id for claim_id, _ in found.first] == queue
        assert found.reviewed == len(wanted)


def test_every_address_of_the_page_leads_somewhere(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert len(ids) == len(re.findall(r'\bid="', page))
    for address in re.findall(r'href="([^"]+)"', page):
        if address.startswith("#"):
            assert address[1:] in ids
        elif not address.startswith("http"):
            assert (folder / address.split("#")[0]).is_file(), address


def test_a_run_with_nothing_has_an_overview(tmp_path: Path) -> None:
    database = tmp_path / "claims.duckdb"
    empty = Builder(Document(id="empty.txt", text="Nothing is counted here.")).checked()
    with Checker([REFERENCE], database) as checker:
        checker.save(RUN, [empty])
    page = publish(database, tmp_path / "out", ["html"])[1].read_text(encoding="utf-8")
    assert "0 claims in 1 document" in page
    assert "Nothing asks for a look." in page
    assert "Every claim met a row." in page


# --- what it must not do ----------------------------------------------------------------------------------


def test_hostile_text_is_inert_in_every_format(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert "{{ 7*7" in page  # as text
    for char in "\u202e\u200b\x00":
        assert char not in page
    assert "style=" not in page
    markdown = (folder / "index.md").read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<\w", markdown)
    for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert "href" not in svg


def test_the_page_carries_no_address_of_this_machine(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name.startswith("index"):
            assert str(folder.parent) not in path.read_text(encoding="utf-8")


# --- size ---------------------------------------------------------------------------------------------------


def test_a_big_run_pages_its_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "MANY", 5)
    monkeypatch.setattr(publishing, "LISTED", 10)
    database = tmp_path / "claims.duckdb"

    def short(number: int) -> Any:
        b = Builder(Document(id=f"{number}.txt", text=f"There were {number} patients."))
        made = verdict("not_enough_evidence", "no_reference", "no row")
        text = str(number)
        found = b.number(text, value=text, low=text, high=text, kind="number", noun="patient")
        b.claim(f"There were {number} patients", f"There were {number} patients", made, quantity=found)
        return b.checked()

    with Checker([REFERENCE], database) as checker:
        checker.save(RUN, [short(n) for n in range(100, 227)])
    out = tmp_path / "out"
    paths = publish(database, out, every_page=True)
    assert [p.name for p in paths[:4]] == [
        "index.html",
        "documents-2.html",
        "documents-3.html",
        "documents-4.html",
    ]
    listed = [
        name
        for path in paths[:4]
        for name in re.findall(r'<a href="(pages/[^"#]+)"><bdi>There', path.read_text(encoding="utf-8"))
    ]
    assert len(listed) == len(set(listed)) == 127
    assert all((out / name).is_file() for name in listed)
    assert "Documents 101 to 110 of 127" in paths[1].read_text(encoding="utf-8")
    assert len((out / "claims.csv").read_text(encoding="utf-8-sig").splitlines()) == 128
    assert len(json.loads((out / "claims.json").read_text(encoding="utf-8"))["documents"]) == 127
    assert (out / "pages").joinpath(listed[0].removeprefix("pages/")).with_suffix(".md").is_file()


def test_a_snapshot_of_an_older_schema_is_replaced(tmp_path: Path) -> None:
    database = tmp_path / "claims.duckdb"
    with Checker([REFERENCE], database) as checker:
        checker.save(RUN, [echo()])
        first = publishing.publish_if_news(checker.store)
        assert publishing.publish_if_news(checker.store) is None
    assert first is not None
    with duckdb.connect(str(first)) as old:  # as an earlier version of claimcheck left it
        old.execute("DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)")
    with open_store(database) as store:
        assert publishing.publish_if_news(store) not in (None, first)
        assert publishing.publish_if_news(store) is None
