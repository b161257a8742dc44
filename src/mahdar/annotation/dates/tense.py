"""Whether the words around a bare weekday or month tell of the past or of what is to come.

The nearest sign decides: a verb or participle before the expression in its sentence, or right after
it where it opens its clause. Of 5,961 days, weekdays and months in 10,351 press articles that say
their side themselves («أمس», «المقبل») it decides 81 % and is right for 92 % of those.
"""

from __future__ import annotations

from functools import cache, lru_cache

from mahdar.lexicon.tables import load_table
from mahdar.text.words import Words

# Signs farther off than this belong to other clauses more often than not.
_REACH_BEFORE, _REACH_AFTER = 22, 5
_SAID = -2
_COMPLEMENTISERS = frozenset(
    (
        "ان",
        "انه",
        "انها",
        "انهم",
        "بان",
        "بانه",
        "بانها",
        "الي",
        "عن",
        "فان",
        "لان",
        '"',
        "«",
        "“",
        ":",
    )
)
_OBJECTS = ("ها", "هم", "ه")
_STOPS = frozenset((".", "؛", ";", "؟", "!"))
_BREAKS = frozenset(("،", ",", "-", "–", ":", '"', "«", "“", "("))
_PAST_AUXILIARIES = frozenset(("كان", "كانت", "وكان", "وكانت", "فكان", "كانوا", "لم", "ولم", "فلم"))
_PREPOSITIONS = {"منذ": -1, "مند": -1, "مذ": -1, "حتي": 1, "بحلول": 1, "لغايه": 1, "وحتي": 1}


@cache
def _signs() -> tuple[dict[str, int], tuple[str, ...]]:
    """Return words with their side and the beginnings of words that are no future verbs.

    Sides are -1, 1, and -2 for a past verb of saying.
    """
    signs: dict[str, int] = {}
    nouns: list[str] = []
    for row in load_table("dates_tense"):
        form, tense = row["form"], row["tense"]
        if tense == "noun":
            nouns.append(form)
        elif tense == "future":
            signs[form] = 1
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
                stem + "وا",
                (form if weak else stem) + "ا",
                form + "ت",
            ):
                signs[variant] = -2 if tense == "said" else -1
    return signs, tuple(nouns)


@lru_cache(maxsize=32768)
def _side(norm: str) -> int:
    """Return -1 for a word that tells of the past (-2: a verb of saying), 1 of what is to come, else 0."""
    signs, nouns = _signs()
    for form in (norm, norm[1:]) if len(norm) > 3 and norm[0] in "وف" else (norm,):
        side = signs.get(form)
        if side is None and len(form) > 4 and form.endswith(_OBJECTS):
            side = signs.get(form.removesuffix("ها").removesuffix("هم").removesuffix("ه"))
        if side is not None:
            return side
        if len(form) >= 4 and form[0] == "س" and form[1] in "يتن" and not form.startswith(nouns):
            return 1
    return 0


def find_outlook(words: Words, first: int, end: int) -> int:
    """Return what the words around words ``[first, end)`` tell of: -1 past, 0 unsaid, 1 to come."""
    norm, sentence = words.norm, words.sentence
    here = sentence[first]
    if first and sentence[first - 1] == here and norm[first - 1] in _PREPOSITIONS:
        return _PREPOSITIONS[norm[first - 1]]
    opens = first == 0 or sentence[first - 1] != here or norm[first - 1] in _BREAKS
    if opens or norm[first][:1] == "و":
        side = _side_after(words, end, here)
        if side:
            return side
    reported = False
    for i in range(first - 1, max(-1, first - 1 - _REACH_BEFORE), -1):
        if sentence[i] != here or norm[i] in _STOPS:
            break
        if norm[i] in _COMPLEMENTISERS:
            reported = True
        side = _side(norm[i])
        if side > 0 and _in_past(norm, i):
            return -1
        if side == _SAID and reported:
            # «قال إن الاجتماع الأحد»: the verb of saying has no say in what is said.
            return _side_after(words, end, here)
        if side:
            return 1 if side > 0 else -1
    return _side_after(words, end, here)


def _side_after(words: Words, end: int, sentence: int) -> int:
    for i in range(end, min(end + _REACH_AFTER, len(words.norm))):
        if words.sentence[i] != sentence or words.norm[i] in _STOPS:
            break
        side = _side(words.norm[i])
        if side:
            return 1 if side > 0 else -1
    return 0


def _in_past(norm: list[str], i: int) -> bool:
    """Tell whether «كان» or «لم» before a verb puts it in the past («كان يزورها»)."""
    return any(norm[j] in _PAST_AUXILIARIES for j in range(max(0, i - 3), i))
