"""A claim's sentence cut into pieces: the clause, and every number and time in it."""

from __future__ import annotations

import itertools
import re
from typing import Any

from claimcheck.model import Claim, Mention, Reading, Span
from claimcheck.report.ledger import STATUS
from claimcheck.report.words.values import mention_words

AROUND = 600  # characters of a sentence on either side of the clause
LINE = 200  # characters of a clause in the queue


def own_pieces(text: str, start: int | None, end: int | None) -> tuple[str, str, str]:
    """A clause cut around the claim's own number or time, the first 200 characters of it."""
    shown = text if len(text) <= LINE else f"{text[: LINE - 1].rstrip()}…"
    if start is None or end is None or not 0 <= start < end <= len(shown):
        return shown, "", ""
    return shown[:start], shown[start:end], shown[end:]


def marked_sentence(reading: Reading, claim: Claim) -> list[dict[str, Any]]:
    """The pieces of the claim's sentence, in order. `mention` says how an expression was read, `own` that it
    is the claim's number or time, `checked` that its words were held against the tables."""
    text = reading.document.text
    first = max(min(claim.context.start, claim.start), claim.start - AROUND)
    if claim.context.end <= claim.context.start:
        first = claim.start
    last = min(max(claim.context.end, claim.end), claim.end + AROUND)
    last = min(last, claim.start + 4 * AROUND)
    mentions = [m for m in reading.mentions if first <= m.wide_start and m.wide.end <= last]
    cuts = {first, last, *(c for c in (claim.start, claim.end) if first < c < last)}
    cuts.update(c for m in mentions for c in (m.wide_start, m.wide.end))
    checked = _checked(text, claim)
    cuts.update(c for span in checked for c in (span.start, span.end) if first < c < last)
    edges = sorted(cuts)
    return [_piece(text, here, there, claim, mentions, checked) for here, there in itertools.pairwise(edges)]


def _checked(text: str, claim: Claim) -> list[Span]:
    """The words that a row is held against: the number with what it counts, the time, the other slots."""
    out = [Span(s.start, s.end) for s in claim.slots if s.start is not None and s.end is not None]
    if claim.time is not None and claim.time.start is not None and claim.time.end is not None:
        out.append(Span(claim.time.start, claim.time.end))
    own = claim.quantity
    if own is not None:
        end = own.wide.end
        noun = (own.noun or "").split(" ")[0].lower()
        behind = text[end : end + 40].lower()
        if noun and behind.lstrip().startswith(noun[:4]):
            end += len(behind) - len(behind.lstrip()) + len(re.split(r"\W", behind.lstrip(), maxsplit=1)[0])
        out.append(Span(own.wide_start, end))
    return out


def _piece(
    text: str, here: int, there: int, claim: Claim, mentions: list[Mention], checked: list[Span]
) -> dict[str, Any]:
    mention = next((m for m in mentions if m.wide_start <= here < m.wide.end), None)
    said = ""
    if mention is not None:
        why = f": {mention.reason}" if mention.reason else ""
        said = f"{mention_words(mention)} ({STATUS[mention.status]}{why})"
    return {
        "text": text[here:there].replace("\n", " "),
        "clause": claim.start <= here < claim.end,
        "mention": said,
        "own": mention is not None and _is_own(mention, claim),
        "checked": any(span.start <= here < span.end for span in checked),
    }


def _is_own(mention: Mention, claim: Claim) -> bool:
    quantity, time = claim.quantity, claim.time
    counted = quantity is not None and (quantity.start, quantity.end) == (mention.start, mention.end)
    return counted or (time is not None and (time.start, time.end) == (mention.start, mention.end))
