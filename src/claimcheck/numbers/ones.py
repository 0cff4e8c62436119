"""The words "one" and "half" count only sometimes: "one hospital", not "no one"; not "half past".

"one of the largest" stays a number with the reason "one of several".
"""

from __future__ import annotations

import re
from typing import Literal

from claimcheck.lexicon import pattern

_PRONOUN_BEFORE = pattern("ones", "pronoun before")
_PRONOUN_BEHIND = pattern("ones", "pronoun behind")
_ALONE_BEHIND = pattern("ones", "alone behind")
_COUNT_BEFORE = pattern("ones", "count before")
_SUBORDINATE = pattern("ones", "subordinate")
_VERB_BEHIND = pattern("ones", "verb behind")
_MODIFIED = pattern("ones", "modified")
_APPENDED = re.compile(r"[,—–-]\s{1,3}\Z")
_SUCH_AS = pattern("ones", "such as")
_FOR_ONE = pattern("ones", "for one")
_NO = pattern("ones", "no")
_ONE_IN = pattern("ones", "one in")
_ONE_OF = pattern("ones", "one of")
_HALF_BEHIND = pattern("ones", "half behind")
_HALF_BEFORE = pattern("ones", "half before")
_BOUNDED = pattern("ones", "bounded")
_SAID_OF = pattern("ones", "said of")
_ASKED = pattern("ones", "asked")
_ADVERB_BEHIND = pattern("ones", "asked behind")
_ANOTHER = pattern("ones", "another")
_ENDS = pattern("ones", "ends")
_HARMS = pattern("ones", "harms")
_NO_DETERMINERS = frozenset({"is", "was", "that", "which", "only"})
_NEAR = 14


def read_one(text: str, start: int, end: int) -> Literal["count", "one of", "pronoun"]:
    """What the word "one" at start..end is: a count, one of several, or a pronoun ("one could say")."""
    if _ONE_IN.match(text, end):
        return "count"
    low = max(0, start - _NEAR)
    if text.startswith(("'s ", "’s "), end):
        return "pronoun"  # "to one's ranks"
    if _ASKED.search(text, max(0, start - 8), start) and _ADVERB_BEHIND.match(text, end):
        return "pronoun"
    led = _PRONOUN_BEFORE.search(text, low, start)
    if _ONE_OF.match(text, end) and (led is None or led[0].split()[0].lower() in _NO_DETERMINERS):
        return "one of"
    if (led and _PRONOUN_BEHIND.match(text, end)) or _NO.search(text, low, start):
        return "pronoun"
    if _ANOTHER.match(text, end) or _SUCH_AS.search(text, low, start):
        return "pronoun"  # "from one camp to another", "videos such as one showing a raid"
    appended = led is not None or _APPENDED.search(text, max(0, start - 4), start) is not None
    if appended and _MODIFIED.match(text, end):
        return "pronoun"  # "an experience, one unknown to many"
    if text.startswith(",", end) and _FOR_ONE.search(text, low, start):
        return "pronoun"
    if _SUBORDINATE.search(text, low, start) and _VERB_BEHIND.match(text, end):
        return "pronoun"
    alone = _ALONE_BEHIND.match(text, end) is not None and not _COUNT_BEFORE.search(text, low, start)
    return "pronoun" if alone and text[:start].strip() + text[end:].strip() else "count"


def is_one_more(text: str, start: int, end: int) -> bool:
    """Whether "a third" is one more person and no part: "killed two and wounded a third"."""
    led = _HARMS.search(text, max(0, start - _NEAR), start) is not None
    return led and _ENDS.match(text, end) is not None


def is_share(text: str, start: int, end: int) -> bool:
    """Whether a fraction word is a share: "half of them", "by a quarter", not "half past"."""
    written = text[start:end].lower()
    behind = _HALF_BEHIND.match(text, end) is not None
    before = _HALF_BEFORE.search(text, max(0, start - _NEAR), start) is not None
    if written == "half" and _BOUNDED.search(text, max(0, start - 16), start) and _SAID_OF.match(text, end):
        return True  # "more than half were located abroad"
    if written == "half":
        by = text.endswith(" by ", 0, start)  # "cut hunger by half well before"
        return by or (behind and (before or text.startswith(" of ", end)))
    if written in ("a half", "a quarter"):
        return behind or before
    return True
