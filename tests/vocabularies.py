"""Checks of what leaves the house against the vocabularies that it claims to speak.

schema.org: `tests/vendor/schema_org.json`, the domain and range of every property that may be used.
Web Annotation: the model of https://www.w3.org/TR/annotation-model/, as far as it is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_SCHEMA = json.loads((Path(__file__).parent / "vendor" / "schema_org.json").read_text(encoding="utf-8"))
TYPES: dict[str, list[str]] = _SCHEMA["types"]
PROPERTIES: dict[str, dict[str, list[str]]] = _SCHEMA["properties"]

GOOGLE_REQUIRED = {"ClaimReview": ("claimReviewed", "reviewRating", "url"), "Rating": ("alternateName",)}
"""By developers.google.com/search/docs/appearance/structured-data/factcheck: else no review is shown."""


def is_a(kind: str, wanted: str) -> bool:
    """Whether a type is another or one of its subtypes."""
    return kind == wanted or any(is_a(parent, wanted) for parent in TYPES.get(kind, []))


def schema_problems(node: Any, path: str = "") -> Iterator[str]:
    """What a JSON-LD node says against schema.org's vocabulary: type, domain, range, empty value."""
    kind = node.get("@type")
    path = path or str(kind)
    if kind not in TYPES:
        yield f"{path}: no type {kind!r}"
        return
    for name, value in node.items():
        if name in ("@type", "@context", "@id"):
            continue
        if name not in PROPERTIES:
            yield f"{path}.{name}: no such property"
            continue
        if not any(is_a(kind, domain) for domain in PROPERTIES[name]["domain"]):
            yield f"{path}.{name}: not a property of {kind}"
        for one in value if isinstance(value, list) else [value]:
            yield from _out_of_range(one, PROPERTIES[name]["range"], f"{path}.{name}")


def _out_of_range(value: Any, wanted: list[str], path: str) -> Iterator[str]:
    if isinstance(value, dict):
        if not any(is_a(str(value.get("@type")), kind) for kind in wanted):
            yield f"{path}: a {value.get('@type')} where {' or '.join(wanted)} is expected"
        yield from schema_problems(value, path)
    elif not any(kind in _LITERALS and _LITERALS[kind](value) for kind in wanted):
        yield f"{path}: {value!r} is no {' or '.join(wanted)}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_url(value: Any) -> bool:
    parts = urlsplit(value) if isinstance(value, str) else None
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and _reads(date.fromisoformat, value)


def _is_date_time(value: Any) -> bool:
    return isinstance(value, str) and "T" in value and _reads(datetime.fromisoformat, value)


def _reads(reader: Any, value: str) -> bool:
    try:
        reader(value)
    except ValueError:
        return False
    return True


_LITERALS: dict[str, Callable[[Any], bool]] = {
    "Text": _is_text, "URL": _is_url, "Date": _is_date, "DateTime": _is_date_time,
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}  # fmt: skip


def google_problems(review: dict[str, Any]) -> Iterator[str]:
    """The fields that Google's documentation requires of a ClaimReview and that are not there."""
    for node in (review, review.get("reviewRating") or {"@type": "Rating"}):
        for name in GOOGLE_REQUIRED[node["@type"]]:
            if not node.get(name):
                yield f"{node['@type']}.{name} is missing"


# --- Web Annotation -----------------------------------------------------------------------------------------

ANNO_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
    "identifying", "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
# type -> (required, allowed beside them)
_ANNO: dict[str, tuple[set[str], set[str]]] = {
    "AnnotationCollection": ({"@context", "id", "type", "total", "first"}, {"label", "last", "created"}),
    "AnnotationPage": ({"id", "type", "items"}, {"startIndex", "partOf", "next", "prev"}),
    "Annotation": ({"id", "type", "target"}, {"@context", "body", "motivation", "created", "generator"}),
    "TextualBody": ({"type", "value"}, {"purpose", "format", "language", "textDirection"}),
    "Software": ({"id", "type"}, {"name", "homepage"}),
    "SpecificResource": ({"source"}, {"id", "type", "selector"}),
    "TextPositionSelector": ({"type", "start", "end"}, set()),
    "TextQuoteSelector": ({"type", "exact"}, {"prefix", "suffix"}),
}
_IRI = re.compile(r"(?:https?://[^\s<>\"{}|\\^`]+|urn:[a-z][a-z0-9-]{1,31}(?::[^\s<>\"{}|\\^`]+)?)")


def annotation_problems(whole: dict[str, Any], texts: dict[str, str]) -> Iterator[str]:
    """What an AnnotationCollection says that the model does not allow, or that its texts do not bear out.

    `texts` are the documents' texts by the IRI of the annotations' source.
    """
    if whole.get("@context") != ANNO_CONTEXT:
        yield f"the context is {whole.get('@context')!r}"
    yield from _node(whole, "AnnotationCollection")
    page = whole.get("first", {})
    yield from _node(page, "AnnotationPage")
    items = page.get("items", [])
    if whole.get("total") != len(items):
        yield f"total says {whole.get('total')} of {len(items)}"
    for item in items:
        yield from _annotation(item, texts)
    if len({item.get("id") for item in items}) != len(items):
        yield "two annotations share an id"


def _annotation(item: dict[str, Any], texts: dict[str, str]) -> Iterator[str]:
    yield from _node(item, "Annotation")
    if not _is_date_time(item.get("created")):
        yield f"created: {item.get('created')!r} is no date and time"
    yield from _node(item.get("generator", {}), "Software")
    for body in item.get("body", []):
        yield from _node(body, "TextualBody")
    purposes = [item.get("motivation"), *(body.get("purpose") for body in item.get("body", []))]
    yield from (f"{purpose!r} is no motivation" for purpose in purposes if purpose not in MOTIVATIONS)
    target = item.get("target", {})
    yield from _node({**target, "type": "SpecificResource"}, "SpecificResource")
    text = texts.get(target.get("source", ""))
    if text is None:
        yield f"no document is {target.get('source')!r}"
        return
    for selector in target.get("selector", []):
        yield from _node(selector, selector.get("type", ""))
        yield from _selected(selector, target["selector"], text)


def _selected(selector: dict[str, Any], all_of_them: list[dict[str, Any]], text: str) -> Iterator[str]:
    """Whether the quotation, with what stands around it, is what the position points to."""
    at = next((s for s in all_of_them if s.get("type") == "TextPositionSelector"), None)
    if at is None or selector.get("type") != "TextQuoteSelector":
        return
    start, end = at["start"], at["end"]
    if not 0 <= start <= end <= len(text):
        yield f"{start}..{end} lies outside the text"
    if text[start:end] != selector["exact"]:
        yield f"{start}..{end} is not {selector['exact']!r}"
    if not text[:start].endswith(selector.get("prefix", "")):
        yield f"{selector.get('prefix')!r} does not stand before {start}"
    if not text[end:].startswith(selector.get("suffix", "")):
        yield f"{selector.get('suffix')!r} does not stand behind {end}"


def _node(node: dict[str, Any], kind: str) -> Iterator[str]:
    required, allowed = _ANNO.get(kind, (set(), set()))
    if kind not in _ANNO or node.get("type", kind) != kind:
        yield f"a {node.get('type')!r} where {kind!r} is expected"
        return
    yield from (f"{kind} lacks {name}" for name in sorted(required - set(node)))
    yield from (f"{kind} has no {name}" for name in sorted(set(node) - required - allowed))
    for name in ("id", "source"):
        if name in node and not _IRI.fullmatch(str(node[name])):
            yield f"{kind}.{name}: {node[name]!r} is no IRI"
