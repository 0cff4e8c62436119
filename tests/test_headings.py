"""Headings and lead-ins give their list measure, place and year; what they narrow stays unexplained."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.model import Document
from claimcheck.pipeline import Checker
from claimcheck.propositions import headings

RATES = """country,indicator,year,value
Arvia,unemployment rate,2021,3.6
Sylvia,unemployment rate,2021,7.9
Arvia,unemployment rate,2020,3.9
Sylvia,unemployment rate,2020,8.0
"""
QUAKES = """day,place,killed
2013-04-20,Tarn,196
2013-07-22,Morn,95
2014-08-03,Tarn,617
"""


def _table(name: str, columns: dict[str, str], block: dict[str, object]) -> dict[str, object]:
    fields = [{"name": column, "type": kind} for column, kind in columns.items()]
    return {"name": name, "path": f"{name}.csv", "schema": {"fields": fields}, "claimcheck": block}


PACKAGE = {
    "name": "lists",
    "vocabulary": {
        "unemployment rate": {"words": ["unemployment rate", "jobless rate"], "type": "flow"},
        "people killed": {"words": ["kill", "dead", "death", "die"], "type": "flow"},
    },
    "resources": [
        _table(
            "rates",
            {"country": "string", "indicator": "string", "year": "string", "value": "number"},
            {"kind": "figures", "measure": "indicator", "unit": {"constant": "percent"}, "best": "value",
             "place": "country", "start": "year", "end": "year"},
        ),
        _table(
            "quakes",
            {"day": "date", "place": "string", "killed": "integer"},
            {"kind": "incidents", "place": "place", "start": "day", "end": "day", "counted_as": "earthquake",
             "measures": [{"measure": "people killed", "unit": {"constant": "people"}, "best": "killed"}]},
        ),
    ],
}  # fmt: skip
S, R, N = "supported", "refuted", "not_enough_evidence"
LISTS = [
    ("Unemployment rate, 2021\n\n- Arvia: 3.6%\n- Sylvia: 8.9%\n", [S, R]),
    ("## Unemployment rate\n\n### 2021\n\n- Arvia: 3.6%\n- Sylvia: 7.7%\n", [S, R]),
    ("Unemployment rate\n\n2021\n\n- Arvia: 3.6%\n\n2020\n\n- Arvia: 3.9%\n- Sylvia: 7.0%\n", [S, S, R]),
    ("Unemployment rates in 2021 were as follows:\n\n* Arvia: 3.6%\n* Sylvia: 7.9%\n", [S, S]),
    ("Earthquakes, 2013\n\n- Tarn, 20 April: 196 killed\n- Morn, 22 July: 95 killed\n", [S, S]),
    ("Youth unemployment rate, 2021\n\n- Arvia: 3.6%\n- Sylvia: 7.9%\n", [N, N]),
    ("Youth unemployment rate\n\n2021\n\n- Arvia: 3.6%\n- Sylvia: 7.9%\n", [N, N]),
    ("Tarn: tremors and health\n\n- On 20 April 2013, an earthquake killed 196 people.\n", [S]),
    ("Inflation, 2021\n\n- Arvia: 3.6%\n- Sylvia: 7.9%\n", [N, N]),
    ("Opera\n\n- On 20 April 2013 an earthquake in Tarn killed 196 people.\n", [N]),
    ("Opera\n\n1. On 20 April 2013 an earthquake in Tarn killed 196 people. It was felt far away.\n", [S]),
]


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder: Path = tmp_path_factory.mktemp("lists")
    (folder / "rates.csv").write_text(RATES, encoding="utf-8")
    (folder / "quakes.csv").write_text(QUAKES, encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    return Checker([folder])


@pytest.mark.parametrize(("text", "wanted"), LISTS)
def test_a_list_is_read_under_its_headings(checker: Checker, text: str, wanted: list[str]) -> None:
    [checked] = checker.check([Document(id="1", text=text, date=date(2023, 1, 1))])
    numbers = [c for c in checked.reading.claims if c.kind == "quantity"]
    assert [checked.verdicts[c.claim_id].verdict for c in numbers] == wanted


@pytest.mark.parametrize(
    ("text", "at", "governing"),
    [
        ("Rates, 2021\n\nArvia: 3.6%\nSylvia: 7.9%\n", "Sylvia", ["Rates, 2021"]),
        ("Rates, 2021\n\nArvia: 3.6%\n\nMore is told elsewhere.\n", "Arvia", []),  # one line is no list
        (
            "# Labour\n\n## Rates\n\n### 2021\n\n- Arvia: 3.6%\n",
            "Arvia",
            ["### 2021", "## Rates", "# Labour"],
        ),
        ("Rates\n\n2021\n\n- Arvia: 3.6%\n\n2020\n\n- Arvia: 3.9%\n", "Arvia: 3.9", ["2020", "Rates"]),
        ("Rates\n\nThey fell again.\n\n- Arvia: 3.6%\n", "Arvia", []),
        ("## Rates\n\n## 2021\n\n- Arvia: 3.6%\n", "Arvia", ["## 2021"]),  # beside it, not above
    ],
)
def test_the_lines_that_govern_an_item(text: str, at: str, governing: list[str]) -> None:
    assert [span.of(text) for span in headings(text, text.index(at))] == governing


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("| 20 April 2013 | Tarn | 196 | Office |\n| 22 July 2013 | Morn | 96 | press |\n", [S, R]),
        ("| 2014 | Tarn | 617 | Office |\n| 2014 | Ruritania | 196 | press |\n", [S, N]),  # no row knows it
    ],
)
def test_a_table_is_read_by_all_its_columns(checker: Checker, rows: str, wanted: list[str]) -> None:
    text = f"Tarn is afraid of earthquakes.\n\n| Year | Place | Killed by earthquakes | Source |\n{rows}"
    [checked] = checker.check([make("1", text, meta={"date": date(2023, 1, 1)})])
    numbers = [c for c in checked.reading.claims if c.rule == "claims.cell"]
    assert [checked.verdicts[c.claim_id].verdict for c in numbers] == wanted


ITEMS = """Background

1. The bridge at Tarn, which the council of the valley had
closed in June, was opened.

2. In the following year, the tunnel behind it, of which nobody
knew when it would open, was opened.
"""


def test_the_heading_of_wrapped_items_is_found_over_their_lines() -> None:
    for start in (ITEMS.index("2. "), ITEMS.index("knew when"), ITEMS.index("closed in")):
        assert [span.of(ITEMS) for span in headings(ITEMS, start)] == ["Background"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A tremor shook Tarn on 20 April 2013.\n\nIn Tarn, 196 people were killed by the earthquake.", S),
        ("A tremor shook Tarn on 20 April 2013.\n\nIn Tarn, 190 people were killed by the earthquake.", N),
        ("A tremor shook Tarn on 20 April 2013. In Tarn, 190 people were killed by the earthquake.", R),
        ("An earthquake shook Tarn on 20 April 2013.\n\nThe disaster killed 190 people there.", R),
    ],
)
def test_a_day_of_the_paragraph_before_refutes_only_what_points_back(
    checker: Checker, text: str, wanted: str
) -> None:
    [checked] = checker.check([Document(id="1", text=text, date=date(2023, 1, 1))])
    numbers = [c for c in checked.reading.claims if c.kind == "quantity"]
    assert [checked.verdicts[c.claim_id].verdict for c in numbers] == [wanted]
