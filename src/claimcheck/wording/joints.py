"""By what a date is joined to what it stands behind."""

from __future__ import annotations

from typing import Literal

from claimcheck.model import Claim
from claimcheck.wording.words import word_set

Joint = Literal["comma", "bracket", "of", "bare"]

_LONGEST = 13  # characters


def joint(claim: Claim, start: int, end: int) -> Joint | None:
    """By what a date that begins at `end` is joined to what ends at `start`: "the Tarn congress *of* 3 May",
    "resolution 12 *(*3 May)", "the sixth round*, on* 3 May". None where other words stand between."""
    between = claim.text[max(0, start - claim.start) : max(0, end - claim.start)].strip()
    words = between.strip("(,. ").split()
    if len(between) > _LONGEST or not word_set("before its date") >= set(words):
        return None
    if between.startswith(","):
        return "comma"
    if between.startswith("("):
        return "bracket"
    return "of" if words[:1] == ["of"] else "bare"
