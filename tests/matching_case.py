"""Two made-up packages of invented places in a store, and what they say to a text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.linking.linker import Linker
from claimcheck.model import Verdict
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


@contextmanager
def published(home: Path) -> Iterator[Store]:
    """A store with both packages, written under `home`."""
    people = {"people killed": {"words": ["kill", "dead"], "type": "flow"}}
    packages = [
        load(write(home / "arvia", "arvia", TABLES, VOCABULARY)),
        load(write(home / "coast", "coast", PLAIN, people)),
    ]
    with open_store(None) as opened:
        opened.publish_packages(packages)
        yield opened


def verdict(linker: Linker, text: str, words: str, **meta: Any) -> Verdict:
    """What the packages say to the statement of a text whose number or date is written so."""
    meta.setdefault("date", date(2018, 3, 31))
    document = replace(make("text", text), **meta)
    [checked] = linker.check([*read([document], linker.event_index)])
    at = text.index(words)
    told = [(c, c.quantity if c.quantity is not None else c.time) for c in checked.reading.claims]
    [claim] = [c for c, m in told if m is not None and m.start is not None and m.start <= at < (m.end or 0)]
    return checked.verdicts[claim.claim_id]


def decided(verdict: Verdict) -> dict[str, str]:
    """The rows that support or refute, by their ids."""
    return {e.row_id: e.relation for e in verdict.evidence if e.relation != "neutral"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with published(tmp_path_factory.mktemp("packages")) as opened:
        yield opened


@pytest.fixture(scope="module")
def linker(store: Store) -> Linker:
    return Linker(store)
