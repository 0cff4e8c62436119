"""Linking by levels and one sum: its laws, the file of weights, and what is said where nothing is decided."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.frames import Words, frames_of
from claimcheck.lexicon import LexiconError, load
from claimcheck.linking.candidates import Candidates
from claimcheck.linking.columns import columns_of, compare, compare_all
from claimcheck.linking.decide import barred, meet
from claimcheck.linking.evidence import LEAST, SHOWN, Linking, reckoned_together
from claimcheck.linking.levels import SLOTS, Levels, digits
from claimcheck.linking.lexis import Lexis, Value
from claimcheck.linking.linker import Linker
from claimcheck.linking.relate import computed
from claimcheck.linking.weights import FORMAT, read, shares, shipped
from claimcheck.model import CheckedDocument, Document
from claimcheck.pipeline import Checker
from claimcheck.reference.loading import load as load_package
from claimcheck.store import open_store
from tests.benchmarks.linking import places, reading, write_package
from tests.pace import keeps_pace
from tests.reader import checker_of
from tests.reference_case import packed

ORDINARY = Path(__file__).parent / "ordinary"
WEATHER = ORDINARY / "weather" / "package"
ROW = f"format = {FORMAT}\n[levels]\nrow = [{{{{id = 7, sum = {{}}}}}}]"
TEXT = (
    "Storm Odetta tore along the coast in November. It killed eleven people there.\n\n"
    "Belvar had 241 millimetres of rain in September 2023, after 61 in August."
)


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker([WEATHER]) as opened:
        yield opened


def document(text: str = TEXT, name: str = "d", day: date = date(2024, 12, 5)) -> Document:
    return make(name, text, meta={"date": day})


def checked(checker: Checker, *documents: Document) -> list[CheckedDocument]:
    return list(checker.check(documents))


def said(one: CheckedDocument) -> dict[str, object]:
    return {
        c.text: (v.verdict, v.likely, v.probability)
        for c in one.reading.claims
        for v in [one.verdicts[c.claim_id]]
    }


def test_the_sum_of_a_likely_verdict_is_its_probability(checker: Checker) -> None:
    [one] = checked(checker, document())
    found = [v.likely for v in one.verdicts.values() if v.likely is not None]
    assert found
    for likely in found:
        total = sum(step.points for step in likely.waterfall)
        assert likely.probability == pytest.approx(min(0.99, 1 / (1 + math.exp(-total))), abs=0.02)
        assert likely.waterfall[0].slot == "start"


def test_a_number_that_is_a_slip_of_the_tables_is_not_supported(checker: Checker) -> None:
    [one] = checked(checker, document())
    [verdict] = [
        one.verdicts[c.claim_id] for c in one.reading.claims if c.quantity and c.quantity.value == 241
    ]
    assert verdict.verdict == "refuted" or (
        verdict.likely is not None and verdict.likely.verdict == "refuted"
    )
    rows = verdict.evidence or [s.row for s in verdict.likely.rows]  # type: ignore[union-attr]
    assert rows[0].row_id == "F03"


def test_alone_and_in_a_batch_a_document_says_the_same(checker: Checker) -> None:
    others = [document("Nothing happened in 2021. Twelve people left.", f"o{n}") for n in range(3)]
    [alone] = checked(checker, document())
    batch = checked(checker, others[0], document(), *others[1:])
    assert said(batch[1]) == said(alone)


def test_the_order_of_rows_changes_nothing(checker: Checker) -> None:
    [one] = checker.linker.opened(list(checker.spread.read([document()], None)))
    linking = Linking(checker.store)
    turned = Linking(checker.store)
    turned.book = turned.book.of(list(reversed(turned.book.portraits)))
    assert list(linking.judged([one])[0].verdicts.values()) == list(turned.judged([one])[0].verdicts.values())


def test_more_agreement_never_lowers_a_sum() -> None:
    weights = shipped()
    for row in load("levels"):
        if row["ordered"]:
            for total in ("row of a number", "row of a date"):
                known = [weights.weights.get((total, row.id, level)) for level in row["levels"]]
                stated = [w for w in known if w is not None]
                assert all(a <= b + 0.011 for a, b in pairwise(stated)), (total, row.id, known)


def test_every_level_of_the_ordered_slots_can_be_given() -> None:
    assert {row.id for row in load("levels")} == set(SLOTS)


def test_no_more_rows_are_shown_than_a_reader_takes_in(checker: Checker) -> None:
    [one] = checked(checker, document())
    for verdict in one.verdicts.values():
        assert len(verdict.suggestions) <= SHOWN
        assert all(s.probability is None or 0 <= s.probability < 1 for s in verdict.suggestions)
    assert 0 < LEAST < 0.1


@pytest.fixture(scope="module")
def fields() -> Iterator[list[tuple[Checker, Linking, list[Levels]]]]:
    """The claims of forty texts of three fields, beside all rows of these."""
    out = []
    with ExitStack() as stack:
        for field in ("weather", "mining", "league"):
            folder = WEATHER.parents[1] / field
            lines = (folder / "cases.jsonl").read_text("utf-8").splitlines()[:40]
            opened = stack.enter_context(Checker([folder / "package"]))
            cases = map(json.loads, lines)
            texts = [document(c["text"], c["id"], date.fromisoformat(c["date"])) for c in cases]
            whole = Linking(opened.store)
            frames = [frame for one in opened.spread.read(texts, None) for frame in frames_of(one)]
            said_in = whole.book.lexis.said_in
            out.append((opened, whole, [Levels(frame, whole.book, said_in(frame.words)) for frame in frames]))
        yield out


def test_the_row_that_is_meant_is_among_the_candidates(
    fields: list[tuple[Checker, Linking, list[Levels]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    among: list[bool] = []
    for opened, whole, asked in fields:
        with monkeypatch.context() as patched:
            patched.setattr("claimcheck.linking.rows.FEW", 10)
            found = Candidates(opened.store, Linking(opened.store).book)
        for levels, book in zip(asked, found.books(asked), strict=True):
            met = meet(compare(levels, columns_of(whole.book, levels.of_number)), whole.weights)
            if met and met[0].share >= 0.5:
                among.append(met[0].portrait.row.key in {p.row.key for p in book.portraits})
    assert len(among) > 120
    assert sum(among) >= 0.95 * len(among)


def test_what_is_reckoned_roughly_leaves_nothing_out(
    fields: list[tuple[Checker, Linking, list[Levels]]],
) -> None:
    forms: Counter[str] = Counter()
    for _, whole, asked in fields:
        mine = [levels for levels in asked if levels.of_number]
        rows = compare_all(mine, [columns_of(whole.book, of_number=True)] * len(mine))
        mets = [meet(one, whole.weights) for one in rows]
        known = reckoned_together(rows, mets, whole.weights)
        every = {id(p): p for p in whole.book.portraits}
        for levels, (first, rough) in zip(mine, known, strict=True):
            anchors = [anchor.row for anchor in first]
            stated = [list(computed(levels, anchors, by)) for by in (rough, None, [every] * len(anchors))]
            assert stated[0] == stated[1] == stated[2]
            forms.update(one.form for one in stated[0])
    assert all(forms[form] > 3 for form in ("difference", "change", "ratio", "share"))


def test_rows_compared_together_have_the_levels_that_each_has_alone(checker: Checker) -> None:
    linking = Linking(checker.store)
    seen, times = set(), set()
    text = f"{TEXT} Since August 2023 Belvar has had 241 millimetres of rain."
    for one in checker.linker.opened(list(checker.spread.read([document(text)], None))):
        for frame in frames_of(one.reading):
            levels = Levels(frame, linking.book, linking.book.lexis.said_in(frame.words))
            together = compare(levels, columns_of(linking.book, frame.of_number))
            for n, row in enumerate(together.rows):
                alone = {slot: level(levels, row) for slot, level in SLOTS.items()}
                assert together.levels(n) == alone, (frame.claim.text, row.row.key)
                assert together.met([n])[0][2] == levels.relation(row)
                seen.add(together.levels(n)["value"])
                times.add(together.levels(n)["time"])
    assert "over the row's" in times
    assert {"far", "other", "alike", "near", "equal 3"} <= seen


def test_a_package_without_vocabulary_still_gets_rows(checker: Checker) -> None:
    linking = Linking(checker.store)
    linking.book.measures = {}
    [one] = checker.linker.opened(list(checker.spread.read([document()], None)))
    [frame] = [f for f in frames_of(one.reading) if f.claim.quantity and f.claim.quantity.value == 241]
    levels = Levels(frame, linking.book, linking.book.lexis.said_in(frame.words))
    met = meet(compare(levels, columns_of(linking.book, frame.of_number)), linking.weights)
    assert "F03" in [m.portrait.row.row_id for m in met[:5]]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("format = 99\n", "weights of form 99"),
        (ROW.format("'row of a date', slot = 'shoe', level = 'x', weight = 1.0"), "no slot is called 'shoe'"),
        (ROW.format("'verdict supported', slot = 'a', level = 'x', weight = 'much'"), "its weight is 'much'"),
        (f"format = {FORMAT}\n", "[firm]"),
        ("format = ", "Invalid value"),
    ],
)  # fmt: skip
def test_a_file_of_weights_that_is_wrong_is_refused(text: str, stated: str) -> None:
    with pytest.raises(LexiconError, match=r"weights\.toml") as refused:
        read(text, "weights.toml")
    assert stated in str(refused.value)


def test_shares_are_of_all_rows_and_none() -> None:
    assert shares([0.0]) == [0.5]
    assert sum(shares([1.0, 2.0, -3.0])) < 1
    assert shares([]) == []


@pytest.mark.parametrize(("value", "many"), [("1200", 2), ("8.34", 3), ("0", 1), ("250", 2)])
def test_significant_digits(value: str, many: int) -> None:
    assert digits(Decimal(value)) == many


def test_names_are_met_in_part_and_as_peoples() -> None:
    storm, land = Value("name", "p|Storm Odetta"), Value("place", "p|Estavia")
    lexis = Lexis(
        [("Storm Odetta", storm), ("Estavia", land), ("Office of Public Works", Value("actor", "p|OPW"))]
    )
    found = [
        (s.text, s.whole)
        for s in lexis.said_in(Words("Odetta hit 12 Estavians, the OPW said of Storm Odetta."))
    ]
    assert found == [("odetta", False), ("estavian", False), ("opw", False), ("storm odetta", True)]


def test_what_nobody_asserts_is_never_likely(checker: Checker) -> None:
    [one] = checked(checker, document("Will Storm Odetta kill eleven people in November 2024?"))
    assert all(v.likely is None for v in one.verdicts.values())


def test_words_that_a_row_does_not_explain_are_named(checker: Checker) -> None:
    [one] = checked(
        checker, document("Storm Odetta killed eleven left-handed people on the coast in November 2023.")
    )
    [verdict] = [one.verdicts[c.claim_id] for c in one.reading.claims if c.quantity is not None]
    assert verdict.verdict == "not_enough_evidence"
    assert "left" in verdict.unexplained
    assert verdict.suggestions[0].missing


def test_operands_are_linked_each_by_itself() -> None:
    text = "Only 29 licences were handed out in the whole of last year, 18 fewer than in 2022."
    with Checker([WEATHER.parents[1] / "mining" / "package"]) as mining:
        [one] = checked(mining, document(text, day=date(2024, 2, 1)))
    [likely] = [
        one.verdicts[c.claim_id].likely
        for c in one.reading.claims
        if c.comparison is not None and c.quantity is not None and c.quantity.value == 18
    ]
    assert likely is not None
    assert likely.verdict == "supported"
    assert {s.row.row_id for s in likely.rows} >= {"F54", "F55"}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In the 2022/23 season 174,900 tickets were sold at the Brannhof Opera.", "supported"),
        ("In an opera 174,900 tickets were sold in Brannhof in the 2022/23 season.", "not_enough_evidence"),
    ],
)
def test_a_word_that_the_row_says_itself_is_no_doubt(text: str, verdict: str) -> None:
    checker = checker_of(WEATHER.parents[1] / "museums" / "package")
    [found] = checker.check([Document(id="x", text=text, date=date(2024, 3, 1))])
    assert {found.verdicts[c.claim_id].verdict for c in found.reading.claims if c.quantity} == {verdict}


# --- What a claim costs depends neither on the length of its text nor on how many are linked with it ---


@pytest.mark.long
def test_a_claim_costs_the_same_in_a_long_text(tmp_path: Path) -> None:
    chance = random.Random(1)
    names = places(chance)
    write_package(tmp_path, 1200, names)
    many = [reading(i, chance, names) for i in range(30)]
    long = [reading(0, chance, names, 300)]
    with open_store(None) as store:
        store.publish_packages([load_package(tmp_path)])
        linker = Linker(store)
        assert keeps_pace(lambda: linker.check(long), lambda: linker.check(many), 2)
        assert keeps_pace(lambda: linker.check(many), lambda: linker.check(many[:5]), 12)


@pytest.mark.parametrize("level", ["over the row's", "within the row's, carried", "within a year"])
def test_a_row_of_another_time_decides_no_number(level: str) -> None:
    assert barred({"time": level}) == ["time"]


TOLLS = "id,measure,unit,value,place,day,by\n" + "".join(
    f"{key},cholera deaths,people,{toll},Norland,{day},M\n"
    for key, toll, day in (("A", 161, "2022-11-22"), ("B", 223, "2022-12-06"))
)


def _said_last(package: Path, text: str, written: date) -> str:
    """The verdict on the last number of a text."""
    (one,) = checker_of(package).check([make("x", text, meta={"date": written})])
    return [one.verdicts[c.claim_id].verdict for c in one.reading.claims if c.quantity is not None][-1]


def test_a_total_of_long_before_the_text_decides_nothing(tmp_path: Path) -> None:
    block = {"kind": "figures", "key": "id", "measure": "measure", "best": "value", "place": "place"}
    said = {"cholera deaths": {"words": ["cholera", "die", "death"], "type": "cumulative"}}
    ministry = ("id,title\nM,Health Ministry\n", {"kind": "sources", "key": "id", "title": "title"})
    more = {"as_of": "day", "unit": "unit", "source": "by"}
    tables = {"figures": (TOLLS, block | more), "sources": ministry}
    packed(tmp_path, tables, said, types={"value": "integer", "day": "date"})
    text = "The Health Ministry of Norland counts 223 deaths from cholera."
    found = [_said_last(tmp_path, text, day) for day in (date(2022, 12, 10), date(2023, 6, 10))]
    assert found == ["supported", "not_enough_evidence"]


def test_a_row_decides_nothing_where_another_is_named_before() -> None:
    storms = ORDINARY / "floods" / "package"
    text = "{} houses in the Philippines. Losses came to $420 million."
    named = ("Goni destroyed 63,000", "Vamco destroyed 14,700")
    found = [_said_last(storms, text.format(of), date(2020, 12, 4)) for of in named]
    assert found == ["not_enough_evidence", "supported"]
