"""A web page to an article: body by trafilatura, title, date, publisher and author from the page's metadata."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
import trafilatura
from lxml import etree

from mahdar.errors import MalformedRecord
from mahdar.ingest.dates import iso_date
from mahdar.ingest.encoding import decode_bytes
from mahdar.ingest.noise import find_noise
from mahdar.model import Article

# Metadata that states a date of publication, the surest first. The body and the URL are left to the
# anchor finder: trafilatura lets a date in the URL win and reads «22 آب 2017» as a wrong year.
_DATE_METAS = (
    ("property", "article:published_time"),
    ("property", "og:article:published_time"),
    ("itemprop", "datePublished"),
    ("name", "article:published_time"),
    ("name", "datePublished"),
    ("name", "pubdate"),
    ("name", "publishdate"),
    ("name", "publication_date"),
    ("name", "dc.date.issued"),
    ("name", "dc.date"),
    ("name", "date"),
)
_XML_ENCODING = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(data: bytes, name: str, origin: str, url: str | None = None) -> Article:
    """Return the article of a web page; its text is title, blank line, body.

    Raises:
        UnreadableBytes: no encoding fits.
        MalformedRecord: the page holds no article text.
    """
    page, encoding = decode_bytes(data, origin)
    page = _XML_ENCODING.sub("", page)
    tree = _parse(page)
    body = trafilatura.extract(
        page, include_comments=False, include_tables=False, favor_recall=True, deduplicate=False
    )
    if tree is None or not body or not body.strip():
        raise MalformedRecord(
            origin,
            "the page holds no article text",
            "save the article's own page, not a list or a login page",
        )
    linked = list(_iter_json_ld(tree))
    title = (
        _meta(tree, "property", "og:title")
        or _json_text(linked, "headline")
        or _first_text(tree, "//h1")
        or _first_text(tree, "//title")
    )
    digest = hashlib.sha256(data).hexdigest()
    first, _, rest = body.strip().partition("\n")
    if first.strip() == title:
        body = rest
    text = "\n\n".join(part for part in (title, body.strip()) if part)
    return Article(
        id=f"{name}-{digest[:8]}",
        text=text,
        sha256=digest,
        title=title,
        publisher=_meta(tree, "property", "og:site_name") or _json_text(linked, "publisher"),
        published=_published(tree, linked),
        url=url or _meta(tree, "property", "og:url") or _canonical(tree),
        author=_meta(tree, "name", "author") or _json_text(linked, "author"),
        origin=origin,
        encoding=encoding,
        noise=find_noise(text, title),
    )


def html_to_text(fragment: str) -> str:
    """Return the text of a small HTML fragment, a line a block; scripts and styles left out."""
    if "<" not in fragment:
        return fragment.strip()
    tree = _parse(f"<div>{fragment}</div>")
    if tree is None:
        return fragment.strip()
    for gone in tree.xpath("//script|//style"):
        gone.drop_tree()
    for block in tree.xpath("//p|//br|//div|//li|//h1|//h2|//h3"):
        block.tail = "\n" + (block.tail or "")
    lines = (line.strip() for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


def _parse(page: str) -> lxml.html.HtmlElement | None:
    try:
        return lxml.html.document_fromstring(page)
    except (etree.ParserError, ValueError):
        return None


def _meta(tree: lxml.html.HtmlElement, attribute: str, value: str) -> str | None:
    for found in tree.xpath(f"//*[@{attribute}=$value]/@content", value=value):
        if found.strip():
            return str(found.strip())
    return None


def _first_text(tree: lxml.html.HtmlElement, path: str) -> str | None:
    for found in tree.xpath(path):
        text = " ".join(found.text_content().split())
        if text:
            return str(text)
    return None


def _canonical(tree: lxml.html.HtmlElement) -> str | None:
    for found in tree.xpath("//link[@rel='canonical']/@href"):
        return str(found)
    return None


def _iter_json_ld(tree: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            loaded = json.loads(script.text_content())
        except (ValueError, RecursionError):
            continue
        for item in loaded if isinstance(loaded, list) else [loaded]:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                yield from (
                    (node for node in graph if isinstance(node, dict))
                    if isinstance(graph, list)
                    else ()
                )


def _json_text(linked: list[dict[str, Any]], key: str) -> str | None:
    """Return a text of schema.org metadata; of an object or a list of them, the name of the first."""
    for item in linked:
        value = item.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _published(tree: lxml.html.HtmlElement, linked: list[dict[str, Any]]) -> str | None:
    for attribute, value in _DATE_METAS:
        found = iso_date(_meta(tree, attribute, value))
        if found:
            return found
    found = iso_date(_json_text(linked, "datePublished"))
    if found:
        return found
    for stamp in tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime"):
        found = iso_date(str(stamp))
        if found:
            return found
    return None
