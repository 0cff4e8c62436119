"""Time that a happening fixes, by the events of the project's own reference package, on 10 February 2018."""

from __future__ import annotations

import re
from datetime import date

import pytest

from claimcheck.dates.events import EventIndex
from claimcheck.dates.eventtime import find_event_times
from claimcheck.dates.times import find_times
from claimcheck.documents.sentences import split
from claimcheck.model import Document, Mention
from claimcheck.reference import load
from tests.reader import ROOT

OWN = date(2018, 2, 10)

KNOWN = [
    "On [the eve of Geneva VIII], shells hit Douma. -> 2017-11-27/2017-11-27",
    "During [Astana 8], the truce held. -> 2017-12-21/2017-12-22",
    "In [the run-up to the Sochi Congress], strikes grew. -> 2018-01-15/2018-01-28",
    "Air raids resumed after [Geneva II]. -> 2014-02-16/..",
    "[Three days into Geneva IV], the delegations met. -> 2017-02-26/2017-02-26",
    "[Two weeks into Geneva VIII], the talks stalled. -> 2017-12-12/2017-12-14",
    "It was [the week of Astana 3]. -> 2017-03-13/2017-03-19",
    "[Following the Khan Shaykhun attack], hospitals closed. -> 2017-04-05/2017-04-18",
    "[The day after the Ghouta chemical attack], inspectors waited. -> 2013-08-22/2013-08-22",
    "[Two days before Geneva IX], a hospital was bombed. -> 2018-01-23/2018-01-23",
    "[The night before Geneva IX], rockets fell. -> 2018-01-24/2018-01-24",
    "In [the month before Geneva VIII], 200 people died. -> 2017-10-28/2017-11-27",
    "[Less than two weeks after the Sochi Congress], it all fell apart. -> 2018-01-31/2018-02-13",
    "By [the end of Geneva VI], nothing was agreed. -> 2017-05-19/2017-05-19",
    "On [the first day of Geneva VIII], the government stayed away. -> 2017-11-28/2017-11-28",
    "On [the final day of Geneva IX], a ceasefire was announced. -> 2018-01-26/2018-01-26",
    "[The day before the end of Geneva VIII], he left. -> 2017-12-13/2017-12-13",
    "On [the eve of the last day of Geneva IV], he left. -> 2017-03-02/2017-03-02",
    "[A week after the start of Geneva II], food ran out. -> 2014-01-27/2014-02-02",
    "[Hours before Astana 7] opened, a market was hit. -> 2017-10-29/2017-10-30",
    "Since [the adoption of resolution 2401], little has changed. -> 2018-02-24/..",
    "[Ten days after the adoption of resolution 2139], aid was blocked. -> 2014-03-04/2014-03-04",
    "Since [resolution 2254], three rounds were held. -> 2015-12-18/..",
    "In [the fifth year of the siege of Eastern Ghouta], prices rose. -> 2017-04-07/2018-04-06",
    "[Four years into the siege of Eastern Ghouta], there was no milk. -> 2017-04-07/2018-04-06",
    "During [the siege of Eastern Ghouta], 17 patients died. -> 2013-04-07/2018-04-14",
    "In [the days leading up to Geneva IX], the strikes went on. -> 2018-01-11/2018-01-24",
    "In [the weeks after the Khan Sheikhoun massacre], he fled. -> 2017-04-05/2017-05-02",
    "While [talks were underway in Vienna], the bombs fell. -> 2018-01-25/2018-01-26",
    "During [the eighth round of the Geneva talks], it snowed. -> 2017-11-28/2017-12-14",
    "On the sidelines of [Astana 4], a map was signed. -> 2017-05-03/2017-05-04",
    "[One day before Geneva IX] ended, they met. -> 2018-01-25/2018-01-25",
    "Geneva VIII ended without result. During [the talks], shells fell. -> 2017-11-28/2017-12-14",
    "The truce broke [within 48 hours of the Sochi Congress]. -> 2018-01-31/2018-02-01",
    "[Midway through Geneva VIII], the government delegation left. -> 2017-12-03/2017-12-09",
    "Throughout [Geneva IV], raids went on. -> 2017-02-23/2017-03-03",
    "In [the aftermath of the Saraqib market strike], 11 died. -> 2018-01-30/2018-02-12",
    "In the two weeks [between Geneva IX and today], aid stopped. -> 2018-01-27/2018-02-10",
    "The morning of [the first day of Geneva IX], he spoke. -> 2018-01-25/2018-01-25",
    "In [the opening days of Geneva II], no one spoke. -> 2014-01-22/2014-01-28",
    "On the very day that [Geneva IX] opened, Hadieh died. -> 2018-01-25/2018-01-25",
    "[The Friday after Geneva VIII] ended, a convoy left. -> 2017-12-15/2017-12-15",
    "In [the year after the Ghouta chemical attack], 300 died. -> 2013-08-22/2014-08-21",
    "[Shortly before Geneva V], the front moved. -> 2017-03-09/2017-03-22",
    "[Two months after Geneva I], he died. -> 2012-08-01/2012-08-31",
    "In [the days before and after Geneva IX], shells fell. -> 2018-01-11/2018-02-09",
    "[A day into Astana 6], the guns fell silent. -> 2017-09-14/2017-09-14",
    "[Some three weeks after Geneva VIII], a clinic was hit. -> 2018-01-01/2018-01-07",
    "[Barely a week before Sochi Congress], he was killed. -> 2018-01-22/2018-01-28",
    "In [the final week of Geneva VIII], 30 people died. -> 2017-12-08/2017-12-14",
    "In [the first 48 hours of Geneva IX], 12 raids were counted. -> 2018-01-25/2018-01-26",
    "[The evening before the Sochi Congress], he resigned. -> 2018-01-28/2018-01-28",
    "In [between Astana 7 and Astana 8], a truce held. -> 2017-11-01/2017-12-20",
    "[From Geneva VIII to Geneva IX], aid was cut. -> 2017-11-28/2018-01-26",
    "[From the start of Geneva VIII until 5 January 2018], aid was cut. -> 2017-11-28/2018-01-05",
    "By the time [Geneva IX] opened, 21 had died. -> 2018-01-25/2018-01-25",
    "Until [the end of Geneva VIII], nobody knew. -> ../2017-12-14",
    "[Two months before the Ghouta chemical attack], he wrote. -> 2013-06-01/2013-06-30",
    "On [day two of Geneva IX], he left. -> 2018-01-26/2018-01-26",
    "[Nearly five years after the start of the siege of Eastern Ghouta], food came. -> 2018-01-01/2018-12-31",
    "[Between the Khan Shaykhun attack and Geneva VI], he vanished. -> 2017-04-05/2017-05-15",
    "[A month and a half after Geneva VIII], he died. -> 2018-01-01/2018-01-31",
    "The attack came as [Geneva VIII] was drawing to a close. -> 2017-12-14/2017-12-14",
    "On [the fourth anniversary of the Ghouta chemical attack], they marched. -> 2017-08-21/2017-08-21",
    "[A year to the day after the Khan Shaykhun attack], it came again. -> 2018-04-04/2018-04-04",
    "[Two days after the evacuation of 29 patients] began, a child died. -> 2017-12-28/2017-12-28",
    "During [the evacuation of 29 patients], one died. -> 2017-12-26/2017-12-29",
    "[Weeks before Geneva VIII], the line was cut. -> 2017-10-31/2017-11-27",
    "In [the hours after the Ghouta chemical attack], doctors fell ill. -> 2013-08-21/2013-08-22",
    "Prior to [Geneva IX], 17 had died. -> ../2018-01-24",
    "Not since [Geneva II] had they met. -> 2014-01-22/..",
    "[The run-up to the talks in Vienna] was bloody. -> 2018-01-11/2018-01-24",
    "The day [Geneva IX] opened, shells fell. -> 2018-01-25/2018-01-25",
]

