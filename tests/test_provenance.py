"""A stored reading is made anew where the code that made it changed: the digest leaves no part of it out."""

from __future__ import annotations

from pathlib import Path

import claimcheck
from claimcheck.provenance import STEPS

SHOWING = {"cli", "data", "decisions", "evaluation", "report", "review", "sample", "store", "templates"}
"""Parts that neither read nor judge; `data` has a digest of its own."""


def test_every_part_that_reads_or_judges_is_in_the_digest() -> None:
    here = Path(claimcheck.__file__).parent
    parts = {f.name for f in here.iterdir() if f.is_dir() and not f.name.startswith("__")}
    modules = {step for step in STEPS if (here / f"{step}.py").is_file()}
    assert parts - SHOWING == set(STEPS) - modules, "say of a new part whether it reads or judges"
