"""What a document says about itself: lists, dates, lengths, ages, totals, shares, changes, repeats."""

from claimcheck.selfcheck.findings import calendar_pairs, findings, lists

__all__ = ["calendar_pairs", "findings", "lists"]
