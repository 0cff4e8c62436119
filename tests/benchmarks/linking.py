"""Cross-referencing 100,000 claims against a table of 100,000 rows: seconds for linking and judging.

Table and texts are made up from a fixed seed; the claims are made by hand, so that reading takes no part.
"""

from __future__ import annotations

import random
import tempfile
import time
from calendar import monthrange
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from claimcheck.linking.linker import Linker
from claimcheck.model import Claim, ClaimTime, Document, Mention, Part, Proposition, Reading, Span
from claimcheck.reference.loading import load
from claimcheck.store import open_store
from tests.benchmarks.figures import Section
from tests.reference_case import packed

CLAIMS_A_DOCUMENT = 10
DOCUMENTS_A_BATCH = 1000
SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "sa", "ti", "vo", "za", "dor", "fen", "gar")
MEASURES = [
    (f"{a}s", a, b) for a in ("house", "bridge", "well", "school", "clinic") for b in ("damage", "repair")
]
COLUMNS = ("id", "measure", "place", "start", "end", "best")


def places(chance: random.Random) -> list[str]:
    """A thousand names."""
    names = {"".join(chance.choice(SYLLABLES) for _ in range(4)).capitalize() for _ in range(1500)}
    return sorted(names)[:1000]


def measure(noun: str, verb: str) -> str:
    """A measure's name: "house damage"."""
    return f"{noun} {verb}"


def write_package(folder: Path, rows: int, names: list[str]) -> None:
    """A package of one table with `rows` figures, a month each."""
    table = [",".join(COLUMNS)]
    for i in range(rows):
        _, noun, verb = MEASURES[(i // 12) % len(MEASURES)]
        month, place = f"2020-{i % 12 + 1:02d}", names[(i // 120) % len(names)]
        table.append(f"r{i},{measure(noun, verb)},{place},{month},{month},{i % 977}")
    block = {"kind": "figures", "key": "id", **{c: c for c in COLUMNS if c != "id"}}
    words = {measure(n, v): {"words": [f"{n} {v}"], "type": "flow"} for _, n, v in MEASURES}
    packed(folder, {"table": ("\n".join(table) + "\n", block)}, words, "bench")


def part(text: str, words: str, start: int, **said: Any) -> Part:
    """A part of a proposition, by its words behind a character."""
    at = text.index(words, start)
    fields = {"lemma": words.lower(), "pos": "NOUN", "is_head": True, "level": 1, "unit": 0, **said}
    return Part(start=at, end=at + len(words), **fields)


def reading(
    number: int, chance: random.Random, names: list[str], sentences: int = CLAIMS_A_DOCUMENT
) -> Reading:
    """A text of so many sentences, a claim each."""
    text, claims = "", []
    for k in range(sentences):
        (nouns, noun, verb), place = chance.choice(MEASURES), chance.choice(names)
        month, value = chance.randint(1, 12), chance.randint(0, 976)
        start = len(text)
        text += f"In 2020-{month:02d} some {value} {nouns} were {verb}ed in {place}. "
        at, end = text.index(f"{value} {nouns}", start), len(text) - 2
        mention = Mention(
            start=at, end=at + len(str(value)), text=str(value), kind="number", low=Decimal(value),
            high=Decimal(value), noun=noun,
        )  # fmt: skip
        when = ClaimTime(
            start=start + 3, end=start + 10, timex=f"2020-{month:02d}", date_start=date(2020, month, 1),
            date_end=date(2020, month, monthrange(2020, month)[1]),
        )  # fmt: skip
        parts = (
            part(text, nouns, start, lemma=noun, role="head", level=0),
            part(text, f"{verb}ed", start, lemma=verb, role="predicate", pos="VERB", unit=1),
            part(text, place, start, role="oblique", pos="PROPN", prep="in", unit=2),
        )
        claims.append(
            Claim(
                claim_id=f"{number}-{k}", kind="quantity", start=start, end=end, text=text[start:end],
                measure=nouns, quantity=mention, time=when, predicate=verb, terms=(noun, verb),
                context=Span(start, end + 1),
                proposition=Proposition(role="patient", passive=True, parts=parts),
            )
        )  # fmt: skip
    return Reading(document=Document(id=str(number), text=text, date=date(2021, 1, 1)), claims=tuple(claims))


def linking(number: int) -> Section:
    """`number` claims cross-referenced against `number` rows."""
    chance = random.Random(1)
    names = places(chance)
    readings = [reading(i, chance, names) for i in range(number // CLAIMS_A_DOCUMENT)]
    with tempfile.TemporaryDirectory() as folder, open_store(None) as store:
        write_package(Path(folder), number, names)
        store.publish_packages([load(Path(folder))])
        begin, work = time.perf_counter(), time.process_time()
        linker = Linker(store)
        verdicts = [
            verdict.verdict
            for i in range(0, len(readings), DOCUMENTS_A_BATCH)
            for checked in linker.check(readings[i : i + DOCUMENTS_A_BATCH])
            for verdict in checked.verdicts.values()
        ]
        took, worked = time.perf_counter() - begin, time.process_time() - work
    decided = sum(verdict != "not_enough_evidence" for verdict in verdicts)
    return Section(
        "Cross-referencing",
        "Claims that are read already, linked and judged against one table: a thousand places, ten measures, "
        "a month each. With the preparation of names and rows, without loading the package.",
        ("claims", "rows", "decided", "s", "processor s"),
        [(f"{len(verdicts):,}", f"{number:,}", f"{decided:,}", f"{took:.1f}", f"{worked:.1f}")],
    )
