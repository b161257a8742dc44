"""The turns in the discourse before a cue, and the gender and number by which a verb takes them up."""

from __future__ import annotations

from dataclasses import dataclass, field

from mahdar.extraction.statements.candidate import Candidate
from mahdar.extraction.statements.cues import CueForm
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.view import View
from mahdar.text.normalize import normalize_word


@dataclass(frozen=True, slots=True)
class Turn:
    """One resolved statement, as later ones look back on it."""

    first: int
    sentence: int
    line: int
    speakers: tuple[str, ...]
    gender: str
    nested: bool


@dataclass(slots=True)
class Discourse:
    """What is known of the speakers up to a word; ``genders``: entity to the gender its verbs had."""

    turns: list[Turn] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)


def last_body(view: View, discourse: Discourse) -> tuple[str, ...]:
    """Return the last speakers of their own that are no person, else the last speakers of their own."""
    outer = [t.speakers for t in reversed(discourse.turns) if not t.nested and t.speakers]
    bodies = (who for who in outer if view.entities[who[0]].type != "PER")
    return next(bodies, outer[0] if outer else ())


def speakers_before(
    view: View, candidate: Candidate, form: CueForm, discourse: Discourse
) -> tuple[str, ...]:
    """Return the nearest earlier speaker that agrees with a verb without subject."""
    wanted = form.gender
    outer = next((t for t in reversed(discourse.turns) if not t.nested and t.speakers), None)
    for turn in reversed(discourse.turns):
        if turn.nested or not turn.speakers:
            continue
        if (
            form.number in ("d", "p")
            and len(turn.speakers) < 2
            and (form.number == "d" or not is_plural(view, turn.speakers[0]))
        ):
            continue
        if len(turn.speakers) == 1 and form.number == "s" and wanted:
            gender = discourse.genders.get(turn.speakers[0]) or gender_of_entity(
                view, turn.speakers[0]
            )
            if gender and gender != wanted:
                continue
        return turn.speakers
    if outer is not None and form.number not in ("d",):
        return outer.speakers
    for word in range(candidate.first - 1, -1, -1):
        mention = view.mention_over(word)
        if mention is not None and mention.type == "PER":
            return (mention.entity,)
    return ()


def is_plural(view: View, entity_id: str) -> bool:
    """Tell from its first mention whether an entity is several («مصادر», «مسؤولون»)."""
    entity = view.entities.get(entity_id)
    if entity is None:
        return False
    first = entity.mentions[0] if entity.mentions else None
    if first is None:
        return False
    head = normalize_word(view.text[first.start : first.end].split()[0])
    return head.endswith(("ون", "ين", "ات")) or head in ("مصادر", "المصادر", "قوي", "خبراء")


_MASCULINE_PLACES = frozenset(
    normalize_word(word)
    for word in [
        "العراق",
        "لبنان",
        "الأردن",
        "المغرب",
        "السودان",
        "اليمن",
        "الكرملين",
        "البنتاغون",
        "البنتاجون",
        "الفاتيكان",
    ]
)


def gender_of_entity(view: View, entity_id: str) -> str:
    """Return the grammatical gender that an entity's name shows, empty if it shows none."""
    entity = view.entities.get(entity_id)
    if entity is None or not entity.mentions:
        return ""
    for mention in entity.mentions:
        surface = view.text[mention.start : mention.end].split()
        if not surface:
            continue
        head = normalize_word(surface[0])
        if entity.type == "LOC":
            return "m" if head in _MASCULINE_PLACES else "f"
        if entity.type == "ORG":
            if head.endswith(("ه", "ات")):
                return "f"
            return "m" if head.removeprefix("ال") in words_in_role("masculine_body") else ""
        if mention.kind == "nominal":
            return "f" if head.endswith("ه") else "m"
    return ""
