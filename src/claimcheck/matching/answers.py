"""The verdict of a claim; of an open one, the rows that come nearest and the words they do not explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from claimcheck.judging.explaining import evidence_of
from claimcheck.judging.judge import judge, weigh
from claimcheck.matching.candidates import public_key
from claimcheck.matching.doers import telling_parts
from claimcheck.matching.item import Item, Suggested
from claimcheck.matching.known import Known
from claimcheck.matching.nearest import Nearest
from claimcheck.matching.slots import points_back, tells_of_there
from claimcheck.matching.vocabulary import Key
from claimcheck.matching.waterfall import with_steps
from claimcheck.model import (
    CheckedDocument,
    Claim,
    Link,
    Mention,
    Reading,
    Slot,
    Span,
    Suggestion,
    Verdict,
)
from claimcheck.model.reading import Basis
from claimcheck.wording.sentences import is_in_one_paragraph

_SHOWN = 3


_WEIGHED = 12


def _few(suggested: Sequence[Suggested]) -> list[Suggested]:
    """The suggestions with the fewest unexplained words, so many as may be worth weighing."""
    return sorted(suggested, key=lambda s: (len(s.words), s.candidate.row.key))[:_WEIGHED]


def _slots(item: Item) -> tuple[Slot, ...]:
    """The parts of a claim as they were found: what it counts, what it tells of it, where, and when."""
    claim, place = item.claim, item.place
    out = []
    head = item.head
    if head is not None:
        out.append(Slot("counted noun", head.lemma, head.start, head.end))
    verb = next((p for p in item.proposition.parts if p.role == "predicate"), None)
    if verb is not None:
        out.append(Slot("predicate", verb.lemma, verb.start, verb.end))
    if place.keys and place.basis != "none":
        ids = sorted(filter(None, map(public_key, place.keys)))
        at = place.at if place.at >= 0 and place.text is not None else None
        end = None if at is None else at + len(place.text or "")
        value = ids[0] if len(ids) == 1 else None
        out.append(Slot("place", place.text or "", at, end, value, place.basis))
    time = claim.time
    if time is not None and time.date_start is not None:
        basis: Basis = {"discourse": "carried", "document": "dateline"}.get(time.basis, time.basis)  # type: ignore[assignment]
        out.append(Slot("time", time.timex or "", time.start, time.end, str(time.period), basis))
    return tuple(out)


def _unread(item: Item) -> tuple[Span, ...]:
    """The words that nothing explains, of the row that comes nearest."""
    if not item.suggested or item.candidates:
        return ()
    words = set(_few(item.suggested)[0].words)
    return tuple(Span(p.start, p.end) for p in item.proposition.parts if p.lemma in words and not p.context)


def _suggested(item: Item, verdict: Verdict) -> Verdict:
    """An open verdict with the rows that come nearest: those that leave the fewest words unexplained,
    what the number or date would fit first."""
    ranked = []
    for near in _few(item.suggested):
        outcome = weigh(item.claim, [near.candidate], item.document)[0]
        fits = {"supports": 0, "refutes": 1, "neutral": 2}[outcome.relation]
        ranked.append((len(near.words), fits, near.candidate.row.key, near, outcome))
    ranked.sort(key=lambda r: r[:3])
    best = ranked[:_SHOWN]
    if not best:
        return verdict
    words = tuple(w for w in best[0][3].words if w)
    said = ", ".join(f'"{w}"' for w in words)
    return replace(
        verdict,
        reason=verdict.reason if item.candidates else "unexplained",
        explanation=verdict.explanation if item.candidates else f"unexplained: {said}",
        stage="unexplained",
        unexplained=words,
        suggestions=tuple(
            Suggestion(row=evidence_of(outcome), missing=tuple(w for w in near.words if w))
            for *_, near, outcome in best
        ),
    )


_WHY = {
    "inferred_place": "The place is only inferred from what stands before",
    "inferred_time": "The time is only inferred from the paragraph before",
    "ambiguous": "The text may mean another measure or place as well",
}


def _is_placed_otherwise(item: Item, known: Known) -> bool:
    """Whether a clause names another place than that from or to which it seems to tell of: of "Arvia took in
    400, 12 of them by night; Oren, a third of its size, took in 20" the parse may say either."""
    ends, own, places = item.movement.keys, item.place.keys, known.places
    apart = bool(ends) and bool(own) and not ends & own
    if not apart or places.within(ends, own) or places.within(own, ends):
        return False
    parts = item.proposition.parts
    last = max(parts[at].start for at in item.movement.from_parts | item.movement.to_parts)
    return any(c.quantity is not None and last < c.quantity.start < item.place.at for c in item.beside)


def _is_only_near(item: Item) -> bool:
    """Whether no word of a claim's own says where it was."""
    return item.place.basis in ("dateline", "about")


def _is_of_another_paragraph(item: Item) -> bool:
    """Whether the day of a claim was told in a paragraph before; the year of a story goes on over all."""
    time = item.claim.time
    if time is None or time.start is None or time.basis != "discourse" or time.period is None:
        return False
    days = time.period.days
    return (
        days is not None
        and days <= _MONTH
        and not is_in_one_paragraph(item.document, time.start, item.claim.start)
    )


_MONTH = 31  # days


def _not_refuted(verdict: Verdict, reason: str) -> Verdict:
    """A refutation that does not stand, its rows suggested: a place that no word of the sentence carries is
    only inferred and refutes nothing; a number of which two measures are told may be the other's."""
    rows = [e for e in verdict.evidence if e.relation == "refutes"][:_SHOWN]
    return replace(
        verdict,
        verdict="not_enough_evidence",
        reason=reason,
        explanation=f"{_WHY[reason]}: {verdict.explanation}",
        evidence=tuple(replace(e, relation="neutral") for e in verdict.evidence),
        suggestions=tuple(Suggestion(row=replace(e, relation="neutral"), missing=()) for e in rows),
        stage="",  # type: ignore[arg-type]
    )


