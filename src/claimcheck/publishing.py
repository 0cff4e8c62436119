"""What a run leaves for people: a snapshot for readers, and reports, written a document at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from claimcheck.atomic_files import whole, written
from claimcheck.decisions import Decision, Review
from claimcheck.model import CheckedDocument, RunInfo
from claimcheck.report import FORMATS
from claimcheck.report.claimreview import House
from claimcheck.report.masking import NOBODY, Mask
from claimcheck.report.overview import documents_html, listed, overview_html, overview_markdown, overview_view
from claimcheck.report.render import for_publishers, page_stems, render_html, render_markdown, write_reports
from claimcheck.report.tables import csv_lines, json_lines
from claimcheck.safe import file_stem
from claimcheck.store import Store, StoreError, latest_snapshot, open_store, publish_snapshot
from claimcheck.store.decisions import load_decisions
from claimcheck.store.decisions import reviews as reviews_of_claims
from claimcheck.store.overview import DOCUMENTS, Line, Overview, document_lines, gather

MANY = 200
"""Documents: with more, a run writes pages for the new and changed ones only, and one table for all."""
LISTED = 200
"""Documents on a further page of the list of documents."""
PUBLISHED = ".published"  # in the reports: the number of the last run whose pages were all written
SUFFIXES = {"html": ".html", "markdown": ".md"}


def publish_if_news(store: Store) -> Path | None:
    """A new snapshot, unless the latest holds all that the database does; None then. Raises StoreError."""
    latest = None if store.path is None else latest_snapshot(store.path)
    if latest is not None and _news(latest) == store.rows(NEWS):
        return None
    return publish_snapshot(store)


def _news(snapshot: Path) -> list[dict[str, Any]] | None:
    """What a snapshot holds; None where it cannot be read: it is of an older schema, or damaged."""
    try:
        with open_store(snapshot, read_only=True) as store:
            return store.rows(NEWS)
    except StoreError:
        return None


NEWS = """
SELECT
    (SELECT max(run_number) FROM run_document WHERE change <> 'unchanged') AS run,
    (SELECT max(document_key) FROM document) AS document,
    (SELECT max(verdict_key) FROM verdict) AS verdict,
    (SELECT list(package || digest ORDER BY package) FROM reference_package) AS packages,
    (SELECT list(path || reason ORDER BY path, reason) FROM inbox_failure) AS failures,
    (SELECT count(*) FROM decision) AS decisions,
    (SELECT list(number || sha256 ORDER BY number) FROM schema_migration) AS schema
