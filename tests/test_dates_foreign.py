"""Dates of other languages: delimited spans, by dateparser; never running English, never today's date."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from claimcheck.dates.foreign import languages_of, normalised
from claimcheck.dates.times import find_times
from claimcheck.documents.files import make
from claimcheck.lexicon import Row, load
from claimcheck.model import Document, Span
from tests.reader import of_all


def days(text: str) -> list[tuple[str, date | None]]:
    """The dates of another language in a text of a Wednesday in 2018."""
    document = Document(id="x", text=text, date=date(2018, 1, 31))
    found = find_times(document, [Span(0, len(text))])
    return [(m.text, m.date_start) for m in found if m.rule == "dates.foreign"]


CASES = [
    ("Signé le 14 février 2017 à Tunis.", "14 février 2017", date(2017, 2, 14)),
    ("Das Treffen am 3. März 2014 fiel aus.", "3. März 2014", date(2014, 3, 3)),
    ("El acuerdo del 9 de enero de 2016 sigue.", "9 de enero de 2016", date(2016, 1, 9)),
    ("Подписано 21 октября 2015 года", "21 октября 2015", date(2015, 10, 21)),
    ("وقع في ١٢ يناير ٢٠١٧ في حلب", "١٢ يناير ٢٠١٧", date(2017, 1, 12)),
    ("会议于2016年5月4日举行", "2016年5月4日", date(2016, 5, 4)),
]


LANGUAGES = [
    ("14 février 2017", ("fr",)), ("3. März 2014", ("de",)), ("21 октября 2015", ("ru",)),
    ("12 people 2014", ()), ("3. madrugada 2014", ()),
]  # fmt: skip


@of_all(LANGUAGES)
def test_only_languages_with_such_a_month_are_asked(written: str, languages: tuple[str, ...]) -> None:
    assert languages_of(written) == languages


@of_all(CASES)
def test_a_full_date_of_another_language(text: str, written: str, day: date) -> None:
    assert (written, day) in days(text)


@pytest.mark.parametrize("row", load("foreign_months"), ids=lambda row: row.id)
def test_months_of_the_levant(row: Row) -> None:
    for example in row.examples:
        written, _, iso = example.partition(" -> ")
        assert days(f"({written})") == [(written, date.fromisoformat(iso))]


ENGLISH = [
    "We met on 3 March 2014 and 5 Sept 2015.", "Of 12 people 2014 was the worst year.",
    "They went 3 out 2014 times.", "5 ago 2014", "30 fevereiro 2018", "3 marines 2014",
    "route 12 mars 20145",
]  # fmt: skip


@of_all(ENGLISH)
def test_english_and_impossible_dates_are_left_alone(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize("span", ["2014", "15%", "hier", "il y a deux jours", "mardi", "1990s", "12 mai"])
def test_what_needs_today_is_nothing(span: str) -> None:
    assert normalised(span) is None


DATELINES = [
    (
        "Genève, le 14 février 2017\n\nMadame,\n\nThe council met.",
        date(2017, 2, 14),
    ),
    ("Bonn, den 3. März 2014\n\nDear members,\n\nThe council met.", date(2014, 3, 3)),
    ("١٢ يناير ٢٠١٧\n\nDear members,\n\nThe council met.", date(2017, 1, 12)),
    ("The talks of 14 février 2017\n\nDear members,\n\nThe council met.", None),
]


@of_all(DATELINES)
def test_a_date_line_of_another_language_dates_the_document(text: str, day: date | None) -> None:
    assert make("x", text).date == day


def test_english_text_never_imports_the_library() -> None:
    code = (
        "import sys; from claimcheck.documents.files import make;"
        "from claimcheck.claims.reading import prepare;"
        "prepare(make('x', 'On 3 March 2014 some 12 people met; 20 years since 2001.'));"
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