def _measures_meant(item: Item, wholes: Mapping[Key, Key]) -> set[tuple[str, str | None]]:
    """The measures that a claim may be of; one that has no row there only because the text says who recorded
    it ("the office *recorded* 12 deaths", of documented killings) is not meant, nor one of a package that has
    no row there at all, nor a part of one that has, of which no word of its own is said (`wholes`)."""
    telling = telling_parts(item.proposition.parts)
    met = {(c.row.package, c.row.measure) for c in item.candidates}
    if item.candidates and all(c.row.kind == "aggregate" and c.row.measure is None for c in item.candidates):
        return met  # how many earthquakes there were is counted, whatever they did
    said = {(f.package, f.measure): f.explained for f in item.fits}
    parts = {
        key
        for key, words in said.items()
        if key not in met and (whole := wholes.get(key)) in met and words <= said.get(whole, frozenset())
    }
    return {
        (f.package, f.measure)
        for f in item.fits
        if (f.package, f.measure) not in parts
        and (
            (f.package, f.measure) in met
            or (f.package in {package for package, _ in met} and not f.explained & telling)
        )
    }


def _are_of_namesakes(item: Item, known: Known) -> bool:
    """Whether the rows are of several places that the one name may mean: towns of one name."""
    if len(item.place.keys) < 2:
        return False
    rows = [c.row for c in item.candidates if c.place == "same" and c.row.places]
    here = {(r.package, k) for r in rows for k in known.finder.keys_of(r.package, r.places[:1])}
    packages = [package for package, key in here if key in item.place.keys]
    return len(packages) > len(set(packages))


def _filled_up(verdict: Verdict, nearest: Sequence[Suggestion]) -> Verdict:
    """An open verdict with other rows that come near behind those that it suggests."""
    shown = {(s.row.table, s.row.row_id) for s in verdict.suggestions}
    more = [s for s in nearest if (s.row.table, s.row.row_id) not in shown]
    return replace(verdict, suggestions=(*verdict.suggestions, *more)[: max(_SHOWN, len(shown))])


def _missing(item: Item, known: Known) -> str:
    if item.claim.kind == "event":
        return "no_reference"
    if not item.fits:
        return "no_measure"
    if not item.candidates and not any(f.explained for f in item.fits):
        return "no_measure"  # only the sentence before tells one
    if not item.place.keys and any((f.package, f.measure) in known.placed for f in item.fits):
        return "no_place"
    return "no_reference"


def _linked(item: Item, quantity: Mention | None, known: Known) -> Claim:
    claim = item.claim
    measures = {f.measure for f in item.fits if f.explained or item.candidates}
    is_name = claim.place is not None and not claim.place.text.islower()
    place = _identified(claim.place, known) if is_name else claim.place
    if item.place.text is not None:
        ids = sorted(filter(None, map(public_key, item.place.keys)))
        place = Link(" ".join(item.place.text.split()), ids[0] if len(ids) == 1 else None)
    return replace(
        claim,
        quantity=quantity,
        measure=next(iter(measures)) if len(measures) == 1 else claim.measure,
        place=place,
        actor=_identified(claim.actor, known),
        subject=_identified(claim.subject, known),
        speaker=_identified(claim.speaker, known),
        slots=_slots(item),
        unread=_unread(item),
    )


def _identified(link: Link | None, known: Known) -> Link | None:
    """A place, body or person with the one row of a gazetteer that the name stands for."""
    if link is None or link.id is not None:
        return link
    ids = list(filter(None, map(public_key, known.index.lookup(link.text))))
    return Link(link.text, ids[0]) if len(ids) == 1 else link


def answered(reading: Reading, items: Sequence[Item], known: Known, nearest: Nearest) -> CheckedDocument:
    """A reading with a verdict for every claim, the slots that were filled, and the rows that come nearest to
    what stays open."""
    told = zip(items, reading.claims, strict=True)  # whose fractions are shares only to be judged
    claims = tuple(_linked(item, claim.quantity, known) for item, claim in told)
    verdicts: dict[str, Verdict] = {}
    pointing = {i.claim.context for i in items if points_back(i)}
    there = {i.claim.context for i in items if tells_of_there(i.proposition.parts)}
    for item in items:
        missing = _missing(item, known)
        if _are_of_namesakes(item, known):
            figures = [c for c in item.candidates if c.row.kind == "figure" and c.row.places]
            item.candidates = [replace(c, unique=c not in figures) for c in item.candidates]
        verdict = judge(item.claim, item.candidates, item.document, missing)
        if verdict.verdict == "not_enough_evidence" and item.suggested and item.claim.asserted:
            verdict = _suggested(item, verdict)
        elif verdict.verdict == "refuted" and (
            (_is_only_near(item) and item.claim.context not in there) or _is_placed_otherwise(item, known)
        ):
            verdict = _not_refuted(verdict, "inferred_place")
        elif (
            verdict.verdict == "refuted"
            and _is_of_another_paragraph(item)
            and item.claim.context not in pointing
        ):
            verdict = _not_refuted(verdict, "inferred_time")
        elif verdict.verdict == "refuted" and len(_measures_meant(item, known.vocabulary.wholes)) > 1:
            verdict = _not_refuted(verdict, "ambiguous")
        if verdict.verdict == "not_enough_evidence" and item.claim.asserted:
            verdict = _filled_up(verdict, nearest.to(item))
        verdicts[item.claim.claim_id] = with_steps(verdict, item)
    return CheckedDocument(reading=replace(reading, claims=claims), verdicts=verdicts)
