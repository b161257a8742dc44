"""Bodies, groups and places called by a common noun: «الحكومة اليمنية», «الحركة», «الجانبان», «بلاده»."""

from __future__ import annotations

from mahdar.annotation.names.groupnouns import ACTING, BARE, BODIES, DUALS, OWNED, PLACE_KINDS
from mahdar.annotation.names.view import Phrase, View
from mahdar.annotation.names.wordclasses import WordClass, affiliation
from mahdar.annotation.names.wordlists import word_set
from mahdar.model import EntityType

_MOST_ADJECTIVES = 3
_FARTHEST_VERB = 5  # words after a text's noun within which its own verb is looked for


def find_groups(view: View, taken: set[int], roles: list[Phrase]) -> list[Phrase]:
    """Return nominals of groups and places.

    Args:
        view: the article.
        taken: words that are parts of names already.
        roles: the role phrases; of what is inside them only bodies are given.
    """
    inside = {at for role in roles for at in range(role.first, role.last + 1)}
    found: list[Phrase] = []
    at = 0
    while at < len(view):
        if at in taken:
            at += 1
            continue
        phrase = _group_at(view, at, taken)
        if phrase is not None and at in inside and phrase.kind not in BODIES:
            phrase = None
        if phrase is None:
            at += 1
        else:
            found.append(phrase)
            at = phrase.last + 1
    return found


def _group_at(view: View, at: int, taken: set[int]) -> Phrase | None:
    word = view.classes[at]
    if not word.word:
        return None
    dual, number = DUALS.get(word.base), "two"
    if dual is None and word.cut == 0 and word.norm[:1] in "وبل":
        for base, _kind in _cut_forms(word.norm):
            if base in DUALS:
                dual = DUALS[base]
                return _phrase(view, at, dual, base, number, cut=len(word.norm) - len(base))
    if dual is not None:
        return _phrase(view, at, dual, word.base, number)
    owned = OWNED.get(word.base)
    if owned is not None:
        return _phrase(view, at, owned, word.base, "one", owned=True)
    if word.base.removeprefix("ال") in word_set("document-source"):
        return _document(view, at, taken)
    if word.base in word_set("acting-document") and _acts(view, at):
        return _text_of(view, at)
    if word.base in word_set("formed-body"):
        formed = _formed(view, at, taken)
        if formed is not None:
            return formed
    if word.group:
        return _common(view, at, word, taken)
    if word.definite and word.demonym and not word.cut and _plural_people(word.base):
        return _phrase(view, at, "people", word.base, "many")
    return None


def _formed(view: View, at: int, taken: set[int]) -> Phrase | None:
    """«لجنة عسكرية مشتركة», «قوة محايدة»: a body of no name, as it is formed or sent."""
    word, last, country = view.classes[at], at, ""
    while view.joined(last) and last - at < _MOST_ADJECTIVES and last + 1 not in taken:
        after = view.classes[last + 1]
        if not after.word or after.cut or after.definite or after.stop or after.verbal:
            break
        if not (
            affiliation(after)
            or after.base in word_set("formed-adjective")
            or (len(after.base) > 4 and after.base.endswith(("ي", "يه")) and after.body is None)
        ):
            break
        country = country or affiliation(after)
        last += 1
    if last == at:
        return None
    return _make(
        view, at, last, word.base, word.group or "committee", country=country, definite=False
    )


def _plural_people(base: str) -> bool:
    return base.endswith(("يون", "يين"))


def _document(view: View, at: int, taken: set[int]) -> Phrase:
    """«تقرير», «تقارير إعلامية روسية», «الدراسة»: a paper that speaks for nobody named beside it."""
    word = view.classes[at]
    last, country = at, ""
    for j in range(at + 1, min(at + 3, len(view))):
        after = view.classes[j]
        if j in taken or not view.joined(j - 1) or after.cut or after.body:
            break
        if not after.base.endswith(("ي", "يه")) or after.definite != word.definite:
            break
        country = country or affiliation(after)
        last = j
    noun = word.base.removeprefix("ال")
    start, end = view.start(at), view.words.end[last]
    return Phrase(
        at, last, start, end, "ORG", noun, "source",
        definite=word.definite, country=country, key=view.norm_of(at, last),
    )  # fmt: skip


def _acts(view: View, at: int) -> bool:
    """Tell whether a text says something itself: «نص الاتفاق على», «قرار لمجلس الأمن يدعو إلى»."""
    norm = view.words.norm
    if at and view.joined(at - 1) and norm[at - 1] in word_set("document-verb"):
        return True
    for j in range(at + 1, min(at + _FARTHEST_VERB, len(view))):
        if not view.joined(j - 1):
            return False
        if norm[j] in word_set("document-verb"):
            return True
        if view.classes[j].stop:
            return False
    return False


def _text_of(view: View, at: int) -> Phrase:
    """«الاتفاق», «مشروع قرار»: a text that says something itself."""
    last = at
    bare = view.classes[at].base
    if bare == "مشروع" and view.joined(at):
        last = at + 1
        bare = view.classes[last].base
    start, end = view.start(at), view.words.end[last]
    noun, definite = bare.removeprefix("ال"), bare.startswith("ال")
    return Phrase(
        at, last, start, end, "ORG", noun, "source", definite=definite, key=view.norm_of(at, last)
    )


