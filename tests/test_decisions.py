"""Decisions: lines that people read, a file that loses nothing, claims that come back when they should."""

from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.decisions import (
    Answer,
    Correction,
    Decision,
    DecisionError,
    Facts,
    Journal,
    RowKey,
    attach,
    decide,
    facts_of,
    fingerprint,
    review_of,
)  # fmt: skip
from claimcheck.decisions.record import from_line, to_line
from claimcheck.model import Claim
from claimcheck.store import open_store
from claimcheck.store.decisions import import_decisions, load_decisions, reviews
from tests.store_cases import harbour

CHECKED = harbour()
CLAIM = CHECKED.reading.claims[0]
FACTS = facts_of(CLAIM, "harbour", CHECKED.verdicts[CLAIM.claim_id])


def made(kind: str = "confirm", reviewer: str = "Amal", claim: Claim = CLAIM, **fields: Any) -> Decision:
    fields.setdefault("made_on", FACTS.verdict)
    if kind == "confirm":
        fields.setdefault("verdict", fields["made_on"])
    return decide(claim, "harbour", kind, reviewer, **fields)  # type: ignore[arg-type]


# --- records ----------------------------------------------------------------------------------------------


def test_a_line_says_who_decided_what_in_the_order_of_reading() -> None:
    line = to_line(made("override", verdict="refuted", note="The log says ten.\nSee page 4"))
    assert "\n" not in line
    found = json.loads(line)
    assert list(found)[:6] == ["time", "reviewer", "kind", "verdict", "note", "document"]
    assert found["text"] == CLAIM.text


@given(
    note=st.text(max_size=60),
    reviewer=st.text(min_size=1, max_size=20).filter(lambda t: t.strip()),
    quantity=st.none() | st.text(min_size=1, max_size=9),
    day=st.none() | st.dates(),
)
@settings(max_examples=60, deadline=None)
def test_a_line_gives_its_decision_back(
    note: str, reviewer: str, quantity: str | None, day: date | None
) -> None:
    note, reviewer = (t.encode("utf-8", "replace").decode() for t in (note, reviewer))
    correction = Correction(quantity=quantity and quantity.encode("utf-8", "replace").decode(), date_end=day)
    decision = made(
        "correct" if correction else "dismiss", reviewer, note=note, correction=correction or None
    )
    assert from_line(to_line(decision)) == decision


@pytest.mark.parametrize("field", ["id", "time", "claim_id", "document", "claim_kind", "text", "reading"])
def test_a_field_that_is_empty_stands_in_the_line(field: str) -> None:
    line = json.dumps(json.loads(to_line(made())) | {field: ""})
    assert from_line(to_line(from_line(line))) == from_line(line)


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("override", {"verdict": "true"}, "no verdict 'true'"),
        ("correct", {}, "something that it corrects"),
        ("undo", {}, "names the decision"),
        ("dismiss", {"reason": "boring"}, "no reason 'boring'"),
        ("accept", {}, "says which words mean what"),
        ("comment", {}, "needs its words"),
        ("delete", {}, "no decision 'delete'"),
        ("dismiss", {"reviewer": "x" * 81}, "at most 80"),
    ],
)
def test_a_decision_that_does_not_hold_together_is_refused(
    kind: str, fields: dict[str, Any], says: str
) -> None:
    with pytest.raises(DecisionError, match=says):
        made(kind, **{"reviewer": "Amal", **fields})


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"kind": "confirm"}', "missing"),
        ('{"mood": "good"}', "no field 'mood'"),
        ('{"correction": {"colour": "red"}}', "no field 'colour'"),
    ],
)
def test_a_line_that_is_no_decision_says_why(line: str, says: str) -> None:
    with pytest.raises(DecisionError, match=says):
        from_line(line)


def test_a_fingerprint_changes_with_what_was_read_and_with_nothing_else() -> None:
    quantity = CLAIM.quantity
    assert quantity is not None
    same = replace(
        CLAIM, claim_id="other", rule="other", quantity=replace(quantity, low=Decimal("12.000000000"))
    )
    assert fingerprint(same) == fingerprint(CLAIM)
    others = (
        replace(CLAIM, quantity=replace(quantity, low=Decimal(11))), replace(CLAIM, measure="boats"),
        replace(CLAIM, asserted=False), replace(CLAIM, time=None), replace(CLAIM, quantity=None),
    )  # fmt: skip
    assert len({fingerprint(c) for c in (CLAIM, *others)}) == 6


