"""The review desk's pages and forms over 100,000 claims."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests import bench_review
from tests.benchmarks.figures import Section, process

OPENED = """
import sys
from pathlib import Path
from claimcheck.claims.reading import read
from claimcheck.model import Document
from claimcheck.review.serve import bound, server
with bound("127.0.0.1", 0) as listening:
    server(Path(sys.argv[1]), listening)
    list(read([Document(id="first", text="Three people came.")]))
"""
"""A desk that is ready for its first page and its first correction."""


def desk() -> Section:
    """Each kind of page and of form, asked for again and again, and what a desk holds."""
    with tempfile.TemporaryDirectory() as folder:
        pages = list(bench_review.measured(Path(folder)))
        ready = process([sys.executable, "-c", OPENED, str(Path(folder, "claims.duckdb"))])
    return Section(
        "Desk",
        f"`claimcheck review` over {bench_review.DOCUMENTS * bench_review.CLAIMS:,} claims with "
        f"{bench_review.DECISIONS:,} decisions: milliseconds from request to whole answer, "
        f"{bench_review.ASKED} requests each, without the network. "
        f"A desk that is ready for its first correction holds {ready.peak:,.0f} MB.",
        ("page or form", "median", "95th percentile", "processor, median", "processor, 95th"),
        [(p.name, f"{p.median:.0f}", f"{p.p95:.0f}", f"{p.busy:.0f}", f"{p.busy_p95:.0f}") for p in pages],
    )
