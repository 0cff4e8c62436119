"""Readers of years and what they name: ranges, decades, centuries, seasons, weeks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.context import Place, assumed, place_month, relative, unresolved
from claimcheck.dates.readers import Groups, reader
from claimcheck.dates.timex import When
from claimcheck.lexicon import alternatives, load, pattern, written

_LEADING_THE = pattern("year_words", "the year")
_MUCH_ON = written("year_words", "much on")
_TOLD_OF_ONE = written("year_words", "told of one")
_LAST_OF_A_LIST = written("year_words", "last of a list")
_OF_WHAT = pattern("year_words", "of what")
_DEGREES_OR_MORE = pattern("year_words", "no decade")
_FALL_OF = pattern("year_words", "fall of")
_UNIT_BEHIND = pattern("year_words", "unit behind")
# Prepositions behind which a bare four-digit number is a year unless something is counted.
_HYPHEN_LEAD = pattern("year_words", "hyphened")
_OPEN_BRACKET = re.compile(r"(?:[(\[]|[(\[][^()\[\]\n]{1,60}[,;]\s)$")
_CLOSE_BRACKET = re.compile(r"\s?[)\],;:–-]")
_END_OF_ASIDE = re.compile(r"[)\],.;]|$")
_BOUNDED = pattern("year_words", "bounded")
_DETERMINERS = frozenset(["the", "a", "an", "its", "his", "her", "their", "our", "this", "that"])
_DATED = frozenset(["ended", "ending", "dated", "published", "elections", "election", "olympics", "cup"])
_NAMED = re.compile(r"[A-Z][\w.&’'-]*\s$")
_POSSESSIVE = re.compile(r"['’]s?\s$")
_NEAR_YEAR = pattern("year_words", "year before")
_OR_LATER = pattern("year_words", "or later")
_COLON = re.compile(r":\s")
_BEHIND_TITLE = re.compile(r"[^\W\d_][)\]\"'”’]?(?:,| [–—-])\s{1,2}$")
_NEXT_YEAR = pattern("year_words", "next year")


@cache
def _begun() -> re.Pattern[str]:
    """A word of beginning that opens an aside: "(founded ", ", est. "."""
    begun = alternatives(words.company("begins_aside"), "[ ]")
    return re.compile(rf"[(\[,]\s?(?:{begun})\s$", re.IGNORECASE)


@cache
def _compared() -> re.Pattern[str]:
    """A change that is told against a year: "up 12 per cent on "."""
    compares = alternatives(words.company("compares_on_year"), "[ ]")
    return re.compile(rf"(?:\b|(?<=\d)|\s)(?:{compares}){_MUCH_ON}$", re.IGNORECASE)


@cache
def _not_years(side: str) -> frozenset[str]:
    return frozenset(word for row in load("not_years") if row["side"] == side for word in row["words"])


@cache
def _listed() -> re.Pattern[str]:
    """The front of a list of numbers, up to the next: "resolutions 2042 (14 April 2012), 2043 and"."""
    things = alternatives(_not_years("list"), "[ ]")
    told = _TOLD_OF_ONE
    return re.compile(
        rf"\b(?:{things})\s\d{{1,5}}{told}(?:,\s\d{{1,5}}{told}){{0,12}}{_LAST_OF_A_LIST}$",
        re.IGNORECASE,
    )


@reader
def bare_year(m: Groups, at: Place) -> When | None:
    """A four-digit number that its surroundings make a year."""
    number = int(m["year"])
    if not 1000 <= number <= 2100 or not _is_year(number, at):
        return None
    return replace(timex.year(number), explicit=True)


def _is_year(number: int, at: Place) -> bool:
    before, after = at.word_before(), at.word_after()
    fronted = at.before(3) == "In " or (before == "in" and after.endswith("ed"))
    if fronted and 1900 <= number <= 2060 and not _round(number, after):
        return True  # "In 2023 police arrested 406 people", "strikes in 2023 killed 13"
    if _counted(number, at, after):
        return False
    if before == "on" and _compared().search(at.before(48)):
        return 1900 <= number <= 2060 and not _plural(after)
    if _HYPHEN_LEAD.search(at.before(8)):
        return True
    if at.before(1) in ("-", "–"):
        return False
    if before in words.company("leads_year") and re.search(r"\w['\"“(]?\s{1,4}$", at.before(6)):
        return before in words.company("leads_year_surely") or (
            1700 <= number <= 2100 and not _round(number, after)
        )
    if after in words.company("year_as_subject") and at.before(2) == ", ":
        return 1800 <= number <= 2060
    if _BOUNDED.search(at.before(32)) or _OR_LATER.match(at.after(16)):
        return 1700 <= number <= 2100 and not _round(number, after)
    if before == "for" and 1800 <= number <= 2060 and _counts_nothing(after):
        return True
    if before in _not_years("before") or (before in _not_years("name") and _NAMED.search(at.before(40))):
        return False
    if "s " in at.before(300) and _listed().search(at.before(300)):
        return False
    modern = 1800 <= number <= 2060
    if _begun().search(at.before(24)) and _END_OF_ASIDE.match(at.after(2)):
        return modern
    if _OPEN_BRACKET.search(at.before(64)) and _CLOSE_BRACKET.match(at.after(2)):
        return 1500 <= number <= 2060
    if _NEAR_YEAR.search(at.before(12)) or (_NEXT_YEAR.match(at.after(12)) and modern):
        return modern
    if before in _DETERMINERS or _POSSESSIVE.search(at.before(3)):
        return modern and after.isalpha() and not _round(number, after)
    if _NAMED.search(at.before(40)):
        return 1900 <= number <= 2060 and (
            not after.islower() or after in words.company("follows_year") or not _plural(after)
        )
    ends = after == "" and at.after(3).strip() in ("", ":")
    headed = ends or at.after(1) == ":"
    if headed and _BEHIND_TITLE.search(at.before(8)):  # "Unemployment rate, 2021", "Tarn, 2021: 30 killed"
        return modern
    if (
        not any(map(str.isalnum, at.before(12))) and at.start - at.sentence.start < 12
    ):  # "## 2021", "- 2021: 4 %"
        return modern and (
            ends or after in words.company("follows_year") or _COLON.match(at.after(3)) is not None
        )
    return modern and before in _DATED


def _counted(number: int, at: Place, after: str) -> bool:
    if after.lower() in _not_years("after"):
        return True
    return bool(_UNIT_BEHIND.match(at.after(4))) or (at.before(2).endswith(("$", "£", "€", "#", "№")))


def _counts_nothing(after: str) -> bool:
    """ "profit for 2016 rose", "the plan for 2016 and 2017": no thing counted stands behind."""
    return after == "" or after in words.company("follows_year") or after in words.company("follows_season")


def _round(number: int, after: str) -> bool:
    """2000 in front of a plural counts ("by 1500 archers"); 1987 does not."""
    return number % 100 == 0 and _plural(after)


def _plural(word: str) -> bool:
    return (
        word.islower() and word.endswith("s") and word not in ("was", "is", "has", "as", "its", "this", "us")
    )


@reader
def year_range(m: Groups, at: Place) -> When | None:
    """between 2011 and 2018; 1918-19; from 1914 to 1918."""
    first, link, lead = int(m["year"]), m["link"].strip().lower(), m.get("lead", "").lower()
    two = m["year2"].lstrip("'’")
    short = len(two) == 2
    last = first // 100 * 100 + int(two) if short else int(two)
    if short and last <= first and first % 100 == 99:
        last += 100
    if not (1000 <= first < last <= 2100) or _counted(first, at, at.word_after()):
        return None
    if short and two == m["year2"] and (len(link) > 1 or (link == "/" and last != first + 1)):
        return None
    if link == "and" and lead != "between":
        return None
    uncounted = at.word_before() == "for" and last - first <= 20 and _counts_nothing(at.word_after())
    if not lead and (
        (at.word_before() in _not_years("before") and not uncounted) or _round(first, at.word_after())
    ):
        return None
    if lead and _round(first, at.word_after()) and _round(last, at.word_after()):
        return None
    if link == "to" and not lead and not (1700 <= first <= 2060):
        return None
    whole = timex.span(timex.year(first), timex.year(last))
    return replace(whole, explicit=True, stated=(first, None, None))


@reader
def year_in_words(m: Groups, at: Place) -> When | None:
    """in nineteen ninety-six."""
    year = words.year(m["keep"])
    after = at.word_after()
    if year is None or not 1000 <= year <= 2100 or (after.isalpha() and after.islower() and _plural(after)):
        return None
    if at.after(1) == "-" or after.lower() in _not_years("after"):
        return None
    return replace(timex.year(year), explicit=True)


@reader
def short_year(m: Groups, at: Place) -> When | None:
    """in '87."""
    year = words.year(m["keep"])
    if year is None or at.after(1) in ("'", "’") or at.after(2) == "s ":
        return None
    return assumed(timex.year(year), "century")


