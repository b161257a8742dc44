"""Short forms of names that stand in full elsewhere in the article: surnames, acronyms, first parts."""

from __future__ import annotations

from mahdar.annotation.names.clusters import Cluster, Clusters
from mahdar.annotation.names.view import CLOSING, OPENING, QUOTES, Found, View
from mahdar.annotation.names.wordlists import word_set
from mahdar.knowledge.spelling import Units, skeleton
from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import surface_offset

_BONES = 3  # consonants a surname spelled otherwise must share
_Forms = dict[str, list[tuple[tuple[str, ...], Cluster]]]


def find_short_forms(view: View, clusters: Clusters, taken: set[int]) -> list[Found]:
    """Find short forms on free words, join them to their entities and return them."""
    persons, bones = _surnames(view, clusters)
    bodies = _body_forms(clusters)
    units = Units(view.words)
    found: list[Found] = []
    at = 0
    while at < len(units.norm):
        hit = None
        if units.first[at] not in taken and units.last[at] not in taken:
            hit = _surname_at(view, clusters, units, at, persons, bones, taken) or _body_at(
                view, units, at, bodies, taken
            )
        if hit is None:
            at += 1
            continue
        item, cluster, size = hit
        clusters.put(item, cluster)
        taken.update(range(item.first, item.last + 1))
        found.append(item)
        at += size
    return found


def _surnames(view: View, clusters: Clusters) -> tuple[_Forms, dict[str, Cluster]]:
    forms: _Forms = {}
    bones: dict[str, Cluster] = {}
    owner: dict[tuple[str, ...], Cluster] = {}
    for cluster in clusters.all:
        if cluster.type != "PER" or not cluster.named:
            continue
        for name in clusters.surnames(cluster):
            for variant in _with_and_without_article(name):
                # Of two persons with one surname the first to be named in full keeps it.
                if owner.setdefault(variant, cluster) is cluster:
                    forms.setdefault(variant[0], []).append((variant, cluster))
            if len(name) == 1 and len(skeleton(name[0])) >= _BONES and not name[0].startswith("ال"):
                bones.setdefault(skeleton(name[0]), cluster)
    return forms, bones


def _with_and_without_article(name: tuple[str, ...]) -> list[tuple[str, ...]]:
    if len(name) > 1:
        return [name]
    unit = name[0]
    if unit.startswith("ال") and len(unit) > 4:
        return [name, (unit[2:],)]
    return [name, ("ال" + unit,)]


def _surname_at(
    view: View,
    clusters: Clusters,
    units: Units,
    at: int,
    forms: _Forms,
    bones: dict[str, Cluster],
    taken: set[int],
) -> tuple[Found, Cluster, int] | None:
    for cut, rest in proclitic_splits(units.norm[at]):
        for name, cluster in forms.get(rest, ()):
            size = len(name)
            if tuple(units.norm[at + 1 : at + size]) != name[1:]:
                continue
            if size == 1 and not _is_name(view, units.first[at], cut, rest):
                continue
            if not cut and (whole := _with_given(view, units, at, size, taken)):
                return whole, clusters.person_of(whole), size
            return _found(view, units, at, size, cut, "PER"), cluster, size
        if len(rest) > 4 and rest not in view.lexicon.common and not rest.startswith("ال"):
            other = bones.get(skeleton(rest))
            if other is not None and _is_name(view, units.first[at], cut, rest):
                return _found(view, units, at, 1, cut, "PER"), other, 1
    return None


def _with_given(view: View, units: Units, at: int, size: int, taken: set[int]) -> Found | None:
    """«فيكي كيندي» where «كيندي» is known as another's surname: a name of its own."""
    if not at or units.last[at - 1] + 1 != units.first[at]:
        return None
    first = units.first[at - 1]
    word = view.classes[first]
    if first in taken or not view.joined(first) or word.stop or word.title or word.role:
        return None
    if word.given < 10 and not (word.given and view.words.text[first] == "علي"):
        return None
    last = units.last[at + size - 1]
    return Found(first, last, view.start(first), view.words.end[last], "PER", (), "short")


