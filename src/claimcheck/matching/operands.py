"""The rows of the operands of comparisons: each operand is a sentence that the linker reads like any other.

An operand asks for its row by a number that admits every value (`PROBE`): what would support it is its row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from claimcheck.comparisons.reading import has_a_lead, is_of_an_end, own_start, ways_to_say
from claimcheck.model import (
    PROBE,
    CheckedDocument,
    Claim,
    Document,
    Evidence,
    Mention,
    Operand,
    Reading,
    Span,
    Verdict,
)
from claimcheck.reference.names import folded

Check = Callable[[Sequence[Reading]], list[CheckedDocument]]
"""What the linker says to documents."""
Read = Callable[[Iterable[Document]], Iterable[Reading]]
"""The readings of the sentences of operands, in order."""
_SHORT = 3
_MOST_WAYS = 40
"""Ways to say an operand that are tried."""
_NUMBERED = frozenset({"quantity", "rank"})


@dataclass(slots=True)
class Side:
    """What was found for an operand: its rows, its claim as it was linked, and what the rows say to the
    number that the text gives it."""

    operand: Operand
    ways: Sequence[Document] = ()  # to say it, the likeliest first
    rows: tuple[Evidence, ...] = ()
    claim: Claim | None = None
    said: Verdict | None = None
    quantity: Mention | None = None  # its number as the whole sentence gives it: of what unit, of what scale
    stated: bool = False  # its own sentence says what, where and when, and no row is there


@dataclass(slots=True)
class _Asked:
    """Readings of operands on their way to the linker, those that say the same once, and the operands that
    wait for each."""

    readings: list[Reading] = field(default_factory=list)
    waiting: list[list[tuple[int, bool]]] = field(default_factory=list)
    places: dict[tuple[Document, tuple[object, ...]], int] = field(default_factory=dict)

    def ask(self, reading: Reading, number: int, is_open: bool) -> None:
        """Put a reading among those to link, for the operand of a number."""
        told = tuple((c.context, c.quantity, c.kind, c.asserted) for c in reading.claims)
        key = replace(reading.document, id=""), (is_open, *told)
        at = self.places.setdefault(key, len(self.readings))
        if at == len(self.readings):
            self.readings.append(reading)
            self.waiting.append([])
        self.waiting[at].append((number, is_open))


def link_operands(
    claims: Sequence[tuple[Claim, Document, Mapping[Span, Mention]]], check: Check, read: Read
) -> dict[str, list[Side]]:
    """The operands of comparisons with their rows, by the ids of the claims, each of which comes with its
    document and the numbers of it. The ways to say an operand are read and tried one after the other, until a
    row answers."""
    sides = {
        c.claim_id: [
            Side(o, ways_to_say(document, c, o), quantity=None if o.number is None else numbers.get(o.number))
            for o in (c.comparison.operands if c.comparison else ())
        ]
        for c, document, numbers in claims
    }
    unanswered = [side for own in sides.values() for side in own]
    for way in range(_MOST_WAYS):
        unanswered = [s for s in unanswered if not s.rows and len(s.ways) > way]
        tried = [s for s in unanswered if not (s.stated and has_a_lead(s.ways[way], s.operand))]
        told = dict.fromkeys(s.ways[way] for s in tried)
        readings = dict(zip(told, read(told), strict=True))
        asked = _Asked()
        for number, side in enumerate(tried):
            _ask(asked, number, readings[side.ways[way]], side)
        checked = check(asked.readings) if asked.readings else []
        for waiting, document in zip(asked.waiting, checked, strict=True):
            for number, is_open in waiting:
                _answered(tried[number], is_open, document)
    return sides


def from_the_text(side: Side, document: CheckedDocument) -> Side:
    """An operand with the rows of a number that stands in the sentence itself: "*the 3,000 refugees* were the
    most"."""
    if side.operand.number is None or side.rows:
        return side
    at = side.operand.number
    for other in document.reading.claims:
        if other.kind in _NUMBERED and other.quantity is not None and other.quantity.span == at:
            verdict = document.verdicts[other.claim_id]
            rows = tuple(e for e in verdict.evidence if e.relation == "supports" and e.package is not None)
            return Side(side.operand, side.ways, rows, other, verdict)
    return side


