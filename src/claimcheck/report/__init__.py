"""Reports for reviewers: HTML, Markdown, CSV, JSON, and one claim explained."""

from enum import StrEnum

Format = StrEnum("Format", "html markdown csv json claimreview annotations settled print")
EVERY_FORMAT = tuple(Format)
FORMATS = EVERY_FORMAT[:4]  # what a run writes; the others are for publishers
