"""One claim explained from text to verdict, for `claimcheck explain`.

The claim in its sentence, how it was read, the rule that read it, each reference row with its numbers,
source and arithmetic, then the verdict: everything that is needed to redo it with a pencil.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace

from claimcheck.model import CheckedDocument, Claim, Evidence
from claimcheck.report.likely import likely_words, row_probability, step_line, waterfall_lines
from claimcheck.report.picture import SIGNS
from claimcheck.report.view import quote_of, standing_of
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
    as_of_words,
    day_range,
    evidence_numbers,
    reason_words,
    reporter,
)
from claimcheck.report.words.verdicts import attributed, silence
from claimcheck.safe import visible

WIDTH = 96


def parts_of(checked: CheckedDocument, claim: Claim) -> Iterator[Part]:
    """The parts of a reading, each with the key of the row that it links to and how it was found; the
    number's with the interval that it admits, since that is what rows are compared with."""
    for part in claim_parts(claim, checked.verdicts.get(claim.claim_id)):
        if part.label == "How many" and claim.quantity is not None:
            yield Part(part.label, f"{part.words}; admits {claim.quantity.interval}")
            continue
        how = {"Where": place_found, "When": time_found}.get(part.label)
        found = how(claim, checked.document) if how is not None else ""
        words = f"{part.words} ({part.key})" if part.key else part.words
        yield replace(part, words=f"{words}; {found}" if found else words)


def explain_text(checked: CheckedDocument, claim: Claim) -> str:
    """The explanation of a claim as plain text of at most 96 columns, without a newline at its end.

    Hidden and control characters of the document are written out, so that it is safe in a terminal.
    """
    return "\n".join(_lines(checked, claim))


def _lines(checked: CheckedDocument, claim: Claim) -> Iterator[str]:
    verdict, quote = checked.verdicts.get(claim.claim_id), quote_of(checked.document, claim)
    where = "".join(f"{words}, " for words in (whereabouts(checked.document)(claim.start),) if words)
    span = f"characters {claim.start}–{claim.end}"
    yield from _wrapped(f"Claim {claim.claim_id}, {checked.document.id}, {where}{span}")
    yield ""
    yield from _wrapped(f"{quote.before}»{quote.text}«{quote.after}", 2)
    yield ""
    yield from _wrapped(f"Read as: {claim_words(claim, verdict)}")
    for part in parts_of(checked, claim):
        yield from _wrapped(f"{part.label + ':':<13} {part.words}", 2, 16)
    rule = claim.rule + (f"; judged by {verdict.rule}" if verdict and verdict.rule else "")
    yield from _wrapped(f"{'Rule:':<13} {rule or 'none'}", 2, 16)
    yield ""
    rows = verdict.evidence if verdict else ()
    yield f"Reference rows met: {len(rows) or 'none'}"
    for row in rows:
        yield from _row(row)
    yield ""
    standing, reason = standing_of(claim, verdict), reason_words(verdict.reason) if verdict else ""
    yield from _wrapped(f"Verdict: {standing.sign} {standing.name}" + (f" ({reason})" if reason else ""))
    if verdict:
        yield from _wrapped(verdict.explanation, 2)
    for label, stated in (
        ("Attribution: ", attributed(claim, verdict)),
        ("Open because: ", silence(claim, verdict) if verdict else ""),
        ("Not decided, but ", likely_words(claim, verdict)),
    ):
        if stated:
            yield from _wrapped(f"{label}{stated}")
    by = (verdict.likely or verdict) if verdict else None
    for line in waterfall_lines(by) if by and by.waterfall else ():
        yield from _wrapped(line, 6, 8)
    for near in verdict.suggestions if verdict else ():
        yield ""
        words, share = ", ".join(f"“{one}”" for one in near.missing), row_probability(near)
        lacking = f", if {words} mean what it says" if words else ""
        yield from _wrapped(f"Perhaps{lacking}{f' ({share})' if share else ''}:")
        yield from _row(near.row)


def _row(row: Evidence) -> Iterator[str]:
    as_of, numbers = as_of_words(row.as_of), evidence_numbers(row)
    days = day_range(row.date_start, row.date_end)
    said = ", ".join(filter(None, (row.name, numbers, days, f"as of {as_of}" if as_of else "")))
    sign, relation = SIGNS[row.relation].strip(), RELATION_WORDS[row.relation]
    yield from _wrapped(f"{sign} {relation}: {said or 'nothing comparable'}", 2, 4)
    source = ", by ".join(filter(None, (reporter(row), row.source)))
    remark = row.confidence if row.confidence != "seen" else ""
    own = "own source" if row.own else ""
    yield from _wrapped("; ".join(filter(None, (source, f"{row.table}:{row.row_id}", own, remark))), 6)
    if row.url:
        yield "      " + visible(row.url)  # unbroken, so that a terminal can open it
    yield from _wrapped(row.note, 6)
    if row.quote:
        yield from _wrapped(f"“{row.quote}”", 6)
    for step in row.waterfall:
        yield from _wrapped(step_line(step), 6, 8)
    for line in (row.sql or "").splitlines():
        yield "      | " + visible(line)


def _wrapped(text: str, indent: int = 0, hanging: int | None = None) -> list[str]:
    """Lines of at most 96 columns; nothing for an empty text."""
    follow = indent if hanging is None else hanging
    return textwrap.wrap(
        visible(" ".join(text.split("\n"))), WIDTH, initial_indent=" " * indent,
        subsequent_indent=" " * follow, break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
