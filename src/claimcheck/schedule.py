"""When the scheduled pipeline runs next, asked over HTTP of the server that `PREFECT_API_URL` names."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

SERVER = "PREFECT_API_URL"
TAG = "claimcheck"  # of every deployment that `flows/deploy.py` serves
PATIENCE = 3.0  # seconds
MOST = 1_000_000  # bytes of an answer
WANTED = {
    "flow_runs": {"tags": {"all_": [TAG]}, "state": {"type": {"any_": ["SCHEDULED"]}}},
    "sort": "NEXT_SCHEDULED_START_TIME_ASC",
    "limit": 50,
}


def next_runs(environment: Mapping[str, str] | None = None) -> list[tuple[datetime, str]]:
    """When each flow runs next, and the tag that says which it is (check, recheck, publish), the soonest
    first; none where nothing is scheduled.

    Raises LookupError, with the sentence to show, where no server is named or it does not answer.
    """
    address = (os.environ if environment is None else environment).get(SERVER, "").rstrip("/")
    if not address:
        raise LookupError(f"no schedule: {SERVER} names no server")
    if not address.startswith(("http://", "https://")):
        raise LookupError(
            f"no schedule: {SERVER} is {address!r}, and not an address like http://127.0.0.1:4200/api"
        )
    if "@" in address:
        raise LookupError(f"no schedule: {SERVER} names a user, and nobody is to be named in an address")
    try:
        request = Request(
            f"{address}/flow_runs/filter",
            data=json.dumps(WANTED).encode(),
            headers={"Content-Type": "application/json"},
        )
        return _soonest(json.loads(_answer(request)))
    except (
        URLError, HTTPException, OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError,
        OverflowError,
    ) as error:  # fmt: skip
        why = getattr(error, "reason", error)
        raise LookupError(
            f"no schedule: the server at {address} does not answer as expected ({why})"
        ) from None


class _Stays(HTTPRedirectHandler):
    """Goes to no other server, whatever the one that was named says."""

    def redirect_request(self, *_: object) -> None:
        return None


def _answer(request: Request) -> bytes:
    """What a server answers within the time that it has, however slowly the bytes come."""
    found: SimpleQueue[bytes | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            with build_opener(_Stays).open(request, timeout=PATIENCE) as answer:
                found.put(answer.read(MOST))
        except Exception as error:  # it is raised where it is waited for
            found.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        answer = found.get(timeout=2 * PATIENCE)
    except Empty:
        raise TimeoutError(f"nothing whole in {2 * PATIENCE:g} seconds") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _soonest(runs: list[dict[str, Any]]) -> list[tuple[datetime, str]]:
    first: dict[str, datetime] = {}
    for run in runs:
        start = run.get("next_scheduled_start_time") or run["expected_start_time"]
        what = next((tag for tag in run["tags"] if tag not in (TAG, "auto-scheduled")), "run")
        first.setdefault(what, datetime.fromisoformat(start.replace("Z", "+00:00")).astimezone())
    return sorted((when, what) for what, when in first.items())


def words(runs: list[tuple[datetime, str]], now: datetime) -> str:
    """ "next: check at 14:05 (in 12 minutes), publish at 14:35 (in 42 minutes)", by the clock here."""
    if not runs:
        return "next: nothing is scheduled (`make serve` starts the schedule)"
    return "next: " + ", ".join(f"{what} {_at(when, now)}" for when, what in runs)


def _at(when: datetime, now: datetime) -> str:
    minutes = round((when - now).total_seconds() / 60)
    local = when.astimezone()
    clock = (
        f"at {local:%H:%M}"
        if local.date() == now.astimezone().date()
        else f"on {local:%Y-%m-%d} at {local:%H:%M}"
    )
    if minutes < 0:
        return f"{clock} ({-minutes} minutes late)"
    return f"{clock} (in {minutes} minutes)" if minutes < 120 else f"{clock} (in {round(minutes / 60)} hours)"
