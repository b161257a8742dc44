"""What an article says of an entity, gathered from its mentions: by this sameness is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mahdar.annotation.names.clusters import Cluster
from mahdar.annotation.names.people import person_noun
from mahdar.annotation.names.view import QUOTES, View
from mahdar.annotation.names.wordclasses import NameLexicon, WordClass, affiliation
from mahdar.annotation.names.wordlists import word_set
from mahdar.lexicon.word_classes import word_class
from mahdar.text.numerals import is_number_word, parse_number
from mahdar.text.words import Words

_MOST_WORDINGS = 6
"""Different wordings of one entity that are looked at, the first ones."""
_LONGEST = 8
"""Words of a mention that are looked at."""
_MEMO = 16384
"""Wordings remembered: the press calls the same bodies by the same words."""
_ENDINGS = ("يين", "يون", "ات", "ين", "ون", "ان", "يه", "ه", "ي", "ا", "و")
_MANY = ("ات", "ون", "ين")
_SHORTEST = 3
"""Letters that are left of a word without its ending."""
SOME = -1
"""The count of «عدد من», «عشرات»."""
# Stems of what men and delegations belong to -> its side; bodies that adjectives name are sides too.
_SIDES = {
    "حكوم": "state",
    "نظام": "state",
    "جيش": "state",
    "معارض": "opposition",
    "تحالف": "coalition",
}
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which an article calls an entity.

    ``head`` is the lemma of its noun, ``kind`` what kind of people or body the noun means, ``others``
    the stems of its other words, ``plain`` those of them that name no state, ``sides`` the sides
    of a conflict that it belongs to, ``states`` the states and bodies that its adjectives name. ``count``
    is the number before it: 0 for none, 1 for «one of», ``SOME`` for some. ``group`` is the class of
    the head noun in ``lexicon.word_classes``, ``key`` the same for the same words in other forms;
    ``every`` is ``others`` with the head; ``named`` tells a name from a nominal.
    """

    head: str
    kind: str
    others: frozenset[str]
    plain: frozenset[str]
    sides: frozenset[str]
    states: frozenset[str]
    definite: bool
    many: bool
    count: int
    group: int
    key: str
    every: frozenset[str]
    named: bool


@dataclass(slots=True)
class Profile:
    """An entity, its different wordings, and the first words of all its mentions, in reading order.

    ``status`` is ``kb`` (named, of a pack), ``known`` (of a pack, never named), ``name`` or ``noun``.
    ``stems`` are those of all words but heads, ``every`` with them, ``plain`` without those that name
    a state; ``nations`` are the states that its wordings name, ``states`` also those known of it.
    """

    cluster: Cluster
    status: str
    wordings: list[Wording]
    words: list[int]
    sentences: frozenset[int]
    heads: frozenset[str]
    stems: frozenset[str]
    plain: frozenset[str]
    sides: frozenset[str]
    every: frozenset[str]
    states: frozenset[str]
    nations: frozenset[str]
    counts: frozenset[int]
    keys: frozenset[str]


@lru_cache(maxsize=65536)
def stem_of(base: str) -> str:
    """Return a word without article and ending: «الحوثيين», «حوثيه» and «حوثي» are one."""
    rest = base[2:] if base.startswith("ال") and len(base) > 4 else base
    for ending in _ENDINGS:
        if rest.endswith(ending) and len(rest) - len(ending) >= _SHORTEST:
            return rest[: -len(ending)]
    return rest


def _head(word: WordClass) -> tuple[str, str, bool]:
    """Return lemma and kind of a noun that heads a wording, and whether it means several."""
    if word.group:
        return stem_of(word.base), word.group, word.base.endswith(_MANY)
    noun = person_noun(word.base)
    if noun is not None:
        return noun.lemma, "people", noun.many
    if word.role is not None:
        return word.role.lemma, word.role.kind, word.role.form.number != "one"
    if word.body is not None:
        return stem_of(word.base), word.body.kind, False
    return stem_of(word.base), "", word.base.endswith(_MANY)


@lru_cache(maxsize=_MEMO)
def make_wording(lexicon: NameLexicon, norms: tuple[str, ...], named: bool) -> Wording:
    """Return the wording of a mention.

    Args:
        lexicon: knows the words.
        norms: the words of the mention in normal form, the first with its proclitics.
        named: the mention is a name, where numbers count nobody.
    """
    classes = [lexicon.describe(norm) for norm in norms]
    count, at, last = 0, 0, len(norms) - 1
    if not named:
        base = classes[0].base
        if base in word_set("one-of"):
            count, at = 1, 1
        elif base in word_set("some-of"):
            count, at = SOME, 1
        elif is_number_word(norms[0]):
            places = list(range(len(norms)))
            number = parse_number(
                Words(list(norms), places, places, list(norms), [0] * len(norms)), 0
            )
            if number is not None:
                count, at = number.value, number.end
        if count and at < last and norms[at] == "من":
            at += 1
        at = min(at, last)
    word = classes[at]
    head, kind, many = _head(word)
    rest = [w for w in classes[at + 1 :] if w.word and not w.stop]
    others = {stem_of(w.base) for w in rest}
    plain = {stem_of(w.base) for w in rest if not w.demonym}
    states = {state for w in classes[at:] if (state := affiliation(w))}
    sides = {_SIDES[stem] for stem in plain if stem in _SIDES}
    sides |= {body for w in rest if not w.demonym and (body := affiliation(w))}
    several = many or count not in (0, 1)
    return Wording(
        head,
        kind,
        frozenset(others),
        frozenset(plain),
        frozenset(sides),
        frozenset(states),
        word.definite,
        several,
        count,
        word_class(word.base).fine,
        " ".join((head, *sorted(others))),
        frozenset((head, *others)),
        named,
    )


def make_profile(view: View, cluster: Cluster) -> Profile:
    """Return the profile of an entity that has mentions."""
    words, lexicon = view.words, view.lexicon
    seen: dict[tuple[str, ...], Wording] = {}
    places = []
    named = False
    for start, end, kind in sorted(cluster.mentions):
        first = words.at(start)
        places.append(first)
        named = named or kind == "named"
        if len(seen) == _MOST_WORDINGS:
            continue
        last = first + 1
        while last < len(words) and words.start[last] < end and last - first < _LONGEST:
            last += 1
        norms = tuple([n for n in words.norm[first:last] if n not in QUOTES]) or ("",)
        if norms not in seen:
            seen[norms] = make_wording(lexicon, norms, kind == "named")
    wordings = list(seen.values())
    heads = frozenset([w.head for w in wordings])
    stems = _NOBODY.union(*[w.others for w in wordings])
    called = _NOBODY.union(*[w.states for w in wordings])
    known = {cluster.kb or "", cluster.state or view.knowledge.states.get(cluster.country, "")}
    status = ("kb" if named else "known") if cluster.kb else "name" if named else "noun"
    return Profile(
        cluster,
        status,
        wordings,
        places,
        frozenset([words.sentence[at] for at in places]),
        heads,
        stems,
        _NOBODY.union(*[w.plain for w in wordings]),
        _NOBODY.union(*[w.sides for w in wordings]),
        heads | stems,
        called | (known - {""}),
        frozenset([s for s in called if s in view.knowledge.places]),
        frozenset([w.count for w in wordings if w.count]),
        frozenset([w.key for w in wordings]),
    )
