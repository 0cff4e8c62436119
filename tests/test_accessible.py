"""axe-core over every page and state of the desk and every kind of report, light and dark, narrow and wide.

The states are made by real forms and a real second run: decisions of each kind, two who disagree, a changed
verdict, a decision whose claim has gone, a half-written line, a newer snapshot, refusals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from claimcheck import publishing
from claimcheck.decisions import Correction
from claimcheck.decisions.record import to_line
from claimcheck.model import Claim
from claimcheck.pipeline import Checker
from claimcheck.report.masking import Mask
from claimcheck.store.snapshots import publish_snapshot
from tests.browser import accessibility_errors
from tests.overview_case import changed_letter
from tests.overview_case import publish as publish_reports
from tests.review_case import REFERENCE, build, decision, echo, journal, next_run, running
from tests.sample_hostile import hostile
from tests.sample_report import letter

LETTER, HOSTILE = letter(), hostile()
CLAIMS = [c for c in LETTER.reading.claims if c.claim_id in LETTER.verdicts]
PATIENTS = next(c for c in CLAIMS if c.quantity and c.quantity.text == "765")
OTHERS = [c for c in CLAIMS if c is not PATIENTS]
WINDOWS = [(375, "light"), (1440, "dark")]  # test_review_browser has the others
OF_A_KIND = {
    "every filter", "a verdict that changed", "the letter", "gaps", "history with lost decisions",
    "no such page", "a claim disputed",
}  # fmt: skip
"""A page of each kind: what is asked of the dark colours, but for `make test-long`."""


def decided(claim: Claim, kind: str, reviewer: str = "Amal", **given: object) -> str:
    """A line of the journal that was made on the letter's verdict."""
    name = LETTER.verdicts[claim.claim_id].verdict
    if kind == "confirm":
        given["verdict"] = name
    made = {"made_on": name, **given}
    return to_line(decision(claim, LETTER.document.id, kind, reviewer, **made))


def lines() -> Iterator[str]:
    """Decisions of every kind and state, and a line that was cut off while it was written."""
    confirmed, overridden, dismissed, followed, corrected, disputed = OTHERS[:6]
    yield decided(PATIENTS, "confirm")  # its verdict changes in the second run
    yield decided(confirmed, "confirm", note="Seen\n<b>on paper</b>")
    yield decided(overridden, "override", verdict="supported")
    yield decided(dismissed, "dismiss", reason="wrong_reading")
    yield decided(followed, "follow_up")
    place = Correction(place="Idlib")
    yield decided(corrected, "correct", correction=place, verdict="not_enough_evidence")
    yield decided(disputed, "confirm")
    yield decided(disputed, "dismiss", "Basma")
    gone = replace(
        confirmed, claim_id="f" * 16, kind="count", text="no such words", start=10**6, end=10**6 + 1
    )
    yield to_line(decision(gone, LETTER.document.id, "follow_up"))
    yield '{"time": "2026-11-25T0'


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs, the second with changed verdicts and one claim fewer; decisions on the first."""
    database = build(tmp_path_factory.mktemp("states"))
    first, *rest = HOSTILE.reading.claims
    verdicts = {key: verdict for key, verdict in HOSTILE.verdicts.items() if key != first.claim_id}
    fewer = replace(HOSTILE, reading=replace(HOSTILE.reading, claims=tuple(rest)), verdicts=verdicts)
    with Checker([REFERENCE], database) as checker:
        checker.save(next_run(2), [changed_letter(), echo(), fewer])
        publish_snapshot(checker.store)
    journal(database).file.write_text("\n".join(lines()), encoding="utf-8")
    return database


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    with running(database) as address:
        yield address


def pages() -> Mapping[str, str]:
    """Every kind of page and state, by name."""
    found = {
        "the queue": "/",
        "all claims, second page": "/?state=all&page=2",
        "every filter": "/?state=all&verdict=refuted&document=a&measure=b&place=c&reviewer=Amal"
        "&since=2018-01-01&until=2018-02-01&text=d",
        "nothing found": "/?text=nothing",
        "all reviewed": "/?text=nothing&state=todo&verdict=supported",
        "a verdict that changed": f"/claim/{PATIENTS.claim_id}",
        "a claim that is gone": f"/claim/{HOSTILE.reading.claims[0].claim_id}",
        "the letter": f"/document?id={quote(LETTER.document.id)}",
        "the hostile document": f"/document?id={quote(stored(HOSTILE.document.id), safe='')}",
        "gaps": "/gaps",
        "history with lost decisions": "/history",
        "no such page": "/nothing",
    }
    states = ("another_look", "disagree")
    found |= {f"the queue: {state}": f"/?state={state}" for state in states}
    kinds = ("confirmed", "overridden", "dismissed", "to follow up", "corrected", "disputed", "untouched")
    return found | {
        f"a claim {kind}": f"/claim/{c.claim_id}" for kind, c in zip(kinds, OTHERS[:7], strict=True)
    }


def stored(name: str) -> str:
    """A name as the database holds it: no lone surrogates."""
    return re.sub("[\ud800-\udfff]", "\ufffd", name)


def wrong(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, each line with the page's name."""
    page.wait_for_load_state()  # all of it is there to be opened
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate("document.querySelectorAll('.card').forEach(c => c.style.contentVisibility = 'visible')")
    found = [f"{name}: {error}" for error in accessibility_errors(page)]
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if width[0] > width[1]:
        found.append(f"{name}: {width[0]} wide in a window of {width[1]}")
    return found


