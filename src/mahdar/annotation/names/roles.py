"""Role phrases: «وزير الخارجية الروسي», «المتحدث باسم …», «نظيره المصري», «مصادر دبلوماسية»."""

from __future__ import annotations

from mahdar.annotation.names.rolephrase import RoleParser
from mahdar.annotation.names.view import Phrase, View

COURTESY = frozenset(
    ["سموه", "معاليه", "جلالته", "فخامته", "سعادته", "سيادته", "دولته", "فضيلته", "سماحته", "سموها"]
)

# «معبرا عن سعادته»: his joy, not his excellency.
_OF_FEELING = frozenset(("عن", "مدي", "من"))


def find_roles(view: View) -> list[Phrase]:
    """Return the role phrases of an article, outermost only, in reading order."""
    found: list[Phrase] = []
    at = 0
    while at < len(view):
        word = view.classes[at]
        if at in view.named and view.named[at].head != "مكتب":
            at = view.named[at].last + 1
            continue
        if word.norm in COURTESY and not (at and view.words.norm[at - 1] in _OF_FEELING):
            found.append(_courtesy(view, at))
        if word.role is None or (word.given and _is_name_here(view, at)):
            at += 1
            continue
        phrase = RoleParser(view, at, word.role).parse()
        if phrase is None:
            at += 1
            continue
        found.append(phrase)
        found.extend(_nested(view, phrase))
        at = phrase.last + 1
    return found


def _courtesy(view: View, at: int) -> Phrase:
    """«سموه», «معاليه»: a title with a pronoun stands for a person spoken of."""
    start, end = view.start(at), view.words.end[at]
    return Phrase(
        at, at, start, end, "PER", "سمو", "courtesy", owned=True, key=view.norm_of(at, at)
    )


def _is_name_here(view: View, at: int) -> bool:
    known = view.inside.get(at)
    return known is not None and view.type_of(known.ids[0]) == "PER"


def _nested(view: View, outer: Phrase) -> list[Phrase]:
    """Return definite role phrases inside another: «مستشار [الرئيس اليمني]»."""
    found = []
    at = outer.first + 1
    while at <= outer.last:
        word = view.classes[at]
        if word.role is not None and word.definite and word.role.kind == "office":
            if word.role.form.number == "one" and word.base not in ("العضو",):
                inner = RoleParser(view, at, word.role).parse()
                if inner is not None and inner.last <= outer.last:
                    found.append(inner)
                    at = inner.last
        at += 1
    return found
