"""A folder that leaves the house: no file, name, address or hidden spelling in it says who was masked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner

from claimcheck import publishing
from claimcheck.cli.app import app
from claimcheck.decisions import Decision, decide
from claimcheck.model import CheckedDocument, Document
from claimcheck.pipeline import Checker
from claimcheck.report import EVERY_FORMAT
from claimcheck.report.masking import BLOCK, Mask
from claimcheck.store import publish_snapshot
from claimcheck.store.inbox import Failure, record_failures
from tests.overview_case import changed_letter, overview_of, publish
from tests.pace import keeps_pace
from tests.review_case import REFERENCE, journal, next_run
from tests.sample_builder import Builder, figure, verdict
from tests.sample_report import RUN, letter

NAME = "Hadieh"
MASK = Mask([NAME])


def telling() -> CheckedDocument:
    """A document that names her wherever a document can."""
    text = "On Hadieh\n\nHadieh was one of 765 patients. Hadi\u00adeh, HADIEH and Hadieh2018 are one.\n"
    document = Document(
        id="letters/hadieh/Hadieh's_story-hadieh.txt", text=text, title=f"{'x' * 150} Hadieh",
        author="Hadieh", publisher="Friends of Hadieh", path="https://example.org/%48adieh/story",
        address="https://example.org/%48adieh/story", about="hadieh",
    )  # fmt: skip
    b = Builder(document)
    number = b.number("765", value="765", low="765", high="765", noun="Hadieh", kind="number", status="claim")
    b.number(
        "2018", value="2018", low="2018", high="2018", kind="number", status="not_claim",
        reason="a name: Hadieh",
    )  # fmt: skip
    row = figure(
        "F012", "refutes", "Hadieh’s blog", "Hadieh says 12", best="12", name="Hadieh",
        url="https://example.org/%68adieh",
    )  # fmt: skip
    made = verdict("refuted", "overstated", "765 claimed; Hadieh says 12 (figures F012).", row)
    b.claim(
        "Hadieh was one of 765 patients", quantity=number, measure="patients like Hadieh", verdict=made,
    )  # fmt: skip
    b.finding("stated_count", "one of 765", "problem", "Hadieh is one, not 765.")
    return b.checked()


def spellings(text: str) -> Iterator[str]:
    """The text as it stands and as a browser, a program or a reader would take it."""
    yield text
    yield unquote(text)
    yield html.unescape(text)
    yield re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m.group(1), 16)), text)
    yield re.sub("[\u00ad\u200b-\u200f]", "", normalize("NFC", text))


def names_of(folder: Path) -> list[str]:
    """Files in which, or in whose name, she is named."""
    found = []
    for path in sorted(folder.rglob("*")):
        whole = f"{path.relative_to(folder)}\n" + (path.read_text(encoding="utf-8") if path.is_file() else "")
        if any("hadieh" in spelling.casefold() for spelling in spellings(whole)):
            found.append(str(path.relative_to(folder)))
    return found


def decisions_on(documents: list[CheckedDocument]) -> list[Decision]:
    return [
        decide(
            claim,
            checked.document.id,
            "confirm",
            "Hadieh",
            verdict=checked.verdicts[claim.claim_id].verdict,
            made_on=checked.verdicts[claim.claim_id].verdict,
            note="I knew Hadieh",
        )
        for checked in documents
        for claim in checked.reading.claims[:9]
        if claim.claim_id in checked.verdicts
    ]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs over the letter and the telling document, one in quarantine that is named after her."""
    place = tmp_path_factory.mktemp("masked")
    database = place / "claims.duckdb"
    with Checker([REFERENCE], database) as checker:
        checker.save(RUN, [letter(), telling()])
        run = replace(next_run(2), packages={"hadieh-data": "5d7dc9c87c35"}, model="parser by Hadieh")
        checker.save(run, [changed_letter(), telling()])
        failure = Failure("/inbox/hadieh.pdf", "hadieh.pdf", "read", "hadieh.pdf: no text")
        record_failures(checker.store.connection, 2, [failure], [])
        publish_snapshot(checker.store)
    return database


