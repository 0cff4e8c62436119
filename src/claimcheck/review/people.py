"""Who may do what at a desk of several people: a file of names, roles and the hashes of their tokens.

    name,role,token_sha256
    Amal,curator,9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
"""

from __future__ import annotations

import csv
import hashlib
import io
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from claimcheck.atomic_files import alone, whole
from claimcheck.decisions.record import MOST_NAME
from claimcheck.regular_files import bytes_of
from claimcheck.store import StoreError

ROLES = ("reader", "reviewer", "curator")
"""Each may do what those before it may: read, decide on claims, change tables and what decisions teach."""
HEADER = ["name", "role", "token_sha256"]
SHA256 = 64  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the desk. `token` is the SHA-256 of what opens it for them, in hexadecimal digits."""

    name: str
    role: str
    token: str = ""

    def may(self, role: str) -> bool:
        """True where the person's role is this one or includes it: a curator may what a reviewer may."""
        return ROLES.index(self.role) >= ROLES.index(role)


ANYBODY = Person("", "curator")
"""Who sits at a desk without a file of people: all is allowed, and each form says who."""


class People:
    """The people of a file, read again where it changed."""

    def __init__(self, file: Path) -> None:
        """Raises StoreError where the file cannot be read or breaks its rules, OSError."""
        self.file = file
        self._version: object = None
        self._found: Mapping[str, Person] = {}
        self.known()

    def known(self) -> Mapping[str, Person]:
        """The people by the hashes of their tokens. Raises StoreError, OSError."""
        found = self.file.stat()
        version = (found.st_ino, found.st_size, found.st_mtime_ns)
        if version != self._version:
            self._found, self._version = {person.token: person for person in read(self.file)}, version
        return self._found

    def of(self, token: str) -> Person | None:
        """Whose token it is. Its hash is looked up: how long that takes tells nothing of the token."""
        return self.known().get(_hashed(token))


def read(file: Path) -> list[Person]:
    """The people of a file. Raises StoreError with file, line, column and value; OSError."""
    if not file.exists():
        raise StoreError(f"{file}: there is no such file; begin it with: claimcheck people {file} --add NAME")
    try:
        lines = list(csv.reader(io.StringIO(bytes_of(file).decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise StoreError(f"{file}: no CSV in UTF-8 ({error})") from None
    if lines[:1] != [HEADER]:
        found = ",".join(lines[0]) if lines else ""
        raise StoreError(f"{file}, line 1: {found!r}: the first line is {','.join(HEADER)}")
    people: dict[str, Person] = {}
    for number, cells in enumerate(lines[1:], 2):
        if not cells:
            continue
        if len(cells) != len(HEADER):
            raise StoreError(f"{file}, line {number}: {len(cells)} cells for {len(HEADER)} columns")
        person = Person(*map(str.strip, cells))
        for column, value, wrong in (
            ("name", person.name, _fault_of_name(person.name, people)),
            ("role", person.role, "" if person.role in ROLES else "reader, reviewer or curator"),
            ("token_sha256", person.token, "" if _is_hash(person.token) else "64 hex digits are"),
        ):
            if wrong:
                raise StoreError(f"{file}, line {number}, column {column}: {value!r}: {wrong}")
        people[person.name.casefold()] = replace(person, token=person.token.lower())
    return list(people.values())


def add(file: Path, name: str, role: str) -> str:
    """Let somebody in, and return the token, which nothing holds afterwards. Raises StoreError, OSError."""
    name, token = " ".join(name.split()), secrets.token_urlsafe(24)
    with alone(file.parent):
        people = read(file) if file.exists() else []
        if wrong := _fault_of_name(name, {person.name.casefold(): person for person in people}):
            raise StoreError(f"{file}: {name!r}: {wrong}")
        _write(file, [*people, Person(name, role, _hashed(token))])
    return token


def remove(file: Path, name: str) -> None:
    """Let somebody in no more. Raises StoreError where nobody has the name, OSError."""
    with alone(file.parent):
        people = read(file)
        rest = [person for person in people if person.name.casefold() != name.casefold()]
        if len(rest) == len(people):
            raise StoreError(f"{file}: {name!r}: nobody has this name; `claimcheck people {file}` lists all")
        _write(file, rest)


def _write(file: Path, people: list[Person]) -> None:
    with whole(file) as partial, partial.open("w", encoding="utf-8", newline="") as out:
        partial.chmod(0o600)
        csv.writer(out, lineterminator="\n").writerows([HEADER, *([p.name, p.role, p.token] for p in people)])


def _fault_of_name(name: str, people: Mapping[str, Person]) -> str:
    if name.casefold() in people:
        return "this person is in the file already; remove them first"
    said = name.encode("utf-8", "ignore").decode()
    return "" if 0 < len(name) <= MOST_NAME and said == name else f"a name has 1 to {MOST_NAME} characters"


def _is_hash(text: str) -> bool:
    return len(text) == SHA256 and set(text.lower()) <= set("0123456789abcdef")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
