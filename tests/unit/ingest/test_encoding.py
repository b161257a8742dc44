from __future__ import annotations

import pytest

from mahdar.errors import UnreadableBytes
from mahdar.ingest.encoding import decode_bytes

SENTENCE = "قال المتحدث إن الاجتماع سيعقد يوم الأحد في مسقط، وإن الطرفين موافقان. "


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("windows-1256", "windows-1256"),
        ("iso-8859-6", "iso-8859-6"),
    ],
)
def test_arabic_comes_back(written: str, found: str) -> None:
    text = SENTENCE if written != "iso-8859-6" else SENTENCE.replace("،", "،")
    assert decode_bytes((text * 3).encode(written), "a.txt") == (text * 3, found)


def test_declared_encoding_wins() -> None:
    page = f'<meta charset="windows-1256"><p>{SENTENCE}</p>'
    text, encoding = decode_bytes(page.encode("windows-1256"), "a.html")
    assert SENTENCE in text
    assert encoding == "windows-1256"


def test_wrong_declaration_is_passed_over() -> None:
    page = f'<meta charset="no-such-thing"><p>{SENTENCE}</p>'
    assert decode_bytes(page.encode(), "a.html") == (page, "utf-8")


def test_line_ends_are_unified() -> None:
    assert decode_bytes("أ\r\nب\rج".encode(), "a")[0] == "أ\nب\nج"


def test_few_broken_bytes_are_kept_visible() -> None:
    data = SENTENCE.encode() * 5
    cut = data[:-1] + b"\xd8"
    text, encoding = decode_bytes(cut, "a.txt")
    assert encoding == "utf-8 (damaged)"
    assert text.startswith(SENTENCE)
    assert "\ufffd" in text


def test_no_encoding_names_the_file() -> None:
    with pytest.raises(UnreadableBytes, match=r"odd\.bin.*Mend"):
        decode_bytes(bytes(range(128, 160)) * 20 + b"\x81\x8d" * 50, "odd.bin")
