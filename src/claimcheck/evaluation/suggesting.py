"""Sentences that a package could learn: which, if they told a measure, would decide which open claims.

An open claim gives a sentence: its own, with a slot for number and place, and no time. Which measure it may
tell, a row says that comes near it but for words, or one of its place and time with its very number. Each
such guess is tried: the sentence is added, and the claims that are then decided are counted. What supports
nothing comes last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from claimcheck.frames.words import small_words
from claimcheck.lexicon import pattern
from claimcheck.matching.frames import Saying, read_sayings
from claimcheck.matching.item import Item
from claimcheck.matching.known import Known
from claimcheck.matching.linker import Linker
from claimcheck.model import CheckedDocument, Claim, Document, ReferenceRow, Span
from claimcheck.propositions import stem

Tick = Callable[[int], None]
Key = tuple[str, str]
MOST_TRIED = 200
_BEFORE_TIME = pattern("around_times", "before a time")
_WRITTEN = pattern("around_times", "number")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim that a sentence would decide: where it stands, and how."""

    document: Document
    claim: Claim
    verdict: str

    @property
    def sentence(self) -> str:
        """The sentence of the text that holds it."""
        return _SPACE.sub(" ", self.claim.context.of(self.document.text)).strip()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence that could tell a measure, and the open claims that it would then decide."""

    package: str
    measure: str
    says: str
    decides: tuple[Decided, ...]

    def count(self, verdict: str) -> int:
        """How many claims get a verdict by it."""
        return sum(one.verdict == verdict for one in self.decides)


def proposals(linker: Linker, checked: Sequence[CheckedDocument], tick: Tick | None = None) -> list[Proposal]:
    """The sentences that would decide most, first; of two that decide the same claims the one that supports
    more. `tick` is told how many guesses were tried."""
    guesses = _guesses(linker.known, checked)
    out = []
    for key, saying in guesses[:MOST_TRIED]:
        decides = tuple(_decided(linker, checked, key, saying))
        if decides:
            out.append(Proposal(*key, saying.sentence, decides))
        if tick is not None:
            tick(1)
    out.sort(
        key=lambda p: (
            not p.count("supported"), -len(p.decides), -p.count("supported"), p.measure, len(p.says), p.says
        )
    )  # fmt: skip
    return _apart(out)


def _apart(found: Iterable[Proposal]) -> list[Proposal]:
    """The proposals that decide a claim which none before them decides."""
    out, seen = [], set[tuple[str, str]]()
    for one in found:
        claims = {(d.document.id, d.claim.claim_id) for d in one.decides}
        if claims - seen:
            out.append(one)
            seen |= claims
    return out


def open_claims(checked: CheckedDocument) -> Iterator[Claim]:
    """The claims with a number that are asserted, and undecided."""
    for claim in checked.reading.claims:
        open_ = checked.verdicts[claim.claim_id].verdict == "not_enough_evidence"
        if open_ and claim.asserted and claim.kind == "quantity" and claim.proposition is not None:
            yield claim


def _guesses(known: Known, checked: Sequence[CheckedDocument]) -> list[tuple[Key, Saying]]:
    """(measure, sentence read) of each guess, the ones of most claims first; one of several alike."""
    written: list[tuple[Key, str]] = []
    for one in checked:
        for claim in open_claims(one):
            measures = measures_of(known, claim, one.reading.document)
            sentence = sentence_of(known, claim, one.reading.document, measures)
            written += ((key, sentence) for key in measures if sentence is not None)
    alike: dict[tuple[Key, frozenset[str], str | None], list[Saying]] = defaultdict(list)
    for (key, _), saying in zip(written, read_sayings([s for _, s in written]), strict=True):
        if isinstance(saying, Saying) and key[1] and not {w.lower() for w in saying.told} <= small_words():
            alike[key, frozenset(map(stem, saying.told)), saying.counted].append(saying)
    ranked = sorted(alike.items(), key=lambda pair: (-len(pair[1]), str(pair[0][0]), sorted(pair[0][1])))
    return [(key, min(found, key=lambda s: (len(s.sentence), s.sentence))) for (key, *_), found in ranked]


def sentence_of(known: Known, claim: Claim, document: Document, measures: Sequence[Key]) -> str | None:
    """The sentence that measures could learn from a claim; None where its clause gives none."""
    return template(claim, document.text, _bodies(known, claim, document, measures))


def _bodies(known: Known, claim: Claim, document: Document, measures: Sequence[Key]) -> list[Span]:
    """Where a clause names somebody whose number its measures have."""
    item = Item(claim, document)
    theirs = frozenset(k for m in measures for k in known.bodies_of.get(m, ()))
    return [Span(n.start, n.end) for n in known.organisations(item) if n.keys & theirs]


def template(claim: Claim, text: str, bodies: Sequence[Span] = ()) -> str | None:
    """The clause of a claim with slots for its number, place and whose number it is, and without its time:
    "{n} patients were bused out of {place}"; None where its number does not stand in it."""
    number = claim.quantity
    if number is None or not claim.start <= number.wide_start <= number.end <= claim.end:
        return None
    unit = _WRITTEN.sub("", number.text) if number.kind != "number" else ""
    cuts = [(Span(number.wide_start, number.end), f"{{n}} {unit}")]
    cuts += [(body, "{actor}") for body in bodies[:1]]
    if (place := _place(claim, text)) is not None:
        cuts.append((place, "{place}"))
    time = claim.time
    if time is not None and time.start is not None and time.end is not None:
        before = _BEFORE_TIME.search(text, claim.start, time.start)
        cuts.append((Span(time.start if before is None else before.start(), time.end), ""))
    inside = [(s, put) for s, put in cuts if claim.start <= s.start and s.end <= claim.end]
    if any(one.overlaps(other) for at, (one, _) in enumerate(inside) for other, _ in inside[:at]):
        return None
    out, at = "", claim.start
    for span, put in sorted(inside):
        out, at = out + text[at : span.start] + put, span.end
    sentence = _SPACE.sub(" ", out + text[at : claim.end]).strip(" ,;.–—")
    return sentence if "{n}" in sentence and not any(c.isdigit() for c in sentence) else None


def _place(claim: Claim, text: str) -> Span | None:
    """Where a clause names its place, linked or not."""
    for slot in claim.slots:
        if slot.slot == "place" and slot.start is not None and slot.end is not None and slot.text:
            return Span(slot.start, slot.end)
    name = "" if claim.place is None else claim.place.text or ""
    at = text.find(name, claim.start, claim.end) if name else -1
    return None if at < 0 else Span(at, at + len(name))


def measures_of(known: Known, claim: Claim, document: Document) -> list[Key]:
    """The measures that a claim may tell: those that it tells but for words; else those with its very number
    at its place and time."""
    item = Item(claim, document, fits=known.measures.fits(claim.proposition)) if claim.proposition else None
    if item is not None and item.fits:
        return [(fit.package, fit.measure) for fit in item.best_fits]
    interval, time = claim.interval, claim.time
    if interval is None or interval.low is None or time is None or time.period is None:
        return []
    rows = known.finder.with_value(interval.low, interval.high, time.period.start, time.period.end)
    places = {key for n in known.places.names(document, claim.context) for key in n.keys}
    return sorted({(r.package, r.measure) for r in rows if r.measure and _is_there(known, r, places)})


def _is_there(known: Known, row: ReferenceRow, places: set[str]) -> bool:
    """Whether a claim's sentence names the place of a row, or its actor where it has none."""
    return bool(known.finder.keys_of(row.package, row.places[:1]) & places)


def _decided(
    linker: Linker, checked: Sequence[CheckedDocument], key: Key, saying: Saying
) -> Iterator[Decided]:
    """The open claims that are decided where a sentence tells a measure."""
    may = [one for one in checked if _may_say(one, saying)]
    if not may:
        return
    with linker.taught({key: [saying]}):
        anew = linker.check([one.reading for one in may])
    for before, after in zip(may, anew, strict=True):
        for claim in open_claims(before):
            verdict = after.verdicts.get(claim.claim_id)
            if verdict is not None and verdict.verdict != "not_enough_evidence":
                yield Decided(before.reading.document, claim, verdict.verdict)


def _may_say(checked: CheckedDocument, saying: Saying) -> bool:
    """Whether an open claim of a document has a word of a sentence."""
    needs = frozenset(c for need in saying.needs for c in need if not c.startswith("="))
    return any(
        stem(part.lemma) in needs
        for claim in open_claims(checked)
        if claim.proposition is not None
        for part in claim.proposition.parts
    )
