"""Numbers in digits and words, with their exact values: "1.3 million", "two-thirds", "the 21st".

Literals and number words become tokens, and the grammar makes one value of a run of them. No qualifier, unit
or noun is read here. Where a text can hold a number at all, one cheap pass says.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from claimcheck.lexicon import load, pattern, written
from claimcheck.model import Mention, Span, replace

# ----------------------------------------------------------------------------------------------------
# Numbers written in digits: every separator, fractions, powers, and the letters that scale them.
#
# A literal keeps what its digits say about its precision: `step` is the unit of its last significant digit
# ("390,000" has 10000, "1.30" has 0.01). Zeros at the end of a whole number are not significant, zeros
# behind the point are. All scripts' decimal digits are read (`\d`), because `Decimal` reads them.

_COMMA, POINT = ",，٬", ".．٫"
_SPACE = "\u00a0\u2004-\u200a\u202f\u205f"
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
    "k": 3, "K": 3, "mn": 6, "mln": 6, "mil": 6, "mio": 6, "MM": 6, "mm": 6, "MN": 6, "M": 6, "m": 6,
    "bn": 9, "Bn": 9, "BN": 9, "bln": 9, "B": 9, "b": 9, "tn": 12, "trn": 12, "tln": 12, "trln": 12,
    "T": 12, "t": 12, "hundred": 2, "thousand": 3, "lakh": 5, "million": 6, "crore": 7, "billion": 9,
    "trillion": 12,
}  # fmt: skip
_MONEY_CODES = frozenset({"RM", "PS", "EUR", "USD", "GBP", "INR", "CHF", "JPY", "AUD", "CAD", "Y", "RS"})
_LETTERS = pattern("digits", "scale")
_MONEY_BEHIND = pattern("digits", "money behind")
_CODE_BEFORE = re.compile(r"(?:[^\W\d_]{1,4}[$€£]?|[$€£])[ =]?\Z")
_THINGS_BEHIND = pattern("digits", "things behind")


@dataclass(frozen=True, slots=True)
class NumberLiteral:
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


def read_literal(found: re.Match[str], text: str) -> NumberLiteral | None:
    """The literal that a match of `LITERAL` found, None where it is no number (1/0, a 40-digit key)."""
    if found["alone"]:
        return NumberLiteral(
            found.start(), found.end("alone"), _vulgar(found["alone"]), Decimal(1), exact=True
        )
    number = found["num"]
    if len(number) > 2 * MAX_DIGITS or sum(map(str.isdigit, number)) > MAX_DIGITS:
        return None
    value, step = _plain_number(number)
    start, end, exact = found.start("num"), found.end("num"), False
    part: Decimal | None = None
    if found["th"]:
        return NumberLiteral(start, found.end("th"), value, Decimal(1), ordinal=True)
    if found["vulgar"]:
        part = value + _vulgar(found["vulgar"])
    elif found["mixed"]:
        ratio = _ratio(found["mixed"])
        part = None if ratio is None or ratio >= 1 else value + ratio
    elif found["over"] or found["apart"]:
        below = found["over"] or found["apart"]
        part = _ratio(f"{value}/{below}")
        if part is None or part >= 1 or (value == 9 and below == "11"):
            return None if found["over"] else _scaled(text, NumberLiteral(start, end, value, step))
    elif found["base"]:
        times = _raise(Decimal(int(found["base"])), found["power"])
        part = None if times is None else value * times
    elif found["raised"]:
        part = _raise(value, found["raised"])
    elif found["exponent"]:
        part = value.scaleb(max(-200, min(200, int(found["exponent"][1:].translate(_SUPER)))))
    if part is not None:
        return NumberLiteral(start, found.end(), part, Decimal(1), exact=True)
    return _scaled(text, NumberLiteral(start, end, value, step, exact=exact))


def _scaled(text: str, plain: NumberLiteral) -> NumberLiteral:
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
    return NumberLiteral(plain.start, behind.end(1), plain.value * scale, plain.step * scale, scale=scale)


def _is_money(before: str) -> bool:
    sign = before.rstrip(" =")
    if sign and unicodedata.category(sign[-1]) == "Sc":
        return True
    return sign in _MONEY_CODES


# ----------------------------------------------------------------------------------------------------
# Number words and digit literals as tokens, in runs that may make a number together.
#
# Words come from `data/number_words.toml`. "a" and "an" belong to what they multiply ("a hundred") and to a
# share ("a third").

Class = Literal[
    "literal", "unit", "teen", "ten", "hundred", "scale", "dozen", "ordinal", "part", "point", "fold"
]

_GAP = pattern("digits", "gap")
_ARTICLE = written("digits", "article of a number")
_POINT = written("digits", "point")
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Token:
    kind: Class
    start: int
    end: int
    value: Decimal
    plural: bool = False
    step: Decimal = Decimal(1)
    scale: Decimal = Decimal(1)
    exact: bool = False
    article: bool = False
    bare_start: int = 0  # where the word itself starts, behind its article


@cache
def number_words() -> dict[str, tuple[Class, Decimal, bool]]:
    """Every number word with its class, value, and whether it is a plural."""
    table: dict[str, tuple[Class, Decimal, bool]] = {}
    for row in load("number_words"):
        value = Decimal(row["value"])
        for word in row["cardinal"]:
            table[word] = (row["kind"], value, word.endswith("s") and word not in ("doz",))
            if row["kind"] in ("unit", "teen", "ten", "hundred") and value > 1:
                table[word + "fold"] = ("fold", value, False)
        for word in row.get("ordinal", ()):
            table[word] = ("ordinal", value, False)
            if word not in ("first", "second"):
                table[word + "s"] = ("part", value, True)
        for word in row.get("denominator", ()):
            table[word] = ("part", value, word == "halves")
            if word == "quarter":
                table["quarters"] = ("part", value, True)
    table["firsts"] = ("part", Decimal(1), True)
    table["point"] = ("point", Decimal(0), False)
    return table


@cache
def _counting() -> dict[str, frozenset[str]]:
    """Words that are numbers only before what they count -> the plurals before which they are none."""
    rows = (row for row in load("number_words") if "counts" in row.fields)
    return {word: frozenset(row["counts"]) for row in rows for word in row["cardinal"]}


_MULTIPLIED = ("hundred", "scale", "dozen")
_ANOTHER = pattern("digits", "another")  # "another dozen" is twelve, as "a dozen" is
_COUNTED = pattern("digits", "counted")


def _counts(text: str, end: int, none: frozenset[str]) -> bool:
    """Whether a word like "score" multiplies: "three score villagers", "three score and ten"."""
    more = pattern("digits", "and more").match(text, end)
    if more is not None:
        word = next(iter(text[more.end() : more.end() + _LONGEST_WORD].split()), "")
        return number_words().get(word.rstrip(".,;:"), ("", 0, False))[0] in ("unit", "teen")
    found = _COUNTED.match(text, end)
    return found is not None and found[1] not in none


def word_table(words: Iterable[str]) -> str:
    """A piece of a pattern that matches each word, longest first, by first letter to fail fast."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in sorted(by_letter.items()))


