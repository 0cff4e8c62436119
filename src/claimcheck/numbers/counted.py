"""What a number counts: the lemma of the noun behind it, by rule and without a parser.

"more than 130 Syrian civil society groups" counts groups: the first plural of the noun phrase behind the
number, or, for one and for ordinals, its last word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from claimcheck.lexicon import pattern
from claimcheck.numbers.word_lists import pairs_of, words_of

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
