"""What a file's bytes turn into, what refuses them, and how much of them there may be.

Sizes are decimal: a megabyte is 1,000,000 bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

LIMIT = 50_000_000  # bytes of a file that is one document, and characters that a PDF may give
TEXT_LIMIT = 5_000_000  # characters of a document's text: about 900,000 words
TEXT_BYTES = 4 * TEXT_LIMIT  # what so many characters can take, in a text file or a line of JSON Lines

BROKEN = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What a text that the code cannot cope with raises. Its document is set aside, and the others go on."""

_HALVES = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Raised figures as characters of their own: the note 4 behind 77 does not make it 774."""


class InstallationError(OSError):
    """No document is at fault: a part of the program is missing or does not work on this machine."""


class DocumentError(Exception):
    """A document that cannot be read: where, which value, and what to do about it.

    `line` counts from 1; `column` is a character of that line, counted from 1, or the name of a field.
    """

    def __init__(
        self,
        path: Path | str,
        message: str,
        *,
        line: int | None = None,
        column: int | str | None = None,
        value: str | None = None,
    ) -> None:
        self.path = str(path)
        self.line = line
        self.column = column
        self.value = None if value is None else value[:80]
        self.message = message
        super().__init__(str(self))

    def __reduce__(self) -> tuple[Any, ...]:  # so that one process can hand it to another
        return _again, (type(self), dict(self.__dict__))

    def __str__(self) -> str:
        where = [self.path]
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.column is not None:
            where.append(f"column {self.column}")
        value = "" if self.value is None else f" ({self.value!r})"
        return shown(f"{', '.join(where)}: {self.message}{value}")

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> Self:
        """The error with these attributes."""
        error = cls.__new__(cls)
        error.__dict__.update(state)
        error.args = (str(error),)
        return error


def _again(kind: type[DocumentError], state: Mapping[str, Any]) -> DocumentError:
    return kind.of(state)


def shown(name: str) -> str:
    """A name as it can be printed: on one line, without control characters or halves of characters."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode("ascii"), name)


def whole(text: str) -> str:
    """The text with U+FFFD in place of halves of characters, which JSON can write and nothing can keep."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a file: its name, without folders, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a file holds: its text, how it was decoded, where pages start, and what it says of itself.

    `meta` has the keys title, author, publisher, address, date (ISO) and language where the file gives them.
    `attached` are the files inside it that are documents of their own.
    """

    text: str
    media_type: str
    encoding: str | None = None
    pages: tuple[int, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    attached: tuple[Attachment, ...] = ()
