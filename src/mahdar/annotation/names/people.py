"""People whom an article does not name: «شاب فلسطيني», «17 شخصا», «أحد الحراس», «عدد من المصلين».

They are parties of events (who was held, killed, freed), so each such phrase is an entity of its own, a
person where it is one and an organisation where it is several. Phrases that other rules have found are
left as they are; a number before one belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from mahdar.annotation.names.clusters import Cluster, Clusters
from mahdar.annotation.names.inflect import NounForm, iter_forms, iter_owned
from mahdar.annotation.names.view import QUOTES, Phrase, View
from mahdar.annotation.names.wordclasses import affiliation
from mahdar.annotation.names.wordlists import word_set
from mahdar.lexicon.tables import load_table
from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import surface_offset
from mahdar.text.numerals import is_number_word, parse_number

_MOST_ADJECTIVES = 3
_MEMO = 65536  # word forms remembered
# Endings that a noun loses before what it belongs to: «مجهولون», «شخصا».
_NOT_CONSTRUCT = ("ون", "ين", "ان", "ا")
_YEARS = range(1950, 2050)
# Endings that an adjective has in common with its noun.
_AGREEING = (("ون",), ("ين",), ("ات", "ه"), ("ان",), ("ه",), ("ا",))


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A form of a noun for people; ``alone`` as the table has it."""

    lemma: str
    alone: str
    form: NounForm

    @property
    def many(self) -> bool:
        """Whether the word means several."""
        return self.form.number != "one" or self.alone in ("many", "body")


@dataclass(frozen=True, slots=True)
class _Head:
    """A noun for people in a text: its word, what it is, its proclitics."""

    at: int
    noun: PersonNoun
    cut: int


@cache
def _nouns() -> dict[str, PersonNoun]:
    nouns: dict[str, PersonNoun] = {}
    for row in load_table("names_people"):
        broken = tuple(part for part in row["plural"].split(",") if part)
        forms = list(iter_forms(row["lemma"], broken, row["feminine"]))
        if row["alone"] == "many":
            forms += iter_owned(row["lemma"])  # «أنصاره»
        for form in forms:
            nouns.setdefault(form.form, PersonNoun(row["lemma"], row["alone"], form))
    return nouns


def person_noun(base: str) -> PersonNoun | None:
    """Return the noun for people whose form a word is, past its proclitics."""
    return _nouns().get(base)


def join_people(view: View, clusters: Clusters, people: list[Phrase]) -> None:
    """Give every phrase for unnamed people to an entity: the one so called before, else a new one.

    Args:
        view: the article.
        clusters: its entities; a phrase right before a person's name goes to that person.
        people: the phrases, in reading order.
    """
    latest: dict[str, Cluster] = {}
    for phrase in people:
        after = clusters.found_first.get(phrase.last + 1)
        bare = phrase.last == phrase.first and view.classes[phrase.first].definite
        if phrase.type == "PER" and after is not None and after.type == "PER":
            if not view.classes[after.first].letters:
                clusters.of_found[after.first].add(phrase.start, phrase.end, "nominal")
                continue
        cluster = latest.get(phrase.type + phrase.lemma) if bare else None
        if cluster is None:
            cluster = clusters.local(phrase.type, f"?people|{phrase.key}", name=phrase.key)
        cluster.add(phrase.start, phrase.end, "nominal")
        latest[phrase.type + phrase.lemma] = cluster


def find_people(view: View, phrases: list[Phrase], taken: set[int]) -> Iterator[Phrase]:
    """Yield the phrases for unnamed people in reading order."""
    covered = {at for p in phrases for at in range(p.first, p.last + 1)}
    begun = {p.first: p for p in reversed(phrases)}
    at = 0
    while at < len(view):
        phrase = None
        if at not in taken:
            phrase = _counted(view, at, begun, taken)
            if phrase is None and at not in covered:
                phrase = _alone(view, at, begun, taken)
        if phrase is None:
            at += 1
        else:
            yield phrase
            at = phrase.last + 1


