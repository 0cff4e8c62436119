"""Which happening a date is of, and what the tables say to it."""

from __future__ import annotations

from datetime import date

import pytest

from claimcheck.matching.linker import Linker
from tests import matching_case
from tests.reader import read_text

store, linker = matching_case.store, matching_case.linker


HAPPENINGS = [
    ("Selim VIII opened on 25 January 2018.", "25 January 2018", ("supported", "exact")),
    ("Selim VIII opened on 26 January 2018.", "26 January 2018", ("refuted", "date_mismatch")),
    ("The eighth round of Selim talks was held in January 2018.", "January 2018", ("supported", "exact")),
    (
        "The seventh round of Selim talks was held in January 2018.",
        "January 2018",
        ("not_enough_evidence", "undecided"),
    ),
    ("Talks were held in Port Selim in January 2018.", "January 2018", ("supported", "exact")),
    ("Talks were held in Lowmark in January 2018.", "January 2018", ("not_enough_evidence", "no_reference")),
    ("A gas attack struck Tarn on 22 January 2018.", "22 January 2018", ("supported", "exact")),
    (
        "A gas attack struck Tarn on 25 January 2018.",
        "25 January 2018",
        ("not_enough_evidence", "no_reference"),
    ),
    ("The gas attack struck Khan Ruhayn on 5 April 2017.", "5 April 2017", ("refuted", "date_mismatch")),
    ("Mirela laughed on 24 January 2018.", "24 January 2018", ("not_enough_evidence", "no_reference")),
    ("The Tarn Relief Network was founded in June 2011.", "June 2011", ("supported", "exact")),
    ("The Tarn Relief Network was founded in May 2011.", "May 2011", ("refuted", "date_mismatch")),
    ("The Tarn Relief Network met in May 2011.", "May 2011", ("not_enough_evidence", "no_reference")),
    ("Selim VIII was held in Lowmark on 25 January 2018.", "25 January 2018", ("refuted", "place_mismatch")),
    (
        "The council was told about Selim VIII in May 2019.",
        "May 2019",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "The council met after Selim VIII on 2 May 2019.",
        "2 May 2019",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "Patients of the siege died in Northland in May 2019.",
        "May 2019",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "The Tarn Relief Network began its archive in May 2012.",
        "May 2012",
        ("not_enough_evidence", "no_reference"),
    ),
    ("The siege of Northland began in April 2013.", "April 2013", ("supported", "exact")),
    (
        "The siege of Northland, imposed by force and denounced by all, began in April 2013.",
        "April 2013",
        ("supported", "exact"),
    ),
    (
        "The siege of Northland, imposed by Vostokian forces, began in April 2013.",
        "April 2013",
        ("refuted", "actor_mismatch"),
    ),
    (
        "Imposed by Arvian forces, the siege of Northland ended on 14 May 2018.",
        "14 May 2018",
        ("refuted", "date_mismatch"),
    ),
    ("Selim VIII opened as scheduled on 24 January 2018.", "24 January 2018", ("refuted", "date_mismatch")),
    (
        "The gas attack that struck Khan Ruhayn on 4 April 2017 used rockets.",
        "4 April 2017",
        ("supported", "exact"),
    ),
    ("Residents of Tarn were gassed on 22 January 2018.", "22 January 2018", ("supported", "exact")),
    (
        "Selim VII opened on 10 July 2017; Selim VIII closed on 26 January 2018.",
        "26 January 2018",
        ("supported", "exact"),
    ),
    (
        "After the 2018 talks in Port Selim, Vostokian ships left on 3 March 2018.",
        "3 March 2018",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "Vostokian forces were behind the siege of Northland of April 2013.",
        "April 2013",
        ("refuted", "actor_mismatch"),
    ),
]


@pytest.mark.parametrize(("text", "words", "expected"), HAPPENINGS)
def test_the_happening_of_a_date(linker: Linker, text: str, words: str, expected: tuple[str, str]) -> None:
    checked = linker.check([read_text(text, date(2019, 6, 12), linker.event_index)])[0]
    at = text.index(words)
    [told] = [
        c for c in checked.reading.claims if c.kind == "event" and c.time is not None and c.time.start == at
    ]
    verdict = checked.verdicts[told.claim_id]
    assert (verdict.verdict, verdict.reason) == expected, verdict.explanation