@cache
def _token_pattern() -> re.Pattern[str]:
    """Literals, number words, and "a" or "half" before what they multiply."""
    words = [word for word in number_words() if word != "point"]
    table = word_table(words)
    return re.compile(
        rf"(?:{LITERAL})|(?<![^\W_])(?:(?P<article>{_ARTICLE})"
        rf"|{_POINT}"
        rf"|(?P<word>{table})(?![^\W_]))",
        re.IGNORECASE | re.VERBOSE,
    )


_ARTICLE_BEFORE = re.compile(r"(?<![^\W_])[aA][nN]?(?:[ ]{1,3}|-)\Z")


def _found(text: str, start: int, end: int, places: Sequence[int] | None) -> Iterator[re.Match[str]]:
    """The matches of the token pattern; only at `places` (starts of digits and number words) where given."""
    pattern = _token_pattern()
    if places is None:
        yield from pattern.finditer(text, start, end)
        return
    last = start
    for place in places:
        if place < last:
            continue
        before = text[place - 1] if place > last else ""
        if before and before in POINT:
            found = pattern.match(text, place - 1, end)
            if found is not None:
                yield found
                last = found.end()
                continue
        elif before in (" ", "-"):
            led = _ARTICLE_BEFORE.search(text, max(last, place - 5), place)
            article = None if led is None else pattern.match(text, led.start(), end)
            if article is not None:
                yield article
        found = pattern.match(text, place, end)
        if found is not None:
            yield found
            last = found.end()


