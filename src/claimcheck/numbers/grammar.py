"""The grammar of English numbers: how tokens make one value.

Cardinals with their groups ("two million three hundred thousand"), hundreds, decimals behind "point",
fractions and mixed numbers, ordinals. What cannot be said as one number ends where it starts to be two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from claimcheck.lexicon import pattern
from claimcheck.numbers.tokens import Class, Token

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
        elif total is not None and total.tail and self.kind(total.j) == "dozen" and self.joined(total.j):
            dozens = total.value + total.tail * (self.tokens[total.j].value - 1)
            return Parsed(total.j + 1, dozens)  # "six hundred and three dozens"
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
            total,
            j=k,
            value=total.value + value,
            scale=largest,
            step=None,
            tail=value if gap == "and" else more.tail,
            ordinal=more.ordinal,
        )

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
            if token.value == 2 or token.article:
                return Parsed(i + 1, 1 / token.value, exact=True, fraction=True)
            if self.kind(i + 1) == "scale" and self.joined(i + 1):
                return Parsed(i + 1, 1 / token.value, exact=True, fraction=True)
            return None
        if token.kind == "ordinal" and token.article and self.is_word(i):
            return Parsed(i + 1, 1 / token.value, exact=True, fraction=True)
        if token.kind == "ten" and token.article and self.kind(i + 1) == "ordinal":
            return None
        return None

    def with_denominator(self, read: Parsed) -> Parsed | None:
        """The fraction that a cardinal and the denominator behind it make."""
        j = read.j
        if read.ordinal or not self.joined(j) or read.exact:
            return None
        below = self.tokens[j]
        if read.scale > 1:  # "nine hundred thousand trillionths"
            small = below.kind == "part" and below.plural and below.value > read.scale
            return Parsed(j + 1, read.value / below.value, exact=True, fraction=True) if small else None
        compound = self.compound_denominator(read)
        if compound is not None:
            return compound
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

    def of_one_part(self, read: Parsed) -> Parsed | None:
        """ "one one-hundredth", "one one-thousandth": the second "one" belongs to the denominator."""
        j = read.j
        if read.value != 1 or not self.joined(j) or self.kind(j) != "unit" or self.tokens[j].value != 1:
            return None
        below = self.tokens[j + 1] if self.joined(j + 1) else None
        if below is None or below.kind != "ordinal" or below.value < 100 or not self.is_word(j + 1):
            return None
        return Parsed(j + 2, 1 / below.value, exact=True, fraction=True)

    def compound_denominator(self, read: Parsed) -> Parsed | None:
        """ "three twenty-fifths", "one hundred thirty-fifths": tens and a plural make the denominator."""
        j = read.j
        last = self.tokens[j - 1]
        if self.kind(j) == "ten" and self.kind(j + 1) == "part" and self.joined(j + 1):
            unit, tens, above, end = self.tokens[j + 1], self.tokens[j].value, read.value, j + 2
        elif last.kind == "ten" and self.kind(j) == "part" and read.value > last.value and not read.tail:
            unit, tens, above, end = self.tokens[j], last.value, read.value - last.value, j + 1
        else:
            return None
        if (
            not unit.plural
            or not 1 <= unit.value < 10
            or (unit.value == 4 and self.text[unit.start : unit.end].lower() == "quarters")
        ):
            return None
        below = tens + unit.value
        return Parsed(end, above / below, exact=True, fraction=above < below)

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
            fraction = self.with_denominator(read) or self.of_one_part(read)
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
