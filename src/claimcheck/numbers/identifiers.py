"""Single numbers that say which, not how many: labels, names, model numbers, years, scores.

They stay in the ledger as mentions with status `not_claim` and a reason. A number that only names
(Article 51, MiG-29, Room 12) has the kind `ordinal`: like "the second", it tells one thing from others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from claimcheck.lexicon import load, pattern
from claimcheck.model import Mention, Span
from claimcheck.numbers.counted import counted_noun
from claimcheck.numbers.units import unit_behind
from claimcheck.numbers.word_lists import words_of

_GLUED_BEFORE = re.compile(r"(?<!\d)[^\W\d_]{1,20}[-–−'’.+]?\Z|(?<=\d)[^\W\d_]{1,20}\Z|(?<=\w)\+\Z|_\Z")
_GLUES = "-–−'’.+_"
_MODEL_TAIL = re.compile(r"-\d{1,4}[A-Z]{1,4}(?!\w)")  # the end of "777-200LR"
_SECOND = re.compile(r"-(\d{1,4})")
_WHOLE_TOKEN = re.compile(r"\w[\w.-]{0,40}")
_WORD_BEFORE = re.compile(r"([\w’'&.+/-]+)[ \u00a0]\Z")
_SENTENCE_START = pattern("number_names", "sentence start")
_PREPOSITION = pattern("number_names", "preposition")
_ARTICLE_OF_NAME = re.compile(r"[a-z]{2,3}-[A-Z]")  # "al-Noura"
_NAMES_BEFORE = pattern("number_names", "names before")
_PLACED = pattern("number_names", "placed")
_LIST = 250  # characters of a sentence before a name in which a list has counted
_LIST_LINK = pattern("number_names", "list link")
_COUNTING = re.compile(r"\d[\d,.]*\s[a-z]{3,}")
_LIST_END = pattern("number_names", "list end")
_LIST_OPENS = pattern("number_names", "list opens")
_SERIES = pattern("number_names", "series")
_SCORE_CUE = pattern("number_names", "score cue")
_YEAR_CUE = pattern("number_names", "year cue")
_FIRM_YEAR_CUE = pattern("number_names", "firm year cue")
_BODY = pattern("number_names", "body of so many")
_CAPITAL_BEHIND = re.compile(r"[ -][^\W\d_a-z]")
_ALWAYS_LABELS = ("article", "section", "chapter", "resolution", "boeing", "airbus")
_LABELS_IN_CAPITALS = ("no", "point", "report", "law", "act", "order", "class")
_WORD_LABELS = ("phase", "chapter", "article", "section")
_LONGEST = 40


@cache
def _labels() -> dict[str, str]:
    return {word: row["reason"] for row in load("number_labels") for word in row["words"]}


def glued_token(text: str, start: int, end: int) -> Span | None:
    """The whole token where letters stick to a number that no unit explains: "A380", "MiG-29", "3D"."""
    may_be = start > 0 and (text[start - 1].isalpha() or text[start - 1] in _GLUES)
    before = _GLUED_BEFORE.search(text, max(0, start - 22), start) if may_be else None
    first = start
    if before is not None and not _is_prefix(before[0]):
        first = before.start()
        while first > max(0, start - _LONGEST) and _in_token(text, first - 1):
            first -= 1
    model = _MODEL_TAIL.match(text, end)
    if model is not None and first == start and not _is_range(text, start, end):
        return Span(start, model.end())
    last = end
    more = text[end : end + 1]
    if more.isalpha() or (more in ("-", "/") and first < start and text[end + 1 : end + 2].isdigit()):
        token = _WHOLE_TOKEN.match(text, end + (not more.isalnum()))
        last = end if token is None else end + len(text[end : token.end()].rstrip(".-"))
    return Span(first, last) if first < start or last > end else None


def _is_range(text: str, start: int, end: int) -> bool:
    """Whether two ascending numbers share the unit glued to the second: "5-10W", not "777-200LR"."""
    second = _SECOND.match(text, end)
    if second is None or not text[start:end].isdigit() or int(text[start:end]) >= int(second[1]):
        return False
    return unit_behind(text, second.end(), digits=True) is not None


def _in_token(text: str, at: int) -> bool:
    return text[at].isalnum() or (text[at] in "-." and at > 0 and text[at - 1].isalnum())


def _is_prefix(prefix: str) -> bool:
    """Whether letters before a number belong to the sentence, not the number: "sub-7", "to-260,000"."""
    word = prefix.rstrip("-–'’.")
    if word == prefix:
        return False
    if prefix[-1] in "'’":
        return word.lower() == "s"
    if prefix[-1] == ".":
        return len(word) > 2 or not word.isupper()
    return word.islower() and len(word) > 1


def label_before(
    text: str, start: int, end: int, value: Decimal, plain: bool, counted: str | None, digits: bool
) -> str | None:
    """The reason why the word before a number makes it a label, None where it does not.

    `plain` says that the number is whole and written without commas, `counted` what it would count.
    """
    led = start > 1 and text[start - 1] in " \u00a0" and not text[start - 2].isspace()
    low = max(0, start - _LONGEST, text.rfind(" ", 0, start - 1)) if led else start
    found = _WORD_BEFORE.search(text, low, start)
    if found is None:
        verse = digits and _VERSE.search(text, max(0, start - 12), start) is not None
        return "reference number" if verse or text[max(0, start - 1) : start] in ("#", "№", "§") else None
    word = found[1].strip("'’")
    lower = word.lower()
    inside = not _starts_sentence(text, found.start())
    reason = _labels().get(lower)
    if (
        reason is None and digits and counted is None
    ):  # no end of a sentence: "the 4th Division. Nine men died"
        reason = _labels().get(lower.rstrip("."))
    capital = word[:1].isupper()
    if reason is not None and (digits or capital or lower in _WORD_LABELS):
        if lower in _LABELS_IN_CAPITALS and not capital:
            return None
        if (capital and inside) or counted is None or lower in _ALWAYS_LABELS:
            return reason
    if not plain and digits and inside and names_version(word, value, counted):
        return "name"
    if word == lower or not plain or not digits or value >= 10000:
        return None
    if lower in words_of("sentence openers") or lower in words_of("calendar names"):
        return None
    return _named(text, found.start(), end, word, counted, inside)


_LONGEST_NAME = 120  # characters of a name that was given something, and its verb
_VERSE = re.compile(r"(?<![\w.])[IVXLC]{1,8}:\Z")  # "CIX:6"
_MODEL_PART = re.compile(r"-\d{1,4}[A-Z]{0,3}(?![\w.,%]*\d)(?!\w)")
_SUBDIVISION = re.compile(r"(?:\((?:\d{1,2}|[a-z]{1,4})\)|[ ]\((?:[a-h]|[ivx]{1,4})\)){1,4}")


def label_end(text: str, end: int, reason: str, digits: bool) -> int:
    """Where a label ends whose number ends at `end`: "737-800", "Article 7(2)(b)"."""
    part = _MODEL_PART if reason == "name" else _SUBDIVISION
    more = part.match(text, end) if digits else None
    return end if more is None else more.end()


def is_serial(text: str, start: int, end: int) -> bool:
    """Whether a zero in front says that digits are a serial number ("001"), not a count."""
    written = text[start:end]
    return len(written) > 1 and written[0] == "0" and written.isdigit() and written.strip("0") != ""


def names_version(word: str, value: Decimal, counted: str | None) -> bool:
    """Whether an acronym or a name like "iOS" makes a decimal a version: "USB 1.1"."""
    name = word.isalpha() and len(word) > 1 and any(map(str.isupper, word[1:]))
    return name and counted is None and 0 < value < 20 and value.as_tuple().exponent in (-1, -2)


def _named(text: str, start: int, end: int, word: str, counted: str | None, inside: bool) -> str | None:
    """Whether a capitalised word and a number are a name: "Boeing 737", not "In Homs 12 people"."""
    if word[0].islower() and _ARTICLE_OF_NAME.match(word) is None:
        return "name"
    if not inside:
        return None if counted is not None or word.endswith(("ing", "ly")) else "name"
    placed = _PLACED if _CAPITAL_BEHIND.match(text, end) else _PREPOSITION
    names = _NAMES_BEFORE.search(text, max(0, start - 50), start)  # "At Hawker's | Ridge 12 soldiers died"
    name = start if names is None else names.start()
    if counted is not None and placed.search(text, max(0, name - 9), name):
        return None
    return None if _is_listed(text, name, start, end, word) else "name"


def _is_listed(text: str, name: int, start: int, end: int, word: str) -> bool:
    """Whether a name and a number are of a list that counts: "won 206 seats, the CDU 152 and the FDP 29"."""
    first = max(text.rfind(stop, 0, name) for stop in ("\n", ". ", "! ", "? "))
    said = text[max(first, name - _LIST, 0) : name]
    if f"{word} " in said:
        return False  # "Apollo 11, Apollo 12 and Apollo 13"
    if _LIST_LINK.search(said) is not None and _COUNTING.search(said) is not None:
        return _LIST_END.match(text, end) is not None
    return _LIST_OPENS.match(text, end) is not None


_RECEIVER_BEFORE = pattern("number_names", "receiver")


def is_given(text: str, start: int, counted: str | None) -> bool:
    """Whether a number is what the name before it was given: "gave the Greens 26 seats"."""
    low = max(0, start - _LONGEST_NAME, text.rfind("\n\n", 0, start))
    giver = None if counted is None else _RECEIVER_BEFORE.search(text, low, start)
    return giver is not None and giver[1] in words_of("giving verbs")


def continues_label(text: str, label: Mention, end: int, start: int) -> bool:
    """Whether a number goes on with the label before it: "Articles 3, 5 and 7"."""
    return _SERIES.fullmatch(text, label.end, start) is not None and counted_noun(text, end) is None


_YEAR_IN_BRACKETS = re.compile(r"\s{1,2}\((?:(?:19|20)\d\d|[IVXL]{1,7}|[SE]-[IVXL]{1,7})\)")
_RESOLUTIONS = pattern("number_names", "resolutions")


def of_resolutions(text: str, start: int, end: int) -> bool:
    """Whether a year or session in brackets behind and a word before number a resolution: "resolutions 822
    (1993) and 2232 (XXI)"."""
    if _YEAR_IN_BRACKETS.match(text, end) is None:
        return False
    return _RESOLUTIONS.search(text, max(0, start - 120), start) is not None


