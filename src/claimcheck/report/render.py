"""Reports of a run: one self-contained HTML page, Markdown, CSV and JSON.

The page needs no network and no script: it works from disk, prints, and carries a Content-Security-Policy
that admits its one style sheet, by hash, and nothing else. Documents are untrusted. Jinja escapes whatever
a template prints, and `_shown` turns every character that hides or reorders text into a visible label.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from claimcheck.apart import apart
from claimcheck.atomic_files import written
from claimcheck.decisions import Review
from claimcheck.model import CheckedDocument, RunInfo
from claimcheck.report import EVERY_FORMAT, FORMATS
from claimcheck.report.annotations import render_annotations
from claimcheck.report.claimreview import House, render_claimreview
from claimcheck.report.picture import SIGNS
from claimcheck.report.reviewed import review_words
from claimcheck.report.statements import QUIET
from claimcheck.report.tables import render_csv, render_json
from claimcheck.report.view import STANDINGS, DocumentView, Summary, document_view, summary_of
from claimcheck.report.words.rows import cited, why
from claimcheck.report.words.values import (
    RELATION_WORDS,
    day_range,
    day_words,
    days_opened,
    evidence_numbers,
    reporter,
    row_when,
)
from claimcheck.safe import character_name, code_point, file_stem, replace_hidden, safe_url, visible

NOTHING_REVIEWED: Mapping[str, Review] = {}


def render_html(
    run: RunInfo,
    checked: CheckedDocument,
    reviews: Mapping[str, Review] = NOTHING_REVIEWED,
    home: str | None = None,
) -> str:
    """A document's report as one page.

    `reviews` are what reviewers made of claims, by id (`store.decisions.reviews`); `home` is the address of
    the overview of the run.
    """
    return apart(
        checked.document.id,
        lambda: _page(run, [_view(checked, reviews)], home=home),
        lambda stated: _page(run, faults=[stated], home=home),
    )


def render_overview(run: RunInfo, rows: Sequence[tuple[Summary, str]]) -> str:
    """A page that lists documents, each with the address of its own report."""
    return _page(run, rows=_gravest(rows))


def render_markdown(
    run: RunInfo, checked: CheckedDocument, reviews: Mapping[str, Review] = NOTHING_REVIEWED
) -> str:
    """The same report as Markdown, for a ticket or a terminal; nothing of a document acts as markup."""
    render = partial(environment("markdown").get_template("report.md.j2").render, run=run)
    return apart(
        checked.document.id,
        lambda: render(views=[_view(checked, reviews)], faults=()),
        lambda stated: render(views=(), faults=[stated]),
    )


def write_reports(
    folder: Path,
    run: RunInfo,
    documents: Sequence[CheckedDocument],
    formats: Iterable[str] = FORMATS,
    reviews: Mapping[str, Review] = NOTHING_REVIEWED,
    house: House | None = None,
    *,
    index: bool = True,
    home: str | None = None,
) -> list[Path]:
    """Write the reports and return their paths, the page to open first in front.

    One document gives a file a format, named after it. Several give a page (and a Markdown file) each,
    `index.html` and `index.md` over them, and one `claims.csv` and `claims.json` for all. The CSV starts
    with a byte order mark, without which Excel misreads every letter that is not English. `house` is who
    publishes the reviews (claimreview).
    Without `index` no page over several is written: there is an overview, at `home`.
    Raises ValueError for an unknown format.
    """
    wanted = list(dict.fromkeys(formats))
    unknown = [name for name in wanted if name not in EVERY_FORMAT]
    if unknown:
        raise ValueError(f"unknown report format {unknown[0]!r}: choose from {', '.join(EVERY_FORMAT)}")
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    if "html" in wanted:
        pages = partial(render_html, reviews=reviews, home=home)
        paths += _write_pages(folder, ".html", run, documents, pages, render_overview if index else None)
    if "markdown" in wanted:
        pages = partial(render_markdown, reviews=reviews)
        paths += _write_pages(folder, ".md", run, documents, pages, _markdown_overview if index else None)
    if "csv" in wanted:
        paths.append(written(folder / "claims.csv", render_csv(documents, reviews), "utf-8-sig"))
    if "json" in wanted:
        paths.append(written(folder / "claims.json", render_json(run, documents, reviews)))
    return [*paths, *for_publishers(folder, run, lambda: documents, wanted, reviews, house)]


def for_publishers(
    folder: Path,
    run: RunInfo,
    documents: Callable[[], Iterable[CheckedDocument]],
    wanted: Sequence[str],
    reviews: Mapping[str, Review],
    house: House | None,
) -> Iterator[Path]:
    """One file for all documents in each of the formats that a run does not write by itself."""
    from claimcheck.report.settled import render_print, render_settled_csv  # these need this module

    if "claimreview" in wanted:
        yield written(folder / "claimreview.jsonld", render_claimreview(documents(), reviews, house))
    if "annotations" in wanted:
        yield written(folder / "annotations.jsonld", render_annotations(run, documents(), reviews))
    if "settled" in wanted:
        yield written(folder / "settled.csv", render_settled_csv(documents(), reviews), "utf-8-sig")
    if "print" in wanted:
        yield written(folder / "print.html", render_print(run, list(documents()), reviews))


def _name(document_id: str) -> str:
    """The last part of an id that is a path, without the suffix of a kind of document."""
    name = re.split(r"[/\\]", document_id)[-1]
    return re.sub(r"\.(txt|md|html?|pdf|docx|jsonl)$", "", name, flags=re.IGNORECASE)


def page_stems(ids: Iterable[str]) -> list[str]:
    """The names of documents' pages, without suffix, in the order of the documents' ids."""
    taken = {"claims", "claimreview", "annotations", "print", *(f"documents-{n}" for n in range(2, 9))}
    return [file_stem(_name(document_id), taken) for document_id in ids]


def _write_pages(
    folder: Path,
    suffix: str,
    run: RunInfo,
    documents: Sequence[CheckedDocument],
    render: Callable[[RunInfo, CheckedDocument], str],
    overview: Callable[[RunInfo, Sequence[tuple[Summary, str]]], str] | None,
) -> list[Path]:
    """A page a document, and the overview in front where they are not exactly one."""
    paths, rows = [], []
    stems = page_stems([checked.document.id for checked in documents])
    for checked, stem in zip(documents, stems, strict=True):
        name = stem + suffix
        paths.append(written(folder / name, render(run, checked)))
        rows.append((_summary(checked), name))
    if len(documents) != 1 and overview is not None:
        paths.insert(0, written(folder / f"index{suffix}", overview(run, rows)))
    return paths


def _summary(checked: CheckedDocument) -> Summary:
    """What a list says of a document; of one that cannot be summed up its id alone."""
    document = checked.document
    nothing = Summary(document.id, document.id, document.date, len(checked.reading.claims), ())
    return apart(document.id, lambda: summary_of(checked), lambda stated: nothing)


def _markdown_overview(run: RunInfo, rows: Sequence[tuple[Summary, str]]) -> str:
    return environment("markdown").get_template("index.md.j2").render(run=run, rows=_gravest(rows))


def _page(
    run: RunInfo,
    views: Sequence[DocumentView] = (),
    rows: Sequence[tuple[Summary, str]] = (),
    home: str | None = None,
    faults: Sequence[str] = (),
) -> str:
    template = environment("html").get_template("report.html.j2")
    return template.render(run=run, views=views, rows=rows, home=home, faults=faults, **page_style())


def page_style(name: str = "report.css") -> dict[str, Markup]:
    """A page's one style sheet, with the hash by which the page's policy admits it."""
    css = style_sheet(name)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return {"css": Markup(css), "css_hash": Markup(digest)}


def _view(checked: CheckedDocument, reviews: Mapping[str, Review]) -> DocumentView:
    return document_view(checked, "d1", {claim_id: review_words(r) for claim_id, r in reviews.items()})


@cache
def style_sheet(name: str = "report.css") -> str:
    """The style sheet of the reports, which holds the pictures' classes too, or another one."""
    return resources.files("claimcheck").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def environment(kind: Literal["html", "markdown"], package: str = "claimcheck") -> Environment:
    """Templates that escape whatever they print: as HTML, or as Markdown that nothing can break out of.

    Those of `package` come first, those of the reports behind them.
    """
    html = kind == "html"
    env = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in dict.fromkeys((package, "claimcheck"))]),
        autoescape=html, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, finalize=_shown if html else markdown_text,
    )  # fmt: skip
    env.filters.update(_FILTERS)
    env.tests["quiet_entry"] = lambda entry: entry.standing.key in QUIET
    return env


