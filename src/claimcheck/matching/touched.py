"""Which stored documents changed rows of the tables can touch: a superset, found in SQL, to be judged again.

A row can meet a claim only through its measure and time, or as one of the happenings that a claim counts or,
within a year of it, tells of, or as the happening of the claim's very day. Whatever these conditions leave
out keeps its verdict. They hold where nothing but figures and incidents changed
(`store.publications`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from claimcheck.matching.accounting import Concepts, concepts_of, ways_to_say
from claimcheck.matching.candidates import Tables
from claimcheck.matching.known import Known, whole_of
from claimcheck.names import head_noun
from claimcheck.store.publications import ChangedRow


@dataclass(slots=True)
class Reach:
    """The days in which the changed rows of one measure can meet a claim; None: any."""

    first: date | None = date.max
    last: date | None = date.min

    def widen(self, row: ChangedRow) -> None:
        """Let it reach what one more row can meet."""
        timed = row.kind == "incident" or row.measure_type == "flow"
        bounded = timed and row.first_start is not None and row.last_end is not None
        if not bounded or self.first is None or self.last is None:
            self.first = self.last = None
        elif row.first_start is not None and row.last_end is not None:
            self.first, self.last = min(self.first, row.first_start), max(self.last, row.last_end)


class Touched:
    """Finds documents among those of the table `pending` (document_key)."""

    def __init__(self, store: Tables, known: Known) -> None:
        self._store = store
        self._known = known

    def documents(self, changes: Sequence[ChangedRow]) -> set[int]:
        """The keys of the pending documents that hold a claim which one of the changes can touch."""
        if not changes:
            return set()
        out = self._keys(COMPARING, [])
        out |= self._keys(NAMED, [[f"{c.resource}:{c.row_id}" for c in changes]] * 2)
        for (package, measure), reach in self._reaches(changes).items():
            out |= self._proposed(self._known.measures.needs_of(package, measure), reach)
        same_day = [c.first_start for c in changes if c.kind == "incident" and c.first_start == c.last_end]
        out |= self._keys(OF_THE_DAY, [[str(day) for day in set(same_day) if day is not None]])
        out |= self._told([c for c in changes if c.kind == "incident" and not c.measure])
        counted = [c for c in changes if c.counted_as]
        for head in sorted({head_noun(c.counted_as or "") for c in counted}):
            same = (c for c in counted if head_noun(c.counted_as or "") == head)
            days = [d for c in same for d in (c.first_start, c.last_end) if d is not None]
            if days:
                out |= self._proposed([(concepts_of(head),)], Reach(min(days), max(days)))
        return out

    def _reaches(self, changes: Iterable[ChangedRow]) -> Mapping[tuple[str, str], Reach]:
        """What each measure's changed rows can meet, and those of its parts."""
        reaches: dict[tuple[str, str], Reach] = defaultdict(Reach)
        for change in changes:
            if change.measure:
                own = change.package, change.measure
                _, whole = self._known.vocabulary.wholes.get(own, (None, None))
                for measure in {change.measure, whole_of(change.measure), whole} - {None}:
                    reaches[change.package, measure or ""].widen(change)
        return reaches

    def _proposed(self, needs: Iterable[tuple[Concepts, ...]], reach: Reach) -> set[int]:
        """The documents whose propositions may say one of these, wherever they say where it was: all of its
        words, or others of the same frame."""
        said = " OR ".join(sorted({_said_in_parts(each) for each in needs}))
        if not said:
            return set()
        parameters = {"anytime": reach.first is None, "first": reach.first, "last": reach.last}
        return self._keys(PROPOSED.replace(SAID, said), parameters)

    def _told(self, changes: Sequence[ChangedRow]) -> set[int]:
        """The documents that tell of a happening in the place of such an incident, within a year of it."""
        keys = {key for c in changes for key in self._known.finder.keys_of(c.package, c.places)}
        texts = self._texts(keys) if keys else []
        days = [d for c in changes for d in (c.first_start, c.last_end) if d is not None]
        if not texts or not days:
            return set()
        return self._keys(TOLD, {"texts": texts, "first": min(days), "last": max(days)})

    def _texts(self, keys: set[str]) -> list[str]:
        """The names of places in stored claims that may mean one of these places, and those of no place."""
        found = self._store.rows("SELECT DISTINCT place_text FROM claim WHERE place_text IS NOT NULL")
        return [r["place_text"] for r in found if self._may_mean(r["place_text"], keys)]

    def _may_mean(self, place: str, keys: set[str]) -> bool:
        lead = "in "  # a name may be found by its sound only behind a preposition
        named = self._known.index.find(lead + place, len(lead), len(lead) + len(place))
        return not named or any(n.keys & keys for n in named)

    def _keys(self, sql: str, parameters: Any) -> set[int]:
        return {r["document_key"] for r in self._store.rows(sql, parameters)}


