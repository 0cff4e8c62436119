"""More sentences as agencies write them, in the marks of `test_dates_newswire`."""

from __future__ import annotations

from datetime import date

import pytest

from tests.test_dates_newswire import check

WEDNESDAY = date(1989, 10, 18)
FRIDAY = date(1998, 11, 6)
THURSDAY = date(2013, 4, 4)

MARKETS = [
    "[Third-quarter] net fell to $18.2 million from $22 million in [the 1988 quarter]."
    " -> 1989-Q3 1989-07-01/1989-09-30 | 1988-Q3 1988-07-01/1988-09-30",
    "For [the year], analysts expect a loss. -> 1989",
    "Revenue for [the quarter] was flat. -> 1989-Q3 1989-07-01/1989-09-30",
    "In [the first nine months], profit was $41 million, up from $38 million in [the year-earlier period]."
    " -> P9M | *",
    "The company had a loss [a year ago]. -> 1988",
    "The bonds are due [Nov. 15, 1999]. -> 1999-11-15 =",
    "He has been chairman since [1983]. -> 1983 1983-01-01/..",
    "The rights expire at [5 p.m. EST Nov. 17]. -> 1989-11-17T17:00",
    "The stock fell [yesterday] in composite trading. -> 1989-10-17 =",
    "Sales in [August] were revised downward [last month]."
    " -> 1989-08 1989-08-01/1989-08-31 | 1989-09 1989-09-01/1989-09-30",
    "The takeover was agreed [late Monday]. -> 1989-10-16 =",
    "[Last Friday]'s plunge shook traders. -> 1989-10-13 =",
    "The [Oct. 13] plunge shook traders. -> 1989-10-13 =",
    "[This week] it will auction $8 billion of [13-week] bills. -> 1989-W42 | P13W",
    "The mayor has until [Dec. 31] to decide. -> 1989-12-31",
    "The index stood at 141 at [the end of 1986]. -> 1986",
    "Profits tripled in [the 12 months] ended [Aug. 31]. -> P12M 1988-09-01/1989-08-31 | 1989-08-31 =",
    "[Each month], the agency buys 4,000 tons. -> P1M",
    "The ministry expects growth of 3% in [1990]. -> 1990 1990-01-01/1990-12-31",
    "The team began work in [September 1987] and finished [18 months later]."
    " -> 1987-09 | 1989-03 1989-03-01/1989-03-31",
    "The airline will add flights [next spring]. -> 1990-SP 1990-03-01/1990-05-31",
    "The dollar bought 142 yen [late Tuesday] in New York. -> 1989-10-17 =",
    "It sold the unit [two weeks ago] for $19 million. -> 1989-W40 1989-10-02/1989-10-08",
    "It is [now] the largest in the state. -> PRESENT_REF",
    "The lease runs for [99 years]. -> P99Y -",
    "A settlement is likely by [year's end]. -> 1989 ../1989-12-31",
    "Workers have been on strike since [Oct. 4]. -> 1989-10-04 1989-10-04/..",
    "During [the past week], prices rose. -> P1W",
    "The firm was founded in [the 19th century]. -> 18 1800-01-01/1899-12-31",
    "The bank will post a [fourth-quarter] charge. -> 1989-Q4 1989-10-01/1989-12-31",
    "The rule takes effect in [January]. -> 1990-01 1990-01-01/1990-01-31",
    "The ruling came [Tuesday], the day before the deadline. -> 1989-10-17 =",
    "Traders said the market was quiet [Monday afternoon]. -> 1989-10-16TAF",
    "The carrier canceled flights through [Oct. 28]. -> 1989-10-28",
    "[Earlier this month], the group raised its bid. -> 1989-10 1989-10-01/1989-10-17",
    "The group raised its bid in [the latest week]. -> 1989-W41 1989-10-09/1989-10-15",
]

