"""Where in its document a claim stands, so that a person finds it there: the page, else the paragraph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from claimcheck.documents.layout import paragraphs
from claimcheck.model import Document


def whereabouts(document: Document) -> Callable[[int], str]:
    """For an offset into the text "page 3 of 9", without pages "paragraph 4"; "" where there is only one.

    A heading, an item of a list and a row of a table are paragraphs too.
    """
    pages = document.pages
    if pages:
        return lambda offset: f"page {max(1, bisect_right(pages, offset))} of {len(pages)}"
    starts = [line.start for line in paragraphs(document.text)]
    if len(starts) < 2:
        return lambda _: ""
    return lambda offset: f"paragraph {max(1, bisect_right(starts, offset))}"
