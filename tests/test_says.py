"""The sentences of a vocabulary: what is understood, what cannot be read, and which claims they meet."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.reference.loading import load
from claimcheck.reference.problems import PackageError
from claimcheck.reference.sayings import Saying, read_sayings, said_back
from claimcheck.syntax.stems import stem
from tests.commands import run
from tests.reader import of_all
from tests.reference_case import packed

UNDERSTOOD = [
    # sentence, what it counts, what tells it, the words before its slots
    ("{n} patients were evacuated from {place}", "patient", ["evacuate"], {"place": "from"}),
    ("the evacuation of {n} patients", "patient", ["evacuation"], {}),
    ("there are {n} refugees in {place}", "refugee", [], {"place": "in"}),
    ("turnout was {n} % in {place}", None, ["turnout"], {"place": "in"}),
    ("{actor} won {n} seats", "seat", ["win"], {"actor": None}),
    ("{n} people fled from {origin} to {destination}", "people", ["flee"],
     {"origin": "from", "destination": "to"}),
    ("{n} burnt barns", "barn", ["burn"], {}),
    ("waited {n} days on average", None, ["wait"], {}),
]  # fmt: skip
UNREAD = [
    ("were {n} people killed?", "a question"),
    ("{n} people killed in {place}, where the war began", "“war” stands in a clause beside"),
    ("it is {n}", "none of its words says"),
]


@of_all(UNDERSTOOD)
def test_a_sentence_is_understood(
    sentence: str, counted: str | None, stated: list[str], behind: dict[str, str | None]
) -> None:
    [found] = read_sayings([sentence])
    assert isinstance(found, Saying), found
    assert (found.counted, [stem(w) for w in found.cues]) == (counted, [stem(w) for w in stated])
    assert dict(found.behind) == behind


@of_all(UNREAD)
def test_a_sentence_that_cannot_be_read_says_why(sentence: str, why: str) -> None:
    [found] = read_sayings([sentence])
    assert isinstance(found, str), found
    assert why in found


def package(folder: Path, **measure: object) -> Path:
    """A package of one measure, with two months of a town."""
    block = {"kind": "figures", "measure": {"constant": "m1"}, "best": "n", "place": "town", "start": "month"}
    table = "month,town,n\n2021-01,Brookton,412\n2021-02,Brookton,380\n"
    types = {"month": "yearmonth", "n": "integer"}
    return packed(folder, {"moved": (table, block)}, {"m1": {"type": "flow", **measure}}, "moved", types)


SAYS = ["{n} patients were evacuated from {place}"]


CASE = '{"id": "a", "text": "It was 12.", "expect": [{"at": "12", "verdict": ["supported"]}]}'


def test_check_names_every_sentence_that_it_cannot_read(tmp_path: Path) -> None:
    folder = package(tmp_path, says=[*SAYS, "was it {n} times?", "it is {n}"])
    with pytest.raises(PackageError) as error:
        said_back(load(folder))
    lines = (folder / "datapackage.json").read_text(encoding="utf-8").splitlines()
    assert [lines[(p.line or 0) - 1].strip(' ",') for p in error.value.problems] == [
        "was it {n} times?",
        "it is {n}",
    ]
    (tmp_path / "t.txt").write_text("It was 12.", encoding="utf-8")
    (folder / "cases.jsonl").write_text(CASE, encoding="utf-8")
    for command in (
        ("reference", "check", str(folder)),
        ("reference", "try", str(folder), "It was 12."),
        ("reference", "test", str(folder)),
        ("check", str(tmp_path / "t.txt"), "--reference", str(folder)),
    ):
        done = run(*command)
        assert done.returncode == 2, command
        assert "'it is {n}': cannot be read: none of its words says what is measured" in done.stderr, command