@reader
def year_named(m: Groups, at: Place) -> When | None:
    """the year 2030, CY18."""
    year = words.year(m.get("year") or m["short"])
    return None if year is None else replace(timex.year(year), explicit=True)


@reader
def year_era(m: Groups, at: Place) -> When | None:
    """300 BC, AD 410."""
    year = int(m.get("year") or m["year2"])
    if m.get("era", "").upper().startswith("B"):
        return When(timex=f"BC{year:04d}", unit="year", edtf=f"-{year - 1:04d}", explicit=True)
    return replace(timex.year(year), explicit=True) if 1 <= year <= 2100 else None


@reader
def fiscal_year(m: Groups, at: Place) -> When | None:
    """fiscal 2017: whose calendar is not known, so it has no days."""
    year = words.year(m["year"])
    reason = "the fiscal or school year's first day is not known"
    return None if year is None else When(timex=f"FY{year}", unit="year", reason=reason, explicit=True)


@reader
def decade(m: Groups, at: Place) -> When | None:
    """the 1990s."""
    return timex.decade(int(m["decade"])) if 1000 <= int(m["decade"]) <= 2090 else None


@reader
def decade_short(m: Groups, at: Place) -> When | None:
    """the '80s."""
    start = int(m.get("decade") or m.get("decade2") or m["decade3"])
    written = at.text[at.start : at.end]
    if start < 50 and "decade2" not in m and not re.search(r"['’‘]\d", written):
        return None  # "temperatures in the 30s"
    if _DEGREES_OR_MORE.match(at.after(4)) and start < 50 and "decade2" not in m:
        return None
    return assumed(timex.decade(_decade_start(start)), "century")


