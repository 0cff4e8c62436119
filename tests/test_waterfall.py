"""How claims met rows, slot by slot: the steps that `explain`, the report and the desk print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from claimcheck.documents.files import make
from claimcheck.lexicon import load
from claimcheck.model import Evidence
from claimcheck.pipeline import Checker
from tests.matching_case import write

BY_RULE = True

TABLES = {
    "places": (
        {"kind": "gazetteer", "key": "id", "names": "names", "entity": "place"},
        "id,names\nP1,Tarn\nP2,Velm\n",
    ),
    "organisations": (
        {"kind": "gazetteer", "key": "id", "names": "names", "entity": "organisation"},
        "id,names\nO1,Rebels|rebels\nO2,Velm Army\n",
    ),
    "figures": (
        {
            "kind": "figures", "key": "id", "measure": "measure", "unit": "unit", "best": "best",
            "place": "place", "actor": "actor", "start": "start", "source": "source",
        },
        "id,measure,unit,best,place,actor,start,source\n"
        "F1,people killed,people,12,Tarn,Rebels,2017-05-04,Daily Post\n",
    ),
    "events": (
        {
            "kind": "events", "key": "id", "names": ["name"], "label": "label", "start": "start",
            "place": "place", "actor": "actor", "source": "source",
        },
        "id,name,label,start,place,actor,source\nE1,Tarn raid,raid,2017-05-04,Tarn,Rebels,Daily Post\n",
    ),
}  # fmt: skip
VOCABULARY = {"people killed": {"words": ["kill", "dead", "death", "die"], "type": "flow"}}


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    folder = write(tmp_path_factory.mktemp("package") / "tarn", "tarn", TABLES, VOCABULARY)
    with Checker([folder]) as made:
        yield made


def _rows(checker: Checker, text: str) -> Iterator[Evidence]:
    for checked in checker.check([make("text", text, meta={"date": date(2017, 7, 1)})]):
        for verdict in checked.verdicts.values():
            yield from verdict.evidence
            yield from (suggestion.row for suggestion in verdict.suggestions)


def _steps(checker: Checker, text: str) -> set[str]:
    return {f"{step.slot} {step.level}" for row in _rows(checker, text) for step in row.waterfall}


@pytest.mark.parametrize(("step", "text"), [(r.id, text) for r in load("waterfall") for text in r.examples])
def test_the_sentences_of_examples_meet_the_row_so(checker: Checker, step: str, text: str) -> None:
    assert step in _steps(checker, text)


@pytest.mark.parametrize(
    ("step", "text"), [(r.id, text) for r in load("waterfall") for text in r.counter_examples]
)
def test_the_sentences_of_counter_examples_do_not(checker: Checker, step: str, text: str) -> None:
    assert step not in _steps(checker, text)


def test_the_words_of_a_step_are_those_of_the_text(checker: Checker) -> None:
    rows = list(_rows(checker, "12 left-handed people were killed in Tarn on 4 May 2017."))
    told = {(s.slot, s.level): s.words for row in rows for s in row.waterfall}
    assert told["place", "same"] == ("Tarn",)
    assert told["time", "same"] == ("2017-05-04",)
    assert ("words", "unexplained") in told