def swallowed(people: list[Phrase], phrases: list[Phrase]) -> list[Phrase]:
    """Return the indefinite phrases that a number or quantity counts: «مسلحا» of «21 مسلحا»."""
    spans = [(p.first, p.last) for p in people if p.type == "ORG"]
    return [
        p
        for p in phrases
        if p.type == "ORG"
        and not p.definite
        and any(first < p.first and p.last <= last for first, last in spans)
    ]


def _counted(view: View, at: int, begun: dict[int, Phrase], taken: set[int]) -> Phrase | None:
    """«17 شخصا», «ثلاثة من مرافقيه», «أحد الحراس», «عدد من الوزراء»."""
    cut, after, one = _quantity(view, at)
    if after < 0 or after >= len(view) or view.words.sentence[after] != view.words.sentence[at]:
        return None
    of_these = view.words.norm[after] == "من" and view.joined(after)
    head = after + of_these
    if head in taken:
        return None
    known = begun.get(head)
    last = -1
    if known is not None and (one or known.kind in ("fighters", "group", "office")):
        last = known.last
    elif known is not None:
        return None
    if last < 0:
        found = _head(view, head)
        if found is not None and (of_these or not found.cut):
            last = _last_word(view, found, begun, taken)
        elif not one and (_of_many(view, head) if of_these else _nationals(view, head)):
            last = head
    if last < 0 and not one and not of_these and view.words.norm[after] in word_set("of-them"):
        last = after  # «ثلاثة منهم»
    if last < 0 and view.classes[at].base in word_set("uncounted") and not of_these:
        last = at  # «العشرات», «الآلاف»
    if last < 0:
        return None
    return _phrase(view, at, last, cut, "PER" if one else "ORG", _lemma(view, head, known))


def _quantity(view: View, at: int) -> tuple[int, int, bool]:
    """Return the proclitics of a quantity, the word after it (-1 for none), and whether it is one."""
    norm = view.words.norm[at]
    what, cut = _counting(norm)
    if what == "number":
        number = parse_number(view.words, at)
        if number is not None and number.value > 1 and not _is_year(number.value):
            after = number.end
            if after < len(view) and view.words.norm[after] in QUOTES:
                after += 1
            return number.cut, after, False
    elif what:
        return cut, at + 1, what == "one-of"
    return 0, -1, False


@lru_cache(maxsize=_MEMO)
def _counting(norm: str) -> tuple[str, int]:
    """Return how a word counts the people after it (``one-of``, ``some-of``, ``number`` or not), and
    its proclitics."""
    for cut, base in proclitic_splits(norm):
        for use in ("one-of", "some-of"):
            if base in word_set(use):
                return use, cut
    return ("number" if is_number_word(norm) else ""), 0


def _is_year(value: int) -> bool:
    return value in _YEARS and value % 100 != 0


def _alone(view: View, at: int, begun: dict[int, Phrase], taken: set[int]) -> Phrase | None:
    head = _head(view, at)
    if head is None:
        return None
    noun, form = head.noun, head.noun.form
    if not noun.many and noun.alone != "yes" and not form.owned:
        return None
    before = view.words.norm[at - 1] if at and view.joined(at - 1) else ""
    if before in word_set("no-person-after") or _describes(view, head, before):
        return None
    last = _last_word(view, head, begun, taken)
    type_ = "ORG" if noun.many else "PER"
    return _phrase(view, at, last, head.cut, type_, noun.lemma)


def _describes(view: View, head: _Head, before: str) -> bool:
    """«هجوم انتحاري», «المحقق الملثم»: an adjective of the noun before it."""
    at = head.at
    if not before or head.cut or not view.classes[at - 1].word:
        return False
    noun = view.classes[at - 1]
    if noun.stop or noun.verbal or before in word_set("before-person"):
        return False
    if head.noun.form.definite:
        return noun.definite and not noun.demonym
    return head.noun.lemma.endswith("ي") and before.lstrip("وف") not in word_set("before-unnamed")


def _head(view: View, at: int) -> _Head | None:
    found = _noun_of(view.words.norm[at])
    return None if found is None else _Head(at, *found)


