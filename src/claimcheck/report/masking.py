"""Names of private persons, masked in what leaves the house.

A setting lists the names, one a line; `name_parts` says which parts of them are masked alone. Every character
of a name becomes a block, so that each offset and each quotation of the document still holds; an address that
spells the name out is left out whole. Masking comes last: what was read and decided is untouched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import normalize
from urllib.parse import unquote

BLOCK = "█"
_UNSEEN = "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]{0,8}(?:-\n)?"
_BETWEEN = r"[\s\-_+.]{1,20}"
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŐŒŘŚŠŞȘŢŤȚŪŮŰŲŹŻŽΑ-ΩЀ-Я"
PARTICLES = ("al", "el", "bin", "ibn", "bint", "abu", "umm", "abd", "van", "von", "de", "del", "da", "di")
_PARTICLE = rf"(?:(?:{'|'.join(PARTICLES)})[ \t-])?"
_REST = rf"(?-i:(?:[ \t]{_PARTICLE}[{_CAPITAL}](?!\w*\d)[\w’'-]*){{0,3}})"  # how a name goes on
_APOSTROPHES = "'’ʼʻ`´"
T = TypeVar("T")
# Codes and ids of our own, which name nobody and must stay what they are.
_CODES = frozenset(
    {"claim_id", "kind", "status", "comparator", "relation", "basis", "verdict", "made_on", "role", "rule",
     "timex", "edtf", "id_", "mod", "media_type", "encoding", "locale", "date_origin", "undoes", "reading"}
)  # fmt: skip
_ADDRESSES = frozenset({"url", "path", "address"})
_DIGEST = re.compile(r"(?=[a-f]*[0-9])[0-9a-f]{12,64}")  # ids and hashes, wherever they stand


class Mask:
    """The names to mask, found whole, in any case, whatever white space stands between their words.

    A digit may touch a name ("hadieh2018.txt"), a letter may not. Characters that show as nothing, and a
    hyphen at a line's end, do not hide a name, nor does another way to write an accent or an apostrophe.
    Capitalised words right behind a name go with it ("Hadieh Khalil Rihan"): they are mostly the rest of it.
    """

    def __init__(self, names: Iterable[str]) -> None:
        wanted = sorted({name for name in names if name.strip()}, key=len, reverse=True)
        self.names = bool(wanted)
        forms = {normalize(form, name): None for name in wanted for form in ("NFC", "NFD")}
        patterns = [_BETWEEN.join(_word(word) for word in name.split()) for name in forms]
        self._pattern = re.compile(
            rf"(?<![^\W\d_])(?:{'|'.join(patterns)})(?![^\W\d_]){_REST}" if patterns else r"(?!)",
            re.IGNORECASE,
        )

    def text(self, text: str) -> str:
        """The text with the names masked, as long as before."""
        return self._pattern.sub(lambda match: BLOCK * len(match.group()), text)

    def finds(self, text: str) -> bool:
        """Whether a name stands in the text, or would if its %-escapes were read."""
        return self._pattern.search(text) is not None or self._pattern.search(unquote(text)) is not None

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
                return None if self._pattern.search(unquote(value)) else value
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


def _word(word: str) -> str:
    """A word of a name as a pattern that what shows as nothing does not break."""
    letters = (f"[{_APOSTROPHES}]" if letter in _APOSTROPHES else re.escape(letter) for letter in word)
    return _UNSEEN.join(letters)


NOBODY = Mask(())
"""A mask that changes nothing."""


def read_names(file: Path) -> list[str]:
    """The names of a file, one a line, without empty lines and those that begin with #. Raises OSError."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
