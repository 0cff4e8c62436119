"""Counts of rows: how many attacks, rounds of talks or resolutions a table holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from claimcheck.judging.relations import Candidate, own_period
from claimcheck.matching.accounting import stem_set, unexplained, word_set
from claimcheck.matching.aggregates import count_row
from claimcheck.matching.concepts import Concepts, concepts_of, of_text
from claimcheck.matching.doers import speaker_parts
from claimcheck.matching.elsewhere import elsewhere
from claimcheck.matching.events import (
    read,
    verbs_of_kind,
)
from claimcheck.matching.item import Item
from claimcheck.matching.known import Known
from claimcheck.matching.scopes import has_no_time_of_its_own, is_indefinite
from claimcheck.model import (
    Proposition,
)
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import WORD, Named
from claimcheck.reference.table_places import key_of


def _counted_days(item: Item) -> tuple[date, date] | None:
    """The days within which a claim counts what happened: its own time, up to the day of the text; all until
    then, where it says "so far"."""
    period, written = own_period(item.claim), item.document.date
    dated = item.claim.time is not None and item.claim.time.basis != "document"
    so_far = any(p.lemma in word_set("until today") for p in item.proposition.parts)
    if so_far and not dated and written is not None:
        return date.min, written
    if period is None or period.start is None or period.end is None:
        return None
    goes_on = written is not None and period.start <= written <= period.end
    return period.start, written if goes_on and written is not None else period.end


def _kind_counted(
    proposition: Proposition, concepts: Sequence[Concepts], kinds: Sequence[str]
) -> tuple[str, set[int]] | None:
    """The narrowest kind of a table that a number counts, and the words that say so: the noun it counts
    ("22 drone strikes"), what a number is of ("the number of strikes"), or how often ("struck ten times")."""
    parts = proposition.parts
    often = any(p.role == "head" and p.is_head and p.lemma in word_set("occasions") for p in parts)
    head = next((at for at, p in enumerate(parts) if p.role == "head" and p.is_head), None)
    best: tuple[int, str, set[int]] | None = None
    for kind in kinds:
        words = [w for w in WORD.findall(kind) if w.lower() not in ("of", "the", "a")]
        needs = [concepts_of(w) for w in words]
        where: set[int] = set()
        for need in needs:
            here = {
                at
                for at, c in enumerate(concepts)
                if c & need and not parts[at].context and parts[at].level <= 2
            }
            if not here:
                break
            where |= here
        else:
            counted = head is not None and head in where and any(concepts[head] & need for need in needs)
            told = head is None and any(parts[at].role in ("subject", "of", "noun") for at in where)
            if not (counted or told or often):
                continue
            if best is None or len(needs) > best[0]:
                best = (len(needs), kind, where | ({head} if head is not None else set()))
    return None if best is None else (best[1], best[2])


class CountMatcher:
    """Counts the rows of what a number counts."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def match(self, items: Sequence[Item]) -> None:
        """How many rows there are of what a claim counts: attacks, rounds of talks, resolutions."""
        if not self._known.countables:
            return
        wanted: list[tuple[int, str, str, str, str, str | None, date, date]] = []
        deeds: list[tuple[int, str]] = []
        for number, item in enumerate(items):
            days = _counted_days(item)
            counts = item.claim.quantity is not None and item.claim.quantity.kind == "number"
            if days is None or not counts or is_indefinite(item):
                continue
            parts, concepts = read(item.claim)
            for (package, resource, counted_as), kinds in self._known.countables.items():
                found = _kind_counted(item.proposition, concepts, kinds)
                if found is None:
                    continue
                kind, explained = found
                said = of_text(f"{kind} {counted_as}")
                organisations = [n for n in item.names if n.entity == "organisation"]
                organisations += self._known.doers.index.named_in(
                    item.document, item.claim.context.start, item.claim.context.end
                )
                doers = self._doers_of(item.proposition, organisations, package)
                if len({actor for actor, _ in doers}) > 1:
                    continue  # together, or each of them
                explained |= {at for _, where in doers for at in where} | set(item.place.parts)
                explained |= speaker_parts(parts) | {at for at, c in enumerate(concepts) if c & said}
                verbs = verbs_of_kind(f"{kind} {counted_as}") | stem_set("tells that it was")
                explained |= {
                    at for at, p in enumerate(parts) if p.role == "predicate" and stem(p.lemma) in verbs
                }
                left = unexplained(
                    tuple(parts), explained, frozenset({"suspected", "fighting"}), item.between
                )
                other_verb = any(
                    p.role == "predicate" and not p.context and at not in explained
                    for at, p in enumerate(parts)
                )  # fmt: skip
                left_out = left or elsewhere(item, explained, self._known.places)
                if left_out or other_verb or item.proposition.share == "part":
                    continue
                if item.proposition.prep in word_set("compared with") and has_no_time_of_its_own(item.claim):
                    continue
                here = sorted(k for k in item.place.keys if k.startswith(key_of(package, "")))
                if item.place.stated and not here:
                    continue
                keys: list[str | None] = list(here) if item.place.stated or here else [None]
                wanted += [(number, package, resource, counted_as, kind, k, *days) for k in keys]
                deeds += [(number, actor) for actor, _ in doers]
        for count in self._known.finder.counts(wanted, sorted(set(deeds))):
            item = items[count.claim]
            own = all(self._known.signatories.are_alone_behind(s, item.document) for s in count.sources)
            written = None if count.place is None else self._known.finder.written(count.place)
            mine = sorted({a for n, a in deeds if n == count.claim})
            row = count_row(count, written, None if count.place is None else item.place.text, own, mine)
            everywhere = count.place is not None or count.complete or bool(mine)
            item.candidates.append(Candidate(row=row, place="same", unique=everywhere))

    def _doers_of(
        self, proposition: Proposition, names: Sequence[Named], package: str
    ) -> list[tuple[str, frozenset[int]]]:
        """The actors of the tables whose deeds a clause counts, with the words that say so."""
        out = []
        parts = proposition.parts
        by = [at for at, p in enumerate(parts) if p.prep not in word_set("for whom")]
        here = frozenset(by) - speaker_parts(parts)
        for actor in self._known.finder.actors:
            keys = self._known.doers.keys_of_actor(package, actor)
            where = frozenset(
                at
                for n in names
                if n.keys & keys
                for at, p in enumerate(parts)
                if n.start <= p.start < n.end and at in here and not p.context
            )
            if where:
                out.append((actor, where))
        return out
