"""judge: dates and ranks against happenings."""

from __future__ import annotations

from claimcheck.judging.judge import judge
from claimcheck.model import (
    ReferenceRow,
)
from tests.judging_case import (
    LETTER,
    claim,
    happening,
    rows,
    when,
)
from tests.reader import of_all

TALKS = happening("E1", "2018-01-25", "2018-01-26")


OPEN_END = happening("E2", "2017-07-10", "")


MONTH = happening("E3", "2011-06")


LONG = happening("E4", "2017-12", "2018-02")


DATES = [
    (TALKS, "2018-01-25", "on", None, "supported"), (TALKS, "2018-01-26", "on", "convene", "refuted"),
    (TALKS, "2018-01-27", "on", None, "refuted"), (TALKS, "2018-01", "in", None, "supported"),
    (TALKS, "2018", "in", None, "supported"), (TALKS, "2018-02", "in", None, "refuted"),
    (TALKS, "2018-01-25", "on", "begin", "supported"), (TALKS, "2018-01-26", "on", "begin", "refuted"),
    (TALKS, "2018-01-26", "on", "end", "supported"), (TALKS, "2018-01-25", "on", "end", "refuted"),
    (TALKS, "2018-01-25/2018-01-26", "from_to", None, "supported"),
    (TALKS, "2018-01-25/2018-01-28", "from_to", None, "refuted"),
    (OPEN_END, "2017-07-10", "on", None, "supported"),
    (OPEN_END, "2017-07-14", "on", "end", "not_enough_evidence"),
    (OPEN_END, "2017-07-12", "on", None, "not_enough_evidence"),
    (OPEN_END, "2017-07-09", "on", None, "refuted"),
    (OPEN_END, "2017-07-10/2017-07-14", "from_to", None, "not_enough_evidence"),
    (MONTH, "2011-06", "in", "found", "supported"), (MONTH, "2011", "in", "found", "supported"),
    (MONTH, "2011-06-14", "on", "found", "not_enough_evidence"),
    (MONTH, "2011-07", "in", "found", "refuted"), (MONTH, "2012", "in", "found", "refuted"),
    (LONG, "2018-01-15", "on", None, "supported"), (LONG, "2017-12-10", "on", None, "not_enough_evidence"),
    (LONG, "2018-03", "in", None, "refuted"),
]  # fmt: skip


@of_all(DATES)
def test_dates(row: ReferenceRow, time: str, relation: str, predicate: str | None, expected: str) -> None:
    dated = claim("event", time=when(time, relation), predicate=predicate)
    verdict = judge(dated, rows(row, how="name"), LETTER)
    assert verdict.verdict == expected, verdict.explanation
    if expected == "refuted":
        assert verdict.reason == "date_mismatch"
