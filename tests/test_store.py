"""The store: what is saved is loaded, version by version and run by run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from claimcheck.model import CheckedDocument, Document, Reading
from claimcheck.reference.loading import load_all
from claimcheck.store import SaveResult, Store, StoreError, open_store, saving
from claimcheck.store.codec import loaded_number, stored_numbers
from claimcheck.store.database import connect
from tests.reference_case import packed
from tests.store_cases import RUN, SOURCE, checked_documents, harbour, numbered


@settings(
    max_examples=10, deadline=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make an example smaller takes minutes
)  # fmt: skip
@given(st.tuples(checked_documents(0), checked_documents(100)))
def test_what_is_saved_is_loaded_exactly(documents: tuple[CheckedDocument, ...]) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "claims.duckdb") as store:
        result = store.save(RUN, documents)
        run, back = store.load_run()
        assert back == list(documents)
        assert run == replace(RUN, documents=2, new_documents=2)
        assert result.new == 2
        assert store.load_document(documents[0].document.id) == documents[0]
        again = store.save(replace(RUN, run_id="again"), back)
        assert again == SaveResult(unchanged=2)
        assert again.added_nothing


@given(st.decimals(allow_nan=False))
def test_no_number_is_lost(value: Decimal) -> None:
    [text], beyond = stored_numbers(["low"], [value])
    assert loaded_number("low", None if text is None else Decimal(text), beyond) == value


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        ("99999999999999999999999999999.999999999", "99999999999999999999999999999.999999999", None),
        ("1E+28", "1E+28", None),
        ("1E+29", None, "1E+29"),
        ("0.1234567894", "0.123456789", "0.1234567894"),
        ("sNaN", None, "sNaN"),
        ("-0", "0", None),
    ],
)
def test_numbers_at_the_edge(value: str, column: str | None, text: str | None) -> None:
    [kept], beyond = stored_numbers(["low"], [Decimal(value)])
    assert (None if kept is None else Decimal(kept)) == (None if column is None else Decimal(column))
    assert beyond == (None if text is None else json.dumps({"low": text}))


def test_a_number_beyond_the_column_does_not_stop_a_batch(store: Store) -> None:
    checked = harbour()
    ship = replace(checked.reading.mentions[0], value=Decimal("1E+40"), low=Decimal("1E+40"), high=None)
    claim = replace(checked.reading.claims[0], quantity=ship)
    reading = replace(checked.reading, mentions=(ship, *checked.reading.mentions[1:]), claims=(claim,))
    checked = replace(checked, reading=reading)
    store.save(RUN, [checked, harbour("other")])
    assert store.load_document("harbour") == checked
    assert store.rows("SELECT low, beyond FROM mention WHERE beyond IS NOT NULL") == [
        {"low": None, "beyond": '{"low": "1E+40", "value": "1E+40"}'}
    ]


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(store: Store) -> None:
    store.save(numbered(1), [harbour(ships=12)])
    result = store.save(numbered(2), [harbour(ships=13)])
    assert (result.new, result.changed, result.claims) == (0, 1, 1)
    assert [row["value"] for row in store.rows("SELECT value FROM claims")] == [Decimal(13)]
    assert [
        (row["low"], row["current"]) for row in store.rows("SELECT low, current FROM claims_history")
    ] == [(Decimal(12), False), (Decimal(13), True)]
    assert store.load_run("run-1")[1] == [harbour(ships=12)]
    assert store.load_run("run-2")[1] == [harbour(ships=13)]
    back = store.save(numbered(3), [harbour(ships=12)])  # and back again: known already, current again
    assert (back.changed, back.claims, back.verdicts) == (1, 0, 0)
    assert [row["value"] for row in store.rows("SELECT value FROM claims")] == [Decimal(12)]


def test_a_verdict_is_added_only_when_it_changes(store: Store) -> None:
    reasons = ["exact", "exact", "no_reference", None, None, "exact"]
    added = [store.save(numbered(n), [harbour(reason=r)]).verdicts for n, r in enumerate(reasons)]
    assert added == [1, 0, 1, 1, 0, 1]
    for n, reason in enumerate(reasons):
        assert store.load_run(f"run-{n}")[1] == [harbour(reason=reason)], f"as it was in run {n}"
    history = store.rows("SELECT run_id, verdict, previous_verdict, current FROM verdicts_history")
    assert [tuple(row.values()) for row in history] == [
        ("run-0", "supported", None, False),
        ("run-2", "not_enough_evidence", "supported", False),
        ("run-3", None, "not_enough_evidence", False),
        ("run-5", "supported", None, True),
    ]


def test_a_run_can_be_saved_in_parts_and_a_part_twice(store: Store) -> None:
    store.save(RUN, [harbour("a")])
    store.save(RUN, [harbour("b")])
    store.save(RUN, [harbour("b")])
    store.save(RUN, [harbour("a", ships=40)])
    run, documents = store.load_run(RUN.run_id)
    assert documents == [harbour("a", ships=40), harbour("b")]
    assert (run.documents, run.new_documents) == (2, 1)


def test_two_documents_with_one_id_are_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="two different documents of this run have the id 'harbour'"):
        store.save(RUN, [harbour(), harbour(ships=99)])
    assert store.save(numbered(2), [harbour(), harbour()]).documents == 2


def test_a_verdict_on_no_claim_is_refused(store: Store) -> None:
    stranger = CheckedDocument(
        reading=Reading(document=Document(id="empty", text="")), verdicts=dict(harbour().verdicts)
    )
    with pytest.raises(StoreError, match="document 'empty': a verdict names no claim"):
        store.save(RUN, [stranger])


def test_a_failed_run_keeps_its_committed_batches(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "BATCH_DOCUMENTS", 2)

    def documents() -> Iterator[CheckedDocument]:
        for n in range(5):
            yield harbour(f"d{n}")
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk"):
        store.save(RUN, documents())
    assert store.rows("SELECT status, documents FROM runs") == [{"status": "failed", "documents": 4}]
    with pytest.raises(StoreError, match="no finished run"):
        store.load_run()
    assert store.save(RUN, [harbour(f"d{n}") for n in range(5)]).new == 1
    assert store.load_run()[0].documents == 5


def test_lone_surrogates_are_stored_as_replacement_characters(store: Store) -> None:
    broken = replace(harbour(), reading=replace(harbour().reading, findings=()))
    document = replace(broken.document, text=broken.document.text + "\ud800!", title="\udfff")
    broken = replace(broken, reading=replace(broken.reading, document=document))
    assert store.save(numbered(1), [broken]).new == 1
    back = store.load_document("harbour").document
    assert (back.text[-2:], back.title, len(back.text)) == ("\ufffd!", "\ufffd", len(document.text))
    assert store.save(numbered(2), [broken]).added_nothing


def test_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(StoreError, match="no document 'nobody'"):
        store.load_document("nobody")
    with pytest.raises(StoreError, match="no run 'never'"):
        store.load_run("never")


def test_the_views_tell_the_letter_of_the_contract(store: Store) -> None:
    store.save(RUN, [harbour(reason="no_measure"), harbour("other", ships=13)])
    ledger = store.rows("SELECT * FROM ledger WHERE doc_id = 'harbour'")[0]
    assert (ledger["expressions"], ledger["in_claims"], ledger["not_claims"], ledger["unresolved"]) == (
        3,
        2,
        1,
        0,
    )
    assert ledger["not_claim_reasons"] == ["phone number"]
    claim = store.rows("SELECT * FROM claims WHERE doc_id = 'other'")[0]
    assert (claim["verdict"], claim["low"], claim["date_start"], claim["place_id"]) == (
        "supported", Decimal(13), date(2017, 5, 3), "places:P1",
    )  # fmt: skip
    assert claim["sentence"] == "The harbour held 13 ships on 3 May 2017."
    evidence = store.rows("SELECT doc_id, relation, best, note FROM evidence_rows")
    assert evidence == [{"doc_id": "other", "relation": "supports", "best": Decimal(12), "note": "13 is 12"}]
    gap = store.rows("SELECT reason, measure, place, year, claims FROM gaps")
    assert [tuple(row.values()) for row in gap] == [("no_measure", "ships in port", "harbour", 2017, 1)]
    documents = store.rows("SELECT doc_id, claims, versions, last_run FROM documents")
    assert [tuple(row.values()) for row in documents] == [
        ("harbour", 1, 1, RUN.run_id),
        ("other", 1, 1, RUN.run_id),
    ]


# --- Reference packages in the store ---


def package(folder: Path, name: str = "harbours", best: str = "12") -> Path:
    gazetteer = {
        "kind": "gazetteer", "key": "id", "names": ["name"], "entity": "place", "within": "within",
    }  # fmt: skip
    figures = {
        "kind": "figures", "key": "id", "place": "place", "best": "best", "as_of": "as_of",
        "measure": {"constant": "ships in port"},
    }  # fmt: skip
    tables = {
        "places": ("id,name,within\nP1,Old Harbour|Älte Hafen,P2\nP2,Westland,\n", gazetteer),
        "figures": (f"id,place,best,as_of\nF1,P1,{best},2017-05\nF2,P2,,2017\n", figures),
    }
    words = {"ships in port": {"words": ["ship", "vessel"], "type": "stock"}}
    return packed(folder, tables, words, name)


def test_a_package_becomes_rows(store: Store, tmp_path: Path) -> None:
    published = store.publish_packages(load_all([package(tmp_path / "a")]))
    assert (published.loaded, published.unchanged, published.removed) == (("harbours",), (), ())
    figure = store.rows("SELECT * FROM figures WHERE row_id = 'F1'")[0]
    assert (figure["measure"], figure["measure_type"], figure["best"]) == (
        "ships in port",
        "stock",
        Decimal(12),
    )
    assert (figure["as_of_start"], figure["as_of_end"]) == (date(2017, 5, 1), date(2017, 5, 31))
    assert figure["place_names"] == ["Old Harbour", "Westland"]
    place = store.rows("SELECT * FROM places WHERE row_id = 'P1'")[0]
    assert place["names"] == ["Old Harbour", "Älte Hafen"]
    assert (place["within"], place["within_names"]) == (["places:P2"], ["Westland"])
    assert store.rows("SELECT measure, words, rows FROM measures") == [
        {"measure": "ships in port", "words": ["ship", "vessel"], "rows": 2}
    ]
    folded = store.rows("SELECT folded FROM reference_name WHERE row_id = 'P1' ORDER BY rank")
    assert [row["folded"] for row in folded] == ["old harbour", "alte hafen"]


def test_publishing_replaces(store: Store, tmp_path: Path) -> None:
    first = load_all([package(tmp_path / "a"), package(tmp_path / "b", "docks")])
    store.publish_packages(first)
    assert store.publish_packages(first).unchanged == ("harbours", "docks")
    changed = store.publish_packages(load_all([package(tmp_path / "a", best="14")]))
    assert (changed.loaded, changed.removed) == (("harbours",), ("docks",))
    assert store.rows("SELECT DISTINCT package, best FROM figures WHERE row_id = 'F1'") == [
        {"package": "harbours", "best": Decimal(14)}
    ]
    for table in ("measure", "measure_word", "reference_place", "reference_name", "reference_package"):
        assert store.rows(f"SELECT DISTINCT package FROM {table}") == [{"package": "harbours"}]


def test_a_copy_of_equal_content_is_where_rows_are_written_from_then_on(store: Store, tmp_path: Path) -> None:
    for name in ("a", "copy"):
        published = store.publish_packages(load_all([package(tmp_path / name)]))
        assert store.rows("SELECT path FROM reference_package") == [{"path": str(tmp_path / name)}]
    assert published.unchanged == ("harbours",)


def test_a_package_that_cannot_be_stored_changes_nothing(store: Store, tmp_path: Path) -> None:
    good = load_all([package(tmp_path / "a")])
    store.publish_packages(good)
    *rows, last = good[0].rows
    unheard_of = replace(last, kind="rumour")  # type: ignore[arg-type]
    faulty = replace(load_all([package(tmp_path / "a", best="14")])[0], rows=(*rows, unheard_of))
    with pytest.raises(StoreError, match="reference_row"):
        store.publish_packages([faulty])
    assert store.rows("SELECT best FROM figures WHERE row_id = 'F1'") == [{"best": Decimal(12)}]
    assert store.publish_packages(good).unchanged == ("harbours",)


def test_huge_figures_and_numbers_are_stored(store: Store, tmp_path: Path) -> None:
    given = load_all([package(tmp_path / "a")])[0]
    *places, first, second = given.rows
    huge = (replace(first, best=Decimal("1E+99")), replace(second, number=10**27))
    store.publish_packages([replace(given, rows=(*places, *huge))])
    assert store.rows("SELECT best, beyond FROM reference_row WHERE row_id = 'F1'") == [
        {"best": None, "beyond": '{"best": "1E+99"}'}
    ]
    assert store.rows("SELECT number FROM reference_row WHERE row_id = 'F2'") == [{"number": 10**27}]


# --- The store and other processes: who holds the file, and what a killed run leaves ---


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A second process that saves documents one by one, says so, and then waits with the file open."""
    code = f"""
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
sys.path[:0] = [{str(SOURCE)!r}, {str(SOURCE.parent)!r}]
from tests.store_cases import RUN, harbour
from claimcheck.store import open_store, saving
saving.BATCH_DOCUMENTS = 1
def documents():
    for n in range(4):
        yield harbour(f"d{{n}}")
    print("ready", flush=True)
    time.sleep(60)
open_store({str(tmp_path / "claims.duckdb")!r}).save(RUN, documents())
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.wait(timeout=60)
    process.stdout.close()


def test_a_second_process_is_shown_who_has_the_file(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    for read_only in (False, True):
        with pytest.raises(
            StoreError, match=rf"another process has it open: .*python.*, process {holder.pid}\."
        ):
            open_store(tmp_path / "claims.duckdb", read_only=read_only)


def test_a_killed_run_loses_no_committed_batch(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait(timeout=60)
    deadline = time.monotonic() + 60
    while True:
        try:
            store = open_store(tmp_path / "claims.duckdb")
            break
        except StoreError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    with store:
        assert [row["doc_id"] for row in store.rows("SELECT doc_id FROM documents")] == [
            "d0",
            "d1",
            "d2",
            "d3",
        ]
        assert store.rows("SELECT status FROM runs") == [{"status": "running"}]
        store.save(numbered(2), [harbour("d0")])
        assert [row["status"] for row in store.rows("SELECT status FROM runs")] == ["finished", "interrupted"]


def test_an_interrupted_run_is_marked_and_keeps_its_batches(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    os.kill(holder.pid, signal.SIGINT)
    assert holder.wait(timeout=60) == -signal.SIGINT
    with open_store(tmp_path / "claims.duckdb") as store:
        assert store.rows("SELECT status, documents FROM runs") == [{"status": "failed", "documents": 4}]


def test_a_file_open_in_this_process_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    with open_store(path), pytest.raises(StoreError, match="this process has it open already"):
        connect(path, read_only=True)


def test_what_a_killed_process_set_aside_is_deleted(tmp_path: Path) -> None:
    left = tmp_path / "claims.duckdb.tmp"
    left.mkdir()
    (left / "duckdb_temp_1_0_storage_DEFAULT-0.tmp").write_bytes(b"rows")
    open_store(tmp_path / "claims.duckdb").close()
    assert not left.exists()


def test_a_folder_that_somebody_else_uses_stays(tmp_path: Path) -> None:
    left = tmp_path / "claims.duckdb.tmp"
    left.mkdir()
    (left / "notes.txt").write_text("mine", encoding="utf-8")
    open_store(tmp_path / "claims.duckdb").close()
    assert (left / "notes.txt").is_file()
