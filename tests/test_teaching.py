"""Decisions teach: weights move, little by ten and much by a thousand; what was learned is taken back."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimcheck.cli.app import app
from claimcheck.decisions import Answer, Journal, RowKey, decide, journal_file
from claimcheck.documents.files import make
from claimcheck.learning.adopting import with_alias
from claimcheck.learning.file import base, beside, learned, read, write
from claimcheck.learning.fitting import Met, Weighed, earned, moved
from claimcheck.learning.names import Name
from claimcheck.learning.teaching import Change, Lesson
from claimcheck.lexicon import LexiconError
from claimcheck.linking.weights import shares, shipped
from claimcheck.model import CheckedDocument, Claim, VerdictName
from claimcheck.pipeline import Checker
from claimcheck.reference.editing import write as write_rows
from claimcheck.reference.loading import load
from claimcheck.review import learned_page
from claimcheck.review.desk import Desk
from claimcheck.store import open_store
from claimcheck.store.snapshots import publish_snapshot
from tests.desk_case import HERE, client_of
from tests.ordinary_case import ORDINARY, PACKAGE, build_ordinary
from tests.review_case import REFERENCE

NUMBER = "row of a number"
GOOD, OTHER = [("place", "same"), ("words", "few")], [("place", "another"), ("words", "many")]


def share(weights: object, meant: list[tuple[str, str]], other: list[tuple[str, str]]) -> float:
    return shares([weights.sum(NUMBER, row) for row in (meant, other)])[0]  # type: ignore[attr-defined]


def test_ten_decisions_shift_little_and_a_thousand_much() -> None:
    own = shipped()
    once = Met(NUMBER, [OTHER, GOOD], 0)
    after = [share(moved(own, [once] * many), OTHER, GOOD) for many in (0, 1, 10, 1000)]
    assert after == sorted(after)
    assert after[1] - after[0] < 0.1
    assert after[3] > 0.9


def test_order_changes_nothing_and_nothing_moves_without_decisions() -> None:
    own = shipped()
    some = [Met(NUMBER, [OTHER, GOOD], 0), Met(NUMBER, [GOOD], None), Met("row of a date", [GOOD, OTHER], 1)]
    assert moved(own, some).weights == moved(own, some[::-1]).weights
    assert moved(own, []) == own
    assert earned(own, []) == own


def test_the_file_holds_what_moved_and_nothing_else(tmp_path: Path) -> None:
    own = shipped()
    after = earned(moved(own, [Met(NUMBER, [OTHER, GOOD], 0)] * 20), [Weighed("supported", 0.5, True, False)])
    file = beside(tmp_path / "snapshots" / "claims.duckdb")
    assert file == beside(tmp_path / "claims.duckdb")
    write(file, learned(own, after, ["d1", "d2"]))
    found = read(file)
    assert found is not None
    assert found.weights.weights == after.weights
    assert found.weights.likely == after.likely
    assert found.weights.shipped == own
    assert list(found.decisions) == ["d1", "d2"]
    assert len(found.moved) < 20
    file.write_text(file.read_text().replace(base(), "0" * 16))
    assert read(file) is None, "weights of another version are passed over"


@pytest.mark.parametrize(
    "stated",
    [
        "[",
        "x = " + "[" * 100_000,
        "likely = []",
        "likely.supported = -1",
        "likely.supported = nan",
        *(f"moved = [{{sum='', slot='', level='', from=0, to={to}}}]" for to in ("nan", "-inf", "1e9")),
    ],
    ids=lambda stated: stated[-12:],
)
def test_a_file_that_decisions_could_not_have_moved_is_refused(tmp_path: Path, stated: str) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(f'format = 1\nfrom = "{base()}"\n{stated}')
    with pytest.raises(LexiconError, match=r"weights\.toml: .*; delete the file"):
        read(file)


def test_a_pipe_of_its_name_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "weights.toml")
    with pytest.raises(OSError, match="a pipe"):
        read(tmp_path / "weights.toml")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return build_ordinary(tmp_path)


def checked(database: Path) -> list[CheckedDocument]:
    with Checker([PACKAGE], database) as checker:
        names = [r["doc_id"] for r in checker.store.rows("SELECT doc_id FROM current_document ORDER BY ALL")]
        found = [checker.store.load_document(name) for name in names]
        publish_snapshot(checker.store)
        return found


def name_row(
    journal: Journal, document: CheckedDocument, claim: Claim, row: RowKey, verdict: VerdictName = "refuted"
) -> None:
    made_on, row_of = document.verdicts[claim.claim_id].verdict, Answer(rows=(row,))
    at = document.document.id
    journal.append(decide(claim, at, "row", "Amal", made_on=made_on, verdict=verdict, row=row_of))


def rows_named(database: Path) -> Journal:
    """A journal in which every open claim is of the row that stands first, and one decision is taken back."""
    journal = Journal(journal_file(database))
    journal.file.unlink(missing_ok=True)
    beside(database).unlink(missing_ok=True)
    with open_store(database) as store:
        found = store.rows("SELECT package, resource, row_id, measure FROM reference_row")
    keys = {(r["resource"], r["row_id"]): RowKey(*r.values()) for r in found}
    for document in checked(database):
        for claim in document.reading.claims:
            verdict = document.verdicts.get(claim.claim_id)
            if verdict is None or verdict.likely is None or verdict.likely.explanation:
                continue
            first = verdict.likely.rows[0].row
            name_row(journal, document, claim, keys[first.table, first.row_id], verdict.likely.verdict)
    return journal


def test_fit_previews_writes_and_takes_back(database: Path) -> None:
    rows_named(database)
    run = CliRunner()
    preview = run.invoke(app, ["fit", "--database", str(database), "--preview"])
    assert (preview.exit_code, beside(database).exists()) == (0, False), preview.output
    assert "decisions:" in preview.output
    assert run.invoke(app, ["fit", "--database", str(database)]).exit_code == 0
    assert getattr(read(beside(database)), "likely", ())
    before = {d.document.id: d.verdicts for d in checked(database)}
    recheck = ["recheck", "--database", str(database), "--reference", str(PACKAGE)]
    again = run.invoke(app, recheck)
    assert again.exit_code == 0, again.output
    after = {d.document.id: d.verdicts for d in checked(database)}
    assert before != after, "what was learned has claims judged again"
    assert run.invoke(app, ["fit", "--database", str(database), "--take-back"]).exit_code == 0
    assert not beside(database).exists()
    run.invoke(app, recheck)
    assert {d.document.id: d.verdicts for d in checked(database)} == before


def test_no_decision_teaches_nothing(database: Path) -> None:
    Journal(journal_file(database)).file.unlink(missing_ok=True)
    stated = CliRunner().invoke(app, ["fit", "--database", str(database)])
    assert "no decision teaches anything yet" in stated.output
    assert (stated.exit_code, beside(database).exists()) == (0, False)
    write(beside(database), learned(shipped(), shipped(), ["taken back"]))
    CliRunner().invoke(app, ["fit", "--database", str(database)])
    assert "taken back" not in beside(database).read_text("utf-8"), "what was learned goes with it"
    beside(database).unlink()


def test_weights_that_decisions_moved_are_named_in_the_waterfall(database: Path) -> None:
    rows_named(database)
    CliRunner().invoke(app, ["fit", "--database", str(database)])
    with Checker([PACKAGE]) as checker:
        learned = read(beside(database))
        assert learned is not None
        checker.linker.linking.weights = learned.weights
        documents = [d.document for d in checked(database)]
        verdicts = [verdict for one in checker.check(documents) for verdict in one.verdicts.values()]
    steps = [step for verdict in verdicts for near in verdict.suggestions for step in near.row.waterfall]
    beside(database).unlink()
    assert any(step.slot == "learned" for step in steps)


def test_a_word_that_was_linked_twice_is_proposed_and_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "reader")  # who learns is noted, also where nobody is logged in
    folder = tmp_path / "museums"
    shutil.copytree(ORDINARY / "museums" / "package", folder)
    database = tmp_path / "claims.duckdb"
    texts = ("Last year 158,200 wanderers came to see the castle.", "In 2019 some 174,600 wanderers came.")
    given = [make(f"{n}.txt", text, meta={"date": date(2025, 1, 9)}) for n, text in enumerate(texts)]
    with Checker([folder], database) as checker:
        documents = list(checker.kept(checker.check(given)))
        row = checker.store.rows(
            "SELECT package, resource, row_id, measure FROM reference_row WHERE measure = 'visitors' LIMIT 1"
        )[0]
    journal = Journal(journal_file(database))
    run = CliRunner()
    preview = ["fit", "--database", str(database), "--preview"]
    for stated, document in enumerate(documents):
        assert "proposed" not in run.invoke(app, preview).output, f"{stated} decisions are too few"
        [claim] = [c for c in document.reading.claims if c.quantity and c.quantity.noun == "wanderer"]
        name_row(journal, document, claim, RowKey(*row.values()))
    assert "“wanderer” tells visitors (decisions " in run.invoke(app, preview).output
    assert "wanderer" not in (folder / "datapackage.json").read_text("utf-8"), "a preview writes nothing"
    before = (folder / "datapackage.json").read_bytes()
    desk = Desk(database, journal)
    client = client_of(desk)
    send = partial(client.post, "/learned", headers=HERE)
    [ticked] = re.findall('name="(name.1)" value="([^"]+)"', send(data={"kind": "preview"}).text)
    assert "checked" not in send(data={"kind": "preview"}).text, "each is ticked by itself"
    for form in ({"reviewer": "Amal"}, dict([ticked])):
        assert send(data={"kind": "names", **form}).status_code == 422, "a tick and a name are needed"
    answer = send(data={"kind": "names", "reviewer": "Amal", **dict([ticked])})
    assert "<bdi>wanderer</bdi>" in client.get(answer.headers["location"]).text
    desk.close()
    [measure] = [m for m in load(folder).vocabulary if m.name == "visitors"]
    assert [(one.text, one.by) for one in measure.learned] == [("wanderer", "Amal")]
    again = run.invoke(app, [*preview[:-1], "--package", str(folder)])
    assert again.exit_code == 0
    assert "0 words learned" in again.output
    [edit] = desk.edits.standing()
    desk.edits.undo("Amal", edit.id)
    assert (folder / "datapackage.json").read_bytes() == before
    assert "1 word learned" in run.invoke(app, [*preview[:-1], "--package", str(folder)]).output
    desk.edits.undo("Amal", desk.edits.standing()[0].id)
    assert (folder / "datapackage.json").read_bytes() == before


def test_an_event_that_was_linked_twice_by_another_name_is_proposed(tmp_path: Path) -> None:
    database = tmp_path / "claims.duckdb"
    texts = [f"The Lakeside Parley opened in Vienna on {day} January 2018." for day in (25, 26)]
    given = [make(f"{n}.txt", text, meta={"date": date(2018, 2, 9)}) for n, text in enumerate(texts)]
    with Checker([REFERENCE], database) as checker:
        for document in checker.kept(checker.check(given)):
            [claim] = document.reading.claims
            name_row(Journal(journal_file(database)), document, claim, RowKey("syria-2018", "events", "E009"))
    stated = CliRunner().invoke(app, ["fit", "--database", str(database), "--preview"]).output
    assert re.search("“Lakeside Parley”.*events:E009", stated)


def test_an_alias_is_written_behind_the_names_that_there_are(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    shutil.copytree(REFERENCE, folder)
    names = {"places:P003": "Idleb City", "organisations:O002": "Rescue, Ltd", "events:E009": "Lake Parley"}
    for of, text in names.items():
        write_rows(folder, [with_alias(folder, Name("alias", "syria-2018", of, text, ()))])
    package = load(folder)
    rows = {row.key: row.names for row in (*package.gazetteer, *package.rows)}
    assert {of: rows[of][-1] for of in names} == names


def test_each_decided_verdict_that_changes_is_ticked_by_itself() -> None:
    """What only becomes likely needs no tick; what contradicts a decision cannot be ticked at all."""
    first, other = (
        Change("d", f"c{n}", f"{n} boats", ("decided", "supported"), after, None)
        for n, after in enumerate((("likely", "supported"), ("decided", "refuted")))
    )
    likely = Change("d", "c9", "9 boats", ("open", ""), ("likely", "refuted"), None)
    against = replace(other, claim_id="c7", decided="supported")
    lesson = Lesson(learned(shipped(), shipped(), ["x"]), 1, 0, 0, (first, other, likely), 12)
    ticks = {"claim.c0": "likely supported", "claim.c1": "supported"}
    assert learned_page.left(lesson, ticks) == [other], "ticked when it was to become something else"
    assert learned_page.left(lesson, ticks | {"claim.c1": "refuted"}) == []
    assert replace(lesson, changes=(against,)).blocks == (against,)
