"""Prefect flows: thin, a task is one call into `claimcheck`."""
