"""One claim explained from text to verdict, for `claimcheck explain`.

The claim in its sentence, how it was read, the rule that read it, each reference row with its numbers,
source and arithmetic, then the verdict: everything that is needed to redo it with a pencil.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claimcheck.model import CheckedDocument, Claim, Document, Evidence, WaterfallStep
from claimcheck.report.likely import likely_words, row_probability, waterfall_lines
from claimcheck.report.picture import SIGNS
from claimcheck.report.safe import visible
from claimcheck.report.view import Quote, Standing, quote_of, standing_of
from claimcheck.report.words.claims import (
    Part,
    claim_parts,
    claim_words,
    place_found,
    time_found,
    whereabouts,
)
from claimcheck.report.words.values import (
    RELATION_WORDS,
    SLOT_WORDS,
    as_of_words,
    day_range,
    days_opened,
    evidence_numbers,
    reason_words,
    reporter,
)
from claimcheck.report.words.verdicts import attributed, silence

WIDTH = 96
_ABBREVIATED = 4  # hex digits of a claim's id that may stand for it, where they name only one


class UnknownClaim(LookupError):
    """No claim, or more than one, has this id; the message says which."""


@dataclass(frozen=True, slots=True)
class RowLine:
    """A reference row that met the claim, in words. Empty strings where the row says nothing."""

    sign: str
    relation: str
    key: str
    name: str
    numbers: str
    days: str
    as_of: str
    source: str
    url: str
    remarks: tuple[str, ...]  # "own source", "recalled"
    note: str
    sql: str
    quote: str = ""
    waterfall: tuple[str, ...] = ()  # how the row was met, a line a slot


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a terminal or a page shows of one claim."""

    claim: Claim
    document: str
    where: str  # the page or paragraph that holds it
    quote: Quote
    reading: str
    parts: tuple[Part, ...]
    rule: str
    rows: tuple[RowLine, ...]
    standing: Standing
    reason: str
    words: str  # the verdict's own explanation
    stage: str = ""  # why it has no verdict
    attribution: str = ""  # whether the speaker's own row says so
    likely: str = ""  # what is likely, in a line, and the sum that says how likely
    likely_sum: tuple[str, ...] = ()
    # rows that may answer, the words they lack, how likely they are meant
    suggestions: tuple[tuple[RowLine, tuple[str, ...], str], ...] = ()


def find_claim(checked: CheckedDocument, claim_id: str) -> Claim:
    """The claim with this id, or with the only id that starts so (four digits at least).

    Raises UnknownClaim.
    """
    claims = checked.reading.claims
    found = [c for c in claims if c.claim_id == claim_id]
    if not found and len(claim_id) >= _ABBREVIATED:
        found = [c for c in claims if c.claim_id.startswith(claim_id.lower())]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(c.claim_id for c in found[:5])
        raise UnknownClaim(f"{claim_id!r} is the start of {len(found)} claims: {several}")
    raise UnknownClaim(f"no claim {claim_id!r} in {checked.document.id}")


def explanation(checked: CheckedDocument, claim_id: str) -> Explanation:
    """Everything about a claim of the document. Raises UnknownClaim."""
    claim = find_claim(checked, claim_id)
    verdict = checked.verdicts.get(claim.claim_id)
    return Explanation(
        claim=claim,
        document=checked.document.id,
        where=whereabouts(checked.document)(claim.start),
        quote=quote_of(checked.document, claim),
        reading=claim_words(claim, verdict),
        parts=tuple(_with_interval(part, claim, checked.document) for part in claim_parts(claim, verdict)),
        rule=claim.rule + (f"; judged by {verdict.rule}" if verdict and verdict.rule else ""),
        rows=tuple(row_line(row) for row in verdict.evidence) if verdict else (),
        standing=standing_of(claim, verdict),
        reason=reason_words(verdict.reason) if verdict else "",
        words=verdict.explanation if verdict else "",
        stage=silence(claim, verdict) if verdict else "",
        attribution=attributed(claim, verdict),
        likely=likely_words(claim, verdict),
        likely_sum=tuple(waterfall_lines(verdict.likely)) if verdict and verdict.likely else (),
        suggestions=tuple((row_line(s.row), s.missing, row_probability(s)) for s in verdict.suggestions)
        if verdict
        else (),
    )


def _with_interval(part: Part, claim: Claim, document: Document) -> Part:
    """The part with the key of the row that it links to and how it was found; the number's with the interval
    that it admits, since that is what rows are compared with."""
    if part.label == "How many" and claim.quantity is not None:
        return Part(part.label, f"{part.words}; admits {claim.quantity.interval}")
    how = {"Where": place_found, "When": time_found}.get(part.label)
    found = how(claim, document) if how is not None else ""
    words = f"{part.words} ({part.key})" if part.key else part.words
    return replace(part, words=f"{words}; {found}" if found else words)


