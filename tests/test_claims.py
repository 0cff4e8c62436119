"""Claims: each number with its own measure, time and speaker. The document is of Wednesday, 12 June 2019."""

from __future__ import annotations

from datetime import date

import pytest

from claimcheck.lexicon import load
from claimcheck.model import Claim
from tests.reader import judged, read_text


def of(text: str, number: str) -> Claim:
    """The first claim whose quantity is written so."""
    return next(c for c in judged(text) if c.quantity is not None and c.quantity.text == number)


@pytest.mark.parametrize(
    ("text", "number", "noun", "words"),
    [
        ("The flood killed 12 and wounded 30 on 3 March.", "12", None, "killed"),
        ("The flood killed 12 and wounded 30 on 3 March.", "30", None, "wounded"),
        ("Guards refused to allow visits to 312 sick inmates.", "312", "inmate", "inmates"),
        ("The death toll rose to 88, the ministry said.", "88", None, "death toll"),
        ("More than 40 rural trade unions signed the appeal.", "40", "union", "unions"),
        ("She became the 9th nurse to die of the fever.", "9th", "nurse", "die"),
        ("The raid led to the death of 6 fishermen.", "6", "fisherman", "death"),
        ("Some 17 miners suffered burns.", "17", "miner", "miners burns"),
        ("Between 13 and 15 miners were rescued.", "Between 13 and 15", "miner", "rescued"),
        ("The number of displaced people tripled to 880.", "880", "people", "number displaced people"),
        ("The number of cholera cases in Goma rose to 300.", "300", "case", "number cholera cases"),
        ("The number of farmers killed in Tarn is 45.", "45", "farmer", "number farmers killed"),
        (
            "At 45, the number of children awaiting urgent surgery rose.",
            "45",
            "child",
            "children awaiting urgent surgery",
        ),
        ("Farmers killed in Tarn in May: 45.", "45", None, "killed"),
        ("A storm damaged or destroyed 40 barns.", "40", "barn", "barns damaged or destroyed"),
        ("Some 40 barns were damaged or destroyed.", "40", "barn", "barns damaged or destroyed"),
        ("Hail killed or injured 40 sheep.", "40", "sheep", "sheep killed or injured"),
        ("They lost 40 barns and mills.", "40", "barn", "barns and mills"),
        ("They lost 40 barns, mills and sheds.", "40", "barn", "barns and mills and sheds"),
        ("The number of dead and injured reached 45.", "45", None, "number dead and injured"),
        ("The blast left 30 dead or injured.", "30", "dead", "people dead or injured"),
        ("Some 60 Greek and Maltese sailors left.", "60", "sailor", "Greek and Maltese sailors"),
    ],
)
def test_a_number_has_its_own_noun_and_measure(text: str, number: str, noun: str | None, words: str) -> None:
    claim = next(c for c in judged(text) if c.quantity and c.quantity.text.lower() == number.lower())
    assert claim.quantity is not None
    assert claim.quantity.noun == noun
    assert claim.measure is not None
    assert words in claim.measure


@pytest.mark.parametrize(
    ("text", "number"),
    [("The toll is up from 134 two weeks earlier.", "134"), ("Dozens were hurt.", "Dozens")],
)
def test_a_number_counts_neither_a_time_behind_it_nor_itself(text: str, number: str) -> None:
    quantity = of(text, number).quantity
    assert quantity is not None
    assert quantity.noun is None


@pytest.mark.parametrize(
    ("text", "number", "unwanted"),
    [
        ("Two strikes killed 5 people.", "Two", "killed"),
        ("They were hurt in a fire in a 7-storey house.", "7", "hurt"),
        ("The flood killed 12 and wounded 30.", "30", "killed"),
        ("The crash caused 45 casualties, of whom 20 died.", "45", "died"),
        ("They lost 40 barns and a mill.", "40", "mill"),
        ("They lost 40 barns and 3 mills.", "40", "mill"),
        ("They lost 40 barns and the mayor resigned.", "40", "mayor"),
    ],
)
def test_a_number_does_not_borrow_the_verb_of_another(text: str, number: str, unwanted: str) -> None:
    for claim in judged(text):
        if claim.quantity is not None and claim.quantity.text == number:
            assert unwanted not in (claim.measure or "")


