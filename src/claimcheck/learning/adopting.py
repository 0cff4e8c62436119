"""Names that decisions propose, written into the package that they are for: a word, or an alias."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from claimcheck.learning.names import Name
from claimcheck.reference.editing import EditError, Sheet, Splice, table_of
from claimcheck.reference.learning import accept
from claimcheck.reference.loading import read_descriptor
from claimcheck.reference.schema import Learned


def learn_words(folder: Path, names: Iterable[Name]) -> int:
    """Let a package learn words for its measures, each `learned` with sentence, day and reviewer; how many it
    had not. Raises LearningError, PackageError; then nothing is written."""
    own = read_descriptor(folder)
    held = {(measure.name, word) for measure in own.vocabulary for word in measure.all_words}
    fresh = [
        (one.of, Learned(one.text, False, first.text, date.fromisoformat(first.time[:10]), first.reviewer))
        for one in names
        if one.kind == "word" and one.package == own.name and (one.of, one.text) not in held
        for first in one.decisions[:1]
    ]
    accept(folder, fresh)
    return len(fresh)


def with_alias(folder: Path, name: Name) -> Splice:
    """What gives a place or a body another name: `|` and the name in the last of its columns of names. Raises
    EditError, PackageError."""
    table, _, key = name.of.partition(":")
    sheet = Sheet.of(folder, table_of(folder, table))
    columns = [b.column for b in sheet.resource.roles.get("names", ()) if b.column is not None]
    if not columns:
        raise EditError(f"{sheet.resource.path}: no column holds names")
    before = sheet.row(key)[columns[-1]]
    return sheet.mended(key, {columns[-1]: f"{before}|{name.text}" if before else name.text})
