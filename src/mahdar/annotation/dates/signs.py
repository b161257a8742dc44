"""What single words tell of the time of their clause: the signs of the table ``dates_tense``."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from mahdar.lexicon.tables import load_table

PAST, SAID, PLANNED = -1, -2, -3
_OBJECTS = ("ها", "هم", "ه")


class Signs(NamedTuple):
    """Words with what they tell of (``words``), and words by the part they play.

    ``nouns`` are the beginnings of words that are no future verbs; ``purpose`` tells of what comes
    after it alone; ``meetings`` are gatherings called for a day; ``due`` is fixed for a day to come;
    ``tolls`` are counted up to now.
    """

    words: dict[str, int]
    nouns: tuple[str, ...]
    purpose: frozenset[str]
    meetings: frozenset[str]
    due: frozenset[str]
    tolls: frozenset[str]


@cache
def load_signs() -> Signs:
    """Return the signs of ``dates_tense.tsv``: -1 past, 1 to come, -2 said, -3 planned."""
    signs: dict[str, int] = {}
    nouns: list[str] = []
    purpose: set[str] = set()
    meetings: set[str] = set()
    due: set[str] = set()
    tolls: set[str] = set()
    values = {"past": PAST, "said": SAID, "planned": PLANNED}
    for row in load_table("dates_tense"):
        form, tense = row["form"], row["tense"]
        if tense == "noun":
            nouns.append(form)
        elif tense in ("meeting", "toll"):
            (meetings if tense == "meeting" else tolls).add(form)
        elif tense in ("future", "purpose", "due"):
            signs[form] = 1
            if tense == "due":
                due.add(form)
            if tense == "purpose":
                purpose.add(form)
        elif tense == "present":
            for prefix in "يتن":
                signs.setdefault(prefix + form, 1)
            signs.setdefault(f"ي{form}ون", 1)
        else:
            weak = form.endswith("ي")
            stem = form[:-1] if weak else form
            for variant in (
                form,
                stem + "ت",
                stem + "تا",
                stem + "وا",
                (form if weak else stem) + "ا",
                form + "ت",
            ):
                signs[variant] = values[tense]
    return Signs(
        signs,
        tuple(nouns),
        frozenset(purpose),
        frozenset(meetings),
        frozenset(due),
        frozenset(tolls),
    )


@lru_cache(maxsize=32768)
def side_of(norm: str) -> int:
    """Return what a word tells of: -1 past (-2 said, -3 planned), 1 what is to come, else 0."""
    signs = load_signs()
    if norm in signs.meetings:
        return 0  # «تظاهرة» is no «تظاهره»
    for form in (norm, norm[1:]) if len(norm) > 2 and norm[0] in "وف" else (norm,):
        side = signs.words.get(form)
        if side is None and len(form) > 4 and form.endswith(_OBJECTS):
            verb = form.removesuffix("ها").removesuffix("هم").removesuffix("ه")
            if verb.endswith("و"):
                verb += "ا"  # «احتلوها» is «احتلوا» with its object
            # «استقالتها» is a noun more often than a verb: hollow stems have both.
            side = signs.words.get(verb) if not verb.endswith("ت") or verb[-3:-2] != "ا" else None
        if side is not None:
            return side
        if is_future_verb(form):
            return 1
        if len(form) > 4 and form.endswith("وا") and form[0] != "ي" and form[-3] != "ا":
            return PAST  # «استولوا» is told by its ending; names in «اوا» are none
    return 0


def is_future_verb(form: str) -> bool:
    """Tell whether a form is an imperfect with «س» before it."""
    return (
        len(form) >= 4
        and form[0] == "س"
        and form[1] in "يتن"
        and not form.startswith(load_signs().nouns)
    )
