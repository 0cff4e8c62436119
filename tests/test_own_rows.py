"""The rows of a document's own author and signatories decide nothing about it alone."""

from __future__ import annotations

from typing import Any

import pytest

from claimcheck.linking.linker import Linker
from claimcheck.model import ListItem, Zone
from tests import matching_case
from tests.matching_case import verdict

store, linker = matching_case.store, matching_case.linker


@pytest.mark.parametrize(
    "document",
    [
        {"author": "Tarn Relief Network"},
        {"zones": (Zone(0, 3, "letterhead"),)},
        {"items": (ListItem(1, 0, 1, 2, 5, "The Tarn Relief Network"),)},
    ],
)
def test_rows_of_the_signatories_decide_nothing_alone(linker: Linker, document: dict[str, Any]) -> None:
    text = "TRN. In January 2018, 90 people were killed in Lowmark."
    assert verdict(linker, text, "90").verdict == "supported"
    found = verdict(linker, text, "90", **document)
    assert (found.verdict, found.reason) == ("not_enough_evidence", "own_source")


def test_an_author_is_named_by_no_sentence_of_a_numbered_list(linker: Linker) -> None:
    text = "TRN. In January 2018, 90 people were killed in Lowmark."
    items = (ListItem(1, 0, 1, 2, 5, "The Tarn Relief Network counted the dead."),)
    assert verdict(linker, text, "90", items=items).verdict == "supported"
