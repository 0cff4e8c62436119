"""Documents judged by the tables that are read by their headers.

A sentence is held against a table only where the document says that it is about it: its `about` names the
table, or every word of the table's title stands in the document's title, its opening or the sentence itself.
What a table says is the verdict of the only claim of the sentence, where it has one that is open; else it is
a claim of its own, of the kind `statement`. Where nobody has checked what the columns mean, nothing else
decides by them.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claimcheck.documents.sentences import split
from claimcheck.grids.forms import Answer, answer
from claimcheck.grids.grid import Grid, stem_of, tokens
from claimcheck.grids.reading import read
from claimcheck.linking.rows import Tables
from claimcheck.model import (
    CheckedDocument,
    Claim,
    Document,
    Evidence,
    Reading,
    Relation,
    Span,
    Verdict,
    claim_key,
)
from claimcheck.reference.schema import MOST_ROWS, UNCHECKED

_OPENING = 600  # characters in which a document says what it is about
_EMPTY_WORDS = frozenset(
    {"of", "the", "a", "an", "in", "at", "and", "list", "by", "who", "have", "for", "on", "to", "s"}
)
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
    confidence: str | None

    def is_named_by(self, document: Document) -> bool:
        """True if the document's `about` names the table, a row of it, or its package."""
        return (document.about or "").partition(":")[0] in (self.grid.resource, self.grid.package)


class Statements:
    """Judges what sentences say of the published tables that are read by their headers."""

    def __init__(self, store: Tables) -> None:
        self._store = store
        self._tables = list(self._read())

    def _read(self) -> Iterator[_Table]:
        for r in self._store.rows(_HEADERS):
            found = self._store.rows(_ROWS, [r["package"], r["resource"]])
            if not 0 < len(found) <= MOST_ROWS:
                continue
            rows = []
            for row in found:
                cells = json.loads(row["raw"])
                rows.append((row["row_id"], [cells.get(name) or "" for name in r["names"]]))
            grid = Grid(r["package"], r["resource"], r["title"] or "", r["names"], rows)
            yield _Table(grid, _stems(grid.title) - _EMPTY_WORDS, found[0]["confidence"])

    def check(self, documents: Sequence[CheckedDocument]) -> list[CheckedDocument]:
        """The documents, with the verdicts that the tables give to their statements."""
        return [self._checked(document) for document in documents] if self._tables else list(documents)

    def _checked(self, checked: CheckedDocument) -> CheckedDocument:
        document = checked.document
        known = _stems(f"{document.title or ''} {document.text[:_OPENING]}")
        tables = [t for t in self._tables if t.is_named_by(document)] or [
            t for t in self._tables if t.words & known
        ]
        claims: dict[int, list[Claim]] = defaultdict(list)
        sentences = split(document.text, document.zones, document.date)
        starts = [span.start for span in sentences]
        for claim in checked.reading.claims:
            if claim.kind != "statement":
                claims[bisect_right(starts, claim.start) - 1].append(claim)
        stated: list[tuple[Claim, Verdict]] = []
        for number, span in enumerate(sentences):
            mine = claims[number]
            found = self._judged(document, span, tables, known) if tables else None
            if found is not None and found[0].verdict in {checked.verdicts[c.claim_id].verdict for c in mine}:
                continue  # another way of reading it says the same
            one = None if found is None else _stated(document, span, mine, checked, *found)
            if one is not None:
                stated.append(one)
            elif any(self._rests_on_guesses(checked.verdicts.get(c.claim_id)) for c in mine):
                stated += self._unconfirmed(span.of(document.text), mine, checked, tables)
        return _with(checked, stated)

    def _rests_on_guesses(self, verdict: Verdict | None) -> bool:
        """True if a verdict rests on nothing but tables whose columns nobody has checked."""
        packages = {t.grid.package for t in self._tables if t.confidence == UNCHECKED}
        return (
            verdict is not None
            and verdict.verdict != "not_enough_evidence"
            and all(row.package in packages for row in verdict.evidence)
        )

    def _unconfirmed(
        self, text: str, claims: Sequence[Claim], checked: CheckedDocument, tables: Sequence[_Table]
    ) -> Iterator[tuple[Claim, Verdict]]:
        """The verdicts that rest on guessed columns alone, taken back: the table read as a whole does not
        confirm them."""
        unread = next((word for t in tables if (word := read(t.grid, text).unread) is not None), None)
        why = "it may be read in several ways" if tables else "the document does not say that it is about it"
        why = why if unread is None else f"nothing in it explains “{unread}”"
        stated = f"The columns of the table are guessed, and read as a whole it decides nothing: {why}."
        for claim in claims:
            before = checked.verdicts.get(claim.claim_id)
            if before is not None and self._rests_on_guesses(before):
                rows = tuple(replace(row, relation="neutral") for row in before.evidence)
                words = () if unread is None else (unread,)
                yield claim, Verdict(
                    verdict="not_enough_evidence", reason="undecided", explanation=stated, evidence=rows,
                    rule="grids.statement", unexplained=words,
                )  # fmt: skip

    def _judged(
        self, document: Document, span: Span, tables: Sequence[_Table], known: frozenset[str]
    ) -> tuple[Verdict, Answer] | None:
        """What the tables say to a sentence; None where none answers, or two differ."""
        text = span.of(document.text)
        if text.rstrip().endswith("?"):
            return None
        verdicts: list[tuple[Verdict, Answer]] = []
        mine = known | _stems(text)
        for table in tables:
            if not table.is_named_by(document) and not table.words <= mine:
                continue
            found = read(table.grid, text)
            said = answer(table.grid, found.items) if found.items else None
            if said is None or said.holds is None or not self._gives(said):
                continue
            verdicts.append((_verdict(table, said), said))
        return verdicts[0] if len({v.verdict for v, _ in verdicts}) == 1 else None

    def _gives(self, said: Answer) -> bool:
        """True if the SELECT of an aggregate returns the number that the verdict rests on."""
        if said.query is None:
            return True
        rows = self._store.rows(said.query)
        return len(rows) == 1 and rows[0]["best"] is not None and Decimal(str(rows[0]["best"])) == said.value


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem_of, tokens(text)))


