"""Serve both flows by cron from one process: documents every hour, changed tables every night.

`python flows/deploy.py` from the project's folder, with `PREFECT_API_URL` naming a Prefect server
(`prefect server start` beside it). Work pools use `prefect.yaml` instead. Ends with Ctrl-C.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import cast

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script, `flows` is not found

from prefect import serve
from prefect.client.orchestration import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.settings import PREFECT_API_URL

from flows.check_documents import WRITER, check_documents
from flows.recheck_claims import recheck_claims

HOURLY = "5 * * * *"
NIGHTLY = "30 3 * * *"


async def limit_writers() -> None:
    """Let one flow at a time write the database, whatever the schedules say."""
    async with get_client() as client:
        await client.upsert_global_concurrency_limit_by_name(WRITER, limit=1)


def main() -> int:
    """Serve until interrupted."""
    if not PREFECT_API_URL.value():
        print(
            "claimcheck: set PREFECT_API_URL to a Prefect server, such as http://127.0.0.1:4200/api, "
            "and start one with `prefect server start`",
            file=sys.stderr,
        )
        return 2
    asyncio.run(limit_writers())
    tags = ["claimcheck"]
    hourly = check_documents.to_deployment(name="hourly", cron=HOURLY, tags=tags, concurrency_limit=1)
    nightly = recheck_claims.to_deployment(name="nightly", cron=NIGHTLY, tags=tags, concurrency_limit=1)
    serve(cast(RunnerDeployment, hourly), cast(RunnerDeployment, nightly))
    return 0


if __name__ == "__main__":
    sys.exit(main())
