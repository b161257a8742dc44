"""What the names of organisations have in common: agreement, the state's bodies, what is no name."""

from __future__ import annotations

from mahdar.annotation.names.view import Found, View
from mahdar.annotation.names.wordclasses import Body
from mahdar.annotation.names.wordlists import word_set

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


def is_feminine(noun: str) -> bool:
    """Tell whether adjectives of a noun take the feminine: by its ending, or as a broken plural."""
    return noun.endswith(("ه", "ات", "اء", "يا")) or noun in word_set("feminine-plural")


def agrees(noun: str, adjective: str) -> bool:
    """Tell whether an adjective has the gender that a noun asks for."""
    return is_feminine(noun) == adjective.endswith(("ه", "اء"))


def make_body(
    view: View, at: int, last: int, body: Body, *, country: str = "", ids: tuple[str, ...] = ()
) -> Found:
    """Return the organisation in words ``at`` to ``last``, the first past its proclitics."""
    end = view.words.end[last]
    return Found(at, last, view.start(at), end, "ORG", ids, "body", 1.0, body.noun, country)


def forces_of(view: View, at: int, last: int, country: str) -> tuple[str, ...]:
    """«القوات التركية», «القوات المسلحة المصرية»: the state's army."""
    plain = [w.base for w in view.classes[at + 1 : last + 1] if not w.demonym]
    if country not in view.knowledge.places or any(base != "المسلحه" for base in plain):
        return ()
    if view.knowledge.places[country].kind not in ("country", "territory"):
        return ()
    return (view.body_of(country, "army"),)


def state_body(view: View, noun: str, country: str) -> tuple[str, ...]:
    """Return the pack id of a state's body («الخارجية» of ``russia``); empty when none fits."""
    suffix = _SUFFIX.get(noun)
    if suffix is None or country not in view.knowledge.places:
        return ()
    place = view.knowledge.places[country]
    if place.kind not in ("country", "territory"):
        return ()
    return (view.body_of(country, suffix),)


def trails(view: View, at: int, noun: str) -> bool:
    """«القوة العربية المشتركة», «الجيش العربي السوري»: adjectives after the first nationality."""
    word = view.classes[at]
    if word.cut or not word.definite or not agrees(noun, word.base):
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
