"""What `claimcheck reference check` warns of in a package that is sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.reference.advice import advice
from claimcheck.reference.loading import load
from tests.reader import ROOT
from tests.reference_case import write
from tests.test_cli import run

GATHERINGS = ('"counted_as": "kind"', '"label": "kind", "counted_as": {"constant": "gathering"}')
PACKAGES = [ROOT / "reference_data", *sorted((ROOT / "tests" / "domains").iterdir())]


def warned(folder: Path, flood: str, meeting: str, descriptor: tuple[str, str] = GATHERINGS) -> list[str]:
    """The warnings where the two happenings of the table have these kinds."""
    rows = [(",,,flood\n", f',,,"{flood}"\n'), ("meetings,meeting\n", f'meetings,"{meeting}"\n')]
    return [
        str(w)
        for w in advice(load(write(folder, {"happenings.csv": rows, "datapackage.json": [descriptor]})))
    ]


def test_two_kinds_that_are_counted_as_one_are_told_with_their_lines(tmp_path: Path) -> None:
    [warning] = warned(tmp_path, "flood", "meeting")
    assert warning.startswith("happenings.csv:2: 'gathering': rows of 2 kinds are counted together: ")
    assert '"flood" (line 2), "meeting" (line 3)' in warning
    assert 'add "gathering" to the labels' in warning


@pytest.mark.parametrize(
    ("flood", "meeting"),
    [
        ("flood, gathering", "meeting, gathering"),
        ("spring gathering", "gathering of elders"),  # both have its noun
        ("meeting, hearing", "hearing"),
        ("Spring Flood", "meeting"),  # a name is no kind
        ("", "meeting"),
    ],
)
def test_kinds_that_share_a_word_are_one(tmp_path: Path, flood: str, meeting: str) -> None:
    assert not warned(tmp_path, flood, meeting)


def test_kinds_that_are_counted_apart_are_nothing_to_warn_of(tmp_path: Path) -> None:
    apart = ('"counted_as": "kind"', '"label": "kind", "counted_as": "kind"')
    assert not warned(tmp_path, "flood", "meeting", apart)


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_our_own_packages_need_no_warning(folder: Path) -> None:
    assert not advice(load(folder))


def test_a_warning_is_no_error(tmp_path: Path) -> None:
    write(tmp_path, {"datapackage.json": [GATHERINGS]})
    done = run("reference", "check", str(tmp_path))
    assert done.returncode == 0
    assert f"warning: {tmp_path}/happenings.csv:2" in done.stderr
    assert done.stdout.rstrip().endswith("no problems, 1 warning")
