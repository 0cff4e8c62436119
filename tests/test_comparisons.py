"""Comparisons: how they are read, judged by arithmetic, and shown; what stands beside them is never half
true."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from claimcheck.claims.reading import read, read_operands
from claimcheck.judging.comparing import pair, total
from claimcheck.lexicon import load
from claimcheck.matching.operands import link_operands
from claimcheck.model import (
    CheckedDocument,
    Claim,
    Comparison,
    Document,
    Evidence,
    Reading,
    Verdict,
)
from claimcheck.output import document_dict
from claimcheck.pipeline import Checker
from claimcheck.reference.loading import load as load_package
from claimcheck.reference.problems import PackageError
from claimcheck.report.comparing import why
from claimcheck.report.picture import interval_picture
from claimcheck.report.readings import claim_parts
from tests.reader import ROOT

DOMAINS = ROOT / "tests" / "domains"


def compared(text: str, day: date = date(2020, 2, 1)) -> list[Claim]:
    """The comparisons that a text makes."""
    [reading] = read([Document(id="x", text=text, date=day)])
    return [c for c in reading.claims if c.comparison is not None]


EXAMPLES = [(row.id, phrase) for row in load("comparisons") for phrase in row.examples]
COUNTER_EXAMPLES = [
    (row.id, phrase)
    for row in load("comparisons")
    if row["use"] not in ("unmeasured", "whole")
    for phrase in row.counter_examples
]


@pytest.mark.parametrize(("row", "phrase"), EXAMPLES, ids=[f"{r}: {p[:40]}" for r, p in EXAMPLES])
def test_the_examples_of_the_lexicon_compare(row: str, phrase: str) -> None:
    relation, _, text = phrase.partition(" | ")
    claims = compared(text)
    assert [c.comparison.relation for c in claims if c.comparison] == [relation]
    assert all(c.comparison.operands for c in claims if c.comparison), "its operands are not read"


@pytest.mark.parametrize(
    ("row", "phrase"), COUNTER_EXAMPLES, ids=[f"{r}: {p[:40]}" for r, p in COUNTER_EXAMPLES]
)
def test_the_counter_examples_of_the_lexicon_compare_nothing(row: str, phrase: str) -> None:
    assert compared(phrase) == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Arvia hosted more refugees than Belland in 2019.",
            ["Arvia hosted 45 refugees in 2019.", "Belland hosted 45 refugees in 2019."],
        ),
        (
            "The flood at Tarn on 4 May 2019 killed twice as many people as the one at Orm on 9 June 2018.",
            [
                "The flood at Tarn on 4 May 2019 killed 45 people.",
                "The flood at Orm on 9 June 2018 killed 45 people.",
            ],
        ),
        (
            "Fewer people were killed by the Tarn flood than by the Orm flood.",
            ["45 people were killed by the Tarn flood.", "45 people were killed by the Orm flood."],
        ),
        (
            "More trucks crossed at Tarn in 2019 than in the year before.",
            ["45 trucks crossed at Tarn in 2019.", "45 trucks crossed at Tarn in 2018."],
        ),
        (
            "The number of refugees in Arvia rose from 2,000 in 2015 to 3,000 in 2019.",
            ["There were 3,000 refugees in Arvia in 2019.", "There were 2,000 refugees in Arvia in 2015."],
        ),
        (
            "In 2015 there were 2,000 refugees in Arvia. Four years later the figure had doubled.",
            ["There were 45 refugees in Arvia in 2019.", "There were 45 refugees in Arvia in 2015."],
        ),
        (
            "In 2015, 300 homes were built in Arvia; in 2019 there were 40 fewer.",
            ["45 homes were built in Arvia in 2019.", "In 2015, 45 homes were built in Arvia."],
        ),
        (
            "In 2019, 300 homes were built in Arvia. That was 40 more than in 2015.",
            ["In 2019, 45 homes were built in Arvia.", "45 homes were built in Arvia in 2015."],
        ),
        (
            "Arvia built 300 homes in 2019, a rise of a quarter on the year before.",
            ["Arvia built 45 homes in 2019.", "Arvia built 45 homes in 2018."],
        ),
        (
            "Crossings at Tarn were up 12 per cent on 2015, at 300 in 2019.",
            ["Crossings at Tarn were 45 in 2019.", "Crossings at Tarn were 45 in 2015."],
        ),
        (
            "One in six crossings in Arvia in 2019 took place in Tarn.",
            ["45 crossings in 2019 took place in Tarn.", "There were 45 crossings in Arvia in 2019."],
        ),
        (
            "Arvia hosted more refugees than Belland and Corland combined in 2019.",
            [
                "Arvia hosted 45 refugees in 2019.",
                "Belland hosted 45 refugees in 2019.",
                "Corland hosted 45 refugees in 2019.",
            ],
        ),
        (
            "There were five prisoners for every guard in Arvia in 2019.",
            ["There were 45 prisoners in Arvia in 2019.", "There were 45 guards in Arvia in 2019."],
        ),
        (
            "In 2019 Arvia had 900 guards, one for every five prisoners.",
            ["In 2019 Arvia had 45 guards.", "In 2019 Arvia had 45 prisoners."],
        ),
        (
            "The quake at Tarn injured nine people for every one it killed.",
            ["The quake at Tarn injured 45 people.", "The quake at Tarn killed 45 people."],
        ),
        (
            "The quake at Tarn had a higher magnitude than the one at Orm on 9 June 2018.",
            [
                "The quake at Tarn had a magnitude of 45.",
                "The quake on 9 June 2018 at Orm had a magnitude of 45.",
            ],
        ),
        (
            "The quake at Tarn injured more people than it killed.",
            ["The quake at Tarn injured 45 people.", "The quake at Tarn killed 45 people."],
        ),
        (
            "There were 16 guards to a prison in Arvia in 2019.",
            ["There were 45 guards in Arvia in 2019.", "There were 45 prisons in Arvia in 2019."],
        ),
        (
            "The debt of Arvia's mines came to 34,000 euros a mine in 2019.",
            ["The debt of Arvia's mines came to 45 euros in 2019.", "There were 45 mines in Arvia in 2019."],
        ),
        (
            "The gap between the rent in Tarn and that in Orm was 300 euros in 2019.",
            ["The rent in Tarn was 45 in 2019.", "The rent in Orm was 45 in 2019."],
        ),
        (
            "Arvia's harvest in 2019 was four times that of Belland.",
            ["Arvia's harvest in 2019 was 45.", "Belland's harvest in 2019 was 45."],
        ),
        (
            "Arvia exported a third of the wheat it grew in 2019.",
            ["Arvia exported 45 wheat in 2019.", "Arvia grew 45 wheat in 2019."],
        ),
        (
            "Turnout in Arvia in 2019 was higher than that in Belland by 3 points.",
            ["Turnout in Arvia in 2019 was 45.", "Turnout in Belland in 2019 was 45."],
        ),
        (
            "Arvia built 300 homes in 2018 and 270 in 2019, a fall of 10 per cent.",
            ["Arvia built 270 homes in 2019.", "Arvia built 300 homes in 2018."],
        ),
        (
            "At the end of 2019 IDMC and UNHCR differed by fewer than 300 displaced people in Arvia.",
            ["There were 45 displaced people at the end of 2019 in Arvia."] * 2,
        ),
        (
            "Refugees in Arvia had outnumbered those in Belland in 2019.",
            ["Refugees in Arvia were 45 in 2019.", "Refugees in Belland were 45 in 2019."],
        ),
        (
            "The bank doubled its loans in Arvia between 2018 and 2019.",
            ["The bank had 45 loans in Arvia in 2019.", "The bank had 45 loans in Arvia in 2018."],
        ),
        (
            "Births in Arvia exceeded deaths by 300 in 2019.",
            ["Births in Arvia were 45 in 2019.", "Deaths in Arvia were 45 in 2019."],
        ),
        (
            "Turnout in Arvia slipped 5.5 points in 2019.",
            ["Turnout in Arvia was 45 in 2019.", "Turnout in Arvia was 45 in 2018."],
        ),
        (
            "In 2019, one in twelve of those admitted in Arvia died.",
            ["45 people admitted in Arvia died In 2019.", "45 people were admitted in Arvia In 2019."],
        ),
        (
            "The number of refugees in Arvia was three times that of Belland in 2019.",
            [
                "The number of refugees in Arvia was 45 in 2019.",
                "The number of refugees in Belland was 45 in 2019.",
            ],
        ),
        (
            "The number of refugees in Arvia had reached 3,000 in 2019, three times that of Belland.",
            [
                "The number of refugees in Arvia had reached 45 in 2019.",
                "The number of refugees in Belland had reached 45 in 2019.",
            ],
        ),
        (
            "Fewer groups signed the letter of 4 May 2019 than the statement of 9 June 2018.",
            ["45 groups signed the letter of 4 May 2019.", "45 groups signed the statement of 9 June 2018."],
        ),
        (
            "More people died in the flood at Tarn on 4 May 2019 than in the one at Orm on 9 June 2018.",
            [
                "45 people died in the flood at Tarn on 4 May 2019.",
                "45 people died in the flood at Orm on 9 June 2018.",
            ],
        ),
        (
            "In 2018 the rent in Tarn was 900 euros. A year later it was 90 euros higher.",
            ["The rent in Tarn was 45 euros in 2019.", "In 2018 the rent in Tarn was 45 euros."],
        ),
    ],
)
def test_operands_are_sentences_that_share_what_the_text_leaves_out(text: str, sentences: list[str]) -> None:
    [claim] = compared(text)
    assert claim.comparison is not None
    assert [o.sentences[0] for o in claim.comparison.operands] == sentences


@pytest.mark.parametrize(
    "text",
    [
        "The number of refugees in Arvia doubled every year up to 2019.",
        "The number of refugees in Arvia has grown by 3 per cent a year since 2015.",
        "The number of refugees in Arvia has doubled since 2015.",
        "Arvia hosted more refugees in 2019 than in 2015 and 2016.",
    ],
)
def test_what_is_told_of_each_of_several_times_is_not_read_as_one(text: str) -> None:
    assert [c.comparison.unread is not None for c in compared(text) if c.comparison] == [True]


def test_a_number_that_rose_down_from_another_did_neither() -> None:
    text = "Arvia's prison population rose to 900 on 1 July 2019, down from 800 on 1 July 2018."
    assert next(c.comparison.unread for c in compared(text) if c.comparison) == "way"


@pytest.mark.parametrize(
    "text",
    [
        "In 2015, 300 of the 900 refugees in Arvia left. Four years later the figure had doubled.",
        "In 2015 there were 2,000 refugees in Arvia. In Belland the figure had doubled four years later.",
        "In 2015 there were 2,000 refugees in Arvia.\n\nFour years later the figure had doubled.",
        "In 2015 there were 2,000 refugees in Arvia. Talks went on. Four years later the figure had doubled.",
    ],
)
def test_a_subject_that_points_goes_back_to_the_one_number_right_before(text: str) -> None:
    [claim] = compared(text)
    assert claim.comparison is not None
    assert not any("refugees" in s for o in claim.comparison.operands for s in o.sentences)


def row(best: int | None, low: int | None = None, high: int | None = None) -> Evidence:
    """A row that says a number."""
    numbers = (None if x is None else Decimal(x) for x in (low, best, high))
    low_, best_, high_ = numbers
    return Evidence(
        table="t", row_id="r", source_id=None, relation="neutral", low=low_, best=best_, high=high_
    )


APART = Comparison(
    relation="difference",
    way="equal",
    low=Decimal(300),
    high=Decimal(300),
    outer_low=Decimal(300),
    outer_high=Decimal(300),
)
TWICE = Comparison(
    relation="ratio",
    low=Decimal("1.9"),
    high=Decimal("2.1"),
    outer_low=Decimal("1.8"),
    outer_high=Decimal("2.2"),
)


@pytest.mark.parametrize(
    ("comparison", "first", "second", "relation"),
    [
        (Comparison(relation="greater"), row(5), row(4), "supports"),
        (Comparison(relation="greater"), row(4), row(4), "refutes"),
        (Comparison(relation="greater"), row(None, 3, 6), row(4), "neutral"),
        (Comparison(relation="less", way="less"), row(4), row(5), "refutes"),
        (Comparison(relation="greater"), row(None, 3, 6), row(None, 7, 9), "refutes"),
        (APART, row(200), row(500), "supports"),
        (APART, row(500), row(200), "supports"),
        (APART, row(500), row(210), "refutes"),
        (APART, row(None, 400, 600), row(200), "neutral"),
        (APART, row(None, 0, 600), row(None, 200, 400), "neutral"),
        (TWICE, row(200), row(100), "supports"),
        (TWICE, row(215), row(100), "neutral"),
        (TWICE, row(300), row(100), "refutes"),
        (TWICE, row(300), row(0), "neutral"),
        (TWICE, row(300), row(-1), "neutral"),
        (TWICE, row(None), row(1), "neutral"),
    ],
)
def test_a_relation_holds_only_where_all_values_fulfil_it(
    comparison: Comparison, first: Evidence, second: Evidence, relation: str
) -> None:
    less = Comparison(relation="less", way="less")
    if comparison == less:
        assert pair(less, second, first).relation == relation
    else:
        assert pair(comparison, first, second).relation == relation


def test_what_may_be_incomplete_refutes_only_from_above() -> None:
    counted = replace(row(9), sql="SELECT 9 AS best")
    fewer = Comparison(relation="greater")
    assert pair(fewer, counted, row(10)).relation == "neutral"
    assert pair(fewer, row(8), counted).relation == "refutes"
    assert pair(fewer, replace(counted, complete=True), row(10)).relation == "refutes"
    hundred = Comparison(
        relation="sum", low=Decimal(100), high=Decimal(100), outer_low=Decimal(100), outer_high=Decimal(100)
    )
    assert total(hundred, [counted, counted]).relation == "neutral"
    assert total(hundred, [row(50), row(50)]).relation == "supports"
    assert total(hundred, [row(50), row(51)]).relation == "refutes"


@pytest.fixture(scope="module")
def fires() -> Iterator[Checker]:
    with Checker([DOMAINS / "fires"]) as checker:
        yield checker


@pytest.fixture(scope="module")
def seizures() -> Iterator[Checker]:
    with Checker([DOMAINS / "seizures"]) as checker:
        yield checker


def judged(checker: Checker, text: str, day: date = date(2024, 2, 1)) -> CheckedDocument:
    """A text checked against a package."""
    [checked] = checker.check([Document(id="x", text=text, date=day)])
    return checked


def of_kind(checked: CheckedDocument, kind: str) -> list[Verdict]:
    """The verdicts of claims of a kind."""
    return [checked.verdicts[c.claim_id] for c in checked.reading.claims if c.kind == kind]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The Marrow Fire burned more acres than the Hollow Creek Fire.", "supported"),
        ("The Ridge Fire burned more acres than the Hollow Creek Fire.", "refuted"),
        ("The Marrow Fire destroyed nearly twice as many homes as the Hollow Creek Fire.", "supported"),
        ("The Marrow Fire was the deadliest wildfire in Westmark since 2021.", "supported"),
        ("The Hollow Creek Fire was the deadliest wildfire in Westmark since 2021.", "refuted"),
        ("The Hollow Creek Fire was the second deadliest wildfire in Westmark since 2021.", "supported"),
        ("The Ridge Fire was the second deadliest wildfire in Westmark since 2021.", "refuted"),
        ("The Marrow Fire and the Hollow Creek Fire together killed 38 people.", "supported"),
    ],
)
def test_the_sql_of_a_comparison_gives_its_value_again(fires: Checker, text: str, verdict: str) -> None:
    [found] = of_kind(judged(fires, text), "comparison")
    assert found.verdict == verdict
    computed = [e for e in found.evidence if e.name == "comparison"]
    assert computed
    for evidence in computed:
        assert evidence.sql is not None
        rows = fires.store.rows(evidence.sql)
        if "row_id" in rows[0]:
            assert {r["row_id"] for r in rows} >= {e.row_id for e in found.evidence[2:]}
            continue
        for end, value in (("low", evidence.low), ("high", evidence.high)):
            assert value is not None
            assert float(value) == pytest.approx(float(rows[0][end]))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Cocaine seizures in Antwerp fell from 89.5 tonnes in 2021 to 116 tonnes in 2023.", "116 tonnes"),
    ],
)
def test_a_number_is_not_supported_by_half_of_what_is_said(seizures: Checker, text: str, number: str) -> None:
    checked = judged(seizures, text)
    [comparison] = of_kind(checked, "comparison")
    assert comparison.verdict == "refuted"
    [own] = [c for c in checked.reading.claims if c.quantity is not None and c.quantity.text == number]
    verdict = checked.verdicts[own.claim_id]
    assert verdict.verdict == "not_enough_evidence"
    if verdict.reason == "part_of_comparison":
        assert "is refuted: “the most since 2021”" in verdict.explanation


def harbours(folder: Path, complete: object) -> Path:
    """A package of trucks counted at two harbours in June of some years, and monthly at one."""
    rows = [("h1", "Tarn", 40, "2018-06"), ("h2", "Tarn", 50, "2019-06"), ("h3", "Tarn", 60, "2020-06")]
    rows += [("h4", "Tarn", 70, "2021-06"), ("h5", "Orm", 30, "2021-06"), ("h6", "Tarn", 65, "2021-05")]
    rows += [("h7", "Orm", 30, "2020-06")]
    table = "id,harbour,trucks,month\n" + "".join(f"{i},{p},{n},{m}\n" for i, p, n, m in rows)
    (folder / "trucks.csv").write_text(table, encoding="utf-8")
    columns = ("id", "harbour", "trucks", "month")
    resource = {
        "name": "trucks",
        "path": "trucks.csv",
        "schema": {
            "fields": [{"name": c, "type": "integer" if c == "trucks" else "string"} for c in columns]
        },
        "claimcheck": {
            "kind": "figures",
            "key": "id",
            "measure": {"constant": "trucks counted"},
            "unit": {"constant": "trucks"},
            "best": "trucks",
            "place": "harbour",
            "start": "month",
            "complete": complete,
        },
    }
    words = {"trucks counted": {"words": ["truck", "truck count", "truck cross"], "type": "flow"}}
    package = {"name": "harbours", "vocabulary": words, "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


MOST = "In June 2021 Tarn counted the most trucks in the world."


@pytest.mark.parametrize(
    ("complete", "verdict"),
    [
        (False, "not_enough_evidence"),
        (True, "supported"),
        ({"measure": "trucks counted"}, "supported"),
        ({"measure": "trucks counted", "since": "2021-06"}, "supported"),
        ([{"since": "2021-07"}], "not_enough_evidence"),
    ],
)
def test_what_a_package_says_to_be_complete_lets_a_superlative_stand(
    tmp_path: Path, complete: object, verdict: str
) -> None:
    with Checker([harbours(tmp_path, complete)]) as checker:
        [found] = of_kind(judged(checker, MOST), "comparison")
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("complete", "value"),
    [
        ("yes", "yes"),
        ({"measure": "lorries"}, "lorries"),
        ({"since": "last year"}, "last year"),
        ({"until": "2019"}, None),
    ],
)
def test_what_is_no_statement_of_completeness_is_a_fault(
    tmp_path: Path, complete: object, value: object
) -> None:
    with pytest.raises(PackageError) as error:
        load_package(harbours(tmp_path, complete))
    [problem] = error.value.problems
    assert problem.file == "datapackage.json"
    assert problem.line
    assert value is None or problem.value == value


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        ("Truck numbers rose for the third year in a row", "supported", "70 ← 60 ← 50 ← 40"),
        ("Truck numbers rose for the second year running", "not_enough_evidence", "the time before, too"),
        (
            "Truck numbers rose for the fourth consecutive year",
            "not_enough_evidence",
            "no row for 2017-06-30",
        ),
        ("Truck numbers fell for a third straight year", "refuted", "70 ← 60 ← 50 ← 40"),
    ],
)
def test_a_streak_needs_every_step(tmp_path: Path, text: str, verdict: str, words: str) -> None:
    told = text.replace("Truck numbers", "The number of trucks in Tarn")
    with Checker([harbours(tmp_path, False)]) as checker:
        checked = judged(checker, f"{told} in June 2021.")
    [found] = of_kind(checked, "comparison")
    assert found.verdict == verdict
    assert words in found.explanation
    assert [c.kind for c in checked.reading.claims if c.quantity is not None] == ["comparison"]


def test_a_streak_of_years_is_none_of_single_happenings(seizures: Checker) -> None:
    checked = judged(seizures, "Cocaine seizures in Rotterdam fell for the second year running in 2023.")
    [verdict] = of_kind(checked, "comparison")
    assert verdict.verdict == "supported"
    assert {e.table for e in verdict.evidence} == {"annual"}
    assert all(c.text != "running in 2023" for c in checked.reading.claims)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In 2022 and 2023 Antwerp seized 226 tonnes of cocaine.", "supported"),
        ("In 2022 and 2023 Antwerp seized 300 tonnes of cocaine.", "refuted"),
        ("In 2022 and 2023 Antwerp seized 116 tonnes of cocaine.", "not_enough_evidence"),  # in one of them
        ("Antwerp and Rotterdam seized 161.5 tonnes of cocaine in 2023.", "supported"),
        ("Antwerp and Rotterdam each seized 161.5 tonnes of cocaine in 2023.", None),
    ],
)
def test_a_number_of_several_is_their_sum_without_a_word_for_it(
    seizures: Checker, text: str, verdict: str | None
) -> None:
    checked = judged(seizures, text)
    assert [v.verdict for v in of_kind(checked, "comparison")] == ([] if verdict is None else [verdict])
    numbers = [c for c in checked.reading.claims if c.kind == "quantity"]
    assert len(numbers) == (1 if verdict is None else 0)
    assert all(checked.verdicts[c.claim_id].verdict != "supported" for c in numbers)


@pytest.fixture(scope="module")
def election() -> Iterator[Checker]:
    with Checker([DOMAINS / "election"]) as checker:
        yield checker


def test_a_party_is_first_among_the_parties_there(election: Checker) -> None:
    text = "In Germany on 26 September 2021, the Greens won the most seats."
    [verdict] = of_kind(judged(election, text), "comparison")
    assert verdict.verdict == "refuted"
    assert {e.row_id for e in verdict.evidence if e.name != "comparison"} <= {"g1", "g2", "g3", "g4", "g5"}


def test_an_operand_without_a_row_is_named(seizures: Checker) -> None:
    checked = judged(seizures, "Customs seized more cocaine in Antwerp than in Gdansk in 2023.")
    [verdict] = of_kind(checked, "comparison")
    assert verdict.reason == "no_reference"
    assert "Gdansk" in verdict.explanation
    assert "Antwerp" not in verdict.explanation


FARMS = """id,measure,unit,low,best,high,place,start,as_of
a1,goats sold,goats,,0,,Arvia,2018,
a2,goats sold,goats,,40,,Arvia,2019,
a3,goats sold,goats,100,,,Belland,2018,
a4,goats sold,goats,,,200,Belland,2019,
a5,cheese made,tonnes,,4,,Arvia,2018,
a6,cheese made,kilograms,,5000,,Arvia,2019,
a7,inmates,people,,100,,Arvia,,2018-12-31
a8,inmates,people,,130,,Arvia,,2018-12-31
a9,inmates,people,,120,,Arvia,,2019-12-31
a10,wine made,litres,,,,Arvia,2019,
a11,wine made,litres,,20,,Arvia,2018,
a12,inmates,people,,90,,Belland,,2019-12-31
a13,inmates,people,,95,,Belland,,2019-12-31
"""


@pytest.fixture(scope="module")
def farms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    """Rows that a comparison can do little with: zeros, open ends, two units, two values of a day."""
    folder = tmp_path_factory.mktemp("farms")
    (folder / "figures.csv").write_text(FARMS, encoding="utf-8")
    header = FARMS.splitlines()[0].split(",")
    numbers = ("low", "best", "high")
    fields = [{"name": c, "type": "number" if c in numbers else "string"} for c in header]
    block = {"kind": "figures", "key": "id", **{c: c for c in header if c != "id"}}
    words = {
        "goats sold": {"words": ["goat"], "type": "flow"},
        "cheese made": {"words": ["cheese"], "type": "flow"},
        "wine made": {"words": ["wine"], "type": "flow"},
        "inmates": {"words": ["inmate"], "type": "stock"},
    }
    table = {"name": "figures", "path": "figures.csv", "schema": {"fields": fields}, "claimcheck": block}
    package = {"name": "farms", "vocabulary": words, "resources": [table]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with Checker([folder]) as checker:
        yield checker


@pytest.mark.parametrize(
    ("text", "verdict", "why"),
    [
        (
            "Twice as many goats were sold in Arvia in 2019 as in 2018.",
            "not_enough_evidence",
            "divided by zero",
        ),
        ("More goats were sold in Arvia in 2019 than in 2018.", "supported", "40 − 0"),
        (
            "More goats were sold in Belland in 2019 than in 2018.",
            "not_enough_evidence",
            "at most 200 − at least 100",
        ),
        ("More goats were sold in Belland than in Arvia in 2018.", "supported", "at least 100 − 0"),
        (
            "More cheese was made in Arvia in 2019 than in 2018.",
            "not_enough_evidence",
            "in kilograms and tonnes",
        ),
        (
            "The number of inmates in Arvia rose between the end of 2018 and the end of 2019.",
            "conflicting_evidence",
            "120 − 130",
        ),
        ("More wine was made in Arvia in 2019 than in 2018.", "not_enough_evidence", "… wine"),
        (
            "More goats were sold in Arvia in 2019 than in 2017 and 2018 combined.",
            "not_enough_evidence",
            "in 2017",
        ),
        (
            "In 2018 and 2019 Arvia made 9 tonnes of cheese in all.",
            "not_enough_evidence",
            "they are in kilograms and tonnes",
        ),
        (
            "Arvia and Belland together had 210 inmates at the end of 2019.",
            "not_enough_evidence",
            "90 (figures a12), 95 (figures a13)",
        ),
        (
            "Arvia had 25 more inmates than Belland at the end of 2019.",
            "conflicting_evidence",
            "120 − 90 = 30",
        ),
        (
            "Half of the goats sold in Arvia in 2018 were sold in Belland.",
            "not_enough_evidence",
            "divided by zero",
        ),
        ("On average Arvia sold 20 goats a year in 2018 and 2019.", "supported", "(0 + 40) ÷ 2 = 20"),
        ("On average Arvia sold 20 goats a year in 2017 and 2018.", "not_enough_evidence", "in 2017"),
        ("For every goat sold in Arvia in 2018 two were sold in 2019.", "not_enough_evidence", "be read"),
    ],
)
def test_rows_that_leave_a_comparison_open_say_why(farms: Checker, text: str, verdict: str, why: str) -> None:
    [found] = of_kind(judged(farms, text), "comparison")
    assert found.verdict == verdict
    assert why in found.explanation


def test_what_is_not_asserted_is_not_judged(fires: Checker) -> None:
    text = "If the Marrow Fire had burned more acres than the Hollow Creek Fire, help would have come."
    [verdict] = of_kind(judged(fires, text), "comparison")
    assert (verdict.verdict, verdict.reason) == ("not_enough_evidence", "not_asserted")


def test_comparisons_keep_their_operands_in_json_and_in_the_database(tmp_path: Path) -> None:
    text = "The Marrow Fire burned more acres than the Hollow Creek Fire."
    with Checker([DOMAINS / "fires"], tmp_path / "c.duckdb") as checker:
        [checked] = checker.kept(checker.check([Document(id="x", text=text, date=date(2024, 2, 1))]))
        [claim] = json.loads(json.dumps(document_dict(checked)))["claims"]
        assert claim["kind"] == "comparison"
        assert claim["comparison"]["relation"] == "greater"
        assert [o["rows"] for o in claim["comparison"]["operands"]] == [["fires:f5"], ["fires:f2"]]
        assert {o["measure"] for o in claim["comparison"]["operands"]} == {"area burned"}
        [stored] = checker.store.rows("SELECT comparison FROM claim")
        assert json.loads(stored["comparison"])["operands"][0]["rows"] == ["fires:f5"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Rotterdam seized 45.5 tonnes of cocaine in 2023, 1.3 tonnes less than in 2022.", "supported"),
        ("Police in Rotterdam arrested 406 people in 2023, up from 266 in 2022.", "supported"),
        ("Police in Rotterdam arrested 406 people in 2023, down from 266 in 2022.", "refuted"),
        ("Police in Rotterdam arrested 406 people in 2023, three times as many as in 2022.", "refuted"),
    ],
)
def test_what_a_sentence_adds_to_its_number_is_compared(seizures: Checker, text: str, verdict: str) -> None:
    assert [v.verdict for v in of_kind(judged(seizures, text), "comparison")] == [verdict]


def test_the_numbers_that_are_compared_are_drawn(fires: Checker) -> None:
    checked = judged(fires, "The Ridge Fire burned more acres than the Hollow Creek Fire.")
    [claim] = checked.reading.claims
    picture = interval_picture(claim, checked.verdicts[claim.claim_id], "p")
    assert picture is not None
    assert "Ridge Fire<" in picture
    assert "Hollow Creek Fire<" in picture
    assert "151,300" in picture


def test_operands_that_say_the_same_are_asked_for_once(fires: Checker) -> None:
    text = "The Marrow Fire burned more acres than the Hollow Creek Fire."
    other = "The Ridge Fire burned fewer acres than the Hollow Creek Fire."
    documents = [
        Document(id=i, text=t, date=date(2024, 2, 1)) for i, t in (("x", text), ("y", text), ("z", other))
    ]
    asked: list[str] = []

    def check(readings: Sequence[Reading]) -> list[CheckedDocument]:
        asked.extend(r.document.text for r in readings)
        return fires.linker.check(readings)

    claims = [(c, r.document, {}) for r in read(documents) for c in r.claims if c.comparison is not None]
    sides = link_operands(claims, check, lambda operands: read_operands(operands, None))
    assert len(asked) == len(set(asked)) == 3
    assert [[s.rows[0].row_id for s in sides[c.claim_id]] for c, *_ in claims] == [
        ["f5", "f2"],
        ["f5", "f2"],
        ["f1", "f2"],
    ]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The organisers counted 118 more participants at the Sochi congress than RBC.", "supported"),
        ("The organisers counted 218 more participants at the Sochi congress than RBC.", "refuted"),
        ("RBC counted more participants at the Sochi congress than the organisers.", "refuted"),
        (
            "The number of patients needing evacuation from Eastern Ghouta rose from 400 on 9 November 2017 "
            "to 500 on 30 November 2017.",
            "supported",
        ),
        (
            "The number of patients needing evacuation from Eastern Ghouta rose from 400 on 9 November 2017 "
            "to 600 on 30 November 2017.",
            "conflicting_evidence",
        ),
    ],
)
def test_who_counts_and_on_which_day_tells_rows_apart(text: str, verdict: str) -> None:
    with Checker([ROOT / "reference_data"]) as checker:
        assert [v.verdict for v in of_kind(judged(checker, text, date(2018, 3, 20)), "comparison")] == [
            verdict
        ]


def test_what_a_comparison_says_is_no_number_of_a_row(fires: Checker) -> None:
    text = "The Marrow Fire destroyed nearly twice as many homes as the Hollow Creek Fire."
    checked = judged(fires, text)
    [claim] = [c for c in checked.reading.claims if c.comparison is not None]
    verdict = checked.verdicts[claim.claim_id]
    assert verdict.verdict == "supported"
    assert not any("less than claimed" in why(claim, e) for e in verdict.evidence)
    assert [p.words for p in claim_parts(claim) if p.label == "How many"] == ["1.8 to 2 times as much"]


def test_a_text_of_many_comparisons_costs_linear_time() -> None:
    text = "Arvia hosted more refugees than " + "the one that hosted more than " * 200 + "Belland."
    compared(text)  # too long to be a sentence, or read: it ends
