"""One article as every kind of file that is read: plain text, Markdown, a web page, Word, PDF, mail."""

from __future__ import annotations

import html
import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from tests.document_case import pdf_of

PAGE_LINES = 50
WIDTH = 78


@dataclass(frozen=True)
class Block:
    """A block of an article: its kind, and its text, items, or rows (the first holds the heads)."""

    kind: Literal["title", "heading", "paragraph", "list", "table"]
    text: str = ""
    items: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


Article = Sequence[Block]


def as_text(article: Article, width: int | None = None) -> str:
    """Paragraphs between blank lines, wrapped where a width is given."""

    def lines(text: str, lead: str = "") -> list[str]:
        if width is None:
            return [lead + text]
        return textwrap.wrap(lead + text, width, subsequent_indent=" " * len(lead), break_on_hyphens=False)

    out: list[str] = []
    for block in article:
        if block.kind == "list":
            out += [line for item in block.items for line in lines(item, "- ")]
        elif block.kind == "table":
            out += ["| " + " | ".join(row) + " |" for row in block.rows]
        else:
            out += lines(block.text)
        out.append("")
    return "\n".join(out)


def as_markdown(article: Article) -> str:
    """Headings with "#", tables with a rule under their heads."""
    out: list[str] = []
    for block in article:
        if block.kind == "table":
            head, *body = ("| " + " | ".join(row) + " |" for row in block.rows)
            out.append("\n".join([head, "|" + "---|" * len(block.rows[0]), *body]))
        elif block.kind == "list":
            out.append("\n".join(f"* {item}" for item in block.items))
        else:
            out.append({"title": "# ", "heading": "## "}.get(block.kind, "") + block.text)
    return "\n\n".join(out) + "\n"


def as_html(article: Article) -> str:
    """A page with the article between a menu and a foot."""
    out = []
    for block in article:
        if block.kind == "table":
            head, *body = (
                "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"
                for row, tag in zip(block.rows, ["th"] + ["td"] * len(block.rows), strict=False)
            )
            out.append(f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>")
        elif block.kind == "list":
            out.append("<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in block.items) + "</ul>")
        else:
            tag = {"title": "h1", "heading": "h2"}.get(block.kind, "p")
            out.append(f"<{tag}>{html.escape(block.text)}</{tag}>")
    title = html.escape(article[0].text)
    body = "\n".join(out)
    menu = '<nav><a href="/">Home</a> <a href="/world">World</a></nav>'
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head><body>{menu}"
        f"<article>{body}</article><footer><p>All rights reserved</p></footer></body></html>"
    )


def as_word(article: Article) -> bytes:
    """Styles of Word for headings and bullets."""
    import docx

    document = docx.Document()
    for block in article:
        if block.kind == "table":
            table = document.add_table(rows=0, cols=len(block.rows[0]))
            for row in block.rows:
                for cell, written in zip(table.add_row().cells, row, strict=True):
                    cell.text = written
        elif block.kind == "list":
            for item in block.items:
                document.add_paragraph(item, style="List Bullet")
        elif block.kind == "paragraph":
            document.add_paragraph(block.text)
        else:
            document.add_heading(block.text, level=0 if block.kind == "title" else 2)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(article: Article) -> bytes:
    """Lines as they are set, a blank one between blocks, over as many pages as it takes."""
    written = as_text(article, WIDTH).split("\n")
    pages = [written[at : at + PAGE_LINES] for at in range(0, len(written), PAGE_LINES)]
    shown = ("".join(f"{_drawn(line)} " for line in lines) for lines in pages)
    return pdf_of([f"BT /F1 10 Tf 14 TL 50 760 Td {lines}ET" for lines in shown])


def _drawn(line: str) -> str:
    escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped}) Tj T*" if line else "T*"


def as_mail(article: Article) -> bytes:
    """A mail with the article as its text, wrapped as mail programs do."""
    mail = EmailMessage()
    mail["From"] = "Desk <desk@example.org>"
    mail["To"] = "Readers <readers@example.org>"
    mail["Subject"] = article[0].text
    mail.set_content(as_text(article, WIDTH))
    return bytes(mail)


WRITERS: dict[str, Callable[[Article], str | bytes]] = {
    ".txt": as_text, ".md": as_markdown, ".html": as_html, ".docx": as_word, ".pdf": as_pdf,
    ".eml": as_mail,
}  # fmt: skip


def write(article: Article, folder: Path, suffix: str) -> Path:
    """The article as a file of a kind."""
    made = WRITERS[suffix](article)
    path = folder / f"article{suffix}"
    path.write_bytes(made.encode() if isinstance(made, str) else made)
    return path