def _shown(value: Any) -> Any:
    """What a template prints: text escaped, its hidden characters as labels that say what they are."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(replace_hidden(str(escape(value)), _label))


def _label(char: str) -> str:
    return f'<span class="cp" title="{character_name(char)}">{code_point(char)}</span>'


def markdown_text(value: Any) -> Any:
    """Text for Markdown: in one line, hidden characters written out, its own markup switched off."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    line = re.sub(r"[\r\n\t]+", " ", visible(value))
    return _MARKDOWN.sub(r"\\\g<0>", line).replace("&", "&amp;")


_MARKDOWN = re.compile(r"[\\`*_\[\]<>|#~]")


def _clip(text: str, most: int) -> str:
    """The text with an ellipsis where it is longer, cut between words where that is near."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ", most - 24)
    return (cut if space < 0 else cut[:space]).rstrip(" ,;") + "…"


def _bar(view: DocumentView | Summary) -> list[tuple[str, float, float]]:
    """The counts as stretches of the whole width (key, start and width in per cent of it), with a gap of a
    third of a per cent between them."""
    total = sum(number for _, number in view.counts)
    parts, x = [], 0.0
    for standing, number in view.counts:
        width = 100 * number / total
        parts.append((standing.key, round(x, 3), round(max(0.2, width - 0.3), 3)))
        x += width
    return parts


def _gravest(rows: Iterable[tuple[Summary, str]]) -> list[tuple[Summary, str]]:
    """Documents with the most refuted claims first, then the most contested, and so on."""

    def weight(row: tuple[Summary, str]) -> list[int]:
        by_key = {standing.key: number for standing, number in row[0].counts}
        return [-by_key.get(key, 0) for key in STANDINGS]

    return sorted(rows, key=weight)


_FILTERS: Mapping[str, Callable[..., Any]] = {
    "bar": _bar,
    "clip": _clip,
    "day": day_words,
    "days_opened": days_opened,
    "cited": lambda entry: cited(entry.explanation, entry.rows, entry.anchor, _shown),
    "entry_of": lambda index, view: view.entries[index],
    "headline": lambda row: (row.source or "").rpartition(" · ")[0] or row.source,
    "reporter": reporter,
    "period": lambda period: day_range(period.start, period.end),
    "publisher": lambda row: (row.source or "").rpartition(" · ")[2] if " · " in (row.source or "") else "",
    "when": row_when,
    "days": lambda row: day_range(row.date_start, row.date_end),
    "why": lambda row, claim: why(claim, row),
    "link": safe_url,
    "markup": Markup,  # only for what svg.py drew, which escapes it
    "numbers": evidence_numbers,
    "plain": visible,
    "relation": RELATION_WORDS.__getitem__,
    "sign": lambda relation: SIGNS[relation].strip(),
    "thousands": lambda number: f"{number:,}",
}
