"""Documents judged by the tables that are read by their headers.

A sentence is held against a table only where the document says that it is about it: its `about` names the
table, or every word of the table's title stands in the document's title, its opening or the sentence itself.
What a table says is the verdict of the only claim of the sentence, where it has one that is open; else it is
a claim of its own, of the kind `statement`. Where nobody has checked what the columns mean, nothing else
decides by them: a level bars it.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claimcheck.documents.sentences import split
from claimcheck.grids.forms import Answer, answer
from claimcheck.grids.grid import FILLERS, Grid, tokens
from claimcheck.grids.reading import read
from claimcheck.judging.comparing import Computed
from claimcheck.linking.rows import Tables
from claimcheck.model import CheckedDocument, Claim, Document, Interval, Span, Verdict, claim_key
from claimcheck.reference.schema import MOST_ROWS
from claimcheck.relate.operands import verdict_of
from claimcheck.syntax.stems import stem

_OPENING = 600  # characters in which a document says what it is about
_Judged = Sequence[tuple[Claim, Verdict]]
_HEADERS = """
SELECT c.package, c.resource, p.title, list(c.name ORDER BY c.rowid) AS names
FROM resource_column AS c JOIN reference_package AS p USING (package) WHERE c.role = 'header'
GROUP BY ALL ORDER BY ALL
"""
_ROWS = """
SELECT row_id, any_value(raw) AS raw, any_value(confidence) AS confidence, min(rowid) AS place
FROM reference_row WHERE package = ? AND resource = ? GROUP BY row_id ORDER BY place
"""


@dataclass(frozen=True, slots=True)
class _Table:
    grid: Grid
    words: frozenset[str]  # of its title


class Statements:
    """Judges what sentences say of the published tables that are read by their headers."""

    def __init__(self, store: Tables) -> None:
        self._store = store
        self._tables = list(self._read())

    def _read(self) -> Iterator[_Table]:
        for r in self._store.rows(_HEADERS):
            found = self._store.rows(_ROWS, [r["package"], r["resource"]])
            if 0 < len(found) <= MOST_ROWS:
                cells = [(row["row_id"], json.loads(row["raw"])) for row in found]
                rows = [(row_id, [raw.get(name) or "" for name in r["names"]]) for row_id, raw in cells]
                sure = found[0]["confidence"]
                grid = Grid(r["package"], r["resource"], r["title"] or "", r["names"], rows, sure)
                yield _Table(grid, _stems(grid.title) - FILLERS - {"list"})

    def check(self, documents: Sequence[CheckedDocument]) -> list[CheckedDocument]:
        """The documents, with the verdicts that the tables give to their statements."""
        return [self._checked(document) for document in documents] if self._tables else list(documents)

    def _checked(self, checked: CheckedDocument) -> CheckedDocument:
        document = checked.document
        about = (document.about or "").partition(":")[0]
        named = [t for t in self._tables if about in (t.grid.resource, t.grid.package)]
        known = _stems(f"{document.title or ''} {document.text[:_OPENING]}")
        tables = named or [t for t in self._tables if t.words & known]
        claims = [claim for claim in checked.reading.claims if claim.kind != "statement"]
        verdicts = {claim.claim_id: checked.verdicts[claim.claim_id] for claim in claims}
        sentences = split(document.text, document.zones, document.date)
        starts = [span.start for span in sentences]
        stated: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims:
            stated[bisect_right(starts, claim.start) - 1].append(claim)
        for number, span in enumerate(sentences):
            text, judged = span.of(document.text), [(c, verdicts[c.claim_id]) for c in stated[number]]
            found = self._judged(text, named or [t for t in tables if t.words <= known | _stems(text)])
            if found is not None and found[0].verdict in {v.verdict for _, v in judged}:
                continue  # another way of reading it says the same
            one = None if found is None else _claim(document, span, judged, found[1])
            if found is not None and one is not None:
                verdicts[one.claim_id] = found[0]
                claims += [one] if one.kind == "statement" else []
        claims.sort(key=lambda c: (c.start, c.end))
        return replace(checked, reading=replace(checked.reading, claims=tuple(claims)), verdicts=verdicts)

    def _judged(self, text: str, tables: Sequence[_Table]) -> tuple[Verdict, Answer] | None:
        """What the tables say to a sentence; None where none answers, or two differ."""
        found: list[tuple[Verdict, Answer]] = []
        for table in () if text.rstrip().endswith("?") else tables:
            said = answer(table.grid, read(table.grid, text))
            again = self._store.rows(said.sql) if said.sql else None
            ends = None if again is None else [Interval(row["low"], row["high"]) for row in again]
            if said.said and ends in (None, [said.said.value]):  # its SELECT gives the number again
                found.append((_verdict(table.grid, said, said.said), said))
        return found[0] if len({verdict.verdict for verdict, _ in found}) == 1 else None


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, tokens(text)))


def _verdict(grid: Grid, answer: Answer, said: Computed) -> Verdict:
    """The verdict with its rows as evidence: what is computed first, where something is."""
    rows = [replace(grid.row(n), relation=said.relation) for n in answer.rows]
    if answer.sql is not None:
        return replace(verdict_of(said, rows, answer.sql), rule="grids.statement")
    where = f"{grid.resource} {', '.join(row.row_id for row in rows)}"
    shown = "; ".join(row.note for row in rows[:2])
    return Verdict(
        verdict="supported" if answer.holds else "refuted", rule="grids.statement", evidence=tuple(rows),
        reason="same_cell" if answer.holds else "other_cell",
        explanation=f"{said.words} ({where}): {shown}." if said.words else f"{where} says so: {shown}.",
    )  # fmt: skip


def _claim(document: Document, span: Span, judged: _Judged, said: Answer) -> Claim | None:
    """The claim that a verdict is for: the only one of the sentence, if it is open, else one of its own; None
    where the sentence does not assert, or another way of reading it decided otherwise: of a sentence that is
    false by one of its cells another part may be true."""
    if not all(c.asserted for c, _ in judged):
        return None
    decided = [(c, v.verdict) for c, v in judged if v.verdict != "not_enough_evidence"]
    for claim, verdict in decided:
        number = None if claim.quantity is None else " ".join(tokens(claim.quantity.text))
        if verdict != "supported" or None in (said.failed, number) or number == said.failed:
            return None
    if len(judged) == 1 and not decided and judged[0][0].kind != "calendar":
        return judged[0][0]
    return Claim(
        claim_id=claim_key(document, "statement", span.start, span.end), kind="statement", start=span.start,
        end=span.end, text=span.of(document.text), measure=None, context=span, rule="grids.statement",
    )  # fmt: skip
