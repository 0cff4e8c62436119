"""What a clause says in other words for what vocabularies name by one verb.

"Took 29 patients out of the town" tells of an evacuation, "the brigade lost 12 volunteers" of their death.
The words are in `data/other_words.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from claimcheck import lexicon
from claimcheck.model import Claim


@dataclass(frozen=True, slots=True)
class _Saying:
    """A row of the table: a phrase that must stand in the clause, what must be counted, what is meant."""

    beside: re.Pattern[str] | None
    counted: frozenset[str]
    means: tuple[str, ...]

    def fits(self, claim: Claim) -> bool:
        noun = "" if claim.quantity is None else (claim.quantity.noun or "").lower()
        counts = not self.counted or (bool(noun) and noun.split()[-1] in self.counted)
        return counts and (self.beside is None or self.beside.search(claim.text) is not None)


def meant(claim: Claim) -> tuple[str, ...]:
    """The words of vocabularies that a clause means by its verb; none where it says what it means."""
    return tuple(w for one in _sayings().get(claim.predicate or "", ()) if one.fits(claim) for w in one.means)


def tells_of_loss(claim: Claim) -> bool:
    """Whether the subject did nothing, but lost those who are counted: "the brigade lost 12 volunteers"."""
    return "killed" in meant(claim)


@cache
def _sayings() -> dict[str, list[_Saying]]:
    out: dict[str, list[_Saying]] = defaultdict(list)
    for row in lexicon.load("other_words"):
        phrases = "|".join(re.escape(phrase) for phrase in row.get("with", ()))
        beside = re.compile(rf"\b(?:{phrases})\b") if phrases else None
        for verb in row["verbs"]:
            out[verb].append(_Saying(beside, frozenset(row.get("counted", ())), tuple(row["means"])))
    return dict(out)
