"""Reference packages: curated tables with sources, loaded whole or refused with every error at once."""

from claimcheck.reference.init import init_descriptor
from claimcheck.reference.loading import load, load_all
from claimcheck.reference.package import Package
from claimcheck.reference.problems import PackageError, Problem
from claimcheck.reference.rows import Source
from claimcheck.reference.schema import Measure
from claimcheck.reference.show import describe

__all__ = [
    "Measure",
    "Package",
    "PackageError",
    "Problem",
    "Source",
    "describe",
    "init_descriptor",
    "load",
    "load_all",
]
