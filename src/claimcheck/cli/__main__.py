"""`python -m claimcheck.cli`."""

from claimcheck.cli.app import main

main()
