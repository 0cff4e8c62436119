"""Stretches of text that hold digits and no quantity: links, document and phone numbers, times, addresses.

Set phrases come from `data/not_quantities.toml` ("9/11", "one by one").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from claimcheck.lexicon import Row, load, pattern
from claimcheck.model import Mention, MentionKind
from claimcheck.numbers.digits import MAX_DIGITS, POINT
from claimcheck.numbers.footnotes import note_mark
from claimcheck.numbers.scan import Scan, key_of, offsets

_LINK = pattern("masks", "link")
_DOCUMENT = re.compile(r"(?<![\w/])[A-Z]{1,6}(?:/[A-Z0-9.]{1,12}){1,6}(?![\w/])")
# Each pattern below is tried at the start of a run of digits, those in _LED one character before it too.
_PHONE = re.compile(
    r"(?:\+\d{1,3}[ .-]?(?:\(\d{1,5}\)[ .-]?)?|\(\d{2,5}\)[ .-]?)\d{1,5}(?:[ ./-]\d{2,8}){1,5}(?!\d)"
    r"|(?<![\d-])\d{3}[-.]\d{3}[-.]\d{4}(?![\d-])"
    r"|(?<![\d-])\d{3,12}(?:-\d{3,12}){2,5}(?![\d-])"
    r"|\b0\d{2,4}[ -]\d{3,4}[ -]\d{3,4}\b"
)
_PHONE_CUE = pattern("masks", "telephone")
_PHONE_BEHIND_CUE = re.compile(r"\d[\d ().-]{5,20}\d")
_CATALOGUE_CUE = pattern("masks", "catalogue")
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
_HOUSE = r"(?<![\w$€£.,/-])\d{1,5}"
_ADDRESS = pattern("masks", "address")
_POSTCODE = re.compile(r"\d{5}(?:-\d{4})?(?![\w.,-]\d|\w)")
_STATE_BEFORE = re.compile(r",[ ][A-Z]{2}[ ]\Z")  # "Austin, TX 78701"
_PAIR = re.compile(r"(?<![\w/.,$€£-])(\d{1,4})/(\d{1,4})(?![\w/]|[.,]\d)")
_PAIR_LABEL = pattern("masks", "pair with a slash")
_ENCODED_BEFORE = re.compile(r"(?<![\w.])[A-Za-z_][\w.,()-]{0,60}\Z")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}(?:[\w.,()-]{0,30}%[0-9A-Fa-f]{2}){1,500}[\w.-]{0,30}")
_LONG = re.compile(rf"\d{{{MAX_DIGITS + 1},}}+|(?=[\d{POINT}]{{{MAX_DIGITS + 2}}})\d++[{POINT}]\d++")
_UNEQUAL_BEFORE = re.compile(r"(?:<>|!=|≠|=/=)[ ]?\Z")
_SETTING_BEFORE = re.compile(r"\|[a-z]{3,14}=\Z")  # "|upright=1.2|"
_ORGAN_BEFORE = re.compile(r"(?<![\w-])[A-Z]{1,4}-\Z")  # "ES-11/4", of an emergency session
_SESSION = re.compile(r"\d{1,3}/\d{1,4}(?![\w/])")
_PLAIN_NUMBER = re.compile(rf"\d++(?:[{POINT},]\d++)*")
_NUMBERED = re.compile(r"(\d{1,3})(?:[.)](?=\D)|\])")
_LINE_BEFORE = re.compile(r"(?:^|(?<=\n))[ \t]{0,8}(?:[-–•*][ \t]?)?\(?\Z")
_AT_DIGITS: tuple[tuple[re.Pattern[str], str, MentionKind, str], ...] = (
    (_PHONE, "phone number", "ordinal", "label.phone"),
    (_CATALOGUE, "reference number", "ordinal", "label.catalogue"),
    (_PAGE, "page number", "ordinal", "label.page"),
    (_DATE, "date", "date", "label.date"),
    (_CLOCK, "time of day", "time", "label.time"),
    (_RATIO, "ratio", "ordinal", "label.ratio"),
    (_VERSION, "version or address number", "ordinal", "label.version"),
    (_ADDRESS, "address", "ordinal", "label.address"),
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
        yield from _with_digits(_CATALOGUE_CUE, text, "reference number", "label.catalogue")
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
    if _PHONE_CUE.search(text, max(0, place - 16), place):
        called = _PHONE_BEHIND_CUE.match(text, place)
        if called is not None:
            yield no_claim(
                text, place - (text[place - 1] == "+"), called.end(), "phone number", rule="label.phone"
            )
    postcode = _POSTCODE.match(text, place) if _STATE_BEFORE.search(text, max(0, place - 5), place) else None
    if postcode is not None:
        yield no_claim(text, place, postcode.end(), "address", rule="label.address")
    long = _LONG.match(text, place)
    if long is not None:
        yield no_claim(text, place, long.end(), "more digits than a number of anything", rule="label.digits")
    if text[max(0, place - 2) : place].strip()[-1:] in ("=", ">", "≠"):
        unequal = _UNEQUAL_BEFORE.search(text, max(0, place - 4), place)
        number = _PLAIN_NUMBER.match(text, place) if unequal is not None else None
        if number is not None:
            yield no_claim(text, place, number.end(), "what it is not equal to", rule="label.unequal")
        setting = _SETTING_BEFORE.search(text, max(0, place - 20), place) and _PLAIN_NUMBER.match(text, place)
        if setting:
            yield no_claim(text, place, setting.end(), "markup", rule="label.markup")
    note = note_mark(text, place)
    if note is not None:
        yield no_claim(text, place, note, "footnote mark", rule="label.note")
    pair = _pair(text, place)
    if pair is not None:
        yield pair
    session = _SESSION.match(text, place) if text[place - 1 : place] == "-" else None
    if session is not None:
        organ = _ORGAN_BEFORE.search(text, max(0, place - 6), place)
        if organ is not None:
            yield no_claim(text, organ.start(), session.end(), "document number", rule="label.document")
    numbered = _NUMBERED.match(text, place)
    if numbered is not None and _is_numbering(text, place, numbered):
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
