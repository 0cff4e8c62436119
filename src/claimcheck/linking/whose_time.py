"""Whether the time of a claim is that of something else in its sentence: of the first of two values ("from 40
per cent in 2004 to 6 per cent") or of a beginning ("since the war began in 2011").

Such a time links to no row: what is left of the claim is undecided.
"""

from __future__ import annotations

from claimcheck.lexicon import pattern

COMPARED = pattern("whose_time", "compared")
