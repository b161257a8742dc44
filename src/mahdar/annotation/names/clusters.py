"""Named mentions joined into entities: by pack id, by equal or contained names."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from mahdar.annotation.names.view import CLOSING, OPENING, Found, View
from mahdar.knowledge.posts import holds
from mahdar.knowledge.records import Actor, Place, Post
from mahdar.knowledge.spelling import name_units, skeleton, surname_of
from mahdar.model import EntityType, MentionKind

# Posts whose holder the press calls by the surname alone.
_HIGH = frozenset(("president", "prime-minister", "king", "supreme-leader", "foreign-minister"))
_GIVEN = 10  # of a hundred uses of a word, as many as make it a given name
_CANDIDATES = 40  # entities looked at under one word, the latest: keeps long texts linear


@dataclass(frozen=True, slots=True)
class Fact:
    """What a title says of a person: role, post of the packs, state, bodies; past posts are ``former``."""

    lemma: str
    title: str = ""
    country: str = ""
    of: tuple[str, ...] = ()
    former: bool = False
    field: str = ""
    key: str = ""


@dataclass(slots=True)
class Cluster:
    """An entity in the making. ``country`` is ISO 3166-1 alpha-2; ``head`` the noun its name opens with.

    ``units`` is its longest name as packs compare names; ``place`` marks what kind of place or body.
    """

    type: EntityType
    kb: str | None = None
    units: tuple[str, ...] = ()
    name: str = ""
    head: str = ""
    kind: str = ""
    country: str = ""
    state: str = ""
    key: str = ""
    source: bool = False
    styles: set[str] = field(default_factory=set)
    facts: list[Fact] = field(default_factory=list)
    mentions: list[tuple[int, int, MentionKind]] = field(default_factory=list)
    members: list[Cluster] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    merged: bool = False

    @property
    def named(self) -> bool:
        """Whether any mention names it."""
        return any(kind == "named" for _, _, kind in self.mentions)

    def add(self, start: int, end: int, kind: MentionKind) -> None:
        """Add a mention; the same span again changes nothing."""
        if not any(m[0] == start and m[1] == end for m in self.mentions[-4:]):
            self.mentions.append((start, end, kind))


class Clusters:
    """All entities of an article, with the look-ups that joining needs."""

    def __init__(self, view: View, countries: Container[str] = (), date: str | None = None) -> None:
        self.view = view
        self.countries = countries
        self.date = date
        self._surname_memo: dict[int, set[tuple[str, ...]]] = {}
        self._index: dict[tuple[str, str], deque[Cluster]] = {}
        self._indexed: set[tuple[int, tuple[str, ...]]] = set()
        self._embassies: list[Cluster] = []
        self.all: list[Cluster] = []
        self.by_kb: dict[str, Cluster] = {}
        self.by_key: dict[tuple[str, str], Cluster] = {}
        self.of_found: dict[int, Cluster] = {}
        """First word of a named mention -> its entity."""
        self.found_last: dict[int, Found] = {}
        self.found_first: dict[int, Found] = {}

    def known(self, id_: str, type_: EntityType) -> Cluster:
        """Return the entity of a pack record, new if the article has none yet."""
        cluster = self.by_kb.get(id_)
        if cluster is None:
            cluster = Cluster(type_, kb=id_)
            record = self.view.knowledge.record(id_)
            if isinstance(record, Actor | Place):
                names = record.names.get("ar", ())
                cluster.units = name_units(names[0]) if names else ()
                cluster.name = names[0] if names else id_
                cluster.kind = record.kind
                cluster.country = record.country or ""
                if isinstance(record, Actor):
                    cluster.facts = [_post_fact(self.view, post) for post in record.posts]
                elif record.kind in ("country", "territory"):
                    cluster.state = id_
                if cluster.units and type_ == "ORG":
                    cluster.head = cluster.units[0].removeprefix("ال")
            self.by_kb[id_] = cluster
            self.all.append(cluster)
            self._note(cluster)
        return cluster

    def local(self, type_: EntityType, key: str, **values: str) -> Cluster:
        """Return the entity with a local key, new if the article has none yet."""
        cluster = self.by_key.get((type_, key))
        if cluster is None:
            cluster = Cluster(type_, key=key, **values)  # type: ignore[arg-type]
            self.by_key[type_, key] = cluster
            self.all.append(cluster)
        return cluster

    def join_named(self, found: list[Found]) -> None:
        """Join named mentions into entities; full names first, so that shorter ones find them."""
        for item in sorted(found, key=lambda f: (not f.ids, f.first - f.last, f.start)):
            self.put(item, self._cluster_of(item))
        for item in found:
            self._join_alias(item)

    def _join_alias(self, item: Found) -> None:
        """«بعثة الأمم المتحدة في العراق (يونامي)»: a name in brackets right after another is the same."""
        if item.type != "ORG" or item.last + 3 >= len(self.view):
            return
        if self.view.words.norm[item.last + 1] not in OPENING:
            return
        alias = self.found_first.get(item.last + 2)
        if (
            alias is None
            or alias.type != "ORG"
            or alias.last + 1 >= len(self.view)
            or self.view.words.norm[alias.last + 1] not in CLOSING
        ):
            return
        one, other = self.of_found[item.first], self.of_found[alias.first]
        if one is other or (one.kb and other.kb):
            return
        keep, drop = (one, other) if one.kb or not other.kb else (other, one)
        self.merge(keep, drop)

    def merge(self, keep: Cluster, drop: Cluster) -> None:
        """Make one entity of two; the second is left without mentions."""
        keep.mentions.extend(drop.mentions)
        keep.facts.extend(drop.facts)
        for first in drop.firsts:
            self.of_found[first] = keep
            if keep.kb:
                self.found_first[first].ids = (keep.kb,)
        keep.firsts.extend(drop.firsts)
        drop.mentions, drop.merged = [], True

    def put(self, item: Found, cluster: Cluster) -> None:
        """Add a named mention to an entity."""
        cluster.add(item.start, item.end, "named")
        cluster.firsts.append(item.first)
        if cluster.kb and not item.ids:
            item.ids = (cluster.kb,)
        if item.type == "PER" and item.first:
            for at in range(max(0, item.first - 4), item.first):
                if self.view.classes[at].title:
                    cluster.styles.add(self.view.classes[at].base)
        self.of_found[item.first] = cluster
        self.found_last[item.last] = item
        self.found_first[item.first] = item

    def _cluster_of(self, item: Found) -> Cluster:
        view = self.view
        if item.ids:
            return self.known(item.ids[0], item.type)
        units = self._units(item)
        if item.type == "PER":
            cluster = self._person(units)
        elif item.type == "ORG":
            cluster = self._body(item, units)
        else:
            cluster = self._place(item, units)
        if not cluster.name or len(units) > len(cluster.units):
            cluster.name = view.text[item.start : item.end]
            if not cluster.kb:
                cluster.units = units
                self._surname_memo.pop(id(cluster), None)
        self._note(cluster)
        return cluster

    def _note(self, cluster: Cluster) -> None:
        """Put an entity under the words by which another mention may find it."""
        if not cluster.units or (id(cluster), cluster.units) in self._indexed:
            return
        self._indexed.add((id(cluster), cluster.units))
        keys = {cluster.units[0], cluster.units[-1]}
        if len(cluster.units) > 1:
            keys.add(cluster.units[1])
        if cluster.type == "PER":
            keys = {skeleton(cluster.units[0])}
            if len(cluster.units) > 1:
                keys |= {
                    f"~{skeleton(name[-1].removeprefix('ال'))}" for name in self.surnames(cluster)
                }
        for key in keys:
            self._index.setdefault((cluster.type, key), deque(maxlen=_CANDIDATES)).append(cluster)

    def _candidates(self, type_: EntityType, key: str) -> Iterable[Cluster]:
        """Return the latest entities noted under a word, merged ones left out."""
        return [c for c in self._index.get((type_, key), ()) if not c.merged]

    def _units(self, item: Found) -> tuple[str, ...]:
        """Return the units of a mention; the «ال» that «لل» hides is written out."""
        text = self.view.text[item.start : item.end]
        if item.start and text.startswith("ل") and self.view.text[item.start - 1] == "ل":
            text = "ا" + text
        return name_units(text)

    def person_of(self, item: Found) -> Cluster:
        """Return the person a full name means, new if the article has none of that name."""
        return self._cluster_of(item)

    def _person(self, units: tuple[str, ...]) -> Cluster:
        if len(units) == 1 or surname_of(("x", *units)) == units:
            known = self._by_surname(units)
            if known is not None:
                return known
        for cluster in self._candidates("PER", skeleton(units[0]) if units else ""):
            if same_person(units, cluster.units):
                return cluster
        return self._by_ending(units) or self.local("PER", " ".join(units), head="")

    def _by_ending(self, units: tuple[str, ...]) -> Cluster | None:
        """«سيد قادر» after «مصطفى سيد قادر»: the last words of a longer name that open with no given name."""
        if len(units) < 2 or self.view.lexicon.given.get(units[0], 0) >= _GIVEN:
            return None
        for cluster in self._candidates("PER", f"~{skeleton(units[-1].removeprefix('ال'))}"):
            if len(cluster.units) > len(units) and cluster.units[-len(units) :] == units:
                return cluster
        return None

    def _by_surname(self, units: tuple[str, ...]) -> Cluster | None:
        """The person of the article whose surname this is; else the one whom packs so call."""
        bare = units[0].removeprefix("ال") if len(units) == 1 else ""
        bones = skeleton(units[0]) if len(units) == 1 else ""
        for cluster in self._candidates("PER", f"~{skeleton(units[-1].removeprefix('ال'))}"):
            for surname in self.surnames(cluster):
                if surname == units or (
                    bare and len(surname) == 1 and surname[0].removeprefix("ال") == bare
                ):
                    return cluster
                if len(surname) == 1 and len(bones) > 2 and skeleton(surname[0]) == bones:
                    return cluster
        ids = self.view.knowledge.by_surname(" ".join(units))
        here = [id_ for id_ in ids if id_ in self.by_kb] or [
            id_ for id_ in ids if self.view.country_of(id_) in self.countries
        ]
        if len(here) > 1:
            here = [id_ for id_ in here if self._holds_high_post(id_)]
        return self.known(here[0], "PER") if len(here) == 1 else None

    def _holds_high_post(self, id_: str) -> bool:
        """«سلام» in the Lebanon of 2015 is its prime minister, not its ambassador."""
        actor = self.view.knowledge.actors[id_]
        return self.date is not None and any(
            post.title in _HIGH and holds(post, self.date) for post in actor.posts
        )

    def surnames(self, cluster: Cluster) -> set[tuple[str, ...]]:
        """Return what a person may be called by after the full name, in units."""
        known = self._surname_memo.get(id(cluster))
        if known is None:
            known = {surname_of(cluster.units)}
            record = self.view.knowledge.actors.get(cluster.kb or "")
            if record is not None and record.surname:
                known = {name_units(s) for s in record.surname}
            elif record is not None:
                known |= {surname_of(name_units(n)) for n in record.names.get("ar", ())}
            if record is not None and not record.surname_alone:
                known = {name for name in known if not self._of_another(name, record)}
            known = {name for name in known if name and name[-1].isalpha()}
            self._surname_memo[id(cluster)] = known
        return known

    def _of_another(self, name: tuple[str, ...], record: Actor) -> bool:
        """«صالح» beside «طارق صالح» is still the president of that surname."""
        knowledge = self.view.knowledge
        return any(
            id_ != record.id and self.view.country_of(id_) == record.country
            for id_ in knowledge.by_surname(" ".join(name))
        )

    def _body(self, item: Found, units: tuple[str, ...]) -> Cluster:
        key = " ".join(units)
        near = (
            (*self._candidates("ORG", units[0]), *self._candidates("ORG", units[-1]))
            if units
            else ()
        )
        for cluster in near:
            if not cluster.named:
                continue
            if units == cluster.units:
                return cluster
            if len(units) > 1 and cluster.units[: len(units)] == units:
                return cluster
            if len(units) == 1 and cluster.units[0] == units[0] and len(cluster.units) > 1:
                return cluster  # «الائتلاف», «المرصد»
            if len(cluster.units) > len(units) and cluster.units[-len(units) :] == units:
                if not cluster.units[0].startswith("ال"):
                    return cluster  # «الكردستاني», «المؤتمر الوطني»
        if item.head == "سفاره" and item.country:
            for cluster in self._embassies:
                if cluster.state == item.country:
                    return cluster  # «السفارة الاماراتية», «سفارة الامارات»
        cluster = self.local("ORG", key)
        if item.head == "سفاره":
            self._embassies.append(cluster)
        cluster.head = cluster.head or item.head or units[0].removeprefix("ال") if units else ""
        state = item.country
        if state and state in self.view.knowledge.places:
            cluster.state = cluster.state or state
            cluster.country = cluster.country or self.view.knowledge.places[state].country or ""
        known = self.view.lexicon.bodies.get(cluster.head)
        cluster.kind = cluster.kind or (known.kind if known else "")
        return cluster

    def _place(self, item: Found, units: tuple[str, ...]) -> Cluster:
        for cluster in self._candidates("LOC", units[0] if units else ""):
            if units == cluster.units or (
                len(cluster.units) > 1
                and (cluster.units[1:] == units or cluster.units[:2] == units)
            ):
                return cluster
        cluster = self.local("LOC", " ".join(units))
        known = self.view.lexicon.places.get(item.head)
        if known is not None and not cluster.kind:
            cluster.kind = known.kind
        return cluster


def _post_fact(view: View, post: Post) -> Fact:
    place = view.knowledge.places.get(post.of)
    if place is not None:
        return Fact("", post.title, post.of)
    return Fact("", post.title, "", (post.of,))


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether two names in units are one person's: equal, one within the other, or spelled apart.

    A single unit is a surname: it is never joined here.
    """
    if a == b:
        return bool(a)
    if len(a) < 2 or len(b) < 2:
        return False
    if a[0] == b[0] and surname_of(a) == surname_of(b):
        return True
    if a[0] == b[0] and (set(a) <= set(b) or set(b) <= set(a)):
        return True
    bones_a, bones_b = tuple(map(skeleton, a)), tuple(map(skeleton, b))
    return bones_a == bones_b and sum(map(len, bones_a)) > 4
