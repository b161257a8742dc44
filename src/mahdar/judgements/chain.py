"""The chain of hashes that shows whether a row of the log was changed, dropped or put in later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from mahdar.judgements.kinds import Anchor, Judgement
from mahdar.model import Span


def anchor_to_json(anchor: Anchor) -> list[Any]:
    """Return an anchor as plain JSON: claim, article, kind, type, spans, quote."""
    spans = [[role, span.start, span.end] for role, span in anchor.spans]
    return [anchor.claim, anchor.article, anchor.kind, anchor.type, spans, anchor.quote]


def anchor_from_json(raw: list[Any]) -> Anchor:
    """Return the anchor that ``anchor_to_json`` gave."""
    claim, article, kind, type_, spans, quote = raw
    marks = tuple((role, Span(start, end)) for role, start, end in spans)
    return Anchor(claim, article, kind, type_, marks, quote)


def chain_hash(judgement: Judgement) -> str:
    """Return the SHA-256 of a row: its canonical JSON (UTF-8, keys sorted, no blanks), in which the
    hash of the row before stands as ``previous``.
    """
    row = {
        "seq": judgement.seq,
        "at": judgement.at,
        "who": judgement.who,
        "action": judgement.action,
        "kind": judgement.kind,
        "subject": judgement.subject,
        "reason": judgement.reason,
        "detail": judgement.detail,
        "claims": [anchor_to_json(anchor) for anchor in judgement.claims],
        "engine": judgement.engine,
        "previous": judgement.previous,
    }
    canonical = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def find_break(log: Iterable[Judgement]) -> tuple[int, str] | None:
    """Return the number of the first row that does not fit the chain, and what is wrong with it.

    Args:
        log: all rows by number.
    Returns:
        ``None`` for a whole chain, else the row and ``number``, ``previous`` or ``hash``. Rows cut
        off at the end leave a whole chain: keep the last hash elsewhere to see that.
    """
    previous = ""
    for expected, judgement in enumerate(log, start=1):
        if judgement.seq != expected:
            return expected, "number"
        if judgement.previous != previous:
            return expected, "previous"
        if chain_hash(judgement) != judgement.hash:
            return expected, "hash"
        previous = judgement.hash
    return None
