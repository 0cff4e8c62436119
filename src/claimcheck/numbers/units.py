"""What stands at a number: the noun that it counts, its unit or currency, and its qualifier ("more than")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from claimcheck import lexicon
from claimcheck.lexicon import Row, alternatives, load, pattern, written
from claimcheck.model import Comparator, Interval, MentionKind, Span
from claimcheck.numbers.numerals import tidy

# ----------------------------------------------------------------------------------------------------
# The word lists of `data/number_context.toml`, as sets and pairs.


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(lexicon.words_of("number_context", name))


@cache
def pairs_of(name: str) -> dict[str, str]:
    """A list whose entries are two words: the first leads to the second."""
    return dict(entry.split(" ", 1) for entry in lexicon.words_of("number_context", name))


# ----------------------------------------------------------------------------------------------------
# What a number counts: the lemma of the noun behind it, by rule and without a parser.
#
# "more than 130 Syrian civil society groups" counts groups: the first plural of the noun phrase behind the
# number, or, for one and for ordinals, its last word.

_MODEL = re.compile(  # "S-200" before "missile"
    r"(?=[\w-]{0,20}\d)(?=\d{0,20}[^\W\d_])[^\W_][\w-]{1,24}(?=[ ])"
)
_MODEL_NUMBER = re.compile(r"\d{2,4}(?=[ ])")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_])){0,40}")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,3}(?=[ ])")  # "three U.S. soldiers" are soldiers
_OWNER = re.compile(r"['’](?=[ ]([a-z]{3,20})\b)")  # "40 farmers' unions" are unions
_OPENING = pattern("number_surroundings", "opening of the counted")
_BLANKS = (" ", "\n", "-", "\u00a0")
_AND = ("and", "or")
_ADJECTIVE_ENDINGS = (
    "al", "ed", "ive", "an", "ian", "ish", "ous", "ic", "ary", "ful", "ent", "ant", "en",
)  # fmt: skip
_LIMIT = 9
_PASSED = 9  # names with digits in one phrase; a list of ordinals is not one without end
_ACRONYM = 5
_SHORTEST_NAME = 3
_PARTICIPLE = pattern("number_surroundings", "participle")
_ADVERB = pattern("number_surroundings", "adverb")
_HOW = pattern("number_surroundings", "adverb of how")  # no "family", "assembly", "supply"


def lemma(word: str) -> str:
    """The singular of a noun by rule: "patients" gives "patient", "cities" gives "city"."""
    plain = word if word.isupper() and len(word) > 1 else word.lower()
    irregular = pairs_of("irregular plurals").get(plain.lower())
    if irregular is not None:
        return irregular
    if not is_plural(word):
        return plain
    if plain.endswith("men"):
        return plain[:-2] + "an"
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    if plain.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return plain[:-2]
    return plain[:-1]


@lru_cache(maxsize=1 << 12)
def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    plain = word.lower()
    if plain in pairs_of("irregular plurals"):
        return True
    if word.isupper() and len(word) <= _ACRONYM:
        return False  # "one HTS member"
    if plain.endswith("men") and len(plain) > 4:
        return plain not in words_of("no plurals")
    if len(plain) < 3 or not plain.endswith("s") or plain in words_of("no plurals"):
        return False
    return not plain.endswith(("ss", "us", "is", "'s", "’s"))


@lru_cache(maxsize=64)  # label, range and mention ask for the same phrase
def phrase_behind(text: str, end: int) -> tuple[tuple[str, int], ...]:
    """The words of the noun phrase that starts behind `end`, each with its end.

    It stops at a mark, a digit or a word that no noun phrase holds; names with digits are passed over.
    """
    opening = _OPENING.match(text, end)
    at = end if opening is None else opening.end()
    words: list[tuple[str, int]] = []
    passes = 0
    while len(words) < _LIMIT and passes < _PASSED:
        begin = at + (text[at : at + 1] in _BLANKS)
        if words and begin == at:
            break
        while text[begin : begin + 1] == " " and begin < at + 4:
            begin += 1
        passed = _INITIALS.match(text, begin)
        if passed is not None:
            at, passes = passed.end(), passes + 1
            continue
        model = _MODEL.match(text, begin) if begin > end else None
        if model is None and words and words[-1][0][0].isupper():
            model = _MODEL_NUMBER.match(text, begin)  # "22 Boeing 787 tankers"
        if model is not None:
            at, passes = model.end(), passes + 1
            continue
        found = _WORD.match(text, begin)
        if found is None or _ends(found[0], words):
            break
        at = found.end()
        owner = _OWNER.match(text, at) if is_plural(found[0]) else None
        if owner is not None and owner[1] in words_of("end of a noun phrase"):
            owner = None  # "'180 foreign mercenaries' were": a quotation ends
        words.append((found[0] + ("’" if owner else ""), at + (owner is not None)))
        at += owner is not None
    while words and words[-1][0].lower() in _AND:
        words.pop()
    return tuple(words)


def _ends(word: str, before: list[tuple[str, int]]) -> bool:
    """Whether a word ends the noun phrase; "and" does not between adjectives ("new and empty houses")."""
    lower = word.lower()
    if lower in words_of("inside a noun phrase"):
        return bool(before) and not before[-1][0].endswith(("'s", "’s"))  # "the world's last forests"
    if lower not in words_of("end of a noun phrase"):
        return False
    last = before[-1][0] if before else ""
    return not (lower in _AND and last and not is_plural(last) and _is_adjective(last))


def _is_adjective(word: str) -> bool:
    return word[0].isupper() or word.lower().endswith(_ADJECTIVE_ENDINGS)


def counted_noun(text: str, end: int, singular: bool = False) -> str | None:
    """The lemma of what is counted behind `end`, None where nothing is; `singular` for one and ordinals."""
    words = [word for word, _ in phrase_behind(text, end)]
    if not words:
        return None
    plurals = [position for position, word in enumerate(words) if is_plural(word)]
    if not plurals:
        if words[0].lower() in words_of("demonyms") and words[0][0].isupper() and _acts(words[1:]):
            return words[0].lower()
        of_many = text.startswith(" of ", end)  # "one of the largest" names no thing
        return _one_thing(words) if singular and not of_many else None
    common = [at for at in plurals if words[at].islower() or words[at].isupper()]
    position = common[0] if common else _no_name(words, plurals)
    if position is None:
        return None
    if "States" in words[:position] and words[words.index("States") - 1] == "Member":
        return "state"
    following = words[position + 1] if position + 1 < len(words) else ""
    more = following.islower() and is_plural(following) and following not in words_of("states of people")
    return lemma(following if more else words[position])


def _acts(words: list[str]) -> bool:
    """Whether nothing, or only a verb, stands behind a people's name: "200 French fled", not "French aid"."""
    return not words or words[0] == "fled" or _PARTICIPLE.fullmatch(words[0]) is not None