def _found(view: View, units: Units, at: int, size: int, cut: int, type_: str) -> Found:
    first, last = units.first[at], units.last[at + size - 1]
    start = view.words.start[first]
    if cut:
        start += surface_offset(view.words.text[first], cut)
    return Found(first, last, start, view.words.end[last], type_, (), "short")  # type: ignore[arg-type]


def _is_name(view: View, at: int, cut: int, rest: str) -> bool:
    """Tell whether a word that equals a known surname stands for the person here."""
    word = view.lexicon.describe(rest)
    before = view.classes[at - 1] if at and view.joined(at - 1) else None
    titled = before is not None and before.title in ("person", "office", "rank")
    if titled:
        return True
    if view.words.norm[at] in view.lexicon.stops:
        return False
    follows = view.classes[at + 1] if view.joined(at) else None
    if word.given >= 20 and follows is not None and (follows.given or follows.family >= 20):
        return False
    risky = word.common or word.demonym or word.adjective or word.role or word.stop or word.group
    if not risky:
        return not (cut and view.classes[at].common)
    if cut and word.letters:
        return False
    norm_before = view.words.norm[at - 1] if before is not None else ""
    if norm_before in word_set("before-person") and norm_before not in ("مع", "بين"):
        return True
    if before is None and follows is not None and not follows.word:
        return view.words.norm[at + 1] == ":"
    quoted = (
        at > 0
        and at + 1 < len(view)
        and view.words.norm[at - 1] in QUOTES
        and view.words.norm[at + 1] in QUOTES
    )
    return quoted or (
        view.words.sentence[at] == 0 and at + 1 < len(view) and view.words.norm[at + 1] == ":"
    )


def _body_forms(clusters: Clusters) -> _Forms:
    forms: _Forms = {}
    for cluster in clusters.all:
        if cluster.type != "ORG" or not cluster.named or len(cluster.units) < 2:
            continue
        head = cluster.units[0].removeprefix("ال")
        if head in word_set("head-as-name"):
            short = ("ال" + head,)
            forms.setdefault(short[0], []).append((short, cluster))
        if not cluster.units[0].startswith("ال") and len(cluster.units) > 2:
            rest = cluster.units[1:]
            forms.setdefault(rest[0], []).append((rest, cluster))
    return forms


def _body_at(
    view: View, units: Units, at: int, forms: _Forms, taken: set[int]
) -> tuple[Found, Cluster, int] | None:
    for cut, rest in proclitic_splits(units.norm[at]):
        for name, cluster in forms.get(rest, ()):
            size = len(name)
            if tuple(units.norm[at + 1 : at + size]) != name[1:]:
                continue
            if any(i in taken for i in range(units.first[at], units.last[at + size - 1] + 1)):
                continue
            return _found(view, units, at, size, cut, "ORG"), cluster, size
    return None


def find_aliases(view: View, clusters: Clusters, taken: set[int]) -> list[Found]:
    """Find other names in brackets or quotation marks right after a body's name: «… (اليونيسف)»."""
    found: list[Found] = []
    for item in sorted(clusters.found_last.values(), key=lambda f: f.start):
        if item.type != "ORG":
            continue
        at = item.last + 1
        if at + 2 >= len(view) or view.words.norm[at] not in OPENING or at in taken:
            continue
        close = next(
            (j for j in range(at + 2, min(at + 7, len(view))) if view.words.norm[j] in CLOSING), 0
        )
        if not close or any(j in taken for j in range(at + 1, close)):
            continue
        inner = view.classes[at + 1 : close]
        if any(not w.word and w.norm not in (".", "") for w in inner) or len(inner) > 5:
            continue
        first = inner[0]
        if not first.word or first.stop or first.common or first.demonym or first.role or first.cut:
            continue
        alias = Found(
            at + 1,
            close - 1,
            view.words.start[at + 1],
            view.words.end[close - 1],
            "ORG",
            (),
            "alias",
        )
        clusters.put(alias, clusters.of_found[item.first])
        taken.update(range(at + 1, close))
        found.append(alias)
    return found
