"""The overview of a run as HTML, Markdown and JSON, and the further pages of its list of documents."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from claimcheck.model import RunInfo
from claimcheck.output import number
from claimcheck.report.overview import Listed, OverviewView
from claimcheck.report.quoted_claims import QuotedClaim
from claimcheck.report.render import environment, page_style
from claimcheck.report.view import Standing

MOST = 160
"""Characters of an example or a finding: fewer than the store cuts at, so that no half of a name is left."""


def overview_html(view: OverviewView) -> str:
    """The overview as one page that needs no network and no script."""
    return (
        environment("html").get_template("overview.html.j2").render(view=view, run=view.run, **page_style())
    )


def documents_html(
    run: RunInfo, rows: Sequence[Listed], number: int, first: int, total: int, pages: Sequence[str]
) -> str:
    """Page `number` of the list of documents: those from the `first` on, of `total`."""
    template = environment("html").get_template("documents.html.j2")
    given = {"rows": rows, "number": number, "first": first, "total": total, "pages": pages}
    return template.render(run=run, here=pages[number - 2], **given, **page_style())


def overview_markdown(view: OverviewView) -> str:
    """The overview as Markdown; nothing of a document acts as markup."""
    return environment("markdown").get_template("overview.md.j2").render(view=view, run=view.run)


def overview_json(view: OverviewView) -> str:
    """The overview for machines: what the page shows, with the figures of its pictures."""
    data = view.data
    whole = {
        "run": {**asdict(view.run), "packages": dict(view.run.packages)},
        "documents": data.documents,
        "documents_elsewhere": data.elsewhere,
        "claims": data.claims,
        "standings": dict(data.counts),
        "reviewed": data.reviewed,
        "another_look": data.another_look,
        "look_first": [_quoted(stated) for stated in view.first],
        "since": _since(view),
        "history": [
            {
                "run_id": h.run_id,
                "started": h.started,
                "standings": dict(h.counts),
                "new": [str(one) for one in h.news],
            }
            for h in data.history
        ],
        "measures": [
            {"measure": m.measure, "in_tables": m.known, "claims": m.claims, "standings": dict(m.counts)}
            for m in data.measures
        ],
        "measures_left": data.measures_left,
        "coverage": [
            {"what": c.name, "read": c.total, "claim": c.claim, "not_claim": c.not_claim,
             "unresolved": c.unresolved}
            for c in view.covered
        ],
        "coverage_reasons": [replace(c, example=c.example[:MOST]) for c in data.coverage],
        "wanted_rows": [
            {"lacks": w.gap.link, "measure": w.gap.measure, "place": w.gap.place, "year": w.gap.year,
             "claims": w.gap.claims, "documents": w.gap.documents, "example": w.gap.claim_id}
            for w in view.wanted
        ],
        "wanted_rows_left": data.gaps_left,
        "findings": data.findings,
        "problems": [
            {"document": p.doc_id, "kind": p.kind, "text": p.text[:MOST], "explanation": p.explanation,
             "link": link}
            for p, link in view.problems
        ],
        "quarantine": data.quarantine,
        "quarantine_left": data.quarantine_left,
        "series": [
            {"measure": s.measure, "type": s.measure_type, "place": s.place, "figures": s.figures,
             "claims": [claim_id for claim_id, _ in s.claims], "claims_left": s.claims_left}
            for s in data.series
        ],
        "series_without_claims": data.series_without_claims,
        "document_list": [
            {"document": s.id, "title": s.title, "date": s.date, "claims": s.claims, "link": link,
             "standings": {standing.key: n for standing, n in s.counts}}
            for s, link in view.documents
        ],
    }  # fmt: skip
    text = json.dumps(_plain(whole), ensure_ascii=False, indent=1)
    return text.encode("utf-8", "replace").decode() + "\n"


def _since(view: OverviewView) -> dict[str, Any] | None:
    since = view.data.since
    if since is None:
        return None
    return {
        "run_id": since.run_id,
        "new_in_the_run": [*map(str, since.news)],
        "changes": since.changes,
        "new_claims": since.new_claims,
        "gone_claims": since.gone_claims,
        "moves": [{"before": before, "after": after, "claims": n} for before, after, n in since.moves],
        "changed": [
            {**_quoted(c.told), "before": _key(c.before), "after": _key(c.after), "through": c.causes}
            for c in view.changes
        ],
    }


def _quoted(stated: QuotedClaim) -> dict[str, Any]:
    return {
        "claim_id": stated.claim_id, "document": stated.document_id, "standing": stated.standing.key,
        "text": stated.quote.text, "reading": stated.reading, "explanation": stated.why, "link": stated.link,
        "review": stated.review,
    }  # fmt: skip


def _key(standing: Standing | None) -> str | None:
    return standing.key if standing else None


def _plain(value: Any) -> Any:
    """Values as JSON knows them."""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
