"""What a document says about itself: lists, dates and sums that hold together, or do not.

Every check is conservative: a finding with status `problem` must be right, so what cannot be told from the
text alone is passed over in silence. The checks read mentions and claims where there are any.
"""

from __future__ import annotations

from claimcheck.model import Finding, Reading
from claimcheck.selfcheck.changes import change_findings
from claimcheck.selfcheck.dates import CalendarPair, calendar_pairs, date_findings
from claimcheck.selfcheck.headline import headline_findings
from claimcheck.selfcheck.lengths import age_findings, later_findings, length_findings
from claimcheck.selfcheck.lists import ListCheck, list_findings, lists
from claimcheck.selfcheck.marked import marked
from claimcheck.selfcheck.named import named_findings
from claimcheck.selfcheck.order import order_findings
from claimcheck.selfcheck.shares import share_findings
from claimcheck.selfcheck.sums import total_findings
from claimcheck.selfcheck.twice import repeat_findings

__all__ = ["CalendarPair", "ListCheck", "calendar_pairs", "findings", "lists"]


def findings(reading: Reading) -> list[Finding]:
    """All findings of a document, in text order, problems before the rest at the same place."""
    document, mentions = reading.document, reading.mentions
    text, marks = document.text, marked(document.text, mentions)
    found = [
        *list_findings(document, mentions),
        *date_findings(document, mentions),
        *order_findings(text, mentions, marks),
        *length_findings(text, marks),
        *later_findings(text, marks),
        *age_findings(document, marks),
        *total_findings(text, mentions),
        *share_findings(text, marks),
        *change_findings(text, marks),
        *named_findings(text, mentions),
        *repeat_findings(text, reading.claims),
        *headline_findings(document, mentions, reading.claims),
    ]
    return sorted(found, key=lambda found: (found.start, found.status == "ok", found.end, found.kind))
