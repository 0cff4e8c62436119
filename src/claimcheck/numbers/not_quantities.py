"""Numbers that say no quantity: marks of footnotes, links, times, "no one", names, years and scores.

They stay in the ledger as mentions with status `not_claim` and a reason, or are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Literal

from claimcheck.lexicon import Row, load, pattern
from claimcheck.model import Mention, MentionKind, Span
from claimcheck.numbers.numerals import MAX_DIGITS, POINT, Scan, key_of, offsets
from claimcheck.numbers.units import counted_noun, unit_behind, words_of

# ----------------------------------------------------------------------------------------------------
# Marks of footnotes: "waiting.1 The", "the ruins.”7", "were killed,5 and", "[^1]". They count nothing.
#
# A PDF loses that the digits stand raised, and a web page too; Markdown writes its own. A digit after a
# digit ("3.5") and what follows an abbreviation ("No.1", "p.12") is no mark, nor is "were gone.5 people
# died", where a blank is missing: behind a mark a new sentence begins, or the same one goes on with a small
# word.

MARK = r"\d{1,3}(?:[,–-]\d{1,3}){0,3}"
"""One mark, or some: "14,15", "3–5"."""

_NOTE = pattern("digits", "footnote")
_BEHIND = re.compile(r"(?P<word>[^\W\d_]{1,30})[)”\"’]{0,2}(?:[.!?][)”\"’]{0,2}|(?P<comma>,)[”\"’]?)\Z")
_NEXT = re.compile(r"\s*(\S)")
_MARKDOWN = re.compile(r"\d{1,3}(?=\])")


@cache
def _abbreviated() -> frozenset[str]:
    return frozenset(word.lower() for row in load("abbreviations") for word in row["words"])


def note_mark(text: str, place: int) -> int | None:
    """Where the mark ends that begins with the digit at `place`; None where these digits are none."""
    if text[max(0, place - 2) : place] == "[^":
        found = _MARKDOWN.match(text, place)
        return None if found is None else found.end()
    found = _NOTE.match(text, place)
    before = None if found is None else _BEHIND.search(text, max(0, place - 36), place)
    if found is None or before is None:
        return None
    behind = _NEXT.match(text, found.end())
    goes_on = behind is not None and behind[1].islower()
    if (before["comma"] is not None) != goes_on or before["word"].lower() in _abbreviated():
        return None
    plain = len(before["word"]) > 2 and before["word"][-1].islower()
    return found.end() if plain else None


# ----------------------------------------------------------------------------------------------------
# Stretches of text that hold digits and no quantity: links, document and phone numbers, times, addresses.
#
# Set phrases come from `data/not_quantities.toml` ("9/11", "one by one").

_LINK = pattern("masks", "link")
_DOCUMENT = re.compile(r"(?<![\w/])[A-Z]{1,6}(?:/[A-Z0-9.]{1,12}){1,6}(?![\w/])")
# Each pattern below is tried at the start of a run of digits, those in _LED one character before it too.
_PHONE = re.compile(
    r"(?:\+\d{1,3}[ .-]?(?:\(\d{1,5}\)[ .-]?)?|\(\d{2,5}\)[ .-]?)\d{1,5}(?:[ ./-]\d{2,8}){1,5}(?!\d)"
    r"|(?<![\d-])\d{3}[-.]\d{3}[-.]\d{4}(?![\d-])"
    r"|(?<![\d-])\d{3,12}(?:-\d{3,12}){2,5}(?![\d-])"
    r"|\b0\d{2,4}[ -]\d{3,4}[ -]\d{3,4}\b"
)
_PHONE_BEHIND_CUE = re.compile(r"\d[\d ().-]{5,20}\d")
_CATALOGUE = re.compile(r"(?<![\w-])\d{2}-\d{5}(?![\w-])(?:[ ]\([EFSACR]\))?")
_PAGE = re.compile(r"(?<![\w,.])\d{1,3}(?:/\d{1,3})?(?=\s{1,6}\d{2}-\d{5}(?![\w-]))")
_PAGE_BEHIND = re.compile(r"\d{1,3}(?:/\d{1,3})?(?=\s|\Z)")
_SYMBOL_BEFORE = re.compile(r"(?<![\w-])\d{2}-\d{5}[ \n]{1,3}\Z")
_CLOCK = pattern("masks", "clock")
_DATE = re.compile(
    r"(?<![\d-])\d{4}-\d{2}-\d{2}(?:T[\d:.]{4,18}Z?)?(?![\d-])"
    r"|(?<![\d./])\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}(?![\d./])"
)
_RATIO = re.compile(r"(?<![\d:.,/])\d{1,4}:\d{1,4}(?![\d:]|[.,]\d)")
_VERSION = re.compile(
    r"(?<![\w.])(?!\d{1,3}(?:\.\d{3}){2,4}[ ](?:[a-z]{3,}|[€£$]))"  # "1.000.000 euros"
    r"v?\d{1,5}(?:\.\d{1,5}){2,5}(?![\w.,]\d|\w)"
)
_CAPITALS = 6
_PAIR = re.compile(r"(?<![\w/.,$€£-])(\d{1,4})/(\d{1,4})(?![\w/]|[.,]\d)")
_PAIR_LABEL = pattern("masks", "pair with a slash")
_ENCODED_BEFORE = re.compile(r"(?<![\w.])[A-Za-z_][\w.,()-]{0,60}\Z")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}(?:[\w.,()-]{0,30}%[0-9A-Fa-f]{2}){1,500}[\w.-]{0,30}")
_LONG = re.compile(rf"\d{{{MAX_DIGITS + 1},}}+|(?=[\d{POINT}]{{{MAX_DIGITS + 2}}})\d++[{POINT}]\d++")
_UNEQUAL_BEFORE = re.compile(r"(?:<>|!=|≠|=/=)[ ]?\Z")
_PLAIN_NUMBER = re.compile(rf"\d++(?:[{POINT},]\d++)*")
_NUMBERED = re.compile(r"(\d{1,3})(?:[.)](?=\D)|\])")
_SAID_OF_NUMBER = pattern("number_names", "said of a number")
_LINE_BEFORE = re.compile(r"(?:^|(?<=\n))[ \t]{0,8}(?:[-–•*][ \t]?)?\(?\Z")
_AT_DIGITS: tuple[tuple[re.Pattern[str], str, MentionKind, str], ...] = (
    (_PHONE, "phone number", "ordinal", "label.phone"),
    (_CATALOGUE, "reference number", "ordinal", "label.catalogue"),
    (_PAGE, "page number", "ordinal", "label.page"),
    (_DATE, "date", "date", "label.date"),
    (_CLOCK, "time of day", "time", "label.time"),
    (_RATIO, "ratio", "ordinal", "label.ratio"),
    (_VERSION, "version or address number", "ordinal", "label.version"),
    (pattern("masks", "address"), "address", "ordinal", "label.address"),
)
# Digits before a small word that begins none of "a.m.", "rue", "via": no row of _AT_DIGITS matches.
_PLAIN = re.compile(r"\d{1,6}[ ][b-nqs-uw-z]")
_LED = {"+": _PHONE, "(": _PHONE, "v": _VERSION}


def no_claim(
    text: str,
    start: int,
    end: int,
    reason: str,
    *,
    rule: str,
    kind: MentionKind = "ordinal",
    value: Decimal | None = None,
) -> Mention:
    """A mention that is not a claim."""
    return Mention(
        start=start, end=end, text=text[start:end], kind=kind, value=value, low=value, high=value,
        status="not_claim", reason=reason, rule=rule,
    )  # fmt: skip


def find_masked(text: str, places: Scan) -> Iterator[Mention]:
    """The stretches as mentions that are no claims; they may overlap each other, set phrases come first."""
    yield from _set_phrases(text, places)
    if "://" in text or "www." in text or "@" in text or "#" in text:
        yield from _with_digits(_LINK, text, "link or handle", "label.link")
    if "%" in text:
        yield from _encoded(text)
    if "/" in text:
        yield from _documents(text)
    if any(cue in text for cue in ("ISBN", "ISSN", "OCLC", "PMID", "PMC", "DOI", "doi")):
        yield from _with_digits(pattern("masks", "catalogue"), text, "reference number", "label.catalogue")
    for place in places.digits:
        yield from _at_digits(text, place)


def _documents(text: str) -> Iterator[Mention]:
    """Symbols of documents ("A/RES/70/1"), found by the stroke behind their first capitals."""
    last, at = 0, text.find("/")
    while at >= 0:
        start = at
        while start > max(last, at - _CAPITALS) and "A" <= text[start - 1] <= "Z":
            start -= 1
        found = _DOCUMENT.match(text, start) if start < at else None
        if found is not None:
            last = found.end()
            if any(map(str.isdigit, found[0])):
                yield no_claim(text, start, last, "document number", rule="label.document")
        at = text.find("/", max(at + 1, last))


def _encoded(text: str) -> Iterator[Mention]:
    """What is left of a link: "Seal_Team_17%2C_a_unit"."""
    for found in _ENCODED.finditer(text):
        led = _ENCODED_BEFORE.search(text, max(0, found.start() - 62), found.start())
        start = found.start() if led is None else led.start()
        if any(map(str.isdigit, text[start : found.end()])):
            yield no_claim(text, start, found.end(), "link or handle", rule="label.link")


def _at_digits(text: str, place: int) -> Iterator[Mention]:
    """What a run of digits that starts at `place` is part of."""
    plain = _PLAIN.match(text, place) is not None and text[place - 1 : place] not in _LED
    for mask, reason, kind, rule in () if plain else _AT_DIGITS:
        found = mask.match(text, place)
        if found is None and mask is _LED.get(text[place - 1 : place]):
            found = mask.match(text, place - 1)
        if found is not None:
            yield no_claim(text, found.start(), found.end(), reason, kind=kind, rule=rule)
    if pattern("masks", "telephone").search(text, max(0, place - 16), place):
        called = _PHONE_BEHIND_CUE.match(text, place)
        if called is not None:
            yield no_claim(
                text, place - (text[place - 1] == "+"), called.end(), "phone number", rule="label.phone"
            )
    long = _LONG.match(text, place)
    if long is not None:
        yield no_claim(text, place, long.end(), "more digits than a number of anything", rule="label.digits")
    unequal = _UNEQUAL_BEFORE.search(text, max(0, place - 4), place) and _PLAIN_NUMBER.match(text, place)
    if unequal:
        yield no_claim(text, place, unequal.end(), "what it is not equal to", rule="label.unequal")
    note = note_mark(text, place)
    if note is not None:
        yield no_claim(text, place, note, "footnote mark", rule="label.note")
    pair = _pair(text, place)
    if pair is not None:
        yield pair
    numbered = _NUMBERED.match(text, place)
    if numbered and not _SAID_OF_NUMBER.match(text, numbered.end(1)) and _is_numbering(text, place, numbered):
        yield no_claim(text, place, numbered.end(1), "list numbering", rule="label.list")
    page = _PAGE_BEHIND.match(text, place)
    if page is not None and _SYMBOL_BEFORE.search(text, max(0, place - 12), place):
        yield no_claim(text, place, page.end(), "page number", rule="label.page")


def _pair(text: str, place: int) -> Mention | None:
    """ "resolution 70/1", "decision 55/2": two numbers with a stroke that make no fraction."""
    found = _PAIR.match(text, place)
    if found is None or int(found[1]) < int(found[2]):
        return None
    reason = "document number" if _PAIR_LABEL.search(text, max(0, place - 16), place) else "reference number"
    return no_claim(text, place, found.end(), reason, rule="label.pair")


def _is_numbering(text: str, place: int, found: re.Match[str]) -> bool:
    """Whether digits with a mark behind number something: "3.", "(3)" at a line's head, "[3]", "(3) the"."""
    mark, before = text[found.end(1)], text[place - 1 : place]
    if mark == "]":
        return before == "["
    if (
        before == "("
        and mark == ")"
        and found.end(1) - place == 1
        and text[found.end() : found.end() + 1] == " "
    ):
        return place < 2 or not (text[place - 2].isalnum() or text[place - 2] in "_)")
    return _LINE_BEFORE.search(text, max(0, place - 12), place) is not None


