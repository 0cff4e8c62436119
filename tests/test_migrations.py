"""A database of any earlier version becomes one of this version: nothing is lost and every view answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimcheck.decisions import Journal, decide, journal_file
from claimcheck.inbox import run_inbox
from claimcheck.pipeline import Checker
from claimcheck.store import Store, StoreError, open_store
from claimcheck.store.migrations import shipped
from tests.earlier import OLD_VIEW, make_earlier
from tests.killing import LAWS, REFERENCE, Ground

pytestmark = pytest.mark.makes_schema

FROZEN = {
    "0001_tables.sql": "65756948e32fdb78096f8ba7d571f87a2d370fdb87756626df68c06eb92f173b",
    "0002_decisions.sql": "729c84a4290135a0eedc2ea97490158d3fa1d45b5f3daef2507b48934d55d19a",
    "0003_inbox.sql": "0b80a386c6a7715eec5ee45b42b00a6cbadee9bf7f2de508c4b5e9c457cd3af6",
    "0004_scale.sql": "1c40b8eb2a7cfd4d54cf3cf95c3d65fa67e7eb784a93476845d4a2f116a23f82",
    "0005_address.sql": "9ce8cf46b422eb513774c7cd9e038a85e5e3fa7b12129ce79c3631e6bff807c2",
    "0006_keys.sql": "3d9c3ca7d500014accf940b49b36b99f1b40ce152ff42f7c54953de2e12b31c8",
    "0007_stages.sql": "62a46aa2ed9510fb527596da9be5321a8d091a91fed05efaf4cfbcdff33faad0",
    "0008_reviews.sql": "17cbba111e11b09b2524facbec3a6ecb0dd4967247101385fed87588fc409b89",
    "0009_packages.sql": "873bf5930e38eca84daa05410a77503376cc14f14167375ece1d8a9d06555786",
    "0010_told_incidents.sql": "45ccff9a54855fd46e37ae6d84f3bf313aae84bdd51e88cd942acced1c84fffc",
}
"""Databases with these schemas exist: their text is never changed again, however wrong it is."""
OF_CLAIMS = "SELECT claim_id, verdict, reason, text, low, high, measure, place FROM claims ORDER BY ALL"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """Three documents checked, one in quarantine, and a decision."""
    made = Ground(tmp_path_factory.mktemp("present"))
    for number in range(3):
        made.put(number)
    (made.folder / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    made.run()
    with open_store(made.database, read_only=True) as store:
        claim = store.load_document("d0001.txt").reading.claims[0]
    Journal(journal_file(made.database)).append(decide(claim, "d0001.txt", "follow_up", "Amal"))
    made.run()
    return made


def answers(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every view by its name, in some order of its own."""
    return {view.name: store.rows(f"FROM {view.name} ORDER BY ALL") for view in store.views()}


@pytest.mark.parametrize("number", [m.number for m in shipped()[:-1]])
def test_an_earlier_database_is_upgraded(tmp_path: Path, ground: Ground, number: int) -> None:
    path = tmp_path / "claims.duckdb"
    make_earlier(path, number, ground.database)
    lacking = shipped()[number].name
    with pytest.raises(StoreError, match=f"lacks {lacking}; the next run upgrades it"):
        open_store(path, read_only=True)

    with open_store(path) as store, open_store(ground.database, read_only=True) as present:
        assert store.rows("SELECT max(number) AS n FROM schema_migration") == [{"n": shipped()[-1].number}]
        upgraded = answers(store)
        assert upgraded.keys() == {view.name for view in present.views()}
        assert OLD_VIEW not in upgraded
        assert all(view.comment and all(c[2] for c in view.columns) for view in store.views())
        assert store.rows(OF_CLAIMS) == present.rows(OF_CLAIMS)
        assert len(upgraded["runs"]) == 2


@pytest.mark.parametrize("number", [m.number for m in shipped()[:-1]])
def test_the_next_run_goes_on_where_it_stopped(tmp_path: Path, ground: Ground, number: int) -> None:
    path = tmp_path / "claims.duckdb"
    (tmp_path / "decisions.jsonl").write_bytes(journal_file(ground.database).read_bytes())
    make_earlier(path, number, ground.database)
    with Checker([REFERENCE], path) as checker:
        run_inbox(checker, [ground.folder / "inbox"])
        for law, sql in LAWS.items():
            assert not checker.store.rows(sql), law
        rows = checker.store.rows
        assert {r["doc_id"]: r["text"] for r in rows("SELECT * FROM current_document")} == ground.texts
        assert [r["reviewer"] for r in rows("FROM decision")] == ["Amal"]
        assert [Path(str(r["path"])).name for r in rows("FROM quarantine")] == ["scan.pdf"]
        assert run_inbox(checker, [ground.folder / "inbox"]).saved.added_nothing


def test_a_migration_that_was_published_is_never_changed() -> None:
    assert {m.name: m.sha256 for m in shipped() if m.name in FROZEN} == FROZEN
