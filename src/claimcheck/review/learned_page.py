"""What reviewers' decisions taught, what they would teach now and change, and how to take it back."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from claimcheck.decisions import DecisionError
from claimcheck.learning.adopting import with_alias, with_words
from claimcheck.learning.file import beside, read, write
from claimcheck.learning.teaching import Change, Lesson, teach
from claimcheck.lexicon import LexiconError
from claimcheck.reference.editing import EditError
from claimcheck.reference.problems import PackageError
from claimcheck.report.words.values import VERDICT_WORDS
from claimcheck.review import gaps_page
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
        "ticked": {},
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


def learn(desk: Desk, form: Mapping[str, str]) -> Lesson:
    """Have what the decisions so far teach hold from the next run on, once each decided verdict that changes
    by it is ticked; else the lesson with what is not. Raises DecisionError where nothing can be taught."""
    lesson = lesson_of(desk)
    if not lesson.decisions:
        raise DecisionError("No decision teaches anything yet.")
    if not lesson.blocks and not left(lesson, form):
        write(beside(desk.database), lesson.learned)
    return lesson


def left(lesson: Lesson, form: Mapping[str, str]) -> list[Change]:
    """The changes of decided verdicts that a form does not tick as they are."""
    return [c for c in lesson.changes if c.of_decided and form.get(f"claim.{c.claim_id}") != said(c.after)]


def adopt(desk: Desk, form: Mapping[str, str], by: str) -> str:
    """Write the names that a form ticks into their packages; what was written. Raises DecisionError."""
    wanted = {value for name, value in form.items() if name.startswith("name.")}
    names = [one for one in lesson_of(desk).names if one.key in wanted]
    with desk.open() as opened:
        folders = gaps_page.folders(opened)
    if not names or not all(one.package in folders for one in names):
        raise DecisionError("Tick the names first, of packages whose folder is here.")
    try:
        for one in names:
            folder = folders[one.package]
            word = one.kind == "word"
            splice = with_words(folder, [one])[1] if word else with_alias(folder, one)
            what = f"“{one.text}” {'tells' if word else 'is another name of'} {one.of}"
            if splice is not None:
                desk.edits.make(by, folder, what, [splice])
    except (PackageError, EditError) as error:
        raise DecisionError(str(error)) from error
    return ", ".join(one.text for one in names)


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
