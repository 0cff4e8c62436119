"""What reviewers' decisions taught, what they would teach now and change, and how to take it back."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from claimcheck.decisions import DecisionError
from claimcheck.learning.file import beside, read, write
from claimcheck.learning.teaching import Lesson, teach
from claimcheck.lexicon import LexiconError
from claimcheck.report.words.values import VERDICT_WORDS
from claimcheck.store.snapshots import open_latest

if TYPE_CHECKING:
    from claimcheck.review.desk import Desk

MOST = 300  # documents that are read again while a page waits
SHOWN = 25
DOCUMENTS = "SELECT count(*) AS n FROM current_document"
_ONE_AT_A_TIME = threading.Lock()


def page(desk: Desk) -> Mapping[str, Any]:
    """What holds now."""
    try:
        found, broken = read(beside(desk.database)), ""
    except LexiconError as error:
        found, broken = None, str(error)
    [documents] = desk.rows_kept(DOCUMENTS)
    return {
        "learned": found,
        "broken": broken,
        "moved": () if found is None else found.moved[:SHOWN],
        "few": documents["n"] <= MOST,
        "most": MOST,
        "lesson": None,
        "words": said,
    }


def lesson_of(desk: Desk) -> Lesson:
    """What the decisions so far teach; the desk goes on meanwhile. Raises DecisionError, StoreError."""
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        raise DecisionError("Somebody has this worked out already: wait for it, then ask again.")
    try:
        with open_latest(desk.database) as store:
            if store.rows(DOCUMENTS)[0]["n"] > MOST:
                raise DecisionError(f"Of more than {MOST} documents `claimcheck fit` tells it.")
            return teach(store, desk.journal)
    finally:
        _ONE_AT_A_TIME.release()


def learn(desk: Desk) -> None:
    """Have what the decisions so far teach hold from the next run on. Raises DecisionError, StoreError."""
    lesson = lesson_of(desk)
    if lesson.blocks:
        raise DecisionError("A claim would be decided against an earlier decision: nothing was written.")
    if not lesson.decisions:
        raise DecisionError("No decision teaches anything yet.")
    write(beside(desk.database), lesson.learned)


def take_back(desk: Desk) -> None:
    """Have the shipped weights hold again."""
    beside(desk.database).unlink(missing_ok=True)


def said(outcome: tuple[str, str]) -> str:
    """What is said of a claim in words: "likely refuted"."""
    how, verdict = outcome
    name = VERDICT_WORDS.get(verdict, "").lower()
    return name if how == "decided" else f"likely {name}" if how == "likely" else "open"


def level_words(key: tuple[str, str, str]) -> str:
    """A level as a line says it: "row of a number: place, same"."""
    total, slot, level = key
    return f"{total}: {slot}" + (f", {json.dumps(level, ensure_ascii=False)}" if level else "")
