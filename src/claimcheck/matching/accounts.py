"""Every word accounted for, of a verdict that was not found word by word.

The rules over phrases see what they know and pass over the rest: "124 people were killed *in a video game
about gangs* in Tarn". Here the words of a claim that they decided are held against all that its rows say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from claimcheck.linking.tableplaces import key_of
from claimcheck.linking.words import stem
from claimcheck.matching.accounting import (
    is_neutral,
    neutral_words,
    only_about,
    stem_set,
    word_set,
)
from claimcheck.matching.concepts import Concepts, concepts_of, harms, of_parts, of_text, scene_of
from claimcheck.matching.doers import doer_parts, is_of_other_side, speaker_parts
from claimcheck.matching.elsewhere import is_beside_place
from claimcheck.matching.known import Known
from claimcheck.matching.leftover import other_ordinals
from claimcheck.model import Claim, Document, Evidence, Part, ReferenceRow, Verdict
from claimcheck.propositions.words import DETERMINING

_OF_HAPPENINGS = frozenset({"oblique", "of", "noun", "adverb", "predicate"})
_OF_NUMBERS = _OF_HAPPENINGS | {"agent", "governor"}
_MORE = frozenset({"suspected", "means", "doer", "share"})


class Accounts:
    """What the rows of a verdict say, and which words of a claim they leave over."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._words: dict[tuple[str, str], list[str]] = defaultdict(list)
        for package, measure, word in known.finder.vocabulary:
            self._words[package, measure].append(word)
        self._rows = {(r.package, key_of(r.table, r.row_id)): r for r in known.rows}
        self._labelled = {key for key, _ in known.finder.incident_labels()}
        self._said: dict[tuple[str, str, str], Concepts] = {}

    def left(self, document: Document, claim: Claim, verdict: Verdict) -> list[Part]:
        """The words that narrow what a claim tells and that no row of its verdict says: heads of phrases,
        verbs, what stands before the counted noun, and whom a clause names where a row names somebody."""
        parts = () if claim.proposition is None else claim.proposition.parts
        said = frozenset(c for e in verdict.evidence for c in self._of(e))
        concepts = of_parts(parts)
        named = self._named(document, claim, parts)
        passed = named | speaker_parts(parts)
        own = claim.kind == "event" and any(
            p.role == "noun" and p.level == 1 and not p.context for p in parts
        )
        roles = _OF_HAPPENINGS if claim.kind == "event" else _OF_NUMBERS
        somebody = any(f"{e.package}|{e.table}:{e.row_id}" in self._labelled for e in verdict.evidence)
        about = only_about(parts) | self._of_other_side(claim, parts, verdict)
        more = _MORE if said & harms() else _MORE | {"maker"}
        more |= {"of happenings"} if claim.kind == "event" else set()
        more |= {"changed"} if claim.proposition is None or claim.proposition.role != "object" else set()
        alone = claim.proposition is not None and claim.proposition.role in ("subject", "patient")
        more |= {"befalling", "people", "fighting", "counted people"}
        more |= set() if alone and claim.kind != "event" else {"amount", "reached"}
        if claim.kind == "event" and any(r.number is not None for r in map(self._row, verdict.evidence) if r):
            about |= other_ordinals(parts, said)
        about |= {at for at in self._elsewhere(document, claim, verdict) if not concepts[at] & said}
        return [
            p
            for at, p in enumerate(parts)
            if at in about
            or is_beside_place(parts, p)
            or (
                at not in passed
                and not p.context
                and (p.level <= 1 or not own)
                and not (concepts[at] & said)
                and (p.pos in ("NOUN", "VERB", "ADJ", "ADP", "ADV") or (somebody and _is_somebody_else(p)))
                and (
                    _owns_or_tells(parts, p, named, more)
                    or _is_somebody_else(p)
                    or (_may_narrow(claim, p, roles) and not _narrows_nothing(p, more))
                )
            )
        ]

    def _of_other_side(self, claim: Claim, parts: Sequence[Part], verdict: Verdict) -> set[int]:
        """The doers of a clause who are of another side than the actor of every row: "*government* aircraft"
        of a row of rebels."""
        actors = [e.actor for e in verdict.evidence if e.relation == "supports"]
        doers = doer_parts(claim.proposition) if claim.proposition is not None and all(actors) else ()
        return {at for at in doers if all(is_of_other_side(parts[at], actor or "") for actor in actors)}

    def _named(self, document: Document, claim: Claim, parts: tuple[Part, ...]) -> set[int]:
        """The parts that name places, bodies or happenings of the tables, or whose people somebody is."""
        start, end = claim.context.start, claim.context.end
        happenings = self._known.event_index.find(document.text, claim.context, document.date)
        spans = [(n.start, n.end) for n in self._known.places.names(document, claim.context)]
        spans += [(n.start, n.end) for n in self._known.doers.index.find(document.text, start, end)]
        spans += [(m.start, m.end) for m in happenings if m.how in ("name", "number")]
        return {
            at
            for at, p in enumerate(parts)
            if self._known.places.people_of(p.lemma) or any(s <= p.start < e for s, e in spans)
        }

    def _elsewhere(self, document: Document, claim: Claim, verdict: Verdict) -> set[int]:
        """The names of places behind "in" or "at" that lie apart from those of all rows of a verdict: "killed
        20 *in Arvia*", where the rows are of Tarn."""
        places, rows = self._known.places, [self._row(e) for e in verdict.evidence]
        theirs = [self._known.places_of(r) for r in rows if r is not None]
        if len(theirs) < len(rows) or not all(theirs) or claim.proposition is None:
            return set()
        keys = frozenset().union(*theirs)
        names = (n for n in places.names(document, claim.context) if n.entity == "place")
        apart = [
            n
            for n in names
            if not (n.keys & keys or places.within(n.keys, keys) or places.within(keys, n.keys))
        ]
        return {
            at
            for at, p in enumerate(claim.proposition.parts)
            if p.prep in ("in", "at")
            and p.role in ("oblique", "subject")
            and p.level <= 1
            and not p.context
            and any(n.start <= p.start < n.end for n in apart)
        }

    def _row(self, evidence: Evidence) -> ReferenceRow | None:
        return self._rows.get((evidence.package or "", key_of(evidence.table, evidence.row_id)))

    def _of(self, evidence: Evidence) -> Concepts:
        """All that a row and its measure say."""
        package, measure = evidence.package or "", evidence.measure or ""
        key = package, key_of(evidence.table, evidence.row_id), measure
        if key not in self._said:
            words = [
                measure,
                evidence.name or "",
                evidence.unit or "",
                evidence.actor or "",
                evidence.source or "",
            ]
            words += self._words[package, measure]
            said = of_text(" ".join(words).replace("|", " "))
            row = self._rows.get((package, key[1]))
            if row is None and evidence.measure is None and evidence.sql is None:
                row = self._known.incident(f"{package}|{evidence.table}:{evidence.row_id}")
            said = said if row is None else said | self._known.events.explains(row)
            said |= self._known.headers.get((package, evidence.table), frozenset())
            said |= concepts_of("found") if row is not None and row.kind == "gazetteer" else frozenset()
            self._said[key] = said | scene_of(said)
        return self._said[key]


