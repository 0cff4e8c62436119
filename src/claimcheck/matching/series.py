"""Which rows of a table are of one series: of one place, one doer, one way, in one unit. SQL alone."""

from __future__ import annotations

PLACE_OF_R = (
    "(SELECT arg_min(p.place, p.rank) FROM reference_place AS p WHERE p.package = r.package "
    "AND p.resource = r.resource AND p.row_id = r.row_id AND p.measure = r.measure)"
)
"""The narrowest place of the row `r`."""
WHO_OF_R = (
    "coalesce(r.actor, (SELECT g.name FROM reference_row AS g WHERE g.package = r.package "
    f"AND g.kind = 'gazetteer' AND g.resource || ':' || g.row_id = {PLACE_OF_R} LIMIT 1), {PLACE_OF_R})"
)
"""Whose number the row `r` is, by name: its doer's, else its place's."""
SAME_PLACE = f"{PLACE_OF_R} IS NOT DISTINCT FROM {PLACE_OF_R.replace(' r.', ' own.')}"
"""Whether the rows `r` and `own` are of one place."""
SAME_KIND = " AND ".join(
    f"r.{column} IS NOT DISTINCT FROM own.{column}"
    for column in ("unit", "origins", "destinations", "series")
)
"""Whether they count alike: what comes from one place is no more of what comes from another."""
SAME_SERIES = f"{SAME_PLACE} AND r.actor IS NOT DISTINCT FROM own.actor AND {SAME_KIND}"
"""Whether they differ in their time alone."""
