"""Names of private persons, masked in what leaves the house.

A setting lists the names, one a line. Every character of a name becomes a block, so that each offset and each
quotation of the document still holds; an address that spells the name out is left out whole. Masking comes
last: what was read and decided is untouched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

BLOCK = "█"
T = TypeVar("T")
# Codes and ids of our own, which name nobody and must stay what they are.
_CODES = frozenset(
    {"claim_id", "kind", "status", "comparator", "relation", "basis", "verdict", "made_on", "role", "rule",
     "timex", "edtf", "id_", "mod", "media_type", "encoding", "locale", "date_origin", "undoes", "reading"}
)  # fmt: skip
_ADDRESSES = frozenset({"url", "path"})


class Mask:
    """The names to mask, found whole, in any case, whatever white space stands between their words."""

    def __init__(self, names: Iterable[str]) -> None:
        words = [[re.escape(word) for word in name.split()] for name in names]
        patterns = [r"[\s\-_+]+".join(parts) for parts in sorted(words, key=len, reverse=True) if parts]
        self._pattern = re.compile(
            rf"(?<![^\W_])(?:{'|'.join(patterns)})(?![^\W_])" if patterns else r"(?!)", re.IGNORECASE
        )

    def text(self, text: str) -> str:
        """The text with the names masked, as long as before."""
        return self._pattern.sub(lambda match: BLOCK * len(match.group()), text)

    def __call__(self, value: T) -> T:
        """A value of the model with every name in it masked."""
        masked: T = self._masked(value, "")
        return masked

    def _masked(self, value: Any, name: str) -> Any:
        if isinstance(value, str):
            if name in _CODES:
                return value
            if name in _ADDRESSES:
                return None if self._pattern.search(unquote(value)) else value
            return self.text(value)
        if isinstance(value, tuple | list):
            return type(value)(self._masked(inner, name) for inner in value)
        if isinstance(value, Mapping):
            return {key: self._masked(inner, str(key)) for key, inner in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            made = {f.name: getattr(value, f.name) for f in fields(value) if f.init}
            new = {field: self._masked(inner, field) for field, inner in made.items()}
            changed = {field: inner for field, inner in new.items() if inner != made[field]}
            return replace(value, **changed) if changed else value
        return value


def read_names(file: Path) -> list[str]:
    """The names of a file, one a line, without empty lines and those that begin with #. Raises OSError."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
