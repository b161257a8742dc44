"""Forms of Arabic nouns for persons: number, gender, state, as the role table needs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Number = Literal["one", "two", "many"]


@dataclass(frozen=True, slots=True)
class NounForm:
    """A form of a noun. ``owned`` marks an attached pronoun («نظيره»); forms are without proclitics."""

    form: str
    number: Number
    feminine: bool = False
    definite: bool = False
    owned: bool = False


_PRONOUNS = ("ه", "ها", "هم", "هما", "نا", "كم")


def iter_forms(
    lemma: str, broken: tuple[str, ...] = (), feminine: str = "yes"
) -> Iterator[NounForm]:
    """Yield the forms of a masculine noun in normal form with those of its feminine.

    Args:
        lemma: masculine singular in normal form, without article.
        broken: broken plurals; without one, the sound plural is made.
        feminine: ``yes``, ``construct`` (singular before a noun only), ``no``.
    """
    stem = lemma[:-1] if lemma.endswith("ه") else lemma
    for article in ("", "ال"):
        definite = bool(article)
        yield NounForm(article + lemma, "one", definite=definite)
        if feminine == "yes" or (feminine == "construct" and not article):
            yield NounForm(article + lemma + "ه", "one", feminine=True, definite=definite)
        yield NounForm(article + stem + "ان", "two", definite=definite)
        if feminine == "yes":
            yield NounForm(article + stem + "تان", "two", feminine=True, definite=definite)
            yield NounForm(article + stem + "تين", "two", feminine=True, definite=definite)
            yield NounForm(article + stem + "ات", "many", feminine=True, definite=definite)
        yield NounForm(article + stem + "ين", "two" if broken else "many", definite=definite)
        if not broken:
            yield NounForm(article + stem + "ون", "many", definite=definite)
        for plural in broken:
            yield NounForm(article + plural, "many", definite=definite)
    yield NounForm(lemma + "ا", "one")
    for plural in broken:
        if not plural.endswith(("ء", "ي", "ه", "ا")):
            yield NounForm(plural + "ا", "many")  # «جنودا», «سياحا»
    if not broken:
        yield NounForm(stem + "و", "many")
        yield NounForm(stem + "ي", "many")
    for pronoun in _PRONOUNS:
        if pronoun != "ه":  # «وزيره» is folded from «وزيرة» too: the text's own letter decides
            yield NounForm(stem + pronoun, "one", owned=True)
            yield NounForm(stem + "ت" + pronoun, "one", feminine=True, owned=True)
        yield NounForm(stem + "ي" + pronoun, "two", owned=True)
    for plural in broken:
        yield from iter_owned(plural)


def iter_owned(plural: str) -> Iterator[NounForm]:
    """Yield the forms of a plural with a pronoun: «أنصاره», «نظراؤه», «نظرائه», «نظراءه»."""
    ends = ("ء", "ئ", "ؤ") if plural.endswith("ء") else (plural[-1],)
    for pronoun in _PRONOUNS:
        for end in ends:
            yield NounForm(plural[:-1] + end + pronoun, "many", owned=True)