@reader
def decade_word(m: Groups, at: Place) -> When | None:
    """the nineties, the nineteen-thirties."""
    if "the" not in m and "cent" not in m and at.word_before() not in ("in", "early", "late", "mid"):
        return None
    start = int(words.value("decade", m["dword"]))
    if m.get("cent", "").lower() == "eighteen":
        return timex.decade(1800 + start)
    return assumed(timex.decade(_decade_start(start)), "century")


def _decade_start(two: int) -> int:
    return 1900 + two if two >= 20 else 2000 + two


@reader
def century(m: Groups, at: Place) -> When | None:
    """the 14th century."""
    nth = m["nth"].lower()
    if not nth[:1].isdigit() and nth in ("last", "final", "opening", "closing"):
        return None
    number = words.ordinal(m["nth"])
    if not 1 <= number <= 30:
        return None
    return timex.century(number, before=m.get("era", "").upper().startswith("B"))


def base_of(m: Groups, at: Place) -> When | None:
    """The period that a part is taken of."""
    year = m.get("year") or m.get("year2")
    if "month" in m:
        month = words.month(m["month"])
        return replace(timex.month(int(year), month), explicit=True) if year else place_month(month, at)
    if year:
        return replace(timex.year(int(year)), explicit=True)
    if "century" in m:
        return timex.century(words.ordinal(m["century"]))
    if "decade" in m:
        return timex.decade(int(m["decade"]))
    unit = m.get("unit2") or (
        m.get("unit") if "rel" in m and m.get("unit") in ("year", "month", "decade") else None
    )
    if "year3" in m:
        unit = "year"
    if unit is None:
        return None
    rel = _LEADING_THE.sub("", m.get("rel", "").lower())
    anchor = at.now if rel in ("the", "same", "previous", "") else at.own
    if anchor is None:
        return unresolved("XXXX", unit="year")
    step = {"last": -1, "previous": -1, "next": 1}.get(rel, 0)
    size = 10 if unit == "decade" else 1
    return relative(
        timex.period_of(
            timex.shift(anchor.replace(day=1), step * size, "months" if unit == "month" else "years"), unit
        )
    )


