"""Lexicons: their own rules, and the page that is made from them."""

from __future__ import annotations

from typing import Any

import pytest

from claimcheck import lexicon
from tests.reader import ROOT


@pytest.mark.parametrize("topic", lexicon.topics())
def test_every_file_loads_and_has_rows(topic: str) -> None:
    assert lexicon.load(topic)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"fields": {"words": "required"}, "row": [{"id": "a", "wrods": ["x"]}]}, "unknown key ['wrods']"),
        ({"fields": {"words": "required"}, "row": [{"id": "a"}]}, "missing key ['words']"),
        ({"fields": {}, "row": [{"id": "a"}, {"id": "a"}]}, "id used twice"),
        ({"fields": {}, "row": [{"note": "x"}]}, "missing key ['id']"),
    ],
)
def test_a_broken_row_is_named(table: dict[str, Any], says: str) -> None:
    with pytest.raises(lexicon.LexiconError, match=r"data/broken\.toml") as error:
        list(lexicon._rows("broken", table))
    assert says in str(error.value)


def test_the_page_on_the_lexicons_is_current() -> None:
    page = (ROOT / "docs" / "lexicons.md").read_text(encoding="utf-8")
    assert page == lexicon.markdown(), "run `make docs`"
