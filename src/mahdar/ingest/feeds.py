"""RSS and Atom files to articles."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from typing import Any

import feedparser

from mahdar.errors import InputError, MalformedRecord
from mahdar.ingest.html import html_to_text
from mahdar.ingest.noise import find_noise
from mahdar.model import Article


def iter_feed(data: bytes, name: str, origin: str) -> Iterator[Article | InputError]:
    """Yield the entries of an RSS or Atom file as articles, an error for each that has no text."""
    feed = feedparser.parse(data)
    if not feed.entries:
        reason = getattr(feed, "bozo_exception", None)
        problem = "the feed has no entries" + (f" ({reason})" if reason else "")
        yield MalformedRecord(origin, problem, "check that it is a whole RSS or Atom file")
        return
    publisher = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, start=1):
        place = f"entry {number}"
        title = html_to_text(entry.get("title", "")) or None
        body = _body(entry)
        text = "\n\n".join(part for part in (title, body) if part)
        if not text:
            yield MalformedRecord(origin, "an entry without title and text", "leave it out", place)
            continue
        # Feeds are re-served with other heads around the same entries: the entry is the record.
        digest = hashlib.sha256("\x1f".join((entry.get("id", ""), text)).encode()).hexdigest()
        yield Article(
            id=f"{name}-{digest[:12]}",
            text=text,
            sha256=digest,
            title=title,
            publisher=_source(entry) or publisher,
            published=_published(entry),
            url=entry.get("link"),
            author=entry.get("author"),
            origin=f"{origin}, {place}",
            encoding=feed.get("encoding"),
            noise=find_noise(text, title),
        )


def _body(entry: Any) -> str:
    contents = [part.get("value", "") for part in entry.get("content", ())]
    return html_to_text(max([*contents, entry.get("summary", "")], key=len))


def _source(entry: Any) -> str | None:
    source = entry.get("source")
    title = source.get("title") if source else None
    return str(title) if title else None


def _published(entry: Any) -> str | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", moment) if moment else None
