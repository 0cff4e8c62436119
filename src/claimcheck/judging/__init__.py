"""A claim and its rows become a verdict that a person can redo with a pencil. Pure."""

from claimcheck.judging.judge import judge
from claimcheck.judging.relations import Candidate

__all__ = ["Candidate", "judge"]