def _said_in_parts(needs: Iterable[Concepts]) -> str:
    """The condition that the lemmas of a document's propositions hold a word for each of these needs."""
    ways = (" OR ".join(_in_parts(stems) for stems in sorted(ways_to_say(need))) for need in needs)
    return "(" + " AND ".join(f"({way})" for way in ways) + ")"


def _in_parts(stems: Iterable[str]) -> str:
    anchors = (one[:2] if len(one) == 3 and one.endswith("y") else one for one in stems)
    return "(" + " AND ".join("contains(parts, '\"" + a.replace("'", "''") + "')" for a in anchors) + ")"


SAID = "/* said */"
# The rows themselves: in the evidence of a claim, or what a document says it is about.
COMPARING = """
SELECT DISTINCT document_key FROM pending JOIN claim USING (document_key) WHERE claim.kind = 'comparison'
"""
"""What compares asks for rows of which the claim itself says nothing: all others of a kind."""
NAMED = """
SELECT DISTINCT claim.document_key
FROM evidence
JOIN verdict USING (verdict_key)
JOIN claim USING (claim_id)
JOIN pending USING (document_key)
WHERE evidence.resource || ':' || evidence.row_id IN (SELECT unnest(?::VARCHAR[]))
UNION
SELECT document_key FROM document JOIN pending USING (document_key)
WHERE about IN (SELECT unnest(?::VARCHAR[]))
"""
# Propositions are kept with what was read of each document, a list of one cell for each claim. What one claim
# says may be carried to the next, of another time: words of one claim, and the time of any.
PROPOSED = f"""
WITH near AS MATERIALIZED (
    SELECT DISTINCT claim.document_key
    FROM claim JOIN pending USING (document_key)
    WHERE $anytime OR claim.time_basis IS NULL OR claim.time_basis = 'document' OR claim.date_start IS NULL
        OR (claim.date_start <= $last::DATE AND (claim.date_end IS NULL OR claim.date_end >= $first::DATE))
), read AS (
    SELECT document_key, lower(unnest(as_read::JSON[])::VARCHAR) AS parts
    FROM inbox_document JOIN near USING (document_key)
)
SELECT DISTINCT document_key FROM read WHERE {SAID}
"""
TOLD = """
SELECT DISTINCT claim.document_key
FROM claim JOIN pending USING (document_key)
WHERE claim.kind = 'event' AND claim.time_basis <> 'document'
    AND (claim.place_text IN (SELECT unnest($texts::VARCHAR[]))
        OR (claim.place_text IS NULL AND contains(claim.slots::VARCHAR, '"place"')))
    AND claim.date_start <= $last::DATE + INTERVAL 366 DAY
    AND claim.date_end >= $first::DATE - INTERVAL 366 DAY
"""
OF_THE_DAY = """
SELECT DISTINCT claim.document_key
FROM claim JOIN pending USING (document_key)
WHERE claim.kind IN ('quantity', 'rank', 'event') AND claim.time_basis <> 'document'
    AND claim.date_start = claim.date_end
    AND claim.date_start IN (SELECT unnest(?::VARCHAR[])::DATE)
"""
