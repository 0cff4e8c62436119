"""Documents of the inbox: bad ones are set aside, and each keeps the id that it had first."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest

from claimcheck import inbox
from claimcheck.claims import reading
from claimcheck.documents import limits
from claimcheck.documents.files import make
from claimcheck.inbox import Names
from claimcheck.model import Document
from claimcheck.store.inbox import State
from tests import inbox_case
from tests.inbox_case import ask, run
from tests.killing import document

place = inbox_case.place


def test_a_bad_document_is_set_aside_and_tried_again(place: Path) -> None:
    lines = [json.dumps({"id": "a", "text": document(5)}), "{", json.dumps({"id": "b", "text": document(6)})]
    wire = place / "inbox" / "wire.jsonl"
    wire.write_text("\n".join(lines), encoding="utf-8")
    (place / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    first = run(place, reports=False)
    assert first.saved.new == 5
    assert [Path(f.path).name for f in first.failures] == ["scan.pdf", "wire.jsonl"]
    assert "line 2" in first.failures[1].reason
    assert str(first).endswith("; 2 in quarantine")
    second = run(place, reports=False)
    since = ask(place, "SELECT first_run, last_run FROM quarantine")
    assert {(r["first_run"], r["last_run"]) for r in since} == {(first.run.run_id, second.run.run_id)}
    wire.write_text("\n".join([lines[0], lines[2]]), encoding="utf-8")
    (place / "inbox" / "scan.pdf").unlink()
    assert not run(place, reports=False).failures
    assert not ask(place, "FROM quarantine")


def test_a_document_that_cannot_be_checked_does_not_stop_its_batch(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = inbox.read
    tried: list[str] = []

    def poisoned(documents: Sequence[Document], events: object) -> Iterator[object]:
        tried.extend(d.id for d in documents)
        if any("POISON" in d.text for d in documents):
            raise IndexError("list index out of range")
        return read(documents, events)  # type: ignore[arg-type]

    monkeypatch.setattr(inbox, "read", poisoned)
    (place / "inbox" / "d1.txt").write_text("POISON 7 people died.", encoding="utf-8")
    first = run(place, reports=False)
    assert first.saved.new == 2
    assert [f.doc_id for f in first.failures] == ["d1.txt"]
    assert (
        "d1.txt: the text could not be checked (IndexError: list index out of range)"
        in first.failures[0].reason
    )
    tried.clear()
    assert [f.doc_id for f in run(place, reports=False).failures] == ["d1.txt"]
    assert tried == []  # the same text by the same code would fail again
    (place / "inbox" / "d1.txt").write_text(document(1), encoding="utf-8")
    assert not run(place, reports=False).failures


def slow_on(text: str) -> Callable[..., object]:
    """A preparation that never ends on documents which hold this text."""
    prepare = reading.prepare

    def slow(document: Document, index: object) -> object:
        while text in document.text:
            pass
        return prepare(document, index)  # type: ignore[arg-type]

    return slow


def test_a_document_that_takes_too_long_does_not_stop_its_batch(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(reading.read([make("warm", document(1))]))  # so that no time goes into starting
    monkeypatch.setenv(limits.SETTING, "3")
    (place / "inbox" / "d1.txt").write_text("SLOW 7 people died.", encoding="utf-8")
    first = run(place, prepare=slow_on("SLOW"), reports=False)
    assert first.saved.new == 2
    assert [(f.doc_id, f.stage) for f in first.failures] == [("d1.txt", "check")]
    assert "d1.txt: takes longer than 3 seconds to check" in first.failures[0].reason
    begin = time.monotonic()
    again = run(place, prepare=lambda document, index: pytest.fail("was tried again"), reports=False)
    assert [f.doc_id for f in again.failures] == ["d1.txt"]
    assert time.monotonic() - begin < 60
    monkeypatch.undo()  # more time: it is tried again
    assert run(place, reports=False).saved.new == 1
    assert not ask(place, "FROM quarantine")


def test_a_mail_and_what_is_attached_to_it(place: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "ana@example.org", "Fire"
    message.set_content(document(1))
    message.add_attachment(document(2), filename="letter.txt")
    message.add_attachment(b"%PDF-1.4 broken", maintype="application", subtype="pdf", filename="scan.pdf")
    for folder in ("inbox", "other"):
        (place / folder).mkdir(exist_ok=True)
        (place / folder / "a.eml").write_bytes(message.as_bytes())
    both = [place / "inbox", place / "other"]
    first = run(place, *both, reports=False)
    assert (first.saved.new, len(first.failures)) == (7, 2)
    assert [r["doc_id"] for r in ask(place, "FROM documents ORDER BY doc_id")][:4] == [
        "a.eml",
        "a.eml/letter.txt",
        "d0.txt",
        "d1.txt",
    ]
    assert {r["doc_id"] for r in ask(place, "FROM documents WHERE doc_id LIKE 'other/%'")} == {
        "other/a.eml",
        "other/a.eml/letter.txt",
    }
    assert run(place, *reversed(both), reports=False).untouched == 7
    (place / "other" / "a.eml").unlink()
    assert len(run(place, *both, reports=False).failures) == 1


def named(*given: tuple[str, str], states: dict[str, str] | None = None) -> list[str]:
    """The ids that documents get: each given as (path, id); `states` are ids and the files that have them."""
    held = {i: State(i, str(Path(p).absolute()), "", "", "") for i, p in (states or {}).items()}
    documents = [make(id, "text", path=path) for path, id in given]
    settled = Names(lambda ids: {i: held[i] for i in ids if i in held}).settle(documents)
    return [document.id for document, _, _ in settled]


def test_an_id_belongs_to_the_file_that_had_it_first(tmp_path: Path) -> None:
    file = tmp_path / "b" / "x.txt"
    file.parent.mkdir()
    file.touch()
    assert named(("a/x.txt", "x.txt"), states={"x.txt": str(file)}) == ["a/x.txt"]
    file.unlink()  # moved: the id follows
    assert named(("a/x.txt", "x.txt"), states={"x.txt": str(file)}) == ["x.txt"]


def test_two_folders_keep_their_documents_apart(place: Path) -> None:
    other = place / "other"
    other.mkdir()
    (other / "d1.txt").write_text(document(8), encoding="utf-8")
    assert run(place, reports=False).saved.new == 3
    assert run(place, other, place / "inbox", reports=False).saved.new == 1  # whatever the order
    assert {r["doc_id"] for r in ask(place, "FROM documents")} == {
        "d0.txt",
        "d1.txt",
        "d2.txt",
        "other/d1.txt",
    }
    assert run(place, place / "inbox", other, reports=False).untouched == 4
