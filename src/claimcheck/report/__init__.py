"""Reports for reviewers: HTML, Markdown, CSV, JSON, and one claim explained."""

from claimcheck.report.explain import UnknownClaim, explain_text
from claimcheck.report.render import render_html, render_markdown, render_overview, write_reports
from claimcheck.report.tables import render_csv, render_json

__all__ = [
    "UnknownClaim", "explain_text", "render_csv", "render_html", "render_json", "render_markdown",
    "render_overview", "write_reports",
]  # fmt: skip
