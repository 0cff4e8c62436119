"""What `fuzz_run` throws bytes at: each target takes any bytes and raises only where the project is wrong.

A target returns its features: what the input made the project do. An input with a new feature is kept and
changed further.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import docx

from claimcheck.claims.reading import read
from claimcheck.dates.events import EventIndex
from claimcheck.documents import worker
from claimcheck.documents.extracted import BROKEN, DocumentError, Extracted
from claimcheck.documents.files import make
from claimcheck.documents.readers import extract
from claimcheck.lexicon import load as lexicon
from claimcheck.lexicon import topics
from claimcheck.reference.loading import load
from tests.document_case import pdf_bytes
from tests.test_hostile_documents import CATALOGUE, FONT, OUTLINE, stream
from tests.test_hostile_documents import PAGE as PDF_PAGE
from tests.test_hostile_documents import PAGES as ONE_PAGE
from tests.test_hostile_documents import pdf as made

ROOT = Path(__file__).resolve().parent.parent
LETTER = next((ROOT / "documents").glob("*.txt")).read_bytes()
PAGE = (
    b'<html lang="en"><head><title>Fire</title><meta name="date" content="2016-05-03"></head><body><ul><li>1'
    b"</ul><table><tr><td>5<td>6</table><p>On 3 May 2016 21 people died &amp; 40 fled.</body></html>"
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    b"endobj\n4 0 obj<</Length 37>>stream\nBT /F 12 Tf 50 700 Td (21 died) Tj ET\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF"
)
Features = frozenset[str]


@dataclass(frozen=True)
class Target:
    """A function of bytes, inputs to begin with, and words that are worth putting in."""

    run: Callable[[bytes], Features]
    seeds: Sequence[bytes]
    words: Sequence[bytes]


# --- extraction ------------------------------------------------------------------------------------------

EVENTS: list[EventIndex] = []  # loaded once, by the first text


def extraction(data: bytes) -> Features:
    """Any text is read with exact offsets, and every expression ends somewhere."""
    if not EVENTS:
        EVENTS.append(EventIndex(load(ROOT / "reference_data").rows))
    text = data.decode("utf-8", "surrogatepass" if data[:1] == b"\xed" else "replace")
    (reading,) = read([make("a.txt", text)], EVENTS[0])
    features = {f"finding {f.kind} {f.status}" for f in reading.findings}
    for m in reading.mentions:
        assert text[m.start : m.end] == m.text, m
        assert m.status == "claim" or m.reason, m
        features.add(f"{m.rule} {m.status} {m.reason if m.status != 'unresolved' else ''} {m.comparator}")
    for c in reading.claims:
        assert text[c.start : c.end] == c.text, c
        features.add(f"{c.kind} {c.rule} {c.asserted} {c.measure}")
    return frozenset(features)


def _phrases() -> tuple[bytes, ...]:
    words = [
        "3 May 2016", "25/1/18", "24:00", "1,234.5", "\u200b", "\u202e", "½", "٣", "Ⅸ", "—", "\f", "| 5 |",
        "\n\n",
    ]  # fmt: skip
    for topic in topics():
        words += [example for row in lexicon(topic) for example in row.examples[:1]]
    return tuple(word.encode("utf-8")[:80] for word in words)


# --- readers ---------------------------------------------------------------------------------------------

SUFFIXES = (".html", ".eml", ".docx", ".txt", ".md")


def readers(data: bytes) -> Features:
    """Any bytes are a document or refused; the first byte says as which format they are read."""
    if not data:
        return frozenset()
    path = Path("a" + SUFFIXES[data[0] % len(SUFFIXES)])
    try:
        found = extract(path, data[1:])
        for part in found.attached:
            assert Path(part.name).name == part.name, part.name
        document = make("a", found.text, stated=found.meta, extracted=found)
    except DocumentError as error:
        return frozenset({f"{path.suffix} {error.message[:40]}"})
    except (*BROKEN, RuntimeError, SyntaxError, OSError) as error:  # as `worker` does
        if path.suffix in (".txt", ".md"):
            raise
        return frozenset({f"{path.suffix} {type(error).__name__}"})
    return frozenset({f"{path.suffix} {key}" for key in _stated(found)} | {z.kind for z in document.zones})


def _stated(found: Extracted) -> list[str]:
    return [*found.meta, str(found.encoding), *(f"attached {Path(a.name).suffix}" for a in found.attached)]


def pages(data: bytes) -> Features:
    """The same in this process, so that a search that is led by the lines reached sees them."""
    return _read_here(Path("a.pdf"), data)


def word(data: bytes) -> Features:
    """A whole Word document with one part changed: the first byte says which, the rest is its XML."""
    if not data:
        return frozenset()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in WORD.items():
            changed = name == PARTS[data[0] % len(PARTS)]
            archive.writestr(name, data[1:] if changed else content)
    return _read_here(Path("a.docx"), packed.getvalue())


def _read_here(path: Path, data: bytes) -> Features:
    answer = worker.answered(path, data)
    if "missing" in answer:
        raise AssertionError(answer["missing"])
    if "extracted" not in answer:
        refused = answer.get("refused") or {"message": "memory"}
        return frozenset({refused["message"][:40]})
    found = answer["extracted"]
    document = make("a", found["text"], stated=found["meta"])
    return frozenset({f"{len(found['pages'])} pages", *found["meta"], *(z.kind for z in document.zones)})


def _word() -> bytes:
    source = docx.Document()
    source.add_heading("Fire at the harbour", 1)
    source.add_paragraph("On 3 May 2016 21 people died.", style="List Number")
    source.add_paragraph("5 boats", style="List Bullet").add_run(" burnt").bold = True
    source.add_table(rows=2, cols=2).cell(0, 1).text = "300"
    source.tables[0].cell(0, 0).merge(source.tables[0].cell(1, 0)).text = "Loss"
    source.add_page_break()
    source.core_properties.author, source.core_properties.title = "Ana Bell", "Fire"
    kept = {"Normal", "Heading 1", "List Number", "List Bullet", "Default Paragraph Font", "Normal Table"}
    for style in list(source.styles):
        if style.name not in kept:
            style.delete()
    source.styles.element.remove(source.styles.element.latentStyles)
    for owner in (source.part.package, source.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(("/theme", "/thumbnail", "/stylesWithEffects", "/customXml")):
                del owner.rels[key]
    out, packed = io.BytesIO(), io.BytesIO()
    source.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():  # not packed, so that changes hit the XML
            new.writestr(name, old.read(name))
    return packed.getvalue()


def _pdfs() -> tuple[bytes, ...]:
    """With a table of objects; of several pages; packed; with a title; with a form; with broken lines."""
    shown = b"BT /F1 12 Tf 14 TL 50 700 Td (On 3 May 2016 more than 21 civi-) Tj T* (lians died.) Tj ET"
    lines = ["On 3 May 2016 21 people died.", "", "More than 300 were hurt, and"]
    form = stream(
        b"q " + shown + b" Q",
        "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>",
    )
    packed = stream(zlib.compress(shown), "/Filter/FlateDecode")
    return (
        pdf_bytes(lines),
        pdf_bytes(lines[:1], "/Info<</Title(Fire)/Author(Ana Bell)>>"),
        made(CATALOGUE, ONE_PAGE, PDF_PAGE, stream(shown), FONT, OUTLINE),
        made(CATALOGUE, ONE_PAGE, PDF_PAGE, packed, FONT, OUTLINE),
        made(CATALOGUE, ONE_PAGE, PDF_PAGE, stream(b"/X Do " + shown), FONT, OUTLINE, form),
    )


def _mail() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ana Béll <ana@example.org>", "Fire in 3 towns"
    message["Date"] = "Sat, 04 May 2019 23:30:00 -0700"
    message.set_content("21 people died, and it cost €500.\n", cte="quoted-printable")
    message.add_alternative("<p>21 people died.</p>", subtype="html")
    message.add_attachment("5 boats", filename="a.txt")
    message.add_attachment(EmailMessage())
    return message.as_bytes()


with zipfile.ZipFile(io.BytesIO(_word())) as _archive:
    WORD = {name: _archive.read(name) for name in _archive.namelist()}
PARTS = sorted(name for name in WORD if name.endswith((".xml", ".rels")))

TEXT = b"\x03" + LETTER[:2000]
NOTES = b"\x04---\ntitle: x\ndate: 2016-05-03\n---\n# Fire\n- 5 boats\n- 6 boats"
PIECES = (
    b"<table>|<!--|&#x110000;|=?utf-8?q?=|multipart/mixed; boundary=b|--b\n|base64|charset=utf-7|charset=idna"
    b"|message/rfc822|<w:p>|<w:tbl>|w:val='-1'|PK\x01\x02|\x00"
).split(b"|")

PDF_WORDS = (
    b"1 0 R|3 0 R|/Kids[2 0 R]|/Count -1|<<|>>|/Filter/FlateDecode|/Filter/ASCIIHexDecode|obj|endobj|stream"
    b"|/Encrypt 9 0 R|/Type/ObjStm|/Type/XRef|/ToUnicode 4 0 R|/Title(\xfe\xff\xd8\x00)|/XObject<</X 4 0 R>>"
    b"|/X Do |T*|Td|Tm|TJ|(-)|\\012|\\055|q|Q|cm|BI|ID|EI|startxref|trailer|/Rotate 90|/MediaBox[0 0 0 0]"
).split(b"|")
PDFS = (PDF, *_pdfs())
WORD_WORDS = (
    b"<w:p>|</w:p>|<w:r><w:t>5</w:t></w:r>|<w:tbl>|<w:tr>|<w:tc>|<w:gridSpan w:val='-1'/>|<w:vMerge/>"
    b"|<w:numPr><w:ilvl w:val='9'/><w:numId w:val='1'/></w:numPr>|w:val='\xc2\xb2'|w:val=''|<w:pPr>|<w:sdt>"
    b"|<w:pStyle w:val='ListNumber'/>|<w:hyperlink>|<w:br/>|<w:tab/>|<!DOCTYPE x [<!ENTITY a 'b'>]>|&a;"
    b"|<?x ?>|<![CDATA[|]]>|&#0;|&#xD800;|xmlns:w='x'|Target='../../x'|TargetMode='External'|<dc:title>"
).split(b"|")

TARGETS = {
    "extraction": Target(extraction, (LETTER, *_phrases()[::20]), _phrases()),
    "readers": Target(readers, (b"\x00" + PAGE, b"\x01" + _mail(), b"\x02" + _word(), TEXT, NOTES), PIECES),
    "pages": Target(pages, PDFS, PDF_WORDS),
    "word": Target(word, [bytes([n]) + WORD[name] for n, name in enumerate(PARTS)], WORD_WORDS),
}
