"""A PDF -> its text: the lines of each page as they are set, and the pages as their text goes on."""

from __future__ import annotations

import ctypes
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise, takewhile
from pathlib import Path
from typing import Any, NamedTuple

from claimcheck.documents.extracted import RAISED, TEXT_LIMIT, DocumentError, Extracted
from claimcheck.documents.layout import BULLET, MARKER
from claimcheck.lexicon import pattern

# ----------------------------------------------------------------------------------------------------
# The lines of a page as they are set: where a paragraph goes on, where one begins, and which lines are
# rows.
#
# The characters of a PDF say nothing of paragraphs or cells; where they stand on the sheet does. A line
# that had no room for the next word goes on below; more room above a line than is usual, another size of
# letters or an indent begins a paragraph; words under each other between the same strips of white are a
# table.

GOES_ON = "\x1f"
"""Stands at the end of a line whose paragraph goes on in the next."""

MOST_LINES, MOST_WORDS = 1000, 200
"""So many lines of a page, and words of a line, are placed: more are no page that anybody set."""

_SAME = 0.08  # by how much of them sizes of one kind of letter differ
_LOOSE = 1.2  # times the usual distance of lines, from which on there is room between them
_FAR = 6  # sizes: lines farther apart are not one below the other
_INDENT = 0.8  # sizes
_CELL = 1.0  # sizes of white between two words, of which one row at least of a table has so much
_STRIP = 1.0  # points of white that every row has there
_LEAST = 2  # rows of a table
_PROSE = 30  # characters of a cell on the average: columns of prose are no table
_NEAR = 4  # sizes within which lines begin that have one right edge
_BLOCK = 4  # lines from which on a block may have an edge of its own