def token_runs(text: str, start: int, end: int, places: Sequence[int] | None = None) -> Iterator[list[Token]]:
    """Runs of number words and literals that only spaces, hyphens, commas or "and" separate.

    `places` are the starts of the digits and number words between the offsets, where they are known.
    """
    run: list[Token] = []
    article: re.Match[str] | None = None
    for found in _found(text, start, end, places):
        if found["article"]:
            article = found
            continue
        near = article is not None and article.end() == found.start()
        token = _token(found, text, article.start() if article is not None and near else None)
        article = None
        if token is None:
            continue
        if run and (len(run) > 40 or _GAP.fullmatch(text, run[-1].end, token.start) is None):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _token(found: re.Match[str], text: str, article: int | None) -> Token | None:
    if found["point"]:
        return Token("point", found.start(), found.end(), Decimal(0))
    if found["word"]:
        word = found["word"].lower()
        if word in _counting() and not _counts(text, found.end(), _counting()[word]):
            return None
        kind, value, plural = number_words()[word]
        begin = found.start() if article is None else article
        counts_one = article is not None or (
            kind in _MULTIPLIED and not plural and _ANOTHER.search(text, max(0, begin - 9), begin) is not None
        )
        return Token(kind, begin, found.end(), value, plural, article=counts_one, bare_start=found.start())
    literal = read_literal(found, text)
    if literal is None:
        return None
    kind = "ordinal" if literal.ordinal else "literal"
    return Token(
        kind, literal.start, literal.end, literal.value, False, literal.step, literal.scale, literal.exact
    )


# ----------------------------------------------------------------------------------------------------
# The grammar of English numbers: how tokens make one value.
#
# Cardinals with their groups ("two million three hundred thousand"), hundreds, decimals behind "point",
# fractions and mixed numbers, ordinals. What cannot be said as one number ends where it starts to be two.

_OF_BEHIND = pattern("number_surroundings", "of behind a fraction")
_THE_BEFORE = pattern("number_surroundings", "the before")
_SHARE_BEHIND = pattern("number_surroundings", "behind a share")


@dataclass(slots=True)
class Parsed:
    """A number under construction: tokens i..j, its value and the scale of its last part."""

    j: int
    value: Decimal
    scale: Decimal = Decimal(1)
    step: Decimal | None = None
    tail: Decimal = Decimal(0)  # the part behind the last "and", for "four hundred and nineteen hundredths"
    ordinal: bool = False
    exact: bool = False
    fraction: bool = False


