"""One FollowTheMoney entity: its id, its schema, and values in the forms the model keeps."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any
from urllib.parse import quote

from mahdar.consolidation.days import format_day, parse_days
from mahdar.export.formats.data import load_rows
from mahdar.export.formats.source import Source
from mahdar.views.rows import Ref

Entity = dict[str, Any]
"""``id``, ``schema`` and ``properties``: name to a list of texts."""
_URL = re.compile(r"https?://\S+")
_URL_MARKS = "%/:?#[]@!$&'()*+,;=-._~"
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories: controls, marks of direction, half characters, private use, unassigned."""
_COARSE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_YEARS = ("1000", "2100")


def make_entity(schema: str, id_: str, **properties: object) -> Entity:
    """Return an entity; a property takes one value or several, and unknown ones are left out."""
    told: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = value if isinstance(value, list | tuple) else [value]
        kept = list(dict.fromkeys(clean_text(str(v)) for v in values if v not in (None, "")))
        if kept:
            told[name] = kept
    return {"id": id_, "schema": schema, "properties": told}


def clean_text(text: str) -> str:
    """Return a text as the model keeps it: NFC, one blank for white space, no control characters."""
    composed = unicodedata.normalize("NFC", text)
    kept = (c for c in composed if c.isspace() or unicodedata.category(c) not in _UNSAFE)
    return " ".join("".join(kept).split())


def actor_id(key: str) -> str:
    """Return an actor's entity id: the same for the same key in every export."""
    return f"mahdar-actor-{digest(key)}"


def place_id(key: str) -> str:
    """Return a place's entity id."""
    return f"mahdar-place-{digest(key)}"


def article_id(sha256: str) -> str:
    """Return an article's entity id."""
    return f"mahdar-article-{sha256[:32]}"


def entry_id(entry: str) -> str:
    """Return the entity id of an entry."""
    return f"mahdar-entry-{entry}"


def digest(key: str) -> str:
    """Return a short hash of a key, for ids."""
    return hashlib.blake2b(key.encode(), digest_size=10).hexdigest()


def clean_day(edtf: str | None) -> str | None:
    """Return a date as FollowTheMoney takes it: the first day, month or year of an EDTF date."""
    days = parse_days(edtf)
    day = format_day(days.first) if days else ""
    if not _YEARS[0] <= day < _YEARS[1]:
        return None
    return edtf if edtf and _COARSE.fullmatch(edtf) and days and days.length > 1 else day


def clean_url(text: str | None) -> str | None:
    """Return a web address with its letters percent-encoded, ``None`` for anything else."""
    return quote(text, safe=_URL_MARKS) if text and _URL.fullmatch(text) else None


def schema_of(source: Source, ref: Ref) -> str:
    """Return an actor's schema, by its kind in the packs."""
    known = source.knowledge.record(ref.key)
    kind = getattr(known, "kind", "")
    table = {(row["type"], row["kind"]): row["schema"] for row in load_rows("ftm_kinds")}
    return table.get((ref.type, kind)) or table[ref.type, "*"]
