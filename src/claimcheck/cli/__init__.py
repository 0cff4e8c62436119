"""The command line. spaCy, DuckDB and Prefect are imported only by the commands that need them."""

from claimcheck.cli.start import main

__all__ = ["main"]
