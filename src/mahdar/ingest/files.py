"""Files, folders, archives and standard input to articles: what kind each is, and who reads it.

Kinds are told by content first and by ending second, so that standard input and badly named files
work. Nothing stops at an error: it is yielded in its place and the rest goes on.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from mahdar.errors import InputError, MalformedRecord, UnsupportedInput
from mahdar.ingest.encoding import decode_bytes
from mahdar.ingest.feeds import iter_feed
from mahdar.ingest.html import read_html
from mahdar.ingest.records import read_record
from mahdar.ingest.text import read_text
from mahdar.ingest.trec import iter_trec
from mahdar.model import Article

Outcome = Article | InputError

# Larger single files are not articles; a member of an archive that unpacks to more is a bomb.
MAX_FILE_BYTES = 512 * 1024 * 1024
_BINARY = {
    b"%PDF": "a PDF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}
_JSON_LINES = {".jsonl", ".ndjson", ".jl"}


def iter_articles(paths: Iterable[str | Path]) -> Iterator[Outcome]:
    """Yield the articles of files, folders and ``-`` (standard input), in order; errors in their place.

    Folders are walked in sorted order, hidden files left out.
    """
    for given in paths:
        if str(given) == "-":
            yield from _iter_stream(_standard_input(), "stdin", "-", "")
            continue
        path = Path(given)
        if path.is_dir():
            files = sorted(
                file
                for file in path.rglob("*")
                if file.is_file()
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
            if not files:
                yield UnsupportedInput(
                    str(path), "the folder holds no files", "name a folder with articles in it"
                )
            for file in files:
                yield from _iter_file(file)
        else:
            yield from _iter_file(path)


def _standard_input() -> io.BufferedReader:
    stream = sys.stdin.buffer
    return (
        stream
        if isinstance(stream, io.BufferedReader)
        else io.BufferedReader(io.BytesIO(stream.read()))
    )


def _iter_file(path: Path) -> Iterator[Outcome]:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES and path.suffix.lower() not in {
            *_JSON_LINES,
            ".zip",
            ".warc",
            ".gz",
        }:
            yield UnsupportedInput(
                str(path),
                f"{size // 2**20} MB in one file",
                "split it, or use JSON lines, which are streamed",
            )
            return
        with path.open("rb") as stream:
            yield from _iter_stream(stream, path.stem, str(path), path.suffix.lower())
    except FileNotFoundError:
        yield UnsupportedInput(str(path), "no such file", "check the path")
    except PermissionError:
        yield UnsupportedInput(
            str(path), "it may not be read", "give yourself the right to read it"
        )
    except OSError as error:
        yield UnsupportedInput(
            str(path), f"it cannot be read ({error.strerror})", "check the disk and the path"
        )


def _iter_stream(
    stream: io.BufferedReader, name: str, origin: str, suffix: str
) -> Iterator[Outcome]:
    """Yield the articles of one open file."""
    head = stream.peek(64)[:64]
    if head.startswith(b"PK\x03\x04"):
        seekable: BinaryIO = stream if stream.seekable() else io.BytesIO(stream.read())
        yield from _iter_zip(seekable, origin)
    elif _unzip_head(head).startswith(b"WARC/"):
        yield from _iter_warc(stream, name, origin)
    elif head.startswith(b"\x1f\x8b"):
        inner = PurePosixPath(name)
        yield from _iter_gzip(stream, inner.stem, origin, inner.suffix.lower())
    elif suffix in _JSON_LINES or (
        suffix in ("", ".txt") and head.lstrip(b"\xef\xbb\xbf \n\r\t").startswith(b"{")
    ):
        yield from _iter_json_lines(stream, origin)
    else:
        yield from iter_bytes(stream.read(), name, origin, suffix)


def _unzip_head(head: bytes) -> bytes:
    """Return the first bytes of a file, unpacked if they are gzip's."""
    if not head.startswith(b"\x1f\x8b"):
        return head
    try:
        return zlib.decompressobj(wbits=31).decompress(head)
    except zlib.error:
        return b""


def _iter_gzip(stream: io.BufferedReader, name: str, origin: str, suffix: str) -> Iterator[Outcome]:
    try:
        with gzip.GzipFile(fileobj=stream) as unpacked:
            if suffix in _JSON_LINES:
                yield from _iter_json_lines(unpacked, origin)
                return
            data = unpacked.read(MAX_FILE_BYTES + 1)
    except (EOFError, zlib.error, OSError) as error:
        yield MalformedRecord(origin, f"the file cannot be unpacked ({error})", "fetch it again")
        return
    if len(data) > MAX_FILE_BYTES:
        yield UnsupportedInput(origin, "it unpacks to more than 512 MB", "unpack and split it")
        return
    yield from iter_bytes(data, name, origin, suffix)