def _starts_sentence(text: str, start: int) -> bool:
    return _SENTENCE_START.search(text, max(0, start - 6), start) is not None


def is_year(text: str, start: int, end: int, value: Decimal, counted: str | None) -> bool:
    """Whether four digits alone are a year: 2011 in "the war of 2011", not in "2011 people"."""
    if end - start != 4 or not text[start:end].isdigit() or not 1500 <= value < 2200:
        return False
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return True
    if _DIMENSION.match(text, end) is not None:
        return False  # "1920 x 1080 pixels"
    if counted is not None:
        recent = 1900 < value <= 2100 and value != 2000
        if recent and (counted in words_of("things of a year") or _titles(text, start, end)):
            return True
        return _FIRM_YEAR_CUE.search(text, max(0, start - 12), start) is not None
    return value >= 1700 or _YEAR_CUE.search(text, max(0, start - 12), start) is not None


_DIMENSION = re.compile(r"[ ]?[x×][ ]?\d")
_LINE_START = re.compile(r"(?:^|\n|[*•|][ ])[ ]{0,3}\Z")
_ADJECTIVE_OF_YEAR = pattern("number_names", "before the year of a thing")


def _titles(text: str, start: int, end: int) -> bool:
    """Whether four digits lead a name or are an attribute: "* 2015 Ramadan attacks", "a 2005 report"."""
    if _ADJECTIVE_OF_YEAR.search(text, max(0, start - 24), start):
        return True
    head = _LINE_START.search(text, max(0, start - 6), start) is not None
    return head and _CAPITAL_BEHIND.match(text, end) is not None


