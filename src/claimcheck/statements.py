"""SQL by name: the statements of a file in `sql/`, each behind a line such as `-- @PAGED`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

_NAME = re.compile(r"^-- @(\w+)\n", re.MULTILINE)


@cache
def statements(file: str) -> Mapping[str, str]:
    """The statements of a file by their names, as they are written: who runs them fills in what is open."""
    text = resources.files("claimcheck").joinpath("sql", file).read_text(encoding="utf-8")
    parts = _NAME.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