def substance(text: str, end: int) -> str | None:
    """What a measure is of: the road of "60 km of road", the roads of "60 km of roads"; nothing in "60 km of
    Homs" or "60 km of the border"."""
    words = [word for word, _ in phrase_behind(text, end)]
    if not any(map(str.islower, words)):
        return None
    if any(map(is_plural, words)):
        return counted_noun(text, end)
    led = text[end + 4 : end + 5] != words[0][0]  # an article was passed over
    return None if led or not all(map(str.islower, words)) else _one_thing(words)


def _one_thing(words: list[str]) -> str | None:
    """The noun of a phrase without a plural: its last word before the verb ("one soldier claimed"), none in
    "one seriously wounded"."""
    last = len(words)
    while last > 1 and (_PARTICIPLE.fullmatch(words[last - 1]) or _ADVERB.fullmatch(words[last - 1])):
        last -= 1
    if last == 1 and _HOW.fullmatch(words[0]):
        return None
    lower = [word for word in words[:last] if word.islower()]
    return lower[-1] if lower else words[last - 1]


def _no_name(words: list[str], plurals: list[int]) -> int | None:
    """The first plural with a capital that is no part of a longer name: none in "Euphrates Crossing"."""
    for at in plurals:
        behind = words[at + 1] if at + 1 < len(words) else ""
        if len(words[at]) > _SHORTEST_NAME and not behind[:1].isupper() and not behind.startswith("al-"):
            return at
    return None


# ----------------------------------------------------------------------------------------------------
# Units behind a number: percent, physical units, lengths of time.
#
# The table is `data/units.toml`. A unit read here has a normalised name ("kilometre per hour"); compounds
# are put together by rule ("km/s²", "square miles", "barrels a day"). No value is converted: the text's own
# number stays.