class Grammar:
    """Reads one run of tokens, left to right.

    Every method takes the index of a token, or what was read so far, and returns what it read.
    """

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens

    def kind(self, i: int) -> Class | None:
        return self.tokens[i].kind if i < len(self.tokens) else None

    def gap(self, i: int) -> str:
        """What stands between token i - 1 and token i: "", " ", "-", ",", "of" or "and"."""
        between = self.text[self.tokens[i - 1].end : self.tokens[i].start].strip().lower()
        if between.strip("-").endswith(("and", "&")):
            return "and"
        return "of" if between == "of" else between[:1] or " "

    def joined(self, i: int) -> bool:
        return i < len(self.tokens) and self.gap(i) in (" ", "-", "‐", "‑") and not self.tokens[i].article

    def below_hundred(self, i: int) -> Parsed | None:
        """ "seven", "nineteen", "fifty-two", or an ordinal that ends one ("fifty-second")."""
        if self.kind(i) in ("unit", "teen"):
            return Parsed(i + 1, self.tokens[i].value)
        if self.kind(i) != "ten":
            return None
        value = self.tokens[i].value
        if self.joined(i + 1):
            following = self.tokens[i + 1]
            if following.kind == "unit" and following.value > 0:
                return Parsed(i + 2, value + following.value)
            if (
                following.kind == "ordinal"
                and following.value < 10
                and following.step == 1
                and self.is_word(i + 1)
            ):
                return Parsed(i + 2, value + following.value, ordinal=True)
        return Parsed(i + 1, value)

    def is_word(self, i: int) -> bool:
        return not self.text[self.tokens[i].end - 1].isdigit() and self.text[self.tokens[i].start].isalpha()

    def group(self, i: int, literal: bool) -> Parsed | None:
        """A number below a thousand, or a literal, with its hundreds: "3 hundred and 21"."""
        first = self.tokens[i]
        if first.kind == "literal":
            if not literal:
                return None
            read = Parsed(i + 1, first.value, first.scale, first.step, exact=first.exact)
            if first.scale != 1 or first.exact:
                return read
        elif (
            first.kind == "hundred"
            and (first.article or self.kind(i + 1) in ("scale", "dozen"))
            and not first.plural
        ):
            return self.after_hundred(Parsed(i + 1, Decimal(100)), words=True)
        else:
            found = self.below_hundred(i)
            if found is None or found.ordinal:
                return found
            read = found
        if (
            self.kind(read.j) == "hundred"
            and self.joined(read.j)
            and (not self.tokens[read.j].plural or first.value > 1)
        ):
            words = first.kind != "literal"
            return self.after_hundred(Parsed(read.j + 1, read.value * 100), words)
        return read

    def after_hundred(self, read: Parsed, words: bool) -> Parsed:
        j = read.j
        if j >= len(self.tokens) or self.gap(j) not in (" ", "-", "and") or self.tokens[j].article:
            return read
        more: Parsed | None = None
        if self.kind(j) == "literal" and not words and self.gap(j) == "and":
            token = self.tokens[j]
            if token.value == token.value.to_integral_value() and 0 < token.value < 100 and token.scale == 1:
                more = Parsed(j + 1, token.value)
        else:
            more = self.below_hundred(j)
        if more is None and self.kind(j) == "ordinal" and self.is_word(j):
            more = Parsed(j + 1, self.tokens[j].value, ordinal=True)
        if more is None or more.value == 0 or (self.kind(more.j) == "hundred" and self.joined(more.j)):
            return read
        return Parsed(
            more.j,
            read.value + more.value,
            tail=more.value if self.gap(j) == "and" else Decimal(0),
            ordinal=more.ordinal,
        )

    def scales(self, i: int) -> tuple[int, Decimal]:
        scale = Decimal(1)
        while self.kind(i) in ("scale", "dozen") and self.joined(i):
            scale *= self.tokens[i].value
            i += 1
        return i, scale

    def whole(self, i: int) -> Parsed | None:
        """A cardinal with all its groups, largest first: "two million three hundred thousand and five"."""
        first = self.tokens[i]
        words = first.kind != "literal"
        total = self.group(i, literal=True)
        if total is None and first.kind in ("scale", "dozen") and first.article:
            total = Parsed(i + 1, first.value, first.value)
        elif total is not None and not total.ordinal:
            j, scale = self.scales(total.j)
            if j > total.j:
                tail = total.tail if scale == 1 else Decimal(0)
                step = None if total.step is None else total.step * scale
                total = replace(
                    total, j=j, value=total.value * scale, scale=total.scale * scale, step=step, tail=tail
                )
        if total is None or total.ordinal or total.exact:
            return total
        while total.scale > 1 and total.j < len(self.tokens):
            more = self.next_group(total, words)
            if more is None:
                break
            total = more
            if total.ordinal:
                break
        return total

    def next_group(self, total: Parsed, words: bool) -> Parsed | None:
        j, gap = total.j, self.gap(total.j)
        token = self.tokens[j]
        if gap not in (" ", ",", "and") or (token.article and token.kind != "hundred"):
            return None
        if token.kind == "ordinal" and words and self.is_word(j) and gap != ",":
            return replace(total, j=j + 1, value=total.value + token.value, ordinal=True)
        more = self.group(j, literal=not words)
        if more is None or more.value == 0:
            return None
        k, scale = self.scales(more.j)
        value = more.value * scale
        largest = scale if scale > 1 else Decimal(1)
        if (
            largest >= total.scale
            or value >= total.scale
            or (token.kind == "literal" and scale == 1 and more.step is not None)
        ):
            return None
        if gap == "," and value < 100:
            return None
        if self.kind(k) in ("part",) and gap == "and" and scale == 1:
            return None  # "one billion and three quarters"
        return replace(
            total, j=k, value=total.value + value, scale=largest, step=None,
            tail=value if gap == "and" else more.tail, ordinal=more.ordinal,
        )  # fmt: skip

    def decimals(self, read: Parsed) -> Parsed:
        """Words behind "point": "nought point four", "four hundred point sixty-two", with a scale behind."""
        j, written = read.j + 1, ""
        while j < len(self.tokens) and len(written) < 12 and self.gap(j) in (" ", "-"):
            part = self.below_hundred(j)
            if part is None or part.ordinal:
                break
            written, j = written + str(part.value), part.j
        if not written:
            return read
        k, scale = self.scales(j)
        places = Decimal(1).scaleb(-len(written))
        return Parsed(k, (read.value + Decimal(written) * places) * scale, scale, places * scale)

    def part(self, i: int) -> Parsed | None:
        """A fraction below one that starts at token i: "a third", "three quarters", "half", "two-thirds"."""
        token = self.tokens[i]
        if token.kind == "part" and not token.plural:
            scaled = self.kind(i + 1) == "scale" and self.joined(i + 1)
            one = token.value == 2 or token.article or scaled
        else:
            one = token.kind == "ordinal" and token.article and self.is_word(i)
        return Parsed(i + 1, 1 / token.value, exact=True, fraction=True) if one else None

    def with_denominator(self, read: Parsed) -> Parsed | None:
        """The fraction that a cardinal and the denominator behind it make."""
        j = read.j
        if read.ordinal or not self.joined(j) or read.exact:
            return None
        below = self.tokens[j]
        if read.scale > 1:  # "nine hundred thousand trillionths"
            small = below.kind == "part" and below.plural and below.value > read.scale
            return Parsed(j + 1, read.value / below.value, exact=True, fraction=True) if small else None
        singular = (below.kind == "ordinal" and self.is_word(j) and below.value > 2) or (
            below.kind == "part" and not below.plural
        )
        joined = below.kind == "part" and self.gap(j) == "-"  # "three-quarter hours"
        if (below.kind == "part" and below.plural) or (singular and (read.value == 1 or joined)):
            if below.value == 1:
                return None
            if 0 < read.tail < below.value:
                return Parsed(j + 1, read.value - read.tail + read.tail / below.value, exact=True)
            return Parsed(j + 1, read.value / below.value, exact=True, fraction=read.value < below.value)
        return None

    def mixed(self, read: Parsed) -> Parsed:
        """What "and a half" adds: "five and a half million", "3 million and a half"."""
        j = read.j
        if j >= len(self.tokens) or self.gap(j) != "and" or read.ordinal or read.exact:
            return read
        added = self.part(j)
        if added is None and self.kind(j) in ("unit", "teen", "ten"):
            above = self.below_hundred(j)
            added = self.with_denominator(above) if above is not None else None
        if (
            added is None
            or not 0 < added.value < 1
            or (self.tokens[j].kind == "part" and not self.tokens[j].article)
        ):
            return read
        k, scale = self.scales(added.j)
        if scale > 1 and read.scale > scale:
            return Parsed(k, read.value + added.value * scale, scale, exact=False)
        dozens = self.kind(read.j - 1) == "dozen"  # "two dozen and a half"
        times = read.scale if scale == 1 and (read.scale >= 1000 or dozens) else Decimal(1)
        return Parsed(
            k,
            (read.value + added.value * times) * scale,
            scale if scale > 1 else read.scale,
            exact=scale == 1 and times == 1,
        )

    def read(self, i: int) -> Parsed | None:
        """The longest number that starts at token i, None where none does."""
        token = self.tokens[i]
        if token.kind == "fold":
            return Parsed(i + 1, token.value)
        if token.kind == "ordinal" and not (token.article and self.is_share(i)):
            return Parsed(i + 1, token.value, ordinal=True)
        fraction = self.part(i)
        if fraction is None:
            read = self.whole(i)
            if read is None:
                return None
            if self.kind(read.j) == "point" and self.joined(read.j) and not read.ordinal:
                return self.decimals(read)
            if self.is_rank(i, read):
                return Parsed(read.j + 1, read.value * self.tokens[read.j].value, ordinal=True)
            fraction = self.with_denominator(read)
            if fraction is None:
                return self.mixed(read)
        j, scale = self.scales(fraction.j)
        if (
            scale == 1
            and self.kind(j) in ("scale", "dozen", "hundred")
            and self.tokens[j].article
            and self.gap(j) in (" ", "-", "of")
        ):
            j, scale = j + 1, self.tokens[j].value  # "half a million", "a quarter of a million"
        return fraction if scale == 1 else Parsed(j, fraction.value * scale, scale)

    def is_rank(self, i: int, read: Parsed) -> bool:
        """Whether a great ordinal behind a number is multiplied by it ("the one hundredth game"), and no part
        ("one hundredth of it")."""
        if read.ordinal or read.exact or not self.joined(read.j) or not self.is_word(read.j):
            return False
        last = self.tokens[read.j]
        great = last.kind == "ordinal" and last.value >= 100
        if not great or _OF_BEHIND.match(self.text, last.end):
            return False
        return (
            _THE_BEFORE.search(self.text, max(0, self.tokens[i].start - 8), self.tokens[i].start) is not None
        )

    def is_share(self, i: int) -> bool:
        """Whether "a third" is a share ("by a third.") rather than one more ("a third attack")."""
        return _SHARE_BEHIND.match(self.text, self.tokens[i].end) is not None


