"""Parts of a private person's name that are masked alone, and those that hide too much."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimcheck.cli.app import app
from claimcheck.decisions import decide
from claimcheck.model import CheckedDocument, Document
from claimcheck.pipeline import Checker
from claimcheck.report.masking import BLOCK
from claimcheck.report.name_parts import name_parts
from claimcheck.report.render import EVERY_FORMAT
from claimcheck.store import Store, open_latest, open_store, publish_snapshot
from tests.review_case import REFERENCE, journal
from tests.sample_builder import Builder, figure, verdict
from tests.sample_report import RUN, letter

TEXT = """Hadieh became one of 765 patients. We hope that hope helps all who hope.
Ms Rihan's brother, Karim RIHAN, lives in Douma. Hope is what Mona Hope had. Colonel Rihan is another man.
See example.org/rihan and rihan.htm. A rose, a rose, a rose: Rose.
"""


def telling() -> CheckedDocument:
    """A document that names her by parts of her name, and writes some parts as words."""
    b = Builder(Document(id="about-rihan.txt", text=TEXT, title="On Rihan", author="Karim Rihan"))
    number = b.number(
        "765", value="765", low="765", high="765", noun="patient", kind="number", status="claim"
    )
    row = figure("F012", "refutes", "Rihan’s blog", "Hadieh says 12", best="12", url="https://a.org/Rihan")
    made = verdict("refuted", "overstated", "765 claimed; Rihan says 12 (figures F012).", row)
    b.claim("Hadieh became one of 765 patients", quantity=number, measure="patients", verdict=made)
    return b.checked()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("parts")
    database = place / "claims.duckdb"
    with Checker([REFERENCE], database) as checker:
        checker.save(RUN, [letter(), telling()])
        publish_snapshot(checker.store)
    [claim] = telling().reading.claims
    made = decide(claim, "about-rihan.txt", "confirm", "Karim Rihan", verdict="refuted", made_on="refuted")
    journal(database).append(made)
    return database


@pytest.fixture(scope="module")
def store(database: Path) -> Iterator[Store]:
    store = open_store(database, read_only=True)
    yield store
    store.close()


@pytest.mark.parametrize(
    ("names", "alone", "ordinary"),
    [
        (["Hadieh Khalil Rihan"], ["Hadieh", "Khalil", "Rihan"], []),
        (["Hadieh al-Rihan", "Hadieh K. Noor"], ["Hadieh", "Rihan", "Noor"], []),
        (["Hadieh"], [], []),  # one word is listed as it is
        (["Hadieh Rihan", "Rihan"], ["Hadieh"], []),
        (["Mona Hope"], ["Mona"], ["Hope"]),  # the text writes "hope" small more often
        (["Rose Noor"], ["Noor"], ["Rose"]),
        (["Mona Douma"], ["Mona"], ["Douma"]),  # a place of the gazetteer
        (["Rami Assad"], ["Rami"], ["Assad"]),  # a word of an actor's name there
        (["Dr Mona bin Saleh", "Sheikh Saleh"], ["Mona", "Saleh"], []),
        (["hadieh rihan"], ["Hadieh", "Rihan"], []),
        (["هدية ريحان"], ["هدية", "ريحان"], []),  # no capitals to go by
    ],
)
def test_which_parts_are_masked_alone(
    store: Store, names: list[str], alone: list[str], ordinary: list[str]
) -> None:
    found = name_parts(store, names)
    assert (list(found.alone), list(found.ordinary)) == (alone, ordinary)


def report(database: Path, folder: Path, *names: str, more: tuple[str, ...] = ()) -> str:
    """Every kind of report with these names masked; what the command said."""
    listed = folder / "names.txt"
    listed.write_text("\n".join(names), encoding="utf-8")
    formats = [word for name in EVERY_FORMAT for word in ("--format", name)]
    out = ["--output", str(folder / "out"), "--mask", str(listed)]
    found = CliRunner().invoke(app, ["report", "--database", str(database), *formats, *out, *more])
    assert found.exit_code == 0, found.output
    return found.output


def written(folder: Path) -> dict[str, str]:
    """The files of a folder by name, their text with the name itself in front."""
    return {
        path.name: f"{path.name}\n{path.read_text(encoding='utf-8')}"
        for path in sorted((folder / "out").rglob("*"))
        if path.is_file()
    }


def test_no_file_holds_a_part_of_the_name(database: Path, tmp_path: Path) -> None:
    said = report(database, tmp_path, "Hadieh Khalil Rihan")
    files = written(tmp_path)
    assert {Path(name).suffix for name in files} >= {".html", ".md", ".csv", ".json", ".jsonld"}
    assert [name for name, text in files.items() if re.search("hadieh|rihan", text, re.IGNORECASE)] == []
    assert any("Karim" in text for text in files.values())  # a relative's own name is not listed
    assert "masked alone too: Hadieh, Khalil, Rihan" in said


def test_annotations_point_at_what_they_quote(database: Path, tmp_path: Path) -> None:
    report(database, tmp_path, "Hadieh Khalil Rihan")
    found = json.loads((tmp_path / "out" / "annotations.jsonld").read_text(encoding="utf-8"))
    own = [i for i in found["first"]["items"] if "joint" not in i["target"]["source"]]
    masked = re.sub("hadieh|rihan", lambda m: BLOCK * len(m.group()), TEXT, flags=re.IGNORECASE)
    selectors = [s for item in own for s in item["target"]["selector"]]
    quotes = [s["exact"] for s in selectors if s["type"] == "TextQuoteSelector"]
    spans = [(s["start"], s["end"]) for s in selectors if s["type"] == "TextPositionSelector"]
    assert quotes == [masked[start:end] for start, end in spans]
    assert f"{BLOCK * 6} became one of 765 patients" in quotes


def test_whole_names_leave_the_parts(database: Path, tmp_path: Path) -> None:
    said = report(database, tmp_path, "Hadieh Khalil Rihan", more=("--whole-names",))
    assert "masked alone" not in said
    assert any("Hadieh became one" in text for text in written(tmp_path).values())


def test_an_ordinary_word_stays_and_is_named(database: Path, tmp_path: Path) -> None:
    said = report(database, tmp_path, "Mona Hope")
    assert "not masked alone, being words or places: Hope" in said
    texts = written(tmp_path).values()
    assert any("We hope that hope helps" in text and "Hope is what" in text for text in texts)
    assert not any("Mona" in text for text in texts)


def test_twenty_thousand_names_are_asked_of_the_texts_at_once(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    with open_latest(database) as store:
        rows = store.cells
        monkeypatch.setattr(store, "cells", lambda *given: asked.append(given[0]) or rows(*given))
        names = [
            f"Q{n}x Rihan-Q{n}y".translate(str.maketrans("0123456789", "abcdefghij")) for n in range(20_000)
        ]
        assert len(name_parts(store, names).alone) > 40_000
    assert len(asked) == 1
