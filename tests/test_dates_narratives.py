"""What a text tells in order: the following day, that month, two days later; weekdays by tense."""

from __future__ import annotations

from datetime import date

import pytest

from tests.test_dates_newswire import check, read

WEDNESDAY = date(2018, 1, 31)

STORIES = [
    "On [3 March 2016] he fled. [The following day] he died. [Two days later], they buried him."
    " -> 2016-03-03 = | 2016-03-04 = | 2016-03-06 =",
    "The bridge fell in [June 2011]. [That month], 40 people drowned. [The same year], it was rebuilt."
    " -> 2011-06 | 2011-06 2011-06-01/2011-06-30 | 2011 2011-01-01/2011-12-31",
    "In [1998] the mine closed. [Three years later] it reopened. In [May of that year], it flooded."
    " -> 1998 | 2001 2001-01-01/2001-12-31 | 2001-05 2001-05-01/2001-05-31",
    "They signed on [12 December 2015]. [The next month], shelling resumed."
    " -> 2015-12-12 = | 2016-01 2016-01-01/2016-01-31",
    "On [Monday] they met. [The next day], they signed. -> 2018-01-29 = | 2018-01-30 =",
    "Two men were killed on [Sunday]. A third died [two days later]. -> 2018-01-28 = | 2018-01-30 =",
    "The talks will open on [5 February]. [The day after], a vote is due. -> 2018-02-05 = | 2018-02-06 =",
    "He was arrested on [20 December] and freed [a week later]."
    " -> 2017-12-20 = | 2017-W52 2017-12-25/2017-12-31",
    "She left in [March 2010]. [A year earlier], her house had burned."
    " -> 2010-03 | 2009 2009-01-01/2009-12-31",
    "In [2014] the village held 300 people. By [the following year], it was empty."
    " -> 2014 | 2015 ../2015-12-31",
    "On [7 May 2013], shells fell. On [9 May], more fell. [That evening], a school burned."
    " -> 2013-05-07 = | 2013-05-09 = | 2013-05-09TEV 2013-05-09/2013-05-09",
    "On [7 May 2013], shells fell. [That same night], a school burned."
    " -> 2013-05-07 = | 2013-05-07TNI 2013-05-07/2013-05-07",
    "He fled [early Sunday morning]. -> 2018-01-28TMO 2018-01-28/2018-01-28",
    "The siege began on [8 April 2015] and ended [six months later]."
    " -> 2015-04-08 = | 2015-10 2015-10-01/2015-10-31",
    "On [1 June 2014] the town fell. [The previous week], its council had fled."
    " -> 2014-06-01 = | 2014-W21 2014-05-19/2014-05-25",
    "The army withdrew on [3 September 2013]. At [the end of that month], 12 villages burned."
    " -> 2013-09-03 = | 2013-09 2013-09-21/2013-09-30",
    "He was born in [1950]. [Twenty years later], he joined the army. In [1973], he deserted."
    " -> 1950 | 1970 1970-01-01/1970-12-31 | 1973",
    "The vote was held on [Saturday, 6 May 2017]. [The following Monday], he resigned."
    " -> 2017-05-06 = | 2017-05-08 =",
    "The camp was opened in [January 2015]. [Later that year], it was closed. It was looted [the year after]."
    " -> 2015-01 | 2015 2015-01-01/2015-12-31 | 2016 2016-01-01/2016-12-31",
    "He spoke on [Tuesday]. He will speak again on [Friday]. -> 2018-01-30 = | 2018-02-02 =",
    "The court sat on [Friday] and will sit again on [Monday]. -> 2018-01-26 = | 2018-02-05 =",
    "Shells hit the market on [Thursday], and by [Friday] it was empty. -> 2018-01-25 = | 2018-01-26",
    "They were to leave on [Friday] but stayed. -> *",
    "They met [from 10 to 12 May 2016]. [A month later], they met again."
    " -> 2016-05-10/2016-05-12 | 2016-06 2016-06-01/2016-06-30",
    "In [the 1990s] the sea shrank. [A decade later], it was gone. -> 199 | *",
    "On [29 February 2016] it opened. [A year later], it closed."
    " -> 2016-02-29 = | 2017 2017-01-01/2017-12-31",
    "On [14 July 2016], 86 people were killed. [Ten days before], a shop was robbed."
    " -> 2016-07-14 = | 2016-07-04 =",
    "Flooding began in [November 2017]. It went on through [December] and into [January]."
    " -> 2017-11 | 2017-12 | 2018-01",
    "In [October 2015] they fled; in [February] they came back. -> 2015-10 | 2016-02",
    "The first round was held in [January 2017], the last in [December]. The fourth, on [4 May], agreed."
    " The sixth ended on [15 September]. -> 2017-01 | 2017-12 | 2017-05-04 = | 2017-09-15 =",
    "The first camp opened in [May 2017], the last in [December]. A new one will open on [4 May]."
    " -> 2017-05 | 2017-12 | 2018-05-04 =",
    "Since [October] it has rained. In [December], it snowed. -> 2017-10 2017-10-01/.. | 2017-12",
]


