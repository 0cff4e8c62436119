"""All claims for a spreadsheet (CSV) and for programs (JSON), a document at a time."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import partial

from claimcheck.apart import apart
from claimcheck.decisions import Review
from claimcheck.model import CheckedDocument, RunInfo
from claimcheck.report.reviewed import review_words
from claimcheck.report.view import standing_of
from claimcheck.report.words.claims import claim_words, whereabouts
from claimcheck.safe import safe_url, spreadsheet_cell

NOTHING_REVIEWED: Mapping[str, Review] = {}
_SURROGATE = re.compile("[\ud800-\udfff]")


def render_csv(documents: Iterable[CheckedDocument], reviews: Mapping[str, Review] = NOTHING_REVIEWED) -> str:
    """A line a claim (RFC 4180, CRLF), safe to open in a spreadsheet.

    A cell that begins like a formula (= + - @ tab CR) gets a leading apostrophe, so text from a document
    never runs; numbers stay numbers. See `claimcheck.safe.spreadsheet_cell`.
    """
    return "".join(csv_lines(documents, reviews))


def csv_lines(
    documents: Iterable[CheckedDocument],
    reviews: Mapping[str, Review],
    cells: Callable[[CheckedDocument, Mapping[str, Review]], list[list[str]]] | None = None,
) -> Iterator[str]:
    """The same, a document at a time; `cells` gives its lines, where it is not all of them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for checked in documents:
        lines = partial(cells or _cells, checked, reviews)
        writer.writerows(apart(checked.document.id, lines, _stated(checked)))
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def render_json(
    run: RunInfo, documents: Iterable[CheckedDocument], reviews: Mapping[str, Review] = NOTHING_REVIEWED
) -> str:
    """The contract's objects under `documents`, with the run's provenance under `run`, and the states of
    reviewed claims under `reviews`."""
    return "".join(json_lines(run, documents, reviews))


def json_lines(
    run: RunInfo, documents: Iterable[CheckedDocument], reviews: Mapping[str, Review]
) -> Iterator[str]:
    """The same, a document at a time."""
    from claimcheck.output import document_dict

    states = {
        claim_id: {
            "state": review.state,
            "verdict": review.verdict,
            "words": review_words(review),
            **_reviewed_rows(review),
        }
        for claim_id, review in reviews.items()
    }
    yield f'{{"run": {_json({**asdict(run), "packages": dict(run.packages)})},\n"documents": ['
    for n, checked in enumerate(documents):
        doc_id = checked.document.id
        text = apart(
            doc_id,
            lambda checked=checked: _json(document_dict(checked)),  # type: ignore[misc]
            lambda stated, doc_id=doc_id: _json({"id": doc_id, "error": stated}),  # type: ignore[misc]
        )
        yield f"{',' if n else ''}\n{text}"
    yield f'\n],\n"reviews": {_json(states)}}}\n'


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return _SURROGATE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


CSV_COLUMNS = (
    "document", "document_date", "number", "claim_id", "kind", "start", "end", "where", "text", "reading",
    "standing", "verdict", "reason", "explanation", "stage", "measure", "low", "high", "comparator", "unit",
    "noun", "date_start", "date_end", "place", "actor", "speaker", "attribution", "asserted", "supporting",
    "refuting", "neutral", "rows", "urls", "review", "reviewed_verdict", "reviewed_row",
)  # fmt: skip


def _cells(checked: CheckedDocument, reviews: Mapping[str, Review]) -> list[list[str]]:
    """The lines of a document, ready to be written."""
    return [cells for _, cells in csv_rows(checked, reviews)]


def csv_rows(checked: CheckedDocument, reviews: Mapping[str, Review]) -> Iterator[tuple[str, list[str]]]:
    """Each claim's id and its cells, ready to be written."""
    for row in _csv_rows(checked, reviews):
        yield str(row["claim_id"]), [spreadsheet_cell(row[name]) for name in CSV_COLUMNS]


def _reviewed_rows(review: Review) -> dict[str, object]:
    """The row that answers by the reviewers, or those of which none does."""
    answer = review.row
    return {} if answer is None else {"answers": answer.answers, "rows": [key.key for key in answer.rows]}


def _reviewed_row(review: Review | None) -> str | None:
    answer = None if review is None else review.row
    return answer.rows[0].key if answer is not None and answer.answers else None


def _stated(checked: CheckedDocument) -> Callable[[str], list[list[str]]]:
    """The one line of a document of which nothing else can be said."""

    def line(stated: str) -> list[list[str]]:
        given = {"document": checked.document.id, "standing": "not shown", "explanation": stated}
        return [[spreadsheet_cell(given.get(name)) for name in CSV_COLUMNS]]

    return line


def _csv_rows(checked: CheckedDocument, reviews: Mapping[str, Review]) -> Iterable[dict[str, object]]:
    claims = sorted(checked.reading.claims, key=lambda c: (c.start, c.end, c.claim_id))
    where = whereabouts(checked.document)
    for number, claim in enumerate(claims, 1):
        verdict = checked.verdicts.get(claim.claim_id)
        rows = verdict.evidence if verdict else ()
        relations = [row.relation for row in rows]
        review = reviews.get(claim.claim_id)
        given: dict[str, object] = {
            "document": checked.document.id, "document_date": checked.document.date, "number": number,
            "where": where(claim.start), "reading": claim_words(claim, verdict),
            "standing": standing_of(claim, verdict).name, "supporting": relations.count("supports"),
            "refuting": relations.count("refutes"), "neutral": relations.count("neutral"),
            "rows": " ".join(f"{row.table}:{row.row_id}" for row in rows),
            "urls": " ".join(dict.fromkeys(url for row in rows if (url := safe_url(row.url)))),
            "review": review_words(review) if review else None,
            "reviewed_verdict": review.verdict if review else None, "reviewed_row": _reviewed_row(review),
        }  # fmt: skip
        for part, names in (
            (claim, "claim_id kind start end text measure asserted"),
            (verdict, "verdict reason explanation stage attribution"),
            (claim.quantity, "low high comparator unit noun"),
            (claim.time, "date_start date_end"),
        ):
            given.update((name, getattr(part, name, None)) for name in names.split())
        links = {"place": claim.place, "actor": claim.actor, "speaker": claim.speaker}
        yield given | {name: link.text if link else None for name, link in links.items()}
