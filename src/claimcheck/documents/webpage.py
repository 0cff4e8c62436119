"""A web page -> its text and what its head says about it: title, author, publisher, address, date, language.

trafilatura finds the article in a page; what is too deep for a tree, or too short to be an article, is laid
out by a plain pass over the tags that costs linear time and no recursion.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from claimcheck.documents.extracted import RAISED

_DEEPEST = 200  # nested elements: beyond it a tree is attack or accident
_LONGEST = 5_000_000  # characters given to trafilatura

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "tfoot", "thead", "title", "tr", "ul",
))  # fmt: skip
_STRUCK = ("del", "s", "strike", "template")
_SILENT = frozenset(("script", "style", "noscript", "svg", "head", "nav", *_STRUCK))
_HIDING = ("display:none", "visibility:hidden", "font-size:0;", "font-size:0px")
_STYLE = "concat(translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\n', 'abcdefghijklmnopqrstuvwxyz'), ';')"
# What no reader sees bears out nothing, and the number that a correction strikes out least of all.
_HIDDEN = " or ".join(f"contains({_STYLE}, '{style}')" for style in _HIDING)
_UNSEEN = [
    *(f"//{tag}" for tag in _STRUCK), "//bdo[@dir='rtl']",
    f"//*[not(self::html or self::body) and (@hidden or {_HIDDEN})]",
]  # fmt: skip
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
))  # fmt: skip

# What pages call the things that a document says about itself, the most reliable first.
_META = {
    "date": ("article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date",
             "dcterms.date", "citation_publication_date", "parsely-pub-date", "pubdate", "date"),
    "title": ("og:title", "dc.title", "citation_title", "twitter:title"),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "citation_author"),
    "publisher": ("og:site_name", "dc.publisher", "publisher", "citation_publisher"),
    "address": ("canonical", "og:url", "citation_public_url"),
}  # fmt: skip
_UNCLOSED = re.compile(r"<(?![^<>]{0,20000}>)")
_SUP, _A = "sup", "a"
_RAISED = re.compile(
    rf"(?i)<{_SUP}\b[^<>]{{0,200}}>\s*(?:<{_A}\b[^<>]{{0,500}}>\s*)?(\d{{1,3}})\s*(?:</{_A}>\s*)?</{_SUP}>"
)
_NO_CHARACTER = re.compile(r"&#\d{8,};?")  # beyond any; the standard library counts its digits all the same
_JSON_DATE = re.compile(r'"datePublished"\s{0,5}:\s{0,5}"(\d{4}-\d\d-\d\d)')
_ISO = re.compile(r"\s*(\d{4})[-/](\d\d)[-/](\d\d)(?!\d)")


def read_page(markup: str) -> tuple[str, dict[str, str]]:
    """Text and metadata of a page. Never raises: any string is a page."""
    markup = _RAISED.sub(lambda found: found[1].translate(RAISED), markup)
    page = _Page()
    page.feed(tidied(markup))
    page.close()
    text = None if page.deepest > _DEEPEST or len(markup) > _LONGEST else _article(markup)
    return text if text else page.text(), page.meta()


def tidied(markup: str) -> str:
    """Markup without comments and impossible characters, and with every "<" that closes nowhere as text.

    The parser of the standard library takes quadratic time on constructs that are never closed; with each
    "<" followed by its ">" before the next "<" it takes linear time. This costs linear time too.
    """
    kept: list[str] = []
    at = 0
    while (start := markup.find("<!--", at)) >= 0 and (end := markup.find("-->", start + 4)) >= 0:
        kept.append(markup[at:start])
        at = end + 3
    tidy = _UNCLOSED.sub("&lt;", "".join(kept) + markup[at:].replace("<!--", "&lt;!--"))
    return _NO_CHARACTER.sub("\ufffd", tidy)


def _article(markup: str) -> str | None:
    import trafilatura  # slow to import: only for web pages

    found: str | None = trafilatura.extract(
        markup, output_format="txt", include_comments=False, include_tables=True, favor_recall=True,
        prune_xpath=_UNSEEN,
    )  # fmt: skip
    return None if found is None else _spaced(found)


def _spaced(article: str) -> str:
    """An article whose blocks are lines, with blank lines between them; items and rows stay together."""
    out: list[str] = []
    for line in filter(str.strip, article.split("\n")):
        joined = out and line[0] in "-|" and out[-1][0] == line[0]
        out += [line] if joined or not out else ["", line]
    return "\n".join(out)


class _Page(HTMLParser):
    """One pass over the tags: text by block, metadata, depth."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.deepest = 0
        self._depth = 0
        self._silent = 0
        self._hidden = 0  # the depth of what is hidden, with all in it
        self._parts: list[str] = []
        self._named: dict[str, str] = {}
        self._title: list[str] = []
        self._json: list[str] = []
        self._into: list[str] | None = None  # where characters go instead of the text
        self._language: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self._language = values.get("lang") or None
        elif tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or ""
            self._named.setdefault(name.lower(), values.get("content", "").strip())
        elif tag == "link" and values.get("rel", "").lower() == "canonical":
            if (href := values.get("href", "").strip()).startswith("http"):  # else it leads nowhere from here
                self._named.setdefault("canonical", href)
        elif tag == "time" and values.get("itemprop", "").lower() == "datepublished":
            self._named.setdefault("datepublished", values.get("datetime", ""))
        elif tag == "title" and not self._title:
            self._into = self._title
        elif tag == "script" and values.get("type", "").lower() == "application/ld+json":
            self._into = self._json
        if tag in _BLOCKS:
            self._parts.append("\n")
        if tag == "li":
            self._parts.append("- ")
        if tag not in _VOID:
            self._depth += 1
            self.deepest = max(self.deepest, self._depth)
            self._silent += tag in _SILENT
            style = "".join(values.get("style", "").lower().split()) + ";"
            hides = "hidden" in values or any(one in style for one in _HIDING)
            if hides and not self._hidden and tag not in ("html", "body"):
                self._hidden = self._depth

    def handle_endtag(self, tag: str) -> None:
        self._depth = max(0, self._depth - 1)
        self._hidden *= self._depth >= self._hidden
        if tag in ("title", "script"):
            self._into = None
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in ("td", "th"):
            self._parts.append(" | ")
        if tag in _BLOCKS:
            self._parts.append("\n\n" if tag in ("p", "div", "h1", "h2", "h3", "table") else "\n")

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)
        elif not self._silent and not self._hidden:
            self._parts.append(data)

    def text(self) -> str:
        """Blocks on lines of their own, white space inside them collapsed."""
        held = [" ".join(line.split()) for line in "".join(self._parts).split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(held)).strip("\n")

    def meta(self) -> dict[str, str]:
        """What the head says: keys title, author, publisher, address, date (ISO day) and language."""
        found: dict[str, str] = {}
        for key, names in _META.items():
            values = (self._named[name] for name in names if self._named.get(name))
            value = next(values, None)
            if value is not None:
                found[key] = value
        if "title" not in found and self._title:
            found["title"] = " ".join("".join(self._title).split())
        stated = _ISO.match(found.pop("date", "")) or _JSON_DATE.search("".join(self._json))
        if stated is not None:
            found["date"] = "-".join(stated.groups()) if stated.re is _ISO else stated[1]
        if self._language:
            found["language"] = self._language
        return {key: value for key, value in found.items() if value}
