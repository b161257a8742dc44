"""Organisations by their head noun: «وزارة الخارجية الروسية», «حزب …», «الجيش التركي», «صحيفة "…"»."""

from __future__ import annotations

from mahdar.annotation.names.bodyforms import (
    agrees,
    forces_of,
    make_body,
    not_a_body,
    state_body,
    trails,
)
from mahdar.annotation.names.constructs import construct_body, ministry
from mahdar.annotation.names.view import CLOSING, OPENING, Found, View
from mahdar.annotation.names.wordclasses import Body
from mahdar.annotation.names.wordlists import word_set

_QUOTED_WORDS = 5
_ARMED = frozenset(("armed-group", "party", "movement", "coalition"))


def find_bodies(view: View) -> list[Found]:
    """Return the organisations that rules see by their head noun, in reading order."""
    found: list[Found] = []
    for at, word in enumerate(view.classes):
        if word.body is not None:
            name = parse_body(view, at)
            if name is not None:
                found.append(name)
    return found


def parse_body(view: View, at: int) -> Found | None:
    """Return the organisation whose head noun is word ``at``, or ``None`` if it only describes."""
    word = view.classes[at]
    body = word.body
    if body is None:
        return None
    if word.definite:
        return _definite_body(view, at, body)
    if not view.joined(at):
        return None
    after = at + 1
    if view.words.norm[after] in OPENING:
        return _quoted_body(view, at, body)
    if body.span in ("outside", "agency"):
        return _outside_body(view, at, body)
    match = view.match.get(after)
    if match is not None and not match.weak:
        return _body_of_known(view, at, body)
    if body.noun in word_set("definite-only"):
        return None
    if body.noun == "وزاره":
        return ministry(view, at, body)
    return construct_body(view, at, body)


def _definite_body(view: View, at: int, body: Body) -> Found | None:
    """«الجيش التركي», «القوات المسلحة المصرية», «الحزب الاشتراكي»."""
    last, country, plain = at, "", 0
    adjectives: list[str] = []
    j = at + 1
    while j < len(view) and view.joined(j - 1) and len(adjectives) < 4:
        word = view.classes[j]
        if not word.definite or word.cut or word.stop or word.adjective == "end":
            break
        if word.role is not None and not word.demonym:
            break
        if not agrees(body.noun, word.base):
            break
        adjectives.append(word.base)
        if word.demonym:
            country = word.demonym
            last = j
            while view.joined(last) and trails(view, last + 1, body.noun):
                last += 1
            break
        if word.base in word_set("trailing-adjective"):
            plain += 1
            last = j
            j += 1
            continue
        if not word.base.endswith(("ي", "يه", "ه")):
            break
        plain += 1
        last = j
        j += 1
    if body.noun in ("برنامج", "قوه") and adjectives[-1:] != ["المشتركه"]:
        return None
    if country and body.noun in ("تنظيم", "تكتل", "جماعه", "فصيل", "بعثه") and not plain:
        return None
    if not_a_body(view, at) or body.kind in ("newspaper", "broadcaster", "agency"):
        return None
    if country and body.noun in ("امن", "برنامج", "مجموعه") and plain:
        return None
    if country:
        # «القوات الحكومية السورية» describes; «القوات المسلحة المصرية» is what the body is called.
        if body.noun in ("قوات", "فصائل") and any(
            a in word_set("generic") and a != "المسلحه" for a in adjectives
        ):
            return None
        if not body.state and plain == 0 and body.noun not in ("قياده", "اجهزه", "سلطه"):
            if body.kind in ("committee", "ngo", "company", "agency", "newspaper", "broadcaster"):
                return None
            if body.noun in ("سلطات", "اداره", "فصائل"):
                return None
        ids = state_body(view, body.noun, country)
        if body.noun == "قوات":
            ids = forces_of(view, at, last, country)
        return make_body(view, at, last, body, country=country, ids=ids)
    if not plain or body.kind not in (
        "party",
        "movement",
        "armed-group",
        "committee",
        "court",
        "igo",
    ):
        return None
    if body.noun in ("ميليشيا", "ميليشيات", "مليشيا", "مليشيات", "فصائل", "جماعه", "تنظيم"):
        return None
    if any(a in word_set("generic") for a in adjectives):
        return None
    return make_body(view, at, last, body)