def _verdict(table: _Table, said: Answer) -> Verdict:
    """The verdict with its rows as evidence: the aggregate first, where there is one."""
    grid = table.grid
    relation: Relation = "supports" if said.holds else "refutes"
    common = Evidence(
        table=grid.resource, row_id=said.words, source_id=None, relation=relation, note=said.words,
        name=grid.title, confidence=table.confidence, package=grid.package,
    )  # fmt: skip
    evidence = []
    if said.query is not None and said.value is not None:
        value = round(said.value, 9)
        evidence.append(replace(common, low=value, best=value, high=value, sql=said.query))
        common = replace(common, relation="neutral")
    evidence += (replace(common, row_id=grid.row_ids[n], note=grid.shown(n)) for n in said.rows)
    rows = f"{grid.resource} {', '.join(grid.row_ids[n] for n in said.rows)}"
    stated = f"{said.words} ({rows})" if said.words else f"{rows} says so: {grid.shown(said.rows[0])}"
    if said.words and said.query is None:
        stated += f": {'; '.join(grid.shown(n) for n in said.rows[:2])}"
    reason = "aggregate" if said.query is not None else "same_cell" if said.holds else "other_cell"
    return Verdict(
        verdict="supported" if said.holds else "refuted", reason=reason, explanation=stated + ".",
        evidence=tuple(evidence), rule="grids.statement",
    )  # fmt: skip


def _stated(
    document: Document, span: Span, claims: Sequence[Claim], checked: CheckedDocument,
    verdict: Verdict, said: Answer,
) -> tuple[Claim, Verdict] | None:  # fmt: skip
    """The claim that a verdict is for: the only one of the sentence, if it is open, else one of its own; None
    where the sentence does not assert, or another way of reading it decided otherwise: of a sentence that is
    false by one of its cells another part may be true."""
    if any(not c.asserted and not (said.is_denial and c.hedge == "negation") for c in claims):
        return None
    decided = [c for c in claims if checked.verdicts[c.claim_id].verdict != "not_enough_evidence"]
    for claim in decided:
        number = None if claim.quantity is None else " ".join(tokens(claim.quantity.text))
        beside = said.failed is not None and number is not None and number != said.failed
        if not (beside and checked.verdicts[claim.claim_id].verdict == "supported"):
            return None
    if len(claims) == 1 and not decided and claims[0].asserted and claims[0].kind != "calendar":
        return claims[0], verdict
    text = span.of(document.text)
    claim = Claim(
        claim_id=claim_key(document, "statement", span.start, span.end), kind="statement", start=span.start,
        end=span.end, text=text, measure=None, context=span, rule="grids.statement",
    )  # fmt: skip
    return claim, verdict


def _with(checked: CheckedDocument, stated: Sequence[tuple[Claim, Verdict]]) -> CheckedDocument:
    """The document with these verdicts; claims of its own stand in text order."""
    if not stated and not any(c.kind == "statement" for c in checked.reading.claims):
        return checked
    verdicts = dict(checked.verdicts)
    claims = [c for c in checked.reading.claims if c.kind != "statement"]
    verdicts |= {claim.claim_id: verdict for claim, verdict in stated}
    claims += [claim for claim, _ in stated if claim.kind == "statement"]
    claims.sort(key=lambda c: (c.start, c.end))
    kept = {c.claim_id for c in claims}
    reading: Reading = replace(checked.reading, claims=tuple(claims))
    return replace(checked, reading=reading, verdicts={c: v for c, v in verdicts.items() if c in kept})
