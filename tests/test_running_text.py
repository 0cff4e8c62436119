"""Running text against tables that count everything: parts, shares, changes and numbers of others are judged
by no row; what tells of the whole is.

The package tells of invented places: figures without units and dates, as tables of country statistics are
exported, and incidents that add up. Each sentence is read, linked and judged as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from claimcheck.documents.files import make
from claimcheck.lexicon import load
from claimcheck.linking.lexis import peoples_of
from claimcheck.model import Verdict
from claimcheck.pipeline import Checker
from claimcheck.propositions import stem
from tests.reader import of_all, said
from tests.reference_case import packed

WRITTEN = date(2016, 9, 20)
VOCABULARY = {
    "population": {"words": ["population", "inhabitants", "people live"], "type": "constant"},
    "gdp": {"words": ["GDP", "gross domestic product"], "type": "constant"},
    "gdp growth": {"words": ["GDP growth", "economic growth", "economy grew"], "type": "constant"},
    "inflation": {"words": ["inflation", "inflation rate"], "type": "constant"},
    "armed forces": {"words": ["armed forces", "troops"], "type": "constant"},
    "people killed": {"words": ["kill", "dead", "death", "die", "lives lost"], "type": "flow"},
}
FIGURES = """id,country,measure,value
F1,Arvia,population,12400000
F2,Arvia,gdp,58000000000
F3,Arvia,gdp growth,2.1858
F4,Arvia,inflation,6.8
F5,Arvia,armed forces,90000
F6,Lowmark,population,3100000
F7,Lowmark,inflation,4.1
"""
INCIDENTS = """id,day,place,one,other,low,high
I1,2016-03-02,"Tarn, Arvia",Army of Arvia,Red Front,10,12
I2,2016-03-09,"Ruhayn, Arvia",Army of Arvia,Red Front,30,30
I3,2016-03-21,"Tarn, Arvia",Army of Arvia,Red Front,20,25
I4,2016-05-05,"Ruhayn, Arvia",Army of Arvia,Red Front,4,4
"""


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    figures = {"kind": "figures", "key": "id", "measure": "measure", "best": "value", "place": "country"}
    killed = {"measure": "people killed", "unit": "people", "low": "low", "high": "high"}
    incidents = {
        "kind": "incidents", "key": "id", "place": "place", "label": ["one", "other"], "start": "day",
        "end": "day", "counted_as": "clash", "measures": [killed],
    }  # fmt: skip
    tables = {"figures": (FIGURES, figures), "incidents": (INCIDENTS, incidents)}
    types = {"value": "number", "low": "integer", "high": "integer"}
    with Checker([packed(tmp_path_factory.mktemp("package"), tables, VOCABULARY, types=types)]) as made:
        yield made


def verdicts(checker: Checker, text: str) -> list[Verdict]:
    """The verdicts on the numbers of a text, on its dates where it has none."""
    (checked,) = checker.check([make("text", text, meta={"date": WRITTEN})])
    numbers = [c for c in checked.reading.claims if c.kind in ("quantity", "rank")]
    return [checked.verdicts[c.claim_id] for c in numbers or checked.reading.claims]


SO = [
    "The population of Arvia is 12.4 million.",
    "Arvia has 12.4 million inhabitants.",
    "Four people were killed in Ruhayn in May 2016.",
]
UNDECIDED = [
    # of some of them a text may tell without saying so
    "In March 2016, twelve people were killed in Arvia.",
    # a share
    "More than 89 per cent of Arvia's population have clean water.",
    # a change
    "In Arvia, inflation fell by 3 per cent.",
    # so much a head, and money for people
    "The GDP of Arvia was $190 per capita.",
    # another noun has the value
    "Arvia's gross domestic product (GDP) growth rate remained at 6.2 per cent.",
    # lives lost are no people living
    "In Arvia, almost half a million people have lost their lives since the war.",
    # what some do is not how many there are
    "Some 8,000 troops from Arvia are participating in ten missions in Arvia.",
    # a goal
    "We want an Arvia with zero inflation, a free press and open schools.",
    "The alliance, now including Arvia, sent in 600,000 troops.",
    # earlier times, of which the table does not speak
    "In 1948 the population of Arvia was 800,000.",
    # parts of the dead
    "In March 2016, 12 of those killed in Arvia were miners.",
    "In March 2016, 15 others had been killed in Arvia.",
    "In March 2016, seven Lowmarkian fighters were killed in Arvia.",
    "In March 2016, the corps said that 14 of its members had been killed in Arvia.",
    "In March 2016, 11 people were killed in Arvia in air strikes.",
    "On 2 March 2016, Omar Selim, a commander, was killed in Tarn.",
    "As of March 2016, 200 people had been killed in Arvia.",
    # what the table states no unit for is of a kind all the same
    "Arvia's troops dug in 100 metres from the road.",
    "After the withdrawal of troops from Arvia, the ministry raised the number of its guards to 7,000.",
    # our country, and the one against which it stands
    "My small country, with a population of under 100,000, won a case against Arvia.",
    # whose deed it was stands in the clause that is joined, or before a colon
    "In March 2016, five people were killed and another nine were wounded by shelling in Arvia.",
    # names that hold the name of a place
    "The Lake Arvia region has 300,000 inhabitants.",
    # whose air strikes they were
    "In March 2016, coalition air strikes killed five people in Arvia.",
    # a bare number behind a colon
    "The population of Arvia grew by two million, and so did the gap: from 670,000 to 1,700,000.",
    # those who are no more are not how many there are
    "Arvia mourned 200,000 troops dead.",
    # what one is told by is no kind of happening
    "The Red Front launched a radio station in Tarn on 2 March 2016.",
    # the time is that of something else in the sentence
    "In Arvia, 200 people were killed since the fighting started in March 2016.",
    # whose they are, and where they came from, is not where they are
    "Citizens of Arvia were among the 12 killed in March 2016.",
    "In March 2016, Arvia denied that 5 people had been killed.",
    # another subject, a modifier, a part
    "While inflation in Arvia was on target, output rose by 3 to 75 per cent.",
    "In March 2016, 300 workers died, including 5 in Arvia.",
    # the wounded are no dead
    "In March 2016, 60 people were killed or wounded in Arvia.",
    "On 2 March 2016, 15 soldiers were killed in Tarn, and 20 were wounded.",
]


@pytest.mark.parametrize("text", SO)
def test_a_whole_that_is_so(checker: Checker, text: str) -> None:
    found = verdicts(checker, text)
    assert "supported" in map(said, found), [v.explanation for v in found]
    assert "refuted" not in {v.verdict for v in found}


@pytest.mark.parametrize("text", UNDECIDED)
def test_what_is_no_whole_is_not_decided(checker: Checker, text: str) -> None:
    found = verdicts(checker, text)
    assert found, "nothing was read"
    assert {v.verdict for v in found} == {"not_enough_evidence"}, [v.explanation for v in found]


@of_all([e for row in load("peoples") for e in row.examples])
def test_a_word_for_a_people_names_its_states(words: str) -> None:
    word, _, state = words.partition(": ")
    assert stem(word) in map(stem, peoples_of(state))


@of_all([e for row in load("peoples") for e in row.counter_examples])
def test_a_word_for_a_people_names_no_other_state(words: str) -> None:
    word, _, state = words.partition(": ")
    assert stem(word) not in map(stem, peoples_of(state))