def iter_bytes(data: bytes, name: str, origin: str, suffix: str = "") -> Iterator[Outcome]:
    """Yield the articles in the bytes of one file that is not an archive.

    Args:
        data: the whole file.
        name: a short name for ids, the file's stem.
        origin: what the user knows it by.
        suffix: its ending with the dot, lower case; may be empty.
    """
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            yield UnsupportedInput(
                origin, f"this is {what}", "give text, HTML, a feed, JSON, a WARC or a ZIP of these"
            )
            return
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        yield MalformedRecord(origin, "the file is empty", "leave it out or fetch it again")
        return
    try:
        yield from _iter_kind(data, name, origin, suffix)
    except InputError as error:
        yield error


def _iter_kind(data: bytes, name: str, origin: str, suffix: str) -> Iterator[Outcome]:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix == ".json" or start.startswith((b"[{", b"[\n", b"[\r")):
        yield from _iter_json(data, origin)
    elif start.startswith(b"<doc>"):
        yield from iter_trec(data, origin)
    elif b"<rss" in start or b"<feed" in start or b"<rdf:rdf" in start:
        yield from iter_feed(data, name, origin)
    elif suffix in (".html", ".htm", ".xhtml") or start.startswith((b"<!doctype html", b"<html")):
        yield read_html(data, name, origin)
    elif suffix in (".xml", ".rss", ".atom"):
        yield from iter_feed(data, name, origin)
    else:
        yield read_text(data, name, origin)


def _iter_json_lines(stream: Iterable[bytes], origin: str) -> Iterator[Outcome]:
    for number, line in enumerate(stream, start=1):
        bare = line.strip(b"\xef\xbb\xbf \t\r\n")
        if not bare:
            continue
        place = f"line {number}"
        try:
            raw = json.loads(bare)
            yield read_record(
                raw, file=origin, place=place, sha256=hashlib.sha256(bare).hexdigest()
            )
        except InputError as error:
            yield error
        except (ValueError, RecursionError) as error:
            yield MalformedRecord(
                origin, f"not valid JSON ({error})", "write one JSON object per line", place
            )


def _iter_json(data: bytes, origin: str) -> Iterator[Outcome]:
    text, _ = decode_bytes(data, origin)
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        if text.lstrip().startswith("{") and "\n" in text.strip():
            yield from _iter_json_lines(text.encode().splitlines(), origin)
            return
        yield MalformedRecord(
            origin, f"not valid JSON ({error})", "mend the file or fetch it again"
        )
        return
    items = loaded if isinstance(loaded, list) else [loaded]
    for number, item in enumerate(items, start=1):
        try:
            yield read_record(item, file=origin, place=f"item {number}")
        except InputError as error:
            yield error


def _iter_zip(stream: BinaryIO, origin: str) -> Iterator[Outcome]:
    try:
        archive = zipfile.ZipFile(stream)
    except zipfile.BadZipFile:
        yield MalformedRecord(origin, "the archive is damaged", "fetch it again")
        return
    with archive:
        for member in sorted(archive.infolist(), key=lambda info: info.filename):
            path = PurePosixPath(member.filename)
            if member.is_dir() or path.name.startswith(".") or "__MACOSX" in path.parts:
                continue
            place = f"{origin}, {member.filename}"
            if member.file_size > MAX_FILE_BYTES:
                yield UnsupportedInput(
                    place, f"it unpacks to {member.file_size // 2**20} MB", "unpack and split it"
                )
                continue
            if member.flag_bits & 0x1:
                yield UnsupportedInput(place, "it is locked with a password", "unpack it first")
                continue
            try:
                with archive.open(member) as packed:
                    # The size in the directory can lie: never read past the limit.
                    data = packed.read(MAX_FILE_BYTES + 1)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
                yield MalformedRecord(
                    place, f"the member cannot be unpacked ({error})", "fetch the archive again"
                )
                continue
            suffix = path.suffix.lower()
            if suffix in _JSON_LINES:
                yield from _iter_json_lines(data.splitlines(), place)
            elif suffix == ".zip":
                yield UnsupportedInput(
                    place, "an archive inside an archive", "unpack the outer one"
                )
            else:
                yield from iter_bytes(data, path.stem, place, suffix)


def _iter_warc(stream: BinaryIO, name: str, origin: str) -> Iterator[Outcome]:
    number = 0
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type not in ("response", "resource"):
                continue
            number += 1
            kind = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
            if "html" not in kind:
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            try:
                yield read_html(
                    record.content_stream().read(), name, f"{origin}, {url or number}", url=url
                )
            except InputError as error:
                yield error
    except (ArchiveLoadFailed, EOFError, zlib.error, OSError) as error:
        yield MalformedRecord(
            origin, f"the archive breaks off ({error})", "fetch it again", f"record {number + 1}"
        )