_MODEL_LEAD = pattern("number_names", "model lead")
_NEW = pattern("number_names", "new")
_CRAFT = pattern("number_names", "craft")
_MODEL_NAME = re.compile(r"[ ][A-Z][a-z]{3,20}(?![\w'’-])(?![ ][a-z]{2,20}s\b)")


def names_model(text: str, start: int, end: int, value: Decimal, counted: str | None) -> bool:
    """Whether digits with an article and a name behind are a model: "the 787 Dreamliner"."""
    if not 100 <= value < 10000 or not text[start:end].isdigit():
        return False
    if _NEW.search(text, max(0, start - 12), start) and _CRAFT.match(text, end):
        return True  # "its new 787 aircraft": as many would be "787 new aircraft"
    if counted is not None:
        return False
    if _MODEL_LEAD.search(text, max(0, start - 12), start) and _of_maker(text, start, end):
        return True
    behind = _MODEL_NAME.match(text, end)
    if behind is None or behind[0].strip().lower() in words_of("calendar names"):
        return False
    return _MODEL_LEAD.search(text, max(0, start - 12), start) is not None


def _of_maker(text: str, start: int, end: int) -> bool:
    """Whether a number is a model of a maker named just before: "Boeing delivered its last 767"."""
    before = text[max(0, start - 80) : start].lower()
    told = before[before.rfind(". ") + 1 :]
    makers = (entry.split() for entry in words_of("makers and their models"))
    return any(
        maker in told
        and len(model) == end - start
        and all(a in ("x", b) for a, b in zip(model, text[start:end], strict=True))
        for maker, model in makers
    )


