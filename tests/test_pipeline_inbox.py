"""The inbox: what is new or changed is checked, and changed tables judge again."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from claimcheck import inbox, pipeline
from claimcheck.model import Document
from claimcheck.pipeline import Checker
from claimcheck.recheck import recheck
from claimcheck.store import open_store
from tests import inbox_case
from tests.inbox_case import ask
from tests.killing import document

run = partial(inbox_case.run, reports=False)
TEXT = "In January 2018, Russian forces killed 182 civilians in Syria.\n"


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document of one number, which the tables refute until they change."""
    file = tmp_path_factory.mktemp("letter") / "letter.txt"
    file.write_text(f"31 January 2018\n\n{TEXT}", encoding="utf-8")
    return file


def test_only_what_is_new_or_changed_is_checked(place: Path) -> None:
    seen = partial(run, place, published=True)
    assert (seen().saved.new, seen().untouched) == (3, 3)
    snapshots = list((place / "snapshots").glob("*.duckdb"))
    (place / "inbox" / "d1.txt").write_text(document(1, version=1), encoding="utf-8")
    (place / "inbox" / "d9.txt").write_text(document(9), encoding="utf-8")
    third = seen()
    assert (third.saved.new, third.saved.changed, third.untouched) == (1, 1, 2)
    assert str(third).startswith("4 documents: 1 new, 1 changed, 2 unchanged; ")
    assert len(list((place / "snapshots").glob("*.duckdb"))) == len(snapshots) + 1
    (place / "inbox" / "d0.txt").touch()
    fourth = seen()
    assert str(fourth) == "4 documents, nothing new"
    assert ask(place, "SELECT documents, unchanged_documents FROM runs LIMIT 1") == [
        {"documents": 4, "unchanged_documents": 4}
    ]
    with open_store(place / "claims.duckdb") as store:  # a run that wrote nothing still tells all that it saw
        assert [d.document.id for d in store.load_run()[1]] == ["d0.txt", "d1.txt", "d2.txt", "d9.txt"]


def test_a_document_that_left_the_inbox_leaves_the_report(place: Path) -> None:
    run(place)
    (place / "inbox" / "d1.txt").unlink()
    second = run(place)
    assert second.documents == 2
    with open_store(place / "claims.duckdb") as store:
        assert [d.document.id for d in store.load_run()[1]] == ["d0.txt", "d2.txt"]
        assert store.load_document("d1.txt").verdicts  # and stays in the database


def change(tables: Path) -> None:
    figures = tables / "figures.csv"
    text = figures.read_text(encoding="utf-8")
    assert ",142,,people,attributed" in text
    figures.write_text(text.replace(",142,,people,attributed", ",182,,people,attributed"), encoding="utf-8")


def verdicts(place: Path) -> list[dict[str, object]]:
    return ask(
        place, "SELECT claim_id, verdict, reason, explanation, measure, place_id FROM claims ORDER BY ALL"
    )


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory, letter: Path) -> list[dict[str, object]]:
    """The verdicts by the changed tables, from a database that knows nothing else."""
    place = tmp_path_factory.mktemp("anew")
    changed = Path(shutil.copytree(inbox_case.REFERENCE, place / "changed"))
    change(changed)
    run(place, letter, reference=changed)
    return verdicts(place)


def test_changed_tables_judge_again_without_reading(
    tmp_path: Path, tables: Path, letter: Path, anew: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, letter, reference=tables)
    assert verdicts(tmp_path) != anew
    change(tables)
    monkeypatch.setattr(inbox, "read", lambda documents, events: iter([_not(d) for d in documents]))
    again = run(tmp_path, letter, reference=tables)
    assert (again.rejudged, again.saved.changed, again.saved.unchanged) == (1, 0, 1)
    assert verdicts(tmp_path) == anew
    assert run(tmp_path, letter, reference=tables).untouched == 1


def _not(document: Document) -> None:
    raise AssertionError(f"{document.id} was read again")


def test_recheck_is_a_new_check_and_tells_the_difference(
    tmp_path: Path, tables: Path, letter: Path, anew: list[dict[str, object]]
) -> None:
    run(tmp_path, letter, reference=tables)
    change(tables)
    with Checker([tables], tmp_path / "claims.duckdb") as checker:
        done = recheck(checker)
        assert recheck(checker).run is None
    assert verdicts(tmp_path) == anew
    assert [c.before for c in done.changes] == ["refuted"]
    assert str(done) == "1 document judged again: 1 verdict changed"
    assert run(tmp_path, letter, reference=tables).untouched == 1


def test_recheck_reads_from_the_store_what_the_inbox_never_saw(
    tmp_path: Path, tables: Path, letter: Path, anew: list[dict[str, object]]
) -> None:
    with Checker([tables], tmp_path / "claims.duckdb") as checker:
        list(checker.kept(checker.check(pipeline.documents([letter], []))))
    change(tables)
    with Checker([tables], tmp_path / "claims.duckdb") as checker:
        assert len(recheck(checker).changes) == 1
    assert verdicts(tmp_path) == anew


def test_changed_events_are_read_again(tmp_path: Path, tables: Path, letter: Path) -> None:
    run(tmp_path, letter, reference=tables)
    events = tables / "events.csv"
    lines = events.read_text(encoding="utf-8").splitlines(keepends=True)
    events.write_text("".join(lines[:-1]), encoding="utf-8")
    again = run(tmp_path, letter, reference=tables)
    assert (again.rejudged, again.untouched) == (0, 0)
