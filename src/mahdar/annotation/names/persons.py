"""Persons that no pack knows: after a title or role, by a given name, or as «X بن Y»."""

from __future__ import annotations

from mahdar.annotation.names.view import OPENING, QUOTES, Found, Phrase, Rule, View
from mahdar.annotation.names.wordclasses import WordClass
from mahdar.annotation.names.wordlists import word_set

_MOST_WORDS = 7
# Shares of a hundred, from the press, above which a word opens a name on its own evidence.
_GIVEN_ALONE = 20
_GIVEN_SURE = 25
_GIVEN_AFTER_CUE = 4
_FAMILY = 20


def _name_word(word: WordClass) -> bool:
    return bool(word.given or word.family) and not word.stop


def extend_name(view: View, first: int, *, strong: bool, most: int = _MOST_WORDS) -> int:
    """Return the last word of a person's name that begins at word ``first``.

    Args:
        view: the article.
        first: the first word of the name.
        strong: whether a title or role vouches for it, so that unknown words are taken more freely.
        most: how many words it may have.
    """
    last = first
    tokens = 1
    while last - first + 1 < most and view.joined(last):
        j = last + 1
        norm = view.words.norm[j]
        if norm == "ابن" and view.words.norm[last] not in word_set("ordinal"):
            break
        if norm in word_set("name-connector"):
            if (norm == "ال" and tokens < 2) or not view.joined(j) or not _may_follow(view, j + 1):
                break
            last = j + 1
            tokens += 1
            continue
        if norm in word_set("name-tail"):
            last = j
            continue
        if view.words.norm[last] in word_set("name-connector"):
            last = j
            continue
        word = view.classes[j]
        if norm in word_set("ordinal") and view.classes[first - 1].base in word_set(
            "crowned-title"
        ):
            last = j
            continue
        if not _accepts(view, j, word, tokens, strong=strong):
            break
        last = j
        tokens += 1
    return last


def _may_follow(view: View, at: int) -> bool:
    word = view.classes[at]
    return word.word and not word.stop and view.words.norm[at] not in QUOTES


def _accepts(view: View, at: int, word: WordClass, tokens: int, *, strong: bool) -> bool:
    if not word.word or word.stop or view.words.text[at].endswith(("ً", "ًا")):
        return False
    if word.cut and not (word.norm in view.lexicon.given or word.norm in view.lexicon.family):
        # «وأحمد» begins another name; «وهبي» is one word.
        if _reading_apart(word):
            return False
    if word.role is not None and not word.given:
        return False
    if word.role is not None and view.joined(at) and _role_goes_on(view, at):
        return False
    if word.title and not word.given and not word.family:
        return False
    if word.body is not None or (word.group and not word.given and not word.family):
        return False
    before = view.classes[at - 1]
    if tokens > 1 and not word.family and word.given < 30 and not word.definite:
        # «فلاديمير بوتين دان»: after a sure surname nothing unknown; «محمد جواد ظريف» goes on.
        if before.family >= 50 and before.given < 5:
            return False
    if strong and tokens == 1 and word.common and not word.cut and _is_city(view, at):
        return True  # «برناردينو ليون»
    if word.given >= 10 or word.family >= 10:
        return tokens < 4
    if word.demonym or word.adjective:
        # «أيمن المصري» but «باراك أوباما الأمريكي»: a second part may be a nisba, a third rarely.
        return (
            tokens == 1
            and word.definite
            and not word.adjective
            and not _name_word(view.classes[at + 1] if view.joined(at) else view.classes[at])
        )
    if word.common or word.verbal:
        return tokens == 1 and bool(word.given or word.family)
    if word.given or word.family:
        return tokens < 4
    if tokens == 1:
        return True
    # A third or fourth word that no table knows: a foreign surname or a family name with article.
    if word.definite:
        return tokens < 4 and not word.base.endswith("ه")
    return strong and tokens == 2 and not view.classes[at - 1].definite and len(word.base) > 3


def _is_city(view: View, at: int) -> bool:
    match = view.match.get(at)
    if match is None or match.last != at:
        return False
    place = view.knowledge.places.get(match.ids[0])
    return place is not None and place.kind not in ("country", "capital", "territory", "continent")


def _reading_apart(word: WordClass) -> bool:
    return word.letters[:1] in ("و", "ف", "ب", "ل", "ك")


def _role_goes_on(view: View, at: int) -> bool:
    """«أمين عام», «أمين حزب»: the word opens a role phrase here, not a name."""
    after = view.classes[at + 1]
    return after.definite or after.body is not None or after.base in ("عام", "سر")


def _opens(view: View, at: int, *, floor: int) -> bool:
    """Tell whether word ``at`` may open a name, given a share of uses as a name it must reach."""
    word = view.classes[at]
    if not word.word or word.stop or (word.title and not word.given) or word.body is not None:
        return False
    if word.role is not None and (not word.given or (view.joined(at) and _role_goes_on(view, at))):
        return False
    if word.given >= floor:
        return True
    # «علي محمد»: a word of daily use before a sure name; «على محمد» is a preposition.
    if not word.given or view.words.text[at].endswith("ى") or not view.joined(at):
        return False
    after = view.classes[at + 1]
    return after.given >= 30 and not after.cut