REFUSED = [
    ("[Between Geneva VII and Geneva VIII], little happened.", "the days of Geneva VII are not all known"),
    ("On [the eve of the Bonn conference], he resigned.", "event not known: the Bonn conference"),
    ("[Three days into the siege of Lyon], he fled.", "event not known: the siege of Lyon"),
    ("In [the run-up to the Doha summit], shells fell.", "event not known: the Doha summit"),
    ("[The day after the Lisbon bombing], he fled.", "event not known: the Lisbon bombing"),
    (
        "In [the days after the chlorine attack on Douma], clinics closed.",
        "several events fit: Douma chemical attack of 1 February 2018; "
        "Douma chemical attack of 22 January 2018; "
        "Douma chemical attack of 13 January 2018; Douma chemical attack of 7 April 2018",
    ),
    (
        "Hopes rose on [the eve of the Astana talks].",
        "several events fit: Astana 8; Astana 7; Astana 6; Astana 5",
    ),
    ("He fled in [the wake of the Milan uprising].", "event not known: the Milan uprising"),
    ("In [the first week of the Milan uprising], he fled.", "event not known: the Milan uprising"),
    ("[Two days into the Milan talks], he left.", "event not known: the Milan talks"),
    ("[A week before the attack on Milan], he left.", "event not known: the attack on Milan"),
]


@pytest.fixture(scope="module")
def index() -> EventIndex:
    return EventIndex(load(ROOT / "reference_data").rows)


def only(marked: str, index: EventIndex) -> Mention:
    text = re.sub(r"[\[\]]", "", marked)
    document, sentences = Document(id="d", text=text, date=OWN), split(text)
    (found,) = find_event_times(document, sentences, find_times(document, sentences), index)
    assert [found.text] == re.findall(r"\[([^\]]*)\]", marked)
    return found


@pytest.mark.parametrize("case", KNOWN)
def test_the_happening_gives_the_days(case: str, index: EventIndex) -> None:
    marked, _, days = case.partition(" -> ")
    m = only(marked, index)
    assert f"{m.date_start or '..'}/{m.date_end or '..'}" == days
    assert m.reason is None
    assert m.anchor


@pytest.mark.parametrize(("case", "reason"), REFUSED)
def test_what_is_not_known_is_refused_by_name(case: str, reason: str, index: EventIndex) -> None:
    m = only(case, index)
    assert (m.reason, m.period) == (reason, None)