def nearest(options: list[When], at: Place) -> When | None:
    """The one that the tense asks for, seen from the document's date."""
    assert at.own is not None
    past = [w for w in options if w.last is not None and w.last < at.own]
    later = [w for w in options if w.last is not None and w.last >= at.own]
    chosen = later[:1] if at.tense() == "future" else past[-1:]
    return assumed(chosen[0], "year") if chosen else None


@reader
def part_of_period(m: Groups, at: Place) -> When | None:
    """the first week of March 2016, the last two months of 2017: counted from the period's own ends."""
    base = base_of({k: v for k, v in m.items() if k != "unit"}, at)
    if base is None or base.first is None or base.last is None:
        return base
    count = int(words.number(m.get("num", "one")) or 1)
    unit, nth = m["unit"].lower().removesuffix("s"), m["nth"].lower()
    number = -1 if nth in ("last", "final", "closing") else 1 if nth == "opening" else words.ordinal(nth)
    if unit == "weekend":
        return None
    if unit == "week" and base.unit == "year" and count == 1:
        return _iso_week(base, number)
    many = "days" if unit == "day" else unit + "s"
    if m["unit"].lower().endswith("s") and "num" not in m:
        return timex.part(base, "END" if number < 0 else "START")
    if number < 0:
        first, last = timex.add(timex.shift(timex.add(base.last, 1), -count, many), 0), base.last
    else:
        first = timex.shift(base.first, (number - 1) * count, many)
        last = timex.add(timex.shift(first, count, many), -1)
    if first > base.last:
        return None
    made = timex.days(max(first, base.first), min(last, base.last))
    return replace(made, explicit=base.explicit, inferred=base.inferred)


def _iso_week(base: When, number: int) -> When:
    assert base.first is not None
    anchor = date(base.first.year, 12, 28) if number < 0 else date(base.first.year, 1, 4)
    return replace(
        timex.week(timex.add(anchor, 7 * (number - 1) if number > 0 else 0)), explicit=base.explicit
    )


@reader
def season_year(m: Groups, at: Place) -> When | None:
    """the summer of 2016, winter 2016-17."""
    name, year = m["season"], words.year(m["year"]) or 0
    if (
        name.lower() == "fall"
        and _FALL_OF.match(at.text[at.start : at.end])
        and at.word_before() not in ("in", "by", "during", "since", "until")
    ):
        return None
    if not 1000 <= year <= 2100:
        return None
    return replace(timex.season(year, str(words.value("season", name))), explicit=True)


@reader
def season(m: Groups, at: Place) -> When | None:
    """in the summer: the one that the tense asks for."""
    if not m["season"].islower() or (
        at.word_after().islower() and at.word_after() not in words.company("follows_season")
    ):
        return None
    if _OF_WHAT.match(at.after(6)):
        return None
    code = str(words.value("season", m["season"]))
    if m["keep"].lower() == m["season"].lower() and at.word_before() == "in" and at.tense() != "past":
        return When(timex=f"XXXX-{code}", unit="season")  # "in winter": every year
    line = at.timeline.first if at.timeline is not None else None
    if at.revised and line is not None:
        options = [timex.season(line.year + step, code) for step in (-1, 0, 1)]
        told = next((w for w in options if w.last is not None and w.last >= line), options[1])
        return assumed(told, "year")
    if at.own is None:
        return unresolved(f"XXXX-{code}", unit="season")
    return nearest([timex.season(at.own.year + step, code) for step in (-2, -1, 0, 1)], at)


@reader
def week_number(m: Groups, at: Place) -> When | None:
    """week 31 of 2017, 2017-W31."""
    number, year = int(m.get("week") or m["week2"]), m.get("year") or m.get("year2")
    if "week" in m and not year and "rel" not in m and at.word_before() not in ("the", "in", ",", ""):
        return None
    base = int(year) if year else None
    if base is None and at.own is not None:
        base = at.own.year + {"last": -1, "next": 1}.get(m.get("rel", ""), 0)
    if base is None or not 1 <= number <= 53:
        return None
    try:
        monday = date.fromisocalendar(base, number, 1)
    except ValueError:
        return None
    return replace(timex.week(monday), explicit=bool(year), inferred=() if year else ("year",))
