"""Reference packages in the store."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from claimcheck.reference.loading import load_all
from claimcheck.store import Store, StoreError
from tests import store_cases
from tests.store_cases import RUN, harbour

store = store_cases.store


PACKAGE = {
    "name": "harbours",
    "title": "Harbours",
    "vocabulary": {"ships in port": {"words": ["ship", "vessel"], "type": "stock"}},
    "resources": [
        {
            "name": "places",
            "path": "places.csv",
            "schema": {"fields": [{"name": n, "type": "string"} for n in ("id", "name", "within")]},
            "claimcheck": {
                "kind": "gazetteer", "key": "id", "names": ["name"], "entity": "place", "within": "within",
            },
        },
        {
            "name": "figures",
            "path": "figures.csv",
            "schema": {"fields": [{"name": n, "type": "string"} for n in ("id", "place", "best", "as_of")]},
            "claimcheck": {
                "kind": "figures", "key": "id", "place": "place", "best": "best", "as_of": "as_of",
                "measure": {"constant": "ships in port"},
            },
        },
    ],
}  # fmt: skip


def package(folder: Path, name: str = "harbours", best: str = "12") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "datapackage.json").write_text(json.dumps({**PACKAGE, "name": name}))
    (folder / "places.csv").write_text(
        "id,name,within\nP1,Old Harbour|Älte Hafen,P2\nP2,Westland,\n", "utf-8"
    )
    (folder / "figures.csv").write_text(f"id,place,best,as_of\nF1,P1,{best},2017-05\nF2,P2,,2017\n")
    return folder


def test_a_package_becomes_rows(store: Store, tmp_path: Path) -> None:
    published = store.publish_packages(load_all([package(tmp_path / "a")]))
    assert (published.loaded, published.unchanged, published.removed) == (("harbours",), (), ())
    figure = store.rows("SELECT * FROM figures WHERE row_id = 'F1'")[0]
    assert (figure["measure"], figure["measure_type"], figure["best"]) == (
        "ships in port",
        "stock",
        Decimal(12),
    )
    assert (figure["as_of_start"], figure["as_of_end"]) == (date(2017, 5, 1), date(2017, 5, 31))
    assert figure["place_names"] == ["Old Harbour", "Westland"]
    place = store.rows("SELECT * FROM places WHERE row_id = 'P1'")[0]
    assert place["names"] == ["Old Harbour", "Älte Hafen"]
    assert (place["within"], place["within_names"]) == (["places:P2"], ["Westland"])
    assert store.rows("SELECT measure, words, rows FROM measures") == [
        {"measure": "ships in port", "words": ["ship", "vessel"], "rows": 2}
    ]
    folded = store.rows("SELECT folded FROM reference_name WHERE row_id = 'P1' ORDER BY rank")
    assert [row["folded"] for row in folded] == ["old harbour", "alte hafen"]


def test_publishing_replaces(store: Store, tmp_path: Path) -> None:
    first = load_all([package(tmp_path / "a"), package(tmp_path / "b", "docks")])
    store.publish_packages(first)
    assert store.publish_packages(first).unchanged == ("harbours", "docks")
    changed = store.publish_packages(load_all([package(tmp_path / "a", best="14")]))
    assert (changed.loaded, changed.removed) == (("harbours",), ("docks",))
    assert store.rows("SELECT DISTINCT package, best FROM figures WHERE row_id = 'F1'") == [
        {"package": "harbours", "best": Decimal(14)}
    ]
    for table in ("measure", "measure_word", "reference_place", "reference_name", "reference_package"):
        assert store.rows(f"SELECT DISTINCT package FROM {table}") == [{"package": "harbours"}]


def test_a_copy_of_equal_content_is_where_rows_are_written_from_then_on(store: Store, tmp_path: Path) -> None:
    for name in ("a", "copy"):
        published = store.publish_packages(load_all([package(tmp_path / name)]))
        assert store.rows("SELECT path FROM reference_package") == [{"path": str(tmp_path / name)}]
    assert published.unchanged == ("harbours",)


def test_a_package_that_cannot_be_stored_changes_nothing(store: Store, tmp_path: Path) -> None:
    good = load_all([package(tmp_path / "a")])
    store.publish_packages(good)
    *rows, last = good[0].rows
    unheard_of = replace(last, kind="rumour")  # type: ignore[arg-type]
    faulty = replace(load_all([package(tmp_path / "a", best="14")])[0], rows=(*rows, unheard_of))
    with pytest.raises(StoreError, match="reference_row"):
        store.publish_packages([faulty])
    assert store.rows("SELECT best FROM figures WHERE row_id = 'F1'") == [{"best": Decimal(12)}]
    assert store.publish_packages(good).unchanged == ("harbours",)


def test_huge_figures_and_numbers_are_stored(store: Store, tmp_path: Path) -> None:
    given = load_all([package(tmp_path / "a")])[0]
    *places, first, second = given.rows
    huge = (replace(first, best=Decimal("1E+99")), replace(second, number=10**27))
    store.publish_packages([replace(given, rows=(*places, *huge))])
    assert store.rows("SELECT best, beyond FROM reference_row WHERE row_id = 'F1'") == [
        {"best": None, "beyond": '{"best": "1E+99"}'}
    ]
    assert store.rows("SELECT number FROM reference_row WHERE row_id = 'F2'") == [{"number": 10**27}]


def test_what_a_number_is_to_its_verb_is_kept(store: Store) -> None:
    checked = harbour()
    claims = tuple(replace(c, role="subject") for c in checked.reading.claims)
    checked = replace(checked, reading=replace(checked.reading, claims=claims))
    store.save(RUN, [checked])
    assert {c.role for c in store.load_document("harbour").reading.claims} == {"subject"}