def _set_phrases(text: str, places: Scan) -> Iterator[Mention]:
    last = 0
    for place, key in places.phrases:
        for back in _offsets()[key]:
            found = _phrases()[key].match(text, place - back) if place - back >= last else None
            row = None if found is None else _row_of(found[0].replace("- ", "-"))
            if found is not None and row is not None and not _counts_here(text, found.end(), row):
                yield no_claim(text, found.start(), found.end(), row["reason"], rule="label.phrase")
                last = found.end()
                break


def _counts_here(text: str, end: int, row: Row) -> bool:
    """Whether a word behind a set phrase makes it a count: "in half of the cases"."""
    return any(text.startswith(f" {word} ", end) for word in row.get("not_before", ()))


def _with_digits(pattern: re.Pattern[str], text: str, reason: str, rule: str) -> Iterator[Mention]:
    for found in pattern.finditer(text):
        if any(map(str.isdigit, found[0])):
            yield no_claim(text, found.start(), found.end(), reason, rule=rule)


@cache
def _phrase_rows() -> dict[str, Row]:
    return {phrase: row for row in load("not_quantities") for phrase in row["phrases"]}


def _row_of(phrase: str) -> Row | None:
    return _phrase_rows().get(phrase) or _phrase_rows().get(phrase.lower())


