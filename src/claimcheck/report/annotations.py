"""Claims as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), for tools that show them.

Each points into its document twice: by position (code points of the text as read, as the standard counts)
and by quotation, which survives small changes of the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from claimcheck import __version__
from claimcheck.decisions import Review
from claimcheck.decisions.standing import OPEN
from claimcheck.model import CheckedDocument, Claim, Document, RunInfo
from claimcheck.report.readings import claim_words
from claimcheck.report.reviewed import review_words
from claimcheck.report.safe import safe_url
from claimcheck.report.stages import attributed
from claimcheck.report.view import standing_of

AROUND = 32  # characters before and behind a quotation


def render_annotations(
    run: RunInfo, documents: Iterable[CheckedDocument], reviews: Mapping[str, Review] | None = None
) -> str:
    """An AnnotationCollection with one page that holds an annotation a claim."""
    items = [
        annotation(run, checked, claim, (reviews or {}).get(claim.claim_id, OPEN))
        for checked in documents
        for claim in sorted(checked.reading.claims, key=lambda c: (c.start, c.end, c.claim_id))
    ]
    name = f"urn:claimcheck:run:{quote(run.run_id, safe='')}"
    page = {"id": f"{name}:page:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    whole = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": name,
        "type": "AnnotationCollection",
        "label": f"Claims checked in run {run.run_id}",
        "total": len(items),
        "first": page,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace").decode() + "\n"


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
    if told := attributed(claim, verdict):
        bodies.append(_body("commenting", told))
    if said := review_words(review):
        bodies.append(_body("commenting", said))
    return {
        "id": f"urn:claimcheck:claim:{claim.claim_id}",
        "type": "Annotation",
        "motivation": "assessing",
        "created": run.started,
        "generator": {"id": "urn:claimcheck", "type": "Software", "name": f"claimcheck {__version__}"},
        "body": bodies,
        "target": _target(checked.document, claim),
    }


def _body(purpose: str, value: str) -> dict[str, str]:
    return {
        "type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain", "language": "en-GB"
    }  # fmt: skip


def _target(document: Document, claim: Claim) -> dict[str, Any]:
    text, start, end = document.text, claim.start, claim.end
    name = quote(document.id, safe="", errors="replace")
    return {
        "source": safe_url(document.address) or safe_url(document.path) or f"urn:claimcheck:document:{name}",
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
