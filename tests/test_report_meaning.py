"""What a page says of a verdict's ground: never more than the rows say."""

from __future__ import annotations

import pytest

from claimcheck.model import Evidence, Verdict
from claimcheck.report.meaning import meaning


def row(relation: str, **more: object) -> Evidence:
    return Evidence(table="figures", row_id="F1", source_id="S1", relation=relation, **more)  # type: ignore[arg-type]


FITS, AGAINST, NEITHER = row("supports"), row("refutes"), row("neutral")
SUM = row(
    "supports", sql="SELECT 1", note="incidents add up to 27 (sum over 2 rows; the table may be incomplete)"
)
COUNT = row("refutes", sql="SELECT 1", note="incidents count 30 (rows counted)")


@pytest.mark.parametrize(
    ("group", "verdict", "reason", "rows", "words"),
    [
        ("supported", "supported", "exact", [FITS], "One row fits the claim, and none contradicts it."),
        (
            "supported",
            "supported",
            "exact",
            [FITS, FITS, NEITHER],
            "2 rows fit the claim, and none contradicts it.",
        ),
        (
            "supported",
            "supported",
            "aggregate",
            [SUM, NEITHER],
            "A count or sum of the tables’ rows fits the claim, and none contradicts it. The table may be "
            "incomplete.",
        ),
        (
            "supported",
            "supported",
            "exact",
            [row("supports", confidence="recalled")],
            "One row fits the claim, and none contradicts it. The tables call it “recalled”.",
        ),
        (
            "supported",
            "supported",
            "exact",
            [row("supports", confidence="recalled"), row("supports", confidence="seen")],
            "2 rows fit the claim, and none contradicts it.",
        ),
        ("refuted", "refuted", "overstated", [AGAINST], "One row contradicts the claim, and none fits it."),
        (
            "refuted",
            "refuted",
            "aggregate",
            [COUNT],
            "A count or sum of the tables’ rows contradicts the claim, and none fits it.",
        ),
        (
            "conflicting",
            "conflicting_evidence",
            "exact",
            [FITS, AGAINST, AGAINST],
            "One row fits, and 2 rows contradict: a person has to weigh them.",
        ),
        (
            "conflicting",
            "conflicting_evidence",
            "sources_disagree",
            [AGAINST, NEITHER],
            "No row fits the claim; but the sources differ among themselves, and it lies between their "
            "figures: a person has to weigh them.",
        ),
        ("near", "not_enough_evidence", "no_time", [NEITHER], "One row came near, and it does not decide."),
        ("bare", "not_enough_evidence", "no_reference", [], "No row of the reference tables answers this."),
        (
            "refuted",
            "refuted",
            "computed",
            [AGAINST],
            "A calculation contradicts it, without any reference row.",
        ),
    ],
)
def test_what_a_verdict_rests_on(
    group: str, verdict: str, reason: str, rows: list[Evidence], words: str
) -> None:
    made = Verdict(verdict=verdict, reason=reason, explanation="x", evidence=tuple(rows))  # type: ignore[arg-type]
    assert meaning(group, made) == words


@pytest.mark.parametrize(
    ("hedge", "words"),
    [
        ("forecast", "A forecast: read, and not judged."),
        ("negation", "Denied by the sentence: read, and not judged."),
        (None, "Not asserted by the sentence: read, and not judged."),
    ],
)
def test_why_nothing_was_judged(hedge: str | None, words: str) -> None:
    assert meaning("unasserted", None, hedge) == words


def test_without_a_verdict_nothing_is_claimed() -> None:
    assert meaning("unjudged", None) == "No reference was consulted."
