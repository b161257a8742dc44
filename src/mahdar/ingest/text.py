"""Plain text to an article."""

from __future__ import annotations

import hashlib

from mahdar.ingest.encoding import decode_bytes
from mahdar.ingest.noise import find_noise
from mahdar.model import Article

# A first line longer than this is a paragraph, not a headline.
_MAX_TITLE_WORDS = 30


def read_text(data: bytes, name: str, origin: str) -> Article:
    """Return a plain text file as an article; its text is the file's, line ends made ``\\n``.

    The title is the first line that is not page furniture, if it is short.

    Raises:
        UnreadableBytes: no encoding fits.
    """
    text, encoding = decode_bytes(data, origin)
    digest = hashlib.sha256(data).hexdigest()
    noise = find_noise(text)
    return Article(
        id=f"{name}-{digest[:8]}",
        text=text,
        sha256=digest,
        title=_find_title(text, {span.start for span in noise}),
        origin=origin,
        encoding=encoding,
        noise=noise,
    )


def _find_title(text: str, noise_starts: set[int]) -> str | None:
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped and at + line.index(stripped) not in noise_starts:
            return stripped if len(stripped.split()) <= _MAX_TITLE_WORDS else None
        at += len(line) + 1
    return None
