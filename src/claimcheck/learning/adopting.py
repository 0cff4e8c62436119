"""Names that decisions propose, written into the package that they are for: a word, or an alias."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from claimcheck.learning.names import Name
from claimcheck.reference.editing import EditError, Sheet, Splice, table_of
from claimcheck.reference.learning import learning
from claimcheck.reference.loading import read_descriptor
from claimcheck.reference.schema import Learned


def with_words(folder: Path, names: Iterable[Name]) -> tuple[list[str], Splice | None]:
    """The words that a package has not, and what lets it learn them for its measures, each `learned` with
    sentence, day and reviewer; None where there are none. Raises EditError, PackageError."""
    own = read_descriptor(folder)
    held = {(measure.name, word) for measure in own.vocabulary for word in measure.all_words}
    fresh = [
        (one.of, Learned(one.text, False, first.text, date.fromisoformat(first.time[:10]), first.reviewer))
        for one in names
        if one.kind == "word" and one.package == own.name and (one.of, one.text) not in held
        for first in one.decisions[:1]
    ]
    return [word.text for _, word in fresh], learning(folder, fresh) if fresh else None


def with_alias(folder: Path, name: Name) -> Splice:
    """What gives a place, a body or an event another name: `|` and the name in the last of its columns of
    names. Raises EditError, PackageError."""
    table, _, key = name.of.partition(":")
    sheet = Sheet.of(folder, table_of(folder, table))
    columns = [b.column for b in sheet.resource.roles.get("names", ()) if b.column is not None]
    if not columns:
        raise EditError(f"{sheet.resource.path}: no column holds names")
    before = sheet.row(key)[columns[-1]]
    return sheet.mended(key, {columns[-1]: f"{before}|{name.text}" if before else name.text})