WIRE = [
    "The strike began at [midnight Wednesday]. -> 1998-11-04T24:00",
    "Two bombs went off [Thursday morning], the police said. -> 1998-11-05TMO",
    "The talks will resume [Nov. 16] in Oslo. -> 1998-11-16 =",
    "He was last seen [Oct. 25] near the port. -> 1998-10-25 =",
    "She served as minister [from 1991 to 1994]. -> 1991/1994 1991-01-01/1994-12-31",
    "The vote, scheduled for [Sunday], was put off until [next month]. -> 1998-11-08 = | 1998-12",
    "It was the second such raid in [three days]. -> P3D -",
    "The troops pulled out [a week ago]. -> 1998-W44 1998-10-26/1998-11-01",
    "Snow is expected [this weekend]. -> 1998-W45-WE 1998-11-07/1998-11-08",
    "The ship sank [Saturday night] in heavy seas. -> 1998-10-31TNI",
    "At [8:45 a.m. Tuesday], the tower fell silent. -> 1998-11-03T08:45",
    "Officials said [Friday] that talks had failed. -> 1998-11-06 =",
    "The plane will leave [later Friday]. -> 1998-11-06",
    "[Today], only 40 of them are left. -> 1998-11-06 =",
    "The suspect, arrested [two days earlier], escaped. -> 1998-11-04 =",
    "The two countries have been at war since [May]. -> 1998-05 1998-05-01/..",
    "They had waited for [half an hour]. -> PT30M -",
    "The court will hear the case in [the spring]. -> 1999-SP 1999-03-01/1999-05-31",
    "Elections were held in [November 1996]. -> 1996-11 1996-11-01/1996-11-30",
    "On [Nov. 3, 1992], the dam broke; [six years later], it is still not mended."
    " -> 1992-11-03 = | 1998 1998-01-01/1998-12-31",
    "The flood was the worst in [a century]. -> P100Y",
    "He died in [the summer of 1994]. -> 1994-SU",
    "The rally will be held [the day after tomorrow]. -> 1998-11-08 =",
    "Aid will be halved in [the next fiscal year]. -> FY1999",
    "Until [last week], the road was open. -> 1998-W44",
]

ONLINE = [
    "The agency said [Thursday] that the reactor would be restarted. -> 2013-04-04 =",
    "In [the past two weeks], eight people have died. -> P2W 2013-03-21/2013-04-03",
    "The game will be played at [19:30 GMT on Saturday]. -> 2013-04-06T19:30Z 2013-04-06/2013-04-06",
    "He died on [2 April] at the age of 91. -> 2013-04-02 =",
    "The two signed a pact in [December last year]. -> 2012-12 2012-12-01/2012-12-31",
    "The new law comes into force on [1 July]. -> 2013-07-01 =",
    "The firm will close three plants by [the end of the year]. -> 2013 ../2013-12-31",
    "It was launched in [early 2012]. -> 2012 2012-01-01/2012-04-30",
    "Sales rose 4% in [the fourth quarter of last year]. -> 2012-Q4 2012-10-01/2012-12-31",
    "The fire burned for [11 hours]. -> PT11H -",
    "It is [five years] since the quake of [12 May 2008]. -> P5Y - | 2008-05-12 =",
    "The inquiry began [last May] and ended [this January]."
    " -> 2012-05 2012-05-01/2012-05-31 | 2013-01 2013-01-01/2013-01-31",
    "The deal was struck [overnight]. -> 2013-04-03TNI 2013-04-03/2013-04-04",
    "The [September 2012] vote was close. -> 2012-09 2012-09-01/2012-09-30",
    "Growth slowed in [the first two months of 2013]. -> * 2013-01-01/2013-02-28",
    "The Senate votes [next Wednesday]. -> 2013-04-10 =",
    "The storm hit at around [3 a.m. on Tuesday]. -> 2013-04-02T03:00 2013-04-02/2013-04-02",
    "The ban runs until [June 2015]. -> 2015-06 ../2015-06-30",
    "They met [weekly] for [two years]. -> P1W - | P2Y -",
    "Police have made 12 arrests since [Monday]. -> 2013-04-01 2013-04-01/..",
    "The hearing is on [Monday]. -> 2013-04-08 =",
    "The trial begins on [Monday]. -> 2013-04-08 =",
    "Voters will decide in [autumn 2014]. -> 2014-FA 2014-09-01/2014-11-30",
]


@pytest.mark.parametrize(
    ("case", "own"),
    [
        *((case, WEDNESDAY) for case in MARKETS),
        *((case, FRIDAY) for case in WIRE),
        *((case, THURSDAY) for case in ONLINE),
    ],
)
def test_wire(case: str, own: date) -> None:
    check(case, own)
