"""Changes after which a supported statement must stay supported: other ways to say the same. Each returns the
new text, with the words that now state it where they differ, or None where it does not apply."""

from __future__ import annotations

import re
from datetime import date

from tests.perturb.bases import MONTHS, Base
from tests.perturb.fillers import Draw, listed, words
from tests.perturb.must_not import Change, Changed

ONES = words("ones")
TENS = words("tens")
SIZES = ((10**6, "million"), (1000, "thousand"), (100, "hundred"))


def in_words(number: int) -> str:
    """A whole number below a billion: 774 is "seven hundred and seventy-four"."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    size, name = next(one for one in SIZES if number >= one[0])
    rest = number % size
    joint = " and " if rest < 100 else " "
    return f"{in_words(number // size)} {name}" + (f"{joint}{in_words(rest)}" if rest else "")


def number_in_words(base: Base, _: Draw) -> Changed:
    """ "774" becomes "seven hundred and seventy-four"."""
    value = base.value
    if base.number is None or value is None or value != value.to_integral_value() or value >= 1_000_000:
        return None
    after = base.text[base.at.end :]
    if (
        re.match(r"\s*(%|percent|per cent|million|billion|tn|bn|m\b|°|-)", after)
        or base.text[: base.at.start][-1:] in "$€£-–"
    ):
        return None
    words = in_words(int(value))
    words = words.capitalize() if base.at.start == base.sentence.start_char else words
    return base.with_edits((base.at.start, base.at.end, words)), words


def other_date(base: Base, draw: Draw) -> Changed:
    """ "25 January 2018" becomes "January 25, 2018" or "the 25th of January 2018"."""
    found = list(
        re.finditer(rf"\b(\d{{1,2}}) ({'|'.join(m.title() for m in MONTHS)})( \d{{4}})?\b", base.text)
    )
    if len(found) != 1:
        return None
    day, month, year = int(found[0][1]), found[0][2], (found[0][3] or "").strip()
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    forms = [f"the {day}{ending} of {month}" + (f" {year}" if year else "")]
    after = base.text[found[0].end() :][:1]
    forms.append(f"{month} {day}" + (f", {year}{',' if after == ' ' else ''}" if year else ""))
    if year:
        forms += [
            date(int(year), MONTHS.index(month.lower()) + 1, day).isoformat(),
            f"{day} {month[:3]} {year}",
        ]
    new = draw.any(forms)
    if base.at.start < found[0].end() and found[0].start() < base.at.end:
        if base.at.at.strip() not in (found[0][0], found[0][0].removesuffix(f" {year}").strip()):
            return None
        return base.with_edits((*found[0].span(), new)), new.rstrip(",")
    return base.with_edits((*found[0].span(), new))


def _lowered(base: Base, words: str) -> str:
    """The start of a sentence as it reads in its midst."""
    first = base.sentence[0]
    if first.pos_ == "ADJ" and first.text.endswith(("an", "ish", "ese", "i", "ch", "ean")):
        return words  # of a country
    name = first.pos_ in ("PROPN",) or (first.text.isupper() and len(first) > 1) or not first.is_alpha
    return words if name else words[:1].lower() + words[1:]


def neutral_adjunct(base: Base, draw: Draw) -> Changed:
    """ "According to the report" before or behind it."""
    words, sentence = draw.any(listed("adjuncts")), base.sentence
    whole = sentence.text.rstrip()
    if not whole.endswith(".") or re.search(r"\b(said|says|say|according|reported|told)\b", whole.lower()):
        return None
    stop = sentence.start_char + len(whole) - 1
    if words.startswith(("according", "by", "as")) and draw.random.random() < 0.5:
        start = sentence.start_char
        return base.text[:start] + f"{words.capitalize()}, {_lowered(base, base.text[start:])}"
    return base.with_edits((stop, stop, f", {words}"))


def second_statement(base: Base, draw: Draw) -> Changed:
    """Another statement is added with "and", or stands as a sentence before or behind."""
    if not draw.fillers.sentences or not base.text.rstrip().endswith("."):
        return None
    other, how = draw.any(draw.fillers.sentences), draw.random.randrange(3)
    if how == 0:
        return f"{other} {base.text}"
    if how == 1:
        return f"{base.text.rstrip()} {other}"
    joined = other if other.split()[0] == "I" else other[:1].lower() + other[1:]
    return f"{base.text.rstrip()[:-1]}, and {joined}"


def synonym(base: Base, draw: Draw) -> Changed:
    """Another word or phrase for the same."""
    found = ((re.search(p, base.sentence.text), words) for p, words in listed("synonyms").items())
    fitting = [(match, words) for match, words in found if match is not None]
    if not fitting:
        return None
    match, words = draw.random.choice(fitting)
    start = base.sentence.start_char + match.start()
    if start < base.at.end and base.at.start < base.sentence.start_char + match.end():
        return None
    if match[0] == "were killed" and re.match(r"\s*by\b", base.sentence.text[match.end() :]):
        words = ["were slain"]
    return base.with_edits((start, base.sentence.start_char + match.end(), draw.any(words)))


MUST_STAY: dict[str, Change] = {
    "number in words": number_in_words, "other date form": other_date, "neutral adjunct": neutral_adjunct,
    "second statement": second_statement, "synonym": synonym,
}  # fmt: skip
