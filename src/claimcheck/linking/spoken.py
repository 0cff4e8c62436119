"""Whether a time that only a speaker's day fixes stands in quoted speech: "by approving it today," he said.

The quotation may be of another day than the text that holds it.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.words import any_of
from claimcheck.model import Claim, Document

_PARAGRAPH = "\n\n"
_LONGEST = 2000


def is_spoken(claim: Claim, document: Document) -> bool:
    """Whether the claim's time is such a one: "today", "this week", "last month" in quotation marks."""
    time, text = claim.time, document.text
    if time is None or time.start is None or time.end is None:
        return False
    if _deictic().search(text, time.start, time.end) is None:
        return False
    start = max(text.rfind(_PARAGRAPH, 0, time.start) + 1, time.start - _LONGEST, 0)
    before = text[start : time.start]
    return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1


@cache
def _deictic() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('speakers days')})\b", re.IGNORECASE)
