"""Storing 200,000 claims with their mentions, verdicts and evidence: rows a second, in one process.

The claims are those of `linking`, with made-up verdicts of two rows of evidence each.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from claimcheck.model import CheckedDocument, Claim, Evidence, Mention, RunInfo, Verdict
from claimcheck.store import open_store
from tests.benchmarks import linking as tables
from tests.benchmarks.figures import Section


def verdict(claim: Claim, chance: random.Random) -> Verdict:
    """A verdict as judging gives them."""
    evidence = tuple(
        Evidence(
            table="t", row_id=f"r{chance.randint(0, 99_999)}", source_id="S1", relation="refutes",
            low=Decimal(best - 3), best=Decimal(best), high=Decimal(best + 9),
            note=f"table says {best} for January 2020", name="house damage", source="Office · Report",
            url="https://example.org/report",
        )
        for best in (12, 740)
    )  # fmt: skip
    said = f"{claim.text} claimed; the table says 12, the table says 740."
    return Verdict(
        verdict="refuted", reason="overstated", explanation=said, evidence=evidence, rule="judging.quantity"
    )


def checked(number: int, chance: random.Random, names: list[str]) -> CheckedDocument:
    """A checked document of ten claims."""
    reading = tables.reading(number, chance, names)
    mentions: list[Mention] = []
    for claim in reading.claims:
        time_, quantity = claim.time, claim.quantity
        if time_ is not None and time_.start is not None and time_.end is not None and quantity is not None:
            when = Mention(
                start=time_.start, end=time_.end, text=time_.timex or "", kind="date", timex=time_.timex,
                date_start=time_.date_start, date_end=time_.date_end, status="claim", rule="dates.month",
            )  # fmt: skip
            mentions += [when, quantity]
    verdicts = {claim.claim_id: verdict(claim, chance) for claim in reading.claims}
    return CheckedDocument(reading=replace(reading, mentions=tuple(mentions)), verdicts=verdicts)


def storing(number: int) -> Section:
    """`number` claims with mentions, verdicts and evidence saved into a new database."""
    chance = random.Random(1)
    names = tables.places(chance)
    documents = [checked(i, chance, names) for i in range(number // tables.CLAIMS_A_DOCUMENT)]
    gc.freeze()  # a run holds one batch, not twenty thousand documents for the collector to look through
    run = RunInfo(
        run_id="bench", started="2026-01-01T00:00:00+00:00", finished=None, version="1", model="none",
        lexicon="none", packages={},
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as place, open_store(Path(place) / "claims.duckdb") as store:
        begin, work = time.perf_counter(), time.process_time()
        saved = store.save(run, documents)
        took, worked = time.perf_counter() - begin, time.process_time() - work
    gc.unfreeze()
    rows = saved.documents + saved.mentions + saved.claims + saved.verdicts + saved.evidence
    return Section(
        "Storing",
        "Checked documents of ten claims into a new database: documents, mentions, claims, verdicts and two "
        "rows of evidence a claim, in transactions, with the fingerprints that let nothing in twice.",
        ("claims", "rows", "s", "rows/s", "rows/s of the processor"),
        [(f"{number:,}", f"{rows:,}", f"{took:.1f}", f"{rows / took:,.0f}", f"{rows / worked:,.0f}")],
    )
