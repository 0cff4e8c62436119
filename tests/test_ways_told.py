"""A table's measures by their bare names, and sentences of several fields that say them in other words.

Each sentence is borne out by its own figure, and by that of no other measure of its field: who was acquitted
was not convicted, and a train that was late was not cancelled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.pipeline import Checker

FIELDS: dict[str, list[tuple[str, str, int, list[str]]]] = {
    # measure, unit, figure for Velmar in 2023, sentences
    "health": [
        ("outbreaks", "outbreaks", 14, [
            "Velmar had {n} epidemics in 2023.",
            "In 2023, {n} outbreaks flared up in Velmar.",
        ]),
        ("people vaccinated", "people", 61_300, [
            "In 2023, {n} people in Velmar got the vaccine.",
            "Velmar gave jabs to {n} people in 2023.",
            "{n} people in Velmar had been immunised in 2023.",
            "{n} people in Velmar bared their arms for the vaccine in 2023.",
        ]),
        ("hospital beds", "beds", 4820, [
            "The hospitals of Velmar had {n} beds in 2023.",
            "Velmar counted {n} hospital beds in 2023.",
        ]),
        ("people recovered", "people", 3910, [
            "In 2023, {n} people in Velmar were cured.",
            "{n} people were discharged from hospital in Velmar in 2023.",
            "In Velmar {n} people pulled through in 2023.",
        ]),
        ("people hospitalised", "people", 7240, [
            "In 2023, {n} people in Velmar were taken to hospital.",
            "Hospitals in Velmar admitted {n} people in 2023.",
            "{n} people in Velmar needed hospital treatment in 2023.",
        ]),
        ("people tested", "people", 88_400, [
            "In 2023, {n} people in Velmar were swabbed.",
            "Velmar screened {n} people in 2023.",
            "{n} people in Velmar took a test in 2023.",
        ]),
        ("people infected", "people", 2150, [
            "In 2023, {n} people in Velmar caught the virus.",
            "{n} people in Velmar fell ill in 2023.",
            "The virus struck down {n} people in Velmar in 2023.",
        ]),
    ],
    "protests": [
        ("protests", "protests", 208, [
            "In 2023, Velmar saw {n} demonstrations.",
            "Activists staged {n} rallies in Velmar in 2023.",
            "Velmar witnessed {n} marches in 2023.",
        ]),
        ("protesters", "people", 31_500, [
            "In 2023, {n} people marched in Velmar.",
            "{n} people took to the streets in Velmar in 2023.",
            "{n} people joined demonstrations in Velmar in 2023.",
        ]),
        ("people arrested", "people", 640, [
            "In 2023, police in Velmar rounded up {n} people.",
            "{n} people were taken into custody in Velmar in 2023.",
            "Police detained {n} people in Velmar in 2023.",
            "In 2023, {n} people were led away in handcuffs in Velmar.",
        ]),
        ("protests dispersed", "protests", 37, [
            "In 2023, police in Velmar broke up {n} protests.",
            "Police scattered {n} protests in Velmar in 2023.",
            "{n} protests in Velmar were broken up with tear gas in 2023.",
            "Riot police cleared {n} protests in Velmar in 2023.",
        ]),
    ],
    "sport": [
        ("matches won", "matches", 18, [
            "Velmar won {n} matches in 2023.",
            "In 2023, Velmar recorded {n} victories.",
            "Velmar came out on top in {n} matches in 2023.",
        ]),
        ("matches lost", "matches", 9, [
            "Velmar lost {n} matches in 2023.",
            "In 2023, Velmar suffered {n} defeats.",
            "Velmar went down to {n} defeats in 2023.",
        ]),
        ("matches drawn", "matches", 7, [
            "Velmar drew {n} matches in 2023.",
            "Velmar tied {n} matches in 2023.",
        ]),
        ("goals scored", "goals", 61, [
            "Velmar scored {n} goals in 2023.",
            "Velmar netted {n} goals in 2023.",
        ]),
        ("goals conceded", "goals", 38, [
            "Velmar conceded {n} goals in 2023.",
            "In 2023, Velmar let in {n} goals.",
            "Velmar shipped {n} goals in 2023.",
        ]),
        ("medals won", "medals", 23, [
            "Velmar took home {n} medals in 2023.",
            "In 2023, athletes from Velmar claimed {n} medals.",
            "Velmar picked up {n} medals in 2023.",
        ]),
        ("spectators", "people", 412_000, [
            "{n} people watched the matches in Velmar in 2023.",
        ]),
        ("players signed", "players", 11, [
            "In 2023, Velmar bought {n} players.",
            "Velmar brought in {n} players in 2023.",
            "Velmar recruited {n} players in 2023.",
        ]),
    ],
    "economy": [
        ("oil produced", "barrels", 84_000, [
            "In 2023, Velmar pumped {n} barrels of oil.",
            "Velmar turned out {n} barrels of oil in 2023.",
            "Velmar's oil output was {n} barrels in 2023.",
        ]),
        ("wheat exported", "tonnes", 5400, [
            "In 2023, Velmar sold {n} tonnes of wheat abroad.",
            "Velmar shipped {n} tonnes of wheat abroad in 2023.",
        ]),
        ("wheat imported", "tonnes", 2300, [
            "In 2023, Velmar bought {n} tonnes of wheat from abroad.",
            "Velmar brought in {n} tonnes of wheat in 2023.",
        ]),
        ("cars produced", "cars", 91_700, [
            "In 2023, {n} cars rolled off the line in Velmar.",
            "Velmar built {n} cars in 2023.",
            "Velmar assembled {n} cars in 2023.",
            "Factories in Velmar made {n} cars in 2023.",
        ]),
        ("bread price", "crowns", 27, [
            "The price of bread in Velmar was {n} crowns in 2023.",
        ]),
    ],
    "disasters": [
        ("landslides", "landslides", 26, [
            "Velmar had {n} mudslides in 2023.",
            "In 2023, {n} landslips struck Velmar.",
        ]),
        ("droughts", "droughts", 3, [
            "Velmar had {n} dry spells in 2023.",
        ]),
        ("volcanic eruptions", "eruptions", 4, [
            "Velmar saw {n} eruptions in 2023.",
        ]),
        ("homes flooded", "homes", 1840, [
            "In 2023, {n} houses in Velmar were inundated.",
            "Water swamped {n} homes in Velmar in 2023.",
            "{n} homes in Velmar were under water in 2023.",
        ]),
        ("people rescued", "people", 970, [
            "In 2023, {n} people were plucked to safety in Velmar.",
            "Crews saved {n} people in Velmar in 2023.",
            "{n} people were winched to safety in Velmar in 2023.",
        ]),
    ],
    "elections": [
        ("candidates", "people", 312, [
            "In 2023, {n} people stood for office in Velmar.",
            "{n} people ran for office in Velmar in 2023.",
            "{n} contenders were on the ballot in Velmar in 2023.",
        ]),
        ("women elected", "women", 48, [
            "In 2023, voters in Velmar elected {n} women.",
            "{n} women were voted in in Velmar in 2023.",
            "Voters in Velmar returned {n} women in 2023.",
        ]),
        ("voters registered", "people", 756_000, [
            "In 2023, {n} people were on the electoral roll in Velmar.",
            "{n} people were enrolled to vote in Velmar in 2023.",
        ]),
        ("polling stations", "stations", 1450, [
            "In 2023, {n} polling places opened in Velmar.",
            "Velmar had {n} polling stations in 2023.",
            "People voted at {n} polling stations in Velmar in 2023.",
        ]),
    ],
    "courts": [
        ("people convicted", "people", 530, [
            "In 2023, {n} people were found guilty in Velmar.",
            "Courts in Velmar convicted {n} people in 2023.",
        ]),
        ("people acquitted", "people", 71, [
            "In 2023, {n} people were found not guilty in Velmar.",
            "{n} people were cleared by courts in Velmar in 2023.",
            "{n} people walked free from court in Velmar in 2023.",
        ]),
        ("people charged", "people", 690, [
            "In 2023, {n} people were indicted in Velmar.",
            "Prosecutors in Velmar charged {n} people in 2023.",
        ]),
        ("people fined", "people", 1120, [
            "{n} people in Velmar were hit with fines in 2023.",
        ]),
        ("appeals filed", "appeals", 96, [
            "In 2023, {n} appeals were lodged in Velmar.",
            "Lawyers in Velmar submitted {n} appeals in 2023.",
        ]),
        ("appeals rejected", "appeals", 58, [
            "In 2023, {n} appeals were dismissed in Velmar.",
            "Courts in Velmar threw out {n} appeals in 2023.",
            "Judges in Velmar turned down {n} appeals in 2023.",
        ]),
    ],
    "transport": [
        ("flights cancelled", "flights", 318, [
            "In 2023, {n} flights were called off in Velmar.",
            "Airlines scrapped {n} flights in Velmar in 2023.",
            "{n} flights in Velmar were grounded in 2023.",
            "Airlines axed {n} flights in Velmar in 2023.",
        ]),
        ("flights diverted", "flights", 44, [
            "In 2023, {n} flights were rerouted in Velmar.",
        ]),
        ("trains delayed", "trains", 2940, [
            "In 2023, {n} trains in Velmar were late.",
            "{n} trains were held up in Velmar in 2023.",
            "{n} trains in Velmar ran behind schedule in 2023.",
        ]),
    ],
}  # fmt: skip
MEASURES = [(field, *measure) for field, measures in FIELDS.items() for measure in measures]


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    folder: Path = tmp_path_factory.mktemp("velmar")
    lines = [f"r{at},Velmar,{name},{unit},{n},2023\n" for at, (_, name, unit, n, _) in enumerate(MEASURES)]
    (folder / "figures.csv").write_text(
        "id,place,measure,unit,number,year\n" + "".join(lines), encoding="utf-8"
    )
    block = {
        "kind": "figures", "key": "id", "place": "place", "measure": "measure", "unit": "unit",
        "best": "number", "start": "year",
    }  # fmt: skip
    fields = [{"name": name} for name in ("id", "place", "measure", "unit", "number", "year")]
    package = {
        "name": "velmar",
        "vocabulary": {name: {"words": [name], "type": "flow"} for _, name, *_ in MEASURES},
        "resources": [
            {"name": "figures", "path": "figures.csv", "schema": {"fields": fields}, "claimcheck": block}
        ],
    }
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with Checker([folder]) as checker:
        yield checker


def _supported(checker: Checker, texts: list[str]) -> list[str]:
    """Those of the sentences of which a number is supported."""
    documents = [make(text, text, meta={"date": date(2024, 2, 10)}) for text in texts]
    told = zip(texts, checker.check(documents), strict=True)
    return [t for t, checked in told if any(v.verdict == "supported" for v in checked.verdicts.values())]


@pytest.mark.parametrize(("measure", "n", "sentences"), [(m[1], m[3], m[4]) for m in MEASURES])
def test_a_measure_is_told_in_other_words(
    checker: Checker, measure: str, n: int, sentences: list[str]
) -> None:
    texts = [sentence.format(n=f"{n:,}") for sentence in sentences]
    assert _supported(checker, texts) == texts


@pytest.mark.parametrize("field", FIELDS)
def test_no_other_measure_of_its_field_bears_a_sentence_out(checker: Checker, field: str) -> None:
    rivals = [
        sentence.format(n=f"{n:,}")
        for measure, _, _, sentences in FIELDS[field]
        for other, _, n, _ in FIELDS[field]
        if other != measure
        for sentence in sentences
    ]
    assert _supported(checker, rivals) == []
