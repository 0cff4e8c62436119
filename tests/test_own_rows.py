"""The rows of a document's own author and signatories decide nothing about it alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.linking.linker import Linker
from claimcheck.model import ListItem, Verdict, Zone
from claimcheck.reference.loading import load
from claimcheck.store import open_store
from tests.reference_case import INVENTED


@pytest.fixture(scope="module")
def linker() -> Iterator[Linker]:
    with open_store(None) as store:
        store.publish_packages([load(INVENTED / "arvia")])
        one = Linker(store)
        weights = one.linking.weights  # of a table of two rows little is ever sure
        one.linking.weights = replace(weights, firm={**weights.firm, "supported": 0.7})
        yield one


def verdict(linker: Linker, text: str, **meta: Any) -> Verdict:
    """What the package says to the statement of a text about 1,287 people."""
    document = replace(make("text", text), date=date(2018, 3, 31), **meta)
    [checked] = linker.check([*read([document], linker.event_index)])
    [claim] = [c for c in checked.reading.claims if c.quantity is not None and c.quantity.text == "1,287"]
    return checked.verdicts[claim.claim_id]


TEXT = "TRN. In January 2018, 1,287 people were killed in Lowmark."


@pytest.mark.parametrize(
    "document",
    [
        {"author": "Tarn Relief Network"},
        {"zones": (Zone(0, 3, "letterhead"),)},
        {"items": (ListItem(1, 0, 1, 2, 5, "The Tarn Relief Network"),)},
    ],
)
def test_rows_of_the_signatories_decide_nothing_alone(linker: Linker, document: dict[str, Any]) -> None:
    assert verdict(linker, TEXT).verdict == "supported"
    found = verdict(linker, TEXT, **document)
    assert (found.verdict, found.reason, found.likely) == ("not_enough_evidence", "own_source", None)


def test_what_an_author_says_of_himself_is_not_likely_either(linker: Linker) -> None:
    weights = linker.linking.weights
    linker.linking.weights = replace(weights, firm={**weights.firm, "supported": 0.99})
    try:
        stranger, author = verdict(linker, TEXT), verdict(linker, TEXT, author="Tarn Relief Network")
    finally:
        linker.linking.weights = weights
    assert stranger.likely is not None
    assert stranger.likely.verdict == "supported"
    assert (author.verdict, author.likely) == ("not_enough_evidence", None)


def test_an_author_is_named_by_no_sentence_of_a_numbered_list(linker: Linker) -> None:
    items = (ListItem(1, 0, 1, 2, 5, "The Tarn Relief Network counted the dead."),)
    assert verdict(linker, TEXT, items=items).verdict == "supported"
