"""Times in text: the examples of the lexicons, intervals, durations, and what is no time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.dates.foreign import languages_of, normalised
from claimcheck.dates.times import find_times, years_along
from claimcheck.documents.files import make
from claimcheck.documents.sentences import split
from claimcheck.lexicon import Row, load
from claimcheck.model import Document, Mention, Span
from tests.pace import grows_in_line, keeps_pace
from tests.reader import of_all

OWN = date(2018, 1, 31)


def read(
    text: str, own: date | None = OWN, locale: str = "unknown", taken: tuple[Span, ...] = ()
) -> list[Mention]:
    document = Document(id="d", text=text, date=own, locale=locale)  # type: ignore[arg-type]
    found = find_times(document, split(text), taken)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    return found


def only(text: str, own: date | None = OWN, locale: str = "unknown") -> Mention:
    found = read(text, own, locale)
    assert len(found) == 1, [m.text for m in found]
    return found[0]


def days(m: Mention) -> str:
    return f"{m.date_start or ''}..{m.date_end or ''}"


LEXICONS = (
    "date_company", "time_expressions", "date_words", "holidays", "time_references", "tense_cues",
    "not_years",
)  # fmt: skip


def check(case: str) -> None:
    marked, _, values = case.partition(" -> ")
    spans = re.findall(r"\[([^\]]*)\]", marked)
    found = read(re.sub(r"[\[\]]", "", marked))
    if values == "none":
        assert not [m for m in found if m.text in spans or any(s in m.text or m.text in s for s in spans)]
        return
    by_text = {m.text: m for m in found}
    assert spans, case
    for span, value in zip(spans, values.split(" | "), strict=False):
        assert span in by_text, (span, list(by_text))
        if value == "?":
            assert by_text[span].reason
        elif value:
            assert by_text[span].timex == value


@of_all([e for topic in LEXICONS for row in load(topic) for e in row.examples])
def test_examples_of_the_lexicons(case: str) -> None:
    check(case)


@pytest.mark.parametrize(
    "text",
    [
        (topic, row.id, example)
        for topic in LEXICONS
        if topic not in ("tense_cues", "not_years")
        for row in load(topic)
        for example in row.counter_examples
    ],
)
def test_counter_examples_of_the_lexicons_hold_no_time(text: tuple[str, str, str]) -> None:
    assert [m.text for m in read(text[2]) if m.status != "not_claim"] == []


def test_a_group_named_after_a_day_is_a_name_and_its_day_stays_a_day() -> None:
    text = "The 14 March alliance won. Then 14 March leaders met. On 14 March, they left."
    found = read(text)
    assert [(m.text, m.reason, m.kind) for m in found] == [
        ("The 14 March", "name", "ordinal"),
        ("14 March", "name", "ordinal"),
        ("14 March", None, "date"),
    ]
    assert [m.reason for m in read("They met on 14 March. The alliance won.")] == [None]


@of_all([e for row in load("tense_cues") for e in row.counter_examples])
def test_counter_examples_of_tenses_read_the_other_way(case: str) -> None:
    check(case)


NAMES = [
    "A 50-year old baker, 47 years old, aged 12.", "He became the 21st civilian to die.",
    "Signed: Syrian Concourse of Tomorrow; The Day After; Women Now for Development.",
    "You may go, and they may march again.", "The second man took the second road.",
    "The Sunday Herald and the Daily Courier and the Morning Post reported it.",
    "They counted 2000 people and 1987 prisoners.", "Some 1500 men held out; another 2011 fled.",
    "Under resolution 2042 and Article 1999, it is void.", "Call +44 20 7946 0018 or 555-2017.",
    "The ratio was 3:16 and the screen 16:9.", "Section 1.2.18, page 2011, room 1984.",
    "Two thousand homes and nineteen trucks burned.", "A spring feeds the well; prices fall.",
    "Temperatures were in the 30s.", "The film Black Friday and the poem Bloody Sunday.",
]  # fmt: skip


@of_all(NAMES)
def test_what_is_no_time(text: str) -> None:
    ages = (Span(2, 17), Span(24, 36), Span(38, 45)) if text.startswith("A 50") else ()
    assert [m.text for m in read(text, taken=ages)] == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "timex"),
    [
        ("It lasted two weeks.", "2", "week", "P2W"),
        ("It lasted two and a half years.", "2.5", "year", "P2.5Y"),
        ("It lasted several years.", None, "year", "PXY"),
        ("It lasted 2 years and 3 months.", "2.25", "year", "P2Y3M"),
    ],
)
def test_durations_are_quantities_too(text: str, value: str | None, unit: str, timex: str) -> None:
    m = only(text)
    assert (m.kind, m.unit, m.timex) == ("duration", unit, timex)
    assert m.value == (Decimal(value) if value else None)
    assert m.period is None
    if value:
        assert m.low == m.high == m.value
    else:
        assert m.comparator == "vague"


# ----------------------------------------------------------------------------------------------------
# In which year the undated days of a story lie: asides, openings and headings do not lead it astray.


def test_a_long_story_is_read_in_linear_time() -> None:
    def work(count: int) -> Callable[[], object]:
        text = "".join(
            f"On {1 + i % 28} {'March' if i % 2 else 'June'} 20{i % 20:02d}, it fell. On 4 May it rose. "
            for i in range(count)
        )
        return lambda: years_along(text, date(2023, 5, 1))

    assert keeps_pace(work(2000), work(250), 24)


# --- Open ends ("since May"), what a neighbour fixes ("March last year"), and how a claim takes its time ---


def left(m: Mention) -> str:
    """The days that a date's words and those in front of it leave."""
    if m.kind == "date" and m.qualifier is not None:
        return str(m.edtf)
    return f"{m.date_start or '..'}/{m.date_end or '..'}"


