"""A database of a field's ordinary texts, as a run leaves it, with claims that are likely and open."""

from __future__ import annotations

import json
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from claimcheck.documents.files import make
from claimcheck.pipeline import Checker

ORDINARY = Path(__file__).parent / "ordinary"
FIELD = "weather"
PACKAGE = ORDINARY / FIELD / "package"
TEXTS = 14


def build_ordinary(folder: Path, texts: int = TEXTS) -> Path:
    """The database of a field's first texts in a folder."""
    shutil.copytree(_made(texts).name, folder, dirs_exist_ok=True)
    return folder / "claims.duckdb"


@cache
def _made(texts: int) -> TemporaryDirectory[str]:
    made = TemporaryDirectory(prefix="claimcheck-ordinary-")
    lines = (ORDINARY / FIELD / "cases.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines[:texts]]
    given = [make(c["id"], c["text"], meta={"date": date.fromisoformat(c["date"])}) for c in cases]
    with Checker([PACKAGE], Path(made.name) / "claims.duckdb") as checker:
        list(checker.kept(checker.check(given)))
    return made
