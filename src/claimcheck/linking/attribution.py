"""The agent to whom a clause attributes a named event: "the Tarn attack of 3 May was carried out by the
army", "the summit, convened by Arvia, opened on 3 May".

The words are in `data/linking.toml`: `by_whom` and `blamed_on` before who did it, `does_deeds` behind.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.items import changed
from claimcheck.linking.places import NameIndex
from claimcheck.linking.words import any_of
from claimcheck.model import Claim, Document, Link


def nominal_agent(claim: Claim, document: Document, names: NameIndex) -> str | None:
    """The agent of a deed that the clause names without a verb: "the Front's gas attack on Tarn", "the
    attack, for which the Front was responsible"; not "Tarn's gas attack"."""
    owner = _owner().match(claim.text) if "’s" in claim.text or "'" in claim.text else None
    if owner is not None:
        places = [n for n in names.find(owner[1], 0, len(owner[1])) if n.entity == "place"]
        return None if any(n.start == 0 for n in places) else owner[1].strip()
    if document.text.find("for which", claim.context.start, claim.context.end) < 0:
        return None
    found = _responsible().search(document.text, claim.context.start, claim.context.end)
    return None if found is None else found[1].strip()


@cache
def _owner() -> re.Pattern[str]:
    deeds = any_of("deeds")
    return re.compile(
        rf"\W*(?:[Tt]he\s+)?((?:[A-Z][\w-]{{0,30}}\s?){{1,5}}(?:[a-z]{{4,14}})?)['’]s?\s+(?:[\w-]+\s+){{0,3}}(?:{deeds})\b"
    )


@cache
def _responsible() -> re.Pattern[str]:
    blame = r"(?:was|were|is|are)\s+(?:held\s+)?(?:responsible|to\s+blame|answerable|blamed)\b"
    return re.compile(rf"\bfor\s+which\s+(?:the\s+)?((?:[\w’'-]+\s+){{1,5}}?){blame}")


def as_deed_of(claim: Claim, told: str) -> Claim:
    """The claim as one of a deed of those who are told to have done it."""
    return changed(claim, actor=Link(told), subject=None, predicate="kill", text=f"{told} did it")
