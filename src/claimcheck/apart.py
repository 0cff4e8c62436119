"""What an output says of one document, made apart from what it says of the others.

Where a document, a decision on it or the code itself lets the making fail, the error stands in its place and
is logged: one bad document takes no report and no page from the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from claimcheck import faults
from claimcheck.documents.extracted import BROKEN, shown
from claimcheck.model import CheckedDocument

LOG = logging.getLogger(__name__)
T = TypeVar("T")


def apart(document: str, make: Callable[[], T], instead: Callable[[str], T]) -> T:
    """What `make` returns; where it fails, what `instead` makes of the sentence that says so."""
    try:
        return make()
    except BROKEN as error:
        stated = shown(
            f"{document}: cannot be shown here, by a fault of claimcheck ({faults.place(error)}: {error}); "
            "the other documents are as they should be; please report it with the text"
        )
        LOG.error("%s", stated)
        return instead(stated)


def all_that_can(
    documents: Sequence[CheckedDocument],
    render: Callable[[Sequence[CheckedDocument], Sequence[str]], str],
) -> str:
    """What `render` makes of the documents, together with the sentences on those that it fails on."""
    try:
        return render(documents, ())
    except BROKEN:
        stated = [apart(c.document.id, lambda c=c: render([c], ()) and "", str) for c in documents]  # type: ignore[misc]
        sound = [c for c, fault in zip(documents, stated, strict=True) if not fault]
        return render(sound, [fault for fault in stated if fault])
