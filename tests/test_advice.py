"""What `claimcheck reference check` warns of in a package that is sound."""

from __future__ import annotations

from pathlib import Path

from claimcheck.reference.advice import advice
from claimcheck.reference.loading import load
from tests.reader import ROOT, of_all
from tests.reference_case import write

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


@of_all(PACKAGES)
def test_our_own_packages_need_no_warning(folder: Path) -> None:
    assert not advice(load(folder))


