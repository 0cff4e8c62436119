"""What other reference tables would change of stored claims, shown before anything is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from claimcheck.learning.file import beside
from claimcheck.learning.teaching import Change
from claimcheck.model import DECIDED
from claimcheck.pipeline import Checker
from claimcheck.publishing import publish_if_news
from claimcheck.recheck import Rechecked, recheck
from claimcheck.store import Store, readable

MOST = 200  # documents that are judged again while a person waits
SAID = """
SELECT claim_id, doc_id, text, verdict, likely_verdict FROM claims
WHERE claim_id IN (SELECT claim_id FROM verdict WHERE run_number =
    (SELECT max(run_number) FROM run WHERE run_id = ?)) ORDER BY doc_id, start_offset, claim_id
"""
BEFORE = """
SELECT claim_id, verdict, likely_verdict FROM claims WHERE claim_id IN (SELECT unnest(?::VARCHAR[]))
"""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The claims of which something else would be said, of `documents` judged again; `more` may change."""

    changes: tuple[Change, ...]
    documents: int
    more: bool = False


def foresee(store: Store, database: Path, folders: Sequence[Path], settled: Mapping[str, str]) -> Foreseen:
    """What a database's claims would be by the packages of these folders. `store` is its snapshot, `settled`
    the verdicts of reviewers by claim. Raises PackageError, StoreError, OSError."""
    with _copied(database) as copy, Checker(folders, copy) as checker:
        done = recheck(checker, most=MOST)
        found = [] if done.run is None else checker.store.rows(SAID, [done.run.run_id])
        before = {r["claim_id"]: _said(r) for r in store.rows(BEFORE, [[r["claim_id"] for r in found]])}
        changes = tuple(_changes(found, before, settled))
    return Foreseen(changes, done.documents, done.documents >= MOST)


def hold(database: Path, folders: Sequence[Path], wait: float) -> Rechecked:
    """Publish the packages of these folders, judge again what they touch, and publish that to readers.

    Of more than `MOST` documents the next run judges the rest. Raises PackageError, StoreError; BusyError
    where another process has the database for longer than `wait` seconds."""
    with Checker(folders, database, wait=wait) as checker:
        done = recheck(checker, refuse=lambda overrun: None, most=MOST)
        publish_if_news(checker.store)
    return done


@contextmanager
def _copied(database: Path) -> Iterator[Path]:
    """The latest snapshot as a database of its own, with what decisions taught beside it."""
    with TemporaryDirectory(prefix="claimcheck-foreseen-") as scratch:
        copy = Path(scratch) / database.name
        shutil.copyfile(readable(database), copy)
        if beside(database).is_file():
            shutil.copyfile(beside(database), beside(copy))
        yield copy


def _changes(
    found: Sequence[Mapping[str, str]], before: Mapping[str, tuple[str, str]], settled: Mapping[str, str]
) -> Iterator[Change]:
    for row in found:
        now, then = before.get(row["claim_id"], ("open", "")), _said(row)
        if now != then:
            yield Change(row["doc_id"], row["claim_id"], row["text"], now, then, settled.get(row["claim_id"]))


def _said(row: Mapping[str, str | None]) -> tuple[str, str]:
    """What is said of a claim: ("decided", "refuted"), ("likely", "supported"), ("open", "")."""
    if row["verdict"] in DECIDED:
        return "decided", row["verdict"] or ""
    return ("likely", row["likely_verdict"]) if row["likely_verdict"] else ("open", "")
