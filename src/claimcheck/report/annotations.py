"""Claims as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), for tools that show them.

Each points into its document twice: by position (code points of the text as read, as the standard counts)
and by quotation, which survives small changes of the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from claimcheck import __version__
from claimcheck.apart import apart
from claimcheck.decisions import Review
from claimcheck.decisions.standing import OPEN
from claimcheck.model import CheckedDocument, Claim, Document, RunInfo
from claimcheck.report.reviewed import review_words
from claimcheck.report.view import standing_of
from claimcheck.report.words.claims import claim_words
from claimcheck.report.words.verdicts import attributed
from claimcheck.safe import safe_url

AROUND = 32  # characters before and behind a quotation


def render_annotations(
    run: RunInfo, documents: Iterable[CheckedDocument], reviews: Mapping[str, Review] | None = None
) -> str:
    """An AnnotationCollection with one page that holds an annotation a claim."""
    items = [
        item
        for checked in documents
        for item in apart(
            checked.document.id,
            partial(_of_document, run, checked, reviews or {}),
            partial(_not_shown, run, checked),
        )
    ]
    name = f"urn:claimcheck:run:{quote(run.run_id, safe='')}"
    page = {"id": f"{name}:page:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    whole = {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": name, "type": "AnnotationCollection",
        "label": f"Claims checked in run {run.run_id}", "total": len(items), "first": page,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace").decode() + "\n"


def _of_document(
    run: RunInfo, checked: CheckedDocument, reviews: Mapping[str, Review]
) -> list[dict[str, Any]]:
    return [
        annotation(run, checked, claim, reviews.get(claim.claim_id, OPEN))
        for claim in sorted(checked.reading.claims, key=lambda c: (c.start, c.end, c.claim_id))
    ]


def _not_shown(run: RunInfo, checked: CheckedDocument, stated: str) -> list[dict[str, Any]]:
    """The one annotation of a document of which nothing else can be said."""
    source = _source(checked.document)
    return [
        {
            "id": f"{source}#not-shown",
            "type": "Annotation",
            "motivation": "commenting",
            "created": run.started,
            "body": [_body("commenting", stated)],
            "target": {"source": source},
        }
    ]


def annotation(run: RunInfo, checked: CheckedDocument, claim: Claim, review: Review) -> dict[str, Any]:
    """The annotation of a claim: its verdict as the assessment, its standing as a tag, its review if any."""
    verdict = checked.verdicts.get(claim.claim_id)
    standing = standing_of(claim, verdict)
    explained = f" {verdict.explanation}" if verdict and standing.key != "unasserted" else ""
    bodies = [
        _body("assessing", f"{standing.name}: {claim_words(claim, verdict)}.{explained}"),
        _body("tagging", verdict.verdict if verdict and standing.key != "unasserted" else standing.key),
    ]
    if verdict:
        bodies.append(_body("tagging", verdict.stage))
    if stated := attributed(claim, verdict):
        bodies.append(_body("commenting", stated))
    if said := review_words(review):
        bodies.append(_body("commenting", said))
    return {
        "id": f"urn:claimcheck:claim:{claim.claim_id}", "type": "Annotation", "motivation": "assessing",
        "created": run.started,
        "generator": {"id": "urn:claimcheck", "type": "Software", "name": f"claimcheck {__version__}"},
        "body": bodies, "target": _target(checked.document, claim),
    }  # fmt: skip


def _body(purpose: str, value: str) -> dict[str, str]:
    return {
        "type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain", "language": "en-GB"
    }  # fmt: skip


def _target(document: Document, claim: Claim) -> dict[str, Any]:
    text, start, end = document.text, claim.start, claim.end
    return {
        "source": _source(document),
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
        ],
    }


def _source(document: Document) -> str:
    """The address of a document, of its own or of ours."""
    name = quote(document.id, safe="", errors="replace")
    return safe_url(document.address) or safe_url(document.path) or f"urn:claimcheck:document:{name}"
