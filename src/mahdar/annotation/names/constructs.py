"""Organisations in the construct state: «حزب الشعب الديمقراطي», «وزارة الخارجية الروسية», «هيئة أركان الجيش»."""

from __future__ import annotations

from mahdar.annotation.names.bodyforms import make_body, trails
from mahdar.annotation.names.persons import extend_name
from mahdar.annotation.names.view import Found, View
from mahdar.annotation.names.wordclasses import Body
from mahdar.annotation.names.wordlists import word_set

# Words a name of this kind may run to after its head noun; longer ones are packs' business.
_MOST_WORDS = 6
_MINISTRY = {"الخارجيه": "mfa", "الدفاع": "mod", "الداخليه": "moi"}
# Bodies whose name may end in what they are for: «مركز … للأبحاث».
_PURPOSEFUL = frozenset(("ngo", "igo", "think-tank", "un-body", "committee", "court"))


def ministry(view: View, at: int, body: Body) -> Found | None:
    """«وزارة الخارجية الروسية», «وزارة الدفاع», «وزارة خارجية أوكرانيا»."""
    last, country = at, ""
    suffix = ""
    j = at + 1
    while j < len(view) and view.joined(j - 1) and j - at <= _MOST_WORDS:
        word = view.classes[j]
        match = view.match.get(j)
        if match is not None and not match.weak and not word.cut and last > at:
            if view.type_of(match.ids[0]) == "LOC" and not word.definite:
                country, last = match.ids[0], match.last
            break
        if word.demonym and word.definite:
            country, last = word.demonym, j
            break
        follows = word.letters == "و" and last > at
        if not word.definite or (word.cut and not follows) or word.stop or word.adjective == "end":
            if j == at + 1 and word.base in ("خارجيه", "دفاع", "داخليه"):
                suffix = _MINISTRY["ال" + word.base]
                last = j
                j += 1
                continue
            break
        if word.role is not None:
            break
        if j == at + 1:
            suffix = _MINISTRY.get(word.base, "")
        elif not follows and not word.base.endswith(("ي", "يه")):
            break
        elif follows and not _is_field(view, j, body):
            break  # «وزارة الداخلية والجيش»
        last = j
        j += 1
    if last == at or (suffix and last == at + 1 and not view.classes[last].definite):
        return None
    ids: tuple[str, ...] = ()
    if suffix and country and country in view.knowledge.places and last - at <= 3:
        ids = (view.body_of(country, suffix),)
    return make_body(view, at, last, body, country=country, ids=ids)


def construct_body(view: View, at: int, body: Body) -> Found | None:
    """«حزب الشعب الديمقراطي», «قوات الأمن العراقية», «هيئة أركان الجيش التركي», «لجنة مبادرة السلام»."""
    last, country = at, ""
    chain = True  # still before the first definite noun
    nouns = 0
    j = at + 1
    while j < len(view) and view.joined(j - 1) and j - at <= _MOST_WORDS:
        word = view.classes[j]
        match = view.match.get(j)
        if match is not None and not match.weak and not word.cut and last > at and chain:
            country = match.ids[0] if view.type_of(match.ids[0]) == "LOC" else country
            last = match.last
            break
        if word.demonym and word.definite and not word.cut:
            if chain:
                return None
            country, last = country or word.demonym, j
            while view.joined(last) and trails(view, last + 1, body.noun):
                last += 1
            if view.joined(last) and view.classes[last + 1].letters == "ل":
                if body.kind in _PURPOSEFUL and view.classes[last + 1].definite:
                    last += 1
            break
        if word.stop or not word.word or word.adjective == "end":
            break
        if chain and word.title == "person" and not word.cut and view.joined(j):
            # «مركز الملك سلمان للإغاثة», «جامعة الأمير سطام».
            last = extend_name(view, j + 1, strong=True)
            chain = False
            nouns += 1
            j = last + 1
            continue
        if chain:
            if word.definite and not word.cut:
                if word.role is not None and body.noun not in (
                    "مكتب",
                    "مجلس",
                    "رابطه",
                    "نقابه",
                    "اتحاد",
                ):
                    break
                chain = False
                nouns += 1
                last = j
            elif not word.cut and word.common and not word.role and j == at + 1 and nouns == 0:
                if body.noun in word_set("loose-body") or body.kind == "army":
                    return None
                nouns += 1
            else:
                break
        else:
            adjective = word.definite and word.base.endswith(("ي", "يه", "يون", "يين"))
            coordinate = word.letters == "و" and word.definite
            purpose = word.letters == "ل" and word.definite and words_titled(view, at)
            purpose = purpose or (
                word.letters == "ل"
                and word.definite
                and body.kind in ("ngo", "igo", "think-tank", "un-body", "committee")
            )
            if word.role is not None or word.title:
                break
            if (
                (adjective and not word.cut)
                or (purpose and (words_titled(view, at) or _goes_on(view, j)))
                or (coordinate and _is_field(view, j, body))
                or (word.definite and not word.cut and nouns < 2 and not word.common)
            ):
                last = j
            else:
                break
            nouns += 1
        j += 1
    if last == at:
        return None
    return _judge_construct(view, at, last, body, country)


def _is_field(view: View, at: int, body: Body) -> bool:
    """«هيئة الحقيقة والكرامة», «لجنة الشؤون السياسية والأمنية»: a second thing the body is for."""
    word = view.classes[at]
    if word.body or word.place or word.role or word.group or word.title or at in view.inside:
        return False
    return body.noun in word_set("coordinating-body") or _goes_on(view, at)


def words_titled(view: View, at: int) -> bool:
    """Tell whether the word after a head noun is a title: the body is named for a person."""
    return view.classes[at + 1].title == "person"


def _goes_on(view: View, at: int) -> bool:
    """Tell whether a coordinated noun is followed by an adjective that closes the whole name."""
    return (
        view.joined(at)
        and view.classes[at + 1].definite
        and (bool(view.classes[at + 1].demonym) or view.classes[at + 1].letters == "و")
    )


def _judge_construct(view: View, at: int, last: int, body: Body, country: str) -> Found | None:
    words = view.classes[at + 1 : last + 1]
    first = words[0]
    if body.noun in ("قوات", "قوه", "عناصر", "فصائل", "شرطه", "امن"):
        coalition = first.base in ("التحالف",)
        if not country and not coalition:
            return None
        ids: tuple[str, ...] = ()
        if coalition:
            inner = view.knowledge.lookup(view.norm_of(at + 1, last))
            ids = tuple(id_ for id_ in inner if view.type_of(id_) == "ORG")
        return make_body(view, at, last, body, country=country, ids=ids)
    if body.noun in word_set("loose-body") and not country:
        return None
    if body.noun in ("جماعه", "تنظيم", "ميليشيا", "ميليشيات", "مليشيا", "مليشيات", "عصابات"):
        if first.base in word_set("generic") or (
            first.common and first.body is None and not first.demonym
        ):
            return None
    if first.base in word_set("generic") and (len(words) == 1 or body.noun == "حركه"):
        return None
    if body.kind in ("army", "security") and first.body is not None and first.definite:
        return None  # «حرس القنصلية»
    if body.noun in ("مجلس", "هيئه", "لجنه") and first.base in ("الوزراء", "الاداره"):
        return None
    if body.noun in ("حكومه", "جيش", "رئاسه", "برلمان") and not country:
        return None
    return make_body(view, at, last, body, country=country)
