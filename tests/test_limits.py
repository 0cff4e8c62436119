"""Documents that cost too much: each is refused with a sentence, in bounded time, and the others go on."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from claimcheck import pipeline
from claimcheck.claims import reading
from claimcheck.claims.reading import read
from claimcheck.documents import limits, sandbox
from claimcheck.documents.extracted import TEXT_LIMIT, DocumentError, Extracted, InstallationError
from claimcheck.documents.files import Unreadable, make, read_all
from claimcheck.documents.limits import Overrun, allowed, bounded
from claimcheck.model import Document
from tests.pace import keeps_pace
from tests.reader import ROOT

PAGE = "<p>The market burnt for 3 days, and nobody came.</p>"


@pytest.mark.parametrize(("given", "expected"), [(None, 60.0), ("", 60.0), ("5", 5.0), ("0.5", 0.5)])
def test_the_setting(monkeypatch: pytest.MonkeyPatch, given: str | None, expected: float) -> None:
    monkeypatch.delenv(limits.SETTING, raising=False)
    if given is not None:
        monkeypatch.setenv(limits.SETTING, given)
    assert limits.seconds() == expected
    assert allowed(2_000_000) == 2 * expected
    assert allowed(10**12) == 6 * expected


@pytest.mark.parametrize("given", ["0", "-1", "soon", "nan", "inf"])
def test_a_setting_that_is_wrong_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    (tmp_path / "a.txt").write_text("5 boats", encoding="utf-8")
    monkeypatch.setenv(limits.SETTING, given)
    with pytest.raises(InstallationError, match=limits.SETTING):
        list(read_all([tmp_path]))


def test_what_takes_too_long_is_stopped_even_where_errors_are_swallowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(limits.SETTING, "0.3")
    begin = time.process_time()

    def stubborn() -> None:
        with bounded("a.txt", None, 0, "check"):
            try:
                while True:
                    pass
            except Overrun:
                while True:  # a library that catches whatever is raised
                    pass

    with pytest.raises(Overrun, match=r"a\.txt: takes longer than 0\.3 seconds to check") as caught:
        stubborn()
    assert time.process_time() - begin < 30
    assert caught.value.document == "a.txt"
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.skipif(not limits.memory(), reason="the system does not tell a process's memory")
def test_what_takes_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GROWTH", 50_000_000)
    held: list[bytearray] = []

    def greedy() -> None:
        with bounded("a.txt", None, 0, "check"):
            while len(held) < 1000:
                held.append(bytearray(b"x" * 1_000_000))
                time.sleep(0.005)

    with pytest.raises(Overrun, match="more than 50 MB of memory to check"):
        greedy()
    assert len(held) < 1000


def test_a_text_of_numbers_alone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_MENTIONS", 100)
    assert list(reading.read([make("a.txt", "12 boats. " * 99)]))
    with pytest.raises(Overrun, match="holds 101 numbers and dates, more than 100; split it"):
        list(reading.read([make("a.txt", "12 boats. " * 101)]))


def test_what_is_refused_for_its_numbers_costs_next_to_nothing() -> None:
    refused: list[Overrun] = []
    table = make("a.txt", "12 34 567 8,901 23\n" * 20_000)
    prose = make("b.txt", "The market burnt for 3 days, and nobody of the 40 came. " * 200)
    assert keeps_pace(
        lambda: list(reading.read([table], None, refused.append)), lambda: list(reading.read([prose])), 4
    )
    assert "holds 100,000 numbers and dates, more than 25,000; split it" in str(refused[0])


def test_the_others_of_a_batch_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_MENTIONS", 100)
    list(reading.read([make("warm", "4 boats sank on 3 May.")]))  # so that no time goes into starting
    monkeypatch.setenv(limits.SETTING, "2")
    finish = reading._reading

    def slow(prepared: reading.Prepared, *parsed: object) -> object:
        while prepared.document.id == "slow":
            pass
        return finish(prepared, *parsed)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "_reading", slow)
    texts = {"a": "5 boats sank.", "table": "5 boats. " * 101, "slow": "6 boats sank.", "b": "7 boats sank."}
    refused: list[Overrun] = []
    readings = list(reading.read([make(id, text) for id, text in texts.items()], None, refused.append))
    assert [(r.document.id, len(r.claims)) for r in readings] == [("a", 1), ("b", 1)]
    assert [error.document for error in refused] == ["table", "slow"]


@pytest.mark.parametrize("step", ["prepare", "_reading"])
def test_a_fault_of_a_rule_costs_one_document(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    own = getattr(reading, step)

    def faulty(what: object, *rest: object) -> object:
        document = what.document if isinstance(what, reading.Prepared) else what
        if getattr(document, "id", "") == "faulty":
            raise KeyError("US-$")
        return own(what, *rest)

    monkeypatch.setattr(reading, step, faulty)
    texts = {"a": "5 boats sank.", "faulty": "6 boats sank.", "b": "7 boats sank."}
    documents = [make(id, text) for id, text in texts.items()]
    refused: list[Overrun] = []
    assert [r.document.id for r in reading.read(documents, None, refused.append)] == ["a", "b"]
    assert [str(e) for e in refused] == [
        "faulty: cannot be read, by a fault of claimcheck (KeyError: 'US-$'); please report it with the text"
    ]
    with pytest.raises(KeyError):
        list(reading.read(documents))


def test_a_text_that_is_too_long_is_refused() -> None:
    assert make("a.txt", "a" * TEXT_LIMIT).text
    with pytest.raises(DocumentError, match=r"has 5,000,001 characters, more than the limit of 5,000,000"):
        make("a.txt", "a" * (TEXT_LIMIT + 1))


# --- the process that reads ------------------------------------------------------------------------------


def extract(worker: sandbox.Worker, markup: str = PAGE) -> dict[str, object]:
    return worker.ask(Path("a.html"), markup.encode())


@pytest.fixture
def worker() -> sandbox.Worker:
    return sandbox.Worker()


def pid(worker: sandbox.Worker) -> int:
    assert worker._process is not None
    return worker._process.pid


def test_one_process_reads_many_files(worker: sandbox.Worker) -> None:
    assert "nobody came" in str(extract(worker))
    first = pid(worker)
    assert "nobody came" in str(extract(worker))
    assert pid(worker) == first
    worker._left = 1  # of its last file
    extract(worker)
    assert worker._process is None
    assert "nobody came" in str(extract(worker))
    worker.end()


SLOW = "import time; time.sleep(600)"
GREEDY = "held = [b'x' * 10_000_000 for _ in range(1000)]"
CRASH = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
MISSING = "import no_such_library"
BUG = "[][1]"
PRINTS = "print('{}', flush=True)"


PLANTED = """
import sys
sys.path[:] = {path!r}
from claimcheck.documents import readers, worker
html = readers.READERS[".html"]
def misbehaving(path, data):
    exec(CODE)
    return html(path, data)
