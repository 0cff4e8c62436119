"""How every self-check reports: a finding at characters of the text."""

from __future__ import annotations

from claimcheck.model import Finding, Span


def noted(text: str, kind: str, span: Span, told: str, *, problem: bool = False) -> Finding:
    """A finding at `span`; its text is always the characters that the span covers."""
    return Finding(
        kind=kind,
        start=span.start,
        end=span.end,
        text=span.of(text),
        status="problem" if problem else "ok",
        explanation=told,
    )