def row_line(row: Evidence) -> RowLine:
    """A row in words."""
    remarks: tuple[str, ...] = ("own source",) if row.own else ()
    if row.confidence and row.confidence != "seen":
        remarks += (row.confidence,)
    return RowLine(
        sign=SIGNS[row.relation].strip(),
        relation=RELATION_WORDS[row.relation],
        key=f"{row.table}:{row.row_id}",
        name=row.name or "",
        numbers=evidence_numbers(row),
        days=day_range(row.date_start, row.date_end),
        as_of=as_of_words(row.as_of),
        source=", by ".join(words for words in (reporter(row), row.source) if words),
        url=row.url or "",
        remarks=remarks,
        note=row.note,
        sql=row.sql or "",
        quote=row.quote or "",
        waterfall=tuple(_step(step) for step in row.waterfall),
    )


def _step(step: WaterfallStep) -> str:
    """A step of the waterfall: "place carried +2: Eastern Ghouta"."""
    words = f": {days_opened(', '.join(step.words))}" if step.words else ""
    return f"{SLOT_WORDS.get(step.slot, step.slot)} {step.level} {step.points:+.2f}{words}".replace("  ", " ")


def explain_text(checked: CheckedDocument, claim_id: str) -> str:
    """The explanation as plain text of at most 96 columns, without a newline at its end.

    Hidden and control characters of the document are written out, so that it is safe in a terminal.
    Raises UnknownClaim.
    """
    return "\n".join(_lines(explanation(checked, claim_id)))


def _lines(e: Explanation) -> Iterator[str]:
    where = f"{e.where}, " if e.where else ""
    span = f"characters {e.claim.start}–{e.claim.end}"
    yield from _wrapped(f"Claim {e.claim.claim_id}, {e.document}, {where}{span}")
    yield ""
    yield from _wrapped(f"{e.quote.before}»{e.quote.text}«{e.quote.after}", 2)
    yield ""
    yield from _wrapped(f"Read as: {e.reading}")
    for part in e.parts:
        yield from _wrapped(f"{part.label + ':':<13} {part.words}", 2, 16)
    yield from _wrapped(f"{'Rule:':<13} {e.rule or 'none'}", 2, 16)
    yield ""
    yield f"Reference rows met: {len(e.rows) or 'none'}"
    for row in e.rows:
        yield from _row(row)
    yield ""
    reason = f" ({e.reason})" if e.reason else ""
    yield from _wrapped(f"Verdict: {e.standing.sign} {e.standing.name}{reason}")
    yield from _wrapped(e.words, 2)
    if e.attribution:
        yield from _wrapped(f"Attribution: {e.attribution}")
    if e.stage:
        yield from _wrapped(f"Open because: {e.stage}")
    if e.likely:
        yield from _wrapped(f"Not decided, but {e.likely}")
        for line in e.likely_sum:
            yield from _wrapped(line, 6, 8)
    for row, missing, share in e.suggestions:
        yield ""
        words = ", ".join(f"“{one}”" for one in missing)
        told = f" ({share})" if share else ""
        yield from _wrapped(f"Perhaps, if {words} mean what it says{told}:" if words else f"Perhaps{told}:")
        yield from _row(row)


def _row(row: RowLine) -> Iterator[str]:
    said = ", ".join(
        words
        for words in (row.name, row.numbers, row.days, f"as of {row.as_of}" if row.as_of else "")
        if words
    )
    yield from _wrapped(f"{row.sign} {row.relation}: {said or 'nothing comparable'}", 2, 4)
    source = "; ".join(words for words in (row.source, row.key, *row.remarks) if words)
    yield from _wrapped(source, 6)
    if row.url:
        yield "      " + visible(row.url)  # unbroken, so that a terminal can open it
    yield from _wrapped(row.note, 6)
    if row.quote:
        yield from _wrapped(f"“{row.quote}”", 6)
    for line in row.waterfall:
        yield from _wrapped(line, 6, 8)
    for line in row.sql.splitlines():
        yield "      | " + visible(line)


def _wrapped(text: str, indent: int = 0, hanging: int | None = None) -> list[str]:
    """Lines of at most 96 columns; nothing for an empty text."""
    follow = indent if hanging is None else hanging
    return textwrap.wrap(
        visible(" ".join(text.split("\n"))),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * follow,
        break_long_words=False,
        break_on_hyphens=False,
    )
