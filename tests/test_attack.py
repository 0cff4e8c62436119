"""The short part of the known attacks, and that a break would be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import attack


@pytest.mark.long
def test_the_part_breaks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert attack.main(["--part"]) == 0, capsys.readouterr().out


def test_a_break_is_told_and_ends_with_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def torn(folder: Path, part: bool) -> attack.Room:
        yield "a command that does not exist", lambda: attack.claimcheck("destroy", folder)
        yield "a harmless one", lambda: attack.claimcheck("--version")

    monkeypatch.setattr(attack, "ROOMS", {"torn": torn})
    assert attack.main([]) == 1
    stated = capsys.readouterr().out
    assert "BROKEN  torn: 'a command that does not exist': AssertionError: ended with 2" in stated
    assert "1 attack broke something" in stated