@cache
def _offsets() -> dict[str, tuple[int, ...]]:
    return offsets(_phrase_rows())


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """The set phrases that a key word looks up, longest first."""
    of_key: dict[str, list[str]] = {}
    for phrase in sorted(_phrase_rows(), key=len, reverse=True):
        of_key.setdefault(key_of(phrase)[0].lower(), []).append(re.escape(phrase).replace(r"\-", "-[ ]?"))
    return {  # "zero- sum"
        key: re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w-])", re.IGNORECASE)
        for key, phrases in of_key.items()
    }


# ----------------------------------------------------------------------------------------------------
# The words "one" and "half" count only sometimes: "one hospital", not "no one"; not "half past".
#
# "one of the largest" stays a number with the reason "one of several".

_ALONE_BEHIND = pattern("ones", "alone behind")
_COUNT_BEFORE = pattern("ones", "count before")
_VERB_BEHIND = pattern("ones", "verb behind")
_APPENDED = re.compile(r"[,—–-]\s{1,3}\Z")
_NO = pattern("ones", "no")
_ONE_OF = pattern("ones", "one of")
_BOUNDED = pattern("ones", "bounded")
_SAID_OF = pattern("ones", "said of")
_ASKED = pattern("ones", "asked")
_ANOTHER = pattern("ones", "another")
_NO_DETERMINERS = frozenset({"is", "was", "that", "which", "only"})
_NEAR = 14


