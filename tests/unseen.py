"""No text for those who decide: while it holds, code of theirs that reads a text fails."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from claimcheck.model import Claim, Document

SOURCE = Path(__file__).resolve().parent.parent / "src" / "claimcheck"
BLIND = ("judging/", "linking/account.py", "linking/columns.py", "linking/decide.py", "linking/weights.py")
"""The parts of the package that decide, and see no document's text."""
SHOWN = {("judging/explaining.py", "_written")}
"""Functions that quote a claim to the reader: shown, never decided upon."""


@contextmanager
def texts_unseen() -> Iterator[None]:
    """While it lasts, `text` of a document or a claim raises where what decides reads it."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in (Document, Claim):
            patch.setattr(kind, "text", _unseen(kind.text))
        yield


def _unseen(slot: Any) -> property:
    def read(value: Any) -> Any:
        frame = sys._getframe(1)
        where, name = frame.f_code.co_filename.removeprefix(f"{SOURCE}/"), frame.f_code.co_name
        if where.startswith(BLIND) and (where, name) not in SHOWN:
            raise AssertionError(f"{where}: {name} reads the text of a {type(value).__name__.lower()}")
        return slot.__get__(value)

    return property(read, slot.__set__)