_PREFIX = {
    "k": "kilo", "K": "kilo", "M": "mega", "G": "giga", "T": "tera", "P": "peta", "E": "exa", "h": "hecto",
    "d": "deci", "c": "centi", "m": "milli", "µ": "micro", "μ": "micro", "n": "nano", "p": "pico",
    "f": "femto",
}  # fmt: skip
_LONG_PREFIX = alternatives(_PREFIX.values())
_SYMBOL_END = r"(?![^\W\d_²³]|[014-9]|\d\d|\d[^\W_])"
_POWER = pattern("unit_forms", "power")
_POWER_NAME = {
    "2": "square", "²": "square", "squared": "square", "3": "cubic", "³": "cubic", "cubed": "cubic",
}  # fmt: skip
_RATE = pattern("unit_forms", "rate")
_RATE_NAME = {"sec": "second", "s": "second", "min": "minute", "hr": "hour", "h": "hour", "daily": "day"}
# 5'10": feet only before inches, inches only behind feet; a lone quotation mark is no inch.
_FOOT_MARK = re.compile(r"['’′](?=[ ]?\d{1,2}(?:[.]\d{1,2})?(?:[\"”″]|''|’’))")
_INCH_MARK = re.compile(r"[\"”″]|''|’’")
_FEET_BEFORE = re.compile(r"\d['’′][ ]?\d{1,2}(?:[.]\d{1,2})?\Z")


_PAGES = re.compile(r"\.?[ ]?\d")
_HOURS = pattern("unit_forms", "hours")  # "within 48h", but "at 18h"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the text writes it: where it ends (or starts, where it stands before), its name and kind."""

    edge: int
    name: str
    kind: MentionKind


def _past_gap(text: str, end: int) -> int:
    """Behind one hyphen, or up to three spaces or a line end, between a number and its unit."""
    if text[end : end + 1] == "-":
        return end + 1
    at = end
    while at < end + 3 and text[at : at + 1] in (" ", "\n", "\u00a0", "\u202f", "\u2009"):
        at += 1
    return at


@cache
def _symbols() -> dict[str, tuple[str, MentionKind]]:
    """Every symbol with its prefixes: "km" is the kilometre."""
    table: dict[str, tuple[str, MentionKind]] = {}
    for row in load("units"):
        kind = _kind_of(row["dimension"])
        for symbol in row["symbols"]:
            table[symbol] = (row.id, kind)
            for letter in row.get("prefixes", ""):
                table.setdefault(letter + symbol, (_PREFIX[letter] + row.id, kind))
    return table


def _kind_of(dimension: str) -> MentionKind:
    return "duration" if dimension == "time" else "percent" if dimension == "points" else "measure"


@cache
def _unit_words() -> dict[str, tuple[str, MentionKind]]:
    table: dict[str, tuple[str, MentionKind]] = {}
    for row in load("units"):
        for word in row["words"]:
            table[word.lower().replace("-", " ")] = (row.id, _kind_of(row["dimension"]))
    return table


@cache
def _never_before() -> dict[str, tuple[str, ...]]:
    """Units -> the words before which they are no unit."""
    return {
        row.id: tuple(f" {word}" for word in row["not_before"])
        for row in load("units")
        if "not_before" in row.fields
    }


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Symbols in their exact case, and words with long prefixes in any case."""
    symbols = re.compile(rf"({alternatives(_symbols(), '[ -]')}){_SYMBOL_END}")
    words = re.compile(rf"({_LONG_PREFIX})?({alternatives(_unit_words(), '[ -]')})(?![^\W_])", re.IGNORECASE)
    return symbols, words


def percent_behind(text: str, end: int) -> Unit | None:
    """ "%", "per cent", "percent", "pct" behind a number."""
    found = pattern("unit_forms", "percent").match(text, end)
    if found is None:
        return None
    return Unit(found.end(), "per mille" if found[0].endswith("‰") else "percent", "percent")


def unit_behind(text: str, end: int, digits: bool) -> Unit | None:
    """The physical unit or length of time behind a number, compounds included; None where there is none."""
    first = _simple(text, end, digits)
    if first is None:
        return _marked(text, end) if digits else None
    unit = first
    while unit.edge < len(text):
        joined = _joined(text, unit, digits)
        if joined is None:
            break
        unit = joined
    return unit


def _marked(text: str, end: int) -> Unit | None:
    """The feet and inches of 5'10"."""
    foot = _FOOT_MARK.match(text, end)
    if foot is not None:
        return Unit(foot.end(), "foot", "measure")
    inch = _INCH_MARK.match(text, end)
    if inch is None or _FEET_BEFORE.search(text, max(0, end - 8), end) is None:
        return None
    return Unit(inch.end(), "inch", "measure")


