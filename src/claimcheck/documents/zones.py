"""Text -> zones (letterhead, heading, body, list, signature, contacts, table, references) and numbered lists.

A zone says how its characters are to be read: an item number is never a quantity, a date in a letterhead
is the document's own. The unit is the paragraph of `layout`; each gets one kind, neighbours of one kind
make a zone. What lines say by their words is data (`data/zones.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

from claimcheck.documents.layout import BULLET, MARKER, Line, paragraphs
from claimcheck.lexicon import load
from claimcheck.model import ListItem, Zone, ZoneKind

_SHORT = 100  # characters: longer paragraphs are neither headings nor names
_HEAD_LINES = 40  # paragraphs within which a salutation ends a letterhead
_DAMAGED = 4  # the number may jump by so much where lines stand in for the items between
_SIGNERS = 6  # short lines behind a closing that name who signs
_MOST_ROLE = 200  # characters: no line of `zones.toml` is longer
_CLOSE = re.compile(r"[.!?…。！？][\"'”’»)\]]{0,4}$")
_PROSE = re.compile(r"[a-z]{3}[.!?]\s+[A-Z][^.!?]{20,}[a-z][.!?]\s*$", re.MULTILINE)
_INLINE = re.compile(r"(?<!\w)\((?P<label>\d{1,2})\)(?=\s)")


@dataclass(frozen=True, slots=True)
class NumberedList:
    """The items of one list, in text order.

    `adjacent`: hardly anything stands between the items, as in a list of names; otherwise they are numbered
    paragraphs, headings, or numbers inside a sentence. `lettered`: the labels are a, b, c (read as 1, 2, 3).
    """

    items: tuple[ListItem, ...]
    adjacent: bool
    lettered: bool

    @property
    def start(self) -> int:
        """Offset of the first item's number."""
        return self.items[0].number_start

    @property
    def end(self) -> int:
        """End of the last item."""
        return self.items[-1].end


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A paragraph that begins with a number or a letter as items do."""

    unit: int
    style: tuple[bool, bool, str]
    item: ListItem


_Listed = tuple[NumberedList, tuple[int, ...]]  # a list, and the paragraphs that belong to it


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["role"], re.compile(row["pattern"], re.IGNORECASE)) for row in load("zones"))


@cache
def _any_role() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in load("zones")), re.IGNORECASE)


def role(line: str) -> str | None:
    """What a whole line is by its words: salutation, closing, contact, furniture, or None."""
    held = line.strip()
    if not held or len(held) > _MOST_ROLE:
        return None
    held = held.rstrip(",.:;!–—- ") or held
    if _any_role().fullmatch(held) is None:  # most lines: one look instead of one for each row
        return None
    return next((name for name, pattern in _roles() if pattern.fullmatch(held)), None)


def find_lists(text: str) -> tuple[NumberedList, ...]:
    """The numbered lists of `text`: "1." "1)" "(1)" "- 8." "a)" at the head of lines, "(1) … (2) …" inside.

    A lone number makes no list; nor do two that do not begin at one and follow each other.
    """
    units = _units(text)
    return tuple(numbered for numbered, _ in _lists(text, units)) + tuple(_inline_lists(text, units))


def zones_and_items(text: str) -> tuple[tuple[Zone, ...], tuple[ListItem, ...]]:
    """The zones of a text, and the numbered items of all of its lists, in one pass over it."""
    units = _units(text)
    listed = _lists(text, units)
    zones: list[Zone] = []
    for unit, kind in zip(units, _kinds(text, units, listed), strict=True):
        if zones and zones[-1].kind == kind:
            zones[-1] = Zone(zones[-1].start, unit.end, kind)
        else:
            zones.append(Zone(unit.start, unit.end, kind))
    found = [item for numbered, _ in listed for item in numbered.items]
    found.extend(item for numbered in _inline_lists(text, units) for item in numbered.items)
    return tuple(zones), tuple(sorted(found, key=lambda item: item.number_start))


def _units(text: str) -> list[Line]:
    """The paragraphs but for page furniture, which may stand in the middle of a list."""
    return [unit for unit in paragraphs(text) if unit.length > _SHORT or role(unit.of(text)) != "furniture"]


def _lists(text: str, units: Sequence[Line]) -> list[_Listed]:
    """The lists at the heads of paragraphs, each with the paragraphs that are its items."""
    open_runs: dict[tuple[bool, bool, str], list[_Candidate]] = {}
    closed: list[list[_Candidate]] = []
    latest = -1
    for candidate in _candidates(text, units):
        run = open_runs.get(candidate.style)
        if run is not None and _follows(run, candidate, touching=latest == candidate.unit - 1):
            run.append(candidate)
        else:
            closed.extend([] if run is None else [run])
            open_runs[candidate.style] = [candidate]
        latest = candidate.unit
    runs = sorted([*closed, *open_runs.values()], key=lambda run: run[0].unit)
    # two from one on, or three wherever they begin: an extract from a list
    runs = [run for run in runs if len(run) > 2 or (len(run) == 2 and run[0].item.number == 1)]
    listed = {candidate.unit for run in runs for candidate in run}
    listed.update(at for at, unit in enumerate(units) if BULLET.match(text, unit.start, unit.end))
    return [_as_list(run, listed) for run in runs]


def _candidates(text: str, units: Sequence[Line]) -> Iterator[_Candidate]:
    for position, unit in enumerate(units):
        match = MARKER.match(text, unit.start, unit.end)
        if match is None:
            continue
        label = match["label"]
        digits = label.isdigit()
        number = int(label) if digits else ord(label) - ord("a") + 1
        start = match.end()
        held = text[start : unit.end]
        item = ListItem(number, match.start("label"), match.end("label"), start, unit.end, held)
        yield _Candidate(position, (digits, match["open"] is not None, match["close"]), item)


def _follows(run: Sequence[_Candidate], candidate: _Candidate, *, touching: bool) -> bool:
    """Whether `candidate` goes on with `run`.

    It does with the next number anywhere, with any number above the first in the very next paragraph, and
    with the right number behind a few lines whose own numbers are damaged.
    """
    number, last = candidate.item.number, run[-1]
    if number == last.item.number + 1:
        return True
    if touching and last.unit == candidate.unit - 1:
        return number > run[0].item.number
    return 0 < candidate.unit - last.unit == number - last.item.number <= _DAMAGED


def _as_list(run: Sequence[_Candidate], listed: Set[int]) -> _Listed:
    """A run as a list, with the paragraphs from its first item to its last, or its items' alone.

    Items of nested lists count as listed; a list may hold a stray line for every four items.
    """
    units = range(run[0].unit, run[-1].unit + 1)
    adjacent = sum(unit in listed for unit in units) * 5 >= len(units) * 4
    items = tuple(candidate.item for candidate in run)
    numbered = NumberedList(items, adjacent=adjacent, lettered=not run[0].style[0])
    return numbered, tuple(units) if adjacent else tuple(candidate.unit for candidate in run)


def _inline_lists(text: str, units: Sequence[Line]) -> Iterator[NumberedList]:
    """Enumerations inside a paragraph: "(1) food, (2) water and (3) tents"."""
    for unit in units:
        found = list(_INLINE.finditer(text, unit.start, unit.end))
        if len(found) < 2 or [int(match["label"]) for match in found] != list(range(1, len(found) + 1)):
            continue
        ends = [match.start() for match in found[1:]] + [unit.end]
        items = []
        for match, stop in zip(found, ends, strict=True):
            raw = text[match.end() : stop]
            start = match.end() + len(raw) - len(raw.lstrip())
            end = max(start, match.end() + len(raw.rstrip()))
            label = (int(match["label"]), match.start("label"), match.end("label"))
            items.append(ListItem(*label, start, end, text[start:end]))
        if found[0].start() > unit.start:  # else the paragraph is an item of a list of paragraphs
            yield NumberedList(tuple(items), adjacent=False, lettered=False)


def _kinds(text: str, units: Sequence[Line], listed: Sequence[_Listed]) -> list[ZoneKind]:
    """The kind of each paragraph, the plainest first: lists and tables, then by words, then by place."""
    kinds: list[ZoneKind | None] = [None] * len(units)
    for numbered, members in listed:
        if numbered.adjacent or _are_titles(numbered.items):
            for member in members:
                kinds[member] = "list" if numbered.adjacent else "heading"
    for position, unit in enumerate(units):
        if kinds[position] is None:
            kinds[position] = _by_form(text, units, position, unit)
    _mark_signatures(text, units, kinds)
    _mark_head(text, units, kinds)
    _mark_references(text, units, kinds)
    return [kind or "body" for kind in kinds]


def _are_titles(items: Sequence[ListItem]) -> bool:
    """Whether numbered lines with text between them are headings: short, and most of them no sentences
    ("2. Outcome"; not "2. Four people died in May.")."""
    sentences = sum(_CLOSE.search(item.text) is not None for item in items)
    return sentences * 2 <= len(items) and all(len(item.text) <= 2 * _SHORT for item in items)


def _by_form(text: str, units: Sequence[Line], position: int, unit: Line) -> ZoneKind | None:
    start = text[unit.start]
    line = unit.of(text) if unit.length <= _MOST_ROLE else ""
    if start == "|" or line.count("\t") > 1 or line.count(" | ") > 1:
        return "table"
    if start == "#":
        return "heading"
    if BULLET.match(text, unit.start, unit.end):
        near = [*units[max(0, position - 1) : position], *units[position + 1 : position + 2]]
        return "list" if any(BULLET.match(text, other.start, other.end) for other in near) else None
    return "contacts" if line and role(line) == "contact" else None


def _mark_signatures(text: str, units: Sequence[Line], kinds: list[ZoneKind | None]) -> None:
    """A closing and the few short lines behind it that name who signs."""
    for position, unit in enumerate(units):
        if kinds[position] is not None or unit.length > _SHORT or role(unit.of(text)) != "closing":
            continue
        kinds[position] = "signature"
        for behind in range(position + 1, min(position + 1 + _SIGNERS, len(units))):
            if kinds[behind] is not None or not _is_name_like(text, units[behind]):
                break
            kinds[behind] = "signature"


def _mark_references(text: str, units: Sequence[Line], kinds: list[ZoneKind | None]) -> None:
    """What stands under "See also" or "References" to the next heading that is not theirs, or to prose of
    two sentences: entries, which claim nothing."""
    inside, headed = False, -1
    for position, unit in enumerate(units):
        heads = kinds[position] == "heading" and not BULLET.match(text, unit.start, unit.end)
        if role(unit.of(text)[:_MOST_ROLE]) == "references" and unit.length <= _SHORT:
            inside, headed = True, position
        elif inside and heads and headed == position - 1:
            headed = position  # "Bibliography", and right under it "Sources"
        elif inside and heads:
            inside = False
        elif inside and kinds[position] is None and _PROSE.search(text, unit.start, unit.end) is not None:
            inside = "ISBN" in unit.of(text) or "http" in unit.of(text)
        if inside:
            kinds[position] = "references"


def _mark_head(text: str, units: Sequence[Line], kinds: list[ZoneKind | None]) -> None:
    """Short lines before the salutation, or before the first sentences: letterhead; later ones: headings."""
    opening = enumerate(units[:_HEAD_LINES])
    head = next((at for at, unit in opening if role(unit.of(text)[:_MOST_ROLE]) == "salutation"), None)
    if head is None:
        prose = (
            at for at, unit in enumerate(units)
            if kinds[at] in (None, "list") and not _is_name_like(text, unit)
        )  # fmt: skip
        head = next(prose, 0) - 1
    for position, unit in enumerate(units):
        if kinds[position] is None and _is_name_like(text, unit):
            if position <= head:
                kinds[position] = "letterhead"
            elif position + 1 < len(units) and kinds[position + 1] in (None, "list", "table"):
                kinds[position] = "heading" if _is_title(text, unit) else None


def _is_name_like(text: str, unit: Line) -> bool:
    """A short paragraph that is no sentence: a name, an address, a date, a title."""
    return unit.length <= _SHORT and _CLOSE.search(text, max(unit.start, unit.end - 6), unit.end) is None


def _is_title(text: str, unit: Line) -> bool:
    return text[unit.end - 1] not in ",;:–—-" and not text[unit.start].islower()
