"""What a document says about itself: lists, dates, totals, shares, what it counts and names."""

from claimcheck.selfcheck.findings import calendar_pairs, findings, lists

__all__ = ["calendar_pairs", "findings", "lists"]
