"""The agent to whom a clause attributes a named event: "the Tarn attack of 3 May was carried out by the
army", "the summit, convened by Arvia, opened on 3 May".

The words are in `data/linking.toml`: `by_whom` and `blamed_on` before who did it, `does_deeds` behind.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.items import changed
from claimcheck.linking.places import NameIndex
from claimcheck.linking.words import any_of, head_of, nouns, stem
from claimcheck.model import Claim, Document, Link, Span

_SMALL = re.compile(
    r"(?:\W|\b(?:of|on|in|from|to|and|was|were|is|are|has|have|had|been|being|which|that|the|widely|later|"
    r"reportedly|largely|mainly|officially|mostly|also|allegedly|said|found|thought|believed|be|solely|jointly)\b)*"
)
_NAME = r"(?:the\s+)?((?:[^\W\d_][\w’'-]{0,30}\s?){1,6})"
_LED_NEAR = 30
_OF = re.compile(r"\s*(?:of\s+)?(?:the\s+)?")


def attributed_agent(claim: Claim, document: Document, named: Span) -> str | None:
    """The agent that the clause says carried out or convened the event named at `named`, else None."""
    text, time = document.text, claim.time
    for found in _by_whom().finditer(text, named.end, claim.end):
        between = text[named.end : found.start()]
        if time is not None and time.start is not None and time.end is not None and time.start >= named.end:
            start, end = time.start - named.end, time.end - named.end
            between = between[:start] + " " * (end - start) + between[end:]
        if _SMALL.fullmatch(between[: found.start() - named.end]):
            return head_of(found[1])
    near = max(claim.context.start, named.start - _LED_NEAR), min(claim.end, named.end + _LED_NEAR)
    led = _led().search(text, *near)
    if led is not None and _OF.fullmatch(text[led.end() : named.start] or text[named.end : led.start()]):
        return led[1]  # "the ninth round of Arvia-led talks"
    before = _before().search(text, claim.context.start, named.start)
    if before is not None:  # "organised by Arvia, the summit opened"
        return head_of(before[1])
    blamed = _blamed().search(text, claim.start, named.start)
    does = claim.predicate is not None and stem(claim.predicate) in nouns("does_deeds")
    doer = claim.subject if blamed is not None else claim.actor if does else None
    return doer.text if doer is not None and doer.text in text[claim.context.start : named.start] else None


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


@cache
def _before() -> re.Pattern[str]:
    phrases = f"{any_of('by_whom')}|{any_of('blamed_on')}"
    return re.compile(rf"(?<![\w,] )\b(?:{phrases})\s+{_NAME},\s+(?:the\s+)?\Z", re.IGNORECASE)


@cache
def _led() -> re.Pattern[str]:
    return re.compile(rf"\b((?:[A-Z][\w.]*\s){{0,3}}[A-Z][\w.]*)-(?:{any_of('led')})\b")


@cache
def _blamed() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('blamed_for')})\s+(?:[\w’'-]+\s+){{0,2}}\Z")


@cache
def _by_whom() -> re.Pattern[str]:
    phrases = f"{any_of('by_whom')}|{any_of('blamed_on')}"
    return re.compile(rf"\b(?:{phrases})\s+{_NAME}")


def as_deed_of(claim: Claim, told: str) -> Claim:
    """The claim as one of a deed of those who are told to have done it."""
    return changed(claim, actor=Link(told), subject=None, predicate="kill", text=f"{told} did it")
