"""The cues that keep a clause from being asserted: the rows of `data/assertion.toml`, by where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from claimcheck.lexicon import load


@dataclass(frozen=True, slots=True)
class Assertion:
    """Whether a clause is asserted; `hedge` and `rule` say why it is not."""

    asserted: bool
    hedge: str | None = None
    rule: str | None = None


ASSERTED = Assertion(True)


@cache
def rows(form: str) -> dict[str, Assertion]:
    """The cues of a form, each with what it makes of the clause."""
    return {
        cue: Assertion(False, row["hedge"], f"assertion.{row.id}")
        for row in load("assertion")
        if row["form"] == form
        for cue in row["lemmas"]
    }
