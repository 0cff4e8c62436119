"""Decisions laid over a snapshot: only what is new is worked out, and it comes to the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from claimcheck.decisions import Review, facts_of
from claimcheck.model import CheckedDocument
from claimcheck.review import queue
from claimcheck.review.overlay import Overlay
from claimcheck.store import Store
from claimcheck.store.decisions import load_facts
from claimcheck.store.snapshots import open_latest
from tests.review_case import build, decision, echo, journal
from tests.sample_hostile import hostile
from tests.sample_report import letter

LETTER = letter()
NAME = LETTER.document.id
CLAIMS = LETTER.reading.claims


def huge() -> CheckedDocument:
    """A claim whose number no column of the database holds exactly."""
    checked = echo()
    claim = checked.reading.claims[0]
    assert claim.quantity is not None
    number = replace(claim.quantity, value=Decimal("1E-12"), low=Decimal("1E-12"), high=Decimal("7E+40"))
    own = replace(claim, claim_id="0123456789abcdef", quantity=number)
    document = replace(checked.document, id="huge.txt")
    reading = replace(checked.reading, document=document, claims=(own,), mentions=(number,))
    return CheckedDocument(reading=reading, verdicts={})


ALL = [LETTER, echo(), hostile(), huge()]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("overlay"), ALL)


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    journal(database).file.unlink(missing_ok=True)
    with open_latest(database) as store:
        store.rows(queue.GATHER)
        yield store


def names(store: Store) -> list[str]:
    return [row["doc_id"] for row in store.rows("SELECT DISTINCT doc_id FROM queue ORDER BY doc_id")]


def test_facts_from_the_database_are_those_of_the_model(store: Store) -> None:
    assert len(names(store)) == len(ALL)
    for name in names(store):
        checked = store.load_document(name)
        wanted = [facts_of(c, name, checked.verdicts.get(c.claim_id)) for c in checked.reading.claims]
        assert load_facts(store, documents=[name]) == wanted
        assert load_facts(store, claim_ids=[f.claim_id for f in wanted]) == wanted
    assert load_facts(store, claim_ids=["nothing"], documents=["nowhere"]) == []


def states(overlay: Overlay) -> dict[str, Review]:
    return {claim.claim_id: overlay.review(claim.claim_id) for claim in CLAIMS}


def test_what_is_laid_over_bit_by_bit_is_what_all_at_once_gives(store: Store, database: Path) -> None:
    file, slow = journal(database), Overlay(store)
    gone = replace(CLAIMS[2], claim_id="feedfeedfeedfeed")
    lost = replace(CLAIMS[2], claim_id="beefbeefbeefbeef", text="nothing", start=9000, end=9001)
    first = decision(CLAIMS[0], NAME, verdict="supported", made_on="supported")
    for made in (
        first,
        decision(CLAIMS[0], NAME, "dismiss", "Basma"),
        decision(CLAIMS[1], NAME, "follow_up"),
        decision(CLAIMS[0], NAME, "undo", undoes=first.id),
        decision(gone, NAME, "dismiss"),
        decision(gone, NAME, "follow_up", "Basma"),
        decision(lost, NAME, "dismiss"),
        decision(lost, "nowhere.txt", "dismiss"),
    ):
        file.append(made)
        slow.follow(file)
    tables = [store.rows("FROM decided ORDER BY ALL")]
    fast = Overlay(store)
    fast.follow(file)
    tables.append(store.rows("FROM decided ORDER BY ALL"))
    assert states(slow) == states(fast)
    assert tables[0] == tables[1]
    assert (slow.done, list(slow.lost)) == (fast.done, list(fast.lost))
    assert fast.review(CLAIMS[2].claim_id).state == "follow_up"
    assert len(fast.lost) == 2
