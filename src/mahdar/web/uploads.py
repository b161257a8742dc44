"""Files and pasted text from a visitor, put into a job's folder under safe names."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from mahdar.web.jobs import Failure, TakenFile

MAX_UPLOAD_BYTES = 256 * 1024 * 1024
"""All files of one upload together; larger collections go in with ``mahdar add``."""
MAX_FILES = 500
_CHUNK = 1024 * 1024
TEXTS = (".txt", ".text", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom")
COLLECTIONS = (".json", ".jsonl", ".ndjson", ".jl", ".warc", ".gz", ".zip")
ENDINGS = (*TEXTS, *COLLECTIONS)
_UNSAFE = re.compile(r"[^\w.\-]+")


def safe_name(name: str) -> str:
    """Return a file name without folders, control characters or leading dots; letters are kept."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    return _UNSAFE.sub("_", last).strip("._")[-100:] or "file"


def take_files(
    folder: Path, files: Iterable[tuple[str, BinaryIO]]
) -> tuple[list[TakenFile], list[Failure]]:
    """Copy uploaded files into a job's folder.

    Args:
        folder: the job's, as ``Inbox.open_job`` gave it.
        files: names as the browser gave them, and open streams.
    Returns:
        What was taken, and what was refused with the mend.
    """
    taken: list[TakenFile] = []
    refused: list[Failure] = []
    for number, (name, stream) in enumerate(files, start=1):
        shown = safe_name(name)
        if PurePosixPath(shown).suffix.lower() not in ENDINGS:
            mend = f"give one of {', '.join(ENDINGS)}"
            refused.append(Failure(shown, None, "Mahdar does not read this kind of file", mend))
            continue
        place = folder / "files" / f"{number:03d}"
        place.mkdir()
        size = 0
        with (place / shown).open("wb") as out:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                out.write(chunk)
        taken.append(TakenFile(shown, size))
    return taken, refused


def take_text(
    folder: Path, text: str, *, title: str = "", publisher: str = "", published: str = ""
) -> Sequence[TakenFile]:
    """Keep a pasted article as a JSON line with what is known of it.

    Args:
        folder: the job's.
        text: the article.
        title: its headline, may be empty.
        publisher: its paper, may be empty.
        published: its day as written, may be empty.
    """
    body = (
        "content" if title.strip() else "text"
    )  # with «content» the title becomes part of the text
    facts = {"title": title, "publisher": publisher, "published": published, body: text}
    line = json.dumps({k: v.strip() for k, v in facts.items() if v.strip()}, ensure_ascii=False)
    place = folder / "files" / "001"
    place.mkdir()
    path = place / "pasted.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    return [TakenFile(path.name, path.stat().st_size)]
