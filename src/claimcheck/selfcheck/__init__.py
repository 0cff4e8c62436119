"""What a document says about itself: numbering, weekdays, datelines, totals against their parts."""

from claimcheck.selfcheck.findings import calendar_pairs, findings, lists

__all__ = ["calendar_pairs", "findings", "lists"]