def read_one(text: str, start: int, end: int) -> Literal["count", "one of", "pronoun"]:
    """What the word "one" at start..end is: a count, one of several, or a pronoun ("one could say")."""
    if pattern("ones", "one in").match(text, end):
        return "count"
    low = max(0, start - _NEAR)
    if text.startswith(("'s ", "’s "), end):
        return "pronoun"  # "to one's ranks"
    if _ASKED.search(text, max(0, start - 8), start) and pattern("ones", "asked behind").match(text, end):
        return "pronoun"
    led = pattern("ones", "pronoun before").search(text, low, start)
    if _ONE_OF.match(text, end) and (led is None or led[0].split()[0].lower() in _NO_DETERMINERS):
        return "one of"
    if (led and pattern("ones", "pronoun behind").match(text, end)) or _NO.search(text, low, start):
        return "pronoun"
    if _ANOTHER.match(text, end) or pattern("ones", "such as").search(text, low, start):
        return "pronoun"  # "from one camp to another", "videos such as one showing a raid"
    appended = led is not None or _APPENDED.search(text, max(0, start - 4), start) is not None
    if appended and pattern("ones", "modified").match(text, end):
        return "pronoun"  # "an experience, one unknown to many"
    if pattern("ones", "subordinate").search(text, low, start) and _VERB_BEHIND.match(text, end):
        return "pronoun"
    alone = _ALONE_BEHIND.match(text, end) is not None and not _COUNT_BEFORE.search(text, low, start)
    return "pronoun" if alone and text[:start].strip() + text[end:].strip() else "count"


def is_share(text: str, start: int, end: int) -> bool:
    """Whether a fraction word is a share: "half of them", "by a quarter", not "half past"."""
    written = text[start:end].lower()
    behind = pattern("ones", "half behind").match(text, end) is not None
    before = pattern("ones", "half before").search(text, max(0, start - _NEAR), start) is not None
    if written == "half" and _BOUNDED.search(text, max(0, start - 16), start) and _SAID_OF.match(text, end):
        return True  # "more than half were located abroad"
    if written == "half":
        by = text.endswith(" by ", 0, start)  # "cut hunger by half well before"
        return by or (behind and (before or text.startswith(" of ", end)))
    if written in ("a half", "a quarter"):
        return behind or before
    return True


