"""The overview of a run: what it counts, what it says first, what changed, its pictures, and its size."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import publishing
from claimcheck.decisions import Journal
from claimcheck.model import Document
from claimcheck.pipeline import Checker
from claimcheck.report.history import Column, history_picture, moment_words
from claimcheck.report.series import Point, series_picture
from claimcheck.review.desk import Desk
from claimcheck.review.queue import Filters
from claimcheck.store import open_store, publish_snapshot
from claimcheck.store.overview import gather, latest_run
from tests.overview_case import PATIENTS, build, changed_letter, publish
from tests.review_case import REFERENCE, decision, echo
from tests.sample_builder import Builder, verdict
from tests.sample_hostile import EVIL, hostile
from tests.sample_report import RUN, letter


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("overview"))


@pytest.fixture(scope="module")
def folder(database: Path) -> Path:
    made = database.parent / "reports"
    publish(database, made)
    return made


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return found


# --- what it says -----------------------------------------------------------------------------------------


def test_the_overview_stands_in_front_of_several_documents(database: Path, tmp_path: Path) -> None:
    names = [path.name for path in publish(database, tmp_path)]
    assert names[0] == "index.html"
    assert {"index.md", "index.json", "claims.csv", "claims.json"} <= set(names)
    assert len(names) == len(set(names)) == len(list(tmp_path.iterdir()))


def test_a_single_document_stands_in_front_of_its_overview(tmp_path: Path) -> None:
    database = tmp_path / "claims.duckdb"
    with Checker([REFERENCE], database) as checker:
        checker.save(RUN, [letter()])
    paths = publish(database, tmp_path / "reports")
    assert [path.name for path in paths[:2]] == ["joint-letter-2018-01-31.html", "index.html"]
    assert 'href="index.html"' in paths[0].read_text(encoding="utf-8")
    page = paths[1].read_text(encoding="utf-8")
    assert "What changed" not in page  # a first run changes nothing, and one bar tells nothing


def test_counts_are_those_of_the_documents(told: dict[str, Any]) -> None:
    documents = [changed_letter(), echo(), hostile()]
    assert told["documents"] == len(documents)
    assert told["claims"] == sum(len(c.reading.claims) for c in documents)
    assert sum(told["standings"].values()) == told["claims"]
    assert len(told["measures"]) == 15  # each of the rest has one claim
    assert sum(m["claims"] for m in told["measures"]) + told["measures_left"] == told["claims"]
    listed = {line["document"]: line for line in told["document_list"]}
    assert listed["echo.txt"]["standings"] == {"supported": 1}
    read = [m for c in documents for m in c.reading.mentions]
    assert sum(line["read"] for line in told["coverage"]) == len(read)
    for status in ("claim", "not_claim", "unresolved"):
        assert sum(line[status] for line in told["coverage"]) == sum(m.status == status for m in read)


def test_what_changed_has_its_cause(told: dict[str, Any]) -> None:
    since = told["since"]
    assert since["run_id"] == "run-1b"
    assert since["changes"] == 1
    assert since["moves"] == [{"before": "conflicting_evidence", "after": "refuted", "claims": 1}]
    [change] = since["changed"]
    assert change["claim_id"] == PATIENTS.claim_id
    assert (change["before"], change["after"]) == ("conflicting", "refuted")
    assert any(re.match(r"gone: .*figures:F012", cause) for cause in change["through"])
    assert since["new_claims"] == len(hostile().reading.claims)
    assert since["gone_claims"] == 0
    assert since["new_in_the_run"] == [f"lexicon {RUN.lexicon} → other"]


def test_runs_that_changed_nothing_have_no_bar(told: dict[str, Any], folder: Path) -> None:
    assert [line["run_id"] for line in told["history"]] == [RUN.run_id, "run-2"]
    assert told["history"][-1]["standings"] == told["standings"]
    assert "1 run that changed nothing left out" in (folder / "index.html").read_text(encoding="utf-8")


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
        publish(database, tmp_path, ["json"], decisions, overview_alone=True)
        told = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
        with open_store(database, read_only=False) as store:
            publish_snapshot(store)
        desk = Desk(database, journal)
        with desk.open() as opened:
            rows = [row for row in opened.page(Filters()) if row["judged"] and row["near"]]
            queue = [row["claim_id"] for row in rows][:10]
        desk.close()
        assert [claim["claim_id"] for claim in told["look_first"]] == queue
        assert told["reviewed"] == len(wanted)
    assert told["look_first"][0]["text"]


def test_each_quoted_claim_leads_to_its_card(folder: Path, told: dict[str, Any]) -> None:
    links = [claim["link"] for claim in told["look_first"]] + [c["link"] for c in told["since"]["changed"]]
    links += [problem["link"] for problem in told["problems"]]
    assert links
    for claim, link in zip(told["look_first"], links, strict=False):
        file, anchor = link.split("#")
        page = (folder / file).read_text(encoding="utf-8")
        card = page[page.index(f'id="{anchor}"') :]
        assert claim["claim_id"] in card[: card.index("How it was read") + 4000]
    for link in links:
        file, anchor = link.split("#")
        assert f'id="{anchor}"' in (folder / file).read_text(encoding="utf-8")


def test_every_address_of_the_page_leads_somewhere(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert len(ids) == len(re.findall(r'\bid="', page))
    for address in re.findall(r'href="([^"]+)"', page):
        if address.startswith("#"):
            assert address[1:] in ids
        elif not address.startswith("http"):
            assert (folder / address.split("#")[0]).is_file(), address


def test_the_letters_765_stands_among_the_figures(told: dict[str, Any], folder: Path) -> None:
    series = next(s for s in told["series"] if s["measure"] == "patients needing medical evacuation")
    assert series["place"] == "Eastern Ghouta"
    assert PATIENTS.claim_id in series["claims"]
    assert len(series["figures"]) >= 15
    page = (folder / "index.html").read_text(encoding="utf-8")
    chart = page[page.index("Patients needing medical evacuation, Eastern Ghouta") :]
    assert re.search(r">[A-D] 765</text>", chart[: chart.index("</section>")])
    assert "Left out, since no claim met them: " in page
    assert told["series_without_claims"]


def test_what_is_in_quarantine_is_named(told: dict[str, Any], folder: Path) -> None:
    assert [one["reason"] for one in told["quarantine"]] == [
        "torn.pdf: the file ends in the middle of a page"
    ]
    for name in ("index.html", "index.md"):
        text = (folder / name).read_text(encoding="utf-8")
        assert "the file ends in the middle of a page" in text


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
    assert json.loads((folder / "index.json").read_text(encoding="utf-8"))


def test_the_page_is_well_formed_where_it_is_drawn(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    pictures = re.findall(
        r'<svg xmlns.*?class="px [^>]*>.*?</svg>(?=\s*(?:</div>|<details))', page, re.DOTALL
    )
    assert len(pictures) >= 2
    for picture in pictures:
        root = ElementTree.fromstring(picture)
        assert [child.tag.rsplit("}")[-1] for child in root][:2] == ["title", "desc"]


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


def test_a_decision_brings_its_page_up_to_date(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "MANY", 1)
    publish(database, tmp_path)
    pages = {p: p.stat().st_mtime_ns for p in (tmp_path / "pages").iterdir()}
    claim = echo().reading.claims[0]
    made = decision(claim, "echo.txt", verdict="supported", made_on="supported")
    publish(database, tmp_path, decisions=[replace(made, time="2999-01-01T00:00:00+00:00")])
    fresh = [p for p, then in pages.items() if p.stat().st_mtime_ns != then and p.name.startswith("echo")]
    assert len(fresh) == 1
    assert "Confirmed by Amal" in fresh[0].read_text(encoding="utf-8")


def test_the_overview_alone_writes_nothing_else(database: Path, tmp_path: Path) -> None:
    paths = publish(database, tmp_path, overview_alone=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["index.html", "index.json", "index.md"]
    assert len(paths) == 3


def test_a_snapshot_will_do(database: Path) -> None:
    with open_store(database, read_only=True) as store:
        run = latest_run(store)
        keys = store.run_keys(3)
        assert run.run_id == "run-2"
        assert gather(store, 3, keys, {}) == gather(store, 3, keys, {})


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


# --- the pictures -----------------------------------------------------------------------------------------


def test_a_history_of_one_run_is_no_picture() -> None:
    assert history_picture([Column("today", [("refuted", 3)])], "h") is None


def test_bars_are_as_long_as_there_are_claims() -> None:
    columns = [Column("1 May", [("refuted", 1), ("supported", 3)]), Column("2 May", [("supported", 8)])]
    picture = history_picture(columns, "h") or ""
    widths = [float(w) for w in re.findall(r'<rect class="f-\w+" x="[\d.]+%" width="([\d.]+)%"', picture)]
    assert widths == pytest.approx([12.25, 37.25, 99.75])
    assert "1 May: 4 claims, 1 refuted, 3 supported." in picture
    assert ">✓ 8</text>" in picture


@pytest.mark.parametrize(
    ("started", "words"),
    [
        ("2026-11-25T03:13:07+00:00", "25 November 2026, 03:13 UTC"),
        ("2026-11-25T03:13:07+02:00", "25 November 2026, 03:13"),
        ("last night", "last night"),
    ],
)
def test_when_a_run_was(started: str, words: str) -> None:
    assert moment_words(started) == words


def point(
    mark: str, kind: str, day: date, low: str | None, high: str | None, best: str | None = None
) -> Point:
    ends = [None if v is None else Decimal(v) for v in (low, high, best)]
    return Point(mark, mark, f"{mark} said", kind, day, day, *ends)


def test_a_series_shows_ends_and_claims() -> None:
    points = [
        point("1", "figure", date(2018, 1, 1), "641", "641", "641"),
        point("2", "figure", date(2018, 1, 20), "701", None),
        point("3", "figure", date(2018, 2, 1), "500", "600"),
        point("A", "conflicting", date(2018, 1, 25), "765", "765", "765"),
    ]
    picture = series_picture("Patients", points, "s") or ""
    assert picture.count("<circle") == 3
    assert picture.count('class="px-said px-conflicting"') == 1
    assert picture.count("px-bar") == 1  # only what has an interval
    assert picture.count('<path class="px-arrow"') == 1  # and one end is open
    assert "A: A said, 25 Jan 2018" in picture
    heights = [float(y) for y in re.findall(r'<circle class="px-dot" cx="[\d.]+%" cy="([\d.]+)"', picture)]
    assert heights[1] < heights[0] < heights[2]  # 701 above 641 above 550


def test_nothing_to_draw_is_no_picture() -> None:
    assert series_picture("None", [], "s") is None
    assert series_picture("None", [point("1", "figure", date(2018, 1, 1), None, None)], "s") is None


NUMBERS = st.one_of(st.none(), st.decimals("-1e30", "1e30", places=2))


@given(
    st.lists(
        st.tuples(st.sampled_from(["figure", "refuted"]), st.dates(), st.integers(0, 4000), NUMBERS, NUMBERS),
        max_size=30,
    )
)
def test_a_series_stays_inside_its_picture(
    rows: list[tuple[str, date, int, Decimal | None, Decimal | None]],
) -> None:
    points = []
    for n, (kind, day, days, one, other) in enumerate(rows):
        low, high = (one, other) if one is None or other is None or one <= other else (other, one)
        end = date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
        points.append(
            Point(str(n), f"{n} words", EVIL, kind, day, end if days % 7 else None, low, high, None)
        )
    picture = series_picture(EVIL, points, "s")
    if picture is None:
        return
    height = float(ElementTree.fromstring(picture).attrib["height"])
    for name, value in re.findall(r'\b(x|cx|x1|x2)="(-?[\d.]+)%"', picture):
        assert 0 <= float(value) <= 100, name
    for value in re.findall(r'\b(?:cy|y1|y2)="(-?[\d.]+)"', picture):
        assert 0 <= float(value) <= height
    for word in re.findall(r">(\d+(?: words)?)</text>", picture):
        assert word
