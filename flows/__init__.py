"""Prefect flows: thin, a task is one call into `claimcheck`.

Import this package before Prefect: it settles what Prefect reads from the environment on its own import.
"""

import os
import sys
from importlib.util import find_spec

if find_spec("prefect") is None:
    sys.exit("claimcheck: the flows need Prefect: python -m pip install 'claimcheck-tables[flows]'")

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
# Prefect's own is 20 seconds: too few on a busy machine
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")


def log_from(level: str) -> None:
    """For a script: log from this level on. A flow that is run once says in one sentence what went wrong."""
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", level)