@pytest.mark.parametrize(
    ("text", "number", "verb"),
    [
        ("At least 30 miners were killed, 19 of them girls, and at least 7 others were hurt.", "19", "kill"),
        ("At least 30 miners were killed, 19 of them girls, and at least 7 others were hurt.", "7", "hurt"),
        ("At least 30 miners were killed, and 19 of them were hurt before.", "19", "hurt"),
    ],
)  # fmt: skip
def test_some_of_those_before_share_their_verb(text: str, number: str, verb: str) -> None:
    assert of(text, number).predicate == verb


@pytest.mark.parametrize(
    ("text", "number", "start", "end", "basis"),
    [
        ("The flood killed 12 on 3 March 2018.", "12", "2018-03-03", "2018-03-03", "clause"),
        ("The flood killed 12 and wounded 30 on 3 March 2018.", "12", "2018-03-03", "2018-03-03", "sentence"),
        (
            "On 3 March 2018 a dam broke. Some 90 houses were lost.",
            "90",
            "2018-03-03",
            "2018-03-03",
            "discourse",
        ),
        ("On 3 March 2018 a dam broke.\n\nSome 90 were lost.", "90", "2018-03-03", "2018-03-03", "discourse"),
        ("On 3 March 2018 a dam broke. It rained. It blew.\n\nSome 90 were lost.", "90", None, None, None),
        ("On 3 March 2018 a dam broke.\nLosses\nSome 90 houses were lost.", "90", None, None, None),
        (
            "On 3 March 2018 a dam broke. On 9 May 2018, police said that 90 houses had burnt down.",
            "90",
            None,
            None,
            None,
        ),
        (
            "On 3 March 2018 a dam broke. On 5 March 2018, police said that 90 houses were lost.",
            "90",
            "2018-03-03",
            "2018-03-03",
            "discourse",
        ),
        ("We will leave by August. Some 90 houses were lost.", "90", None, None, None),
        ("A dam broke, the mayor said on Friday. Some 90 houses were lost.", "90", None, None, None),
        ("If the truce of 5 May holds, boats sail again. Some 90 houses were lost.", "90", None, None, None),
        ("The camp holds 900 people.", "900", "2019-06-12", "2019-06-12", "document"),
        ("Since May 2019 the clinic has treated 70 people.", "70", "2019-05-01", "2019-06-12", "clause"),
        ("The fire at about 4 pm on 8 May 2019 hurt 3 people.", "3", "2019-05-08", "2019-05-08", "clause"),
        (
            "The dam broke ten years ago today and killed 3 people.",
            "3",
            "2009-06-12",
            "2009-06-12",
            "sentence",
        ),
        ("The dam broke two weeks ago and killed 3 people.", "3", "2019-05-23", "2019-06-06", "sentence"),
        ("It closed today, 26 days after the dam killed 3.", "3", "2019-05-17", "2019-05-17", "sentence"),
        ("It closes today, a year after the dam killed 3.", "3", "2017-12-11", "2018-12-12", "sentence"),
        (
            "A month after the flood, which killed 3, nobody is charged.",
            "3",
            "2019-04-27",
            "2019-05-27",
            "sentence",
        ),
        ("It shut weeks after the dam killed 3 in town.", "3", None, None, None),
        ("It shut on Monday, two hours after a dam killed 3.", "3", "2019-06-10", "2019-06-10", "sentence"),
        (
            "Kin met on Monday, ten years after the fire of 5 May 2009 took the lives of 3.",
            "3",
            "2009-05-05",
            "2009-05-05",
            "clause",
        ),
        ("In the year to March 2019 the dam killed 3.", "3", "2018-04-01", "2019-03-31", "clause"),
        (
            "The dam killed 3 in the six months ending 31 March 2019.",
            "3",
            "2018-10-01",
            "2019-03-31",
            "sentence",
        ),
        (
            "They put it off by two months to March 2019, and 3 died.",
            "3",
            "2019-03-01",
            "2019-03-31",
            "sentence",
        ),
    ],
)
def test_the_time_that_governs_a_number(
    text: str, number: str, start: str | None, end: str | None, basis: str | None
) -> None:
    time = of(text, number).time
    if start is None:
        assert time is None
        return
    assert time is not None
    assert (str(time.date_start), str(time.date_end), time.basis) == (start, end, basis)


