"""`claimcheck query SQL` in its plainest form, without the framework of the commands.

To load that and what checks its arguments takes as long as such a query. Any other call is left to it, and it
says what is wrong with one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from claimcheck.cli.rows import Rows, load, print_rows

DEFAULTS = {"--database": "claims.duckdb", "--format": Rows.table.value}


def answer(arguments: Sequence[str]) -> int | None:
    """Do what `query SQL [--database FILE] [--format NAME]` asks; its exit code, None for any other call."""
    given = _read(arguments)
    if given is None:
        return None
    from claimcheck.store import StoreError, query

    format = Rows(given["--format"])
    try:
        result = query(Path(given["--database"]), given["sql"], meanwhile=lambda: load(format))
        print_rows(result.columns, result.rows, format)
    except BrokenPipeError:
        raise
    except (StoreError, OSError) as error:
        from claimcheck import console, faults

        console.complain(faults.sentence(error) if isinstance(error, OSError) else str(error))
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _read(arguments: Sequence[str]) -> dict[str, str] | None:
    """What was given by name, and the statement under `sql`."""
    if arguments[:1] != ["query"]:
        return None
    given = dict(DEFAULTS)
    rest = iter(arguments[1:])
    for argument in rest:
        if argument in DEFAULTS:
            given[argument] = next(rest, "-")
        elif "sql" in given:
            return None
        else:
            given["sql"] = argument
    plain = "sql" in given and given["--format"] in [*Rows]
    return given if plain and not any(value.startswith("-") for value in given.values()) else None