# --- the file ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [1, 20, 200, -2])
def test_a_half_written_line_is_reported_and_nothing_else_is_lost(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "d.jsonl"
    journal, first, third = Journal(file), made(), made("follow_up", "Basma")
    journal.append(first)
    with file.open("a", encoding="utf-8") as stream:
        stream.write(to_line(made("dismiss"))[:cut])
    decisions, [problem] = journal.read()
    assert decisions == (first,)
    assert problem.unfinished
    assert "cut off" in str(problem)
    assert problem.line == 2
    journal.append(third)
    for reader in (journal, Journal(file)):
        decisions, [problem] = reader.read()
        assert decisions == (first, third)
        assert (problem.line, problem.unfinished) == (2, False)


def test_bytes_that_are_no_text_are_one_problem(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    decision = made()
    file.write_bytes(b"\xff\xfe\n\n" + to_line(decision).encode() + b"\n")
    decisions, problems = Journal(file).read()
    assert decisions == (decision,)
    assert [p.line for p in problems] == [1]


def _write_many(file: Path, reviewer: str, number: int) -> None:
    journal = Journal(file)
    for _ in range(number):
        journal.append(made("follow_up", reviewer))


def test_writers_in_several_processes_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write_many, args=(file, f"R{n}", 30)) for n in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    decisions, problems = Journal(file).read()
    assert problems == ()
    assert sorted(d.reviewer for d in decisions) == sorted(f"R{n}" for n in range(3) for _ in range(30))


# --- how a claim stands ------------------------------------------------------------------------------------


def state(*decisions: Decision, facts: Facts = FACTS) -> str:
    return review_of(decisions, facts).state


@pytest.mark.parametrize(
    ("decision", "changed", "expected"),
    [
        (made(), {"reading": "other"}, "another_look"),
        (made(), {"verdict": "refuted"}, "another_look"),
        (made("override", verdict="refuted"), {"verdict": "conflicting_evidence"}, "another_look"),
        (made("dismiss"), {"verdict": "refuted"}, "dismissed"),
        (made("follow_up"), {"reading": "other", "verdict": "refuted"}, "follow_up"),
    ],
)
def test_what_changed_since_comes_back(decision: Decision, changed: dict[str, Any], expected: str) -> None:
    assert state(decision, facts=replace(FACTS, **changed)) == expected


@pytest.mark.parametrize(
    ("noted", "now", "expected"),
    [
        ("row 5", "row 5", "overridden"), ("row 5", "row 6", "another_look"), ("row 5", None, "another_look"),
        ("56de5a63aec3", "row 6", "overridden"),
    ],
)  # fmt: skip
def test_a_row_that_was_changed_asks_for_a_second_look(noted: str, now: str | None, expected: str) -> None:
    key = RowKey("harbour", "figures", "F1")
    decision = made("override", verdict="refuted", row=Answer(rows=(key,), digest=noted))
    assert review_of([decision], FACTS, {key: now}).state == expected
    assert review_of([decision], FACTS).state == "overridden"


def test_a_decision_finds_its_claim_again() -> None:
    def facts(claim_id: str, start: int, text: str, kind: str = "quantity") -> Facts:
        return replace(FACTS, claim_id=claim_id, start=start, end=start + 30, text=text, kind=kind)

    decision = made()
    moved = facts("moved", 900, CLAIM.text)
    overlapping = facts("overlap", CLAIM.start + 5, "another clause")
    elsewhere = facts("elsewhere", 5000, "another clause")
    event = facts("event", CLAIM.start, "another clause", "event")
    for claims, expected in (
        ([elsewhere, overlapping, moved], "moved"),
        ([elsewhere, overlapping], "overlap"),
        ([elsewhere, event], None),
        ([], None),
    ):
        found, lost = attach([decision], {}, lambda _, claims=claims: claims)
        assert list(found) == ([expected] if expected else [])
        assert lost == ([] if expected else [decision])
    found, lost = attach([decision], {CLAIM.claim_id: FACTS}, lambda _: pytest.fail("it is there"))
    assert list(found) == [CLAIM.claim_id]


def test_a_document_is_asked_once_for_the_claims_that_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def facts(_: Any, claim_ids: Any = (), documents: Any = ()) -> list[Facts]:
        asked.extend(documents)
        return [replace(FACTS, claim_id="new")] * len(claim_ids or documents)

    monkeypatch.setattr("claimcheck.store.decisions.load_facts", facts)
    moved = [made(claim=replace(CLAIM, claim_id=f"old {number}")) for number in range(9)]
    with open_store() as store:
        assert len(reviews(store, moved)["new"].decisions) == 9
    assert asked == ["harbour"]


# --- the database -----------------------------------------------------------------------------------------


def test_the_next_run_imports_the_journal_once(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    journal, first = Journal(file), made(note="seen")
    second = made("undo", undoes=first.id)
    with open_store() as store:
        assert import_decisions(store, file).total == 0
        journal.append(first)
        assert import_decisions(store, file).new == 1
        journal.append(second)
        file.write_bytes(file.read_bytes() + b'{"half')
        result = import_decisions(store, file)
        assert (result.new, result.total, len(result.problems)) == (1, 2, 1)
        assert import_decisions(store, file).new == 0
        assert load_decisions(store) == [first, second]
        [one, two] = store.rows("SELECT kind, verdict, note, taken_back FROM decisions")
        assert one == {"kind": "confirm", "verdict": FACTS.verdict, "note": "seen", "taken_back": True}
        assert two["kind"] == "undo"