@pytest.mark.parametrize("many", [False, True], ids=["few documents", "many documents"])
def test_nothing_in_the_folder_names_her(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    monkeypatch.setattr(publishing, "MANY", 1 if many else 200)
    made = decisions_on([changed_letter(), telling()])
    plain, masked = tmp_path / "plain", tmp_path / "masked"
    publish(database, plain, EVERY_FORMAT, made, every_page=True)
    publish(database, masked, EVERY_FORMAT, made, MASK, every_page=True)
    assert len(names_of(plain)) >= 9  # the search would find her
    assert names_of(masked) == []
    kinds = {path.suffix for path in masked.rglob("*")}
    assert {".html", ".md", ".csv", ".json", ".jsonld"} <= kinds
    assert BLOCK * 6 in (masked / "index.html").read_text(encoding="utf-8")
    page = (masked / "index.html").read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r'href="([^"#][^"]*)"', page) if "://" not in link]
    assert links
    assert all((masked / link).is_file() for link in links)


def test_masking_changes_no_verdict_and_no_number(database: Path) -> None:
    plain, masked = overview_of(database), overview_of(database, mask=MASK)
    for name in ("claims", "counts", "measures_left", "first"):
        assert getattr(plain, name) == getattr(masked, name)
    statuses = ([(c.status, c.numbers, c.times) for c in one.coverage] for one in (plain, masked))
    assert next(statuses) == next(statuses)


def test_the_command_masks_a_folder_of_its_own_and_finds_what_was_there(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    journal(database).append(decisions_on([telling()])[0])
    names = tmp_path / "names.txt"
    names.write_text(f"# private persons\n{NAME}\n", encoding="utf-8")
    formats = [word for name in EVERY_FORMAT for word in ("--format", name)]
    command = ["report", "--database", str(database), *formats, "--mask", str(names)]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    assert names_of(tmp_path / "reports-masked") == []
    assert not (tmp_path / "reports").exists()
    (tmp_path / "reports-masked" / "old.html").write_text("Had\u00adieh", encoding="utf-8")
    (tmp_path / "reports-masked" / "hadieh.png").write_bytes(b"\x89PNG")
    (tmp_path / "reports-masked" / "notes.txt").write_text("nobody", encoding="utf-8")
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 2
    assert "old.html" in result.output
    assert "hadieh.png" in result.output
    assert "notes.txt" not in result.output


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Hadieh", "hadieh2018.txt and 7hadieh7", "██████2018.txt and 7██████7"),
        ("Ali", "Alison, quality and Ali", "Alison, quality and ███"),
        ("Hadieh", "Hadieh Khalil al-Rihan, 50, died", "█" * 22 + ", 50, died"),
        ("Ada", "7ada3b0011aa99ff", "7███3b0011aa99ff"),  # in a text; an id alone stays, see above
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, text: str, expected: str) -> None:
    assert Mask([name]).text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ha\u0001dieh and Rih\u007fan", "███████ and ██████"),
        ("Rihans', Noors, \u0648\u0645\u0640\u062d\u0645\u062f", "██████', █████, \u0648█████"),
        ("HadiehRihan, hadiehrihan and HadiehAlKhatib", "███████████, ███████████ and ██████AlKhatib"),
        ("RihanFamily and MrsRihan, but Rihanna", "█████Family and Mrs█████, but Rihanna"),
        ("H A D I E H and O-M-A-R   R-I-H-A-N", "███████████ and " + "█" * 19),
    ],
)
def test_joined_names_plurals_and_controls_hide_nobody(text: str, expected: str) -> None:
    mask = Mask(["Hadieh", "Rihan", "Noor", "Omar Rihan", "\u0645\u062d\u0645\u062f"])
    assert (mask.text(text), mask(("omar", "rihan", "dogs"))) == (expected, ("████", "█████", "dogs"))
    assert mask.finds(text)


def test_a_name_is_masked_as_fast_among_thousands() -> None:
    names = [f"Q{n:05d}x Rihan".translate(str.maketrans("0123456789", "abcdefghij")) for n in range(20_000)]
    text = "Qaaaabx Rihan and Qaabcdx Rihan walked. " * 50
    few, many = Mask(names[:200]), Mask(names)
    assert keeps_pace(lambda: many.text(text), lambda: few.text(text), 4)
    other = map("Zaq{}".format, count())  # a pattern that was compiled before is remembered
    assert keeps_pace(lambda: Mask([*names, next(other)]), lambda: Mask([*names[:200], next(other)]), 10)
    assert many.text("by Qbjjjjx-Rihan") == "by " + "█" * 13


@pytest.mark.parametrize("written", ["{1}, {0}", "{0} B. {1}", "{0}/{1}", "{1} ({0})", "{0} & {1}"])
def test_a_whole_name_is_masked_in_any_order(written: str) -> None:
    text = Mask(["Zorvan Quillby"]).text(f"It was {written.format('Zorvan', 'Quillby')}, they say.")
    assert "Zorvan" not in text and "Quillby" not in text  # noqa: PT018
