"""What the flows share: one writer at a time, errors that are sentences, how a script runs a flow once."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

from httpx import HTTPError
from prefect import get_run_logger
from prefect.artifacts import (
    Artifact,
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State, TaskRun
from prefect.concurrency.sync import concurrency
from prefect.events import emit_event
from prefect.exceptions import PrefectHTTPStatusError
from prefect.runtime import deployment, flow_run
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_HOME,
    temporary_settings,
)
from prefect.states import Failed

from claimcheck import console, faults
from claimcheck.lexicon import LexiconError
from claimcheck.reference.problems import PackageError
from claimcheck.store import StoreError
from claimcheck.syntax.parser import ModelError

WRITER = "claimcheck-writer"
"""The global concurrency limit of one: whoever writes the database holds it. `deploy.py` makes it."""
LEASE = 60.0  # seconds after which a writer that was killed no longer holds the others up
ANSWER = 30.0  # seconds that a server may take to answer at all
NO_SERVER = "Failed to reach API"  # so Prefect's message begins where `PREFECT_API_URL` names no server
REFUSED = "Refused"  # the name of the state of a run that could not do its work; its message says why
QUARANTINE = "Quarantine"  # and of a run that did its work and set documents aside
NAMESPACE = "claimcheck"  # before the keys of artifacts, events and resources: a server has other flows too
EVENT_EXAMPLES = 50  # that an event names; it counts all
WAIT = 600.0  # seconds that a run waits for another process to let the database go
LONGEST_NAME = 200  # characters of a run's name
REPORTS_LISTED = 50
OVERVIEW_SHOWN = 60_000  # characters of the overview that the interface shows


class ClusterError(Exception):
    """The cluster cannot do its part; the message says why and what to do."""


KNOWN = (PackageError, StoreError, LexiconError, ModelError, ClusterError, OSError)


@contextmanager
def the_writer(wait: float) -> Iterator[None]:
    """Held by the one flow that writes; the others wait, so many seconds. Raises StoreError after that."""
    with ExitStack() as held:
        try:
            held.enter_context(
                concurrency(WRITER, lease_duration=LEASE, timeout_seconds=max(ANSWER, wait), strict=False)
            )
        except TimeoutError as error:
            raise StoreError(
                f"another flow writes: the limit {WRITER} was not free within {wait:g} seconds; where none "
                f"does, free it with `prefect gcl update {WRITER} --active-slots 0`"
            ) from error
        yield


def log(message: str) -> None:
    """A line of the run's log."""
    get_run_logger().info(message)


def rename(name: str) -> None:
    """Let the run's name say what it did. Where the server does not answer it keeps the old one."""
    if flow_run.id is None:
        return
    try:
        with get_client(sync_client=True) as client:
            client.update_flow_run(UUID(str(flow_run.id)), name=name[:LONGEST_NAME])
    except (HTTPError, PrefectHTTPStatusError) as error:
        log(f"the run keeps its name: {error}")


def announce(what: str, database: Path | str, number: int, examples: Sequence[Mapping[str, object]]) -> None:
    """An event for automations: "claimcheck.claims.refuted", "claimcheck.documents.quarantined".

    Its resource is the database; the number and the first examples are its payload.
    """
    emit_event(
        event=f"{NAMESPACE}.{what}",
        resource={
            "prefect.resource.id": f"{NAMESPACE}.database.{Path(database).stem}",
            "prefect.resource.name": str(database),
        },
        payload={"count": number, "examples": [dict(one) for one in examples[:EVENT_EXAMPLES]]},
    )


def show_table(key: str, rows: Sequence[Mapping[str, object]], description: str) -> None:
    """A table of Prefect's interface, "claimcheck-KEY", made anew only where it differs from the latest."""
    named, table = f"{NAMESPACE}-{key}", [dict(row) for row in rows]
    before = cast("Artifact | None", Artifact.get(named))
    if before is None or json.loads(str(before.data)) != table:
        create_table_artifact(key=named, table=table, description=description)


