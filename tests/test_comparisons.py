"""Comparisons: how they are read, judged by arithmetic, and shown; what stands beside them is never half
true."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from claimcheck.claims.reading import read
from claimcheck.judging.comparing import pair
from claimcheck.lexicon import load
from claimcheck.model import CheckedDocument, Claim, Comparison, Document, Evidence, Verdict
from claimcheck.output import document_dict
from claimcheck.pipeline import Checker
from claimcheck.reference.loading import load as load_package
from claimcheck.reference.problems import PackageError
from claimcheck.relate.operands import verdict_of
from claimcheck.report.explain import explain_text
from tests.reader import ROOT, checker_of, of_all
from tests.reference_case import packed

DOMAINS = ROOT / "tests" / "domains"


def compared(text: str, day: date = date(2020, 2, 1)) -> list[Claim]:
    """The comparisons that a text makes."""
    [reading] = read([Document(id="x", text=text, date=day)])
    return [c for c in reading.claims if c.comparison is not None]


EXAMPLES = [(row.id, phrase) for row in load("comparisons") for phrase in row.examples]
MEASURED = [row for row in load("comparisons") if row["use"] != "unmeasured"]
COUNTER_EXAMPLES = [(row.id, phrase) for row in MEASURED for phrase in row.counter_examples]


@of_all(EXAMPLES, parsed=True)
def test_the_examples_of_the_lexicon_compare(row: str, phrase: str) -> None:
    relation, _, text = phrase.partition(" | ")
    claims = compared(text)
    assert [c.comparison.relation for c in claims if c.comparison] == [relation]
    assert all(c.comparison.operands for c in claims if c.comparison)


@pytest.mark.parametrize(("row", "phrase"), COUNTER_EXAMPLES)
def test_the_counter_examples_of_the_lexicon_compare_nothing(row: str, phrase: str) -> None:
    assert compared(phrase) == []


@of_all([
    ("hosted more than a hundred times as many refugees as Belland", "ratio 100..None"),
    ("hosted more than twice as many refugees as Belland", "ratio 2..None"),
    ("hosted at least ninety times as many refugees as Belland", "ratio 90..None"),
    ("hosted less than twice as many refugees as Belland", "ratio None..2"),
    ("hosted up to fifty times as many refugees as Belland", "ratio None..50"),
    ("hosted almost a hundred times as many refugees as Belland", "ratio 90..100"),
    ("hosted a quarter as many refugees as Belland", "ratio 0.237..0.263"),
    ("counted 300 trucks, after 400 in 2015, a fall of at least 20 per cent", "change 0.2..None"),
    ("saw the number of refugees rise by more than half between 2015 and 2018", "change 0.5..None"),
    ("saw the number of refugees fall by at least 250 between 2015 and 2018", "difference 250..None"),
    ("saw the number of refugees fall more than fourfold between 2015 and 2018", "ratio None..0.25"),
])  # fmt: skip
def test_words_before_an_amount_bound_it(words: str, stated: str) -> None:
    [found] = [c.comparison for c in compared(f"In 2019 Arvia {words}.")]
    assert found is not None
    low, high = (None if end is None else round(float(end), 3) for end in (found.low, found.high))
    assert stated == f"{found.relation} {_plain(low)}..{_plain(high)}"


def _plain(end: float | None) -> str:
    return "None" if end is None else f"{end:g}"


def row(best: int | None, low: int | None = None, high: int | None = None) -> Evidence:
    """A row that says a number."""
    low_, best_, high_ = (None if x is None else Decimal(x) for x in (low, best, high))
    return Evidence(
        table="t", row_id="r", source_id=None, relation="neutral", low=low_, best=best_, high=high_
    )


def _tenths(best: str) -> Evidence:
    return replace(row(None), best=Decimal(best))


def of(relation: str, way: str, *ends: str) -> Comparison:
    """A comparison that admits a value between two ends, and does not rule out what lies between two more."""
    names = ("low", "high", "outer_low", "outer_high")
    return Comparison(relation=relation, way=way, **dict(zip(names, map(Decimal, ends), strict=True)))  # type: ignore[arg-type]


MORE = Comparison(relation="greater")
APART = of("difference", "equal", "300", "300", "300", "300")
TWICE = of("ratio", "greater", "1.9", "2.1", "1.8", "2.2")
FELL_BY_HALF = of("change", "less", "0.5", "0.5", "0.45", "0.55")


@pytest.mark.parametrize(
    ("comparison", "first", "second", "relation"),
    [
        (MORE, row(5), row(4), "supports"), (MORE, row(4), row(4), "refutes"),
        (MORE, row(None, 3, 6), row(4), "neutral"), (MORE, row(None, 3, 6), row(None, 7, 9), "refutes"),
        (Comparison(relation="less", way="less"), row(4), row(5), "refutes"),
        (APART, row(200), row(500), "supports"), (APART, row(500), row(200), "supports"),
        (APART, _tenths("500.3"), row(200), "supports"), (APART, _tenths("500.6"), row(200), "refutes"),
        (APART, row(500), row(210), "refutes"), (APART, row(None, 400, 600), row(200), "neutral"),
        (APART, row(None, 0, 600), row(None, 200, 400), "neutral"),
        (TWICE, row(200), row(100), "supports"), (TWICE, row(215), row(100), "neutral"),
        (TWICE, row(300), row(100), "refutes"), (TWICE, row(300), row(0), "neutral"),
        (TWICE, row(300), row(-1), "neutral"), (TWICE, row(None), row(1), "neutral"),
        (TWICE, row(None, -6, -4), row(None, 2, 3), "refutes"),
        (FELL_BY_HALF, row(-100), row(200), "refutes"),
    ],
)  # fmt: skip
def test_a_relation_holds_only_where_all_values_fulfil_it(
    comparison: Comparison, first: Evidence, second: Evidence, relation: str
) -> None:
    rows = (second, first) if comparison.relation == "less" else (first, second)
    assert pair(comparison, *rows).relation == relation


def test_rows_in_millions_are_compared_at_scale_one() -> None:
    later, before = (replace(row(best), unit="EUR million") for best in (532, 487))
    millions = of("difference", "greater", *["44500000", "45500000"] * 2)
    assert pair(millions, later, before).relation == "supports"
    assert pair(of("difference", "greater", *["45"] * 4), later, before).relation == "refutes"


@pytest.mark.parametrize("comparison", [MORE, APART, TWICE, FELL_BY_HALF])
def test_numbers_as_large_as_a_table_may_hold_are_compared(comparison: Comparison) -> None:
    most, least = replace(row(10**28 - 1), unit="EUR million"), row(1)
    computed = pair(comparison, most, least)
    assert verdict_of(computed, [most, least], "").evidence[0].high == computed.value.high


def test_a_change_as_large_as_a_text_may_say_is_explained(fires: Checker) -> None:
    checked = judged(fires, "Exports rose 1e27 per cent from 2016 to 2017.")
    [claim] = [c for c in checked.reading.claims if c.kind == "comparison"]
    assert ",000 %" in explain_text(checked, claim)


@pytest.fixture
def fires() -> Checker:
    return checker_of(DOMAINS / "fires")


@pytest.fixture
def seizures() -> Checker:
    return checker_of(DOMAINS / "seizures")


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
        ("Customs seized more cocaine in Antwerp in 2023 than in 2021.", "supported"),
        ("Cocaine seizures in Antwerp rose by 26.5 tonnes from 2021 to 2023.", "supported"),
        ("Cocaine seizures in Antwerp rose by 30 per cent from 2021 to 2023.", "supported"),
        ("In 2021 and 2023 customs seized 205.5 tonnes of cocaine in Antwerp together.", "supported"),
        ("In 2021 and 2023 customs seized 300 tonnes of cocaine in Antwerp together.", "refuted"),
        ("Cocaine seizures in Antwerp rose for the second year running in 2023.", "supported"),
        ("Cocaine seizures in Rotterdam have risen every year since 2021.", "refuted"),
        ("Cocaine seizures in Antwerp in 2023 were the highest since 2021.", "supported"),
        ("Cocaine seizures in Antwerp in 2023 were the lowest since 2021.", "refuted"),
        ("Rotterdam seized the second highest amount of cocaine in 2023.", "supported"),
        ("Customs seized an average of 105 tonnes of cocaine in Antwerp between 2021 and 2023.", "supported"),
        ("The catch was worth 44.6 million euros more in 2024 than in 2023.", "supported"),
        ("Oren ranked third for trucks counted in June 2018.", "refuted"),
    ],
)
def test_the_sql_of_a_comparison_gives_its_value_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, verdict: str
) -> None:
    scaled = DOMAINS.parent / "ordinary" / "fisheries" / "package"  # its catch is worth so many "EUR million"
    ranked = harbours(tmp_path, False) if "trucks" in text else DOMAINS / "seizures"
    checker = checker_of(scaled if "catch" in text else ranked)
    linking = checker.linker.linking
    sure = replace(linking.weights, firm=dict.fromkeys(linking.weights.firm, 0.1))  # all but what is unclear
    monkeypatch.setattr(linking, "weights", sure)
    [found] = of_kind(judged(checker, text), "comparison")
    assert found.verdict == verdict
    computed = [e for e in found.evidence if e.name == "comparison"]
    assert computed
    for evidence in computed:
        assert evidence.sql is not None
        rows = checker.store.rows(evidence.sql)
        if "row_id" in rows[0]:
            assert {r["row_id"] for r in rows} >= {e.row_id for e in found.evidence[2:]}
            continue
        for end, value in (("low", evidence.low), ("high", evidence.high)):
            assert value is not None
            assert float(value) == pytest.approx(float(rows[0][end]))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In 2023 fires killed more people than in 2022.", "supported"),
        ("More people were killed in fires in Arvia in 2022 than in 2023.", "refuted"),
    ],
)
def test_rows_that_nothing_tells_apart_are_added_up(fires: Checker, text: str, verdict: str) -> None:
    [found] = of_kind(judged(fires, text), "comparison")
    assert found.verdict == "not_enough_evidence"  # one incident, or the sum of some, is never sure
    rows = [] if found.likely is None else [r.row for r in found.likely.rows]
    assert found.likely is None or found.likely.verdict == verdict
    assert {r.row_id for r in (*rows, *(n.row for n in found.suggestions))} >= {"f4", "f5"}  # f3 adds nobody


def test_a_number_is_not_supported_by_half_of_what_is_said(seizures: Checker) -> None:
    text = "Cocaine seizures in Antwerp fell from 89.5 tonnes in 2021 to 116 tonnes in 2023."
    checked = judged(seizures, text)
    [verdict] = of_kind(checked, "comparison")
    assert verdict.verdict in ("refuted", "not_enough_evidence")
    assert {v.verdict for v in of_kind(checked, "quantity")} == {"not_enough_evidence"}


def harbours(folder: Path, complete: object) -> Path:
    """A package of trucks counted at harbours and in all, some of them empty, some nobody knows how many."""
    rows = "Tarn,90,empty", "Tarn,40,", "Oren,50,", ",900,", "Ostby,,"
    table = "id,harbour,trucks,load,month\n" + "".join(f"h{n},{r},2018-06\n" for n, r in enumerate(rows))
    stated = {
        "kind": "figures", "key": "id", "measure": {"constant": "trucks counted"},
        "unit": {"constant": "trucks"}, "best": "trucks", "place": "harbour", "start": "month",
        "complete": complete,
    }  # fmt: skip
    words = {"trucks counted": {"words": ["truck", "truck count", "truck cross"], "type": "flow"}}
    return packed(folder, {"trucks": (table, stated)}, words, types={"trucks": "integer"})


@pytest.mark.parametrize(
    ("complete", "value"),
    [
        ("yes", "yes"), ({"measure": "lorries"}, "lorries"), ({"since": "last year"}, "last year"),
        ({"until": "2019"}, None),
    ],
)  # fmt: skip
def test_what_is_no_statement_of_completeness_is_a_fault(
    tmp_path: Path, complete: object, value: object
) -> None:
    with pytest.raises(PackageError) as error:
        load_package(harbours(tmp_path, complete))
    [problem] = error.value.problems
    assert problem.file == "datapackage.json"
    assert problem.line
    assert value is None or problem.value == value


def test_an_operand_without_a_row_decides_nothing(seizures: Checker) -> None:
    checked = judged(seizures, "Customs seized more cocaine in Antwerp than in Gdansk in 2023.")
    assert {v.verdict for v in checked.verdicts.values()} == {"not_enough_evidence"}


def test_of_which_of_two_times_a_place_is_must_be_sure() -> None:
    ranks = compared("Arvia ranked first for trucks counted in 2019, up from fifth in 2018.")
    assert [c.comparison.unread for c in ranks if c.comparison] == ["operand"]


def test_what_is_not_asserted_is_not_judged(fires: Checker) -> None:
    text = "If the Marrow Fire had burned more acres than the Hollow Creek Fire, help would have come."
    [verdict] = of_kind(judged(fires, text), "comparison")
    assert (verdict.verdict, verdict.reason) == ("not_enough_evidence", "not_asserted")


def test_comparisons_keep_their_operands_in_json_and_in_the_database(tmp_path: Path) -> None:
    with Checker([DOMAINS / "seizures"], tmp_path / "c.duckdb") as checker:
        text = "Customs seized more cocaine in Antwerp in 2023 than in 2021."
        [checked] = checker.kept([judged(checker, text)])
        made = json.loads(json.dumps(document_dict(checked)))["claims"]
        [comparison] = [c["comparison"] for c in made if c["kind"] == "comparison"]
        assert comparison["relation"] == "greater"
        assert [o["rows"] for o in comparison["operands"]] == [["annual:a3"], ["annual:a1"]]
        assert {o["measure"] for o in comparison["operands"]} == {"cocaine seized"}
        [stored] = checker.store.rows("SELECT comparison FROM claim WHERE kind = 'comparison'")
        assert json.loads(stored["comparison"])["operands"][0]["rows"] == ["annual:a3"]


SEIZED = "Customs seized 116 tonnes of cocaine in Antwerp in 2023"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"{SEIZED}, 26.5 tonnes more than in 2021.", "supported"),
        (f"{SEIZED}, up from 89.5 tonnes in 2021.", "supported"),
        (f"{SEIZED}, three times as much as in 2021.", "refuted"),
    ],
)
def test_what_a_sentence_adds_to_its_number_is_compared(seizures: Checker, text: str, verdict: str) -> None:
    [found] = of_kind(judged(seizures, text), "comparison")
    assert verdict in (found.verdict, found.likely and found.likely.verdict)
