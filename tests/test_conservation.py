"""The law of conservation: every content word of a claim's sentence stands in a slot of its proposition.

A word that falls out of the reading can neither be explained nor forbid a verdict.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import spacy

from claimcheck.model import Claim, Reading
from claimcheck.syntax.parser import MODELS
from tests.reader import ROOT, read_text, read_texts

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
OF_NUMBERS = frozenset({"more", "most", "less", "least", "fewer", "fewest", "many", "much", "several"})
"""Words that belong to a number and stand in its interval."""
MOST_LOST = 0.005
"""The share of content words that may fall out: what a parse hangs nowhere."""
@cache
def tagger() -> Any:
    """The English pipeline with its tags, which the reading itself leaves out."""
    return spacy.load(next(name for name in MODELS if spacy.util.is_package(name)), exclude=["ner"])


def own_texts() -> list[str]:
    """The statements of the project's packages."""
    files = [ROOT / "reference_data" / "cases.jsonl", *(ROOT / "tests" / "domains").glob("*/cases.jsonl")]
    return [
        json.loads(line)["text"]
        for f in sorted(files)
        for line in f.read_text(encoding="utf-8").splitlines()[:8]
    ]


def lost(texts: Iterable[str]) -> tuple[int, list[str]]:
    """How many content words the sentences of claims have, and those that no slot and no mention holds."""
    words, out = 0, []
    readings = list(read_texts(texts))
    for reading, doc in zip(readings, tagger().pipe(r.document.text for r in readings), strict=True):
        tokens = list(doc)
        for claim in reading.claims:
            if claim.proposition is None:
                continue
            held = _held(reading, claim)
            inside = [t for t in tokens if t.pos_ in CONTENT and _is_in(t, claim)]
            words += len(inside)
            out += [
                f"{t.text} ({t.dep_}) in {claim.text!r}"
                for t in inside
                if t.lower_ not in OF_NUMBERS and not held & set(range(t.idx, t.idx + len(t)))
            ]
    return words, out


def _is_in(token: Any, claim: Claim) -> bool:
    """Whether a token stands in the sentence of a claim."""
    return bool(claim.context.start <= token.idx < claim.context.end)


def _held(reading: Reading, claim: Claim) -> set[int]:
    """The characters that stand in a slot of a claim, or in a number or a date."""
    spans = [(m.wide.start, m.wide.end) for m in reading.mentions]
    if claim.proposition is not None:
        spans += [(p.start, p.end) for p in claim.proposition.parts]
    return {at for start, end in spans for at in range(start, end)}


def test_no_content_word_of_our_own_texts_falls_out() -> None:
    words, out = lost(own_texts())
    assert words > 2_000
    assert len(out) / words < MOST_LOST, out[:40]


def test_a_word_that_falls_out_is_found() -> None:
    words, out = lost(["12 goats drowned in Tarn on 3 May 2018."])
    assert (words, out) == (words, [])
    reading = read_text("12 goats drowned in Tarn on 3 May 2018.")
    claim = next(c for c in reading.claims if c.kind == "quantity")
    assert reading.document.text.index("goats") in _held(reading, claim)
    assert reading.document.text.index("in Tarn") not in _held(reading, claim)