# ----------------------------------------------------------------------------------------------------
# Single numbers that say which, not how many: labels, names, model numbers, years, scores.
#
# They stay in the ledger as mentions with status `not_claim` and a reason. A number that only names
# (Article 51, MiG-29, Room 12) has the kind `ordinal`: like "the second", it tells one thing from others.

_GLUED_BEFORE = re.compile(r"(?<!\d)[^\W\d_]{1,20}[-–−'’.+]?\Z|(?<=\d)[^\W\d_]{1,20}\Z|(?<=\w)\+\Z|_\Z")
_GLUES = "-–−'’.+_"
_MODEL_TAIL = re.compile(r"-\d{1,4}[A-Z]{1,4}(?!\w)")  # the end of "777-200LR"
_SECOND = re.compile(r"-(\d{1,4})")
_WHOLE_TOKEN = re.compile(r"\w[\w.-]{0,40}")
_WORD_BEFORE = re.compile(r"([\w’'&.+/-]+)[ \u00a0]\Z")
_ARTICLE_OF_NAME = re.compile(r"[a-z]{2,3}-[A-Z]")  # "al-Noura"
_NAMES_BEFORE = pattern("number_names", "names before")
_PLACED = pattern("number_names", "placed")
_LIST = 250  # characters of a sentence before a name in which a list has counted
_COUNTING = re.compile(r"\d[\d,.]*\s[a-z]{2,}")
_SERIES = pattern("number_names", "series")
_SCORE_CUE = pattern("number_names", "score cue")
_YEAR_CUE = pattern("number_names", "year cue")
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
    led = not capital and _LED_PERIOD.search(text, max(0, start - _LONGEST), start) is not None
    if reason == "name" and (led or (value >= _GROUPED and "," in text[start:end])):
        return None  # "last year 213", "by the turn of the year 58,270"
    if reason is not None and (digits or capital or lower in _WORD_LABELS):
        if lower in _LABELS_IN_CAPITALS and not capital:
            return None
        if (capital and inside) or counted is None or lower in _ALWAYS_LABELS:
            return reason
    if word == lower or not plain or not digits or value >= 10000:
        return None
    if lower in words_of("sentence openers") or lower.rpartition("-")[2] in words_of("calendar names"):
        return None
    ended = word.endswith(".") and len(word) > _SHORTENED and lower.rstrip(".") not in _abbreviated()
    if (ended and counted is not None) or (value >= _GROUPED and "," in text[start:end]):
        return None  # "declared over on 10 June. 139 people fell ill", "By the New Year 3,140 lived there"
    return _named(text, found.start(), end, word, counted, inside)


_SCORE = re.compile(r"\D?\d{1,2}[-–]\d{1,2}(?![\w-])")
_SHORTENED = 3  # letters and the point of what may be an abbreviation
_GROUPED = 1000
_LED_PERIOD = pattern("number_names", "led period")
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


def _named(text: str, start: int, end: int, word: str, counted: str | None, inside: bool) -> str | None:
    """Whether a capitalised word and a number are a name: "Boeing 737", not "In Homs 12 people", "Tarn's 5-0
    win", "beat Oren 5-1"."""
    if word.endswith(("'s", "’s")) or _SCORE.match(text, max(0, end - 2), end + 4):
        return None
    if word[0].islower() and _ARTICLE_OF_NAME.match(word) is None:
        return "name"
    if not inside:
        return None if counted is not None or word.endswith(("ing", "ly")) else "name"
    placed = _PLACED if _CAPITAL_BEHIND.match(text, end) else pattern("number_names", "preposition")
    names = _NAMES_BEFORE.search(text, max(0, start - 50), start)  # "At Hawker's | Ridge 12 soldiers died"
    name = start if names is None else names.start()
    if counted is not None and placed.search(text, max(0, name - 9), name):
        return None
    return None if _is_listed(text, name, start, end, word) else "name"


