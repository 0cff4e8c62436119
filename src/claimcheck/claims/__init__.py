"""Mentions and a parse become claims: assertion first, then measure, time, place, actor, speaker."""

from claimcheck.claims.reading import read

__all__ = ["read"]
