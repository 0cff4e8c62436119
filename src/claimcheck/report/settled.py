"""What is settled of documents, for paper and as CSV: what the tables decide, or reviewers settled on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimcheck.apart import all_that_can
from claimcheck.decisions import Review
from claimcheck.model import CheckedDocument, RunInfo, Verdict
from claimcheck.report.render import environment, page_style
from claimcheck.report.reviewed import review_words
from claimcheck.report.tables import csv_lines, csv_rows
from claimcheck.report.view import STANDINGS, DocumentView, Entry, Standing, document_view, of_verdict

NOT_REVIEWED = Review(state="open")
LEFT = ("open", "follow_up")
"""States of a claim in which the tables' verdict holds."""
Line = tuple[Entry, Standing]
"""A claim, and how it stands in the end."""


def settled(verdict: Verdict | None, review: Review | None) -> Standing | None:
    """How a claim stands where that is settled: by the reviewers where they settled on a verdict, else by the
    tables where these decide and nobody says that it is no claim; None where it is open."""
    review = review or NOT_REVIEWED
    if review.verdict is not None:
        return of_verdict(review.verdict)
    if verdict is None or verdict.verdict == "not_enough_evidence" or review.state not in LEFT:
        return None
    return of_verdict(verdict.verdict)


def render_settled_csv(documents: Iterable[CheckedDocument], reviews: Mapping[str, Review]) -> str:
    """The lines of `claims.csv` whose claims are settled."""

    def cells(checked: CheckedDocument, reviews: Mapping[str, Review]) -> list[list[str]]:
        verdicts, rows = checked.verdicts, csv_rows(checked, reviews)
        return [own for claim, own in rows if settled(verdicts.get(claim), reviews.get(claim)) is not None]

    return "".join(csv_lines(documents, reviews, cells))


def render_print(run: RunInfo, documents: Sequence[CheckedDocument], reviews: Mapping[str, Review]) -> str:
    """A page for paper: what is settled, with its rows, what is likely, and the numbers of the rest."""

    def page(sound: Sequence[CheckedDocument], stated: Sequence[str]) -> str:
        views = [_view(checked, f"d{n}", reviews) for n, checked in enumerate(sound, 1)]
        template = environment("html").get_template("print.html.j2")
        return template.render(run=run, views=views, faults=stated, **page_style("print.css"))

    return all_that_can(documents, page)


def _view(
    checked: CheckedDocument, prefix: str, reviews: Mapping[str, Review]
) -> tuple[DocumentView, list[Line], list[Entry], list[Entry]]:
    """A document with what is settled, the gravest first, what is likely, and what is neither."""
    words = {claim_id: review_words(review) for claim_id, review in reviews.items()}
    view = document_view(checked, prefix, words)
    gravity = list(STANDINGS.values())
    lines: list[Line] = []
    for entry in view.entries:
        own = entry.claim
        how = entry.standing if own is None else settled(entry.verdict, reviews.get(own.claim_id))
        if how is not None:
            lines.append((entry, how))
    lines.sort(key=lambda line: gravity.index(line[1]))
    done = {entry.anchor for entry, _ in lines}
    likely = [entry for entry in view.likely if entry.anchor not in done]
    rest = [e for e in view.entries if e.anchor not in done and not e.likely]
    return view, lines, likely, rest