def _cut_forms(norm: str) -> list[tuple[str, str]]:
    forms = []
    for n in (1, 2):
        rest = norm[n:]
        forms.append((rest, ""))
        if rest.startswith("ل") and not rest.startswith("ال"):
            forms.append(("ا" + rest, ""))
    return forms


def _common(view: View, at: int, word: WordClass, taken: set[int]) -> Phrase | None:
    """«الحكومة», «الحكومة اليمنية», «حكومة البشير», «مقاتلو المعارضة»."""
    bare = word.base[2:] if word.definite else word.base
    kind = word.group
    last, country, second = at, "", ""
    j = at + 1
    if bare == "قياده" and word.letters.endswith("ب"):
        return None  # «التحالف بقيادة السعودية»
    if kind == "army" and view.joined(at):
        if view.classes[j].base.removeprefix("ال") in word_set("civil-adjective"):
            return None  # «الطيران المدني»
    if not word.definite:
        # Construct: only with a known name, a definite noun or an adjective of nationality after it.
        if not view.joined(at):
            return None
        name = view.name_at(j)
        after = view.classes[j]
        if name is not None and not after.cut:
            if kind in PLACE_KINDS:
                return None
            of = [name[2]] if name[2] else []
            return _make(view, at, name[0], bare, kind, country="", of=of)
        if affiliation(after) and not after.definite and not after.cut:
            return _make(view, at, j, bare, kind, country=affiliation(after), definite=False)
        if kind == "media" and after.base == "اعلام" and not after.cut:
            # «وسائل إعلام إيرانية», «وسائل إعلام محلية»
            adjective = view.classes[j + 1] if j + 1 < len(view) and view.joined(j) else None
            if adjective is not None and adjective.base.endswith("يه") and not adjective.cut:
                state = affiliation(adjective)
                return _make(view, at, j + 1, bare, kind, country=state, definite=False)
        if kind in ACTING and not after.definite and not after.cut and after.base.endswith("ه"):
            if ("ال" + after.base) in word_set("group-adjective") and kind != "media":
                return _make(view, at, j, bare, kind, country="", definite=False)
        if kind in ("delegation", "government", "army", "media", "opposition", "security") and (
            after.definite and not after.cut and not after.stop
        ):
            last = j
            j += 1
            if view.joined(last) and view.classes[j].definite and affiliation(view.classes[j]):
                country, last = affiliation(view.classes[j]), j
            if j in taken or at + 1 in taken:
                return None
            if after.role is not None and after.role.form.number == "one":
                country = ""  # «قوات الرئيس اليمني السابق» are not the state's
            return _make(view, at, last, bare, kind, country=country)
        if kind == "delegation" and after.norm == "من" and view.joined(j):
            inner = view.name_at(j + 1)
            if inner is not None:
                of = [inner[2]] if inner[2] else []
                return _make(view, at, inner[0], bare, kind, country="", of=of)
        return None
    steps = 0
    while j < len(view) and view.joined(j - 1) and steps < _MOST_ADJECTIVES and j not in taken:
        after = view.classes[j]
        if after.definite and affiliation(after) and not after.cut:
            country = country or affiliation(after)
            last = j
        elif country and after.letters == "و" and after.definite and affiliation(after):
            second, last = affiliation(after), j
        elif after.definite and not after.cut and after.base in word_set("group-adjective"):
            last = j
        else:
            break
        steps += 1
        j += 1
    if last == at and (kind not in BARE or bare in word_set("not-referring")):
        return None
    if (
        view.joined(last)
        and view.words.norm[last + 1] == "في"
        and kind in ("government", "army", "side", "states")
    ):
        name = view.name_at(last + 2)
        if name is not None and name[1] == "LOC" and not country:
            if bare in ("سلطات", "حكومه", "قوات", "اطراف"):
                return _make(view, at, name[0], bare, kind, country=name[2])
    return _make(view, at, last, bare, kind, country=country, second=second)


def _make(
    view: View,
    at: int,
    last: int,
    noun: str,
    kind: str,
    *,
    country: str,
    second: str = "",
    of: list[str] | None = None,
    definite: bool = True,
) -> Phrase:
    type_: EntityType = "LOC" if kind in PLACE_KINDS else "ORG"
    return Phrase(
        at,
        last,
        view.start(at),
        view.words.end[last],
        type_,
        noun,
        kind,
        number="two" if second else "one",
        definite=definite,
        of=tuple(of or ()),
        country=country,
        second=second,
        key=view.norm_of(at, last),
    )


def _phrase(
    view: View, at: int, kind: str, base: str, number: str, *, owned: bool = False, cut: int = 0
) -> Phrase:
    from mahdar.text.normalize import surface_offset

    start = view.start(at)
    if cut:
        start = view.words.start[at] + surface_offset(view.words.text[at], cut)
    last, country, second = at, "", ""
    j = at + 1
    if number == "two":
        while j < len(view) and view.joined(j - 1) and j - at < 3:
            after = view.classes[j]
            if after.definite and affiliation(after):
                if not country and not after.cut:
                    country = affiliation(after)
                elif country and after.letters == "و":
                    second = affiliation(after)
                else:
                    break
                last = j
                j += 1
            else:
                break
    type_: EntityType = "LOC" if kind in ("state", "states", "city") else "ORG"
    return Phrase(
        at,
        last,
        start,
        view.words.end[last],
        type_,
        base,
        kind,
        number=number,
        owned=owned,
        country=country,
        second=second,
        key=view.norm_of(at, last),
    )
