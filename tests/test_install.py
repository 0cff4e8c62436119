"""The ways in: what the container file and both locks say, the job of CI, the commit hook."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from claimcheck import __version__
from tests.commands import run as command
from tests.reader import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
HELD = "Geneva IX opened on 25 January 2018 in Vienna.\n"
WRONG = "Geneva IX opened on 12 March 2018 in Vienna.\n"


def test_the_image_holds_nothing_beside_what_is_copied() -> None:
    copied = {
        n for w in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for n in w.split()
    }
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {name[1:] for name in let_in if name.startswith("!")} == copied
    assert let_in[0] == "*"


def test_both_locks_pin_alike() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        return dict(re.findall(r"^([\w.-]+(?:\[\w+\])?)==(\S+)", text, re.MULTILINE))

    everything, run = pins("requirements.lock"), pins("requirements-run.lock")
    assert run.items() < everything.items()
    assert "pytest" not in run
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for wanted in (*project["dependencies"], *project["optional-dependencies"]["build"]):
        assert re.match(r"[\w.-]+", wanted)[0].lower() in run, wanted  # type: ignore[index]


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """A repository with texts, one of which the tables refute, and the tables."""
    shutil.copytree(ROOT / "reference_data", tmp_path / "reference_data")
    (tmp_path / "held texts").mkdir()
    (tmp_path / "held texts" / "talks.txt").write_text(HELD, encoding="utf-8")
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("paths", "fail_on", "code"),
    [
        ("held texts\n", "refuted", 0),
        ("held texts\nwrong.txt", "refuted", 1),
        ("$(touch escaped)", "refuted", 2),
    ],
)
def test_the_job_of_ci_ends_as_the_verdicts_say(newsroom: Path, paths: str, fail_on: str, code: int) -> None:
    job = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = job["runs"]["steps"][-1]
    given = {"paths": paths, "fail-on": fail_on}
    inputs = {name: given.get(name, of["default"]) for name, of in job["inputs"].items()}
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: inputs[m[1]], value)
        for name, value in step["env"].items()
    }
    (newsroom / "claimcheck" / "bin").mkdir(parents=True)
    (newsroom / "claimcheck" / "bin" / "claimcheck").symlink_to(Path(sys.executable).parent / "claimcheck")
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=newsroom,
        env={"PATH": os.environ["PATH"], "RUNNER_TEMP": str(newsroom)} | environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stderr
    assert not (newsroom / "escaped").exists()


def test_the_job_of_ci_installs_as_the_container_does() -> None:
    job = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    install = job["runs"]["steps"][-2]["run"]
    assert re.findall(r"install (.+)", install) == [
        words.replace("--no-cache-dir ", "")
        for words in re.findall(r"^RUN \S+/pip install (.+)", DOCKERFILE, re.MULTILINE)
    ]


def test_a_commit_with_a_refuted_claim_is_refused(newsroom: Path) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    entry = shlex.split(hook["entry"])
    assert entry[0] == "claimcheck"
    assert all(re.search(hook["files"], name) for name in ("a.txt", "b/c.md", "d.html", "e.pdf"))
    assert not re.search(hook["files"], "f.py")
    assert command(*entry[1:], "held texts/talks.txt", cwd=newsroom).returncode == 0
    done = command(*entry[1:], "held texts/talks.txt", "wrong.txt", cwd=newsroom)
    assert (done.returncode, "1 refuted" in done.stdout) == (1, True), done.stdout


def test_the_sample_is_checked_in_any_folder(tmp_path: Path) -> None:
    first = command("demo", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    report = tmp_path / re.search(r"report: (\S+)", first.stdout)[1]  # type: ignore[index]
    assert "765 desperate patients" in report.read_text(encoding="utf-8")
    own = tmp_path / "claimcheck-demo" / "documents" / "own.txt"
    own.write_text(WRONG, encoding="utf-8")
    changed = tmp_path / "claimcheck-demo" / "reference_data" / "actors.csv"
    before = changed.read_text(encoding="utf-8")
    changed.write_text(before + "X9,Another actor,,S103,seen,\n", encoding="utf-8")
    again = command("demo", cwd=tmp_path)
    assert (again.returncode, "own.txt" in again.stdout) == (0, True), again.stderr
    assert "1 new, 0 changed" in again.stderr
    assert "X9" in changed.read_text(encoding="utf-8"), "what a reader changed there stays"


def test_the_wheel_brings_the_sample(tmp_path: Path) -> None:
    called = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(called, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("claimcheck_tables-*.whl")
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
        metadata = opened.read(next(n for n in names if n.endswith("/METADATA"))).decode("utf-8")
    for part in ("documents", "reference_data"):
        assert {f"claimcheck/sample/{part}/{file.name}" for file in (ROOT / part).iterdir()} <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert "\nLicense-Expression: MIT\n" in metadata
    assert not [name for name in names if name.startswith(("tests", "flows"))]


def test_what_is_cited_is_this_version() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["version"] == project["version"] == __version__
    assert cited["license"] == project["license"]
    assert {"cff-version", "message", "title", "authors"} <= set(cited)


def test_the_flows_say_what_they_lack() -> None:
    lacking = (
        "import importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'prefect' else real(name, *more)\n"
        "import flows"
    )
    done = subprocess.run([sys.executable, "-c", lacking], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert (
        done.stderr
        == "claimcheck: the flows need Prefect: python -m pip install 'claimcheck-tables[flows]'\n"
    )
