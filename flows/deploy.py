"""Serve the flows by cron from one process: documents hourly, changed tables nightly, reports in between.

`python flows/deploy.py` from the project's folder, with `PREFECT_API_URL` naming a Prefect server
(`prefect server start` beside it). Work pools use `prefect.yaml` instead. Ends with Ctrl-C.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script, `flows` is not found
import flows  # before Prefect

if __name__ == "__main__":
    flows.log_from("INFO")

from httpx import TransportError
from prefect import Flow, serve
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL

from claimcheck import console
from flows.check_documents import check_documents
from flows.common import WRITER
from flows.publish_report import publish_report
from flows.recheck_claims import recheck_claims

FREE = GlobalConcurrencyLimitUpdate(active_slots=0)

SERVED: dict[str, tuple[Flow[..., Any], str, str, str]] = {
    "check": (check_documents, "hourly", "5 * * * *", "Check the inbox."),
    "recheck": (recheck_claims, "nightly", "30 3 * * *", "Judge again where tables changed."),
    "publish": (publish_report, "decisions", "35 * * * *", "Reports with new decisions."),
}
"""The option that changes its times, the flow, the name of its deployment, its times, and what it is for."""


async def hindrance() -> str | None:
    """Why the flows cannot be served here: no server answers, or a work pool has them. None: they can."""
    address = PREFECT_API_URL.value()
    if not address:
        return (
            "set PREFECT_API_URL to a Prefect server, such as http://127.0.0.1:4200/api, and start one with "
            "`prefect server start`"
        )
    try:
        pooled = await in_a_pool()
    except TransportError as error:
        return (
            f"no Prefect server answers at {address} ({error}); start one with `prefect server start`, or "
            "set PREFECT_API_URL to where it is"
        )
    if not pooled:
        return None
    deletions = " && ".join(f"prefect deployment delete {name}" for name in pooled)
    return (
        "on this server a work pool has these deployments: start its worker (`prefect worker start`), or "
        f"delete them first: {deletions}"
    )


async def in_a_pool() -> list[str]:
    """The deployments of these names that a work pool has (`prefect deploy`): only its worker runs them."""
    found = []
    async with get_client() as client:
        for flow, name, _, _ in SERVED.values():
            with suppress(ObjectNotFound):
                known = await client.read_deployment_by_name(f"{flow.name}/{name}")
                if known.work_pool_name is not None:
                    found.append(f"{flow.name}/{name}")
    return found


async def limit_writers() -> None:
    """Let one flow at a time write the database, whatever the schedules say.

    Slots that are taken now belong to processes of before a power failure: while this process starts, none
    of its flows runs, and a server that was killed with them does not remember who had the slots.
    """
    async with get_client() as client:
        await client.upsert_global_concurrency_limit_by_name(WRITER, limit=1)
        await client.update_global_concurrency_limit(WRITER, FREE)
        for flow, name, _, _ in SERVED.values():
            with suppress(ObjectNotFound):  # served for the first time
                known = await client.read_deployment_by_name(f"{flow.name}/{name}")
                if known.global_concurrency_limit is not None:
                    await client.update_global_concurrency_limit(known.global_concurrency_limit.name, FREE)


def main() -> int:
    """Serve until interrupted."""
    options = argparse.ArgumentParser(description="Serve the flows on their schedules until Ctrl-C.")
    for option, (_, _, cron, what) in SERVED.items():
        options.add_argument(f"--{option}", metavar="CRON", default=cron, help=f"{what} Default: {cron}")
    times = vars(options.parse_args())
    if (reason := asyncio.run(hindrance())) is not None:
        console.complain(reason)
        return 2
    asyncio.run(limit_writers())
    deployments = [
        flow.to_deployment(name=name, cron=times[option], tags=["claimcheck", option], concurrency_limit=1)
        for option, (flow, name, _, _) in SERVED.items()
    ]
    serve(*(cast(RunnerDeployment, deployment) for deployment in deployments))
    return 0


if __name__ == "__main__":
    sys.exit(main())
