"""What a document says about itself: lists, dates and sums that hold together, or do not.

Every check is conservative: a finding with status `problem` must be right, so what cannot be told from the
text alone is passed over in silence. The checks read mentions and claims where there are any.
"""

from __future__ import annotations

from claimcheck.model import Finding, Reading
from claimcheck.selfcheck.dates import CalendarPair, calendar_pairs, date_findings
from claimcheck.selfcheck.figures import repeat_findings, share_findings
from claimcheck.selfcheck.lists import ListCheck, list_findings, lists
from claimcheck.selfcheck.sums import total_findings

__all__ = ["CalendarPair", "ListCheck", "calendar_pairs", "findings", "lists"]


def findings(reading: Reading) -> list[Finding]:
    """All findings of a document, in text order, problems before the rest at the same place."""
    document, mentions = reading.document, reading.mentions
    found = [
        *list_findings(document, mentions),
        *date_findings(document, mentions),
        *total_findings(document.text, mentions),
        *share_findings(document.text),
        *repeat_findings(document.text, reading.claims),
    ]
    return sorted(found, key=lambda found: (found.start, found.status == "ok", found.end, found.kind))
