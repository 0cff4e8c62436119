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
from claimcheck.model import Claim, ListItem, Verdict, Zone
from claimcheck.reference.loading import load
from claimcheck.report.likely import likely_words
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


def judged(linker: Linker, text: str, **meta: Any) -> tuple[Claim, Verdict]:
    """The statement of a text about 1,287 people, and what the package says to it."""
    document = replace(make("text", text), date=date(2018, 3, 31), **meta)
    [checked] = linker.check([*read([document], linker.event_index)])
    [claim] = [c for c in checked.reading.claims if c.quantity is not None and c.quantity.text == "1,287"]
    return claim, checked.verdicts[claim.claim_id]


def verdict(linker: Linker, text: str, **meta: Any) -> Verdict:
    """What the package says to it."""
    return judged(linker, text, **meta)[1]


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
    assert (found.verdict, found.reason) == ("not_enough_evidence", "own_source")


def test_what_an_author_says_of_himself_is_marked_where_it_is_likely(linker: Linker) -> None:
    weights = linker.linking.weights
    linker.linking.weights = replace(weights, firm={**weights.firm, "supported": 0.99})
    try:
        stranger, author = judged(linker, TEXT), judged(linker, TEXT, author="Tarn Relief Network")
    finally:
        linker.linking.weights = weights
    for (claim, found), own in ((stranger, False), (author, True)):
        assert found.verdict == "not_enough_evidence"
        assert found.likely is not None
        assert found.likely.verdict == "supported"
        assert ("own source" in likely_words(claim, found)) is own


def test_an_author_is_named_by_no_sentence_of_a_numbered_list(linker: Linker) -> None:
    items = (ListItem(1, 0, 1, 2, 5, "The Tarn Relief Network counted the dead."),)
    assert verdict(linker, TEXT, items=items).verdict == "supported"
