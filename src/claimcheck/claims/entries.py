"""Dates of headings and entries of lists, which claim nothing: "Third offensive (June 2016)".

A heading or a list's item without a verb is a title. An item that its date opens is an entry of a chronicle
("14 April: resolution 2042"), and one whose list is led in by a colon goes on with that line: both are kept.
"""

from __future__ import annotations

import re

from claimcheck.claims.parsing import Parsed
from claimcheck.lexicon import pattern
from claimcheck.model import Document, Mention
from claimcheck.propositions.leadins import lead_in

_TITLED = frozenset({"heading", "list", "table"})
_HEADED = frozenset({"heading", "body"})
_VERBS = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BRACKETED, _CLOSING = re.compile(r"\((?:[a-z]{4,5} )?\Z"), re.compile(r"\)[ \t\r]*(?:\n|\Z)")
_OPENING = pattern("claim_times", "opens an entry")
_AHEAD = re.compile(r"\s*[\])]?\s*[:,–—-]\s+\S|(?:[ ]{2,8}|\t)\S")


def is_entry(document: Document, parsed: Parsed, mention: Mention) -> bool:
    """Whether a date stands in a heading or an entry of a list without a verb, and opens no chronicle; or in
    the brackets with which a heading ends: "Early shelling and retreat (May–June 2016)"."""
    start = parsed.span.start
    zone = document.zone_at(start)
    if _is_period_of_a_title(document, parsed, mention):
        return True
    if zone not in _TITLED or any(
        token.pos_ in _VERBS and (zone != "heading" or token.tag_ in _FINITE) for token in parsed.doc
    ):
        return False
    if _opens_a_chronicle(document.text, parsed, mention):
        return False
    led = lead_in(document, start)
    return led is None or not document.text[led.start : led.end].rstrip().endswith(":")


def _is_period_of_a_title(document: Document, parsed: Parsed, mention: Mention) -> bool:
    """Whether a date alone is in the brackets at the end of a line that is no item and ends no sentence."""
    text, span = document.text, parsed.span
    alone = _BRACKETED.search(text, span.start, mention.start) and _CLOSING.match(text, mention.end)
    line = text.rfind("\n", 0, span.start) + 1
    return alone is not None and not text[line : span.start].strip() and document.zone_at(line) in _HEADED


def _opens_a_chronicle(text: str, parsed: Parsed, mention: Mention) -> bool:
    opens = _OPENING.fullmatch(text, parsed.span.start, mention.start) is not None
    of_a_day = mention.date_start is not None and mention.date_start == mention.date_end
    return opens and (of_a_day or _AHEAD.match(text, mention.end, parsed.span.end) is not None)
