"""Judging again only what changed rows can touch gives what judging everything again gives."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from claimcheck.inbox import InboxRun
from claimcheck.pipeline import Checker
from claimcheck.recheck import Rechecked, recheck
from claimcheck.store import open_store
from tests.reference_case import INVENTED

DOCUMENTS = 50
PLACES = ("Arvia", "Arviah", "Belmor", "Castin")
MONTHS = ("February", "March", "May")
NORLAND = INVENTED / "norland"
STATED = json.loads((NORLAND / "datapackage.json").read_text("utf-8"))
VOCABULARY: dict[str, object] = STATED["vocabulary"]
SENTENCES = (
    "In {month} 2020, {n} houses were damaged in {place}.",
    "{n} patients were waiting in {place} in March 2020.",
    "Some {n} patients are still waiting.",
    "On {day} {month} 2020, a raid on {place} killed {small} people.",
    "In {month} 2020, {small} people were killed in {place}.",
    "There were {small} raids on {place} in {month} 2020.",
    "Between January and June 2020, at least {small} raids hit Norland.",
    "The second round of talks in Belmor opened on {day} {month} 2020.",
    "Belmor III took place on 6 May 2020, and {n} houses were damaged in {place} that month.",
    "Nothing was said about the 14 lorries.",
)


def text(chance: random.Random) -> str:
    """A few sentences about the tables, most of them wrong."""
    wanted = chance.sample(SENTENCES, 2)
    return " ".join(
        sentence.format(
            month=chance.choice(MONTHS), place=chance.choice(PLACES), n=chance.randint(50, 400),
            small=chance.randint(1, 12), day=chance.randint(10, 21),
        )
        for sentence in wanted
    )  # fmt: skip


def write(folder: Path, rows: dict[str, str], vocabulary: dict[str, object] = VOCABULARY) -> Path:
    shutil.copytree(NORLAND, folder, dirs_exist_ok=True)
    for name, text in rows.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    stated = json.dumps(STATED | {"vocabulary": vocabulary})
    (folder / "datapackage.json").write_text(stated, encoding="utf-8")
    return folder


def given() -> dict[str, str]:
    return {table.stem: table.read_text("utf-8") for table in NORLAND.glob("*.csv")}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package and a database of documents checked with it."""
    place = tmp_path_factory.mktemp("touched")
    package = write(place / "package", given())
    chance = random.Random(7)
    (place / "inbox").mkdir()
    for number in range(DOCUMENTS):
        (place / "inbox" / f"d{number}.txt").write_text(text(chance), encoding="utf-8")
    with Checker([package], place / "claims.duckdb") as checker, InboxRun(checker, [place / "inbox"]) as run:
        for batch in run.batches():
            run.check(batch)
        run.finish()
    return place


VERDICTS = """
SELECT claim.claim_id, verdict.verdict, verdict.reason, verdict.explanation, claim.place_id, claim.measure,
    json_extract_string(verdict.likely, '$.verdict') AS likely,
    (SELECT list((e.resource, e.row_id, e.relation, e.low, e.best, e.high, e.note, e.sql) ORDER BY e.position)
     FROM evidence AS e WHERE e.verdict_key = verdict.verdict_key) AS evidence
FROM claim JOIN current_document USING (document_key) JOIN current_verdict AS verdict USING (claim_id)
ORDER BY claim.claim_id
"""


def judged_again(place: Path, package: Path, *, forget: bool) -> tuple[Rechecked, list[dict[str, object]]]:
    """The database judged again by the package as it is now; `forget`: nobody knows what changed."""
    with Checker([package], place) as checker:
        if forget:
            checker.store.rows("DELETE FROM publication")
        done = recheck(checker)
        assert recheck(checker).run is None
        seen = checker.store.rows("SELECT documents FROM run ORDER BY run_number DESC LIMIT 1")
        assert seen == [{"documents": DOCUMENTS}]
        return done, checker.store.rows(VERDICTS)


def changed(
    folder: Path, checked: Path, tables: dict[str, str], words: dict[str, object], *, forget: bool = False
) -> tuple[Rechecked, list[dict[str, object]]]:
    """A copy of the database, judged again by tables and a vocabulary that changed."""
    folder.mkdir()
    database = Path(shutil.copy(checked / "claims.duckdb", folder))
    return judged_again(database, write(folder / "package", tables, words), forget=forget)


def beside(database: Path) -> list[dict[str, object]]:
    with open_store(database, read_only=True) as store:
        return store.rows("SELECT claim_id, verdict, suggestions FROM current_verdict ORDER BY claim_id")


def edit(table: str, old: str, new: str) -> Callable[[dict[str, str]], None]:
    def do(tables: dict[str, str]) -> None:
        assert tables[table].count(old) == 1, (table, old)
        tables[table] = tables[table].replace(old, new)

    return do


ROWS = {
    "a number": edit("figures", ",103\n", ",333\n"),
    "a row without place": edit("figures", "2020-03-20,900", "2020-03-20,80"),
    "another place and month": edit(
        "figures", "F13,houses damaged,P1,2020-03,2020-03", "F13,houses damaged,P2,2020-05,2020-05"
    ),
    "a row less": edit("figures", "F23,houses damaged,P2,2020-03,2020-03,,203\n", ""),
    "a raid more": edit("raids", "R7,", "R77,P1,2020-05-15,air raid,3\nR7,"),
}
FRAMES = {
    "an alias": edit("places", "Arvia|Arviah", "Arvia"),
    "an event less": edit("talks", "T2,Belmor II,2020-03-03,2020-03-05,P2,2,Belmor,talks\n", ""),
}


@pytest.mark.parametrize("change", ROWS)
def test_what_a_changed_row_can_touch(tmp_path: Path, checked: Path, change: str) -> None:
    tables = given()
    ROWS[change](tables)
    some, by_some = changed(tmp_path / "some", checked, tables, VOCABULARY)
    everything, by_all = changed(tmp_path / "all", checked, tables, VOCABULARY, forget=True)
    assert by_some == by_all
    assert any(row["likely"] for row in by_all)
    assert set(some.changes) == set(everything.changes)
    assert 0 < some.documents < everything.documents == DOCUMENTS
    assert beside(tmp_path / "some" / "claims.duckdb") != beside(checked / "claims.duckdb")


@pytest.mark.parametrize("change", FRAMES)
def test_what_all_claims_may_depend_on(tmp_path: Path, checked: Path, change: str) -> None:
    tables = given()
    FRAMES[change](tables)
    assert changed(tmp_path / "all", checked, tables, VOCABULARY)[0].documents == DOCUMENTS


def test_a_changed_vocabulary_touches_everything(tmp_path: Path, checked: Path) -> None:
    wider = {**VOCABULARY, "patients waiting": {"words": ["patient wait", "patient"], "type": "stock"}}
    assert changed(tmp_path / "all", checked, given(), wider)[0].documents == DOCUMENTS


def test_changes_of_several_publications_add_up(tmp_path: Path, checked: Path) -> None:
    tables = given()
    database = Path(shutil.copy(checked / "claims.duckdb", tmp_path / "claims.duckdb"))
    for change in ("a number", "a row less"):
        ROWS[change](tables)
        with Checker([write(tmp_path / "package", tables)], database):
            pass  # published, and nothing judged
    done, found = judged_again(database, tmp_path / "package", forget=False)
    again = Path(shutil.copy(checked / "claims.duckdb", tmp_path / "again.duckdb"))
    assert found == judged_again(again, tmp_path / "package", forget=True)[1]
    assert 0 < done.documents < DOCUMENTS
