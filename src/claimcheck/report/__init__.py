"""Reports for reviewers: HTML, Markdown, CSV, JSON, and one claim explained."""
