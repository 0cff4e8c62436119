"""Claims: each number with its own measure, time and speaker. The document is of Wednesday, 12 June 2019."""

from __future__ import annotations

from datetime import date

import pytest

from claimcheck.lexicon import load
from claimcheck.model import Reading
from tests.reader import judged, of_all, read_text


@pytest.mark.parametrize(
    "text", ["KABUL, 12 June 2019 — Some 12 boys drowned.", "Kabul, 12 June 2019\n\nSome 12 boys drowned."]
)
def test_a_dateline_claims_nothing_and_dates_no_event(text: str) -> None:
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


# --- Assertion: the rows of the lexicon, and sentences that mix what is said with what is not ---


EXAMPLES = [(row, text) for row in load("assertion") for text in row.examples]
COUNTER = [(row, text) for row in load("assertion") for text in row.counter_examples]


@of_all(EXAMPLES, parsed=True)
def test_examples_are_not_asserted(row, text) -> None:
    claims = judged(text)
    assert claims, "the example must hold a claim"
    assert [c.hedge for c in claims if not c.asserted], "at least one claim is not asserted"
    assert {c.hedge for c in claims if not c.asserted} == {row["hedge"]}


@of_all(COUNTER, parsed=True)
def test_counter_examples_are_asserted(row, text) -> None:
    assert all(c.asserted for c in judged(text))


@pytest.mark.parametrize(
    ("text", "number", "asserted", "hedge"),
    [
        ("The tribe would only come if the army freed the 40 men seized in March.", "40", False, "condition"),
        ("Divers put the toll at 104; the mayor denied it.", "104", True, None),
        ("Some 40 people drowned, the mayor denied.", "40", False, "negation"),
        ("The mayor denied that 40 people drowned; divers laughed.", "40", False, "negation"),
        ("Was the bridge that 300 people built on 3 March ever opened?", "300", True, None),
        ("Open the gate for 70 families.", "70", False, "demand"),
        ("It is not known who paid, and 40 boats were lost.", "40", True, None),
    ],
)
def test_status_of_the_clause_of_a_number(text: str, number: str, asserted: bool, hedge: str | None) -> None:
    claim = next(c for c in judged(text) if c.quantity is not None and c.quantity.text == number)
    assert (claim.asserted, claim.hedge) == (asserted, hedge)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("Here is a false claim. ", ""),
        ("", " None of this is true."),
        ("", " Not so."),
        ("", " Or so the novel has it."),
    ],
)
def test_a_sentence_beside_may_call_a_claim_untrue(before: str, behind: str) -> None:
    claims = judged(f"{before}In May 2016, 40 boats sank in Tarn.{behind}")
    assert [c.asserted for c in claims if c.quantity is not None] == [False]


def test_a_sentence_beside_may_say_anything_else() -> None:
    claims = judged("Here is a claim. In May 2016, 40 boats sank in Tarn. Not so long ago there were more.")
    assert [c.asserted for c in claims if c.quantity is not None] == [True]


# --- What carries a date and claims nothing: reporting clauses, headings, entries of lists, references ---


def reading(text: str) -> Reading:
    """The text as a document of 31 January 2018."""
    return read_text(text, date(2018, 1, 31))


def dated(text: str) -> list[tuple[str, str | None]]:
    """The dated clauses of a text, each with its date."""
    found = reading(text)
    return [
        (c.text, text[c.time.start : c.time.end] if c.time and c.time.start is not None else None)
        for c in found.claims
        if c.kind == "event"
    ]


def reasons(text: str) -> dict[str, str | None]:
    """Each date of a text with the reason why it makes no claim."""
    return {m.text: m.reason for m in reading(text).mentions if m.is_time}


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said on Monday that the bridge was open.",
        "On 3 January, the governor confirmed the town was under his control.",
        "The bridge was open, police said on Monday.",
    ],
)
def test_a_reporting_clause_is_no_claim(text: str) -> None:
    assert dated(text) == []
    assert set(reasons(text).values()) == {"when it was said"}


def test_what_was_said_keeps_the_day_on_which_it_was_said() -> None:
    (claim,) = reading("The ministry said on Monday that 12 people died.").claims
    assert claim.said_on == date(2018, 1, 29)


@pytest.mark.parametrize(
    ("text", "clause", "day"),
    [
        ("The union announced on 3 January that it would boycott the talks.", "announced", "3 January"),
        ("The fair closed, the bulletin says, on 2 January.", "closed", "2 January"),
        ("The school burned on 3 January, police said.", "burned", "3 January"),
    ],
)
def test_what_happened_on_the_day_is_a_claim(text: str, clause: str, day: str) -> None:
    ((said, when),) = dated(text)
    assert clause in said
    assert when == day


PROSE = "The army took the town on 3 March 2016 after a long siege. The mayor fled to the coast that night."
BOOKS = """See also
 * Siege of Tarn (2012)
 * Third offensive (June 2016)

References
 * Aziz, Omar. A War, Arvia Press, 2009."""


def test_references_and_what_stands_under_see_also_claim_nothing() -> None:
    text = f"{PROSE}\n\n{BOOKS}\n"
    assert [when for _, when in dated(text)] == ["3 March 2016", "that night"]
    found = reasons(text)
    assert {found[d] for d in ("2012", "June 2016")} == {"list of references"}
    assert "references" in {z.kind for z in reading(text).document.zones}


def test_a_heading_without_a_verb_claims_nothing() -> None:
    back = "The army came back on 9 May 2016. It lost the bridge at once."
    text = f"{PROSE}\n\nSecond offensive (May 2016)\n\n{back}\n"
    assert "May 2016" not in [when for _, when in dated(text)]
    assert reasons(text)["May 2016"] == "heading or entry without a verb"


@pytest.mark.parametrize(
    "text",
    [
        "Chronology\n2018-01-13  flood, Tarn\n2018-01-29  fair opens\n2018-02-04  flood, Arvia\n",
        "Council action in 2012:\n • 14 April: resolution 2042\n • 21 April: resolution 2043\n",
    ],
)
def test_the_entries_of_a_chronicle_are_claims(text: str) -> None:
    assert len(dated(text)) >= 2


@pytest.mark.parametrize(
    "line", ["Guild closes bridge of Tarn in May 2016", "May 2016: the guild met in Tarn"]
)
def test_a_heading_with_a_verb_claims(line: str) -> None:
    text = f"It rained all day in Arvia.\n\n{line}\n\nThe army came to Tarn, and nobody knew why.\n"
    assert reasons(text)["May 2016"] is None
