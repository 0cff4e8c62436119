"""What a document's numbered lists say about themselves: numbering, strangers, kinds, repeats, counts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from claimcheck.documents.zones import find_lists, role
from claimcheck.lexicon import load, pattern
from claimcheck.model import Document, Finding, ListItem, Mention, Span
from claimcheck.selfcheck.base import noted

_LEAST = 3  # items of a list that is worth a word
_STRANGERS = 10  # at most one item in so many can be a stranger; more are the list's kind
_KIND_LEAST = 3  # items that begin alike before the phrase names a kind
_KINDS_SHOWN = 3
_NAMES_LEAST = 10  # items of a list in which one single word twice is worth a word
_SHORT = 3  # letters of a word that any list may repeat ("Yes", "Nil")
_NEAR = 300  # characters between a sentence and the list that it announces
_AROUND = 200  # characters looked at on either side of a number
_LEADING = pattern("own_checks", "opening of a name")
_WORD = re.compile(r"\w+")
_ROLE_NAMES = {
    "closing": "the closing of a letter",
    "salutation": "the salutation of a letter",
    "furniture": "page furniture",
    "contact": "a contact detail",
}


@dataclass(frozen=True, slots=True)
class ListCheck:
    """A numbered list and what is odd about it.

    `missing` numbers between the first and the last, `repeated` numbers, `strangers` items that are not of
    the list's kind with what they are. `count` is how many items are printed, strangers included.
    """

    start: int
    end: int
    items: tuple[ListItem, ...]
    missing: tuple[int, ...]
    repeated: tuple[int, ...]
    strangers: tuple[tuple[ListItem, str], ...]

    @property
    def count(self) -> int:
        """How many items are printed."""
        return len(self.items)

    @property
    def numbers(self) -> tuple[int, int]:
        """The first and the last number printed."""
        return self.items[0].number, self.items[-1].number

    @property
    def contiguous(self) -> bool:
        """Whether each number is one more than the one before."""
        return not self.missing and not self.repeated


def lists(document: Document) -> tuple[ListCheck, ...]:
    """The document's lists of items (not numbered paragraphs or numbers inside sentences), in text order."""
    if not document.items:
        return ()
    return tuple(
        _checked(numbered.items)
        for numbered in find_lists(document.text)
        if numbered.adjacent and not numbered.lettered
    )


