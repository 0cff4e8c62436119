"""The desk and the pipeline as the processes that people start: neither is in the other's way."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk_case import lines

ROOT = Path(__file__).parent.parent
CLAIMCHECK = [sys.executable, "-m", "claimcheck"]
TEXT = "In January 2018, Russian forces killed 182 civilians in Syria.\n"
WAIT = 120  # seconds


def check(folder: Path, package: str) -> subprocess.Popen[str]:
    """A run over the document against one of two packages."""
    command = [*CLAIMCHECK, "check", "note.txt", "--reference", package, "--database", "claims.duckdb"]
    return subprocess.Popen(
        [*command, "--format", "jsonl"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A document, and two packages that judge it otherwise: the second has no row of these forces."""
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    shutil.copytree(ROOT / "reference_data", tmp_path / "one")
    shutil.copytree(ROOT / "reference_data", tmp_path / "two")
    figures = tmp_path / "two" / "figures.csv"
    kept = [line for line in figures.read_text(encoding="utf-8").splitlines() if not gone(line)]
    figures.write_text("\n".join(kept) + "\n", encoding="utf-8")
    first = check(tmp_path, "one")
    assert first.wait(WAIT) == 0
    return tmp_path


def gone(line: str) -> bool:
    """Whether it is the figure that denies the document's."""
    return line.startswith("F098,")


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """The desk's address, as it prints it."""
    command = [*CLAIMCHECK, "review", "--port", "0"]
    desk = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    assert desk.stderr is not None
    found = re.search(r"http://\S+/", desk.stderr.readline())
    assert found is not None
    yield found.group().rstrip("/")
    desk.terminate()
    said = desk.stderr.read()
    assert desk.wait(WAIT) in (0, -15)
    assert "Traceback" not in said


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=WAIT) as answer:
        return str(answer.read().decode())


def confirm(page: str, text: str) -> bool:
    """Confirm the verdict that a claim's page shows; False where it had changed meanwhile."""
    seen = re.search(r'name="seen" value="([^"]*)"', text)
    assert seen is not None
    form = {"kind": "confirm", "reviewer": "Amal", "seen": html.unescape(seen.group(1))}
    origin = page.split("/claim/", 1)[0]
    request = urllib.request.Request(f"{page}/decide", urllib.parse.urlencode(form).encode())
    request.add_header("Origin", origin)
    try:
        urllib.request.urlopen(request, timeout=WAIT).read()
    except urllib.error.HTTPError as error:
        if error.code != 409:
            raise
        return False
    return True


def test_reviewing_while_a_run_writes_and_publishes(folder: Path, address: str) -> None:
    link = re.search(r'href="(/claim/[0-9a-f]+)', get(f"{address}/"))
    assert link is not None
    page = address + link.group(1)
    before = shown(get(page))
    recorded = []
    run = check(folder, "two")
    while run.poll() is None:
        text = get(page)
        if confirm(page, text):
            recorded.append(shown(text))
        time.sleep(0.05)  # who waits for nothing takes the run's processor
    assert run.returncode == 0, run.stderr.read() if run.stderr else ""
    end = time.monotonic() + WAIT
    while shown(text := get(page)) == before:  # the snapshot is brought within a second or so
        assert time.monotonic() < end
        time.sleep(0.1)
    assert recorded
    assert [line["made_on"] for line in lines(folder / "claims.duckdb")] == recorded
    assert {line["verdict"] for line in lines(folder / "claims.duckdb")} <= {before, shown(text)}
    assert before != shown(text), "the new table says otherwise"


def shown(text: str) -> str:
    """The verdict that a claim's page would have confirmed."""
    found = re.search(r'name="seen" value="[^".]*\.([a-z_]*)"', text)
    assert found is not None
    return found.group(1)
