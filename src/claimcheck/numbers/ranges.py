"""Two numbers that make one interval: "18–22", "between 18 and 22", "1 to 2 million", "one in five"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from claimcheck.lexicon import pattern
from claimcheck.model import Mention
from claimcheck.numbers.atoms import Atom
from claimcheck.numbers.bounds import bounded, converted
from claimcheck.numbers.counted import counted_noun, is_plural, phrase_behind
from claimcheck.numbers.digits import tidy
from claimcheck.numbers.identifiers import is_score
from claimcheck.numbers.masks import no_claim
from claimcheck.numbers.qualifiers import Qualifier, qualifier_before, qualifier_behind
from claimcheck.numbers.quantity import Quantity

_DASH = re.compile(r"[ ]?(?:-|‐|‑|–|—|−|~|〜|～)[ ]?")
_TO = pattern("ranges", "to")
_AND = pattern("ranges", "and")
_OR = pattern("ranges", "or")
_BETWEEN = pattern("ranges", "between")
_MARGIN = pattern("ranges", "margin")
_PROPORTION = pattern("ranges", "proportion")
_CHANGE = pattern("ranges", "change")
_LOSES = pattern("ranges", "loses")
_FROM = pattern("ranges", "from")
_CHANGED = pattern("ranges", "changed")
_BEHIND_NOUN = frozenset(
    {
        "and counting",
        "or more",
        "or so",
        "or fewer",
        "or less",
        "at the very least",
        "at the least",
        "at a minimum",
        "at the most",
        "at most",
        "at least",
        "if not more",
    }
)
_OVER = pattern("ranges", "over")
_CENTS = pattern("ranges", "cents")
_AFTER_CENTS = pattern("ranges", "after cents")
_TOGETHER = pattern("ranges", "together")
_EACH = pattern("ranges", "each")
_SIDES = pattern("ranges", "sides")


def combined(text: str, atoms: Sequence[Atom]) -> Iterator[Quantity | Mention]:
    """The quantities that the atoms of a stretch of text make, in order."""
    i = 0
    held: Quantity | None = None
    while i < len(atoms):
        used, made = _pair(text, atoms, i)
        i += used
        if isinstance(made, Mention):
            if held is not None:
                yield held
                held = None
            yield made
            continue
        both = None if held is None else bounded(text, held, made)
        if both is not None:
            held = both
            continue
        if held is not None:
            yield held
            made = converted(text, held, made)
        held = made
    if held is not None:
        yield held


def _pair(text: str, atoms: Sequence[Atom], i: int) -> tuple[int, Quantity | Mention]:
    """What atom i makes with the next: the number of atoms used, and the quantity."""
    first = atoms[i]
    if i + 1 < len(atoms):
        second = atoms[i + 1]
        made = (
            _proportion(text, first, second)
            or _range(text, first, second)
            or _money_and_cents(text, first, second)
            or _margin(text, first, second)
        )
        if made is not None:
            return 2, made
        changed = (
            _before_change(text, first, second)
            or _side(text, first, second)
            or _respective(text, first, second)
        )
        if changed is not None:
            return 1, _single(text, changed)
    return 1, _single(text, first)


def _before_change(text: str, first: Atom, second: Atom) -> Atom | None:
    """The first value of "rose from 44 to 50": what held before, no range and not what is claimed now."""
    if not _is_change(text, first, second):
        return None
    value, _ = _shared(first, second)
    unit = first if first.unit is not None or second.lead else second
    return replace(
        first,
        value=value,
        kind=unit.kind,
        unit=unit.unit,
        reason="value before a change",
        rule="number.before_change",
    )


def _side(text: str, first: Atom, second: Atom) -> Atom | None:
    """The first side of "10 by 20 metres" or "1.8 and 2 GHz", with the unit that both share."""
    shares = first.bare and second.kind == "measure" and first.words == second.words and not first.scaled
    if not shares or _SIDES.fullmatch(text, first.end, second.start) is None:
        return None
    return replace(first, kind=second.kind, unit=second.unit, rule="unit.side")


def _respective(text: str, first: Atom, second: Atom) -> Atom | None:
    """The first of "4.1 and 8.3 million" or "12 and 15 per cent, respectively", with what both share."""
    if not first.bare or second.lead or _TOGETHER.fullmatch(text, first.end, second.start) is None:
        return None
    each = _EACH.match(text, second.end) is not None
    pointed = first.value % 1 != 0 and second.value != second.value.to_integral_value()
    if not each and not (pointed or (second.scaled and first.value % 1 != 0)):
        return None
    scale = second.scale if second.scaled and not first.scaled and first.value < 1000 else Decimal(1)
    if scale == 1 and second.unit is None:
        return None
    return replace(
        first,
        value=tidy(first.value * scale),
        step=first.step * scale,
        scaled=first.scaled or scale > 1,
        kind=second.kind,
        unit=second.unit,
        rule="number.respective",
    )


def _is_change(text: str, first: Atom, second: Atom) -> bool:
    return _TO.fullmatch(text, first.end, second.start) is not None and says_change(text, first.start)


def says_change(text: str, start: int) -> bool:
    """Whether a word of change and "from" stand before `start`: "raised the tax from | 10 to 12 per cent"."""
    lead = _FROM.search(text, max(0, start - 24), start)
    return lead is not None and _CHANGED.search(text, max(0, lead.start() - 60), lead.start()) is not None


def _single(text: str, atom: Atom) -> Quantity:
    before = qualifier_before(text, atom.start)
    behind = qualifier_behind(text, atom.end) or _behind_noun(text, atom)
    qualifier = before or behind
    if before is not None and behind is not None and before.comparator in ("approx", "eq"):
        qualifier = behind
    return Quantity(
        atom,
        atom.start,
        atom.end,
        atom.value,
        qualifier=qualifier,
        behind=None if behind is None else behind.span,
        rule=atom.rule,
    )


def _behind_noun(text: str, atom: Atom) -> Qualifier | None:
    """The qualifier behind the counted noun: "300 people and counting", "40 boats or more"."""
    for word, end in phrase_behind(text, atom.end)[:4] if atom.kind == "number" else ():
        if is_plural(word):
            found = qualifier_behind(text, end)
            return (
                found
                if found is not None and text[found.span.start : found.span.end].lower() in _BEHIND_NOUN
                else None
            )
    return None


def _proportion(text: str, first: Atom, second: Atom) -> Quantity | None:
    """ "one in five", "three out of ten": a share; "12 in six boxes" is none."""
    if not (first.bare and second.bare) or first.scaled or first.fraction or second.fraction:
        return None
    over = _OVER.fullmatch(text, first.end, second.start) is not None and abs(first.value) == 1
    if not over and _PROPORTION.fullmatch(text, first.end, second.start) is None:
        return None
    of = text[first.end : second.start] == " of "
    if not 0 < abs(first.value) < second.value or 1800 <= second.value <= 2100:
        return None
    out_of = "out of" in text[first.end : second.start]
    if of and not (first.value == 1 and first.words and second.words and second.value <= 12):
        return None
    if not (abs(first.value) == 1 or out_of or (second.value <= 10 and second.words == first.words)):
        return None
    lent = second.scale if first.value % 1 else 1  # "3.3 out of 10.7 million": nobody is a part of one
    share = replace(
        first,
        end=second.end,
        value=first.value * lent / second.value,
        exact=True,
        fraction=True,
        rule="share",
        reason=None,
    )
    return _single(text, share)


def _range(text: str, first: Atom, second: Atom) -> Quantity | Mention | None:
    if first.fraction != second.fraction and not (first.exact and second.exact):
        return None
    lead = _BETWEEN.search(text, max(0, first.start - 24), first.start)
    between = lead is not None and lead[1].lower() == "between"
    dash = _DASH.fullmatch(text, first.end, second.start) is not None
    to = _TO.fullmatch(text, first.end, second.start) is not None
    either = _OR.fullmatch(text, first.end, second.start) is not None and _either(first, second)
    changes = to and lead is None and not _lends_unit(first, second) and not _loses_part(text, first, second)
    if changes and _CHANGE.search(text, max(0, first.start - 36), first.start):
        return None
    if to and _is_change(text, first, second):
        return None
    if not (dash or to or either or (between and _AND.fullmatch(text, first.end, second.start))):
        return None
    if (
        to
        and lead is None
        and first.bare
        and second.bare
        and not second.scaled
        and first.value > second.value
    ):
        return no_claim(text, first.start, second.end, "score", kind="number", rule="label.odds")
    if not _same_kind(text, first, second, dash or between, lead is not None):
        return None
    if (
        dash
        and first.words
        and (text[first.start - 1 : first.start] == "-" or text[second.end : second.end + 1] == "-")
    ):
        return None  # three-nought-four
    if dash and not between and first.bare and second.bare:
        if (
            not first.words
            and is_score(text, first.start, first.value, second.value)
            and counted_noun(text, second.end) is None
        ):
            return no_claim(text, first.start, second.end, "score", kind="number", rule="label.score")
        if first.value > second.value:
            return _model(text, first, second)
        if second.value > 1000 * max(first.value, Decimal(1)) and not second.scaled:
            return no_claim(text, first.start, second.end, "reference number", rule="label.pair")
    low, high = _shared(first, second)
    low, high = min(low, high), max(low, high)
    start = lead.start() if lead is not None and between else first.start
    unit = second if second.unit is not None else first
    atom = replace(second, kind=unit.kind, unit=unit.unit)
    qualifier = None if between else qualifier_before(text, first.start)
    if qualifier is not None and qualifier.comparator not in ("approx",):
        qualifier = None
    return Quantity(
        atom,
        start,
        second.end,
        None,
        low,
        high,
        qualifier,
        rule="range.between" if between else "range.or" if either else "range",
    )


def _model(text: str, first: Atom, second: Atom) -> Mention | None:
    """ "the 787-9": a falling pair with a tight hyphen is a name."""
    if first.words or first.value < 100 or text[first.end : second.start] != "-":
        return None
    return no_claim(text, first.start, second.end, "name", rule="label.model")


def _lends_unit(first: Atom, second: Atom) -> bool:
    """Whether a bare first end takes its unit from the second: "lost 15 to 20 per cent"."""
    return first.bare and second.unit is not None and not second.lead and first.value < second.value


def _loses_part(text: str, first: Atom, second: Atom) -> bool:
    """Whether two shares of one whole are what was lost: "lost 15 per cent to 20 per cent of its men"."""
    shares = first.kind == second.kind == "percent" and first.value < second.value
    if not shares or not text.startswith(" of ", second.end):
        return False
    return _LOSES.search(text, max(0, first.start - 36), first.start) is not None


def _either(first: Atom, second: Atom) -> bool:
    """Whether "three or four" is an interval: neighbours, and no unit or currency of their own between."""
    low, high = _shared(first, second)
    step = high - low if low == first.value else (high - low) / _scale_of(second)
    return first.bare and not second.lead and step == 1 and not first.exact


def _same_kind(text: str, first: Atom, second: Atom, dash: bool, led: bool) -> bool:
    """Whether both ends measure the same: equal units, or one end borrows the other's."""
    if first.unit == second.unit:
        return True
    if first.unit is None:
        return not second.lead
    if second.unit is not None:
        return False
    if first.kind == "measure" and dash and not led and first.value > second.value:
        return False  # "six-foot-two"
    if first.unit == "percent" and second.value > 100:
        return False
    return first.lead or (led or dash) or counted_noun(text, second.end) is None