@pytest.mark.parametrize("case", STORIES)
def test_a_story_moves_on(case: str) -> None:
    check(case, WEDNESDAY)


REVISED = (
    "The siege of the port began on 12 March 2014. On 15 March 2014, it burned. On 2 April 2014, it sank. "
    "On 9 May 2014, the siege ended. "
)


@pytest.mark.parametrize(
    ("said", "span", "value"),
    [
        ("At 4 a.m. the guards left.", "4 a.m.", "2014-05-09T04:00"),
        ("It was calm in the summer and autumn of 2013.", "the summer", "2013-SU"),
        ("It snowed in the winter.", "the winter", "2014-WI"),
        ("The next day, it rained.", "The next day", "2014-05-10"),
        ("On 3 June, he died.", "3 June", "2014-06-03"),
        ("The town was shelled overnight.", "overnight", "2014-05-09TNI"),
    ],
)
def test_an_article_of_another_year_tells_its_own_time(said: str, span: str, value: str) -> None:
    found = {m.text: m for m in read(REVISED + said, WEDNESDAY)}
    assert (found[span].timex, found[span].reason) == (value, None)


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("The port was empty, a monitor said Friday.", "Friday"),
        ("It was shelled last week.", "last week"),
        ("They had fled over the past year.", "the past year"),
        ('"We are now free," he said.', "now"),
        ("He said that, at the moment, it was calm.", "the moment"),
        ('"They came yesterday," he said.', "yesterday"),
    ],
)
def test_an_article_of_another_year_is_not_read_against_its_revision(said: str, span: str) -> None:
    found = {m.text: m for m in read(REVISED + said, WEDNESDAY)}
    assert found[span].period is None


@pytest.mark.parametrize(
    "text",
    ["1 am committed to peace.", "It rose in 2013, and later fell.", "Near Jabal al-Arbaeen they met."],
)
def test_what_looks_like_a_time_and_is_none(text: str) -> None:
    assert [m.text for m in read(text, WEDNESDAY) if m.text != "2013"] == []


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("Yet today, 60 years later, the treaty is broken.", "60 years later", "XXXX-XX-XX"),
        (
            "In May 2013 they signed. Nearly 80 years later, we still wait.",
            "Nearly 80 years later",
            "XXXX-XX-XX",
        ),
        ("In May 1953 they signed. Thirty years later, it was revised.", "Thirty years later", "1983"),
        ("They will sign on 3 March 2015. Two years later, they will meet.", "Two years later", "2017"),
    ],
)
def test_what_came_about_later_does_not_lie_ahead_of_the_text(text: str, span: str, value: str) -> None:
    assert {m.text: m.timex for m in read(text, WEDNESDAY)}[span] == value
