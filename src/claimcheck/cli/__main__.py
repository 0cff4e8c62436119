"""`python -m claimcheck.cli`."""

from claimcheck.cli.start import main

main()
