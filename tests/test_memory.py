"""A run's memory: what DuckDB may take while it writes, and what happens where that is too little."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from claimcheck.model import CheckedDocument, Document, Reading
from claimcheck.store import (
    MemoryLimitError,
    Store,
    latest_snapshot,
    open_latest,
    open_store,
    publish_snapshot,
)
from claimcheck.store import store as store_module
from claimcheck.store.database import transaction
from tests.store_cases import RUN, harbour

MANY = 100_000
COPIES = """
INSERT INTO {table} BY NAME
SELECT * EXCLUDE (n) REPLACE ({keys}) FROM {table}, range(1, {many}) AS copy(n)
"""
KEYS = {
    "document": "document_key + n AS document_key, doc_id || n AS doc_id",
    "run_document": "document_key + n AS document_key, doc_id || n AS doc_id",
    "mention": "document_key + n AS document_key",
    "claim": "document_key + n AS document_key, claim_id || n AS claim_id",
    "verdict": "verdict_key + n AS verdict_key, claim_id || n AS claim_id",
    "evidence": "verdict_key + n AS verdict_key",
}


def test_too_little_memory_is_one_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    with open_store(tmp_path / "claims.duckdb") as store:
        store_module.limit_memory(store.connection, "3MB")
        store.connection.execute("SET temp_directory = ''")
        store.connection.execute("CREATE TABLE wide (i BIGINT, t VARCHAR)")
        with pytest.raises(MemoryLimitError, match="too little memory"):
            _fill(store)
        assert store.cells("SELECT count(*) FROM wide") == [(0,)]


def _fill(store: Store) -> None:
    with transaction(store.connection):
        store.connection.execute("INSERT INTO wide VALUES (1, 'one')")
        rows = "SELECT i, repeat('x', 900) FROM range(200000) AS r(i) ORDER BY 2, 1"
        store.connection.execute(f"INSERT INTO wide {rows}")


@pytest.fixture(scope="module")
def very_many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of very many documents, a claim each."""
    file = tmp_path_factory.mktemp("filled") / "claims.duckdb"
    with open_store(file) as store:
        store.save(RUN, [harbour()])
        for table, keys in KEYS.items():
            store.rows(COPIES.format(table=table, keys=keys, many=MANY))
    return file


@pytest.fixture
def filled(tmp_path: Path, very_many: Path) -> Iterator[Store]:
    """A copy of it."""
    with open_store(Path(shutil.copy(very_many, tmp_path))) as store:
        yield store


def test_a_snapshot_of_very_many_documents_needs_little_memory(filled: Store, tmp_path: Path) -> None:
    store_module.limit_memory(filled.connection, "32MB")
    publish_snapshot(filled)
    with open_latest(tmp_path / "claims.duckdb") as snapshot:
        found = "SELECT count(*), count(DISTINCT claim_id), count(verdict) FROM claims"
        assert snapshot.cells(found) == [(MANY, MANY, MANY)]


def test_a_copy_that_needs_more_memory_gets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = replace(harbour(), reading=replace(harbour().reading, document=_long(harbour().document)))
    with open_store(tmp_path / "claims.duckdb") as store:
        store.save(RUN, [long])
        monkeypatch.setattr(store_module, "FRUGAL_MEMORY", 8_000_000)
        publish_snapshot(store)
        assert store.rows("SELECT current_setting('memory_limit') AS most") == [{"most": "244.1 MiB"}]
    with open_latest(tmp_path / "claims.duckdb") as snapshot:
        assert snapshot.load_document("harbour") == long


def test_documents_as_long_as_books_are_kept_and_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Their texts are larger together than the memory: merged into one group of rows they ended the database.
    monkeypatch.setattr(store_module, "WRITER_MEMORY", 32_000_000)
    chance = Random(7)
    book = "".join(chance.choices("etaoin shrdlu", k=400_000))
    with open_store(tmp_path / "claims.duckdb") as store:
        saver = store.saver(RUN)
        for number in range(90):
            document = replace(harbour().document, id=f"book {number}", text=f"{number} {book}")
            saver.save([CheckedDocument(reading=Reading(document=document), verdicts={})])
        saver.close("finished")
        publish_snapshot(store)
    for file in (tmp_path / "claims.duckdb", latest_snapshot(tmp_path / "claims.duckdb")):
        assert file is not None
        with open_store(file, read_only=True) as store:
            assert store.cells("SELECT count(DISTINCT text), min(length(text)) FROM document") == [
                (90, 400_002)
            ]


def test_what_was_read_from_the_file_is_let_go(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    held = "SELECT sum(memory_usage_bytes) AS held FROM duckdb_memory()"
    filled.rows("CHECKPOINT")
    filled.rows("SELECT max(text), max(doc_id) FROM document")
    filled.rows("SELECT max(text), max(explanation) FROM claims")
    before = filled.rows(held)[0]["held"]
    monkeypatch.setattr(store_module, "KEPT_MEMORY", 4_000_000)  # the keys of the tables would take more
    filled.trim()
    assert filled.rows(held)[0]["held"] <= 4_000_000 < before


def _long(document: Document) -> Document:
    return replace(document, text=document.text + " And so on." * 2_000_000)