def show_reports(key: str, said: str, paths: Sequence[Path], address: str | None) -> None:
    """The overview as a page of Prefect's interface, with links to the reports where a web server shows them
    at `address`; their paths where none does: a browser opens no file from a page of the web."""
    folder = paths[0].parent
    overview = folder / "index.md"
    lines = [said, ""]
    for path in paths[:REPORTS_LISTED]:
        inside = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
        link = f"[{inside}]({address.rstrip('/')}/{quote(inside)})" if address else f"`{path.absolute()}`"
        lines.append(f"- {link}")
    if overview in paths:
        lines += ["", "---", "", overview.read_text(encoding="utf-8")[:OVERVIEW_SHOWN]]
    create_markdown_artifact(
        key=f"{NAMESPACE}-{key}",
        markdown="\n".join(lines),
        description=f"The reports, and the overview itself. {said}",
    )
    if address:
        create_link_artifact(
            key=f"{NAMESPACE}-{key}-page",
            link=f"{address.rstrip('/')}/{quote(paths[0].name)}",
            link_text="Open the report",
            description=f"The overview of the run. {said}",
        )


_PATH = re.compile(r"[^\0]+")
_ONE_PATH = "a path", lambda v: isinstance(v, str | Path) and _PATH.fullmatch(str(v))
_PATHS = "a list of paths", lambda v: isinstance(v, list | tuple) and all(map(_ONE_PATH[1], v))
WANTED: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "inbox": _PATHS,
    "reference": _PATHS,
    "database": _ONE_PATH,
    "reports": _ONE_PATH,
    "wait": ("a number of seconds, 0 or more", lambda v: isinstance(v, int | float) and v >= 0),
    "runner": ('"here" or "dask"', lambda v: v in ("here", "dask")),
    "scheduler": (
        "an address like tcp://host:8786", lambda v: v is None or re.fullmatch(r"\w+://.+:\d+", str(v))
    ),
    "address": ("an address like https://host/reports", lambda v: v is None or isinstance(v, str)),
}  # fmt: skip
"""What belongs in each parameter: Prefect's interface takes any JSON, and a string is a list of letters."""


def unfit(given: Mapping[str, object]) -> StoreError | None:
    """The first parameter that is not what belongs there, with its value; None where each is."""
    for name, (wanted, fits) in WANTED.items():
        if name in given and not fits(given[name]):
            return StoreError(f"parameter {name}: {given[name]!r} is not {wanted}; give that, or nothing")
    return None


def refused(error: Exception) -> State[Any]:
    """The end of a run that could not do its work, with the sentence that says why."""
    message = faults.sentence(error) if isinstance(error, OSError) else str(error)
    return Failed(name=REFUSED, message=message)


def may_pass(_task: object, _run: TaskRun, state: State[object]) -> bool:
    """Whether a failure may pass by itself: a disk that is full or away, and nothing that a text causes."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, StoreError | OSError)


def is_scheduled() -> bool:
    """Whether a deployment runs the flow: then nobody watches the terminal, and tables in a log are noise."""
    return deployment.id is not None


def once(run: Callable[[], State[Any]], say: Callable[[Any], int]) -> int:
    """Run a flow from a script: `say` is given its result and returns the exit code; refused, it is 2."""
    home = PREFECT_HOME.value()
    if not PREFECT_API_URL.value() and not _can_write(home):
        console.complain(
            f"Prefect keeps its records in {home}, where this user cannot write; "
            "set PREFECT_HOME to a folder that will do, or PREFECT_API_URL to a server"
        )
        return 2
    try:
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # its join costs a second
            state = run()
    except RuntimeError as error:
        if not str(error).startswith(NO_SERVER):
            raise
        console.complain(f"{error}; start it (`prefect server start`), or unset PREFECT_API_URL")
        return 2
    if state.name == REFUSED:
        console.complain(state.message or "the run failed")
        return 2
    return say(cast(Any, state.result()))


def _can_write(folder: Path) -> bool:
    """Whether this user can write in the folder, or make it."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
