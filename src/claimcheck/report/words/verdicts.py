"""What a verdict rests on, in a sentence, and how far a claim came that has none.

A verdict must not look stronger than its evidence: one row is called one row, a sum over a table that may
be incomplete is called that, and a verdict of arithmetic alone names no table.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.model import COMPUTED, PART, Claim, Evidence, Verdict
from claimcheck.report.words.values import HEDGE_WORDS, opened, reason_words

FIXED = {"bare": "No row of the reference tables answers this.", "unjudged": "No reference was consulted."}
WEIGH = "a person has to weigh them"


def meaning(group: str, verdict: Verdict | None, hedge: str | None = None) -> str:
    """What the verdict of a claim of this group of a report rests on; `hedge`: why it is not asserted."""
    if group == "unasserted":
        return (
            f"{opened(HEDGE_WORDS.get(hedge or '', 'not asserted by the sentence'))}: read, and not judged."
        )
    if group in FIXED or verdict is None:
        return FIXED.get(group, FIXED["unjudged"])
    rows = [row for row in verdict.evidence if row.name != PART]
    fit, against, others = (
        [row for row in rows if row.relation == relation] for relation in ("supports", "refutes", "neutral")
    )
    compared = [row for row in rows if row.name == COMPUTED]
    if verdict.reason == "computed" and compared:
        number = len(dict.fromkeys((row.table, row.row_id) for row in rows if row not in compared))
        return f"A calculation over {_rows(number)} " + ("confirms it." if fit else "contradicts it.")
    if verdict.reason == "computed" or any(row.table == "calendar" for row in rows):
        return (
            "A calculation " + ("confirms it" if fit else "contradicts it") + ", without any reference row."
        )
    if group == "near":
        undecided = "it does not decide" if len(others) == 1 else "none of them decides"
        return f"{opened(_rows(len(others)))} came near, and {undecided}."
    if group == "conflicting" and not fit:
        return (
            "No row fits the claim; but the sources differ among themselves, and it lies between their "
            f"figures: {WEIGH}."
        )
    if group == "conflicting":
        return (
            f"{opened(_who(fit, 'fit', 'fits'))}, and {_who(against, 'contradict', 'contradicts')}: {WEIGH}."
        )
    if group == "supported":
        return (
            f"{opened(_who(fit, 'fit the claim', 'fits the claim'))}, and none contradicts it.{_aside(fit)}"
        )
    return (
        f"{opened(_who(against, 'contradict', 'contradicts'))} the claim, and none fits it.{_aside(against)}"
    )


def _who(rows: Sequence[Evidence], many: str, one: str) -> str:
    if rows and all(row.sql is not None for row in rows):
        what = "a count or sum" if len(rows) == 1 else f"{len(rows)} counts or sums"
        return f"{what} of the tables’ rows {one if len(rows) == 1 else many}"
    return f"{_rows(len(rows))} {one if len(rows) == 1 else many}"


def _rows(number: int) -> str:
    return "one row" if number == 1 else f"{number} rows"


def _aside(rows: Sequence[Evidence]) -> str:
    """What weakens every deciding row: an incomplete table, or what its curators say of it."""
    if rows and all("may be incomplete" in row.note for row in rows):
        return " The table may be incomplete."
    marks = {row.confidence for row in rows}
    if marks and not marks & {None, "", "seen"}:
        said = " or ".join(f"“{mark}”" for mark in sorted(filter(None, marks)))
        return f" The tables call {'it' if len(rows) == 1 else 'them'} {said}."
    return ""


STAGE_WORDS = {
    "not_read": "not read", "not_linked": "not linked", "no_row": "no row decides",
    "unexplained": "unknown word", "not_asserted": "not asserted", "decided": "decided",
}  # fmt: skip
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
    if verdict.stage == "unexplained" and verdict.unexplained:
        words = ", ".join(f"“{words}”" for words in verdict.unexplained)
        return f"unknown word{'s' if len(verdict.unexplained) > 1 else ''}: {words}"
    why = _NO_ROW.get(verdict.reason, reason_words(verdict.reason))
    if verdict.reason == "not_firm":
        return why
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