# ----------------------------------------------------------------------------------------------------
# Numbers in words and digits, with their exact values: "1.3 million", "two-thirds", "the 21st".
#
# Only the numeral itself is read here, no qualifier, unit or noun. One pass finds words and literals, runs
# of neighbours are parsed left to right, and what cannot be said as one number becomes two ("3 hundred and
# 2 hundred").

Written = Literal["digits", "words", "mixed"]

_SIGN = re.compile(r"(?:^|[\s(\[<>=≤≥,;:/~≈±])([-−+])\Z")
_SIGN_WORD = pattern("digits", "sign")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written.

    `step` is the unit of its last significant digit, scale included (390,000 gives 10000, 1.3 million
    gives 100000, 2.50 gives 0.01); `scale` the word or letter that multiplies it (1000000 for
    "1.3 million"), 1 where none; `exact` marks fractions and powers, whose digits say nothing about
    precision; `fraction` a part of something ("two-thirds", "one in five").
    """

    start: int
    end: int
    value: Decimal
    ordinal: bool
    written: Written
    scaled: bool
    step: Decimal
    scale: Decimal = Decimal(1)
    exact: bool = False
    fraction: bool = False


def find_numerals(
    text: str, start: int = 0, end: int | None = None, places: Sequence[int] | None = None
) -> list[Numeral]:
    """Every numeral between the two offsets, in order. Linear in the length of the text.

    `places`, where known, are the starts of the digits and number words there (`Scan.numbers`).
    """
    stop = len(text) if end is None else end
    return [numeral for run in token_runs(text, start, stop, places) for numeral in _numerals(text, run)]


def parse_numeral(text: str) -> Decimal | None:
    """The value of a text that is one cardinal, ordinal or fraction and nothing else; None otherwise.

    >>> parse_numeral("one thousand five hundred and eleven")
    Decimal('1511')
    """
    inner = text.strip()
    found = find_numerals(inner)
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(inner):
        return found[0].value
    return None


def _numerals(text: str, run: list[Token]) -> Iterator[Numeral]:
    grammar = Grammar(text, run)
    i = 0
    while i < len(run):
        read = grammar.read(i)
        if read is not None:
            yield _finished(text, run[i : read.j], read)
        i = i + 1 if read is None else read.j


def _finished(text: str, run: list[Token], read: Parsed) -> Numeral:
    """The numeral that the tokens of `run` make."""
    kinds = {
        token.kind == "literal" or (token.kind == "ordinal" and text[token.start].isdigit()) for token in run
    }
    written: Written = "mixed" if len(kinds) > 1 else "digits" if True in kinds else "words"
    start, value = run[0].start, read.value
    if read.ordinal and run[0].article and run[0].kind == "ordinal":
        start = run[0].bare_start
    negative = _sign(text, start, written)
    if negative is not None and not read.ordinal:
        start, value = negative[0], value * negative[1]
    value = tidy(value)
    step = Decimal(1) if read.exact else significant_step(abs(read.value)) if read.step is None else read.step
    return Numeral(
        start, run[-1].end, value, read.ordinal, written, read.scale > 1, step, read.scale, read.exact,
        read.fraction,
    )  # fmt: skip


def _sign(text: str, start: int, written: Written) -> tuple[int, int] | None:
    low = max(0, start - 10)
    word = _SIGN_WORD.search(text, low, start)
    if word is not None:
        return word.start(), -1
    sign = _SIGN.search(text, max(0, start - 2), start) if written != "words" else None
    behind_digits = start > 2 and text[start - 2] == " " and text[start - 3].isdigit()
    if sign is None or (behind_digits and "." not in text[start : start + 6]):
        return None
    return (sign.start(1), -1) if sign[1] != "+" else (start, 1)


def sign_before(text: str, start: int) -> int:
    """Where the minus before a currency sign starts ("-$5", "minus $5"), `start` where there is none."""
    word = _SIGN_WORD.search(text, max(0, start - 10), start)
    if word is not None:
        return word.start()
    dash = text[start - 1 : start] in ("-", "−") and (start < 2 or text[start - 2] in " (")
    return start - 1 if dash and start else start


# ----------------------------------------------------------------------------------------------------
# One cheap pass over a text: where digits stand, and the words that can start or make a number.
#
# Every pattern of this package hangs on a digit or on a word of its tables, so that patterns are tried only
# where one of these stands. The pass is remembered for the text read last: ages and quantities share it.

_ITEM = re.compile(rf"\d+|[{VULGAR}]|[^\W\d_{VULGAR}]+")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Scan:
    """Where a text may hold numbers, each list in text order.

    `digits` are the starts of runs of digits, `numbers` those and the starts of number words, `vague` the
    starts of words of vague quantities, `units` those of units that an article counts ("a mile"), `phrases`
    the key words of set phrases with their starts.
    """

    digits: tuple[int, ...]
    numbers: tuple[int, ...]
    vague: tuple[int, ...]
    units: tuple[int, ...]
    phrases: tuple[tuple[int, str], ...]


def places_between(places: tuple[int, ...], start: int, end: int) -> tuple[int, ...]:
    """The places from `start` to before `end`."""
    return places[bisect_left(places, start) : bisect_left(places, end)]


def occurrences(text: str, words: Iterable[str]) -> list[int]:
    """Where any of the words begins, inside other words too, in text order."""
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    return sorted(found)


@lru_cache(maxsize=2)
def scan(text: str) -> Scan:
    """The places of a text."""
    digits: list[int] = []
    numbers: list[int] = []
    vague: list[int] = []
    units: list[int] = []
    phrases: list[tuple[int, str]] = []
    get = _vocabulary().get
    for found in _ITEM.finditer(text):
        word = found.group()
        uses = get(word)
        if uses is None:
            if not word[0].isdecimal():
                continue
            uses = get(word, _DIGITS)
        start = found.start()
        if "d" in uses:
            digits.append(start)
        if "n" in uses:
            numbers.append(start)
        if "v" in uses:
            vague.append(start)
        if "u" in uses:
            units.append(start)
        if "p" in uses:
            phrases.append((start, word.lower()))
    return Scan(tuple(digits), tuple(numbers), tuple(vague), tuple(units), tuple(phrases))


_DIGITS = "dn"


@cache
def _vocabulary() -> dict[str, str]:
    """Every word that matters -> what it matters for, in small letters, with a capital and in capitals."""
    uses: dict[str, set[str]] = {}
    for word in number_words():
        uses.setdefault(word, set()).add("n")
    for sign in VULGAR:
        uses.setdefault(sign, set()).add("n")
    for row in load("vague_quantities"):
        for phrase in row["words"]:
            uses.setdefault(first_word(phrase), set()).add("v")
    for topic in ("units", "currencies"):
        for row in load(topic):
            for word in row.get("article", ()):
                uses.setdefault(word, set()).add("u")
    for row in load("not_quantities"):
        for phrase in row["phrases"]:
            key, _ = key_of(phrase)
            uses.setdefault(key.lower(), set()).add("p")
            uses.setdefault(key, set()).add("p")
    for word, kinds in uses.items():
        if word.isdecimal():
            kinds.update(_DIGITS)
    return {
        form: "".join(sorted(kinds))
        for word, kinds in sorted(uses.items(), key=lambda item: item[0].islower())
        for form in (word, word.capitalize(), word.upper())
    }


def first_word(phrase: str) -> str:
    """The first word of a phrase that is no article."""
    return next(word for word in phrase.split() if word not in _ARTICLES)


def key_of(phrase: str) -> tuple[str, int]:
    """The word by which a set phrase is looked up and where it stands: a number word, else the longest."""
    words = [(found.group(), found.start()) for found in _WORD.finditer(phrase)]
    known = [item for item in words if item[0].lower() in number_words()]
    return max(known or words, key=lambda item: (len(item[0]), -item[1]))


def offsets(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Key word -> how far before it the phrases that it finds may start, farthest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        key, start = key_of(phrase)
        found.setdefault(key.lower(), set()).add(start)
    return {key: tuple(sorted(starts, reverse=True)) for key, starts in found.items()}


# ----------------------------------------------------------------------------------------------------
# Hard-wrapped text as one line: the patterns behind it know single spaces only, and offsets lead back.
#
# Text out of a PDF breaks lines inside numbers and phrases ("Twenty- \neight lives", "one \nanother"). A
# line end becomes a space where the line is long and the sentence goes on; two or three spaces become one.
# Line ends before list items, after short lines (tables, headings) and between digits stay.

_BLANKS = re.compile(r"[ \t\r\n]{2,}|\n")
_LIST_ITEM = re.compile(r"\d{1,3}[.)]")
_SHORTEST_LINE = 30  # a shorter line is a heading or a cell, not a wrapped sentence
_MOST_SPACES = 3  # more are the columns of a table


@dataclass(frozen=True, slots=True)
class Flat:
    """A text on one line: `places` are the offsets in it behind which characters are missing, `lost` how
    many are missing up to there."""

    text: str
    places: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()

    def original(self, at: int) -> int:
        """Where the character at an offset of the flat text stands in the original."""
        i = bisect_right(self.places, at)
        return at + (self.lost[i - 1] if i else 0)

    def scanned(self, text: str) -> Scan:
        """The places of the original `text` in the flat one: no word begins or ends elsewhere."""
        found = scan(text)
        if not self.places:
            return found
        keys = self._all([at for at, _ in found.phrases])
        return Scan(
            self._all(found.digits), self._all(found.numbers), self._all(found.vague),
            self._all(found.units), tuple(zip(keys, (key for _, key in found.phrases), strict=True)),
        )  # fmt: skip

    def _all(self, offsets: Sequence[int]) -> tuple[int, ...]:
        """Offsets of the original, in order, in the flat text: one pass over both."""
        out, i, lost, gaps = [], 0, 0, len(self.places)
        for at in offsets:
            while i < gaps and self.places[i] + self.lost[i] <= at:
                lost = self.lost[i]
                i += 1
            out.append(at - lost)
        return tuple(out)

    def within(self, span: Span) -> Span:
        """A span of the original, in the flat text."""
        return Span(self._flat(span.start), self._flat(span.end))

    def outside(self, mention: Mention, text: str) -> Mention:
        """A mention of the flat text, in the original `text`."""
        end = mention.end if mention.qualifier is None else max(mention.end, mention.qualifier.end)
        moved = self.places and end > self.places[0]
        if not moved and text.startswith(mention.text, mention.start):
            return mention  # nothing was left out before it, and no line ends in it
        span = self._span(mention.span)
        qualifier = None if mention.qualifier is None else self._span(mention.qualifier)
        written = text[span.start : span.end]
        return replace(mention, start=span.start, end=span.end, text=written, qualifier=qualifier)

    def _span(self, span: Span) -> Span:
        return Span(self.original(span.start), self.original(span.end - 1) + 1)

    def _flat(self, at: int) -> int:
        i = bisect_right(self.places, at, key=self.original)
        inside = at - (self.lost[i - 1] if i else 0)
        return min(inside, self.places[i]) if i < len(self.places) else inside  # among characters left out


@lru_cache(maxsize=2)
def flattened(text: str) -> Flat:
    """The text with its wrapped lines joined. Linear in its length."""
    parts: list[str] = []
    places: list[int] = []
    lost: list[int] = []
    at = line = removed = 0
    for found in _BLANKS.finditer(text):
        start, end = found.span()
        sign = _instead(text, start, end, start - line)
        if "\n" in found[0]:
            line = end
        if sign is None:
            continue
        parts += (text[at:start], sign)
        at = end
        if end - start > 1:
            removed += end - start - 1
            places.append(end - removed)
            lost.append(removed)
    if not parts:
        return Flat(text)
    return Flat("".join([*parts, text[at:]]), tuple(places), tuple(lost))


def _instead(text: str, start: int, end: int, length: int) -> str | None:
    """What stands for the blanks: a space, a line end, or None where they stay. `length` is the line's."""
    blanks = text[start:end]
    before, behind = text[start - 1 : start], text[end : end + 1]
    if not before or not behind or (before.isdigit() and behind.isdigit()):
        return None
    lines = blanks.count("\n")
    if lines == 0:
        return " " if len(blanks) <= _MOST_SPACES else None
    if lines > 1:
        return None
    goes_on = behind.islower() or (behind.isdigit() and _LIST_ITEM.match(text, end) is None)
    wrapped = goes_on and length >= _SHORTEST_LINE and before not in ".!?:;|"
    return " " if wrapped else "\n"
