"""Nominals that no name stands beside: whom «الوزير الروسي», «الحركة», «بلاده» or «الجانبان» mean."""

from __future__ import annotations

from collections import Counter

from mahdar.annotation.names.appositions import compatible, give
from mahdar.annotation.names.clusters import Cluster, Clusters, Fact
from mahdar.annotation.names.view import Phrase, View
from mahdar.annotation.names.wordlists import word_set
from mahdar.knowledge.records import Place

_ARMED = frozenset(("armed-group", "movement", "army"))
_CITY_KINDS = frozenset(("city", "capital", "town", "village"))
_STATES = frozenset(("country", "territory"))
_KIND_OF_GROUP = {
    "government": frozenset(("government",)),
    "army": frozenset(("army",)),
    "security": frozenset(("security",)),
    "movement": frozenset(("movement", "armed-group", "party")),
    "party": frozenset(("party", "movement")),
    "armed-group": frozenset(("armed-group", "movement")),
    "ministry": frozenset(("ministry",)),
    "committee": frozenset(("committee", "un-body", "parliament", "coalition")),
    "agency": frozenset(("agency",)),
    "newspaper": frozenset(("newspaper",)),
    "broadcaster": frozenset(("broadcaster",)),
    "parliament": frozenset(("parliament",)),
    "presidency": frozenset(("presidency",)),
    "coalition": frozenset(("coalition", "opposition")),
    "igo": frozenset(("igo",)),
    "ngo": frozenset(("ngo", "igo", "un-body")),
    "court": frozenset(("court",)),
    "opposition": frozenset(("opposition", "coalition")),
    "delegation": frozenset(("delegation",)),
    "people": frozenset(("people",)),
    "media": frozenset(("media",)),
    "contact-group": frozenset(("contact-group", "igo")),
}
# Posts that many hold at once: the body or field must agree too.
_VAGUE = frozenset(
    (
        "minister",
        "member",
        "leader",
        "commander",
        "spokesperson",
        "ambassador",
        "envoy",
        "president",
        "secretary-general",
        "director-general",
        "coordinator",
        "governor",
        "negotiator",
        "vice-president",
    )
)
_BODY_SUFFIX = {
    "government": "government",
    "army": "army",
    "parliament": "parliament",
    "presidency": "presidency",
}
_STYLES = {
    "سموه": frozenset(("الامير", "الشيخ", "سمو", "السمو")),
    "سموها": frozenset(("الاميره", "الشيخه", "سمو")),
    "معاليه": frozenset(("معالي", "الوزير", "الاستاذ", "الدكتور")),
    "جلالته": frozenset(("الملك", "جلاله", "السلطان")),
    "فخامته": frozenset(("الرئيس", "فخامه")),
    "سيادته": frozenset(("الرئيس", "سياده")),
    "سماحته": frozenset(("الشيخ", "سماحه", "المفتي", "السيد")),
    "فضيلته": frozenset(("الشيخ", "فضيله")),
    "دولته": frozenset(("دوله",)),
    "سعادته": frozenset(("سعاده", "السفير")),
}
_GROUPS = 40  # armed groups and parties of one article that «المتمردون» may mean
_NEARBY = 16  # mentions back that «البلدان» may mean
_NO_LINK = frozenset(("طائرات", "مقاتلات", "طيران", "مدفعيه", "دبابات"))