def shown(operand: Operand) -> str:
    """An operand in quotation marks, its unknown number as an ellipsis: “In May, … people died”."""
    return f"“{operand.sentences[0].replace(str(PROBE), '…', 1) if operand.sentences else operand.role}”"


def _ask(asked: _Asked, number: int, reading: Reading, side: Side) -> None:
    """Put an operand's sentence among those to link: its number admitting anything, and as the text gives
    it."""
    operand = side.operand
    start = own_start(reading.document, operand)
    own = tuple(_measured(c, side.quantity) for c in reading.claims if c.context.start >= start)
    claims = tuple(_probed(c) for c in own if c.kind in _NUMBERED and _is_the_number(c, operand))
    if not claims:
        return
    asked.ask(replace(reading, claims=claims), number, True)
    if operand.number is not None:
        asked.ask(replace(reading, claims=own), number, False)


def _is_the_number(claim: Claim, operand: Operand) -> bool:
    """Whether a claim's number is the operand's own, and not another of its sentence."""
    own = claim.quantity
    if own is None:
        return False
    return operand.number is not None or own.value == PROBE


def _measured(claim: Claim, whole: Mention | None) -> Claim:
    """A claim whose bare number is of the unit and the scale that its whole sentence gives it."""
    own = claim.quantity
    if own is None or whole is None or own.text != whole.text or own.kind != "number":
        return claim
    as_whole = {n: getattr(whole, n) for n in ("kind", "unit", "noun", "value", "low", "high")}
    return replace(claim, quantity=replace(own, **as_whole))


def _probed(claim: Claim) -> Claim:
    quantity = claim.quantity
    assert quantity is not None
    wide: Mention = replace(quantity, value=None, low=None, high=None, comparator="range")
    return replace(claim, quantity=wide, asserted=True, hedge=None)


def _answered(side: Side, is_open: bool, document: CheckedDocument) -> None:
    """Note what one way to say an operand met."""
    operand = side.operand
    for claim in document.reading.claims:
        if claim.kind not in _NUMBERED:
            continue
        verdict = document.verdicts[claim.claim_id]
        if not is_open:
            decided = verdict.verdict != "not_enough_evidence"
            side.said = verdict if side.said is None and decided else side.said
        elif not side.rows:
            found = _rows(verdict)
            if is_of_an_end(document.document, operand):
                found = tuple(e for e in found if e.as_of is not None)  # a year's stock
            side.rows = _of_the_day(claim, _recorded(operand, found))
            side.claim = claim if side.rows or side.claim is None else side.claim
            says_when = claim.time is not None and claim.time.basis == "clause"
            side.stated |= verdict.stage == "no_row" and claim.place is not None and says_when


def _of_the_day(claim: Claim, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Of what stands at a moment or has come to so many by then, the rows of the very day, where there are
    some."""
    day = None if claim.time is None else claim.time.date_end
    exact = tuple(e for e in found if day is not None and (e.as_of == day.isoformat() or e.date_end == day))
    return exact or found


def _recorded(operand: Operand, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Of whom the text says that they counted, their own rows: what they recorded, their table holds."""
    if operand.recorder is None:
        return found
    words = {w for w in folded(operand.recorder).split() if len(w) > _SHORT}
    short = {w for w in operand.recorder.split() if w.isupper() and len(w) > 1}
    told = [(e, f"{e.source or ''} · {e.reported_by or ''}") for e in found]
    own = [
        e
        for e, who in told
        if words & set(folded(who).replace("·", " ").split()) or short & (_initials(who) | set(who.split()))
    ]
    return tuple(replace(e, complete=True) for e in own) or found


def _initials(source: str) -> set[str]:
    """What a source may be called for short: "UNHCR" of "United Nations High Commissioner for Refugees"."""
    names = (name.split() for name in source.split("·"))
    return {"".join(w[0] for w in words if w[0].isupper()) for words in names}


def _rows(verdict: Verdict) -> tuple[Evidence, ...]:
    """The rows that would support any number: figures and single incidents before what a table adds up to."""
    if verdict.verdict != "supported":
        return ()
    found = tuple(e for e in verdict.evidence if e.relation == "supports")
    return tuple(e for e in found if e.sql is None) or found