_RAISED = 0.15  # sizes above the foot of its word, from which on a figure is a note's
_QUOTES = '"“‘«'
_ENDED = re.compile(r"[.!?:;][\"'”’»)\]]{0,4}$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, in points from the left and from the foot of the page; `size` is the height
    of its letters."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True)
class SetLine:
    """The words of a line, of which there is one at least."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its words."""
        return sorted(word.size for word in self.words)[len(self.words) // 2]

    @cached_property
    def base(self) -> float:
        """The foot of most of its words: a raised "1" in front of a note does not count."""
        return sorted(word.base for word in self.words)[(len(self.words) - 1) // 2]

    def is_as_large(self, other: SetLine) -> bool:
        """Whether its letters are of the size of another's."""
        return abs(self.size - other.size) <= _SAME * other.size


@dataclass(frozen=True, slots=True)
class _Block:
    """The right edge that the lines of a block might reach, and whether half of them do."""

    edge: float
    fills: bool


@dataclass(frozen=True, slots=True)
class _Strip:
    """White from top to bottom of some lines, and how much of it the line has that has most."""

    low: float
    high: float
    widest: float = 0.0
    white: float = 0.0  # of all lines together
    wide_in: int = 0  # how many lines have as much as between cells

    def common(self, other: _Strip) -> _Strip | None:
        """What is white in both; None where that is next to nothing."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if high - low < _STRIP:
            return None
        widest, white = max(self.widest, other.widest), self.white + other.white
        return _Strip(low, high, widest, white, self.wide_in + other.wide_in)


def set_text(lines: Sequence[SetLine]) -> str:
    """A page's text: blank lines between paragraphs, "|" between cells, `GOES_ON` where a line goes on."""
    found = list(_whole(lines))
    if not found:
        return ""
    rows = _rows(found)
    blocks = _blocks(found, rows)
    out = [rows.get(0) or found[0].text]
    item = False
    for at, (one, two) in enumerate(pairwise(found)):
        if at in rows and at + 1 in rows:
            between = "\n"
        elif blocks[at] is not blocks[at + 1]:
            between = "\n\n" if _is_below(one, two) else "\n"
        elif _begins(one, two):
            between = "\n\n"
        else:
            between = f"{GOES_ON}\n" if _goes_on(one, two, blocks[at]) else "\n"
        if blocks[at] is not blocks[at + 1]:
            item = _lists(one, two, found)
        mark = "- " if item and not between.startswith(GOES_ON) else ""
        out += [between, mark, rows.get(at + 1) or two.text]
    return "".join(out)


def _whole(lines: Sequence[SetLine]) -> Iterator[SetLine]:
    """The lines, those beside each other put together: cells that were written one by one."""
    last: SetLine | None = None
    for line in lines:
        if last is not None and abs(last.base - line.base) < line.size / 4 and line.left > last.right:
            last = SetLine((*last.words, *line.words))
            continue
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last


def _is_below(one: SetLine, two: SetLine) -> bool:
    """Whether a line stands somewhere below another, and not in the next column."""
    across = min(one.right, two.right) - max(one.left, two.left)
    return 0 < one.base - two.base < _FAR * max(one.size, two.size) and across > 0


def _pitch(lines: Sequence[SetLine]) -> dict[int, float]:
    """By the size of letters the distance that lines of a paragraph have."""
    found: dict[int, list[float]] = {}
    for one, two in pairwise(lines):
        if _is_below(one, two) and one.is_as_large(two):
            found.setdefault(round(two.size), []).append(one.base - two.base)
    return {size: sorted(pitches)[len(pitches) // 5] for size, pitches in found.items()}


def _blocks(lines: Sequence[SetLine], rows: dict[int, str]) -> list[_Block]:
    """The block of each line: lines of one size, one below the other as closely as usual."""
    pitch, cuts = _pitch(lines), [0]
    for at, (one, two) in enumerate(pairwise(lines)):
        usual = pitch.get(round(two.size), two.size)
        close = one.base - two.base <= _LOOSE * usual
        same = _is_below(one, two) and one.is_as_large(two) and close and (at in rows) == (at + 1 in rows)
        cuts += [] if same else [at + 1]
    out: list[_Block] = []
    for start, end in pairwise([*cuts, len(lines)]):
        out += [_block(lines[start:end], lines)] * (end - start)
    return out


def _block(mine: Sequence[SetLine], lines: Sequence[SetLine]) -> _Block:
    """A block with the right edge that its lines might reach: its own, where it shows one, else the page's
    for letters of its size that begin about there."""
    head = mine[0]
    near = [o for o in lines if o.is_as_large(head) and abs(o.left - head.left) < _NEAR * head.size]
    whole, own = max(o.right for o in near), max(o.right for o in mine)
    if len(mine) >= _BLOCK and not _fills(mine, whole) and _fills(mine, own):
        return _Block(own, True)
    return _Block(whole, _fills(mine, whole))


def _fills(lines: Sequence[SetLine], edge: float) -> bool:
    """Whether half of a block's lines had no room for the next word before an edge."""
    full = sum(_is_full(one, two, edge) for one, two in pairwise(lines))
    return full * 2 >= len(lines) - 1


def _is_full(one: SetLine, two: SetLine, edge: float) -> bool:
    """Whether the first word of a line had no room at the end of the one above."""
    first = two.words[0]
    return one.right + one.size / 4 + first.right - first.left > edge


def _goes_on(one: SetLine, two: SetLine, block: _Block) -> bool:
    """Whether a line of a block goes on with the sentence, or the paragraph, of the one above."""
    if any(mark.match(two.text) for mark in (MARKER, BULLET)):
        return False
    if _ENDED.search(one.text):
        return block.fills and _is_full(one, two, block.edge)
    return block.fills or _is_full(one, two, block.edge) or two.text[0].islower()


def _begins(one: SetLine, two: SetLine) -> bool:
    """Whether a line is indented where the one above it has no mark, and they stand not about one middle."""
    marked = any(mark.match(one.text) for mark in (MARKER, BULLET))
    centred = abs(one.left + one.right - two.left - two.right) < one.size
    return two.left - one.left > _INDENT * two.size and not marked and not centred


def _lists(one: SetLine, two: SetLine, lines: Sequence[SetLine]) -> bool:
    """Whether what begins below a line that ends in a colon are items whose marks are drawn, not written."""
    marked = any(mark.match(two.text) for mark in (MARKER, BULLET))
    begins = (o.left for o in lines if o.is_as_large(two) and 0 <= two.left - o.left < _NEAR * two.size)
    indented = two.left - min(begins) > 2 * _INDENT * two.size and _is_below(one, two)
    return one.text.endswith(":") and indented and not marked and two.text[0] not in _QUOTES


def _rows(lines: Sequence[SetLine]) -> dict[int, str]:
    """The lines that are rows of a table, by their number, each with "|" between its cells."""
    out: dict[int, str] = {}
    at = 0
    while at < len(lines):
        strips: list[_Strip] = []
        end, white = at + 1, _white(lines[at])
        while end < len(lines) and _is_next_row(lines[at : end + 1]):
            rows = lines[at : end + 1]
            white = [strip for one in white for two in _white(rows[-1]) if (strip := one.common(two))]
            found = _filled([s for s in white if s.widest >= _CELL * rows[0].size], rows)
            if not found or len(found) < len(strips):
                break
            strips, end = found, end + 1
        cells = [_cells(line, strips) for line in lines[at:end]]
        wide = all(strip.wide_in > 1 for strip in strips)
        if end - at < _LEAST or (end - at == _LEAST and not wide) or _is_prose(cells):
            at += 1
            continue
        out.update((at + i, f"| {' | '.join(row)} |") for i, row in enumerate(cells))
        at = end
    return out


def _is_next_row(lines: Sequence[SetLine]) -> bool:
    """Whether the last of some lines is as far below the others as the second is below the first."""
    first, last = lines[0].base - lines[1].base, lines[-2].base - lines[-1].base
    return _is_below(lines[-2], lines[-1]) and last <= _LOOSE * first


def _white(line: SetLine) -> list[_Strip]:
    """The white of a line: left of it, between its words, right of it."""
    gaps = [(a.right, b.left) for a, b in pairwise(line.words)]
    wide = _CELL * line.size
    inner = [
        _Strip(low, high, high - low, high - low, high - low >= wide) for low, high in gaps if high > low
    ]
    return [_Strip(float("-inf"), line.left), *inner, _Strip(line.right, float("inf"))]


def _filled(strips: Sequence[_Strip], lines: Sequence[SetLine]) -> list[_Strip]:
    """The strips between which each line has words, those with most white first."""
    out: list[_Strip] = []
    for strip in sorted(strips, key=lambda one: -one.white):
        tried = sorted([*out, strip], key=lambda one: one.low)
        out = tried if all(all(_cells(line, tried)) for line in lines) else out
    return out


def _cells(line: SetLine, strips: Sequence[_Strip]) -> list[str]:
    """A line's words between the strips."""
    edges = [float("-inf"), *((strip.low + strip.high) / 2 for strip in strips), float("inf")]
    return [
        " ".join(word.text for word in line.words if low <= (word.left + word.right) / 2 < high)
        for low, high in pairwise(edges)
    ]


def _is_prose(cells: Sequence[Sequence[str]]) -> bool:
    """Whether what stands in two columns is too long for cells."""
    return sum(len(cell) for row in cells for cell in row) > _PROSE * sum(len(row) for row in cells)


# ----------------------------------------------------------------------------------------------------
# The pages of a PDF as their text goes on: without running heads, words that lines broke made whole.
#
# A head or foot of every page stands between two halves of a sentence and says nothing new: it stays where
# it comes first and goes elsewhere. Page numbers go everywhere, since the text keeps its pages by itself.

_EDGE = 3  # lines at either end of a page among which heads and feet are looked for
_LONGEST = 160  # characters of one
_DIGITS = re.compile(r"\d+")
_PAGE_WORDS = pattern("datelines", "page")  # nothing is tried a second way
_LETTERS = 12  # beside a number at the line's end: "City Report 2016 | 12", and not "Incident 12"
_BROKEN = re.compile(
    r"([^\W\d_]{2,40})([-\u2010\u00ad])(\x1f?\n)([^\W\d_]{2,40})([^\s]*)[ \t]?(?=\S|\x1f?\n|\Z)"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


class _Line(NamedTuple):
    page: int
    at: int  # its place among the page's lines
    numbers: tuple[int, ...]


def flowing(pages: Sequence[str]) -> list[str]:
    """The texts of the pages, in order, each without what only the sheet of paper needed."""
    texts = _without_heads([page.split("\n") for page in pages])
    words = Counter(word.lower() for text in texts for word in _WORD.findall(_BROKEN.sub(" ", text)))
    whole = (_BROKEN.sub(lambda broken: _whole_word(broken, words), text) for text in texts)
    return [text.replace(f"{GOES_ON}\n", " ").replace(GOES_ON, "") for text in whole]


def _whole_word(broken: re.Match[str], words: Mapping[str, int]) -> str:
    """A word in two lines as one, with its hyphen where the document writes it so, or its halves as words."""
    first, hyphen, end, second, rest = broken.groups()
    if not second[0].islower() or not first[-1].islower():
        return broken[0]
    one, two = f"{first}{second}", f"{first}-{second}"
    halves = words.get(first.lower(), 0) > 0 and words.get(second.lower(), 0) > 0
    kept = hyphen != "\u00ad" and (words.get(two.lower(), 0) > 0 or (halves and not words.get(one.lower())))
    return f"{two if kept else one}{rest}{end}"


def _without_heads(pages: Sequence[list[str]]) -> list[str]:
    groups: dict[str, list[_Line]] = defaultdict(list)
    for page, lines in enumerate(pages):
        for at in _edges(lines):
            line = lines[at].strip()
            numbers = tuple(int(number[:9]) for number in _DIGITS.findall(line))
            groups[_DIGITS.sub("#", line)].append(_Line(page, at, numbers))
    heads = [head for key, group in groups.items() for head in _running(key, group, len(pages))]
    repeated: dict[int, set[int]] = defaultdict(set)
    for page, at, _ in (line for head in heads for line in head):
        repeated[page].add(at)
    left_out = {page: _at_the_edge(lines, repeated[page]) for page, lines in enumerate(pages)}
    moved: dict[int, list[str]] = defaultdict(list)
    for head in heads:
        first = min(head)
        if first.numbers == max(head).numbers and first.at in left_out[first.page]:
            moved[first.page].append(pages[first.page][first.at])  # no page number: it says something, once
    return [
        "\n".join([*moved[page], *(line for at, line in enumerate(lines) if at not in left_out[page])])
        for page, lines in enumerate(pages)
    ]


def _at_the_edge(lines: Sequence[str], repeated: set[int]) -> set[int]:
    """Of the repeated lines those with nothing but such lines between them and the page's edge."""
    held = [at for at, line in enumerate(lines) if line.strip()]
    return {*takewhile(repeated.__contains__, held), *takewhile(repeated.__contains__, reversed(held))}


def _edges(lines: Sequence[str]) -> list[int]:
    """Places of the lines at a page's head and foot that are short enough for running ones."""
    held = [at for at, line in enumerate(lines) if line.strip()]
    ends = held if len(held) <= 2 * _EDGE else [*held[:_EDGE], *held[-_EDGE:]]
    return [at for at in ends if len(lines[at]) <= _LONGEST]


def _running(key: str, group: Sequence[_Line], pages: int) -> list[list[_Line]]:
    """The lines of a group that are one running head: alike, or counting up with the pages."""
    alike: dict[tuple[int, ...], list[_Line]] = defaultdict(list)
    for line in group:
        alike[line.numbers].append(line)
    found = [lines for lines in alike.values() if _is_often(lines, pages)]
    if found or not _may_number(key):
        return found
    counting: dict[tuple[int, ...], list[_Line]] = defaultdict(list)
    for line in group:
        for position, number in enumerate(line.numbers):
            others = line.numbers[:position] + line.numbers[position + 1 :]
            counting[(position, number - line.page, *others)].append(line)
    least = 2 if _PAGE_WORDS.fullmatch(key) else 3
    return [lines for lines in counting.values() if _is_often(lines, pages, least)][:1]


def _is_often(lines: Sequence[_Line], pages: int, least: int = 3) -> bool:
    """Whether lines stand on so many pages that it is no chance: `least`, and half of all (the left ones)."""
    return len({line.page for line in lines}) >= max(least, pages // 2)


def _may_number(key: str) -> bool:
    """Whether a line with its digits as "#" may hold a page number: alone, named, or beside a long head."""
    if _PAGE_WORDS.fullmatch(key):
        return True
    letters = sum(letter.isalpha() for letter in key)
    return letters >= _LETTERS and (key[0] == "#" or key[-1] == "#")


# ----------------------------------------------------------------------------------------------------
# A PDF -> its text, page by page.

# "… by 2017.2. The talks": the number of an item, set apart on the sheet and nowhere else.
_ITEM = re.compile(r"(?:(?<=[^\W\d_][.!?])|(?<=\d{3}[.!?]))(?=\d{1,2}\.\s[A-Z])")

_LINE, _SET_WORD = re.compile(r"[^\r\n]+"), re.compile(r"\S+")


def read_pdf(path: Path, data: bytes) -> Extracted:
    """Text, where each page starts, title and author. Raises DocumentError."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        hint = "is encrypted; save it without a password" if "assword" in str(error) else "is not a whole PDF"
        raise DocumentError(path, f"{hint} ({error})") from error
    texts: list[str] = []
    size = 0
    try:
        for number, page in enumerate(pdf, 1):
            texts.append(_page_text(path, number, page, pypdfium2.PdfiumError))
            page.close()
            size += len(texts[-1]) + 1
            if size > TEXT_LIMIT:
                raise DocumentError(path, f"holds more than {TEXT_LIMIT:,} characters; split it")
        meta = _meta(pdf)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(path, f"has a page that cannot be read ({error})") from error
    finally:
        pdf.close()
    texts = flowing(texts)
    starts = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
    text = "\f".join(texts)
    if not text.strip():
        raise DocumentError(path, "has no text, only pictures of pages; run text recognition (OCR) first")
    return Extracted(text, "application/pdf", pages=tuple(starts), meta=meta)


def _page_text(path: Path, number: int, page: Any, failure: type[Exception]) -> str:
    """A page's text in its paragraphs; where its characters cannot be placed, its lines as they come."""
    try:
        sheet = page.get_textpage()
        raw: str = sheet.get_text_bounded()
        placed = _lines(sheet, raw)
    except failure as error:
        raise DocumentError(path, f"page {number} cannot be read ({error})") from error
    text = _plain(raw).replace("\r\n", "\n").replace("\r", "\n") if placed is None else set_text(placed)
    return _ITEM.sub("\n", text)


def _plain(raw: str) -> str:
    """Characters as they are meant; pdfium marks a hyphen at a line's end with U+FFFE or U+0002."""
    return re.sub("[\ufffe\x02]", "-", raw).replace(GOES_ON, " ")


def _lines(sheet: Any, raw: str) -> list[SetLine] | None:
    """The lines of a page with the place of each word; None where they are not those of its text, or
    too many."""
    import pypdfium2.raw as pdfium

    count = sheet.count_chars()
    if "".join(chr(pdfium.FPDFText_GetUnicode(sheet, i)) for i in range(count)) != raw:
        return None
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()

    def word(start: int, end: int) -> Word:
        pdfium.FPDFText_GetLooseCharBox(sheet, end - 1, box)
        right = box.right
        pdfium.FPDFText_GetLooseCharBox(sheet, start, box)
        pdfium.FPDFText_GetCharOrigin(sheet, start, x, y)
        base, size, letters = y.value, box.top - box.bottom, list(raw[start:end])
        for at in (at for at in range(1, len(letters)) if letters[at].isdecimal()):
            pdfium.FPDFText_GetCharOrigin(sheet, start + at, x, y)
            if y.value - base > _RAISED * size:
                letters[at] = letters[at].translate(RAISED)
        return Word(_plain("".join(letters)), box.left, right, base, size)

    out = []
    for line in _LINE.finditer(raw):
        words = tuple(word(*found.span()) for found in _SET_WORD.finditer(raw, *line.span()))
        out += [SetLine(words)] if words else []
        if len(out) > MOST_LINES or len(words) > MOST_WORDS:
            return None
    return out


def _meta(pdf: Any) -> dict[str, str]:
    """Title and author; the date of creation is the file's, not the document's."""
    found = pdf.get_metadata_dict()
    pairs = (("title", found.get("Title")), ("author", found.get("Author")))
    return {key: value.strip() for key, value in pairs if value and value.strip()}