@pytest.mark.parametrize(
    "text", ["KABUL, 12 June 2019 — Some 12 boys drowned.", "Kabul, 12 June 2019\n\nSome 12 boys drowned."]
)
def test_a_dateline_claims_nothing_and_dates_no_happening(text: str) -> None:
    reading = read_text(text)
    assert [(c.kind, c.text, c.time) for c in reading.claims] == [("quantity", "Some 12 boys drowned", None)]
    [dated] = [m for m in reading.mentions if m.is_time]
    assert (dated.status, dated.reason) == ("not_claim", "date line")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The observatory reported 27 killed.", "27"),
        ("The charity said its teams had treated more than 1,300 wounded.", "1,300"),
    ],
)
def test_a_number_is_one_claim_however_its_clause_is_parsed(text: str, number: str) -> None:
    assert [c.quantity.text for c in judged(text) if c.quantity] == [number]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("At least one woman and her three children were killed.", 4, None),
        ("A mother and her two sons were killed.", 3, None),
        ("Others were wounded on the bridge.", 2, None),
        ("A nurse was killed by the falling tree.", 1, None),
        ("A number of villagers were injured.", 2, None),
        ("A woman was killed alongside her grandchild.", 2, None),
        ("A judge was reported killed.", 1, None),
    ],
)
def test_people_counted_without_a_number(text: str, low: int, high: int | None) -> None:
    claim = next(c for c in judged(text) if c.rule.startswith("casualties"))
    assert claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.high) == (low, high)
    assert claim.quantity.text == text[claim.quantity.start : claim.quantity.end]


@pytest.mark.parametrize(
    "text",
    [
        "Twelve miners were killed.",
        "At least 35 people of two families were killed.",
        "The bill was killed in committee.",
        "The old custom died.",
        "It was killed.",
        "A nurse and her two sons were photographed.",
        "A number of huts were burnt.",
    ],
)
def test_nobody_is_counted_where_a_number_says_it_or_nobody_is_harmed(text: str) -> None:
    assert not [c for c in judged(text) if c.rule.startswith("casualties")]


HARM = [*load("harm"), *load("person_nouns")]


@pytest.mark.parametrize("text", [e for row in HARM for e in row.examples])
def test_examples_of_harm_count_people(text: str) -> None:
    assert [c for c in judged(text) if c.rule.startswith("casualties") or (c.quantity and c.quantity.noun)]


@pytest.mark.parametrize("text", [e for row in HARM for e in row.counter_examples])
def test_counter_examples_of_harm_count_nobody(text: str) -> None:
    assert not [c for c in judged(text) if c.rule.startswith("casualties")]


@pytest.mark.parametrize(
    "text",
    [
        "On Wednesday, she became the 40th nurse to die of the fever.",
        "Wednesday was killed by the schedule.",
    ],
)
def test_ordinals_and_days_are_not_counted_as_people(text: str) -> None:
    assert not [c for c in judged(text) if c.rule.startswith("casualties")]


def test_the_parts_of_a_sum_name_it() -> None:
    claims = judged("A mother and her two sons were killed.")
    whole = next(c for c in claims if c.rule == "casualties.sum")
    part = next(c for c in claims if c.quantity is not None and c.quantity.text == "two")
    assert part.part_of == whole.claim_id


def test_what_is_said_is_asserted_and_keeps_its_speaker() -> None:
    claim = of("The ministry said that 14 miners died on 2 June.", "14")
    assert claim.asserted
    assert claim.speaker is not None
    assert "ministry" in claim.speaker.text


def test_actor_subject_and_place_of_a_passive_sentence() -> None:
    claim = of("In May, 19 boats were sunk off Tobruk by the coast guard.", "19")
    assert claim.actor is not None
    assert "guard" in claim.actor.text
    assert claim.subject is not None
    assert "boats" in claim.subject.text


def test_a_simultaneous_clause_shares_the_day() -> None:
    read = read_text("While talks were underway in Lisbon, on 4 June, a nurse died.")
    claims = [c for c in (*read.claims, *read.latent) if c.kind == "event"]
    assert {str(c.time.date_start) for c in claims if c.time} == {"2019-06-04"}
    assert {c.rule for c in claims} >= {"claims.event", "claims.simultaneous"}


