"""Who answers the questions that a stranger's table leaves open: a person at a terminal, or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Curator(Protocol):
    """Answers questions about a table; None leaves one open."""

    def choose(self, question: str, choices: Mapping[str, str], guess: str | None) -> str | None:
        """One of the choices (each with what it means), None where it stays open."""

    def write(self, question: str, guess: str) -> str | None:
        """A text, None where it stays open."""


class Nobody:
    """Leaves every question open."""

    def choose(self, question: str, choices: Mapping[str, str], guess: str | None) -> str | None:
        """None."""

    def write(self, question: str, guess: str) -> str | None:
        """None."""


NOBODY = Nobody()
