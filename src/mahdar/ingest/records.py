"""One JSON object to an article: the contract's fields and the names other collections give them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from mahdar.errors import MalformedRecord
from mahdar.ingest.dates import iso_date
from mahdar.ingest.noise import find_noise
from mahdar.model import Article

# Field names seen in news collections, the contract's own first.
_PUBLISHER = ("publisher", "source", "newspaper", "site_name", "sitename")
_PUBLISHED = ("published", "date_published", "datePublished", "date", "pub_date", "date_extracted")
_BODY = ("content", "body", "article", "maintext")
_URL = ("url", "link")
_AUTHOR = ("author", "byline")


def read_record(raw: Any, *, file: str, place: str, sha256: str | None = None) -> Article:
    """Return a JSON object as an article.

    With ``text`` the text is taken as it is (offsets count in it); otherwise it is put together from
    title and ``content`` (or ``body``), title first, then a blank line.

    Args:
        raw: the parsed JSON value.
        file, place: where it stands, for errors and for ``Article.origin``.
        sha256: hash of its raw bytes; without it, of its canonical JSON form.
    Raises:
        MalformedRecord: not an object, no text, or a field of the wrong kind.
    """

    def fail(problem: str, mend: str) -> MalformedRecord:
        return MalformedRecord(file, problem, mend, place)

    if not isinstance(raw, Mapping):
        raise fail(
            f"a {type(raw).__name__} where an article object is needed",
            "give one object per article",
        )
    for key in ("text", "title", *_PUBLISHER, *_BODY, *_URL, *_AUTHOR):
        if raw.get(key) is not None and not isinstance(raw[key], str):
            raise fail(
                f"the field {key!r} is a {type(raw[key]).__name__}, not text",
                f"make {key!r} a string",
            )
    title = (raw.get("title") or "").strip() or None
    text = raw.get("text")
    if text is None:
        body = _first(raw, _BODY)
        if body is None and title is None:
            raise fail("no field 'text'", "add 'text', or 'title' and 'content'")
        text = "\n\n".join(part for part in (title, (body or "").strip("\n")) if part)
    if not text.strip():
        raise fail("the text is empty", "leave the record out or give its text")
    text = text.encode("utf-8", "replace").decode("utf-8")
    digest = sha256 or _digest(raw)
    publisher = _first(raw, _PUBLISHER)
    identity = raw.get("id")
    stated = _first(raw, _PUBLISHED)
    published = iso_date(stated)
    if stated and published is None:
        raise fail(f"the date {stated!r} is not ISO 8601", "write it as YYYY-MM-DD")
    return Article(
        id=str(identity)
        if identity not in (None, "")
        else f"{publisher or 'article'}-{digest[:12]}",
        text=text,
        sha256=digest,
        title=title,
        publisher=publisher,
        published=published,
        url=_first(raw, _URL),
        author=_first(raw, _AUTHOR),
        language=raw.get("language") if isinstance(raw.get("language"), str) else None,
        origin=f"{file}, {place}",
        encoding="utf-8",
        noise=find_noise(text, title),
    )


def _first(raw: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = raw.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip() if key not in _BODY else value
    return None


def _digest(raw: Mapping[str, Any]) -> str:
    form = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(form.encode("utf-8", "surrogatepass")).hexdigest()