def test_ids_are_stable_and_distinct() -> None:
    text = "On 3 March 2018 the flood killed 12 and wounded 30. On 3 March 2018 the flood killed 12."
    first, second = read_text(text), read_text(text)
    ids = [c.claim_id for c in first.claims]
    assert ids == [c.claim_id for c in second.claims]
    assert len(set(ids)) == len(ids)


def test_every_mention_ends_in_the_ledger() -> None:
    text = (
        "Chapter 4. On 3 March 2018, 12 of the 40 boats, aged 9 years, sank; call 555-0199 for 3 more hours."
    )
    for mention in read_text(text).mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.status == "claim" or mention.reason


def test_without_a_date_of_its_own_a_document_has_no_document_time() -> None:
    claim = next(c for c in read_text("The camp holds 900 people.", day=None).claims if c.quantity)
    assert claim.time is None


def test_an_over_long_sentence_is_unresolved_not_lost() -> None:
    text = "word " * 1000 + "12 boats sank."
    mention = next(m for m in read_text(text).mentions if m.text == "12")
    assert (mention.status, mention.reason) == ("unresolved", "sentence too long to be one")


def test_dates_are_days_of_the_document() -> None:
    claim = judged("The dam broke on 5 June.", "event")[0]
    assert claim.time is not None
    assert claim.time.date_start == date(2019, 6, 5)
    assert claim.time.inferred == ("year",)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The army fired the shell that killed 12 miners.", "army"),
        ("The shell that killed 12 miners was fired by the army.", "army"),
        ("The shell that killed 12 miners was heard by the army.", "shell"),
        ("The army heard the shell that killed 12 miners.", "shell"),
    ],
)
def test_who_used_what_did_it_is_who_did_it(text: str, actor: str) -> None:
    claim = next(c for c in judged(text) if c.quantity is not None)
    assert claim.actor is not None
    assert claim.actor.text == actor


@pytest.mark.parametrize(
    ("text", "number", "noun"),
    [
        ("The number of former colonies jumped from about 30 to almost 120 after the war.", "120", "colony"),
        ("The recorded count of sick children has reached more than 300.", "300", "child"),
        ("The number of the house was read out, and 30 left.", "30", None),
        ("The old bus holds 20 seats; the new one holds 30.", "30", "seat"),
        ("The mill will cut 900 jobs in Spain, 400 in Italy and about 300 in the Congo.", "400", "job"),
        ("The mill will cut 900 jobs in Spain, 400 in Italy and about 300 in the Congo.", "300", "job"),
        ("The storm killed 20 sailors in Tarn, and 400 in Arvia were hurt.", "400", None),
        ("The mill sold 900 tons in Spain and opened 4 in Italy.", "4", None),
        ("The price of bread jumped to 30.", "30", None),
    ],
)
def test_what_a_bare_number_counts_stands_elsewhere(text: str, number: str, noun: str | None) -> None:
    quantity = of(text, number).quantity
    assert quantity is not None
    assert quantity.noun == noun


def test_a_name_that_the_parser_cuts_at_a_hyphen_is_one() -> None:
    claims = judged("On 18 July, fighters took the town of Ras al-Ain, after days of fighting.")
    assert {c.place.text for c in claims if c.place} == {"Ras al-Ain"}


def test_a_century_with_a_hyphen_dates_no_deed() -> None:
    text = "The feud began when the 7th-century chief Amir was cut off from a well by 30 riders."
    assert {c.kind for c in judged(text)} == {"quantity"}


def test_soldiers_and_rebels_together_are_persons() -> None:
    nouns = {c.quantity.noun for c in judged("The raid killed 17 soldiers and 11 rebels.") if c.quantity}
    assert nouns == {"soldier", "rebel", "person"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("On 3 May 2018, the mayor said that the bridge would close.", set()),
        ("On 3 May 2018, the mayor announced that the bridge would close.", {"event"}),
        ("On 3 May 2018, as the talks closed, the mayor said that the bridge would close.", {"event"}),
    ],
)
def test_the_day_of_saying_what_is_not_asserted_is_no_claim(text: str, kinds: set[str]) -> None:
    assert {c.kind for c in judged(text)} == kinds
