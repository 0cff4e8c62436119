"""Which organisation of a gazetteer a clause says was founded, and whether a clause founds something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from claimcheck.linking.happening import Happening
from claimcheck.linking.pairing import of_the_time
from claimcheck.linking.places import Named, NameIndex
from claimcheck.linking.surroundings import is_owner, is_part_of
from claimcheck.linking.vocabulary import any_of, nouns, stem
from claimcheck.model import Claim, ReferenceRow, Span

_PARTICIPLE = re.compile(r"[,)]\s*(?:founded|established|created|formed|launched|set up)\b")


class Foundings:
    """The organisations whose founding the gazetteers date, found by their names."""

    def __init__(self, rows: Sequence[ReferenceRow]) -> None:
        founded = [r for r in rows if r.kind == "gazetteer" and r.first is not None]
        self._rows = {f"{r.package}|{r.key}": r for r in founded}
        self._index = NameIndex(
            (name, key, "organisation") for key, r in self._rows.items() for name in r.names
        )

    def of(self, claim: Claim, times: Sequence[Span]) -> list[Happening]:
        """An organisation whose founding the claim dates; what it founded itself is another matter. `times`:
        the dates of its sentence, each of the organisation that is named for it."""
        phrase = _founding_phrase().search(claim.text)
        if phrase is None and (claim.predicate is None or stem(claim.predicate) not in nouns("founding")):
            return []
        passive = _PARTICIPLE.search(claim.text) is not None or claim.predicate == "exist"
        passive = passive or (phrase is not None and claim.predicate in ("come", "date"))
        doer = claim.actor.text if claim.actor is not None and not passive else ""
        here = of_the_time(claim, self._named(claim.text, claim.start, doer), times)
        subject = "" if claim.subject is None or claim.subject.text in claim.text else claim.subject.text
        keys = sorted({key for n in [*here, *self._named(subject, 0, doer)] for key in n.keys})
        return [Happening(self._rows[key], "name", Span(claim.start, claim.end)) for key in keys]

    def _named(self, text: str, at: int, doer: str) -> list[Named]:
        """What a text that begins at a character names, where that is no doer, part or owner."""
        found = self._index.find(text, 0, len(text))
        return [
            Named(n.start + at, n.end + at, n.text, n.keys, n.entity)
            for n in found
            if n.text not in doer
            and not is_part_of(text, n.start)
            and not is_owner(text, Span(n.start, n.end), nouns("founding"))
        ]


@cache
def _founding_phrase() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('founding_phrases')})\b")


def founds(claim: Claim, name: str | None = None) -> bool:
    """Whether somebody founds something: "the sixth round created a zone" dates the zone, not the round.
    `name`: and whether it is the one of this name who does."""
    if claim.actor is None or claim.predicate is None or _PARTICIPLE.search(claim.text) is not None:
        return False
    if name is not None and name not in claim.actor.text and claim.actor.text not in name:
        return False
    return claim.predicate != "exist" and stem(claim.predicate) in nouns("founding")
