"""Where a name ends: the role that follows it, «و» before it, and «علي» that reads like a preposition."""

from __future__ import annotations

from mahdar.annotation.names.view import Found, View
from mahdar.annotation.names.wordlists import word_set
from mahdar.text.normalize import surface_offset

_SURE_GIVEN = 20
_GIVEN = 10


def mend_ends(view: View, chosen: list[Found]) -> None:
    """Mend the ends of names: «فيصل بن خالد» أمير منطقة عسير, علي «حسين باكير», و«كرمنشاه» after a place."""
    told_apart = "على" in view.text
    ends: dict[int, Found] = {}
    for item in chosen:
        if item.type == "PER" and not item.ids:
            while item.last > item.first + 1 and _begins_role(view, item.last):
                item.last -= 1
                item.end = view.words.end[item.last]
            before = item.first - 1
            if told_apart and before >= 0 and view.words.text[before] == "علي":
                if view.joined(before) and view.classes[item.first].given >= _GIVEN:
                    if item.start == view.words.start[item.first] and before not in ends:
                        item.first, item.start = before, view.words.start[before]
        beside = ends.get(item.first - 1)
        if beside is not None and beside.type == item.type and item.rule == "tagger":
            whole = view.words.norm[item.first]
            if whole.startswith("و") and item.start == view.words.start[item.first]:
                if not item.ids and len(whole) > 4:
                    item.start += surface_offset(view.words.text[item.first], 1)
        ends[item.last] = item


def _begins_role(view: View, at: int) -> bool:
    """Tell whether a name's last word is the role that follows it: «أمير منطقة …», «قنصلا عاما»."""
    word = view.classes[at]
    if word.role is None or word.cut or word.family >= _SURE_GIVEN:
        return False
    if not word.definite and word.base == word.role.lemma + "ا":
        return True
    after = view.classes[at + 1] if view.joined(at) else None
    return (
        after is not None
        and word.role.kind == "office"
        and not word.definite
        and (after.place is not None or at + 1 in view.match)
        and not after.cut
    )


def opens_role(view: View, at: int) -> bool:
    """Tell whether a word after a name begins a role that a preposition goes on."""
    word = view.classes[at]
    return (
        word.role is not None
        and word.definite
        and not word.family
        and view.joined(at)
        and view.words.norm[at + 1] in word_set("role-preposition")
    )
