"""What an untrusted document may not do to a page, a spreadsheet, a terminal or a folder.

Escaping for HTML is Jinja's; here are the things that escaping leaves: characters that turn text around or
hide in it, links with other schemes, cells that a spreadsheet runs, names that a file system takes amiss.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from urllib.parse import urlsplit

from claimcheck.hidden import HIDDEN

_JOINERS = "\u200c\u200d"
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "index", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))}
)


def visible(text: str) -> str:
    """The text with every hidden or reordering character written out, as in "[U+202E]"."""
    return replace_hidden(text, lambda char: f"[{code_point(char)}]")


def replace_hidden(text: str, replacement: Callable[[str], str]) -> str:
    """The text with every hidden character replaced.

    A joiner between two letters of a script that needs it (Persian, Hindi, emoji) stays, a carriage return
    before a line feed goes.
    """
    if HIDDEN.search(text) is None:
        return text

    def one(match: re.Match[str]) -> str:
        char, at = match.group(), match.start()
        before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
        if char in _JOINERS and before > "\u02ff" and after > "\u02ff":
            return char
        if char == "\r" and after == "\n":
            return ""
        return replacement(char)

    return HIDDEN.sub(one, text)


def code_point(char: str) -> str:
    """The character's number as people quote it: "U+202E"."""
    return f"U+{ord(char):04X}"


def character_name(char: str) -> str:
    """The character's Unicode name in lower case, "control character" for those that have none."""
    return unicodedata.name(char, "control character").lower()


def safe_url(url: str | None) -> str | None:
    """The address if a reader may follow it (http or https, a host, no hidden characters), else None."""
    if not url or url != url.strip() or HIDDEN.search(url) or any(c in url for c in " \t\n\"'<>\\`"):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:  # "http://[": brackets that close nowhere
        return None
    return url if parts.scheme in ("http", "https") and host and "@" not in parts.netloc else None


def spreadsheet_cell(value: object) -> str:
    """A cell that no spreadsheet runs: text that starts like a formula gets a leading apostrophe.

    The starts are those of OWASP's page on CSV injection: = + - @ tab, carriage return, line feed and the
    full-width forms. Numbers (int, Decimal) are written as they are, so -5 stays a number. A hidden
    character is written out, since some programs skip it before they look for the sign.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = str(value)
    started = text.startswith(_RUN) or text.lstrip().startswith(_RUN)
    return ("'" if started else "") + visible(text)


def file_stem(name: str, taken: set[str]) -> str:
    """A file name without suffix: lower-case ASCII letters, digits and hyphens, at most 60, not in `taken`.

    The new name is added to `taken`. Names that Windows reserves, and "index", get a number.
    """
    ascii_name = unicodedata.normalize("NFKD", name[:400]).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:60].strip("-") or "document"
    candidate, count = stem, 1
    while candidate in taken or candidate in _RESERVED:
        count += 1
        candidate = f"{stem}-{count}"
    taken.add(candidate)
    return candidate