def _quoted_body(view: View, at: int, body: Body) -> Found | None:
    """«تنظيم "داعش"» whole; «صحيفة "الحياة"» only what stands between the marks."""
    opening = at + 1
    close = next(
        (
            j
            for j in range(opening + 2, min(opening + 2 + _QUOTED_WORDS, len(view)))
            if view.words.norm[j] in CLOSING
        ),
        None,
    )
    if close is None or view.words.sentence[close] != view.words.sentence[at]:
        return None
    if body.span == "inside" and (
        view.words.norm[opening] == "(" or body.noun in word_set("loose-body")
    ):
        return None
    inner = view.match.get(opening + 1)
    ids: tuple[str, ...] = ()
    if inner is not None and inner.last == close - 1:
        ids = tuple(i for i in inner.ids if view.type_of(i) == "ORG")
    if body.span == "inside":
        return make_body(view, at, close, body, ids=ids)
    start, end = view.words.start[opening + 1], view.words.end[close - 1]
    return Found(opening + 1, close - 1, start, end, "ORG", ids, "body", 1.0, body.noun)


def _outside_body(view: View, at: int, body: Body) -> Found | None:
    """«صحيفة الحياة», «قناة العربية», «وكالة الأنباء السعودية», «قبيلة …»."""
    after = at + 1
    match = view.match.get(after)
    if match is not None:
        orgs = tuple(i for i in match.ids if view.type_of(i) == "ORG")
        if orgs and view.classes[after].cut == 0:
            return Found(
                match.first, match.last, match.start, match.end, "ORG", orgs, "body", 1.0, body.noun
            )
        if not match.weak and body.span != "agency":
            return None
    word = view.classes[after]
    if body.span == "agency":
        return _agency(view, at, body)
    if not word.definite or word.cut or word.demonym or word.adjective or word.stop or word.role:
        return None
    if word.base in word_set("no-body"):
        return None  # «موقع التواصل الاجتماعي»
    last = after
    if body.kind in ("newspaper", "broadcaster") and view.joined(after):
        following = view.classes[after + 1]
        if following.definite and following.base.endswith("ي") and not following.demonym:
            if following.adjective == "" and not following.role and not following.cut:
                last = after
    return Found(
        after, last, view.start(after), view.words.end[last], "ORG", (), "body", 0.8, body.noun
    )


def _agency(view: View, at: int, body: Body) -> Found | None:
    """«وكالة أنباء الأناضول», «وكالة الأنباء السعودية», «وكالة تسنيم الإيرانية للأنباء»."""
    last, country, news = at, "", False
    j = at + 1
    while j < len(view) and view.joined(j - 1) and j - at <= 5:
        word = view.classes[j]
        if word.base in ("انباء", "الانباء"):
            news = True
        elif word.demonym and word.definite:
            country = word.demonym
        elif (word.letters and word.letters != "ل") or not (
            word.definite or word.plain or (j in view.inside and not word.cut)
        ):
            break
        if (
            word.adjective
            or word.stop
            or word.role
            or (word.cut and not news and word.base != "الانباء")
        ):
            break
        last = j
        j += 1
        if news and country:
            break
    if not news or last == at + 1:
        return None
    return make_body(view, at, last, body, country=country)


def _body_of_known(view: View, at: int, body: Body) -> Found | None:
    """A body with a known name after it: «حكومة مالي», «حركة حماس», «جماعة الحوثي»."""
    match = view.match[at + 1]
    if view.classes[at + 1].cut or body.noun in ("امن", "خارجيه", "داخليه"):
        return None
    types = {view.type_of(i): i for i in reversed(match.ids)}
    last = match.last
    if "ORG" in types:
        if view.classes[at + 1].base.removeprefix("ال") in ("معارضه", "نظام", "سلطات"):
            return None
        if body.noun in word_set("loose-body") or body.kind in ("delegation",):
            return None
        if body.kind in ("armed-group", "party", "movement", "coalition", "army", "igo", "ngo"):
            return make_body(view, at, last, body, ids=(types["ORG"],))
        return make_body(view, at, _seat(view, body, last), body)
    if "PER" in types:
        # «ميليشيات الحوثي» is a group's name, «قوات صالح» and «إدارة أوباما» are not.
        return None
    if "LOC" in types:
        country = types["LOC"]
        if body.noun in word_set("loose-body") or body.noun in ("جبهه", "تحالف", "مقاومه"):
            return None
        if body.state or body.kind in ("igo", "committee", "ngo", "company", "court", "think-tank"):
            return make_body(
                view, at, last, body, country=country, ids=state_body(view, body.noun, country)
            )
        if body.kind in _ARMED:
            return make_body(view, at, last, body, country=country)
    return None


def _seat(view: View, body: Body, last: int) -> int:
    """«بعثة الأمم المتحدة في العراق»: a mission's place belongs to its name."""
    if body.noun != "بعثه" or last + 2 >= len(view) or not view.joined(last):
        return last
    place = view.match.get(last + 2)
    if view.words.norm[last + 1] in ("في", "الي") and place is not None:
        return place.last if view.type_of(place.ids[0]) == "LOC" else last
    return last
