"""TREC-like files (``<DOC>`` with ``<TITLE>``, ``<TIME>``, ``<TEXT>``), as the ANT corpus has them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from mahdar.errors import InputError, MalformedRecord
from mahdar.ingest.dates import iso_date
from mahdar.ingest.encoding import decode_bytes
from mahdar.ingest.noise import find_noise
from mahdar.model import Article

_DOC = re.compile(r"<DOC>(.*?)(?:</DOC>|\Z)", re.S | re.I)
_FIELD = re.compile(r"<(DOCNO|URL|SRC|TITLE|TIME|DATE|AUTHOR|TEXT)>(.*?)</\1>", re.S | re.I)


def iter_trec(data: bytes, origin: str) -> Iterator[Article | InputError]:
    """Yield the documents of a TREC-like file; text is title, blank line, body.

    Raises:
        UnreadableBytes: no encoding fits.
    """
    text, encoding = decode_bytes(data, origin)
    for number, found in enumerate(_DOC.finditer(text), start=1):
        fields = {name.lower(): value.strip() for name, value in _FIELD.findall(found.group(1))}
        title = fields.get("title") or None
        body = "\n\n".join(part for part in (title, fields.get("text")) if part)
        if not body:
            yield MalformedRecord(
                origin, "a <DOC> without <TEXT>", "fetch it again", f"document {number}"
            )
            continue
        digest = hashlib.sha256(found.group().encode("utf-8", "surrogatepass")).hexdigest()
        yield Article(
            id=fields.get("docno") or f"doc-{digest[:12]}",
            text=body,
            sha256=digest,
            title=title,
            publisher=fields.get("src") or None,
            published=iso_date(fields.get("time") or fields.get("date")),
            url=fields.get("url") or None,
            author=fields.get("author") or None,
            origin=f"{origin}, document {number}",
            encoding=encoding,
            noise=find_noise(body, title),
        )