_LETTER_INSIDE = re.compile(r"\d{1,3}e\d{1,2}")
_THE = pattern("number_names", "the")


def names_letter(text: str, start: int, end: int) -> bool:
    """Whether "the 7e7" is a model: with an article, no power of ten is meant."""
    led = _THE.search(text, max(0, start - 6), start)
    return led is not None and _LETTER_INSIDE.fullmatch(text, start, end) is not None


_UNIT_NAME = pattern("number_names", "unit name")


_ACTS = pattern("number_names", "acts")


def names_unit(text: str, start: int, end: int, counted: str | None) -> bool:
    """Whether digits before a unit's name number it: "819 Squadron", "21 Electronic Warfare Regiment"."""
    named = _UNIT_NAME.match(text, end) if text[start:end].isdigit() else None
    return named is not None and (counted is None or _ACTS.match(text, named.end()) is not None)


_PARENT_OF = pattern("number_names", "parent of")


def counts_children(text: str, start: int, counted: str | None) -> bool:
    """Whether a number says how many children somebody has: "a mother of four was killed"."""
    return counted is None and _PARENT_OF.search(text, max(0, start - 16), start) is not None


_MODEL = re.compile(r"(\d{3,4})(?:s|-\d{1,4}\w{0,3})?")


def model_numbers(mentions: Iterable[Mention]) -> dict[str, bool]:
    """The numbers that a text uses as names of models ("Boeing 787", "737s", "777-200").

    True where the number itself is written as a name, so that it names even before a noun ("777 planes").
    """
    found: dict[str, bool] = {}
    for mention in mentions:
        model = _MODEL.fullmatch(mention.text) if mention.reason == "name" else None
        if model is not None and mention.rule in ("label.token", "label.before"):
            token = mention.rule == "label.token"
            found[model[1]] = found.get(model[1], False) or token
    return found


def is_score(text: str, start: int, first: Decimal, second: Decimal) -> bool:
    """Whether two small numbers with a dash between are a score or a vote ("won 3-1"), not a range."""
    if max(first, second) >= 200 or any(n != n.to_integral_value() for n in (first, second)):
        return False
    return first >= second or _SCORE_CUE.search(text, max(0, start - _LONGEST), start) is not None


def capital_name(text: str, start: int, end: int) -> bool:
    """Whether a number word with a capital inside a sentence is part of a name ("the Six Nations")."""
    if not text[start].isupper() or _starts_sentence(text, start):
        return False
    if _BODY.search(text, max(0, start - _LONGEST), start):
        return True
    before = _WORD_BEFORE.search(text, max(0, start - _LONGEST), start)
    word = "" if before is None else before[1]
    if word[:1].isupper() and word.lower() not in words_of("sentence openers"):
        return True
    return _CAPITAL_BEHIND.match(text, end) is not None
