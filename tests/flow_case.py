"""The flows and Prefect's client, for the tests of flows: loaded when these run, since it takes seconds."""

from __future__ import annotations

import json
from pathlib import Path

from flows import common
from flows.check_documents import check_documents
from flows.common import QUARANTINE, REFUSED, the_writer
from flows.deploy import SERVED, hindrance, in_a_pool, limit_writers
from flows.publish_report import publish_report
from flows.recheck_claims import recheck_claims
from prefect.artifacts import Artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import State
from prefect.events.schemas.automations import AutomationCore

from tests.reader import ROOT

__all__ = [
    "KEYS", "QUARANTINE", "REFUSED", "SERVED", "Artifact", "AutomationCore", "WorkPoolCreate", "check",
    "check_documents", "common", "get_client", "hindrance", "in_a_pool", "limit_writers", "of_quarantine",
    "publish_report", "recheck_claims", "the_writer",
]  # fmt: skip
REFERENCE = ROOT / "reference_data"
KEYS = ("verdicts", "quarantine", "report")


def of_quarantine() -> object:
    """The latest table of documents that were set aside."""
    table = Artifact.get("claimcheck-quarantine")
    assert table is not None
    return json.loads(str(table.data))


def check(place: Path, wait: float = 0, **more: object) -> State[object]:
    return check_documents(
        [place / "inbox"],
        [REFERENCE],
        place / "claims.duckdb",
        place / "reports",
        wait=wait,
        **more,  # type: ignore[arg-type]
        return_state=True,
    )
