"""Stretches of text that hold digits and no quantity: links, document and phone numbers, times, addresses.

Set phrases come from `data/not_quantities.toml` ("9/11", "one by one").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from claimcheck.lexicon import Row, load
from claimcheck.model import Mention, MentionKind
from claimcheck.numbers.word_lists import any_of

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]{1,2000}+"
    r"|[\w.+-]{1,64}+@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<![\w/])[@#][A-Za-z_]\w{0,60}"
)
_DOCUMENT = re.compile(r"(?<![\w/])[A-Z]{1,6}(?:/[A-Z0-9.]{1,12}){1,6}(?![\w/])")
_PHONE = re.compile(
    r"(?:\+\d{1,3}[ .-]?(?:\(\d{1,5}\)[ .-]?)?|\(\d{2,5}\)[ .-]?)\d{1,5}(?:[ ./-]\d{2,8}){1,5}(?!\d)"
    r"|(?<![\d-])\d{3}[-.]\d{3}[-.]\d{4}(?![\d-])"
    r"|(?<![\d-])\d{3,12}(?:-\d{3,12}){2,5}(?![\d-])"
    r"|\b0\d{2,4}[ -]\d{3,4}[ -]\d{3,4}\b"
)
_PHONE_CUE = re.compile(
    r"\b(?:tel|phone|telephone|fax|call|mobile|cell|hotline|whatsapp)\b[ .:]{0,3}(\+?\d[\d ().-]{5,20}\d)",
    re.IGNORECASE,
)
_CATALOGUE = re.compile(
    r"\b(?:ISBN|ISSN|OCLC|PMID|PMC|DOI|doi)(?:-1[03])?[: ]{0,3}(?:10\.)?[\dX][\dX./-]{4,40}"
    r"|(?<![\w-])\d{2}-\d{5}(?![\w-])(?:[ ]\([EFSACR]\))?"
)
_CLOCK = re.compile(
    r"(?<![\d:.])\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?!\d)(?:[ ]?[ap]\.?m\b\.?)?"
    r"|(?<![\d.:])\d{1,2}(?:\.\d{2})?[ ]?(?:a\.m\.|p\.m\.|(?:am|pm|AM|PM)\b)"
    r"|(?<![\d.])\d{1,2}[ ]?o['’]clock\b"
)
_DATE = re.compile(
    r"(?<![\d-])\d{4}-\d{2}-\d{2}(?:T[\d:.]{4,18}Z?)?(?![\d-])"
    r"|(?<![\d./])\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}(?![\d./])"
)
_VERSION = re.compile(r"(?<![\w.])v?\d{1,5}(?:\.\d{1,5}){2,5}(?![\w.,]\d|\w)")
_HOUSE = r"(?<![\w$€£.,/-])\d{1,5}"
_ADDRESS = re.compile(
    _HOUSE + r"[A-Za-z]?,?[ ](?:[NSEW]\.?[ ])?(?:(?:[A-Z][\w.'’-]{0,20}|\d{1,3}(?:st|nd|rd|th))[ ]){1,3}"
    rf"(?:{any_of('streets')})\b"
    r"|" + _HOUSE + r",?[ ](?:Ave|Avenue|Rue|Via|Calle|rue|via|avenue)\.?[ ][A-Z]\w+"
)
_ENUMERATION = re.compile(
    r"(?:^|(?<=\n))[ \t]{0,8}(?:[-–•*][ \t]?)?\(?(\d{1,3})[.)](?=\D)|\[(\d{1,3})\]|(?<![\w)])\((\d)\)(?=[ ])"
)
_MASKS: tuple[tuple[re.Pattern[str], str, MentionKind, str], ...] = (
    (_PHONE, "phone number", "ordinal", "label.phone"),
    (_PHONE_CUE, "phone number", "ordinal", "label.phone"),
    (_CATALOGUE, "reference number", "ordinal", "label.catalogue"),
    (_DATE, "date", "date", "label.date"),
    (_CLOCK, "time of day", "time", "label.time"),
    (_VERSION, "version or address number", "ordinal", "label.version"),
    (_ADDRESS, "address", "ordinal", "label.address"),
    (_ENUMERATION, "list numbering", "ordinal", "label.list"),
)


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


def find_masked(text: str) -> Iterator[Mention]:
    """The stretches as mentions that are no claims; they may overlap each other."""
    if "://" in text or "www." in text or "@" in text or "#" in text:
        yield from _with_digits(_LINK, text, "link or handle", "label.link")
    if "/" in text:
        yield from _with_digits(_DOCUMENT, text, "document number", "label.document")
    for pattern, reason, kind, rule in _MASKS:
        for found in pattern.finditer(text):
            group = found.lastindex or 0
            yield no_claim(text, found.start(group), found.end(group), reason, kind=kind, rule=rule)
    for found in _phrases().finditer(text):
        row = _phrase_rows().get(found[0]) or _phrase_rows().get(found[0].lower())
        if row is not None:
            yield no_claim(text, found.start(), found.end(), row["reason"], rule="label.phrase")


def _with_digits(pattern: re.Pattern[str], text: str, reason: str, rule: str) -> Iterator[Mention]:
    for found in pattern.finditer(text):
        if any(map(str.isdigit, found[0])):
            yield no_claim(text, found.start(), found.end(), reason, rule=rule)


@cache
def _phrase_rows() -> dict[str, Row]:
    return {phrase: row for row in load("not_quantities") for phrase in row["phrases"]}


@cache
def _phrases() -> re.Pattern[str]:
    phrases = sorted(_phrase_rows(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, phrases))})(?![\w-])", re.IGNORECASE)
