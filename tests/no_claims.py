"""What share of the claims made of ordinary pages a reader would not call claims.

`tests/gold/no_claims/*.txt` are pages written for this: the first line is their day, and each number or date
that a reader would call a claim stands in "[[…]]". `python -m tests.no_claims` prints it, and what is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.model import Claim, Reading, Span

PAGES = sorted((Path(__file__).parent / "gold" / "no_claims").glob("*.txt"))


def marked(page: Path) -> tuple[str, date, list[Span]]:
    """The text of a page without its marks, its day, and the numbers and dates that are claims."""
    first, _, text = page.read_text("utf-8").partition("\n")
    pieces, spans, at = re.split(r"\[\[|\]\]", text), [], 0
    for i, piece in enumerate(pieces):
        spans += [Span(at, at + len(piece))] if i % 2 else []
        at += len(piece)
    return "".join(pieces), date.fromisoformat(first.removeprefix("# ")), spans


def place_of(claim: Claim) -> Span:
    """Where the number of a claim stands, or its date."""
    if claim.quantity is not None:
        return claim.quantity.span
    if claim.time is not None and claim.time.start is not None and claim.time.end is not None:
        return Span(claim.time.start, claim.time.end)
    return Span(claim.start, claim.end)


def judged() -> Iterator[tuple[Reading, list[tuple[Claim, bool]], list[Span]]]:
    """Each page's reading, its claims with whether a reader would call them so, the marks that none meets."""
    for page in PAGES:
        text, day, spans = marked(page)
        reading = next(iter(read([make(page.stem, text, meta={"date": day})])))
        made = [(c, any(place_of(c).overlaps(s) for s in spans)) for c in reading.claims]
        missed = [s for s in spans if not any(place_of(c).overlaps(s) for c, _ in made)]
        yield reading, made, missed


def shares() -> tuple[int, int, int, int]:
    """How many claims are none, of how many; and how many marks no claim meets, of how many."""
    found = list(judged())
    made = [is_one for _, claims, _ in found for _, is_one in claims]
    marks = sum(len(marked(page)[2]) for page in PAGES)
    return made.count(False), len(made), sum(len(missed) for _, _, missed in found), marks


def main() -> None:
    """Print the share, and each claim that is none."""
    none, made, missed, marks = shares()
    print(f"{none} of {made} claims are none; {missed} of {marks} that a reader sees are not read")
    for reading, claims, left in judged():
        for claim, is_one in claims:
            if not is_one:
                at = place_of(claim)
                print(f"  none: {reading.document.id}: {at.of(reading.document.text)!r} in {claim.text!r}")
        for span in left:
            text = reading.document.text
            print(f"  left: {reading.document.id}: {text[max(0, span.start - 40) : span.end + 20]!r}")


if __name__ == "__main__":
    main()