def list_findings(document: Document, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Numbering, strangers, duplicates and kinds of each list, then the counts that the text states."""
    checks = [check for check in lists(document) if check.count >= _LEAST]
    for check in checks:
        yield _numbering(document.text, check)
        yield from _strangers(document.text, check)
        yield from _duplicates(document.text, check)
        yield from _kinds(document.text, check)
    yield from _stated_counts(document, mentions, checks)


def _checked(items: tuple[ListItem, ...]) -> ListCheck:
    numbers = [item.number for item in items]
    held = set(numbers)
    missing = tuple(n for n in range(min(numbers), max(numbers)) if n not in held)
    repeated = tuple(sorted(n for n, times in Counter(numbers).items() if times > 1))
    roles = [(item, role(item.text)) for item in items]
    strangers = tuple((item, name) for item, name in roles if name is not None)
    if len(strangers) * _STRANGERS > len(items):
        strangers = ()
    return ListCheck(items[0].number_start, items[-1].end, items, missing, repeated, strangers)


def _numbering(text: str, check: ListCheck) -> Finding:
    """Anchored at the first item, or at the first item whose number is not the next."""
    first, last = check.numbers
    told = f"{check.count} numbered items, {first} to {last}"
    if check.contiguous:
        head = check.items[0]
        return noted(text, "list_numbering", Span(head.number_start, head.end), f"{told}, contiguous.")
    odd = next(item for before, item in pairwise(check.items) if item.number != before.number + 1)
    parts = []
    if check.missing:
        parts.append(f"missing: {_some(check.missing)}")
    if check.repeated:
        parts.append(f"used more than once: {_some(check.repeated)}")
    told = f"{told}; {'; '.join(parts) or 'not in order'}."
    return noted(text, "list_numbering", Span(odd.number_start, odd.end), told, problem=True)


def _some(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:10])
    return shown if len(numbers) <= 10 else f"{shown} and {len(numbers) - 10} more"


def _strangers(text: str, check: ListCheck) -> Iterator[Finding]:
    """Items that are a letter's closing, page furniture and the like among items that are not."""
    remain = check.count - len(check.strangers)
    for item, name in check.strangers:
        told = f'Item {item.number}, "{item.text}", is {_ROLE_NAMES[name]} and not of the list\'s kind'
        told += f"; {remain} of {check.count} items remain."
        yield noted(text, "list_item", Span(item.start, item.end), told, problem=True)


def _duplicates(text: str, check: ListCheck) -> Iterator[Finding]:
    """Items that are the same but for case and punctuation.

    Single words ("Yes") may repeat rightly: one is told only where it alone stands twice in a list of names.
    """
    groups: dict[tuple[str, ...], list[ListItem]] = defaultdict(list)
    for item in check.items:
        groups[tuple(word.casefold() for word in _WORD.findall(item.text))].append(item)
    single = [items for words, items in groups.items() if len(words) < 2 and len(items) > 1]
    told_single = len(single) == 1 and len(single[0]) == 2 and check.count >= _NAMES_LEAST
    for words, same in groups.items():
        if len(same) > 1 and (len(words) > 1 or (told_single and len("".join(words)) > _SHORT)):
            numbers = " and ".join(str(item.number) for item in same)
            told = f'Items {numbers} are the same: "{same[-1].text}".'
            yield noted(text, "list_duplicate", Span(same[-1].start, same[-1].end), told, problem=True)


def _kinds(text: str, check: ListCheck) -> Iterator[Finding]:
    """The kinds of item that a list holds most, by the words they begin with ("Local Council of …")."""
    first: dict[str, Span] = {}
    counted: Counter[str] = Counter()
    for item in check.items:
        match = _LEADING.match(text, item.start, item.end)
        if match is not None:
            first.setdefault(match[1], Span(match.start(1), match.end(1)))
            counted[match[1]] += 1
    for phrase, times in counted.most_common(_KINDS_SHOWN):
        if times < _KIND_LEAST:
            return
        told = f'{times} of {check.count} items begin with "{phrase}": {times} {_plural(phrase)}.'
        yield noted(text, "list_kinds", first[phrase], told)


def _plural(phrase: str) -> str:
    """ "Local Council of" -> "local councils"; names in capitals keep them."""
    noun = phrase.rsplit(" ", 1)[0]
    held = " ".join(word if word.isupper() else word.lower() for word in noun.split())
    if held.endswith("y") and not held.endswith(("ay", "ey", "oy", "uy")):
        return held[:-1] + "ies"
    return held + ("es" if held.endswith(("s", "x", "ch", "sh")) else "s")


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    def compiled(pattern: str | None, end: str) -> re.Pattern[str] | None:
        return None if pattern is None else re.compile(f"(?:{pattern}){end}", re.IGNORECASE)

    return tuple(
        (row["list"], compiled(row.get("before"), r"\Z"), compiled(row.get("after"), ""))
        for row in load("list_counts")
    )


def _stated_counts(
    document: Document, mentions: Sequence[Mention], checks: Sequence[ListCheck]
) -> Iterator[Finding]:
    """Numbers that the text states of its own list, against the items of that list."""
    if not checks:
        return
    for mention in mentions:
        if mention.kind != "number" or mention.status == "not_claim":
            continue
        check = _announced(document.text, mention, checks)
        if check is None:
            continue
        counts = {check.count, check.count - len(check.strangers)}
        fits = any(mention.interval.contains(Decimal(count)) for count in counts)
        told = f'The text says "{mention.wide.of(document.text)}"; its list has {check.count} numbered items'
        if check.strangers:
            told += f", {check.count - len(check.strangers)} without those that are none"
        yield noted(document.text, "list_count", mention.span, told + ".", problem=not fits)


def _announced(text: str, mention: Mention, checks: Sequence[ListCheck]) -> ListCheck | None:
    """The list of which the number at `mention` is the stated count, None where it counts something else."""
    if mention.low is None and mention.high is None:
        return None
    span = mention.wide
    before = text[max(0, span.start - _AROUND) : span.start]
    for which, ahead, behind in _cues():
        if ahead is not None and ahead.search(before) is None:
            continue
        if behind is not None and behind.match(text, span.end, span.end + _AROUND) is None:
            continue
        later = [check for check in checks if check.start >= span.end]
        if which == "signers":
            return max(later, key=lambda check: check.count, default=None)
        if later and later[0].start - span.end <= _NEAR and _directly(text, span.end, later[0].start):
            return later[0]
    return None


def _directly(text: str, at: int, start: int) -> bool:
    """Whether only the rest of the number's own paragraph stands before the list."""
    return len(re.findall(r"\n[ \t\r]*\n", text[at:start])) <= 1