@of_all([case for row in load("date_bounds") for case in (*row.examples, *row.counter_examples)])
def test_examples_of_bounds(case: str) -> None:
    marked, _, expected = case.partition(" -> ")
    (span,) = re.findall(r"\[([^\]]*)\]", marked)
    (m,) = read(re.sub(r"[\[\]]", "", marked))
    assert (m.text, left(m)) == (span, expected)
    assert (m.qualifier is None) == (".." not in expected)
    alone = read(f"It was in {span}.")[0] if m.qualifier is not None and m.timex else m
    assert (m.date_start, m.date_end) == (alone.date_start, alone.date_end) or "year" in m.inferred


# --- Times against a document: what stays open, what the text decides, and that no text breaks it ---


def test_day_and_month_stay_open_until_something_decides() -> None:
    open_ = only("The form is dated 03/04/2017.")
    assert open_.period is None
    assert open_.reason is not None
    assert "4 March 2017" in open_.reason
    assert "3 April 2017" in open_.reason
    assert days(only("The form is dated 03/04/2017.", locale="dmy")) == "2017-04-03..2017-04-03"
    assert days(only("The form is dated 03/04/2017.", locale="mdy")) == "2017-03-04..2017-03-04"
    both = read("Forms of 25/12/2016 and 03/04/2017 differ.")
    assert days(both[1]) == "2017-04-03..2017-04-03"
    assert days(only("Dated Monday 03/04/2017.")) == "2017-04-03..2017-04-03"


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("He died on 25 January.", "XXXX-01-25"),
        ("He died on Friday.", "XXXX-WXX-5"),
        ("He died last month.", "XXXX-XX"),
    ],
)
def test_without_a_date_of_its_own_nothing_is_guessed(text: str, timex: str) -> None:
    m = only(text, own=None)
    assert m.timex == timex
    assert m.period is None
    assert m.reason


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2059, 12, 31)))
def test_every_day_is_read_in_every_writing(day: date) -> None:
    month = day.strftime("%B")
    for written in (
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.strftime('%A')}, {day.day} {month} {day.year}",
    ):
        m = only(f"It was signed on {written}.")
        assert (m.text, m.date_start, m.date_end, m.timex) == (written, day, day, day.isoformat())


@pytest.mark.parametrize("own", [date.min, date.max])
def test_the_calendars_own_ends_stay(own: date) -> None:
    for m in read("12 died last winter, in the last 0 days; next season, in 10 years more.", own=own):
        assert m.period is None or m.period.days


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    read(text)
    read(text, own=None)


@pytest.fixture(scope="module")
def dateparser_is_loaded() -> None:
    """ "12 last 2014" loads all its languages, which takes longer than one example may."""
    assert normalised("12 last 2014") is None


WORDS = sorted({word for t in LEXICONS for row in load(t) for e in row.examples for word in e.split()})


@pytest.mark.long
@pytest.mark.usefixtures("dateparser_is_loaded")
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_no_heap_of_the_examples_words_breaks_it(words: list[str]) -> None:
    for m in read(" ".join(words)):
        assert m.date_start is None or m.date_end is None or m.date_start <= m.date_end


@pytest.mark.long
@pytest.mark.parametrize(
    "unit", ["1234567890", "May ", "2014-", "3/4/", "the last two weeks ago ", "between 2011 and ", "１２３ "]
)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def work(text: str) -> object:
        return find_times(Document(id="d", text=text, date=OWN), [Span(0, len(text))])

    assert grows_in_line(work, unit, 20_000, 160_000)


# --- Dates of other languages: delimited spans, by dateparser; never running English ---


def foreign_days(text: str) -> list[tuple[str, date | None]]:
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
    assert (written, day) in foreign_days(text)


@pytest.mark.parametrize("row", load("foreign_months"), ids=lambda row: row.id)
def test_months_of_the_levant(row: Row) -> None:
    for example in row.examples:
        written, _, iso = example.partition(" -> ")
        assert foreign_days(f"({written})") == [(written, date.fromisoformat(iso))]


ENGLISH = [
    "We met on 3 March 2014 and 5 Sept 2015.", "Of 12 people 2014 was the worst year.",
    "They went 3 out 2014 times.", "5 ago 2014", "30 fevereiro 2018", "3 marines 2014",
    "route 12 mars 20145",
]  # fmt: skip


@of_all(ENGLISH)
def test_english_and_impossible_dates_are_left_alone(text: str) -> None:
    assert foreign_days(text) == []


@pytest.mark.parametrize("span", ["2014", "15%", "hier", "il y a deux jours", "mardi", "1990s", "12 mai"])
def test_what_needs_today_is_nothing(span: str) -> None:
    assert normalised(span) is None


DATELINES = [
    ("Genève, le 14 février 2017\n\nMadame,\n\nThe council met.", date(2017, 2, 14)),
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
