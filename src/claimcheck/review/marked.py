"""A claim's sentence cut into pieces: the clause, and every number and time in it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from claimcheck.model import Claim, Mention, Reading
from claimcheck.report.words import mention_words

AROUND = 600  # characters of a sentence on either side of the clause
LINE = 200  # characters of a clause in the queue
_STATUS = {"claim": "in a claim", "not_claim": "no claim", "unresolved": "unresolved"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the sentence. `mention` says how an expression was read, empty where there is none."""

    text: str
    clause: bool
    mention: str = ""
    own: bool = False  # the claim's own number or time


def own_pieces(text: str, start: int | None, end: int | None) -> tuple[str, str, str]:
    """A clause cut around the claim's own number or time, the first 200 characters of it."""
    shown = text if len(text) <= LINE else f"{text[: LINE - 1].rstrip()}…"
    if start is None or end is None or not 0 <= start < end <= len(shown):
        return shown, "", ""
    return shown[:start], shown[start:end], shown[end:]


def marked_sentence(reading: Reading, claim: Claim) -> list[Piece]:
    """The pieces of the claim's sentence, in order."""
    text = reading.document.text
    first = max(min(claim.context.start, claim.start), claim.start - AROUND)
    if claim.context.end <= claim.context.start:
        first = claim.start
    last = min(max(claim.context.end, claim.end), claim.end + AROUND)
    last = min(last, claim.start + 4 * AROUND)
    mentions = [m for m in reading.mentions if first <= m.wide_start and m.wide.end <= last]
    cuts = {first, last, *(c for c in (claim.start, claim.end) if first < c < last)}
    cuts.update(c for m in mentions for c in (m.wide_start, m.wide.end))
    edges = sorted(cuts)
    return [_piece(text, here, there, claim, mentions) for here, there in itertools.pairwise(edges)]


def _piece(text: str, here: int, there: int, claim: Claim, mentions: list[Mention]) -> Piece:
    mention = next((m for m in mentions if m.wide_start <= here < m.wide.end), None)
    said = ""
    if mention is not None:
        why = f": {mention.reason}" if mention.reason else ""
        said = f"{mention_words(mention)} ({_STATUS[mention.status]}{why})"
    return Piece(
        text[here:there].replace("\n", " "),
        claim.start <= here < claim.end,
        said,
        mention is not None and _is_own(mention, claim),
    )


def _is_own(mention: Mention, claim: Claim) -> bool:
    quantity, time = claim.quantity, claim.time
    counted = quantity is not None and (quantity.start, quantity.end) == (mention.start, mention.end)
    return counted or (time is not None and (time.start, time.end) == (mention.start, mention.end))
