"""Who a text names as having said, counted or written a number, and up to which day it can tell."""

from __future__ import annotations

from datetime import date

import pytest

from claimcheck.model import Claim
from tests.reader import read_text


def numbers(text: str) -> list[Claim]:
    return [c for c in read_text(text).claims if c.kind == "quantity"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The toll was put at 31 by the ministry.", "ministry"),
        ("Some 19 deaths were reported by officials.", "officials"),
        ("The agency has documented the killing of 40 people.", "agency"),
        ("Twelve people died, the radio quoted the mayor as saying.", "mayor"),
        ("A report by the union found that 60 miners died.", "union"),
        ("The union's report says that 60 miners died.", "union"),
        ("By the ministry's count, 40 homes were lost.", "ministry"),
        ("Police figures show that 300 cars were stolen.", "Police"),
        ("The study says that 60 miners died.", "study"),
        ("The flood killed 40 people.", None),
    ],
)
def test_speakers(text: str, speaker: str | None) -> None:
    (claim,) = numbers(text)
    assert (claim.speaker.text if claim.speaker else None) == speaker


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The mayor said 12 people died.\n\nHe said 4 others were hurt.", ["mayor", "mayor"]),
        ("Lina Aziz said 12 people died. She added that 4 others were hurt.", ["Lina Aziz", "Lina Aziz"]),
        ("The mayor said 12 people died. The army denied it. They said 3 people died.", ["mayor", None]),
        ("It said 12 people died.", [None]),
    ],
)
def test_a_pronoun_is_who_spoke_in_the_sentence_before(text: str, speakers: list[str | None]) -> None:
    assert [c.speaker.text if c.speaker else None for c in numbers(text)] == speakers


def test_what_was_said_on_a_day_tells_of_no_later_one() -> None:
    (claim,) = numbers("The office said on 10 May 2019 that 85 people had been killed since 31 January 2019.")
    assert claim.time is not None
    assert (claim.time.date_start, claim.time.date_end) == (date(2019, 1, 31), date(2019, 5, 10))


def test_one_number_is_counted_once() -> None:
    (claim,) = numbers("The network counted 918 people killed in January.")
    assert claim.quantity is not None
    assert claim.quantity.text == "918"
