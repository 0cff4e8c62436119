"""Regular expressions that stay compiled from one process to the next, in the user's cache.

A start needs some 700, its own and those of its libraries; to compile them takes Python a sixth of it. What
it makes of one depends on the expression, its flags and the interpreter alone, so it is kept by these.
"""

from __future__ import annotations

import marshal
import re
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

from claimcheck.kept import keep, kept

MOST = 3000
"""Expressions that are kept; those of tables never end."""
NEW = 20
"""So many that were not known are worth being written down."""
_NAME = "expressions"
Compiled = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""(flags, code, groups, groups by name, names of groups)"""


@contextmanager
def remembered() -> Iterator[None]:
    """Within it, an expression that an earlier process compiled is not compiled again; an interpreter that
    does this in another way compiles all."""
    try:
        parts: list[Any] = [import_module(name) for name in ("re._parser", "re._compiler", "_sre")]
        parser, compiler, engine = parts
        usual, version = compiler.compile, f"{sys.version!r} {engine.MAGIC} {engine.CODESIZE}"
    except (ImportError, AttributeError):
        yield
        return
    known: dict[tuple[str, int], Compiled] = marshal.loads(kept(_NAME, version) or marshal.dumps({}))
    new: dict[tuple[str, int], None] = {}

    def compiled(pattern: Any, flags: int = 0) -> Any:
        found = known.get((pattern, int(flags))) if isinstance(pattern, str) else None
        if found is not None:
            own, code, *groups = found
            return engine.compile(pattern, own, array("I", code).tolist(), *groups)
        made = usual(pattern, flags)
        if isinstance(pattern, str) and not flags & re.DEBUG and len(new) < MOST:  # a desk never ends
            new[pattern, int(flags)] = None
        return made

    def parted(pattern: str, flags: int) -> Compiled:
        tree = parser.parse(pattern, flags)
        numbers = tree.state.groupdict
        names = {number: name for name, number in numbers.items()}
        of_groups = tuple(names.get(number) for number in range(tree.state.groups))
        code = array("I", compiler._code(tree, flags)).tobytes()
        return int(flags | tree.state.flags), code, tree.state.groups - 1, numbers, of_groups

    compiler.compile = compiled
    try:
        yield
    finally:
        compiler.compile = usual
        if NEW <= len(new) <= MOST - len(known):
            with suppress(AttributeError, TypeError):
                keep(_NAME, version, marshal.dumps(known | {one: parted(*one) for one in new}))
