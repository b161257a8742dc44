"""Organisations by their head noun: «وزارة الخارجية الروسية», «حزب …», «الجيش التركي», «صحيفة "…"»."""

from __future__ import annotations

from mahdar.annotation.names.persons import extend_name
from mahdar.annotation.names.view import CLOSING, OPENING, QUOTES, Found, View
from mahdar.annotation.names.wordclasses import Body, WordClass
from mahdar.annotation.names.wordlists import word_set

# Words a name of this kind may run to after its head noun; longer ones are packs' business.
_MOST_WORDS = 6
_QUOTED_WORDS = 5

_ARMED = frozenset(("armed-group", "party", "movement", "coalition"))
_SUFFIX = {
    "حكومه": "government",
    "خارجيه": "mfa",
    "داخليه": "moi",
    "برلمان": "parliament",
    "رئاسه": "presidency",
    "جيش": "army",
    "كونغرس": "parliament",
    "كونجرس": "parliament",
    "كنيست": "parliament",
}
_MINISTRY = {"الخارجيه": "mfa", "الدفاع": "mod", "الداخليه": "moi"}


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
        return _ministry(view, at, body)
    return _construct_body(view, at, body)


# Bodies whose name may end in what they are for: «مركز … للأبحاث».
_PURPOSEFUL = frozenset(("ngo", "igo", "think-tank", "un-body", "committee", "court"))


def is_feminine(noun: str) -> bool:
    """Tell whether adjectives of a noun take the feminine: by its ending, or as a broken plural."""
    return noun.endswith(("ه", "ات", "اء", "يا")) or noun in word_set("feminine-plural")


def _agrees(noun: str, adjective: str) -> bool:
    return is_feminine(noun) == adjective.endswith(("ه", "اء"))


def _made(
    view: View, at: int, last: int, body: Body, *, country: str = "", ids: tuple[str, ...] = ()
) -> Found:
    end = view.words.end[last]
    return Found(at, last, view.start(at), end, "ORG", ids, "body", 1.0, body.noun, country)


def _forces(view: View, at: int, last: int, country: str) -> tuple[str, ...]:
    """«القوات التركية», «القوات المسلحة المصرية»: the state's army."""
    plain = [w.base for w in view.classes[at + 1 : last + 1] if not w.demonym]
    if country not in view.knowledge.places or any(base != "المسلحه" for base in plain):
        return ()
    if view.knowledge.places[country].kind not in ("country", "territory"):
        return ()
    return (view.knowledge.body(country, "army").id,)


def state_body(view: View, noun: str, country: str) -> tuple[str, ...]:
    """Return the pack id of a state's body («الخارجية» of ``russia``); empty when none fits."""
    suffix = _SUFFIX.get(noun)
    if suffix is None or country not in view.knowledge.places:
        return ()
    place = view.knowledge.places[country]
    if place.kind not in ("country", "territory"):
        return ()
    return (view.knowledge.body(country, suffix).id,)


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
        if not _agrees(body.noun, word.base):
            break
        adjectives.append(word.base)
        if word.demonym:
            country = word.demonym
            last = j
            while view.joined(last) and _trails(view, last + 1, body.noun):
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
    if body.noun in ("برنامج", "قوه") and not adjectives[-1:] == ["المشتركه"]:
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
            ids = _forces(view, at, last, country)
        return _made(view, at, last, body, country=country, ids=ids)
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
    return _made(view, at, last, body)


def _trails(view: View, at: int, noun: str) -> bool:
    """«القوة العربية المشتركة», «الجيش العربي السوري»: adjectives after the first nationality."""
    word = view.classes[at]
    if word.cut or not word.definite or not _agrees(noun, word.base):
        return False
    return word.base in word_set("trailing-adjective") or bool(word.demonym)


def not_a_body(view: View, at: int) -> bool:
    """Tell whether a body's noun is part of a post or candidacy: «وزير الخارجية», «مرشح للرئاسة»."""
    word = view.classes[at]
    if word.body is None or not word.definite:
        return False
    if word.body.noun == "رئاسه" and word.letters == "ل":
        return True
    return word.body.noun in ("خارجيه", "داخليه") and _after_role(view, at)


def _after_role(view: View, at: int) -> bool:
    """«وزير الخارجية الروسية» (so misspelled) is a post, not a ministry."""
    before = view.classes[at - 1] if at and view.joined(at - 1) else None
    return before is not None and before.role is not None and not before.definite


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
        return _made(view, at, close, body, ids=ids)
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
    return _made(view, at, last, body, country=country)


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
            return _made(view, at, last, body, ids=(types["ORG"],))
        return _made(view, at, _seat(view, body, last), body)
    if "PER" in types:
        # «ميليشيات الحوثي» is a group's name, «قوات صالح» and «إدارة أوباما» are not.
        return None
    if "LOC" in types:
        country = types["LOC"]
        if body.noun in word_set("loose-body") or body.noun in ("جبهه", "تحالف", "مقاومه"):
            return None
        if body.state or body.kind in ("igo", "committee", "ngo", "company", "court", "think-tank"):
            return _made(
                view, at, last, body, country=country, ids=state_body(view, body.noun, country)
            )
        if body.kind in _ARMED:
            return _made(view, at, last, body, country=country)
    return None


def _seat(view: View, body: Body, last: int) -> int:
    """«بعثة الأمم المتحدة في العراق»: a mission's place belongs to its name."""
    if body.noun != "بعثه" or last + 2 >= len(view) or not view.joined(last):
        return last
    place = view.match.get(last + 2)
    if view.words.norm[last + 1] in ("في", "الي") and place is not None:
        return place.last if view.type_of(place.ids[0]) == "LOC" else last
    return last


def _ministry(view: View, at: int, body: Body) -> Found | None:
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
        ids = (view.knowledge.body(country, suffix).id,)
    return _made(view, at, last, body, country=country, ids=ids)


def _construct_body(view: View, at: int, body: Body) -> Found | None:
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
            while view.joined(last) and _trails(view, last + 1, body.noun):
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
        return _made(view, at, last, body, country=country, ids=ids)
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
    return _made(view, at, last, body, country=country)


def closing_quote(view: View, at: int) -> int:
    """Return ``at`` moved past a quotation mark that closes right after it."""
    if at + 1 < len(view) and view.words.norm[at + 1] in QUOTES:
        return at + 1
    return at


def is_body(word: WordClass) -> bool:
    """Tell whether a word opens an organisation's name."""
    return word.body is not None