def _simple(text: str, end: int, digits: bool, bare: bool = False) -> Unit | None:
    """One unit with its power; `bare` where it follows "per" or "/" and no number."""
    begin = end if bare else _past_gap(text, end)
    area = pattern("unit_forms", "area").match(text, begin)
    at = begin if area is None else area.end()
    symbols, words = _patterns()
    found = words.match(text, at) if bare or begin > end or text[end : end + 1] not in ("", " ") else None
    name: str | None = None
    kind: MentionKind = "measure"
    edge = at
    if found is not None and (
        found[1] is None or found[2].lower() not in ("minute", "second", "foot", "feet", "mile", "miles")
    ):
        base, kind = _unit_words()[found[2].lower().replace("-", " ")]
        if base in _never_before() and text.startswith(_never_before()[base], found.end()):
            return None  # "eight barrel bombs"
        name, edge = (found[1] or "").lower() + base, found.end()
    if digits:
        symbol = symbols.match(text, at)
        if symbol is not None and symbol.end() > edge and _symbol_fits(text, symbol, end):
            sign = symbol[1]
            base, kind = _symbols().get(sign) or _symbols()[sign.replace("-", " ")]
            name, edge = base, symbol.end()
    if name is None:
        return None
    if area is not None:
        return Unit(edge, ("square " if area[1][0] in "sS" else "cubic ") + name, "measure")
    power = _POWER.match(text, edge) if kind == "measure" else None
    if power is not None:
        raised = power[1] or power[2]
        return Unit(power.end(), f"{_POWER_NAME[raised]} {name}" if raised else f"inverse {name}", kind)
    return Unit(edge, name, kind)


def _symbol_fits(text: str, symbol: re.Match[str], end: int) -> bool:
    """Whether a short symbol is a unit here: "2 in." and "5 in thick" are inches, "2 in Aleppo" is not."""
    sign, spaced = symbol[1], symbol.start() > end
    if sign == "pp" and _PAGES.match(text, symbol.end()):
        return False  # "2003 pp. 5"
    if sign == "in":
        return pattern("unit_forms", "short inch").match(text, symbol.end()) is not None
    if sign in ("A", "K", "C", "F", "B", "V", "N", "M", "PS", "MP", "mb") and spaced:
        return (
            re.match(r"[ ]?(?:[A-Z]{2,}|[A-Z][a-z]|\d)|-\d", text[symbol.end() : symbol.end() + 3]) is None
            or text[symbol.end()] == "/"
        )
    if sign in ("s", "h") and not spaced and "." not in text[max(0, end - 4) : end]:
        return sign == "h" and _HOURS.search(text, max(0, end - 8), end) is not None
    return not (sign == "B" and not spaced)


def _joined(text: str, unit: Unit, digits: bool) -> Unit | None:
    """The compound that what stands behind makes with the unit: a rate, or a quotient of units."""
    rate = _RATE.match(text, unit.edge)
    if rate is not None and unit.kind == "measure":
        name = rate[1] or rate[2]
        power = _POWER.match(text, rate.end())
        if power is not None and (power[1] or power[2]):
            return Unit(power.end(), f"{unit.name} per square {_RATE_NAME.get(name, name)}", "measure")
        return Unit(rate.end(), f"{unit.name} per {_RATE_NAME.get(name, name)}", "measure")
    if unit.kind != "measure" or " per " in unit.name:
        return None
    for sign in ("/", " per "):
        if text.startswith(sign, unit.edge):
            below = _simple(text, unit.edge + len(sign), digits, bare=True)
            return None if below is None else Unit(below.edge, f"{unit.name} per {below.name}", "measure")
    return None


