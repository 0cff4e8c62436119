"""The lines that govern a list."""

from __future__ import annotations

from bisect import bisect_right

from claimcheck.model import Document, Span

_BACK, _MOST = 60, 3  # zones among which headings are looked for, and how many lines govern at most


def headings(document: Document, start: int) -> tuple[Span, ...]:
    """The lines that govern the list in which a character stands, the nearest first: "Dead in 2021:" above it
    and the heading of its part."""
    zones, text = document.zones, document.text
    at = bisect_right(zones, start, key=lambda zone: zone.start) - 1
    if at < 1 or start >= zones[at].end or zones[at].kind != "list":
        return ()
    end = zones[at - 1].end
    above = Span(text.rfind("\n", 0, end) + 1, end)
    heads = [Span(z.start, z.end) for z in zones[max(0, at - _BACK) : at] if z.kind == "heading"]
    return (above, *heads[: -_MOST : -1])
