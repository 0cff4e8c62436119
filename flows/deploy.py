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

from prefect import Flow, serve
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL

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
    if not PREFECT_API_URL.value():
        print(
            "claimcheck: set PREFECT_API_URL to a Prefect server, such as http://127.0.0.1:4200/api, "
            "and start one with `prefect server start`",
            file=sys.stderr,
        )
        return 2
    asyncio.run(limit_writers())
    deployments = [
        flow.to_deployment(name=name, cron=times[option], tags=["claimcheck"], concurrency_limit=1)
        for option, (flow, name, _, _) in SERVED.items()
    ]
    serve(*(cast(RunnerDeployment, deployment) for deployment in deployments))
    return 0


if __name__ == "__main__":
    sys.exit(main())