# ----------------------------------------------------------------------------------------------------
# Currencies before and behind a number: "US$", "EUR 125", "30 MUSD", "euros", "£", "19 cents", "164p".
#
# The table is `data/currencies.toml`; the unit is the ISO 4217 code, or the plain name of a coin.

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
def _currencies() -> _Table:
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
        symbols, words, re.compile(rf"(?<![^\W_])({alternatives(symbols, '[ -]')})[ ]?(-?)\Z"),
        re.compile(rf"(?<![^\W_])([MBK])({alternatives(codes, '[ -]')})[ ]?\Z"), re.compile(behind),
    )  # fmt: skip


@cache
def _no_currency_before() -> dict[str, re.Pattern[str]]:
    """Currencies -> what stands behind where their word is a verb: "the 40 won the prize"."""
    rows = (row for row in load("currencies") if "not_before" in row.fields)
    return {row.id: re.compile(rf"[ ](?:\d|(?:{'|'.join(row['not_before'])})\b)") for row in rows}


def money_before(text: str, start: int) -> tuple[Unit, bool] | None:
    """The currency before a number in digits ("US$", "€ ", "EUR ") and whether a minus stands between."""
    last = text[start - 1 : start]
    if not last or not (last in " -=." or last.isalpha() or unicodedata.category(last) == "Sc"):
        return None
    found = _currencies().before.search(text, max(0, start - 10), start)
    if found is None or (found[1].isalpha() and (found[2] or _in_token(text, found.start()))):
        return None
    return Unit(found.start(1), _code_of(found[1]), "money"), bool(found[2])


def _code_of(sign: str) -> str:
    """The code of a sign however it is joined: "US-$" is "US$"."""
    return _currencies().symbols.get(sign) or _bare_signs()[_bare(sign)]


@cache
def _bare_signs() -> dict[str, str]:
    return {_bare(sign): code for sign, code in _currencies().symbols.items()}


def _bare(sign: str) -> str:
    return re.sub(r"[-\s]", "", sign)


def _in_token(text: str, start: int) -> bool:
    """Whether letters are the end of a name like "PLX-R18"."""
    return text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalnum()


def scaled_code_before(text: str, start: int) -> tuple[Unit, str] | None:
    """A code with its scale letter before a number: "MAUD 60" is 60 million Australian dollars."""
    if start < 4 or not (text[start - 1].isupper() or (text[start - 1] == " " and text[start - 2].isupper())):
        return None
    found = _currencies().scaled.search(text, max(0, start - 6), start)
    return None if found is None else (Unit(found.start(), found[2].upper(), "money"), found[1])


def money_behind(text: str, end: int, digits: bool) -> tuple[Unit, str] | None:
    """The currency behind a number ("euros", "€", "usd", "MUSD"), and the scale letter of its code."""
    coin = _COIN.match(text, end) if digits else None
    if coin is not None:
        return Unit(coin.end(), _COIN_CODE[coin[0]], "money"), ""
    found = _currencies().behind.match(text, end)
    if found is None or not (digits or found["word"]):
        return None
    if found["word"]:
        word = re.sub("[ -]+", " ", found["word"].lower())
        if word in _COMMON_WORDS and not (digits and found["word"].islower()):
            return None
        verb = _no_currency_before().get(_currencies().words[word])
        if verb is not None and verb.match(text, found.end()) is not None:
            return None
        return Unit(found.end(), _currencies().words[word], "money"), ""
    if found["code"]:
        if found["code"] in _COMMON_CODES:
            return None
        return Unit(found.end(), found["code"].upper(), "money"), found["scale"] or ""
    return Unit(found.end(), _code_of(found["sign"]), "money"), ""


# ----------------------------------------------------------------------------------------------------
# Words that turn a number into an interval ("more than", "or so"), and words that name no number
# ("dozens").
#
# Tables: `data/qualifiers.toml` (before and behind a number), `data/vague_quantities.toml` ("dozens").

