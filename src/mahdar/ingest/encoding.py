"""Bytes to text: which encoding, and why.

Arabic news comes in UTF-8, UTF-16 and windows-1256. The order of trial is: byte order mark, an
encoding that the file declares about itself, strict UTF-8, UTF-16 by its zero bytes, and last the
one-byte Arabic code pages, told apart by how much of the outcome is plausible Arabic.
"""

from __future__ import annotations

import codecs
import re

from mahdar.errors import UnreadableBytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.I
)
# Of Arabic prose in windows-1256, more than nine of ten letters are Arabic ones; other eight-bit text
# read as windows-1256 gives a mix. Half is far from both.
_MIN_ARABIC_SHARE = 0.5
_COMMON = frozenset("اليمنوترهعبدسفك")


def decode_bytes(data: bytes, file: str) -> tuple[str, str]:
    """Return the text of some bytes and the encoding it was found to be in.

    Line ends become ``\\n``; nothing else is changed.

    Args:
        data: the raw bytes.
        file: the name the user knows them by, for the error.
    Raises:
        UnreadableBytes: no encoding fits.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _try_decode(data, encoding)
            if text is not None:
                return _unify_lines(text), encoding
    declared = _DECLARED.search(data[:4096])
    candidates = [declared.group(1).decode("ascii").lower()] if declared else []
    candidates.append("utf-8")
    for encoding in candidates:
        text = _try_decode(data, encoding)
        if text is not None and "\x00" not in text:
            return _unify_lines(text), encoding
    for encoding in _guess_utf16(data):
        text = _try_decode(data, encoding)
        if text is not None:
            return _unify_lines(text), encoding
    best = max(
        ("windows-1256", "iso-8859-6"), key=lambda name: _plausibility(_try_decode(data, name))
    )
    text = _try_decode(data, best)
    if text is not None and _plausibility(text) >= _MIN_ARABIC_SHARE:
        return _unify_lines(text), best
    cut = _mend_utf8(data)
    if cut is not None:
        return _unify_lines(cut), "utf-8 (damaged)"
    raise UnreadableBytes(
        file,
        "the bytes fit none of UTF-8, UTF-16, windows-1256 and ISO 8859-6",
        "save it as UTF-8 text, or check that it is a text file at all",
    )


def _unify_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _try_decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guess_utf16(data: bytes) -> tuple[str, ...]:
    """Return the UTF-16 byte orders that the bytes may be in, by where their high bytes stand.

    In Arabic text without a mark, every second byte is 0x06 (letters) or 0x00 (blanks, digits).
    """
    sample = data[:4000]
    if len(sample) < 4:
        return ()
    even = sum(byte in (0x00, 0x06) for byte in sample[0::2]) / len(sample[0::2])
    odd = sum(byte in (0x00, 0x06) for byte in sample[1::2]) / len(sample[1::2])
    if max(even, odd) < 0.7:
        return ()
    return ("utf-16-le",) if odd > even else ("utf-16-be",)


def _plausibility(text: str | None) -> float:
    """Return which share of the non-ASCII characters are the commoner Arabic letters, 0 to 1."""
    if text is None:
        return -1.0
    other = [char for char in text[:20000] if ord(char) > 127]
    return sum(char in _COMMON for char in other) / len(other) if other else 0.0


def _mend_utf8(data: bytes) -> str | None:
    """Return UTF-8 text that is broken in few places, with U+FFFD there; ``None`` if it is broken all over."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return text if broken and broken <= 1 + len(text) // 200 else None
