"""The review desk's pages and forms over 100,000 claims."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests import bench_review
from tests.benchmarks.figures import Section


def desk() -> Section:
    """Each kind of page and of form, asked for again and again."""
    with tempfile.TemporaryDirectory() as folder:
        pages = list(bench_review.measured(Path(folder)))
    return Section(
        "Desk",
        f"`claimcheck review` over {bench_review.DOCUMENTS * bench_review.CLAIMS:,} claims with "
        f"{bench_review.DECISIONS:,} decisions: milliseconds from request to whole answer, "
        f"{bench_review.ASKED} requests each, without the network.",
        ("page or form", "median", "95th percentile", "processor, median", "processor, 95th"),
        [(p.name, f"{p.median:.0f}", f"{p.p95:.0f}", f"{p.busy:.0f}", f"{p.busy_p95:.0f}") for p in pages],
    )
