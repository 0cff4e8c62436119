"""How far a claim came, in a few words: why it stays open, and whether its speaker's own row says so."""

from __future__ import annotations

from claimcheck.model import Claim, Verdict
from claimcheck.report.words import HEDGE_WORDS, reason_words

STAGE_WORDS = {
    "not_read": "not read",
    "not_linked": "not linked",
    "no_row": "no row decides",
    "unexplained": "unknown word",
    "not_asserted": "not asserted",
    "decided": "decided",
}
_NO_ROW = {
    "no_place": "no row for this place",
    "no_time": "no row for this time",
    "no_reference": "no row for this place and time",
    "no_measure": "no measure",
    "unit_mismatch": "the rows count something else",
}


def silence(claim: Claim, verdict: Verdict | None) -> str:
    """Why a claim has no verdict: "not linked: no measure", "unknown word: “bused out”", "a demand".

    Empty for one that is decided.
    """
    if not claim.asserted or (verdict is not None and verdict.stage == "not_asserted"):
        return f"not asserted: {HEDGE_WORDS.get(claim.hedge or '', 'by the sentence')}"
    if verdict is None:
        return "not checked"
    if verdict.stage == "decided":
        return ""
    if verdict.stage == "unexplained":
        words = ", ".join(f"“{words}”" for words in verdict.unexplained)
        return f"unknown word{'s' if len(verdict.unexplained) > 1 else ''}: {words}"
    why = _NO_ROW.get(verdict.reason, reason_words(verdict.reason))
    if verdict.stage == "no_row":
        happened = claim.kind == "event" and verdict.reason == "no_reference"
        return "no row for this event" if happened else why
    return f"{STAGE_WORDS[verdict.stage]}: {why}"


def attributed(claim: Claim, verdict: Verdict | None) -> str:
    """Whether the speaker's own row says it: "SNHR’s own row says otherwise". Empty without a speaker."""
    if verdict is None or verdict.attribution is None or claim.speaker is None:
        return ""
    who = f"{claim.speaker.text}’{'' if claim.speaker.text.endswith('s') else 's'} own row"
    return {
        "confirmed": f"{who} says so",
        "contradicted": f"{who} says otherwise",
        "unknown": f"{who} was not met",
    }[verdict.attribution]
