"""How agencies write times: sentences with the expressions in brackets, their TIMEX3 values and days.

A value stands behind "->" for each bracket, then the days: "=" is the value's own day, "-" none, nothing
where they are not asserted, "*" a value that is not asserted. What stands outside the brackets is no time.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from claimcheck.dates.times import find_times
from claimcheck.documents.sentences import split
from claimcheck.model import Document, Mention

TUESDAY = date(1993, 11, 2)
THURSDAY = date(1998, 3, 12)
MONDAY = date(2013, 3, 18)

MARKETS = [
    "Brennard Corp. said net income rose 12% in [the third quarter] from [a year earlier]."
    " -> 1993-Q3 1993-07-01/1993-09-30 | 1992 1992-01-01/1992-12-31",
    "Sales for [the nine months] fell to $41 million from $44 million. -> P9M -",
    "The mill expects a loss for [the fourth quarter], analysts said [yesterday]."
    " -> 1993-Q4 1993-10-01/1993-12-31 | 1993-11-01 =",
    "[Third-quarter] profit fell to $3 million from $4 million in [the year-ago quarter]."
    " -> 1993-Q3 1993-07-01/1993-09-30 | 1992-Q3 1992-07-01/1992-09-30",
    "Its directors meet [Nov. 18] to set the dividend. -> 1993-11-18 =",
    "The tender offer expires [Dec. 3]. -> 1993-12-03 =",
    "Volume was 182 million shares [Monday], down from 201 million [Friday]. -> 1993-11-01 = | 1993-10-29 =",
    "Mr. Halloran, who joined the firm in [May 1987], becomes president [Jan. 1]."
    " -> 1987-05 1987-05-01/1987-05-31 | 1994-01-01 =",
    "Interest rates have fallen for [the past five years]. -> P5Y 1988-11-02/1993-11-01",
    "Demand for [two-year] notes was weak. -> P2Y -",
    "Earnings for [fiscal 1993] are due [next week]. -> FY1993 - | 1993-W45 1993-11-08/1993-11-14",
    "Net was $9 million in [the second quarter]. [The latest quarter] included a charge."
    " -> 1993-Q2 1993-04-01/1993-06-30 | 1993-Q3 1993-07-01/1993-09-30",
    "The plant, idle since [late 1990], will reopen in [early 1994]."
    " -> 1990 1990-09-01/.. | 1994 1994-01-01/1994-04-30",
    "[Last night] the union voted to strike. -> 1993-11-01TNI 1993-11-01/1993-11-01",
    "The shares closed at $24.50 [Thursday afternoon]. -> 1993-10-28TAF 1993-10-28/1993-10-28",
    "He made his fortune in [the 1980s]. -> 198 1980-01-01/1989-12-31",
    "Trading resumes at [9:30 a.m. today]. -> 1993-11-02T09:30 1993-11-02/1993-11-02",
    "The Treasury sells [52-week] bills [every month]. -> P52W - | P1M -",
    "Directors raised the [quarterly] dividend to 15 cents. -> P3M -",
    "The executive earned $310,000 [a year] at his old job. -> P1Y -",
    "Construction began [two years ago] and took [nine months]. -> 1991 1991-01-01/1991-12-31 | P9M -",
    "[A decade ago], hardly anyone in the valley owned a car. -> 1983 1983-01-01/1983-12-31",
    "The talks, which started [six weeks ago], collapsed over [the weekend]."
    " -> 1993-W38 1993-09-20/1993-09-26 | 1993-W43-WE 1993-10-30/1993-10-31",
    "Output will fall [this quarter] and recover in [the second half of 1994]."
    " -> 1993-Q4 1993-10-01/1993-12-31 | 1994-H2 1994-07-01/1994-12-31",
    "[This year]'s harvest may be the smallest in [30 years]. -> 1993 1993-01-01/1993-12-31 | P30Y -",
    "For [the nine months] ended [Sept. 30], revenue rose 4%. -> P9M 1993-01-01/1993-09-30 | 1993-09-30 =",
    "The ministry said [Oct. 14] that it would close four depots by [the end of 1995]."
    " -> 1993-10-14 = | 1995 ../1995-12-31",
    "On [Oct. 29, 1929], prices collapsed. -> 1929-10-29 =",
    "A spokesman declined to comment [last week]. -> 1993-W43 1993-10-25/1993-10-31",
    "It was the worst drought since [1934]. -> 1934",
    "Exports surged in [the first half of the year]. -> 1993-H1 1993-01-01/1993-06-30",
    "Exports rose 3.1% in [the first nine months of 1993]. -> * 1993-01-01/1993-09-30",
    "The merger was completed [earlier this year]. -> 1993 1993-01-01/1993-11-01",
    "The board approved the plan [late last month]. -> 1993-10 1993-10-21/1993-10-31",
    "The company, [now] in bankruptcy court, employed 900 people. -> PRESENT_REF",
    "The prime rate is [currently] 6%. -> PRESENT_REF",
    "Mr. Voss [recently] sold his stake. -> PAST_REF -",
    "Profit will be flat [next year], and margins should improve over [the next few years]."
    " -> 1994 1994-01-01/1994-12-31 | PXY -",
    "A [45-minute] meeting settled the matter. -> PT45M -",
    "Workers get a [10-day] break in [August]. -> P10D - | 1993-08 1993-08-01/1993-08-31",
    "The [three-month] strike cost $90 million. -> P3M -",
    "The fund will invest the money over [the next 18 months]. -> P18M 1993-11-03/1995-05-02",
    "The contract runs through [1998]. -> 1998",
    "The stock has doubled so far [this year]. -> 1993",
    "[Wednesday]'s auction will total $11 billion. -> 1993-11-03 =",
    "The council will vote [tomorrow night]. -> 1993-11-03TNI 1993-11-03/1993-11-03",
    "Banks were closed [all day]. -> P1D -",
    "Since [the early 1980s], the river has been clean. -> 198 1980-01-01/..",
    "It was [the 20th century]'s bloodiest war. -> 19 1900-01-01/1999-12-31",
    "[Spring 1994] is the target date. -> 1994-SP 1994-03-01/1994-05-31",
    "Deliveries start in [mid-1995]. -> 1995 1995-05-01/1995-08-31",
    "The comet comes back [every 76 years]. -> P76Y -",
    "They have met twice [a week] since [August]. -> P1W - | 1993-08 1993-08-01/..",
    "The rate stood at 5.4% in [September], compared with 5.6% [a month earlier]."
    " -> 1993-09 1993-09-01/1993-09-30 | 1993-08 1993-08-01/1993-08-31",
    "Orders rose 2% in [September] from [August]. -> 1993-09 1993-09-01/1993-09-30 | 1993-08",
    "The carrier earned $7 million, or 40 cents a share, in [the 1992 quarter]."
    " -> 1992-Q3 1992-07-01/1992-09-30",
    "[Yesterday]'s decline was the steepest in [three weeks]. -> 1993-11-01 = | P3W -",
    "Steel output in [the week ended Oct. 30] was 1.8 million tons. -> * 1993-10-24/1993-10-30",
    "The chairman, who took over [last summer], will retire in [the spring]."
    " -> 1993-SU 1993-06-01/1993-08-31 | 1994-SP 1994-03-01/1994-05-31",
    "The venture lost money in each of [the past three quarters]. -> *",
    "Its pension plan will be frozen as of [Jan. 1]. -> 1994-01-01",
    "In [the past], such bids have failed. -> PAST_REF -",
    "The bill would cut the deficit by $50 billion over [five years]. -> P5Y -",
    "Car sales ran at an [annual] rate of 13 million units in [mid-October]."
    " -> P1Y - | 1993-10 1993-10-10/1993-10-20",
    "The index is where it was [a year ago]. -> 1992 1992-01-01/1992-12-31",
    "Rates were unchanged [Friday] from [the previous day]. -> 1993-10-29 = | 1993-10-28 =",
    "Net fell 9% for [the six months] ended [June 30]. -> P6M 1993-01-01/1993-06-30 | 1993-06-30 =",
    "The group plans to pay the debt off in [the 1990s]. -> 199 1990-01-01/1999-12-31",
]

WIRE = [
    "Rescuers searched through [Wednesday night] and into [this morning]."
    " -> 1998-03-11TNI 1998-03-11/1998-03-11 | 1998-03-12TMO 1998-03-12/1998-03-12",
    "The quake struck at [4:52 a.m.] and lasted [20 seconds]."
    " -> 1998-03-12T04:52 1998-03-12/1998-03-12 | PT20S -",
    "He disappeared on [March 3] and was found [nine days later]. -> 1998-03-03 = | 1998-03-12 =",
    "The president, who returned [Sunday] from Asia, will address parliament [Tuesday]."
    " -> 1998-03-08 = | 1998-03-17 =",
    "She won bronze at the [1994] games. -> 1994 1994-01-01/1994-12-31",
    "The trial opened [a month ago]. -> 1998-02 1998-02-01/1998-02-28",
    "In [February], a court freed him; [the following month] he fled."
    " -> 1998-02 1998-02-01/1998-02-28 | 1998-03 1998-03-01/1998-03-31",
    "On [March 5] a priest was shot. [Two days earlier], gunmen had burned his car."
    " -> 1998-03-05 = | 1998-03-03 =",
    "On [March 5] the rebels entered the port. [That night], the army withdrew."
    " -> 1998-03-05 = | 1998-03-05TNI 1998-03-05/1998-03-05",
    "On [March 5] the rebels entered the port. [The same day], two bridges fell."
    " -> 1998-03-05 = | 1998-03-05 =",
    "On [Feb. 2] they signed a truce. [A week later], it was dead."
    " -> 1998-02-02 = | 1998-W07 1998-02-09/1998-02-15",
    "[Years] of neglect left the dam weak. -> PXY -",
    "They leave [the day after tomorrow]. -> 1998-03-14 =",
    "Polls open at [7 a.m. Sunday]. -> 1998-03-15T07:00 1998-03-15/1998-03-15",
    "The mayor, 54, died [Monday] after a [two-year] illness. -> 1998-03-09 = | P2Y -",
    "The jury will resume deliberations [next Tuesday]. -> 1998-03-17 =",
    "[Last month]'s floods killed 40 people. -> 1998-02 1998-02-01/1998-02-28",
    "The shuttle is due to land [March 22]. -> 1998-03-22 =",
    "The law took effect [July 1, 1997]. -> 1997-07-01 =",
    "The storm hit the coast [early Tuesday]. -> 1998-03-10 1998-03-10/1998-03-10",
    "The hostages were freed [late Monday] or [early Tuesday]."
    " -> 1998-03-09 1998-03-09/1998-03-09 | 1998-03-10 1998-03-10/1998-03-10",
    "It rained for [40 days]. -> P40D -",
    "Settlers came [200 years ago]. -> 1798 1798-01-01/1798-12-31",
    "Thousands fled in [the spring of 1991]. -> 1991-SP 1991-03-01/1991-05-31",
    "In [the winter of 1996-97], grain ran out. -> 1996-WI 1996-12-01/1997-02-28",
    "The virus killed 300 people [last fall]. -> 1997-FA 1997-09-01/1997-11-30",
    "Elections are set for [June]. -> 1998-06 1998-06-01/1998-06-30",
    "The vaccine should be ready within [six months]. -> P6M",
    "The court adjourned until [April 6]. -> 1998-04-06 ../1998-04-06",
    "[These days] nobody goes there. -> PRESENT_REF",
    "The army held the city for [24 hours]. -> PT24H -",
    "In [the last 24 hours], 12 soldiers died. -> PT24H",
    "On [the morning of Jan. 5], the ferry sank. -> 1998-01-05TMO 1998-01-05/1998-01-05",
    "She worked there [from 1985 to 1992]. -> 1985/1992 1985-01-01/1992-12-31",
    "The two leaders last met in [October 1996]. -> 1996-10 1996-10-01/1996-10-31",
    "They had not spoken in more than [a decade]. -> *",
    "The plane took off at [noon Friday]. -> 1998-03-06T12:00 1998-03-06/1998-03-06",
    "For the first time in [20 years], the lake froze. -> P20Y -",
    "The bomb went off at [8:15 p.m. on Tuesday]. -> 1998-03-10T20:15 1998-03-10/1998-03-10",
    "The base closes at [the end of the month]. -> 1998-03 1998-03-21/1998-03-31",
    "He had been ill for [several months]. -> PXM -",
    "[Earlier this week], shelling cut the road. -> 1998-W11 1998-03-09/1998-03-11",
    "The embargo, [now] in its eighth year, has hurt the poor. -> PRESENT_REF",
    "The two met in [the early hours of Sunday]. -> 1998-03-08",
    "The former minister died in exile in [the late 1970s]. -> 197 1977-01-01/1979-12-31",
    "Snow fell [overnight]. -> 1998-03-11TNI 1998-03-11/1998-03-12",
    "The island was hit by a storm [last September]. -> 1997-09 1997-09-01/1997-09-30",
    "Inspectors will return in [the coming days]. -> FUTURE_REF -",
    "At [the time], he was a colonel. -> PAST_REF -",
    "On [Thursday], the court ruled against him. -> 1998-03-12 =",
    "On [Friday], the court will rule. -> 1998-03-13 =",
    "The mission, launched [Nov. 20], ended [two weeks later]."
    " -> 1997-11-20 = | 1997-W49 1997-12-01/1997-12-07",
    "The [1972] treaty bans such missiles. -> 1972 1972-01-01/1972-12-31",
    "The border opens [daily] at [6 a.m.]. -> P1D - | 1998-03-12T06:00",
    "Negotiators broke off [Saturday evening] after [12 hours] of talks."
    " -> 1998-03-07TEV 1998-03-07/1998-03-07 | PT12H -",
    "Congress recesses on [April 3] and returns [two weeks later]."
    " -> 1998-04-03 = | 1998-W16 1998-04-13/1998-04-19",
    "The rebels have fought for [half a century]. -> P50Y -",
    "She was elected in [November] and took office in [January]."
    " -> 1997-11 1997-11-01/1997-11-30 | 1998-01 1998-01-01/1998-01-31",
]

ONLINE = [
    "A bomb killed nine people in the capital on [Saturday]. -> 2013-03-16 =",
    "Police arrested him at about [2 p.m. local time]. -> 2013-03-18T14:00 2013-03-18/2013-03-18",
    "The new patriarch will be enthroned [Tuesday]. -> 2013-03-19 =",
    "In [2012], the fund paid $4.2 billion, up from $3.9 billion in [2011]."
    " -> 2012 2012-01-01/2012-12-31 | 2011 2011-01-01/2011-12-31",
    "Unemployment fell to 7.7 percent in [February], from 7.9 percent in [January]."
    " -> 2013-02 2013-02-01/2013-02-28 | 2013-01 2013-01-01/2013-01-31",
    "By [2030], two in three will live in towns. -> 2030",
    "The agency was founded in [1901]. -> 1901 1901-01-01/1901-12-31",
    "[Two weeks ago], the dam burst. -> 2013-W10 2013-03-04/2013-03-10",
    "On [11 March], the school reopened. -> 2013-03-11 =",
    "The country's [12-year] war is over. -> P12Y -",
    "[Last year], 8,000 people died, compared with 6,500 [the year before]."
    " -> 2012 2012-01-01/2012-12-31 | 2011 2011-01-01/2011-12-31",
    "It is the third attack [this month]. -> 2013-03 2013-03-01/2013-03-31",
    "The festival is held [each summer]. -> XXXX-SU -",
    "The crew lost contact at [05:30 GMT on Thursday]. -> 2013-03-14T05:30Z 2013-03-14/2013-03-14",
    "The base was attacked twice [last weekend]. -> 2013-W11-WE 2013-03-16/2013-03-17",
    "[Later this week] the council will meet. -> 2013-W12 2013-03-18/2013-03-24",
    "[Later on Monday], the rebels denied it. -> 2013-03-18 =",
    "The ceasefire lasted barely [a week]. -> P1W -",
    "Voters go to the polls on [April 14]. -> 2013-04-14 =",
    "He served [eight years] in prison. -> P8Y -",
    "On [Jan. 25, 2011], protests began. [The next day], crowds gathered. -> 2011-01-25 = | 2011-01-26 =",
    "The party split in [1994]. In [December of that year], it lost power."
    " -> 1994 1994-01-01/1994-12-31 | 1994-12 1994-12-01/1994-12-31",
    "Such weapons have no place in [the 21st century]. -> 20 2000-01-01/2099-12-31",
    "[The past month] has been the deadliest of the war. -> P1M 2013-02-18/2013-03-17",
    "The line will open in [the first quarter of 2014]. -> 2014-Q1 2014-01-01/2014-03-31",
    "He was born in [Dec. 1948]. -> 1948-12 1948-12-01/1948-12-31",
    "The drug was approved in [2009] after [three years] of trials. -> 2009 2009-01-01/2009-12-31 | P3Y -",
    "Crude for [May] delivery rose 80 cents. -> 2013-05 2013-05-01/2013-05-31",
    "On [Friday, March 15], the tanker ran aground. -> 2013-03-15 =",
    "The flood came in [the week of March 4]. -> 2013-W10 2013-03-04/2013-03-10",
    "[This past weekend], three climbers died. -> 2013-W11-WE 2013-03-16/2013-03-17",
    "The company will publish its results on [28 March]. -> 2013-03-28 =",
    "He resigned [six months later]. -> *",
    "Prices doubled [between 2005 and 2010]. -> 2005/2010 2005-01-01/2010-12-31",
    "The rover landed [last August]. -> 2012-08 2012-08-01/2012-08-31",
    "The study followed 900 men for [25 years]. -> P25Y -",
    "The school will be closed [all week]. -> P1W -",
    "The island voted on [10 and 11 March]. -> 2013-03-10/2013-03-11 2013-03-10/2013-03-11",
    "The court heard the case [Wednesday] and ruled [the following day]. -> 2013-03-13 = | 2013-03-14 =",
    "He set the record on [New Year's Eve]. -> 2012-12-31 =",
    "The airport reopened on [Monday morning]. -> 2013-03-18TMO 2013-03-18/2013-03-18",
    "They plan to marry [this summer]. -> 2013-SU 2013-06-01/2013-08-31",
    "The truce of [Nov. 21, 2012], held for [three months]. -> 2012-11-21 = | P3M -",
]

NO_TIME = [
    "The Day After Tomorrow grossed $186 million.",
    "May Holdings and March Networks rose.",
    "He came second in the second race.",
    "Sun Microsystems and Sat Nav Ltd. merged.",
    "The Sunday Times reported losses.",
    "USA Today said it would hire.",
    "Fall River elected a mayor.",
    "Fifth Third Bancorp and the Fourth Circuit disagreed.",
    "Century Communications Corp. rose.",
    "Tuesday Morning Corp. sells gifts.",
    "Forever 21 and 7-Eleven opened stores.",
    "He won 6-4, 7-5 on Court 12.",
    "Flight 1989 left Gate 12.",
    "It was a 9-5 vote.",
    "The Month, a magazine, folded.",
    "August Wilhelm and April Summers and June Carter spoke.",
    "He may march in the second row.",
    "The firm's Spring Street office moved.",
    "Friday's Inc. opened a restaurant.",
    "The Future Group and Now Ltd. sued.",
]


def read(text: str, own: date) -> list[Mention]:
    return find_times(Document(id="d", text=text, date=own), split(text))


def days(m: Mention) -> str:
    """The days that a date's words and those in front of it leave."""
    if m.kind == "date" and m.qualifier is not None:
        return str(m.edtf)
    if m.date_start is None and m.date_end is None:
        return "-"
    return f"{m.date_start or '..'}/{m.date_end or '..'}"


@pytest.mark.parametrize(
    ("case", "own"),
    [
        *((case, TUESDAY) for case in MARKETS),
        *((case, THURSDAY) for case in WIRE),
        *((case, MONDAY) for case in ONLINE),
    ],
)
def test_newswire(case: str, own: date) -> None:
    check(case, own)


def check(case: str, own: date) -> None:
    """The expressions, values and days of a case, and no other, in a document of a day."""
    marked, _, expected = case.partition(" -> ")
    found = read(re.sub(r"[\[\]]", "", marked), own)
    assert [m.text for m in found] == re.findall(r"\[([^\]]*)\]", marked)
    for m, wanted in zip(found, expected.split(" | "), strict=True):
        value, _, interval = wanted.partition(" ")
        assert value in ("*", m.timex)
        if interval:
            assert days(m) == (f"{value}/{value}" if interval == "=" else interval)


@pytest.mark.parametrize("text", NO_TIME)
def test_names_and_scores_are_no_times(text: str) -> None:
    assert [m.text for m in read(text, TUESDAY)] == []
