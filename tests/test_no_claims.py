"""What carries a date and claims nothing: reporting clauses, headings, entries of lists, references."""

from __future__ import annotations

from datetime import date

import pytest

from claimcheck.model import Reading
from tests.reader import read_text


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


def test_prose_under_a_heading_behind_the_references_claims_again() -> None:
    rebuilt = "The town fell on 5 May 2017. It was rebuilt later on by hand."
    text = f"{PROSE}\n\nSee also\n * Siege of Tarn (2012)\n\nAftermath\n\n{rebuilt}\n"
    assert "5 May 2017" in [when for _, when in dated(text)]


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
    ("heading", "day"),
    [
        ("Early shelling and slow retreat (May–June 2016)", "May–June 2016"),
        ("Continued fighting, June offensive and retreat of 2016", "2016"),
    ],
)
def test_a_title_and_its_period_claim_nothing(heading: str, day: str) -> None:
    text = f"It rained all day in Arvia.\n\n{heading}\n\nThe army came to Tarn, and nobody knew why.\n"
    assert reasons(text)[day] == "heading or entry without a verb"


@pytest.mark.parametrize(
    "line", ["Guild closes bridge of Tarn in May 2016", "May 2016: the guild met in Tarn"]
)
def test_a_heading_with_a_verb_claims(line: str) -> None:
    text = f"It rained all day in Arvia.\n\n{line}\n\nThe army came to Tarn, and nobody knew why.\n"
    assert reasons(text)["May 2016"] is None
