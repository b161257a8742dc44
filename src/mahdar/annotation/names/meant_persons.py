"""Which person a role phrase means: by what is known of those named, by post and date, by recency."""

from __future__ import annotations

from mahdar.annotation.names.appositions import compatible
from mahdar.annotation.names.clusters import Cluster, Fact
from mahdar.annotation.names.discourse import Discourse
from mahdar.annotation.names.meant_bodies import resolve_source
from mahdar.annotation.names.view import Phrase
from mahdar.annotation.names.wordlists import word_set

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
        "speaker",
        "vice-president",
    )
)
_HEADS = frozenset(
    ("president", "prime-minister", "king", "emir", "sultan", "supreme-leader", "crown-prince")
)
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


def resolve_person(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """Return the person a role phrase means, new if nobody named fits."""
    indefinite = not phrase.definite
    if phrase.kind == "person" and indefinite:
        later = _headline_person(talk, phrase)
        return later or resolve_source(talk, phrase)
    if phrase.kind == "source":
        return resolve_source(talk, phrase)
    if phrase.kind == "fighters":
        return _fighter(talk, phrase)
    if phrase.kind == "counterpart":
        return resolve_counterpart(talk, phrase)
    if phrase.kind == "courtesy":
        return _courtesy(talk, phrase)
    same = talk.by_key.get(("PER", phrase.key))
    if same is not None and not _contradicted(talk, phrase, same):
        return same
    found = (
        _by_fact(talk, phrase)
        or _by_post(talk, phrase)
        or _by_recency(talk, phrase)
        or _ahead(talk, phrase)
    )
    if found is None:
        if phrase.kind == "person" and phrase.lemma in word_set("generic-person"):
            found = talk.sources.get(phrase.lemma)
        if found is None:
            found = talk.clusters.local("PER", f"?{phrase.key}", name=phrase.key)
    talk.by_key["PER", phrase.key] = found
    return found


def _fighter(talk: Discourse, phrase: Phrase) -> Cluster:
    """«مقاتل سعودي»: somebody of his own; a bare «المهاجم» is the one so called last."""
    bare = phrase.last == phrase.first and phrase.definite
    known = talk.by_key.get(("PER", phrase.lemma)) if bare else None
    if known is None:
        known = talk.clusters.local("PER", f"?{phrase.lemma}|{phrase.key}", name=phrase.key)
    talk.by_key["PER", phrase.lemma] = known
    return known


def _courtesy(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """«سموه», «معاليه»: the latest person so styled, else with a title or post."""
    style = _STYLES.get(talk.view.words.norm[phrase.first], frozenset())
    for cluster in reversed(talk.recent["PER"]):
        if cluster.styles & style:
            return cluster
    for cluster in reversed(talk.recent["PER"]):
        if cluster.facts or cluster.named:
            return cluster
    return None


def _contradicted(talk: Discourse, phrase: Phrase, same: Cluster) -> bool:
    """A bare «الرئيس» follows whoever was so called last."""
    if phrase.country or phrase.of or phrase.last > phrase.first:
        return False
    latest = _latest_with(talk, phrase)
    return latest is not None and latest is not same


def _fits(talk: Discourse, fact: Fact, phrase: Phrase, cluster: Cluster) -> bool:
    """Tell whether what is known of a person is what a role phrase says, or more."""
    if phrase.former and not fact.former:
        return False
    if not compatible(talk.view, cluster, phrase):
        return False
    if phrase.country and fact.country and phrase.country != fact.country:
        return False
    if phrase.of and fact.of and not set(phrase.of) & set(fact.of):
        return False
    if _other_state(talk, fact, phrase):
        return False
    minister = phrase.lemma == "وزير" and fact.title.endswith("minister")
    if _bare(talk, phrase):
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


def _other_state(talk: Discourse, fact: Fact, phrase: Phrase) -> bool:
    """Tell whether a post and a phrase name states, and not the same."""
    places = talk.view.knowledge.places
    known = {id_ for id_ in (fact.country, *fact.of) if id_ in places}
    asked = {id_ for id_ in (phrase.country, *phrase.of) if id_ in places}
    return bool(known and asked) and not known & asked


def _bare(talk: Discourse, phrase: Phrase) -> bool:
    """«الوزير», «الوزير الروسي»: no field named."""
    if phrase.of or not (talk.view.classes[phrase.first].definite or not phrase.definite):
        return False
    rest = talk.view.classes[phrase.first + 1 : phrase.last + 1]
    return all(word.demonym or word.base in word_set("former") for word in rest)


def _latest_with(talk: Discourse, phrase: Phrase) -> Cluster | None:
    if phrase.last > phrase.first:
        for cluster in reversed(talk.recent["PER"]):
            if any(fact.key == phrase.key for fact in cluster.facts):
                return cluster
    for cluster in reversed(talk.recent["PER"]):
        if any(_fits(talk, fact, phrase, cluster) for fact in cluster.facts):
            return cluster
    return None


def _by_fact(talk: Discourse, phrase: Phrase) -> Cluster | None:
    if phrase.lemma in word_set("generic-person"):
        return None
    return _latest_with(talk, phrase)


def _by_post(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """Who held the post on the article's date; somebody the article names before others."""
    if not phrase.title or phrase.former or talk.view.classes[phrase.first].given >= 20:
        return None
    holders = _holders(talk, phrase)
    for id_ in holders:
        if id_ in talk.clusters.by_kb:
            return talk.clusters.by_kb[id_]
    if len(holders) == 1 or (holders and phrase.country):
        return talk.clusters.known(holders[0], "PER")
    return None


def _holders(talk: Discourse, phrase: Phrase) -> list[str]:
    knowledge = talk.view.knowledge
    title = phrase.title
    bodies = [b for b in (*phrase.of, phrase.country) if b]
    if title in ("un-envoy", "envoy") and "united-nations" in bodies:
        title = "un-envoy"
        bodies = [b for b in bodies if b != "united-nations"]
    if title == "foreign-minister" and "european-union" in bodies:
        title = "foreign-policy-chief"  # «رئيسة الدبلوماسية الأوروبية»
    found: list[str] = []
    for body in bodies:
        found += knowledge.holders(title, body, talk.date)
    if not found and not bodies:
        for state in talk.order[:3]:
            named = [
                id_
                for id_ in knowledge.holders(title, state, talk.date)
                if id_ in talk.clusters.by_kb and talk.clusters.by_kb[id_].named
            ]
            found += named
        if title == "secretary-general" and not found:
            found += knowledge.holders(title, "united-nations", talk.date)
    if not found and title == "un-envoy" and not bodies:
        for state in talk.order:
            found += knowledge.holders(title, state, talk.date)
            if found:
                break
    return list(dict.fromkeys(found))


def _by_recency(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """«المسؤول الأمريكي», «الوزير»: the latest person it can describe."""
    if phrase.lemma == "مخلوع":
        ousted = [c for c in talk.recent["PER"] if any(f.title == "president" for f in c.facts)]
        return ousted[-1] if ousted else None
    if phrase.kind == "person" and phrase.definite:
        return _described(talk, phrase)
    if not _bare(talk, phrase):
        return None
    if phrase.last == phrase.first or phrase.country:
        for cluster in reversed(talk.recent["PER"][-8:]):
            if phrase.country and not _from(talk, cluster, phrase.country):
                continue
            if any(fact.lemma == phrase.lemma for fact in cluster.facts):
                return cluster
    return None


def _described(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """«الخبير», «المسؤول»: the latest so called, with or without a name; an official may be any minister."""
    near = [
        c
        for c in reversed(talk.recent["PER"][-6:])
        if not phrase.country or _from(talk, c, phrase.country)
    ]
    for cluster in near:
        if any(fact.lemma == phrase.lemma for fact in cluster.facts):
            return cluster
    if phrase.lemma in talk.sources:
        return talk.sources[phrase.lemma]
    if phrase.lemma not in word_set("any-official"):
        return None
    for cluster in near:
        if (cluster.facts or phrase.country) and not _rules(cluster):
            return cluster
    return None


def _rules(cluster: Cluster) -> bool:
    """Tell whether somebody is a head of state or government, whom no paper calls an official."""
    return any(fact.title in _HEADS for fact in cluster.facts)


def _from(talk: Discourse, cluster: Cluster, state: str) -> bool:
    place = talk.view.knowledge.places.get(state)
    if place is not None:
        return bool(cluster.country) and place.country == cluster.country
    return any(state in (*fact.of, fact.country) for fact in cluster.facts)


def _ahead(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """A headline's «وزير الخارجية …»: somebody whom the text introduces later."""
    if talk.view.words.sentence[phrase.first] > 1:
        return None
    for _, cluster in talk.timeline[talk.pos : talk.pos + 60]:
        if cluster.type == "PER" and any(
            fact.lemma == phrase.lemma and _fits(talk, fact, phrase, cluster)
            for fact in cluster.facts
        ):
            return cluster
    return None


def _headline_person(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """«مسؤول أوروبي: …» in a headline is the one the text then names."""
    if talk.view.words.sentence[phrase.first] != 0:
        return None
    for _, cluster in talk.timeline[talk.pos : talk.pos + 12]:
        if phrase.of and not any(set(phrase.of) & {f.country, *f.of} for f in cluster.facts):
            continue  # «مسؤول بوزارة الخارجية التركية» is not the Iranian minister named next
        if cluster.type == "PER" and cluster.facts and cluster.named and not _rules(cluster):
            if not phrase.country or _from(talk, cluster, phrase.country):
                return cluster
    return None


def resolve_counterpart(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """«نظيره المصري»: the same post as the person before, for another state."""
    title, lemma = "", ""
    for cluster in reversed(talk.recent["PER"][-6:]):
        fact = next((f for f in cluster.facts if f.title and f.lemma), None) or next(
            (f for f in cluster.facts if f.title), None
        )
        if fact is not None:
            title, lemma = fact.title, fact.lemma
            for post in cluster.facts:
                if phrase.country and title:
                    ids = talk.view.knowledge.holders(post.title, phrase.country, talk.date)
                    for id_ in ids:
                        if id_ in talk.clusters.by_kb:
                            return talk.clusters.by_kb[id_]
            break
    if title and phrase.country:
        ids = talk.view.knowledge.holders(title, phrase.country, talk.date)
        if ids:
            return talk.clusters.known(ids[0], "PER")
    same = talk.by_key.get(("PER", phrase.key))
    if same is None:
        place = talk.view.knowledge.places.get(phrase.country)
        same = talk.clusters.local(
            "PER", f"?{lemma} {phrase.key}", country=(place.country or "") if place else ""
        )
        if lemma:
            same.facts.append(Fact(lemma, title, phrase.country))
        talk.by_key["PER", phrase.key] = same
    return same


def is_post_of(talk: Discourse, fact: Fact, phrase: Phrase) -> bool:
    """Tell whether a post of the packs is one that a bare «وزير» or «رئيس» may mean."""
    if phrase.lemma == "وزير":
        return fact.title.endswith("minister")
    return phrase.lemma == "رئيس" and fact.title in ("president", "prime-minister")
