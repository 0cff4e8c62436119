"""Reports for reviewers: HTML, Markdown, CSV, JSON, and one claim explained."""

from claimcheck.report.explain import UnknownClaim, explain_text
from claimcheck.report.render import (
    render_csv,
    render_html,
    render_json,
    render_markdown,
    render_overview,
    write_reports,
)

__all__ = [
    "UnknownClaim",
    "explain_text",
    "render_csv",
    "render_html",
    "render_json",
    "render_markdown",
    "render_overview",
    "write_reports",
]
