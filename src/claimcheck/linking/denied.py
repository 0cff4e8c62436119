"""What a text only denies: the chlorine of "sarin, not chlorine"."""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.words import any_of


def without_denied(text: str) -> str:
    """A text without what it only denies: "sarin, not chlorine"."""
    if "not" not in text and "than" not in text and "nstead" not in text and "opposed" not in text:
        return text
    return _denied_words().sub(lambda found: " " * len(found[0]), text)


@cache
def _denied_words() -> re.Pattern[str]:
    """Words that deny, with what they deny: up to four words, to the next comma, verb or preposition."""
    small = r"(?:(?:in|on|at|by|with|of|to|from|a|an|the)\s+)*"
    ends = r"(?:was|were|is|are|has|have|had|that|which|who|in|on|at|by|during|and|but)\b"
    only = r"(?!(?:only|just|merely|until|long|far|yet|all)\b)"
    word = r"[^\W\d_][\w’'-]*"
    return re.compile(
        rf"\b(?:{any_of('denies')})\s+{only}{small}{word}(?:\s+(?!{ends}){word}){{0,3}}", re.IGNORECASE
    )
