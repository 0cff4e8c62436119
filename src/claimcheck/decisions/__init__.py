"""What reviewers decided: a record a decision, a file that only grows, and how each claim stands after it."""

from claimcheck.decisions.journal import Journal, Problem, journal_file
from claimcheck.decisions.record import (
    Accepted,
    Answer,
    Correction,
    Decision,
    DecisionError,
    RowKey,
    decide,
    fingerprint,
)
from claimcheck.decisions.standing import Facts, Review, attach, facts_of, review_of

__all__ = [
    "Accepted",
    "Answer",
    "Correction",
    "Decision",
    "DecisionError",
    "Facts",
    "Journal",
    "Problem",
    "Review",
    "RowKey",
    "attach",
    "decide",
    "facts_of",
    "fingerprint",
    "journal_file",
    "review_of",
]
