"""Numbers of a document beside each other: totals, shares, and counts of what is named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from claimcheck.lexicon import entries, load, pattern, written
from claimcheck.model import Finding, Interval, Mention, Span, plain, to_places
from claimcheck.selfcheck.marked import Found, Marked, any_of, noted

# ----------------------------------------------------------------------------------------------------
# Which counts are parts of which whole: plain counts, the words that divide people, runs of parts.

MOST = 8
_BETWEEN = pattern("own_checks", "between parts")
_WORD = re.compile(r"\w+|[.;:()]")
_PLACE = pattern("own_checks", "place of a part")


def is_plain_count(mention: Mention, *, qualified: bool = False) -> bool:
    """Whether a mention is a whole number above zero that is no range, and not qualified ("about") either."""
    return (
        mention.kind == "number"
        and (qualified or mention.comparator == "eq")
        and mention.status != "not_claim"
        and mention.value is not None
        and mention.value == mention.value.to_integral_value()
        and mention.value > 0
    )


def counted(mention: Mention) -> Decimal:
    """The value of a plain count."""
    return mention.value if mention.value is not None else Decimal(0)


def are_joined(text: str, end: int, start: int) -> bool:
    """Whether what ends here and what starts there stand in one run: "7 men, 5 women", "40 t in May, 50"."""
    return _BETWEEN.fullmatch(text, end, max(end, start)) is not None


def parts_from(text: str, counts: Sequence[Mention], at: int) -> list[Mention]:
    """The run of counts from `at` that commas and "and" join: "7 men, 5 women and 2 children"."""
    parts = list(counts[at : at + 1])
    for before, after in pairwise(counts[at : at + MOST]):
        if not are_joined(text, before.end, after.start):
            break
        parts.append(after)
    return parts


@cache
def _divisions() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in load("parts"):
        for word in row["words"]:
            kinds[word].add(row.id)
    return {word: frozenset(held) for word, held in kinds.items()}


def division(text: str, parts: Sequence[Mention]) -> str | None:
    """The question that divides people into these parts ("sex_and_age"), None where they may overlap.

    What a part is, its next four words say, up to the next part.
    """
    common: frozenset[str] | None = None
    used: list[frozenset[str]] = []
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        end = part.end + 60 if after is None else min(part.end + 60, after.start)
        kinds, words = _kinds(text, part.end, end)
        common = kinds if common is None else common & kinds
        used.append(words)
    if not common:
        return "place" if _by_place(text, parts) else None
    if any(one & other for one, other in pairwise(used)):
        return None  # "four men were hurt and two men were killed": not parts, but two groups
    return min(common)


def _kinds(text: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """The questions that the words of a part answer, and the words that answer them."""
    kinds: frozenset[str] = frozenset()
    words: set[str] = set()
    for found in _WORD.findall(text[start:end])[:4]:
        word = found.lower()
        if word in ".;:()":
            break
        if word in _divisions():
            kinds |= _divisions()[word]
            words.add(word)
    return kinds, frozenset(words)


def _by_place(text: str, parts: Sequence[Mention]) -> bool:
    """Whether all parts stand at names of their own behind one preposition: "30 in Vigo, 20 in Porto"."""
    if len(parts) < 2:
        return False
    found = [_PLACE.match(text, part.end) for part in parts]
    names = {match[2] for match in found if match is not None}
    return None not in found and len(names) == len(parts) and len({m[1] for m in found if m is not None}) == 1


# ----------------------------------------------------------------------------------------------------
# Parts against their total: "12 killed: 7 men and 5 women", "29 patients and 57 relatives, 86 in all".
#
# Only plain counts are compared (no "about", no ranges). Parts that cannot overlap (`data/parts.toml`) are
# never more than their whole; that they are less is a problem only where the text says that they are all.

_HUNDRED = Decimal(100)
_REACH = 120  # characters between a total and its first part
_A_TOTAL_OF = pattern("sums", "a total of")
_AND_LAST = pattern("sums", "and last")
_ROUNDED = Decimal("0.5")  # of each share: 33.4 % and 33.3 % are written 33 %
_OPENS = pattern("sums", "opens")
_NOT_ALL = re.compile(rf"\b(?:{any_of('not all')})\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?)\n]")
_SENTENCE_END = re.compile(r"[.!?\n]")
_TOTAL_BEHIND = pattern("sums", "total behind")
_TOTAL_WORDS = pattern("sums", "total words")
_JOIN_TOTAL = pattern("sums", "join the total")
_INCLUDING = pattern("sums", "including")
_APPOSED = re.compile(r"\s(?:[\w'’-]{1,20}\s){0,14}[\w'’-]{1,20},\s")
_OF_THE = pattern("sums", "of the")
_THEN_PARTS = re.compile(r"(?:\s[\w'’-]{1,20}){1,4}, ")
_OF_THEM = pattern("sums", "of them")
_NOT_A_PART = pattern("sums", "not a part")
_PEOPLE = re.compile(rf"\s(?:[\w-]{{1,20}}\s){{0,2}}(?:{any_of('people of a total')})\b", re.IGNORECASE)


def total_findings(text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Totals against their parts: an agreement is a finding too."""
    counts = [mention for mention in mentions if is_plain_count(mention)]
    amounts = [mention for mention in mentions if _is_amount(mention)]
    used = -1
    for at in range(len(counts)):
        if at > used:
            finding, used = _at(text, counts, at)
            first = counts[at].start  # "40 tonnes in May, 50 in June, 90 in all": the first term has the unit
            if finding is not None and not any(are_joined(text, m.end, first) for m in amounts):
                yield finding
    yield from _more_than_all(text, [m for m in mentions if m.kind == "percent" and m.comparator == "eq"])


