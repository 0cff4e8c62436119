"""Known attacks on the program as it is used, each bounded. A room is a door; `tests/test_query.py` has that
of queries. An attack breaks something where there is a traceback, an answer 500, a file touched, a good
document lost, a sentence supported that takes itself back, or work without an end. `-k desk` attacks one.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest

from claimcheck.decisions import journal_file
from claimcheck.model import Document
from claimcheck.pipeline import Checker
from claimcheck.store import query
from tests import review_case
from tests.sample_hostile import EVIL
from tests.test_hostile_documents import sparse

Attack = Callable[[], object]
"""Raises where something breaks; what it returns is not looked at."""
Room = Iterator[tuple[str, Attack]]
REFERENCE = review_case.REFERENCE
SECONDS = 100.0  # that one attack may take, on a machine that does other work beside it
UNSEEN = [f"1{c}774 civilians were" for c in "\u200b\u200d\u2060\ufe0f\xad\x7f\u200a\u202d·‚"]
UNSEEN += ["774\u2060 000 civilians were", "\u202e774\u202c civilians were", "774 civilians were n\u200boｔ"]
GOOD = "In January 2018, 774 civilians were killed in Syria. On 3 May 2016 21 people died."


def claimcheck(*arguments: str | Path, ends: tuple[int, ...] = (0,), seconds: float = SECONDS) -> str:
    """What the command prints. Raises where it ends otherwise than `ends`, in a traceback, or too late."""
    command = [sys.executable, "-m", "claimcheck", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, timeout=seconds, encoding="utf-8", errors="replace", check=False
    )
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said[-300:]
    assert done.returncode in ends, f"ended with {done.returncode}: {said[-300:]}"
    assert len(said) < 200_000, f"printed {len(said):,} characters"
    assert not re.search(r"\x1b(\]|\[2J)", said), "a document's control characters reach the terminal"
    return said


# --- documents: the good one beside them is read ----------------------------------------------------------


def hostile_texts() -> Mapping[str, str]:
    """Texts that nobody writes in good faith, by the name of their file."""
    size = 4_000  # of longer ones test_hostile measures the time
    return {
        "beyond.txt": "5e400 civilians were killed on 3 May 2016. " + "9" * 5_000 + " people died.",
        "evil.txt": f"{EVIL}".encode("utf-8", "replace").decode() + " 12 people died on 3 May 2016.\n" * 3,
        "unseen.txt": "\n\n".join(f"In January 2018, {odd} killed in Syria." for odd in UNSEEN),
        "controls.txt": "Ha\x01dieh \x1b[2J\x1b]0;owned\x07 counted 5\u202e people on 3 May 2016.\n",
        "nested.txt": "(" * size + "5 people" + ")" * size,
        "nested.html": "<div>" * size + "5 people died on 3 May 2016." + "</div>" * size,
        "nested.jsonl": "[" * size + "]" * size + "\n",
        "phrases.txt": "rose from 5 to 6 … twice as many as " * (size // 30),
        "line.txt": "Some 7 people were killed in Aleppo on 5 May 2018, and " * (size // 60),
        "numbers.txt": "12 34 567 8,901 23\n" * (size // 5),
        "blank.txt": " \n\t" * size,
        "page.htm": "<!DOCTYPE x [<!ENTITY a 'a'><!ENTITY b '&a;&a;&a;'>]><p>&b; 5 people died.",
    }


def documents(folder: Path) -> Room:
    """All in one folder: checked and kept, reported, exported."""
    inbox, database = folder / "in", folder / "claims.duckdb"
    inbox.mkdir()
    (inbox / "z.txt").write_text(GOOD, encoding="utf-8")
    for name, text in hostile_texts().items():
        (inbox / name).write_text(text, encoding="utf-8", errors="replace")
    (inbox / "bytes.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(5_000))
    (inbox / "bytes.docx").write_bytes(b"PK\x03\x04" + os.urandom(5_000))
    (inbox / "out.txt").symlink_to("/etc/passwd")
    given = ("--reference", REFERENCE, "--database", database)

    def good_is_kept() -> None:
        held = "SELECT count(*) FROM claims WHERE doc_id LIKE '%z.txt' AND verdict = 'supported'"
        assert query(database, held).rows[0][0], "the good document lost its verdict"
        assert not query(database, "SELECT 1 FROM documents WHERE doc_id LIKE '%out.txt'").rows
        shown = "SELECT text FROM claims WHERE doc_id LIKE '%unseen.txt' AND verdict = 'supported'"
        assert not (found := query(database, shown).rows), f"what no eye sees bears it out: {found}"

    whole = partial(claimcheck, "check", inbox, *given, ends=(0, 2), seconds=240.0)
    yield "a folder of hostile documents is checked", whole
    yield "the good one beside them has its verdict", good_is_kept
    report = partial(claimcheck, "report", "--database", database, "--output", folder / "reports")
    yield "all are reported", report
    yield "all are checked again", whole
    exported = ("export", "--database", database, "--parquet", folder / "tables")
    yield "all are exported", lambda: claimcheck(*exported, "--sqlite", folder / "all.sqlite")


# --- wordings: a sentence that takes itself back says nothing of its row ---------------------------------

COUNTED = [
    ("In January 2018", "774", "civilians", "killed", "in Syria"),
    ("In January 2018", "142", "civilians", "killed", "by Russian forces in Syria"),
    ("Between 4 and 9 February 2018", "277", "civilians", "killed", "in Syria"),
    ("In 2017", "12", "civil defence volunteers", "killed", "in Eastern Ghouta"),
]
FRAMES = [
    "{0}, {1} {2} were “{3}” {4}.", "{0}, {1} “{2}” were {3} {4}.", "{0}, {1} {2} were {3} {4} – not.",
    "{0}, {1} {2} were {3} {4}, or not.", "{0}, {1} {2} were {3} {4}, or so they say.",
    "{0}, {1} {2} were {3} {4}, lol.", "{0}, {1} {2} were {3} {4} – no, fewer.",
    "{0}, {1} {2} were {3} {4} 😂", "{0}, {1} {2} were {3} {4} /s", "{0}, {1} {2} were {3} {4} [dubious].",
    "{0}, {1} {2} were {3} {4} on paper.", "{0}, {1} {2} were {3} {4} unless the list lies.",
    "{0}, {1} {2} were {3} {4}, but for a miracle.", "{0}, {1} {2} were {3} {4}, or rather half of that.",
    "{0}, {1} {2} were {3} {4}. Not.", "{0}, {1} {2} were {3} {4}. As if!",
    "{0}, {1} {2} were {3} {4}. Just kidding.", "{0}, {1} {2} were {3} {4}. Rating: False",
    "{0}, far from {1} {2} were {3} {4}.", "{0}, {1} too many {2} were {3} {4}.",
    "{0}, ~~{1}~~ {2} were {3} {4}.", "{0}, √{1} {2} were {3} {4}.",
    "{0}, {1} {2} were allegedly {3} {4}.", "{0}, {1} {2} were {3} {4} within an hour.",
    "The novel begins: {0}, {1} {2} were {3} {4}.",
    "True or false? {0}, {1} {2} were {3} {4}.", "Unconfirmed: {0}, {1} {2} were {3} {4}.",
    "I dreamt it: {0}, {1} {2} were {3} {4}.", "The target: {0}, {1} {2} were {3} {4}.",
]  # fmt: skip


def wordings(folder: Path) -> Room:
    """Each frame around sentences that the tables bear out; none may be decided supported."""

    def supported(frame: str) -> list[str]:
        texts = [frame.format(*one) for one in COUNTED]
        documents = [Document(id=text, text=text, date=date(2018, 6, 10)) for text in texts]
        found = {d.document.id for d in checker.check(documents) for v in d.verdicts.values()
                 if v.verdict == "supported"}  # fmt: skip
        return sorted(found)

    def none_of(frame: str) -> None:
        assert not (stated := supported(frame)), stated

    def all_of(frame: str) -> None:
        assert len(supported(frame)) == len(COUNTED), "no sentence is left that could be turned"

    with Checker([REFERENCE]) as checker:
        yield "the sentences themselves", partial(all_of, "{0}, {1} {2} were {3} {4}.")
        for frame in FRAMES:
            yield frame, partial(none_of, frame)


# --- packages: refused with sentences, in bounded time ----------------------------------------------------


def descriptor(**changed: object) -> str:
    """A package of one figures table, something of it changed."""
    fields = [{"name": name} for name in ("id", "place", "n")]
    block = {"kind": "figures", "key": "id", "measure": {"constant": "boats"}, "place": "place", "best": "n"}
    table = {"name": "t", "path": "t.csv", "schema": {"fields": fields}, "claimcheck": block}
    words = {"boats": {"words": ["boat"], "type": "flow"}}
    return json.dumps({"name": "p", "vocabulary": words, "resources": [table]} | changed)


def hostile_packages() -> Mapping[str, tuple[str, str]]:
    """Descriptors and tables, by what is odd about them; `tests/test_reference_faults.py` has others."""
    rows = "id,place,n\n1,Tarn,5\n"
    return {
        "128,000 columns": (descriptor(), "id,place,n," + ",".join(map(str, range(128_000))) + "\n"),
        "a cell beyond arithmetic": (descriptor(), "id,place,n\n1,Tarn,5e400\n2,Tarn,NaN\n3,Tarn,Infinity\n"),
        "a descriptor that nests": ("[" * 100_000 + "]" * 100_000, rows),
        "a number of 100,000 digits": (descriptor(version=1).replace(": 1", ": " + "9" * 100_000), rows),
        "a name that commands the terminal": (descriptor(name="\x1b[2J\x1b]0;owned\x07"), rows),
        "lone surrogates": (descriptor(name="\\ud800"), rows),
        "a cell of ten megabytes": (descriptor(), f"id,place,n\n1,{'a' * 10_000_000},5\n"),
        "rows of one key": (descriptor(), "id,place,n\n" + "1,Tarn,5\n" * 100_000),
        "keys of 5,000 digits": (descriptor(), "id,place,n\n" + f"{'9' * 5_000},Tarn,5\n" * 3),
    }


def packages(folder: Path) -> Room:
    """Each loaded by `reference check`; tables of strangers by `reference init` too."""
    for kind, plant in (("a pipe", os.mkfifo), ("a file of 20 GB", sparse)):
        for name in ("t.csv", "t.xlsx", "datapackage.json"):
            odd = folder / f"{kind} {name}"
            odd.mkdir()
            (odd / "datapackage.json").write_text(descriptor(), encoding="utf-8")
            (odd / name).unlink(missing_ok=True)
            plant(odd / name)
            given = ("check", odd) if name != "t.xlsx" else ("init", odd / name)
            yield f"{kind} as {name}", partial(claimcheck, "reference", *given, ends=(2,), seconds=30)
    for number, (name, (described, rows)) in enumerate(hostile_packages().items()):
        place = folder / f"p{number}"
        place.mkdir()
        (place / "datapackage.json").write_text(described, encoding="utf-8")
        (place / "t.csv").write_text(rows, encoding="utf-8")
        yield name, partial(claimcheck, "reference", "check", place, ends=(0, 2))
        other = folder / f"i{number}"
        other.mkdir()
        (other / "t.csv").write_text(rows, encoding="utf-8")
        yield f"{name}, to init", partial(claimcheck, "reference", "init", other / "t.csv", ends=(0, 2))


# --- the desk: no answer 500, and no decision but by its own form -----------------------------------------

ADDRESSES = [
    "/static/../../../etc/passwd", "/static/..%2f..%2f..%2fetc%2fpasswd", "/static/%2e%2e/serve.py",
    "/static/%00", "/static//etc/passwd", "/claim/..%2f..", "/claim/%00", "/claim/" + "a" * 5_000,
    "/claim/%ff",
    "/document?id=../../etc/passwd", "/document?id=%00", "/document",
    "/document?id=" + quote(EVIL, errors="replace"),
    "/?page=-1", "/?page=99999999999999999999", "/?page=1e400", "/?page=%F0%9F", "/?text=%25_%27%22;--",
    "/?text=" + "(" * 3_000, "/?sort=claim_id;DROP", "/?verdict=x&verdict=y", "/?probability=nan", "/?token=",
    "/?text=" + "a" * 60_000, "/gaps?page=-5", "/history?page=x", "/log?page=-1",
    "/row?table=%00&package=..&row=%ff", "/export?as=x&document=..", "/agreement?x=%00",
    "/" + "a/" * 3_000, "//evil.example/", "/?" + "&".join(f"a{n}=1" for n in range(2_000)),
]  # fmt: skip


def desk(folder: Path) -> Room:
    """A real server on this machine, asked for odd addresses, with odd forms and from elsewhere."""
    database = review_case.build(folder)
    claim = str(query(database, "SELECT claim_id FROM claims ORDER BY ALL LIMIT 1").rows[0][0])
    with review_case.running(database) as address:
        host = address.removeprefix("http://")

        def ask(method: str, path: str, body: bytes | None = None, refusal: int = 0, **headers: str) -> int:
            line = http.client.HTTPConnection(host, timeout=30)
            try:
                line.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
                answer = line.getresponse()
                stated = answer.read()
            finally:
                line.close()
            assert answer.status < 500 or answer.status == refusal, f"answered {answer.status}"
            for sign in (b"root:", b"Traceback", b"<script>alert"):
                assert sign not in stated, sign
            return answer.status

        def changes_nothing(**headers: str) -> None:
            form = b"kind=confirm&reviewer=Eve"
            typed = {"content_type": "application/x-www-form-urlencoded"}
            assert ask("POST", f"/claim/{claim}/decide", form, **typed, **headers) >= 400
            assert not journal_file(database).exists(), "a decision was written"

        def piped(file: Path) -> None:
            os.mkfifo(file)
            try:
                for path in ("/", "/learned", "/row", "/log", "/agreement"):
                    ask("GET", path, refusal=503)  # which says what file it is
            finally:
                file.unlink()

        def noted(file: Path) -> None:
            file.write_text("[" * 100_000 + "\n" + '{"id": 1, "splices": []}\n', encoding="utf-8")
            ask("GET", "/row")

        def crowded(said: bytes) -> None:
            with ExitStack() as all_of_them:
                for _ in range(400):
                    one = all_of_them.enter_context(socket.create_connection(host.split(":"), 10))  # type: ignore[arg-type]
                    one.sendall(said)
                begun = time.monotonic()
                ask("GET", "/")
                assert time.monotonic() - begun < 8, "is kept out"

        own = {"origin": address, "content_type": "application/x-www-form-urlencoded"}
        forms = {
            "no kind": b"reviewer=Eve", "an odd kind": b"kind=" + quote(EVIL, errors="replace").encode(),
            "a number beyond arithmetic": b"kind=correct&reviewer=Eve&quantity=5e400",
            "a note of a megabyte": b"kind=confirm&note=" + b"x" * 1_000_000, "bytes": os.urandom(2_000),
            "100,000 fields": b"&".join([b"a=1"] * 100_000), "half a sign": b"kind=%F0%9F&reviewer=%",
        }  # fmt: skip
        for name in ("weights.toml", "row_edits.jsonl", "saved_filters.jsonl", "decisions.jsonl"):
            yield f"a pipe as {name}", partial(piped, database.with_name(name))
        yield "a note of a row that nests", partial(noted, database.with_name("row_edits.jsonl"))
        yield "400 connections that say nothing", partial(crowded, b"")
        log = f"GET /log HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
        yield "400 that read no answer", partial(crowded, log * 20)
        for path in ADDRESSES:
            yield f"GET {path}", partial(ask, "GET", path)
        for name, form in forms.items():
            for to in (f"/claim/{claim}/decide", "/decide", "/filters"):
                yield f"{name} to {to}", partial(ask, "POST", to, form, **own)
        journal_file(database).unlink(missing_ok=True)  # a form of its own may have decided
        for name in ("https://evil.example", "null", f"https://{host}", f"{address}.evil", f"{address}@evil"):
            yield f"a form from {name}", partial(changes_nothing, origin=name)
        yield "a form from nowhere", changes_nothing
        elsewhere = {"host": "evil.example", "origin": "http://evil.example"}
        yield "another host's name", partial(changes_nothing, **elsewhere)
        yield "the desk still answers", partial(ask, "GET", f"/claim/{claim}")


@pytest.mark.long
@pytest.mark.parametrize("room", [documents, wordings, packages, desk])
def test_known_attacks_break_nothing(tmp_path: Path, room: Callable[[Path], Room]) -> None:
    broken = []
    for name, attack in room(tmp_path):
        begun = time.monotonic()
        try:
            attack()
            assert time.monotonic() - begun < 2.5 * SECONDS, "it took too long"
        except Exception as error:
            broken.append(f"{name[:70]}: {type(error).__name__}: {error}"[:400])
    assert broken == []
