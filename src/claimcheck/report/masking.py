"""Names of private persons, masked in what leaves the house.

A setting lists the names, one a line; `name_parts` says which parts of them are masked alone. Every character
of a name becomes a block, so that each offset and each quotation of the document still holds; an address that
spells the name out is left out whole. Masking comes last: what was read and decided is untouched.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from html import unescape
from io import StringIO
from itertools import accumulate, pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar
from urllib.parse import unquote

from claimcheck.regular_files import bytes_of
from claimcheck.report.folding import Folded, fold

BLOCK = "█"
_APART = r"\s\-_+.,*\"“”/\\|;()&"  # what may stand between the words of a name
_BETWEEN = frozenset('-_+.,*"“”/\\|;()&')
_WORD_BREAKS = re.compile(rf"[{_APART}]+")
_MOST_APART = 20
_WITH = "\u0648\u0641\u0628\u0644\u0643\u05d4\u05d5\u05d1\u05db\u05dc\u05de\u05e9"  # Arabic, Hebrew: "and" …
_START = re.compile(rf"(?<![^\W\d_])[^{_APART}]|(?<=[a-z])[A-Z]|(?<=(?<![^\W\d_])[{_WITH}])[^{_APART}]")
_PART = re.compile(r"[^\s/\\]+")
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{1,4}(?![^\W_])")  # "mrsrihan.pdf"
_HYPHENATED = re.compile(r"-[ \t]{0,20}\n[ \t]{0,20}")  # at a line's end
_PLURAL = re.compile(r"(?:es|s)(?![^\W\d_])", re.IGNORECASE)  # "the Rihans"
_LONE = re.compile(r"(?<=[\s.])[^\W\d_](?=[\s.])")  # an initial between words
_SHORTEST_JOINED = 8  # letters of "HadiehRihan": long enough to be no word
_SHORTEST_INSIDE = 4  # letters of a name that may stand in a longer word, where that is a file's name
_SPACED = 3  # characters between letters of which each stands by itself
_MOST_JOINED = 4  # names that are written together
_KEY = 3
_CAPITAL = "A-ZÆÐÞĐŁŊŒΑ-ΩЀ-Я"
PARTICLES = ("al", "el", "bin", "ibn", "bint", "abu", "umm", "abd", "van", "von", "de", "del", "da", "di")
_PARTICLE = rf"(?:(?:{'|'.join(PARTICLES)})[ \t-])?"
_INITIALS = re.compile(rf"(?:(?<![^\W\d_])[{_CAPITAL}](?:\.\s{{0,3}}|\s{{1,3}})){{1,3}}\Z")
_MOST_INITIALS = 15  # characters of them
_REST = re.compile(rf"(?:[ \t]{_PARTICLE}[{_CAPITAL}](?!\w*\d)[\w'-]*){{0,3}}")  # how a name goes on
T = TypeVar("T")
# Codes and ids of our own, which name nobody and must stay what they are.
_CODES = frozenset(
    {"claim_id", "kind", "status", "comparator", "relation", "basis", "verdict", "made_on", "role", "rule",
     "timex", "edtf", "id_", "mod", "media_type", "encoding", "locale", "date_origin", "undoes", "reading"}
)  # fmt: skip
_ADDRESSES = frozenset({"url", "path", "address"})
_FILES = frozenset({"id", "doc_id", "document_id"})  # of documents, which are called as their files are
_ESCAPED = re.compile(r"%(?:20|2d|5f)", re.IGNORECASE)  # space, hyphen, underscore in an address
_DIGEST = re.compile(r"(?=[a-f]*[0-9])[0-9a-f]{12,64}")  # ids and hashes, wherever they stand


class Mask:
    """The names to mask, found whole, in any case, whatever stands between their words.

    A digit or an underscore may touch a name ("hadieh2018.txt"); a letter may where it ends a plural ("the
    Rihans"), changes the case ("RihanFamily"), is a Hebrew or Arabic word, or belongs to another of the
    names ("hadiehrihan"); in a file's name always. Names and texts are compared folded (`folding`):
    characters that show as nothing, letters of another script that look the same, accents, kinds of dash,
    and a hyphen at a line's end do not hide a name. Initials before it and capitalised words right behind
    go with it ("Hadieh Khalil Rihan"): they are mostly the rest of it. What that takes grows with the text,
    and not with the number of names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._breaks: dict[str, set[frozenset[int]]] = {}  # of each name, its words as one: where they meet
        lengths: dict[str, set[int]] = {}
        for name in names:
            for words in _written([w for w in _WORD_BREAKS.split(_lower(fold(name).text)) if w]):
                joined = "".join(words)
                if any(map(str.isalnum, joined)):
                    self._breaks.setdefault(joined, set()).add(frozenset(accumulate(map(len, words))))
                    lengths.setdefault(joined[:_KEY], set()).add(len(joined))
        self._lengths = {key: sorted(found, reverse=True) for key, found in lengths.items()}
        self.names = bool(self._breaks)

    def text(self, text: str, *, file: bool = False) -> str:
        """The text with the names masked, as long as before; `file`: it is the name of one."""
        pieces: list[str] = []
        last = 0
        for start, end in self._found(text, file):
            pieces += [text[last:start], BLOCK * (end - start)]
            last = end
        return "".join([*pieces, text[last:]]) if pieces else text

    def finds(self, text: str, *, file: bool = False) -> bool:
        """Whether a name stands in the text, or would if its %-escapes or those of HTML were read."""
        return any(
            any(self._found(read, file)) for read in dict.fromkeys((text, unquote(text), unescape(text)))
        )

    def _found(self, text: str, file: bool) -> Iterator[tuple[int, int]]:
        """Where names stand, with their initials and their rest."""
        if not self.names:
            return
        folded, last = fold(text), 0
        views = map(_Squeezed, {folded.text, _LONE.sub(".", folded.text)})  # "Ana B. Bell" without "B"
        for start, end in sorted(span for seen in views for span in self._seen(folded, seen, file)):
            if end > last:
                yield max(start, last), end
                last = end

    def _seen(self, folded: Folded, seen: _Squeezed, file: bool) -> Iterator[tuple[int, int]]:
        last = 0
        for start, inside in _starts(folded.text, file):
            if start < last or (end := self._end(seen, seen.before[start], inside)) is None:
                continue
            initials = _INITIALS.search(folded.text, max(last, start - _MOST_INITIALS), start)
            rest = _REST.match(folded.text, seen.places[end - 1] + 1)
            last = rest.end() if rest else seen.places[end - 1] + 1
            yield folded.span(initials.start() if initials else start, last)

    def _end(self, seen: _Squeezed, start: int, inside: bool, joined: int = 1) -> int | None:
        """Where the longest name ends that starts at a letter, with others that are written behind it."""
        key = seen.letters[start : start + _KEY]
        for length in (n for size in range(len(key), 0, -1) for n in self._lengths.get(key[:size], ())):
            end = start + length
            breaks = self._breaks.get(seen.letters[start:end], ()) if end <= len(seen.letters) else ()
            if not any(seen.holds(start, end, inner) for inner in breaks):
                continue
            if seen.ends(end) or (inside and length >= _SHORTEST_INSIDE):
                return end
            if plural := _PLURAL.match(seen.text, seen.places[end - 1] + 1):
                return end + len(plural.group())
            behind = self._end(seen, end, inside, joined + 1) if joined < _MOST_JOINED else None
            if behind is not None and behind - start >= _SHORTEST_JOINED:
                return behind
        return None

    def __call__(self, value: T) -> T:
        """A value of the model with every name in it masked."""
        if not self.names:
            return value
        masked: T = self._masked(value, "")
        return masked

    def _masked(self, value: Any, name: str) -> Any:
        if isinstance(value, str):
            if name in _CODES or _DIGEST.fullmatch(value):
                return value
            if name in _ADDRESSES:
                return None if self.finds(value, file=True) else value
            return self.text(value, file=name in _FILES)
        if isinstance(value, tuple | list):
            if name not in _CODES and len(value) > 1 and all(isinstance(inner, str) for inner in value):
                lines = StringIO(self.text("\n".join(value)))  # a name may stand there a word an element
                value = type(value)(lines.read(len(one) + 1)[: len(one)] for one in value)
            return type(value)(self._masked(inner, name) for inner in value)
        if isinstance(value, Mapping):
            return {self._masked(key, ""): self._masked(inner, str(key)) for key, inner in value.items()}
        if isinstance(value, SimpleNamespace):
            return type(value)(**{field: self._masked(inner, field) for field, inner in vars(value).items()})
        if is_dataclass(value) and not isinstance(value, type):
            made = {f.name: getattr(value, f.name) for f in fields(value) if f.init}
            new = {field: self._masked(inner, field) for field, inner in made.items()}
            changed = {field: inner for field, inner in new.items() if inner != made[field]}
            return replace(value, **changed) if changed else value
        return value


def _starts(text: str, file: bool) -> Iterator[tuple[int, bool]]:
    """Where a name may start, and whether in the name of a file, in which it may stand anywhere."""
    for part in _PART.finditer(text):
        if file or _SUFFIX.search(part.group()):
            yield from ((at, True) for at in range(*part.span()) if not _WORD_BREAKS.match(text, at))
        else:
            yield from ((found.start(), False) for found in _START.finditer(text, *part.span()))


class _Squeezed:
    """A folded text and its letters without what may stand between the words of a name; `places` is where
    each of those stands, `before` how many there are before each character of the text."""

    def __init__(self, text: str) -> None:
        self.text = text = _ESCAPED.sub("   ", text)
        self.places = [at for at, c in enumerate(text) if not (c.isspace() or c in _BETWEEN)]
        self.letters = _lower("".join([text[at] for at in self.places]))
        kept = bytearray(len(text))
        for at in self.places:
            kept[at] = 1
        self.before = [0, *accumulate(kept)]

    def holds(self, start: int, end: int, breaks: frozenset[int]) -> bool:
        """Whether the letters are written as a name may be whose words meet at `breaks`, or each by itself
        ("H A D I E H")."""
        gaps = [second - first - 1 for first, second in pairwise(self.places[start:end])]
        if end - start >= _SHORTEST_INSIDE and min(gaps) > 0 and max(gaps) <= _SPACED:
            return True
        return all(self._close(at, at - start in breaks, end - start) for at in range(start + 1, end))

    def _close(self, at: int, between: bool, length: int) -> bool:
        first, second = self.places[at - 1], self.places[at]
        gap = self.text[first + 1 : second]
        if not gap:
            return not between or length >= _SHORTEST_JOINED or self._turns(first)
        return (between and len(gap) <= _MOST_APART) or _HYPHENATED.fullmatch(gap) is not None

    def _turns(self, at: int) -> bool:
        """Whether a small letter stands there, and a capital behind it: "RihanFamily"."""
        return self.text[at].islower() and self.text[at + 1 : at + 2].isupper()

    def ends(self, end: int) -> bool:
        """Whether the letters before may be the end of a word."""
        last = self.places[end - 1]
        return not self.text[last + 1 : last + 2].isalpha() or self._turns(last)


def _written(words: list[str]) -> Iterator[list[str]]:
    """The words of a name as they may stand: in order, and the last first."""
    yield words
    if len(words) > 1:
        yield [words[-1], *words[:-1]]


def _lower(text: str) -> str:
    """The text in small letters, as long as before; a folded one holds no letter that grows."""
    return text.lower().replace("ς", "σ")


NOBODY = Mask(())
"""A mask that changes nothing."""


def read_names(file: Path) -> list[str]:
    """The names of a file, one a line, without empty lines and those that begin with #. Raises OSError."""
    try:
        lines = bytes_of(file).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:  # half a name would be masked, or none
        raise OSError(errno.EILSEQ, "this list of names is not UTF-8; save it as UTF-8", str(file)) from None
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