class Resolver:
    """Goes through an article's nominals in reading order and gives each to an entity."""

    def __init__(
        self, view: View, clusters: Clusters, countries: Counter[str], date: str | None
    ) -> None:
        self.view = view
        self.clusters = clusters
        self.date = date
        self.order = [
            state
            for code, _ in countries.most_common()
            if (state := view.knowledge.states.get(code, ""))
        ]
        self.timeline: list[tuple[int, Cluster]] = sorted(
            ((start, c) for c in clusters.all for start, _, _ in c.mentions), key=lambda x: x[0]
        )
        self.groups = [
            c
            for c in clusters.all
            if c.kind in ("armed-group", "movement", "party") and c.named and c.head != "مقاومه"
        ][:_GROUPS]
        self.pos = 0
        self.subject: Cluster | None = None
        self.recent: dict[str, list[Cluster]] = {"PER": [], "ORG": [], "LOC": []}
        self.by_key: dict[tuple[str, str], Cluster] = {}
        self.sources: dict[str, Cluster] = {}

    def resolve(self, phrases: list[Phrase]) -> None:
        """Resolve nominals in reading order; those given away already must be left out."""
        for phrase in sorted(phrases, key=lambda p: (p.start, -p.end)):
            self._advance(phrase.start)
            if phrase.number == "two":
                self._joint(phrase)
                continue
            cluster = self._entity(phrase)
            if cluster is None:
                continue
            if phrase.type == "PER" and phrase.kind not in ("counterpart", "courtesy"):
                give(self.view, cluster, phrase)
            else:
                cluster.add(phrase.start, phrase.end, "nominal")
            self._touch(cluster)

    def _advance(self, start: int) -> None:
        while self.pos < len(self.timeline) and self.timeline[self.pos][0] < start:
            at, cluster = self.timeline[self.pos]
            self._touch(cluster)
            if cluster.type == "PER" and self._speaks(at):
                self.subject = cluster
            self.pos += 1

    def _speaks(self, start: int) -> bool:
        """Tell whether a verb of saying or meeting stands before a person, titles between."""
        words = self.view.words
        at = words.at(start)
        for j in range(at - 1, max(-1, at - 8), -1):
            if words.sentence[j] != words.sentence[at]:
                return False
            if words.norm[j] in word_set("before-person"):
                return True
        return False

    def _touch(self, cluster: Cluster) -> None:
        seen = self.recent[cluster.type]
        if seen and seen[-1] is cluster:
            return
        if cluster in seen[-12:]:
            seen.remove(cluster)
        seen.append(cluster)
        if len(seen) > 40:
            del seen[:10]

    def _entity(self, phrase: Phrase) -> Cluster | None:
        if phrase.type == "PER":
            return self._person(phrase)
        if phrase.type == "LOC":
            return self._place(phrase)
        if phrase.kind in ("source", "person", "office", "fighters", "group", "kin", "counterpart"):
            return self._people(phrase)
        return self._body(phrase)

    # persons

    def _person(self, phrase: Phrase) -> Cluster | None:
        indefinite = not phrase.definite
        if phrase.kind == "person" and indefinite:
            later = self._headline_person(phrase)
            return later or self._source(phrase)
        if phrase.kind == "source":
            return self._source(phrase)
        if phrase.kind == "counterpart":
            return self._counterpart(phrase)
        if phrase.kind == "courtesy":
            return self._courtesy(phrase)
        same = self.by_key.get(("PER", phrase.key))
        if same is not None and not self._contradicted(phrase, same):
            return same
        found = (
            self._by_fact(phrase)
            or self._by_post(phrase)
            or self._by_recency(phrase)
            or self._ahead(phrase)
        )
        if found is None:
            if phrase.kind == "person" and phrase.lemma in word_set("generic-person"):
                found = self.sources.get(phrase.lemma)
            if found is None:
                found = self.clusters.local("PER", f"?{phrase.key}", name=phrase.key)
        self.by_key["PER", phrase.key] = found
        return found

    def _courtesy(self, phrase: Phrase) -> Cluster | None:
        """«سموه», «معاليه»: the latest person so styled, else with a title or post."""
        style = _STYLES.get(self.view.words.norm[phrase.first], frozenset())
        for cluster in reversed(self.recent["PER"]):
            if cluster.styles & style:
                return cluster
        for cluster in reversed(self.recent["PER"]):
            if cluster.facts or cluster.named:
                return cluster
        return None

    def _contradicted(self, phrase: Phrase, same: Cluster) -> bool:
        """A bare «الرئيس» follows whoever was so called last."""
        if phrase.country or phrase.of or phrase.last > phrase.first:
            return False
        latest = self._latest_with(phrase)
        return latest is not None and latest is not same

    def _fits(self, fact: Fact, phrase: Phrase, cluster: Cluster) -> bool:
        """Tell whether what is known of a person is what a role phrase says, or more."""
        if phrase.former and not fact.former:
            return False
        if not compatible(self.view, cluster, phrase):
            return False
        if phrase.country and fact.country and phrase.country != fact.country:
            return False
        if phrase.of and fact.of and not set(phrase.of) & set(fact.of):
            return False
        minister = phrase.lemma == "وزير" and fact.title.endswith("minister")
        if self._bare(phrase):
            return fact.lemma == phrase.lemma or (not fact.lemma and minister)
        if phrase.title and phrase.title == fact.title and phrase.title not in _VAGUE:
            return True
        if fact.lemma != phrase.lemma:
            return False
        if set(phrase.of) & set(fact.of):
            return True
        return bool(fact.field) and (
            phrase.field.startswith(fact.field) or fact.field.startswith(phrase.field)
        )

    def _bare(self, phrase: Phrase) -> bool:
        """«الوزير», «الوزير الروسي»: no field named."""
        if phrase.of or not (self.view.classes[phrase.first].definite or not phrase.definite):
            return False
        rest = self.view.classes[phrase.first + 1 : phrase.last + 1]
        return all(word.demonym or word.base in word_set("former") for word in rest)

    def _latest_with(self, phrase: Phrase) -> Cluster | None:
        if phrase.last > phrase.first:
            for cluster in reversed(self.recent["PER"]):
                if any(fact.key == phrase.key for fact in cluster.facts):
                    return cluster
        for cluster in reversed(self.recent["PER"]):
            if any(self._fits(fact, phrase, cluster) for fact in cluster.facts):
                return cluster
        return None

    def _by_fact(self, phrase: Phrase) -> Cluster | None:
        if phrase.lemma in word_set("generic-person"):
            return None
        return self._latest_with(phrase)

    def _by_post(self, phrase: Phrase) -> Cluster | None:
        """Who held the post on the article's date; somebody the article names before others."""
        if not phrase.title or phrase.former or self.view.classes[phrase.first].given >= 20:
            return None
        holders = self._holders(phrase)
        for id_ in holders:
            if id_ in self.clusters.by_kb:
                return self.clusters.by_kb[id_]
        if len(holders) == 1 or (holders and phrase.country):
            return self.clusters.known(holders[0], "PER")
        return None

    def _holders(self, phrase: Phrase) -> list[str]:
        knowledge = self.view.knowledge
        title = phrase.title
        bodies = [b for b in (*phrase.of, phrase.country) if b]
        if title in ("un-envoy", "envoy") and "united-nations" in bodies:
            title = "un-envoy"
            bodies = [b for b in bodies if b != "united-nations"]
        found: list[str] = []
        for body in bodies:
            found += knowledge.holders(title, body, self.date)
        if not found and not bodies:
            for state in self.order[:3]:
                named = [
                    id_
                    for id_ in knowledge.holders(title, state, self.date)
                    if id_ in self.clusters.by_kb and self.clusters.by_kb[id_].named
                ]
                found += named
            if title == "secretary-general" and not found:
                found += knowledge.holders(title, "united-nations", self.date)
        if not found and title == "un-envoy" and not bodies:
            for state in self.order:
                found += knowledge.holders(title, state, self.date)
                if found:
                    break
        return list(dict.fromkeys(found))

    def _by_recency(self, phrase: Phrase) -> Cluster | None:
        """«المسؤول الأمريكي», «الوزير»: the latest person it can describe."""
        if phrase.kind == "person" and phrase.definite:
            for cluster in reversed(self.recent["PER"][-6:]):
                if phrase.country and not self._from(cluster, phrase.country):
                    continue
                if cluster.facts or phrase.country:
                    return cluster
            return self.sources.get(phrase.lemma)
        if not self._bare(phrase):
            return None
        if phrase.last == phrase.first or phrase.country:
            for cluster in reversed(self.recent["PER"][-8:]):
                if phrase.country and not self._from(cluster, phrase.country):
                    continue
                if any(fact.lemma == phrase.lemma for fact in cluster.facts):
                    return cluster
        return None

    def _from(self, cluster: Cluster, state: str) -> bool:
        place = self.view.knowledge.places.get(state)
        if place is not None:
            return bool(cluster.country) and place.country == cluster.country
        return any(state in (*fact.of, fact.country) for fact in cluster.facts)

    def _ahead(self, phrase: Phrase) -> Cluster | None:
        """A headline's «وزير الخارجية …»: somebody whom the text introduces later."""
        if self.view.words.sentence[phrase.first] > 1:
            return None
        for _, cluster in self.timeline[self.pos : self.pos + 60]:
            if cluster.type == "PER" and any(
                fact.lemma == phrase.lemma and self._fits(fact, phrase, cluster)
                for fact in cluster.facts
            ):
                return cluster
        return None

    def _headline_person(self, phrase: Phrase) -> Cluster | None:
        """«مسؤول أوروبي: …» in a headline is the one the text then names."""
        if self.view.words.sentence[phrase.first] != 0:
            return None
        for _, cluster in self.timeline[self.pos : self.pos + 12]:
            if cluster.type == "PER" and cluster.facts and cluster.named:
                if not phrase.country or self._from(cluster, phrase.country):
                    return cluster
        return None

    def _counterpart(self, phrase: Phrase) -> Cluster | None:
        """«نظيره المصري»: the same post as the person before, for another state."""
        title, lemma = "", ""
        for cluster in reversed(self.recent["PER"][-6:]):
            fact = next((f for f in cluster.facts if f.title and f.lemma), None) or next(
                (f for f in cluster.facts if f.title), None
            )
            if fact is not None:
                title, lemma = fact.title, fact.lemma
                for post in cluster.facts:
                    if phrase.country and title:
                        ids = self.view.knowledge.holders(post.title, phrase.country, self.date)
                        for id_ in ids:
                            if id_ in self.clusters.by_kb:
                                return self.clusters.by_kb[id_]
                break
        if title and phrase.country:
            ids = self.view.knowledge.holders(title, phrase.country, self.date)
            if ids:
                return self.clusters.known(ids[0], "PER")
        same = self.by_key.get(("PER", phrase.key))
        if same is None:
            place = self.view.knowledge.places.get(phrase.country)
            same = self.clusters.local(
                "PER", f"?{lemma} {phrase.key}", country=(place.country or "") if place else ""
            )
            if lemma:
                same.facts.append(Fact(lemma, title, phrase.country))
            self.by_key["PER", phrase.key] = same
        return same

    # unnamed people

    def _source(self, phrase: Phrase) -> Cluster:
        if phrase.definite and phrase.last == phrase.first:
            known = self.sources.get(phrase.lemma)
            if known is not None:
                return known
            if phrase.lemma == "مصدر" and phrase.number == "one":
                for cluster in reversed(self.recent["ORG"]):
                    if cluster.kind in ("agency", "newspaper", "broadcaster"):
                        return cluster
        cluster = self.clusters.local("ORG", f"?{phrase.key}", name=phrase.key)
        cluster.source = True
        self.sources[phrase.lemma] = cluster
        return cluster

    def _people(self, phrase: Phrase) -> Cluster | None:
        if phrase.kind == "source" or (phrase.kind in ("person", "office") and not phrase.definite):
            return self._source(phrase)
        bare = phrase.last == phrase.first
        if phrase.kind == "person" and bare and phrase.lemma in self.sources:
            return self.sources[phrase.lemma]
        if phrase.kind == "fighters" and phrase.lemma in word_set("rebel") and phrase.definite:
            group = self._armed_group(phrase)
            if group is not None:
                return group
        cluster = self.clusters.local("ORG", f"?{phrase.lemma}|{phrase.key}", name=phrase.key)
        if phrase.kind == "person" and not phrase.of:
            cluster.source = cluster.source or not phrase.definite
        return cluster

    def _armed_group(self, phrase: Phrase) -> Cluster | None:
        """«المتمردين»: the armed group the article names most; «المتمردين الأكراد» by its name."""
        for id_ in phrase.of:
            if id_ in self.clusters.by_kb and self.clusters.by_kb[id_].type == "ORG":
                return self.clusters.by_kb[id_]
        groups = self.groups
        if phrase.last > phrase.first:
            return self._alike(phrase, groups)
        return max(
            (c for c in groups if c.kind != "party"), key=lambda c: len(c.mentions), default=None
        )

    def _alike(self, phrase: Phrase, groups: list[Cluster]) -> Cluster | None:
        """A group whose name shares the stem of the phrase's adjective («الكردي», «الكردستاني»)."""
        word = self.view.classes[phrase.last]
        stem = word.base.removeprefix("ال")
        for ending in ("يين", "يون", "يه", "ي"):
            stem = stem.removesuffix(ending)
        stem = "كرد" if stem == "اكراد" else stem
        if len(stem) < 3:
            return None
        return next((c for c in groups if any(stem in unit for unit in c.units)), None)

    # bodies and places

    def _body(self, phrase: Phrase) -> Cluster | None:
        if phrase.kind == "side":
            return self._side(phrase)
        kinds = _KIND_OF_GROUP.get(phrase.kind, frozenset())
        state = self._state(phrase)
        suffix = _BODY_SUFFIX.get(phrase.kind)
        if suffix and state is None and phrase.of and self.view.type_of(phrase.of[0]) == "PER":
            # «حكومة العبادي»: the government of the state its head is of.
            id_ = self.view.knowledge.states.get(self.view.country_of(phrase.of[0]), "")
            state = self.view.knowledge.places.get(id_)
            if state is None or suffix != "government":
                return self.clusters.local("ORG", f"?{phrase.key}", name=phrase.key)
        if suffix and state is not None and phrase.lemma not in ("قياده",):
            return self._state_body(state, suffix)
        if phrase.country and state is not None:
            for cluster in reversed(self.recent["ORG"]):
                if cluster.kind in kinds and cluster.state == state.id:
                    return cluster
            made = self.clusters.local("ORG", f"?{phrase.key}", name=phrase.key)
            made.kind, made.state, made.country = phrase.kind, state.id, state.country or ""
            return made
        bare = phrase.last == phrase.first or all(
            w.base in word_set("bare-adjective")
            for w in self.view.classes[phrase.first + 1 : phrase.last + 1]
        )
        if bare or not phrase.of:
            found = self._same_head(phrase, kinds, bare=bare)
            if found is not None:
                return found
        if suffix in ("government", "army") and bare and self.order:
            place = self.view.knowledge.places[self.order[0]]
            return self._state_body(place, suffix)
        made = self.clusters.local("ORG", f"?{phrase.key}", name=phrase.key)
        made.kind = made.kind or phrase.kind
        made.source = made.source or phrase.kind == "media"
        return made

    def _state(self, phrase: Phrase) -> Place | None:
        for id_ in (phrase.country, *phrase.of):
            place = self.view.knowledge.places.get(id_)
            if place is not None and place.kind in _STATES:
                return place
            state = self.view.knowledge.capital_of.get(id_)
            if state:
                return self.view.knowledge.places.get(state)
        return None

    def _state_body(self, state: Place, suffix: str) -> Cluster:
        actor = self.view.knowledge.body(state.id, suffix)
        cluster = self.clusters.known(actor.id, "ORG")
        cluster.state = state.id
        return cluster

    def _same_head(self, phrase: Phrase, kinds: frozenset[str], *, bare: bool) -> Cluster | None:
        """«الحركة»: the latest body whose name opens with the noun, else of its kind."""
        noun = phrase.lemma
        if not bare:
            groups = [c for c in reversed(self.recent["ORG"]) if c.kind in kinds and c.named]
            alike = self._alike(phrase, groups)
            if alike is not None:
                return alike
        for cluster in reversed(self.recent["ORG"]):
            if cluster.head == noun and (cluster.named or cluster.kind):
                return cluster
        if not bare and phrase.kind not in ("government", "opposition"):
            return None
        for cluster in reversed(self.recent["ORG"]):
            if cluster.kind in kinds:
                return cluster
        return None

    def _side(self, phrase: Phrase) -> Cluster | None:
        state = self._state(phrase)
        if state is not None:
            return self.clusters.known(state.id, "LOC")
        if phrase.country:
            return self.clusters.known(phrase.country, self.view.type_of(phrase.country) or "ORG")
        return self.clusters.local("ORG", f"?{phrase.key}", name=phrase.key)

    def _place(self, phrase: Phrase) -> Cluster | None:
        state = self._state(phrase)
        if phrase.kind == "capital":
            if state is not None and state.capital in self.view.knowledge.places:
                return self.clusters.known(state.capital or "", "LOC")
            return self._recent_place(frozenset(("capital",)))
        if phrase.kind == "state":
            if phrase.lemma == "مملكه" and state is None:
                return self._kingdom()
            if state is not None:
                return self.clusters.known(state.id, "LOC")
            if phrase.owned:
                return self._own_country()
            if phrase.lemma in ("بلاد", "دوله", "بلد"):
                return self._main_country() or self._recent_place(_STATES)
            return None
        kinds = _CITY_KINDS if phrase.kind == "city" else frozenset((phrase.kind,))
        found = self._recent_place(kinds, noun=phrase.lemma)
        if found is None and phrase.kind in ("admin1", "region", "area"):
            return None
        return found

    def _kingdom(self) -> Cluster | None:
        """Bare «المملكة» is Saudi Arabia unless the article is about another kingdom only."""
        for id_ in ("saudi-arabia", "jordan", "morocco", "bahrain"):
            if id_ in self.order or (id_ == "saudi-arabia" and id_ in self.view.knowledge.places):
                if (
                    id_ == "saudi-arabia"
                    and id_ not in self.order
                    and any(other in self.order[:1] for other in ("jordan", "morocco", "bahrain"))
                ):
                    continue
                return self.clusters.known(id_, "LOC")
        return None

    def _own_country(self) -> Cluster | None:
        """«بلاده»: the country of whoever speaks, else of the person named last."""
        state = self.view.knowledge.states.get(self.subject.country, "") if self.subject else ""
        if state:
            return self.clusters.known(state, "LOC")
        for cluster in reversed(self.recent["PER"]):
            if cluster.country:
                state = self.view.knowledge.states.get(cluster.country, "")
                if state:
                    return self.clusters.known(state, "LOC")
        return self._recent_place(_STATES)

    def _main_country(self) -> Cluster | None:
        return self.clusters.known(self.order[0], "LOC") if self.order else None

    def _recent_place(self, kinds: frozenset[str], *, noun: str = "") -> Cluster | None:
        for cluster in reversed(self.recent["LOC"]):
            if cluster.kind in kinds or (noun and cluster.head == noun):
                return cluster
        return None

    # joint nominals

    def _joint(self, phrase: Phrase) -> None:
        """«الوزيران», «الجانبان»: an entity of its own whose members are named where they are clear."""
        cluster = self.clusters.local(phrase.type, f"?{phrase.start}", name=phrase.key)
        cluster.add(phrase.start, phrase.end, "nominal")
        cluster.members = self._members(phrase)

    def _members(self, phrase: Phrase) -> list[Cluster]:
        states = [
            place
            for id_ in (phrase.country, phrase.second)
            if id_ and (place := self.view.knowledge.places.get(id_)) is not None
        ]
        if phrase.type == "PER":
            return self._two_persons(phrase, states)
        if len(states) == 2:
            return [self.clusters.known(place.id, "LOC") for place in states]
        if phrase.kind == "states":
            return self._two(self._countries_nearby())
        if phrase.kind == "side":
            return self._two(self._countries_nearby())
        kinds = _KIND_OF_GROUP.get(phrase.kind, frozenset())
        return self._two([c for c in reversed(self.recent["ORG"]) if c.kind in kinds])

    def _two_persons(self, phrase: Phrase, states: list[Place]) -> list[Cluster]:
        if phrase.kind == "counterpart" and len(states) == 2:
            out = []
            for place in states:
                single = Phrase(
                    phrase.first, phrase.last, phrase.start, phrase.end, "PER", "نظير", "counterpart",
                    country=place.id, key=f"نظير {place.id}",
                )  # fmt: skip
                found = self._counterpart(single)
                if found is not None:
                    out.append(found)
            return out
        if len(states) == 2 and phrase.title:
            ids = [self.view.knowledge.holders(phrase.title, p.id, self.date) for p in states]
            if all(ids):
                return [self.clusters.known(i[0], "PER") for i in ids]
        fitting = [
            c
            for c in reversed(self.recent["PER"])
            if any(f.lemma == phrase.lemma or self._post_of(f, phrase) for f in c.facts)
        ]
        if len(fitting) < 2:
            fitting += [c for c in reversed(self.recent["PER"]) if c not in fitting]
        return self._two(fitting)

    def _post_of(self, fact: Fact, phrase: Phrase) -> bool:
        if phrase.lemma == "وزير":
            return fact.title.endswith("minister")
        return phrase.lemma == "رئيس" and fact.title in ("president", "prime-minister")

    def _countries_nearby(self) -> list[Cluster]:
        """The states mentioned most just before; a capital or a person counts for its state."""
        counts: Counter[str] = Counter()
        for _, cluster in self.timeline[max(0, self.pos - _NEARBY) : self.pos]:
            state = cluster.state or self.view.knowledge.capital_of.get(cluster.kb or "", "")
            if cluster.type == "PER":
                state = self.view.knowledge.states.get(cluster.country, "")
            if state:
                counts[state] += 1
        return [self.clusters.known(state, "LOC") for state, _ in counts.most_common(2)]

    @staticmethod
    def _two(candidates: list[Cluster]) -> list[Cluster]:
        return candidates[1::-1] if len(candidates) >= 2 else []
