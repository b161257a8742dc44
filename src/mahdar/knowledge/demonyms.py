"""Adjectives of nationality in all their forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mahdar.knowledge.records import Place
from mahdar.text.normalize import normalize_word

# Endings after the masculine singular «يمني», in normal form.
_ENDINGS = ("", "ه", "ان", "ين", "ون", "ات", "تان", "تين")


def iter_forms(demonym: str) -> Iterator[str]:
    """Yield the normal forms of an adjective, every gender, number and case, without «ال».

    Those that end in «ي» are inflected in each word («كوري شمالي»: «كوريه شماليه»); others, such as
    the broken plurals «أتراك», «عرب», stand for themselves.
    """
    words = [normalize_word(word) for word in demonym.split()]
    if not all(word.endswith("ي") for word in words):
        yield " ".join(words)
        return
    for ending in _ENDINGS:
        yield " ".join(word + ending for word in words)


def index_demonyms(places: Iterable[Place]) -> dict[str, str]:
    """Return normal form -> place id; the first place that claims a form keeps it."""
    index: dict[str, str] = {}
    for place in places:
        for demonym in place.demonyms:
            for form in iter_forms(demonym):
                index.setdefault(form, place.id)
    return index
