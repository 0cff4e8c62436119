"""Which of a series something is: "Ada Quill is the seventh president", "the talks in Tarn, the ninth round".

The ordinal itself finds no row, for then every number would be right. Who or what it is said of does: the
happening that stands before it, or the office of somebody whom the clause names.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.judging.relations import Candidate
from claimcheck.matching.accounting import qualifies_all
from claimcheck.matching.concepts import of_parts, of_text
from claimcheck.matching.item import Item
from claimcheck.matching.known import Known
from claimcheck.model import Claim, ReferenceRow
from claimcheck.numbers.ordinals import RANKS
from claimcheck.wording.around import capitalised

_NEAR = 60  # characters before an ordinal in which a name stands whose office it may number


def is_of_series(claim: Claim) -> bool:
    """Whether a claim says which of a series something is, and counts nothing."""
    return claim.kind == "rank" and claim.quantity is not None and claim.quantity.rule == RANKS


def match_ranks(items: Sequence[Item], known: Known) -> None:
    """The one numbered row that each ordinal is said of: of a series, or of those who died, fled, won."""
    for item in items:
        rows = {row.key: row for row in _said_of(item, known) if _is_so_counted(item, row, known)}
        if len(rows) == 1:
            row = known.marked(next(iter(rows.values())), item.document)
            item.candidates = [Candidate(row=row, how="name")]


def _said_of(item: Item, known: Known) -> Sequence[ReferenceRow]:
    """The happening named last before an ordinal in its sentence, else the offices of whom it names."""
    quantity, context, document = item.claim.quantity, item.claim.context, item.document
    if quantity is None:
        return ()
    found = known.event_index.told_in(document, context)
    before = [m for m in found if m.end <= quantity.start and m.how in ("name", "number", "kind_place")]
    if not is_of_series(item.claim):  # "resolution 12, its first to speak of aid" counts otherwise
        before = [m for m in before if m.how == "name" and not any(c.isdigit() for c in m.text)]
    if before:
        return before[-1].candidates
    near = max(context.start, quantity.start - _NEAR)
    return known.events.held_by(capitalised(document, near, quantity.start))


def _is_so_counted(item: Item, row: ReferenceRow, known: Known) -> bool:
    """Whether a row has a number, and what the ordinal counts is what the row is."""
    quantity = item.claim.quantity
    noun = of_text(quantity.noun.replace("-", " ")) if quantity is not None and quantity.noun else frozenset()
    said = known.events.explains(row)
    parts = item.proposition.parts
    concepts = of_parts(parts)
    if not all(qualifies_all(parts[at]) or concepts[at] & said for at in item.between):
        return False
    return row.number is not None and bool(noun & said)
