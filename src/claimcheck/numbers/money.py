"""Currencies before and behind a number: "US$", "EUR 125", "30 MUSD", "euros", "£", "19 cents", "164p".

The table is `data/currencies.toml`; the unit is the ISO 4217 code, or the plain name of a coin.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from claimcheck.lexicon import alternatives, load
from claimcheck.numbers.units import Unit

_COIN = re.compile(r"[pc¢](?![^\W_])")
_COIN_CODE = {"p": "penny", "c": "cent", "¢": "cent"}
_COMMON_WORDS = frozenset({"real", "won", "lei", "sen", "kip", "lira"})  # other words of English or of names
_COMMON_CODES = frozenset({"all", "try", "cup", "top", "ils", "lak"})


@dataclass(frozen=True, slots=True)
class _Table:
    """The currencies' signs and words with their codes, and the patterns that find them."""

    symbols: dict[str, str]
    words: dict[str, str]
    before: re.Pattern[str]
    scaled: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _table() -> _Table:
    symbols: dict[str, str] = {}
    words: dict[str, str] = {}
    codes: set[str] = set()
    for row in load("currencies"):
        symbols.update((symbol, row.id) for symbol in row["symbols"])
        words.update((word.lower().replace("-", " "), row.id) for word in row["words"])
        if row.id.isupper() and row.get("coded", True):
            codes |= {row.id, row.id.lower()}
            symbols[row.id] = row.id
    signs = [sign for sign in symbols if not sign[-1].isalnum()]
    behind = (
        rf"[ ]?(?P<sign>{alternatives(signs, '[ -]')})(?!\d|[ ]\d(?!\d?[ ]cents?\b))"
        rf"|[ ]?(?P<scale>[MBK](?=[A-Z]{{3}}))?(?P<code>{alternatives(codes, '[ -]')})(?![^\W_])"
        rf"|(?:-|[ ]-[ ]|\s{{1,3}})(?P<word>(?i:{alternatives(words, '[ -]')}))(?![^\W_])"
    )
    return _Table(
        symbols,
        words,
        re.compile(rf"(?<![^\W_])({alternatives(symbols, '[ -]')})[ ]?(-?)\Z"),
        re.compile(rf"(?<![^\W_])([MBK])({alternatives(codes, '[ -]')})[ ]?\Z"),
        re.compile(behind),
    )


@cache
def _never_before() -> dict[str, re.Pattern[str]]:
    """Currencies -> what stands behind where their word is a verb: "the 40 won the prize"."""
    rows = (row for row in load("currencies") if "not_before" in row.fields)
    return {row.id: re.compile(rf"[ ](?:\d|(?:{'|'.join(row['not_before'])})\b)") for row in rows}


def money_before(text: str, start: int) -> tuple[Unit, bool] | None:
    """The currency before a number in digits ("US$", "€ ", "EUR ") and whether a minus stands between."""
    last = text[start - 1 : start]
    if not last or not (last in " -=." or last.isalpha() or unicodedata.category(last) == "Sc"):
        return None
    found = _table().before.search(text, max(0, start - 10), start)
    if found is None or (found[1].isalpha() and (found[2] or _in_token(text, found.start()))):
        return None
    return Unit(found.start(1), _code_of(found[1]), "money"), bool(found[2])


def _code_of(sign: str) -> str:
    """The code of a sign however it is joined: "US-$" is "US$"."""
    return _table().symbols.get(sign) or _joined()[_bare(sign)]


@cache
def _joined() -> dict[str, str]:
    return {_bare(sign): code for sign, code in _table().symbols.items()}


def _bare(sign: str) -> str:
    return re.sub(r"[-\s]", "", sign)


def _in_token(text: str, start: int) -> bool:
    """Whether letters are the end of a name like "PLX-R18"."""
    return text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalnum()


def scaled_code_before(text: str, start: int) -> tuple[Unit, str] | None:
    """A code with its scale letter before a number: "MAUD 60" is 60 million Australian dollars."""
    if start < 4 or not (text[start - 1].isupper() or (text[start - 1] == " " and text[start - 2].isupper())):
        return None
    found = _table().scaled.search(text, max(0, start - 6), start)
    return None if found is None else (Unit(found.start(), found[2].upper(), "money"), found[1])


def money_behind(text: str, end: int, digits: bool) -> tuple[Unit, str] | None:
    """The currency behind a number ("euros", "€", "usd", "MUSD"), and the scale letter of its code."""
    coin = _COIN.match(text, end) if digits else None
    if coin is not None:
        return Unit(coin.end(), _COIN_CODE[coin[0]], "money"), ""
    found = _table().behind.match(text, end)
    if found is None or not (digits or found["word"]):
        return None
    if found["word"]:
        word = re.sub("[ -]+", " ", found["word"].lower())
        if word in _COMMON_WORDS and not (digits and found["word"].islower()):
            return None
        verb = _never_before().get(_table().words[word])
        if verb is not None and verb.match(text, found.end()) is not None:
            return None
        return Unit(found.end(), _table().words[word], "money"), ""
    if found["code"]:
        if found["code"] in _COMMON_CODES:
            return None
        return Unit(found.end(), found["code"].upper(), "money"), found["scale"] or ""
    return Unit(found.end(), _code_of(found["sign"]), "money"), ""
