"""A stored reading is made anew where the code that made it changed: the digest leaves no part of it out."""

from __future__ import annotations

from pathlib import Path

import claimcheck
from claimcheck.provenance import STEPS

SHOWING = {"cli", "data", "decisions", "evaluation", "report", "review", "sample", "store", "templates"}
"""Parts that neither read nor judge; `data` has a digest of its own."""


def test_every_part_that_reads_or_judges_is_in_the_digest() -> None:
    folders = {f.name for f in Path(claimcheck.__file__).parent.iterdir() if f.is_dir()}
    parts = {name for name in folders if not name.startswith("__")}
    assert parts - SHOWING == set(STEPS), "say of a new part whether it reads or judges"
