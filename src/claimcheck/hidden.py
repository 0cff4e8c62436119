"""Characters that show as nothing, and a text as the eye has it: what is read is what a reader sees."""

from __future__ import annotations

import re
from unicodedata import normalize

# Controls (not tab and line feed), bidirectional controls, zero-width characters, line separators, Hangul
# fillers, interlinear annotation, lone surrogates, noncharacters, tags: all that shows as nothing.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_JOINS = "[\u200c\u200d\ufe00-\ufe0f]"  # letters of other scripts, and emoji
_NOTHING = re.compile(rf"(?<![^\0-\u02ff]){_JOINS}|{_JOINS}(?![^\0-\u02ff])|(?!{_JOINS}|\s){HIDDEN.pattern}")
_TURNED = re.compile("\u202e([^\u202c\u202e\n]*)(\u202c?)")
_DRESSED = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\U0001d400-\U0001d7ff]")
_LINE = re.compile(r"[^\n\r\f]+")
_MARK = re.compile(r"(?<=\d)(?:[‚¸﹐\u0326](?=\d)|([·∙⋅․‧])(?=\d++(?![\^⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺])))")  # and no "2·10⁶"


def as_seen(text: str) -> str:
    """The text as the eye has it, as long as before: what shows as nothing stands at the end of its line,
    what is turned round is turned back; letters, digits, points, commas and hyphens in another dress are
    plain.

    `as_seen("n\\u200bot 1\\xad７74")` is "not 1774\\u200b\\xad".
    """
    text = _DRESSED.sub(lambda found: normalize("NFKC", found[0]), text)
    text = text.replace("\u2011", "-").replace("\u2010", "-")
    text = _MARK.sub(lambda found: "." if found[1] else ",", text)
    text = _TURNED.sub(lambda found: f"{found[1][::-1]}\u202e{found[2]}", text)
    return text if _NOTHING.search(text) is None else _LINE.sub(
        lambda line: _NOTHING.sub("", line[0]) + "".join(_NOTHING.findall(line[0])), text
    )
