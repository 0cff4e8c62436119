"""Text -> sentences, by rule: the paragraphs of `layout`, then the full stops inside them.

Own rules rather than a library: spaCy's sentencizer splits at every full stop ("Mr. | Smith") and knows
nothing of layout, pysbd runs some forty substitutions over the text and loses offsets on repeated
sentences; neither joins hard-wrapped lines or keeps letterheads and list items apart. What English
abbreviates is data (`data/abbreviations.toml`, `data/sentence_openers.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from claimcheck.documents.datelines import dateline_end
from claimcheck.documents.layout import MARKER, lines, paragraphs
from claimcheck.lexicon import load
from claimcheck.model import Span, Zone
from claimcheck.numbers.not_quantities import MARK, note_mark

# Zones whose every line stands alone.
LINEAR = frozenset({"letterhead", "heading", "signature", "contacts", "table", "references"})

_TERMINATORS = ".!?…؟।"
_WIDE = "。！？"  # need no white space behind them
_CLOSERS = "\"'”’»)]}›"
_OPENERS = "\"'“‘«([{‹„–—-"

# Possessive, and never begun inside a run, so that a megabyte of dots costs one pass.
_CANDIDATE = re.compile(
    rf"(?<![{_TERMINATORS}])[{_TERMINATORS}]++(?:[{re.escape(_CLOSERS)}]*+)(?:\[\^?\d{{1,3}}\]){{0,5}}(?P<note>{MARK})?(?=\s)"
    rf"|[{_WIDE}]++[{re.escape(_CLOSERS)}」』）]*+"
)
_NEXT = re.compile(rf"\s*+(?:[{re.escape(_OPENERS)}]\s?){{0,4}}([^\W_][\w'’.-]{{0,30}})?")
_WORD = re.compile(r"[^\s(\[\"“‘«/–—]{1,24}$")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){1,6}[^\W\d_]$")

_ROMAN = frozenset("IVXLCDM")
_BETWEEN = ("; ", ";\n", ", ", ",\n", "\n", " and ", " ")
LONGEST = 1_000
"""Characters of a sentence: of 38,000 in speeches, news and an encyclopedia five have more."""


@cache
def _abbreviations() -> dict[str, str]:
    """Abbreviation without its last full stop -> what may follow it."""
    return {word: row["follows"] for row in load("abbreviations") for word in row["words"]}


@cache
def _openers() -> frozenset[str]:
    return frozenset(word for row in load("sentence_openers") for word in row["words"])


def split(text: str, zones: Iterable[Zone] = (), own: date | None = None) -> list[Span]:
    """The sentences of `text`, in order, trimmed, without overlap, covering every non-blank character.

    With `zones`, no sentence crosses the border of one, and the lines of a letterhead, heading,
    signature, table or contacts zone stand alone. With `own`, the document's date, so does a dateline of
    that day in front of a paragraph's first sentence ("KABUL, 3 May 2016 —").
    """
    found: list[Span] = []
    for start, end, alone in _stretches(text, zones):
        if alone:
            found.extend(Span(line.start, line.end) for line in lines(text, start, end))
            continue
        for paragraph in paragraphs(text, start, end):
            begin = paragraph.start
            dated = None if own is None else dateline_end(text, begin, paragraph.end, own)
            if dated is not None and dated < paragraph.end:
                found.append(Span(begin, begin + len(text[begin:dated].rstrip())))
                begin = dated + len(text[dated : paragraph.end]) - len(text[dated : paragraph.end].lstrip())
            for sentence in _sentences(text, begin, paragraph.end):
                found.extend(_pieces(text, sentence))
    return found


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence, cut where it is so long that it can only list, at a semicolon, else a comma, a line's end,
    an "and", a space: what each of its words is to each other costs the square of its length."""
    at = sentence.start
    while sentence.end - at > LONGEST:
        cut = next((c for mark in _BETWEEN if (c := text.rfind(mark, at, at + LONGEST)) > at), -1)
        if cut < 0:
            break
        yield Span(at, cut + 1)
        at = cut + 1
        while at < sentence.end and text[at].isspace():
            at += 1
    if at < sentence.end:
        yield Span(at, sentence.end)


def _stretches(text: str, zones: Iterable[Zone]) -> Iterator[tuple[int, int, bool]]:
    at = 0
    for zone in sorted(zones, key=lambda zone: zone.start):
        start, end = max(at, zone.start), min(zone.end, len(text))
        if start > at:
            yield at, start, False
        if end > start:
            yield start, end, zone.kind in LINEAR
            at = end
    if at < len(text):
        yield at, len(text), False


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of one paragraph. Every candidate costs constant time."""
    marker = MARKER.match(text, start, end)
    at = start
    for match in _CANDIDATE.finditer(text, start if marker is None else marker.end(), end):
        stop = match.end()
        if stop >= end or stop <= at or not _ends(text, at, match):
            continue
        yield Span(at, stop)
        at = stop
        while at < end and text[at].isspace():
            at += 1
    if at < end:
        yield Span(at, end)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the candidate ends a sentence: what stands before it, then what comes after."""
    if match[0][0] in _WIDE:
        return True
    if match["note"]:
        return note_mark(text, match.start("note")) is not None
    following = _NEXT.match(text, match.end())
    word = following[1] if following else None
    if not word:  # a symbol: ". . ." goes on, "#" and "€" may begin a sentence
        after = text[following.end() : following.end() + 1] if following else ""
        return after not in _TERMINATORS + ",;:)"
    if word[0].islower():
        return any(letter.isupper() for letter in word[1:3])  # "iPhone sales rose"
    if match[0][0] != "." or match[0].startswith(".."):
        return True
    stop = match.start()
    before = _WORD.search(text, max(start, stop - 24), stop)
    if before is None and text[stop - 1] == " ":  # tokenised text: "due Dec . 12"
        before = _WORD.search(text, max(start, stop - 25), stop - 1)
        if before is None or len(before[0]) == 1 or before[0].lower() not in _abbreviations():
            return True
    return before is None or _ends_after(before[0], word, begins=before.start() == start)


def _ends_after(token: str, word: str, *, begins: bool) -> bool:
    """Whether a full stop between `token` and `word` (no lower-case letter first) ends the sentence."""
    follows = _abbreviations().get(token.lower() if len(token) > 1 else token)
    if follows is None and (_ACRONYM.search(token) or (len(token) == 1 and token.isupper())):
        follows = "maybe"
    if follows is None and begins and (token.isdigit() and len(token) < 4):
        return False  # "3. The council" inside a line
    if follows == "never" or follows == "name":
        return False
    if follows == "number":
        return not (word[0].isdigit() or "/" in word or set(word) <= _ROMAN)
    if follows == "maybe":
        return word.rstrip(".'’") in _openers()
    return True