"""


def write(
    store: Store,
    run: RunInfo,
    folder: Path,
    *,
    formats: Iterable[str] = FORMATS,
    decisions: Sequence[Decision] | None = None,
    mask: Mask = NOBODY,
    house: House | None = None,
    every_page: bool = False,
    overview_alone: bool = False,
) -> list[Path]:
    """The reports of a run, the page to open first in front. Raises OSError, StoreError, ValueError.

    Always the overview: `index.html`, `index.md`, as the formats say. Up to `MANY` documents:
    the report of each beside it (`write_reports`); a single document's is the page to open first. With more:
    `pages/` with a page for each document that the run added or changed, that a reviewer decided on since, or
    that has none, and `claims.csv` over all. `every_page`: in `pages/` every document in every format.
    `decisions` are the reviewers', by default those that the database holds. `mask` hides names in everything
    that is written.
    """
    number = store.rows("SELECT run_number FROM run WHERE run_id = ?", [run.run_id])[0]["run_number"]
    keys = store.run_keys(number)
    known = load_decisions(store) if decisions is None else decisions
    reviews = reviews_of_claims(store, known)
    wanted = tuple(formats)
    few = len(keys) <= MANY
    pages = tuple(f for f in SUFFIXES if f in wanted and (f == "html" or few or every_page))
    work = _Publication(
        store, mask(run), run.run_id, number, keys, folder, wanted, reviews, mask, house, pages
    )
    folder.mkdir(parents=True, exist_ok=True)
    for page in (folder / f"index{SUFFIXES[f]}" for f in SUFFIXES if f in wanted):  # somebody else's site
        if page.is_file() and b"claimcheck" not in page.read_bytes():
            raise StoreError(f"{page}: is no report of claimcheck; name another folder, or move it away")
    if few:
        return work.few(overview_alone)
    return work.many(_decided(known), every_page, overview_alone)


def write_documents(
    store: Store,
    run: RunInfo,
    folder: Path,
    ids: Iterable[str],
    *,
    formats: Iterable[str] = FORMATS,
    decisions: Sequence[Decision] = (),
    mask: Mask = NOBODY,
    house: House | None = None,
) -> list[Path]:
    """The reports of these documents alone, as they stand. Raises OSError, StoreError for an unknown id."""
    documents = [mask(store.load_document(doc_id)) for doc_id in dict.fromkeys(ids)]
    reviews = mask(reviews_of_claims(store, decisions))
    return write_reports(folder, mask(run), documents, tuple(formats), reviews, house)


def still_named(folder: Path, written: Iterable[Path], mask: Mask) -> list[Path]:
    """Files of the folder that were not written now and in whose name or text a name to mask stands."""
    if not mask.names:
        return []
    own = {path.resolve() for path in written}
    others = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.resolve() not in own)
    return [
        path
        for path in others
        if mask.finds(str(path.relative_to(folder)), file=True)
        or mask.finds(path.read_text(encoding="utf-8", errors="replace"))
    ]


def _decided(decisions: Iterable[Decision]) -> dict[str, float]:
    """When each document was last decided on, in seconds since 1970."""
    last: dict[str, float] = {}
    for decision in decisions:
        try:
            when = datetime.fromisoformat(decision.time).timestamp()
        except ValueError:
            continue
        last[decision.document] = max(when, last.get(decision.document, when))
    return last


@dataclass(frozen=True, slots=True)
class _Publication:
    """One run's reports on their way to a folder. `run` is masked, `reviews` not yet; what is written is."""

    store: Store
    run: RunInfo
    run_id: str
    number: int
    keys: Sequence[int]
    folder: Path
    formats: tuple[str, ...]
    reviews: Mapping[str, Review]
    mask: Mask
    house: House | None
    page_formats: tuple[str, ...]

    def few(self, overview_alone: bool) -> list[Path]:
        """A page for each document beside the overview."""
        documents = [self.mask(checked) for checked in self.store.load_run(self.run_id)[1]]
        stems = dict(zip(self.keys, page_stems([c.document.id for c in documents]), strict=True))
        overview = self._overview(lambda key, suffix: f"{stems[key]}{suffix}")
        if overview_alone:
            return overview
        home = "index.html" if "html" in self.formats else None
        shown = self.mask(self.reviews)
        paths = write_reports(
            self.folder, self.run, documents, self.formats, shown, self.house, index=False, home=home
        )
        if len(documents) == 1 or not paths:
            return [*paths[:1], *overview, *paths[1:]]
        return [*overview[:1], *paths, *overview[1:]]

    def many(self, decided: Mapping[str, float], every_page: bool, overview_alone: bool) -> list[Path]:
        """Pages for what is new, one table for all."""
        names = self._names()
        table = self.folder / "claims.csv"
        if overview_alone:
            return self._overview(lambda key, suffix: f"{names[key]}{suffix}")
        fresh = list(self.keys) if every_page else self._fresh(names, decided, self._published())
        (self.folder / "pages").mkdir(parents=True, exist_ok=True)
        paths = list(self._pages(fresh, names))
        if "csv" in self.formats:
            if fresh or not table.is_file():
                self._lines(table, csv_lines(self._all(), self.mask(self.reviews)), "utf-8-sig")
            paths.append(table)
        if every_page:
            paths += self._for_machines()
        overview = self._overview(lambda key, suffix: f"{names[key]}{suffix}")
        written(self.folder / PUBLISHED, f"{self.number}\n")
        return [*overview, *paths]

    def _published(self) -> int:
        """The last run whose pages were all written: what changed since is to be written now."""
        try:
            return int((self.folder / PUBLISHED).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0

    def _all(self, keys: Sequence[int] | None = None) -> Iterator[CheckedDocument]:
        for checked in self.store.stream(self.keys if keys is None else keys):
            yield self.mask(checked)

    def _names(self) -> dict[int, str]:
        """Each document's page without its suffix: readable, and told apart from all others."""
        rows = dict(self.store.cells(NAMES, [list(self.keys)]))
        names: dict[int, str] = {}
        taken: set[str] = set()
        for key in self.keys:
            doc_id = self.mask.text(rows[key], file=True)
            stem = file_stem(re.split(r"[/\\]", doc_id)[-1], set())[:80]
            digest = sha256(doc_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
            name, count = f"pages/{stem}-{digest}", 1
            while name in taken:  # ids that differ in a masked name only
                count += 1
                name = f"pages/{stem}-{digest}-{count}"
            taken.add(name)
            names[key] = name
        return names

    def _fresh(self, names: Mapping[int, str], decided: Mapping[str, float], since: int) -> list[int]:
        """Documents whose page is to be written: new, changed, judged anew, decided on since, or without."""
        stated = {key for (key,) in self.store.cells(FRESH, [min(since, self.number - 1)])}
        ids = dict(self.store.cells(OF_NAMES, [list(decided), list(self.keys)]))

        def stale(key: int) -> bool:
            files = [self.folder / f"{names[key]}{SUFFIXES[f]}" for f in self.page_formats]
            if key in stated or not all(file.is_file() for file in files):
                return True
            return key in ids and any(file.stat().st_mtime < decided[ids[key]] for file in files)

        return [key for key in self.keys if stale(key)]

    def _pages(self, fresh: Sequence[int], names: Mapping[int, str]) -> Iterator[Path]:
        shown = self.mask(self.reviews)
        for key, checked in zip(fresh, self._all(fresh), strict=True):
            for name in self.page_formats:
                if name == "html":
                    text = render_html(self.run, checked, shown, home="../index.html")
                else:
                    text = render_markdown(self.run, checked, shown)
                yield written(self.folder / f"{names[key]}{SUFFIXES[name]}", text)

    def _for_machines(self) -> Iterator[Path]:
        """One file for all documents in each of the formats that programs read."""
        shown = self.mask(self.reviews)
        if "json" in self.formats:
            yield self._lines(self.folder / "claims.json", json_lines(self.run, self._all(), shown))
        yield from for_publishers(self.folder, self.run, self._all, self.formats, shown, self.house)

    def _lines(self, path: Path, lines: Iterable[str], encoding: str = "utf-8") -> Path:
        with whole(path) as partial, partial.open("w", encoding=encoding, newline="") as out:
            out.writelines(lines)
        return path

    # --- the overview ---------------------------------------------------------------------------------

    def _overview(self, page: Callable[[int, str], str]) -> list[Path]:
        """`index` in each format, and the further pages of the list of documents."""
        data = gather(self.store, self.number, self.keys, self.reviews)
        needed = dict(zip(data.needed, self._all(data.needed), strict=True))
        further = self._further(data)
        shown = self.mask(self.reviews)
        hidden = self.mask(data)

        def view(kind: str) -> Line:
            """`kind`: the pages to link to, where there are such; else HTML pages, if any."""
            there = next((f for f in (kind, "html") if f in self.page_formats), None)

            def link(key: int) -> str | None:
                return page(key, SUFFIXES[there]) if there else None

            return overview_view(
                self.run,
                hidden,
                needed,
                shown,
                link,
                pages=further if kind == "html" else (),
                table="claims.csv" if "csv" in self.formats else None,
            )

        paths = []
        if "html" in self.formats:
            paths.append(written(self.folder / "index.html", overview_html(view("html"))))
            paths += self._document_pages(further, page)
            self._remove_old(further)
        if "markdown" in self.formats:
            paths.append(written(self.folder / "index.md", overview_markdown(view("markdown"))))
        return paths

    def _further(self, data: Overview) -> list[str]:
        """The addresses of the further pages of the list of documents."""
        left = max(0, data.documents - DOCUMENTS)
        return [f"documents-{n}.html" for n in range(2, 2 + -(-left // LISTED))]

    def _remove_old(self, further: Sequence[str]) -> None:
        """Pages of an earlier, longer list; with few documents such a name may be a document's own."""
        if len(self.keys) > MANY:
            for path in self.folder.glob("documents-*.html"):
                if path.name not in further and re.fullmatch(r"documents-\d+\.html", path.name):
                    path.unlink()

    def _document_pages(self, pages: Sequence[str], page: Callable[[int, str], str]) -> Iterator[Path]:
        for n, name in enumerate(pages):
            offset = DOCUMENTS + n * LISTED
            lines = [self.mask(line) for line in document_lines(self.store, LISTED, offset)]
            rows = list(listed(lines, lambda key: page(key, ".html")))
            text = documents_html(self.run, rows, n + 2, offset + 1, len(self.keys), pages)
            yield written(self.folder / name, text)


NAMES = "SELECT document_key, doc_id FROM document WHERE document_key IN (SELECT unnest(?::BIGINT[]))"
OF_NAMES = """
SELECT document_key, doc_id FROM document
WHERE doc_id IN (SELECT unnest(?::VARCHAR[])) AND document_key IN (SELECT unnest(?::BIGINT[]))
"""
FRESH = """
SELECT r.document_key FROM run_document AS r
WHERE r.run_number > $1
    AND (r.change <> 'unchanged' OR EXISTS (
        SELECT 1 FROM claim JOIN verdict USING (claim_id)
        WHERE claim.document_key = r.document_key AND verdict.run_number > $1))
"""
