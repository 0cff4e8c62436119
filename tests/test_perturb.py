"""The changes of sentences do what they say, and of 300 drawn by a fixed seed few enough are wrong."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from claimcheck.reference.cases import Case, Expectation
from tests.evaluate import bases_and_fillers
from tests.perturb.bases import Base, Table, parsed
from tests.perturb.drawing import KINDS, changed, drawn, judged, summed, tallied
from tests.perturb.fillers import Draw, Fillers
from tests.perturb.must_not import MUST_NOT
from tests.perturb.must_stay import MUST_STAY
from tests.ratchet import PACKAGES
from tests.reader import ROOT

REFERENCE = ROOT / "reference_data"
FEW = [REFERENCE, *(p for p in PACKAGES if p.name in ("fires", "quakes", "prisons", "schools", "season"))]
MOST_FALSE = 1.0  # per cent of the sentences that must not be supported: lower it where fewer are
LEAST_KEPT = 85.0  # per cent of those that must stay so, decided or likely: raise it where more are

FILLERS = Fillers(
    modifiers=["dairy"], plurals=["orchards"], places=["cinemas"],
    verbs={"VBN": ["applauded"], "VBD": ["applauded"]}, sentences=["The weather turned."],
)  # fmt: skip
KILLED = "In January 2018, 774 civilians were killed in Syria."
SENT = "Russian forces killed 142 civilians in Syria in January 2018."
OPENED = "The Sochi congress opened on 29 January 2018."
ROUND = "The eighth round of Geneva talks opened on 28 November 2017."
MORE = "More civilians were killed in January 2018 than in May 2017."
ROSE = "The toll rose from 20 in 2016 to 30 in 2017."

# kind, sentence, where its statement stands, what it may become
EXAMPLES = [
    ("verb undone", KILLED, "774", "civilians {} killed in Syria|were {} killed in Syria"),
    ("in fiction", KILLED, "774", "were killed in a {} about orchards in Syria"),
    ("a difference", KILLED, "774", "774 {} civilians"),
    ("outnumbered", KILLED, "774", "orchards outnumbered by 774 civilians were killed"),
    ("modifier before the noun", KILLED, "774", "774 dairy civilians"),
    ("head before the noun", KILLED, "774", "774 {} of civilians were killed"),
    ("head before the noun", OPENED, "29 January 2018", "{} about the Sochi congress opened on"),
    ("other noun", KILLED, "774", "774 orchards were killed"),
    ("other measure", KILLED, "774", "civilians were {} in Syria"),
    ("other verb", KILLED, "774", "774 civilians were applauded in Syria"),
    ("within the place", KILLED, "774", "were killed in Syria's cinemas"),
    ("beside the place", KILLED, "774", "were killed {} Syria."),
    ("other cause", KILLED, "774", "were killed by orchards in Syria"),
    ("other place", KILLED, "774", "civilians were killed in {}."),
    ("other period", KILLED, "774", "In January {}, 774"),
    ("other day", OPENED, "29 January 2018", "opened on 29 {} 2018."),
    ("other actor", SENT, "142", "{} killed 142 civilians in Syria in January 2018."),
    ("other rank", ROUND, "28 November 2017", "The {} round of Geneva talks"),
    ("number beyond", KILLED, "774", "In January 2018, {} civilians"),
    ("qualifier turned", KILLED, "774", "{} 774 civilians"),
    ("comparison turned", MORE, "More civilians", "Fewer civilians were killed in January 2018 than"),
    ("comparison turned", ROSE, "rose from", "The toll fell from 20 in 2016"),
    ("number in words", KILLED, "774", "seven hundred and seventy-four civilians"),
    ("other date form", OPENED, "29 January 2018", "{}"),
    ("neutral adjunct", KILLED, "774", "{}, {}"),
    ("second statement", KILLED, "774", "{}he weather turned."),
    ("synonym", KILLED, "774", "774 civilians {} in Syria"),
]


@pytest.fixture(scope="module")
def table() -> Table:
    return Table(REFERENCE)


def base_of(table: Table, text: str, at: str) -> Base:
    start = text.index(at)
    wanted = Expectation(at, start, start + len(at), frozenset({"supported"}))
    case = Case("case", text, date(2018, 2, 10), None, (wanted,))
    (base,) = parsed(REFERENCE, case, wanted, table)
    return base


def draw(table: Table, seed: int) -> Draw:
    return Draw(Random(seed), FILLERS, table.lacks)


IDS = [f"{kind}: {text}" for kind, text, _, _ in EXAMPLES]


@pytest.mark.parametrize(("kind", "text", "at", "become"), EXAMPLES, ids=IDS)
def test_a_sentence_is_changed(table: Table, kind: str, text: str, at: str, become: str) -> None:
    base_of(table, "Some 800 people were injured or displaced.", "800")  # lends the forms of another measure
    base = base_of(table, text, at)
    made = [new for seed in range(12) if (new := changed(kind, base, draw(table, seed))) is not None]
    assert made
    for item in made:
        said = item.case.text
        (wanted,) = item.case.expect
        assert said != text
        assert said[wanted.start : wanted.end] == wanted.at
        assert ("supported" in wanted.verdicts) == (kind in MUST_STAY)
        assert any(fits(said, pattern) for pattern in become.split("|")), said


def fits(text: str, pattern: str) -> bool:
    """Whether the pieces of the pattern stand in the text, in order."""
    at = 0
    for piece in pattern.split("{}"):
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def test_every_kind_has_an_example() -> None:
    assert {kind for kind, *_ in EXAMPLES} == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "text", "at"),
    [
        ("qualifier turned", "More than 774 civilians were killed in Syria in January 2018.", "774"),
        ("number beyond", "By January 2018, 774 civilians had been killed in Syria.", "774"),
        ("other day", "Talks were held in January.", "January"),
        ("other actor", "OHCHR recorded 124 deaths in Eastern Ghouta in January 2018.", "124"),
    ],
)
def test_what_would_stay_true_or_say_nothing_is_left(table: Table, kind: str, text: str, at: str) -> None:
    base = base_of(table, text, at)
    assert [changed(kind, base, draw(table, seed)) for seed in range(8)] == [None] * 8


def test_words_that_the_package_knows_are_not_drawn(table: Table) -> None:
    fillers = Fillers(modifiers=["chemical", "dairy"])
    words = {Draw(Random(seed), fillers, table.lacks).of(fillers.modifiers) for seed in range(20)}
    assert words == {"dairy"}


def test_three_hundred_changed_sentences() -> None:
    bases, fillers = bases_and_fillers([], FEW)
    found = drawn(bases, fillers, 300, seed=1)
    assert found[:40] == drawn(bases, fillers, 40, seed=1)
    assert found[:40] != drawn(bases, fillers, 40, seed=2)
    assert len({(item.folder, item.case.text) for item in found}) == len(found) == 300
    results = list(judged(found))
    assert [result.error for _, result in results if result.error] == []
    assert summed(tallied(results), MUST_NOT).share <= MOST_FALSE
    kept = ["supported" in (*found.decided, found.likely) for one, found in results if one.kind in MUST_STAY]
    assert 100 * sum(kept) >= LEAST_KEPT * len(kept)
