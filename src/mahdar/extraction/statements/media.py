"""Whether a mention of an article is a medium or news agency."""

from __future__ import annotations

from functools import cache

from mahdar.annotation.media import is_medium_name, media_words
from mahdar.extraction.statements.view import MentionAt, View
from mahdar.knowledge.load import load_knowledge
from mahdar.text.normalize import normalize_word

_MEDIA_KINDS = frozenset(("newspaper", "broadcaster", "agency", "website"))
# Nouns that make a body or people of what follows («وزارة الإعلام», «ممثلي الإعلام»).
_NO_MEDIUM = frozenset(
    normalize_word(word)
    for word in [
        "وزارة", "هيئة", "لجنة", "نقابة", "مجلس", "ممثلي", "ممثلو", "ممثلون", "رجال", "دار", "كلية",
        "بيان",
    ]
)  # fmt: skip


@cache
def _known_media() -> frozenset[str]:
    """Return the ids of the media that the shipped packs know."""
    actors = load_knowledge().actors.values()
    return frozenset(actor.id for actor in actors if actor.kind in _MEDIA_KINDS)


def is_medium(view: View, mention: MentionAt) -> bool:
    """Tell from its name, or the noun before it, whether a mention is a medium or news agency."""
    if mention.type == "PER":
        return False
    kb = view.entities[mention.entity].kb
    if kb is not None and kb in _known_media():
        return True
    tokens = [t for t in view.words.norm[mention.first : mention.last + 1] if t[0].isalnum()]
    if not tokens or tokens[0] in _NO_MEDIUM:
        return False
    before = mention.first - 1
    while before >= 0 and not view.words.text[before][0].isalnum():
        before -= 1
    head = view.words.norm[before] if before >= 0 else ""
    if mention.type == "LOC":
        return head in media_words("head")
    return is_medium_name(tokens, head)
