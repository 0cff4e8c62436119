"""Linking claims to the rows of packages, and what comes of it: tables of sentences against a small package.

The package tells of invented places. Claims are made by hand from a sentence: which words are the number,
the date and the clause is what reading does, and is tested there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claimcheck.judging.relations import timex_period
from claimcheck.linking.linker import Linker
from claimcheck.model import (
    Claim,
    ClaimTime,
    Document,
    Link,
    ListItem,
    Mention,
    Reading,
    Span,
    Verdict,
    Zone,
)
from claimcheck.reference.loading import load
from claimcheck.store import Store, open_store

VOCABULARY = {
    "people killed": {"words": ["kill", "dead", "death", "die"], "type": "flow"},
    "people killed by gas": {"words": ["gas kill", "gas die"], "type": "flow"},
    "people injured": {"words": ["injure", "wound"], "type": "flow"},
    "patients waiting": {"words": ["patient", "patient wait"], "type": "stock"},
    "deaths on the list": {"words": ["list die", "siege die"], "type": "cumulative"},
    "groups signing the appeal": {"words": ["group sign", "group write"], "type": "constant"},
    "inflation": {"words": ["inflation", "inflation rate"], "type": "constant"},
    "population": {"words": ["population", "inhabitants"], "type": "constant"},
    "population growth": {"words": ["population growth"], "type": "constant"},
}
TABLES: dict[str, tuple[dict[str, Any], str]] = {
    "sources": (
        {"kind": "sources", "key": "id", "title": "title", "publisher": "publisher"},
        "id,title,publisher\n"
        "S1,Monthly count,Office of Records\nS2,Our toll,Tarn Relief Network\nS3,Daily Post,Daily Post\n",
    ),
    "places": (
        {"kind": "gazetteer", "key": "id", "names": "names", "entity": "place", "within": "within"},
        "id,names,within\nP1,Tarn|Tarne|Тарн,P3\nP2,Khan Ruhayn,P3\nP3,Northland,P4\nP4,Arvia,\n"
        "P5,Lowmark,P4\nP6,Port Selim,\n",
    ),
    "organisations": (
        {
            "kind": "gazetteer",
            "key": "id",
            "names": "names",
            "entity": "organisation",
            "founded": "founded",
            "source": "source",
        },
        "id,names,founded,source\nO1,Tarn Relief Network|TRN,2011-06,S3\nO2,Office of Records,,S3\n",
    ),
    "events": (
        {
            "kind": "events",
            "key": "id",
            "names": "names",
            "start": "start",
            "end": "end",
            "place": "place",
            "actor": "actor",
            "number": "number",
            "series": "series",
            "label": "kind",
            "source": "source",
        },
        "id,kind,names,start,end,place,actor,number,series,source\n"
        "E1,talks,Selim VIII,2018-01-25,2018-01-26,P6,United Nations,8,Selim,S3\n"
        "E2,talks,Selim VII,2017-07-10,,P6,United Nations,7,Selim,S3\n"
        "E3,gas attack,Tarn (13 January 2018),2018-01-13,2018-01-13,P1,,,,S1\n"
        "E4,gas attack,Tarn (22 January 2018),2018-01-22,2018-01-22,P1,,,,S1\n"
        'E5,death,"Death of Mirela Osk, patient of Tarn",2018-01-25,2018-01-25,P1,,,,S1\n'
        "E6,siege,Siege of Northland,2013-04-07,2018-04-14,P3,Arvian forces,,,S1\n"
        "E7,gas attack,Khan Ruhayn,2017-04-04,2017-04-04,P2,,,,S1\n",
    ),
    "figures": (
        {
            "kind": "figures",
            "key": "id",
            "measure": "measure",
            "unit": "unit",
            "low": "low",
            "best": "best",
            "high": "high",
            "place": "place",
            "actor": "actor",
            "start": "start",
            "end": "end",
            "as_of": "as_of",
            "source": "source",
        },
        "id,measure,place,actor,start,end,as_of,low,best,high,unit,source\n"
        "F1,patients waiting,P3,,,,2018-01-25,,502,,people,S1\n"
        "F2,patients waiting,P3,,,,2018-01/2018-03,765,765,,people,S3\n"
        "F3,people killed,P4,,2018-01-01,2018-01-31,,774,774,,people,S1\n"
        "F4,people killed,P4,Vostokian forces,2018-01-01,2018-01-31,,,142,,people,S1\n"
        "F5,groups signing the appeal,,,,,2018-01,133,133,133,organisations,S3\n"
        "F6,people killed,P5,,2018-01-01,2018-01-31,,,90,,people,S2\n"
        "F7,deaths on the list,P3,,,,2018-01-25,,18,,people,S1\n"
        "F8,deaths on the list,P3,,,,2018-01/2018-03,,22,,people,S3\n"
        "F9,inflation,P4,,,,,,6.8,,,S1\n"
        "F10,inflation,P5,,,,,,4.1,,,S1\n"
        "F11,population,P4,,,,,,1250000,,,S1\n"
        "F12,population growth,P4,,,,,,1.4,,,S1\n",
    ),
    "incidents": (
        {
            "kind": "incidents",
            "key": "id",
            "place": "place",
            "start": "day",
            "end": "day",
            "source": "source",
            "label": "agent",
            "counted_as": "gas attack",
            "measures": [
                {"measure": "people injured", "unit": "people", "low": "low", "best": "best", "high": "high"}
            ],
        },
        "id,place,day,agent,low,best,high,source\nI1,P1,2018-01-13,gas,6,6,7,S1\nI2,P1,2018-01-22,gas,21,21,150,S1\n"
        "I3,P2,2017-04-04,gas,90,92,,S1\n",
    ),
}
PLAIN = {
    "strikes": (
        {
            "kind": "incidents",
            "key": "id",
            "place": "where",
            "start": "day",
            "end": "day",
            "actor": "who",
            "counted_as": "strike",
            "measures": [{"measure": "people killed", "unit": "people", "low": "low", "high": "high"}],
        },
        "id,where,day,who,low,high\n"
        's1,"Old Mill Hospital, Quay District, the Sound Coast",2020-05-01,Vostokian air force,2,3\n'
        's2,"Fish Market, Quay District, the Sound Coast",2020-05-01,Vostokian air force,5,5\n'
        's3,"Fish Market, Quay District, the Sound Coast",2020-05-09,,1,1\n',
    )
}


def write(folder: Path, name: str, tables: Any, vocabulary: Any) -> Path:
    folder.mkdir(parents=True)
    resources = []
    for table, (block, text) in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
        fields = [{"name": column, "type": "string"} for column in text.split("\n", 1)[0].split(",")]
        resources.append(
            {"name": table, "path": f"{table}.csv", "schema": {"fields": fields}, "claimcheck": block}
        )
    descriptor = {"name": name, "vocabulary": vocabulary, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home = tmp_path_factory.mktemp("packages")
    packages = [
        load(write(home / "arvia", "arvia", TABLES, VOCABULARY)),
        load(
            write(
                home / "coast", "coast", PLAIN, {"people killed": {"words": ["kill", "dead"], "type": "flow"}}
            )
        ),
    ]
    with open_store(None) as opened:
        opened.publish_packages(packages)
        yield opened


@pytest.fixture(scope="module")
def linker(store: Store) -> Linker:
    return Linker(store)


def number(text: str, words: str, low: Any, high: Any = "same", **fields: Any) -> Mention:
    start = text.index(words)
    high = low if high == "same" else high
    fields.setdefault("kind", "number")
    return Mention(
        start=start,
        end=start + len(words),
        text=words,
        low=None if low is None else Decimal(str(low)),
        high=None if high is None else Decimal(str(high)),
        **fields,
    )


def time(text: str, words: str, timex: str, relation: Any = "in", basis: Any = "clause") -> ClaimTime:
    first, _, last = timex.partition("/")
    start, end = timex_period(first), timex_period(last or first)
    assert start is not None
    assert end is not None
    at = text.index(words)
    return ClaimTime(
        start=at,
        end=at + len(words),
        timex=timex,
        date_start=start.start,
        date_end=end.end,
        relation=relation,
        basis=basis,
    )


def claim(text: str, clause: str | None = None, kind: Any = "quantity", **fields: Any) -> Claim:
    clause = clause or text
    start = text.index(clause)
    fields.setdefault("measure", None)
    fields.setdefault("context", Span(0, len(text)))
    return Claim(claim_id="c", kind=kind, start=start, end=start + len(clause), text=clause, **fields)


def check(linker: Linker, text: str, asserted: Claim, **document: Any) -> Verdict:
    document.setdefault("date", date(2018, 1, 31))
    read = Reading(document=Document(id="d", text=text, **document), claims=(asserted,))
    return linker.check([read])[0].verdicts["c"]


def decided(verdict: Verdict) -> dict[str, str]:
    return {e.row_id: e.relation for e in verdict.evidence if e.relation != "neutral"}


# --- measures ----------------------------------------------------------------------------------------

KILLED = "774 people were killed in {} in January 2018."


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Arvia", ("supported", "exact")),
        ("Lowmark", ("refuted", "overstated")),
        ("Tarn", ("not_enough_evidence", "no_reference")),
        ("Elsewhere", ("not_enough_evidence", "no_place")),
        ("southern Arvia", ("not_enough_evidence", "no_place")),
        ("Arvia and Port Selim", ("not_enough_evidence", "no_place")),
    ],
)
def test_a_figure_answers_for_its_own_place(linker: Linker, place: str, expected: tuple[str, str]) -> None:
    text = KILLED.format(place)
    said = claim(
        text,
        quantity=number(text, "774", 774, noun="people"),
        time=time(text, "January 2018", "2018-01"),
        measure="people killed",
        predicate="kill",
    )
    verdict = check(linker, text, said)
    assert (verdict.verdict, verdict.reason) == expected


def test_what_some_did_is_no_answer_about_all(linker: Linker) -> None:
    text = "142 people were killed in Arvia in January 2018."
    quantity, when = number(text, "142", 142, noun="people"), time(text, "January 2018", "2018-01")
    said = claim(text, quantity=quantity, time=when, measure="people killed", predicate="kill")
    assert decided(check(linker, text, said)) == {"F3": "refutes"}
    theirs = claim(
        text,
        quantity=quantity,
        time=when,
        measure="people killed",
        predicate="kill",
        actor=Link("Vostokian forces"),
    )
    assert decided(check(linker, text, theirs))["F4"] == "supports"


@pytest.mark.parametrize(
    ("text", "actor", "predicate", "expected"),
    [
        ("The Boreal Guard killed {} people in Arvia in January 2018.", "Boreal Guard", "kill", "unknown"),
        ("Air strikes killed {} people in Arvia in January 2018.", "Air strikes", "kill", "all"),
        ("The Office of Records documented {} people killed in Arvia in January 2018.", "Office of Records",
         "document", "all"),
        ("The Office of Records documented {} people killed by Vostokian forces in Arvia in January 2018.",
         "Office of Records", "document", "theirs"),
    ],
)  # fmt: skip
def test_whose_deeds_are_told(linker: Linker, text: str, actor: str, predicate: str, expected: str) -> None:
    def verdict(value: int) -> str:
        said = text.format(value)
        asserted = claim(
            said,
            quantity=number(said, str(value), value, noun="people"),
            time=time(said, "January 2018", "2018-01"),
            measure="people killed",
            predicate=predicate,
            actor=Link(actor),
            terms=("kill",),
        )
        return check(linker, said, asserted).verdict

    wanted = {
        "unknown": ("not_enough_evidence", "not_enough_evidence"),
        "all": ("supported", "refuted"),
        "theirs": ("refuted", "supported"),
    }
    assert (verdict(774), verdict(142)) == wanted[expected]


@pytest.mark.parametrize(
    ("noun", "measure", "verdict"),
    [
        ("patient", "patients", "supported"),
        ("truck", "trucks with patients", "not_enough_evidence"),
        ("child", "children among the patients", "not_enough_evidence"),
    ],
)
def test_the_counted_noun_must_fit(linker: Linker, noun: str, measure: str, verdict: str) -> None:
    text = f"In Northland, 502 {measure} were waiting."
    said = claim(text, quantity=number(text, "502", 502, noun=noun), measure=measure, predicate="wait")
    found = check(linker, text, said)
    if verdict == "supported":
        assert decided(found)["F1"] == "supports"
    else:
        assert found.verdict == verdict


def test_the_entry_of_most_words_wins(linker: Linker) -> None:
    text = "The population growth of Arvia was 1.4 percent."
    said = claim(
        text,
        quantity=number(text, "1.4 percent", "1.4", kind="percent"),
        measure="",
        subject=Link("population growth"),
        role="attribute",
    )
    assert decided(check(linker, text, said)) == {"F12": "supports"}


STATISTICS = [
    ("Inflation in Arvia was 6.8 percent.", "6.8 percent", "6.8", {"F9"}),
    ("Arvia: inflation rate (annual) 6.8", "6.8", "6.8", {"F9"}),
    ("Inflation reached 6.8 percent in Arvia and 4.1 percent in Lowmark.", "4.1 percent", "4.1", {"F10"}),
    ("Inflation in Arvia (6.8) was above that in Lowmark (4.1).", "4.1", "4.1", {"F10"}),
    ("Arvia and Lowmark had a respective inflation of 6.8 and 4.1.", "4.1", "4.1", set()),
    ("Inflation in Arvia: urban 6.8, rural 7.0.", "6.8", "6.8", set()),
    ("The budget of Arvia was 6.8 billion.", "6.8 billion", "6800000000", set()),
]


@pytest.mark.parametrize(("text", "words", "value", "rows"), STATISTICS)
def test_a_bare_number_goes_with_the_nearest_words(
    linker: Linker, text: str, words: str, value: str, rows: set[str]
) -> None:
    said = claim(text, quantity=number(text, words, value), measure="")
    verdict = check(linker, text, said)
    assert {row for row, relation in decided(verdict).items() if relation == "supports"} == rows


# --- places ------------------------------------------------------------------------------------------

PLACES = [
    ("in Tarn", "places:P1"),
    ("in Tarne", "places:P1"),
    ("in Тарн", "places:P1"),
    ("in Tarn, Northland", "places:P1"),
    ("at Khan Ruheyn", "places:P2"),
    ("near Khan Ruheyn", None),
    ("in Port Selim", "places:P6"),
    ("in tarn", None),
    ("in Port Said", None),
    ("in Tarn and Lowmark", None),
    ("with the Tarn Relief Network", None),
]


@pytest.mark.parametrize(("words", "expected"), PLACES)
def test_places(linker: Linker, words: str, expected: str | None) -> None:
    text = f"Five people were killed {words} that day."
    said = claim(
        text, quantity=number(text, "Five", 5, noun="people"), measure="people killed", predicate="kill"
    )
    read = Reading(document=Document(id="d", text=text), claims=(said,))
    place = linker.check([read])[0].reading.claims[0].place
    assert (place.id if place else None) == expected


def test_the_place_of_the_sentence_before_and_not_that_of_a_happening(linker: Linker) -> None:
    before = "The army closed its ring around Northland."
    sentence = "During Selim VIII in Port Selim, she became the 21st civilian to die on the list."
    text = f"{before} {sentence}"
    clause = "she became the 21st civilian to die on the list"
    said = claim(
        text,
        clause,
        "rank",
        quantity=number(text, "21st", 21, noun="civilian", kind="ordinal"),
        time=ClaimTime(
            start=text.index("During"),
            end=text.index(", she"),
            timex=None,
            date_start=date(2018, 1, 25),
            date_end=date(2018, 1, 26),
            anchor="events:E1",
        ),
        context=Span(len(before) + 1, len(text)),
        measure="civilian die",
        terms=("civilian", "die", "list"),
        predicate="become",
    )
    verdict = check(linker, text, said)
    assert (verdict.verdict, verdict.reason) == ("conflicting_evidence", "sources_disagree")


SUBJECT = re.compile(r"(.+?) (?:was|were|opened|struck|died|laughed|began|met|spoke|handed|marked)\b")

# --- happenings --------------------------------------------------------------------------------------

HAPPENINGS = [
    (
        "Selim VIII opened on 25 January 2018.",
        "25 January 2018",
        "2018-01-25",
        "open",
        ("supported", "exact"),
    ),
    (
        "Selim VIII opened on 26 January 2018.",
        "26 January 2018",
        "2018-01-26",
        "open",
        ("refuted", "date_mismatch"),
    ),
    (
        "The eighth round of Selim talks was held in January 2018.",
        "January 2018",
        "2018-01",
        "hold",
        ("supported", "exact"),
    ),
    (
        "The seventh round of Selim talks was held in January 2018.",
        "January 2018",
        "2018-01",
        "hold",
        ("not_enough_evidence", "undecided"),
    ),
    (
        "Talks were held in Port Selim in January 2018.",
        "January 2018",
        "2018-01",
        "hold",
        ("supported", "exact"),
    ),
    (
        "Talks were held in Lowmark in January 2018.",
        "January 2018",
        "2018-01",
        "hold",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "A gas attack struck Tarn on 22 January 2018.",
        "22 January 2018",
        "2018-01-22",
        "strike",
        ("supported", "exact"),
    ),
    (
        "A gas attack struck Tarn on 25 January 2018.",
        "25 January 2018",
        "2018-01-25",
        "strike",
        ("not_enough_evidence", "ambiguous"),
    ),
    (
        "The gas attack struck Khan Ruhayn on 5 April 2017.",
        "5 April 2017",
        "2017-04-05",
        "strike",
        ("refuted", "date_mismatch"),
    ),
    ("Mirela died on 25 January 2018.", "25 January 2018", "2018-01-25", "die", ("supported", "exact")),
    ("Mirela died on 24 January 2018.", "24 January 2018", "2018-01-24", "die", ("refuted", "date_mismatch")),
    (
        "Mirela laughed on 24 January 2018.",
        "24 January 2018",
        "2018-01-24",
        "laugh",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "The Tarn Relief Network was founded in June 2011.",
        "June 2011",
        "2011-06",
        "found",
        ("supported", "exact"),
    ),
    (
        "The Tarn Relief Network was founded in May 2011.",
        "May 2011",
        "2011-05",
        "found",
        ("refuted", "date_mismatch"),
    ),
    (
        "The Tarn Relief Network met in May 2011.",
        "May 2011",
        "2011-05",
        "meet",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "Selim VIII was held in Lowmark on 25 January 2018.",
        "25 January 2018",
        "2018-01-25",
        "hold",
        ("refuted", "place_mismatch"),
    ),
    (
        "The council was told about Selim VIII in May 2019.",
        "May 2019",
        "2019-05",
        "tell",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "The council met after Selim VIII on 2 May 2019.",
        "2 May 2019",
        "2019-05-02",
        "meet",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "Patients of the siege died in Northland in May 2019.",
        "May 2019",
        "2019-05",
        "die",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "The Tarn Relief Network began its archive in May 2012.",
        "May 2012",
        "2012-05",
        "begin",
        ("not_enough_evidence", "no_reference"),
    ),
    ("The siege of Northland began in April 2013.", "April 2013", "2013-04", "begin", ("supported", "exact")),
]


@pytest.mark.parametrize(("text", "words", "timex", "predicate", "expected"), HAPPENINGS)
def test_happenings(
    linker: Linker, text: str, words: str, timex: str, predicate: str, expected: tuple[str, str]
) -> None:
    subject = Link(SUBJECT.match(text).group(1))  # type: ignore[union-attr]
    said = claim(
        text,
        kind="event",
        time=time(text, words, timex),
        predicate=predicate,
        terms=(predicate,),
        subject=subject,
    )
    verdict = check(linker, text, said)
    assert (verdict.verdict, verdict.reason) == expected, verdict.explanation


# --- aggregates --------------------------------------------------------------------------------------


def test_a_sum_over_incidents_carries_sql_that_gives_it_again(linker: Linker, store: Store) -> None:
    text = "In January 2018 dozens of people were injured in Tarn."
    said = claim(
        text,
        quantity=number(text, "dozens", 24, 99, comparator="vague", noun="people"),
        time=time(text, "January 2018", "2018-01"),
        measure="people injured",
        predicate="injure",
    )
    verdict = check(linker, text, said)
    assert (verdict.verdict, verdict.reason) == ("supported", "aggregate")
    (evidence,) = verdict.evidence
    assert evidence.sql is not None
    again = store.rows(evidence.sql)[0]
    assert (again["best"], again["low"], again["high"], again["rows"]) == (27, 27, 157, 2)
    assert (evidence.best, evidence.low, evidence.high) == (27, 27, 157)


COUNTS = [
    ("Two gas attacks struck Tarn in January 2018.", "Two", 2, 2, "supported", 2),
    ("Only one gas attack struck Tarn in January 2018.", "one", 1, 1, "refuted", 2),
    ("One gas attack struck Tarn in January 2018.", "One", 1, 1, "not_enough_evidence", None),
    ("Three gas attacks struck Tarn in January 2018.", "Three", 3, 3, "not_enough_evidence", 2),
    ("Two gas attacks struck Northland in January 2018.", "Two", 2, 2, "supported", 2),
    ("At least two gas attacks were counted in January 2018.", "two", 2, None, "supported", 2),
    ("Two gas attacks struck Lowmark in January 2018.", "Two", 2, 2, "not_enough_evidence", None),
    ("Two attacks struck Tarn in January 2018.", "Two", 2, 2, "not_enough_evidence", None),
    ("Two gas attacks struck Nowhere in January 2018.", "Two", 2, 2, "not_enough_evidence", None),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "verdict", "count"), COUNTS)
def test_counts(
    linker: Linker,
    store: Store,
    text: str,
    words: str,
    low: int,
    high: int | None,
    verdict: str,
    count: int | None,
) -> None:
    said = claim(
        text,
        quantity=number(text, words, low, high, noun="attack"),
        time=time(text, "January 2018", "2018-01"),
        measure="gas attacks" if "gas" in text else "attacks",
        place=Link("Nowhere") if "Nowhere" in text else None,
        predicate="strike",
    )
    found = check(linker, text, said)
    assert found.verdict == verdict, found.explanation
    rows = [store.rows(e.sql)[0]["best"] for e in found.evidence if e.sql is not None]
    assert rows == ([] if count is None else [count])


@pytest.mark.parametrize(("low", "high", "verdict"), [(5, 5, "refuted"), (400, 400, "not_enough_evidence")])
def test_an_incomplete_table_never_refutes_from_absence(
    linker: Linker, low: int, high: int, verdict: str
) -> None:
    text = f"In January 2018, {low} people were injured in Northland."
    said = claim(
        text,
        quantity=number(text, str(low), low, high, noun="people"),
        time=time(text, "January 2018", "2018-01"),
        measure="people injured",
        predicate="injure",
    )
    assert check(linker, text, said).verdict == verdict


@pytest.mark.parametrize(
    ("actor", "killed", "verdict"),
    [
        ("Vostokian forces", 7, "supported"),  # 2 to 3 and 5: at least 7, and s3 is nobody's
        ("Vostokian forces", 4, "refuted"),
        (None, 4, "refuted"),
        ("Ruritanian rebels", 4, "not_enough_evidence"),
        ("The Tarn Relief Network", 4, "not_enough_evidence"),
    ],
)
def test_a_sum_is_over_the_deeds_of_the_one_who_is_named(
    linker: Linker, store: Store, actor: str | None, killed: int, verdict: str
) -> None:
    lead = f"{actor} killed at least" if actor else "At least"
    text = f"{lead} {killed} people{'' if actor else ' were killed'} on the Sound Coast in May 2020."
    high = None if verdict == "supported" else killed
    said = claim(
        text,
        quantity=number(text, str(killed), killed, high, noun="people"),
        time=time(text, "May 2020", "2020-05"),
        measure="people killed",
        predicate="kill",
        actor=Link(actor) if actor else None,
    )
    found = check(linker, text, said)
    assert found.verdict == verdict, found.explanation
    for evidence in found.evidence:
        assert evidence.sql is not None
        assert store.rows(evidence.sql)[0]["low"] == evidence.low
        assert evidence.low == (7 if actor == "Vostokian forces" else 8)


# --- the row that a document is about, and the row that it must mean ---------------------------------

NARRATIVE = "On May 1st 2020, {} people were killed when a strike hit the Fish Market on the Sound Coast."


def narrative(killed: int) -> tuple[str, Claim]:
    text = NARRATIVE.format(killed)
    return text, claim(
        text,
        f"{killed} people were killed",
        quantity=number(text, str(killed), killed, noun="people"),
        time=time(text, "May 1st 2020", "2020-05-01", "on", "sentence"),
        measure="people killed",
        predicate="kill",
    )


@pytest.mark.parametrize(
    ("about", "killed", "expected"),
    [
        ("strikes:s2", 5, {"s2": "supports"}),
        ("strikes:s2", 6, {"s2": "refutes"}),
        ("strikes:s1", 5, {"s1": "refutes"}),
        ("strikes:s3", 1, {"s3": "refutes"}),  # another day
        ("strikes:none", 5, {"s2": "supports"}),
        (None, 5, {"s2": "supports"}),
    ],
)
def test_about(linker: Linker, about: str | None, killed: int, expected: dict[str, str]) -> None:
    text, said = narrative(killed)
    assert decided(check(linker, text, said, about=about, date=None)) == expected


# --- who says it -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        {"author": "Tarn Relief Network"},
        {"zones": (Zone(0, 3, "letterhead"),)},
        {"items": (ListItem(1, 0, 1, 2, 5, "The Tarn Relief Network"),)},
    ],
)
def test_rows_of_the_signatories_decide_nothing_alone(linker: Linker, document: dict[str, Any]) -> None:
    text = "TRN. In January 2018, 90 people were killed in Lowmark."
    said = claim(
        text,
        quantity=number(text, "90", 90, noun="people"),
        time=time(text, "January 2018", "2018-01"),
        measure="people killed",
        predicate="kill",
    )
    assert check(linker, text, said).verdict == "supported"
    verdict = check(linker, text, said, **document)
    assert (verdict.verdict, verdict.reason) == ("not_enough_evidence", "own_source")


def test_claims_without_a_place_meet_rows_without_one(linker: Linker) -> None:
    text = "More than 130 groups wrote to the council about Arvia's congress."
    said = claim(
        text,
        quantity=number(text, "130", 131, None, comparator="gt", noun="group"),
        measure="groups wrote",
        predicate="write",
        terms=("group", "write", "council"),
    )
    assert decided(check(linker, text, said)) == {"F5": "supports"}


def test_measures_no_table_has_are_named(linker: Linker) -> None:
    text = "Arvia bought 12 ships in January 2018."
    said = claim(text, quantity=number(text, "12", 12, noun="ship"), measure="ships bought", predicate="buy")
    verdict = check(linker, text, said)
    assert (verdict.verdict, verdict.reason) == ("not_enough_evidence", "no_measure")