def _may_narrow(claim: Claim, part: Part, roles: Collection[str]) -> bool:
    """Whether a word stands where it may narrow what a claim tells: in the slots `roles`, before what is
    counted, in a scene of those who are counted ("who died *in a film*"), or as another subject beside them
    ("*mothers* outnumbered by 774 civilians were killed")."""
    if part.role in roles or part.pos == "ADP" or (part.role == "modifier" and part.level == 0):
        return True
    if claim.kind == "event" or claim.proposition is None or part.pos != "NOUN":
        return False
    if part.role == "relative":
        return part.prep in ("in", "at")
    beside = part.role == "subject" and part.is_head and part.level == 1
    own = claim.quantity
    if own is None or claim.proposition.role not in ("subject", "patient") or not beside:
        return False
    told = (p for p in claim.proposition.parts if p.role == "relative" and p.pos == "VERB" and p.level == 1)
    return any(part.start < p.start < own.start for p in told)


def _narrows_nothing(part: Part, more: frozenset[str]) -> bool:
    """Whether a word may stand unexplained: by its slot, as a share of what the number counts ("half of the
    84,600 farms"), or as a word that only says whose deed it was."""
    if part.role == "noun" and part.lemma in DETERMINING:
        return part.lemma not in ("fewer", "less")
    of_happenings = neutral_words("phase of a happening") | stem_set("doing")
    apart = part.level > 1 or "of happenings" in more  # "signed her for a *fee* of 4 million"
    if part.role == "predicate" and apart and stem(part.lemma) in of_happenings:
        return True
    if (part.role == "agent" and part.prep != "by") or (part.role == "relative" and part.prep is not None):
        part = replace(part, role="oblique")  # "by chlorine in the *town* of Tarn", "who died in the *town*"
    own = part.role != "predicate" and stem(part.lemma) in stem_set("doing")
    return own or is_neutral(part, more)


def _is_somebody_else(part: Part) -> bool:
    """Whether a part names whom a clause is about; of a row that names somebody, somebody else."""
    return part.pos == "PROPN" and part.level == 1 and part.role in ("subject", "object", "apposition")


def _owns_or_tells(parts: Sequence[Part], part: Part, named: Collection[int], more: frozenset[str]) -> bool:
    """Whether what is named only belongs to the noun of its phrase, or is only what that noun is about or
    beside: "in Arvia's *ruins*", "in a *model* of Arvia", "on the *road* to it", "a *film* about it"."""
    if part.pos != "NOUN":
        return False
    unit = [at for at, p in enumerate(parts) if p.unit == part.unit]
    if part.is_head and any(parts[at].prep in word_set("told about") for at in unit):
        return not _narrows_nothing(replace(part, role="oblique"), more)
    unit = [at for at in unit if at in named]
    behind = {parts[at].prep for at in unit if parts[at].start > part.start}
    if part.prep not in word_set("where"):
        return False
    before = (parts[at] for at in unit if parts[at].start < part.start and parts[at].pos != "ADJ")
    owned = any(p.prep == part.prep for p in before)
    return owned or ("of" in behind and not _narrows_nothing(replace(part, role="oblique"), more))