@lru_cache(maxsize=_MEMO)
def _noun_of(norm: str) -> tuple[PersonNoun, int] | None:
    """Return the noun for people that a word is, and its proclitics."""
    for cut, base in proclitic_splits(norm):
        noun = _nouns().get(base)
        if noun is not None:
            return noun, cut
    return None


def _last_word(view: View, head: _Head, begun: dict[int, Phrase], taken: set[int]) -> int:
    """Return where the phrase ends that a noun heads: what it belongs to, then adjectives."""
    form, last = head.noun.form, head.at
    j = last + 1
    construct = not view.words.norm[last].endswith(_NOT_CONSTRUCT)
    if construct and not form.definite and not form.owned and view.joined(last):
        after = view.classes[j]
        name = view.named.get(j)
        if name is not None and not after.letters:
            return name.last if head.noun.many else last  # «أنصار مرسي»
        owner = begun.get(j)
        if owner is not None and owner.definite and head.noun.many:
            beside = view.named.get(owner.last + 1)
            return beside.last if beside is not None and beside.type == "PER" else owner.last
        if after.definite and not after.cut and j not in taken and not after.title:
            return j  # «رجال الشرطة», «سائق الحافلة»
        if not after.cut and view.words.norm[j] in word_set("people-complement"):
            last = j  # «رجل أمن», «طالب لجوء»
    steps = 0
    while view.joined(last) and steps < _MOST_ADJECTIVES and last + 1 not in taken:
        after = view.classes[last + 1]
        if after.cut or after.stop or not after.word or after.verbal or (after.role and steps):
            break
        if after.definite != form.definite or not _agrees(view, head.at, last + 1):
            break
        last += 1
        steps += 1
    return last


def _agrees(view: View, noun: int, at: int) -> bool:
    """Tell whether a word is an adjective of a noun: a nationality, or of its ending."""
    word, norm = view.classes[at], view.words.norm[noun]
    if word.base in ("اخر", "اخرين", "اخرون", "اخري", "اثنين"):
        return True
    if affiliation(word):
        return True
    other = _nouns().get(view.words.norm[at])
    if other is not None and other.form.number == "one" and not word.definite:
        return not norm.endswith(("ين", "ون", "ات"))  # «شاب مسلح»
    if word.given or word.body or word.group or word.title:
        return False
    if norm.endswith("ا") and word.base.endswith("وا"):
        return False  # «17 شخصا قتلوا»
    for endings in _AGREEING:
        if norm.endswith(endings):
            return word.base.endswith(endings) and len(word.base) > 3
    return False


def _of_many(view: View, at: int) -> bool:
    """«عدد من المتضررين»: a sound plural of persons that no table has."""
    word = view.classes[at]
    return word.definite and not word.cut and not word.stop and word.base.endswith(("ين", "ون"))


def _nationals(view: View, at: int) -> bool:
    """«148 فلسطينيا», «14 حوثيا», «3 آخرين»: an adjective that stands for people."""
    word = view.classes[at]
    if word.norm in ("اخرين", "اخرون"):
        return True
    if word.definite or word.cut or word.base.endswith("ه"):
        return False
    if word.base.endswith("يا"):
        bare = word.base[:-1]
        word = replace(word, base=bare, demonym=view.knowledge.demonyms.get(bare, ""))
    return bool(affiliation(word))


def _lemma(view: View, at: int, known: Phrase | None) -> str:
    if known is not None:
        return known.lemma
    head = _head(view, at)
    return head.noun.lemma if head is not None else view.classes[at].base


def _phrase(view: View, first: int, last: int, cut: int, type_: str, lemma: str) -> Phrase:
    return Phrase(
        first,
        last,
        view.words.start[first] + surface_offset(view.words.text[first], cut),
        view.words.end[last],
        "PER" if type_ == "PER" else "ORG",
        lemma,
        "people",
        number="one" if type_ == "PER" else "many",
        definite=view.classes[first].definite,
        key=view.norm_of(first, last),
    )
