"""Kinds within a type, and the codes of PLOVER and ACLED, all by tables of the lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from mahdar.extraction.events.triggers import Trigger, bare_forms
from mahdar.lexicon.tables import load_table
from mahdar.text.normalize import normalize_word
from mahdar.text.words import Words

# Words on each side of a trigger in which a word of the subtype table counts.
_NEAR = 3
_REAL = {"occurred": "real", "ongoing": "real", "planned": "planned", "proposed": "planned"}


@cache
def _subtypes() -> dict[str, tuple[tuple[str, frozenset[str], frozenset[str]], ...]]:
    found: dict[str, list[tuple[str, frozenset[str], frozenset[str]]]] = {}
    for row in load_table("events_subtypes"):
        lemmas = frozenset(f"{row['type']}.{name}" for name in row["lemmas"].split(";") if name)
        words = frozenset(normalize_word(word) for word in row["words"].split(";") if word)
        found.setdefault(row["type"], []).append((row["subtype"], lemmas, words))
    return {kind: tuple(rows) for kind, rows in found.items()}


def find_subtype(words: Words, group: Sequence[Trigger]) -> str | None:
    """Return the kind within the event's type that its triggers and the words at them tell."""
    lemmas = {t.lemma.key for t in group}
    near: set[str] = set()
    for trigger in group:
        at = trigger.word
        for k in range(max(0, at - _NEAR), min(len(words), at + _NEAR + 1)):
            if words.sentence[k] == words.sentence[at]:
                near.update(bare_forms(words.norm[k]))
    for subtype, with_lemmas, with_words in _subtypes().get(group[0].lemma.type, ()):
        if not with_words.isdisjoint(near) or not with_lemmas.isdisjoint(lemmas):
            return subtype
    return None


@cache
def _plover() -> dict[tuple[str, str, str], str]:
    return {
        (row["type"], row["subtype"], row["modality"]): "/".join(
            (row["category"], row["mode"], row["context"])
        ).rstrip("/")
        for row in load_table("events_plover")
    }


def plover_code(kind: str, subtype: str | None, modality: str) -> str | None:
    """Return PLOVER's ``CATEGORY/mode/context`` for an event, ``None`` where it has none.

    An empty mode leaves two slashes («CONSULT//diplomatic»). Modality matters: what is planned is an
    AGREE or a THREATEN, what is demanded a REQUEST, what is refused a REJECT.
    """
    table = _plover()
    told = _REAL.get(modality, modality)
    return table.get((kind, subtype or "*", told)) or table.get((kind, "*", told))


@cache
def _acled() -> dict[tuple[str, str], str]:
    return {
        (row["type"], row["subtype"]): f"{row['event']}: {row['sub_event']}"
        for row in load_table("events_acled")
    }


def acled_code(kind: str, subtype: str | None, modality: str) -> str | None:
    """Return ACLED's ``event type: sub-event type`` for what happened, else ``None``."""
    if _REAL.get(modality) != "real":
        return None
    table = _acled()
    return table.get((kind, subtype or "*")) or table.get((kind, "*"))