def opened(chromium: Browser, width: int, scheme: str, address: str | None = None) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        base_url=address,
    )
    return context.new_page()


@pytest.mark.parametrize(
    ("window", "some"),
    [(0, None), (1, OF_A_KIND), pytest.param(1, None, marks=pytest.mark.long)],
)
def test_every_page_of_the_desk(chromium: Browser, address: str, window: int, some: set[str] | None) -> None:
    page = opened(chromium, *WINDOWS[window], address)
    found: list[str] = []
    for name, path in pages().items():
        if some is None or name in some:
            page.goto(path)
            found += wrong(page, name)
    page.context.close()
    assert found == []


def test_what_forms_answer(chromium: Browser, address: str) -> None:
    width, scheme = WINDOWS[0]
    page = opened(chromium, width, scheme, address)
    found: list[str] = []
    page.goto(f"/claim/{PATIENTS.claim_id}")
    page.get_by_label("Your name").fill("Amal")
    page.locator("#correct summary").click()
    page.get_by_label("Number").fill("more than 500")
    page.get_by_role("button", name="Judge this reading").click()
    found += wrong(page, "a preview")
    page.goto(f"/claim/{PATIENTS.claim_id}")
    page.get_by_label("Your name").fill("Amal")
    page.get_by_role("button", name="Override").click()
    assert page.get_by_role("alert").is_visible()
    found += wrong(page, "a refusal")
    page.get_by_role("button", name="Needs follow-up").click()
    assert "Recorded" in page.locator(".notice").inner_text()
    found += wrong(page, "a decision recorded")
    page.get_by_role("button", name="Undo").first.click()
    assert "took a decision back" in page.locator(".notice").inner_text()
    found += wrong(page, "a decision taken back")
    page.goto(f"/?verdict=refuted&text={scheme}")
    page.locator(".save summary").click()
    page.locator("#s-name").evaluate("field => field.removeAttribute('required')")
    page.get_by_role("button", name="Save", exact=True).click()
    found += wrong(page, "a filter without a name")
    page.locator("#s-name").fill(f"mine {width} {scheme}")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name=f"mine {width} {scheme}").first.wait_for()
    found += wrong(page, "a saved filter")
    port = address.rsplit(":", 1)[1]
    older = {"name": f"claimcheck_snapshot_{port}", "value": "claims-older.duckdb", "url": address}
    page.context.add_cookies([older])
    page.goto("/")
    assert "Newer verdicts" in page.locator(".news").inner_text()
    found += wrong(page, "newer verdicts")
    page.context.close()
    assert found == []


@pytest.fixture(scope="module")
def reports(database: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every page of a run's reports: reviewed, masked, and of many documents with a list of several pages."""
    made = list(journal(database).read()[0])
    plain, masked, many = (tmp_path_factory.mktemp(name) for name in ("plain", "masked", "many"))
    publish_reports(database, plain, ["html"], made)
    publish_reports(database, masked, ["html"], made, Mask(["Hadieh"]))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(publishing, "MANY", 1)
        patched.setattr(publishing, "DOCUMENTS", 1)
        patched.setattr(publishing, "LISTED", 1)
        publish_reports(database, many, ["html"], made)
    names = (plain / "joint-letter-2018-01-31.html", masked / "index.html", many / "index.html")
    return [*names, many / "documents-2.html"]  # the rest is in test_report_browser


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_every_page_of_the_reports(chromium: Browser, reports: list[Path], width: int, scheme: str) -> None:
    page = opened(chromium, width, scheme)
    found: list[str] = []
    for file in reports:
        page.goto(file.as_uri())
        found += wrong(page, f"{file.parent.name}/{file.name}")
    page.context.close()
    assert found == []
