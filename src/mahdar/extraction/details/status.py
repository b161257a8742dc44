"""How it stands with a zone, body or list: proposed, agreed, in operation, contested ..."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mahdar.extraction.events.context import Context
from mahdar.extraction.phrases import PhraseIndex, make_phrase_index
from mahdar.lexicon.tables import load_table
from mahdar.model import ArrangementStatus, Modality, Span

_BEFORE, _AFTER = 9, 9
_PENDING = frozenset(("under-negotiation", "proposed", "contested"))
"""What is not there yet beats what sounds done: «تعقيدات تواجه إعلان المنطقة» declares nothing."""
_PENDING_BONUS = 3
_AFTER_PENALTY = 1
_FUTURE = frozenset(
    ("سوف", "المقرر", "المزمع", "المرتقب", "المرتقبه", "المنتظر", "المتوقع", "سيتم")
)
_NEGATORS = frozenset(("لم", "لن", "عدم", "دون", "بدون"))
_MODALITY_OF_ACT: dict[str, Modality] = {"demand": "demanded", "propose": "proposed"}
_STOPS = frozenset("؛.؟")


@dataclass(frozen=True, slots=True)
class Stand:
    """What is told of an arrangement: its status, how real, the words that say so.

    ``word`` is the index of the word of status, ``speaker`` who tells it (entity id).
    """

    status: ArrangementStatus
    modality: Modality
    evidence: tuple[Span, ...]
    word: int | None
    speaker: str | None


@cache
def _statuses() -> dict[str, PhraseIndex]:
    rows: dict[str, list[tuple[str, str]]] = {"zone": [], "body": [], "list": []}
    for row in load_table("arrangements_status"):
        for kind in row["kinds"].split(";"):
            rows[kind].append((row["phrase"], f"{row['status']}|{row['force']}"))
    return {kind: make_phrase_index(phrases) for kind, phrases in rows.items()}


def tell_status(context: Context, kind: str, first: int, last: int) -> Stand:
    """Return how it stands with the arrangement that words ``first`` to ``last`` name.

    Of the words of status around, the nearest counts; those before the name more than those after it.

    Args:
        context: the article's layers.
        kind: zone, body or list.
        first: first word of the name.
        last: last word of the name.
    """
    words = context.words
    low = max(context.first_of[first], first - _BEFORE)
    high = _clause_end(context, last)
    best: tuple[int, int, int, str] | None = None
    for at, end, _, value in _statuses()[kind].iter_matches(words.norm, low, high):
        if first <= at <= last:
            continue
        status, force = value.split("|")
        away = first - end if at < first else at - last + _AFTER_PENALTY
        rank = away - (_PENDING_BONUS if status in _PENDING and force == "strong" else 0)
        rank += 100 if force == "weak" else 0
        if best is None or rank < best[0]:
            best = (rank, at, end, status)
    speech = context.speech[first]
    speaker = speech.speakers[0] if speech is not None and speech.speakers else None
    if best is None:
        modality = _modality(context, None, first, high)
        wanted = modality in ("proposed", "demanded")
        return Stand("proposed" if wanted else "named", modality, (), None, speaker)
    _, at, end, status = best
    return Stand(
        status,  # type: ignore[arg-type]
        _modality(context, at, first, high),
        (Span(words.start[at], words.end[end]),),
        at,
        speaker,
    )


def _clause_end(context: Context, last: int) -> int:
    words = context.words
    high = min(context.last_of[last], last + _AFTER)
    for k in range(last + 1, high + 1):
        if words.norm[k] in _STOPS or words.norm[k] in "،,":
            return k - 1
    return high


def _modality(context: Context, word: int | None, first: int, high: int) -> Modality:
    words = context.words
    if word is not None and word > context.first_of[word] and words.norm[word - 1] in _NEGATORS:
        return "denied"
    low = max(context.first_of[first], (word if word is not None else first) - 3)
    for at in range(min(low, first), high + 1):
        token = words.norm[at]
        future = len(token) > 4 and token[0] == "س" and token[1] in "يت" and token[2] != "ا"
        if token in _FUTURE or (future and not token.startswith(("سيطر", "سياس", "سينا"))):
            return "planned"
    speech = context.speech[first]
    return _MODALITY_OF_ACT.get(speech.act, "occurred") if speech is not None else "occurred"