_WORD_BEFORE = re.compile(r"([\w.'’/&-]+|[<>=~≈∼±≤≥+])[ ]{0,2}\Z")
_PLACES = frozenset({"above", "below", "around", "under", "beyond", "estimated", "some", "sub", "over"})
_ARTICLES = frozenset({"a", "an", "the"})
_LONGEST = 7
_LONGEST_WORD = 20
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A qualifier found in the text: its row, comparator and characters."""

    row: Row
    span: Span

    @property
    def comparator(self) -> Comparator:
        """How it bounds the number."""
        name: Comparator = self.row["comparator"]
        return name


@cache
def _qualifiers_before() -> dict[str, Row]:
    return {phrase: row for row in load("qualifiers") for phrase in row["before"]}


@cache
def _last_words() -> frozenset[str]:
    """The words that can stand right before a qualified number."""
    last = {phrase.rpartition(" ")[2] for phrase in _qualifiers_before()}
    return frozenset(last) | words_of("between qualifier and number")


@cache
def _last_letters() -> frozenset[str]:
    """The letters with which those words end: what ends otherwise is none of them."""
    return frozenset(re.split(r"[\W\d_]+", word)[-1] for word in _last_words())


def _may_qualify(text: str, start: int) -> bool:
    """Whether the letters right before a number can be the end of a qualifier; most are not."""
    end = start
    while end > start - 2 and text[end - 1] == " ":
        end -= 1
    begin = end
    while begin > 0 and text[begin - 1].isalpha():
        begin -= 1
        if end - begin > _LONGEST_WORD:
            return False
    return begin == end or text[begin:end].lower() in _last_letters()


@cache
def _signs() -> re.Pattern[str]:
    signs = [phrase for phrase in _qualifiers_before() if not phrase[0].isalpha()]
    return re.compile(rf"({alternatives(signs, '[ ]')})[ ]{{0,2}}\Z")


@cache
def _qualifiers_behind() -> re.Pattern[str]:
    table = alternatives((phrase for row in load("qualifiers") for phrase in row["after"]), "[ ]")
    return re.compile(rf",?[ ]?(?P<phrase>{table}){_QUALIFIES}", re.IGNORECASE)


@cache
def _after() -> dict[str, Row]:
    return {phrase: row for row in load("qualifiers") for phrase in row["after"]}


def qualifier_before(text: str, start: int) -> Qualifier | None:
    """The qualifier right before `start`, small words between left out ("more than a combined 435")."""
    if start == 0:
        return None
    low = max(0, start - 60)
    if not text[start - 1].isalpha():
        sign = _signs().search(text, max(0, start - 6), start)
        if sign is not None:
            return Qualifier(_qualifiers_before()[sign[1]], Span(sign.start(1), sign.end(1)))
    if not _may_qualify(text, start):
        return None
    words: list[tuple[str, int, int]] = []
    at = start
    while len(words) < _LONGEST:
        found = _WORD_BEFORE.search(text, max(low, at - 24), at)
        if found is None or (found.start() <= low and low > 0):
            break
        word = found[1].lower()
        if not words and word.rstrip("-") not in _last_words():
            return None  # most numbers are not qualified
        words.insert(0, (word, found.start(1), found.end(1)))
        at = found.start()
    for skipped in range(min(5, len(words))):
        stop = len(words) - skipped
        for first in range(stop):
            phrase = " ".join(word for word, _, _ in words[first:stop]).rstrip("-")
            row = _qualifiers_before().get(phrase)
            if phrase == "over" and first and words[first - 1][0] in words_of("words with over"):
                return None
            if phrase == "up to" and first and words[first - 1][0] in words_of("words with up"):
                return None
            if row is not None and (
                phrase not in _PLACES
                or not _ARTICLES & {word for word, _, _ in words[stop:]}
                or words[stop][0] == "the"
            ):
                end = words[stop - 1][2] - words[stop - 1][0].endswith("-")
                return Qualifier(row, Span(words[first][1], end))
        last = words[stop - 1][0]
        if (
            last not in words_of("between qualifier and number")
            or (last == "the" and words[stop : stop + 1] != [] and words[stop][0] != "age")
            or (last == "the" and not skipped)
        ):
            break
    return None


def qualifier_behind(text: str, end: int) -> Qualifier | None:
    """The qualifier that starts right behind `end`: "or more", "and counting", "+"."""
    if text[end : end + 1] not in (" ", "+", "-", ","):
        return None
    found = _qualifiers_behind().match(text, end)
    if found is None:
        return None
    phrase = found["phrase"].lower()
    if phrase.endswith(" than") and pattern("number_surroundings", "number next").match(text, found.end()):
        return None  # "200 or greater than 190"
    if phrase in ("plus", "tops", "max", "odd", "equal to") and text[end] != "-" and phrase != "max":
        return None
    return Qualifier(_after()[phrase], Span(found.start("phrase"), found.end("phrase")))


def admitted(value: Decimal, low: str, high: str, whole: bool) -> Interval:
    """The interval that the ends `low` and `high` of a qualifier's row name around `value`.

    `whole` says that whole things are counted, so "more than 130" starts at 131.
    """
    tenth = abs(value) * TENTH
    one = Decimal(1) if whole else Decimal(0)
    ends = {
        "none": None, "value": value, "exact": value, "tenth below": value - tenth,
        "tenth above": value + tenth,
    }  # fmt: skip
    lower = value + one if low == "open" else ends[low]
    upper = value - one if high == "open" else ends[high]
    return Interval(None if lower is None else tidy(lower), None if upper is None else tidy(upper))


def play_of(value: Decimal, step: Decimal, scaled: bool, exact: bool) -> Decimal:
    """Half a unit of the last significant digit, at most a tenth of the number; 0 where the digits are exact.

    A scaled number (1.3 million) and a number of four digits or more that ends in zeros are rounded.
    """
    rounded = scaled or (abs(value) >= 1000 and value == value.to_integral_value() and step >= 10)
    return min(step / 2, abs(value) * TENTH) if rounded and not exact else Decimal(0)


@dataclass(frozen=True, slots=True)
class Vague:
    """A word that names no number ("dozens") and the interval it is read as."""

    span: Span
    row: Row

    @property
    def interval(self) -> Interval:
        """The interval of the table's row."""
        return Interval(Decimal(self.row["low"]), Decimal(self.row["high"]))


