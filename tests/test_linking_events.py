"""Linking: which happening a claim tells of."""

from __future__ import annotations

import pytest

from claimcheck.linking.linker import Linker
from claimcheck.model import (
    Link,
)
from tests import linking_case
from tests.linking_case import (
    SUBJECT,
    check,
    claim,
    time,
)

store, linker = linking_case.store, linking_case.linker


HAPPENINGS = [
    (
        "Selim VIII opened on 25 January 2018.",
        "25 January 2018",
        "2018-01-25",
        "open",
        ("supported", "exact"),
    ),
    (
        "Selim VIII opened on 26 January 2018.",
        "26 January 2018",
        "2018-01-26",
        "open",
        ("refuted", "date_mismatch"),
    ),
    (
        "The eighth round of Selim talks was held in January 2018.",
        "January 2018",
        "2018-01",
        "hold",
        ("supported", "exact"),
    ),
    (
        "The seventh round of Selim talks was held in January 2018.",
        "January 2018",
        "2018-01",
        "hold",
        ("not_enough_evidence", "undecided"),
    ),
    (
        "Talks were held in Port Selim in January 2018.",
        "January 2018",
        "2018-01",
        "hold",
        ("supported", "exact"),
    ),
    (
        "Talks were held in Lowmark in January 2018.",
        "January 2018",
        "2018-01",
        "hold",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "A gas attack struck Tarn on 22 January 2018.",
        "22 January 2018",
        "2018-01-22",
        "strike",
        ("supported", "exact"),
    ),
    (
        "A gas attack struck Tarn on 25 January 2018.",
        "25 January 2018",
        "2018-01-25",
        "strike",
        ("not_enough_evidence", "ambiguous"),
    ),
    (
        "The gas attack struck Khan Ruhayn on 5 April 2017.",
        "5 April 2017",
        "2017-04-05",
        "strike",
        ("refuted", "date_mismatch"),
    ),
    ("Mirela died on 25 January 2018.", "25 January 2018", "2018-01-25", "die", ("supported", "exact")),
    ("Mirela died on 24 January 2018.", "24 January 2018", "2018-01-24", "die", ("refuted", "date_mismatch")),
    (
        "Mirela laughed on 24 January 2018.",
        "24 January 2018",
        "2018-01-24",
        "laugh",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "The Tarn Relief Network was founded in June 2011.",
        "June 2011",
        "2011-06",
        "found",
        ("supported", "exact"),
    ),
    (
        "The Tarn Relief Network was founded in May 2011.",
        "May 2011",
        "2011-05",
        "found",
        ("refuted", "date_mismatch"),
    ),
    (
        "The Tarn Relief Network met in May 2011.",
        "May 2011",
        "2011-05",
        "meet",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "Selim VIII was held in Lowmark on 25 January 2018.",
        "25 January 2018",
        "2018-01-25",
        "hold",
        ("refuted", "place_mismatch"),
    ),
    (
        "The council was told about Selim VIII in May 2019.",
        "May 2019",
        "2019-05",
        "tell",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "The council met after Selim VIII on 2 May 2019.",
        "2 May 2019",
        "2019-05-02",
        "meet",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "Patients of the siege died in Northland in May 2019.",
        "May 2019",
        "2019-05",
        "die",
        ("not_enough_evidence", "no_reference"),
    ),
    (
        "The Tarn Relief Network began its archive in May 2012.",
        "May 2012",
        "2012-05",
        "begin",
        ("not_enough_evidence", "no_reference"),
    ),
    ("The siege of Northland began in April 2013.", "April 2013", "2013-04", "begin", ("supported", "exact")),
]


@pytest.mark.parametrize(("text", "words", "timex", "predicate", "expected"), HAPPENINGS)
def test_happenings(
    linker: Linker, text: str, words: str, timex: str, predicate: str, expected: tuple[str, str]
) -> None:
    subject = Link(SUBJECT.match(text).group(1))  # type: ignore[union-attr]
    said = claim(
        text,
        kind="event",
        time=time(text, words, timex),
        predicate=predicate,
        terms=(predicate,),
        subject=subject,
    )
    verdict = check(linker, text, said)
    assert (verdict.verdict, verdict.reason) == expected, verdict.explanation
