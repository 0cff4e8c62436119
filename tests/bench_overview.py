"""How long the overview takes over 100,000 claims: `python -m tests.bench_overview [FOLDER]`.

Builds the database once (FOLDER is kept): 2,500 documents, then a second run that judges a tenth of them
anew. Prints the seconds of the overview and the size of each page.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from claimcheck import publishing
from claimcheck.model import CheckedDocument, Document, Link
from claimcheck.pipeline import Checker
from claimcheck.store import open_store
from claimcheck.store.overview import latest_run
from tests.review_case import REFERENCE, next_run
from tests.sample_builder import Builder, figure, verdict
from tests.sample_report import RUN

DOCUMENTS, CLAIMS = 2_500, 40
MEASURES = ("patients needing medical evacuation", "people displaced", "people killed", "homes lost")
PLACES = ("Idlib", "Eastern Ghouta", "Douma", "Aleppo")
VERDICTS = ("not_enough_evidence", "supported", "conflicting_evidence", "refuted")


def document(number: int, turn: int = 0) -> CheckedDocument:
    """A document of forty sentences, each with a number, a measure, a place and a verdict."""
    dice = random.Random(number)
    figures = [dice.randint(2, 9000) for _ in range(CLAIMS)]
    lines = [f"Line {n} has {f} people in {dice.choice(PLACES)}." for n, f in enumerate(figures)]
    b = Builder(Document(id=f"doc-{number:05d}.txt", text="\n".join(lines)))
    rows = [
        figure(row, relation, "A desk", "says so", best="502")
        for row, relation in (("F010", "supports"), ("F012", "refutes"))
    ]
    turned = random.Random(number + 7919 * turn)
    for line, value in zip(lines, figures, strict=True):
        text = str(value)
        found = b.number(text, line, value=text, low=text, high=text, kind="number", noun="person")
        name = turned.choices(VERDICTS, (6, 2, 1, 1))[0]
        own = () if name == "not_enough_evidence" else rows
        reason = "exact" if own else "no_reference"
        made = verdict(name, reason, f"{text} claimed; the rows say otherwise, or the same.", *own)
        where = Link(dice.choice(PLACES))
        b.claim(line[:-1], line, made, quantity=found, measure=dice.choice(MEASURES), place=where)
    return b.checked()


def build(database: Path) -> None:
    """Two runs over all documents; the second judges every tenth anew."""
    with Checker([REFERENCE], database) as checker:
        checker.save(RUN, [document(n) for n in range(DOCUMENTS)])
        later = (document(n, turn=n % 10 == 0) for n in range(DOCUMENTS))
        checker.save(next_run(2), list(later))


def main(folder: Path) -> None:
    """Build where there is nothing yet, then write the overview."""
    database = folder / "claims.duckdb"
    if not database.exists():
        build(database)
    with open_store(database, read_only=True) as store:
        run = replace(latest_run(store))
        start = time.perf_counter()
        paths = publishing.write(store, run, folder / "reports", overview_alone=True)
        print(
            f"{time.perf_counter() - start:.1f} s for {len(paths)} files over {DOCUMENTS * CLAIMS:,} claims"
        )
    for path in paths:
        print(f"{path.stat().st_size / 1000:8.0f} kB  {path.name}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder))
