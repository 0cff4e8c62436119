"""Mails: text, head, attachments as documents of their own; broken and hostile ones."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from claimcheck.documents import files
from claimcheck.documents.extracted import DocumentError, Extracted
from claimcheck.documents.files import Unreadable, read_all
from claimcheck.documents.mail import MOST_ATTACHED, MOST_PARTS, read_mail
from claimcheck.model import Document

TEXT = "The market burnt for 3 days.\n\nIt cost 40 traders their stock.\n"
HEAD = b"From: Ana Bell <ana@example.org>\nSubject: Fire\nDate: Sat, 04 May 2019 23:30:00 -0700\n"


def mail(text: str | None = TEXT, page: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Fire"
    message["From"] = "Ana Bell <ana@example.org>, Rod Hill <rod@example.org>"
    message["Date"] = "Sat, 04 May 2019 23:30:00 -0700"
    if text is not None:
        message.set_content(text)
    if page is not None:
        message.add_alternative(page, subtype="html")
    return message


def read(data: bytes) -> Extracted:
    return read_mail(Path("a.eml"), data)


def found(tmp_path: Path, message: EmailMessage) -> dict[str, Document | str]:
    """What a folder with this mail holds, by path: documents, and what is wrong with the others."""
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    out: dict[str, Document | str] = {}
    for item in read_all([tmp_path]):
        name = Path(item.path or "").relative_to(tmp_path).as_posix()
        out[name] = item.error.message if isinstance(item, Unreadable) else item
    return out


def test_the_head_says_title_author_and_day(tmp_path: Path) -> None:
    document = found(tmp_path, mail())["a.eml"]
    assert isinstance(document, Document)
    assert (document.title, document.author) == ("Fire", "Ana Bell")
    assert (document.date, document.date_origin) == (date(2019, 5, 4), "metadata")  # by the sender's clock
    assert (document.text, document.media_type) == (TEXT.strip(), "message/rfc822")
    assert document.encoding == "utf-8"


@pytest.mark.parametrize(
    ("head", "meta"),
    [
        (b"From: ana@example.org\n", {"author": "ana@example.org"}),
        (b"From: =?utf-8?q?An=C3=A0_Bell?= <a@b.org>\n", {"author": "Anà Bell"}),
        (b"Subject: =?utf-8?b?RsO8ciA1IFRhZ2U=?=\n folded\n", {"title": "Für 5 Tage folded"}),
        (b"Date: Sat, 31 Feb 2019 10:00:00 +0000\nSubject: x\n", {"title": "x"}),
        (b"Date: 3 May 2016 10:00 GMT\n", {"date": "2016-05-03"}),
    ],
)
def test_heads(head: bytes, meta: dict[str, str]) -> None:
    assert read(head + b"\nText") == Extracted("Text", "message/rfc822", "utf-8", meta=meta)


@pytest.mark.parametrize(
    ("kind", "coding", "body", "text"),
    [
        ("text/plain; charset=utf-8", "quoted-printable", b"It cost =E2=82=AC5=\n00.", "It cost €500."),
        ("text/plain; charset=iso-8859-1", "8bit", b"caf\xe9 5", "café 5"),
        ("text/plain; charset=utf-8", "base64", b"NSBib2F0cw", "5 boats"),
        ("text/plain; charset=no-such-thing", "8bit", "5 Städte".encode(), "5 Städte"),
        ("text/plain; charset=utf-8", "8bit", b"5 St\xe4dte und 7 D\xf6rfer \xfcber 3 H\xfcgel", "5 Städte"),
        ("text/plain; charset=undefined", "7bit", b"5 boats", "5 boats"),
        ("text/html; charset=utf-8", "7bit", b"<div>5 boats<br>sank</div>", "5 boats\nsank"),
    ],
)
def test_bodies(kind: str, coding: str, body: bytes, text: str) -> None:
    head = f"Content-Type: {kind}\nContent-Transfer-Encoding: {coding}\n\n".encode()
    assert read(HEAD + head + body).text.startswith(text)


def test_attachments_are_documents_of_their_own(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment("---\ndate: 2016-05-03\n---\n21 people died.", filename="letter.txt")
    message.add_attachment(b"%PDF-1.4 broken", maintype="application", subtype="pdf", filename="scan.PDF")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="picture.png")
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="all.zip")
    inner = mail("7 people came.")
    inner.add_attachment("8 boats", filename="letter.txt")
    message.add_attachment(inner)
    everything = found(tmp_path, message)
    assert list(everything) == [
        "a.eml",
        "a.eml/letter.txt",
        "a.eml/scan.pdf",
        "a.eml/Fire.eml",
        "a.eml/Fire.eml/letter.txt",
    ]
    letter = everything["a.eml/letter.txt"]
    assert isinstance(letter, Document)
    assert (letter.id, letter.text, letter.date) == (
        "a.eml/letter.txt",
        "21 people died.\n",
        date(2016, 5, 3),
    )
    assert "not a whole PDF" in str(everything["a.eml/scan.pdf"])


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/letter.txt", "letter.txt"),
        ("..\\..\\letter.txt", "letter.txt"),
        ("\u202eletter.txt", "\u202eletter.txt"),
        ("l" * 500 + ".txt", "l" * 120 + ".txt"),
    ],
)
def test_a_name_never_leads_out_of_the_mail(given: str, name: str) -> None:
    message = mail()
    message.add_attachment("5 boats", filename=given)
    assert [part.name for part in read(message.as_bytes()).attached] == [name]


def test_mails_inside_mails_end(tmp_path: Path) -> None:
    message = mail("0 boats")
    for number in range(1, 7):
        outer = mail(f"{number} boats")
        outer.add_attachment(message)
        message = outer
    everything = found(tmp_path, message)
    assert [len(Path(name).parts) for name in everything] == [1, 2, 3, 4, 5]
    *_, (_, last) = everything.items()
    assert "inside mails that are inside mails" in str(last)


def parts(count: int, kind: str = "text/plain") -> bytes:
    part = f"--b\nContent-Type: {kind}\n\n5 boats\n".encode()
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part * count + b"--b--\n"


def nested(depth: int) -> bytes:
    return HEAD + b"".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n".encode() for n in range(depth)
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "has no head as a mail has", id="empty"),
        pytest.param(b"5 boats sank.", "has no head as a mail has", id="no head"),
        pytest.param(HEAD, "has no text", id="no text"),
        pytest.param(parts(500_000), f"has more than {MOST_PARTS:,} parts", id="500,000 parts"),
        pytest.param(
            parts(MOST_ATTACHED + 1, "application/pdf"),
            f"has more than {MOST_ATTACHED} attached files",
            id="many attachments",
        ),
        pytest.param(
            HEAD + b"Content-Type: text/plain;" + b" a*0*=x;\r\n" * 20_000 + b"\n5 boats",
            "has a header of more than 5,000 bytes",
            id="20,000 parameters",
        ),
        pytest.param(b"From: " + b'"' * 60_000 + b"\n\n5", "has a header of more than", id="60,000 quotes"),
        pytest.param(nested(5000), "is not a whole mail (RecursionError)", id="5,000 deep"),
    ],
)
def test_a_bad_mail_is_an_error(data: bytes, says: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(data)
    assert caught.value.message.startswith(says)


# --- a mail with all that is in it --------------------------------------------------------------------------


def crowded(inside: int, each: int) -> EmailMessage:
    """A mail with so many mails in it, and so many texts in each of those."""
    outer = mail()
    for number in range(inside):
        inner = mail(f"Mail {number}: 5 boats sank.")
        for text in range(each):
            inner.add_attachment(
                f"{number}.{text}: 7 boats sank.".encode(), "text", "plain", filename=f"{text}.txt"
            )
        outer.add_attachment(inner)
    return outer


def test_a_mail_is_bounded_in_documents_with_all_that_is_inside(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("5 boats sank.", encoding="utf-8")
    all_of_it = list(found(tmp_path, crowded(20, 20)).values())
    assert sum(isinstance(item, Document) for item in all_of_it) <= 201
    assert [item for item in all_of_it if isinstance(item, str)] == [
        "has more than 200 documents in it; the rest was not read: save what is attached by itself"
    ]
    assert isinstance(all_of_it[-1], Document), "the next file is read"


@pytest.mark.parametrize(
    ("limit", "value", "says"),
    [
        ("_BYTES_OF_A_MAIL", 3_000, "more than 3,000 bytes in it"),
        ("_TIMES_OF_A_MAIL", 1e-9, "takes longer than"),
    ],
)
def test_a_mail_is_bounded_in_bytes_and_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: float, says: str
) -> None:
    message = crowded(3, 3)
    assert all(isinstance(item, Document) for item in found(tmp_path, message).values())
    monkeypatch.setattr(files, limit, value)
    [stated] = [item for item in found(tmp_path, message).values() if isinstance(item, str)]
    assert says in stated