def find_persons(view: View, phrases: list[Phrase]) -> list[Found]:
    """Return persons seen by rule, in reading order; ``phrases`` are the nominals found before."""
    after_role = {phrase.last + 1: phrase for phrase in phrases if phrase.type == "PER"}
    before_role = {phrase.first: phrase for phrase in phrases if phrase.type == "PER"}
    found: list[Found] = []
    at = 0
    size = len(view)
    while at < size:
        name = _person_at(view, at, after_role, before_role)
        if name is None:
            at += 1
        else:
            found.append(name)
            at = name.last + 1
    return found


def _person_at(
    view: View, at: int, after_role: dict[int, Phrase], before_role: dict[int, Phrase]
) -> Found | None:
    word = view.classes[at]
    if not word.word or word.stop:
        return None
    title = _title_before(view, at)
    if title in ("person", "office", "rank"):
        name = _after_title(view, at, title)
        if name is not None:
            return name
    known = view.inside.get(at)
    if known is not None and not known.weak and view.type_of(known.ids[0]) != "PER":
        return None
    phrase = _role_before(view, at, after_role)
    if (
        phrase is not None
        and (not word.cut or word.given >= _GIVEN_ALONE)
        and (
            word.plain
            or (_opens(view, at, floor=_GIVEN_AFTER_CUE) and not (word.common and word.given < 10))
        )
    ):
        last = extend_name(view, at, strong=True)
        if last > at and not _all_unsure(view, at, last):
            return _made(view, at, last, "title")
    if _opens(view, at, floor=_GIVEN_ALONE) or (
        word.given >= _GIVEN_AFTER_CUE and _vouched(view, at)
    ):
        last = extend_name(view, at, strong=False)
        if last > at and (view.classes[last].cut == 0 or last > at + 1):
            second = view.classes[at + 1]
            if (
                view.words.norm[at + 1] in word_set("name-connector")
                or second.given >= 5
                or second.family >= 5
                or (second.plain and (second.definite or word.given >= _GIVEN_SURE))
                or last + 1 in before_role
            ):
                return _made(view, at, last, "name")
    if view.joined(at) and view.words.norm[at + 1] in ("بن", "ابن", "بنت") and not word.common:
        if word.plain or word.given or word.family:
            last = extend_name(view, at, strong=False)
            if last > at + 1:
                return _made(view, at, last, "name")
    return None


def _made(view: View, first: int, last: int, rule: Rule) -> Found:
    score = 0.9 if rule == "title" else 0.7
    return Found(
        first,
        last,
        view.start(first),
        view.words.end[last],
        "PER",
        (),
        rule,
        score,
    )


def _title_before(view: View, at: int) -> str:
    """Return the kind of the title that stands right before a word («د.» with its point)."""
    j = at - 1
    if (
        j >= 0
        and view.words.norm[j] == "."
        and j >= 1
        and view.words.norm[j - 1] in ("د", "م", "أ", "ا")
    ):
        return "person" if view.words.sentence[j] == view.words.sentence[at] else ""
    while j >= 0 and view.words.norm[j] in QUOTES:
        j -= 1
    if j < 0 or view.words.sentence[j] != view.words.sentence[at]:
        return ""
    kind = view.classes[j].title
    if kind == "honorific":
        k = j - 1
        while k >= 0 and at - k < 5 and view.classes[k].title:
            if view.classes[k].title in ("person", "office", "rank"):
                return view.classes[k].title
            k -= 1
        return ""
    return kind


def _after_title(view: View, at: int, title: str) -> Found | None:
    word = view.classes[at]
    if (word.role is not None and not word.given) or (word.title and not word.given):
        return None
    if word.body is not None or ((word.group or word.place) and not word.given):
        return None
    if word.adjective or (word.demonym and not word.given) or word.verbal:
        return None
    if word.cut and not word.given:
        return None
    if title == "office":
        if word.given < _GIVEN_AFTER_CUE and not (word.plain and not word.definite):
            return None
        if word.common and word.given < 10:
            return None
    elif word.common and not word.given:
        return None
    last = extend_name(view, at, strong=True)
    if last == at:
        if title == "office" or (word.common and word.given < 20):
            return None
        if title == "rank" and word.definite and word.family < 10:
            return None  # «اللواء المتمركز»
        if not (word.given >= 10 or word.family >= 20 or (word.plain and len(word.base) > 2)):
            return None
        if view.words.norm[at] in word_set("name-connector"):
            return None
    return _made(view, at, last, "title")


def _role_before(view: View, at: int, after_role: dict[int, Phrase]) -> Phrase | None:
    """Return the role phrase that ends right before a word, a comma, quote or titles between."""
    j = at
    for _ in range(5):
        if j in after_role and view.words.sentence[j] == view.words.sentence[after_role[j].last]:
            return after_role[j]
        before = j - 1
        if before < 0 or view.words.sentence[before] != view.words.sentence[at]:
            return None
        norm = view.words.norm[before]
        if norm in ("،", ",", ":") and j != at:
            return None
        if norm in ("،", ",") or norm in QUOTES or norm in OPENING or view.classes[before].title:
            j = before
            continue
        return None
    return None


def _all_unsure(view: View, first: int, last: int) -> bool:
    """Tell whether no word of a span is known from names and one is short or a number's neighbour."""
    words = view.classes[first : last + 1]
    if any(w.given or w.family for w in words):
        return False
    return any(len(w.base) < 2 for w in words)


def _vouched(view: View, at: int) -> bool:
    """Tell whether a verb of saying or meeting stands right before a word."""
    return at > 0 and view.joined(at - 1) and view.words.norm[at - 1] in word_set("before-person")