def _is_amount(mention: Mention) -> bool:
    """Whether a mention is an unqualified sum of money or a measure."""
    stated = mention.status != "not_claim" and mention.comparator == "eq"
    return mention.kind in ("money", "measure") and stated and bool(mention.value)


def _more_than_all(text: str, percents: Sequence[Mention]) -> Iterator[Finding]:
    """Shares of one whole that exclude each other and are more than all of it: "45 % voted yes, 45 % voted no
    and 20 % abstained"."""
    used = -1
    for at in range(len(percents)):
        parts = parts_from(text, percents, at) if at > used else []
        if len(parts) < 2:
            continue
        used = at + len(parts) - 1
        low = sum(((part.low or Decimal(0)) - _ROUNDED for part in parts), Decimal(0))
        if low <= _HUNDRED or division(text, parts) in (None, "place"):
            continue
        terms = " + ".join(plain(counted(part)) for part in parts)
        span = Span(parts[0].start, parts[-1].end)
        given_there = f"{terms} = {plain(sum(map(counted, parts), Decimal(0)))}, more than 100 %."
        yield noted(text, "total", span, given_there, problem=True)


def _at(text: str, counts: Sequence[Mention], at: int) -> tuple[Finding | None, int]:
    """What the text says of a total that begins at a count, and the last count that is its part."""
    total = counts[at]
    parts = parts_from(text, counts, at + 1)
    if len(parts) > 1 and _announced(text, total, parts):
        return _compared(text, total, parts, sure=_is_spelled_out(text, total, parts)), at + len(parts)
    run = parts_from(text, counts, at)
    behind = _total_behind(text, counts, at, run) if len(run) > 1 else None
    return behind or _too_many(text, counts, at), at


