"""What is asked of the words of a text: each question with texts of which it holds, and of which it does not.

A "|" in a text is a place of it that is asked about, two of them are a stretch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from claimcheck import wording
from claimcheck.model import Claim, ClaimTime, Document, Mention, Span

WHOLE = Span(0, 1000)


def marked(written: str) -> tuple[Document, list[int]]:
    """A document, and where the marks stood in it."""
    *pieces, last = written.split("|")
    ends = [sum(map(len, pieces[: n + 1])) for n in range(len(pieces))]
    return Document(id="text", text="".join((*pieces, last))), ends


def claim(written: str) -> Claim:
    """A claim that is all of a text; of two marks in it, its time stands between them."""
    document, at = marked(written)
    time = None
    if len(at) == 2:
        time = ClaimTime(start=at[0], end=at[1], timex=None, date_start=None, date_end=None)
    text = document.text
    return Claim(claim_id="c", kind="event", start=0, end=len(text), text=text, measure=None, time=time)


def number(at: list[int]) -> Mention:
    return Mention(start=at[0], end=at[1], text="", kind="number")


HOLD: list[tuple[Callable[..., Any], str]] = [
    (wording.is_hyphenated, "the |rebel|-held town"),
    (wording.is_parted_by_comma, "was 82|, the highest| since"),
    (lambda d, *at: wording.is_joined_by_and(d, *at, 2), "two| died and |40 were hurt"),
    (wording.is_right_behind, "718| in |Tarn"),
    (wording.is_right_behind, "124| of them in |Oren"),
    (wording.lies_beside, "a town 40 km east of |Tarn"),
    (wording.lies_beside, "40 miles from |Tarn"),
    (lambda d, *at: wording.is_an_end(d, Span(*at)), "at |the end of 2023|"),
]
DO_NOT: list[tuple[Callable[..., Any], str]] = [
    (wording.is_hyphenated, "the |rebel| town"),
    (wording.is_parted_by_comma, "was 82|,000 at most |since"),
    (lambda d, *at: wording.is_joined_by_and(d, *at, 2), "two| died; and |40 were hurt"),
    (lambda d, *at: wording.is_joined_by_and(d, *at, 2), "two| died and in another town |40 were hurt"),
    (wording.is_right_behind, "718| hurt men |Tarn"),
    (wording.is_right_behind, "718| of them, the staff, in |Tarn"),
    (wording.lies_beside, "in the east of |Tarn"),
    (wording.lies_beside, "12 square kilometres of |Tarn"),
    (lambda d, *at: wording.is_an_end(d, Span(*at)), "the |ending|"),
]


@pytest.mark.parametrize(("asked", "written"), HOLD)
def test_it_holds(asked: Callable[..., Any], written: str) -> None:
    document, at = marked(written)
    assert asked(document, *at)


@pytest.mark.parametrize(("asked", "written"), DO_NOT)
def test_it_does_not_hold(asked: Callable[..., Any], written: str) -> None:
    document, at = marked(written)
    assert not asked(document, *at)


ANSWERS: list[tuple[Callable[..., Any], str, Any]] = [
    (wording.words_between, "killed 12| of Them in |Tarn", ["of", "them", "in"]),
    (wording.article_before, "hit by a |quake", "a"),
    (wording.article_before, "|Quakes", ""),


    (lambda d: wording.paragraphs(d), "One.\n\nTwo.\n\nThree.", [0, 6, 12]),
    (wording.sentence_before, "|Gas fell. It rained. |Nine died.", ["It", "rained"]),
    (wording.sentence_before, "|Gas fell.\n\n|Nine died.", ["Gas", "fell"]),
    (wording.sentence_around, "It rained. Fire on |14 May. Later", ["Fire", "on", "14", "May"]),

]  # fmt: skip


@pytest.mark.parametrize(("asked", "written", "answer"), ANSWERS)
def test_it_answers(asked: Callable[..., Any], written: str, answer: object) -> None:
    document, at = marked(written)
    assert asked(document, *at) == answer


@pytest.mark.parametrize(
    ("written", "way"),
    [
        ("It rose to |3| per cent.", "up"),
        ("It fell to just |3| per cent.", "down"),
        ("It was |3| per cent, down from 4.", "down"),
        ("It rose by |3| per cent.", None),
        ("Two rose, but the third was at |3|.", None),
    ],
)
def test_which_way_a_number_was_reached(written: str, way: str | None) -> None:
    document, at = marked(written)
    assert wording.way_reached(document, WHOLE, number(at), ()) == way


def test_another_number_before_it_has_its_own_way() -> None:
    document, at = marked("It was |3| of 7 per cent in 2024, down from 4.")
    assert wording.way_reached(document, WHOLE, number(at), [document.text.index("7")]) is None


@pytest.mark.parametrize(("written", "reached"), [("shrank to |3|", True), ("shrank by |3|", False)])
def test_a_number_that_is_reached(written: str, reached: bool) -> None:
    document, at = marked(written)
    assert wording.is_reached(document, WHOLE, number(at)) is reached


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("3,045 on 3 May 2023, 3,180 |a year earlier|", (3, 5)),
        ("3,045 in May 2023, 3,180 |a year earlier|", (None, 5)),
        ("3,045 at the end of 2023, 3,180 |a year earlier|", (None, 12)),
        ("3,045 on 3 May 2023, 3,180 |in June|", None),
        ("3,045, after 3,180 |a year earlier|", None),
    ],
)
def test_the_moment_told_before(written: str, told: tuple[int | None, int] | None) -> None:
    document, at = marked(written)
    assert wording.moment_told_before(document, WHOLE, Span(*at)) == told


@pytest.mark.parametrize(
    ("asked", "written", "answer"),
    [
        (wording.stated_weekday, "On Mon, 3 May", "Monday"),
        (wording.stated_weekday, "On 3 May", None),
        (wording.gives_both_ends, "from |25 to 26 January|", True),
        (wording.gives_both_ends, "held |25–26 January|", True),
        (wording.gives_both_ends, "held |between 3 and 31 January|", False),
        (wording.gives_both_ends, "held on |5 or 6 May|", False),
        (wording.names_two, "on |14 and 21 April|", True),
        (wording.names_two, "on |14 April| and later", False),
        (wording.edge_told, "The rocket lifted off on |3 May|", "begins"),
        (wording.edge_told, "The siege was over by |May|", "ends"),
        (wording.edge_told, "The damage was over 40 million", None),



        (lambda c: wording.words_before(c, 7), "The Tarn talks", ["the", "tar"]),



        (lambda c: wording.brings_up_one(c, ["round"]), "A new round of talks was held", True),
        (lambda c: wording.brings_up_one(c, ["strike"]), "Strikes hit the town", True),
        (lambda c: wording.brings_up_one(c, ["strike"]), "The last two strikes hit the town", False),
        (lambda c: wording.brings_up_one(c, ["round"]), "The round was held", False),
        (lambda c: wording.joint(c, 8, 12), "The Tarn of 3 May", "of"),
        (lambda c: wording.joint(c, 8, 10), "The Tarn (3 May)", "bracket"),
        (lambda c: wording.joint(c, 8, 13), "The Tarn, on 3 May", "comma"),
        (lambda c: wording.joint(c, 8, 12), "The Tarn on 3 May", "bare"),
        (lambda c: wording.joint(c, 8, 16), "The Tarn talks, 3 May", None),
    ],
)  # fmt: skip
def test_what_a_claim_says(asked: Callable[[Claim], Any], written: str, answer: object) -> None:
    assert asked(claim(written)) == answer
