"""Statements about tables of any subject, read by cells and headers: nothing is decided that the table does
not say, every word counts, and what is decided can be had again with its SQL."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from claimcheck.grids.forms import answer
from claimcheck.grids.grid import Grid, asking_at, header_words, rows_by_word, tokens
from claimcheck.grids.reading import _header, read
from claimcheck.lexicon import Row, load
from claimcheck.model import CheckedDocument, Document
from claimcheck.pipeline import Checker
from claimcheck.recheck import recheck
from claimcheck.reference.init import start
from claimcheck.reference.schema import MOST_ROWS, UNCHECKED
from tests.reader import gold, of_all

TABLES: Sequence[dict[str, Any]] = gold("grids")["table"]


def grid(table: dict[str, Any]) -> Grid:
    rows = [(str(n), cells) for n, cells in enumerate(table["rows"], 1)]
    return Grid("p", table["name"], table["title"], table["header"], rows)


def said(table: dict[str, Any], sentence: str) -> bool | None:
    found = read(grid(table), sentence)
    return answer(grid(table), found).holds if found else None


@of_all([(table, sentence) for table in TABLES for sentence in table["false"]])
def test_what_the_table_contradicts_is_false(table: dict[str, Any], sentence: str) -> None:
    assert said(table, sentence) is (None if sentence in table.get("silent", ()) else False)


def checked(
    folder: Path, table: dict[str, Any], *texts_of: str, **about: str | None
) -> list[CheckedDocument]:
    """The texts checked against the table as `reference init --accept-guesses --title` packs it."""
    with (folder / "table.csv").open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([table["header"], *table["rows"]])
    made = start([folder / "table.csv"], title=table["title"], accept=True)
    (folder / "datapackage.json").write_text(json.dumps(made.descriptor), encoding="utf-8")
    given = {"title": table["title"], **about}
    with Checker([folder]) as checker:
        documents = [Document(id=str(n), text=text, **given) for n, text in enumerate(texts_of)]
        found = list(checker.check(documents))
        for document in found:
            for verdict in document.verdicts.values():
                for row in verdict.evidence if verdict.rule == "grids.statement" else ():
                    if row.sql is not None:
                        assert [[*r.values()] for r in checker.store.rows(row.sql)] == [[row.low, row.high]]
    return found


def verdicts(folder: Path, table: dict[str, Any], sentence: str, **about: str | None) -> set[str]:
    return {v.verdict for v in checked(folder, table, sentence, **about)[0].verdicts.values()}


@pytest.mark.parametrize("table", TABLES, ids=[t["name"] for t in TABLES])
def test_a_package_of_the_table_gives_the_verdicts_and_the_sql_of_each_and_leaves_the_others_open(
    tmp_path: Path, table: dict[str, Any]
) -> None:
    wanted = [(s, "supported") for s in table["true"]] + [(s, "refuted") for s in table["false"]]
    wanted += [(s, "") for s in table["open"]]
    found = checked(tmp_path, table, *(sentence for sentence, _ in wanted))
    for (sentence, verdict), document in zip(wanted, found, strict=True):
        if sentence in table.get("silent", ()):
            continue
        stated = {v.verdict for v in document.verdicts.values()} - {"not_enough_evidence"}
        # of a sentence that is false as a whole a part may be true
        may = {"supported"} if verdict == "refuted" else set()
        assert stated - may == ({verdict} if verdict else set()), sentence


LEAGUE = TABLES[0]
TRUE = "Arden Rovers scored 21 goals."


def test_a_statement_without_number_or_day_is_a_claim_of_its_own(tmp_path: Path) -> None:
    (document,) = checked(tmp_path, LEAGUE, "Harrow Bay were managed by Ines Falk.")
    (claim,) = document.reading.claims
    assert (claim.kind, claim.text) == ("statement", "Harrow Bay were managed by Ines Falk.")
    (row,) = document.verdicts[claim.claim_id].evidence
    assert (row.row_id, row.relation, row.confidence) == ("3", "supports", UNCHECKED)


def test_what_is_false_is_shown_by_the_row_that_the_sentence_names(tmp_path: Path) -> None:
    (document,) = checked(tmp_path, LEAGUE, "Harrow Bay were managed by Greta Lohm.")
    (verdict,) = document.verdicts.values()
    assert [row.row_id for row in verdict.evidence] == ["3"]
    assert "greta lohm" in verdict.explanation


def test_what_guessed_columns_decide_is_taken_back_where_a_word_stays_unexplained(tmp_path: Path) -> None:
    (document,) = checked(tmp_path, LEAGUE, "Arden Rovers scored 21 own goals.")
    (verdict,) = document.verdicts.values()
    assert verdict.verdict == "not_enough_evidence"


@pytest.mark.parametrize("title", [None, "Notes", "Borland Southern League", "2010 Borland Northern League"])
def test_a_document_about_something_else_is_not_judged_by_the_table(
    tmp_path: Path, title: str | None
) -> None:
    assert verdicts(tmp_path, LEAGUE, TRUE, title=title) <= {"not_enough_evidence"}


# ------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize("row", load("grid_columns"), ids=lambda row: row.id)
def test_a_column_is_named_by_the_words_of_its_row(row: Row) -> None:
    def is_named(example: str) -> bool:
        header, phrase = (part.strip() for part in example.split("|"))
        table = {"name": "t", "title": "t", "header": [header], "rows": [["."], ["."]]}
        words = tokens(phrase)
        named = grid(table)
        spans = [_header(named, words, at) for at in range(len(words))]
        return any(length and _is_of(row, words[at]) for at, (length, _) in enumerate(spans))

    assert all(map(is_named, row.examples))
    assert not any(map(is_named, row.counter_examples))


def _is_of(row: Row, word: str) -> bool:
    return word in row["words"] or any(word == w for w in header_words(" ".join(row["words"])))


@pytest.mark.parametrize("row", load("grid_rows"), ids=lambda row: row.id)
def test_a_noun_stands_for_a_row(row: Row) -> None:
    def nouns(phrase: str) -> list[str]:
        return [w for w in tokens(phrase) if w in rows_by_word("grid_rows")]

    assert all(set(nouns(phrase)) & set(row["words"]) for phrase in row.examples)
    assert not any(set(nouns(phrase)) & set(row["words"]) for phrase in row.counter_examples)


@pytest.mark.parametrize("row", load("grid_words"), ids=lambda row: row.id)
def test_a_phrase_asks_what_its_row_says(row: Row) -> None:
    def asked(phrase: str) -> set[str]:
        words = tokens(phrase)
        found = [(asking_at(words, at), at) for at in range(len(words))]
        return {
            " ".join(words[at : at + asking[1]])
            for asking, at in found
            if asking is not None and asking[0]["use"] == row["use"]
        }

    for phrase in row.examples:
        wanted = " ".join(tokens(phrase.split("[")[1].split("]")[0]))
        assert wanted in asked(phrase.replace("[", "").replace("]", ""))
    assert not any(asked(phrase) & set(row["words"]) for phrase in row.counter_examples)


def test_a_statement_of_any_length_costs_linear_time() -> None:
    league = grid(LEAGUE)
    assert read(league, "Arden Rovers scored 21 goals. " * 20_000) == ()


def test_a_name_that_may_be_part_of_another_refutes_nothing() -> None:
    rows = [["1 May", "Hull Kestrels", "Leeds", "9000"], ["8 May", "Leeds Owls", "York", "8000"]]
    table = {"name": "t", "title": "t", "header": ["Date", "Team", "Place", "Crowd"], "rows": rows}
    assert said(table, "Leeds drew a crowd of 8000.") is None
    assert said(table, "The Leeds Owls drew a crowd of 8000.") is True
    assert said(table, "The Leeds Owls drew a crowd of 9000.") is False


def test_a_table_that_is_a_database_is_not_read_by_its_headers(tmp_path: Path) -> None:
    rows = [[f"Club {n}", str(n % 97)] for n in range(MOST_ROWS + 1)]
    table = {"name": "t", "title": "Clubs", "header": ["Club", "Points"], "rows": rows}
    made = checked(tmp_path, table, "Club 5 had 5 points.")
    assert "by_headers" not in (tmp_path / "datapackage.json").read_text(encoding="utf-8")
    assert made


def test_an_export_that_needs_no_guess_is_judged_as_it_always_was(tmp_path: Path) -> None:
    table = {"name": "t", "title": "Cases", "header": ["Entity", "Code", "Year", "Deaths"],
             "rows": [["Norway", "NOR", "2019", "12"], ["Sweden", "SWE", "2019", "31"]]}  # fmt: skip
    checked(tmp_path, table, "In 2019 there were 12 deaths in Norway.")
    assert "by_headers" not in (tmp_path / "datapackage.json").read_text(encoding="utf-8")


def test_a_statement_is_kept_and_judged_again_when_its_table_changes(tmp_path: Path) -> None:
    database = tmp_path / "claims.duckdb"
    text = "Harrow Bay were managed by Ines Falk."
    checked(tmp_path, LEAGUE)
    document = Document(id="1", text=text, title=LEAGUE["title"])
    with Checker([tmp_path], database) as checker:
        list(checker.kept(checker.check([document])))
        kept = checker.store.rows("SELECT kind, text, verdict FROM claims")
    assert [(r["kind"], r["text"], r["verdict"]) for r in kept] == [("statement", text, "supported")]
    table = tmp_path / "table.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("Ines Falk", "Greta Lohm", 1), encoding="utf-8"
    )
    table.write_text(table.read_text(encoding="utf-8").replace("Tom Pryce", "Ines Falk"), encoding="utf-8")
    with Checker([tmp_path], database) as checker:
        assert [c.after for c in recheck(checker).changes] == ["refuted"]