def _shared(first: Atom, second: Atom) -> tuple[Decimal, Decimal]:
    """Both values, the scale of the second lent to the first: "1 to 2 million"."""
    scale = _scale_of(second)
    if not first.scaled and not first.fraction and first.value < 1000 and first.value <= second.value / scale:
        return first.value * scale, second.value
    return first.value, second.value


def _scale_of(atom: Atom) -> Decimal:
    """What multiplies a number: "2 million" 1000000, "four hundred" 100, "40" 1."""
    if atom.scaled:
        return atom.scale
    return Decimal(100) if atom.hundreds else Decimal(1)


def _money_and_cents(text: str, first: Atom, second: Atom) -> Quantity | None:
    """ "3 dollars 50 cents", "15 dollars 50"."""
    coins = second.unit in ("cent", "penny")
    if first.kind != "money" or first.unit in ("cent", "penny", "sen", "dime") or first.scaled:
        return None
    if not coins and (first.lead or first.end == first.number_end):
        return None
    if (
        _CENTS.fullmatch(text, first.end, second.start) is None
        or not 0 < second.value < 100
        or second.value != second.value.to_integral_value()
    ):
        return None
    if not coins and not (
        second.bare and counted_noun(text, second.end) is None and _AFTER_CENTS.match(text, second.end)
    ):
        return None
    value = first.value + second.value / 100
    return _single(
        text,
        replace(
            first, end=second.end, value=value, scaled=False, step=Decimal("0.01"), rule="money.and_cents"
        ),
    )


def _margin(text: str, first: Atom, second: Atom) -> Quantity | None:
    if first.unit not in (None, second.unit) or _MARGIN.fullmatch(text, first.end, second.start) is None:
        return None
    atom = replace(second, start=first.start, value=first.value)
    return Quantity(atom, first.start, second.end, first.value, margin=abs(second.value), rule="margin")
