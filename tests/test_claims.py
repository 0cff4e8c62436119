"""Claims: each number with its own measure, time and speaker. The document is of Wednesday, 12 June 2019."""

from __future__ import annotations

import pytest

from claimcheck.lexicon import load
from tests.reader import judged, of_all, read_text


@pytest.mark.parametrize(
    "text", ["KABUL, 12 June 2019 — Some 12 boys drowned.", "Kabul, 12 June 2019\n\nSome 12 boys drowned."]
)
def test_a_dateline_claims_nothing_and_dates_no_happening(text: str) -> None:
    reading = read_text(text)
    assert [(c.kind, c.text, c.time) for c in reading.claims] == [("quantity", "Some 12 boys drowned", None)]
    [dated] = [m for m in reading.mentions if m.is_time]
    assert (dated.status, dated.reason) == ("not_claim", "date line")


HARM = [*load("harm"), *load("person_nouns")]


@of_all([e for row in HARM for e in row.examples], parsed=True)
def test_examples_of_harm_count_people(text: str) -> None:
    assert [c for c in judged(text) if c.rule.startswith("casualties") or (c.quantity and c.quantity.noun)]


@of_all([e for row in HARM for e in row.counter_examples], parsed=True)
def test_counter_examples_of_harm_count_nobody(text: str) -> None:
    assert not [c for c in judged(text) if c.rule.startswith("casualties")]


def test_the_parts_of_a_sum_name_it() -> None:
    claims = judged("A mother and her two sons were killed.")
    whole = next(c for c in claims if c.rule == "casualties.sum")
    part = next(c for c in claims if c.quantity is not None and c.quantity.text == "two")
    assert part.part_of == whole.claim_id


def test_ids_are_stable_and_distinct() -> None:
    text = "On 3 March 2018 the flood killed 12 and wounded 30. On 3 March 2018 the flood killed 12. "
    text += "The town should rebuild the schools destroyed from December 7023 to mid-March 2024."
    ids, again = ([c.claim_id for c in (*r.claims, *r.latent)] for r in (read_text(text), read_text(text)))
    assert ids == again
    assert len(set(ids)) == len(ids)


def test_without_a_date_of_its_own_a_document_has_no_document_time() -> None:
    claim = next(c for c in read_text("The camp holds 900 people.", day=None).claims if c.quantity)
    assert claim.time is None


def test_an_over_long_sentence_is_cut_and_nothing_of_it_lost() -> None:
    text = "word " * 1000 + "12 boats sank."
    assert [m.status for m in read_text(text).mentions if m.text == "12"] == ["claim"]


def test_a_sentence_without_a_space_is_unresolved_not_lost() -> None:
    text = "word…" * 1000 + "(12) boats sank."
    mention = next(m for m in read_text(text).mentions if m.text == "12")
    assert (mention.status, mention.reason) == ("unresolved", "sentence too long to be one")
