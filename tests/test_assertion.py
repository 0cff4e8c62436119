"""Assertion status: the rows of the lexicon, and sentences that mix what is said with what is not."""

from __future__ import annotations

import pytest

from claimcheck.lexicon import load
from tests.reader import judged, of_all

EXAMPLES = [(row, text) for row in load("assertion") for text in row.examples]
COUNTER = [(row, text) for row in load("assertion") for text in row.counter_examples]


@of_all(EXAMPLES, parsed=True)
def test_examples_are_not_asserted(row, text) -> None:
    claims = judged(text)
    assert claims, "the example must hold a claim"
    assert [c.hedge for c in claims if not c.asserted], "at least one claim is not asserted"
    assert {c.hedge for c in claims if not c.asserted} == {row["hedge"]}


@of_all(COUNTER, parsed=True)
def test_counter_examples_are_asserted(row, text) -> None:
    assert all(c.asserted for c in judged(text))


@pytest.mark.parametrize(
    ("text", "number", "asserted", "hedge"),
    [
        ("The tribe would only come if the army freed the 40 men seized in March.", "40", False, "condition"),
        ("What became of the men who seized 40 boats?", "40", True, None),
        ("Divers put the toll at 104; the mayor denied it.", "104", True, None),
        ("Some 40 people drowned, the mayor denied.", "40", False, "negation"),
        ("The mayor denied that 40 people drowned; divers laughed.", "40", False, "negation"),
        ("Was the bridge that 300 people built on 3 March ever opened?", "300", True, None),
        ("The council rejected a plan to send 500 observers.", "500", False, "plan"),
        ("Open the gate for 70 families.", "70", False, "demand"),
        ("It is not known who paid, and 40 boats were lost.", "40", True, None),
        ("The mill burned coal to feed 40 ovens.", "40", True, None),
    ],
)
def test_status_of_the_clause_of_a_number(text: str, number: str, asserted: bool, hedge: str | None) -> None:
    claim = next(c for c in judged(text) if c.quantity is not None and c.quantity.text == number)
    assert (claim.asserted, claim.hedge) == (asserted, hedge)


def test_what_a_participle_presupposes_is_asserted_inside_a_condition() -> None:
    text = "The union would only return if the owner took part in talks held in Lisbon in March 2019."
    held = next(c for c in judged(text, "event") if "held" in c.text)
    assert held.asserted


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("Here is a false claim. ", ""),
        ("", " None of this is true."),
        ("", " Not so."),
        ("", " Or so the novel has it."),
    ],
)
def test_a_sentence_beside_may_call_a_claim_untrue(before: str, behind: str) -> None:
    claims = judged(f"{before}In May 2016, 40 boats sank in Tarn.{behind}")
    assert [c.asserted for c in claims if c.quantity is not None] == [False]


def test_a_sentence_beside_may_say_anything_else() -> None:
    claims = judged("Here is a claim. In May 2016, 40 boats sank in Tarn. Not so long ago there were more.")
    assert [c.asserted for c in claims if c.quantity is not None] == [True]
