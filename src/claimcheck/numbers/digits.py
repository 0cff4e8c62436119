"""Numbers written in digits: every separator, fractions, powers, and the letters that scale them.

A literal keeps what its digits say about its precision: `step` is the unit of its last significant
digit ("390,000" has 10000, "1.30" has 0.01). Zeros at the end of a whole number are not significant,
zeros behind the point are. All scripts' decimal digits are read (`\\d`), because `Decimal` reads them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from claimcheck.lexicon import pattern, written

_COMMA, POINT = ",，٬", ".．٫"
_SPACE = "\u00a0\u2007\u2009\u202f"
_MINUS = r"−\-"
VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒↉"
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")
MAX_DIGITS = 24  # a longer run of digits is a key or a checksum, not a number of anything

_AFTER_DECIMALS = written("digits", "after decimals")
# Bounded repeats: a megabyte of commas and digits stays linear.
_GROUPED = rf"""
      \d{{1,3}}(?:[ ],[ ]\d{{3}}){{1,4}}+(?![\d,])                                # 80 , 000 in tokenised text
    | (?<=[$€£][ ])\d{{1,4}}[ ]\.[ ]\d{{2}}(?!\d)                                      # $ 63 . 45
    | \d{{1,3}}[ ]\.[ ]\d{{1,4}}(?=[ ](?:%|{_AFTER_DECIMALS}))     # 6 . 2 %
    | \d{{1,3}}(?:[{_COMMA}]\d{{3}}){{1,6}}+(?![{_COMMA}]?\d)(?:[{POINT}]\d++)?   # 1,234,567.89
    | \d{{1,2}}(?:[{_COMMA}]\d{{2}}(?=[{_COMMA}])){{1,5}}+[{_COMMA}]\d{{3}}(?!\d)(?:[{POINT}]\d++)?
    | \d{{1,3}}(?:\.\d{{3}}){{1,6}}+,\d{{1,2}}(?!\d)                                # 1.234,56
    | \d{{1,3}}(?:\.\d{{3}}){{2,6}}+(?![.]?\d)                                      # 1.234.567
    | (?!0)\d{{1,3}}(?:(?:[{_SPACE}'’]\d{{3}}){{1,6}}+|(?:[ ]\d{{3}}){{1,6}}+(?![^\W\d_]))
        (?![ {_COMMA}]?\d)(?:[{POINT}]\d++)?                                      # 1 234 567.89
    | (?<!\d,)\d{{1,12}}+,\d{{1,2}}(?![\d{_COMMA}])       # 1,5 as the Continent writes it
    | \d++(?:[{POINT}]\d++)?
    | (?<![\w{POINT}])[{POINT}]\d++                                               # .25
"""
LITERAL = rf"""
    (?P<num>(?<!\d)(?:{_GROUPED}))
    (?:
        (?P<th>(?:st|[ ]?(?-i:nd|rd|th)|nd|rd|th)(?!\w))
      | [ ]?(?P<vulgar>[{VULGAR}])
      | [ ]{{1,2}}(?P<mixed>\d{{1,3}}(?:[/⁄]\d{{1,3}}|[ ]/[ ](?:2|3|4|8|16|32))(?![\w/]))
      | [/⁄](?P<over>\d{{1,4}})(?![\w/])
      | [ ]/[ ](?P<apart>2|3|4|8|16|32)(?![\w/]|[.,]\d)                             # 1 / 4 point
      | [ ]?[x×*·][ ]?(?P<base>\d{{1,4}})
        (?P<power>\^[+{_MINUS}]?\d{{1,3}}|[{_MINUS}–]\d{{1,2}}|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}})(?!\w)
      | \^(?P<raised>[+{_MINUS}]{{0,2}}\d{{1,2}})(?!\w)
      | (?P<exponent>(?-i:e[+{_MINUS}]?|E[+{_MINUS}])\d{{1,3}})(?!\w)
    )?
  | (?P<alone>[{VULGAR}])
"""
SCALE_LETTERS = {
    "k": 3,
    "K": 3,
    "mn": 6,
    "mln": 6,
    "mil": 6,
    "mio": 6,
    "MM": 6,
    "bn": 9,
    "Bn": 9,
    "bln": 9,
    "tn": 12,
    "trn": 12,
    "tln": 12,
    "trln": 12,
    "mm": 6,
    "BN": 9,
    "MN": 6,
    "M": 6,
    "B": 9,
    "b": 9,
    "m": 6,
    "T": 12,
    "t": 12,
    "hundred": 2,
    "thousand": 3,
    "lakh": 5,
    "million": 6,
    "crore": 7,
    "billion": 9,
    "trillion": 12,
}
_LETTERS = pattern("digits", "scale")
_MONEY_BEHIND = pattern("digits", "money behind")
_CODE_BEFORE = re.compile(r"(?:[^\W\d_]{1,4}[$€£]?|[$€£])[ =]?\Z")
_THINGS_BEHIND = pattern("digits", "things behind")


@dataclass(frozen=True, slots=True)
class Literal:
    """A number in digits: its value, the unit of its last significant digit, and what stands behind it."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    ordinal: bool = False
    exact: bool = False  # a fraction or a power: its digits say nothing about precision
    scale: Decimal = Decimal(1)


def significant_step(value: Decimal) -> Decimal:
    """The unit of the last significant digit of a whole number: 390,000 gives 10000, 765 gives 1."""
    if value == 0 or value != value.to_integral_value():
        return Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def tidy(value: Decimal) -> Decimal:
    """The same value without the zeros that arithmetic leaves; whole numbers without an exponent."""
    if value == value.to_integral_value() and value.adjusted() <= MAX_DIGITS:
        return value.quantize(Decimal(1))
    return value.normalize()


def _plain_number(written: str) -> tuple[Decimal, Decimal]:
    """The value of digits with separators, and the unit of the last significant one."""
    text = re.sub(f"[ '’{_SPACE}]", "", written)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", text) or re.fullmatch(r"\d{1,12},\d{1,2}", text):
        text = text.replace(".", "").replace(",", ".")
    elif text.count(".") > 1:
        text = text.replace(".", "")
    text = re.sub(f"[{_COMMA}]", "", text)
    text = re.sub(f"[{POINT}]", ".", text)
    value = Decimal(text)
    places = len(text.partition(".")[2])
    return value, Decimal(1).scaleb(-places) if places else significant_step(value)


def _ratio(written: str) -> Decimal | None:
    above, _, below = written.replace("⁄", "/").partition("/")
    return Decimal(above) / Decimal(below) if Decimal(below) else None


def _vulgar(sign: str) -> Decimal:
    return _ratio(unicodedata.normalize("NFKC", sign)) or Decimal(0)


def _raise(base: Decimal, exponent: str) -> Decimal | None:
    signs = exponent.translate(_SUPER).removeprefix("^").replace("--", "")
    power = int(signs.lstrip("+-"))
    if power > 60 or abs(base) > 10**9:
        return None
    value = base**power
    if not value:
        return None
    return 1 / value if signs.startswith("-") else value


def read_literal(found: re.Match[str], text: str) -> Literal | None:
    """The literal that a match of `LITERAL` found, None where it is no number (1/0, a 40-digit key)."""
    if found["alone"]:
        return Literal(found.start(), found.end("alone"), _vulgar(found["alone"]), Decimal(1), exact=True)
    number = found["num"]
    if len(number) > 2 * MAX_DIGITS or sum(map(str.isdigit, number)) > MAX_DIGITS:
        return None
    value, step = _plain_number(number)
    start, end, exact = found.start("num"), found.end("num"), False
    part: Decimal | None = None
    if found["th"]:
        return Literal(start, found.end("th"), value, Decimal(1), ordinal=True)
    if found["vulgar"]:
        part = value + _vulgar(found["vulgar"])
    elif found["mixed"]:
        ratio = _ratio(found["mixed"])
        part = None if ratio is None or ratio >= 1 else value + ratio
    elif found["over"] or found["apart"]:
        below = found["over"] or found["apart"]
        part = _ratio(f"{value}/{below}")
        if part is None or part >= 1 or (value == 9 and below == "11"):
            return None if found["over"] else _scaled(text, Literal(start, end, value, step))
    elif found["base"]:
        times = _raise(Decimal(int(found["base"])), found["power"])
        part = None if times is None else value * times
    elif found["raised"]:
        part = _raise(value, found["raised"])
    elif found["exponent"]:
        part = value.scaleb(max(-200, min(200, int(found["exponent"][1:].translate(_SUPER)))))
    if part is not None:
        return Literal(start, found.end(), part, Decimal(1), exact=True)
    return _scaled(text, Literal(start, end, value, step, exact=exact))


def _scaled(text: str, plain: Literal) -> Literal:
    """The literal with the scale letters that stand behind it ("1.3m", "75k", "2bn"), where they scale.

    A lone letter is a scale only where money stands before it ("€10M") or counted things behind it
    ("900m barrels", "4.3M sales"): "100m" is a distance.
    """
    behind = _LETTERS.match(text, plain.end)
    if behind is None:
        return plain
    letters, spaced = behind[1], text[plain.end] == " "
    if spaced and len(letters) > 3:
        return plain  # "3 million" is put together from words
    if letters in ("m", "M", "B", "b", "T", "t", "mil", "MM", "mm") or spaced:
        money = _CODE_BEFORE.search(text, max(0, plain.start - 6), plain.start)
        is_money = money is not None and _is_money(money[0])
        things = letters in ("m", "M", "b", "mil") and not spaced and _THINGS_BEHIND.match(text, behind.end())
        free = (letters in ("b", "B", "mil") and not spaced) or (
            letters == "M" and spaced and not text[behind.end() : behind.end() + 1].isalnum()
        )
        spaced_letters = spaced and letters in ("mn", "mln", "bn", "bln", "tn", "trn", "trln", "tln")
        in_words = letters in ("m", "M", "b", "B") and _MONEY_BEHIND.match(text, behind.end())
        if not (
            in_words or (is_money and not (spaced and letters in "tT")) or things or free or spaced_letters
        ):
            return plain
        if letters == "t" and not is_money:
            return plain
    scale = Decimal(10) ** SCALE_LETTERS[letters]
    return Literal(plain.start, behind.end(1), plain.value * scale, plain.step * scale, scale=scale)


def _is_money(before: str) -> bool:
    sign = before.rstrip(" =")
    if sign and unicodedata.category(sign[-1]) == "Sc":
        return True
    return sign.isupper() and sign in (
        "RM",
        "PS",
        "EUR",
        "USD",
        "GBP",
        "INR",
        "CHF",
        "JPY",
        "AUD",
        "CAD",
        "Y",
        "RS",
    )