def _is_listed(text: str, name: int, start: int, end: int, word: str) -> bool:
    """Whether a name and a number are of a list that counts: "won 206 seats, the CDU 152 and the FDP 29"."""
    far = max(0, name - _LIST)
    said = text[max(far, *(text.rfind(stop, far, name) for stop in ("\n", ". ", "! ", "? "))) : name]
    if f"{word} " in said:
        return False  # "Apollo 11, Apollo 12 and Apollo 13"
    if pattern("number_names", "list link").search(said) is not None and _COUNTING.search(said) is not None:
        return pattern("number_names", "list end").match(text, end) is not None
    return pattern("number_names", "list opens").match(text, end) is not None


def continues_label(text: str, label: Mention, end: int, start: int) -> bool:
    """Whether a number goes on with the label before it: "Articles 3, 5 and 7"."""
    return _SERIES.fullmatch(text, label.end, start) is not None and counted_noun(text, end) is None


_YEAR_IN_BRACKETS = re.compile(r"\s{1,2}\((?:(?:19|20)\d\d|[IVXL]{1,7}|[SE]-[IVXL]{1,7})\)")


def of_resolutions(text: str, start: int, end: int) -> bool:
    """Whether a year or session in brackets behind and a word before number a resolution: "resolutions 822
    (1993) and 2232 (XXI)"."""
    if _YEAR_IN_BRACKETS.match(text, end) is None:
        return False
    return pattern("number_names", "resolutions").search(text, max(0, start - 120), start) is not None


def _starts_sentence(text: str, start: int) -> bool:
    return pattern("number_names", "sentence start").search(text, max(0, start - 6), start) is not None


def is_year(text: str, start: int, end: int, value: Decimal, counted: str | None) -> bool:
    """Whether four digits alone are a year: 2011 in "the war of 2011", not in "2011 people"."""
    if end - start != 4 or not text[start:end].isdigit() or not 1500 <= value < 2200:
        return False
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return True
    if counted is not None:
        recent = 1900 < value <= 2100 and value != 2000
        if recent and (counted in words_of("things of a year") or _titles(text, start, end)):
            return True
        return pattern("number_names", "firm year cue").search(text, max(0, start - 12), start) is not None
    return value >= 1700 or _YEAR_CUE.search(text, max(0, start - 12), start) is not None


_LINE_START = re.compile(r"(?:^|\n|[*•|][ ])[ ]{0,3}\Z")


def _titles(text: str, start: int, end: int) -> bool:
    """Whether four digits lead a name or are an attribute: "* 2015 Ramadan attacks", "a 2005 report"."""
    if pattern("number_names", "before the year of a thing").search(text, max(0, start - 24), start):
        return True
    head = _LINE_START.search(text, max(0, start - 6), start) is not None
    return head and _CAPITAL_BEHIND.match(text, end) is not None


_CRAFT = pattern("number_names", "craft")
_MODEL_NAME = re.compile(r"[ ][A-Z][a-z]{3,20}(?![\w'’-])(?![ ][a-z]{2,20}s\b)")


def names_model(text: str, start: int, end: int, value: Decimal, counted: str | None) -> bool:
    """Whether digits with an article and a name behind are a model: "the 787 Dreamliner"."""
    if not 100 <= value < 10000 or not text[start:end].isdigit():
        return False
    if pattern("number_names", "new").search(text, max(0, start - 12), start) and _CRAFT.match(text, end):
        return True  # "its new 787 aircraft": as many would be "787 new aircraft"
    if counted is not None:
        return False
    behind = _MODEL_NAME.match(text, end)
    if behind is None or behind[0].strip().lower() in words_of("calendar names"):
        return False
    return pattern("number_names", "model lead").search(text, max(0, start - 12), start) is not None


_ACTS = pattern("number_names", "acts")


def names_unit(text: str, start: int, end: int, counted: str | None) -> bool:
    """Whether digits before a unit's name number it: "819 Squadron", "21 Electronic Warfare Regiment"."""
    named = pattern("number_names", "unit name").match(text, end) if text[start:end].isdigit() else None
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
    if pattern("number_names", "body of so many").search(text, max(0, start - _LONGEST), start):
        return True
    before = _WORD_BEFORE.search(text, max(0, start - _LONGEST), start)
    word = "" if before is None else before[1]
    if word[:1].isupper() and word.lower() not in words_of("sentence openers"):
        return True
    return _CAPITAL_BEHIND.match(text, end) is not None
