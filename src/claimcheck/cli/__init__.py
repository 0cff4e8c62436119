"""The command line. spaCy, DuckDB and Prefect are imported only by the commands that need them."""

from claimcheck.cli.app import app, main

__all__ = ["app", "main"]
