"""The overview of a run as HTML and Markdown, worked out before any template runs.

The store gives aggregates and names claims (`store.overview.Overview`); here they get their words, out
of the few documents that those claims stand in. What leaves the house is masked before it comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from claimcheck.apart import apart
from claimcheck.decisions import Review
from claimcheck.model import CheckedDocument, RunInfo
from claimcheck.report.figures import series_view
from claimcheck.report.history import Column, history_picture, moment_words
from claimcheck.report.quoted_claims import Links, Teller
from claimcheck.report.render import environment, page_style
from claimcheck.report.view import STANDINGS, Standing, Summary, of_verdict, short_title
from claimcheck.report.words.values import VERDICT_WORDS, reason_words
from claimcheck.store.overview import Counts, Line, Overview

Standings = tuple[tuple[Standing, int], ...]
Listed = tuple[Summary, str | None]
"""A document of the list, with the address of its page."""

STATUS_WORDS = {"claim": "in claims", "not_claim": "in none", "unresolved": "unresolved"}
GAP_WORDS = {
    "measure": "no table measures it",
    "place": "no row for this place",
    "time": "no row for this time",
    "row": "no row answers",
}
"""What a claim lacks."""
OTHER_RULE = "the same rows, by another rule"
OTHERWISE = "the same rows, read or compared otherwise"
REASONS = 12


def overview_html(view: Line) -> str:
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


def overview_markdown(view: Line) -> str:
    """The overview as Markdown; nothing of a document acts as markup."""
    return environment("markdown").get_template("overview.md.j2").render(view=view, run=view.run)


def overview_view(
    run: RunInfo,
    data: Overview,
    documents: Mapping[int, CheckedDocument],
    reviews: Mapping[str, Review],
    links: Links,
    *,
    pages: Sequence[str] = (),
    table: str | None = None,
) -> Line:
    """The overview in words, for a template. `documents` are those that `data.needed` names; `pages` the
    further pages of the list of documents, `table` the address of the table of all claims."""
    tell = Teller(documents, reviews, links)
    columns = tuple(Column(moment_words(line.started), line.counts) for line in data.history)
    apart_from_claims = [line for line in data.coverage if line.status != "claim"]
    return Line(
        run=run,
        data=data,
        started=moment_words(run.started),
        counts=standings(data.counts),
        columns=tuple(STANDINGS[key] for key, _ in data.counts),
        run_columns=tuple(_named(line.counts for line in data.history)),
        first=tuple(tell.many(data.first)),
        changes=tuple(_changes(data.since.changed if data.since else (), tell)),
        moves=tuple(_moves(data)),
        since=moment_words(data.since.started) if data.since else "",
        history=history_picture(columns, "runs"),
        history_columns=columns,
        covered=tuple(_covered(data.coverage)),
        coverage=tuple((line, STATUS_WORDS[line.status]) for line in apart_from_claims[:REASONS]),
        coverage_left=sum(line.numbers + line.times for line in apart_from_claims[REASONS:]),
        wanted=tuple((g, GAP_WORDS[g.link], _wanted(g), tell(g.claim_id, g.document_key)) for g in data.gaps),
        problems=tuple((p, _at(links(p.document_key), f"d1-f{p.number}")) for p in data.problems),
        series=tuple(_series(data.series, tell)),
        documents=tuple(listed(data.document_lines, links)),
        pages=tuple(pages),
        table=table,
    )


def _series(series: Iterable[Line], tell: Teller) -> Iterator[dict[str, Any]]:
    """Each series; of one that cannot be drawn what is said of that."""
    for n, one in enumerate(series, 1):
        yield apart(
            one.measure,
            partial(series_view, one, tell, f"s{n}"),
            lambda stated, one=one: {"title": one.measure, "lead": stated, "picture": None, "rows": ()},  # type: ignore[misc]
        )


def listed(lines: Iterable[Line], links: Links) -> Iterator[Listed]:
    """Documents for a list, with the addresses of their pages."""
    for d in lines:
        title = short_title(d.title.strip())
        yield Summary(title, d.doc_id, d.date, d.claims, standings(d.counts)), links(d.document_key)


def standings(counts: Counts) -> Standings:
    """Counts with the signs and names of the standings."""
    return tuple((STANDINGS[key], number) for key, number in counts)


def _named(counts: Iterable[Counts]) -> Iterator[Standing]:
    """The standings that have a number anywhere."""
    there = {key for one in counts for key, _ in one}
    return (standing for key, standing in STANDINGS.items() if key in there)


def _at(page: str | None, anchor: str) -> str | None:
    return f"{page}#{anchor}" if page else None


def _standing(verdict: str | None) -> Standing | None:
    return None if verdict is None else of_verdict(verdict)


def _changes(changed: Iterable[Line], tell: Teller) -> Iterator[Line]:
    """The verdicts that changed: what each was and is, and what brought that about."""
    for one in changed:
        if (stated := tell(one.claim_id, one.document_key)) is not None:
            yield Line(
                claim=stated,
                before=_standing(one.before),
                after=_standing(one.after),
                reasons=(reason_words(one.reason_before), reason_words(one.reason_after)),
                causes=one.causes or (OTHER_RULE if one.rule_changed else OTHERWISE,),
            )


def _moves(data: Overview) -> Iterator[str]:
    """ "3 from Undecided to Supported"."""
    for before, after, number in data.since.moves if data.since else ():
        names = (VERDICT_WORDS[v] if v else "no verdict" for v in (before, after))
        yield f"{number:,} from {' to '.join(names)}"


def _covered(lines: Sequence[Line]) -> Iterator[Line]:
    """What became of all numbers, and of all dates and times."""
    for what, name in (("numbers", "Numbers"), ("times", "Dates and times")):
        sums = {s: sum(getattr(line, what) for line in lines if line.status == s) for s in STATUS_WORDS}
        yield Line(name=name, total=sum(sums.values()), **sums)


def _wanted(gap: Line) -> str:
    """What a wanted row would be of: a measure of the tables, the text's own words, or an event."""
    measure = gap.measure or ""
    if verb := measure.removeprefix("event: ") if measure.startswith("event: ") else "":
        return f"an event: “{verb}”" if verb != "event" else "an event"
    return f"“{measure}”" if measure and gap.link == "measure" else measure or "–"
