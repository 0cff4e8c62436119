"""Claims against tables and in the database: linking and judging, storing, judging again, asking."""

from __future__ import annotations

from tests import bench_linking, bench_recheck, bench_storing
from tests.benchmarks.figures import Section


def linking(number: int) -> Section:
    """`number` claims cross-referenced against `number` rows."""
    found = bench_linking.measured(number)
    row = (
        f"{found.claims:,}", f"{number:,}", f"{found.decided:,}", f"{found.prepared + found.judged:.1f}",
        f"{found.processor:.1f}",
    )  # fmt: skip
    return Section(
        "Cross-referencing",
        "Claims that are read already, linked and judged against one table: a thousand places, ten measures, "
        "a month each. With the preparation of names and rows, without loading the package.",
        ("claims", "rows", "decided", "s", "processor s"),
        [row],
    )


def storing(number: int) -> Section:
    """`number` claims with mentions, verdicts and evidence saved into a new database."""
    _, rows, took, worked = bench_storing.measured(number)
    each = (f"{number:,}", f"{rows:,}", f"{took:.1f}", f"{rows / took:,.0f}", f"{rows / worked:,.0f}")
    return Section(
        "Storing",
        "Checked documents of ten claims into a new database: documents, mentions, claims, verdicts and two "
        "rows of evidence a claim, in transactions, with the fingerprints that let nothing in twice.",
        ("claims", "rows", "s", "rows/s", "rows/s of the processor"),
        [each],
    )


def again(number: int) -> Section:
    """`number` stored claims judged again after one row changed, then asked from the command line."""
    found = bench_recheck.measured(number)
    rows = [(f"re-check: {found.said}", f"{found.judged:.2f}", f"{found.processor:.2f}")]
    rows += [
        (f'`claimcheck query "{sql}"`', f"{used.seconds:.2f}", f"{used.processor:.2f}")
        for sql, used in found.queries.items()
    ]
    return Section(
        "Stored claims",
        f"{number:,} claims in a database. One figure of the tables changes, and the claims that it can "
        "touch are judged again; then the snapshot is asked, each time by a process from nothing.",
        ("what", "s", "processor s"),
        rows,
    )