def _announced(text: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the parts stand behind the total as all there is."""
    first = parts[0].start
    if first < total.end or not _is_whole(text, total, parts):
        return False
    if pattern("sums", "among").search(text[max(0, total.start - 30) : total.start]) is not None:
        return False  # "86 were freed, of whom 50 were men, 30 women and six children": the first part
    if _OPENS.fullmatch(text, total.end, first) is not None:
        return True
    more = sum(map(counted, parts)) > counted(
        total
    )  # of 40 guests, 12 men and 20 women, the rest are children
    of_people = _PEOPLE.match(text, total.end) is not None or (more and _is_of_people(total))
    called_total = _A_TOTAL_OF.search(text[max(0, total.start - 12) : total.start]) is not None
    if _APPOSED.fullmatch(text, total.end, first) is None or not (of_people or called_total):
        return False
    if _OF_THE.search(text[max(0, total.start - 20) : total.start]) is not None:
        return False
    if any(_OF_THEM.match(text, part.end) is not None for part in parts):
        return False
    kind = division(text, parts)
    same = division(text, [total, *parts])  # fighters may be rebels and soldiers
    if same not in (None, "combat") and counted(total) != sum(map(counted, parts)):
        return False  # "17 children, 6 women and 6 men", "30 in Vigo, 20 in Porto": one part more
    alone = all(pattern("sums", "part only").match(text, part.end) is not None for part in parts)
    return kind == "place" or (alone and kind in ("sex_and_age", "family", "combat"))


def _is_of_people(total: Mention) -> bool:
    return total.noun is not None and total.noun in entries("person_nouns", "id", "nouns", "person")


def _is_spelled_out(text: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a colon announces parts by name that "and" closes: "60 seats: 26 for Red and 14 for Blue"."""
    opened = ":" in text[total.end : parts[0].start]
    closed = _AND_LAST.search(text[max(0, parts[-1].start - 5) : parts[-1].start]) is not None
    return opened and closed and division(text, parts) == "place"


def _is_whole(text: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the parts are all there is: the text stops behind them and leaves none out."""
    if pattern("sums", "closes the parts").match(text, parts[-1].end) is None:
        return False
    reach = parts[-1].end + _REACH
    stop = _STOP.search(text, parts[-1].end, reach)
    return _NOT_ALL.search(text, total.end, reach if stop is None else stop.start()) is None


def _compared(text: str, total: Mention, parts: Sequence[Mention], *, sure: bool = False) -> Finding | None:
    """A finding on a total and its parts; a difference counts only where the parts divide people, or where
    the text calls their sum a total (`sure`). By place, less than the total may be given."""
    added = sum((counted(part) for part in parts), Decimal(0))
    terms = " + ".join(plain(counted(part)) for part in parts)
    span = Span(min(total.start, parts[0].start), max(total.end, parts[-1].end))
    if added == counted(total):
        return noted(text, "total", span, f"{terms} = {plain(added)}, as stated.")
    if _admitted(parts).meets(total.interval):  # 325,000 and 390,000 make 715,000 to the thousand
        return None
    kind = division(text, parts)
    if not sure and (kind is None or (kind == "place" and added < counted(total))):
        return None
    given_there = f"{terms} = {plain(added)}, not {plain(counted(total))}."
    return noted(text, "total", span, given_there, problem=True)


def _admitted(parts: Sequence[Mention]) -> Interval:
    """What the sum may be, by the precision of its terms' digits."""
    low = sum((part.low or counted(part) for part in parts), Decimal(0))
    return Interval(low, sum((part.high or counted(part) for part in parts), Decimal(0)))


def _total_behind(text: str, counts: Sequence[Mention], at: int, parts: list[Mention]) -> Finding | None:
    """ "29 patients and 57 relatives, a total of 86" or "…, 86 people in all"."""
    *terms, last = parts
    if len(terms) > 1 and _TOTAL_WORDS.match(text, last.end) is not None:
        total = last  # a comma joins the total to its parts
    elif at + len(parts) < len(counts):
        terms, total = parts, counts[at + len(parts)]
        announced = _TOTAL_BEHIND.fullmatch(text, last.end, max(last.end, total.start)) is not None
        joined = _JOIN_TOTAL.fullmatch(text, last.end, max(last.end, total.start)) is not None
        if not announced and not (joined and _TOTAL_WORDS.match(text, total.end) is not None):
            return None
    else:
        return None
    if _NOT_ALL.search(text, terms[0].start, total.start) is not None:
        return None
    alone = at == 0 or _SENTENCE_END.search(text, counts[at - 1].end, terms[0].start) is not None
    if not alone and sum(map(counted, terms)) != counted(total):
        return None  # an earlier number may be a term too
    nouns = {mention.noun for mention in (*terms, total) if mention.noun is not None}
    return _compared(text, total, terms, sure=len(nouns) <= 1)


def _too_many(text: str, counts: Sequence[Mention], at: int) -> Finding | None:
    """Parts of people that are more than their whole: "12 killed, including 15 children", "of the 30 dead, 22
    were women and 10 were children", "nine of the 20 pupils were girls and 12 were boys"."""
    if at + 1 >= len(counts):
        return None
    whole, parts, behind = _whole_and_parts(text, counts, at)
    added = sum((counted(part) for part in parts), Decimal(0))
    if not parts or added < counted(whole) or _NOT_A_PART.search(text, whole.end, parts[-1].start):
        return None
    if division(text, behind) in (None, "place"):
        return None
    span = Span(min(whole.start, parts[0].start), max(whole.end, parts[-1].end))
    terms = " + ".join(plain(counted(part)) for part in parts)
    if added == counted(whole):
        terms = " + ".join(plain(counted(part)) for part in parts)
        return (
            noted(text, "total", span, f"{terms} = {plain(added)}, all of the whole.")
            if len(parts) > 1
            else None
        )
    if _admitted(parts).meets(whole.interval):
        return None
    if len(parts) == 1:
        given_there = f"A part, {plain(added)}, is more than its whole, {plain(counted(whole))}."
    else:
        terms = " + ".join(plain(counted(part)) for part in parts)
        given_there = f"{terms} = {plain(added)}, more than the whole, {plain(counted(whole))}."
    return noted(text, "total", span, given_there, problem=True)


def _whole_and_parts(
    text: str, counts: Sequence[Mention], at: int
) -> tuple[Mention, list[Mention], list[Mention]]:
    """The whole at `at` or behind it, its parts, and the mentions behind which stands what these are."""
    whole, part = counts[at], counts[at + 1]
    gap = whole.end, max(whole.end, part.start)
    parts = parts_from(text, counts, at + 1)
    included = _INCLUDING.fullmatch(text, *gap) is not None and _PEOPLE.match(text, whole.end) is not None
    of_them = _THEN_PARTS.fullmatch(text, *gap) is not None and (
        _OF_THE.search(text[max(0, whole.start - 20) : whole.start]) is not None
        or _OF_THEM.match(text, part.end) is not None
    )
    if included or of_them:
        return whole, parts, parts
    if pattern("sums", "of a whole").fullmatch(text, *gap) is not None and len(parts) > 1:
        return part, [whole, *parts[1:]], parts
    return whole, [], []


# ----------------------------------------------------------------------------------------------------
# Shares beside their part and their whole: "30 of 60, or 50 %", "half of the 80 members, 40".

_LOOSE = Decimal("0.05")  # "half of the 80, 43": a fraction in words is a round figure
_OPEN_ENDED = Decimal("0.2")


def share_findings(text: str, marks: Marked) -> Iterator[Finding]:
    """Percentages and fractions that stand beside their part and their whole, agreeing or not.

    The patterns see to it that the whole is the same in both: "45 % of capacity", "45 % in 2016" may have
    another one and are passed over.
    """
    seen: set[tuple[int, ...]] = set()
    for found in marks.holding():
        stated = _stated(found)
        if stated is None:
            continue
        key = tuple(sorted(mention.start for mention in found.slots.values()))
        if key not in seen:
            seen.add(key)
            finding = _share(text, found, *stated)
            if finding is not None:
                yield finding


def _stated(found: Found) -> tuple[Mention, Interval] | None:
    """The mention that says how much, and the percentages that it admits."""
    slots = found.slots
    percent, fraction = slots.get("percent"), slots.get("fraction")
    if percent is not None:
        return (percent, _widened(percent)) if percent.value is not None else None
    if fraction is None or fraction.value is None:
        return None
    ends = [None if end is None else end * _HUNDRED for end in (fraction.low, fraction.high)]
    loose = _LOOSE * _HUNDRED
    low, high = (ends[0] - loose if ends[0] else None), (ends[1] + loose if ends[1] else None)
    if fraction.comparator in ("gt", "ge"):
        low = ends[0]
    if fraction.comparator in ("lt", "le"):
        high = ends[1]
    return fraction, Interval(low, high)


def _widened(percent: Mention) -> Interval:
    """What a percentage admits, one unit of its last digit more: some writers cut digits off instead of
    rounding. "Less than 30 %" of what is 12 % would be an odd thing to say, and is no contradiction."""
    value = percent.value if percent.value is not None else Decimal(0)
    slack = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    low = None if percent.low is None else percent.low - slack
    high = None if percent.high is None else percent.high + slack
    if percent.comparator in ("lt", "le", "gt", "ge"):
        slack = max(slack, value * _OPEN_ENDED)
        low = value - slack if low is not None else None
        high = value + slack if high is not None else None
    return Interval(low, high)


def _share(text: str, found: Found, stated: Mention, admitted: Interval) -> Finding | None:
    if found.row.id == "fraction_or_percent":
        return _fraction(text, found, stated, admitted)
    part, whole = found["part"], found["whole"]
    if not _same_things(part, whole, found) or not whole.low or part.low is None or part.high is None:
        return None
    if whole.high is None or part.low > whole.high:
        return None
    actual = Interval(_HUNDRED * part.low / whole.high, _HUNDRED * part.high / whole.low)
    given_there = (
        f"{plain(counted(part))} of {plain(counted(whole))} is {_percent(counted(part), counted(whole))} %"
    )
    agrees = actual.meets(admitted)
    given_there += ", as stated." if agrees else f", not {stated.wide.of(text)}."
    return noted(text, "percentage", found.span, given_there, problem=not agrees)


def _fraction(text: str, found: Found, stated: Mention, admitted: Interval) -> Finding | None:
    """ "2 out of 3 schools (67 per cent)": the fraction is the share."""
    share = found["fraction"]
    if share.comparator != "eq" or share.value is None:
        return None
    actual = share.value * _HUNDRED
    loose = Decimal(0) if any(c.isdigit() for c in share.text) else _LOOSE * _HUNDRED
    agrees = Interval(actual - loose, actual + loose).meets(admitted)
    given_there = f"{share.text} is {plain(to_places(actual, 2))} %"
    given_there += ", as stated." if agrees else f", not {stated.wide.of(text)}."
    return noted(text, "percentage", found.span, given_there, problem=not agrees)


def _same_things(part: Mention, whole: Mention, found: Found) -> bool:
    """Whether the part counts what its whole counts, as far as the text says: "40 per cent of the 500
    families (250 women)" counts two things."""
    if found.row.id in ("percent_of_whole_part", "part_or_percent_of_whole", "fraction_of_whole_part"):
        return part.noun is None or whole.noun is None or part.noun == whole.noun
    return True


def _percent(part: Decimal, whole: Decimal) -> str:
    return plain(to_places(_HUNDRED * part / whole, 2))


# ----------------------------------------------------------------------------------------------------
# Counts beside what they count: "three countries: China, Russia and Cuba".

_MOST = 12  # names that a text lists in one sentence
_NAME = written("own_checks", "name")
_ITEM = re.compile(_NAME)
_JOINT = pattern("own_checks", "joint of names")
_CLOSES = re.compile(r"\s?[.!?)\n–—]| - |$")
_APPOSED_NAMES = re.compile(r"(?: [\w'’-]{2,20}){0,2} [a-z][\w'’-]{1,20}, ")
_AT_SOME = pattern("own_checks", "at some")
_CLOSES_APPOSED = pattern("own_checks", "closes what is apposed")
_PART_OF = pattern("own_checks", "part of")
_LEFT_OUT = pattern("own_checks", "left out")


def named_findings(text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Stated counts against the names that follow them."""
    for mention in mentions:
        if is_plain_count(mention) and mention.value is not None and 1 < mention.value <= _MOST:
            yield from _names(text, mention)


def _names(text: str, mention: Mention) -> Iterator[Finding]:
    """ "Three countries voted against: China, Russia and Cuba.": names alone, up to the sentence's end."""
    opens, closes = pattern("own_checks", "opens a list of names").match(text, mention.end), _CLOSES
    if opens is None:  # "three brothers, Ali, Omar and Sami, were freed"
        if _AT_SOME.search(text[max(0, mention.start - 10) : mention.start]) is not None:
            return  # "in two meetings, Ali, Omar and Sami, …"
        opens, closes = _APPOSED_NAMES.match(text, mention.end), _CLOSES_APPOSED
    if opens is None or _LEFT_OUT.search(opens.group()) is not None:
        return
    if _PART_OF.search(text[max(0, mention.start - 20) : mention.start]) is not None:
        return
    names, end, joints = _listed(text, opens.end())
    if len(names) < 2 or closes.match(text, end) is None or not joints or " and " not in joints[-1]:
        return
    if any(" and " in joint for joint in joints[:-1]):
        return  # "Health, Education and Culture, and Trade": the words alone do not say what is one name
    least = len(names) - _joined(names)
    stated = int(mention.value or 0)
    span = Span(mention.start, end)
    given_there = f"{mention.text} stated; {len(names)} named: {', '.join(names)}."
    if stated == least == len(names):
        yield noted(text, "list_count", span, given_there)
    elif not least <= stated <= len(names):
        yield noted(text, "list_count", span, given_there, problem=True)


def _listed(text: str, at: int) -> tuple[list[str], int, list[str]]:
    """The names from `at`, where the last ends, and the words that join them."""
    names: list[str] = []
    joints: list[str] = []
    end = at
    while (item := _ITEM.match(text, at)) is not None and len(names) <= _MOST:
        names.append(item.group())
        end = item.end()
        found = _JOINT.match(text, end)
        if found is None:
            break
        joints.append(found.group())
        at = found.end()
    return names, end, joints[: len(names) - 1]


def _joined(names: Sequence[str]) -> int:
    """How many pairs of these names may be one name ("Trinidad and Tobago")."""
    pairs = [f"{first} and {second}".lower() for first, second in pairwise(names)]
    return sum(pair in _double_names() for pair in pairs[-1:])


@cache
def _double_names() -> frozenset[str]:
    return frozenset(name.lower() for row in load("double_names") for name in row["names"])
