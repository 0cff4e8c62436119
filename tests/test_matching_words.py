"""The words by which a proposition meets a row: sentences read for real say what the lexicons say of them.

In an example "[…]" marks the word that the row is about; behind "->" stands the kind of a happening.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal, get_args

import pytest

from claimcheck.lexicon import Row, load
from claimcheck.matching.accounting import (
    Concepts,
    counted_match,
    is_neutral,
    neutral_words,
    of_parts,
    of_text,
    of_word,
    spelt_out,
    ways_to_say,
    word_class,
)
from claimcheck.matching.doers import speaker_parts
from claimcheck.matching.events import main_verb, verbs_of
from claimcheck.model import Claim, Part, PartRole, Proposition, ReferenceRow
from claimcheck.propositions import stem
from claimcheck.reference.cases import CASES, read_cases
from claimcheck.wording import stem_set, word_set
from tests.reader import ROOT, of_all, read_text, read_together


def _claims(text: str) -> list[tuple[Claim, Proposition]]:
    read = read_text(text)
    told = ([(c, c.proposition) for c in found if c.proposition] for found in (read.claims, read.latent))
    claims = next(filter(None, told), [])
    assert claims, text
    return claims


def _plain(text: str) -> str:
    """An example without its marks: what is read of it."""
    return text.partition(" -> ")[0].partition(" | ")[0].replace("[", "").replace("]", "")


def _marked(text: str) -> tuple[Claim, Proposition, Part | None]:
    """The last claim of a sentence, and the part of it that "[…]" marks."""
    start = text.index("[")
    claim, proposition = _claims(_plain(text))[-1]
    return claim, proposition, next((p for p in proposition.parts if p.start == start), None)


def _row(kind: Literal["event", "figure"], **fields: Any) -> ReferenceRow:
    return ReferenceRow(package="tarn", table="rows", row_id="R1", kind=kind, **fields)


def _said(text: str) -> Concepts:
    """All that the claims of a sentence say."""
    return frozenset(one for _, p in _claims(text) for found in of_parts(p.parts) for one in found)


def _says_frame(frame: str, text: str) -> bool:
    return f"={frame}" in _said(text)


def _of_its_kind(row: str, example: str) -> bool:
    """Whether the verb that dates a sentence says that a happening of its kind took place."""
    text, kind = example.split(" -> ")
    verb = main_verb(_claims(text)[0][0])
    assert verb is not None
    return stem(verb.lemma) in verbs_of(_row("event", label=kind))


_FURTHER = {"share", "incident", "suspected", "means", "befalling"}
SLOTS = {row.id: frozenset(row["slots"]) for row in load("neutral_words")}


def _passes(row: str, text: str) -> bool:
    """Whether the marked word is passed over in the slots of a row, as the code that asks for them does."""
    _, proposition, part = _marked(text)
    assert part is not None
    slots = SLOTS[row]
    if slots & set(get_args(PartRole)) and not slots & _FURTHER:
        return is_neutral(part)
    if slots & _FURTHER:
        assert not is_neutral(part)
        return is_neutral(part, slots)
    if slots == {"telling"}:
        return proposition.parts.index(part) in speaker_parts(proposition.parts)
    if slots == {"saying"}:
        return bool(speaker_parts(proposition.parts))
    return any(stem(part.lemma) in neutral_words(slot) for slot in slots)


COUNTED = {
    "people": (None, "same"),
    "some people": (None, "some"),
    "parts": (None, "part"),
    "scales": ("points", "same"),
    "organisations": ("organisations", "same"),
    "occurrences": ("incidents", "same"),
    "attendants": ("participants", "same"),
    "households": ("households", "same"),
}
"""What a row counts that the nouns of a class may meet (None: people who died), and how they meet it."""


def _met(unit: str | None, text: str) -> str:
    """How the marked noun meets what a row counts."""
    claim, _, head = _marked(text)
    assert claim.quantity is not None
    assert head is not None
    concepts = frozenset({"=kill"}) if unit is None else frozenset()
    return counted_match(claim.quantity, head, False, _row("figure", unit=unit), concepts)


def _meets(row: str, text: str) -> bool:
    unit, how = COUNTED[row]
    return _met(unit, text) == how


def _counts_a_kind(row: str, text: str) -> bool:
    whole = next(r["wholes"][0] for r in load("kinds_of_things") if r.id == row)
    return _met(whole, text) in ("some", "same")


def _reads(row: str, text: str) -> bool:
    """Whether a climb does with the marked word, or what stands behind a word of a row, what the row says."""
    _, proposition, part = _marked(text)
    if row == "partitive pronouns":
        return proposition.share == "them"
    if row == "shares":  # the verb is told of the share alone
        return all(p.context for p in proposition.parts if p.lemma == "drown")
    if row == "units that count nothing":
        return any(p.role == "predicate" and p.level == 1 for p in proposition.parts)
    if row in ("pronouns of doers", "excluding prepositions", "verbs of what is to be"):
        return part is not None
    if row == "verbs of turning":
        return part is not None and part.role == "attribute"
    if row == "prepositions of what may not be":  # what governs the deed counts
        return any(p.role == "governor" and not p.context for p in proposition.parts)
    if row == "small words of headings":
        return part is None
    if row == "relative pronouns":  # their noun is the subject of their clause
        return any(p.role == "subject" and p.level == 1 and not p.context for p in proposition.parts)
    if row == "counting nouns":
        return any(p.lemma == "drown" and not p.context for p in proposition.parts)
    if row == "determining":
        return part is not None and not is_neutral(part)
    assert part is not None
    return part.context if row in ("prepositions of context", "bodies that act") else part.prep is not None


def _reaches(row: str, text: str) -> bool:
    """Whether the marked word, or the preposition that the reading keeps, is of a row."""
    word = text[text.index("[") + 1 : text.index("]")].lower()
    if " " in word:
        return word in word_set(row)
    _, _, part = _marked(text)
    if part is not None:
        return stem(part.lemma) in stem_set(row)
    read = [p for _, p in _claims(text.replace("[", "").replace("]", ""))]
    preps = {p.prep for p in read} | {part.prep for p in read for part in p.parts}
    return word in preps and word in word_set(row)


def _class_completes(row: str, example: str) -> bool:
    text, frame = example.split(" | ")
    said = _said(text)
    return f"={frame}" in said and bool(said & frozenset(word_class(row)))


LEXICONS = {
    "frames": _says_frame,
    "deed_verbs": _of_its_kind,
    "neutral_words": _passes,
    "counted_nouns": _meets,
    "kinds_of_things": _counts_a_kind,
    "proposition_words": _reads,
    "matching_words": _reaches,
    "word_classes": _class_completes,
}
"""For each lexicon, whether an example says what its row says of it."""


@pytest.fixture(scope="module", params=LEXICONS)
def topic(request: pytest.FixtureRequest) -> str:
    """A lexicon of which all examples have been read together."""
    rows = load(request.param)
    read_together(_plain(text) for row in rows for text in (*row.examples, *row.counter_examples))
    return str(request.param)


def test_the_examples_say_what_their_row_says(topic: str) -> None:
    says = LEXICONS[topic]
    assert [(r.id, text) for r in load(topic) for text in r.examples if not says(r.id, text)] == []


def test_the_counter_examples_do_not(topic: str) -> None:
    says = LEXICONS[topic]
    assert [(r.id, text) for r in load(topic) for text in r.counter_examples if says(r.id, text)] == []


_FATES = {row.id for row in load("frames") if row.get("undergone")} | {"survive", "recover"}
_ALSO_TRUE = {
    ("arrest", "imprison"),  # who is taken into custody is in custody
    ("evacuate", "hospitalise"),
    ("hospitalise", "evacuate"),
    ("survive", "rescue"),
    ("infect", "test"),
    ("infect", "sicken"),
    ("execute", "kill"),
    ("kill", "murder"),
    ("murder", "kill"),
    ("displace", "evict"),
    ("evict", "displace"),
    ("death sentence", "sentence"),
    ("prison sentence", "sentence"),
    ("death sentence", "kill"),  # "death" alone: what else is said tells them apart
    ("destroy", "damage"),
    ("destroy", "repair"),
    ("resign", "appoint"),
    ("hospitalise", "treat"),
    ("acquit", "convict"),  # "guilty": the "not" before it tells them apart
}
"""Pairs of which an example of the first says the second as well."""


def _rivals(frame: str, contrast: str | None) -> set[str]:
    """The frames that an example of a frame must not say: other fates, and those of its contrast."""
    group = {row.id for row in load("frames") if contrast and row.get("contrast") == contrast}
    return ((_FATES if frame in _FATES else set()) | group) - {frame}


def test_an_example_says_no_rival_of_its_frame() -> None:
    """Every frame against every other: the wounded are not dead, who was arrested is not convicted."""
    read_together(text for row in load("frames") for text in row.examples)
    found = set()
    for row in load("frames"):
        rivals = _rivals(row.id, row.get("contrast"))
        said = {concept[1:] for text in row.examples for concept in _said(text) if concept.startswith("=")}
        found |= {(row.id, other) for other in said & rivals}
    assert found <= _ALSO_TRUE


MANNERS = [(row.id, manner) for row in load("frames") for manner in row.get("manners", ())]


@of_all(MANNERS)
def test_a_manner_is_said_by_texts_alone(frame: str, manner: str) -> None:
    """A text that tells of murders tells of the killed; a table of murders tells nothing of the killed."""
    for stems in spelt_out(manner):
        assert all(f"={frame}" not in of_word(one) for one in stems) or len(stems) > 1
        assert f"={frame}" not in of_text(" ".join(stems)) or any(f"={frame}" in of_word(o) for o in stems)


# The law of the most used frames

OF_ANYTHING = {"use", "open", "end", "found", "report", "announce", "loss"}
"""Frames of what may befall anything, or be said of it: no table counts them, and few words mean no more."""


def _tells_by_verb(row: Row) -> bool:
    """Whether the verb of some example says the frame: what happened, not who or what it happened to."""
    read = [p for text in row.examples for _, p in _claims(text)]
    return any(
        f"={row.id}" in concepts and part.role == "predicate"
        for p in read
        for part, concepts in zip(p.parts, of_parts(p.parts), strict=True)
    )


def _most_used(number: int) -> list[str]:
    """The frames of deeds and fates that the most statements of the project's own packages tell."""
    files = [ROOT / "reference_data" / CASES, *sorted((ROOT / "tests" / "domains").glob(f"*/{CASES}"))]
    deeds = {f"={r.id}" for r in load("frames") if r.id not in OF_ANYTHING and _tells_by_verb(r)}
    told = Counter(c for file in files for case in read_cases(file) for c in of_text(case.text) & deeds)
    return [frame for frame, _ in told.most_common(number)]


def _ways_of(frame: str) -> list[frozenset[str]]:
    """The ways to say a frame, each by all of its words; one that holds another is none ("make arrest")."""
    ways = [frozenset(way) for way in ways_to_say(frozenset({frame}))]
    return [way for way in ways if not any(other < way for other in ways)]


def test_the_twenty_most_used_frames_have_forty_ways_of_saying_them() -> None:
    assert {frame: len(_ways_of(frame)) for frame in _most_used(20) if len(_ways_of(frame)) < 40} == {}
