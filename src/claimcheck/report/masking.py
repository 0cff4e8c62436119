"""Names of private persons, masked in what leaves the house.

A setting lists the names, one a line; `name_parts` says which parts of them are masked alone. Every character
of a name becomes a block, so that each offset and each quotation of the document still holds; an address that
spells the name out is left out whole. Masking comes last: what was read and decided is untouched.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from claimcheck.regular_files import bytes_of
from claimcheck.report.folding import fold

BLOCK = "█"
_BETWEEN = r"[\s\-_+.,]{1,20}"
_PERHAPS = r"[\s\-_+.,]{0,20}"  # "HadiehRihan", where that is long enough to be no word
_SHORTEST_JOINED = 8
_WORD_BREAKS = re.compile(r"[\s\-_+.,]+")
_HYPHENATED = r"(?:-[ \t]{0,20}\n[ \t]{0,20})?"  # at a line's end
_CAPITAL = "A-ZÆÐÞĐŁŊŒΑ-ΩЀ-Я"
PARTICLES = ("al", "el", "bin", "ibn", "bint", "abu", "umm", "abd", "van", "von", "de", "del", "da", "di")
_PARTICLE = rf"(?:(?:{'|'.join(PARTICLES)})[ \t-])?"
_INITIALS = rf"(?-i:(?:(?<![^\W\d_])[{_CAPITAL}](?:\.\s{{0,3}}|\s{{1,3}})){{0,3}})"
_REST = rf"(?-i:(?:[ \t]{_PARTICLE}[{_CAPITAL}](?!\w*\d)[\w'-]*){{0,3}})"  # how a name goes on
T = TypeVar("T")
# Codes and ids of our own, which name nobody and must stay what they are.
_CODES = frozenset(
    {"claim_id", "kind", "status", "comparator", "relation", "basis", "verdict", "made_on", "role", "rule",
     "timex", "edtf", "id_", "mod", "media_type", "encoding", "locale", "date_origin", "undoes", "reading"}
)  # fmt: skip
_ADDRESSES = frozenset({"url", "path", "address"})
_DIGEST = re.compile(r"(?=[a-f]*[0-9])[0-9a-f]{12,64}")  # ids and hashes, wherever they stand


class Mask:
    """The names to mask, found whole, in any case, whatever stands between their words.

    A digit or an underscore may touch a name ("hadieh2018.txt"), a letter may not. Names and texts are
    compared folded (`folding`): characters that show as nothing, letters of another script that look the
    same, accents, kinds of dash, and a hyphen at a line's end do not hide a name. Initials before it and
    capitalised words right behind go with it ("Hadieh Khalil Rihan"): they are mostly the rest of it.
    """

    def __init__(self, names: Iterable[str]) -> None:
        wanted = sorted({fold(name).text for name in names if name.strip()}, key=len, reverse=True)
        patterns = [pattern for name in wanted if (pattern := _pattern(name))]
        self.names = bool(patterns)
        self._pattern = re.compile(
            rf"{_INITIALS}(?<![^\W\d_])(?:{'|'.join(patterns)})(?![^\W\d_]){_REST}" if patterns else r"(?!)",
            re.IGNORECASE,
        )

    def text(self, text: str) -> str:
        """The text with the names masked, as long as before."""
        if not self.names:
            return text
        folded = fold(text)
        pieces: list[str] = []
        last = 0
        for match in self._pattern.finditer(folded.text):
            start, end = folded.span(*match.span())
            pieces += [text[last:start], BLOCK * (end - start)]
            last = end
        return "".join([*pieces, text[last:]]) if pieces else text

    def finds(self, text: str) -> bool:
        """Whether a name stands in the text, or would if its %-escapes or those of HTML were read."""
        return any(self._stands(read) for read in dict.fromkeys((text, unquote(text), unescape(text))))

    def _stands(self, text: str) -> bool:
        return self._pattern.search(fold(text).text) is not None

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
                return None if self._stands(unquote(value)) else value
            return self.text(value)
        if isinstance(value, tuple | list):
            return type(value)(self._masked(inner, name) for inner in value)
        if isinstance(value, Mapping):
            return {self._masked(key, ""): self._masked(inner, str(key)) for key, inner in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            made = {f.name: getattr(value, f.name) for f in fields(value) if f.init}
            new = {field: self._masked(inner, field) for field, inner in made.items()}
            changed = {field: inner for field, inner in new.items() if inner != made[field]}
            return replace(value, **changed) if changed else value
        return value


def _pattern(name: str) -> str:
    """A folded name as a pattern; empty where it holds no letter or digit."""
    words = [word for word in _WORD_BREAKS.split(name) if word]
    joined = _PERHAPS if sum(map(len, words)) >= _SHORTEST_JOINED else _BETWEEN
    return joined.join(_HYPHENATED.join(map(re.escape, word)) for word in words)


NOBODY = Mask(())
"""A mask that changes nothing."""


def read_names(file: Path) -> list[str]:
    """The names of a file, one a line, without empty lines and those that begin with #. Raises OSError."""
    try:
        lines = bytes_of(file).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:  # half a name would be masked, or none
        raise OSError(errno.EILSEQ, "this list of names is not UTF-8; save it as UTF-8", str(file)) from None
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
