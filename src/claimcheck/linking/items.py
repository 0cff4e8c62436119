"""A claim of a batch with what its text links to, and what can be said from that alone."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter

from claimcheck.model import Claim

_FIELDS = tuple(f.name for f in fields(Claim))
_VALUES = attrgetter(*_FIELDS)


def changed(claim: Claim, **values: object) -> Claim:
    """The claim with other values: `dataclasses.replace` in half of its time; every claim comes by here."""
    return Claim(**{**dict(zip(_FIELDS, _VALUES(claim), strict=True)), **values})
