"""The words "one" and "half" count only sometimes: "one hospital", not "no one"; not "half past".

"one of the largest" stays a number with the reason "one of several".
"""

from __future__ import annotations

import re
from typing import Literal

from claimcheck.numbers.word_lists import any_of

_MODAL = (
    r"could|can|can't|cannot|must|may|might|should|would|will|has|had|does|did|who|whom|you|we|they|he|she|it|I|"
    r"knows|needs|wants|thinks|sees|finds|says|wonders"
)
_FUNCTION = (
    r"is|was|that|which|to|in|on|for|from|with|at|by|and|or|but|as|than|where|when|if|because|another|of|do|across|"
    r"over|under|are|were|be|before|after|until|while|so|not|just|also"
)
_PRONOUN_BEFORE = re.compile(
    r"\b(?:no|the|which|that|this|each|every|any|another|same|right|wrong|loved|other|not|new|old|good|bad|better|"
    r"only|last|next|latter|former|big|first|second|third|is|was|such|evil|young|little|latest|previous)"
    r"[\s-]{1,3}\Z",
    re.IGNORECASE,
)
_NO_DETERMINERS = frozenset({"is", "was", "that", "which", "only"})
_PRONOUN_BEHIND = re.compile(
    rf"[ ]?(?:[.,;:!?)”\"]|\Z|['’]s\b|-(?:s|to)\b|\n|[ ][—–-][ ])|\s{{1,3}}(?:{_MODAL}|{_FUNCTION})\b",
    re.IGNORECASE,
)
_ALONE_BEHIND = re.compile(
    rf"\s{{1,3}}(?:{_MODAL}|that|which|where|to|is|was|in|with|from|on|by|for)\b|['’]s\b|[ ]?(?:[.;!?]|\Z)",
    re.IGNORECASE,
)
_COUNT_BEFORE = re.compile(
    r"(?:\b(?:least|than|only|just|exactly|minus|with|by|and|to|or|from|killed|killing|wounded|injured|equals?|"
    r"total|about|version|number)|[=<>+])\s{1,3}\Z",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:as|when|if|where|what|how|before|until|unless|because|that)\s{1,3}\Z", re.IGNORECASE
)
_VERB_BEHIND = re.compile(
    r"\s{1,3}(?:(?:[a-z]{2,12}ly|often|always|never|sometimes)\s{1,3})?[a-z]{2,12}(?:es|[^s]s)\s"
)
_APPENDED = re.compile(r"[,—–-]\s{1,3}\Z")
_MODIFIED = re.compile(
    r"\s{1,3}(?:[a-z]{3,14}ing\s|[a-z]{3,14}(?:ed|able|ible|ful|ous)\s{1,3}(?:in|to|of|for|by|with|at|on|from)\b)"
)
_SUCH_AS = re.compile(r"\bsuch\sas\s{1,3}\Z", re.IGNORECASE)
_FOR_ONE = re.compile(r"\bfor\s{1,3}\Z", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|each|every)[\s-]{1,3}\Z", re.IGNORECASE)
_ONE_IN = re.compile(
    r"\s(?:in|out of|over)\s(?:every\s|an?\s)?"
    r"(?:\d|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|[a-z]{3,5}ty|hundred|thousand|million)\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"\s{1,3}of\b", re.IGNORECASE)
_HALF_BEHIND = re.compile(
    r"[ ](?:of|the|its|their|his|her|our|my|your|that|this|these|those|a|an|as|all|what|"
    r"people|men|women|children|[a-z]{2,12}s)\b|-?(?:mile|hour|inch|dozen|million)|[ ]?(?:[.,;)]|\Z)"
)
_HALF_BEFORE = re.compile(
    r"(?:\b(?:than|nearly|almost|about|around|over|least|by|only|just|roughly|approximately|under|some|one|and|to|"
    r"exactly|which|up|with)|^|[.!?:;,(\n“\"])[ -]?\Z",
    re.IGNORECASE,
)
_BOUNDED = re.compile(
    r"\b(?:(?:more|less|fewer) than|nearly|almost|about|around|over|at least|roughly|approximately|only|"
    r"just under|just over|some) \Z",
    re.IGNORECASE,
)
_SAID_OF = re.compile(
    r"[ ](?:\(|(?:are|were|was|is|had|have|has|live|lived|said|fled|died|came|went|remain|remained|stayed|"
    r"returned)\b)|[\"”’]"
)
_ASKED = re.compile(r"\b(?:can|could|does|should|must|would)\s{1,3}\Z", re.IGNORECASE)  # "how can one say"
_ADVERB_BEHIND = re.compile(
    r"\s{1,3}(?:[a-z]{3,12}ly|not|even|ever|but|expect|say|speak|talk|think|imagine|explain|justify|forget|ignore|"
    r"hope|believe|accept|deny|find|see|understand|conclude|call|make|fail|remain)\b"
)
_ANOTHER = re.compile(
    r"\s{1,3}(?:[a-z][\w-]{2,20}\s{1,3}){1,2}(?:to|after|against|from)\s{1,3}another\b", re.IGNORECASE
)
_HARMS = re.compile(rf"\b(?:{any_of('harming verbs')})[ ]\Z")
_ENDS = re.compile(
    r"[ ]?(?:[.,;:)]|\Z)|[ ](?:in|on|at|when|after|as|before|while|during|critically|seriously)\b"
)
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
