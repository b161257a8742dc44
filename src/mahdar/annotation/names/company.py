"""Pack names that the words beside them bear out or belie: «تنظيمي داعش والقاعدة», «قوات صالح»."""

from __future__ import annotations

from collections import Counter

from mahdar.annotation.names.view import View
from mahdar.annotation.names.wordlists import word_set
from mahdar.knowledge.index import NameMatch
from mahdar.knowledge.records import Actor, Place

# Bodies that many states have under one name («الحرس الجمهوري»).
_STATE_KINDS = frozenset(("army", "security", "ministry", "government", "parliament", "presidency"))


def kind_of(view: View, id_: str) -> str:
    """Return the kind of a pack's actor or place, empty for others."""
    record = view.knowledge.record(id_)
    return record.kind if isinstance(record, Actor | Place) else ""


def of_another_state(view: View, match: NameMatch, countries: Counter[str]) -> bool:
    """«الحرس الجمهوري» in an article on Egypt: a common title of bodies, listed for a state not named."""
    record = view.knowledge.actors.get(match.ids[0])
    if record is None or record.kind not in _STATE_KINDS or len(match.ids) > 1:
        return False
    own = {c for c in (record.country,) if c}
    same = sum(1 for m in view.match.values() if not m.weak and m.ids[0] == match.ids[0])
    if not own or countries.total() <= same or any(countries[c] > same for c in own):
        return False
    words = view.classes[match.first : match.last + 1]
    titles = (w.common or w.body or w.group or w.base.endswith(("ي", "يه")) for w in words)
    return all(titles) and not any(w.demonym for w in words)


def beside_forces(view: View, match: NameMatch) -> bool:
    """«ميليشيات الحوثي وصالح», «المخلوع صالح», «قوات صالح»: a surname that other words bear out."""
    first, word = match.first, view.classes[match.first]
    after = view.classes[match.last + 1] if view.joined(match.last) else None
    if after is not None and (after.given or after.family) and not after.common:
        return False
    before = view.classes[first - 1]
    if word.letters == "و":
        neighbour = view.inside.get(first - 1)
        return (
            neighbour is not None
            and not neighbour.weak
            and kind_of(view, neighbour.ids[0]) == "armed-group"
            and view.country_of(neighbour.ids[0]) == view.country_of(match.ids[0])
        )
    return not word.letters and before.base in word_set("before-surname")


def is_armed(view: View, match: NameMatch, firm_ids: set[str]) -> bool:
    """Tell whether a name shows an article to speak of an armed group: in full, or by its company."""
    if kind_of(view, match.ids[0]) != "armed-group" or not match.weak:
        return False
    return match.ids[0] in firm_ids or _among_fighters(view, match)


def holds_place(view: View, at: int) -> bool:
    """«في القاعدة», «بالقاعدة»: where something is."""
    before = view.words.norm[at - 1] if at and view.joined(at - 1) else ""
    return view.classes[at].letters.endswith("ب") or before in word_set("place-preposition")


def _among_fighters(view: View, match: NameMatch) -> bool:
    """«تنظيمي داعش والقاعدة», «مقاتلو القاعدة»: an armed group's name that is a word of daily use too."""
    first = match.first
    if not first or not view.joined(first - 1):
        return False
    letters, before = view.classes[first].letters, view.classes[first - 1]
    if letters == "و":
        neighbour = view.inside.get(first - 1)
        return (
            neighbour is not None
            and not neighbour.weak
            and kind_of(view, neighbour.ids[0]) == "armed-group"
        )
    if letters:
        return False
    led = before.base in word_set("leads-armed")
    return led or (before.role is not None and before.role.kind in ("fighters", "group"))