readers.READERS[".html"] = misbehaving
worker.main()
"""

Planting = Callable[[str], sandbox.Worker]


@pytest.fixture
def reader_that(monkeypatch: pytest.MonkeyPatch) -> Iterator[Planting]:
    """A way to give the process a reader of pages that does something else first."""
    planted = sandbox.Worker()
    monkeypatch.setattr(sandbox, "_SHARED", planted)

    def plant(code: str) -> sandbox.Worker:
        monkeypatch.setattr(
            sandbox, "_BEGIN", PLANTED.replace("CODE", repr(code).replace("{", "{{").replace("}", "}}"))
        )
        return planted

    yield plant
    planted.end()


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (SLOW, "takes longer than "),  # which of its two limits ends it first, a busy machine decides
        (GREEDY, "needs more than 768 MB of memory to read; split it"),
        (CRASH, "makes its reader break down (signal 11): it is damaged, or needs more than 768 MB"),
        (BUG, "cannot be read (IndexError: list index out of range)"),
        (PRINTS, ""),
    ],
)
def test_a_reader_that_misbehaves_costs_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader_that: Planting, code: str, says: str
) -> None:
    if code == SLOW:
        make("warm", "4 boats sank on 3 May.")  # so that no time goes into starting
        monkeypatch.setenv(limits.SETTING, "1")
    reader_that(code)
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("5 boats", encoding="utf-8")
    first, second = read_all([tmp_path])
    assert not isinstance(second, Unreadable)
    if says:
        assert isinstance(first, Unreadable)
        assert first.error.message.startswith(says)
    else:
        assert not isinstance(first, Unreadable)


def test_a_library_that_is_missing_is_no_documents_fault(tmp_path: Path, reader_that: Planting) -> None:
    reader_that(MISSING)
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    with pytest.raises(InstallationError, match=r"\.html files cannot be read: No module named 'no_such_lib"):
        list(read_all([tmp_path]))


def test_a_process_that_does_not_start_is_no_documents_fault(
    worker: sandbox.Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "_BEGIN", "import sys; sys.exit(3)")
    with pytest.raises(InstallationError, match="does not start"):
        extract(worker)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(InstallationError, match="cannot be started"):
        extract(worker)


def test_every_format_but_plain_text_is_read_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(path: Path, data: bytes) -> Extracted:
        asked.append(path.suffix)
        return Extracted("5 boats", "text/html")

    monkeypatch.setattr(sandbox, "extract", noted)
    for suffix in (".txt", ".md", ".html", ".HTM", ".pdf", ".docx", ".eml"):
        (tmp_path / f"a{suffix}").write_bytes(b"5 boats")
    assert len(list(read_all([tmp_path]))) == 7
    assert sorted(asked) == [".HTM", ".docx", ".eml", ".html", ".pdf"]


def test_a_line_that_takes_too_much_is_named_by_line_and_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_MENTIONS", 100)
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "a", "text": "5"}\n\n{"id": "table", "text": "' + "5, " * 200 + '"}\n')
    refused: list[Overrun] = []
    found = [document for document in read_all([file]) if isinstance(document, Document)]
    assert [r.document.id for r in reading.read(found, None, refused.append)] == ["a"]
    assert [str(error) for error in refused] == [
        f"{file}, line 3: holds 200 numbers and dates, more than 100; split it (the document 'table')"
    ]


# --- A batch is bounded by what its documents hold, not by their number alone: memory follows from that ---


TABLE = "1," * 1_500


def documents(text: str, many: int, taken: list[str]) -> Iterator[Document]:
    """Documents one after the other; `taken` tells which were asked for."""
    for number in range(many):
        taken.append(f"{number}")
        yield make(f"{number}", f"{text} {number}")


@pytest.mark.parametrize(
    ("text", "setting", "most"),
    [(TABLE, "MENTIONS_A_SENTENCE", 2), ("No number stands here. " * 100, "CHARACTERS_A_SENTENCE", 3)],
)
def test_readings_come_before_too_much_waits(
    monkeypatch: pytest.MonkeyPatch, text: str, setting: str, most: int
) -> None:
    monkeypatch.setattr(reading, setting, 1)
    taken: list[str] = []
    stream = read(documents(text, 6, taken))
    assert next(stream).document.id == "0"
    assert len(taken) <= most, "a table, or a long text, does not wait for a thousand others"
    assert [r.document.id for r in stream] == ["1", "2", "3", "4", "5"]


def test_verdicts_come_before_all_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MENTIONS_A_SENTENCE", 1)
    monkeypatch.setattr(pipeline, "BATCH_MENTIONS", 1_500)
    taken: list[str] = []
    with pipeline.Checker([ROOT / "reference_data"]) as checker:
        assert next(checker.check(documents(TABLE, 6, taken))).reading.document.id == "0"
    assert len(taken) <= 2
