"""In which year the undated days of a story lie: asides, openings and headings do not lead it astray."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from claimcheck.dates.times import year_in, years_along
from tests.pace import keeps_pace
from tests.test_dates_newswire import read

OPENING = (
    "The siege of Ostrova began on 12 February 2015 and ended in November 2016, when the last rebels left.\n"
    "Background\nIn 2009 the harbour was rebuilt. The town had been cut off from its wells since 2003.\n"
    "The siege\n"
)

STORIES = [
    (  # the opening tells the end before the story begins
        OPENING + "On {12 February}, gunboats shelled the pier. By {2 March}, the bread was gone."
        " On {30 June}, the hospital closed. On {9 September} it burned.",
        [2015, 2015, 2015, 2015],
    ),
    (  # an aside inside a sentence is none of its steps
        OPENING
        + "On {14 February}, soldiers came ashore where others had landed in 1998. On {20 February}, they"
        " took the mill, which the 2011 treaty had left to the town, and on {5 March} the bridge.",
        [2015, 2015, 2015],
    ),
    (  # a new year that is not stated
        "On 3 October 2018 the rains began. On {20 November} a dam broke. By {4 January}, four villages were"
        " under water, and on {9 February} the last was left.",
        [2018, 2019, 2019],
    ),
    (  # a month that follows one stated in its sentence
        "The front stood still from August 2016 until October 2017. Then the hills were lost."
        " A second attack failed in June 2018 and by {October} the war was lost.\nSea\nOn"
        " 3 November 2017 a ship sank, and on {9 November} another.",
        [2018, 2017],
    ),
    (  # a day between two of one year, which the story leaves again
        "On 3 May 2015 it began. On {7 June} the mill fell. By then nobody thought of a pact as was signed"
        " in September 2018. It was broken by {25 September}. A new one of 29 September 2018 was kept. On"
        " 3 October the town fell, on 9 November 2015 the port. On {2 December} it was over, and on"
        " 9 December 2015 they went home.",
        [2015, 2018, 2015],
    ),
    (  # a year alone that lends itself to what stands behind it
        "On 3 May 2016 he was freed. He had been held before, in 2012, when guards beat him in {July}."
        " On {1 June} he fled.",
        [2012, 2016],
    ),
    (  # the following year is stated, though in other words; the asides behind go back
        "The dam was begun in 2014. A first crew left on 26 February 2014.\nThe following"
        " year was wetter. On 20 January 2015 a wall gave way. A new one stood by {12 March}, another by"
        " {30 April}. The flood of {2 April} was mild. The mill, which a bank had bought in August 2013, was"
        " sold in September 2014. A tower rose from {28 November} to 14 December 2015.",
        [2015, 2015, 2015, 2015],
    ),
    (  # the first day of a range is of the year of its last
        "The talks were held from {28 November} to 3 February 2017 and again in {June}.",
        [2016, 2017],
    ),
    (  # a heading is a year
        "2019\nOn {3 March}, a market was hit. On {8 December}, a school.\n2020\nOn {2 January}, a clinic.",
        [2019, 2019, 2020],
    ),
    (  # a later section goes back
        "On 1 April 2014 the army came. On {6 April} the town fell. On {9 August} it was freed.\nReactions\n"
        "On {2 April}, the union condemned it.",
        [2014, 2014, 2014],
    ),
    (  # "2000 acres" is no year
        "On 4 July 2007 the fire began. It burned 2000 acres. On {6 July} it was out.",
        [2007],
    ),
]


@pytest.mark.parametrize(("marked", "years"), STORIES)
def test_the_way_that_leaps_the_least(marked: str, years: list[int]) -> None:
    starts, text = [], ""
    for part in marked.replace("}", "{").split("{"):
        starts.append(len(text))
        text += part
    line = years_along(text, date(2023, 5, 1))
    assert [year_in(line, start, start + 4) for start in starts[1::2]] == years


def test_what_is_yet_to_come_when_a_story_is_written_is_none_of_its_days() -> None:
    text = "The town fell on 18 April. On 30 June it was shelled. On 10 September it was freed."
    assert {year for _, year in years_along(text, date(2023, 7, 15))} == {2022}


def test_a_text_without_any_year_and_any_date_of_its_own_has_no_line() -> None:
    assert years_along("On 3 March he fled. On 5 March he died.", None) == []


def test_a_long_story_is_read_in_linear_time() -> None:
    def work(count: int) -> Callable[[], object]:
        text = "".join(
            f"On {1 + i % 28} {'March' if i % 2 else 'June'} 20{i % 20:02d}, it fell. On 4 May it rose. "
            for i in range(count)
        )
        return lambda: years_along(text, date(2023, 5, 1))

    assert keeps_pace(work(2000), work(250), 24)


@pytest.mark.parametrize(
    "text",
    [
        "In June 2011 the bridge fell. Two days later, it was closed.",
        "In 1998 the mine closed. Three weeks later, it burned.",
        "He came back in May 2015. That day, the mill burned.",
        "In 2012 they met. The following day, they signed.",
    ],
)
def test_no_day_is_counted_from_a_month_or_a_year(text: str) -> None:
    later = read(text, date(2018, 1, 31))[-1]
    assert (later.date_start, later.date_end, later.status) == (None, None, "unresolved")
    assert later.reason