@cache
def _vague_rows() -> dict[str, Row]:
    return {word: row for row in load("vague_quantities") for word in row["words"]}


@cache
def _vague() -> re.Pattern[str]:
    table = alternatives(_vague_rows(), r"\s{1,2}")
    return re.compile(rf"(?<![\w-])(?:{table})(?![\w-])", re.IGNORECASE)


_ARTICLE_BEFORE = re.compile(r"(?<![\w-])a\s{1,2}\Z", re.IGNORECASE)
_QUALIFIES = written("number_surroundings", "qualifies")
_HARMING = pattern("number_surroundings", "harming")
_OF_BEHIND = pattern("number_surroundings", "of behind")
_NUMBER_BEFORE = pattern("number_surroundings", "number before")
_GAME = pattern("number_surroundings", "game")


_FREQUENCY = pattern("number_surroundings", "how often")
_NO_COUNT = pattern("number_surroundings", "no count")
_NOT_THE_COUNT = pattern("number_surroundings", "not the count")


def _behind_it(text: str, match: re.Match[str], needs: str) -> object:
    """What must stand behind a vague word, found there: nothing where it does not count ("a few more")."""
    low = max(0, match.start() - 10)
    if _NO_COUNT.match(text, match.end()) or _NOT_THE_COUNT.search(text, low, match.end()):
        return None
    return _FREQUENCY.match(text, match.end()) if needs == "deed" else counted_noun(text, match.end())


def _vague_matches(text: str, start: int, end: int, places: Sequence[int]) -> Iterator[re.Match[str]]:
    last = start
    for place in places:
        led = _ARTICLE_BEFORE.search(text, max(last, place - 4), place)
        for begin in (place,) if led is None else (led.start(), place):
            found = _vague().match(text, begin, end) if begin >= last else None
            if found is not None:
                yield found
                last = found.end()
                break


def find_vague(text: str, start: int, end: int, places: Sequence[int]) -> list[Vague]:
    """The vague words between the offsets; `places` are the starts of what may be one (`Scan.vague`)."""
    found: list[Vague] = []
    for match in _vague_matches(text, start, end, places):
        word = re.sub(r"\s+", " ", match[0].lower())
        with_of = _OF_BEHIND.match(text, match.end()) is not None
        if word == "scores" and (
            pattern("number_surroundings", "harmed behind").match(text, match.end())
            or _HARMING.search(text, max(0, match.start() - 14), match.start())
        ):
            with_of = True  # "scores dead", "wounding scores"
        row = _vague_rows()[word]
        needs = row.get("needs")
        if needs == "of" and not with_of:
            continue
        if word == "scores" and _GAME.search(text, max(0, match.start() - 8), match.start()):
            continue
        if _NUMBER_BEFORE.search(text, max(0, match.start() - 8), match.start()):
            continue
        if needs in ("plural", "deed") and not _behind_it(text, match, needs):
            continue
        found.append(Vague(Span(match.start(), match.end()), row))
    return found
