"""The container file, followed step by step in an empty environment where no container engine is at hand.

`pytest tests/long_install.py`: a minute or two, since all that the lock file names is installed anew.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reader import ROOT
from tests.test_install import DOCKERFILE, WRONG

NOBODY = 65534
PASSED_ON = re.compile(r"PIP_|SSL_|\w*_proxy$|\w*CA_(BUNDLE|CERTS)|LANG$", re.IGNORECASE)  # how pip gets out


class Box:
    """An empty folder that stands for a container's file system; what a stage does happens there.

    `python` is the only command of its own; no variable of this process is seen but those that pip needs.
    """

    FOLDERS = ("/build", "/opt/claimcheck", "/work")

    def __init__(self, root: Path) -> None:
        self.root = root
        self.root.chmod(0o755)
        (root / "bin").mkdir()
        (root / "bin" / "python").symlink_to(
            Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
        )
        for folder in self.FOLDERS:
            (root / folder[1:]).mkdir(parents=True)
        (root / "work").chmod(0o777)
        passed = {name: value for name, value in os.environ.items() if PASSED_ON.match(name)}
        self.environment = passed | {"PATH": f"{root}/bin:/usr/bin:/bin", "HOME": str(root / "build")}
        self.here = root
        self.user: int | None = None
        self.entry: list[str] = []

    def inside(self, text: str) -> str:
        """A text of the container file with its folders as they are called out here."""
        return re.sub(r"(?<![\w.])(/build|/opt/claimcheck|/work)\b", lambda m: f"{self.root}{m[1]}", text)

    def follow(self, dockerfile: str) -> None:
        """Every instruction in order. Raises on one that is not known, or that fails."""
        for line in dockerfile.splitlines():
            if line and not line.startswith("#"):
                word, _, rest = line.partition(" ")
                getattr(self, f"_{word.lower()}")(rest)

    def _from(self, image: str) -> None:
        assert image.startswith("python:3.")

    def _workdir(self, folder: str) -> None:
        self.here = Path(self.inside(folder))

    def _copy(self, words: str) -> None:
        if words.startswith("--from="):
            return  # both stages share this folder
        *names, target = words.split()
        for name in names:
            source = ROOT / name
            assert source.exists(), f"COPY {name}: there is no such file"
            if source.is_dir():
                shutil.copytree(source, self.here / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, self.here / target)

    def _run(self, shell: str) -> None:
        quick = self.inside(shell).replace("--no-cache-dir ", f"--quiet --cache-dir {cache()} ")
        done = subprocess.run(
            ["sh", "-c", quick], cwd=self.here, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{shell}\n{done.stdout}{done.stderr}"

    def _env(self, words: str) -> None:
        for word in shlex.split(self.inside(words)):
            name, _, value = word.partition("=")
            self.environment[name] = value.replace("$PATH", self.environment["PATH"])

    def _user(self, user: str) -> None:
        assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user), "a user without rights, by number"
        self.user = NOBODY

    def _entrypoint(self, words: str) -> None:
        self.entry = json.loads(words)

    def _cmd(self, words: str) -> None:
        json.loads(words)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """The container's command with these arguments, as its user."""
        assert self.user is not None
        who = {"user": self.user, "group": self.user, "extra_groups": []} if os.geteuid() == 0 else {}
        return subprocess.Popen(
            [shutil.which(self.entry[0], path=self.environment["PATH"]) or "missing", *arguments],
            cwd=self.here, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            **who,
        )  # fmt: skip

    def call(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, output and messages of the container's command."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err


def cache() -> str:
    """The folder where pip keeps what it has fetched before."""
    called = [sys.executable, "-m", "pip", "cache", "dir"]
    return subprocess.run(called, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def container() -> Iterator[Box]:
    """The container file followed to its end, in a folder that any user may see."""
    with tempfile.TemporaryDirectory(prefix="claimcheck-container-", ignore_cleanup_errors=True) as folder:
        box = Box(Path(folder))
        box.follow(DOCKERFILE)
        shutil.rmtree(box.root / "build")
        yield box


def test_the_sample_comes_with_the_installation(container: Box) -> None:
    code, out, err = container.call("demo")
    assert code == 0, err
    assert re.search(r"\d+ claims: .*\d+ supported", out)
    report = container.here / re.search(r"report: (\S+)", out)[1]  # type: ignore[index]
    assert "765 desperate patients" in report.read_text(encoding="utf-8")
    if os.geteuid() == 0:
        assert report.stat().st_uid == NOBODY


def test_the_container_checks_a_folder(container: Box) -> None:
    (container.here / "texts").mkdir()
    (container.here / "texts" / "talks.txt").write_text(WRONG, encoding="utf-8")
    shutil.copytree(ROOT / "reference_data", container.here / "reference_data")
    code, out, err = container.call("check", "texts", "--fail-on", "refuted")
    assert (code, "1 refuted" in out) == (1, True), err


def test_the_container_opens_the_desk(container: Box) -> None:
    made = container.call("demo")
    assert made[0] == 0, made
    desk = container.start("review", "--port", "0", "--database", "claimcheck-demo/claims.duckdb")
    try:
        assert desk.stderr is not None
        address = re.search(r"http://\S+/", desk.stderr.readline())
        assert address, "it says where it is"
        until = time.monotonic() + 20
        while True:
            try:
                with urllib.request.urlopen(address[0], timeout=5) as answer:
                    page = answer.read().decode("utf-8")
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.1)
        assert "765 desperate patients" in page
    finally:
        desk.terminate()
        desk.communicate(timeout=20)
